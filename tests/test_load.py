"""Finding and reading article files: what is text is read, the rest is refused by name."""

import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.load import Found, decode, find, read
from qa.errors import ArticleError, HoibaoError

TEXT = "Hội nghị tổng kết\nĐồng chí chủ trì. 🎏\n"
LIMIT = 1000
NAME = Path("bài.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "báo"
    folder.mkdir()
    return folder


def write(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def sources(found: Found) -> list[str]:
    return [source for _, source in found.files]


def refusals(found: Found) -> dict[str, str]:
    return {Path(e.path).name: str(e) for e in found.refused}


# --- decoding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
    ],
    ids=["utf-8", "BOM", "utf-16", "little-endian", "big-endian", "CRLF", "CR", "utf-16 CRLF"],
)
def test_text_is_the_same_however_it_is_saved(data: bytes) -> None:
    assert decode(data, path=NAME) == TEXT


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t")))
def test_any_text_is_read_back(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode(), path=NAME) == decode(text.encode("utf-8-sig"), path=NAME) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Hội nghị".encode("utf-16-le"), "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x01\x02", "binary"),
        ("plain words, but in UTF-16".encode("utf-16-le"), "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        ("Résumé".encode("latin-1"), "not UTF-8 (byte 1)"),
        (b"H\xe9i ngh\xde", "not UTF-8 (byte 1)"),
        (b"\xef\xbb\xbfR\xe9sum\xe9", "not UTF-8"),
        (b"\xff\xfea", "not UTF-16"),
        (b"\xff\xfe\x00\xd8a\x00", "not UTF-16"),
        (TEXT.encode()[:-3], "not UTF-8"),
    ],
)
def test_what_is_not_text_is_refused_with_its_name(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as refused:
        decode(data, path=NAME)
    assert reason in str(refused.value)
    assert refused.value.path == "bài.txt"
    assert ("UTF-8" in refused.value.hint) == (reason != "binary")


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    assert decode(f"\x00\x1b{TEXT}".encode(), path=NAME) == f"\x00\x1b{TEXT}"


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_file_is_read_with_its_state(folder: Path) -> None:
    path = write(folder / "a.txt")
    os.utime(path, ns=(0, 1_500_000_000_123_456_789))
    data, state = read(path, max_bytes=LIMIT)
    assert data == TEXT.encode()
    assert (state.path, state.size, state.raw_hash) == (str(path), len(data), sha256(data).hexdigest())
    assert state.mtime_ns == path.stat().st_mtime_ns


@pytest.mark.parametrize("content", [b"", b" ", b"\n\t \r\n", b"\n" * 500])
def test_an_empty_file_is_refused(folder: Path, content: bytes) -> None:
    with pytest.raises(ArticleError, match="empty") as refused:
        read(write(folder / "a.txt", content), max_bytes=LIMIT)
    assert refused.value.path == str(folder / "a.txt")


def test_a_file_over_the_limit_is_refused(folder: Path) -> None:
    assert len(read(write(folder / "a.txt", b"a" * LIMIT), max_bytes=LIMIT)[0]) == LIMIT
    with pytest.raises(ArticleError, match="more than the") as refused:
        read(write(folder / "b.txt", b"a" * (LIMIT + 1)), max_bytes=LIMIT)
    assert "HOIBAO_MAX_ARTICLE_MB" in refused.value.hint


def test_what_cannot_be_read_is_refused(folder: Path) -> None:
    (folder / "x.txt").mkdir()
    (folder / "link.txt").symlink_to("nowhere.txt")
    for name in ("x.txt", "link.txt", "none.txt"):
        with pytest.raises(ArticleError, match="cannot be read") as refused:
            read(folder / name, max_bytes=1_000_000)
        assert refused.value.path == str(folder / name)


# --- finding ----------------------------------------------------------------------------------------------------------


def test_a_folder_is_searched_to_the_bottom(folder: Path) -> None:
    for name in (
        "b.txt",
        "a.TXT",
        "sâu/hơn nữa/c.txt",
        ".ẩn.txt",
        ".git/d.txt",
        "sâu/.e.txt",
        "f.md",
        "g.PDF",
        "h",
        "i.pdf",
    ):
        write(folder / name)
    found = find([folder])
    assert sources(found) == ["báo/a.TXT", "báo/b.txt", "báo/sâu/hơn nữa/c.txt"]
    assert [path for path, _ in found.files] == [folder / "a.TXT", folder / "b.txt", folder / "sâu/hơn nữa/c.txt"]
    assert found.ignored == {".md": 1, ".pdf": 2, "no ending": 1}
    assert found.refused == []


def test_sources_do_not_depend_on_where_one_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "a.txt")
    absolute = find([folder])
    monkeypatch.chdir(folder)
    assert find([Path()]).files == find([Path("../báo")]).files == find([Path("a.txt")]).files == absolute.files
    assert find([folder / ".." / "báo" / "a.txt"]).files == absolute.files


def test_a_file_given_twice_is_taken_once(folder: Path) -> None:
    path = write(folder / "a.txt")
    (folder / "same.txt").symlink_to("a.txt")
    assert find([path, folder, path, folder]).files == [(path, "báo/a.txt")]


