"""Days, weeks and years that Vietnamese words count from the day of the text: `hôm qua`, `tuần trước`, `cách đây 3 năm`."""

import re
from datetime import date, timedelta

from qa.language.forms import fold
from qa.language.number_words import vietnamese_words
from qa.language.times.source import Found, Reader, TimeText, spaced
from qa.language.times.stretches import bounds, shifted_month, week

__all__ = [
    "AHEAD",
    "COMING",
    "COUNTED",
    "ELSEWHEN",
    "FOLLOWERS",
    "NUMBER",
    "RELATIVE",
    "SHIFT",
    "WEEKDAYS",
    "WEEKDAY_NOT",
    "WHICH",
    "count",
    "named_year",
    "that_week",
]

NUMBER = r"(?:\d{1,3}|(?:(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt) ){0,3}(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt))"
_PAST = r"trước|qua|rồi|ngoái|vừa qua|vừa rồi"
COMING = r"tới|sau|sắp tới|kế tiếp"
SHIFT = {"nay": 0, "này": 0, "kia": -2} | dict.fromkeys(_PAST.split("|"), -1) | dict.fromkeys(COMING.split("|"), 1)
WHICH = rf"(?P<w>nay|này|{'|'.join(sorted(f'{_PAST}|{COMING}'.split('|'), key=len, reverse=True))}|kia)(?!\w)"
ELSEWHEN = (
    r"(?! (?:đó|khi|ấy|đấy|nữa|công nguyên|cn|(?:qua|sang) (?:năm|tháng|tuần))(?!\w))"
    r"(?:(?<!trước)|(?! (?:ngày|tết|lễ)(?!\w)))(?:(?<!tới)|(?! (?:nay|quý|tháng|năm|ngày|cuối|đầu|giữa|giờ|\d)))"
)
"""`năm trước đó`, `năm này qua tháng khác`, `tháng 7 tới nay`: what does not count from the day of the article."""
COUNTED = spaced(
    r"(?<!\w)(?:\d+|một|hai|ba|bốn|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|chục|nghìn|ngàn|triệu|t[ỷỉ]|nhiều|mấy|vài|đôi|các|những"
    r"|bao|mỗi|mọi|từng|hàng|hằng|nửa) $"
)
"""What makes a length of time of the `năm` or `tháng` behind it."""
_WEEK = spaced(rf"tuần {WHICH}{ELSEWHEN}")
_LEAD = spaced(r"(?<!\w)(?:(?:rạng|sáng|trưa|chiều|tối|đêm|khuya|hôm|ngày|sớm) ){1,4}$")
_NEAR = spaced(
    r"(?:(?:rạng|sáng|trưa|chiều|tối|đêm|khuya|sớm|hôm|ngày) ){0,3}(?P<last>sáng|trưa|chiều|tối|đêm|khuya|sớm|hôm|ngày)"
    r" (?P<w>nay|qua|mai|kia)(?!\w)(?! (?:đêm|ngày)(?!\w))"
)
_NEAR_WORDS = {"hôm": ("nay", "qua", "kia"), "ngày": ("mai", "kia")}
_NEAR_DAYS = {"nay": 0, "qua": -1, "mai": 1, "kia": -2}
_DAY_OF = spaced(rf"ngày (?P<d>\d{{1,2}}) tháng {WHICH}")
_NAMED_YEAR = spaced(rf"(?:(?: của| trong)? )?năm {WHICH}{ELSEWHEN}(?:(?<!sau)|(?![^.\n]{{1,24}}năm trước))")
_THAN_BEFORE = spaced(r"năm sau [^.\n]{1,24}$")
_AGO = spaced(rf"(?<![\w/])(?<!thứ\x20)(?P<n>{NUMBER}) (?P<u>ngày|hôm|tuần|tháng|năm)(?: về)? $")
FOLLOWERS = (
    "đây của và đã tại ở ông bà anh chị cho bị được từng là có mà với vẫn còn để do trong thì nhưng nay họ tôi chúng cô cháu thôi "
    "rồi so theo chỉ cũng lên về bằng ai gì bao nào"
)
"""What may stand behind `hai ngày trước` or `hai ngày sau` when no noun does."""
_AGO_ENDS = spaced(
    r"trước(?: đây(?!\w))?(?=[^\S\n]{0,3}(?:$|[\n,.;:!?)\]\"”’»…–-])"
    rf"| (?:{'|'.join(dict.fromkeys(f'{FOLLOWERS} {fold(FOLLOWERS)}'.split()))})(?!\w))"
)
"""What may stand behind `hai ngày trước`: before a noun (`hai ngày trước trận đấu`) it does not count from the day."""
_SINCE = spaced(
    rf"cách (?:đây|nay)(?: (?:gần|hơn|khoảng|đúng|chừng|tròn|ít nhất|chỉ|vừa)){{0,3}} (?P<n>{NUMBER}) (?P<u>ngày|hôm|tuần|tháng|năm)(?!\w)"
)
WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "nhật": 6} | {
    str(n): n - 2 for n in range(2, 8)
}
"""The weekday, Monday 0, of each word behind `thứ`, and of `nhật`."""
_WEEKDAY = spaced(r"(?:thứ (?P<n>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ (?P<sun>nhật))(?!\w)(?![.,]\d)")
_WEEKDAY_LEAD = spaced(r"(?<!\w)(?:sáng|trưa|chiều|tối|đêm|khuya|hôm|vào|sớm) $")
WEEKDAY_NOT = spaced(
    r"(?<!\w)(?:lần|giới|mỗi|mọi|các|những|hàng|hằng|họp|thi|phiên|tập|phần|chương|người|trí|hạng|điều|loại|vòng|đợt|bàn|ngôi|bậc|nhóm|con|quốc gia|nước|thứ (?:bảy|7)(?:,| và| hoặc)|(?:thứ \w+|chủ nhật) (?:đến|tới)) (?:ngày )?$"
)
"""What stands before the ordinal `thứ hai`, which is then no Monday."""
_WEEKDAY_IN = spaced(r"(?:(?<!\w)(?:từ|đến|tới|trước|trong|cho|và|hoặc) |(?:^|[^\w\s])[^\S\n]*|\n)$")
"""What may stand before `thứ hai này` when it is a Monday: `đợt dịch thứ hai này` is the second."""
_PAUSE = re.compile(r"[^\S\n]*(?:$|[\n.,;:)])")
AHEAD = spaced(r"(?<!\w)(?:sẽ|dự kiến)(?!\w)[^.,;:\n]* $")
"""What says that a weekday or month is still to come, when no comma stands between."""
_WEEKDAY_WHICH = spaced(rf" (?:(?P<t>tuần) )?{WHICH}{ELSEWHEN}")
_WEEKLY = spaced(
    r"(?:(?:,| và) (?:thứ \w+|chủ nhật))?,? (?:hàng tuần|hằng tuần|mỗi tuần|đến thứ|đến chủ|xanh|đỏ|hồng)(?!\w)"
)


