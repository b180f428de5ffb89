"""The page: `hoibao serve`, `demo`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.errors import IndexMismatch
from ui.cli.frame import DataDir, ingested, settings_for
from ui.output import note, summarise

if TYPE_CHECKING:
    from qa import Settings

__all__ = ["demo", "serve"]


def serve(
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="7860")] = None,
) -> None:
    """Serve the page until stopped."""
    _until_stopped(settings_for(data_dir, host=host, port=port))


def demo(
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder of the stores.", show_default="data/demo")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="7860")] = None,
) -> None:
    """Bring in the sample articles and serve the page; your own articles are left alone."""
    from importlib.resources import as_file, files

    settings = settings_for(data_dir, host=host, port=port)
    if data_dir is None:
        settings = settings.model_copy(update={"data_dir": settings.data_dir / "demo"})
    with as_file(files("ingest") / "samples") as samples:
        try:
            summarise(ingested([samples], settings))
        except IndexMismatch:
            if data_dir is not None:
                raise
            note(f"{settings.data_dir} is of another version; it now lies at {_set_aside(settings.data_dir)}")
            summarise(ingested([samples], settings))
    _until_stopped(settings)


def _until_stopped(settings: "Settings") -> None:
    from ui.server import serve

    serve(settings, on_ready=lambda address: note(f"Open {address}"))


def _set_aside(folder: Path) -> Path:
    """Give a folder another name, and return that."""
    number = 1
    while (aside := folder.with_name(f"{folder.name}.{number}")).exists():
        number += 1
    return folder.rename(aside)
