"""Settings: environment, `.env` and overrides; what is unknown or unusable is named, secrets are not."""

import re
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import ValidationError

from qa import Settings, load_settings
from qa.errors import SettingsError
from qa.settings import PREFIX

EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"
GUIDE = EXAMPLE.with_name("docs") / "settings.md"


def env_file(text: str | bytes) -> None:
    Path(".env").write_bytes(text.encode() if isinstance(text, str) else text)


def test_everything_has_a_default() -> None:
    assert load_settings() == Settings()
    assert load_settings(port=None, data_dir=None) == Settings()


def test_the_example_holds_every_setting_with_its_default(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    uncommented = [line.removeprefix("# ") for line in lines if line.startswith(f"# {PREFIX}")]
    assert len(uncommented) == len(Settings.model_fields)
    env_file("\n".join(uncommented))
    assert set(dotenv_values(".env")) == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    found = load_settings()
    assert found == Settings(workers=found.workers)  # the only default that depends on the machine


def test_the_readme_names_every_setting() -> None:
    table = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{PREFIX}")]
    named = re.findall(rf"{PREFIX}[A-Z_]+", "".join(line.split("|")[1] for line in table))
    assert sorted(named) == sorted(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)


def test_the_example_changes_nothing_as_it_is() -> None:
    env_file(EXAMPLE.read_bytes())
    assert not dotenv_values(".env")
    assert load_settings() == Settings()


def test_overrides_win_over_the_environment_and_that_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    env_file("HOIBAO_PORT=1001\nHOIBAO_HOST=from-file\nHOIBAO_DATA_DIR=a folder/báo\n")
    settings = load_settings()
    assert (settings.port, settings.host, settings.data_dir) == (1001, "from-file", Path("a folder/báo"))
    monkeypatch.setenv("HOIBAO_PORT", "1002")
    monkeypatch.setenv("hoibao_max_question_chars", "77")
    settings = load_settings()
    assert (settings.port, settings.host, settings.max_question_chars) == (1002, "from-file", 77)
    assert load_settings(port=1003, host=None).port == 1003
    assert load_settings(port=1003, host=None).host == "from-file"


def test_a_env_file_with_a_byte_order_mark_is_read() -> None:
    env_file("\ufeffHOIBAO_PORT=1001\n")
    assert load_settings().port == 1001
    env_file("\ufeffHOIBAO_PROT=1001\n")
    with pytest.raises(SettingsError, match="HOIBAO_PROT"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("HOIBAO_DATADIR", "HOIBAO_DATA_DIR"),
        ("HOIBAO_EMBEDING_MODEL", "HOIBAO_EMBEDDING_MODEL"),
        ("hoibao_prot", "HOIBAO_PORT"),
        ("HOIBAO_", "HOIBAO_"),
        ("HOIBAO_ZZZZZZ", "HOIBAO_"),
    ],
)
@pytest.mark.parametrize("in_file", [False, True])
def test_an_unknown_name_is_refused_with_the_nearest_known_one(
    monkeypatch: pytest.MonkeyPatch, name: str, nearest: str, in_file: bool
) -> None:
    if in_file:
        env_file(f"{name}=secret-value\n")
    else:
        monkeypatch.setenv(name, "secret-value")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert name in str(refused.value)
    assert nearest in refused.value.hint
    assert "secret-value" not in f"{refused.value} {refused.value.hint}"


def test_names_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    env_file("PORT=1\nOPENAI_API_KEY=x\nXHOIBAO_PORT=5\nALLOW_RESET=TRUE\nPERSIST_DIRECTORY=/x\n")
    monkeypatch.setenv("DATA_DIR", "/x")
    monkeypatch.setenv("HOIBAOX", "1")
    assert load_settings() == Settings()


