"""Staging: the same article is known again, near-copies find each other, and none takes the place of another."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from stores_support import NOW, news, ready

from ingest.identity import url_key
from ingest.records import Record
from qa.errors import StoreError
from qa.ledger import MOST_COPIES, Ledger
from qa.schema import Article
from qa.staging import Prepared, Staging, article_id

URL = "https://example.vn/tin/bai-mot-123.html"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite", create=True)


class Files:
    """Files read one run after the other; `gone` are those that do not stand there any more."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.gone: set[str] = set()
        self.staging = Staging(ledger, is_gone=self.gone.__contains__)

    def read(self, *articles: Prepared) -> list[str]:
        """Stage articles; return what they were."""
        return self.staging.add(articles)

    def run(self, *articles: Prepared) -> list[str]:
        """Stage and publish articles; return what they were."""
        outcomes = self.read(*articles)
        self.publish()
        return outcomes

    def publish(self, **options: list[str]) -> None:
        self.ledger.publish(model="m", now=NOW, **options)
        self.ledger.sweep()
        self.staging.superseded = []

    def texts(self) -> dict[str, str]:
        return {a.source: a.text for a in self.ledger.articles()}

    def article(self, source: str) -> Article:
        return next(a for a in self.ledger.articles() if a.source == source)


@pytest.fixture
def files(ledger: Ledger) -> Files:
    return Files(ledger)


def file(name: str, text: str, **fields: str) -> Prepared:
    return ready(f"/n/{name}", Record(text, **fields))  # type: ignore[arg-type]


def edited(text: str, word: str = "sửa_chữa") -> str:
    """Return a near-copy: one word is another."""
    return text.replace(text.split()[20], word, 1)


def half(seed: int, other: int) -> str:
    """Return a text that shares about a third of its threes with that of `seed`, and no title."""
    first, second = news(seed).split(" "), news(other).split(" ")
    return " ".join(second[:34] + first[34:])


# --- addresses --------------------------------------------------------------------------------------------------------


def test_the_same_address_and_a_like_text_are_one_article_of_two_sources(files: Files) -> None:
    assert files.run(file("a.txt", news(1), url=URL), file("b.txt", half(1, 2), url=URL)) == ["added", "updated"]
    (article,) = files.ledger.articles()
    assert (article.source, article.copies) == ("n/b.txt", ("n/a.txt",))
    assert [o.label for o in files.ledger.sources.of_article(article.id)] == ["n/a.txt", "n/b.txt"]


def test_the_same_address_and_the_same_text_are_noted_only(files: Files) -> None:
    files.run(file("a.txt", news(1), url=URL))
    numbers = files.ledger.numbers()
    assert files.run(file("b.txt", news(1), url=URL)) == ["again"]
    (article,) = files.ledger.articles()
    assert (article.source, article.copies) == ("n/a.txt", ("n/b.txt",))
    assert files.ledger.numbers() == numbers


def test_the_same_address_and_title_are_one_article_however_long_it_has_grown(files: Files) -> None:
    files.run(file("a.txt", "Bão vào bờ\n\nTin nhanh: gió mạnh.", url=URL))
    grown = "BÃO VÀO BỜ\n\n" + news(2)
    assert files.run(file("b.txt", grown, url=URL)) == ["updated"]
    assert len(files.texts()) == 1


@pytest.mark.parametrize("together", [True, False])
def test_one_address_of_unlike_articles_loses_none(files: Files, together: bool) -> None:
    """A home page's address stands in every article that was saved from it."""
    articles = [file(f"{n}.txt", news(n), url="https://example.vn/trang-chu") for n in range(5)]
    outcomes = files.run(*articles) if together else [o for a in articles for o in files.run(a)]
    assert outcomes == ["added"] * 5
    assert files.texts() == {a.label: a.row.text for a in articles}
    assert len({a.row.id for a in articles}) == 5


