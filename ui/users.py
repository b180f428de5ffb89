"""Who may open the page: a file of names and scrypt hashes, one user a line, written whole or not at all."""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from qa.errors import HoibaoError
from qa.language.forms import nfc

__all__ = ["LONGEST_NAME", "LONGEST_PASSWORD", "SHORTEST_PASSWORD", "Users", "user_name"]

LONGEST_NAME = 64
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 256
"""Characters; NIST SP 800-63B asks for eight at least where a login is limited in rate."""
IN_NAMES = "._-@"
LOG2_N, R, P = 15, 8, 3
"""Cost of a hash, 32 MB and about a third of a second: one of the OWASP password storage cheat sheet's equal choices."""
MOST_LOG2_N, MOST_R, MOST_P = 20, 32, 16
SALT_BYTES, HASH_BYTES = 16, 32


def user_name(text: str) -> str | None:
    """Return the one form of a user's name: NFC, small letters; None when it cannot be a name.

    Args:
        text: As somebody typed it. Letters and digits of any script are taken, and `.`, `_`, `-`, `@` between them.
    """
    if len(text) > 4 * LONGEST_NAME:  # folding and composing need not be done on what is far too long
        return None
    name = nfc(nfc(text.strip()).casefold())
    kinds = [unicodedata.category(character)[0] for character in name]  # L letters, M their marks, N digits
    well = all(kind in "LMN" or character in IN_NAMES for kind, character in zip(kinds, name, strict=True))
    if not well or not 0 < len(name) <= LONGEST_NAME or kinds[0] not in "LN" or kinds[-1] not in "LMN":
        return None
    return name


class Users:
    """The users of a file; it is read again when it has changed, so that a removed user is out at once.

    The hash is scrypt of the standard library, which is OpenSSL's: memory-hard, nothing to install, and unlike bcrypt it
    reads all of a password, of which 72 bytes may be no more than 24 Vietnamese letters.

    Args:
        path: The file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._records: dict[str, str] = {}

    def names(self) -> list[str]:
        """Return the names, sorted.

        Raises:
            HoibaoError: The file cannot be read.
        """
        return sorted(self._read())

    def record(self, name: str) -> str | None:
        """Return what is kept of a user, which changes with the password; None for nobody."""
        return self._read().get(name)

    def check(self, name: str, password: str) -> str | None:
        """Return the user's name in its one form when the password is right, else None.

        A wrong name costs what a wrong password costs, so that the time taken does not tell which names there are.
        """
        known = user_name(name)
        record = self._read().get(known) if known else None
        right = _matches(
            record or _written(_Hash(LOG2_N, R, P, bytes(SALT_BYTES), bytes(HASH_BYTES))),
            password[: LONGEST_PASSWORD + 1],
        )
        return known if record is not None and right else None

    def put(self, name: str, password: str) -> bool:
        """Add a user or change a password; return whether the user is new.

        Raises:
            HoibaoError: The name or the password cannot be taken, or the file cannot be written.
        """
        known = _checked_name(name)
        _check_password(known, password)
        with self._writing() as records:
            new = known not in records
            records[known] = _record(password, salt=secrets.token_bytes(SALT_BYTES))
        return new

    def remove(self, name: str) -> None:
        """Take a user out.

        Raises:
            HoibaoError: There is no such user, or the file cannot be written.
        """
        known = user_name(name)
        with self._writing() as records:
            if known is None or known not in records:
                raise HoibaoError(f"There is no user {name}", hint="`hoibao user` lists them.")
            del records[known]

    @contextmanager
    def _writing(self) -> Iterator[dict[str, str]]:
        """Yield the records to change, under a lock, and write them when the block ends well."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_name(f"{self.path.name}.lock"), mode=0o600):
                records = dict(self._read())
                yield records
                _write(self.path, records)
        except OSError as exc:
            raise HoibaoError(
                f"The users in {self.path} cannot be written: {exc.strerror}", hint="Look at the rights of its folder."
            ) from exc

    def _read(self) -> dict[str, str]:
        with self._lock:
            try:
                stat = self.path.stat()
                seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
                if seen != self._seen:
                    self._records = _parsed(self.path)
                    self._seen = seen
            except FileNotFoundError:
                self._records, self._seen = {}, None
            except OSError as exc:
                raise HoibaoError(
                    f"The users in {self.path} cannot be read: {exc.strerror}",
                    hint="Give the file to the user that runs Hoibao.",
                ) from exc
            return self._records


class _Hash(NamedTuple):
    log2_n: int
    r: int
    p: int
    salt: bytes
    digest: bytes


def _checked_name(text: str) -> str:
    name = user_name(text)
    if name is None:
        raise HoibaoError(
            f"{text!r} cannot be a user's name",
            hint=f"Letters, digits and {' '.join(IN_NAMES)} between them, at most {LONGEST_NAME} characters.",
        )
    return name


def _check_password(name: str, password: str) -> None:
    if not SHORTEST_PASSWORD <= len(nfc(password)) <= LONGEST_PASSWORD:
        raise HoibaoError(
            "The password cannot be taken", hint=f"It needs {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
        )
    if nfc(password).casefold() == name:
        raise HoibaoError("The password cannot be taken", hint="It must not be the user's name.")


def _record(password: str, *, salt: bytes) -> str:
    return _written(_Hash(LOG2_N, R, P, salt, _scrypt(password, salt, LOG2_N, R, P)))


def _matches(record: str, password: str) -> bool:
    log2_n, r, p, salt, digest = _hash_of(record)
    return hmac.compare_digest(_scrypt(password, salt, log2_n, r, p), digest)


def _scrypt(password: str, salt: bytes, log2_n: int, r: int, p: int) -> bytes:
    # NFC first (RFC 8265): one keyboard types "ề" as one character, another as three.
    secret = nfc(password).encode("utf-8", "surrogatepass")
    memory = 128 * r * (2**log2_n + p + 2)
    return hashlib.scrypt(secret, salt=salt, n=2**log2_n, r=r, p=p, maxmem=2 * memory, dklen=HASH_BYTES)


def _written(parts: _Hash) -> str:
    salt, digest = (base64.b64encode(part).decode("ascii") for part in (parts.salt, parts.digest))
    return f"scrypt:{parts.log2_n}:{parts.r}:{parts.p}:{salt}:{digest}"


def _hash_of(record: str) -> _Hash:
    """Return the parts of a record.

    Raises:
        ValueError: It is none.
    """
    kind, log2_n, r, p, salt, digest = record.split(":")
    found = _Hash(
        int(log2_n), int(r), int(p), base64.b64decode(salt, validate=True), base64.b64decode(digest, validate=True)
    )
    within = 1 <= found.log2_n <= MOST_LOG2_N and 1 <= found.r <= MOST_R and 1 <= found.p <= MOST_P
    if kind != "scrypt" or not within or len(found.digest) != HASH_BYTES:
        raise ValueError("this is no hash of ours")
    return found


def _parsed(path: Path) -> dict[str, str]:
    records: dict[str, str] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            name, _, record = line.decode("utf-8").partition(":")
            _hash_of(record)
            well = user_name(name) == name
        except ValueError:
            well = False
        if not well:
            raise HoibaoError(
                f"{path}, line {number}, is not a user that `hoibao user` wrote",
                hint="Take it out, then `hoibao user NAME`.",
            )
        records[name] = record
    return records


def _write(path: Path, records: dict[str, str]) -> None:
    """Put a new file in the place of the old one; it is readable by its owner only from its first byte on."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f"{user}:{record}\n" for user, record in sorted(records.items()))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
