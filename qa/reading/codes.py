"""Numbers that name something instead of counting: of plates, boats, flights and telephones."""

import re

from qa.language.forms import UPPER
from qa.reading.spans import Sort, Span

__all__ = ["find_codes"]

_CODE = re.compile(
    rf"(?<![\w/.-])(?:\d{{2}}[{UPPER}]{{1,2}}\d?[ .–-]{{0,3}}\d{{3}}\.?\d{{1,2}}|(?:[{UPPER}]{{1,4}}|[{UPPER}]{{2}}[^\W\d_])[ –-]{{0,3}}\d{{2,6}}(?:[ -]?TS)?|"
    rf"(?=[\d.-]*[{UPPER}])(?=[{UPPER}.-]*\d)[{UPPER}\d][{UPPER}\d.-]{{3,}})(?![\w/]|[.,-]\d)"
)
"""`51C-123.45`, `QNg 90123 TS`, `VN 1203`, `N7421K`."""
_CALLED = re.compile(
    r"(?<![\w/.-])(?:(?:\+84|\(?0)\d{1,3}\)?(?:[ .-]?\d{2,4}){2,3}|1[89]00(?:[ .-]?\d{2,4}){1,3}|11[1-5])(?![\w/]|[.,-]\d)"
)
"""`0236.3123.456`, `1900 1234`, `113`."""


def find_codes(text: str, start: int, end: int, *, call: bool) -> list[Span]:
    """Return the numbers in `text[start:end]` that may be called when `call` is true, and otherwise those of plates and the like."""
    return [Span(Sort.CODE, (m.span(),)) for m in (_CALLED if call else _CODE).finditer(text, start, end)]
