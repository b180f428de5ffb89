"""Replies in fields, over the protocols of OpenAI and Ollama with their real clients: asked for, refused, paid no heed, cut, cancelled."""

import asyncio
import itertools
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import Reply, in_fields, number_of, playing, saying, wants_fields
from chat_support import BAD, CHAIRS, ENGLISH, GOOD, KEY, QUESTION, Open, grown, opening, quoted_instead, sound

from qa import Answer, NewsAssistant, Settings
from qa.chat import structure
from qa.chat.models import open_chat_model
from qa.chat.structure import SCHEMA
from qa.embeddings import TextEmbeddings

FIRST = ("Ông Nguyễn Văn Nên đồng chủ trì hội nghị.", CHAIRS)
SECOND = ("Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo.", "Người trình bày dự thảo")
GOOD_TEXT = (
    "Hội nghị năm 2019 do bốn ông Nguyễn Văn Nên, Nguyễn Hạnh Phúc, Đào Việt Trung và Mai Tiến Dũng đồng chủ trì. [1][2] "
    "Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo. [3]"
)
ONE, TWO = f"{FIRST[0]} [1]", f"{FIRST[0]} [1] {SECOND[0]} [2]"
BOTH = pytest.mark.parametrize("model", ["openai:gpt-test", "ollama:llama-test"])


