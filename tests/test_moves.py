"""Files that are renamed, moved, copied: an article keeps its id and history, and nothing is embedded again."""

import shutil
from pathlib import Path

import pytest
from pipeline_support import BRIDGE, FLOOD, HARVEST, LONG, Archive, agree, holding, jsonl, record, write

from qa import Settings
from qa.stores import Stores

EDITED = LONG.replace("sáng thứ hai", "trưa thứ bảy")
RECORDS = [record("k1", "Tin một", LONG), record("k2", "Tin hai", FLOOD)]


@pytest.fixture
def news(tmp_path: Path) -> Archive:
    made = Archive(tmp_path)
    made.write("a.txt", LONG)
    made.write("b.txt", HARVEST)
    made.run()
    made.embedder.texts.clear()
    return made


def versions(news: Archive, id: str) -> int:
    stores = Stores(news.settings.data_dir)
    found = len(stores.ledger.versions(id))
    stores.close()
    return found


@pytest.mark.parametrize("prune", [False, True])
def test_a_renamed_file_keeps_its_article(news: Archive, prune: bool) -> None:
    before = news.ids()
    (news.folder / "a.txt").rename(news.folder / "z.txt")
    report = news.run(prune=prune)
    assert report.moved == [("báo/a.txt", "báo/z.txt")]
    assert (report.added, report.updated, report.removed, report.gone, report.unchanged) == ([], [], [], 0, 1)
    assert news.ids() == {"báo/z.txt": before["báo/a.txt"], "báo/b.txt": before["báo/b.txt"]}
    assert holding(news.settings, "đảo") == {"báo/z.txt"}
    assert news.embedder.texts == []
    agree(news.settings, 2)
    assert news.run(prune=prune).unchanged == 2


def test_a_file_moved_to_another_folder_that_is_given_keeps_its_article(news: Archive) -> None:
    before = news.ids()["báo/a.txt"]
    other = news.folder.parent / "kho"
    other.mkdir()
    (news.folder / "a.txt").rename(other / "a.txt")
    report = news.run(other)
    assert report.moved == [("báo/a.txt", "kho/a.txt")]
    assert news.ids()["kho/a.txt"] == before


def test_a_moved_folder_takes_its_articles_along(news: Archive) -> None:
    for n in range(5):
        news.write(f"cũ/{n}.txt", f"Tin {n}\n\nChuyện số {n} ở làng {'abcde'[n]}.")
    news.run()
    before = news.ids()
    (news.folder / "cũ").rename(news.folder / "mới")
    news.embedder.texts.clear()
    report = news.run(prune=True)
    assert report.moved == [(f"báo/cũ/{n}.txt", f"báo/mới/{n}.txt") for n in range(5)]
    assert report.removed == report.added == []
    assert news.ids() == {source.replace("cũ", "mới"): id for source, id in before.items()}
    assert news.embedder.texts == []
    agree(news.settings, 7)


@pytest.mark.parametrize("prune", [False, True])
def test_a_file_that_was_moved_and_edited_is_an_update_with_its_history(news: Archive, prune: bool) -> None:
    before = news.ids()["báo/a.txt"]
    (news.folder / "a.txt").unlink()
    news.write("sâu/z.txt", EDITED)
    report = news.run(prune=prune)
    assert (report.added, report.updated, report.removed) == ([], ["báo/sâu/z.txt"], [])
    assert news.ids() == {"báo/sâu/z.txt": before, "báo/b.txt": news.ids()["báo/b.txt"]}
    assert versions(news, before) == 2
    assert holding(news.settings, "bảy") == {"báo/sâu/z.txt", "báo/b.txt"}
    agree(news.settings, 2)
    (news.folder / "sâu" / "z.txt").unlink()
    assert news.run(prune=True).removed == ["báo/sâu/z.txt"]
    agree(news.settings, 1)


def test_a_file_that_takes_the_place_of_another_is_an_update_of_that_one(news: Archive) -> None:
    (news.folder / "a.txt").replace(news.folder / "b.txt")
    report = news.run(prune=True)
    assert (report.updated, report.removed, report.articles) == (["báo/b.txt"], ["báo/a.txt"], 1)
    assert news.texts().keys() == {"báo/b.txt"}
    assert holding(news.settings, "đảo") == {"báo/b.txt"}
    agree(news.settings, 1)


def test_two_files_may_change_places(news: Archive) -> None:
    (news.folder / "a.txt").rename(news.folder / "c")
    (news.folder / "b.txt").rename(news.folder / "a.txt")
    (news.folder / "c").rename(news.folder / "b.txt")
    report = news.run(prune=True)
    assert sorted(report.updated) == ["báo/a.txt", "báo/b.txt"]
    assert holding(news.settings, "đảo") == {"báo/b.txt"}
    agree(news.settings, 2)


def test_a_copy_is_no_move(news: Archive) -> None:
    before = news.ids()
    shutil.copy(news.folder / "a.txt", news.folder / "copy.txt")
    report = news.run(prune=True)
    assert (report.added, report.moved, report.unchanged) == (["báo/copy.txt"], [], 2)
    assert {s: i for s, i in news.ids().items() if s in before} == before
    assert len(set(news.ids().values())) == 3
    assert news.embedder.texts == []  # the same text has the same vectors
    agree(news.settings, 3)