def test_of_several_articles_under_one_address_the_like_one_is_updated(files: Files) -> None:
    files.run(*(file(f"{n}.txt", news(n), url=URL) for n in range(3)))
    assert files.run(file("again.txt", edited(news(1)), url=URL)) == ["updated"]
    assert sorted(files.texts()) == ["n/0.txt", "n/2.txt", "n/again.txt"]


@pytest.mark.parametrize(
    "spelling",
    [
        "http://example.vn/tin/bai-mot-123.html",
        "https://www.example.vn/tin/bai-mot-123.html",
        "https://m.example.vn/tin/bai-mot-123.html",
        "https://EXAMPLE.vn/tin/bai-mot-123.html/",
        "https://example.vn/tin/bai-mot-123.html?utm_source=zalo&fbclid=x",
        "https://example.vn/tin/bai-mot-123.html#binh-luan",
        "  https://amp.example.vn/tin/bai-mot-123.html/?ref=home#top ",
    ],
)
def test_spellings_of_one_address_are_one_article(files: Files, spelling: str) -> None:
    files.run(file("a.txt", news(1), url=URL))
    assert url_key(spelling) == url_key(URL) == "example.vn/tin/bai-mot-123.html"
    assert files.run(file("b.txt", edited(news(1)), url=spelling)) == ["updated"]
    assert len(files.texts()) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.vn/a?id=1", "https://example.vn/a?id=2"),
        ("https://example.vn/a", "https://example.vn/A"),
        ("https://example.vn/a", "https://tin.example.vn/a"),
        ("https://example.vn/a", "https://example.vn/a/b"),
    ],
)
def test_other_addresses_are_other_articles(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    "url", [None, "", "https://example.vn", "https://www.example.vn/", "http://[", "#top", "không"]
)
def test_what_names_no_article_is_no_address(url: str | None) -> None:
    assert url_key(url) is None


def test_the_order_of_parameters_does_not_count() -> None:
    assert url_key("https://example.vn/a?x=1&y=2") == url_key("https://example.vn/a?y=2&x=1&utm_medium=z")


# --- ids --------------------------------------------------------------------------------------------------------------


def test_two_exports_that_number_from_one_lose_nothing(files: Files) -> None:
    articles = [
        ready(f"/n/{export}.jsonl", Record(news(100 * i + n), key=str(n)))
        for i, export in enumerate(("first", "second"))
        for n in range(20)
    ]
    assert files.run(*articles) == ["added"] * 40
    assert files.texts() == {a.label: a.row.text for a in articles}


def test_the_same_id_in_two_files_is_one_article_when_the_texts_are_near_copies(files: Files) -> None:
    first = ready("/n/first.jsonl", Record(news(1), key="7"))
    second = ready("/n/second.jsonl", Record(edited(news(1)), key="7"))
    assert files.run(first) + files.run(second) == ["added", "updated"]
    (article,) = files.ledger.articles()
    assert (article.source, article.copies) == ("n/second.jsonl#7", ("n/first.jsonl#7",))
    assert article.id == first.row.id == second.row.id


def test_near_copies_under_other_ids_are_articles_of_their_own(files: Files) -> None:
    first = ready("/n/first.jsonl", Record(news(1), key="7"))
    second = ready("/n/second.jsonl", Record(edited(news(1)), key="8"))
    assert files.run(first, second) == ["added", "added"]
    assert len(files.texts()) == 2


def test_the_same_id_and_half_the_text_are_two_articles(files: Files) -> None:
    first = ready("/n/first.jsonl", Record(news(1), key="7"))
    second = ready("/n/second.jsonl", Record(half(1, 2), key="7"))
    assert files.run(first, second) == ["added", "added"]
    assert len(files.texts()) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_no_order_of_the_files_loses_an_article(files: Files, order: int) -> None:
    articles = [
        file("a.txt", news(1), url=URL),
        file("b.txt", news(2), url=URL),
        file("c.txt", edited(news(2))),
        file("d.txt", news(3)),
        ready("/n/x.jsonl", Record(news(4), key="1", url="https://example.vn/x")),
        ready("/n/y.jsonl", Record(news(5), key="1", url="https://example.vn/x")),
    ][::order]
    assert files.run(*articles) == ["added"] * 6
    assert files.texts() == {a.label: a.row.text for a in articles}


