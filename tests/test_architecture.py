"""The arrows between packages and modules, what they export, and what the project says of its dependencies."""

import ast
import importlib
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("qa", "ingest", "ui")
MAY_IMPORT = {"qa": {"qa"}, "ingest": {"qa", "ingest"}, "ui": {"qa", "ingest", "ui"}}

# Inside qa each module imports only what stands above it; a new module takes its place here.
ORDER = [
    "qa.offline", "qa.errors", "qa.schema", "qa.settings",
    "qa.language", "qa.language.remembered", "qa.language.forms", "qa.language.sentences", "qa.language.dates", "qa.language.number_words", "qa.language.numbers", "qa.language.periods", "qa.language.times.stretches", "qa.language.times.source", "qa.language.times.vietnamese_relative", "qa.language.times.vietnamese_calendar", "qa.language.times.vietnamese_parts", "qa.language.times.vietnamese_lists", "qa.language.times.english_relative", "qa.language.times.english_periods", "qa.language.times.congresses", "qa.language.times.lunar", "qa.language.times.plain", "qa.language.times.definite", "qa.language.times.ranges", "qa.language.times.anchored", "qa.language.times.years", "qa.language.times", "qa.language.names", "qa.language.lexicon", "qa.language.translations",
    "qa.people", "qa.people.speech", "qa.people.words", "qa.people.names", "qa.people.named", "qa.people.things", "qa.people.divisions", "qa.people.subjects", "qa.people.beside", "qa.people.stops", "qa.people.marks", "qa.people.english", "qa.people.capitals", "qa.people.runs", "qa.people.mentions", "qa.people.pronouns", "qa.people.offices", "qa.people.phrases", "qa.people.leading", "qa.people.following", "qa.people.posts", "qa.people.deeds", "qa.people.rows",
    "qa.checkpoints", "qa.devices", "qa.prompts", "qa.written", "qa.rows", "qa.stretches", "qa.static_embeddings", "qa.embeddings", "qa.reranker",
    "qa.copies", "qa.terms", "qa.database", "qa.tables", "qa.records", "qa.listing", "qa.sources", "qa.vector_cache", "qa.appearances", "qa.people.timeline", "qa.facets", "qa.calendar", "qa.ledger", "qa.staging",
    "qa.generations", "qa.hnsw", "qa.vector_state", "qa.vector_edit", "qa.vectors", "qa.lexical_edit", "qa.lexical", "qa.stores", "qa.edit",
    "qa.kinds.kind", "qa.kinds.nouns", "qa.kinds.patterns", "qa.kinds.idle", "qa.kinds.vietnamese", "qa.kinds.english", "qa.kinds", "qa.question", "qa.today", "qa.people.asked", "qa.talk", "qa.talk.words", "qa.talk.spoken", "qa.talk.before", "qa.talk.anaphors", "qa.talk.listed", "qa.talk.dates", "qa.talk.counted", "qa.talk.ends", "qa.talk.topics", "qa.talk.about", "qa.talk.ordinals", "qa.talk.somebody", "qa.talk.standing", "qa.talk.pointing", "qa.talk.earlier", "qa.talk.others", "qa.talk.nouns", "qa.talk.described", "qa.talk.posts", "qa.talk.places", "qa.talk.parts", "qa.talk.corrected", "qa.talk.whole", "qa.talk.near", "qa.conversation", "qa.matching", "qa.numbered", "qa.overlap", "qa.interaction", "qa.fusion", "qa.explain", "qa.within", "qa.retriever", "qa.recalled", "qa.gate", "qa.gate.words", "qa.gate.text", "qa.gate.edits", "qa.gate.facts", "qa.gate.parts", "qa.gate.joins", "qa.gate.proof", "qa.citations", "qa.proving", "qa.reading", "qa.reading.views", "qa.reading.spans", "qa.reading.names", "qa.reading.nobody", "qa.reading.people", "qa.reading.classes", "qa.reading.numbers", "qa.reading.clauses", "qa.reading.codes", "qa.reading.counted", "qa.reading.fitting", "qa.reading.given", "qa.reading.sites", "qa.reading.described", "qa.reading.others", "qa.reading.finders", "qa.reading.likeness", "qa.reading.asking", "qa.reading.particulars", "qa.reading.orders", "qa.reading.evidence", "qa.reading.features", "qa.reading.trees", "qa.reading.model", "qa.reading.phrases", "qa.reading.compose", "qa.reading.rivals", "qa.reading.topics", "qa.people.told", "qa.reader", "qa.search", "qa.wording", "qa.turns",
    "qa.chat", "qa.chat.tokens", "qa.chat.context", "qa.chat.prompt", "qa.chat.marks", "qa.chat.parse", "qa.chat.elements", "qa.chat.fields", "qa.chat.frames", "qa.chat.verify", "qa.chat.failures", "qa.chat.structure", "qa.chat.models", "qa.chat.asking", "qa.chat.draft", "qa.chat.cache", "qa.chat.writer", "qa.chat.telling", "qa.assistant",
    "qa.feedback", "qa.gold", "qa.measures", "qa.judged", "qa.evaluation", "qa.comparison", "qa",
]  # fmt: skip


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {name_of(p): p for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def imports(name: str) -> Iterator[tuple[str, str | None]]:
    """Yield `(module, name taken from it)` of every import of ours in a module, wherever it stands."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names if alias.name.split(".")[0] in PACKAGES)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports of ours are absolute"
            if node.module and node.module.split(".")[0] in PACKAGES:
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    yield (inner, None) if inner in FILES else (node.module, alias.name)


def public(name: str) -> set[str]:
    """Return the classes and functions a module defines for others."""
    defined = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {n.name for n in TREES[name].body if isinstance(n, defined) and not n.name.startswith("_")}


def test_every_module_is_seen() -> None:
    assert {"qa.assistant", "ingest.pipeline", "ui.cli"} <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_no_arrow_points_upward(name: str) -> None:
    package = name.split(".")[0]
    assert {module.split(".")[0] for module, _ in imports(name)} <= MAY_IMPORT[package]


@pytest.mark.parametrize("name", [n for n in FILES if n.split(".")[0] == "qa"])
def test_inside_qa_a_module_imports_only_what_stands_above_it(name: str) -> None:
    assert name in ORDER, f"{name} has no place in the order"
    above = ORDER[: ORDER.index(name)]
    assert {module for module, _ in imports(name)} <= set(above)


@pytest.mark.parametrize("package", ["ingest", "ui"])
def test_no_imports_go_round_in_a_circle(package: str) -> None:
    arrows = {n: {m for m, _ in imports(n) if m in FILES and m != n} for n in FILES if n.split(".")[0] == package}
    left = dict(arrows)
    while free := [n for n, targets in left.items() if not targets & set(left)]:
        for n in free:
            del left[n]
    assert not left


@pytest.mark.parametrize("name", FILES)
def test_what_a_module_exports_is_there(name: str) -> None:
    module = importlib.import_module(name)
    exported = getattr(module, "__all__", None)
    if exported is None:
        assert not public(name), f"{name} has no __all__"
        return
    assert list(exported) == sorted(exported, key=lambda n: (not n.isupper(), not n[0].isupper(), n))
    assert len(set(exported)) == len(exported)
    assert all(hasattr(module, n) for n in exported)
    assert not [n for n in exported if n.startswith("_")]


def test_what_another_module_takes_is_exported() -> None:
    missing = sorted(
        f"{name} takes {taken} from {module}"
        for name in FILES
        for module, taken in imports(name)
        if taken and taken not in getattr(importlib.import_module(module), "__all__", ())
    )
    assert not missing


@pytest.mark.parametrize("name", [n for n in FILES if n.split(".")[0] in {"qa", "ingest"}])
def test_the_library_prints_nothing(name: str) -> None:
    calls = [n.func for n in ast.walk(TREES[name]) if isinstance(n, ast.Call)]
    assert not [f for f in calls if isinstance(f, ast.Name) and f.id == "print"]
    written = [ast.unparse(f) for f in calls if isinstance(f, ast.Attribute)]
    assert not [f for f in written if re.match(r"sys\.(?:stdout|stderr)\.write|logging\.basicConfig", f)]


def test_no_module_is_named_for_nothing() -> None:
    assert not [
        n for n in FILES if n.split(".")[-1] in {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    ]


def test_every_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    pinned = [*project["dependencies"], *tomllib.loads(text)["build-system"]["requires"]]
    for group in project["optional-dependencies"].values():
        pinned += group
    bare = [p for p in pinned if not re.search(rf'"{re.escape(p)}"\]?,?\s+# \S+ \S+', text)]
    assert not bare


DISTRIBUTIONS = {
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "markdown_it": "markdown-it-py",
    "starlette": "fastapi",
    "yaml": "pyyaml",
}
"""Modules whose distribution has another name; the types of Starlette are FastAPI's own base."""


def dependencies() -> set[str]:
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return {re.split(r"[<>=\[ ]", p)[0] for p in named}


def libraries() -> set[str]:
    """Return the distributions that the packages import from."""
    modules = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                modules |= {a.name.split(".")[0] for a in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    strange = modules - set(PACKAGES) - set(sys.stdlib_module_names)
    return {DISTRIBUTIONS.get(m, m.replace("_", "-")) for m in strange}


def test_every_dependency_is_used() -> None:
    assert dependencies() - libraries() == set()


def test_what_is_imported_is_a_dependency() -> None:
    assert libraries() - dependencies() == {"mcp"}  # of an extra: `serve --mcp`
