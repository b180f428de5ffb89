"""`hoibao eval`: gold questions measured, and two saved runs compared; the library does the measuring."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from qa.errors import HoibaoError
from ui.batch import batch_lines
from ui.output import note, one_line
from ui.plot import draw, plottable

if TYPE_CHECKING:
    from qa import NewsAssistant
    from qa.comparison import Comparison
    from qa.evaluation import Scored
    from qa.gold import Gold

__all__ = ["measure_tables", "print_comparison", "run_evaluation"]

WIDTH = 120
"""Columns of a table where there is no terminal to ask."""
SHOWN = 240
"""Characters shown of what was wanted and of what was got."""
TIMES = ("p50_ms", "p95_ms")


def run_evaluation(
    paths: Sequence[Path],
    opening: "Callable[[], NewsAssistant]",
    *,
    outputs: tuple[Path | None, Path | None] = (None, None),
    corpus: Path | None = None,
    as_json: bool = False,
    misses: bool = False,
    retrieval: bool = False,
) -> int:
    """Ask the questions of gold files, and print, save and draw what was measured.

    Args:
        paths: The gold files.
        opening: Opens the assistant; called once everything else is known to be in order.
        outputs: Where the run goes as JSON, and where its plot goes.
        corpus: Folder of the ingested files; without it, evidence and quotations are looked up in the ledger.
        as_json: Print JSON rather than tables.
        misses: Also list the missed questions.
        retrieval: Search only.

    Returns:
        How many questions were refused; each was named on standard error.

    Raises:
        HoibaoError: A file cannot be read or written, or a line of it is malformed.
    """
    from qa.evaluation import evaluate
    from qa.gold import FolderTexts, Place

    output, plot = outputs
    golds = _questions(paths)
    texts = FolderTexts(corpus) if corpus else None
    if plot:
        plottable(plot)
    for path in filter(None, outputs):
        if not path.parent.is_dir():  # said before the questions are asked, not after
            raise HoibaoError(f"There is no folder {path.parent} for {path.name}", hint="Make it, or choose another.")
    if not corpus and any(isinstance(e, Place) for g in golds for e in g.evidence):
        note("Places of evidence are counted in cleaned texts; --corpus counts them in the files.")
    assistant = opening()
    scored = []
    for one in _followed(evaluate(golds, assistant, texts=texts, retrieval=retrieval), len(golds)):
        if one.refusal:
            hint = f" ({one.refusal.hint})" if one.refusal.hint else ""
            note(f"refused: {one.gold.file}, {one.gold.id}: {one.refusal}{hint}")
        scored.append(one)
    run = _run(scored, assistant, retrieval=retrieval)
    if output:
        _save(output, {**run, "rows": [s.to_json() for s in scored]})
    if plot:
        draw(run["summary"], plot)
    missed = [_miss(s) for s in scored if s.missed] if misses else []
    if as_json:
        typer.echo(json.dumps({**run, **({"misses": missed} if misses else {})}, ensure_ascii=False))
    else:
        _print_run(run, missed)
    return sum(s.refusal is not None for s in scored)


def print_comparison(first: Path, second: Path, *, as_json: bool) -> None:
    """Print how the second of two saved runs differs from the first.

    Raises:
        HoibaoError: A run cannot be read, or they have no question in common.
    """
    from qa.comparison import compare

    found = compare(_rows(first), _rows(second))
    if as_json:
        groups = {c.group: {"questions": c.questions, "measures": _differences(c)} for c in found}
        typer.echo(json.dumps({"first": str(first), "second": str(second), "groups": groups}, ensure_ascii=False))
        return
    table = Table(title=f"{one_line(second.name)} against {one_line(first.name)}", box=None, title_justify="left")
    for name in ("", "n", "first", "second", "difference", "95 % interval", ""):
        table.add_column(name, justify="right" if name else "left")
    for comparison in found:
        table.add_section()
        table.add_row(f"{one_line(comparison.group)}: {comparison.questions} questions", style="bold")
        for measure, d in comparison.measures.items():
            values = [str(d.n), f"{d.first:.3f}", f"{d.second:.3f}", f"{d.difference:+.3f}"]
            table.add_row(measure, *values, f"{d.low:+.3f} to {d.high:+.3f}", "*" if d.clear else "")
    _print(table)
    typer.echo("* the interval excludes 0")


def measure_tables(groups: Sequence[tuple[str, Mapping[str, Any]] | None], title: str) -> Iterator[Table]:
    """Yield a table of retrieval and, where answers were read, two of answers, each fit for 80 columns; a group a row.

    Times stand in the table of what was timed: in the last one when answers were read, else beside retrieval.

    Args:
        groups: Names and rows, as `qa.evaluation.summary` gives them; None leaves a line free.
        title: What stands above.
    """
    from qa.measures import ANSWER, RETRIEVAL

    read = {id(group) for group in groups if group and any(n in group[1] for n in ANSWER)}
    for what, names in (("retrieval", RETRIEVAL), ("answers", ANSWER[:6]), ("trust", ANSWER[6:])):
        timed = [group is not None and what == ("trust" if id(group) in read else "retrieval") for group in groups]
        shown = [g if g is None else (g[0], _cells(g[1], names, t)) for g, t in zip(groups, timed, strict=True)]
        columns = [n for n in (*names, *TIMES) if any(n in group[1] for group in shown if group)]
        rows = [group for group in shown if group is None or group[1]]
        if any(rows):
            yield _table(rows, columns, f"{title}: {what}")


def _cells(row: Mapping[str, Any], names: Sequence[str], timed: bool) -> dict[str, str]:
    """Return what a table shows of a group; nothing when nothing was measured."""
    cells = {n: f"{row[n]:.3f}" for n in names if n in row}
    cells |= {n: f"{row[n]:.1f}" for n in TIMES if timed and n in row}
    return cells and {"n": str(row["n"]), **cells}


def _table(rows: Sequence[tuple[str, Mapping[str, str]] | None], columns: Sequence[str], title: str) -> Table:
    table = Table("", title=title, box=None, title_justify="left")
    for name in ("n", *columns):
        table.add_column(name.replace("_", "\n"), justify="right", vertical="bottom")
    for before, row in pairwise([None, *rows]):
        if row is not None:
            table.add_row(one_line(row[0]), *(row[1].get(n, "-") for n in ("n", *columns)))
        elif before is not None:
            table.add_row()
    return table


def _questions(paths: Sequence[Path]) -> "list[Gold]":
    from qa.gold import read_gold

    known: dict[str, Path] = {}
    for path in paths:
        if path.name in known:
            raise HoibaoError(
                f"{known[path.name]} and {path} have one name", hint="Questions are known by the name of their file."
            )
        known[path.name] = path
    return [gold for path in paths for gold in read_gold(batch_lines(path), file=path.name)]


def _followed(scored: "Iterable[Scored]", total: int) -> "Iterable[Scored]":
    console = Console(stderr=True)
    return track(scored, "Asking", total=total, console=console, transient=True, disable=not console.is_terminal)


def _run(scored: "Sequence[Scored]", assistant: "NewsAssistant", *, retrieval: bool) -> dict[str, Any]:
    from qa.evaluation import chat_summary, summary

    chat = chat_summary(scored)
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": assistant.retriever.embeddings.name,
        "articles": assistant.count(),
        "golds": list(dict.fromkeys(s.gold.file for s in scored)),
        "retrieval": retrieval,
        "questions": len(scored),
        "refused": [{"gold": s.gold.file, "id": s.gold.id, "why": str(s.refusal)} for s in scored if s.refusal],
        "summary": summary(scored),
        **({"chat": chat} if chat else {}),
    }


def _miss(scored: "Scored") -> dict[str, Any]:
    """Return what was wanted and what was got, in words."""
    gold, answer = scored.gold, scored.answer
    if "complete" in scored.measures or "abstained" in scored.measures:
        wanted = "; ".join(fact[0] for fact in gold.facts or ()) or "nothing: the articles do not say"
        got = answer.text if answer else str(scored.refusal)
    else:
        wanted = ", ".join(gold.sources)
        got = "; ".join(r.source for r in scored.retrieved[:3]) or str(scored.refusal or "nothing")
    about = {"gold": gold.file, "id": gold.id, "lang": gold.lang, "type": gold.kind, "question": gold.question[:SHOWN]}
    return {**about, "wanted": wanted[:SHOWN], "got": got[:SHOWN]}


def _print_run(run: Mapping[str, Any], missed: Sequence[Mapping[str, Any]]) -> None:
    found = run["summary"]
    groups: list[tuple[str, Mapping[str, Any]] | None] = [("all", found["all"])]
    for part in ("languages", "kinds", "golds"):
        if found[part] and (part != "golds" or len(found[part]) > 1):
            groups += [None, *found[part].items()]
    for table in measure_tables(groups, ", ".join(map(one_line, run["golds"]))):
        _print(table)
    if chat := run.get("chat"):
        _print(_chat_table(chat))
    for miss in missed:
        kind = f"/{miss['type']}" if miss["type"] else ""
        typer.echo(one_line(f"- {miss['id']} [{miss['lang']}{kind}] {miss['question']}"))
        typer.echo(one_line(f"    wanted {miss['wanted']}"))
        typer.echo(one_line(f"    got    {miss['got']}"))


def _chat_table(chat: Mapping[str, Any]) -> Table:
    """Return what the answers took of the chat model, as a table of one row."""
    table = Table(title=one_line(f"{chat['model']}: answers and what they took"), box=None, title_justify="left")
    names = [n for n in chat if n != "model"]
    for name in names:
        table.add_column(name.replace("_", "\n"), justify="right", vertical="bottom")
    table.add_row(*(f"{chat[n]:,}" for n in names))
    return table


def _print(table: Table) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH
    console.print(table)


def _differences(comparison: "Comparison") -> dict[str, Any]:
    return {name: difference.to_json() for name, difference in comparison.measures.items()}


def _rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a saved run."""
    hint = "A run is what `hoibao eval GOLD.jsonl --output RUN.json` saves."
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
        sound = isinstance(rows, list) and all(map(_sound, rows))
    except OSError as exc:
        raise HoibaoError(f"The run {path} cannot be read: {exc.strerror}", hint=hint) from exc
    except (ValueError, TypeError, KeyError, RecursionError) as exc:
        raise HoibaoError(f"{path} is no saved run", hint=hint) from exc
    if not sound:
        raise HoibaoError(f"{path} is no saved run", hint=hint)
    return list(rows)


def _sound(row: Mapping[str, Any]) -> bool:
    from qa.measures import ANSWER, RETRIEVAL

    named = all(isinstance(row[name], str) for name in ("gold", "id", "lang"))
    return named and all(
        isinstance(row[m], int | float) and 0 <= row[m] <= 1 for m in (*RETRIEVAL, *ANSWER) if m in row
    )


def _save(path: Path, run: Mapping[str, Any]) -> None:
    """Write a run; it appears whole."""
    draft = path.with_name(f"{path.name}.tmp")
    try:
        draft.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as exc:
        raise HoibaoError(f"The run cannot be written to {path}: {exc.strerror}", hint="Choose another place.") from exc
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
