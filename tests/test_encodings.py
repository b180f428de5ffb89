"""Decoding: Unicode as it is, old Vietnamese encodings made right, everything else refused by name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import legacy
from ingest.encodings import decode, repair, unicode_codec
from ingest.syllables import is_syllable
from qa.errors import ArticleError

NEWS = (
    "Hội nghị tổng kết công tác đường thủy\n\nSáng 12/3, tại Cần Thơ, ông Nguyễn Văn Hòa chủ trì hội nghị. Người dân mong những chuyến phà "
    "chạy đúng giờ, nhất là mùa nước nổi. Sở Giao thông cho biết sẽ sửa bảy bến trước tháng Chạp, với kinh phí 42 tỷ đồng."
)
ENGLISH = "The ferry service on the Hau river will run every twenty minutes, the department of transport said on Friday. It is not yet known who pays."
FRENCH = "Le café du théâtre rouvre à Noël, après des années de travaux. Où étaient les élèves ? Ils ont été reçus à la mairie par le maire lui-même."
GERMAN = "Die Fähre über den Fluß fährt täglich. Der Bürgermeister von Köln grüßt die Gäste, für die ein großes Fest mit Getränken geplant ist."
SPANISH = "El año pasado la señora Muñoz abrió una pequeña librería en la montaña. ¿Quién lo diría? Mañana habrá más."
SHORT = [
    "Huế",
    "Việt Nam",
    "Hoà Chí Minh",
    "Đà Nẵng",
    "café",
    "Löw",
    "Zoë",
    "née",
    "thé",
    "Pelé",
    "naïve",
    "São Tomé",
    "über",
    "5 °C",
    "£5 và €7",
    "«Ừ»",
    "a",
    "là gì?",
    "Kòn Tum",
]


def seen(text: str, table: dict[int, str]) -> str:
    """Return `text` as it looks when its old bytes are taken for Western European letters."""
    back = {letter: chr(code) for code, letter in table.items()}
    return "".join(back.get(c) or back.get(c.lower(), c) for c in text)


def tcvn3(text: str) -> str:
    return seen(text, legacy._SEEN)


def vni(text: str) -> str:
    pairs: dict[str, str] = {}
    for typed, letter in (legacy._VNI_PAIRS | legacy._VNI_SINGLE).items():
        pairs.setdefault(letter, typed)
    return "".join(pairs.get(c, c) for c in text)


def viqr(text: str) -> str:
    marks = {
        "\u0306": "(",
        "\u0302": "^",
        "\u031b": "+",
        "\u0300": "`",
        "\u0301": "'",
        "\u0309": "?",
        "\u0303": "~",
        "\u0323": ".",
    }
    out = ""
    for letter in text.replace("đ", "dd").replace("Đ", "DD"):
        base, *rest = unicodedata.normalize("NFD", letter)
        out += base + "".join(marks[m] for m in sorted(rest, key=lambda m: m not in "\u0306\u0302\u031b"))
    return out


def windows_1258(text: str) -> bytes:
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parted = unicodedata.normalize("NFD", letter)
            tones = [c for c in parted if c in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(c for c in parted if c not in tones))
            out += (base + "".join(tones)).encode("cp1258")
    return out


def viscii(text: str) -> bytes:
    codes = {letter: 0x80 + n for n, letter in enumerate(legacy._VISCII)} | {
        c: n for n, c in legacy._VISCII_LOW.items()
    }
    return bytes(codes.get(c, ord(c) & 0xFF) for c in text)


# --- Unicode ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [NEWS, ENGLISH, FRENCH, GERMAN, SPANISH, *SHORT, NEWS.upper()])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_is_right_is_left_alone(text: str, form: str, codec: str) -> None:
    text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert decode(text.encode(codec), name="a.txt").text == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(codec: str) -> None:
    for text in (NEWS, ENGLISH, "Hội nghị"):
        decoded = decode(text.encode(codec), name="a.txt")
        assert (decoded.text, decoded.encoding) == (text, codec)
    assert unicode_codec(NEWS.encode()) is None


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], max_codepoint=0x7F) | st.sampled_from("\n\t.,")))
def test_ascii_without_marks_is_never_changed(text: str) -> None:
    plain = "".join(c for c in text if c not in "^(+*`'?~.")
    assert repair(plain, name="a").text == plain


@given(st.lists(st.sampled_from([w for w in NEWS.split() if not w.isascii()]), max_size=30))
def test_vietnamese_words_are_never_changed(words: list[str]) -> None:
    text = " ".join(words)
    assert repair(text, name="a").text == text


def test_line_ends_become_line_feeds() -> None:
    assert decode(NEWS.replace("\n", "\r\n").encode("utf-16"), name="a").text == NEWS
    assert decode(windows_1258(NEWS.replace("\n", "\r\n")), name="a").text == NEWS


# --- encodings of before Unicode --------------------------------------------------------------------------------------


def test_tcvn_3_is_read_from_bytes_and_from_what_was_saved_as_unicode() -> None:
    assert tcvn3("Việt Nam") == "ViÖt Nam"
    for data in (tcvn3(NEWS).encode("latin-1"), tcvn3(NEWS).encode()):
        decoded = decode(data, name="a.txt")
        assert (decoded.text, decoded.encoding) == (NEWS, "TCVN3")


def test_tcvn_3_capitals_follow_the_letters_beside_them() -> None:
    text = f"HỘI NGHỊ TỔNG KẾT\n{NEWS}"
    assert repair(tcvn3(text), name="a").text == text


def test_vni_is_read_from_bytes_and_from_what_was_saved_as_unicode() -> None:
    assert vni("Việt Nam") == "Vieät Nam"
    text = f"{NEWS}\n{NEWS.upper()}"
    for data in (vni(text).encode("cp1252"), vni(text).encode()):
        decoded = decode(data, name="a.txt")
        assert (decoded.text, decoded.encoding) == (text, "VNI")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ViÖt Nam", "Việt Nam"),
        ("céng hßa x· héi", "cộng hòa xã hội"),
        ("Vieät Nam", "Việt Nam"),
        ("Coäng hoøa xaõ hoäi", "Cộng hòa xã hội"),
    ],
)
def test_a_few_words_are_enough_when_all_are_vietnamese(typed: str, text: str) -> None:
    assert repair(typed, name="a").text == text


def test_windows_1258_and_viscii() -> None:
    assert decode(windows_1258(NEWS), name="a").encoding == "windows-1258"
    assert decode(windows_1258(NEWS), name="a").text == NEWS
    assert decode(viscii(NEWS), name="a").encoding == "VISCII"
    assert decode(viscii(NEWS), name="a").text == NEWS


def test_viqr_is_read_where_it_is_clear() -> None:
    assert viqr("Việt Nam, đất nước") == "Vie^.t Nam, dda^'t nu+o+'c"
    text = "Hội nghị tổng kết công tác đường thủy diễn ra sáng nay. Người dân mong những chuyến phà chạy đúng giờ, nhất là mùa nước nổi."
    assert decode(viqr(text).encode(), name="a").text == text
    assert repair("Ba`i vie^'t na`y la` gi`? Kho^ng bie^'t. To^i hoi? anh, dda^'y.", name="a").encoding == "VIQR"
    assert "http://a.example/e^.x" in repair(f"{viqr(text)} http://a.example/e^.x", name="a").text


@pytest.mark.parametrize(
    "text",
    [
        "Isn't it odd? We don't know (yet) why. It's so. To be, or not to be? Ask O'Hara.",
        "if a^2 + b^2 = c^2 then e^x grows; see f(x) and a(b) and o+o. Add a* to u+1.",
        "Daddy added a ladder to the odd addition. Teddy Reddy, Maddy.",
        "call a(1) and a(2); a(3)\nfoo(a^b)\n" * 5,
    ],
)
def test_english_is_no_viqr(text: str) -> None:
    assert repair(text, name="a").text == text


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_utf_8_read_as_something_else_and_saved_again_is_made_right(wrong: str) -> None:
    twice = "".join(bytes([b]).decode(wrong, "ignore") or bytes([b]).decode("latin-1") for b in NEWS.encode())
    decoded = decode(twice.encode(), name="a.txt")
    assert (decoded.text, decoded.encoding) == (NEWS, "UTF-8 read as Windows-1252")
    assert repair("Viá»‡t Nam", name="a").text == "Việt Nam"


def test_letters_that_are_lost_are_not_made_up() -> None:
    with pytest.raises(ArticleError, match="characters of the text are lost"):
        decode(NEWS.replace("ộ", "\ufffd").replace("ư", "\ufffd").encode(), name="a.txt")
    assert decode("Một dấu \ufffd trong bài.".encode(), name="a").text.count("\ufffd") == 1


@pytest.mark.parametrize("text", [ENGLISH.replace("the", "“the”"), FRENCH.replace(" ?", "?"), GERMAN])
def test_western_text_in_windows_1252_is_read(text: str) -> None:
    decoded = decode(text.encode("cp1252"), name="a.txt")
    assert (decoded.text, decoded.encoding) == (text, "windows-1252")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x01\x02", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        ("Résumé".encode("latin-1"), "not UTF-8 (byte 1)"),
        (NEWS.encode().replace(b"\xe1", b"\x81", 3), "not UTF-8"),
        (b"\xff\xfea", "not UTF-16"),
        (NEWS.encode("shift-jis", "replace") + "漢字".encode("shift-jis") * 30, "not UTF-8"),
    ],
)
def test_what_is_not_text_is_refused_with_its_name(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as refused:
        decode(data, name="bài.txt")
    assert reason in str(refused.value)
    assert refused.value.path == "bài.txt"


def test_what_is_half_an_old_font_is_refused_by_name() -> None:
    words = tcvn3(NEWS).split()
    mixed = " ".join(w if n % 4 else f"{w}§z×" for n, w in enumerate(words))
    with pytest.raises(ArticleError, match=r"old Vietnamese font \(TCVN3\), but not clearly"):
        repair(mixed, name="a.txt")


# --- syllables --------------------------------------------------------------------------------------------------------


def test_vietnamese_syllables_are_known_by_their_spelling() -> None:
    assert all(is_syllable(w.strip(".,")) for w in NEWS.split() if w.strip(".,").isalpha())
    right = "nghiêng giếng gì quốc quýt khuỷu thuở Đắk oách yêu xoong ngoằn huơ".split()
    assert [w for w in right if not is_syllable(w)] == ["Đắk"]  # a name from another language
    assert not [w for w in "ngiêng kà cé ghà straße café hètt tổnng quôo pốre aộ bàc".split() if is_syllable(w)]
