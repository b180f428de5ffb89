"""The endurance benchmark in small: ten kills, a full disk, two runs at once; and it can tell when something is wrong."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from benchmarks.corpus import Corpus, number_of
from benchmarks.kill import Trial, filler, limiter, small_disk, take_away
from ingest import ingest
from qa import Settings
from qa.embeddings import embedder_for
from qa.stores import LEDGER, Stores


@pytest.mark.timeout(150)
def test_six_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    trial = Trial(tmp_path, articles=60, seed=7)
    trial.kills(6)
    assert trial.summary.well, trial.summary
    assert trial.summary.kills == 6
    assert trial.summary.opened >= 3
    assert trial.summary.exact >= 1


@pytest.mark.timeout(120)
def test_two_runs_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    trial = Trial(tmp_path, articles=40, seed=3)
    trial.together(2)
    assert trial.summary.well, trial.summary
    assert trial.summary.exact == 3


@pytest.mark.timeout(120)
def test_files_that_may_not_grow_end_a_run_in_good_order(tmp_path: Path) -> None:
    trial = Trial(tmp_path, articles=40, seed=5)
    trial.disk_full(1, limiter(trial))
    assert trial.summary.well, trial.summary
    assert trial.summary.kills + trial.summary.finished == 1


@pytest.mark.timeout(120)
def test_a_full_disk_ends_a_run_in_good_order(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    if not small_disk(disk, megabytes=300):
        pytest.skip("only root may mount a file system")
    try:
        trial = Trial(tmp_path / "trial", articles=40, seed=5, data=disk / "data")
        trial.disk_full(1, filler(disk))
        assert trial.summary.well, trial.summary
    finally:
        take_away(disk)


def test_it_sees_what_is_lost_and_doubled_and_stale(tmp_path: Path) -> None:
    trial = Trial(tmp_path, articles=30, seed=1)
    settings = Settings(data_dir=trial.data)
    ingest([trial.corpus.folder], settings=settings, embedder=embedder_for())
    trial.compare()
    assert trial.summary.well
    stores = Stores(trial.data)
    ids = [a.id for a in stores.ledger.articles()]
    stores.close()
    with sqlite3.connect(trial.data / LEDGER) as db:
        db.execute("UPDATE articles SET state = 'earlier' WHERE id = ?", (ids[0],))
        db.execute("UPDATE articles SET content_hash = 'x' WHERE id = ?", (ids[1],))
        (title,) = db.execute("SELECT title FROM articles WHERE id = ?", (ids[3],)).fetchone()
        db.execute("UPDATE articles SET title = ? WHERE id = ?", (title, ids[2]))
    trial.look()
    assert trial.summary.lost == 2  # one that is gone, one that goes by the name of another
    assert trial.summary.doubled == 1
    assert trial.summary.stale == 1
    trial.compare()
    assert trial.summary.problems  # the stores do not agree any more
    assert not trial.summary.well


def test_the_folder_is_the_same_for_the_same_seed_and_its_changes_are_told_by_it(tmp_path: Path) -> None:
    one, other = (Corpus(tmp_path / name, count=60, seed=9) for name in ("a", "b"))
    for _ in range(5):
        before = files(tmp_path / "a")
        one.mutate()
        other.mutate()
        assert files(tmp_path / "a") == files(tmp_path / "b") != before
    assert {p.suffix for p in (tmp_path / "a").rglob("*.*")} >= {".txt", ".json"}
    ingest([tmp_path / "a"], settings=Settings(data_dir=tmp_path / "data"), embedder=embedder_for())
    stores = Stores(tmp_path / "data")
    assert sorted(number_of(a.title) for a in stores.ledger.articles()) == sorted(one.numbers())
    stores.close()


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.*")}


@pytest.mark.timeout(120)
def test_the_command_prints_its_summary(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.kill", "--kills", "1", "--articles", "20", "--seed", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    summary = json.loads(done.stdout)
    assert summary["well"] is True
    assert summary["kills"] == 1
    assert {"kills", "opened", "lost", "doubled", "stale", "rounds", "seconds"} <= summary.keys()
    assert not list(tmp_path.iterdir())
