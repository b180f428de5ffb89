"""What the tests of ingestion share: a model that needs no files, articles written by rule, and looks into the stores."""

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest import Event, IngestReport, ingest
from qa import Settings
from qa.language.forms import words
from qa.stores import Stores
from qa.terms import Group, Term

ROOT = Path(__file__).resolve().parent.parent

FLOOD = "Lũ về sông Quảng\n\nĐê bao vỡ lúc rạng sáng.\n\nHàng trăm hộ dân sơ tán trong đêm.\n"
HARVEST = "Vụ lúa được mùa\n\nNăng suất đạt bảy tấn mỗi hecta.\n"
BRIDGE = "New bridge opens\n\nTraffic began to cross at noon.\n"
LONG = (
    "Bến tàu Cửa Hạ mở lại\n\n"
    "Sau ba tháng sửa chữa, bến tàu Cửa Hạ đón chuyến đầu tiên vào sáng thứ hai với hơn hai trăm hành khách. "
    "Chủ bến cho biết cầu cảng đã được nâng thêm nửa mét để tránh triều cường cuối năm. "
    "Giá vé đi đảo Hòn Sim giữ nguyên, người già và trẻ nhỏ được miễn phí. "
    "Đội cứu hộ trực tại bến từ năm giờ sáng đến chín giờ tối mỗi ngày.\n"
)
"""Long enough for a word to change and the two texts to be near-copies."""


class HashedWords:
    """A model that needs no files: hashed bags of words."""

    def __init__(self, name: str = "hashed-words") -> None:
        self.name = name
        self.texts: list[str] = []

    def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
        self.texts += texts
        vectors = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 0.1
            for word in words(text):
                row[zlib.crc32(word.encode()) % 64] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


class Archive:
    """A folder of articles and the data directory they go to."""

    def __init__(self, root: Path, name: str = "báo") -> None:
        self.folder = root / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings = Settings(data_dir=root / "data", workers=2)
        self.embedder = HashedWords()

    def write(self, name: str, content: str | bytes) -> Path:
        return write(self.folder / name, content)

    def run(self, *paths: Path, prune: bool = False, **options: object) -> IngestReport:
        given = paths or (self.folder,)
        return ingest(given, settings=self.settings, embedder=self.embedder, prune=prune, **options)  # type: ignore[arg-type]

    def texts(self) -> dict[str, str]:
        """Return the live articles, text by source."""
        return texts(self.settings)

    def ids(self) -> dict[str, str]:
        """Return the ids of the live articles by source."""
        stores = Stores(self.settings.data_dir)
        found = {a.source: a.id for a in stores.ledger.articles()}
        stores.close()
        return found


def write(path: Path, content: str | bytes) -> Path:
    """Write a file so that its time differs from before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat().st_mtime_ns if path.exists() else None
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    if before is not None:
        os.utime(path, ns=(before, before + 10**9))  # the clock of files may stand still between two writes
    return path


def jsonl(records: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


def record(id: str, title: str, text: str, **others: object) -> dict[str, object]:
    return {"id": id, "title": title, "text": text, **others}


def texts(settings: Settings) -> dict[str, str]:
    stores = Stores(settings.data_dir)
    found = {a.source: a.text for a in stores.ledger.articles()}
    stores.close()
    return found


def holding(settings: Settings, word: str) -> set[str]:
    """Return the sources of the articles found by a word."""
    stores = Stores(settings.data_dir)
    numbers = [n for n, _ in stores.words.search([Group(((Term("words", word),),))], k=100)]
    found = {a.source for _, a in stores.ledger.find(numbers).values()}
    stores.close()
    return found


def agree(settings: Settings, articles: int) -> None:
    """Check that the three stores agree, and hold so many articles."""
    stores = Stores(settings.data_dir)
    verification = stores.verify()
    stores.close()
    assert verification.problems == ()
    assert verification.articles == articles


def children() -> set[int]:
    """Return the processes that this one has started and that are still there."""
    found = set()
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(FileNotFoundError):  # the thread has ended
            found.update(map(int, (task / "children").read_text().split()))
    return found


def whats(events: Iterable[Event]) -> list[str]:
    return [e.what if hasattr(e, "what") else e.stage for e in events]
