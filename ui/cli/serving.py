"""The page and its users: `hoibao serve`, `demo`, `user`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.errors import HoibaoError, IndexMismatch
from ui.cli.frame import DataDir, ingested, settings_for
from ui.output import note, summarise

if TYPE_CHECKING:
    from qa import Settings

__all__ = ["demo", "mcp", "serve", "user"]

Host = Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")]
Port = Annotated[int | None, typer.Option(help="Port to listen on.", show_default="7860")]
RootPath = Annotated[
    str | None, typer.Option(help="Path that a proxy puts the page under, such as /hoibao.", show_default="none")
]
Api = Annotated[bool, typer.Option("--api", help="Let programs call the page's endpoints, with gradio_client.")]
Mcp = Annotated[bool, typer.Option("--mcp", help="Offer tools of the Model Context Protocol, at /mcp.")]
OpenToAll = Annotated[bool, typer.Option("--open-to-all", help="Serve without users, also to other machines.")]


def serve(
    data_dir: DataDir = None,
    host: Host = None,
    port: Port = None,
    root_path: RootPath = None,
    open_to_all: OpenToAll = False,
    api: Api = False,
    mcp: Mcp = False,
) -> None:
    """Serve the page until stopped."""
    given = {"open_to_all": open_to_all or None, "api": api or None, "mcp": mcp or None}
    _until_stopped(settings_for(data_dir, host=host, port=port, root_path=root_path, **given))


def mcp(data_dir: DataDir = None) -> None:
    """Serve tools of the Model Context Protocol over standard input and output, for a program that starts this."""
    from ui.programs import Programs
    from ui.tools import require_mcp, tool_server

    require_mcp()
    from ui.server import Opened

    tool_server(Programs(Opened(settings_for(data_dir)).open)).run("stdio")


def demo(
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder of the stores.", show_default="data/demo")
    ] = None,
    host: Host = None,
    port: Port = None,
    root_path: RootPath = None,
    open_to_all: OpenToAll = False,
) -> None:
    """Bring in the sample articles and serve the page; your own articles are left alone."""
    from importlib.resources import as_file, files

    settings = settings_for(data_dir, host=host, port=port, root_path=root_path, open_to_all=open_to_all or None)
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


def user(
    name: Annotated[str | None, typer.Argument(help="Without one, the users are listed.", show_default=False)] = None,
    data_dir: DataDir = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the user out, and end all logins.")] = False,
    from_stdin: Annotated[bool, typer.Option("--stdin", help="Read the password from standard input.")] = False,
) -> None:
    """Add a user of the page, change a password, take a user out, or list the users."""
    from ui.users import Users

    users = Users(settings_for(data_dir).users_file)
    if name is None:
        if remove or from_stdin:
            raise HoibaoError("There is no name", hint="`hoibao user NAME` adds a user, `hoibao user` lists them.")
        for known in users.names():
            typer.echo(known)
    elif remove:
        users.remove(name)
        left = len(users.names())
        note(
            f"{name} is no user any more; {left} left"
            if left
            else f"{name} was the last user; from its next start the page has none"
        )
    else:
        first = not users.names()
        new = users.put(name, _password(from_stdin=from_stdin))
        note(f"{name} can sign in" if new else f"{name} has another password; logins with the old one have ended")
        if first:
            note("The page asks for a login from its next start on.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise HoibaoError("There is no terminal to type a password on", hint="Give it on standard input, with --stdin.")
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt="Again", err=True)
    return typed


def _until_stopped(settings: "Settings") -> None:
    from ui.server import serve

    serve(settings, on_ready=lambda address: note(f"Open {address}"))


def _set_aside(folder: Path) -> Path:
    """Give a folder another name, and return that."""
    number = 1
    while (aside := folder.with_name(f"{folder.name}.{number}")).exists():
        number += 1
    return folder.rename(aside)