def test_an_unknown_override_is_refused() -> None:
    with pytest.raises((SettingsError, TypeError), match="datadir"):
        load_settings(datadir="/srv/news")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "hunter2"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "80.5"),
        ("MAX_QUESTION_CHARS", "0"),
        ("MAX_QUESTION_CHARS", "many-secret"),
        ("MAX_ARTICLE_MB", "0"),
        ("MAX_ARTICLE_MB", "-31"),
        ("MAX_ARTICLE_MB", "nan"),
        ("MAX_ARTICLE_MB", "inf"),
        ("MAX_ARTICLE_SECONDS", "0"),
        ("MAX_ARTICLE_SECONDS", "inf"),
        ("WORKERS", "-1"),
        ("WORKERS", "65"),
        ("WORKERS", "two-of-them"),
        ("FIELDS", "no JSON at all"),
        ("FIELDS", '["a list"]'),
        ("FIELDS", '{"title": 55555555}'),
        ("FIELDS", '{"titel": "ten_bai"}'),
        ("DATA_DIR", ""),
        ("DEVICE", "gpu-of-mine"),
        ("DEVICE", "cuda:x"),
        ("DEVICE", ""),
        ("EMBEDDING_DTYPE", "float8-secret"),
        ("EMBEDDING_BATCH", "0"),
        ("EMBEDDING_BATCH", "4097"),
        ("EMBEDDING_DIMENSIONS", "0"),
        ("EMBEDDING_DIMENSIONS", "all-of-them"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_but_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"HOIBAO_{name}", value)
    with pytest.raises(SettingsError, match=f"HOIBAO_{name}") as refused:
        load_settings()
    assert refused.value.hint
    if len(value) > 5:
        assert value not in str(refused.value)
        assert value not in str(refused.value.__cause__)


def test_workers_are_counted_out_or_left_to_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().workers == 0
    monkeypatch.setenv("HOIBAO_WORKERS", "12")
    assert load_settings().workers == 12


def test_what_is_left_to_the_model_is_told_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOIBAO_QUERY_PREFIX", "HOIBAO_PASSAGE_PREFIX", "HOIBAO_EMBEDDING_DIMENSIONS"):
        monkeypatch.setenv(name, "auto")
    settings = load_settings()
    assert (settings.query_prefix, settings.passage_prefix, settings.embedding_dimensions) == (None, None, None)
    monkeypatch.delenv("HOIBAO_QUERY_PREFIX")
    monkeypatch.setenv("HOIBAO_PASSAGE_PREFIX", "")
    monkeypatch.setenv("HOIBAO_EMBEDDING_DIMENSIONS", "256")
    env_file('HOIBAO_QUERY_PREFIX="query: "\n')
    settings = load_settings()
    assert (settings.query_prefix, settings.passage_prefix, settings.embedding_dimensions) == ("query: ", "", 256)


@pytest.mark.parametrize(
    ("value", "reranker"), [("none", None), ("", None), ("BAAI/x", "BAAI/x"), ("./none", "./none")]
)
def test_no_reranker_is_called_none(monkeypatch: pytest.MonkeyPatch, value: str, reranker: str | None) -> None:
    assert load_settings().reranker is None
    monkeypatch.setenv("HOIBAO_RERANKER", value)
    assert load_settings().reranker == reranker


@pytest.mark.parametrize("device", ["auto", "cpu", "mps", "cuda", "cuda:0", "cuda:11"])
def test_devices_are_named_as_pytorch_names_them(monkeypatch: pytest.MonkeyPatch, device: str) -> None:
    monkeypatch.setenv("HOIBAO_DEVICE", device)
    assert load_settings().device == device


@pytest.mark.parametrize("in_file", [False, True])
def test_fields_are_given_as_json(monkeypatch: pytest.MonkeyPatch, in_file: bool) -> None:
    value = '{"title": "ten_bai", "text": "thân bài"}'
    if in_file:
        env_file(f"HOIBAO_FIELDS='{value}'\n")
    else:
        monkeypatch.setenv("HOIBAO_FIELDS", value)
    assert load_settings().fields == {"title": "ten_bai", "text": "thân bài"}
    assert load_settings(fields={"title": "t"}).fields == {"title": "t"}


def test_several_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIBAO_PORT", "x")
    with pytest.raises(SettingsError, match=r"HOIBAO_PORT.*HOIBAO_MAX_ARTICLE_MB"):
        load_settings(max_article_mb=-1)


@pytest.mark.parametrize("content", [b"\xff\xfeH\x00", "HOIBAO_DATA_DIR=/srv/báo".encode("latin-1")])
def test_a_env_file_that_is_not_utf8_is_refused(content: bytes) -> None:
    env_file(content)
    with pytest.raises(SettingsError, match=r"\.env") as refused:
        load_settings()
    assert refused.value.hint


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings().port = 1  # type: ignore[misc]