def test_ids_are_the_same_in_any_ledger(tmp_path: Path) -> None:
    ids = []
    for name in ("one", "two"):
        articles = [file("a.txt", news(1)), file("b.txt", news(2), url=URL), ready("/n/c", Record(news(3), key="9"))]
        Staging(Ledger(tmp_path / name / "ledger.sqlite", create=True), is_gone=lambda _: False).add(articles)
        ids.append([a.row.id for a in articles])
    assert ids[0] == ids[1]
    assert all(len(id) == 16 and int(id, 16) >= 0 for id in ids[0])
    assert article_id("a", "b") != article_id("ab")


# --- records ----------------------------------------------------------------------------------------------------------


def test_a_changed_record_updates_its_article_whatever_it_says_now(files: Files) -> None:
    first, second = file("a.txt", news(1)), file("a.txt", news(2))
    assert files.run(first) + files.run(second) == ["added", "updated"]
    assert first.row.id == second.row.id
    assert files.texts() == {"n/a.txt": second.row.text}


def test_a_record_that_takes_leave_of_a_shared_article_leaves_it_to_the_others(files: Files) -> None:
    """Two files gave one article; one of them now holds another story."""
    for changed, other in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        for name in (changed, other):
            files.ledger.sources.forget(f"/n/{name}")
        files.publish()
        kept = file(other, news(1), url=URL)
        files.run(*sorted((file(changed, news(1), url=URL), kept), key=lambda p: p.path))
        assert len(files.texts()) == 1
        away = file(changed, news(2), url=URL)
        assert files.run(away) == ["added"]
        assert files.texts() == {kept.label: kept.row.text, away.label: away.row.text}
        files.run(file(changed, edited(news(2)), url=URL))  # and stays what it is
        assert len(files.texts()) == 2


def test_a_shared_article_that_is_corrected_in_one_file_is_updated(files: Files) -> None:
    files.run(file("a.txt", news(1), url=URL), file("b.txt", news(1), url=URL))
    assert files.run(file("b.txt", edited(news(1)), url=URL)) == ["updated"]
    (article,) = files.ledger.articles()
    assert (article.source, article.copies) == ("n/b.txt", ("n/a.txt",))


def test_a_record_that_says_the_same_is_again(files: Files) -> None:
    files.run(file("a.txt", news(1)))
    assert files.read(file("a.txt", news(1) + "\n\n\n")) == ["again"]
    assert files.ledger.numbers(states=("pending",)) == []


def test_other_facts_of_the_same_text_update_the_article(files: Files) -> None:
    files.run(file("a.txt", news(1)))
    assert files.run(file("a.txt", news(1), published="2020-02-02", outlet="Báo Làng")) == ["updated"]
    article = files.article("n/a.txt")
    assert article.published is not None
    assert (article.published.value, article.outlet) == ("2020-02-02", "Báo Làng")
    assert len(files.ledger.versions(article.id)) == 2


def test_of_two_records_of_one_article_in_one_run_the_latter_stands(files: Files) -> None:
    first, second = file("a.txt", news(1), url=URL), file("b.txt", edited(news(1)), url=URL)
    assert files.read(first) == ["added"]
    numbers = list(first.numbers)
    assert files.read(second) == ["updated"]
    assert files.staging.superseded == numbers
    assert files.ledger.numbers(states=("pending",)) == list(second.numbers)
    assert min(second.numbers) > max(numbers)
    files.publish()
    assert files.texts() == {"n/b.txt": second.row.text}
    assert len(files.ledger.versions(second.row.id)) == 1  # the first was never there
    assert files.ledger.connection.execute("SELECT count(DISTINCT article) FROM bands").fetchone() == (1,)


def test_a_record_read_twice_in_one_run_keeps_the_version_before(files: Files) -> None:
    files.run(file("a.txt", news(1)))
    files.read(file("a.txt", news(2)))
    files.run(file("a.txt", news(3)))
    texts = [v.article.text for v in files.ledger.versions(files.article("n/a.txt").id)]
    assert texts == [file("x", news(n)).row.text for n in (3, 1)]


