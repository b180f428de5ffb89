"""Articles by year and month, and people by parts of their names: counted right, found by index, in ledgers of any age."""

from collections import Counter
from pathlib import Path

import pytest

from ingest import ingest
from qa import NewsAssistant, Settings
from qa.embeddings import TextEmbeddings
from qa.errors import QuestionError
from qa.language.forms import fold
from qa.ledger import Ledger
from qa.stores import LEDGER

KINDS = ("event", "published")


@pytest.fixture
def ledger(fresh_samples: Path) -> Ledger:
    return Ledger(fresh_samples / LEDGER)


def date_all(ledger: Ledger, days: list[tuple[str | None, str | None]]) -> None:
    """Give the samples other days."""
    rows = [row for (row,) in ledger.connection.execute("SELECT row FROM articles WHERE state = 'live' ORDER BY row")]
    days = days + [(None, None)] * (len(rows) - len(days))
    for row, (event, published) in zip(rows, days, strict=True):
        ledger.connection.execute("UPDATE articles SET event = ?, published = ? WHERE row = ?", (event, published, row))


def test_every_article_is_counted_once_by_each_of_its_days(assistant: NewsAssistant) -> None:
    calendar, articles = assistant.stores.ledger.calendar, list(assistant.articles())
    counted = calendar.counted()
    for kind in ("event", "published"):
        days = [d.value for a in articles if (d := getattr(a, kind)) and not d.value.startswith("--")]
        assert getattr(counted, kind) == dict(sorted(Counter(d[:4] for d in days).items()))
    assert len(counted.event) >= 3
    assert counted.undated == sum(a.event is None and a.published is None for a in articles)


def test_days_of_every_form_are_counted_and_listed(ledger: Ledger) -> None:
    date_all(
        ledger,
        [("2016", "2016-07-14T08:30:00+07:00"), ("2016-07", None), ("2016-07-14", "2017-01-02"), ("--07-14", None),
         ("2016-06-30/2016-07-02", None), ("1788-01-01", None)],
    )  # fmt: skip
    calendar = ledger.calendar
    years, months = calendar.counted(), calendar.counted("2016")
    assert years.event == {"1788": 1, "2016": 4}
    assert years.published == {"2016": 1, "2017": 1}
    assert months.event == {"2016": 1, "2016-06": 1, "2016-07": 2}
    assert months.published == {"2016-07": 1}
    assert years.undated == ledger.count() - 6
    for kind in KINDS:
        for period, n in (getattr(years, kind) | getattr(months, kind)).items():
            if len(period) == len("2016-07"):
                assert len(calendar.articles(kind, period)) == n  # type: ignore[arg-type]
    assert [row.date for row in calendar.articles("event", "2016")] == [
        "2016",
        "2016-06-30/2016-07-02",
        "2016-07",
        "2016-07-14",
    ]
    assert [row.date for row in calendar.articles("event", "2016", start=1, most=2)] == [
        "2016-06-30/2016-07-02",
        "2016-07",
    ]
    assert calendar.articles("event", "2016-07-14")[0].title


def test_only_live_articles_are_counted(fresh_samples: Path, embeddings: TextEmbeddings) -> None:
    file = fresh_samples.parent / "tin.txt"
    settings = Settings(data_dir=fresh_samples)
    file.write_text(
        "Cầu Bến Sắn thông xe\n\nSáng 12/3/2031, cầu Bến Sắn thông xe. Ông Lò Văn Pản, Giám đốc Sở Giao thông, phát biểu.\n",
        "utf-8",
    )
    ingest([file], settings=settings, embedder=embeddings)
    ledger = Ledger(fresh_samples / LEDGER)
    assert ledger.calendar.counted().event["2031"] == 1
    assert ledger.appearances.matching("lo van pan") == [("Lò Văn Pản", 1)]
    file.write_text(
        "Cầu Bến Sắn thông xe\n\nSáng 12/3/2032, cầu Bến Sắn thông xe. Ông Lò Văn Sửa, Giám đốc Sở Giao thông, phát biểu.\n",
        "utf-8",
    )
    ingest([file], settings=settings, embedder=embeddings)
    counted = ledger.calendar.counted().event
    assert (counted.get("2031"), counted["2032"]) == (None, 1)
    named = [name for name, _ in ledger.appearances.matching("lo van")]
    assert "Lò Văn Sửa" in named
    assert "Lò Văn Pản" not in named


@pytest.mark.parametrize("period", ["", "16", "2016-7", "2016' OR 1=1 --", "%", "2016-07-14/2016-07-15"])
def test_what_is_no_time_is_refused(ledger: Ledger, period: str) -> None:
    with pytest.raises(QuestionError):
        ledger.calendar.articles("event", period)
    with pytest.raises(QuestionError):
        ledger.calendar.articles(period, "2016")  # type: ignore[arg-type]
    with pytest.raises(QuestionError):
        ledger.calendar.counted(period or "0")


def test_an_older_ledger_gets_its_indexes(ledger: Ledger) -> None:
    before = ledger.calendar.counted()
    for name in ("article_event", "article_published"):
        ledger.connection.execute(f"DROP INDEX {name}")
    assert Ledger(ledger.path).calendar.counted() == before


def test_counting_reads_no_article(ledger: Ledger) -> None:
    """The statements name an index; without it every article's text would be gone through."""
    said: list[str] = []
    ledger.connection.set_trace_callback(said.append)
    ledger.calendar.counted()
    ledger.calendar.counted("2016")
    ledger.calendar.articles("event", "2016")
    ledger.connection.set_trace_callback(None)
    for statement in said:
        plan = " ".join(str(row[3]) for row in ledger.connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
        assert "SCAN articles" not in plan.replace("SCAN articles USING COVERING INDEX", "")
        assert (
            "article_event" in plan or "article_published" in plan or "count(*) FROM articles WHERE state" in statement
        )


# --- people by parts of their names -----------------------------------------------------------------------------------


def test_names_are_those_of_the_rows(assistant: NewsAssistant) -> None:
    db = assistant.stores.ledger.connection
    articles: dict[str, set[int]] = {}
    for key, article in db.execute("SELECT key, article FROM appearances"):
        articles.setdefault(key, set()).add(article)
    named = assistant.names(most=10_000)
    assert {fold(name): n for name, n in named} == {key: len(rows) for key, rows in articles.items()}
    assert [n for _, n in named] == sorted((n for _, n in named), reverse=True)
    assert assistant.names(most=3) == named[:3]


@pytest.mark.parametrize("typed", ["Nguyễn Văn Nên", "nguyen van nen", "NÊN", "nen nguyễn", "văn nê", "  van   nen "])
def test_a_person_is_found_by_parts_of_the_name(assistant: NewsAssistant, typed: str) -> None:
    assert "Nguyễn Văn Nên" in [name for name, _ in assistant.matching(typed)]


@pytest.mark.parametrize("typed", ["guyen", "nguyen xyz", "%", "_", "!", "' OR 1=1 --", "\x00", "n_n", "Nên%"])
def test_only_beginnings_of_words_count_and_nothing_is_a_pattern(assistant: NewsAssistant, typed: str) -> None:
    assert assistant.matching(typed) == []
