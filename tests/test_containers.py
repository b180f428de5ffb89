"""Files that hold many articles: each record is followed by itself."""

import csv
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from pipeline_support import BRIDGE, FLOOD, HARVEST, Archive, agree, jsonl, record

import ingest.prepare
from qa.stores import Stores

RECORDS = [record("k1", "Tin một", FLOOD), record("k2", "Tin hai", HARVEST), record("k3", "Tin ba", BRIDGE)]
NEW = record("k4", "Tin bốn", "Phiên chợ đêm họp bên bến sông cũ.")

Records = Sequence[Mapping[str, object]]


def table(records: Records) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.DictWriter(out, ["id", "title", "text"])
    rows.writeheader()
    rows.writerows(records)
    return out.getvalue().encode()


def zipped(records: Records) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for r in records:
            archive.writestr(zipfile.ZipInfo(f"{r['id']}"), f"{r['title']}\n\n{r['text']}")
    return out.getvalue()


def listed(records: Records) -> bytes:
    return json.dumps({"articles": list(records)}, ensure_ascii=False).encode()


KINDS: dict[str, Callable[[Records], bytes]] = {
    "tin.jsonl": lambda records: jsonl(records).encode(),
    "tin.csv": table,
    "tin.json": listed,
    "tin.jsonl.xz": lambda records: lzma.compress(jsonl(records).encode()),
    "tin.zip": zipped,
}


class Container:
    """A container of one kind, with the sources of its records."""

    def __init__(self, news: Archive, name: str) -> None:
        self.news, self.name = news, name
        self.ending = ".txt" if name.endswith(".zip") else ""

    def fill(self, records: Records) -> None:
        given = [{**r, "id": f"{r['id']}{self.ending}"} for r in records]
        self.news.write(self.name, KINDS[self.name](given))

    def sources(self, *ids: str) -> list[str]:
        return [f"báo/{self.name}#{id}{self.ending}" for id in ids]


@pytest.fixture(params=KINDS)
def container(request: pytest.FixtureRequest, tmp_path: Path) -> Container:
    made = Container(Archive(tmp_path), request.param)
    made.fill(RECORDS)
    made.news.run()
    made.news.embedder.texts.clear()
    return made