def test_a_removed_article_comes_back_with_its_id_when_its_file_changes(files: Files) -> None:
    first = file("a.txt", news(1))
    files.run(first)
    files.publish(remove=[first.row.id])
    assert files.texts() == {}
    assert files.ledger.sources.of_file("/n/a.txt")[""].article == first.row.id
    again = file("a.txt", news(2))
    assert files.run(again) == ["added"]
    assert again.row.id == first.row.id


# --- files that are gone ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pruned", [False, True])
def test_a_file_that_was_moved_and_edited_keeps_the_id_of_its_article(files: Files, pruned: bool) -> None:
    old, new = file("a.txt", news(1)), file("b.txt", edited(news(1)))
    files.run(old)
    files.gone.add("/n/a.txt")
    if pruned:
        files.ledger.sources.forget("/n/a.txt")
    assert files.run(new) == ["updated"]
    assert new.row.id == old.row.id
    assert files.texts() == {"n/b.txt": new.row.text}


def test_a_copy_of_a_file_that_is_still_there_is_an_article_of_its_own(files: Files) -> None:
    old, new = file("a.txt", news(1)), file("b.txt", edited(news(1)))
    assert files.run(old) + files.run(new) == ["added", "added"]
    assert new.row.id != old.row.id


@pytest.mark.parametrize("pruned", [False, True])
def test_near_copies_that_were_moved_together_stay_as_many(files: Files, pruned: bool) -> None:
    names = ("a.txt", "b.txt", "c.txt")
    texts = [edited(news(1), f"bản{i}") for i in range(3)]
    old = [file(name, text) for name, text in zip(names, texts, strict=True)]
    files.run(*old)
    for name in names:
        files.gone.add(f"/n/{name}")
        if pruned:
            files.ledger.sources.forget(f"/n/{name}")
    new = [file(f"new-{name}", f"{text[:-1]} mới.") for name, text in zip(names, texts, strict=True)][::-1]
    assert files.run(*new) == ["updated"] * 3
    assert [a.row.id for a in new] == [a.row.id for a in old][::-1]
    assert files.texts() == {a.label: a.row.text for a in new}


def test_a_file_that_comes_back_after_it_was_forgotten_keeps_its_id(files: Files) -> None:
    """The run that forgot it was killed before it published."""
    old, new = file("a.txt", news(1)), file("a.txt", edited(news(1)))
    files.run(old)
    files.ledger.sources.forget("/n/a.txt")
    assert files.run(new) == ["updated"]
    assert new.row.id == old.row.id


# --- near-copies ------------------------------------------------------------------------------------------------------


def test_articles_that_differ_in_a_few_words_name_each_other(files: Files) -> None:
    files.run(file("a.txt", news(1)))
    files.run(file("b.txt", edited(news(1))), file("c.txt", news(3)))
    assert {a.source: a.copies for a in files.ledger.articles()} == {
        "n/a.txt": ("n/b.txt",),
        "n/b.txt": ("n/a.txt",),
        "n/c.txt": (),
    }


def test_a_copy_that_is_not_published_yet_is_not_named(files: Files) -> None:
    files.run(file("a.txt", news(1)))
    files.read(file("b.txt", edited(news(1))))
    assert files.article("n/a.txt").copies == ()


def test_texts_of_one_pattern_with_other_numbers_in_their_titles_are_no_copies(files: Files) -> None:
    body = news(1).split("\n\n", 1)[1]
    articles = [file(f"{n}.txt", f"Kết quả xổ số ngày {n}/3\n\n{body}") for n in range(1, 5)]
    assert files.run(*articles) == ["added"] * 4
    assert {a.copies for a in files.ledger.articles()} == {()}


