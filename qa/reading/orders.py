"""Text of articles that speaks to the machine that reads it, and characters that only such a machine sees.

Articles are data. What the model is shown of them is marked off as such, and its sentences are proven whatever it was told; this
is a third wall: a sentence that gives orders to a model is no news. It is not shown to one, and answers nothing: `trả lời rằng ông A
cắt băng` says of nobody that he did.
"""

import re
import unicodedata
from functools import lru_cache

from qa.language.forms import fold

__all__ = ["gives_orders", "visible"]

_SHOWN_AS = (
    ("[", "("),
    ("]", ")"),
    ("【", "("),
    ("】", ")"),
    ("［", "("),
    ("］", ")"),
    ("<", "‹"),
    (">", "›"),
    ("`", "'"),
)
"""Brackets are for our marks and boundaries; in an article they are round ones. Most texts have none, which replacing finds sooner than
a translation of every letter."""
_AIM = r"(?:huong dan|chi dan|chi thi|menh lenh|quy tac|lenh|yeu cau|instructions?|prompts?|rules?|directions?|guidelines?|orders|messages?|context)"
_ORDERS = tuple(
    (tuple(hints.split("|")), re.compile(pattern))
    for hints, pattern in (
        # to forget what it was told
        ("bo qua|quen|phot lo|tuan theo|huy bo|gat bo", rf"\b(?:bo qua|quen|phot lo|khong tuan theo|dung tuan theo|huy bo|gat bo)\b.{{0,40}}\b{_AIM}\b"),
        ("ignore|disregard|forget|override|bypass|follow", rf"\b(?:ignore|disregard|forget|override|bypass|do not follow|stop following)\b.{{0,40}}\b{_AIM}\b"),
        ("new |updated |real |actual |hidden |following ", rf"\b(?:new|updated|real|actual|hidden|following) {_AIM}\b.{{0,30}}(?::|\b(?:are|is|apply|override)\b)"),
        (" moi| that| bi mat| sau day| he thong", rf"\b{_AIM} (?:moi|that|bi mat|sau day|he thong)\b.{{0,20}}:"),
        # to tell what it was given
        ("system|developer|initial", r"\b(?:system|developer|initial) (?:prompt|message|instruction)s?\b"),
        (" he thong| goc| ban dau", r"\b(?:prompt|loi nhac|loi dan|tin nhan|cau lenh) (?:he thong|goc|ban dau)\b"),
        ("prompt|api|password|secret|credential|environment|setting|configuration", r"\b(?:reveal|print|repeat|show|output|leak|expose|send|tell)\b.{0,40}\b(?:prompts?|api[ _-]?keys?|passwords?|secrets?|credentials|environment variables|settings|configuration)\b"),
        ("prompt|api|mat khau|khoa bi mat|bien moi truong|cau hinh|cai dat", r"\b(?:tiet lo|in ra|lap lai|hien thi|gui|cho biet|noi ra|xuat)\b.{0,40}\b(?:prompt|khoa api|api key|mat khau|khoa bi mat|bien moi truong|cau hinh|cai dat cua he thong)\b"),
        # to somebody who answers
        ("tro ly|mo hinh|chatbot|may ", r"\b(?:tro ly|mo hinh|chatbot|may) (?:ai|ngon ngu|tra loi|tri tue nhan tao|doc bai)\b.{0,60}\b(?:hay|phai|can|khong duoc|dung|chi duoc|bat buoc)\b"),
        ("hay |phai |chi |bat buoc|luon |xin |vui long", r"\b(?:hay|phai|chi duoc|bat buoc|luon|chi|xin|vui long)\s+(?:luon\s+)?(?:tra loi|viet|in|chen|them|dap|noi|ket luan|phan hoi)\b.{0,25}(?:\brang\b|:|\bcau\b|\bdung\b|“|\")"),
        ("hoi|ask", r"\b(?:khi (?:duoc|bi) hoi|neu (?:duoc|bi|ai do|co ai|nguoi dung) hoi|if (?:you are |anyone |someone |the user )?ask(?:ed|s)?|when asked)\b.{0,80}\b(?:hay|phai|say|answer|reply|respond|claim|state)\b"),
        ("ai|llm|language model|assistant|chatbot", r"\b(?:ai|llm|language model|assistant|chatbot)s?\b.{0,40}\b(?:must|should|shall|have to|are to|is to|will now|needs? to)\b"),
        ("you are|pretend|act as|from now|tu bay|tu gio|tu nay|tro ly|mo hinh|chatbot| ai|dong vai", r"\b(?:you are (?:now|no longer|an? |the )|pretend (?:to be|you)|act as|from now on,? you|tu (?:bay gio|gio|nay),? (?:ban|may) (?:la|se|phai)|ban (?:bay gio )?la (?:mot )?(?:tro ly|mo hinh|chatbot|ai)|dong vai (?!tro\b))"),
        ("answer|reply|respond|say|write|state|output|print|conclude|append|insert|include|begin|start|end", r"\b(?:answer|reply|respond|say|write|state|output|print|conclude|append|insert|include|begin|start|end)\b.{0,25}(?:\bonly (?:with|that)\b|\bexactly\b|\bthat the\b|\bwith the (?:word|sentence|phrase|text|line)s?\b|\byour (?:answer|reply|response)s?\b|\bthe following\b)"),
        ("with", r"\b(?:begin|start|end|reply|answer|respond|finish) (?:\w+ )?with\s*[:“\"']"),
        ("your |cau tra loi", r"\byour (?:next )?(?:answer|reply|response|output)s?\b|\bcau tra loi (?:cua (?:ban|may)|phai|luon)\b"),
        # in the dress of our own boundaries, or of a chat template
        ("end|begin|start", r"\b(?:end|begin|start) (?:of )?(?:the )?(?:data|passages?|articles?|sentences?|documents?|context|untrusted)\b"),
        ("het |bat dau|ket thuc", r"\b(?:het|bat dau|ket thuc) (?:phan )?(?:du lieu|doan trich|tai lieu|ngu canh|bai bao)\b"),
        ("system|assistant|user|human|he thong|tro ly|nguoi dung|im_|endoftext|inst|‹", r"(?:^|[\s‹(|#*])(?:system|assistant|user|human|he thong|tro ly|nguoi dung)\s*[:›|)]|\bim_(?:start|end)\b|\bendoftext\b|(?:^|\W)/?inst\)|‹\|"),
        ("not_answered|danh dau|mark|cite|trich dan|ghi", r"\bnot_answered\b|\b(?:danh dau|mark|cite|trich dan|ghi)\b.{0,20}(?:\bcau\b|\bsentence\b|\()\s*\(?\d+\)?.{0,30}\b(?:cho|vao|for|as|after|every)\b"),
    )
)  # fmt: skip
"""What hints at an order, and what it is, of text without diacritics; a pattern is tried only where one of its hints stands.

A false alarm (one of a thousand sentences of news) costs the model a sentence or three, and the reader that quotes one.
"""
_HIDES = re.compile("[\U000e0000-\U000e0fff]|(?:(?<!\\w)[^\\W\\d_] ){6}")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Controls, zero-width and formatting characters, fillers, variation selectors, halves of pairs, private letters, tags."""


def visible(text: str) -> str:
    """Return what of a text is to be seen, on one line, its square and angle brackets made others.

    Left out are characters that show nothing: zero-width ones, turns of the reading direction, the tag letters in which whole
    orders can be hidden, variation selectors, control characters.
    """
    text = _UNSEEN.sub("", text)
    for mark, shown in _SHOWN_AS:
        text = text.replace(mark, shown)
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def gives_orders(text: str) -> bool:
    """Return whether a text speaks to the machine that reads it, or hides words from people."""
    plain = " ".join(fold(unicodedata.normalize("NFKC", visible(text))).split())
    return _hides(text) or any(any(h in plain for h in hints) and found.search(plain) for hints, found in _ORDERS)


def _hides(text: str) -> bool:
    """Return whether a text has letters that only a machine sees, or words taken apart l e t t e r by letter."""
    return _HIDES.search(text) is not None
