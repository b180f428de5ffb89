"""Conversations as Markdown, Word documents and JSON: what is in them, and that hostile words stay words."""

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from typer.testing import CliRunner

from qa import NewsAssistant
from qa.errors import HoibaoError
from qa.schema import Answer, BlockKind, Citation, Retrieved
from ui.cli import app
from ui.export import FORMATS, conversation_from, docx_of, exported, json_of, markdown_of, write_export
from ui.export.data import LARGEST

HASH, ID = "0" * 64, "0123456789abcdef"
DATED = "Hội nghị kiểm tra năm 2016 diễn ra ngày nào?"
QUESTION = "Ai chủ trì hội nghị năm 2019?"
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror=alert(1)> ![x](http://evil.example/x.png) [link](javascript:alert(1)) '
    '*bold* __b__ `code` ~~s~~ $x^2$ | a | &lt;b&gt; \x00\x1b[31m \u202ereversed [^1]: note http://evil.example www.evil.example '
    'a@evil.example {{7*7}} ${7*7} \ud800 =cmd|"/c calc"!A1 </w:t><w:instrText>DDEAUTO</w:instrText>'
)  # fmt: skip


def citation(marker: int = 1, quote: str = "Ông A chủ trì.", **fields: Any) -> Citation:
    told = {"article_id": ID, "source": "samples/a.txt", "title": "Một hội nghị", "start": 5, "content_hash": HASH}
    return Citation(marker=marker, quote=quote, **{**told, "end": 5 + len(quote), **fields})


def answer(text: str, *citations: Citation, **fields: Any) -> Answer:
    return Answer(QUESTION, text, answered=bool(citations), language="vi", citations=citations, **fields)


def html_of(markdown: str) -> str:
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False}).use(footnote_plugin)
    return str(parser.render(markdown))


def notes_of(data: bytes) -> list[str]:
    """Return the texts of the footnotes of a document, the two rules left out."""
    root = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/footnotes.xml"))
    notes = [n for n in root.iter(qn("w:footnote")) if n.get(qn("w:type")) is None]
    return ["".join(t.text or "" for t in note.iter(qn("w:t"))) for note in notes]


def marks_of(document: Any) -> list[int]:
    return [int(mark.get(qn("w:id"))) for mark in document.element.body.iter(qn("w:footnoteReference"))]


@pytest.fixture(scope="module")
def talk(assistant: NewsAssistant) -> list[tuple[str, Answer]]:
    asked = (
        QUESTION,
        "Which city hosted the conference of July 2016?",
        DATED,
        "Giá vàng thế giới hôm nay là bao nhiêu?",
    )
    found = [(question, assistant.ask(question)) for question in asked]
    assert [a.answered for _, a in found[:2]] == [True, True]
    assert found[2][1].citations[0].event == "2016-07-14"
    return found


def test_markdown_tells_all_with_footnotes(talk: list[tuple[str, Answer]]) -> None:
    html = html_of(markdown_of(talk, language="vi"))
    cited = [c for _, a in talk for c in a.citations]
    text = re.sub(r"<[^>]+>", "", html).replace("&quot;", '"').replace("&amp;", "&")
    assert html.count('class="footnote-item"') == len(cited)
    for c in cited:
        assert all(part in text for part in (c.title, c.quote, c.source))
    for question, a in talk:
        assert question in text
        assert a.language == "en" or a.text.split("[")[0].strip("- ") in text
    assert "<h1>Hỏi và đáp</h1>" in html
    assert "sự kiện 14/7/2016" in text


def test_word_has_real_footnotes(talk: list[tuple[str, Answer]]) -> None:
    data = docx_of(talk, language="en")
    document = Document(BytesIO(data))
    cited = [c for _, a in talk for c in a.citations]
    assert marks_of(document) == list(range(1, len(cited) + 1))
    assert len(notes_of(data)) == len(cited)
    for note, c in zip(notes_of(data), cited, strict=True):
        assert all(part in note for part in (c.title, f"“{c.quote}”", c.source))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [question for question, _ in talk]
    assert "event 14 July 2016" in " ".join(notes_of(data))
    assert (document.core_properties.title, document.core_properties.author) == ("Questions and answers", "Hoibao")


def test_notes_are_numbered_through_in_the_order_they_are_marked() -> None:
    first = answer("Hai. [2] Một. [1] Lại hai. [2][3]", *(citation(n, f"Câu {n}.") for n in (1, 2, 3, 4)))
    second = answer("- Năm. [1]\n- Không có trích dẫn. [7] [?]", citation(1, "Câu 5."))
    text = markdown_of([("a", first), ("b", second)], language="vi")
    assert "Hai.[^1] Một.[^2] Lại hai.[^1][^3]" in text
    assert "Cũng trích từ: [^4]" in text
    assert r"- Năm.[^5]" in text
    assert r"\[7\] \[?\]" in text
    told = re.findall(r"(?m)^\[\^(\d)\]: .*“(Câu \d\.)”", text)
    assert told == [("1", "Câu 2."), ("2", "Câu 1."), ("3", "Câu 3."), ("4", "Câu 4."), ("5", "Câu 5.")]
    document = docx_of([("a", first), ("b", second)], language="vi")
    assert marks_of(Document(BytesIO(document))) == [1, 2, 3, 4, 5]
    assert [re.findall(r"“(.*)”", note)[0] for note in notes_of(document)] == [quote for _, quote in told]
    assert "Lại hai.1" in Document(BytesIO(document)).paragraphs[2].text  # marked again: its number, no second note


