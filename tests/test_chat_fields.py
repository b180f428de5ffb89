"""Replies in fields read as they come: whole objects and cut ones, every dress, hostile JSON; the same however the reply was cut into chunks."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.chat.fields import BLANKS, FieldParser
from qa.chat.parse import LONGEST_LINE, LONGEST_REPLY, Parser, Said

TWO = '{"answered": true, "sentences": [{"text": "Một họp.", "marks": [1]}, {"text": "Hai họp.", "marks": [2, 3]}]}'
SAID = [("Một họp.", (1,)), ("Hai họp.", (2, 3))]


def read(text: str, *, cut: bool = False) -> list[tuple[str, tuple[int, ...]]]:
    parser = FieldParser()
    return [(s.text, s.marks) for s in (*parser.feed(text), *parser.close(cut=cut))]


def of(*sentences: object) -> str:
    return json.dumps({"answered": True, "sentences": sentences}, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [TWO, f"\ufeff\n {TWO}", f"```json\n{TWO}\n```", f"``` {TWO} ```", f"<think>Hay {{là}} ```\n?</think>\n{TWO}", f"nghĩ [1]. Ngợi</think>{TWO}",
     json.dumps(json.loads(TWO), indent=4), json.dumps(json.loads(TWO)), TWO.replace(" ", "").replace("họp", " họp"), f"{TWO}\n{TWO}", f"{TWO} Xong rồi.",
     TWO.replace('"answered": true, ', ""), TWO.partition(": ")[2].partition(": ")[2].removesuffix("}"), '{"x": [{"text": "Ba."}], ' + TWO[1:],
     TWO.replace('"answered"', '"sentences": {"text": "Ba."}, "answered"')],
)  # fmt: skip
def test_fields_in_every_dress(text: str) -> None:
    assert read(text) == SAID


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ({"text": "Một họp [4].", "marks": [1]}, [("Một họp.", (4,))]),
        ({"text": "Một họp [4]. Hai họp.", "marks": [1]}, [("Một họp.", (4,)), ("Hai họp.", (1,))]),
        ({"text": "**Một** <b>họp</b> ![x](http://evil.example).", "marks": [1]}, [("Một họp.", (1,))]),
        ({"text": "Một\n\u200bhọp.", "marks": [1]}, [("Một họp.", (1,))]),
        ({"marks": [1], "text": "Một họp."}, [("Một họp.", (1,))]),
        ("Một họp [4].", [("Một họp.", (4,))]),
        ({"text": "Một họp.", "marks": ["1", "[2][3]", "câu 4", 5.0, True, None, -1, {}, [7], 1e400]}, [("Một họp.", (1, 2, 3, 4, 5, -1))]),
        ({"text": "Một họp.", "marks": 3}, [("Một họp.", (3,))]),
        ({"text": "Một họp.", "marks": "3, 4"}, [("Một họp.", (3, 4))]),
        ({"text": "Một họp.", "marks": {"a": 1}}, [("Một họp.", ())]),
        ({"text": "Một họp."}, [("Một họp.", ())]),
        ({"text": ["Một họp."], "marks": [1]}, []),
        ({"text": "", "marks": [1]}, []), ({"text": "…", "marks": [1]}, []), ({}, []), ([], []), (None, []), (5, []), ([[{"text": "Một."}]], []),
    ],
)  # fmt: skip
def test_an_element_of_any_kind(sentence: object, said: list[tuple[str, tuple[int, ...]]]) -> None:
    assert read(of(sentence)) == said
    assert read(of(sentence, {"text": "Sau cùng.", "marks": [9]})) == [*said, ("Sau cùng.", (9,))]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{"text": "Một họp.", "text": "Hai họp.", "marks": [1], "marks": [2]}', [("Hai họp.", (2,))]),
        ('{"text": "Một họp.", "marks": [NaN, Infinity, 1]}', [("Một họp.", (1,))]),
        ('{"text": "Một họp.", "marks": [1,]}', [("Một họp.", ())]),  # no JSON; what it says can be made out
        ('{"text": "Một họp.", "marks": [' + "9" * 5000 + "]}", [("Một họp.", ())]),
        ('{"text": "Một\thọp.", "marks": [1]}', [("Một họp.", (1,))]),
        (r'{"text": "M\u1ed9t \"h\u1ecdp\" \\.", "marks": [1]}', [(r'Một "họp" \.', (1,))]),
        (r'{"text": "Một \ud83d họp.", "marks": [1]}', [("Một? họp.", (1,))]),
        ('{"text": "}]}, [{ họp.", "marks": [1]}', [("}]}, [{ họp.", (1,))]),
        ('{"a": {"text": "Hai."}, "text": "Một họp.", "b": [{"text": "Ba."}], "marks": [1]}', [("Một họp.", (1,))]),
        ('{"marks": ' + "[" * 2000 + "]" * 2000 + ', "text": "Một họp."}', [("Một họp.", ())]),
    ],
)
def test_what_is_hardly_json(source: str, said: list[tuple[str, tuple[int, ...]]]) -> None:
    assert read('{"sentences": [' + source + "]}") == said


@pytest.mark.parametrize("cut", [False, True])
def test_what_was_being_written_when_the_reply_ended_does_not_count(cut: bool) -> None:
    whole = TWO.index("}") + 1
    for end in range(len(TWO)):
        said = read(TWO[:end], cut=cut)
        assert said == SAID[: (end >= whole) + (end >= TWO.rindex("}]}") + 1)]


def test_a_sentence_is_given_out_the_moment_it_is_complete() -> None:
    parser = FieldParser()
    assert parser.feed('{"answered": true, "sentences": [{"text": "Một \\u1') == []
    assert parser.open == "Một"
    assert parser.feed("ecdp [") == []
    assert parser.open == ""  # a mark stands open
    assert parser.feed('1].", "marks": [') == []
    assert parser.open == "Một ọp."
    assert parser.feed("1]}") == [Said("Một ọp.", (1,), (0, False))]
    assert parser.open == ""
    assert parser.feed(', {"marks": [2], "text": "Hai') == []
    assert parser.open == "Hai"
    assert parser.close(cut=True) == []
    assert parser.raw.endswith('"Hai')


def test_points_stand_on_lines_of_their_own() -> None:
    parser = FieldParser()
    rows = [{"text": t, "marks": [1]} for t in ("Một.", "Hai.", "- Ba.", "- Bốn.", "Năm.", "Sáu.")]
    assert [s.place for s in parser.feed(of(*rows))] == [
        (0, False), (0, False), (1, True), (2, True), (3, False), (3, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ['{"answered": false, "sentences": []}', '{"sentences":[],"answered":false}', '{"answered": "false", "sentences": []}', '{"answered": false}',
     '```json\n{"answered": false, "sentences": []}\n```', of({"text": "NOT_ANSWERED", "marks": []}), of({"text": "Các bài báo không cho biết.", "marks": [1]}),
     "NOT_ANSWERED", "<think>{</think>Not answered."],
)  # fmt: skip
def test_a_reply_that_declines(text: str) -> None:
    parser = FieldParser()
    assert [*parser.feed(text), *parser.close()] == []
    assert parser.declined


@pytest.mark.parametrize(
    "text",
    [TWO, TWO.replace("true", "false"), '{"answered": true, "sentences": []}', "{}", '{"answered": null, "sentences": []}',
     '{"answered": false, "answered": true, "sentences": []}', ""],
)  # fmt: skip
def test_one_that_does_not(text: str) -> None:
    parser = FieldParser()
    parser.feed(text)
    parser.close()
    assert not parser.declined


def test_one_that_was_cut_off_has_not_declined_yet() -> None:
    parser = FieldParser()
    parser.feed('{"answered": false, "sentences": [')
    assert not parser.declined
    parser.close(cut=True)
    assert not parser.declined


@pytest.mark.parametrize(
    "text",
    [
        "[1] Một họp.",
        "Một họp {x} [1].",
        "[Một họp](x) [1].",
        "``` Một họp [1].",
        "",
        '"Một họp" [1].',
        "[",
        "```",
        "[1",
        "{{",
    ],
)
def test_ordinary_text_is_read_as_such(text: str) -> None:
    parser, words = FieldParser(), Parser()
    expected = [*words.feed(text), *words.close()]
    assert [*parser.feed(text), *parser.close()] == (expected if text != "{{" else [])
    assert parser.raw == words.raw


@pytest.mark.parametrize(
    "text",
    ['{"sentences": [{"text": "' + "ông " * 400, "{" + " \n" * BLANKS, "{" * 900, TWO + "ab " * 400, of(*({"text": f"Câu {i}.", "marks": [i]} for i in range(900)))],
)  # fmt: skip
def test_what_goes_on_without_end_is_seen(text: str) -> None:
    parser = FieldParser()
    parser.feed(text)
    assert parser.endless


def test_a_long_answer_set_out_in_lines_is_not_endless() -> None:
    parser = FieldParser()
    rows = [{"text": f"Câu số {i} nói về việc thứ {i * 7}.", "marks": [i, i + 1]} for i in range(60)]
    for c in json.dumps({"answered": True, "sentences": rows}, indent=16, ensure_ascii=False)[:12_000]:
        parser.feed(c)
        assert not parser.endless


def test_no_more_is_read_than_an_answer_can_have() -> None:
    for text in (
        '{"sentences": [{"text": "' + "a b" * 400_000,
        "{" + '"' * 400_000,
        "[" + "{" * 400_000,
        "một họp.\n" * 40_000,
    ):
        parser = FieldParser()
        parser.feed(text)
        parser.close()
        assert len(parser.raw) <= LONGEST_REPLY + 1
        assert parser.endless
        assert len(parser.open) <= LONGEST_LINE + 1


PIECES = st.sampled_from(
    ["{", "}", "[", "]", '"', ":", ",", " ", "\n", "\\", "\\u", "\\ud83d", "1", "true", "false", "null", "NaN", '"answered"', '"sentences"', '"text"', '"marks"',
     '{"answered": true, "sentences": [', '{"text": "Ông A họp [1].", "marks": [1]}', '"marks": [1', '"text": "Một', "Hai họp.", "```json\n", "```", "<think>", "</think>",
     "[2]", "é", "\ud83d", "NOT_ANSWERED", '"answered": false']
)  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.lists(st.integers(1, 9), min_size=1, max_size=60))
def test_the_same_however_it_is_cut(pieces: list[str], sizes: list[int]) -> None:
    text = "".join(pieces)
    whole, cut = FieldParser(), FieldParser()
    expected = [*whole.feed(text), *whole.close()]
    said, at = [], 0
    while at < len(text):
        size = sizes[at % len(sizes)]
        said += cut.feed(text[at : at + size])
        cut.open.encode()
        at += size
    assert [*said, *cut.close()] == expected
    assert (cut.declined, cut.raw, cut.endless) == (whole.declined, whole.raw, whole.endless)
    for one in expected:
        one.text.encode()


SENTENCES = st.lists(
    st.fixed_dictionaries(
        {"text": st.text(st.sampled_from("aB ờ\"\\/{}[],:\n\t."), max_size=30).map(lambda t: f"Họp{t.replace('[', '(')}"),
         "marks": st.lists(st.integers(1, 99), max_size=4, unique=True)}
    ),
    max_size=6,
)  # fmt: skip


@given(SENTENCES, st.booleans(), st.sampled_from([None, 1, 4]))
def test_every_sentence_that_json_can_write_comes_out(
    rows: list[dict[str, object]], ascii: bool, indent: int | None
) -> None:
    found = FieldParser().feed(json.dumps({"answered": True, "sentences": rows}, ensure_ascii=ascii, indent=indent))
    marks = [tuple(m) for m in (r["marks"] for r in rows)]  # type: ignore[arg-type,var-annotated]
    assert [m for i, m in enumerate(f.marks for f in found) if i == 0 or found[i - 1].marks != m] == [
        m for i, m in enumerate(marks) if i == 0 or marks[i - 1] != m
    ]
