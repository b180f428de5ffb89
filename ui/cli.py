"""The command line: `hoibao ingest`, `ask`, `serve`, `articles`, `show`, `people`, `remove`, `runs`, `verify`, `rebuild`, `eval`, `demo`.

Exit status: 0 done; 1 done, but something was refused and named; 2 the command could not run; 130 stopped by Ctrl-C.
Data goes to standard output, everything else to standard error.
"""

import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

import typer

from qa.errors import HoibaoError, IndexMismatch, QuestionError
from ui.batch import answer_batch, batch_lines
from ui.evaluate import print_comparison, run_evaluation
from ui.output import (
    article_detail,
    article_row,
    complain,
    note,
    one_line,
    print_answer,
    print_article,
    print_explanations,
    print_person,
    progress,
    run_line,
    summarise,
    version_row,
)

if TYPE_CHECKING:
    from ingest import IngestReport
    from qa import NewsAssistant, Settings
    from qa.ledger import Ledger, Version

__all__ = ["app", "main"]

REFUSED, FAILED, STOPPED = 1, 2, 130
MOST_NAMES = 100_000
"""People listed when nobody is asked for."""
app = typer.Typer(
    help="Ask a collection of news articles; every sentence of the answer is proven by a quotation.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the stores.", show_default="HOIBAO_DATA_DIR, else ./data")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def main() -> None:
    """Run the command line."""
    app()


_P = ParamSpec("_P")


