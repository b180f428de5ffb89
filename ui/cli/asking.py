"""Answers, and how good they are: `hoibao ask`, `eval`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from qa.errors import HoibaoError, QuestionError
from ui.batch import answer_batch, batch_lines
from ui.cli.frame import REFUSED, AsJson, DataDir, assistant_for, settings_for
from ui.evaluate import print_comparison, run_evaluation
from ui.export import checked_format, read_conversation, write_export
from ui.output import note, print_answer, print_explanations
from ui.scope import filters_given

__all__ = ["ask", "evaluate"]


def ask(
    question: Annotated[str | None, typer.Argument(help="In Vietnamese or English.", show_default=False)] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
    batch: Annotated[Path | None, typer.Option("--batch", help='Questions, one {"id", "question"} a line.')] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            help="Where the answers of --batch go; or the answer as .md, .docx or .json, with its quotations.",
            show_default="standard output",
        ),
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option("--history", help="The conversation that the question follows, as --output wrote it (.json)."),
    ] = None,
    explained: Annotated[bool, typer.Option("--explain", help="Also say why the best passages were found.")] = False,
    since: Annotated[str, typer.Option("--from", help="Articles of this time on: 2016, 7/2016, 2016-07-14.")] = "",
    until: Annotated[str, typer.Option("--to", help="Articles up to this time, its last day included.")] = "",
    outlets: Annotated[
        list[str] | None, typer.Option("--outlet", help="Articles of this outlet; may be repeated.")
    ] = None,
    people: Annotated[
        list[str] | None, typer.Option("--person", help="Articles that tell of this person; may be repeated.")
    ] = None,
) -> None:
    """Answer a question, or with --batch a file of them."""
    if (question is None) == (batch is None):
        raise QuestionError("There is no question", hint="Give one in quotation marks, or a file with --batch.")
    filters = filters_given(since, until, outlets or (), people or ())
    settings = settings_for(data_dir)
    if batch is not None:
        if explained or history or filters:
            wrong = "--explain is" if explained else "--history is" if history else "Filters are"
            raise QuestionError(f"{wrong} for one question", hint="Leave it out, or ask without --batch.")
        lines = batch_lines(batch)
        if answer_batch(lines, assistant_for(settings), output):
            raise typer.Exit(REFUSED)
        return
    from qa.question import checked
    from qa.schema import Turn

    if output is not None:
        if as_json or explained:
            raise QuestionError("--output takes the answer alone", hint="Leave out --json and --explain.")
        checked_format(output)
    asked = checked(question, longest=settings.max_question_chars)  # before anything heavy is loaded
    earlier = read_conversation(history) if history else []
    assistant = assistant_for(settings)
    answer = assistant.ask(asked, history=[Turn(q, a.text) for q, a in earlier], filters=filters)
    if output is not None:
        write_export(output, [*earlier, (asked, answer)], language=answer.language)
        note(f"Written to {output}")
        return
    reasons = assistant.explain(asked) if explained else []
    if as_json:
        row = answer.to_json() | ({"explained": [e.to_json() for e in reasons]} if explained else {})
        typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        print_answer(answer)
        print_explanations(reasons)


def evaluate(
    golds: Annotated[
        list[Path] | None, typer.Argument(metavar="GOLD", show_default=False, help="Gold questions, one a line.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", help="The ingested files; quotations are looked up there.", show_default="the ledger"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Save the run, question by question, as JSON.")
    ] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw the measures, as .png or .svg.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed: wanted and got.")] = False,
    retrieval: Annotated[bool, typer.Option("--retrieval", help="Search only; no answers are read.")] = False,
    chat_model: Annotated[
        str | None,
        typer.Option("--chat-model", help="Measure answers that this model writes.", show_default="HOIBAO_CHAT_MODEL"),
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option("--compare", help="Two saved runs: what changed, with 95 % intervals.")
    ] = None,
) -> None:
    """Measure retrieval and answers over gold questions, or compare two saved runs."""
    if (compare is None) == (not golds):
        raise HoibaoError(
            "There is nothing to measure", hint="Give files of gold questions, or two runs with --compare."
        )
    if compare is not None:
        print_comparison(*compare, as_json=as_json)
        return
    settings, outputs = settings_for(data_dir, chat_model=chat_model), (output, plot)
    refused = run_evaluation(
        golds or [],
        lambda: assistant_for(settings),
        outputs=outputs,
        corpus=corpus,
        as_json=as_json,
        misses=misses,
        retrieval=retrieval,
    )
    if refused:
        raise typer.Exit(REFUSED)
