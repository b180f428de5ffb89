"""Programs: the page's endpoints through the real gradio_client, the tools through a real MCP client, and nothing without a login."""

import asyncio
import base64
import builtins
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from browser_support import free_port
from conftest import ROOT
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import StdioServerParameters
from mcp.client.client import Client as McpClient
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from serving_support import PASSWORD, answer, client, page_served, sign_in
from typer.testing import CliRunner

from qa import NewsAssistant
from qa.errors import ServeError
from qa.settings import Settings
from ui.attempts import BURST
from ui.cli import app
from ui.guard import HEADERS
from ui.programs import Programs
from ui.tools import REQUIRED, require_mcp

NAMES = ["ask", "get_article", "person_timeline", "search_articles"]
QUESTION, SAID = "Ai chủ trì hội nghị năm 2019?", "Nguyễn Văn Nên"
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPT = {"Accept": "application/json, text/event-stream"}


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
        patch.setattr("ui.users.LOG2_N", 4)
        yield


@pytest.fixture(scope="module")
def address(sample_data: Path) -> Iterator[str]:
    with page_served(Settings(data_dir=sample_data, port=free_port(), api=True, mcp=True)) as url:
        yield url


@pytest.fixture(scope="module")
def private(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with users."""
    from ui.users import Users

    users = tmp_path_factory.mktemp("programs") / "users"
    for name in ("may", "nguyễn.an"):
        Users(users).put(name, PASSWORD)
    with page_served(Settings(data_dir=sample_data, users=users, port=free_port(), api=True, mcp=True)) as url:
        yield url


@pytest.fixture(scope="module")
def caller(address: str) -> Iterator[Client]:
    opened = Client(address, verbose=False)
    yield opened
    opened.close()


def with_tools(url: str, use: Callable[[McpClient], Any], **options: Any) -> Any:
    """Connect a client, and return what `use` gives."""

    async def run() -> Any:
        async with (
            httpx2.AsyncClient(timeout=60, trust_env=False, **options) as sender,
            McpClient(streamable_http_client(f"{url}/mcp", http_client=sender)) as connected,
        ):
            return await use(connected)

    return asyncio.run(run())


def call(url: str, tool: str, **arguments: Any) -> Any:
    return with_tools(url, lambda tools: tools.call_tool(tool, arguments))


# --- gradio_client --------------------------------------------------------------------------------------------------------


def test_the_example_of_the_documentation_runs(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    names: dict[str, Any] = {}
    exec(block.replace("http://127.0.0.1:7860", address), names)
    names["client"].close()
    said = capsys.readouterr().out
    assert SAID in said
    assert names["found"]["articles"][0]["event"].startswith("2016")
    assert re.search(r"\| Nguyễn Văn Nên \d+", said)


def test_the_endpoints_are_these_four_typed_and_described(caller: Client) -> None:
    told = caller.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert sorted(told) == [f"/{name}" for name in NAMES]
    for endpoint in told.values():
        assert all(p["type"] for p in endpoint["parameters"])
        assert all(f"\n{p['parameter_name']}: " in endpoint["description"] for p in endpoint["parameters"])
    returned = told["/ask"]["returns"][0]["type"]
    assert returned["properties"]["citations"]["items"]["properties"]["quote"] == {"type": "string"}
    history = {p["parameter_name"]: p for p in told["/ask"]["parameters"]}["history"]
    assert history["parameter_has_default"]


def test_an_endpoint_gives_what_the_assistant_gives(caller: Client, assistant: NewsAssistant) -> None:
    given = caller.predict(QUESTION, api_name="/ask")
    known = assistant.ask(QUESTION).to_json()
    assert [given[name] for name in ("text", "citations", "answered")] == [
        known[name] for name in ("text", "citations", "answered")
    ]
    follow = caller.predict("Còn năm 2016?", [{"question": QUESTION, "answer": given["text"]}], api_name="/ask")
    assert "2016" in follow["understood"]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", [""], "empty"), ("ask", ["x" * 3000], "3,000 characters"), ("ask", [7], "question: Input should be a valid string"),
        ("ask", ["a", [["b", "c"]]], "history.0"), ("ask", ["a", [{"question": "b"}]], "history.0.answer"),
        ("get_article", ["0" * 16], "There is no article"), ("search_articles", ["a", "yesterday"], "is no time"),
        ("search_articles", ["a", "", "", "", 51], "most: "), ("person_timeline", ["Nên", 0], "most: "),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(caller: Client, name: str, arguments: list[Any], said: str) -> None:
    with pytest.raises(AppError, match=re.escape(said)):
        caller.predict(*arguments, api_name=f"/{name}")


def test_the_page_goes_on_beside_its_endpoints(address: str) -> None:
    with client(address) as reader:
        assert SAID in answer(reader, QUESTION, "beside")


# --- tools ----------------------------------------------------------------------------------------------------------------


def test_the_tools_are_these_four_typed_and_described(address: str) -> None:
    tools = with_tools(address, lambda tools: tools.list_tools()).tools
    assert sorted(t.name for t in tools) == NAMES
    for tool in tools:
        assert len(tool.description) > 40
        assert all(field["description"] for field in tool.input_schema["properties"].values())
        assert tool.output_schema["properties"]
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
    assert not with_tools(address, lambda tools: tools.list_resources()).resources


def test_tools_give_what_the_assistant_gives(address: str, assistant: NewsAssistant) -> None:
    given = call(address, "ask", question=QUESTION)
    known = assistant.ask(QUESTION).to_json()
    assert not given.is_error
    assert given.structured_content["citations"] == known["citations"]
    assert json.loads(given.content[0].text) == given.structured_content
    cited = given.structured_content["citations"][0]
    article = call(
        address, "get_article", id=cited["article_id"], content_hash=cited["content_hash"]
    ).structured_content
    assert article["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert (article["until"], article["title"]) == (None, cited["title"])
    (person,) = call(address, "person_timeline", name="Văn Nên", most=3).structured_content["people"]
    whole = assistant.people("Văn Nên")[0]
    assert (person["name"], len(person["entries"]), person["left_off"]) == (whole.name, 3, len(whole.entries) - 3)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", {"question": " "}, "empty"), ("ask", {}, "question"), ("get_article", {"id": "../../etc/passwd"}, "There is no article"),
        ("search_articles", {"words": "a", "until": "2016-13"}, "is no time"), ("search_articles", {"words": "a", "most": 51}, "most"),
    ],
)  # fmt: skip
def test_a_tool_says_what_it_cannot_take(address: str, name: str, arguments: dict[str, Any], said: str) -> None:
    given = call(address, name, **arguments)
    assert given.is_error
    assert said in given.content[0].text
    assert "Traceback" not in given.content[0].text


def test_there_is_no_other_tool(address: str) -> None:
    given = call(address, "upload")
    assert given.is_error
    assert "Unknown tool" in given.content[0].text


def test_a_failure_tells_nothing_of_the_inside(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("a path such as /srv/secret")

    monkeypatch.setattr(NewsAssistant, "version", broken)
    given = call(address, "get_article", id="x")
    assert given.is_error
    assert "secret" not in str(given)


def test_only_its_own_host_no_other_site_and_no_stream(address: str) -> None:
    with client(address) as sender:
        assert sender.post("/mcp", json=CALL, headers=ACCEPT).status_code == 200
        assert sender.post("/mcp", json=CALL, headers={**ACCEPT, "Host": "evil.example"}).status_code == 421
        assert sender.post("/mcp", json=CALL, headers={**ACCEPT, "Origin": "http://evil.example"}).status_code == 403
        assert sender.post("/mcp", json=CALL, headers={**ACCEPT, "Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert sender.get("/mcp", headers=ACCEPT).status_code == 405
        assert sender.delete("/mcp").status_code == 405
        assert sender.post("/mcp", content=b"x" * 2_000_001, headers=ACCEPT).status_code == 413
        broken = sender.post("/mcp", content=b"{" * 1000, headers={**ACCEPT, "Content-Type": "application/json"})
        assert broken.status_code == 400
        reply = sender.post("/mcp", json=CALL, headers=ACCEPT)
    assert all(reply.headers[name] == value for name, value in HEADERS.items())
    assert "access-control-allow-origin" not in reply.headers


def test_other_paths_of_gradio_stay_closed(address: str) -> None:
    closed = (
        "api/ask",
        "run/ask",
        "call/ask",
        "upload",
        "mcp/",
        "mcp/sse",
        "openapi.json",
        "file=/etc/passwd",
        "info/",
    )
    with client(address) as sender:
        got = [sender.get(f"/gradio_api/{path}").status_code for path in closed]
        sent = [sender.post(f"/gradio_api/{path}", json={"data": ["a"]}).status_code for path in closed]
    assert {*got, *sent} == {404}


# --- closed by default, and with users ------------------------------------------------------------------------------------


def test_programs_are_closed_unless_they_are_let_in(sample_data: Path) -> None:
    with page_served(Settings(data_dir=sample_data, port=free_port())) as url, client(url) as sender:
        assert sender.get("/gradio_api/info").status_code == 404
        assert sender.post("/mcp", json=CALL, headers=ACCEPT).status_code == 404
        config = sender.get("/config").json()
        assert not {event["api_name"] for event in config["dependencies"] if event["api_visibility"] != "private"}


def test_a_program_with_a_password_gets_in(private: str) -> None:
    opened = Client(private, verbose=False, httpx_kwargs={"auth": ("may", PASSWORD)})
    assert SAID in opened.predict(QUESTION, api_name="/ask")["text"]
    opened.close()
    given = with_tools(
        private, lambda tools: tools.call_tool("ask", {"question": QUESTION}), auth=("nguyễn.an", PASSWORD)
    )
    assert SAID in given.structured_content["text"]


def test_a_reader_who_has_signed_in_may_call_tools(private: str) -> None:
    with client(f"{private}/") as reader:
        sign_in(reader, "may")
        assert reader.post("mcp", json=CALL, headers=ACCEPT).status_code == 200


@pytest.mark.parametrize("path", ["/mcp", "/gradio_api/queue/join"])
def test_nothing_without_a_password(private: str, path: str) -> None:
    wrong = [
        "", "Basic", "Basic !!!", "Basic " + base64.b64encode(b"may").decode(), "Bearer x", "Basic " + "A" * 5000,
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(), "Basic " + base64.b64encode(b":").decode(),
    ]  # fmt: skip
    with client(private) as stranger:
        got = [stranger.post(path, json=CALL, headers={**ACCEPT, "Authorization": sent}) for sent in wrong]
        listed = stranger.get("/gradio_api/info")
    assert {reply.status_code for reply in got} <= {401, 429}
    assert got[0].status_code == listed.status_code == 401
    assert not [reply for reply in got if "www-authenticate" in reply.headers or "tools" in reply.text]


def test_guesses_are_counted_and_a_right_password_is_looked_at_once(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.users import Users

    users = Users(tmp_path / "users")
    users.put("may", PASSWORD)
    looked: list[str] = []
    check = Users.check
    monkeypatch.setattr(Users, "check", lambda self, name, word: looked.append(word) or check(self, name, word))
    settings = Settings(data_dir=sample_data, users=users.path, port=free_port(), mcp=True)
    with page_served(settings) as url, client(url) as sender:

        def post(word: str) -> httpx.Response:
            return sender.post("/mcp", json=CALL, headers=ACCEPT, auth=("may", word))

        assert [post(PASSWORD).status_code for _ in range(5)] == [200] * 5
        assert looked == [PASSWORD]
        users.put("many", PASSWORD)
        with ThreadPoolExecutor(20) as together:
            replies = together.map(
                lambda _: sender.post("/mcp", json=CALL, headers=ACCEPT, auth=("many", PASSWORD)), range(20)
            )
        assert [reply.status_code for reply in replies] == [200] * 20
        assert looked == [PASSWORD] * 2
        refused = [post(f"guess {n}") for n in range(BURST + 2)]
        assert [reply.status_code for reply in refused] == [401] * BURST + [429] * 2
        assert int(refused[-1].headers["retry-after"]) > 0
        assert post(PASSWORD).status_code == 200  # known by now, and not held up by somebody's guesses
        users.put("may", "một mật khẩu khác hẳn")
        assert post(PASSWORD).status_code in {401, 429}
        users.remove("may")
        assert post("một mật khẩu khác hẳn").status_code in {401, 429}


# --- the command line -----------------------------------------------------------------------------------------------------


def test_tools_over_standard_input(sample_data: Path, tmp_path: Path) -> None:
    started = StdioServerParameters(
        command=sys.executable, args=["-c", "from ui.cli import main; main()", "mcp", "--data-dir", str(sample_data)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path,
    )  # fmt: skip

    async def run() -> Any:
        async with McpClient(stdio_client(started)) as tools:
            listed = await tools.list_tools()
            return [t.name for t in listed.tools], await tools.call_tool("ask", {"question": QUESTION})

    names, given = asyncio.run(run())
    assert sorted(names) == NAMES
    assert SAID in given.structured_content["text"]


@pytest.mark.parametrize("command", [["serve", "--mcp"], ["mcp"]])
def test_a_missing_package_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".")[0] == "mcp":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ServeError, match="package mcp") as caught:
        require_mcp()
    assert f'pip install "{REQUIRED}"' in caught.value.hint
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 2
    assert "pip install" in done.stderr


def test_the_hint_asks_for_what_the_extra_asks_for() -> None:
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert extras["mcp"] == [REQUIRED]


def test_programs_have_no_assistant_before_articles_are_there(tmp_path: Path) -> None:
    from qa.errors import IndexMissing
    from ui.server import Opened

    programs = Programs(Opened(Settings(data_dir=tmp_path)).open)
    for asked in (lambda: programs.ask("a"), lambda: programs.search_articles("a"), lambda: programs.get_article("a")):
        with pytest.raises(IndexMissing):
            asked()
