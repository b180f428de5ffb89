"""The view of the archive: the list of the articles, an article beside it, and what is being done."""

from ingest.formats import FORMATS
from qa.settings import Settings
from ui.archive.words import ATTRIBUTES, said
from ui.plain import plain
from ui.texts import Text
from ui.views import View, html

__all__ = ["PATH", "archive_view"]

PATH = "articles"


def archive_view(settings: Settings) -> View:
    """Return the view; everything in it is fetched from the routes of `ui.archive.routes`."""

    def build() -> None:
        html("view", _view_html(settings))

    return View(
        PATH,
        Text("Bài báo", "Articles"),
        build,
        scripts=("archive.js", "adding.js"),
        styles=("archive.css",),
        words=ATTRIBUTES,
    )


def _view_html(settings: Settings) -> str:
    folders = len(settings.folders)
    how = said("again_what", count=folders) if folders else said("again_how")
    kinds = plain(", ".join(sorted(FORMATS)))
    return (
        f'<div class="archive"><div class="listing"><h2 class="heading">{said("heading")} <span id="archive-count" role="status"></span></h2>'
        f'<div class="finding"><button type="button" class="change" id="archive-add" hidden>{said("add")}</button>'
        f'<input type="search" id="archive-search" data-words="find_articles" data-hint="find_articles" maxlength="200">'
        f'<div class="which" role="group" data-words="archive_which"><button type="button" data-state="live" aria-pressed="true">{said("in")}</button>'
        f'<button type="button" data-state="removed" aria-pressed="false">{said("out")}</button></div>'
        f'<button type="button" class="change" id="archive-change" hidden disabled><span data-for="live">{said("remove")}</span>'
        f'<span data-for="removed" hidden>{said("restore")}</span></button></div>'
        f'<div id="listing"></div></div>'
        f'<div id="evidence-column"><div id="evidence"></div></div></div>'
        f'<section class="adding" id="archive-adding" hidden><h2>{said("add")}</h2>'
        f'<div class="drop" id="archive-drop"><button type="button" id="archive-files">{said("add_files")}</button>'
        f'<button type="button" id="archive-folder">{said("add_folder")}</button><span>{said("drop")}</span>'
        f'<p class="quiet">{said("kinds", kinds=kinds, most=f"{settings.max_upload_mb:g}")}</p></div>'
        f'<label class="check"><input type="checkbox" id="archive-replace"><span>{said("replace")}</span></label>'
        f'<p id="archive-sending" role="status"></p>'
        f'<p><button type="button" id="archive-again">{said("again")}</button> <span class="quiet">{how}</span></p></section>'
        f'<p class="quiet" id="archive-forbidden" hidden>{said("forbidden")}</p>'
        f'<section id="archive-jobs"></section>'
        f'<details id="archive-runs"><summary>{said("runs")}</summary><div></div></details>'
    )
