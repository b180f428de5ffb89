"""Every character of a traced text stands where it says in the raw one."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ingest.traced import TracedText

MARKED = st.text(
    st.sampled_from("aăâoươdđ \t\n\u00a0\u0301\u0303\u0323\u0306\u031b\u212a\u1100\u1161\u11a8,.X"), max_size=60
)
TEXTS = st.one_of(MARKED, st.text(max_size=60))


def origins(traced: TracedText) -> dict[int, int]:
    return {clean + i: raw + i for clean, raw, length in traced.origins for i in range(length)}


def check(raw: str, traced: TracedText, dropped: str = "") -> None:
    where = origins(traced)
    assert all(traced.text[clean] == raw[at] for clean, at in where.items())
    places = [where[k] for k in sorted(where)]
    assert places == sorted(set(places))
    composed = set(unicodedata.normalize("NFC", re.sub(f"[{dropped}]", "", raw) if dropped else raw)) | {" ", "|"}
    assert all(i in where or c in composed for i, c in enumerate(traced.text))


@given(TEXTS)
def test_nfc_is_the_normal_form_and_keeps_origins(raw: str) -> None:
    traced = TracedText(raw).nfc()
    assert traced.text == unicodedata.normalize("NFC", raw)
    check(raw, traced)


@given(TEXTS)
def test_operations_in_a_row_keep_origins(raw: str) -> None:
    traced = TracedText(raw).drop(re.compile("[aX]+")).nfc().collapse()
    assert traced.text == " ".join(traced.text.split())
    spaced = traced.insert(m.end() for m in re.finditer(",", traced.text))
    check(raw, spaced, "aX")
    half = len(spaced) // 2
    joined = TracedText.join([spaced.keep(0, half), spaced.keep(half, len(spaced))], " | ")
    check(raw, joined, "aX")
    assert joined.text.replace(" | ", "", 1) == spaced.text or " | " in spaced.text


@given(TEXTS)
def test_a_fresh_text_is_one_run(raw: str) -> None:
    assert TracedText(raw).origins == (((0, 0, len(raw)),) if raw else ())


def test_known_runs() -> None:
    traced = TracedText("a\t\tbe\u0301,c").nfc().collapse().insert([5])
    assert traced.text == "a bé, c"
    assert traced.origins == ((0, 0, 1), (2, 3, 1), (4, 6, 1), (6, 7, 1))
