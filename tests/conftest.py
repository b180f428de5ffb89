"""Shared fixtures: a clean environment, the real model loaded once, the samples ingested once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from reader_support import launched

from ingest import ingest
from qa import NewsAssistant, Settings, load_settings
from qa.embeddings import TextEmbeddings, embedder_for

hypothesis.settings.register_profile("hoibao", deadline=None)
hypothesis.settings.load_profile("hoibao")  # how long an example takes says nothing on a busy machine

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "ingest" / "samples"
SEEDS = ROOT.parent / "shared" / "seeds"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, those of Chromium, so that no process is left with one of them at the end."""
    slow = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the user's reaches a test, and the working folder holds no .env."""
    for name in list(os.environ):
        if name.startswith("HOIBAO_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium; the tests are skipped where there is none. Of a module: while it runs, no other event loop can."""
    with launched() as opened:
        yield opened


@pytest.fixture(scope="session")
def embeddings() -> TextEmbeddings:
    """The model that comes with Hoibao, loaded once."""
    return embedder_for()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings over an empty data directory."""
    return load_settings(data_dir=tmp_path / "data")


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory, embeddings: TextEmbeddings) -> Path:
    """A data directory with the samples in it; not to be written to: copy it with `fresh_samples`."""
    data = tmp_path_factory.mktemp("samples") / "data"
    report = ingest([SAMPLES], settings=Settings(data_dir=data), embedder=embeddings)
    assert not report.refused
    return data


@pytest.fixture
def fresh_samples(sample_data: Path, tmp_path: Path) -> Path:
    """A copy of the data directory with the samples, to be written to."""
    return Path(shutil.copytree(sample_data, tmp_path / "samples-data"))


@pytest.fixture(scope="session")
def assistant(sample_data: Path, embeddings: TextEmbeddings) -> Iterator[NewsAssistant]:
    """The assistant over the samples."""
    settings = Settings(data_dir=sample_data)
    opened = NewsAssistant.open(settings=settings)
    opened.retriever = opened.retriever.model_copy(update={"embeddings": embeddings})
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The scraped articles beside the checkout; tests that need them are skipped without them."""
    if not SEEDS.is_dir():
        pytest.skip("../shared/seeds is not beside this checkout")
    return SEEDS