def test_records_come_and_change_and_go_each_by_itself(container: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    news = container.news
    assert sorted(news.texts()) == container.sources("k1", "k2", "k3")
    before = news.ids()
    changed = {**RECORDS[1], "text": HARVEST.replace("bảy tấn", "tám tạ")}
    container.fill([RECORDS[0], changed, NEW])
    report = news.run()
    assert report.added == container.sources("k4")
    assert report.updated == container.sources("k2")
    assert (report.unchanged, report.removed, report.articles) == (1, [], 4)
    assert not any("Quảng" in text for text in news.embedder.texts)  # the neighbour is not embedded again
    agree(news.settings, 4)
    container.fill([RECORDS[0], changed])
    pruned = news.run(prune=True)
    assert pruned.unchanged == 2
    assert pruned.removed == container.sources("k3", "k4") or pruned.removed == container.sources("k4")
    agree(news.settings, pruned.articles)
    assert {s: i for s, i in news.ids().items() if s in container.sources("k1", "k2")} == {
        s: before[s] for s in container.sources("k1", "k2")
    }


def test_a_record_that_is_gone_is_kept_until_one_prunes(container: Container) -> None:
    news = container.news
    container.fill(RECORDS[:2])
    kept = news.run()
    assert (kept.removed, kept.unchanged, kept.articles) == ([], 2, 3)
    container.fill([RECORDS[0]])
    pruned = news.run(prune=True)
    assert set(container.sources("k2")) <= set(pruned.removed)
    agree(news.settings, pruned.articles)


def test_the_order_of_records_does_not_matter(container: Container) -> None:
    before = container.news.texts()
    container.fill(RECORDS[::-1])
    report = container.news.run(prune=True)
    assert (report.unchanged, report.added, report.updated, report.removed) == (3, [], [], [])
    assert container.news.texts() == before
    assert container.news.embedder.texts == []


def test_an_unchanged_record_is_not_cleaned_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = Archive(tmp_path)
    monkeypatch.setattr("ingest.run.PLAIN", (".jsonl",))  # read in this process, where one can look on
    cleaned: list[str] = []
    inner = ingest.prepare.clean

    def clean(text: str) -> object:
        cleaned.append(text.split("\n")[0])
        return inner(text)

    monkeypatch.setattr(ingest.prepare, "clean", clean)
    news.write("tin.jsonl", jsonl(RECORDS))
    news.run()
    assert cleaned == ["Tin một", "Tin hai", "Tin ba"]
    cleaned.clear()
    news.write("tin.jsonl", jsonl([*RECORDS, NEW]))
    news.run()
    assert cleaned == ["Tin bốn"]


def test_a_bad_line_among_good_ones_is_named_by_its_line_in_every_report(tmp_path: Path) -> None:
    news = Archive(tmp_path)
    lines = jsonl(RECORDS).splitlines(keepends=True)
    news.write("tin.jsonl", lines[0] + "{broken\n" + lines[1] + '{"id": "empty"}\n' + lines[2])
    for unchanged in (0, 3):
        report = news.run(prune=True)
        assert [(Path(e.path).name, e.line) for e in report.refused] == [("tin.jsonl", 2), ("tin.jsonl", 4)]
        assert (report.articles, report.unchanged) == (3, unchanged)
    news.write("tin.jsonl", jsonl(RECORDS))
    report = news.run(prune=True)
    assert (report.refused, report.unchanged, report.removed) == ([], 3, [])


def test_a_bad_file_in_an_archive_is_named_with_its_path_in_there(tmp_path: Path) -> None:
    news = Archive(tmp_path)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("2019/a.txt", FLOOD)
        archive.writestr("2019/empty.txt", "")
        archive.writestr("2019/picture.png", "x")
    news.write("kho.zip", out.getvalue())
    for _ in range(2):
        report = news.run()
        assert report.articles == 1
        archive = news.folder / "kho.zip"
        assert [e.path for e in report.refused] == [f"{archive}#2019/empty.txt", f"{archive}#2019/picture.png"]


def test_an_id_that_comes_twice_gives_two_articles(tmp_path: Path) -> None:
    news = Archive(tmp_path)
    news.write("tin.jsonl", jsonl([RECORDS[0], {**RECORDS[1], "id": "k1"}]))
    report = news.run()
    assert report.added == ["báo/tin.jsonl#k1", "báo/tin.jsonl#k1~2"]
    assert news.run().unchanged == 2
    agree(news.settings, 2)
    news.write("tin.jsonl", jsonl([RECORDS[0]]))
    assert news.run(prune=True).removed == ["báo/tin.jsonl#k1~2"]
    assert list(news.texts()) == ["báo/tin.jsonl#k1"]


@pytest.mark.parametrize("name", ["tin.jsonl", "tin.jsonl.xz", "tin.zip", "tin.json"])
def test_a_container_that_cannot_be_read_any_more_keeps_its_articles(tmp_path: Path, name: str) -> None:
    news = Archive(tmp_path)
    whole = KINDS[name]([{**r, "id": f"{r['id']}.txt"} for r in RECORDS])
    news.write(name, whole)
    before = (news.run(), news.texts())[1]
    assert len(before) == 3
    news.write(name, b"\x00\x01\x02\x03" * 100)
    for _ in range(2):
        report = news.run(prune=True)
        assert (len(report.refused), report.removed, report.articles) == (1, [], 3)
    assert news.texts() == before
    news.write(name, whole)
    mended = news.run(prune=True)
    assert (mended.unchanged, mended.refused, mended.articles) == (3, [], 3)


def test_a_container_cut_short_loses_no_article(tmp_path: Path) -> None:
    news = Archive(tmp_path)
    whole = lzma.compress(jsonl([record(f"k{n}", f"Tin {n}", f"Chuyện {n}. " * 50) for n in range(200)]).encode())
    news.write("tin.jsonl.xz", whole)
    assert news.run().articles == 200
    news.write("tin.jsonl.xz", whole[: len(whole) * 2 // 3])
    report = news.run(prune=True)
    assert (len(report.refused), report.removed, report.articles) == (1, [], 200)
    agree(news.settings, 200)


def test_an_article_that_two_containers_give_stays_while_one_of_them_does(tmp_path: Path) -> None:
    news = Archive(tmp_path)
    shared = record("k1", "Tin một", FLOOD, url="https://bao.example/tin/1")
    news.write("a.jsonl", jsonl([shared, RECORDS[1]]))
    news.write("b.jsonl", jsonl([{**shared, "url": "http://www.bao.example/tin/1/?utm_source=x"}, RECORDS[2]]))
    assert news.run().articles == 3
    news.write("b.jsonl", jsonl([RECORDS[2]]))
    report = news.run(prune=True)
    assert (report.removed, report.articles) == ([], 3)
    news.write("a.jsonl", jsonl([RECORDS[1]]))
    last = news.run(prune=True)
    assert (len(last.removed), last.articles) == (1, 2)
    agree(news.settings, 2)


def test_many_records_are_all_there(tmp_path: Path) -> None:
    news = Archive(tmp_path)
    news.write("tin.jsonl", jsonl(record(f"k{n}", f"Tin {n}", f"Chuyện thứ {n} của làng.") for n in range(500)))
    report = news.run()
    assert report.added == [f"báo/tin.jsonl#k{n}" for n in range(500)]
    stores = Stores(news.settings.data_dir)
    assert stores.ledger.sources.files()[str(news.folder / "tin.jsonl")].records == 500
    stores.close()
    agree(news.settings, 500)
