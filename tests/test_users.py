"""Users of the page: names in one form, hashes, a file written whole, and the command over it."""

import os
import stat
import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

import pytest
from conftest import ROOT
from typer.testing import CliRunner

from qa.errors import HoibaoError
from ui.cli import app
from ui.users import LONGEST_NAME, LONGEST_PASSWORD, Users, user_name

PASSWORD = "mật khẩu của tôi"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.users.LOG2_N", 4)


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path / "data" / "users")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("An", "an"),
        ("  nguyễn.văn.an@báo ", "nguyễn.văn.an@báo"),
        (unicodedata.normalize("NFD", "NGUYỄN"), "nguyễn"),
        ("a_b-c", "a_b-c"),
        ("อัญชลี", "อัญชลี"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ],
)
def test_a_name_has_one_form(typed: str, name: str) -> None:
    assert user_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    ["", " ", "a b", "a:b", "a\nb", "a/b", ".an", "an.", "../an", "<b>", "\u0301a", "an\u200b", "an\x00", "\ud800", "x" * (LONGEST_NAME + 1), "ễ" * 10**6],
)  # fmt: skip
def test_what_cannot_be_a_name_is_none(typed: str, users: Users) -> None:
    assert user_name(typed) is None
    assert users.check(typed, PASSWORD) is None
    with pytest.raises(HoibaoError, match="name"):
        users.put(typed, PASSWORD)
    assert users.names() == []


def test_a_password_is_right_or_wrong_in_whatever_form_it_is_typed(users: Users) -> None:
    assert users.put("An", PASSWORD)
    assert users.check("AN", PASSWORD) == "an"
    assert users.check("an", unicodedata.normalize("NFD", PASSWORD)) == "an"
    for wrong in ("", PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper(), "\ud800", "x" * 10**6):
        assert users.check("an", wrong) is None
    assert users.check("binh", PASSWORD) is None


def test_every_character_of_a_long_password_counts(users: Users) -> None:
    users.put("an", "ế" * LONGEST_PASSWORD)
    assert users.check("an", "ế" * LONGEST_PASSWORD)
    assert users.check("an", "ế" * (LONGEST_PASSWORD - 1) + "x") is None
    assert users.check("an", "ế" * (LONGEST_PASSWORD + 1)) is None


@pytest.mark.parametrize("password", ["", "1234567", "x" * (LONGEST_PASSWORD + 1), "Nguyễn.An"])
def test_a_password_that_is_too_short_or_long_or_the_name_is_refused(users: Users, password: str) -> None:
    with pytest.raises(HoibaoError, match="password") as refused:
        users.put("nguyễn.an", password)
    assert refused.value.hint
    assert password not in str(refused.value) or not password


