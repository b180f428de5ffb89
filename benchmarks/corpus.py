"""A folder of articles made by rule, that changes by chance: what the endurance runs read."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Corpus", "number_of"]

_SYLLABLES = "bến cầu đò làng chợ sông lúa thuyền trường đê vườn đồi giếng xưởng quán ga cảng kênh rừng mỏ".split()
_NAMES = "An Bình Cát Dương Giang Hạ Khê Lâm Mạch Ngàn Phú Quảng Sơn Tân Uyên Vân Xuyên Yên".split()
_DEEDS = "mở sửa dời đóng khánh thành mua bán khảo sát trồng đo vẽ nạo vét dựng tháo sơn lát kéo".split()
_THINGS = "mái ngói bờ kè cột điện ống nước sân phơi hàng rào đường đất cổng đá bậc thang ao cá kho thóc".split()

RECORDS = 20
"""Records of a container."""
FEWEST = 5
"""Files that are never removed."""


@dataclass(slots=True)
class _Article:
    number: int
    version: int = 0

    @property
    def title(self) -> str:
        chosen = random.Random(self.number)  # noqa: S311 - by rule, not by secret
        return f"{chosen.choice(_SYLLABLES).capitalize()} {chosen.choice(_NAMES)}, hồ sơ {self.number:07d}"

    @property
    def text(self) -> str:
        """Four to twelve sentences, the last one of which says which version this is."""
        chosen = random.Random(f"{self.number}/{self.version}")  # noqa: S311 - as above
        sentences = [
            f"Ngày {chosen.randint(1, 28)}/{chosen.randint(1, 12)}/{chosen.randint(2005, 2023)}, {chosen.choice(_SYLLABLES)} "
            f"{chosen.choice(_NAMES)} {chosen.choice(_NAMES)} {chosen.choice(_DEEDS)} {chosen.randint(2, 9999)} "
            f"{chosen.choice(_THINGS)} {chosen.choice(_THINGS)} cạnh {chosen.choice(_SYLLABLES)} {chosen.choice(_NAMES)}."
            for _ in range(chosen.randint(4, 12))
        ]
        return " ".join([*sentences, f"Đây là bản thứ {self.version} của hồ sơ {self.number:07d}."])


class Corpus:
    """The folder; every change is written at once.

    Args:
        folder: Where the files go.
        count: How many articles there are at first, about.
        seed: What chance begins with.
    """

    def __init__(self, folder: Path, *, count: int, seed: int) -> None:
        self.folder = folder
        self._chance = random.Random(seed)  # noqa: S311 - by rule, not by secret
        self._next = 0
        self._files: dict[str, list[_Article]] = {}
        folder.mkdir(parents=True)
        self._add(".jsonl")
        while self._next < count:
            self._add()

    def numbers(self) -> set[int]:
        """Return the numbers of the articles that the folder holds."""
        return {article.number for articles in self._files.values() for article in articles}

    def mutate(self) -> None:
        """Add, change, remove, rename and move some files, and some records in files."""
        for act, times in ((self._add, 6), (self._change, 14), (self._remove, 5), (self._rename, 5), (self._swap, 2)):
            for _ in range(self._chance.randint(1, times)):
                act()

    def _add(self, ending: str = "") -> None:
        ending = ending or self._chance.choices((".txt", ".html", ".json", ".jsonl"), (10, 3, 2, 1))[0]
        many = {".jsonl": RECORDS, ".json": 4}.get(ending, 1)
        articles = [_Article(self._next + n) for n in range(many)]
        self._next += many
        self._put(f"{self._chance.randint(1, 5)}/{self._next:07d}{ending}", articles)

    def _change(self) -> None:
        name = self._any()
        self._chance.choice(self._files[name]).version += 1
        if name.endswith(".jsonl"):
            self._edit(self._files[name])
        self._put(name, self._files[name])

    def _edit(self, articles: list[_Article]) -> None:
        """Take a record out of a container, put one in, or shuffle them."""
        act = self._chance.randint(0, 2)
        if act == 0 and len(articles) > 1:
            articles.pop(self._chance.randrange(len(articles)))
        elif act == 1:
            articles.insert(self._chance.randrange(len(articles)), _Article(self._next))
            self._next += 1
        else:
            self._chance.shuffle(articles)

    def _remove(self) -> None:
        if len(self._files) > FEWEST:
            name = self._any()
            (self.folder / name).unlink()
            del self._files[name]

    def _rename(self) -> None:
        name = self._any()
        articles = self._files.pop(name)
        (self.folder / name).unlink()
        if self._chance.random() < 0.3:  # moved and changed
            self._chance.choice(articles).version += 1
        path = Path(name)
        self._put(f"{self._chance.randint(1, 5)}/{path.stem}{self._chance.randint(0, 9)}{path.suffix}", articles)

    def _swap(self) -> None:
        """Have two files of one kind change places."""
        one, other = self._any(), self._any()
        if Path(one).suffix == Path(other).suffix:
            first, second = self._files[one], self._files[other]
            self._put(one, second)
            self._put(other, first)

    def _any(self) -> str:
        return self._chance.choice(list(self._files))

    def _put(self, name: str, articles: list[_Article]) -> None:
        self._files[name] = articles
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(_written(path.suffix, articles), encoding="utf-8")


def number_of(title: str) -> int:
    """Return the number that the title of an article names."""
    return int(title.rsplit(" ", 1)[1])


def _written(ending: str, articles: list[_Article]) -> str:
    rows = [{"id": f"n{a.number}", "title": a.title, "content": a.text} for a in articles]
    if ending == ".jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if ending == ".json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    (article,) = articles
    if ending == ".html":
        return (
            f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{article.title}</title></head>'
            f"<body><article><h1>{article.title}</h1><p>{article.text}</p></article></body></html>"
        )
    return f"{article.title}\n\n{article.text}\n"
