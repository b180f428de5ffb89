"""Nothing looks for the network: not an import, not an ingest, not a question."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qa.offline import SWITCHES

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "ingest" / "samples"

GUARD = """
import json, sys
ATTEMPTS = []
LOOPBACK = ("127.", "::1", "localhost")

def guard(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        host = args[0][0] if isinstance(args[0], tuple) else args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host and not host.startswith(LOOPBACK):
        ATTEMPTS.append([event, repr(args)])
        raise OSError("refused by the test: " + event)

sys.addaudithook(guard)
"""
PATH = (
    GUARD
    + """
from pathlib import Path
from ingest import ingest
from qa import NewsAssistant, Settings

settings = Settings(data_dir=Path(sys.argv[2]))
report = ingest([Path(sys.argv[1])], settings=settings)
assistant = NewsAssistant.open(settings=settings)
answer = assistant.ask("Who chaired the 2019 conference?")
documents = assistant.retriever.invoke("hội nghị")
assistant.close()
import gradio, socket
print(json.dumps({"attempts": ATTEMPTS, "articles": report.articles, "text": answer.text, "documents": len(documents),
                  "interfaces": [name for _, name in socket.if_nameindex()]}))
"""
)
SELF_TEST = (
    GUARD
    + """
import socket, urllib.request
for attempt in (
    lambda: socket.socket().connect(("192.0.2.1", 80)),
    lambda: socket.getaddrinfo("example.invalid", 80),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    lambda: urllib.request.urlopen("http://example.invalid/", timeout=1),
):
    try:
        attempt()
    except OSError:
        pass
print(json.dumps(sorted({event for event, _ in ATTEMPTS})))
"""
)


def python(code: str, *arguments: str | Path, before: tuple[str, ...] = (), **environment: str) -> str:
    """Run code in a fresh interpreter without any of the switches, and return what it prints."""
    kept = {k: v for k, v in os.environ.items() if k not in SWITCHES and not k.startswith("HOIBAO_")}
    done = subprocess.run(
        [*before, sys.executable, "-c", code, *map(str, arguments)],
        env={**kept, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


EMPTY_NETWORK = ("unshare", "--map-root-user", "--net")
"""Starts a command in a network of nothing, which stops libraries too whose sockets Python does not see."""


def empty_network_refused() -> str | None:
    """Return why no empty network can be made here, or None when it can."""
    try:
        subprocess.run([*EMPTY_NETWORK, "true"], check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.SubprocessError) as exc:
        return str(exc)
    return None


@pytest.fixture(scope="module")
def run_on_the_samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Ingest the samples and ask a question in a fresh process, in an empty network where one can be made."""
    before = () if empty_network_refused() else EMPTY_NETWORK
    printed = python(PATH, SAMPLES, tmp_path_factory.mktemp("offline") / "data", before=before)
    return dict(json.loads(printed.splitlines()[-1]))


def test_the_guard_sees_what_it_should() -> None:
    assert json.loads(python(SELF_TEST)) == ["socket.connect", "socket.getaddrinfo", "socket.sendto"]


def test_ingesting_and_asking_attempt_no_connection(run_on_the_samples: dict[str, Any]) -> None:
    assert run_on_the_samples["attempts"] == []
    assert run_on_the_samples["articles"] == len(list(SAMPLES.iterdir()))
    assert run_on_the_samples["documents"] > 0
    assert "Đào Việt Trung" in run_on_the_samples["text"]


def test_it_works_in_a_network_of_nothing(run_on_the_samples: dict[str, Any]) -> None:
    if reason := empty_network_refused():
        pytest.skip(f"no empty network can be made here: {reason}")
    assert run_on_the_samples["interfaces"] == ["lo"]
    assert run_on_the_samples["articles"] == len(list(SAMPLES.iterdir()))


def test_every_switch_is_set_by_the_import() -> None:
    printed = python("import qa, os, json; print(json.dumps(dict(os.environ)))")
    found = json.loads(printed)
    assert {name: found.get(name) for name in SWITCHES} == SWITCHES
    assert {"ORT_DISABLE_TELEMETRY", "ANONYMIZED_TELEMETRY", "GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE"} <= set(
        SWITCHES
    )


def test_a_value_of_the_users_is_kept() -> None:
    printed = python(
        "import qa, os; print(os.environ['HF_HUB_OFFLINE'], os.environ['DO_NOT_TRACK'])", HF_HUB_OFFLINE="0"
    )
    assert printed.split() == ["0", "1"]


def test_the_switches_are_set_before_any_library_is_imported() -> None:
    code = """
import sys, os, json
class Watch:
    found = {}
    def find_spec(self, name, path=None, target=None):
        root = name.split(".")[0]
        if root in ("chromadb", "gradio", "onnxruntime", "transformers", "huggingface_hub", "langchain_core", "torch"):
            self.found.setdefault(root, os.environ.get("ORT_DISABLE_TELEMETRY"))
sys.meta_path.insert(0, Watch())
from qa import NewsAssistant
print(json.dumps(Watch.found))
"""
    found = json.loads(python(code))
    assert "langchain_core" in found
    assert set(found.values()) == {"1"}


@pytest.mark.parametrize("module", ["qa", "ingest", "ui.cli"])
def test_an_import_does_not_load_what_is_heavy(module: str) -> None:
    loaded = json.loads(python(f"import sys, json, {module}; print(json.dumps(sorted(sys.modules)))"))
    heavy = {
        "torch",
        "chromadb",
        "gradio",
        "transformers",
        "tantivy",
        "sentence_transformers",
        "tokenizers",
        "onnxruntime",
        "langchain",
    }
    assert heavy & set(loaded) == set()
