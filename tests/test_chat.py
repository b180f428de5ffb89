"""Answers written by a chat model, over the protocols of OpenAI and Ollama with their real clients: scripted models, good and bad."""

import asyncio
import itertools
import json
import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from chat_server import Reply, number_of, playing, saying, sentences, texts
from chat_support import BAD, CHAIRS, ENGLISH, GOOD, KEY, QUESTION, Open, grown, opening, quoted_instead, sound
from conftest import ROOT

from qa import Answer, NewsAssistant, Settings, Turn
from qa.chat.models import open_chat_model
from qa.citations import problems
from qa.embeddings import TextEmbeddings
from qa.errors import SettingsError


@pytest.fixture
def opened(sample_data: Path, embeddings: TextEmbeddings) -> Open:
    """Return a way to open the samples with a chat model at a server."""
    return opening(sample_data, embeddings)


# --- a model that does well -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["openai:gpt-test", "ollama:llama-test"])
def test_a_good_model_is_shown_sentence_by_sentence(opened: Open, model: str) -> None:
    with playing(GOOD) as server:
        assistant = opened(server, model=model)
        answers = grown(assistant)
        whole = assistant.ask(QUESTION)
    last = answers[-1]
    assert last.text == (
        "Hội nghị năm 2019 do bốn ông Nguyễn Văn Nên, Nguyễn Hạnh Phúc, Đào Việt Trung và Mai Tiến Dũng đồng chủ trì. [1][2] "
        "Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo. [3]"
    )
    assert (last.text, last.citations, last.note) == (whole.text, whole.citations, "")
    assert len(answers) >= 2
    for before, after in itertools.pairwise(answers):
        assert after.text.startswith(before.text)
        assert after.citations[: len(before.citations)] == before.citations
    for answer in answers:
        sound(answer, assistant)
    assert CHAIRS in last.citations[0].quote
    assert "2019" in last.citations[1].quote
    assert last.usage is not None
    assert (last.usage.model, last.usage.calls, last.usage.refused) == (model, 1, 0)
    assert last.usage.input_tokens > 100
    assert last.usage.output_tokens > 10
    assert last.to_json()["model"]["input_tokens"] == last.usage.input_tokens


def test_what_the_model_is_asked(opened: Open) -> None:
    with playing(GOOD) as server:
        opened(server, today="2026-03-05").ask(QUESTION)
        system, asked = server.requests[0]["messages"]
    assert "NOT_ANSWERED" in system["content"]
    assert "2026-03-05" in asked["content"]
    assert asked["content"].count(QUESTION) == 2
    boundaries = re.findall(r"(?m)^=== [0-9a-f]{16} ===$", asked["content"])
    assert len(boundaries) == 2
    assert len(set(boundaries)) == 1
    numbers = list(sentences(server.requests[0]))
    assert numbers == list(range(1, len(numbers) + 1))
    assert server.requests[0]["temperature"] == 0
    assert server.requests[0]["stream"] is True
    assert server.keys == [f"Bearer {KEY}"]


def test_the_question_decides_the_language(opened: Open) -> None:
    said = saying(("The 2019 conference was co-chaired by Nguyễn Văn Nên and Mai Tiến Dũng.", CHAIRS))
    with playing(said) as server:
        answer = opened(server).ask(ENGLISH)
    assert answer.text.startswith("The 2019 conference was co-chaired by Nguyễn Văn Nên and Mai Tiến Dũng. [1]")
    assert "You answer a question" in server.requests[0]["messages"][0]["content"]


def test_points_are_a_list(opened: Open) -> None:
    def script(body: dict[str, Any]) -> str:
        one, other = number_of(body, CHAIRS), number_of(body, "Người trình bày")
        return f"- Ông Nguyễn Văn Nên **đồng chủ trì** hội nghị [{one}].\n- Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo [{other}].\n"

    with playing(script) as server:
        answer = opened(server).ask(QUESTION)
    assert answer.text == (
        "- Ông Nguyễn Văn Nên đồng chủ trì hội nghị. [1]\n- Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo. [2]"
    )


def test_a_model_that_says_it_cannot_answer_is_believed(opened: Open) -> None:
    with playing("NOT_ANSWERED") as server:
        answer = opened(server).ask(QUESTION)
    assert not answer.answered
    assert answer.text.startswith("Các bài báo không cho biết điều này.")
    assert (answer.citations, answer.note) == ((), "")


