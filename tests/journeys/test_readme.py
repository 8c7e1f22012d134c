"""What README shows to type works as it stands there, on any day."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from rop_facilitator.cli import main

README = Path(__file__).parents[2] / "README.md"


def test_the_tuesday_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    block = README.read_text(encoding="utf-8").split("## A Tuesday on the command line")[1].split("```")[1]
    lines = [shlex.split(line, comments=True) for line in block.strip().splitlines()]
    settings = [words[1].split("=", 1) for words in lines if words[0] == "export"]
    assert [name for name, _value in settings] == ["PATH", "ROP_PASSPHRASE"]
    monkeypatch.setenv("ROP_PASSPHRASE", settings[1][1])
    commands = [words[1:] for words in lines if words[0] == "rop-facilitator"]
    assert len(commands) > 8
    for words in commands:
        assert main(words) == 0, (words, capsys.readouterr().err)
    capsys.readouterr()
    assert main(["restore", "."]) == 0  # README's own backup is found by README's own way
    assert "copy.ropbackup" in capsys.readouterr().out