def _reported(command: Callable[_P, None]) -> Callable[_P, None]:
    """Turn Hoibao's errors into a message with a hint and exit status 2."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except HoibaoError as exc:
            complain(exc)
            raise typer.Exit(FAILED) from exc
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output has gone; there is nobody to tell
            raise typer.Exit(0) from None

    return run


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Yield an event that Ctrl-C and SIGTERM set; a second one ends the process at once."""
    stop = threading.Event()
    before = {int(number): signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(number: int, frame: object) -> None:
        del frame
        note("Stopping; what was read is being put in. Again to leave it.")
        stop.set()
        signal.signal(number, before[number])

    for number in before:
        signal.signal(number, handle)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@app.callback(invoke_without_command=True)
def common(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what is done to standard error.")] = False,
) -> None:
    """Set up what every command shares."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("hoibao"))
        raise typer.Exit
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if verbose:
        for package in ("qa", "ingest", "ui"):
            logging.getLogger(package).setLevel(logging.INFO)


@app.command("ingest")
@_reported
def ingest_command(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of articles.", show_default=False)],
    data_dir: DataDir = None,
    as_json: AsJson = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles whose file or record is gone.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and bring in what changes, until stopped.")] = False,
    wait: Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for another run to finish.")] = 0.0,
) -> None:
    """Bring articles in; only what is new or changed is worked on."""
    settings = _settings(data_dir)

    def tell(report: "IngestReport") -> None:
        if as_json:
            typer.echo(json.dumps(report.to_json(), ensure_ascii=False))
        summarise(report)

    with stopping() as stop:
        if watch:
            from ingest.watch import watch as follow

            note("Watching; Ctrl-C ends it.")
            for seen in follow(paths, settings=settings, prune=prune, stop=stop):
                complain(seen) if isinstance(seen, HoibaoError) else tell(seen)
            return
        report = _ingest(paths, settings, prune=prune, wait=wait, stop=stop)
    tell(report)
    if report.stopped:
        note("Stopped. What was read is in; the same command goes on from there.")
        raise typer.Exit(STOPPED)
    if report.refused:
        raise typer.Exit(REFUSED)


@app.command()
@_reported
def ask(
    question: Annotated[str | None, typer.Argument(help="In Vietnamese or English.", show_default=False)] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
    batch: Annotated[Path | None, typer.Option("--batch", help='Questions, one {"id", "question"} a line.')] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the answers of --batch go.", show_default="standard output")
    ] = None,
    explained: Annotated[bool, typer.Option("--explain", help="Also say why the best passages were found.")] = False,
) -> None:
    """Answer a question, or with --batch a file of them."""
    if (question is None) == (batch is None):
        raise QuestionError("There is no question", hint="Give one in quotation marks, or a file with --batch.")
    settings = _settings(data_dir)
    if batch is not None:
        if explained:
            raise QuestionError("--explain is for one question", hint="Leave it out, or ask without --batch.")
        lines = batch_lines(batch)
        if answer_batch(lines, _open(settings), output):
            raise typer.Exit(REFUSED)
        return
    from qa.question import checked

    asked = checked(question, longest=settings.max_question_chars)  # before anything heavy is loaded
    assistant = _open(settings)
    answer = assistant.ask(asked)
    reasons = assistant.explain(asked) if explained else []
    if as_json:
        row = answer.to_json() | ({"explained": [e.to_json() for e in reasons]} if explained else {})
        typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        print_answer(answer)
        print_explanations(reasons)


@app.command()
@_reported
def serve(
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="7860")] = None,
) -> None:
    """Serve the page until stopped."""
    _serve(_settings(data_dir, host=host, port=port))


@app.command()
@_reported
def demo(
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder of the stores.", show_default="data/demo")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="7860")] = None,
) -> None:
    """Bring in the sample articles and serve the page; your own articles are left alone."""
    from importlib.resources import as_file, files

    settings = _settings(data_dir, host=host, port=port)
    if data_dir is None:
        settings = settings.model_copy(update={"data_dir": settings.data_dir / "demo"})
    with as_file(files("ingest") / "samples") as samples:
        try:
            summarise(_ingest([samples], settings))
        except IndexMismatch:
            if data_dir is not None:
                raise
            note(f"{settings.data_dir} is of another version; it now lies at {_set_aside(settings.data_dir)}")
            summarise(_ingest([samples], settings))
    _serve(settings)


@app.command()
@_reported
def articles(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the articles that can be asked about."""
    for article in _ledger(data_dir).articles():
        if as_json:
            typer.echo(json.dumps(article_row(article), ensure_ascii=False))
        else:
            when = article.event.value if article.event else "-"
            typer.echo(f"{article.id}  {when:10}  {one_line(article.title)}  ({one_line(article.source)})")


@app.command()
@_reported
def show(
    id: Annotated[str, typer.Argument(help="As `hoibao articles` prints it.", show_default=False)],
    data_dir: DataDir = None,
    as_json: AsJson = False,
    version: Annotated[
        str | None, typer.Option("--version", help="An earlier text, by the beginning of its content hash.")
    ] = None,
) -> None:
    """Print one article: its text, dates, captions and versions."""
    ledger = _ledger(data_dir)
    known = ledger.article(id) or next((a for a in ledger.articles() if a.source == id), None)
    versions = ledger.versions(known.id if known else id)
    wanted = [v for v in versions if v.article.content_hash.startswith(version)] if version else []
    article = wanted[0].article if wanted else known
    if article is None or (version and not wanted):
        raise _unknown(id, version, versions)
    if as_json:
        row = {**article_row(article), **article_detail(article), "versions": [version_row(v) for v in versions]}
        typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        print_article(article, versions)


@app.command()
@_reported
def people(
    name: Annotated[
        str | None, typer.Argument(help="A name or its end, with or without diacritics.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Say who is named in the articles, or list somebody's posts and deeds by date."""
    from qa.people.timeline import people_named

    ledger = _ledger(data_dir)
    rows = ledger.appearances
    if name is None:
        for known, count in rows.names(most=MOST_NAMES):
            row = json.dumps({"name": known, "articles": count}, ensure_ascii=False)
            typer.echo(row if as_json else f"{count:6,}  {one_line(known)}")
        return
    found = people_named(name, rows)
    if not found:
        note(f"The articles name nobody called {name}.")
    for person in found:
        texts = {id: article.text for id in person.articles if (article := ledger.article(id))}
        if as_json:
            typer.echo(json.dumps(person.to_json(texts), ensure_ascii=False))
        else:
            print_person(person, texts)


@app.command()
@_reported
def remove(
    ids: Annotated[list[str], typer.Argument(help="As `hoibao articles` prints them.", show_default=False)],
    data_dir: DataDir = None,
    erase: Annotated[
        bool, typer.Option("--erase", help="Also delete the text and its earlier versions for good.")
    ] = False,
) -> None:
    """Take articles out; they stay out until their file changes."""
    from qa.edit import removing

    ledger = _ledger(data_dir)
    for id in ids:
        if not ledger.versions(id):
            raise HoibaoError(f"There is no article {id}", hint="`hoibao articles` lists them.")
    removing(_settings(data_dir).data_dir, ids, erase=erase)
    note(f"{len(ids)} removed; {ledger.count()} articles can be asked about")


@app.command()
@_reported
def runs(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List what each run of ingestion did, latest first."""
    for run in _ledger(data_dir).runs():
        if as_json:
            typer.echo(json.dumps(asdict(run), ensure_ascii=False))
        else:
            typer.echo(run_line(run))


@app.command()
@_reported
def verify(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check that ledger, vectors and lexical index agree; exit status 1 when they do not."""
    from qa.stores import Stores

    found = Stores(_settings(data_dir).data_dir).verify()
    if as_json:
        typer.echo(
            json.dumps({"articles": found.articles, "passages": found.passages, "problems": list(found.problems)})
        )
    else:
        typer.echo(
            f"{found.articles} articles, {found.passages} passages: {'all well' if not found.problems else 'not well'}"
        )
        for problem in found.problems:
            typer.echo(f"  {problem}")
    if found.problems:
        note("`hoibao rebuild` makes both indexes again.")
        raise typer.Exit(REFUSED)


@app.command()
@_reported
def rebuild(data_dir: DataDir = None) -> None:
    """Make both indexes again from the ledger; nothing is embedded again."""
    from qa.stores import Stores

    stores = Stores(_settings(data_dir).data_dir)
    with stores.writing():
        stores.ledger.sweep()
        stores.rebuild_words()
        stores.rebuild_vectors()
    note("Both indexes are made again.")


@app.command("eval")
@_reported
def eval_command(
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
    settings, outputs = _settings(data_dir, chat_model=chat_model), (output, plot)
    refused = run_evaluation(
        golds or [],
        lambda: _open(settings),
        outputs=outputs,
        corpus=corpus,
        as_json=as_json,
        misses=misses,
        retrieval=retrieval,
    )
    if refused:
        raise typer.Exit(REFUSED)


# --- what commands share ----------------------------------------------------------------------------------------------


def _set_aside(folder: Path) -> Path:
    """Give a folder another name, and return that."""
    number = 1
    while (aside := folder.with_name(f"{folder.name}.{number}")).exists():
        number += 1
    return folder.rename(aside)


def _unknown(id: str, version: str | None, versions: "list[Version]") -> HoibaoError:
    """Return the error that says that an article, or this version of it, is not there."""
    if not versions:
        return HoibaoError(f"There is no article {id}", hint="`hoibao articles` lists them.")
    known = ", ".join(v.article.content_hash[:12] for v in versions)
    what = f"There is no version {version} of article {id}" if version else f"Article {id} was removed"
    return HoibaoError(what, hint=f"--version takes one of: {known}")


def _settings(data_dir: Path | None, **overrides: Any) -> "Settings":
    from qa.settings import load_settings

    return load_settings(data_dir=data_dir, **overrides)


def _open(settings: "Settings") -> "NewsAssistant":
    from qa import NewsAssistant

    return NewsAssistant.open(settings=settings)


def _serve(settings: "Settings") -> None:
    from ui.server import serve

    serve(settings, on_ready=lambda address: note(f"Open {address}"))


def _ingest(paths: list[Path], settings: "Settings", **options: Any) -> "IngestReport":
    from ingest import ingest

    with progress() as on_event:
        return ingest(paths, settings=settings, on_event=on_event, **options)


def _ledger(data_dir: Path | None) -> "Ledger":
    from qa.ledger import Ledger
    from qa.stores import LEDGER

    return Ledger(_settings(data_dir).data_dir / LEDGER)