def test_what_it_thinks_to_itself_is_not_said(opened: Open) -> None:
    def script(body: dict[str, Any]) -> str:
        n = number_of(body, CHAIRS)
        return f"<think>Bà Nguyễn Thị Kim Ngân chủ trì [{n}].\nHay là không.</think>\nÔng Mai Tiến Dũng đồng chủ trì hội nghị. [{n}]"

    with playing(script) as server:
        answer = opened(server).ask(QUESTION)
    assert answer.text == "Ông Mai Tiến Dũng đồng chủ trì hội nghị. [1]"


# --- models that do ill -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_proven_is_asked_for_once_more_and_then_dropped(
    name: str, opened: Open, assistant: NewsAssistant
) -> None:
    with playing(BAD[name]) as server:
        answer = opened(server).ask(QUESTION)
        assert len(server.requests) == 2
        mended = server.requests[1]["messages"][-1]["content"]
    quoted_instead(answer, "không câu nào của mô hình được bài báo chứng minh", assistant)
    assert "1. " in mended
    assert "(" in mended  # with its reason
    assert answer.usage is not None
    assert answer.usage.refused == 1


@pytest.mark.parametrize("name", BAD)
def test_a_false_sentence_does_not_cost_the_true_ones(name: str, opened: Open) -> None:
    true = ("Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo.", "Người trình bày dự thảo")

    def script(body: dict[str, Any]) -> str:
        return f"{saying(true)(body)}\n{BAD[name](body)}"

    with playing(script, "") as server:
        assistant = opened(server)
        answers = grown(assistant)
    assert answers[-1].text == "Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo. [1]"
    assert all(a.text == answers[-1].text for a in answers)


def test_a_refused_sentence_that_is_written_better_takes_its_place(opened: Open) -> None:
    first = saying(
        ("Bà Nguyễn Thị Kim Ngân chủ trì hội nghị.", "Nguyễn Thị Kim Ngân dự"),
        ("Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo.", "Người trình bày dự thảo"),
    )
    with playing(first, saying(("Ông Nguyễn Văn Nên đồng chủ trì hội nghị.", CHAIRS))) as server:
        assistant = opened(server)
        answers = grown(assistant)
    assert answers[-1].text == (
        "Ông Nguyễn Văn Nên đồng chủ trì hội nghị. [1] Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo. [2]"
    )
    for before, after in itertools.pairwise(answers):  # what stood behind it has waited
        assert after.text.startswith(before.text)
    assert answers[-1].note == ""


@pytest.mark.parametrize("mark", ["[99]", "[0]", "", "[câu 99]", "[ninety]"])
def test_a_mark_that_points_nowhere_does_not_cost_a_true_sentence(mark: str, opened: Open) -> None:
    with playing(f"Người trình bày dự thảo báo cáo là ông Nguyễn Hạnh Phúc. {mark}") as server:
        answer = opened(server).ask("Ai trình bày dự thảo báo cáo tại hội nghị năm 2019?")
    if mark != "[ninety]":
        assert answer.text == "Người trình bày dự thảo báo cáo là ông Nguyễn Hạnh Phúc. [1]"
    assert answer.citations[0].quote.startswith("Người trình bày dự thảo báo cáo là ông")


def test_a_model_that_repeats_for_ever_is_stopped(opened: Open) -> None:
    with playing(
        lambda body: Reply(saying(("Ông Nguyễn Văn Nên đồng chủ trì hội nghị.", CHAIRS))(body) + " ", forever=True)
    ) as server:
        answer = opened(server).ask(QUESTION)
        assert server.hung_up.wait(5)
    assert answer.text == "Ông Nguyễn Văn Nên đồng chủ trì hội nghị. [1]"


def test_one_that_stammers_for_ever_is_stopped(opened: Open, assistant: NewsAssistant) -> None:
    with playing(Reply("ông ông ông ", forever=True)) as server:
        answer = opened(server).ask(QUESTION)
        assert server.hung_up.wait(5)
    quoted_instead(answer, "mô hình lặp lại mãi một điều", assistant)


# --- calls that fail --------------------------------------------------------------------------------------------------

