"""Prompts: which family a model belongs to, and whose prefixes count."""

import json
from pathlib import Path

import pytest

from qa.prompts import Prefixes, family_of, own_prefixes, saved_prefixes

E5 = Prefixes("query: ", "passage: ")
NONE = Prefixes()


@pytest.mark.parametrize(
    ("model", "prefixes"),
    [
        ("intfloat/multilingual-e5-small", E5),
        ("intfloat/multilingual-e5-base", E5),
        ("intfloat/multilingual-e5-large", E5),
        ("INTFLOAT/Multilingual-E5-Large", E5),
        ("someone/my_e5-base-news", E5),
        ("BAAI/bge-m3", NONE),
        ("Alibaba-NLP/gte-multilingual-base", NONE),
        ("AITeamVN/Vietnamese_Embedding", NONE),
        ("Qwen/Qwen3-Embedding-0.6B", NONE),
        ("google/embeddinggemma-300m", NONE),
        ("someone/made5-base", NONE),
    ],
)
def test_a_family_is_known_by_its_name(model: str, prefixes: Prefixes) -> None:
    assert family_of(model).prefixes == prefixes


def test_instructed_models_have_an_instruction_before_questions_alone() -> None:
    for model in ("intfloat/multilingual-e5-large-instruct", "intfloat/e5-mistral-7b-instruct"):
        prefixes = family_of(model).prefixes
        assert prefixes.query.startswith("Instruct: ")
        assert prefixes.query.endswith("\nQuery: ")
        assert prefixes.passage == ""
    english = family_of("BAAI/bge-base-en-v1.5").prefixes
    assert english.query
    assert not english.passage


def test_only_a_model_that_overflows_half_precision_is_kept_from_it() -> None:
    assert not family_of("google/embeddinggemma-300m").float16
    assert family_of("intfloat/multilingual-e5-small").float16


def test_a_model_of_segmented_words_is_warned_of(tmp_path: Path) -> None:
    assert "underscores" in family_of("dangvantuan/vietnamese-embedding").warning
    assert "underscores" in family_of("bkai-foundation-models/vietnamese-bi-encoder").warning
    assert not family_of("AITeamVN/Vietnamese_Embedding").warning
    assert not family_of("dangvantuan/vietnamese-embedding-LongContext").warning
    assert not family_of("x", tmp_path).warning
    (tmp_path / "tokenizer_config.json").write_text('{"tokenizer_class": "PhobertTokenizer"}')
    assert "underscores" in family_of("x", tmp_path).warning


def test_a_folder_is_known_by_its_name_its_config_or_the_cache_it_lies_in(tmp_path: Path) -> None:
    mine, named = tmp_path / "mine", tmp_path / "multilingual-e5-small"
    cached = tmp_path / "models--intfloat--multilingual-e5-base" / "snapshots" / "0a1b2c"
    for folder in (mine, named, cached):
        folder.mkdir(parents=True)
        assert family_of("models/x", folder).prefixes == (NONE if folder == mine else E5)
    (mine / "config.json").write_text('{"_name_or_path": "intfloat/multilingual-e5-small"}')
    assert family_of("models/x", mine).prefixes == E5


@pytest.mark.parametrize("content", ["{", "[]", "null", '{"_name_or_path": null}', '{"_name_or_path": 7}'])
def test_a_strange_config_gives_no_family(tmp_path: Path, content: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.json").write_text(content)
    assert family_of("x", tmp_path / "mine").prefixes == NONE


@pytest.mark.parametrize(
    ("prompts", "own"),
    [
        ({"query": "q: ", "document": "d: "}, Prefixes("q: ", "d: ")),
        ({"query": "q: ", "passage": "p: "}, Prefixes("q: ", "p: ")),
        ({"query": "q: ", "document": "", "passage": "p: "}, Prefixes("q: ", "p: ")),
        ({"query": "q: ", "document": None}, Prefixes("q: ", "")),
        ({"corpus": "c: "}, Prefixes("", "c: ")),
        ({"query": "", "document": ""}, None),
        ({"query": None, "document": None}, None),
        ({"clustering": "c: "}, None),
        ({}, None),
    ],
)
def test_what_a_model_brings_itself(tmp_path: Path, prompts: dict[str, str | None], own: Prefixes | None) -> None:
    assert own_prefixes(prompts) == own
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))
    assert saved_prefixes(tmp_path) == own


def test_a_folder_without_prompts_brings_none(tmp_path: Path) -> None:
    assert saved_prefixes(tmp_path) is None
    (tmp_path / "config_sentence_transformers.json").write_text('{"prompts": ["query: "]}')
    assert saved_prefixes(tmp_path) is None
