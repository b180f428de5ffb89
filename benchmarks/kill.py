"""Endurance: ingestion is killed at random moments, over and over, and nothing may be lost, doubled or stale.

    python -m benchmarks.kill --kills 100 --articles 2000 --seed 7
    python -m benchmarks.kill --disk-full        the disk fills up instead
    python -m benchmarks.kill --together         two ingestions start at the same time

A folder of synthetic articles changes, `hoibao ingest FOLDER --prune` starts and is killed with its workers. Then the
stores must open, answer a search and be compared without an error, and every article must be there in its old form or its
new one. Every so often, and at the end, a run goes to its end, and the ledger must hold exactly what an ingestion into a
fresh data directory gives. A JSON summary goes to standard output; exit status 1 says that something was wrong.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.corpus import Corpus, number_of
from ingest import ingest
from ingest.find import FoundFile, find
from ingest.reading import Task, Terms, read_file
from qa.embeddings import embedder_for
from qa.errors import HoibaoError
from qa.settings import Settings
from qa.staging import Prepared
from qa.stores import WRITER, Stores
from qa.terms import Group, Term

__all__ = ["Summary", "Trial", "main"]

ROOT = Path(__file__).resolve().parent.parent
EXACT_EVERY = 10
"""Kills after which a run goes to its end and is compared."""
LONGEST = 600.0
"""Seconds after which a run is taken to hang."""


@dataclass(slots=True)
class Summary:
    """What was seen.

    Attributes:
        kills: Runs that were killed, or that the full disk or the other run kept from their end.
        finished: Runs that were to be killed and had ended before.
        opened: Times the stores were opened and searched after that.
        exact: Times the ledger was compared with a fresh ingestion.
        lost: Articles that were not there.
        doubled: Articles that were there twice.
        stale: Articles that were there in a form that their file has not, or has no more.
        problems: Everything else that was wrong.
        rounds: Changes of the folder.
        seconds: Time taken.
    """

    kills: int = 0
    finished: int = 0
    opened: int = 0
    exact: int = 0
    lost: int = 0
    doubled: int = 0
    stale: int = 0
    problems: list[str] = field(default_factory=list)
    rounds: int = 0
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        """Whether nothing was wrong."""
        return not (self.lost or self.doubled or self.stale or self.problems)


class Trial:
    """A folder, its data directory, and the runs over them.

    Args:
        root: An empty folder for all of it.
        articles: How many articles there are at first.
        seed: What chance begins with.
        data: The data directory, when it is to be elsewhere.
    """

    def __init__(self, root: Path, *, articles: int, seed: int, data: Path | None = None) -> None:
        self.root = root
        self.data = data or root / "data"
        self.summary = Summary()
        self.corpus = Corpus(root / "news", count=articles, seed=seed)
        self._chance = random.Random(seed + 1)  # noqa: S311 - moments, not secrets
        self._expected = 3.0  # seconds a run works once it has begun; found out as it goes
        self._forms: dict[str, set[str]] = {}  # content hashes an article may have by now, by source
        self._settled: set[int] = set()  # numbers of articles that the last whole run left, and that are still there
        self._fresh = 0
        self._read: dict[FoundFile, list[tuple[str, str]]] = {}
        self.limit: Callable[[], None] | None = None  # called in the process of each run before it begins

    # --- runs -----------------------------------------------------------------------------------------------------------

    def start(self, *options: str) -> "subprocess.Popen[bytes]":
        """Start `hoibao ingest FOLDER --prune`, as the leader of a group of its own."""
        code = "from ui.cli import main; main()"
        arguments = ["ingest", str(self.corpus.folder), "--prune", "--data-dir", str(self.data), *options]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("HOIBAO_")}
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env={**environment, "PYTHONPATH": str(ROOT), "HOIBAO_WORKERS": "2"},
            cwd=self.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=self.limit,
        )

    def finish(self, process: "subprocess.Popen[bytes]") -> tuple[int, str]:
        """Wait for a run to end; return its exit status and what it said."""
        try:
            _, said = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            kill(process)
            self.summary.problems.append(f"a run did not end within {LONGEST:g} s")
            return -1, ""
        return process.returncode, said.decode(errors="replace")

    def whole(self) -> None:
        """Have a run go to its end; compare the ledger with what a fresh ingestion gives."""
        status, said = self.finish(self.start())
        if status != 0:
            self.summary.problems.append(f"a run that was left alone ended with {status}: {said[-500:]}")
        self.compare()

    def compare(self) -> None:
        """Compare the ledger, row by row, with that of an ingestion into a fresh data directory, and verify the stores."""
        self._fresh += 1
        fresh = self.root / f"fresh-{self._fresh}"
        ingest([self.corpus.folder], settings=Settings(data_dir=fresh, workers=2), embedder=embedder_for())
        expected, found = _rows(fresh), _rows(self.data)
        shutil.rmtree(fresh)
        self.summary.exact += 1
        self.summary.lost += len(expected.keys() - found.keys())
        self.summary.stale += len(found.keys() - expected.keys())
        self.summary.doubled += sum(n - 1 for n in found.values()) - sum(n - 1 for n in expected.values())
        stores = Stores(self.data)
        self.summary.problems += stores.verify().problems
        stores.close()
        self._forms = {}
        for source, content in (*found, *self._now()):
            self._forms.setdefault(source, set()).add(content)
        self._settled = self.corpus.numbers()

    # --- rounds ---------------------------------------------------------------------------------------------------------

    def change(self) -> None:
        """Change the folder, and note in what forms its articles may be from now on."""
        self.summary.rounds += 1
        self.corpus.mutate()
        self._settled &= self.corpus.numbers()
        for source, content in self._now():
            self._forms.setdefault(source, set()).add(content)

    def _now(self) -> Iterator[tuple[str, str]]:
        """Yield source and content hash of every article in the folder; only files that changed are read."""
        for file in find([self.corpus.folder]).files:
            if file not in self._read:
                task = Task(file.path, file.label, "", {}, Terms())
                prepared = (m for m in read_file(task) if isinstance(m, Prepared))
                self._read[file] = [(p.label, p.row.content_hash) for p in prepared]
            yield from self._read[file]

    def kill_once(self) -> None:
        """Change the folder, start a run, kill it at a random moment, and look at what it left."""
        self.change()
        process = self.start()
        if self._chance.random() < 0.8:  # else at any moment, also while it loads
            while process.poll() is None and not self._writes(process.pid):
                time.sleep(0.005)
        with suppress(subprocess.TimeoutExpired):
            process.wait(self._chance.uniform(0, self._expected * 1.1))
        ended = process.poll() is not None
        if ended and process.returncode:
            self.summary.problems.append(f"a run ended with {process.returncode}: {self.finish(process)[1][-500:]}")
        kill(process)
        self.summary.finished += ended
        self.summary.kills += not ended
        self._expected *= 0.8 if ended else 1.05
        self.look()

    def look(self) -> None:
        """Open the stores as a reader does, search them, verify them, and see that every article is whole."""
        if not self.data.exists():
            return
        try:
            stores = Stores(self.data)
            live = list(stores.ledger.articles())
            if live:
                self._search(stores)
            stores.verify()
            stores.close()
            self.summary.opened += 1
        except HoibaoError as exc:
            if live_ever(self.data):
                self.summary.problems.append(f"the stores cannot be used: {type(exc).__name__}: {exc}")
            return
        numbers = Counter(number_of(a.title) for a in live)
        self.summary.lost += len(self._settled - numbers.keys())
        self.summary.doubled += sum(n - 1 for n in numbers.values())
        self.summary.stale += sum(a.content_hash not in self._forms.get(a.source, ()) for a in live)

    def _search(self, stores: Stores) -> None:
        numbers = stores.words.search([Group(((Term("words", "hồ"),),)), Group(((Term("words", "sông"),),))], k=20)
        nearest = stores.vectors.search(embedder_for().encode_query("chợ bên sông"), k=20)
        found = stores.ledger.find([n for n, _ in [*numbers, *nearest]])
        if any(p.text != a.text[p.start : p.end] for p, a in found.values()):
            self.summary.problems.append("a passage that was found does not match its article")
        if not found:
            self.summary.problems.append("a search over live articles finds nothing")

    def _writes(self, pid: int) -> bool:
        try:
            return bool(json.loads((self.data / WRITER).read_text(encoding="utf-8"))["process"] == pid)
        except (OSError, ValueError, KeyError):
            return False

    # --- the three ways -------------------------------------------------------------------------------------------------

    def kills(self, count: int) -> None:
        """Kill so many runs; compare every so often and at the end."""
        while self.summary.kills < count:
            self.kill_once()
            if (self.summary.kills + self.summary.finished) % EXACT_EVERY == 0 and self.summary.kills < count:
                self.whole()
        self.whole()

    def together(self, count: int) -> None:
        """Start two runs at the same time, so many times: one may be refused, and waits every other time."""
        self.whole()
        for n in range(count):
            self.change()
            options = ("--wait", str(LONGEST)) if n % 2 else ()
            pair = [self.start(*options), self.start(*options)]
            ended = [self.finish(process) for process in pair]
            refused = [said for status, said in ended if status == 2 and "Another process is writing" in said]
            well = [status for status, _ in ended if status == 0]
            self.summary.kills += len(refused)
            if len(well) + len(refused) != 2 or not well or (options and refused):
                self.summary.problems.append(f"of two runs at once, they ended so: {ended}")
            self.look()
            self.compare()

    def disk_full(self, count: int, fill: Callable[[int], Callable[[], None]]) -> None:
        """Have so many runs meet a full disk, then give the room back; `fill` fills it and returns what undoes it."""
        self.whole()
        for _ in range(count):
            self.change()
            undo = fill(self._chance.randint(0, 3_000_000))
            try:
                status, said = self.finish(self.start())
                if "Traceback" in said or status not in {0, 2}:
                    self.summary.problems.append(f"on a full disk a run ended with {status}: {said[-500:]}")
                self.summary.kills += status == 2
                self.summary.finished += status == 0
            finally:
                undo()
            self.look()
            self.whole()


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a run with its workers."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stderr is not None:
        process.stderr.close()


def live_ever(data: Path) -> bool:
    """Return whether anything was ever published there; before, a reader may well be told that there is nothing."""
    try:
        stores = Stores(data)
        found = stores.model is not None
        stores.close()
    except HoibaoError:
        return False
    return found


def _rows(data: Path) -> Counter[tuple[str, str]]:
    stores = Stores(data)
    found = Counter((a.source, a.content_hash) for a in stores.ledger.articles())
    stores.close()
    return found


# --- a disk that fills up -------------------------------------------------------------------------------------------------


def small_disk(folder: Path, *, megabytes: int) -> bool:
    """Mount a small file system on `folder`; return whether that was allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    return shutil.which("mount") is not None and subprocess.run(mount, capture_output=True, check=False).returncode == 0


