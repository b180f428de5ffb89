"""The parts of a chat answer by themselves: years proven by their article, failures told apart, questions read, answers kept."""

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chat_server import ChatServer, playing, saying
from typer.testing import CliRunner

from ingest import ingest
from qa import Answer, NewsAssistant, Settings, Turn
from qa.chat.asking import as_asked
from qa.chat.cache import CACHE
from qa.chat.context import Context, Numbered
from qa.chat.failures import Failure, failure_of, note
from qa.chat.frames import framed
from qa.chat.parse import Said
from qa.chat.tokens import estimated
from qa.chat.verify import check
from qa.citations import Quote
from qa.conversation import follow
from qa.schema import Article, Block, BlockKind, DateMention, DateRole
from ui.cli import app
from ui.conversation import Exchange
from ui.exchanges import exchange_html
from ui.output import print_answer

TITLE = "Hội nghị văn thư toàn quốc năm 2019"
BODY = "Ông Lý Văn Mẫn chủ trì hội nghị. Cuộc họp năm 2018 do bà Tô Thị Nga chủ trì."


def article(title: str = TITLE, event: str | None = "2019-03-02") -> Article:
    text = f"{title}\n{BODY}"
    blocks = (Block(BlockKind.TITLE, 0, len(title)), Block(BlockKind.BODY, len(title) + 1, len(text)))
    mention = DateMention(event, "", 0, 0, DateRole.EVENT) if event else None
    return Article("0" * 16, "a.txt", title, text, blocks, "vi", "0" * 64, event=mention)


def quote(of: Article, words: str) -> Quote:
    start = of.text.index(words)
    return Quote(of, start, of.text.index(".", start) + 1)


# --- years ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Hội nghị năm 2019 do ông Lý Văn Mẫn chủ trì.", "Hội nghị do ông Lý Văn Mẫn chủ trì."),
        ("Ông Lý Văn Mẫn chủ trì hội nghị văn thư năm 2019.", "Ông Lý Văn Mẫn chủ trì hội nghị văn thư."),
        ("The 2019 conference was chaired by Lý Văn Mẫn.", "The conference was chaired by Lý Văn Mẫn."),
        ("Lý Văn Mẫn chaired the conference of 2019.", "Lý Văn Mẫn chaired the conference."),
    ],
)
def test_the_year_of_an_event_is_proven_by_the_title(text: str, bare: str) -> None:
    found = framed(text, quote(article(), "Ông Lý"))
    assert found is not None
    assert found[0] == bare
    assert found[1].text == TITLE


@pytest.mark.parametrize(
    ("text", "words", "of"),
    [
        ("Hội nghị năm 2018 do ông Lý Văn Mẫn chủ trì.", "Ông Lý", article()),  # another year than its article's
        (
            "Hội nghị năm 2019 do bà Tô Thị Nga chủ trì.",
            "Cuộc họp",
            article(),
        ),  # the sentence is about a year of its own
        ("Hội nghị năm 2019 do ông Lý Văn Mẫn chủ trì.", "Ông Lý", article(event="2020-01-01")),  # looks back
        ("Hội nghị năm 2019 do ông Lý Văn Mẫn chủ trì.", "Ông Lý", article("Hội nghị năm 2019 và 2020", None)),
        ("Hội nghị năm 2019 do ông Lý Văn Mẫn chủ trì.", "Ông Lý", article("Hội nghị văn thư", None)),
        ("Năm 2019 ông Lý Văn Mẫn chủ trì.", "Ông Lý", article()),  # no event is named
        ("Số người tăng so với năm 2019.", "Ông Lý", article()),
        ("Hội nghị năm 2019 bàn việc của năm 2020.", "Ông Lý", article()),
    ],
)
def test_a_year_that_is_not_the_events_is_not(text: str, words: str, of: Article) -> None:
    assert framed(text, quote(of, words)) is None


def test_no_address_is_said_even_when_an_article_gives_it() -> None:
    text = "Trang www.vi-du.example/a mở cửa."
    of = Article("0" * 16, "a.txt", text, text, (Block(BlockKind.BODY, 0, len(text)),), "vi", "0" * 64)
    one = Numbered(1, Quote(of, 0, len(text)), 0)
    found = check(Said(text, (1,), (0, False)), Context(((one,),), {1: one}), language="vi")
    assert found == ["addresses are not told"]


# --- failures ---------------------------------------------------------------------------------------------------------


class Refused(Exception):
    def __init__(self, message: str = "", **about: Any) -> None:
        super().__init__(message)
        self.__dict__.update(about)


class ReadTimeout(Exception):
    pass


