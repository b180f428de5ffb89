"""Whether a written syllable is one that Vietnamese can form: onset, rime and tone, checked by their spelling rules."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["WORD", "is_syllable"]

WORD = re.compile(r"[^\W\d_]+(?:[\u0300\u0301\u0303\u0309\u0323]+[^\W\d_]*)*")
"""A run of letters with the combining marks of Vietnamese."""

_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_STOPPED = frozenset("\u0301\u0323")

# The rimes of Quốc ngữ (Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977), as written.
_RIMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ic ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uynh
    uyt uyn uyp uyu uyên uyêt uôc uôi uôm uôn uông uôt uâ ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu""".split()
)
_AFTER_Q = frozenset(
    "ua uai uan uang uanh uao uat uau uay uac uach uăc uăm uăn uăng uăp uăt uân uâng uât uây uâc ue uen ueo uet uê uên uêt uêch uênh "
    "ui uit uinh uich uôc uơ uy uya uych uynh uyt uyn uyp uyu uyên uyêt uyên".split()
)
_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x".split()) | {""}
_FRONT = frozenset("eêiy")
_ONSET = re.compile(r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|th|tr|[bcdđghklmnpqrstvx])?")


@lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """Return whether `word`, in any case and normal form, is spelled as a Vietnamese syllable (`nghiêng`, not `ngiêng`)."""
    if len(word) > 12:
        return False
    parted = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parted if c in "\u0300\u0301\u0303\u0309\u0323"]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", parted.translate(_TONES))
    match = _ONSET.match(plain)
    onset = match[0] if match else ""
    if onset == "gi" and plain[2:] not in _RIMES:  # gì, gìn, giếng: the i is part of the rime
        onset = "g"
        if not plain[1:].startswith("i"):
            return False
        return plain[1:] in _RIMES and _tone_fits(plain, tones)
    rime = plain[len(onset) :]
    if onset == "q":
        return rime in _AFTER_Q and _tone_fits(rime, tones)
    return onset in _ONSETS and rime in _RIMES and _spelled(onset, rime) and _tone_fits(rime, tones)


def _tone_fits(rime: str, tones: list[str]) -> bool:
    """Return whether a rime closed by a stop has one of the two tones it can have, or none where tones were left out."""
    stopped = rime.endswith(("c", "ch", "p", "t"))
    return not stopped or not tones or tones[0] in _STOPPED


def _spelled(onset: str, rime: str) -> bool:
    front = rime[0] in _FRONT
    if onset in {"k", "gh", "ngh"}:
        return front
    if onset in {"c", "g", "ng"}:
        return not front
    return not (onset and rime.startswith("yê"))
