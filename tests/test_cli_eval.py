"""`hoibao eval`: what goes to standard output and to files, exit status, refusals."""

import json
from pathlib import Path
from typing import Any

import pytest
from chat_server import playing, saying
from conftest import ROOT
from typer.testing import CliRunner, Result

from benchmarks import evaluate as benchmark
from ui.cli import app

GOLD = ROOT / "tests" / "samples_gold.jsonl"
LINES = GOLD.read_text(encoding="utf-8").splitlines()


def run(*arguments: str | Path) -> Result:
    """Run the command in this process; an exception that is no exit is raised."""
    result = CliRunner().invoke(app, ["eval", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(result: Result, *said: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert "Hint: " in result.stderr
    for words in said:
        assert words in result.stderr


def lines(path: Path, *rows: str | dict[str, Any]) -> Path:
    text = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in rows]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The first four questions of the samples and one that is not answered by them."""
    return lines(tmp_path / "few.jsonl", *LINES[:4], LINES[-1])


def test_tables_for_people(sample_data: Path, few: Path) -> None:
    result = run(few, "--data-dir", sample_data)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "few.jsonl: retrieval" in result.stdout
    assert "few.jsonl: answers" in result.stdout
    found = [line.split() for line in result.stdout.splitlines()]
    assert [r[:2] for r in found if r[:1] == ["all"]] == [["all", "5"]] * 3
    assert [r[:2] for r in found if r[:1] == ["unanswerable"]] == [["unanswerable", "1"]]  # no article is right
    assert [r for r in found if "recall@1" in r] == [["n", "recall@1", "recall@5", "recall@10", "mrr", "ndcg@10"]]
    (header,) = [r for r in found if "verbatim" in r]
    assert header[-2:] == ["ms", "ms"]  # what was timed is answering
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_json_is_one_object(sample_data: Path, few: Path) -> None:
    result = run(few, "--json", "--data-dir", sample_data)
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    found = json.loads(result.stdout)
    assert found["model"] == "hoibao-static-v1"
    assert (found["questions"], found["articles"], found["refused"]) == (5, 10, [])
    assert found["golds"] == ["few.jsonl"]
    assert found["summary"]["all"]["verbatim"] == 1
    assert "misses" not in found


def test_a_saved_run_and_its_plots(sample_data: Path, few: Path, tmp_path: Path) -> None:
    saved, drawn, traced = tmp_path / "run.json", tmp_path / "run.png", tmp_path / "run.svg"
    assert run(few, "--output", saved, "--plot", drawn, "--data-dir", sample_data).exit_code == 0
    assert drawn.read_bytes().startswith(b"\x89PNG")
    kept = json.loads(saved.read_text(encoding="utf-8"))
    assert {"date", "model", "golds", "questions", "summary", "rows"} <= set(kept)
    assert [r["id"] for r in kept["rows"]] == [json.loads(line)["id"] for line in [*LINES[:4], LINES[-1]]]
    assert kept["rows"][0]["facts"] == 1
    assert run(few, "--retrieval", "--plot", traced, "--data-dir", sample_data).exit_code == 0
    assert "<svg" in traced.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.tmp"))


def test_searching_only_has_no_answers(sample_data: Path, few: Path) -> None:
    result = run(few, "--retrieval", "--json", "--data-dir", sample_data)
    overall = json.loads(result.stdout)["summary"]["all"]
    assert "recall@1" in overall
    assert "facts" not in overall
    shown = run(few, "--retrieval", "--data-dir", sample_data).stdout
    assert "answers" not in shown
    assert "mrr  ndcg@10" in shown
    assert " ms" in shown  # what was timed is searching


def test_misses_are_listed_with_wanted_and_got(sample_data: Path, tmp_path: Path) -> None:
    row = {**json.loads(LINES[0]), "answers": [["Trịnh Thị Không Có"]]}
    missed = lines(tmp_path / "missed.jsonl", row, LINES[0].replace("sm-001", "fine"))
    result = run(missed, "--misses", "--data-dir", sample_data)
    _, listed = result.stdout.split("- sm-001 [en/list] Who chaired the 2019 conference?\n")
    wanted, got = listed.splitlines()
    assert wanted.strip() == "wanted Trịnh Thị Không Có"
    assert "Nguyễn Văn Nên" in got
    assert len(got) < 260
    lost = {"id": "lost", "lang": "en", "question": row["question"], "source": ["nowhere"]}
    found = json.loads(run(lines(missed, lost), "--misses", "--json", "--data-dir", sample_data).stdout)
    assert found["misses"][0]["wanted"] == "nowhere"
    assert "hop-bon-van-phong-2019.txt" in found["misses"][0]["got"]


def test_quotations_are_looked_up_in_the_corpus(sample_data: Path, few: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    where = ("--json", "--data-dir", sample_data, "--corpus")
    assert json.loads(run(few, *where, ROOT / "ingest" / "samples").stdout)["summary"]["all"]["verbatim"] == 1
    assert json.loads(run(few, *where, elsewhere).stdout)["summary"]["all"]["verbatim"] == 0
    refused(run(few, "--corpus", tmp_path / "none", "--data-dir", sample_data), "no folder")


def test_places_without_a_corpus_are_spoken_of(sample_data: Path, tmp_path: Path) -> None:
    row = {**json.loads(LINES[0]), "evidence": [{"doc": "hop-bon-van-phong-2019", "start": 0, "end": 9}]}
    result = run(lines(tmp_path / "places.jsonl", row), "--json", "--data-dir", sample_data)
    assert result.exit_code == 0
    assert "--corpus" in result.stderr


def test_refused_questions_are_named_and_the_others_measured(sample_data: Path, tmp_path: Path) -> None:
    empty = {**json.loads(LINES[0]), "id": "empty-one", "question": " "}
    long = {**json.loads(LINES[0]), "id": "long-one", "question": "a" * 100_000}
    result = run(lines(tmp_path / "some.jsonl", empty, LINES[0], long), "--json", "--data-dir", sample_data)
    assert result.exit_code == 1
    assert "refused: some.jsonl, empty-one: " in result.stderr
    assert "refused: some.jsonl, long-one: " in result.stderr
    found = json.loads(result.stdout)
    assert [r["id"] for r in found["refused"]] == ["empty-one", "long-one"]
    assert found["summary"]["all"]["facts"] == pytest.approx(1 / 3, abs=1e-4)


def test_what_cannot_run(sample_data: Path, few: Path, tmp_path: Path) -> None:
    at = ("--data-dir", sample_data)
    refused(run(*at), "nothing to measure")
    refused(run(tmp_path / "none.jsonl", *at), "cannot be read")
    refused(run(lines(tmp_path / "bad.jsonl", LINES[0], "{"), *at), "bad.jsonl, line 2")
    (tmp_path / "twin").mkdir()
    refused(run(few, lines(tmp_path / "twin" / "few.jsonl", LINES[0]), *at), "one name")
    refused(run(few, "--output", tmp_path / "none" / "run.json", *at), "no folder")
    refused(run(few, "--plot", tmp_path / "plot.pdf", *at), "plot.pdf", ".svg")
    refused(run(few, "--data-dir", tmp_path / "empty"), "ingest")
    refused(run(few, "--compare", few, few, *at), "nothing to measure")


def test_hostile_names_do_not_reach_the_terminal(sample_data: Path, tmp_path: Path) -> None:
    row = {**json.loads(LINES[0]), "id": "a\x1b[31m", "type": "b\x1b[2J", "answers": [["c\x1b]0;d"]]}
    result = run(lines(tmp_path / "e\x1b[31m.jsonl", row), "--misses", "--data-dir", sample_data)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout + result.stderr


# --- two runs -------------------------------------------------------------------------------------------------------------


def saved(path: Path, values: list[float], *, gold: str = "g.jsonl") -> Path:
    rows = [
        {"id": str(n), "gold": gold, "lang": "vi", "type": "", "facts": v, "seconds": None}
        for n, v in enumerate(values)
    ]
    path.write_text(json.dumps({"rows": rows}), encoding="utf-8")
    return path


def test_comparing_two_runs(tmp_path: Path) -> None:
    first, second = saved(tmp_path / "first.json", [0.0] * 30), saved(tmp_path / "second.json", [1.0] * 20 + [0.0] * 20)
    shown = run("--compare", first, second)
    assert shown.exit_code == 0
    assert "30 questions" in shown.stdout
    (row, _) = [line.split() for line in shown.stdout.splitlines() if line.strip().startswith("facts")]
    assert row[1:5] == ["30", "0.000", "0.667", "+0.667"]
    assert row[-1] == "*"
    told = run("--compare", first, second, "--json")
    assert told.stdout.count("\n") == 1
    groups = json.loads(told.stdout)["groups"]
    assert set(groups) == {"all", "vi"}
    assert groups["all"]["questions"] == 30
    facts = groups["all"]["measures"]["facts"]
    assert facts["clear"] is True
    assert 0 < facts["low"] < facts["difference"] < facts["high"] < 1
    assert told.stdout == run("--compare", first, second, "--json").stdout
    same = run("--compare", first, first)
    assert not [line for line in same.stdout.splitlines() if line.startswith(" facts") and line.rstrip().endswith("*")]


def test_runs_that_the_command_saved_can_be_compared(sample_data: Path, few: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run(few, "--output", tmp_path / f"{name}.json", "--data-dir", sample_data).exit_code == 0
    groups = json.loads(run("--compare", tmp_path / "a.json", tmp_path / "b.json", "--json").stdout)["groups"]
    assert groups["all"]["questions"] == 5
    assert {d["difference"] for d in groups["all"]["measures"].values()} == {0}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"rows": 3}', '{"rows": [3]}', '{"rows": [{"id": "a"}]}',
     '{"rows": [{"id": "a", "gold": "g", "lang": "vi", "facts": "many"}]}', '{"rows": [{"id": "a", "gold": "g", "lang": "vi", "facts": NaN}]}'],
)  # fmt: skip
def test_what_is_no_saved_run(tmp_path: Path, text: str) -> None:
    good, bad = saved(tmp_path / "good.json", [1.0]), tmp_path / "bad.json"
    bad.write_text(text, encoding="utf-8")
    refused(run("--compare", good, bad), "bad.json is no saved run", "--output")


def test_runs_that_cannot_be_compared(tmp_path: Path) -> None:
    one = saved(tmp_path / "one.json", [1.0])
    refused(run("--compare", one, saved(tmp_path / "other.json", [1.0], gold="h.jsonl")), "no question in common")
    refused(run("--compare", one, tmp_path / "none.json"), "cannot be read")


# --- make eval ------------------------------------------------------------------------------------------------------------


def test_without_gold_sets_the_samples_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert benchmark.main([str(tmp_path / "none"), "--work", str(tmp_path / "work")]) == 0
    out, err = capsys.readouterr()
    assert "holds no gold sets" in err
    found = [line.split()[:2] for line in out.splitlines()]
    assert found.count(["samples", "40"]) == 3
    kept = json.loads((tmp_path / "work" / "samples.json").read_text(encoding="utf-8"))
    assert len(kept["rows"]) == 40


def test_a_chat_model_is_measured_with_its_cost(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chairs = "Đồng chủ trì hội nghị là bốn ông"
    about = {"id": "1", "lang": "vi", "type": "person", "question": "Ai chủ trì hội nghị năm 2019?", "source": []}
    gold = lines(tmp_path / "one.jsonl", about | {"answers": [["Nguyễn Văn Nên"]]})
    saved = tmp_path / "run.json"
    monkeypatch.setenv("HOIBAO_CHAT_PRICE", "1,2")
    monkeypatch.setenv("HOIBAO_CHAT_API_KEY", "sk-of-the-test")
    with playing(saying(("Ông Nguyễn Văn Nên đồng chủ trì hội nghị.", chairs))) as server:
        monkeypatch.setenv("HOIBAO_CHAT_BASE_URL", server.url)
        result = run(gold, "--chat-model", "openai:gpt-test", "--output", saved, "--data-dir", sample_data)
    assert result.exit_code == 0
    assert "openai:gpt-test: answers and what they took" in result.stdout
    assert "sk-of-the-test" not in result.output + saved.read_text(encoding="utf-8")
    chat = json.loads(saved.read_text(encoding="utf-8"))["chat"]
    assert (chat["n"], chat["written"], chat["quoted"], chat["declined"]) == (1, 1, 0, 0)
    assert chat["cost"] == pytest.approx((chat["input_tokens"] + 2 * chat["output_tokens"]) / 1e6, abs=1e-6)
    assert max(map(len, result.stdout.splitlines())) <= 100