@pytest.mark.parametrize(
    ("exc", "begun", "failure"),
    [
        (Refused(status_code=401), False, Failure.KEY), (Refused(code=404), False, Failure.MODEL), (Refused(status_code=529), False, Failure.SERVER),
        (Refused("content_filter", status_code=400), False, Failure.REFUSED), (Refused("prompt is too long", status_code=400), False, Failure.CONTEXT),
        (Refused("the request exceeds the available context size", status_code=500), False, Failure.CONTEXT), (Refused(status_code=413), False, Failure.CONTEXT),
        (ReadTimeout(), True, Failure.TIMEOUT), (ConnectionError(), False, Failure.CONNECTION), (ConnectionError(), True, Failure.CUT),
        (UnicodeDecodeError("utf-8", b"\\xe1", 0, 1, "cut"), True, Failure.CUT), (json.JSONDecodeError("x", "", 0), False, Failure.SERVER),
        (ValueError("Did not find an API key"), False, Failure.KEY), (ValueError("?"), False, Failure.REQUEST),
    ],
)  # fmt: skip
def test_failures_are_told_apart_whoever_the_provider_is(exc: Exception, begun: bool, failure: Failure) -> None:
    assert failure_of(exc, begun=begun).failure is failure


def test_a_failure_is_seen_through_what_wraps_it() -> None:
    wrapped = RuntimeError("wrapped")
    wrapped.__cause__ = Refused("no", status_code=429)
    found = failure_of(wrapped, begun=False)
    assert found.failure is Failure.RATE
    assert found.retryable


def test_every_failure_has_its_words() -> None:
    for failure in Failure:
        for language in ("vi", "en"):
            assert len({note(failure, language), note(failure, language, partial=True)}) == 2
    error = failure_of(Refused("sk-secret", status_code=401), begun=False).error()
    assert "sk-secret" not in f"{error} {error.hint}"
    assert not error.retryable


def test_tokens_are_estimated_from_above() -> None:
    assert estimated("a" * 400) >= 100
    assert estimated("ư" * 100) >= 100
    assert estimated("") >= 0


# --- questions --------------------------------------------------------------------------------------------------------

TODAY = date(2026, 3, 5)
HISTORY = (Turn("Ai chủ trì hội nghị năm 2019?", "Nguyễn Văn Nên."),)


def read(reply: object, typed: str, history: tuple[Turn, ...] = HISTORY) -> tuple[str, tuple[str, ...]]:
    text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
    found = as_asked(text, typed, history, follow(typed, history), today=TODAY)
    return found.text, found.parts


def test_a_question_is_made_whole_by_the_model() -> None:
    whole = "Ông Nguyễn Văn Nên phát biểu gì tại hội nghị năm 2019?"
    assert read({"question": whole, "parts": []}, "ông ấy phát biểu gì tại hội nghị năm 2019?") == (whole, ())
    assert read(f'```json\n{{"question": "{whole}"}}\n```', "ông ấy phát biểu gì tại hội nghị năm 2019?") == (whole, ())


@pytest.mark.parametrize(
    "question",
    ["Hội nghị năm 2018 ở đâu?", "Hội nghị ở đâu?", "Ông Trần Văn Lạ họp ở đâu năm 2019?", "Where was it held in 2019?", "", 5, "x" * 600,
     "Hội nghị năm 2019 ngày 3 tháng 4 ở đâu?"],
)  # fmt: skip
def test_what_the_rules_deny_is_put_aside(question: object) -> None:
    typed = "hội nghị năm 2019 ở đâu?"
    assert read({"question": question}, typed)[0] == follow(typed, HISTORY).text


def test_a_compound_question_is_split() -> None:
    typed = "Hội nghị năm 2019 ở đâu và ai chủ trì hội nghị?"
    parts = ["Hội nghị năm 2019 ở đâu?", "Ai chủ trì hội nghị năm 2019?"]
    assert read({"question": typed, "parts": parts}, typed, ())[1] == tuple(parts)
    for bad in ([parts[0]], [*parts, *parts], ["Hội nghị năm 2017 ở đâu?", parts[1]], "no list", [1, 2]):
        assert read({"question": typed, "parts": bad}, typed, ())[1] == ()


# --- answers kept -----------------------------------------------------------------------------------------------------

