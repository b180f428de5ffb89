"""What is known: `hoibao articles`, `show`, `people`."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from qa.errors import HoibaoError
from ui.cli.frame import AsJson, DataDir, ledger_of
from ui.output import article_detail, article_row, note, one_line, print_article, print_person, version_row

if TYPE_CHECKING:
    from qa.ledger import Version

__all__ = ["articles", "people", "show"]


MOST_NAMES = 100_000
"""People listed when nobody is asked for."""


def articles(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the articles that can be asked about."""
    for article in ledger_of(data_dir).articles():
        if as_json:
            typer.echo(json.dumps(article_row(article), ensure_ascii=False))
        else:
            when = article.event.value if article.event else "-"
            typer.echo(f"{article.id}  {when:10}  {one_line(article.title)}  ({one_line(article.source)})")


def show(
    id: Annotated[str, typer.Argument(help="As `hoibao articles` prints it.", show_default=False)],
    data_dir: DataDir = None,
    as_json: AsJson = False,
    version: Annotated[
        str | None, typer.Option("--version", help="An earlier text, by the beginning of its content hash.")
    ] = None,
) -> None:
    """Print one article: its text, dates, captions and versions."""
    ledger = ledger_of(data_dir)
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


def people(
    name: Annotated[
        str | None, typer.Argument(help="A name or its end, with or without diacritics.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Say who is named in the articles, or list somebody's posts and deeds by date."""
    from qa.people.timeline import people_named

    ledger = ledger_of(data_dir)
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


def _unknown(id: str, version: str | None, versions: "list[Version]") -> HoibaoError:
    """Return the error that says that an article, or this version of it, is not there."""
    if not versions:
        return HoibaoError(f"There is no article {id}", hint="`hoibao articles` lists them.")
    known = ", ".join(v.article.content_hash[:12] for v in versions)
    what = f"There is no version {version} of article {id}" if version else f"Article {id} was removed"
    return HoibaoError(what, hint=f"--version takes one of: {known}")