def named_year(source: TimeText, at: int) -> tuple[int | None, int] | None:
    """Return the year that `năm nay` or `của năm ngoái` at `at` means, and where it ends; the year is None without a day."""
    match = _NAMED_YEAR.match(source.low, at)
    if not match or match["w"] in {"này", "qua"} or (match["w"] == "trước" and source.before(_THAN_BEFORE, at)):
        return None  # `năm sau cao hơn năm trước` is said of any year
    return (source.day.year + SHIFT[match["w"]] if source.day else None), match.end()


def count(words: str) -> int:
    """Return the number that a match of `NUMBER` says, 0 for none."""
    read = vietnamese_words(" ".join(words.split()), 0)
    return int(words) if words.isdigit() else int(read[0]) if read else 0


def _near(source: TimeText, at: int) -> Found | None:
    """Read `hôm qua`, `sáng nay`, `ngày 15 tháng trước`."""
    if match := _DAY_OF.match(source.low, at):
        month = shifted_month(source.day, SHIFT[match["w"]]) if source.day else None
        value = f"{month}-{int(match['d']):02}" if month else None
        return source.found(at, match.end(), value if value and bounds(value) else None)
    match = _NEAR.match(source.low, at)
    if not match or match["w"] not in _NEAR_WORDS.get(match["last"], ("nay", "qua", "mai")):
        return None
    by = 2 if (match["last"], match["w"]) == ("ngày", "kia") else _NEAR_DAYS[match["w"]]
    return source.found(source.since(_LEAD, at), match.end(), source.day_after(by))