def take_away(disk: Path) -> None:
    """Unmount what `small_disk` mounted, now for all who look and in truth once the last open file on it is closed."""
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # noqa: S607 - our own mount


def filler(disk: Path) -> Callable[[int], Callable[[], None]]:
    """Return what fills a disk but for so many bytes."""

    def fill(room: int) -> Callable[[], None]:
        path = disk / "filler"
        free = shutil.disk_usage(disk).free - room
        with path.open("wb") as stream:
            if free > 0:
                os.posix_fallocate(stream.fileno(), 0, free)
        return path.unlink

    return fill


def limiter(trial: Trial) -> Callable[[int], Callable[[], None]]:
    """Return what keeps every file of a run below a size, where no disk can be mounted."""

    def fill(room: int) -> Callable[[], None]:
        largest = max((p.stat().st_size for p in trial.data.rglob("*") if p.is_file()), default=0)
        size = min(room, largest) + 1
        trial.limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        def undo() -> None:
            trial.limit = None

        return undo

    return fill


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its summary; return the exit status."""
    parser = argparse.ArgumentParser(description="Kill ingestion over and over; nothing may be lost, doubled or stale.")
    parser.add_argument("--kills", type=int, default=100, help="how many runs are cut off")
    parser.add_argument("--articles", type=int, default=2000, help="how many articles there are at first")
    parser.add_argument("--seed", type=int, default=7, help="what chance begins with")
    parser.add_argument("--disk-full", action="store_true", help="fill the disk instead of killing")
    parser.add_argument("--together", action="store_true", help="start two runs at the same time instead of killing")
    parser.add_argument("--megabytes", type=int, default=1000, help="size of the disk that is filled")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hoibao-kill-") as folder:
        root = Path(folder)
        disk = root / "disk"
        mounted = given.disk_full and small_disk(disk, megabytes=given.megabytes)
        data = disk / "data" if mounted else None
        trial = Trial(root, articles=given.articles, seed=given.seed, data=data)
        try:
            if given.disk_full:
                trial.disk_full(given.kills, filler(disk) if mounted else limiter(trial))
            elif given.together:
                trial.together(given.kills)
            else:
                trial.kills(given.kills)
        finally:
            if mounted:
                take_away(disk)
    trial.summary.seconds = round(time.monotonic() - began, 1)
    summary = {**asdict(trial.summary), "problems": trial.summary.problems[:20], "well": trial.summary.well}
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 0 if trial.summary.well else 1


if __name__ == "__main__":
    sys.exit(main())
