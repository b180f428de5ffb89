"""What the README shows is run."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_python_of_the_readme_runs(
    fresh_samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOIBAO_DATA_DIR", str(fresh_samples))
    shutil.copytree(SAMPLES, tmp_path / "articles")
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(block, names)
    assert "Nguyễn Văn Nên" in capsys.readouterr().out
    report = names["report"]
    assert len(report.added) + report.unchanged == len(list(SAMPLES.glob("*.txt")))  # type: ignore[attr-defined]


def test_every_make_target_and_command_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?m)(?:^|`)make ([a-z]+)\b", README)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target
    from ui.cli import app

    known = {c.name or (c.callback and c.callback.__name__) for c in app.registered_commands}
    for command in set(re.findall(r"(?m)^(?:\$ )?hoibao ([a-z]+)\b", README)):
        assert command in known, command


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
