"""Every text inside the project was written for it: nothing of the scraped articles stands here."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.language.names import POST_HEAD

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "ingest" / "samples"
KINDS = {
    ".py",
    ".txt",
    ".md",
    ".toml",
    ".jsonl",
    ".json",
    ".tsv",
    ".csv",
    ".css",
    ".js",
    ".html",
    ".yml",
    ".yaml",
    ".cfg",
}
FOLDERS = ("qa", "ingest", "ui", "tests", "benchmarks", "training")
RUN, NAMES_RUN = 60, 90
"""Characters that may not stand in both; official names and posts of a list are facts, and longer."""

OFFICIAL = ["Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"]
"""Names of campaigns and the like, which have one wording only."""

GOLD = [json.loads(line) for line in (ROOT / "tests" / "samples_gold.jsonl").read_text(encoding="utf-8").splitlines()]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).casefold()


def files() -> Iterator[Path]:
    """Yield the text files of the project."""
    yield from (p for p in ROOT.glob("*") if p.is_file() and (p.suffix in KINDS or p.name == ".env.example"))
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in KINDS and "__pycache__" not in path.parts:
                yield path


def shared_runs(text: str, grams: dict[str, str], length: int) -> set[str]:
    return {text[i : i + length] for i in range(len(text) - length + 1) if text[i : i + length] in grams}


def titles(seeds: Path) -> Iterator[str]:
    """Yield the titles of the articles, which tests compare with."""
    for path in sorted(seeds.glob("*.txt")):
        opening = path.read_text(encoding="utf-8").splitlines()[:5]
        yield from (plain(line).strip() for line in opening if line.strip() and len(line) <= 120 and "." not in line)


def is_names_and_posts(run: str) -> bool:
    """Whether a run is only names and posts of a list: it names a post, and has no full stop."""
    return "." not in run and len(POST_HEAD.findall(run)) >= 1 and ("," in run or ";" in run)


@pytest.mark.seeds
def test_no_sentence_of_the_articles_stands_in_the_project(seeds: Path) -> None:
    texts = {p.name: plain(p.read_text(encoding="utf-8")) for p in sorted(seeds.glob("*.txt"))}
    assert texts
    grams = {t[i : i + RUN]: name for name, t in texts.items() for i in range(len(t) - RUN + 1)}
    whole = " ".join(texts.values())
    named = " | ".join([*map(plain, OFFICIAL), *titles(seeds)])
    found: dict[str, str] = {}
    checked = 0
    for path in files():
        checked += 1
        text = plain(path.read_text(encoding="utf-8"))
        for i in range(len(text) - RUN + 1):
            run = text[i : i + RUN]
            if run not in grams or run.strip() in named:
                continue
            in_samples = SAMPLES in path.parents or path.name == "samples_gold.jsonl"
            if in_samples and is_names_and_posts(run) and text[i : i + NAMES_RUN] not in whole:
                continue
            found.setdefault(str(path.relative_to(ROOT)), run)
    assert checked > 40
    assert found == {}


def test_the_check_itself_finds_a_run() -> None:
    text = plain("Hội nghị   bàn về việc phối hợp, có đông đủ mọi người từ bốn cơ quan về dự.")
    grams = {text[i : i + RUN]: "x" for i in range(len(text) - RUN + 1)}
    decomposed = unicodedata.normalize("NFD", "A. HỘI NGHỊ bàn về\nviệc phối hợp, có đông đủ mọi người từ bốn cơ quan")
    assert shared_runs(plain(decomposed), grams, RUN)
    assert not shared_runs(plain("Một câu khác hẳn, dài hơn sáu mươi ký tự và chẳng giống câu nào ở trên."), grams, RUN)


@pytest.mark.parametrize("row", GOLD, ids=[row["id"] for row in GOLD])
def test_the_evidence_of_the_gold_set_stands_in_its_sample(row: dict[str, list[str]]) -> None:
    assert bool(row["answers"]) == bool(row["source"]) == bool(row["evidence"])
    samples = [(SAMPLES / f"{name}.txt").read_text(encoding="utf-8") for name in row["source"]]
    for evidence in row["evidence"]:
        bare = re.sub(r"\s+", "", evidence)
        assert any(bare in re.sub(r"\s+", "", unicodedata.normalize("NFC", s)) for s in samples), evidence


def test_the_gold_set_is_varied() -> None:
    assert len({row["id"] for row in GOLD}) == len(GOLD) >= 40
    assert {row["lang"] for row in GOLD} == {"vi", "vi-plain", "en"}
    assert {name for row in GOLD for name in row["source"]} == {p.stem for p in SAMPLES.iterdir()}


def test_there_are_samples_enough_in_both_languages() -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted(SAMPLES.iterdir())]
    english = [t for t in texts if re.search(r"\b(?:the|and|of)\b", t)]
    assert len(texts) >= 8
    assert len(english) >= 2
    dirt = ["leftcenterrightdel", "-----", "(Ảnh:", "ảnh 1", "/.", "Tin cùng chuyên mục", "Các tin khác", "có ."]
    assert [d for d in dirt if not any(d in t for t in texts)] == []