@pytest.mark.parametrize("change", ["updated", "removed", "forgotten"])
def test_a_copy_that_became_another_article_or_went_is_not_named(files: Files, change: str) -> None:
    other = file("b.txt", edited(news(1)))
    files.run(file("a.txt", news(1)), other)
    if change == "updated":
        files.run(file("b.txt", news(2)))
    elif change == "removed":
        files.publish(remove=[other.row.id])
    else:
        files.ledger.sources.forget("/n/b.txt")
        files.publish()
    assert files.article("n/a.txt").copies == ()
    rows = files.ledger.connection.execute("SELECT count(*) FROM twins").fetchone()
    assert rows == (0,)


def test_copies_follow_an_article_through_its_updates(files: Files) -> None:
    files.run(file("a.txt", news(1)), file("b.txt", edited(news(1))))
    files.run(file("a.txt", edited(news(1), "lần_hai")))
    files.run(file("b.txt", edited(news(1), "lần_ba")), file("a.txt", edited(news(1), "lần_tư")))
    assert {a.source: a.copies for a in files.ledger.articles()} == {"n/a.txt": ("n/b.txt",), "n/b.txt": ("n/a.txt",)}


def test_what_is_swept_is_no_longer_looked_for(files: Files) -> None:
    files.run(file("a.txt", news(1)))
    files.read(file("b.txt", news(2)))
    files.ledger.sweep()
    files.run(file("a.txt", news(3)))
    bands = "SELECT count(DISTINCT article) FROM bands"
    assert files.ledger.connection.execute(bands).fetchone() == (1,)


@pytest.mark.timeout(60)
def test_hundreds_of_identical_texts_name_a_hundred_of_each_other(files: Files) -> None:
    assert files.run(*(file(f"{n:03}.txt", news(1)) for n in range(300))) == ["added"] * 300
    counts = {len(a.copies) for a in files.ledger.articles()}
    assert counts == {MOST_COPIES}
    assert files.ledger.count() == 300
    pairs = files.ledger.connection.execute("SELECT count(*) FROM twins").fetchone()[0]
    assert pairs <= 300 * 100


def test_a_text_too_short_for_a_signature_is_taken_all_the_same(files: Files) -> None:
    assert files.run(file("a.txt", "Lũ rút"), file("b.txt", "Lũ rút"), file("c.txt", "Lũ về")) == ["added"] * 3
    assert files.article("n/a.txt").copies == ("n/b.txt",)


# --- what fails -------------------------------------------------------------------------------------------------------


def test_articles_are_staged_all_or_none(files: Files) -> None:
    broken = file("b.txt", news(2))
    broken.passages.append(("body", 0, None, b""))  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=r"ledger\.sqlite"):
        files.read(file("a.txt", news(1)), broken)
    assert not files.ledger.has_unpublished()
    assert files.ledger.sweep() == []
    files.publish()
    assert files.texts() == {}


@pytest.mark.parametrize("table", ["bands", "twins", "sources", "passages"])
def test_what_sqlite_refuses_is_a_store_error(files: Files, table: str) -> None:
    files.run(file("a.txt", news(1)))
    with sqlite3.connect(files.ledger.path) as db:
        db.execute(f"DROP TABLE {table}")
    with pytest.raises(StoreError) as refused:
        files.read(file("b.txt", edited(news(1))))
    assert refused.value.hint


def _passages(ledger: Ledger) -> list[str]:
    return [p.text for p, _ in ledger.passages()]


@pytest.mark.parametrize("read", [_passages, lambda b: [a.id for a in b.articles()], lambda b: b.numbers()])
def test_staging_changes_nothing_for_readers(files: Files, read: Callable[[Ledger], list[object]]) -> None:
    files.run(file("a.txt", news(1)), file("b.txt", news(2)))
    before = read(files.ledger)
    files.read(file("a.txt", news(3)), file("c.txt", edited(news(2))), file("b.txt", news(2), outlet="Báo Làng"))
    assert read(files.ledger) == before


def test_two_texts_under_one_address_and_title_read_in_one_run_are_two_articles(files: Files) -> None:
    one, other = (f"Tin trong ngày\n\n{news(n)}" for n in (3, 4))
    assert files.run(file("a.txt", one, url=URL), file("b.txt", other, url=URL)) == ["added", "added"]
