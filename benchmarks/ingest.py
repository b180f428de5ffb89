"""How long ingestion takes and how much memory: from nothing, with nothing new, and for one new article.

    python -m benchmarks.ingest CORPUS.jsonl.xz --sizes 1000 2000 5000 10000 20000 --plot benchmarks/ingest.png

The corpus holds one article a line, `{"id", "text"}`. Each size is measured in processes of their own, over a folder of one
file an article and over the corpus as one file, with the command that people use.
"""

import argparse
import json
import lzma
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import psutil

__all__ = ["Measured", "measure"]

NEW = "Khánh thành cầu Bến Sắn\n\nSáng 3/9, cầu Bến Sắn được thông xe sau mười bốn tháng thi công. Lễ cắt băng do ông Lê Văn Thử chủ trì.\n"
QUESTION = "Cầu Bến Sắn được thông xe khi nào?"
TICK = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One command.

    Attributes:
        articles: Articles in the corpus.
        layout: `folder` of one file an article, or one `file`.
        step: `from nothing`, `nothing new`, `one new`.
        wall: Seconds from the start of the process to its end.
        run: Seconds the run itself took, once everything was loaded.
        cpu: Seconds of processor time, of all its processes.
        memory: Most memory held at once by all its processes, megabytes (proportional set size).
    """

    articles: int
    layout: str
    step: str
    wall: float
    run: float
    cpu: float
    memory: float


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; print one JSON object a line."""
    parser = argparse.ArgumentParser(description="Measure ingestion.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[0], help="articles; 0 for all")
    parser.add_argument("--layouts", nargs="*", default=["folder", "file"], choices=["folder", "file"])
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args(arguments)
    found: list[Measured] = []
    for size in options.sizes:
        for layout in options.layouts:
            for measured in measure(options.corpus, size, layout):
                found.append(measured)
                print(json.dumps(asdict(measured)), flush=True)
    if options.plot:
        plot(found, options.plot)
    return 0


def measure(corpus: Path, size: int, layout: str) -> Iterator[Measured]:
    """Ingest the first `size` articles of a corpus (0: all) from nothing, again, and with one more."""
    with tempfile.TemporaryDirectory(prefix="hoibao-bench-") as scratch:
        articles, data = Path(scratch) / "articles", Path(scratch) / "data"
        articles.mkdir()
        count = _write(corpus, articles, size, layout)
        for step in ("from nothing", "nothing new", "one new"):
            if step == "one new":
                (articles / "new.txt").write_text(NEW, encoding="utf-8")
            yield _command(step, count, layout, articles, data)
        answer = _hoibao("ask", QUESTION, "--json", "--data-dir", str(data))
        if "3/9" not in json.loads(answer.stdout)["text"]:
            raise SystemExit("the new article does not answer")


def _write(corpus: Path, folder: Path, size: int, layout: str) -> int:
    opened = lzma.open if corpus.suffix == ".xz" else open
    with opened(corpus, "rt", encoding="utf-8") as lines:
        chosen = list(islice(lines, size or None))
    if layout == "file":
        with lzma.open(folder / "articles.jsonl.xz", "wt", encoding="utf-8", preset=1) as out:
            out.writelines(chosen)
    else:
        for line in chosen:
            article = json.loads(line)
            (folder / f"{article['id']}.txt").write_text(article["text"] + "\n", encoding="utf-8")
    return len(chosen)


def _command(step: str, count: int, layout: str, articles: Path, data: Path) -> Measured:
    began = time.perf_counter()
    process = subprocess.Popen(
        _arguments("ingest", str(articles), "--json", "--data-dir", str(data)), stdout=subprocess.PIPE
    )
    watch = _Memory(process.pid)
    out, _ = process.communicate()
    wall = time.perf_counter() - began
    if process.returncode != 0:
        raise SystemExit(f"hoibao ingest ended with {process.returncode}")
    report = json.loads(out)
    return Measured(count, layout, step, round(wall, 2), report["seconds"], round(watch.cpu, 1), round(watch.stop(), 0))


def _hoibao(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(_arguments(*arguments), stdout=subprocess.PIPE, check=True)


def _arguments(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from ui.cli import main; main()", *arguments]


class _Memory:
    """Looks at the memory and processor time of a process and its children until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._most = 0
        self._cpu: dict[int, float] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def cpu(self) -> float:
        return sum(self._cpu.values())

    def stop(self) -> float:
        self._done.set()
        self._thread.join()
        return self._most / 1e6

    def _look(self) -> None:
        while not self._done.wait(TICK):
            held = 0
            try:
                for process in [self._process, *self._process.children(recursive=True)]:
                    held += process.memory_full_info().pss
                    times = process.cpu_times()
                    self._cpu[process.pid] = times.user + times.system
            except psutil.Error:
                continue
            self._most = max(self._most, held)


def plot(found: list[Measured], path: Path) -> None:
    """Draw how each step grows with the number of articles."""
    import matplotlib  # only for the plot

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(12, 3.8), constrained_layout=True)
    for axis, step in zip(axes, ("from nothing", "nothing new", "one new"), strict=True):
        for layout in ("folder", "file"):
            points = sorted((m.articles, m.wall) for m in found if (m.step, m.layout) == (step, layout))
            if points:
                axis.plot(*zip(*points, strict=True), marker="o", label=layout)
        axis.set(title=step, xlabel="articles", ylabel="seconds, whole command", ylim=(0, None), xlim=(0, None))
        axis.legend()
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    sys.exit(main())
