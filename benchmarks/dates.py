"""How many expressions of time are found, and how many of them rightly resolved, against texts marked by hand.

`python -m benchmarks.dates benchmarks/marked/dates.jsonl --store data/eval/stores/seeds`. A hit has the marked span and value. Rules were
tuned on `tune`, `third_tuned` and `fourth_tuned` only; `--misses` shows what is wrong there, and nothing of the parts kept back.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.language.forms import detect_language, has_accents
from qa.language.times import TimeMention, find_times
from qa.ledger import Ledger

__all__ = ["Row", "Tally", "measure", "read_rows", "stored_texts"]

TUNED = ("tune", "third_tuned", "fourth_tuned")
"""The parts of the texts whose misses may be looked at."""

Mark = tuple[int, int, str]
"""Start, end and value."""


@dataclass(frozen=True, slots=True)
class Row:
    """A marked text.

    Attributes:
        whole: The text that times are read from.
        start: Where the marked part of `whole` begins, and `end` where it ends.
        counted_from: The ISO day of publication, or of asking.
        marks: `(start, end, value)` into `whole`, with the kind of each.
    """

    id: str
    language: str
    half: str
    whole: str
    start: int
    end: int
    counted_from: str | None
    question: bool
    marks: dict[Mark, str]


@dataclass(slots=True)
class Tally:
    """What was marked, what was found, and what of it agrees."""

    marked: int = 0
    found: int = 0
    hits: int = 0
    wrong_value: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that was marked so."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was marked that was found so."""
        return self.hits / self.marked if self.marked else 1.0


def stored_texts(store: Path) -> Callable[[str], str]:
    """Return the function that gives the clean text of an article of a data directory by its source."""

    def text_of(source: str) -> str:
        texts = {a.source: a.text for a in Ledger(store / "ledger.sqlite").articles()}
        return texts[source]

    return text_of


def read_rows(path: Path, text_of: Callable[[str], str]) -> Iterator[Row]:
    """Yield the marked texts of a JSON Lines file.

    Args:
        path: The marks.
        text_of: Gives the text of a source that is named instead of written out.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield _row(json.loads(line), text_of)


def _row(given: dict[str, Any], text_of: Callable[[str], str]) -> Row:
    whole, start = (given["text"], 0) if "text" in given else (text_of(given["source"]), given["offset"])
    end = start + given["length"] if "length" in given else len(whole)
    marks = {}
    for mark in given["marks"]:
        begin, stop = start + mark["start"], start + mark["end"]
        if whole[begin:stop] != mark["text"]:
            raise ValueError(f"{given['id']}: {mark['text']!r} does not stand at {mark['start']}")
        if mark["value"]:
            marks[begin, stop, mark["value"]] = mark["kind"]
    counted_from = given.get("now") or given.get("published")
    half, language = given["half"], given["language"]
    return Row(given["id"], language, half, whole, start, end, counted_from, bool(given.get("question")), marks)


def measure(rows: Sequence[Row]) -> dict[tuple[str, str], Tally]:
    """Return the tallies by half and by `all`, a kind or a language; a wrong find counts for the kind it was found as."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for row in rows:
        found = {(t.mention.start, t.mention.end, t.mention.value): t.kind.value for t in _times(row)}
        spans = {mark[:2]: (mark[2], kind) for mark, kind in row.marks.items()}
        for mark, kind in row.marks.items():
            for part in ("all", kind, row.language):
                tally = tallies[row.half, part]
                tally.marked += 1
                tally.hits += mark in found
        for mark, kind in found.items():
            for part in ("all", row.marks.get(mark) or (spans.get(mark[:2]) or ("", kind))[1], row.language):
                tally = tallies[row.half, part]
                tally.found += 1
                tally.wrong_value += mark not in row.marks and mark[:2] in spans
        if row.half in TUNED:
            tallies[row.half, "all"].misses += _misses(row, found)
    return tallies


def _times(row: Row) -> list[TimeMention]:
    plain = row.question and detect_language(row.whole) == "vi" and not has_accents(row.whole)
    found = find_times(row.whole, counted_from=row.counted_from, plain=plain)
    return [t for t in found if row.start <= t.mention.start and t.mention.end <= row.end]


def _misses(row: Row, found: dict[Mark, str]) -> Iterator[str]:
    for sign, some, others in (("-", row.marks, found), ("+", found, row.marks)):
        for mark in some:
            if mark not in others:
                around = row.whole[max(row.start, mark[0] - 30) : mark[1] + 20].replace("\n", " ")
                yield f"{sign} {row.id} {row.whole[mark[0] : mark[1]]!r} {mark[2]} ({some[mark]}): …{around}…"


def main() -> None:
    """Print precision and recall by half, kind and language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marks", type=Path)
    parser.add_argument(
        "--store", type=Path, default=Path("data/eval/stores/seeds"), help="data directory of the seeds"
    )
    parser.add_argument("--half", choices=[*TUNED, "kept", "third_kept", "fourth_kept"], help="one part only")
    parser.add_argument("--misses", action="store_true", help="what is wrong in the parts tuned on")
    options = parser.parse_args()
    rows = [r for r in read_rows(options.marks, stored_texts(options.store)) if options.half in {None, r.half}]
    tallies = measure(rows)
    print(f"{'half':13}{'part':10}{'marked':>8}{'found':>8}{'precision':>11}{'recall':>8}{'wrong value':>13}")
    for half, part in sorted(
        tallies, key=lambda key: (key[0] not in TUNED, key[0], key[1] != "all", len(key[1]) == 2, key[1])
    ):
        t = tallies[half, part]
        print(f"{half:13}{part:10}{t.marked:8}{t.found:8}{t.precision:11.3f}{t.recall:8.3f}{t.wrong_value:13}")
    if options.misses:
        print("\n".join(sorted(miss for half in TUNED for miss in tallies[half, "all"].misses)))


if __name__ == "__main__":
    main()
