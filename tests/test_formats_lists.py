"""Many articles in one file: JSON, JSON lines, tables and feeds."""

import io
import json
import re
from collections.abc import Mapping
from datetime import date

import pytest
from sample_files import ATOM, BODY, RECORD, TEXT, TITLE, item, jsonl, rss

from ingest.formats import Limits, read_records
from ingest.records import Place, Record
from qa.errors import ArticleError

TODAY = date(2026, 3, 1)


def read(
    name: str, data: bytes, *, fields: Mapping[str, str] | None = None, limits: Limits | None = None
) -> tuple[list[Record], list[ArticleError]]:
    found = list(read_records(data, name=name, fields=fields, limits=limits, today=TODAY))
    return [r for r in found if isinstance(r, Record)], [r for r in found if isinstance(r, ArticleError)]


def one(record: Mapping[str, object], **options: Mapping[str, str]) -> Record:
    records, errors = read("a.jsonl", jsonl([record]), fields=options.get("fields"))
    assert not errors
    return records[0]


# --- fields -----------------------------------------------------------------------------------------------------------


def test_a_record_has_all_that_its_fields_say() -> None:
    assert one(RECORD) == Record(
        text=f"{TITLE}\n\n{TEXT}",
        key="a1",
        title=TITLE,
        url="https://bao.example/thu-vien-suoi-mo",
        outlet="Báo Mẫu",
        published="2019-04-25T10:30:00+07:00",
        line=1,
        places=(Place(0, "line", 1), Place(len(TITLE) + 2, "line", 1)),
    )


@pytest.mark.parametrize(
    "names",
    [
        ("headline", "articleBody", "datePublished", "link", "publisher", "_id"),
        ("Tiêu đề", "Nội dung", "Ngày đăng", "Đường dẫn", "Nguồn", "Mã"),
        ("tieu_de", "noi_dung", "ngay", "url", "bao", "id"),
        ("TITLE", "Full Text", "pub_date", "permalink", "site_name", "guid"),
    ],
)
def test_fields_are_known_by_their_usual_names(names: tuple[str, ...]) -> None:
    values = (TITLE, TEXT, "25/4/2019", "https://bao.example/1", "Báo Mẫu", "x7")
    record = one(dict(zip(names, values, strict=True)))
    assert (record.title, record.text, record.published, record.url, record.outlet, record.key) == (
        TITLE, f"{TITLE}\n\n{TEXT}", "2019-04-25", "https://bao.example/1", "Báo Mẫu", "x7",
    )  # fmt: skip


def test_names_that_are_given_win() -> None:
    record = one(
        {
            "title": "Không phải",
            "dau": TITLE,
            "text": "Không phải.",
            "chu": TEXT,
            "date": "2018-01-01",
            "luc": "2019-04-25",
        },
        fields={"title": "dau", "text": "chu", "date": "luc"},
    )
    assert (record.title, record.published) == (TITLE, "2019-04-25")
    assert "Không phải" not in record.text


def test_an_abstract_stands_before_the_text_once() -> None:
    lead = "Thư viện thêm giờ mở cửa."
    assert one({"sapo": lead, "content": TEXT}).text == f"{lead}\n\n{TEXT}"
    assert one({"sapo": lead, "content": f"{lead}\n{TEXT}"}).text == f"{lead}\n{TEXT}"
    assert one({"description": lead}).text == lead


@pytest.mark.parametrize(
    "content",
    [
        "".join(f"<p>{p}</p>" for p in BODY),
        "<div><script>alert(1)</script>" + "<br/>".join(BODY) + "<style>p{}</style></div>",
        "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in BODY),
        list(BODY),
        [{"type": "text", "content": p} for p in BODY],
    ],
    ids=["html", "breaks", "escaped", "list", "objects"],
)
def test_markup_and_lists_become_plain_text(content: object) -> None:
    assert one({"content": content}).text == TEXT


def test_values_that_exports_wrap_are_unwrapped() -> None:
    record = one(
        {
            "_id": {"$oid": "5cc1"},
            "content": TEXT,
            "date": {"$date": "2019-04-25T03:30:00Z"},
            "publisher": {"name": "Báo Mẫu"},
        }
    )
    assert (record.key, record.published, record.outlet) == ("5cc1", "2019-04-25T03:30:00+00:00", "Báo Mẫu")
    assert one({"_source": RECORD, "_id": "z"}).key in {"z", "a1"}
    assert one({"content": TEXT, "source": "https://www.bao.example/x"}).outlet == "www.bao.example"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "http://a b",
        "http://[x",
        "https://a.example/\n",
        "//a.example",
        7,
        None,
    ],
)
def test_only_addresses_of_the_web_are_taken(url: object) -> None:
    assert one({"content": TEXT, "url": url}).url in {None, "https://a.example/"}


