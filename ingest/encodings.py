"""From bytes to text: Unicode as it is, old Vietnamese encodings by what their words look like, and nothing by guessing.

A text is converted only when nearly all its marked words become Vietnamese syllables that they were not before; when that
is half true, it is refused by name. Correct Vietnamese, and English, French or German, come out as they went in.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.legacy import FONTS, from_viqr, from_viscii
from ingest.syllables import WORD, is_syllable
from qa.errors import ArticleError

__all__ = ["Decoded", "Reading", "decode", "reading_of", "refuse_lost", "repair", "unicode_codec"]

READ = 60_000
"""Characters in which words are counted; the encoding of a text does not change half-way."""
OPENING = 4_000
OWN = 0.04
"""Share of letters that only Vietnamese in Unicode has, in the opening, above which a text is right as it is; it has 0.15."""
SURE = 0.85
"""Share of marked words that must become syllables for a conversion; measured, Vietnamese has 0.97 and more."""
HALF = 0.6
"""Share from which on a conversion is likely enough not to take the text as it is."""

LOST = 0.003
"""Share of replacement characters above which a text is not taken; every fifth sentence then has a hole."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_OWN_LETTERS = re.compile("[ĂăĐđƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_SEEN = re.compile("[A-Za-z\xa1-\xff]+")
_LETTER = re.compile("[A-Za-z\xc0-\xff]")
_MARKED = re.compile(r"[^\W\d_a-zA-Z]")
_FOREIGN = re.compile(
    "[\xa1-\xbf\xc4-\xc7\xcb\xce-\xd1\xd6-\xd8\xdb\xdc\xde\xdf\xe4-\xe7\xeb\xee-\xf1\xf6-\xf8\xfb\xfc\xfe\xff]"
)
_TWICE = re.compile("[ÃÂÄÅÆáâä][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]")
_MNEMONIC = re.compile(
    r"(?<![\w@./\\])[A-Za-z]*(?:[aeoAEO]\^|[aA]\(|[uoUO][+*]|(?:\bdd|\bD[dD])(?=[aeiouyAEIOUY]))[A-Za-z^(+*`'?~.]*"
)
_WESTERN = frozenset(
    "the of and to in is that for was with on as by at from this have not are le la les de des et en un une du est que dans pour qui sur "
    "au pas par der die das und ist nicht ein eine mit von zu den dem auf für im".split()
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text.

    Attributes:
        text: Line ends are line feeds, and there is no byte order mark.
        encoding: What it was read as, for example `utf-8`, `windows-1258`, `TCVN3`, `UTF-8 read as Windows-1252`.
    """

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How the characters of a text that was decoded wrongly are to be read; `convert` can be given any part of it."""

    encoding: str
    convert: Callable[[str], str]


def decode(data: bytes, *, name: str | Path) -> Decoded:
    """Return the text of a file.

    Args:
        data: All bytes of the file.
        name: What errors call it.

    Raises:
        ArticleError: The bytes are not text, or in an encoding that is not known for sure.
    """
    codec = unicode_codec(data[:4096]) or "utf-8"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as exc:
        if codec == "utf-8" and b"\x00" not in data[:4096] and (old := _eight_bits(data)):
            return Decoded(_lines(old.text), old.encoding)
        raise _not_text(data, codec, exc, name) from exc
    if _is_binary(text):
        raise ArticleError("this is a binary file, not text", path=name)
    repaired = repair(_lines(text), name=name)
    return repaired if repaired.encoding else Decoded(repaired.text, codec.removesuffix("-sig"))


def unicode_codec(head: bytes) -> str | None:
    """Return the codec that a byte order mark, or the zeros of UTF-16, at the beginning of a file ask for."""
    marked = next((codec for mark, codec in _BOMS if head.startswith(mark)), None)
    if marked or b"\x00" not in head:
        return marked
    even = head[: len(head) & ~3]
    for codec in ("utf-16-le", "utf-16-be"):
        text = even.decode(codec, "ignore")
        plain = sum(c < "\u0250" or "\u1e00" <= c < "\u2070" or "\u0300" <= c < "\u0330" for c in text)
        if len(text) > 1 and plain >= 0.95 * len(text) and not _is_binary(text) and "\x00" not in text:
            return codec
    return None


def repair(text: str, *, name: str | Path) -> Decoded:
    """Return Unicode text with wrong decodings of earlier hands undone; `encoding` is empty when nothing was wrong.

    Raises:
        ArticleError: It is likely that the text was typed with an old font, but not sure.
    """
    reading = reading_of(text, name=name)
    repaired = Decoded(reading.convert(text), reading.encoding) if reading else Decoded(text, "")
    refuse_lost(repaired.text, name=name)
    return repaired


def refuse_lost(text: str, *, name: str | Path) -> None:
    """Refuse a text in which too many characters were replaced because they could not be read.

    Raises:
        ArticleError: One in three hundred is U+FFFD.
    """
    lost = text.count("\ufffd")
    if lost > 2 and lost > LOST * len(text):
        raise ArticleError(
            f"{lost} characters of the text are lost (\ufffd): it was saved in a wrong encoding",
            path=name,
            hint="Take it from its source again.",
        )


def reading_of(text: str, *, name: str | Path) -> Reading | None:
    """Return how a text is to be read, or None when it is right as it is.

    Raises:
        ArticleError: As `repair`.
    """
    sample = text[:READ]
    opening = text[:OPENING]
    if len(_OWN_LETTERS.findall(opening)) > OWN * len(opening):
        return None
    if not _MARKED.search(text):
        return Reading("VIQR", from_viqr) if _is_viqr(sample) else None
    if len(_TWICE.findall(sample)) > 1 or (len(sample) < 200 and _TWICE.search(sample)):
        undone = _undone_twice(sample)
        if undone != sample and _better(undone, sample):
            return Reading("UTF-8 read as Windows-1252", _undone_twice)
    marked = [w for w in _SEEN.findall(sample) if not w.isascii() and _LETTER.search(w)]
    if not marked or len(_OWN_LETTERS.findall(sample)) > 0.2 * len(marked):
        return None
    before = _share(marked)
    scores = {font: _score(convert(sample)) for font, convert in FONTS.items()}
    best = max(scores, key=lambda font: scores[font])
    share, whole, count = scores[best]
    if share - before < 0.4 or whole < HALF or not _FOREIGN.search(sample):
        return None
    if share >= SURE and (count > 2 or whole > 0.9):
        return Reading(best, FONTS[best])
    if share < HALF or count < 10:
        return None
    raise ArticleError(
        f"the text seems to be typed with an old Vietnamese font ({best}), but not clearly",
        path=name,
        hint="Convert it to Unicode, for example with UniKey, and look whether the words are right.",
    )


def _eight_bits(data: bytes) -> Decoded | None:
    """Return bytes that are not Unicode in the one encoding that makes words of them, or None."""
    seen = data.decode("cp1252", "replace")
    if _is_binary(seen) and b"\x1b" in data[:4096]:
        return None
    latin = data.decode("latin-1")
    read: dict[str, str] = {
        "windows-1258": unicodedata.normalize("NFC", data.decode("cp1258", "replace")),
        "VISCII": from_viscii(latin),
        **{font: convert(seen) for font, convert in FONTS.items()},
    }
    scores = {encoding: _score(text[:READ]) for encoding, text in read.items()}
    ranked = sorted(scores, key=lambda encoding: scores[encoding], reverse=True)
    share, whole, count = scores[ranked[0]]
    clear = share - scores[ranked[1]][0] >= 0.2 or read[ranked[0]] == read[ranked[1]]
    if (
        count
        and share >= SURE
        and whole >= HALF
        and clear
        and (count > 2 or whole > 0.9)
        and "\ufffd" not in read[ranked[0]]
    ):
        return Decoded(read[ranked[0]], ranked[0])
    return Decoded(seen, "windows-1252") if _is_western(seen) else None


def _is_western(text: str) -> bool:
    """Return whether a text in Windows-1252 is English, French or German with a few letters and marks of its own."""
    if "\ufffd" in text or _is_binary(text) or any("\x80" <= c < "\xa0" for c in text[:READ]):
        return False
    words = [w.lower() for w in WORD.findall(text[:READ])]
    marked = sum(not w.isascii() for w in words)
    known = sum(w in _WESTERN for w in words)
    return len(words) > 5 and known >= 0.12 * len(words) and marked <= 0.55 * len(words)


def _is_viqr(text: str) -> bool:
    """Return whether plain ASCII is clearly VIQR: one word in seven has a breve, circumflex or horn and becomes a syllable."""
    found = [m[0].rstrip(".?'") for m in _MNEMONIC.finditer(text)]
    if len(found) < 3:
        return False
    right = sum(is_syllable(from_viqr(w)) for w in found)
    return right >= 0.9 * len(found) and right >= 3 and right >= len(text.split()) / 7


def _undone_twice(text: str) -> str:
    """Return `text` with UTF-8 that was read as Windows-1252 or Latin-1 read as UTF-8, line by line."""
    import ftfy  # here, because few texts need it

    def undone(line: str) -> str:
        return ftfy.fix_encoding(line) if _TWICE.search(line) else line

    return "\n".join(map(undone, text.split("\n")))


def _better(after: str, before: str) -> bool:
    """Return whether words were gained: fewer marks among the letters, and no fewer syllables."""
    return len(_TWICE.findall(after)) < len(_TWICE.findall(before)) / 2 and _score(after)[0] >= _score(before)[0]


def _score(text: str) -> tuple[float, float, int]:
    """Return the share of syllables among the marked words of `text` and among all, and how many are marked."""
    words = WORD.findall(text)
    marked = [w for w in words if not w.isascii()]
    return _share(marked), _share(words), len(marked)


def _share(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _is_binary(text: str) -> bool:
    head = text[:4096]
    return len(_CONTROL.findall(head)) > max(2, len(head) // 100)


def _not_text(data: bytes, codec: str, exc: UnicodeDecodeError, name: str | Path) -> ArticleError:
    if codec == "utf-8" and (b"\x00" in data[:4096] or _is_binary(data[:4096].decode("latin-1"))):
        return ArticleError("this is a binary file, not text", path=name)
    shown = codec.upper().removesuffix("-SIG")
    other = ", nor in an encoding of Vietnamese that is known for sure" if codec == "utf-8" else ""
    return ArticleError(f"the text is not {shown} (byte {exc.start}){other}", path=name, hint="Save it as UTF-8.")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
