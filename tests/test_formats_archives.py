"""Archives: every member by its key, the bad ones by their name."""

import gzip
import io
import lzma
import stat
import sys
import zipfile

import pytest
from sample_files import BODY, RECORD, TEXT, TITLE, docx, jsonl, page, zipped

from ingest.formats import FORMATS, Limits, read_records, readable, single
from ingest.records import Record
from qa.errors import ArticleError

LINES = jsonl([RECORD, {**RECORD, "id": "a#2"}])


def read(name: str, data: bytes, *, limits: Limits | None = None) -> tuple[dict[str | None, Record], dict[str, str]]:
    records, errors = {}, {}
    for found in read_records(data, name=name, limits=limits):
        if isinstance(found, Record):
            assert found.key not in records
            records[found.key] = found
        else:
            errors[found.path] = str(found)
    return records, errors


def test_members_have_their_path_for_a_key_and_records_theirs_behind_it() -> None:
    data = zipped(
        {
            "báo/a.txt": TEXT.encode(),
            "b.jsonl": LINES,
            "c.jsonl.xz": lzma.compress(LINES),
            "d#1%.html": page(body=BODY * 4).encode(),
            "e.docx": docx(),
        }
    )
    records, errors = read("kho.zip", data)
    assert list(records) == [
        "báo/a.txt",
        "b.jsonl#a1",
        "b.jsonl#a%232",
        "c.jsonl.xz#a1",
        "c.jsonl.xz#a%232",
        "d%231%25.html",
        "e.docx",
    ]
    assert not errors
    assert records["b.jsonl#a1"].text == f"{TITLE}\n\n{TEXT}"


def test_what_is_packed_alone_keeps_its_own_keys() -> None:
    assert (
        list(read("a.jsonl.xz", lzma.compress(LINES))[0])
        == list(read("a.jsonl.gz", gzip.compress(LINES))[0])
        == ["a1", "a%232"]
    )
    assert read("a.txt.gz", gzip.compress(TEXT.encode()) + gzip.compress(b" "))[0][None].text == f"{TEXT} "
    assert list(read("a.zip.gz", gzip.compress(zipped({"a.txt": TEXT.encode()})))[0]) == ["a.txt"]


def test_archives_within_an_archive_are_read_down_to_the_limit() -> None:
    deep = zipped({"b.zip": zipped({"c.jsonl.gz": gzip.compress(LINES)})})
    assert list(read("a.zip", deep)[0]) == ["b.zip#c.jsonl.gz#a1", "b.zip#c.jsonl.gz#a%232"]
    records, errors = read("a.zip", deep, limits=Limits(depth=2))
    assert not records
    assert errors == {"a.zip#b.zip#c.jsonl.gz": "more than 2 archives stand within one another"}


def test_names_that_are_not_taken_are_refused_and_the_others_read() -> None:
    out = io.BytesIO()
    names = {
        "../a.txt": "the name leads out of the archive",
        "x/../../a.txt": "the name leads out of the archive",
        "/etc/a.txt": "the name leads out of the archive",
        "c:a.txt": "the name leads out of the archive",
        "x\\a.txt": "the name leads out of the archive",
        "hai\ndòng.txt": "the name holds a line break or control character",
        "chuông\x07.txt": "the name holds a line break or control character",
        "a.exe": "files of the kind .exe are not read",
    }
    with zipfile.ZipFile(out, "w") as archive:
        for name in [*names, ".ẩn.txt", "__MACOSX/._a.txt", "x/.DS_Store", "Thumbs.db", "thư mục/", "tốt.txt"]:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, "" if name.endswith("/") else TEXT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    records, errors = read("a.zip", out.getvalue())
    assert list(records) == ["tốt.txt"]
    assert sorted(errors.values()) == sorted([*names.values(), "this is a link"])
    assert all(path.isprintable() for path in errors)


def test_names_in_other_encodings() -> None:
    def named(raw: bytes) -> bytes:
        return zipped({"x" * len(raw) + ".txt": TEXT.encode()}).replace(b"x" * len(raw), raw)

    assert list(read("a.zip", named("bài".encode()))[0]) == ["bài.txt"]  # UTF-8 without the flag, as macOS writes it
    assert list(read("a.zip", named("bài".encode("latin-1")))[1].values()) == ["the name in the archive is not UTF-8"]


