"""Filters as they are typed, kept, taken off and shown; conversations as a browser keeps them and as links hold them."""

import json
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import NewsAssistant
from qa.schema import Answer, Filters
from ui.conversation import Conversation, Exchange, turns
from ui.records import asked_by_link, copied, link_of, record_of, restored
from ui.scope import chips_html, dropped, filters_of, filters_row, iso_of, kept

QUESTION = "Ai chủ trì hội nghị năm 2019?"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*"qaulcfpwxs", "ok", "id"]), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2016", "2016"), (" 7/2016 ", "2016-07"), ("07-2016", "2016-07"), ("14/7/2016", "2016-07-14"), ("14.7.2016", "2016-07-14"),
        ("2016-07", "2016-07"), ("2016-07-14", "2016-07-14"), ("31/2/2016", None), ("13/2016", None), ("hôm qua", None), ("", None),
        ("2016-13-01", None), ("16", None), ("0/2016", None), ("14/7/2016x", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_typed(typed: str, iso: str | None) -> None:
    assert iso_of(typed) == iso


def test_filters_come_back_as_they_went() -> None:
    filters = Filters("2016", "2017-02", ("VnExpress",), ("Nguyễn Văn Nên",))
    assert filters_of(filters_row(filters)) == filters
    assert filters_row(Filters()) == {}
    assert not Filters()


@given(JSON)
def test_no_filter_of_a_record_raises(fields: object) -> None:
    assert isinstance(filters_of(fields), Filters)


def test_what_was_read_from_a_question_becomes_a_filter_and_is_taken_off_again() -> None:
    filters = kept(kept(Filters(), {"period": "2016-01/2016-03"}), {"person": "Nguyễn Văn Nên"})
    assert filters == Filters("2016-01", "2016-03", (), ("Nguyễn Văn Nên",))
    assert kept(Filters(), {"period": "2016"}) == Filters("2016", "2016")
    assert kept(Filters(), {"period": "--07-14"}) == Filters()
    assert dropped(filters, {"drop": "period"}) == Filters(people=("Nguyễn Văn Nên",))
    assert dropped(filters, {"drop": "person", "name": "Nguyễn Văn Nên"}) == Filters("2016-01", "2016-03")
    assert dropped(filters, {"drop": "all"}) == Filters()
    assert dropped(filters, {"drop": "outlet", "name": "x"}) == filters


def test_chips_say_what_is_searched() -> None:
    html = chips_html(Filters("2016", "", ("A&B",)), count=1234)
    assert "từ 2016" in html
    assert "from 2016" in html
    assert "A&amp;B" in html
    assert "1 234" in html
    assert 'class="chip"' not in chips_html(Filters())
    assert "editing" in chips_html(Filters(), editing=True)


@pytest.fixture(scope="module")
def talk(assistant: NewsAssistant) -> Conversation:
    first = Exchange(QUESTION, assistant.ask(QUESTION), periods=("2019",))
    answer = assistant.ask("còn năm 2016?", history=turns((first,)))
    return Conversation("0123456789abcdef", (first, Exchange("còn năm 2016?", answer, filters=Filters(since="2016"))))


def record(talk: Conversation) -> dict[str, object]:
    return {"id": talk.id, "exchanges": [json.loads(record_of(e)) for e in talk.exchanges]}


def test_a_kept_conversation_is_opened_with_its_quotations(assistant: NewsAssistant, talk: Conversation) -> None:
    found = restored(record(talk), assistant.version, limit=2000)
    assert found is not None
    assert found.id == talk.id
    assert found.filters == Filters(since="2016")
    for now, before in zip(found.exchanges, talk.exchanges, strict=True):
        assert now.answer is not None
        assert before.answer is not None
        assert (now.question, now.answer.text, now.answer.understood) == (
            before.question, before.answer.text, before.answer.understood
        )  # fmt: skip
        assert now.answer.citations == before.answer.citations
        assert record_of(now) == record_of(before)


def test_a_forged_quotation_is_not_shown(assistant: NewsAssistant, talk: Conversation) -> None:
    forged = record(talk)
    place = json.loads(record_of(talk.exchanges[0]))["c"][0][1]
    id, _, span = place.partition(":")
    forged["exchanges"][0]["c"] = [  # type: ignore[index]
        [1, f"{id}:0-999999"], [2, "0000000000000000:0-5"], [3, f"{id}:5-5"], [True, place], [4, place, 1], [-1, place],
    ]  # fmt: skip
    found = restored(forged, assistant.version, limit=2000)
    assert found is not None
    assert found.exchanges[0].answer is not None
    assert found.exchanges[0].answer.citations == ()
    assert span


@given(JSON)
def test_no_record_raises(data: object) -> None:
    found = restored({"id": "0" * 16, "exchanges": [data]}, lambda *_: None, limit=2000)
    assert found is None or all(isinstance(e.question, str) for e in found.exchanges)
    assert restored(data, lambda *_: None, limit=2000) is None or isinstance(data, dict)


def test_only_what_is_finished_is_kept() -> None:
    growing = Answer("?", "A", False, "vi", done=False)
    assert record_of(Exchange("?")) == ""
    assert record_of(Exchange("?", growing)) == ""
    assert record_of(Exchange("?", growing, stopped=True)) != ""
    assert record_of(Exchange("?", failure="<p>…</p>")) == ""


def test_a_link_holds_the_question_and_what_it_followed_from(talk: Conversation) -> None:
    first, last = talk.exchanges
    assert parse_qs(link_of(first, ())[1:]) == {"q": [QUESTION]}
    fields = parse_qs(link_of(last, [first])[1:])
    assert fields == {"h": [QUESTION], "q": ["còn năm 2016?"], "since": ["2016"]}
    asked = asked_by_link({"q": fields["q"][0], "h": fields["h"], "since": "2016"}, limit=2000)
    assert asked == ([QUESTION, "còn năm 2016?"], Filters(since="2016"))


@given(JSON)
def test_no_link_raises(data: object) -> None:
    asked = asked_by_link(data, limit=20)
    assert asked is None or all(len(question) <= 20 for question in asked[0])


def test_a_copied_answer_names_its_sources(talk: Conversation) -> None:
    answer = talk.exchanges[0].answer
    assert answer is not None
    text = copied(talk.exchanges[0])
    assert text.startswith(f"{QUESTION}\n\n{answer.text}\n\n[1] ")
    for c in answer.citations:
        assert f"[{c.marker}] {c.title}" in text
        assert f"“{c.quote}”\n{c.source}" in text
