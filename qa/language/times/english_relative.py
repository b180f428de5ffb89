"""Days, weeks and years that English words count from the day of the text: `yesterday`, `last week`, `two years ago`."""

import re
from datetime import date, timedelta

from qa.language.dates import MONTHS, WORDS_TOO
from qa.language.number_words import english_words
from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced
from qa.language.times.stretches import century, decade, month_value, months, shifted_month, week, weekend

__all__ = [
    "MONTH",
    "NUMBER",
    "OWN",
    "RELATIVE",
    "SEASONS",
    "SHIFT",
    "THE",
    "WEEKDAYS",
    "count",
    "is_ahead",
    "that",
    "that_unit",
]

MONTH = rf"(?P<m>{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?!\w)\.?"
SHIFT = {"last": -1, "this past": -1, "this": 0, "next": 1, "this coming": 1}
_WHICH = r"(?P<w>last|this(?: past| coming)?|next)"
SEASONS = {"spring": 2, "summer": 5, "autumn": 8, "fall": 8, "winter": 11}
"""The first of the three months of each."""
NUMBER = r"(?:\d{1,3}|an?|(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{4,5}teen|twenty|thirty|forty|fifty)(?: |-)?){1,3})"
THE = spaced(r"(?<!\w)the $")
OWN = spaced(r"(?<!\w)(?:an?|his|her|its|their|my|our|your|\w+['’]s) $")
"""What stands before a thing of somebody's own: `his 20th century` was made at cricket."""
WEEKDAYS = {name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
"""The number of each English weekday, Monday 0, in small letters."""
_WEEKDAY = rf"(?P<day>{'|'.join(WEEKDAYS)})(?![\w-])"
_HOURS = r"(?: (?:morning|afternoon|evening|night))?"
_NEAR_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_NEAR = spaced(rf"(?:yesterday|tomorrow|today|tonight){_HOURS}(?!\w)")
_SMALL_NEXT = re.compile(r"\w+ [a-z]")
_NAMED = re.compile(r"[\w’'] $")
_SMALL_WORD = re.compile(r" [^\W\d_A-Z]")
_SHOW = spaced(r"(?:[a-z]+day) (?:Morning|Afternoon|Evening|Night) [A-Z]")
_DAY_BESIDE = spaced(r"(?:the )?day (?P<w>before yesterday|after tomorrow)(?!\w)")
_HOUR_OF_DAY = spaced(r"(?P<w>this (?:morning|afternoon|evening)|last night)(?!\w)")
_THAT = spaced(
    rf"{_WHICH} (?:(?P<u>week|month|year|weekend|quarter|decade|century)|{_WEEKDAY}{_HOURS}|(?P<s>{'|'.join(SEASONS)})|{MONTH})(?![\w-])"
)
_NOT_COUNTED = spaced(r"(?<!\w)(?:the|of the|for the|during the|in the|every|each) $")
_AGO = spaced(rf"(?<![\w.,])(?<!half\x20)(?P<n>{NUMBER}) (?P<u>day|week|fortnight|month|year|decade)s? $")
_WEEKDAY_ALONE = spaced(rf"{_WEEKDAY}{_HOURS}(?:,? (?:of )?(?P<w>last|this|next) week(?!\w))?")
_WEEKDAY_NOT = spaced(
    r"(?<!\w)(?:every|each|black|good|ash|super|easter|palm|cyber|holy|(?:on|of|until|one|any) an?|one|any|[a-z]+day (?:to|through)) $"
)
_WEEKDAY_ENDS = spaced(
    r"(?: to| through|[^\S\n]?[-–]) ?(?:mon|tues|wednes|thurs|fri|satur|sun)day| (?:times|mail|league|prayers?|papers?|trading|schools?|roasts?|brunch|drivers?|supplement|edition|markets?|shifts?|jobs?|opening)(?!\w)| the \d".replace(
        " ?", r"[^\S\n]?"
    )
)

_WEEKDAY_BESIDE = spaced(r" (?:after|before)(?!\w)")
_AHEAD = spaced(
    r"(?<!\w)(?:will|shall|(?:is|are|be) (?:due|set|scheduled|slated|expected|planned|to)|plans? to)(?!\w)(?:(?!said|says|told)[^.,;:\n])* $"
)
"""What says that a weekday is still to come, when no comma stands between."""


def count(words: str) -> int:
    """Return the number that a match of `NUMBER` says, 0 for none."""
    read = english_words(" ".join(words.split()), 0)
    return 1 if words in {"a", "an"} else int(words) if words.isdigit() else int(read[0]) if read else 0


def that(source: TimeText, at: int) -> Found | None:
    """Read `last week`, `next Tuesday`, `this month`, `last July`, `last night`."""
    if match := _HOUR_OF_DAY.match(source.low, at):
        return source.found(at, match.end(), source.day_after(-1 if match["w"].startswith("last") else 0))
    match = _THAT.match(source.low, at)
    if not match:
        return None
    if match["m"]:
        return _that_month(source, match)
    by = SHIFT[" ".join(match["w"].split())]
    if match["day"]:
        value = _that_weekday(source.day, WEEKDAYS[match["day"]], match["w"]).isoformat() if source.day else None
        return source.found(at, match.end(), value)
    if source.before(_NOT_COUNTED, at):
        return None
    made = (_that_season if match["s"] else that_unit)(source.day, match["s"] or match["u"], by) if source.day else None
    return source.found(at, match.end(), made)


def _near(source: TimeText, at: int) -> Found | None:
    """Read `yesterday morning`, `tonight`."""
    match = _NEAR.match(source.low, at)
    if not match:
        return None
    named = source.text[at].isupper() and _NAMED.search(source.text[max(0, at - 2) : at])
    if named and _SMALL_WORD.match(source.text, match.end()):
        return None  # the newspaper `USA Today says`
    return source.found(at, match.end(), source.day_after(_NEAR_DAYS[match[0].split()[0]]))


def _day(source: TimeText, at: int) -> Found | None:
    """Read `the day before yesterday`."""
    match = _DAY_BESIDE.match(source.low, at)
    if not match:
        return None
    return source.found(
        source.since(THE, at), match.end(), source.day_after(-2 if match["w"].startswith("before") else 2)
    )


def _that_month(source: TimeText, match: re.Match[str]) -> Found | None:
    if (match["m"] in WORDS_TOO and not source.text[match.start("m")].isupper()) or re.match(
        r"[^\S\n]\d", source.low[match.end() : match.end() + 2]
    ):
        return None
    value, month = None, MONTHS[match["m"]]
    if source.day:
        year, now = source.day.year, source.day.month
        shift = (-(month >= now), 0, int(month <= now))[SHIFT[" ".join(match["w"].split())] + 1]
        value = month_value(year + shift, month)
    return source.found(match.start(), match.end(), value, TimeKind.MONTH)


def _that_season(day: date, season: str, by: int) -> str:
    """Return the season of this year, or the last that is over, or the next that has not begun."""
    first, year = SEASONS[season], day.year
    if by < 0 and day.month < first + 3:
        year -= 1
    elif by > 0 and day.month >= first:
        year += 1
    return months(year, first, first + 2)


def _that_weekday(day: date, weekday: int, which: str) -> date:
    if which == "this":
        return day + timedelta(days=weekday - day.weekday())
    if which.endswith(("next", "coming")):
        return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def that_unit(day: date, unit: str, by: int) -> str:
    """Return the week, month, quarter, year, decade or century that lies `by` of them from that of `day`."""
    if unit in {"week", "weekend"}:
        return (week if unit == "week" else weekend)(day + timedelta(weeks=by))
    if unit == "month":
        return shifted_month(day, by)
    if unit == "quarter":
        year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + by, 4)
        return months(year, 3 * quarter + 1, 3 * quarter + 3)
    if unit == "decade":
        return decade((day.year // 10 + by) * 10)
    return century((day.year - 1) // 100 + 1 + by) if unit == "century" else f"{day.year + by:04}"


def _ago(source: TimeText, at: int) -> Found | None:
    """Read `two years ago` at its last word."""
    match = source.before(_AGO, at)
    if not match:
        return None
    return source.found(source.back(at) + match.start(), at + 3, _back(source.day, count(match["n"]), match["u"]))


def _back(day: date | None, count: int, unit: str) -> str | None:
    """Return the day, week, month or year that lies `count` of them before `day`."""
    if day is None or not count or count * 10 > day.year:
        return None
    if unit in {"year", "decade"}:
        return f"{day.year - count * (10 if unit == 'decade' else 1):04}"
    if unit == "month":
        return shifted_month(day, -count)
    then = day - timedelta(days=count * {"day": 1, "week": 7}.get(unit, 14))
    return then.isoformat() if unit == "day" else week(then)


def is_ahead(source: TimeText, at: int) -> bool:
    """Return whether what stands before `at` says that a time is still to come; `Will` may be a man."""
    match = source.before(_AHEAD, at)
    if not match:
        return False
    start = source.back(at) + match.start()
    return source.text[start].islower() or _SMALL_NEXT.match(source.text, start) is not None


def _weekday(source: TimeText, at: int) -> Found | None:
    """Read `Monday`, `Friday night`, `Sunday last week`."""
    match = _WEEKDAY_ALONE.match(source.low, at)
    if not match or source.before(_WEEKDAY_NOT, at):
        return None
    if _WEEKDAY_ENDS.match(source.low, match.end()) or _SHOW.match(source.text, at + 1):
        return None
    if _WEEKDAY_BESIDE.match(source.low, match.end()) and source.before(THE, at):
        return None  # `the Monday after Easter`
    value = None
    if source.day:
        back = (source.day.weekday() - WEEKDAYS[match["day"]]) % 7
        ahead = back and is_ahead(source, at)
        then = source.day + timedelta(days=7 - back if ahead else -back)
        if match["w"]:
            then = source.day + timedelta(days=WEEKDAYS[match["day"]] - source.day.weekday() + 7 * SHIFT[match["w"]])
        value = then.isoformat()
    return source.found(at, match.end(), value)


RELATIVE: dict[str, Reader] = {
    **dict.fromkeys(_NEAR_DAYS, _near),
    **dict.fromkeys(("last", "this", "next"), that),
    **dict.fromkeys(WEEKDAYS, _weekday),
    "day": _day,
    "ago": _ago,
}
"""The reader of each word (in small letters) at which an expression is recognised."""