FAILS = {
    "key": (Reply(f"Incorrect API key provided: {KEY}", status=401, code="invalid_api_key"), "khóa truy cập", 1),
    "denied": (Reply(f"{KEY} may not", status=403), "khóa truy cập", 1),
    "no such model": (Reply("model not found", status=404), "không tìm thấy mô hình này", 1),
    "bad request": (Reply("what is top_p", status=400), "không nhận yêu cầu", 1),
    "too busy": (Reply("slow down", status=429, headers={"retry-after": "0.01"}), "quá tải", 3),
    "busy for long": (Reply("slow down", status=429, headers={"retry-after": "3600"}), "quá tải", 1),
    "server": (Reply("oops", status=500, headers={"retry-after": "0.01"}), "gặp lỗi", 3),
    "nothing": (Reply(""), "không nói gì", 2),
    "refusal": (Reply(refusal="I will not."), "không nói gì", 2),  # the client passes on none of it in a stream
    "filtered": (Reply("Tôi", reason="content_filter"), "từ chối", 1),
    "cut at once": (Reply("Ông Nguyễn Văn Nên", cut=40), "mô hình", 3),
    "cut": (Reply("Ông Nguyễn Văn Nên và các ông", cut=700), "ngừng giữa chừng", 3),
    "ends without an end": (Reply("Ông Nguyễn Văn Nên và", reason=""), "ngừng giữa chừng", 3),
}


@pytest.mark.parametrize("name", FAILS)
def test_a_call_that_fails_ends_in_quotations(
    name: str, opened: Open, assistant: NewsAssistant, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.chat.draft.BACKOFF", 0.01)
    reply, why, calls = FAILS[name]
    with playing(reply) as server, caplog.at_level(logging.DEBUG, logger="qa"):
        answer = opened(server).ask(QUESTION)
        assert len(server.requests) == calls
    quoted_instead(answer, why, assistant)
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    ("question", "why"), [(QUESTION, "Trích nguyên văn từ các bài báo"), (ENGLISH, "Quoted straight from the articles")]
)
def test_the_note_is_in_the_language_of_the_question(question: str, why: str, opened: Open) -> None:
    with playing(Reply("no", status=401)) as server:
        assert opened(server).ask(question).note.startswith(why)