def test_only_ordinary_addresses_are_links() -> None:
    usual = citation(1, url="https://example.org/bai-1")
    strange = citation(2, url="javascript:alert(1)", outlet="TTXVN", event="2019-01-25", published="2019-01")
    told = [("a", answer("Một. [1] Hai. [2]", usual, strange))]
    html = html_of(markdown_of(told, language="vi"))
    links = [link for link in re.findall(r'href="([^"]*)"', html) if not link.startswith("#")]
    assert links == ["https://example.org/bai-1"]
    assert "TTXVN, sự kiện 25/1/2019, đăng tháng 1/2019" in html
    data = docx_of(told, language="vi")
    relations = zipfile.ZipFile(BytesIO(data)).read("word/_rels/footnotes.xml.rels").decode()
    assert re.findall(r'Target="([^"]*)"', relations) == ["https://example.org/bai-1"]
    assert "javascript" not in "".join(notes_of(data))


def hostile() -> list[tuple[str, Answer]]:
    cited = citation(
        1, HOSTILE, title=HOSTILE, outlet=HOSTILE, source=HOSTILE, copies=(HOSTILE,), event=HOSTILE, url=HOSTILE,
        kind=BlockKind.CAPTION,
    )  # fmt: skip
    text = (
        f"# {HOSTILE} [1]\n- {HOSTILE}\n1. {HOSTILE}\n    {HOSTILE}\n> {HOSTILE}\n===\n---\n```\n[^1]: {HOSTILE}\n+ x\n"
    )
    return [(f"# {HOSTILE}\n\n{HOSTILE}", answer(text, cited, understood=HOSTILE))]


def test_hostile_words_in_markdown_stay_words() -> None:
    html = html_of(markdown_of(hostile(), language="en"))
    allowed = r"</?(?:h1|h2|p|em|ul|li|section|ol|sup|hr|a)\b[^<>]*>"
    assert re.sub(allowed, "", html).count("<") == 0
    assert set(re.findall(r'href="([^"]*)"', html)) == {"#fn1", "#fnref1"}
    assert html.count("<li>") == 1
    assert html.count('class="footnote-item"') == 1
    assert html.count("<hr") == 1  # the footnotes' own
    assert not re.search("[\x00-\x08\x1b\u202e]", html)
    assert "javascript:alert(1)" in html


def test_hostile_words_in_a_document_stay_words() -> None:
    data = docx_of(hostile(), language="vi")
    packed = zipfile.ZipFile(BytesIO(data))
    body = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
    for active in (b"<w:instrText", b"<w:fldSimple", b"<w:object", b"<w:altChunk", b"<w:hyperlink"):
        assert active not in body
    relations = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".rels"))
    assert b"External" not in relations
    assert not [name for name in packed.namelist() if re.search(r"vba|activeX|embeddings", name)]
    texts = "\n".join(p.text for p in Document(BytesIO(data)).paragraphs) + notes_of(data)[0]
    assert texts.count("</w:t><w:instrText>DDEAUTO</w:instrText>") >= 8
    assert not re.search("[\x00-\x08\x1b\u202e\ud800]", texts)


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_takes_an_empty_conversation_and_a_declined_answer(ending: str) -> None:
    declined = answer("Các bài báo không cho biết điều này.")
    assert exported([], ending, language="vi")
    assert exported([(QUESTION, declined)], ending, language="vi")


texts = st.text(st.characters(codec="utf-8"), max_size=40)
named = st.one_of(st.none(), texts)


@st.composite
def citations(draw: st.DrawFn, marker: int) -> Citation:
    quote, start = draw(texts), draw(st.integers(0, 10_000))
    place = draw(st.one_of(st.none(), st.tuples(texts, st.integers(0, 999))))
    return Citation(
        marker, draw(st.from_regex(r"[0-9a-f]{16}", fullmatch=True)), draw(texts), draw(texts), quote, start,
        start + len(quote), HASH, draw(st.sampled_from(BlockKind)), draw(named), draw(named), draw(named), draw(named),
        tuple(draw(st.lists(texts, max_size=3))), place,
    )  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    count = draw(st.integers(0, 3))
    found = st.builds(Retrieved, texts, texts, texts, st.integers(0, 10_000).map(lambda n: n / 10_000), st.just(("b",)))
    return Answer(
        draw(texts), draw(texts), bool(count) or draw(st.booleans()), draw(st.sampled_from(["vi", "en"])),
        tuple(draw(citations(n + 1)) for n in range(count)), tuple(draw(st.lists(found, max_size=2))),
        draw(st.integers(0, 99_999)) / 10_000, id=draw(named), unproven=tuple(draw(st.lists(texts, max_size=2))),
        understood=draw(texts),
    )  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.tuples(texts, answers()), max_size=3), st.sampled_from(["vi", "en"]))
