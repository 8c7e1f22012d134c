"""Three short walks; and a walk that meets a fault says so. `make soak` walks further."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.__main__ import Outcome, run, seeds_of
from tests.soak.faults import AT, FAULTS
from tests.soak.scene import make_records

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_records(tmp_path_factory.mktemp("records"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_short_walk_is_clean(seed: int, template: Path, tmp_path: Path) -> None:
    outcome = run(seed, 40, template, tmp_path)
    assert outcome.clean, outcome.text()
    assert outcome.steps == 40
    assert outcome.pages


TOLD = {
    "error": "KeyError",
    "warning": "Qt: odd",
    "death": "died of signal 11",
    "hang": "Timeout",
    "override": "ValueError",
    "restless": "without end",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(fault: str, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: each kind, put in on purpose."""
    monkeypatch.setenv("SOAK_FAULT", fault)
    monkeypatch.setenv("SOAK_HANG_SECONDS", "5" if fault == "hang" else "90")
    outcome = run(1, 60, template, tmp_path)
    text = outcome.text()
    assert not outcome.clean
    assert TOLD[fault] in text
    assert "Solveig" not in text
    assert len(outcome.last) >= AT
    assert f"\n    {outcome.steps}: " in text


def test_seeds_are_typed_as_one_says_them() -> None:
    assert seeds_of("1-3,8") == [1, 2, 3, 8]
    assert seeds_of("7") == [7]


def test_nothing_walked_is_not_clean() -> None:
    assert "NOT CLEAN" in Outcome(1).text()


def test_the_command_ends_with_one_line() -> None:
    command = [sys.executable, "-m", "tests.soak", "--seeds", "4", "--steps", "5"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert ran.stdout.splitlines()[-1] == "1 of 1 seeds clean, 5 steps"
    assert ran.returncode == 0
