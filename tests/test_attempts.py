"""The limit of logins: by address and by name, in bounded memory."""

import pytest

from ui.attempts import BURST, PER_ADDRESS, PER_NAME, REMEMBERED, Attempts


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(clock: Clock) -> Attempts:
    return Attempts(clock)


def test_one_address_has_to_wait_whatever_names_it_tries(attempts: Attempts, clock: Clock) -> None:
    assert [attempts.take("192.0.2.1", f"u{n}") for n in range(BURST)] == [0] * BURST
    wait = attempts.take("192.0.2.1", "other")
    assert wait == PER_ADDRESS
    assert attempts.take("192.0.2.2", "other") == 0
    clock.now += wait - 1
    assert attempts.take("192.0.2.1", None) == 1
    clock.now += 1
    assert attempts.take("192.0.2.1", None) == 0
    assert attempts.take("192.0.2.1", None) == PER_ADDRESS


def test_a_name_has_to_wait_from_whatever_address_it_is_tried(attempts: Attempts, clock: Clock) -> None:
    assert [attempts.take(f"192.0.2.{n}", "an") for n in range(BURST)] == [0] * BURST
    assert attempts.take("198.51.100.1", "an") == PER_NAME
    assert attempts.take("198.51.100.1", "binh") == 0
    clock.now += PER_NAME
    assert attempts.take("198.51.100.1", "an") == 0
    assert attempts.take("198.51.100.2", "an") > 0


def test_a_refused_attempt_costs_nothing(attempts: Attempts, clock: Clock) -> None:
    for n in range(BURST):
        attempts.take(f"192.0.2.{n}", "an")
    for _ in range(100):
        assert attempts.take("198.51.100.1", "an") == PER_NAME
    assert attempts.take("198.51.100.1", "binh") == 0


def test_right_passwords_are_not_counted(attempts: Attempts) -> None:
    for _ in range(10 * BURST):
        assert attempts.take("192.0.2.1", "an") == 0
        attempts.succeed("192.0.2.1", "an")
    assert attempts._buckets == {}


def test_guessing_at_a_name_does_not_lock_its_owner_out(attempts: Attempts) -> None:
    attempts.take("192.0.2.1", "an")
    attempts.succeed("192.0.2.1", "an")
    for n in range(BURST):
        attempts.take(f"198.51.100.{n}", "an")
    assert attempts.take("203.0.113.1", "an") == PER_NAME
    assert attempts.take("192.0.2.1", "an") == 0
    assert [attempts.take("192.0.2.1", "an") for _ in range(BURST)][-1] > 0  # its address still counts


def test_one_household_of_version_6_is_one_address(attempts: Attempts) -> None:
    waits = [attempts.take(f"2001:db8:1:2::{n:x}", None) for n in range(1, BURST + 2)]
    assert waits == [0] * BURST + [PER_ADDRESS]
    assert attempts.take("2001:db8:1:3::1", None) == 0
    for _ in range(BURST):
        attempts.take("::ffff:192.0.2.1", None)
    assert attempts.take("192.0.2.1", None) == PER_ADDRESS
    assert attempts.take("no address", None) == 0


def test_memory_is_bounded(attempts: Attempts) -> None:
    for n in range(REMEMBERED + 100):
        attempts.take(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", None)
        attempts.succeed(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", f"u{n}")
        attempts.take(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", None)
    assert len(attempts._buckets) == REMEMBERED
    assert len(attempts._trusted) == REMEMBERED