def test_a_file_that_was_copied_and_then_deleted_gives_one_article_its_place(news: Archive) -> None:
    before = news.ids()["báo/a.txt"]
    shutil.copy(news.folder / "a.txt", news.folder / "c.txt")
    shutil.copy(news.folder / "a.txt", news.folder / "d.txt")
    (news.folder / "a.txt").unlink()
    report = news.run(prune=True)
    assert report.moved == [("báo/a.txt", "báo/c.txt")]
    assert report.added == ["báo/d.txt"]
    ids = news.ids()
    assert ids["báo/c.txt"] == before != ids["báo/d.txt"]
    agree(news.settings, 3)


def test_a_moved_container_keeps_all_its_articles(news: Archive) -> None:
    news.write("tin.jsonl", jsonl(RECORDS))
    news.run()
    before = news.ids()
    news.embedder.texts.clear()
    (news.folder / "tin.jsonl").rename(news.folder / "kho.jsonl")
    report = news.run(prune=True)
    assert report.moved == [("báo/tin.jsonl#k1", "báo/kho.jsonl#k1"), ("báo/tin.jsonl#k2", "báo/kho.jsonl#k2")]
    assert news.ids() == {source.replace("tin.", "kho."): id for source, id in before.items()}
    assert news.embedder.texts == []
    agree(news.settings, 4)
    news.write("kho.jsonl", jsonl([RECORDS[1]]))
    assert news.run(prune=True).removed == ["báo/kho.jsonl#k1"]


@pytest.mark.parametrize("names", [("x.jsonl", "y.jsonl"), ("y.jsonl", "x.jsonl")])
@pytest.mark.parametrize("prune", [False, True])
def test_a_record_that_goes_to_another_container_keeps_its_id(
    news: Archive, names: tuple[str, str], prune: bool
) -> None:
    source, target = names
    news.write(source, jsonl(RECORDS))
    news.write(target, jsonl([record("k9", "Tin chín", BRIDGE)]))
    news.run()
    before = news.ids()[f"báo/{source}#k1"]
    news.write(source, jsonl(RECORDS[1:]))
    news.write(target, jsonl([record("k9", "Tin chín", BRIDGE), record("k1", "Tin một", EDITED)]))
    report = news.run(prune=prune)
    assert (report.updated, report.removed) == ([f"báo/{target}#k1"], [])
    assert news.ids()[f"báo/{target}#k1"] == before
    agree(news.settings, 5)


def test_a_refused_file_that_is_renamed_is_named_where_it_is_now(news: Archive) -> None:
    news.write("bad.txt", b"\x89PNG\r\n\x1a\n" + bytes(90))
    news.run()
    (news.folder / "bad.txt").rename(news.folder / "worse.txt")
    report = news.run()
    assert [Path(e.path).name for e in report.refused] == ["worse.txt"]
    assert report.gone == 0
    assert [Path(e.path).name for e in news.run(prune=True).refused] == ["worse.txt"]


def test_a_refused_file_that_is_renamed_and_may_pass_now_is_tried(news: Archive) -> None:
    news.settings = Settings(data_dir=news.settings.data_dir, max_article_mb=0.0005)
    news.write("big.txt", BRIDGE * 40)
    news.run(news.folder / "big.txt")
    (news.folder / "big.txt").rename(news.folder / "huge.txt")
    news.settings = Settings(data_dir=news.settings.data_dir)
    report = news.run()
    assert (report.added, report.refused) == (["báo/huge.txt"], [])


def test_a_file_renamed_while_it_was_away_is_found_again_by_its_text_alone(news: Archive) -> None:
    before = news.ids()["báo/a.txt"]
    (news.folder / "a.txt").unlink()
    assert news.run().gone == 1
    write(news.folder.parent / "kho" / "x.txt", LONG)
    report = news.run(news.folder.parent / "kho")
    assert report.moved == [("báo/a.txt", "kho/x.txt")]
    assert news.ids()["kho/x.txt"] == before


@pytest.mark.parametrize("prune", [False, True])
def test_a_container_that_was_renamed_and_edited_keeps_its_articles_under_its_new_name(
    news: Archive, prune: bool
) -> None:
    news.write("tin.jsonl", jsonl(RECORDS))
    news.run()
    before = news.ids()
    (news.folder / "tin.jsonl").unlink()
    news.write("kho.jsonl", jsonl([record("k1", "Tin một", EDITED), RECORDS[1]]))
    report = news.run(prune=prune)
    assert (report.added, report.updated, report.removed) == ([], ["báo/kho.jsonl#k1"], [])
    shown = "báo/kho.jsonl#k2" if prune else "báo/tin.jsonl#k2"
    assert news.ids()["báo/kho.jsonl#k1"] == before["báo/tin.jsonl#k1"]
    assert news.ids()[shown] == before["báo/tin.jsonl#k2"]
    assert report.articles == 4
    agree(news.settings, 4)
    assert news.run(prune=prune).unchanged == 4