def test_json_gives_the_same_exchanges_back(exchanges: list[tuple[str, Answer]], language: str) -> None:
    assert conversation_from(json_of(exchanges, language=language).encode()) == exchanges


def test_json_of_real_answers_comes_back(talk: list[tuple[str, Answer]]) -> None:
    def rounded(a: Answer) -> Answer:
        found = tuple(replace(r, score=round(r.score, 4)) for r in a.retrieved)
        return replace(a, seconds=round(a.seconds, 4), retrieved=found)

    written = json_of(talk, language="vi")
    assert conversation_from(written.encode()) == [(question, rounded(a)) for question, a in talk]
    assert json.loads(written)["exchanges"][0]["answer"] == talk[0][1].to_json()


def changed(**fields: Any) -> bytes:
    row = json.loads(json_of([("a", answer("Một. [1]", citation()))], language="vi"))
    told = row["exchanges"][0]["answer"]
    for name, value in fields.items():
        at = row if name in row else told if name in told else told["citations"][0]
        at[name] = value
    return json.dumps(row).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x", b"[]", b"{}", b"null", b"\xff\xfe", b"PK\x03\x04", b"[" * 100_000, b'{"a":' * 100_000, b'{"format": "\\ud800"}',
        b'{"format": "hoibao-conversation"}', b'{"format": "hoibao-conversation", "version": "1"}',
        changed(format="something-else"), changed(version=0), changed(version=True), changed(language="fr"),
        changed(exchanges={}), changed(exchanges=[[]]), changed(text=7), changed(answered="yes"), changed(answered=False),
        changed(marker=0), changed(marker=1e9), changed(marker="1"), changed(article_id="../../etc/passwd"),
        changed(article_id=ID + "\n"), changed(content_hash="x"), changed(kind="script"), changed(quote="a longer one"), changed(start=-1),
        changed(citations=[citation().to_json()] * 2), changed(seconds="NaN"), changed(place={"unit": "page"}),
        changed(text="x" * 200_000), changed().replace(b'"seconds": 0.0', b'"seconds": NaN'),
    ],
)  # fmt: skip
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(HoibaoError, match="no conversation exported by Hoibao") as caught:
        conversation_from(data)
    assert caught.value.hint
    assert len(str(caught.value)) < 500


def test_a_later_version_and_a_huge_file_are_refused_by_name() -> None:
    with pytest.raises(HoibaoError, match="version 2 of the format"):
        conversation_from(changed(version=2))
    with pytest.raises(HoibaoError, match="larger than 50 MB"):
        conversation_from(b" " * (LARGEST + 1))


def test_what_a_later_version_adds_is_passed_over() -> None:
    row = json.loads(changed())
    row["made"] = row["exchanges"][0]["answer"]["new"] = {"a": [1]}
    assert conversation_from(json.dumps(row).encode())[0][0] == "a"


@pytest.mark.parametrize("name", ["a.md", "a.DOCX", "câu trả lời.json"])
def test_ask_writes_the_answer(sample_data: Path, tmp_path: Path, name: str) -> None:
    done = CliRunner().invoke(app, ["ask", QUESTION, "--data-dir", str(sample_data), "--output", name])
    assert (done.exit_code, done.stdout) == (0, ""), done.output
    data = (tmp_path / name).read_bytes()
    text = "".join(notes_of(data)) if name.endswith("DOCX") else data.decode()
    assert "Nguyễn Văn Nên" in text
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_conversation_goes_on_from_its_file(sample_data: Path, tmp_path: Path) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["ask", *words, "--data-dir", str(sample_data)])

    assert run(QUESTION, "--output", "a.json").exit_code == 0
    assert run("Họp ở đâu?", "--history", "a.json", "--output", "b.json").exit_code == 0
    exchanges = conversation_from((tmp_path / "b.json").read_bytes())
    assert [question for question, _ in exchanges] == [QUESTION, "Họp ở đâu?"]
    assert "2019" in exchanges[1][1].understood
    for file, said in (("none.json", "cannot be read"), ("a.md", "no conversation")):
        (tmp_path / "a.md").write_text("# x")
        refused = run("Họp ở đâu?", "--history", file)
        assert (refused.exit_code, said in refused.stderr) == (2, True)
    (tmp_path / "q.jsonl").write_text("{}")
    assert "--history is for one question" in run("--batch", "q.jsonl", "--history", "a.json").stderr


@pytest.mark.parametrize("options", [["--output", "a.pdf"], ["--output", "a.md", "--json"], ["--output", "no/a.md"]])
def test_ask_says_why_it_cannot_write(sample_data: Path, tmp_path: Path, options: list[str]) -> None:
    done = CliRunner().invoke(app, ["ask", QUESTION, "--data-dir", str(sample_data), *options])
    assert done.exit_code == 2
    assert "Hint: " in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(HoibaoError, match="cannot be written"):
        write_export(tmp_path / "a.md", [], language="vi")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
