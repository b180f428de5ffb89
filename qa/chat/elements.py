"""The elements of one list in a JSON object that grows, each as soon as it is complete; broken JSON ends the reading, never more."""

from dataclasses import dataclass

__all__ = ["Element", "Elements"]

_CLOSES = {"}": "{", "]": "["}
_OBJECT, _LIST, _ELEMENT = 1, 2, 3
"""How many brackets stand open in the outermost object, in the list, in an element that is an object."""
LONGEST_WORD = 8
"""Characters of `false`, `null` and their like that are kept."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the list.

    Attributes:
        source: As it was written, JSON.
        text: What its string is written as, or that of its field `text`, without quotation marks and with its escapes.
    """

    source: str
    text: str


class Elements:
    """Takes JSON one character at a time; the work for each is the same, whatever came before.

    Args:
        name: The field of the outermost object that holds the list; its other values are passed over.
        flag: A field of the outermost object whose plain value is kept.
        text: The field of an element that is followed while it is written.

    Attributes:
        done: Whether the outermost object is complete, or broken; nothing more is read then.
        quoted: Whether a string stands open.
        flagged: The value of `flag` as written, "" while there is none; of several the last.
    """

    def __init__(self, name: str, flag: str, text: str) -> None:
        self._name, self._flag, self._field = name, flag, text
        self.done = self.quoted = False
        self.flagged = ""
        self._stack: list[str] = []
        self._escaped = self._listing = False
        self._string: list[str] = []
        self._key = self._inner = ""
        self._element: list[str] | None = None
        self._text: list[str] = []

    @property
    def open(self) -> str:
        """The text of the element that is being written, as far as it has come, with its escapes."""
        return "".join(self._text)

    def open_list(self) -> None:
        """Take what follows `[` as the elements: the list stands alone."""
        self._stack, self._listing = ["{", "["], True

    def take(self, c: str) -> Element | None:
        """Take a character; return the element that it completes."""
        if self.done:
            return None
        if self._element is not None:
            self._element.append(c)
        if self.quoted:
            return self._in_string(c)
        if c == '"':
            self._open_string()
        elif c in "{[":
            self._open_bracket(c)
        elif c in "}]":
            return self._close_bracket(c)
        elif c == ":":
            self._named()
        elif c == ",":
            self._inner = ""
            if len(self._stack) == _OBJECT:
                self._key = ""
        elif len(self._stack) == _OBJECT and self._key == self._flag and len(self.flagged) < LONGEST_WORD:
            self.flagged += c.strip()
        return None

    def _in_string(self, c: str) -> Element | None:
        if self._escaped:
            self._escaped = False
        elif c == "\\":
            self._escaped = True
        elif c == '"':
            self.quoted = False
            if len(self._stack) == _OBJECT and self._key == self._flag:
                self.flagged = "".join(self._string[:LONGEST_WORD])
            return self._completed() if self._listing and len(self._stack) == _LIST else None
        self._string.append(c)
        return None

    def _open_string(self) -> None:
        self.quoted, self._string = True, []
        if self._listing and len(self._stack) == _LIST:
            self._element = ['"']
            self._text = self._string
        elif self._listing and len(self._stack) == _ELEMENT and self._inner == self._field:
            self._text = self._string

    def _open_bracket(self, c: str) -> None:
        if self._listing and len(self._stack) == _LIST:
            self._element, self._inner = [c], ""
        self._listing = self._listing or (len(self._stack) == _OBJECT and c == "[" and self._key == self._name)
        self._stack.append(c)

    def _close_bracket(self, c: str) -> Element | None:
        if not self._stack or self._stack.pop() != _CLOSES[c]:
            self.done = True
            return None
        if self._listing and len(self._stack) == _LIST:
            return self._completed()
        self._listing = self._listing and len(self._stack) >= _LIST
        self.done = not self._stack
        return None

    def _named(self) -> None:
        """Take the string before a colon as the name of what follows."""
        if len(self._stack) == _OBJECT:
            self._key = "".join(self._string)
            self.flagged = "" if self._key == self._flag else self.flagged
        elif len(self._stack) == _ELEMENT:
            self._inner = "".join(self._string)

    def _completed(self) -> Element:
        found = Element("".join(self._element or ()), "".join(self._text))
        self._element, self._text, self._inner = None, [], ""
        return found
