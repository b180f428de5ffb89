"""Uploaded files: names that do no harm, nothing lost, nothing outside their folder."""

import threading
from pathlib import Path

import pytest
from hostile_payloads import PAYLOADS
from hypothesis import given
from hypothesis import strategies as st

from ui.archive.uploads import LONGEST_PART, Refusal, Uploads, safe_parts


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("bài 1.txt", ["bài 1.txt"]),
        ("2019/tháng 1/bài.txt", ["2019", "tháng 1", "bài.txt"]),
        ("../../etc/passwd.txt", ["etc", "passwd.txt"]),
        ("/tuyệt/đối.txt", ["tuyệt", "đối.txt"]),
        ("C:\\Users\\a\\bài.txt", ["C_", "Users", "a", "bài.txt"]),
        (".ẩn.txt", ["ẩn.txt"]),
        ("a\x00b\u202ec.txt", ["abc.txt"]),
        ("a/./b.txt", ["a", "b.txt"]),
        ("tin <nóng>?.txt", ["tin _nóng__.txt"]),
    ],
)
def test_names_are_made_harmless(name: str, kept: list[str]) -> None:
    assert safe_parts(name) == kept


@pytest.mark.parametrize(
    ("name", "why"), [("a.exe", "kind"), ("a", "kind"), ("", "name"), ("..", "name"), ("///", "name"), (".txt", "kind")]
)
def test_what_cannot_be_kept_is_refused(name: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        safe_parts(name)


@given(st.one_of(st.text(), st.sampled_from(list(PAYLOADS.values())), st.text(alphabet="./\\a\x00 ")))
def test_no_name_leads_out_or_hides(name: str) -> None:
    try:
        parts = safe_parts(f"{name}.txt")
    except Refusal:
        return
    for part in parts:
        part.encode("utf-8")
        assert part not in {"", ".", ".."}
        assert not set(part) & set('/\\\x00<>:"|?*')
        assert not part.startswith(".")
        assert len(part.encode()) <= LONGEST_PART
    root = Path("/srv/uploads")
    assert root in (root / "/".join(parts)).resolve().parents


def upload(uploads: Uploads, name: str, body: bytes, *, replace: bool = False) -> tuple[Path, bool]:
    incoming = uploads.begin(name)
    try:
        for at in range(0, len(body), 4):
            incoming.write(body[at : at + 4])
        return incoming.finish(replace=replace)
    finally:
        incoming.close()


def kept(uploads: Uploads) -> dict[str, str]:
    files = (p for p in uploads.root.rglob("*") if p.is_file())
    return {str(p.relative_to(uploads.root)): p.read_text("utf-8") for p in files}


def test_a_file_of_the_same_name_stays_beside_the_other_one(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, largest=100)
    assert upload(uploads, "a/1.txt", b"mot") == (uploads.root / "a" / "1.txt", False)
    assert upload(uploads, "a/1.txt", b"hai") == (uploads.root / "a" / "1 (2).txt", False)
    assert upload(uploads, "a/1.txt", b"hai") == (uploads.root / "a" / "1 (2).txt", True)
    assert upload(uploads, "a/1.txt", b"mot") == (uploads.root / "a" / "1.txt", True)
    assert kept(uploads) == {"a/1.txt": "mot", "a/1 (2).txt": "hai"}


def test_a_file_that_is_replaced_is_kept_aside(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, largest=100)
    upload(uploads, "1.txt", b"mot")
    assert upload(uploads, "1.txt", b"hai", replace=True) == (uploads.root / "1.txt", False)
    found = kept(uploads)
    assert found.pop("1.txt") == "hai"
    assert list(found.values()) == ["mot"]
    assert all(name.startswith(".replaced/") for name in found)


def test_what_is_too_large_empty_or_broken_off_leaves_nothing(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, largest=10)
    with pytest.raises(Refusal, match="large"):
        upload(uploads, "a.txt", b"x" * 11)
    with pytest.raises(Refusal, match="empty"):
        upload(uploads, "a.txt", b"")
    incoming = uploads.begin("a.txt")
    incoming.write(b"x")
    incoming.close()
    assert kept(uploads) == {}


def test_a_folder_where_a_file_stands_and_a_link_in_the_way(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, largest=100)
    upload(uploads, "a.txt", b"mot")
    assert upload(uploads, "a.txt/b.txt", b"hai")[0] == uploads.root / "a.txt_" / "b.txt"
    outside = tmp_path / "outside.txt"
    outside.write_text("ngoài", "utf-8")
    (uploads.root / "c.txt").symlink_to(outside)
    assert upload(uploads, "c.txt", b"ba", replace=True)[0] == uploads.root / "c (2).txt"
    assert outside.read_text("utf-8") == "ngoài"


def test_many_of_one_name_at_once_lose_nothing(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, largest=100)
    threads = [threading.Thread(target=upload, args=(uploads, "a.txt", f"bài {n}".encode())) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept(uploads).values()) == sorted(f"bài {n}" for n in range(20))
