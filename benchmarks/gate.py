"""How much the claim gate catches: honest pairs of claim and quotation, and the same made false, by kind.

`python -m benchmarks.gate [--shared ../shared] [--json]`. The held-back half has other articles, another seed and a third
of the hand-written claims; nothing was tuned on it.
"""

import argparse
import io
import itertools
import json
import lzma
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gate_corruptions import CORRUPTIONS, Stock
from ingest.formats import read_records
from ingest.prepare import article_of_record
from ingest.records import Record
from qa.citations import MAX_QUOTE_CHARS, Claim, Quote, problems
from qa.errors import ArticleError
from qa.language.dates import find_dates
from qa.language.names import find_people
from qa.language.numbers import find_quantities
from qa.language.sentences import split_sentences
from qa.schema import Article, BlockKind

__all__ = ["FROM_HAND", "Pair", "Tally", "hand_written", "measure", "pairs", "samples"]

SAMPLES = Path(__file__).resolve().parent.parent / "ingest" / "samples"
CLAIMS = Path(__file__).resolve().parent / "gate_claims.jsonl"
FALSE = CLAIMS.with_name("gate_false.jsonl")
ARTICLES = 150
"""News articles taken for each half."""
EACH = 160
"""Most false pairs of a kind in each half."""
ROUNDS = 6
"""How often the honest pairs are gone through for a kind of which there are few."""
FROM_HAND = "(of them from hand-written)"
"""The row of the false claims made from hand-written ones, which the other rows count, too."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, its quotation, and what was done to it: `honest: …` or the name of a corruption."""

    kind: str
    claim: str
    quote: Quote
    honest: bool
    written: bool = False
    """Whether a false claim was made from a hand-written one."""


@dataclass(slots=True)
class Tally:
    """How many pairs of a kind were judged, and how many of them rightly."""

    honest: bool
    right: int = 0
    count: int = 0


def samples() -> dict[str, Article]:
    """Return the project's own sample articles by file name."""
    return {p.name: a for p in sorted(SAMPLES.glob("*.txt")) for a in _read(p)}


def hand_written(articles: dict[str, Article], *, held_back: bool, honest: bool = True) -> Iterator[Pair]:
    """Yield the hand-written claims, the honest or the false ones; every third is held back."""
    for number, line in enumerate((CLAIMS if honest else FALSE).read_text(encoding="utf-8").splitlines()):
        if (number % 3 == 2) is held_back:
            row = json.loads(line)
            article = articles[row["article"]]
            start = article.text.index(row["quote"])
            language = "Vietnamese" if _VIETNAMESE.search(row["claim"]) else "English"
            quote = Quote(article, start, start + len(row["quote"]))
            yield Pair(f"hand-written {'' if honest else 'false '}{language}", row["claim"], quote, honest)


_VIETNAMESE = re.compile(r"(?<!\w)[a-z]*[à-ỹđ]\w*")
"""A word in small letters with an accent; names keep theirs in English, too."""


def pairs(articles: list[Article], honest: list[Pair], *, seed: int, each: int = EACH) -> Iterator[Pair]:
    """Yield honest pairs, then false ones made from them.

    Args:
        articles: Whose sentences are taken.
        honest: Pairs written by hand, which are made false, too.
        seed: What chance begins with.
        each: Most false pairs of a kind.
    """
    chance = random.Random(seed)  # noqa: S311 - chance that can be repeated
    stocks = {id(a): _stock(a, articles) for a in articles}
    quotes = [_quotes(a) for a in articles]
    told = [Pair("whole sentence", q.text, q, honest=True) for row in quotes for q in row]
    bare = [p for row in quotes for q in row for p in _bare(q)]
    clauses = [p for row in quotes for q in row for p in _clauses(q)]
    for group in (told, bare, clauses):
        chance.shuffle(group)
    yield from honest
    kept = Counter[str]()
    for pair in (*told, *bare, *clauses):
        kept[pair.kind] += 1
        if kept[pair.kind] <= each:
            yield pair
    sources = [*honest, *(p for pair in itertools.zip_longest(told, bare) for p in pair if p)]
    for kind, corrupt in CORRUPTIONS.items():
        seen: set[tuple[str, int]] = set()
        for source in itertools.chain.from_iterable(itertools.repeat(sources, ROUNDS)):
            stock = stocks.get(id(source.quote.article)) or _stock(source.quote.article, articles)
            false = corrupt(source.claim, stock, chance) if len(seen) < each else None
            key = (false or "", id(source.quote))
            if false and false != source.claim and key not in seen and not _true_still(false, source):
                seen.add(key)
                yield Pair(kind, false, source.quote, honest=False, written=source.kind.startswith("hand"))
    yield from _misquoted(sources, quotes, chance, each)


