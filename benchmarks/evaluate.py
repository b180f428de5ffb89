"""How good retrieval and answers are, over every gold set there is.

    python -m benchmarks.evaluate ../shared --work data/eval

The folder of gold sets holds `tools/corpora.py`, which writes the corpora, `seeds` and `eval`. Without it the ten samples are
measured alone. Corpora are written only when what they are made of has changed, and articles are ingested only when they have.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from ui.evaluate import measure_tables

__all__ = ["GoldSet", "gold_sets", "measure"]

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 120


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Questions and the articles they are asked of.

    Attributes:
        store: Name of the data directory; sets with the same articles share one.
        articles: The folder that is ingested, and that quotations are looked up in.
        retrieval: Whether no answers are read.
    """

    name: str
    gold: Path
    store: str
    articles: Path
    retrieval: bool = False


def main(arguments: list[str] | None = None) -> int:
    """Measure every set; print tables over all, save one run a set."""
    parser = argparse.ArgumentParser(description="Measure retrieval and answers.")
    parser.add_argument("shared", type=Path, help="folder of the gold sets")
    parser.add_argument("--work", type=Path, default=Path("data/eval"), help="where corpora, stores and runs go")
    parser.add_argument("--only", nargs="*", help="names of sets")
    options = parser.parse_args(arguments)
    chosen = [s for s in gold_sets(options.shared, options.work) if not options.only or s.name in options.only]
    if not chosen:
        raise SystemExit(f"There is no set called {' or '.join(options.only)}")
    if any(options.work in s.articles.parents for s in chosen):
        _write_corpora(options.shared, options.work)
    for store, articles in {s.store: s.articles for s in chosen}.items():
        _hoibao("ingest", articles, "--prune", "--data-dir", _data(options.work, store))
    groups: list[tuple[str, dict[str, Any]] | None] = []
    for gold_set in chosen:
        summary = measure(gold_set, options.work)["summary"]
        groups += [None] if groups else []
        groups += [(gold_set.name, summary["all"])]
        groups += [(f"  {language}", row) for language, row in summary["languages"].items()]
    console = Console(width=WIDTH, highlight=False)
    for table in measure_tables(groups, "gold sets"):
        console.print(table)
    return 0


def gold_sets(shared: Path, work: Path) -> list[GoldSet]:
    """Return the sets that can be measured; the samples alone when there is no `shared` folder."""
    samples = GoldSet("samples", ROOT / "tests" / "samples_gold.jsonl", "samples", ROOT / "ingest" / "samples")
    if not (shared / "tools" / "corpora.py").is_file():
        print(f"{shared} holds no gold sets; the samples are measured alone", file=sys.stderr)
        return [samples]
    made = work / "corpora"
    return [
        samples,
        GoldSet("dev_seeds", shared / "eval" / "dev_seeds.jsonl", "seeds", shared / "seeds"),
        GoldSet("dev_news", shared / "eval" / "dev_news.jsonl", "news", made / "news"),
        GoldSet("plain_news", made / "plain_news.jsonl", "news", made / "news"),
        GoldSet("xquad", made / "xquad_gold.jsonl", "xquad", made / "xquad", retrieval=True),
    ]


def measure(gold_set: GoldSet, work: Path) -> dict[str, Any]:
    """Measure one set with the command that people use; return the run, which is saved as `NAME.json`, too."""
    output = work / f"{gold_set.name}.json"
    how: list[str | Path] = ["--retrieval"] if gold_set.retrieval else ["--corpus", gold_set.articles]
    _hoibao("eval", gold_set.gold, "--output", output, "--json", *how, "--data-dir", _data(work, gold_set.store))
    run: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return run


def _write_corpora(shared: Path, work: Path) -> None:
    """Have the corpora written, unless they were written from the same files before."""
    folder, tool = work / "corpora", shared / "tools" / "corpora.py"
    digest = hashlib.sha256()
    for path in [tool, *sorted(p for p in (shared / "eval").iterdir() if p.is_file())]:
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    made_of = folder / "made-of"
    if made_of.exists() and made_of.read_text(encoding="utf-8") == digest.hexdigest():
        return
    made_of.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, str(tool), str(folder)], check=True, stdout=sys.stderr)
    made_of.write_text(digest.hexdigest(), encoding="utf-8")


def _data(work: Path, store: str) -> Path:
    return work / "stores" / store


def _hoibao(*arguments: str | Path) -> None:
    command = [sys.executable, "-c", "from ui.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):  # 1: something was refused and named; the rest is done
        raise SystemExit(f"hoibao {arguments[0]} ended with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
