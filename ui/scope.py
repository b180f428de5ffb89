"""What is searched: filters as they are typed, kept, and shown as chips that can be taken off."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from secrets import token_hex

from qa.errors import QuestionError
from qa.language.times import bounds
from qa.schema import Filters
from ui.plain import LONGEST_TITLE, plain
from ui.texts import both, period_text

__all__ = [
    "chips_html",
    "dropped",
    "filters_given",
    "filters_of",
    "filters_row",
    "iso_of",
    "kept",
    "panel_html",
    "scope_html",
]

TYPED = re.compile(r"(?:(?:(?P<d>\d{1,2})[/.-])?(?P<m>\d{1,2})[/.-])?(?P<y>(?:19|20)\d\d)")
ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
MOST, LONGEST = 12, 120
"""Outlets or people in one filter, and the longest name taken."""


def iso_of(typed: str) -> str | None:
    """Return a day, month or year as ISO: `14/7/2016`, `7/2016`, `2016` or ISO itself; None when it is none."""
    typed = typed.strip()
    if ISO.fullmatch(typed):
        return typed if _is_day(typed) else None
    found = TYPED.fullmatch(typed)
    if not found:
        return None
    value = "-".join([found["y"], *(f"{int(part):02}" for part in (found["m"], found["d"]) if part)])
    return value if _is_day(value) else None


def filters_of(fields: object) -> Filters:
    """Return the filters of a form, a record or a link; what cannot be read of them limits nothing."""
    if not isinstance(fields, Mapping):
        return Filters()
    since, until = (iso_of(v) or "" if isinstance(v := fields.get(name), str) else "" for name in ("since", "until"))
    return Filters(since, until, _names(fields.get("outlets")), _names(fields.get("people")))


def filters_given(since: str, until: str, outlets: Sequence[str], people: Sequence[str]) -> Filters:
    """Return the filters of a command line.

    Raises:
        QuestionError: A time cannot be read.
    """
    for typed in filter(None, (since, until)):
        if iso_of(typed) is None:
            raise QuestionError(f"{typed!r} is no day, month or year", hint="Give 2016, 7/2016 or 14/7/2016.")
    return Filters(iso_of(since) or "", iso_of(until) or "", _names(list(outlets)), _names(list(people)))


def filters_row(filters: Filters) -> dict[str, object]:
    """Return filters as the record that `filters_of` reads."""
    row = {"since": filters.since, "until": filters.until, "outlets": [*filters.outlets], "people": [*filters.people]}
    return {name: value for name, value in row.items() if value}


def kept(filters: Filters, data: Mapping[str, object]) -> Filters:
    """Return filters with a period or a person added that was read from a question."""
    period, person = data.get("period"), data.get("person")
    if isinstance(period, str):
        first, _, last = period.partition("/")
        if since := iso_of(first):
            return replace(filters, since=since, until=iso_of(last or first) or since)
    if isinstance(person, str):
        return replace(filters, people=_names([*filters.people, person]))
    return filters


def dropped(filters: Filters, data: Mapping[str, object]) -> Filters:
    """Return filters without the one whose chip was taken off."""
    what, name = data.get("drop"), data.get("name")
    if what == "period":
        return replace(filters, since="", until="")
    if what == "outlet":
        return replace(filters, outlets=tuple(o for o in filters.outlets if o != name))
    if what == "person":
        return replace(filters, people=tuple(p for p in filters.people if p != name))
    return Filters() if what == "all" else filters


def chips_html(filters: Filters, *, count: int | None = None, editing: bool = False) -> str:
    """Return the row above the question box: what the next question is limited to, and that the last one is being edited.

    Args:
        filters: What it is limited to.
        count: How many articles that leaves.
        editing: Whether the last question is being edited.
    """
    chips = []
    if filters.since or filters.until:
        chips.append(_chip(period_text(filters.since, filters.until), "period", ""))
    chips += [_chip(plain(name, longest=60), "outlet", name) for name in filters.outlets]
    chips += [_chip(plain(name, longest=60), "person", name) for name in filters.people]
    note = (
        f'<p class="editing" role="status">{both("editing")} <button type="button" class="tool" data-act="unedit">'
        f"{both('unedit')}</button></p>"
        if editing
        else ""
    )
    left = (
        f'<span class="left">{both("filtered", count=f"{count:,}".replace(",", " "))}</span>'
        if chips and count is not None
        else ""
    )
    return (
        f'{note}<div class="scope" role="group" data-words="filters">'
        f'<button type="button" class="filter" data-act="panel" aria-haspopup="dialog">{both("filter")}</button>'
        f"{''.join(chips)}{left}</div>"
    )


def scope_html(filters: Filters) -> str:
    """Return what a question was limited to, as words."""
    parts = [period_text(filters.since, filters.until)] if filters.since or filters.until else []
    return " · ".join([*parts, *(plain(name, longest=60) for name in (*filters.outlets, *filters.people))])


def panel_html(
    filters: Filters, outlets: Sequence[tuple[str, int]], people: Sequence[str], *, problem: str = "",
    typed: Mapping[str, object] | None = None,
) -> str:  # fmt: skip
    """Return the panel in which filters are set.

    Args:
        filters: What is set now.
        outlets: The outlets of the collection, with the number of articles of each.
        people: Names to choose from.
        problem: HTML of what was wrong with what was typed.
        typed: What was typed then.
    """
    values = {name: str((typed or {}).get(name) or getattr(filters, name)) for name in ("since", "until")}
    dates = "".join(
        f'<label class="field"><span>{both(f"filter_{name}")}</span><input type="text" name="{name}" autocomplete="off" '
        f'inputmode="text" maxlength="10" value="{plain(_typed(values[name]))}" aria-describedby="filter-dates"></label>'
        for name in ("since", "until")
    )
    listed = [(name, count) for name, count in outlets if name not in filters.outlets]
    boxes = "".join(_check("outlets", name, None, checked=True) for name in filters.outlets)
    boxes += "".join(_check("outlets", name, count) for name, count in listed)
    outlet_set = (
        f'<fieldset><legend>{both("filter_outlets")}</legend><div class="checks">{boxes}</div></fieldset>'
        if boxes
        else ""
    )
    named = "".join(_check("people", name, None, checked=True) for name in filters.people)
    options = "".join(f'<option value="{plain(name, longest=LONGEST)}"></option>' for name in people)
    alarm = f'<p class="problem" role="alert">{problem}</p>' if problem else ""
    return (
        f'<dialog class="sheet panel" data-fresh="{token_hex(4)}" aria-labelledby="panel-title"><form method="dialog">'
        f'<h2 id="panel-title">{both("filter_title")}</h2>{alarm}'
        f'<fieldset><legend>{both("filter_period")}</legend><div class="dates">{dates}</div>'
        f'<p class="quiet" id="filter-dates">{both("filter_dates")}</p></fieldset>{outlet_set}'
        f'<fieldset><legend>{both("filter_people")}</legend><div class="checks">{named}</div>'
        f'<label class="field"><span>{both("filter_person")}</span><input type="text" name="person" list="people-known" '
        f'autocomplete="off" maxlength="{LONGEST}"></label><datalist id="people-known">{options}</datalist></fieldset>'
        f'<div class="buttons"><button type="button" class="primary" data-send="filters">{both("apply")}</button>'
        f'<button type="button" data-send="clear">{both("clear")}</button>'
        f'<button type="button" data-close>{both("cancel")}</button></div></form></dialog>'
    )


def _chip(words: str, what: str, name: str) -> str:
    return (
        f'<span class="chip">{words}<button type="button" data-act="drop" data-drop="{what}" '
        f'data-name="{plain(name)}"><span class="unseen">{both("drop")} {words}</span><span aria-hidden="true">×</span></button></span>'
    )


def _check(group: str, name: str, count: int | None, *, checked: bool = False) -> str:
    number = f' <span class="quiet">{count}</span>' if count is not None else ""
    return (
        f'<label class="check"><input type="checkbox" name="{group}" value="{plain(name)}"{" checked" if checked else ""}>'
        f"<span>{plain(name, longest=LONGEST_TITLE)}{number}</span></label>"
    )


def _typed(iso: str) -> str:
    """Return an ISO date as it is typed here: `14/7/2016`; anything else as it is."""
    return "/".join(str(int(part)) for part in reversed(iso.split("-"))) if ISO.fullmatch(iso) else iso


def _names(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list | tuple) else [value]
    names = [" ".join(v.split())[:LONGEST] for v in given if isinstance(v, str)]
    return tuple(dict.fromkeys(name for name in names if name))[:MOST]


def _is_day(iso: str) -> bool:
    try:
        return bounds(iso) is not None
    except ValueError:
        return False
