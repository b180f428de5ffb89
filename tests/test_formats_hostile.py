"""Whatever the bytes, reading ends soon, with records or with errors that name the file."""

import time

import pytest
from bad_files import KINDS, generate
from sample_files import valid

from ingest.formats import Limits, read_records
from ingest.records import Record
from qa.errors import ArticleError

LIMITS = Limits(article_bytes=2_000_000, whole_bytes=20_000_000, total_bytes=50_000_000)
SLOWEST = 8.0
"""Seconds for one file of a few hundred kilobytes at the worst, on a busy machine."""


def read(name: str, data: bytes) -> list[Record | ArticleError]:
    found: list[Record | ArticleError] = []
    try:
        for one in read_records(data, name=name, limits=LIMITS):
            found.append(one)  # noqa: PERF402  # what was read before the file broke counts
    except ArticleError as exc:
        found.append(exc)
    return found


@pytest.mark.parametrize("name", valid())
def test_the_samples_are_good(name: str) -> None:
    found = read(name, valid()[name])
    assert found
    assert not [e for e in found if isinstance(e, ArticleError)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("seed", range(4))
def test_bad_files_give_records_or_errors(seed: int) -> None:
    for number, (name, data) in enumerate(generate(2 * len(KINDS), seed)):
        began = time.perf_counter()
        found = read(name, data)
        kind = KINDS[number % len(KINDS)].__name__
        assert time.perf_counter() - began < SLOWEST, (kind, name)
        keys = [r.key for r in found if isinstance(r, Record)]
        assert len(keys) == len(set(keys)), (kind, name)
        for one in found:
            if isinstance(one, ArticleError):
                assert one.path.startswith(name.split("#")[0]), kind
                assert str(one).isprintable(), kind
                continue
            for words in (one.text, one.key or "", one.title or "", one.outlet or "", one.url or ""):
                words.encode()
            starts = [place.start for place in one.places]
            assert starts == sorted(starts), (kind, name)
            assert not starts or 0 <= starts[0] <= starts[-1] <= len(one.text), (kind, name)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_every_kind_of_damage_is_generated_the_same_from_a_seed() -> None:
    assert len(KINDS) >= 25
    once, again = (dict(enumerate(generate(60, 7))) for _ in range(2))
    assert {n: name for n, (name, _) in once.items()} == {n: name for n, (name, _) in again.items()}
