"""Dirt comes off, and every block stands in the file word for word."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import Cleaned, clean
from qa.schema import BlockKind

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
SAMPLES = Path(__file__).parents[1] / "ingest" / "samples"
INVISIBLE = re.compile("[\u200e\u202e\x00\x07\ud800]")


def bare(text: str) -> str:
    return "".join(text.split())


def blocks(cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(b.kind.value, cleaned.text[b.start : b.end]) for b in cleaned.blocks]


def check(raw: str) -> Cleaned:
    """Assert what `clean` promises of any text."""
    cleaned = clean(raw)
    assert "\n".join(text for _, text in blocks(cleaned)) == cleaned.text
    assert all(text.strip() == text != "" and "\n" not in text for _, text in blocks(cleaned))
    there = bare(unicodedata.normalize("NFC", INVISIBLE.sub("", raw)))
    assert all(bare(text) in there for _, text in blocks(cleaned))
    last = -1
    for start, origin, length in cleaned.origins:
        assert cleaned.text[start : start + length] == raw[origin : origin + length]
        assert origin > last
        last = origin + length - 1
    kinds = [kind for kind, _ in blocks(cleaned)]
    assert "title" not in kinds[1:]
    assert (cleaned.title is not None) == (kinds[:1] == ["title"])
    return cleaned


def test_address_rules_title_and_opening_caption() -> None:
    raw = (
        "http://www.tin.example/xa-mo-hoi/12.html\n-----------------\nXã Mây mở hội xuân\n-----------------\n"
        "Quang cảnh ngày hội. (Ảnh: Lê Na/TTXVN) Sáng 2/2, xã Mây mở hội. Dân vui./.\n-----------------\n"
    )
    cleaned = check(raw)
    assert cleaned.url == "http://www.tin.example/xa-mo-hoi/12.html"
    assert blocks(cleaned) == [
        ("title", "Xã Mây mở hội xuân"),
        ("caption", "Quang cảnh ngày hội. (Ảnh: Lê Na/TTXVN)"),
        ("body", "Sáng 2/2, xã Mây mở hội. Dân vui."),
    ]


def test_doubled_captions_links_and_tails() -> None:
    raw = (
        "Chợ nổi đông khách\n\nChợ nổi đông dần lên.\nGhe bán dưa. (Ảnh: An Tú)\nGhe bán dưa. (Ảnh: An Tú)\n\n"
        "Khách mua nhiều dưa.\n\n[Chợ quê ngày giáp Tết]\n\n"
        "Chợ nổi đông khách ảnh 2Bà Sáu bán bún. (Ảnh: An Tú)\n\nXem thêm: Chợ hoa ngày Tết\nTin vui đến.\n\n"
        "(TTXVN/Vietnam+)\n\nTin cùng chuyên mục\nChợ phiên vùng cao\n"
    )
    cleaned = check(raw)
    assert cleaned.bylines == ("(TTXVN/Vietnam+)",)
    assert blocks(cleaned)[1:] == [
        ("body", "Chợ nổi đông dần lên."),
        ("caption", "Ghe bán dưa. (Ảnh: An Tú)"),
        ("body", "Khách mua nhiều dưa."),
        ("caption", "Bà Sáu bán bún. (Ảnh: An Tú)"),
        ("body", "Tin vui đến."),
    ]


def test_a_caption_without_credit_ends_with_its_sentence() -> None:
    cleaned = check("Hội làng Mây\n\nHội vui.\n\nHội làng Mây ảnh 1Đội trống của làng. Sau đó, hội tan.\n")
    assert blocks(cleaned)[2:] == [("caption", "Đội trống của làng."), ("body", "Sau đó, hội tan.")]


def test_picture_marks_and_a_file_without_title() -> None:
    raw = "Xã Mây họp bàn việc làng.\n\nleftcenterrightdel\n\nÔng Tư phát biểu.\n\nHọp xong, ai về nhà nấy.\n\nTin, ảnh: TTXVN"
    cleaned = check(raw)
    assert cleaned.title is None
    assert cleaned.bylines == ("Tin, ảnh: TTXVN",)
    assert [kind for kind, _ in blocks(cleaned)] == ["body", "caption", "body"]


def test_a_hole_is_a_block_of_its_own() -> None:
    cleaned = check(
        "Hội nghị xã\nTới dự buổi họp có . Chủ trì có ông Lê An. Bà Ba nói về điện ,nước.Sau đó họp tổ.\t\t\t"
    )
    assert blocks(cleaned)[1:] == [
        ("hole", "Tới dự buổi họp có ."),
        ("body", "Chủ trì có ông Lê An. Bà Ba nói về điện, nước. Sau đó họp tổ."),
    ]


def test_credits_at_the_end_of_a_line() -> None:
    cleaned = check("Lũ về sớm\n\nNước lên nhanh.\n\nNước ngập chợ sáng nay - Ảnh: LÊ NA.\nẢnh: Bình An\n")
    assert [kind for kind, _ in blocks(cleaned)] == ["title", "body", "caption", "caption"]


def test_dates_above_the_text_are_taken_off() -> None:
    cleaned = check("Lũ về sớm\nThứ ba, 12/1/2021, 10:00 (GMT+7)\nNước lên nhanh.\n")
    assert cleaned.header == ("Thứ ba, 12/1/2021, 10:00 (GMT+7)",)
    assert blocks(cleaned) == [("title", "Lũ về sớm"), ("body", "Nước lên nhanh.")]
    assert check("Flood\nPublished: May 3, 2021\nWater rose.").header == ("Published: May 3, 2021",)


def test_what_shows_nothing_goes_and_letters_compose() -> None:
    raw = "\ufeffXa\u0303 M\u200ba\u0302y\nHo\u0323p\u00a0ta\u0323i\u00ad \u202exa\u0303.\ud800"
    assert check(raw).text == "Xã M\u200bây\nHọp tại\u00ad xã."  # within a line they stay: a quotation must be found


def test_names_of_writers_go_but_places_in_sentences_stay() -> None:
    cleaned = check("Lũ về sớm\n\nNước lên nhanh.\nDân ở Hà Nam chạy lũ. (TTXVN)\nLê Na (Theo AFP)\n\nNước ngập chợ.")
    assert cleaned.bylines == ("(TTXVN)", "Lê Na (Theo AFP)")
    assert "Hà Nam chạy lũ." in cleaned.text


@pytest.mark.parametrize("raw", ["", " \n", "---", "-----\n=====\n", "\ud800", "\u200b\n\ufeff", "leftcenterrightdel"])
def test_nothing_is_nothing(raw: str) -> None:
    assert check(raw) == Cleaned("", (), ())


def test_a_lone_line_is_no_title() -> None:
    assert blocks(check("Chỉ có một dòng\n---\n")) == [("body", "Chỉ có một dòng")]


BITS = [
    "Xã Mây họp", "Xã Mây họp ảnh 1", "Tới dự có .", "Ông An nói. ", "nước.Phát", " ,", "./.", "/.", "(Ảnh: An/TTXVN)", "(TTXVN)", "Ảnh: An",
    "leftcenterrightdel", "-----", "[Tin cũ ở xã]", "Tin khác", "Xem thêm: a", "http://a.example/b", "\n", "\n\n", "\t", "\u00a0", "\u200b",
    "\u0301", "e\u0301", "a", "Ở ", ". ", "…", "12/1/2021", "\u2028", "\x1c", "Theo AFP", "\u1100", "\u1161", "\ud800", "한", "ﬁ", "\u212b",
]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(BITS), max_size=25).map("".join))
def test_the_promise_holds_for_any_dirt(raw: str) -> None:
    check(raw)


@given(st.text(max_size=200))
def test_the_promise_holds_for_any_text(raw: str) -> None:
    cleaned = clean(raw)
    assert "\n".join(text for _, text in blocks(cleaned)) == cleaned.text


@given(st.lists(st.sampled_from(BITS), max_size=12).map("".join))
def test_clean_text_encodes(raw: str) -> None:
    clean(raw).text.encode()


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda p: p.stem)
def test_the_promise_holds_for_the_samples(path: Path) -> None:
    text = check(path.read_text(encoding="utf-8")).text
    for dirt in ("leftcenterrightdel", "/.", "----", "Tin cùng", "Các tin khác", " ,", "\t"):
        assert dirt not in text


SEED_KINDS = {
    "000": ["title", "hole", "body"],
    "001": ["title", "caption", "body"],
    "002": ["title", "body", "caption", "body"],
    "003": ["body", "caption", "body"],
    "004": ["title", "body"],
}


@pytest.mark.seeds
@pytest.mark.parametrize("number", sorted(SEED_KINDS))
def test_seeds(number: str) -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"no seed articles at {SEEDS}")
    cleaned = check(next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8"))
    assert [kind for kind, _ in blocks(cleaned)][: len(SEED_KINDS[number])] == SEED_KINDS[number]
    captions = [text for kind, text in blocks(cleaned) if kind == BlockKind.CAPTION]
    assert len(captions) == {"001": 1, "002": 2, "003": 2}.get(number, 0)
    for dirt in ("leftcenterrightdel", "/.", "ảnh 1", "----", "Tin cùng", "Các tin khác", " ,", "\t", "[VPTW"):
        assert dirt not in cleaned.text


HOSTILE = [
    "-", "- ", "a", "a ", "A. ", "nước.Phát", "(Ảnh: a) ", "(Ảnh: ", "(", "[a] ", "ảnh 1", "có . ", "/.", "./. A", "e\u0301", "\u200b", "\ud800",
    "a ,b", "2/2 ", "A.B.", "“", "Aa, ", "Theo A ",
]  # fmt: skip


@pytest.mark.parametrize("bit", HOSTILE)
@pytest.mark.parametrize("before", ["", "Tít bài\n"])
@pytest.mark.timeout(60)  # what grows with the square of the length would take hours
def test_a_very_long_line_is_cleaned_in_time(bit: str, before: str) -> None:
    cleaned = clean(before + bit * (250_000 // len(bit)))
    assert "\n".join(text for _, text in blocks(cleaned)) == cleaned.text
