"""Stretches from one time to another, and years that one expression takes from the next: `từ tháng 3 đến tháng 5/2017`."""

import re

from qa.language.times.source import Found, TimeKind, TimeText, spaced
from qa.language.times.stretches import between, nearest_month

__all__ = ["ranges", "shared"]

_LEAD = spaced(
    r"(?<!\w)(?:(?P<span>giai đoạn|thời k[ỳì]|nhiệm k[ỳì])(?: từ)?|(?P<edge>từ|from|between|giữa)(?: ngày| the)?) $"
)
_LISTED = spaced(r"[^\S\n]?(?:,|-|–|và|and|hoặc|or|đến|tới|to|through)[^\S\n]?(?:hết )?")
_JOIN = spaced(
    r"(?:[^\S\n]?(?:-|–|—)[^\S\n]?(?:hết )?|,? (?P<to>đến|tới|to|until|till|through)(?: hết| khoảng| the)? | (?P<and>và|and) )"
)
_NUMBER_LEAD = spaced(
    r"(?<![\w.,/-])(?:(?P<lead>from|between|từ)(?: ngày)?(?: the)? )?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:[^\S\n]?[-–][^\S\n]?| (?:(?P<and>and)|to|until|through|đến|tới) (?:hết )?)(?:the )?$"
)
_MID_YEAR = spaced(r"giữa (?:năm )?\d{4}")
_BEHIND = spaced(
    r"(?: |-)(?:(?P<term>tenure|term)|period|season|(?:academic|school|fiscal|financial|marketing|crop) year)(?!\w)"
)
_NIGHT = spaced(r"(?<!\w)(?:the )?(?:night|morning|evening)s? of (?:the )?$")
_THE = spaced(r"(?<!\w)the $")
_YEAR_WORDS = re.compile(r"\d{4}|năm|year|last|next|this|tới")


def shared(source: TimeText, found: list[Found]) -> list[Found]:
    """Let months and quarters take the year of the next one: `quý I và quý II/2018`; else that of a twin in the text."""
    twins = _twins(source, found)
    made = list(found)
    for i in range(len(made) - 1, -1, -1):
        f, behind = made[i], made[i + 1] if i + 1 < len(made) else None
        if not f.value or not _in_a_year(f) or _YEAR_WORDS.search(source.low, f.start, f.end):
            continue
        listed = behind and behind.kind is f.kind and _LISTED.fullmatch(source.low, f.end, behind.start)
        if listed and behind and behind.value and _in_a_year(behind):
            if _YEAR_WORDS.search(source.low, behind.start, behind.end) or behind is not found[i + 1]:
                made[i] = f._replace(value=_in_year_of(f.value, behind.value), basis=behind.basis)
        elif f.kind is TimeKind.MONTH and (twin := twins.get(f.value)) and not _is_ahead(source, f.value):
            made[i] = f._replace(value=twin.value, basis=source.text[twin.start : twin.end])
    return made


def ranges(source: TimeText, found: list[Found]) -> list[Found]:
    """Join what stands on both sides of `đến`, `to` or a dash, with `từ`, `from` or `giai đoạn` before it."""
    made: list[Found] = []
    for f in found:
        done = made[-1].end if made else 0
        if made and (joined := _join(source, made[-1], f)):
            made[-1] = joined
        elif f.kind is TimeKind.DAY and (joined := _from_number(source, f, done)):
            made.append(joined)
        else:
            made.append(_led(source, f, done) if f.kind is TimeKind.RANGE else f)
    return made


def _twins(source: TimeText, found: list[Found]) -> dict[str, Found]:
    """Return, by the open value, the months that stand in the text with one year only."""
    full: dict[str, dict[str, Found]] = {}
    for f in found:
        if f.kind is TimeKind.MONTH and f.value and _YEAR_WORDS.search(source.low, f.start, f.end):
            full.setdefault(f"--{f.value[5:]}", {}).setdefault(f.value, f)
    return {value: next(iter(years.values())) for value, years in full.items() if len(years) == 1}


def _is_ahead(source: TimeText, month: str) -> bool:
    """Return whether an open month was left so because it is still to come; the one of that name just past is known."""
    return source.day is not None and nearest_month(int(month[-2:]), source.day) != month


def _in_a_year(found: Found) -> bool:
    """Return whether this is a month or a part of a year."""
    return found.kind in {TimeKind.MONTH, TimeKind.PERIOD} and "-" in (found.value or "")


