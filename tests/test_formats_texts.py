"""One article a file: plain text, Markdown and web pages."""

from datetime import date

import pytest
from sample_files import BODY, ENGLISH, HEAD, TEXT, TITLE, page

from ingest.clean import clean
from ingest.formats import Limits, read_records
from ingest.records import Place, Record, place_of
from qa.errors import ArticleError

TODAY = date(2026, 3, 1)
LONG = tuple(BODY * 4)


def read(name: str, data: str | bytes, *, limits: Limits | None = None) -> Record:
    (record,) = read_records(data.encode() if isinstance(data, str) else data, name=name, limits=limits, today=TODAY)
    assert isinstance(record, Record)
    return record


def refusal(name: str, data: str | bytes) -> str:
    with pytest.raises(ArticleError) as refused:
        read(name, data)
    return str(refused.value)


def assert_words_stand(record: Record, source: str) -> None:
    """Check that each word known by its character stands there in the source, and most are known so."""
    known = 0
    for start in (m for m in range(len(record.text)) if m == 0 or record.text[m - 1].isspace()):
        word = record.text[start:].split(maxsplit=1)[:1]
        place = place_of(record.places, start)
        if word and not record.text[start].isspace() and place and place.unit == "character":
            known += 1
            assert source.startswith(word[0], place.at), word
    assert known >= 0.8 * len(record.text.split())


# --- plain text -------------------------------------------------------------------------------------------------------


def test_a_text_is_its_file() -> None:
    assert read("a.TXT", TEXT.replace("\n", "\r\n")) == Record(TEXT, places=(Place(0, "character", 0),))


@pytest.mark.parametrize("data", [b"", b" \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "empty" in refusal("a.txt", data)


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"more than the 0\.001 MB"):
        read("a.txt", "a" * 1001, limits=Limits(article_bytes=1000))
    assert len(read("a.txt", "a" * 1000, limits=Limits(article_bytes=1000)).text) == 1000


# --- Markdown ---------------------------------------------------------------------------------------------------------

MARKDOWN = f"""# {TITLE}

Thư viện *Suối Mơ* mở cửa **muộn**, theo [thông báo](https://bao.example "tin") của `thị xã`.
Dòng này nối vào dòng trên.

![Phòng đọc](phong.jpg)

1. Thứ Sáu
2. Thứ Bảy

- không dấu
  tiếp theo

> Một lời trích.

| Tỉnh | Số |
|------|----|
| Huế  | 45 |

```
mã = 1
```

Hết \\* <b>bài</b>.
"""


def test_marks_come_off_and_words_stay() -> None:
    assert read("a.md", MARKDOWN).text == (
        f"{TITLE}\n\nThư viện Suối Mơ mở cửa muộn, theo thông báo của thị xã. Dòng này nối vào dòng trên.\n\nPhòng đọc\n\n"
        "1. Thứ Sáu\n2. Thứ Bảy\n\nkhông dấu tiếp theo\n\nMột lời trích.\n\nTỉnh\tSố\nHuế\t45\n\nmã = 1\n\nHết * bài."
    )


def test_words_of_markdown_know_where_they_stood() -> None:
    assert_words_stand(read("a.md", MARKDOWN), MARKDOWN)
    again = f"---\ntitle: {TITLE}\n---\n" + MARKDOWN.replace("\n", "\r\n")
    assert_words_stand(read("a.md", again), again.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "front",
    [
        f'---\ntitle: "{TITLE}"\ndate: 2019-04-25\nurl: https://bao.example/1\nsource: Báo Mẫu\n---\n',
        f'+++\ntitle = "{TITLE}"\ndate = 2019-04-25\nurl = "https://bao.example/1"\nsource = "Báo Mẫu"\n+++\n',
    ],
    ids=["yaml", "toml"],
)
def test_front_matter_says_what_the_article_is(front: str) -> None:
    record = read("a.markdown", front + TEXT.replace("\n", "\n\n"))
    assert (record.title, record.published, record.url, record.outlet) == (
        TITLE,
        "2019-04-25",
        "https://bao.example/1",
        "Báo Mẫu",
    )
    assert clean(record.text).title == TITLE


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert BODY[0] in read("a.md", f"---\n\n{BODY[0]}\n\n---\n\n{BODY[1]}").text
    assert refusal("a.md", "---\ndate: 3019-01-01\n---\nChữ.") == "published 3019-01-01, which is in the future"
    assert refusal("a.md", "---\ntitle: x\n---\n\n***\n") == "the file has no text"


# --- web pages --------------------------------------------------------------------------------------------------------


def test_a_page_gives_its_article_and_what_it_says_of_it() -> None:
    record = read("a.html", page(body=LONG))
    assert (record.title, record.outlet, record.url, record.published) == (
        TITLE, "Báo Mẫu", "https://bao.example/thu-vien-suoi-mo", "2019-04-25T10:30:00+07:00",
    )  # fmt: skip
    assert clean(record.text).title == TITLE
    assert all(p in record.text for p in BODY)
    assert not [words for words in ("Trang chủ", "Bản quyền", "mã lệnh", "color") if words in record.text]


def test_words_of_a_page_know_where_they_stood() -> None:
    source = page(body=[p.replace("thư viện", "<b>thư</b> <i class='thư'>viện</i>") for p in LONG])
    assert_words_stand(read("a.html", source), source)


def test_a_page_without_an_article_gives_its_words() -> None:
    record = read(
        "a.htm", "<html><script>mã</script><style>a{}</style><!-- lời --><body>Một câu<br>hai &amp; ba</body></html>"
    )
    assert record.text.split("\n") == ["Một câu", "hai & ba"]
    assert refusal("a.html", "<html><body><script>x</script></body></html>") == "the page has no text"
    assert refusal("a.html", "<!-- lời -->") == "the page has no text"


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-8", "windows-1258", "x-lạ"])
def test_the_charset_of_a_page_is_respected_unless_it_lies(charset: str) -> None:
    source = (
        page(title="The café stays open", body=list(ENGLISH) * 3, head="")
        .replace("Báo Mẫu", "Press")
        .replace("biến = 'mã lệnh'", "x")
    )
    source = source.replace("Trang chủ", "Home").replace("Bản quyền thuộc", "By")
    declared = source.replace('charset="utf-8"', f'charset="{charset}"')
    assert read("a.html", declared).title == "The café stays open"  # UTF-8, whatever it says
    if charset.startswith(("windows", "iso")):
        assert read("a.html", declared.encode("cp1252")).title == "The café stays open"


def test_a_page_typed_with_an_old_font_is_made_right() -> None:
    from test_encodings import tcvn3, vni

    for font in (tcvn3, vni):
        source = f"<html><head><meta charset='windows-1252'></head><body><p>{font(BODY[0])}</p><p>{font(BODY[1])}</p></body></html>"
        assert read("a.html", source.encode("cp1252")).text.split("\n") == list(BODY[:2])


def test_a_page_from_the_future_is_refused() -> None:
    assert "in the future" in refusal("a.html", page(head=HEAD.replace("2019", "3019")))
