"""Times counted from a day that name one day, week, month or year: `hôm qua`, `tuần trước`, `last year`."""

import re

__all__ = ["is_definite", "spelled"]

_UNIT = (
    r"(?:giây|phút|giờ|tiếng|ngày|hôm|đêm|tuần|tháng|năm|thập kỷ|second|minute|hour|day|night|week|month|year|decade)s?"
)
_LENGTH = re.compile(
    rf"\d[\w.,]*\s+{_UNIT}|(?<!thứ )\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|nhiều|mấy|nửa|a|an|one|two|three|four|five|six|seven|eight|nine"
    rf"|ten|few|couple of|several|many|half)\s+(?:an?\s+)?{_UNIT}|\b(?:cách đây|ago)\b",
    re.IGNORECASE,
)


def is_definite(words: str) -> bool:
    """Return whether an expression counted from a day names one time, and no length: `3 năm trước` is seldom meant to the day."""
    return not _LENGTH.search(words)


def spelled(value: str) -> str:
    """Return an ISO value or stretch as both languages read it: `14/6/2019`, `6/2019`, `2019`, `10/6/2019 – 16/6/2019`."""
    return " – ".join("/".join(part.lstrip("0") for part in reversed(end.split("-"))) for end in value.split("/"))