def measure(judged: Iterator[Pair], *, missed: list[Pair] | None = None) -> dict[str, Tally]:
    """Return the tally by kind; pairs judged wrongly go into `missed`."""
    tallies: dict[str, Tally] = {}
    whole = tallies.setdefault(FROM_HAND, Tally(honest=False))
    for pair in judged:
        tally = tallies.setdefault(pair.kind, Tally(pair.honest))
        right = (not problems(Claim(pair.claim, (pair.quote,)))) is pair.honest
        for counted in (tally, whole) if pair.written else (tally,):
            counted.count += 1
            counted.right += right
        if not right and missed is not None:
            missed.append(pair)
    return tallies


def _true_still(false: str, source: Pair) -> bool:
    """Return whether a bare answer was only changed into another one that the quotation gives."""
    text = source.quote.text
    if source.kind.startswith("bare"):
        parts = re.split(r", | và ", false.rstrip("."))
        return all(p.lower() in text.lower() for p in parts)
    if source.kind == "name and post":
        name, _, post = false.rstrip(".").partition(", ")
        return any(p.name == name and text[a:b].startswith(post) for p in find_people(text) for a, b in p.posts)
    return False


def _misquoted(sources: list[Pair], quotes: list[list[Quote]], chance: random.Random, each: int) -> Iterator[Pair]:
    """Yield claims with a quotation that is not theirs, and quotations that no article holds."""
    beside = {(id(q.article), q.start): n for row in quotes for q, n in itertools.pairwise(row)}
    every = [q for row in quotes for q in row]
    made = Counter[str]()
    for source in sources:
        said = source.claim.rstrip(".").lower()
        other = chance.choice(
            [q for q in (chance.choice(every) for _ in range(20)) if q.article is not source.quote.article]
        )
        after = beside.get((id(source.quote.article), source.quote.start))
        for kind, quote in (("another article", other), ("off by one", after)):
            if quote and said not in quote.text.lower() and made[kind] < each and _says_something(source.claim):
                made[kind] += 1
                yield Pair(kind, source.claim, quote, honest=False, written=source.kind.startswith("hand"))
        if after and source.kind == "whole sentence" and made["stitched"] < each:
            made["stitched"] += 1
            parts = source.quote.text.split()
            if chance.random() < 0.5 and len(parts) > 8:
                joined = " ".join([*parts[: len(parts) // 3], *parts[2 * len(parts) // 3 :]])
            else:
                joined = " ".join([*parts[: len(parts) // 2], *after.text.split()[len(after.text.split()) // 2 :]])
            yield Pair("stitched", f"“{joined}”", source.quote, honest=False)


def _says_something(claim: str) -> bool:
    return len(claim) > 12


def _bare(quote: Quote) -> Iterator[Pair]:
    """Yield the bare answers that a quotation gives: a number, a date, a name, a name with its post, a list."""
    people = find_people(quote.text)
    names = list(dict.fromkeys(p.name for p in people))
    if len(names) > 1:
        yield Pair("bare list", f"{', '.join(names[:-1])} và {names[-1]}.", quote, honest=True)
    for person in people[:2]:
        for a, b in person.posts[:1]:
            yield Pair("name and post", f"{person.name}, {quote.text[a:b]}.", quote, honest=True)
    for found in [q for q in find_quantities(quote.text) if q.unit][:2]:
        yield Pair("bare number", f"{found.text[:1].upper()}{found.text[1:]}.", quote, honest=True)
    for date in find_dates(quote.text)[:1]:
        yield Pair("bare date", f"{date.text[:1].upper()}{date.text[1:]}.", quote, honest=True)


def _clauses(quote: Quote) -> Iterator[Pair]:
    parts = [p.strip() for p in re.split(r"(?<=[,;:]) ", quote.text)]
    if len(parts) > 1 and len(parts[0]) > 20:
        yield Pair("quoted clause", f"“{parts[0].rstrip(' ,;:')}”", quote, honest=True)


def _quotes(article: Article) -> list[Quote]:
    """Return the sentences that can be cited, each once."""
    found, seen = [], set()
    for block in article.blocks:
        if block.kind is BlockKind.HOLE:
            continue
        for s, e in split_sentences(article.text[block.start : block.end]):
            quote = Quote(article, block.start + s, block.start + e)
            if 30 < e - s <= MAX_QUOTE_CHARS and quote.text not in seen:
                seen.add(quote.text)
                found.append(quote)
    return found


def _stock(article: Article, articles: list[Article]) -> Stock:
    people = find_people(article.text)
    posts = {article.text[a:b] for p in people for a, b in p.posts}
    posts |= {o.text[a:b] for o in articles[:10] for p in find_people(o.text) for a, b in p.posts}
    numbers = {m[0] for m in re.finditer(r"(?<![\w.,/-])\d[\d.,]*(?<=\d)(?![\w/-])", article.text)}
    dates = {d.text for d in find_dates(article.text)}
    return Stock(
        tuple(sorted({p.name for p in people})), tuple(sorted(posts)), tuple(sorted(numbers)), tuple(sorted(dates))
    )


def _read(path: Path) -> Iterator[Article]:
    for record in read_records(io.BytesIO(path.read_bytes()), name=path.name):
        if isinstance(record, Record):
            yield article_of_record(record, id="", source=path.name)


def _news(shared: Path, *, held_back: bool) -> list[Article]:
    """Return articles of the news collection, every fifth from the beginning on or from the middle on."""
    first = 9000 if held_back else 0
    with lzma.open(shared / "eval" / "news_articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        chosen = [json.loads(line) for line in itertools.islice(lines, first, first + 5 * ARTICLES, 5)]
    found = []
    for row in chosen:
        try:
            found.append(article_of_record(Record(row["text"]), id="", source=f"news#{row['id']}"))
        except ArticleError:
            continue
    return found


def half(shared: Path, *, held_back: bool) -> Iterator[Pair]:
    """Yield the pairs of one half."""
    own = samples()
    seeds = [
        a for i, p in enumerate(sorted((shared / "seeds").glob("*.txt"))) if (i % 2 == 1) is held_back for a in _read(p)
    ]
    articles = [*seeds, *_news(shared, held_back=held_back)] if shared.is_dir() else []
    articles += [a for i, a in enumerate(own.values()) if (i % 3 == 2) is held_back]
    yield from hand_written(own, held_back=held_back, honest=False)
    yield from pairs(articles, list(hand_written(own, held_back=held_back)), seed=2 if held_back else 1)


def main() -> None:
    """Measure both halves and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--missed", action="store_true", help="show what was judged wrongly in the tuned half")
    parser.add_argument("--tuned-only", action="store_true")
    options = parser.parse_args()
    report = {}
    for name in ("tuned",) if options.tuned_only else ("tuned", "held back"):
        judged = list(half(options.shared, held_back=name == "held back"))
        missed: list[Pair] = []
        begun = time.perf_counter()
        tallies = measure(iter(judged), missed=missed)
        report[name] = {k: [t.right, t.count] for k, t in tallies.items()}
        if options.missed and name == "tuned":
            for pair in missed:
                print(
                    f"[{pair.kind}] {pair.claim}\n    ⟵ {pair.quote.text}\n    {problems(Claim(pair.claim, (pair.quote,)))}"
                )
        if not options.json:
            _show(name, tallies, 1000 * (time.perf_counter() - begun) / len(judged))
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))


def _show(name: str, tallies: dict[str, Tally], milliseconds: float) -> None:
    print(f"\n{name}: {milliseconds:.2f} ms a claim")
    for honest, word in ((False, "caught"), (True, "passed")):
        rows = {k: t for k, t in tallies.items() if t.honest is honest}
        counted = [t for k, t in rows.items() if k != FROM_HAND]
        total = Tally(honest, sum(t.right for t in counted), sum(t.count for t in counted))
        for kind, tally in sorted({**rows, "ALL": total}.items(), key=lambda r: r[0] in {"ALL", FROM_HAND}):
            print(f"  {kind:27} {word} {tally.right:5} of {tally.count:5}  {tally.right / max(1, tally.count):7.1%}")


if __name__ == "__main__":
    main()
