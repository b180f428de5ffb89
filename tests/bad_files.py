"""Files that are damaged, hostile or of the wrong kind, without end: what reading must bear."""

import gzip
import io
import json
import lzma
import random
import stat
import zipfile
from collections.abc import Callable, Iterator

from sample_files import BODY, DOCX_TYPES, RECORD, TEXT, TITLE, docx, item, jsonl, page, pdf, rss, scan, valid, zipped

Made = tuple[str, bytes]
DEEP = 20_000


def generate(n: int, seed: int) -> Iterator[Made]:
    """Yield `n` named files: each kind of damage in turn, to a valid file chosen by chance."""
    chance = random.Random(seed)
    samples = valid()
    for number in range(n):
        kind = KINDS[number % len(KINDS)]
        yield kind(chance, samples)


def _pick(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name = chance.choice(sorted(samples))
    return name, samples[name]


def _truncated(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name, data = _pick(chance, samples)
    return name, data[: chance.randrange(len(data))]


def _beheaded(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name, data = _pick(chance, samples)
    return name, data[chance.randrange(1, len(data)) :]


def _flipped(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name, data = _pick(chance, samples)
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 3, 30])):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return name, bytes(damaged)


def _holed(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name, data = _pick(chance, samples)
    start = chance.randrange(len(data))
    return name, data[:start] + data[start + chance.randrange(1, 200) :]


def _doubled(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name, data = _pick(chance, samples)
    start, length = chance.randrange(len(data)), chance.randrange(1, 2000)
    return name, data[: start + length] + data[start : start + length] * chance.randrange(1, 50) + data[
        start + length :
    ]


def _zeroed(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name, data = _pick(chance, samples)
    start = chance.randrange(len(data))
    return name, data[:start] + bytes(chance.randrange(1, 500)) + data[start:]


def _renamed(chance: random.Random, samples: dict[str, bytes]) -> Made:
    """Return a file with the ending of another format."""
    _, data = _pick(chance, samples)
    return _pick(chance, samples)[0], data


def _spliced(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name, first = _pick(chance, samples)
    _, second = _pick(chance, samples)
    return name, first[: chance.randrange(len(first))] + second[chance.randrange(len(second)) :]


def _noise(chance: random.Random, samples: dict[str, bytes]) -> Made:
    return _pick(chance, samples)[0], chance.randbytes(chance.choice([1, 20, 5000]))


def _blank(chance: random.Random, samples: dict[str, bytes]) -> Made:
    return _pick(chance, samples)[0], chance.choice([b"", b" \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\n" * 5000])


def _reencoded(chance: random.Random, samples: dict[str, bytes]) -> Made:
    name, data = _pick(
        chance,
        {k: v for k, v in samples.items() if k[2:] in {"txt", "md", "html", "json", "jsonl", "csv", "rss", "atom"}},
    )
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1258", "latin-1", "utf-7", "cp437", "shift-jis"])
    return name, data.decode().encode(encoding, "replace")


def _mark_dense(chance: random.Random, samples: dict[str, bytes]) -> Made:
    """Return a text of one mark repeated: what makes matching quadratic."""
    del samples
    mark = chance.choice(
        [
            "[",
            "<",
            "*a ",
            "_a_",
            "![",
            "`",
            "<p>",
            "<a href=",
            "&",
            "((",
            "|",
            "{",
            '"',
            "\\",
            "a^",
            "Ã¡",
            "> ",
            "- ",
            "<!--",
            "]]>",
            "e^.",
        ]
    )
    name = chance.choice(["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.rss"])
    return name, (mark * chance.choice([1000, DEEP])).encode()


def _deep_json(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    opening, closing = chance.choice([("[", "]"), ('{"a":', "}"), ('[{"content":', "}]")])
    data = opening * DEEP + "1" + chance.choice([closing * DEEP, ""])
    return chance.choice(["a.json", "a.jsonl"]), data.encode()


def _deep_markup(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    tag = chance.choice(["div", "b", "table", "ul", "font", "p"])
    deep = f"<{tag}>" * DEEP + TEXT + f"</{tag}>" * chance.choice([0, DEEP])
    if chance.random() < 0.3:
        return "a.rss", rss([deep]).encode()
    return chance.choice([("a.html", deep.encode()), ("a.jsonl", jsonl([{**RECORD, "content": deep}]))])


def _entities(chance: random.Random, samples: dict[str, bytes]) -> Made:
    """Return a feed that unfolds itself, or asks for a file of the machine or the net."""
    del samples
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = chance.choice(
        [
            f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>',
            '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">',
            '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
        ]
    )
    return chance.choice(["a.rss", "a.xml"]), rss([item(text="&l9;")], before=doctype).encode()


def _docx_entities(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del chance, samples
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><w:document xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    members = {"[Content_Types].xml": DOCX_TYPES, "_rels/.rels": relations, "word/document.xml": body}
    return "a.docx", zipped({name: data.encode() for name, data in members.items()})


def _bomb(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    zeros = b"a " * 3_000_000
    inner = zipped({"a.txt": zeros})
    return chance.choice(
        [
            ("a.txt.gz", gzip.compress(zeros)),
            ("a.txt.xz", lzma.compress(zeros)),
            ("a.jsonl.xz", lzma.compress(zeros)),
            ("a.zip", inner),
            ("b.zip", zipped({f"{n}.zip": inner for n in range(5)})),
            ("a.docx", zipped({"[Content_Types].xml": DOCX_TYPES.encode(), "word/document.xml": zeros})),
        ]
    )


def _nested(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    name, data = "a.txt", TEXT.encode()
    for _ in range(chance.choice([2, 5, 12])):
        packed = chance.choice(["zip", "gz", "xz"])
        if packed == "zip":
            name, data = "a.zip", zipped({name: data})
        else:
            name, data = f"{name}.{packed}", (gzip if packed == "gz" else lzma).compress(data)
    return name, data


def _strange_members(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in (
            "../a.txt",
            "/etc/a.txt",
            "c:\\a.txt",
            "x\\..\\a.txt",
            "hai\ndòng.txt",
            "chuông\x07.txt",
            "a\x00b.txt",
            "#1%.txt",
            "x" * 300 + ".txt",
        ):
            entry = zipfile.ZipInfo(name)
            entry.filename = name
            archive.writestr(entry, TEXT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", TEXT)
        archive.writestr(zipfile.ZipInfo("a.txt"), chance.choice([TEXT, TITLE]))
    return "a.zip", out.getvalue()


def _lying_sizes(chance: random.Random, samples: dict[str, bytes]) -> Made:
    """Return an archive whose entries claim other sizes and places than they have."""
    data = bytearray(samples["a.zip"] if chance.random() < 0.5 else samples["a.docx"])
    name = "a.zip" if data == samples["a.zip"] else "a.docx"
    at = data.rfind(b"PK\x01\x02")
    for field in (16, 20, 24, 42):
        if chance.random() < 0.5:
            data[at + field : at + field + 4] = chance.randbytes(4)
    return name, bytes(data)


def _flagged(chance: random.Random, samples: dict[str, bytes]) -> Made:
    """Return an archive whose entries claim a password, another method or another coding of their names."""
    data = bytearray(samples["a.zip"])
    at = data.find(b"PK\x01\x02")
    data[at + 8] = chance.randrange(256)
    data[at + 10] = chance.choice([0, 8, 9, 12, 14, 93, 99])
    return "a.zip", bytes(data)


def _values(chance: random.Random, samples: dict[str, bytes]) -> Made:
    """Return records whose fields hold what no article does."""
    del samples
    strange = chance.choice(
        [
            None,
            True,
            -1,
            1e308,
            float("nan"),
            10**30,
            "\ud800",
            "\x00",
            [],
            [[[[]]]],
            {},
            {"a": {"b": 1}},
            [1, None, "đoạn", {}],
            "x" * 100_000,
        ]
    )
    name = chance.choice(["id", "title", "content", "url", "published_at", "source", "description"])
    made = {**RECORD, name: strange}
    return chance.choice(
        [
            ("a.jsonl", (json.dumps(made) + "\n").encode() * 3),
            ("a.json", json.dumps([made, made]).encode()),
            ("b.json", json.dumps(made).encode()),
        ]
    )


def _numbers(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    return chance.choice(["a.json", "a.jsonl"]), (b'{"content": ' + b"9" * chance.choice([5000, 50_000]) + b"}")


def _tables(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    head = "id,title,text\n"
    body = chance.choice(
        [
            '1,"' + "a," * 50_000,
            "1,2\n" * 1000,
            "1,2,3,4,5,6\n" * 100,
            "\x00,\x00,\x00\n",
            '"""""""""\n' * 500,
            "," * 100_000,
            "\r" * 5000,
        ]
    )
    return chance.choice(["a.csv", "a.tsv"]), (head + body).encode()


def _front_matter(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    bomb = (
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{c}: &{c} [{','.join([f'*{p}'] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
        + "text: *i\n"
    )
    front = chance.choice(
        [
            bomb,
            "[" * 5000,
            "title: !!python/object/apply:os.system [ls]\n",
            "title: [\n",
            "date: 9999-99-99\n",
            "? x\n: y\n",
            "title: " + "- " * 3000,
        ]
    )
    mark = chance.choice(["---", "+++"])
    return "a.md", f"{mark}\n{front}\n{mark}\n{TEXT}\n".encode()


def _documents(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    return chance.choice(
        [
            ("a.pdf", scan()),
            ("a.pdf", pdf(encrypt=True)),
            ("a.pdf", pdf([[]])),
            ("a.pdf", pdf([["x"]] * 40)),
            ("a.pdf", pdf().replace(b"/Kids [7 0 R]", b"/Kids [2 0 R]")),
            ("a.pdf", pdf().replace(b"/Count 1", b"/Count 99999999")),
            ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
            ("a.docx", docx([""])),
            ("a.docx", zipped({"a.txt": b"a"})),
            ("a.docx", zipped({"[Content_Types].xml": DOCX_TYPES.encode()})),
        ]
    )


def _days(chance: random.Random, samples: dict[str, bytes]) -> Made:
    del samples
    day = chance.choice(
        [
            "3019-01-01",
            "0001-01-01",
            "1066-10-14",
            "99/99/9999",
            "-1",
            "1e999",
            "٢٠١٩-٠٤-٢٥",
            "2019-02-30",
            "Thu, 99 Foo 2019 99:99:99 +9999",
        ]
    )
    return chance.choice(
        [
            ("a.jsonl", jsonl([{**RECORD, "published_at": day}])),
            ("a.html", page(head=f'<meta property="article:published_time" content="{day}">').encode()),
            ("a.md", f"---\ndate: {day}\n---\n{TEXT}".encode()),
            ("a.rss", rss([item().replace("Thu, 25 Apr 2019 10:30:00 +0700", day)]).encode()),
        ]
    )


def _lone_lines(chance: random.Random, samples: dict[str, bytes]) -> Made:
    """Return a good record among lines that are none."""
    bad = chance.choice([b"{", b"null", b"[]", b"\xff\xfe", b'"\\ud800"', b'{"content": "' + BODY[0].encode()[:9]])
    return "a.jsonl", (bad + b"\n") * chance.choice([1, 50]) + samples["a.jsonl"] + bad


KINDS: tuple[Callable[[random.Random, dict[str, bytes]], Made], ...] = (
    _truncated, _beheaded, _flipped, _holed, _doubled, _zeroed, _renamed, _spliced, _noise, _blank, _reencoded, _mark_dense, _deep_json, _deep_markup,
    _entities, _docx_entities, _bomb, _nested, _strange_members, _lying_sizes, _flagged, _values, _numbers, _tables, _front_matter, _documents, _days,
    _lone_lines,
)  # fmt: skip
