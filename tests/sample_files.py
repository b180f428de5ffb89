"""Small valid files of every format, made in memory from texts written for the tests."""

import gzip
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Mapping, Sequence

TITLE = "Thư viện Suối Mơ mở cửa đêm thứ Sáu"
BODY = (
    "Từ tháng sau, thư viện Suối Mơ mở cửa đến 22 giờ tối thứ Sáu để đón học sinh ôn thi.",
    "Giám đốc Lê Thị Bích Hường cho biết thư viện có thêm 120 chỗ ngồi và hai phòng đọc nhóm.",
    "Người đọc được mượn năm cuốn một lần, thay vì ba cuốn như trước đây.",
)
TEXT = "\n".join(BODY)
ENGLISH = (
    "The Suoi Mo library will stay open until ten on Friday evenings, its director said.",
    "It has 120 more seats and two rooms for groups, paid for by the town.",
)
RECORD = {
    "id": "a1",
    "title": TITLE,
    "content": TEXT,
    "url": "https://bao.example/thu-vien-suoi-mo",
    "published_at": "2019-04-25T10:30:00+07:00",
    "source": "Báo Mẫu",
}
HEAD = (
    '<meta property="og:site_name" content="Báo Mẫu"><link rel="canonical" href="https://bao.example/thu-vien-suoi-mo">'
    '<meta property="article:published_time" content="2019-04-25T10:30:00+07:00">'
)
DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def page(*, title: str = TITLE, body: Sequence[str] = BODY, head: str = HEAD) -> str:
    paragraphs = "".join(f"<p>{p}</p>" for p in body)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title} - Báo Mẫu</title>{head}'
        "<style>p {color: red}</style><script>var biến = 'mã lệnh';</script></head><body><nav><a href='/'>Trang chủ</a></nav>"
        f"<article><h1>{title}</h1>{paragraphs}</article><footer>Bản quyền thuộc Báo Mẫu</footer></body></html>"
    )


def rss(items: Sequence[str], *, before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Báo Mẫu</title><link>https://bao.example</link>{''.join(items)}</channel></rss>"
    )


def item(number: int = 1, *, title: str = TITLE, text: str = TEXT, more: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>https://bao.example/{number}</link><guid>tin-{number}</guid>"
        f"<pubDate>Thu, 25 Apr 2019 10:30:00 +0700</pubDate><description>{text}</description>{more}</item>"
    )


ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Mẫu</title><entry><id>urn:1</id>'
    f'<title>{TITLE}</title><link rel="alternate" href="https://bao.example/1"/><updated>2019-04-25T03:30:00Z</updated>'
    f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY[0]}</p><p>{BODY[1]}</p></div></content></entry></feed>'
)


def docx(paragraphs: Sequence[str] = (TITLE, *BODY), *, table: Sequence[Sequence[str]] = (), title: str = "") -> bytes:
    import docx as library

    document = library.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in enumerate(table):
            for column, words in enumerate(cells):
                made.cell(row, column).text = words
        document.add_paragraph("Sau bảng.")
    document.core_properties.title = title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(
    pages: Sequence[Sequence[str]] = ((TITLE, *BODY),), *, title: str = "", size: float = 12, encrypt: bool = False
) -> bytes:
    """Return a PDF of lines, each letter 6 points wide; it has no font, only the meaning of its letters, which is what is read."""
    letters = sorted({c for page in pages for line in page for c in line})
    code = {c: n for n, c in enumerate(letters, 1)}
    ranges = "".join(f"<{n:04X}> <{c.encode('utf-16-be').hex()}>\n" for c, n in code.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(code)} beginbfchar\n{ranges}endbfchar\nendcmap end end"
    )
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Arial /Flags 4 /FontBBox [0 -200 500 800] /Ascent 800 /Descent -200 >> >>"
    )
    objects.append(_stream(to_unicode.encode()))
    kids = []
    for lines in pages:
        commands = []
        for number, line in enumerate(lines):
            shown = "".join(f"{code[c]:04X}" for c in line)
            commands.append(f"BT /F1 {size} Tf 1 0 0 1 50 {780 - 16 * number} Tm <{shown}> Tj ET")
        kids.append(len(objects) + 2)
        objects.append(_stream("\n".join(commands).encode()))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
    objects.append(
        b"<< /Title <FEFF" + title.encode("utf-16-be").hex().encode() + b"> /CreationDate (D:20200101000000Z) >>"
    )
    more = f"/Info {len(objects)} 0 R "
    if encrypt:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>"
        )
        more += f"/Encrypt {len(objects)} 0 R /ID [<00><00>] "
    return _written(objects, more)


def scan() -> bytes:
    """Return a PDF of one page that is a picture."""
    picture = zlib.compress(bytes(64))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        _stream(b"q 500 0 0 700 40 40 cm /I Do Q"),
        b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length "
        + f"{len(picture)} >>\nstream\n".encode()
        + picture
        + b"\nendstream",
    ]
    return _written(objects, "")


def _stream(data: bytes) -> bytes:
    return f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _written(objects: Sequence[bytes], more: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{o:010} 00000 n \n".encode() for o in offsets
    )
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {more}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def zipped(members: Mapping[str, bytes], *, level: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def jsonl(records: Sequence[object]) -> bytes:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def valid() -> dict[str, bytes]:
    """Return a small file of every format, by name."""
    table = f'id,tiêu đề,nội dung,ngày\na1,"{TITLE}","{TEXT}",25/4/2019\n'.encode()
    markdown = f"---\ntitle: {TITLE}\ndate: 2019-04-25\n---\n# {TITLE}\n\n{BODY[0]}\n\n- **Một** [liên kết](https://a.example)\n- hai\n\n{BODY[1]}\n"
    lines = jsonl([RECORD, {**RECORD, "id": "a2"}])
    feed = rss([item(1), item(2)]).encode()
    return {
        "a.txt": f"{TITLE}\n\n{TEXT}\n".encode(),
        "a.md": markdown.encode(),
        "a.html": page().encode(),
        "a.json": json.dumps({"articles": [RECORD, {**RECORD, "id": "a2"}]}, ensure_ascii=False, indent=1).encode(),
        "b.json": json.dumps(RECORD).encode(),
        "a.jsonl": lines,
        "a.csv": table,
        "a.tsv": table.replace(b",", b"\t"),
        "a.pdf": pdf(),
        "a.docx": docx(table=(("Tỉnh", "Số"), ("Huế", "45"))),
        "a.rss": feed,
        "a.atom": ATOM.encode(),
        "a.zip": zipped({"báo/a.txt": TEXT.encode(), "báo/b.jsonl": lines, "c.html": page().encode()}),
        "a.txt.gz": gzip.compress(TEXT.encode()),
        "a.jsonl.xz": lzma.compress(lines),
    }
