"""Every reason that ingestion gives for refusing a bad file is also said in Vietnamese."""

import ast
import re
from collections.abc import Iterator

import pytest
from conftest import ROOT

from ui.archive.reasons import in_vietnamese

GIVERS = {"ArticleError", "Problem", "refuse"}


def reasons() -> Iterator[str]:
    """Yield the reasons that stand in the code of ingestion, with a number where a value is put in."""
    for path in sorted((ROOT / "ingest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in GIVERS and isinstance(first, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in first.values)
            elif name in GIVERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_reasons_are_found() -> None:
    assert len(set(reasons())) > 30


@pytest.mark.parametrize("reason", sorted(set(reasons())))
def test_every_reason_is_said_in_vietnamese(reason: str) -> None:
    said = in_vietnamese(reason)
    assert said is not None, reason
    assert not re.search(r"\\\d", said)


def test_what_is_not_known_is_left_alone() -> None:
    assert in_vietnamese("something else") is None