@pytest.mark.parametrize(
    "reply",
    [Reply("oops", status=500), Reply("wait", status=429, headers={"retry-after": "0.02"}), Reply("Ôn", cut=300)],
)
def test_what_fails_once_is_tried_again(reply: Reply, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.chat.draft.BACKOFF", 0.01)
    with playing(reply, GOOD) as server:
        answer = opened(server).ask(QUESTION)
    assert answer.text.startswith("Hội nghị năm 2019 do bốn ông")
    assert answer.note == ""
    assert answer.usage is not None
    assert answer.usage.calls == 2


def test_the_wait_that_the_server_asks_for_is_kept(opened: Open) -> None:
    with playing(Reply("wait", status=429, headers={"retry-after": "0.5"}), GOOD) as server:
        opened(server).ask(QUESTION)
        first, second = server.started
    assert second - first >= 0.5


def test_a_stream_that_is_cut_goes_on_where_it_was(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.chat.draft.BACKOFF", 0.01)
    first = ("Ông Nguyễn Văn Nên đồng chủ trì hội nghị.", CHAIRS)

    def cut(body: dict[str, Any]) -> Reply:
        text = saying(first)(body) + " Ông Nguyễn Hạnh"
        return Reply(text, reason="")

    rest = saying(("Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo.", "Người trình bày dự thảo"))
    with playing(cut, rest) as server:
        assistant = opened(server)
        answers = grown(assistant)
        said = server.requests[1]["messages"][-2]
    assert said["role"] == "assistant"
    assert said["content"].startswith(first[0])
    assert answers[0].text == "Ông Nguyễn Văn Nên đồng chủ trì hội nghị. [1]"
    assert answers[-1].text == f"{answers[0].text} Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo. [2]"
    assert answers[-1].note == ""


def test_what_was_proven_before_the_model_broke_off_is_kept(opened: Open) -> None:
    def cut(body: dict[str, Any]) -> Reply:
        return Reply(
            saying(("Ông Nguyễn Văn Nên đồng chủ trì hội nghị.", CHAIRS))(body) + " Ông Nguyễn Hạnh Ph", reason=""
        )

    with playing(cut, Reply("down", status=401)) as server:
        answer = opened(server, chat_retries=1).ask(QUESTION)
    assert answer.text == "Ông Nguyễn Văn Nên đồng chủ trì hội nghị. [1]"
    assert answer.note.startswith("Câu trả lời có thể chưa đủ")


@pytest.mark.parametrize("size", range(1, 4))
def test_a_stream_cut_in_the_middle_of_a_character(size: int, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.chat.draft.BACKOFF", 0.01)
    text = "Ông Nguyễn"
    before = json.dumps({"x": text}, ensure_ascii=False).encode()
    assert len(before) > size
    with playing(Reply("ễễễễễ", size=5, cut=290 + size), GOOD) as server:
        assert opened(server).ask(QUESTION).text.startswith("Hội nghị năm 2019 do bốn ông")


def test_a_model_that_takes_too_long_is_given_up(opened: Open, assistant: NewsAssistant) -> None:
    with playing(Reply("Ông", pause=30)) as server:
        answer = opened(server, chat_timeout=0.3, chat_retries=0).ask(QUESTION)
    quoted_instead(answer, "không trả lời kịp", assistant)


@pytest.mark.parametrize("model", ["openai:gpt-test", "ollama:llama-test"])
def test_a_server_that_is_not_there(
    model: str, opened: Open, assistant: NewsAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.chat.draft.BACKOFF", 0.01)
    with playing("") as server:
        chat = opened(server, model=model)
    quoted_instead(chat.ask(QUESTION), "không kết nối được", assistant)


def test_a_context_that_is_too_long_is_made_smaller(opened: Open) -> None:
    def script(body: dict[str, Any]) -> Reply | str:
        if len(sentences(body)) > 8:
            return Reply(
                "This model's maximum context length is 100 tokens.", status=400, code="context_length_exceeded"
            )
        return saying(("Ông Nguyễn Văn Nên đồng chủ trì hội nghị.", CHAIRS))(body)

    with playing(script) as server:
        answer = opened(server).ask(QUESTION)
        counts = [len(sentences(r)) for r in server.requests]
    assert answer.text.startswith("Ông Nguyễn Văn Nên đồng chủ trì hội nghị. [1]")
    assert counts == sorted(counts, reverse=True)
    assert len(counts) > 1


def test_the_window_of_the_model_is_kept(opened: Open) -> None:
    with playing(GOOD) as server:
        opened(server, chat_context_tokens=2048, chat_max_tokens=256).ask(QUESTION)
        few = sentences(server.requests[0])
    with playing(GOOD) as server:
        opened(server, chat_context_tokens=100_000).ask(QUESTION)
        many = sentences(server.requests[0])
    assert 0 < len(few) < len(many) <= 40
    assert len(texts(server.requests)) < 12_000


@pytest.mark.parametrize(("status", "why"), [(401, "khóa truy cập"), (404, "không tìm thấy mô hình"), (500, "gặp lỗi")])
def test_errors_of_ollama_are_told_apart(
    status: int, why: str, opened: Open, assistant: NewsAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.chat.draft.BACKOFF", 0.01)
    with playing(Reply("no", status=status)) as server:
        quoted_instead(opened(server, model="ollama:llama-test").ask(QUESTION), why, assistant)


def test_ollama_is_asked_for_its_whole_window(opened: Open) -> None:
    with playing(GOOD) as server:
        opened(server, model="ollama:llama-test", chat_context_tokens=16_000, chat_max_tokens=500).ask(QUESTION)
        assert server.requests[0]["options"]["num_ctx"] == 16_000
        assert server.requests[0]["options"]["num_predict"] == 500
        assert server.keys == [f"Bearer {KEY}"]


# --- asynchronous -----------------------------------------------------------------------------------------------------


def test_the_asynchronous_ways_give_the_same(opened: Open) -> None:
    with playing(GOOD) as server:
        assistant = opened(server)

        async def both() -> tuple[Answer, list[Answer]]:
            return await assistant.ainvoke(QUESTION), [a async for a in assistant.astream(QUESTION)]

        whole, answers = asyncio.run(both())
        streamed = list(assistant.stream(QUESTION))
    assert whole.text == answers[-1].text == streamed[-1].text
    assert [a.text for a in answers] == [a.text for a in streamed]


def slow(body: dict[str, Any]) -> Reply:
    return Reply(GOOD(body), gap=0.05, forever=True, size=60)


def hesitant(body: dict[str, Any]) -> Reply:
    return Reply(GOOD(body), pause=2, gap=0.05, forever=True, size=60)


def test_a_cancelled_request_ends_the_call(opened: Open) -> None:
    with playing(hesitant) as server:
        assistant = opened(server)

        async def cancelled() -> None:
            task = asyncio.create_task(assistant.ainvoke(QUESTION))
            while not server.requests:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(cancelled())
        assert server.hung_up.wait(5)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_stream_that_nobody_reads_on_ends_the_call(asynchronous: bool, opened: Open) -> None:
    with playing(slow) as server:
        assistant = opened(server)
        if asynchronous:

            async def left() -> None:
                stream = assistant.astream(QUESTION)
                async for answer in stream:
                    assert answer.text
                    break
                await stream.aclose()  # type: ignore[attr-defined]

            asyncio.run(left())
        else:
            stream = assistant.stream(QUESTION)
            assert next(stream).text
            stream.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(5)


def test_the_loop_is_not_blocked_while_the_model_writes(opened: Open) -> None:
    with playing(lambda body: Reply(GOOD(body), pause=0.4)) as server:
        assistant = opened(server)

        async def ticking() -> int:
            task = asyncio.create_task(assistant.ainvoke(QUESTION))
            ticks = 0
            while not task.done():
                await asyncio.sleep(0.02)
                ticks += 1
            assert (await task).text
            return ticks

        assert asyncio.run(ticking()) >= 10


def test_many_at_once(opened: Open) -> None:
    with playing(GOOD) as server:
        assistant = opened(server)

        async def all_of_them() -> list[Answer]:
            return await asyncio.gather(*(assistant.ainvoke(QUESTION) for _ in range(12)))

        found = asyncio.run(all_of_them())
    assert {a.text for a in found} == {found[0].text}
    assert found[0].note == ""


# --- settings and models ----------------------------------------------------------------------------------------------


def test_a_langchain_model_is_taken_as_it_is(sample_data: Path) -> None:
    from langchain_core.language_models.fake_chat_models import FakeListChatModel

    model = FakeListChatModel(responses=["NOT_ANSWERED"])
    assistant = NewsAssistant.open(sample_data, chat_model=model)
    answer = assistant.ask(QUESTION)
    assert not answer.answered
    assert answer.usage is not None
    assert answer.usage.model == "FakeListChatModel"
    assert answer.usage.output_tokens > 0  # estimated


def test_pending_sentences_are_shown_at_once_by_setting(opened: Open) -> None:
    said = saying(
        ("Bà Nguyễn Thị Kim Ngân chủ trì hội nghị.", "Nguyễn Thị Kim Ngân dự"),
        ("Ông Nguyễn Văn Nên đồng chủ trì hội nghị.", CHAIRS),
    )
    with playing(said, "") as server:
        plain = list(opened(server).stream(QUESTION))
    with playing(said, "") as server:
        eager = list(opened(server, chat_pending=True).stream(QUESTION))
    assert eager[-1].text == plain[-1].text == "Ông Nguyễn Văn Nên đồng chủ trì hội nghị. [1]"
    assert eager[-1].pending == ()
    assert len(eager) > len(plain)
    false = [a for a in eager if "Kim Ngân chủ trì" in a.text]
    assert false
    assert all("Kim Ngân chủ trì hội nghị. […]" in a.text and a.pending for a in false if "trì hội nghị." in a.text)
    assert not any(a.pending for a in plain)


def test_the_cost_is_told_where_the_price_is_known(opened: Open) -> None:
    with playing(GOOD) as server:
        usage = opened(server, chat_price="2,10").ask(QUESTION).usage
    assert usage is not None
    assert usage.cost == pytest.approx((usage.input_tokens * 2 + usage.output_tokens * 10) / 1e6)
    assert usage.first_seconds is not None
    assert 0 < usage.first_seconds <= usage.seconds


def test_the_key_is_nowhere_to_be_read(opened: Open) -> None:
    with playing(GOOD) as server:
        assistant = opened(server)
        shown = f"{assistant.settings!r} {assistant.settings.model_dump()} {assistant.ask(QUESTION)!r}"
    assert KEY not in shown


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("anthropic:claude-test", 'pip install "hoibao[anthropic]"'), ("google_genai:gemini-test", 'pip install "hoibao[google]"'),
        ("mistralai:m", "pip install"), ("nobody:m", "provider"), ("gpt-4", "openai:NAME"), ("openai:", "openai:NAME"),
    ],
)  # fmt: skip
def test_a_model_that_cannot_be_opened_says_what_helps(name: str, hint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.chat.models.find_spec", lambda _: None)
    with pytest.raises(SettingsError) as refused:
        open_chat_model(name, Settings(chat_api_key=KEY))
    assert hint in refused.value.hint
    assert KEY not in f"{refused.value} {refused.value.hint} {refused.value.__cause__}"


def test_a_key_comes_from_the_settings_or_the_providers_own_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError) as refused:
        open_chat_model("openai:gpt-test", Settings())
    assert "OPENAI_API_KEY" in refused.value.hint
    monkeypatch.setenv("OPENAI_API_KEY", "from-variable")
    for settings, key in ((Settings(), "from-variable"), (Settings(chat_api_key="own"), "own")):
        model: Any = open_chat_model("openai:gpt-test", settings).model
        assert model.openai_api_key.get_secret_value() == key


def test_a_server_of_ones_own_needs_no_key(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with playing(GOOD) as server:
        answer = opened(server, chat_api_key=None).ask(QUESTION)
    assert answer.note == ""


def test_without_a_chat_model_nothing_of_a_provider_is_imported(sample_data: Path) -> None:
    code = (
        "import sys; from qa import NewsAssistant\n"
        f"a = NewsAssistant.open({str(sample_data)!r}).ask({QUESTION!r})\n"
        "assert a.answered and a.usage is None and 'model' not in a.to_json() and 'note' not in a.to_json()\n"
        "found = [m for m in sys.modules if m.split('.')[0] in ('langchain', 'langchain_openai', 'openai', 'ollama', 'tiktoken')]\n"
        "assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=120)


def test_every_citation_proves_its_sentence(opened: Open) -> None:
    from qa.citations import Claim, Quote

    with playing(saying(("Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo.", "Người trình bày dự thảo"))) as server:
        assistant = opened(server)
        answer = assistant.ask(QUESTION)
    citation = answer.citations[0]
    article = assistant.article(citation.article_id)
    assert article is not None
    assert not problems(Claim(answer.text.removesuffix(" [1]"), (Quote(article, citation.start, citation.end),)))


# --- follow-ups and questions of several parts ------------------------------------------------------------------------


def test_the_model_reads_the_question_by_setting(opened: Open) -> None:
    read = '{"question": "Ai trình bày dự thảo báo cáo tại hội nghị năm 2019?", "parts": []}'
    history = [Turn(QUESTION, "Nguyễn Văn Nên. Ai trình bày dự thảo báo cáo tại hội nghị?")]
    with playing(
        read, saying(("Người trình bày dự thảo báo cáo là ông Nguyễn Hạnh Phúc.", "Người trình bày"))
    ) as server:
        answer = opened(server, chat_understanding=True).ask("còn ai trình bày?", history=history)
        assert "Nguyễn Văn Nên" in texts(server.requests[:1])
    assert answer.understood == "Ai trình bày dự thảo báo cáo tại hội nghị năm 2019?"
    assert answer.text == "Người trình bày dự thảo báo cáo là ông Nguyễn Hạnh Phúc. [1]"


@pytest.mark.parametrize("reply", ["", "no JSON", '{"question": 5}', '["a"]', Reply("no", status=500)])
def test_a_model_that_cannot_read_questions_leaves_them_to_the_rules(reply: Reply | str, opened: Open) -> None:
    with playing(reply, GOOD) as server:
        answer = opened(server, chat_understanding=True).ask(QUESTION)
    assert (answer.understood, answer.question) == ("", QUESTION)
    assert answer.text.startswith("Hội nghị năm 2019")