def test_an_unknown_name_costs_what_a_wrong_password_costs(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    costs = []
    real = hashlib.scrypt

    def counted(secret: bytes, **options: int) -> bytes:
        costs.append((options["n"], options["r"], options["p"]))
        return real(secret, **options)  # type: ignore[arg-type]

    users.put("an", PASSWORD)
    monkeypatch.setattr("hashlib.scrypt", counted)
    for name in ("an", "binh", "no name at all"):
        users.check(name, "wrong password")
    assert len(costs) == 3
    assert len(set(costs)) == 1


def test_the_cost_is_what_owasp_asks_for(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    users.put("an", PASSWORD)
    assert users.path.read_text("utf-8").startswith("an:scrypt:15:8:3:")
    assert users.check("an", PASSWORD)


def test_nobody_else_can_read_the_file_and_it_holds_no_password(users: Users) -> None:
    before = os.umask(0)
    try:
        users.put("an", PASSWORD)
        users.put("binh", PASSWORD)
    finally:
        os.umask(before)
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    lines = users.path.read_text("utf-8").splitlines()
    assert [line.split(":")[0] for line in lines] == ["an", "binh"]
    assert PASSWORD not in users.path.read_text("utf-8")
    assert lines[0].split(":")[1:] != lines[1].split(":")[1:]  # each has its salt
    assert sorted(p.name for p in users.path.parent.iterdir()) == ["users", "users.lock"]


def test_a_write_that_fails_leaves_the_old_file(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    users.put("an", PASSWORD)
    before = users.path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(HoibaoError, match="No space left"):
        users.put("binh", PASSWORD)
    assert users.path.read_bytes() == before
    assert not list(users.path.parent.glob(".users-*"))


def test_users_added_at_once_are_all_there(users: Users) -> None:
    names = [f"u{n}" for n in range(12)]
    threads = [threading.Thread(target=Users(users.path).put, args=(name, PASSWORD)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert users.names() == sorted(names)


def test_a_change_is_seen_by_who_has_the_file_open(users: Users) -> None:
    other = Users(users.path)
    assert other.names() == []
    users.put("an", PASSWORD)
    record = other.record("an")
    assert record
    assert not users.put("an", "another password")
    assert other.record("an") not in {None, record}
    assert other.check("an", PASSWORD) is None
    users.remove("An")
    assert other.record("an") is None
    with pytest.raises(HoibaoError, match="no user an"):
        users.remove("an")


@pytest.mark.parametrize(
    "line",
    ["an", "an:secret", "an:scrypt:40:8:3:AAAA:AAAA", "An:{}", "a b:{}", "an:scrypt:4:8:3:AAAA:AAAA", "an:bcrypt:{}", "\udcff:{}", ""],
)  # fmt: skip
def test_a_line_that_is_not_ours_is_refused_by_its_number(users: Users, line: str) -> None:
    users.put("an", PASSWORD)
    record = users.path.read_text("utf-8").strip().partition(":")[2]
    users.path.write_text(f"binh:{record}\n{line.format(record)}\n", "utf-8", "surrogateescape")
    with pytest.raises(HoibaoError, match="line 2") as refused:
        users.names()
    assert "secret" not in str(refused.value)


# --- the command ---------------------------------------------------------------------------------------------------------


def run(*arguments: str, typed: str | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["user", *arguments, "--data-dir", "báo"], input=typed)
    return done.exit_code, done.stdout, done.stderr


def test_users_are_added_listed_changed_and_removed() -> None:
    code, out, told = run("Ánh", "--stdin", typed=f"{PASSWORD}\n")
    assert (code, out) == (0, "")
    assert "can sign in" in told
    assert "next start" in told
    assert run("binh", "--stdin", typed=PASSWORD)[0] == 0
    assert run()[1] == "binh\nánh\n"
    assert "another password" in run("ánh", "--stdin", typed="một mật khẩu khác")[2]
    assert Users(Path("báo/users")).check("ánh", "một mật khẩu khác")
    assert run("ánh", "--remove")[0] == 0
    assert run()[1] == "binh\n"
    assert "has none" in run("binh", "--remove")[2]


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["an", "--stdin"], "short\n", "8"),
        (["an", "--stdin"], "", "8"),
        (["a b", "--stdin"], PASSWORD, "Letters"),
        (["an", "--remove"], None, "hoibao user"),
        (["--remove"], None, "hoibao user NAME"),
        (["an"], PASSWORD, "--stdin"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_hint(arguments: list[str], typed: str | None, said: str) -> None:
    code, out, told = run(*arguments, typed=typed)
    assert (code, out) == (2, "")
    assert said in told.split("Hint:")[1]
    assert "short" not in told


def test_on_a_terminal_the_password_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    import pty

    def typed(*passwords: str) -> tuple[int, str]:
        code = "from ui.cli import main; main()"
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(tmp_path)
            os.execve(
                sys.executable, [sys.executable, "-c", code, "user", "an"], {**os.environ, "PYTHONPATH": str(ROOT)}
            )
        shown = ""
        try:
            for password in passwords:
                while not shown.endswith(": "):
                    shown += os.read(terminal, 1024).decode()
                os.write(terminal, f"{password}\n".encode())
                shown += "\n"
            while piece := os.read(terminal, 1024).decode():
                shown += piece
        except OSError:  # how a terminal says that its last program has gone
            pass
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown

    code, shown = typed(PASSWORD, PASSWORD)
    assert code == 0, shown
    assert PASSWORD not in shown
    assert Users(tmp_path / "data" / "users").check("an", PASSWORD) == "an"


def test_the_command_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from ui.cli import app\n"
        "try: app(['user'])\n"
        "except SystemExit: print([n for n in ('gradio', 'torch', 'chromadb', 'fastapi') if n in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True,
        text=True, check=True, timeout=60,
    )  # fmt: skip
    assert ran.stdout.strip() == "[]"
