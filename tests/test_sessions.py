"""Sessions: tokens, their end, and names that are a session's own."""

from pathlib import Path

import pytest

from ui.sessions import REMEMBERED, Sessions
from ui.users import Users

PASSWORD = "một mật khẩu"


class Clock:
    now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Users:
    monkeypatch.setattr("ui.users.LOG2_N", 4)
    users = Users(tmp_path / "users")
    users.put("an", PASSWORD)
    return users


def test_a_session_lasts_as_long_as_is_set(users: Users) -> None:
    clock = Clock()
    sessions = Sessions(users, hours=1.5, clock=clock)
    token = sessions.begin("an")
    assert token
    clock.now += 1.5 * 3600 - 1
    found = sessions.find(token)
    assert found
    assert found.user == "an"
    clock.now += 1
    assert sessions.find(token) is None
    clock.now -= 3600
    assert sessions.find(token) is None  # what has ended is forgotten


def test_every_login_has_a_token_of_its_own_and_nobody_else_has_one(users: Users) -> None:
    sessions = Sessions(users, hours=1)
    first, second = sessions.begin("an"), sessions.begin("an")
    assert first
    assert second
    assert first != second
    for token in ("", "an", first[:-1], first.swapcase(), first + "=", "\ud800"):
        assert sessions.find(token) is None
    sessions.end(first)
    assert sessions.find(first) is None
    assert sessions.find(second)
    assert sessions.begin("binh") is None


def test_a_session_ends_with_its_password_and_its_user(users: Users) -> None:
    sessions = Sessions(users, hours=1)
    token = sessions.begin("an")
    assert token
    users.put("an", PASSWORD)  # even the same one: it was given anew
    assert sessions.find(token) is None
    token = sessions.begin("an")
    assert token
    users.remove("an")
    assert sessions.find(token) is None
    users.put("an", PASSWORD)
    assert sessions.find(token) is None


def test_a_name_is_a_session_s_own(users: Users) -> None:
    sessions = Sessions(users, hours=1)
    mine, yours = (sessions.find(sessions.begin("an") or "") for _ in range(2))
    assert mine
    assert yours
    assert mine.own("page") == mine.own("page")
    assert len({mine.own("page"), mine.own("page2"), yours.own("page"), mine.own("\ud800")}) == 4
    assert "page" not in mine.own("page")
    assert mine.own("page").isalnum()
    assert mine.record not in repr(mine)
    assert repr(mine.key) not in repr(mine)


def test_memory_is_bounded(users: Users) -> None:
    sessions = Sessions(users, hours=1)
    first = sessions.begin("an")
    assert first
    for _ in range(REMEMBERED):
        last = sessions.begin("an")
    assert sessions.find(first) is None
    assert last
    assert sessions.find(last)
