"""How well people, their posts and their deeds are read from articles, over rows marked by hand.

    python -m benchmarks.people benchmarks/marked/people.jsonl --store data/eval/stores

A row is found when person, kind and, of a post, its words are the same, diacritics and case aside.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from qa.language.forms import fold
from qa.ledger import Ledger
from qa.people.rows import find_appearances

__all__ = ["measure", "read_marks"]

Key = tuple[str, str, str]
TextOf = Callable[[str, str], str | None]


def main(arguments: list[str] | None = None) -> int:
    """Print precision and recall by half and kind."""
    parser = argparse.ArgumentParser(description="Measure what is read of people.")
    parser.add_argument("marks", type=Path, help="the marked rows, one text a line")
    parser.add_argument("--store", type=Path, default=Path("data/eval/stores"), help="folder of `seeds` and `news`")
    options = parser.parse_args(arguments)
    ledgers = {name: Ledger(options.store / name / "ledger.sqlite") for name in ("seeds", "news")}

    def text_of(store: str, source: str) -> str | None:
        row = ledgers[store].connection.execute(
            "SELECT text FROM articles WHERE source = ? AND state = 'live'", (source,)
        )
        found = row.fetchone()
        return None if found is None else str(found[0])

    for half, counts in measure(read_marks(options.marks, text_of)).items():
        for kind in sorted({k for _, k in counts}):
            right, false, missed = (counts[w, kind] for w in ("right", "false", "missed"))
            print(f"{half:8} {kind:10} right {right:4} false {false:3} missed {missed:3}")
        right, false, missed = (sum(n for (w, _), n in counts.items() if w == x) for x in ("right", "false", "missed"))
        precision, recall = right / max(1, right + false), right / max(1, right + missed)
        print(f"{half:8} all: precision {precision:.3f} recall {recall:.3f} of {right + missed}")
    return 0


def read_marks(path: Path, text_of: TextOf) -> Iterator[tuple[str, str, set[Key]]]:
    """Yield the half, text and marked rows of each line; a line without a text names its store and source.

    Raises:
        SystemExit: A text is not there.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row.get("text") or text_of(row["store"], row["source"])
        if text is None:
            raise SystemExit(f"{row['source']} is not in the store {row['store']}; run benchmarks.evaluate first")
        yield row["half"], text, {(fold(r["person"]), r["kind"], fold(r.get("post", ""))) for r in row["rows"]}


def measure(marked: Iterator[tuple[str, str, set[Key]]]) -> dict[str, Counter[tuple[str, str]]]:
    """Return by half how many rows of each kind are `right`, `false` and `missed`."""
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for half, text, wanted in marked:
        found = {(fold(a.person), a.role.value, fold(a.post)) for a in find_appearances(text)}
        here = counts.setdefault(half, Counter())
        for what, keys in (("right", wanted & found), ("false", found - wanted), ("missed", wanted - found)):
            here.update((what, kind) for _, kind, _ in keys)
    return counts


if __name__ == "__main__":
    raise SystemExit(main())
