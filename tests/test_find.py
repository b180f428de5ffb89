"""Finding article files: folders are searched to the bottom, links stay inside, what cannot be taken is named."""

import os
import socket
from pathlib import Path

import pytest

import ingest.find
from ingest.find import Found, FoundFile, find
from qa.errors import HoibaoError

TEXT = "Hội nghị tổng kết\nĐồng chí chủ trì. 🎏\n"


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
    return [file.label for file in found.files]


def taken(found: Found) -> list[tuple[str, str]]:
    return [(file.path, file.label) for file in found.files]


def refusals(found: Found) -> dict[str, str]:
    return {Path(e.path).name: str(e) for e in found.refused}


# --- finding ----------------------------------------------------------------------------------------------------------


def test_a_folder_is_searched_to_the_bottom(folder: Path) -> None:
    for name in (
        "b.txt",
        "a.TXT",
        "sâu/hơn nữa/c.txt",
        ".ẩn.txt",
        ".git/d.txt",
        "sâu/.e.txt",
        "f.mp3",
        "g.PNG",
        "h",
        "i.png",
    ):
        write(folder / name)
    found = find([folder])
    assert sources(found) == ["báo/a.TXT", "báo/b.txt", "báo/sâu/hơn nữa/c.txt"]
    assert [file.path for file in found.files] == [str(folder / n) for n in ("a.TXT", "b.txt", "sâu/hơn nữa/c.txt")]
    assert found.folders == [str(folder)]
    assert found.ignored == {".mp3": 1, ".png": 2, "no ending": 1}
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
    assert taken(find([path, folder, path, folder])) == [(str(path), "báo/a.txt")]


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
    assert taken(find([folder / "link.txt"])) == [(str(path), "elsewhere/b.txt")]
    assert taken(find([tmp_path / "way"])) == [(str(path), "elsewhere/b.txt")]


def test_a_file_refused_behind_a_link_is_taken_where_it_really_is(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere" / "b.txt")
    (folder / "link.txt").symlink_to(path)
    found = find([folder, tmp_path / "elsewhere"])
    assert taken(found) == [(str(path), "elsewhere/b.txt")]
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
    found = find([write(folder / "a.png"), write(folder / "b"), write(folder / "c.txt")])
    assert sources(found) == ["báo/c.txt"]
    assert refusals(found) == {
        "a.png": "files of the kind .png are not read",
        "b": "files of the kind without an ending are not read",
    }
    assert all(".txt" in e.hint for e in found.refused)


def test_a_file_of_another_kind_is_named_although_its_folder_came_first(folder: Path) -> None:
    write(folder / "c.txt")
    assert refusals(find([folder, write(folder / "a.png")])) == {"a.png": "files of the kind .png are not read"}


def test_a_folder_with_nothing_to_read_is_an_error_that_says_what_is_there(folder: Path) -> None:
    with pytest.raises(HoibaoError, match="the folder is empty") as empty:
        find([folder])
    assert ".txt" in empty.value.hint
    write(folder / ".hidden.txt")
    with pytest.raises(HoibaoError, match="the folder is empty"):
        find([folder])
    for name in ("a.png", "b.png", "c.mp3"):
        write(folder / name)
    with pytest.raises(HoibaoError, match=r"2 × \.png, 1 × \.mp3") as other:
        find([folder])
    assert str(folder) in str(other.value)


@pytest.mark.parametrize("name", ["none", "none.txt", "a.txt/b.txt", "x" * 300, "nul\x00.txt"])
def test_a_path_that_does_not_exist_is_an_error(folder: Path, name: str) -> None:
    write(folder / "a.txt")
    with pytest.raises(HoibaoError, match="There is no file or folder") as missing:
        find([folder, folder / name])
    assert missing.value.hint


def test_every_kind_that_is_read_is_found(folder: Path) -> None:
    names = ["a.txt", "b.md", "c.html", "d.pdf", "e.docx", "f.json", "g.jsonl", "h.csv", "i.zip", "j.jsonl.xz", "k.xml"]
    for name in names:
        write(folder / name)
    write(folder / "l.tar.gz")
    found = find([folder])
    assert sources(found) == [f"báo/{name}" for name in names]
    assert found.ignored == {".gz": 1}


def test_a_file_is_found_with_its_size_and_time(folder: Path) -> None:
    path = write(folder / "a.txt")
    os.utime(path, ns=(0, 1_500_000_000_123_456_789))
    assert find([folder]).files == [
        FoundFile(str(path), "báo/a.txt", len(TEXT.encode()), path.stat().st_mtime_ns),
    ]


def test_a_folder_inside_another_that_is_given_is_searched_once(folder: Path) -> None:
    write(folder / "a.txt")
    write(folder / "sâu" / "b.txt")
    both = find([folder, folder / "sâu", folder])
    assert sources(both) == ["báo/a.txt", "báo/sâu/b.txt"]
    inner = find([folder / "sâu", folder])
    assert sorted(sources(inner)) == ["báo/a.txt", "sâu/b.txt"]


def test_a_link_to_a_folder_inside_is_not_searched_twice(folder: Path) -> None:
    write(folder / "sâu" / "b.txt")
    (folder / "way").symlink_to("sâu")
    (folder / "sâu" / "up").symlink_to("..")  # round and round
    found = find([folder])
    assert sources(found) == ["báo/sâu/b.txt"]
    assert found.refused == []


def test_a_file_that_goes_while_its_folder_is_listed_is_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(folder / name)

    def readable(name: str) -> bool:
        (folder / "b.txt").unlink(missing_ok=True)
        return True

    monkeypatch.setattr(ingest.find, "readable", readable)
    found = find([folder])
    assert sources(found) == ["báo/a.txt", "báo/c.txt"]
    assert found.refused == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_one_may_not_read_is_named_and_the_rest_is_read(folder: Path) -> None:
    write(folder / "a.txt")
    write(folder / "closed" / "b.txt")
    (folder / "closed").chmod(0)
    try:
        found = find([folder])
    finally:
        (folder / "closed").chmod(0o755)
    assert sources(found) == ["báo/a.txt"]
    assert list(refusals(found)) == ["closed"]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file name is text")
def test_whatever_is_named_can_be_printed_and_stored(folder: Path) -> None:
    write(folder / "a.txt")
    odd = os.fsdecode(os.fsencode(folder) + b"/b\xe0i")
    for ending in (".txt", ".j\udcf2g"):
        Path(odd + ending).write_bytes(b"x")
    Path(odd + "-link.txt").symlink_to("nowhere")
    found = find([folder, Path(odd + ".j\udcf2g"), Path(odd + "-link.txt")])
    for said in (*(e.path for e in found.refused), *map(str, found.refused), *found.ignored):
        said.encode()
    assert sources(found) == ["báo/a.txt"]
    assert len(found.refused) == 4
    assert found.ignored == {".j\\xf2g": 1}
