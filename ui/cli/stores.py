"""The stores themselves: `hoibao verify`, `rebuild`."""

import json

import typer

from ui.cli.frame import REFUSED, AsJson, DataDir, settings_for
from ui.output import note

__all__ = ["rebuild", "verify"]


def verify(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check that ledger, vectors and lexical index agree; exit status 1 when they do not."""
    from qa.stores import Stores

    found = Stores(settings_for(data_dir).data_dir).verify()
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


def rebuild(data_dir: DataDir = None) -> None:
    """Make both indexes again from the ledger; nothing is embedded again."""
    from qa.stores import Stores

    stores = Stores(settings_for(data_dir).data_dir)
    with stores.writing():
        stores.ledger.sweep()
        stores.rebuild_words()
        stores.rebuild_vectors()
    note("Both indexes are made again.")
