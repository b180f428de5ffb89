"""The Vietnamese encodings of before Unicode, as maps from the characters in which their bytes are seen.

Fonts such as .VnTime (TCVN3) and VNI-Times show Vietnamese in a text whose characters are Western European ones; what is
stored is therefore a text in Windows-1252, often saved as Unicode later on. Sources: TCVN 5712:1993, table VN3 (the capitals
with tones are those of VN1, which VN3 leaves to fonts of capitals); VNI for Windows, Vietnam-International Software,
"VNI character set"; RFC 1456, sections 3.1 (VISCII) and 4 (VIQR).
"""

import re
import unicodedata
from collections.abc import Callable

from ingest.syllables import is_syllable

__all__ = ["FONTS", "from_tcvn3", "from_viqr", "from_viscii", "from_vni"]

_TCVN3 = "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
_VISCII = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

# VNI: a letter and a mark, each a character. Marks after a, e, o; those with a breve after a alone.
_VNI_TONES = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(zip("âàáåãä", ["", *_VNI_TONES.values()], strict=True))
_VNI_BREVE = dict(zip("êèéúüë", ["", *_VNI_TONES.values()], strict=True))
_VNI_SINGLE = dict(zip("ñôöìíæóòîÑÔÖÌÍÆÓÒÎ", "đơưìíỉĩịỵĐƠƯÌÍỈĨỊỴ", strict=True))


def _vni_pairs() -> dict[str, str]:
    pairs = {}
    for base in "aeouyôö":
        marks = {tone: mark for tone, mark in _VNI_TONES.items() if base != "y" or tone != "ï"}
        if base in "aeo":
            marks |= {mark: "\u0302" + tone for mark, tone in _VNI_CIRCUMFLEX.items()}
        if base == "a":
            marks |= {mark: "\u0306" + tone for mark, tone in _VNI_BREVE.items()}
        letter = _VNI_SINGLE.get(base, base)
        for mark, combining in marks.items():
            for first, second in (
                (base, mark),
                (base, mark.upper()),
                (base.upper(), mark),
                (base.upper(), mark.upper()),
            ):
                made = letter.upper() if first.isupper() else letter
                pairs[first + second] = unicodedata.normalize("NFC", made + combining)
    return pairs


_VNI_PAIRS = _vni_pairs()
_VNI = re.compile("[aeouyôöAEOUYÔÖ][øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË]|[ñôöìíæóòîÑÔÖÌÍÆÓÒÎ]")
_SEEN = {0xA0 + i: c for i, c in enumerate(_TCVN3)}
_SEEN_VISCII = {ord(bytes([0x80 + i]).decode("cp1252", "replace")): c for i, c in enumerate(_VISCII)}
_SEEN_VISCII = {0x80 + i: c for i, c in enumerate(_VISCII)} | _SEEN_VISCII | _VISCII_LOW
del _SEEN_VISCII[0xFFFD]

_MODIFIERS = {"(": "\u0306", "^": "\u0302", "+": "\u031b", "*": "\u031b"}
_TONES = {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_VIQR = re.compile(
    r"\\(?P<literal>[\^(+*`'?~.dD\\])|(?P<dd>[dD][dD])|(?P<vowel>(?:[aA][(^]|[eE]\^|[oO][\^+*]|[uU][+*]))(?P<tone>[`'?~.]?)"
    r"|(?P<bare>[aeiouyAEIOUY])(?P<mark>[`'?~.])"
)
_ADDRESS = re.compile(r"(\S*(?:://|www\.|@)\S*)")
_WORD_BEFORE = re.compile(r"[A-Za-z^(+*`'?~]*$")
_HEAVY = frozenset(
    """thị bộ vụ họ tự sự vị trị dự đại lại hội tại vệ hạ tạ cụ sợ chị bị lệ tệ phụ mụ nụ trụ tụ thụ hộ độ lộ ngộ mộ chợ nợ thợ vợ tị
    nghị kỵ quỵ mẹ xạ dạ lạ tỵ ngụ ngọ đợi gọi mọi mới tuệ huệ thọ thụ tạo đạo hệ kệ mạ cậu hậu mậu dậu tuyệ lị lụy thuỵ thụy""".split()
)
"""Open syllables with the low broken tone that stand before names and in the middle of sentences."""
_CAPITAL_LINE = re.compile(r"[^\n]+")


def from_tcvn3(text: str) -> str:
    """Return `text`, seen as Windows-1252, read as TCVN3; what stands among capitals becomes capitals."""
    converted = text.translate(_SEEN)
    return _CAPITAL_LINE.sub(lambda m: _capitals(text[m.start() : m.end()], m[0]), converted)


def from_vni(text: str) -> str:
    """Return `text`, seen as Windows-1252, read as VNI for Windows."""
    return _VNI.sub(lambda m: _VNI_PAIRS.get(m[0]) or "".join(_VNI_SINGLE.get(c, c) for c in m[0]), text)


def from_viscii(text: str) -> str:
    """Return `text`, seen as Windows-1252 or Latin-1, read as VISCII."""
    return text.translate(_SEEN_VISCII)


def from_viqr(text: str) -> str:
    """Return `text` read as VIQR; a stop or question mark that ends a sentence stays one."""
    parts = _ADDRESS.split(text)
    parts[::2] = [_VIQR.sub(lambda m, part=part: _mnemonic(m, part), part) for part in parts[::2]]
    return "".join(parts)


FONTS: dict[str, Callable[[str], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni}
"""The encodings that were typed with fonts, so that their texts come as Windows-1252 or, saved again, as Unicode."""


def _capitals(seen: str, line: str) -> str:
    """Return `line` with the letters of capital words as capitals; VN3 stores them small and leaves the rest to the font."""
    ascii_letters = [c for c in seen if c.isascii() and c.isalpha()]
    if not ascii_letters or line.isascii():
        return line
    if len(ascii_letters) > 1 and all(c.isupper() for c in ascii_letters):
        return line.upper()
    return re.sub(r"[^\W\d_]{3,}", lambda m: m[0].upper() if _is_capital(m[0]) else m[0], line)


def _is_capital(word: str) -> bool:
    plain = [c for c in word if c.isascii()]
    return len(plain) > 1 and all(c.isupper() for c in plain)


def _mnemonic(match: re.Match[str], text: str) -> str:
    if match["literal"]:
        return match["literal"]
    if match["dd"]:
        return "Đ" if match["dd"][0] == "D" else "đ"
    letters = match["vowel"] or match["bare"]
    tone = match["tone"] or match["mark"] or ""
    plain = unicodedata.normalize("NFC", letters[0] + (_MODIFIERS[letters[1]] if len(letters) > 1 else ""))
    made = unicodedata.normalize("NFC", plain + (_TONES[tone] if tone else ""))
    return plain + tone if tone and _ends_sentence(match, made, text) else made


def _ends_sentence(match: re.Match[str], made: str, text: str) -> bool:
    """Return whether the mark behind a vowel is punctuation: the syllable has its tone, or what comes next begins a sentence."""
    after = text[match.end() : match.end() + 3]
    mark = text[match.end() - 1]
    if after[:1].isalpha() or mark in "`~":
        return False
    before = _WORD_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    word = before[0] if before else ""
    if any(c in "`'?~" for c in word) or not is_syllable(from_viqr(word) + made):
        return True
    if mark == "'" or (not (ends := not after.split("\n")[0].strip("\"') ")) and mark == "?"):
        return False
    follows = after[:1].isspace() and after.lstrip()[:1].isupper()
    return ends or (follows and (from_viqr(word) + made).lower() not in _HEAVY)