@pytest.fixture
def opened(sample_data: Path, embeddings: TextEmbeddings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Return a way to open the samples with a chat model that is asked for fields."""
    monkeypatch.setattr("qa.chat.draft.BACKOFF", 0.01)
    plain = opening(sample_data, embeddings)
    yield lambda server, **given: plain(server, **{"chat_structured": "on", **given})
    structure._REFUSED.clear()


# --- whether it is asked for ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "setting", "asked"),
    [
        ("openai:gpt-4o", "auto", True), ("openai:gpt-3.5-turbo", "auto", False), ("openai:of-ones-own", "auto", False),
        ("openai:of-ones-own", "on", True), ("openai:gpt-4o", "off", False), ("ollama:llama-test", "auto", False), ("ollama:llama-test", "on", True),
        ("openai:gpt-4", "on", False),  # langchain-openai gives it a tool to call instead
    ],
)  # fmt: skip
def test_fields_are_asked_of_models_that_offer_them(name: str, setting: Any, asked: bool) -> None:
    chat = open_chat_model(name, Settings(chat_api_key=KEY, chat_structured=setting))
    assert (chat.structure is not None) is asked


def test_a_model_without_such_a_thing_writes_text(sample_data: Path) -> None:
    from langchain_core.language_models.fake_chat_models import FakeListChatModel

    settings = Settings(data_dir=sample_data, chat_structured="on")
    answer = NewsAssistant.open(settings=settings, chat_model=FakeListChatModel(responses=["NOT_ANSWERED"])).ask(
        QUESTION
    )
    assert not answer.answered
    assert answer.usage is not None
    assert answer.usage.calls == 1


def test_what_the_model_is_asked(opened: Open) -> None:
    with playing(GOOD) as server:
        opened(server).ask(QUESTION)
        opened(server, model="ollama:llama-test").ask(ENGLISH)
        openai, ollama = server.requests[:2]  # what it says is in Vietnamese either way, and refused in English
    form = openai["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["properties"] == SCHEMA["properties"]
    assert ollama["format"] == SCHEMA
    for body, words in ((openai, "một đối tượng JSON"), (ollama, "one JSON object")):
        asked = "\n".join(m["content"] for m in body["messages"])
        assert words in asked
        assert "`marks`" in asked
        assert "NOT_ANSWERED" not in asked
        assert "[3][7]" not in asked


def test_off_asks_for_text(opened: Open) -> None:
    with playing(GOOD) as server:
        assert opened(server, chat_structured="off").ask(QUESTION).text == GOOD_TEXT
        assert not wants_fields(server.requests[0])
        assert "NOT_ANSWERED" in server.requests[0]["messages"][0]["content"]


# --- models that do well ----------------------------------------------------------------------------------------------


@BOTH
def test_a_good_model_is_shown_sentence_by_sentence(model: str, opened: Open) -> None:
    with playing(GOOD) as server:
        assistant = opened(server, model=model)
        answers = grown(assistant)
        whole = assistant.ask(QUESTION)
        assert all(wants_fields(r) for r in server.requests)
    last = answers[-1]
    assert (last.text, last.note) == (GOOD_TEXT, "")
    assert (last.text, last.citations, last.note) == (whole.text, whole.citations, whole.note)
    assert len(answers) >= 2
    for before, after in itertools.pairwise(answers):
        assert after.text.startswith(before.text)
    for answer in answers:
        sound(answer, assistant)
    assert last.usage is not None
    assert (last.usage.model, last.usage.calls, last.usage.refused) == (model, 1, 0)
    assert last.usage.input_tokens > 100
    assert last.usage.output_tokens > 10


def test_fields_and_marks_come_to_the_same(opened: Open) -> None:
    with playing(GOOD) as server:
        found = [opened(server, chat_structured=setting).ask(QUESTION) for setting in ("on", "off")]
    assert found[0].text == found[1].text
    assert found[0].citations == found[1].citations


def test_a_sentence_is_shown_before_the_next_one_is_written(opened: Open) -> None:
    with playing(lambda body: Reply(saying(FIRST, SECOND)(body), size=1, gap=0.002)) as server:
        answers = grown(opened(server))
    assert answers[0].text == ONE
    assert answers[-1].text == TWO


@BOTH
def test_a_model_that_says_it_cannot_answer_is_believed(model: str, opened: Open) -> None:
    with playing("NOT_ANSWERED") as server:
        answer = opened(server, model=model).ask(QUESTION)
        assert len(server.requests) == 1
    assert not answer.answered
    assert (answer.citations, answer.note) == ((), "")


def test_sentences_are_shown_while_they_are_written_by_setting(opened: Open) -> None:
    with playing(saying(FIRST, SECOND)) as server:
        eager = grown(opened(server, chat_pending=True))
    assert eager[-1].text == TWO
    assert eager[-1].pending == ()
    assert any(a.pending and "marks" not in a.text and SECOND[0] not in a.text for a in eager)
    assert any(a.pending == ("Ông Nguyễn Văn",) or "Ông Nguyễn V" in "".join(a.pending) for a in eager)


# --- models that do ill -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_proven_is_asked_for_once_more_and_then_dropped(
    name: str, opened: Open, assistant: NewsAssistant
) -> None:
    with playing(BAD[name]) as server:
        answer = opened(server).ask(QUESTION)
        assert len(server.requests) == 2
        *_, reply, mended = server.requests[1]["messages"]
    quoted_instead(answer, "không câu nào của mô hình được bài báo chứng minh", assistant)
    assert reply["content"].startswith('{"answered": true')
    assert "`sentences`" in mended["content"]
    assert answer.usage is not None
    assert answer.usage.refused == 1


def test_a_refused_sentence_that_is_written_better_takes_its_place(opened: Open) -> None:
    false = ("Bà Nguyễn Thị Kim Ngân chủ trì hội nghị.", "Nguyễn Thị Kim Ngân dự")
    with playing(saying(false, SECOND), saying(FIRST)) as server:
        answers = grown(opened(server))
    assert answers[-1].text == TWO
    for before, after in itertools.pairwise(answers):
        assert after.text.startswith(before.text)


@pytest.mark.parametrize("marks", ["[99]", "[]", '["{n}"]', "null", "{n}", "[[{n}]]", "[true, NaN]"])
def test_marks_that_are_none_do_not_cost_a_true_sentence(marks: str, opened: Open) -> None:
    def script(body: dict[str, Any]) -> Reply:
        n = marks.replace("{n}", str(number_of(body, SECOND[1])))
        return Reply(f'{{"answered": true, "sentences": [{{"text": "{SECOND[0]}", "marks": {n}}}]}}', as_is=True)

    with playing(script) as server:
        answer = opened(server).ask("Ai trình bày dự thảo báo cáo tại hội nghị năm 2019?")
    assert answer.text == f"{SECOND[0]} [1]"


@pytest.mark.parametrize(
    "reply",
    ['{"answered": true, "sentences": []}', '{"answered": true}', "{}", '{"sentences": {"text": "x"}}', '{"answered": true, "sentences": [1, null, [[]]]}',
     '{"answered": true, "sentences": [{"text": 5, "marks": {}}, {"marks": [1]}, {}]}', '{"answered": true]', "{" * 3000],
)  # fmt: skip
def test_fields_that_say_nothing_end_in_quotations(reply: str, opened: Open, assistant: NewsAssistant) -> None:
    with playing(Reply(reply, as_is=True, size=100)) as server:
        quoted_instead(opened(server).ask(QUESTION), "mô hình", assistant)


@BOTH
def test_a_model_that_repeats_for_ever_is_stopped(model: str, opened: Open) -> None:
    with playing(lambda body: Reply(saying(FIRST)(body), forever=True)) as server:
        answer = opened(server, model=model).ask(QUESTION)
        assert server.hung_up.wait(5)
    assert answer.text == ONE


@pytest.mark.parametrize("text", ['{"answered": true, "sentences": [{"text": "ông ông', '{"answered": true,\n'])
def test_one_that_never_comes_to_an_end_is_stopped(text: str, opened: Open, assistant: NewsAssistant) -> None:
    again = " ông" if text.endswith("ông") else " \n"
    with playing(Reply(text, as_is=True, forever=True, again=again)) as server:
        answer = opened(server).ask(QUESTION)
        assert server.hung_up.wait(5)
    quoted_instead(answer, "mô hình lặp lại mãi một điều", assistant)


# --- servers that will not --------------------------------------------------------------------------------------------


REFUSALS = {
    "not offered": Reply("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.", status=400),
    "unknown field": Reply("body.response_format: extra fields not permitted", status=422),
    "says nothing of it": Reply("Bad Request", status=400),
    "breaks over it": Reply("failed to parse grammar", status=500),
    "no such route": Reply("No endpoints found that can handle the requested parameters", status=404),
}  # fmt: skip


@BOTH
@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.filterwarnings("ignore:This model does not support")
def test_a_server_that_refuses_is_asked_for_text_once_and_for_all(
    model: str, name: str, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    with playing(lambda body: REFUSALS[name] if wants_fields(body) else GOOD(body)) as server:
        assistant = opened(server, model=model)
        with caplog.at_level(logging.DEBUG, logger="qa"):
            answers = grown(assistant)
        assert [wants_fields(r) for r in server.requests] == [True, False]
        assert "NOT_ANSWERED" in server.requests[1]["messages"][0]["content"]
        assert assistant.ask(QUESTION).text == opened(server, model=model).ask(QUESTION).text == GOOD_TEXT
        assert [wants_fields(r) for r in server.requests[2:]] == [False, False]
    assert (answers[-1].text, answers[-1].note) == (GOOD_TEXT, "")
    assert answers[-1].usage is not None
    assert answers[-1].usage.calls == 2
    assert caplog.text.count("takes no form") == 1


def test_a_request_that_is_refused_either_way_is_no_matter_of_the_form(opened: Open, assistant: NewsAssistant) -> None:
    with playing(Reply("what is top_p", status=400)) as server:
        chat = opened(server)
        quoted_instead(chat.ask(QUESTION), "không nhận yêu cầu", assistant)
        chat.ask(QUESTION)
        assert [wants_fields(r) for r in server.requests] == [True, False, True, False]


@pytest.mark.parametrize("status", [401, 403, 429])
def test_another_failure_is_no_refusal_of_the_form(status: int, opened: Open) -> None:
    with playing(Reply("response_format", status=status, headers={"retry-after": "3600"})) as server:
        opened(server).ask(QUESTION)
        assert [wants_fields(r) for r in server.requests] == [True]


@BOTH
def test_a_server_that_pays_no_heed_is_read_as_text(model: str, opened: Open) -> None:
    with playing(lambda body: Reply(GOOD(body), as_is=True)) as server:
        answers = grown(opened(server, model=model))
        assert len(server.requests) == 1
    assert answers[-1].text == GOOD_TEXT
    assert len(answers) >= 2


@pytest.mark.parametrize("dress", ["```json\n{}\n```", "<think>Hay là {{?</think>\n{}", "\n\n {}", "```{}```\nXong."])
def test_fields_in_every_dress(dress: str, opened: Open) -> None:
    with playing(lambda body: Reply(dress.replace("{}", in_fields(GOOD(body))), as_is=True)) as server:
        assert opened(server).ask(QUESTION).text == GOOD_TEXT


# --- replies that end badly -------------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("reason", ["length", ""])
def test_what_was_complete_before_the_end_is_kept(model: str, reason: str, opened: Open) -> None:
    with playing(lambda body: Reply(saying(FIRST, SECOND)(body), reason=reason), Reply("down", status=401)) as server:
        answer = opened(server, model=model).ask(QUESTION)
        assert len(server.requests) == (1 if reason else 2)  # what was long enough is not asked for again
    assert answer.text == ONE
    assert answer.note.startswith("Câu trả lời có thể chưa đủ")


def test_a_stream_that_is_cut_goes_on_where_it_was(opened: Open) -> None:
    with playing(lambda body: Reply(saying(FIRST, SECOND)(body), reason=""), saying(SECOND)) as server:
        answers = grown(opened(server))
        said, asked = server.requests[1]["messages"][-2:]
    assert said["content"].startswith('{"answered": true, "sentences": [{"text": "Ông Nguyễn Văn Nên')
    assert "`sentences`" in asked["content"]
    assert answers[0].text == ONE
    assert (answers[-1].text, answers[-1].note) == (TWO, "")


@pytest.mark.parametrize(
    ("reply", "why"),
    [(Reply(refusal="I will not."), "từ chối"), (Reply("Tôi", reason="content_filter"), "từ chối"), (Reply(""), "không nói gì"), (Reply("x", cut=300), "mô hình"),
     (Reply("no", status=401), "khóa truy cập")],
)  # fmt: skip
def test_a_call_that_fails_ends_in_quotations(reply: Reply, why: str, opened: Open, assistant: NewsAssistant) -> None:
    with playing(reply) as server:
        quoted_instead(opened(server).ask(QUESTION), why, assistant)


def test_a_context_that_is_too_long_is_made_smaller_and_fields_stay(opened: Open) -> None:
    from chat_server import sentences

    def script(body: dict[str, Any]) -> Reply | str:
        if len(sentences(body)) > 14:
            return Reply("This model's maximum context length is 100 tokens.", status=400)
        return saying(FIRST)(body)

    with playing(script) as server:
        assert opened(server).ask(QUESTION).text == ONE
        assert all(wants_fields(r) for r in server.requests)


# --- asynchronous -----------------------------------------------------------------------------------------------------


@BOTH
def test_the_asynchronous_ways_give_the_same(model: str, opened: Open) -> None:
    with playing(GOOD) as server:
        assistant = opened(server, model=model)

        async def both() -> tuple[Answer, list[Answer]]:
            return await assistant.ainvoke(QUESTION), [a async for a in assistant.astream(QUESTION)]

        whole, answers = asyncio.run(both())
        streamed = list(assistant.stream(QUESTION))
    assert whole.text == answers[-1].text == streamed[-1].text == GOOD_TEXT
    assert [a.text for a in answers] == [a.text for a in streamed]


@BOTH
def test_a_cancelled_request_ends_the_call(model: str, opened: Open) -> None:
    with playing(lambda body: Reply(GOOD(body), pause=1, gap=0.05, forever=True, size=60)) as server:
        assistant = opened(server, model=model)

        async def cancelled() -> None:
            task = asyncio.create_task(assistant.ainvoke(QUESTION))
            while not server.requests:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(cancelled())
        assert server.hung_up.wait(5)


@BOTH
def test_a_stream_that_nobody_reads_on_ends_the_call(model: str, opened: Open) -> None:
    with playing(lambda body: Reply(GOOD(body), gap=0.05, forever=True, size=60)) as server:
        stream = opened(server, model=model).stream(QUESTION)
        assert next(stream).text  # type: ignore[call-overload]
        stream.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(5)


# --- answers kept -----------------------------------------------------------------------------------------------------


def test_answers_in_fields_are_kept_by_themselves(
    fresh_samples: Path, embeddings: TextEmbeddings, opened: Open
) -> None:
    plain = opening(fresh_samples, embeddings)
    with playing(GOOD) as server:
        for setting, calls in (("on", 1), ("on", 1), ("off", 2), ("off", 2), ("on", 2)):
            assert plain(server, chat_cache=True, chat_structured=setting).ask(QUESTION).text == GOOD_TEXT
            assert len(server.requests) == calls


def test_an_answer_kept_after_a_refusal_is_found_by_who_does_not_know_of_it(
    fresh_samples: Path, embeddings: TextEmbeddings, opened: Open
) -> None:
    plain = opening(fresh_samples, embeddings)
    with playing(lambda body: REFUSALS["unknown field"] if wants_fields(body) else GOOD(body)) as server:
        for _ in range(2):
            assert plain(server, chat_cache=True, chat_structured="on").ask(QUESTION).text == GOOD_TEXT
            structure._REFUSED.clear()  # as in another process
        assert len(server.requests) == 2