def test_a_day_that_cannot_be_refuses_the_record_by_name() -> None:
    records, errors = read("a.jsonl", jsonl([{**RECORD, "published_at": "3019-01-01"}, RECORD]))
    assert [r.key for r in records] == ["a1"]
    assert (str(errors[0]), errors[0].line) == ("published 3019-01-01, which is in the future", 1)


def test_an_id_that_comes_again_gets_a_number() -> None:
    records, _ = read(
        "a.jsonl", jsonl([RECORD, RECORD, {**RECORD, "id": "a1~2"}, {**RECORD, "id": ""}, {**RECORD, "id": "7#%\n"}])
    )
    assert [r.key for r in records] == ["a1", "a1~2", "a1~2~2", "L4", "7%23%25"]


def test_text_in_an_old_font_is_made_right_record_by_record() -> None:
    records, _ = read("a.jsonl", jsonl([{"title": "ViÖt Nam", "content": "céng hßa x· héi chñ nghÜa"}, RECORD]))
    assert records[0].text == "Việt Nam\n\ncộng hòa xã hội chủ nghĩa"
    assert records[1].text == f"{TITLE}\n\n{TEXT}"


# --- JSON lines -------------------------------------------------------------------------------------------------------


def test_a_line_that_is_no_record_is_refused_and_the_rest_is_read() -> None:
    data = jsonl([RECORD]) + b'{"content": \n[1]\n\xff\xfe\n\n{"id": 9}\n' + jsonl([{**RECORD, "id": "b"}])
    records, errors = read("a.ndjson", data)
    assert [(r.key, r.line) for r in records] == [("a1", 1), ("b", 7)]
    assert [e.line for e in errors] == [2, 3, 4, 6]
    assert "not an object" in str(errors[1])
    assert "has no text" in str(errors[3])


def test_a_stream_is_read_line_by_line() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
            data = (jsonl([{"content": TEXT}]) * 20)[: len(buffer)]
            buffer[: len(data)] = data
            return len(data)

    stream = io.BufferedReader(Endless())
    records = read_records(stream, name="a.jsonl")
    assert all(isinstance(next(records), Record | ArticleError) for _ in range(500))
    records.close()  # type: ignore[attr-defined]
    assert not stream.closed


def test_a_line_over_the_limit_is_refused_and_the_next_is_read() -> None:
    records, errors = read("a.jsonl", jsonl([{"content": "x" * 5000}, RECORD]), limits=Limits(article_bytes=1000))
    assert (len(records), [e.line for e in errors]) == (1, [1])


def test_a_file_without_one_record_is_refused_after_a_while() -> None:
    with pytest.raises(ArticleError, match="none of the first"):
        read("a.jsonl", b"xin\n" * 100_000)


# --- JSON -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrap",
    [
        lambda records: records,
        lambda records: {"status": "ok", "articles": records},
        lambda records: {"data": {"total": 2, "items": records}},
        lambda records: {
            "hits": {
                "hits": [{"_id": r["id"], "_source": {"title": r["title"], "content": r["content"]}} for r in records]
            }
        },
        lambda records: {r["id"]: {k: v for k, v in r.items() if k != "id"} for r in records},
    ],
    ids=["list", "articles", "nested", "hits", "by id"],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_the_list_of_articles_is_found(wrap: object, indent: int | None) -> None:
    data = json.dumps(wrap([RECORD, {**RECORD, "id": "b"}]), ensure_ascii=False, indent=indent).encode()  # type: ignore[operator]
    records, errors = read("a.json", data)
    assert [(r.key, r.text) for r in records] == [("a1", f"{TITLE}\n\n{TEXT}"), ("b", f"{TITLE}\n\n{TEXT}")]
    assert not errors


def test_one_article_is_the_file_and_its_lists_are_its_own() -> None:
    records, _ = read("a.json", json.dumps({**RECORD, "related": [{"title": "Khác", "content": "Khác."}]}).encode())
    assert [(r.key, r.title) for r in records] == [(None, TITLE)]


def test_records_know_their_line_and_number() -> None:
    data = json.dumps([{"content": "Một."}, {"content": "Hai."}], indent=1).encode()
    assert [(r.key, r.line) for r in read("a.json", data)[0]] == [("1", 2), ("2", 5)]


def test_a_broken_record_among_lines_is_refused_by_its_line() -> None:
    data = b'[\n{"id": 1, "text": "a"},\n{"id": 2, "text": },\n{"id": 3, "text": "c"},\n7,\n{"id": 4, "text": "d"}\n]'
    records, errors = read("a.json", data)
    assert [r.key for r in records] == ["1", "3", "4"]
    assert [e.line for e in errors] == [3, 5]


def test_what_is_cut_off_gives_what_came_before() -> None:
    found = read_records(json.dumps([RECORD, RECORD]).encode()[:-40], name="a.json")
    assert isinstance(next(found), Record)
    with pytest.raises(ArticleError, match="the list does not end"):
        list(found)


