"""Records: titles come out of cleaning as they went in, and places stay right whatever is done to a text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_encodings import NEWS, tcvn3, vni

from ingest.clean import clean
from ingest.records import Place, Record, place_of, repaired, with_title

BODY = "Sáng 12/3, tại Cần Thơ, hội nghị bàn việc sửa bến phà.\nBảy bến được chọn."


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Sửa bảy bến phà", "Sửa bảy bến phà"),
        ("Sửa bảy bến phà.", "Sửa bảy bến phà"),
        ("Hội nghị bàn gì:", "Hội nghị bàn gì"),
        ("Bến phà nào được sửa?", "Bến phà nào được sửa?"),
        ("Chờ phà...", "Chờ phà..."),
        ("  Sửa bảy\n bến phà ", "Sửa bảy bến phà"),
    ],
)
def test_cleaning_finds_the_title(title: str, shown: str) -> None:
    record = with_title(Record(BODY, title=title))
    assert clean(record.text).title == shown
    assert record.text == f"{shown}\n\n{BODY}"
    assert with_title(record).text == record.text


def test_a_title_that_stands_there_is_not_put_there_again() -> None:
    text = f"Sửa bảy bến phà\n\n{BODY}"
    assert with_title(Record(text, title="Sửa bảy  bến phà.")).text == text
    assert with_title(Record(BODY)).text == with_title(Record(BODY, title=" ")).text == BODY


def test_places_move_with_the_title() -> None:
    record = with_title(Record("\n" + BODY, title="Bến phà", line=7, places=(Place(0, "line", 7), Place(5, "line", 8))))
    assert record.text[9:] == BODY
    assert record.places == (Place(0, "line", 7), Place(9, "line", 7), Place(13, "line", 8))


def test_a_character_knows_its_place() -> None:
    places = (Place(2, "character", 100), Place(9, "page", 2))
    assert [place_of(places, n) for n in (1, 2, 5, 9, 50)] == [
        None,
        Place(2, "character", 100),
        Place(5, "character", 103),
        Place(9, "page", 2),
        Place(50, "page", 2),
    ]
    assert place_of((), 3) is None


@pytest.mark.parametrize("typed", [tcvn3, vni])
@given(cuts=st.lists(st.integers(0, len(NEWS)), max_size=6))
def test_places_stay_at_their_words_when_an_old_font_is_undone(typed: object, cuts: list[int]) -> None:
    starts = sorted({0, *(NEWS.rfind(" ", 0, cut) + 1 for cut in cuts)})
    old = "".join(typed(NEWS[a:b]) for a, b in zip(starts, [*starts[1:], len(NEWS)], strict=True))  # type: ignore[operator]
    moved = [len(typed(NEWS[:start])) for start in starts]  # type: ignore[operator]
    record = Record(old, title=typed("Bến phà"), places=tuple(Place(at, "page", n) for n, at in enumerate(moved, 1)))  # type: ignore[operator]
    again = repaired(record, name="a")
    assert again.text == NEWS
    assert again.title == "Bến phà"
    assert [place.start for place in again.places] == starts


def test_halves_of_characters_go() -> None:
    assert repaired(replace(Record("Sửa \ud83d phà"), title="\udc00"), name="a") == Record(
        "Sửa \ufffd phà", title="\ufffd"
    )
