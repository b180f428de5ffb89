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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from ui.evaluate import measure_tables

__all__ = ["GoldSet", "data_dir", "gold_sets", "measure", "prepare"]

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "benchmarks" / "questions"
"""Questions written for Hoibao about articles of the news corpus."""
WIDTH = 120


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Questions and the articles they are asked of.

    Attributes:
        store: Name of the data directory; sets with the same articles share one.
        articles: The folder that is ingested, and that quotations are looked up in.
        retrieval: Whether no answers are read.
        learned_from: Whether weights are learned from it, too; its figures are then those of `training`, cross-validated.
    """

    name: str
    gold: Path
    store: str
    articles: Path
    retrieval: bool = False
    learned_from: bool = True


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
    prepare(options.shared, options.work, chosen)
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
        GoldSet("written", QUESTIONS / "news.jsonl", "news", made / "news"),
        GoldSet("second", QUESTIONS / "news_second.jsonl", "news", made / "news"),
        GoldSet("second_held_out", QUESTIONS / "news_second_held_out.jsonl", "news", made / "news", learned_from=False),
        GoldSet("held_out", QUESTIONS / "news_held_out.jsonl", "news", made / "news", learned_from=False),
        GoldSet("third", QUESTIONS / "news_third.jsonl", "news", made / "news"),
        GoldSet("third_held_out", QUESTIONS / "news_third_held_out.jsonl", "news", made / "news", learned_from=False),
        GoldSet("fourth_held_out", QUESTIONS / "news_fourth_held_out.jsonl", "news", made / "news", learned_from=False),
        GoldSet("fifth", QUESTIONS / "news_fifth.jsonl", "news", made / "news", learned_from=False),
        GoldSet("fifth_held_out", QUESTIONS / "news_fifth_held_out.jsonl", "news", made / "news", learned_from=False),
        GoldSet("dev_news", shared / "eval" / "dev_news.jsonl", "news", made / "news"),
        GoldSet("plain_news", made / "plain_news.jsonl", "news", made / "news"),
        GoldSet("talk_seeds", QUESTIONS / "conversations_seeds.jsonl", "seeds", shared / "seeds", learned_from=False),
        GoldSet("talk_news", QUESTIONS / "conversations_news.jsonl", "news", made / "news", learned_from=False),
        GoldSet("talk_second", QUESTIONS / "conversations_second.jsonl", "news", made / "news", learned_from=False),
        GoldSet(
            "talk_second_held_out",
            QUESTIONS / "conversations_second_held_out.jsonl",
            "news",
            made / "news",
            learned_from=False,
        ),
        GoldSet(
            "talk_third_held_out",
            QUESTIONS / "conversations_third_held_out.jsonl",
            "news",
            made / "news",
            learned_from=False,
        ),
        GoldSet("talk_fourth", QUESTIONS / "conversations_fourth.jsonl", "news", made / "news", learned_from=False),
        GoldSet("talk_fifth", QUESTIONS / "conversations_fifth.jsonl", "news", made / "news", learned_from=False),
        GoldSet("talk_sixth", QUESTIONS / "conversations_sixth.jsonl", "news", made / "news", learned_from=False),
        GoldSet(
            "talk_sixth_held_out",
            QUESTIONS / "conversations_sixth_held_out.jsonl",
            "news",
            made / "news",
            learned_from=False,
        ),
        GoldSet("talk_seventh", QUESTIONS / "conversations_seventh.jsonl", "news", made / "news", learned_from=False),
        GoldSet(
            "talk_seventh_held_out",
            QUESTIONS / "conversations_seventh_held_out.jsonl",
            "news",
            made / "news",
            learned_from=False,
        ),
        GoldSet("talk_eighth", QUESTIONS / "conversations_eighth.jsonl", "news", made / "news", learned_from=False),
        GoldSet(
            "talk_eighth_held_out",
            QUESTIONS / "conversations_eighth_held_out.jsonl",
            "news",
            made / "news",
            learned_from=False,
        ),
        GoldSet("xquad", made / "xquad_gold.jsonl", "xquad", made / "xquad", retrieval=True),
    ]


def prepare(shared: Path, work: Path, sets: Sequence[GoldSet]) -> None:
    """Write the corpora and bring the articles of the sets in, as far as that has not been done."""
    if any(work in s.articles.parents for s in sets):
        _write_corpora(shared, work)
    for store, articles in {s.store: s.articles for s in sets}.items():
        _hoibao("ingest", articles, "--prune", "--data-dir", data_dir(work, store))


def data_dir(work: Path, store: str) -> Path:
    """Return the data directory of a store."""
    return work / "stores" / store


def measure(gold_set: GoldSet, work: Path) -> dict[str, Any]:
    """Measure one set with the command that people use; return the run, which is saved as `NAME.json`, too."""
    output = work / f"{gold_set.name}.json"
    how: list[str | Path] = ["--retrieval"] if gold_set.retrieval else ["--corpus", gold_set.articles]
    _hoibao("eval", gold_set.gold, "--output", output, "--json", *how, "--data-dir", data_dir(work, gold_set.store))
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


def _hoibao(*arguments: str | Path) -> None:
    command = [sys.executable, "-c", "from ui.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):  # 1: something was refused and named; the rest is done
        raise SystemExit(f"hoibao {arguments[0]} ended with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
