"""The command line, `hoibao`.

Exit status: 0 done; 1 done, but something was refused and named; 2 the command could not run; 130 stopped by Ctrl-C.
Data goes to standard output, everything else to standard error.
"""

import logging
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from ui.cli.asking import ask, evaluate
from ui.cli.frame import reported
from ui.cli.ingesting import ingest, remove, restore, runs
from ui.cli.judging import feedback
from ui.cli.listing import articles, people, show
from ui.cli.serving import demo, mcp, serve, user
from ui.cli.stores import rebuild, verify

__all__ = ["app", "main"]

app = typer.Typer(
    help="Ask a collection of news articles; every sentence of the answer is proven by a quotation.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
COMMANDS: dict[str, Callable[..., None]] = {
    "ingest": ingest, "ask": ask, "serve": serve, "demo": demo, "mcp": mcp, "user": user, "articles": articles, "show": show, "people": people,
    "remove": remove, "restore": restore, "runs": runs, "verify": verify, "rebuild": rebuild, "eval": evaluate, "feedback": feedback,
}  # fmt: skip
for _name, _command in COMMANDS.items():
    app.command(_name)(reported(_command))


def main() -> None:
    """Run the command line."""
    app()


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