def test_the_same_name_twice_is_two_articles() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", TITLE)
    assert list(read("a.zip", out.getvalue())[0]) == ["a.txt", "a~2.txt"]


def test_what_is_encrypted_or_damaged_is_refused_and_the_others_read() -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode(), "b.txt": TEXT.encode(), "c.txt": TEXT.encode()}))
    first = data.find(b"PK\x01\x02")
    data[first + 8] |= 1
    second = data.find(b"PK\x01\x02", first + 1)
    data[second + 16] ^= 0xFF
    records, errors = read("a.zip", bytes(data))
    assert list(records) == ["c.txt"]
    assert errors["a.zip#a.txt"] == "the file is encrypted"
    assert "CRC" in errors["a.zip#b.txt"]


@pytest.mark.parametrize(
    "pack",
    [
        lambda b: ("a.txt.gz", gzip.compress(b)),
        lambda b: ("a.txt.xz", lzma.compress(b)),
        lambda b: ("a.zip", zipped({"a.txt": b})),
    ],
)
def test_bombs_do_not_go_off(pack: object) -> None:
    name, data = pack(b"a " * 20_000_000)  # type: ignore[operator]
    try:
        _, errors = read(name, data, limits=Limits(article_bytes=10**9))
    except ArticleError as exc:
        errors = {"": str(exc)}
    assert list(errors.values()) == ["it unpacks to more than 200 times its size, as no text does"]


def test_the_whole_of_an_archive_has_a_limit() -> None:
    data = zipped({f"{n}.txt": TEXT.encode() for n in range(10)}, level=zipfile.ZIP_STORED)
    found = read_records(data, name="a.zip", limits=Limits(total_bytes=3 * len(TEXT.encode())))
    assert [isinstance(next(found), Record) for _ in range(3)] == [True] * 3
    with pytest.raises(ArticleError, match="come out of the archive"):
        next(found)
    with pytest.raises(ArticleError, match="more than 4 files"):
        read("a.zip", data, limits=Limits(members=4))


def test_a_long_table_of_contents_is_not_read() -> None:
    data = zipped({f"{'x' * 200}{n}.txt": b"a" for n in range(50)})
    with pytest.raises(ArticleError, match="table of contents"):
        read("a.zip", data, limits=Limits(members=5))


def test_what_is_cut_off_gives_what_came_before() -> None:
    lines = "".join(
        f'{{"content": "Bài số {n}: {hash(n * 7919) % 10**9} {BODY[0][n % 50 :]}"}}\n' for n in range(20_000)
    ).encode()
    data = lzma.compress(lines)
    found = read_records(io.BytesIO(data[: len(data) * 3 // 4]), name="a.jsonl.xz")
    assert isinstance(next(found), Record)
    with pytest.raises(ArticleError, match="the archive is damaged"):
        list(found)


@pytest.mark.parametrize("name", ["a.zip", "a.txt.gz", "a.txt.xz"])
def test_what_is_no_archive_is_refused(name: str) -> None:
    with pytest.raises(ArticleError):
        read(name, TEXT.encode())


def test_a_stream_stays_open() -> None:
    stream = io.BytesIO(zipped({"a.txt": TEXT.encode()}))
    assert len(list(read_records(stream, name="a.zip"))) == 1
    assert not stream.closed


def test_which_files_are_read_and_which_are_one_article() -> None:
    assert {
        ".txt",
        ".md",
        ".html",
        ".pdf",
        ".docx",
        ".json",
        ".jsonl",
        ".csv",
        ".rss",
        ".xml",
        ".zip",
        ".gz",
        ".xz",
    } <= FORMATS
    assert [n for n in ("a.TXT", "a.md.gz", "a.json", "a.zip", "a.jsonl.xz", "a.pdf", "a") if single(n)] == [
        "a.TXT",
        "a.md.gz",
        "a.pdf",
    ]
    assert [n for n in ("a.tar.gz", "a.jsonl.xz", "a.gz", "a.zip", "b.XML", "a.doc") if readable(n)] == [
        "a.jsonl.xz",
        "a.zip",
        "b.XML",
    ]
    with pytest.raises(ArticleError, match=r"\.tar are not read"):
        read("a.tar.gz", gzip.compress(b"x"))


def test_the_package_is_quick_to_import() -> None:
    import subprocess

    heavy = "lxml trafilatura pypdfium2 docx yaml markdown_it ftfy"
    code = f"import sys, ingest.formats; print([m for m in '{heavy}'.split() if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
