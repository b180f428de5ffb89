"""Many questions at once: a file of JSON lines in, a file of JSON lines out."""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from qa.errors import HoibaoError, QuestionError
from ui.output import note

if TYPE_CHECKING:
    from qa import Answer, NewsAssistant

__all__ = ["answer_batch", "batch_lines"]


def batch_lines(path: Path) -> list[str]:
    """Return the lines of a file of questions.

    Raises:
        HoibaoError: The file cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")  # not splitlines: JSON may hold U+2028
    except (OSError, UnicodeDecodeError) as exc:
        raise HoibaoError(
            f"The questions {path} cannot be read: {getattr(exc, 'strerror', None) or exc}",
            hint="One JSON object a line, in UTF-8.",
        ) from exc


def answer_batch(lines: list[str], assistant: "NewsAssistant", output: Path | None) -> int:
    """Answer line by line, to standard output or a file, which appears whole when all lines are done.

    Returns:
        How many lines were refused; each was named on standard error.

    Raises:
        HoibaoError: The output cannot be written.
    """
    if output is None:
        return _answer_lines(lines, assistant, sys.stdout)
    draft = output.with_name(f"{output.name}.tmp")
    try:
        with draft.open("w", encoding="utf-8") as handle:
            refused = _answer_lines(lines, assistant, handle)
        draft.replace(output)
    except OSError as exc:
        raise HoibaoError(
            f"The answers cannot be written to {output}: {exc.strerror}", hint="Does the folder exist?"
        ) from exc
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return refused


def _answer_lines(lines: list[str], assistant: "NewsAssistant", handle: TextIO) -> int:
    refused = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = _answer_line(line, assistant)
        except QuestionError as exc:
            refused += 1
            note(f"refused: line {number}: {exc}{f' ({exc.hint})' if exc.hint else ''}")
            continue
        handle.write(json.dumps(answer.to_json(), ensure_ascii=False) + "\n")
    return refused


def _answer_line(line: str, assistant: "NewsAssistant") -> "Answer":
    from qa.schema import Turn

    hint = 'A line is {"id": …, "question": …, "history"?: [{"question", "answer"}, …]}.'
    try:
        row = json.loads(line)
        json.dumps(row, ensure_ascii=False).encode()  # half of a surrogate pair cannot be written back
        history = [Turn(str(t["question"]), str(t["answer"])) for t in row.get("history") or []]
        question, id = row["question"], row.get("id")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as exc:
        raise QuestionError("this is not a question", hint=hint) from exc
    return assistant.ask(question, history=history).with_id(id)
