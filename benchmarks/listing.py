"""How long the list of the articles takes: a page of it, by every order, found by words, at the beginning and the end.

python -m benchmarks.listing --articles 100000 --work /tmp/listing
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import quantiles

from qa.ledger import Ledger
from qa.listing import ORDERS, insert_listed

OUTLETS = ("VietnamPlus", "VnExpress", "Tuổi Trẻ", "Thanh Niên", "Nhân Dân", "Báo Đồng Tháp")
WORDS = (
    "hội chợ xoài cầu đường trường học bệnh viện lúa mùa nước lũ phà chợ nổi tàu cá đê biển làng nghề gốm lụa".split()
)
SEARCHES = ("dong thap", "hội chợ xoài", "làng gốm", "khong co bai nao nhu the", "2015")
TIMES = 20


def fill(ledger: Ledger, count: int) -> float:
    """Put made-up articles into a ledger; return how many seconds that took of the list alone."""
    chance, listing = random.Random(7), 0.0  # noqa: S311 - chance that can be repeated
    with ledger.transaction() as db:
        for number in range(count):
            title = " ".join(chance.choices(WORDS, k=8)).capitalize()
            day = f"{chance.randint(2000, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            text = f"{title}\n" + " ".join(chance.choices(WORDS, k=400))
            source = f"{day[:4]}/{chance.choice(WORDS)}-{number}.txt"
            id = sha256(str(number).encode()).hexdigest()[:16]
            row = db.execute(
                "INSERT INTO articles (id, state, source, title, title_derived, outlet, language, event, published,"
                " content_hash, text, detail, signature, since) VALUES (?, 'live', ?, ?, 0, ?, ?, ?, ?, ?, ?, '{}', x'', ?)",
                (
                    id, source, title, chance.choice(OUTLETS), chance.choice(("vi", "vi", "en")), day, day, id, text,
                    f"2026-01-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}+00:00",
                ),
            ).lastrowid or 0  # fmt: skip
            db.execute("INSERT INTO sources VALUES (?, '', 'live', ?, x'', ?)", (f"/{source}", source, id))
            began = time.perf_counter()
            insert_listed(db, row)
            listing += time.perf_counter() - began
    return listing


def main() -> None:
    """Measure, and print a JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    ledger = Ledger(given.work / "ledger.sqlite", create=True)
    if not ledger.count():
        print(json.dumps({"articles": given.articles, "listed_s": round(fill(ledger, given.articles), 2)}))
    last = max(0, ledger.count() - 50)
    for order in ORDERS:
        for first in (0, last):
            for descending in (False, True):
                told = {"order": order, "descending": descending, "first": first}
                page = partial(ledger.listing.page, order=order, descending=descending, first=first)
                print(json.dumps(told | _timed(page)))
    for words in SEARCHES:
        count = ledger.listing.page(words=words).count
        page = partial(ledger.listing.page, words=words, order="title")
        print(json.dumps({"words": words, "found": count} | _timed(page)))


def _timed(call: Callable[[], object]) -> dict[str, float]:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    cuts = quantiles(took, n=20, method="inclusive")
    return {"p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}


if __name__ == "__main__":
    main()
