"""What stands between spaces: the same stretches that splitting finds, and a key for each."""

import re
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.written import USUAL, Written

texts = st.lists(st.text(alphabet="ab \n\x00ộ\ud800𝕏.\t", max_size=12), max_size=5)


def split(text: str) -> list[str]:
    return re.findall(r"\n|[^ \n]+", text)


@settings(deadline=None)
@given(texts)
def test_stretches_are_what_stands_between_spaces_and_line_feeds(given_texts: list[str]) -> None:
    written = Written(given_texts)
    for text, (first, last) in zip(given_texts, pairwise(written.first.tolist()), strict=True):
        assert [written.between(i, i) for i in range(first, last)] == [*split(text), "\n"]
    assert written.first[-1] == len(written.starts) == len(written.ends) == len(written.keys)


@settings(deadline=None)
@given(texts)
def test_stretches_have_one_key_just_when_they_are_the_same(given_texts: list[str]) -> None:
    written = Written(given_texts)
    said = [written.between(i, i) for i in range(len(written.keys))]
    assert len(set(said)) == len(set(written.keys.tolist()))
    assert len(set(zip(said, written.keys.tolist(), strict=True))) == len(set(said))


def test_a_key_does_not_depend_on_the_place_however_far_behind() -> None:
    [long] = np.unique(Written(["hội nghị " * USUAL]).keys[:-1].reshape(-1, 2), axis=0)
    assert Written(["hội nghị"]).keys[:2].tolist() == long.tolist()


def test_what_is_written_from_one_stretch_to_another() -> None:
    written = Written(["Hội nghị,  Huế", "Hà Nội"])
    assert written.between(0, 2) == "Hội nghị,  Huế"
    assert written.between(4, 5) == "Hà Nội"
