"""What readers said of answers: `hoibao feedback`."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.errors import HoibaoError
from ui.cli.frame import AsJson, DataDir, settings_for
from ui.output import note, one_line

if TYPE_CHECKING:
    from qa.feedback import Feedback

__all__ = ["feedback"]

SHOWN = 160
"""Characters shown of a question, a reason."""


def feedback(
    data_dir: DataDir = None,
    as_json: AsJson = False,
    gold: Annotated[
        Path | None, typer.Option("--gold", help="Write what was found right as gold questions for `hoibao eval`.")
    ] = None,
    rest: Annotated[
        Path | None, typer.Option("--rest", help="Write the others as lines to complete: add `source` and `answers`.")
    ] = None,
) -> None:
    """List what readers of the page said of answers, or make gold questions of it."""
    from qa.feedback import FeedbackFile

    given = FeedbackFile(settings_for(data_dir).data_dir).all()
    if gold is None and rest is None:
        for one in given:
            typer.echo(json.dumps(one.to_json(), ensure_ascii=False) if as_json else _line(one))
        if not given:
            note("No reader has said anything of an answer yet.")
        return
    from qa.judged import judged

    found = judged(given)
    for path, rows in ((gold, found.gold), (rest, found.open)):
        if path is not None:
            _write(path, rows)
    told = f"{len(found.gold)} gold questions; {len(found.open)} to complete"
    note(f"{told}; {found.repeated} said again what a line says" if found.repeated else told)
    for row in found.open if rest is None else ():
        reason = f" ({one_line(row['reason'][:SHOWN])})" if row["reason"] else ""
        note(f"left out: {row['id']}: {row['why']}: {one_line(row['question'][:SHOWN])}{reason}")


def _line(one: "Feedback") -> str:
    who = f", {one_line(one.user)}" if one.user else ""
    reason = f" – {one_line(one.reason[:SHOWN])}" if one.reason else ""
    return f"{one.day}  {one.verdict.value:7}  {one_line(one.question[:SHOWN])}{reason}{who}"


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write lines of JSON to a file, which appears whole or not at all.

    Raises:
        HoibaoError: It cannot be written.
    """
    draft = path.with_name(f"{path.name}.tmp")
    try:
        draft.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        draft.replace(path)
    except OSError as exc:
        raise HoibaoError(f"{path} cannot be written: {exc.strerror}", hint="Does the folder exist?") from exc
