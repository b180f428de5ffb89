"""Bad files of every format: none may crash or hang a run, and each is named in its report.

    python -m benchmarks.fuzz --files 2000 --seed 7

The files come from `tests/bad_files.py`: valid ones of every format, cut, mixed, nested, inflated, wrongly encoded. A good
article stands among them; it must be answerable afterwards.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from bad_files import generate

from ingest import IngestReport, ingest
from qa import NewsAssistant, Settings
from qa.stores import Stores

__all__ = ["main"]

GOOD = "Khởi công hồ Đá Xanh\n\nSáng 2/4/2021, tỉnh Phú Lộc khởi công hồ chứa nước Đá Xanh với kinh phí 240 tỷ đồng.\n"
QUESTION = "Hồ chứa nước Đá Xanh khởi công khi nào?"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; print a JSON object; return 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description="Ingest bad files.")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hoibao-fuzz-") as scratch:
        folder, settings = Path(scratch) / "bad", Settings(data_dir=Path(scratch) / "data")
        folder.mkdir()
        (folder / "good.txt").write_text(GOOD, encoding="utf-8")
        made = {}
        for number, (name, data) in enumerate(generate(options.files, options.seed)):
            path = folder / f"{number:05d}-{Path(name).name}"
            path.write_bytes(data)
            made[str(path)] = len(data)
        began = time.perf_counter()
        report = ingest([folder], settings=settings)
        seconds = time.perf_counter() - began
        told = _told(report, settings)
        silent = sorted(Path(p).name for p in made if p not in told)
        stores = Stores(settings.data_dir)
        problems = list(stores.verify().problems)
        stores.close()
        again = ingest([folder], settings=settings)
        answered = "2/4" in NewsAssistant.open(settings=settings).ask(QUESTION).text
    reasons = [str(e) for e in report.refused]
    summary = {
        "files": len(made),
        "articles": report.articles,
        "refused": len(report.refused),
        "crashed": sum("crashed" in r for r in reasons),
        "too slow": sum("takes more than" in r for r in reasons),
        "not named": silent,
        "problems": problems,
        "good one answers": answered,
        "second run reads": len(again.added) + len(again.updated),
        "seconds": round(seconds, 1),
    }
    print(json.dumps(summary, ensure_ascii=False, indent=1))
    return int(bool(silent or problems or not answered or summary["crashed"] or summary["second run reads"]))


def _told(report: IngestReport, settings: Settings) -> set[str]:
    """Return the files of which the report, or the collection, says something."""
    named = {e.path.split("#")[0] for e in report.refused}
    stores = Stores(settings.data_dir)
    named |= {path for path in stores.ledger.sources.files() if stores.ledger.sources.of_file(path)}
    stores.close()
    return named


if __name__ == "__main__":
    sys.exit(main())