def test_links_may_lead_about_the_folder_but_not_out_of_it(folder: Path, tmp_path: Path) -> None:
    write(folder / "a.txt")
    write(tmp_path / "secret.txt", "Bí mật")
    write(tmp_path / "báo2" / "b.txt")  # a neighbour whose name begins like the folder's
    (folder / "inside.txt").symlink_to("a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "neighbour.txt").symlink_to(tmp_path / "báo2" / "b.txt")
    found = find([folder])
    assert sources(found) == ["báo/a.txt"]
    assert refusals(found) == dict.fromkeys(["out.txt", "neighbour.txt"], "the link leads out of the folder")


def test_a_folder_link_that_leads_out_is_refused(folder: Path, tmp_path: Path) -> None:
    write(folder / "a.txt")
    write(tmp_path / "elsewhere" / "b.txt")
    (folder / "archive").symlink_to(tmp_path / "elsewhere")
    found = find([folder])
    assert sources(found) == ["báo/a.txt"]
    assert refusals(found) == {"archive": "the link leads out of the folder"}


def test_a_link_given_by_name_may_lead_anywhere(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere" / "b.txt")
    (folder / "link.txt").symlink_to(path)
    (tmp_path / "way").symlink_to(tmp_path / "elsewhere")
    assert find([folder / "link.txt"]).files == [(path, "elsewhere/b.txt")]
    assert find([tmp_path / "way"]).files == [(path, "elsewhere/b.txt")]


def test_a_file_refused_behind_a_link_is_taken_where_it_really_is(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere" / "b.txt")
    (folder / "link.txt").symlink_to(path)
    found = find([folder, tmp_path / "elsewhere"])
    assert found.files == [(path, "elsewhere/b.txt")]
    assert refusals(found) == {"link.txt": "the link leads out of the folder"}


@pytest.mark.parametrize("target", ["nowhere.txt", "loop.txt"])
def test_a_link_to_nothing_is_refused_and_the_rest_is_read(folder: Path, target: str) -> None:
    write(folder / "a.txt")
    (folder / "loop.txt").symlink_to(target)
    found = find([folder])
    assert sources(found) == ["báo/a.txt"]
    assert refusals(found) == {"loop.txt": "this is not a regular file"}


def test_what_is_no_regular_file_is_refused(folder: Path) -> None:
    write(folder / "a.txt")
    write(folder / "x.txt" / "b.txt")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "s.txt"))
        found = find([folder])
        assert refusals(find([folder / "pipe.txt"])) == {"pipe.txt": "this is not a regular file"}
    assert sources(found) == ["báo/a.txt", "báo/x.txt/b.txt"]
    assert refusals(found) == dict.fromkeys(["pipe.txt", "s.txt"], "this is not a regular file")


@pytest.mark.parametrize(
    "name", ["hai\ndòng.txt", "🎏.txt", "-rf.txt", "a b\t.txt", "x" * 251 + ".txt", "#1.txt", "*.txt", "...txt"]
)
def test_any_name_is_taken(folder: Path, name: str) -> None:
    write(folder / name)
    if name.startswith("."):
        write(folder / "a.txt")
        assert sources(find([folder])) == ["báo/a.txt"]
    else:
        assert sources(find([folder])) == sources(find([folder / name])) == [f"báo/{name}"]


def test_a_file_of_another_kind_given_by_name_is_refused(folder: Path) -> None:
    found = find([write(folder / "a.pdf"), write(folder / "b"), write(folder / "c.txt")])
    assert sources(found) == ["báo/c.txt"]
    assert refusals(found) == {
        "a.pdf": "files of the kind .pdf are not read",
        "b": "files of the kind without an ending are not read",
    }
    assert all(".txt" in e.hint for e in found.refused)


def test_a_file_of_another_kind_is_named_although_its_folder_came_first(folder: Path) -> None:
    write(folder / "c.txt")
    assert refusals(find([folder, write(folder / "a.pdf")])) == {"a.pdf": "files of the kind .pdf are not read"}


def test_a_folder_with_nothing_to_read_is_an_error_that_says_what_is_there(folder: Path) -> None:
    with pytest.raises(HoibaoError, match="the folder is empty") as empty:
        find([folder])
    assert ".txt" in empty.value.hint
    write(folder / ".hidden.txt")
    with pytest.raises(HoibaoError, match="the folder is empty"):
        find([folder])
    for name in ("a.pdf", "b.pdf", "c.md"):
        write(folder / name)
    with pytest.raises(HoibaoError, match=r"2 × \.pdf, 1 × \.md") as other:
        find([folder])
    assert str(folder) in str(other.value)


@pytest.mark.parametrize("name", ["none", "none.txt", "a.txt/b.txt", "x" * 300, "nul\x00.txt"])
def test_a_path_that_does_not_exist_is_an_error(folder: Path, name: str) -> None:
    write(folder / "a.txt")
    with pytest.raises(HoibaoError, match="There is no file or folder") as missing:
        find([folder, folder / name])
    assert missing.value.hint
