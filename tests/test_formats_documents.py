"""Documents: PDF and DOCX."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from sample_files import BODY, TITLE, docx, pdf, scan, zipped

from ingest.formats import Limits, read_records
from ingest.formats.lines import Line, paragraphs
from ingest.records import Record, place_of
from qa.errors import ArticleError


def read(name: str, data: bytes, *, limits: Limits | None = None) -> Record:
    (record,) = read_records(data, name=name, limits=limits)
    assert isinstance(record, Record)
    return record


def refusal(name: str, data: bytes, *, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(ArticleError) as refused:
        read(name, data, limits=limits)
    return str(refused.value), refused.value.hint


def wrapped(text: str, width: int = 60) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


# --- PDF --------------------------------------------------------------------------------------------------------------


def test_lines_are_joined_to_paragraphs() -> None:
    record = read("a.pdf", pdf([[TITLE, *(line for p in BODY for line in wrapped(p))]]))
    assert record.text.split("\n") == [TITLE, *BODY]


def test_pages_are_known_and_what_repeats_on_them_is_left_out() -> None:
    pages = [["BÁO MẪU - số 12", *wrapped(BODY[n]), f"Trang {n + 1}/3"] for n in range(3)]
    record = read("a.pdf", pdf(pages))
    assert record.text.split("\n") == list(BODY)
    assert [(place.at, record.text[place.start :][:10]) for place in record.places] == [
        (n + 1, BODY[n][:10]) for n in range(3)
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = wrapped(BODY[1])
    record = read("a.pdf", pdf([lines[:1], lines[1:]]))
    assert record.text == BODY[1]
    place = place_of(record.places, record.text.index(lines[1]))
    assert place is not None
    assert (place.unit, place.at) == ("page", 2)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["The town paid for an inter-", "national competition this year."],
            "The town paid for an international competition this year.",
        ),
        (
            ["Tàu chạy từ thành phố Bà Rịa-", "Vũng Tàu lên biên giới phía bắc"],
            "Tàu chạy từ thành phố Bà Rịa-Vũng Tàu lên biên giới phía bắc",
        ),
        (
            ["Ông sống ba mươi năm ở Ca-na-", "đa trước khi về nước lần đầu"],
            "Ông sống ba mươi năm ở Ca-na-đa trước khi về nước lần đầu",
        ),
    ],
)
def test_hyphens_go_only_where_a_word_was_broken(lines: Sequence[str], text: str) -> None:
    assert read("a.pdf", pdf([lines])).text == text


def test_a_paragraph_ends_where_its_next_word_would_have_fitted() -> None:
    def line(text: str, row: int, left: float = 0) -> Line:
        return Line(text, left, -12 * row, left + 5 * len(text), 10 - 12 * row, 5 * len(text.split()[0]))

    rows = [
        line("một hai ba bốn năm sáu bảy tám", 0),
        line("chín mười.", 1),
        line("Đoạn mới bắt đầu ở dòng này và", 2),
        line("- một điểm", 3),
    ]
    assert paragraphs([rows])[0].split("\n") == [
        "một hai ba bốn năm sáu bảy tám chín mười.",
        "Đoạn mới bắt đầu ở dòng này và",
        "- một điểm",
    ]
    assert paragraphs([[]]) == ("", [])


def test_a_title_is_believed_where_it_stands_on_the_page() -> None:
    assert read("a.pdf", pdf(title=TITLE)).title == TITLE
    assert read("a.pdf", pdf(title="Microsoft Word - baocao.doc")).title is None
    assert read("a.pdf", pdf()).published is None  # the day a file was made is not the day of the news


def test_what_is_no_text_is_refused_by_name() -> None:
    assert refusal("a.pdf", pdf(encrypt=True))[0] == "the PDF is password-protected"
    reason, hint = refusal("a.pdf", scan())
    assert "scanned images" in reason
    assert "OCR" in hint
    assert refusal("a.pdf", pdf([[]]))[0] == "the PDF has no text"
    assert refusal("a.pdf", b"%PDF-1.7\nxin")[0] == "the PDF is damaged and cannot be opened"
    assert refusal("a.pdf", b"xin")[0] == "this is not a PDF"
    assert "more than the 2" in refusal("a.pdf", pdf([["a"]] * 3), limits=Limits(pages=2))[0]


def test_a_pdf_typed_with_an_old_font_is_made_right() -> None:
    from test_encodings import tcvn3

    assert read("a.pdf", pdf([wrapped(tcvn3(BODY[1]))])).text == BODY[1]


# --- DOCX -------------------------------------------------------------------------------------------------------------


def test_paragraphs_and_tables_come_in_order_with_their_numbers() -> None:
    record = read("a.docx", docx([TITLE, "", *BODY], table=[["Tỉnh", "Số"], ["Huế", "45"]]))
    assert record.text.split("\n") == [TITLE, *BODY, "Tỉnh\tSố", "Huế\t45", "Sau bảng."]
    assert [p.at for p in record.places] == [1, 3, 4, 5, 7, 9, 10]
    assert {p.unit for p in record.places} == {"paragraph"}


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    assert old.encode() in members[name]
    members[name] = members[name].replace(old.encode(), new.encode())
    return zipped(members)


def test_inserted_text_and_boxes_are_read_and_deleted_text_is_not() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    old = run.format("Một hai.")
    box = "<w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r>".format(run.format("Trong khung."))
    new = (
        run.format("Một ")
        + f"<w:ins>{run.format('hai')}</w:ins><w:del><w:r><w:delText>ba</w:delText></w:r></w:del>"
        + run.format(".")
        + box
    )
    data = changed(docx(["Một hai."]), "word/document.xml", old, new)
    assert read("a.docx", data).text.split("\n") == ["Một hai.", "Trong khung."]


def test_a_note_follows_its_paragraph() -> None:
    data = changed(
        docx(["Có chú thích.", "Đoạn sau."]),
        "word/document.xml",
        "Có chú thích.</w:t></w:r>",
        'Có chú thích.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>',
    )
    relation = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    data = changed(data, "word/_rels/document.xml.rels", "</Relationships>", relation)
    kind = '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
    data = changed(data, "[Content_Types].xml", "</Types>", kind)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    members["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="2"><w:p><w:r><w:t>Lời chú.</w:t></w:r></w:p></w:footnote></w:footnotes>'.encode()
    )
    assert read("a.docx", zipped(members)).text.split("\n") == ["Có chú thích.", "Lời chú.", "Đoạn sau."]


def test_documents_that_cannot_be_used_are_refused_by_name() -> None:
    assert "password-protected" in refusal("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))[0]
    assert "no .docx archive" in refusal("a.docx", b"PK\x03\x04 xin")[0]
    assert "damaged" in refusal("a.docx", zipped({"a.txt": b"a"}))[0]
    assert refusal("a.docx", docx([""]))[0] == "the document has no text"
    bomb = changed(docx(), "word/document.xml", BODY[0], "a" * 30_000_000)
    assert "more than a document does" in refusal("a.docx", bomb)[0]


def test_entities_in_a_document_are_not_unfolded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    data = changed(
        docx(["Cười &amp;."]),
        "word/document.xml",
        "<w:document",
        f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><w:document',
    )
    data = changed(data, "word/document.xml", "Cười &amp;amp;", "&l8;")
    assert "a part of it is missing or cannot be read" in refusal("a.docx", data)[0]