def _in_year_of(value: str, other: str) -> str:
    """Return `value` in the year of `other`, or the one before when it would come after it."""
    ends = [e[2:] if e.startswith("--") else e[5:] for e in value.split("/")]
    year = int(other[:4]) - (ends[0] > other[5 : 5 + len(ends[0])])
    return "/".join(f"{year:04}-{e}" for e in ends)


def _join(source: TimeText, first: Found, last: Found) -> Found | None:
    words = _JOIN.fullmatch(source.low, first.end, last.start)
    if not words or TimeKind.RANGE in {first.kind, last.kind} or TimeKind.TERM in {first.kind, last.kind}:
        return None
    lead = source.before(_LEAD, first.start)
    alike = first.kind is last.kind and first.kind in {TimeKind.DAY, TimeKind.MONTH, TimeKind.YEAR}
    edge = lead["edge"] if lead else None
    if words["and"] and _MID_YEAR.fullmatch(source.low, first.start, first.end) and last.kind is TimeKind.YEAR:
        value = between((first.value or "")[:4], last.value or "")  # `giữa năm 2016 và năm 2018`
        return Found(first.start, last.end, value, TimeKind.RANGE) if value else None
    to = edge == "between" and words["to"]  # `between 1872 to 1920`
    if not (to or bool(words["and"]) == (edge in {"between", "giữa"})) or not (
        alike or (lead and words["to"]) or edge == "between" or _quarters(source, first, last)
    ):
        return None
    value = _span(source, first, last)
    if not value:
        return None
    return _led(source, Found(first.start, last.end, value, TimeKind.RANGE, last.basis or first.basis), 0)


def _quarters(source: TimeText, first: Found, last: Found) -> bool:
    """Return whether both are quarters: `Q1-Q3 2018`."""
    return all(
        f.kind is TimeKind.PERIOD and source.low.startswith(("q1", "q2", "q3", "q4", "quý"), f.start)
        for f in (first, last)
    )


def _span(source: TimeText, first: Found, last: Found) -> str | None:
    """Return the stretch between two expressions; an end without a year takes that of the other."""
    if not first.value or not last.value:
        return None
    begin, end = first.value, last.value
    opens, closes = _open(source, first), _open(source, last)
    if opens and not end.startswith("--"):
        begin = f"--{begin[-5:] if first.kind is TimeKind.DAY else begin[-2:]}"
    elif closes and not opens:
        end = f"--{end[-5:] if last.kind is TimeKind.DAY else end[-2:]}"
    return between(begin, end)


def _open(source: TimeText, found: Found) -> bool:
    """Return whether the words of a day or month name no year."""
    words = source.low[found.start : found.end]
    return found.kind in {TimeKind.DAY, TimeKind.MONTH} and not _YEAR_WORDS.search(words)


def _from_number(source: TimeText, last: Found, done: int) -> Found | None:
    """Read `from 4 to 6 February 2016`, of which `last` is `6 February 2016`."""
    match = source.before(_NUMBER_LEAD, last.start)
    if not match or not last.value or source.back(last.start) + match.start() < done:
        return None
    if (match["and"] and match["lead"] != "between") or not 1 <= int(match["d"]) < int(last.value[-2:]):
        return None
    value = between(f"{last.value[:-2]}{int(match['d']):02}", last.value)
    start = source.since(_NIGHT, source.back(last.start) + match.start())
    return last._replace(start=start, value=value, kind=TimeKind.RANGE)


def _led(source: TimeText, found: Found, done: int) -> Found:
    """Let a range begin with `từ`, `giai đoạn` or `nhiệm kỳ`, the last of which makes it a term."""
    lead, behind = source.before(_LEAD, found.start), _BEHIND.match(source.low, found.end)
    night = source.since(_NIGHT, found.start)
    if night < found.start and night >= done:
        return found._replace(start=night)
    if behind:
        kind = TimeKind.TERM if behind["term"] else found.kind
        return found._replace(start=source.since(_THE, found.start), end=behind.end(), kind=kind)
    if not lead or source.back(found.start) + lead.start() < done:
        return found
    kind = TimeKind.TERM if (lead["span"] or "").startswith("nhiệm") else found.kind
    return found._replace(start=source.back(found.start) + lead.start(), kind=kind)