def that_week(source: TimeText, at: int) -> Found | None:
    """Read `tuần trước`."""
    match = _WEEK.match(source.low, at)
    if not match or source.before(COUNTED, at):
        return None
    value = week(source.day + timedelta(weeks=SHIFT[match["w"]])) if source.day else None
    return source.found(at, match.end(), value)


def _ago(source: TimeText, at: int) -> Found | None:
    """Read `hai ngày trước` at its last word."""
    match, ends = source.before(_AGO, at), _AGO_ENDS.match(source.low, at)
    if not match or not ends:
        return None
    return source.found(source.back(at) + match.start(), ends.end(), _back(source.day, count(match["n"]), match["u"]))


def _since(source: TimeText, at: int) -> Found | None:
    """Read `cách đây 3 năm`."""
    match = _SINCE.match(source.low, at)
    return match and source.found(at, match.end(), _back(source.day, count(match["n"]), match["u"]))


def _back(day: date | None, count: int, unit: str) -> str | None:
    """Return the day, week, month or year that lies `count` of them before `day`."""
    if day is None or not count:
        return None
    if unit == "năm":
        return f"{day.year - count:04}" if day.year > count else None
    if unit == "tháng":
        return shifted_month(day, -count)
    then = day - timedelta(days=count * (7 if unit == "tuần" else 1))
    return week(then) if unit == "tuần" else then.isoformat()


def _weekday(source: TimeText, at: int) -> Found | None:
    """Read `thứ Hai tuần trước`, `chiều thứ Năm`, `Chủ nhật`; not the ordinal `thứ hai`."""
    match = _WEEKDAY.match(source.low, at)
    if not match or source.before(WEEKDAY_NOT, at) or _WEEKLY.match(source.low, match.end()):
        return None
    which, led = _WEEKDAY_WHICH.match(source.low, match.end()), source.before(_WEEKDAY_LEAD, at)
    if which and which["w"] == "sau" and not which["t"] and not _PAUSE.match(source.low, which.end()):
        which = None  # `Chủ nhật sau cuộc họp`
    name = match["n"] or match["sun"]
    capital = source.text[match.start("n") if match["n"] else at].isupper()
    weekly = which and (which["t"] or source.before(_WEEKDAY_IN, at))
    if not (weekly or led or capital or match["sun"]):
        return None
    end = which.end() if which else match.end()
    ahead = not which and source.before(AHEAD, at) and not (led and led[0].startswith("hôm"))
    value = _that_weekday(source.day, WEEKDAYS[name], which, ahead=bool(ahead)).isoformat() if source.day else None
    return source.found(source.since(_LEAD, at), end, value)


def _that_weekday(day: date, weekday: int, which: re.Match[str] | None, *, ahead: bool) -> date:
    """Return the weekday of the week that `which` names; with no week the next one where it is `ahead`, or the last one."""
    if which and (which["t"] or which["w"] in {"này", "nay"}):
        return day + timedelta(days=weekday - day.weekday() + 7 * SHIFT[which["w"]])
    if ahead or (which and which["w"] in COMING.split("|")):
        return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
    back = (day.weekday() - weekday) % 7
    return day - timedelta(days=back or 7 if which else back)


RELATIVE: dict[str, Reader] = {
    **dict.fromkeys("rạng sáng trưa chiều tối đêm khuya sớm hôm ngày".split(), _near),
    "tuần": that_week,
    "trước": _ago,
    "cách": _since,
    "thứ": _weekday,
    "chủ": _weekday,
}
"""The reader of each word (in small letters) at which an expression is recognised."""