@pytest.mark.parametrize(
    "data", [b"7", b'"a"', b"{}", b"[", b"{", b'{"a": 1}', b"[" * 100_000, b'{"a":' * 100_000, b"", b"null"]
)
def test_what_holds_no_article_is_refused(data: bytes) -> None:
    found: list[Record | ArticleError] = []
    with pytest.raises(ArticleError):
        found.extend(read_records(data, name="a.json"))
    assert not [r for r in found if isinstance(r, Record)]


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_whatever_parts_its_cells(delimiter: str, codec: str) -> None:
    rows = [
        ["id", "tiêu đề", "nội dung", "ngày"],
        ["1", TITLE, TEXT.replace("\n", "\r\n"), "25/4/2019"],
        ["2", 'Tựa "kép"', "Đoạn; một, hai | ba\tbốn.", ""],
    ]
    table = "\r\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    records, errors = read("a.csv", table.encode(codec))
    assert not errors
    assert [(r.key, r.title, r.line) for r in records] == [("1", TITLE, 2), ("2", 'Tựa "kép"', 5)]
    assert records[0].text == f"{TITLE}\n\n{TEXT}"
    assert records[0].published == "2019-04-25"


def test_a_row_of_another_width_is_refused_by_its_line() -> None:
    records, errors = read("a.csv", "text,title\nMột.,A\nHai, ba.,B\nBốn.\n".encode())
    assert [r.key for r in records] == ["L2", "L4"]
    assert [e.line for e in errors] == [3]


def test_a_cell_may_be_long() -> None:
    records, _ = read("a.csv", f'text\n"{"đoạn " * 100_000}"\n'.encode())
    assert len(records[0].text) > 400_000


def test_a_table_without_a_text_is_refused_with_its_columns() -> None:
    with pytest.raises(ArticleError, match="the first row is a, b") as refused:
        read("a.csv", b"a,b\n1,2\n")
    assert "first row" in refused.value.hint
    with pytest.raises(ArticleError, match="cannot be read on"):
        read("a.csv", b'text\n"' + b"a\n" * 12_000_000)


def test_a_table_in_an_old_encoding_is_read() -> None:
    records, _ = read("a.csv", b"text\n" + "céng hßa x· héi chñ nghÜa ViÖt Nam\n".encode("latin-1"))
    assert records[0].text == "cộng hòa xã hội chủ nghĩa Việt Nam"


# --- feeds ------------------------------------------------------------------------------------------------------------


def test_an_entry_of_rss_has_all_that_it_says() -> None:
    full = f"<content:encoded><![CDATA[<p>{BODY[0]}</p><p>{BODY[1]}&nbsp;</p>]]></content:encoded>"
    records, errors = read("a.rss", rss([item(1, text="Tóm tắt.", more=full), item(2)]).encode())
    assert not errors
    assert records[0].text == f"{TITLE}\n\nTóm tắt.\n\n{BODY[0]}\n{BODY[1]}"
    assert (records[0].key, records[0].url, records[0].outlet) == ("tin-1", "https://bao.example/1", "Báo Mẫu")
    assert records[0].published == "2019-04-25T10:30:00+07:00"
    assert records[1].text == f"{TITLE}\n\n{TEXT}"


def test_an_entry_of_atom_has_all_that_it_says() -> None:
    records, _ = read("a.atom", ATOM.encode())
    assert re.sub(r"\n+", "\n", records[0].text) == f"{TITLE}\n{BODY[0]}\n{BODY[1]}"
    assert (records[0].url, records[0].outlet, records[0].published) == (
        "https://bao.example/1",
        "Báo Mẫu",
        "2019-04-25T03:30:00+00:00",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1258"])
def test_the_encoding_a_feed_declares_is_respected(encoding: str) -> None:
    plain = item(1, title="Café à Nice", text="Đêm nay ở Nice có hát rong.".replace("ở", "o"))
    feed = rss([plain]).replace("Báo Mẫu", "Nice").replace("UTF-8", encoding)
    assert (
        read("a.xml", feed.encode("cp1258" if encoding == "windows-1258" else encoding, "replace"))[0][0].title
        == "Café à Nice"
    )


def test_html_entities_and_small_damage_are_borne() -> None:
    records, _ = read(
        "a.rss", rss([item(1, text="Một&nbsp;hai &amp; ba & bốn"), item(2)]).replace("</channel></rss>", "").encode()
    )
    assert records[0].text.split("\n\n")[1].replace("\xa0", " ").startswith("Một hai & ba")
    assert len(records) == 2


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]>',
    ],
)
def test_a_feed_with_entities_of_its_own_is_refused(doctype: str) -> None:
    with pytest.raises(ArticleError, match="entities of its own"):
        read("a.rss", rss([item(text="&a;")], before=doctype).encode())


def test_other_xml_is_refused_by_its_root() -> None:
    with pytest.raises(ArticleError, match="begins with <urlset>"):
        read("a.xml", b"<urlset><url/></urlset>")
    with pytest.raises(ArticleError, match="no entries"):
        read("a.xml", rss([]).encode())
