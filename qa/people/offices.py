"""Offices: a post as its head and the body it belongs to, in a form in which ways of writing one office meet."""

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.language.forms import fold
from qa.people.words import HEAD

__all__ = ["Office", "folded_body", "is_former", "leads", "office_of"]

_FORMER = re.compile(r"(?:nguyen|cuu|co(?! van\b)|former|ex|outgoing|late)[ -]")
_ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "tp": "thanh pho", "tphcm": "thanh pho ho chi minh", "hcm": "ho chi minh",
    "vpcp": "van phong chinh phu", "gtvt": "giao thong van tai", "gd&dt": "giao duc dao tao", "gddt": "giao duc dao tao",
    "ldtbxh": "lao dong thuong binh xa hoi", "tt&tt": "thong tin truyen thong", "tn&mt": "tai nguyen moi truong", "kh&dt": "ke hoach dau tu",
    "kh&cn": "khoa hoc cong nghe", "vhttdl": "van hoa the thao du lich", "nn&ptnt": "nong nghiep phat trien nong thon", "ptnt": "phat trien nong thon",
    "tw": "trung uong", "mttq": "mat tran to quoc", "tand": "toa an nhan dan", "tandtc": "toa an nhan dan toi cao", "vksnd": "vien kiem sat nhan dan",
    "ubtvqh": "uy ban thuong vu quoc hoi", "dbqh": "dai bieu quoc hoi", "hdqt": "hoi dong quan tri", "tgd": "tong giam doc",
}  # fmt: skip
_SKIPPED = frozenset("bo cua va nuoc the of and for".split())
"""Words that one writes and another leaves out: `Bộ trưởng Bộ Y tế`, `Bộ trưởng Y tế`."""
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_UNDER = re.compile(
    r"(?:pho|thu|quyen|tro ly|thu ky|uy vien|thanh vien|dai bieu|can bo|nhan vien|chuyen vien|chuyen gia|deputy|vice|member|assistant|co van|phat ngon|nguoi phat ngon|nu phat ngon|spokes)"
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office, folded.

    Attributes:
        head: `chu nhiem`.
        body: `van phong chinh phu`; "" when the post names none.
        former: Whether the words say that it was held before.
    """

    head: str
    body: str
    former: bool = False


@lru_cache(maxsize=4096)
def office_of(post: str) -> Office:
    """Return the office that the words of a post name."""
    plain = fold(post).strip()
    former = _FORMER.match(plain)
    start = former.end() if former else 0
    head = HEAD.match(post, start) or HEAD.search(post, start)
    if head is None or len(plain) != len(post.strip()):
        return Office("", folded_body(plain[start:]), bool(former))
    before = folded_body(
        plain[start : head.start()]
    )  # in English the body may come first: `Foreign Ministry spokesman`
    body = " ".join(filter(None, (before, folded_body(plain[head.end() :]))))
    return Office(plain[max(start, head.start()) : head.end()], body, bool(former))


def is_former(post: str) -> bool:
    """Return whether the words of a post say that it was held before."""
    return _FORMER.match(fold(post).strip()) is not None


def folded_body(words: str) -> str:
    """Return the name of a body in the form under which ways of writing it meet."""
    found = [_ABBREVIATIONS.get(w, w) for w in _WORD.findall(fold(words))]
    return " ".join(w for w in " ".join(found).split() if w not in _SKIPPED)


def leads(head: str) -> bool:
    """Return whether the holder of an office with this folded head leads the body, rather than helps or belongs to it."""
    return bool(head) and not _UNDER.match(head)