FERRY = "Bến phà Gò Me\n\nBến phà Gò Me ngừng chạy ngày 3/9/2021. Ông Lâm Văn Chài là trưởng bến phà Gò Me.\n"
QUESTION = "Bến phà Gò Me ngừng chạy khi nào?"
SAID = saying(("Bến phà Gò Me ngừng chạy ngày 3/9/2021.", "ngừng chạy"))


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[ChatServer], NewsAssistant]:
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    ingest([tmp_path / "ferry.txt"], settings=Settings(data_dir=tmp_path / "data"))

    def opening(server: ChatServer, **settings: Any) -> NewsAssistant:
        given = {
            "chat_model": "openai:m",
            "chat_base_url": server.url,
            "chat_api_key": "k",
            "chat_cache": True,
        } | settings
        return NewsAssistant.open(settings=Settings(data_dir=tmp_path / "data", **given))

    return opening


def same(one: Answer, other: Answer) -> bool:
    bare = [dataclasses.replace(a, seconds=0.0, usage=None) for a in (one, other)]
    return bare[0] == bare[1]


def test_an_answer_is_kept_for_the_same_question(kept: Callable[..., NewsAssistant]) -> None:
    with playing(SAID) as server:
        first = kept(server).ask(QUESTION)
        again = kept(server).ask(QUESTION)
        assert len(server.requests) == 1
        assert same(first, again)
        assert again.usage is not None
        assert (again.usage.cached, again.usage.calls) == (True, 0)
        kept(server).ask("Ngày nào bến phà Gò Me ngừng chạy?")
        kept(server, chat_model="openai:other").ask(QUESTION)
        kept(server, chat_temperature=0.5).ask(QUESTION)
        kept(server, today="2020-01-01").ask(QUESTION)
        kept(server, chat_cache=False).ask(QUESTION)
        assert len(server.requests) == 6


def test_a_failure_is_not_kept(kept: Callable[..., NewsAssistant]) -> None:
    from chat_server import Reply

    with playing(Reply("no", status=401), SAID) as server:
        assert kept(server).ask(QUESTION).note
        assert not kept(server).ask(QUESTION).note


def test_an_answer_is_dropped_when_its_article_changes(kept: Callable[..., NewsAssistant], tmp_path: Path) -> None:
    with playing(SAID, saying(("Bến phà Gò Me ngừng chạy ngày 5/9/2021.", "ngừng chạy"))) as server:
        kept(server).ask(QUESTION)
        (tmp_path / "ferry.txt").write_text(FERRY.replace("3/9", "5/9"), encoding="utf-8")
        ingest([tmp_path / "ferry.txt"], settings=Settings(data_dir=tmp_path / "data"))
        assert "5/9/2021" in kept(server).ask(QUESTION).text
        assert len(server.requests) == 2
    assert "3/9" not in (tmp_path / "data" / CACHE).read_bytes().decode("utf-8", "replace")


def test_the_words_of_an_erased_article_do_not_stay_behind(kept: Callable[..., NewsAssistant], tmp_path: Path) -> None:
    data = tmp_path / "data"
    with playing(SAID) as server:
        assistant = kept(server)
        assistant.ask(QUESTION)
        (found,) = assistant.articles()
        assistant.close()
    assert any(b"3/9/2021" in f.read_bytes() for f in data.glob(f"{CACHE}*"))
    assert CliRunner().invoke(app, ["remove", found.id, "--erase", "--data-dir", str(data)]).exit_code == 0
    assert not any(b"3/9/2021" in f.read_bytes() for f in data.glob(f"{CACHE}*"))


# --- where people see it ----------------------------------------------------------------------------------------------


def test_the_note_is_shown_by_command_line_and_page(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = Answer("Ai?", "Ông A. [1]", True, "vi", note="Trích <b>nguyên văn</b>.")
    shown = exchange_html(Exchange("Ai?", answer), 0)
    assert '<p class="quiet" lang="vi">Trích &lt;b&gt;nguyên văn&lt;/b&gt;.</p>' in shown
    assert '<p class="quiet"' not in exchange_html(Exchange("Ai?", dataclasses.replace(answer, note="")), 0)
    print_answer(answer)
    out = capsys.readouterr()
    assert "Trích" in out.err
    assert "Trích" not in out.out


def test_example_questions_are_tried_without_the_model(sample_data: Path, tmp_path: Path) -> None:
    from ui.server import Opened, Quoting

    with playing("NOT_ANSWERED") as server:
        given = {"chat_model": "openai:m", "chat_base_url": server.url, "chat_api_key": "k"}
        opened = Opened(Settings(data_dir=sample_data, **given))  # type: ignore[arg-type]
        question = "Ai chủ trì hội nghị năm 2019?"
        assert list(Quoting(opened).stream(question))[-1].answered
        assert not server.requests
        assert not list(opened.stream(question))[-1].answered
        assert len(server.requests) == 1
