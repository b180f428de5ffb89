"""Under which address an article is known: spellings of one address meet, addresses of two articles do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_support import FLOOD, HARVEST, LONG, Archive, agree, jsonl, record

from ingest.identity import url_key


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example/tin/lu-ve-1.html",
        "http://bao.example/tin/lu-ve-1.html",
        "https://www.bao.example/tin/lu-ve-1.html",
        "https://m.bao.example/tin/lu-ve-1.html/",
        "https://AMP.BAO.example/tin/lu-ve-1.html#binh-luan",
        "  https://bao.example/tin/lu-ve-1.html?utm_source=x&fbclid=y&UTM_Medium=z ",
        "https://bao.example:443/tin/lu-ve-1.html?zarsrc=1410",
    ],
)
def test_spellings_of_one_address_meet(url: str) -> None:
    assert url_key(url) == "bao.example/tin/lu-ve-1.html"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bao.example/tin?id=1", "https://bao.example/tin?id=2"),
        ("https://bao.example/Tin", "https://bao.example/tin"),
        ("https://bao.example/tin", "https://kho.bao.example/tin"),
        ("https://mbao.example/tin", "https://bao.example/tin"),
        ("https://bao.example/tin?p=a", "https://bao.example/tin"),
    ],
)
def test_addresses_of_two_articles_do_not_meet(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert url_key("https://bao.example/t?a=1&b=2") == url_key("https://bao.example/t?b=2&utm_id=9&a=1")


@pytest.mark.parametrize(
    "url",
    [None, "", " ", "https://bao.example", "https://bao.example/", "http://m.bao.example/?utm_source=x", "tin/1",
     "https://", "https://[::1", "//", "https://[bao]/tin", "#"],
)  # fmt: skip
def test_what_names_no_article_has_no_key(url: str | None) -> None:
    assert url_key(url) is None


@given(st.text(max_size=60))
def test_any_text_is_a_key_or_none(text: str) -> None:
    key = url_key(f"https://bao.example/{text}")
    assert key is None or key.startswith("bao.example")
    url_key(text)


# --- in a run -----------------------------------------------------------------------------------------------------------


def test_one_address_in_two_spellings_is_one_article_with_two_sources(tmp_path) -> None:  # type: ignore[no-untyped-def]
    news = Archive(tmp_path)
    news.write("a.jsonl", jsonl([record("1", "Bến tàu", LONG, url="https://m.bao.example/ben-tau/?utm_source=x")]))
    news.run()
    news.write("b.jsonl", jsonl([record("99", "Bến tàu", LONG, url="http://www.bao.example/ben-tau")]))
    report = news.run()
    assert (report.added, report.unchanged, report.articles) == ([], 2, 1)
    agree(news.settings, 1)


def test_a_corrected_article_under_its_address_takes_the_place_of_the_old(tmp_path) -> None:  # type: ignore[no-untyped-def]
    news = Archive(tmp_path)
    url = "https://bao.example/ben-tau"
    news.write("2019.jsonl", jsonl([record("1", "Bến tàu", LONG, url=url)]))
    news.run()
    before = news.ids()["báo/2019.jsonl#1"]
    news.write("2020.jsonl", jsonl([record("7", "Bến tàu", LONG.replace("hai trăm", "ba trăm"), url=url)]))
    report = news.run()
    assert (report.added, report.updated, report.articles) == ([], ["báo/2020.jsonl#7"], 1)
    assert news.ids() == {"báo/2020.jsonl#7": before}
    agree(news.settings, 1)


def test_two_articles_under_one_address_are_both_there(tmp_path) -> None:  # type: ignore[no-untyped-def]
    news = Archive(tmp_path)
    url = "https://bao.example/truc-tiep"
    news.write("a.jsonl", jsonl([record("1", "Lũ về", FLOOD, url=url), record("2", "Mùa màng", HARVEST, url=url)]))
    assert news.run().articles == 2
    assert news.run().unchanged == 2
    agree(news.settings, 2)
