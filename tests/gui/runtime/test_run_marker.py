"""After the program was taken down, the next start says so, once, and that everything is there."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from rop_facilitator.gui.runtime.run_marker import RunMarker, StoppedRun
from rop_facilitator.gui.widgets.inputs.buttons import Button
from tests.gui.conftest import NOW, Opened, click, settle

_CHILD = """
import os, signal, sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from rop_facilitator.gui.runtime.run_marker import RunMarker
app = QCoreApplication([])
note = RunMarker(Path(sys.argv[1]))
def open_the_page_of_Solveig():
    os.kill(os.getpid(), int(sys.argv[2]))
if sys.argv[2] == "0":
    note.end()
elif sys.argv[2] == "-1":
    print("runs", flush=True)
    sys.stdin.read()
else:
    open_the_page_of_Solveig()
"""


def run_child(folder: Path, signum: int) -> None:
    subprocess.run([sys.executable, "-c", _CHILD, str(folder), str(signum)], stderr=subprocess.DEVNULL)


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication) -> Path:
    return tmp_path / "crashes"


def ended(folder: Path) -> StoppedRun | None:
    """What a start says of the run before, and the start ends well."""
    note = RunMarker(folder)
    note.end()
    return note.stopped


def test_a_run_that_was_closed_leaves_nothing(folder: Path) -> None:
    run_child(folder, 0)
    assert list(folder.iterdir()) == []
    assert ended(folder) is None


def test_a_death_is_told_once_and_has_a_report(folder: Path) -> None:
    run_child(folder, signal.SIGSEGV)
    (left,) = folder.glob("running-*.txt")
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    stopped = ended(folder)
    assert stopped is not None
    assert abs(stopped.at.replace(tzinfo=None) - datetime.now()) < timedelta(minutes=1)
    assert stopped.report is not None
    text = stopped.report.read_text("utf-8")
    assert "Segmentation fault" in text
    assert "open_the_page_of_Solveig" in text  # a place in the code, not a path
    assert str(folder.parent) not in text
    assert str(Path.home()) not in text
    assert stat.S_IMODE(stopped.report.stat().st_mode) == 0o600
    assert ended(folder) is None
    assert list(folder.iterdir()) == [stopped.report]


def test_a_kill_or_a_loss_of_power_is_told_without_a_report(folder: Path) -> None:
    run_child(folder, signal.SIGKILL)
    (left,) = folder.glob("running-*.txt")
    os.utime(left, (NOW.timestamp(), NOW.timestamp()))
    stopped = ended(folder)
    assert stopped is not None
    assert stopped.at.replace(tzinfo=None) == NOW
    assert stopped.report is None


def test_another_window_that_runs_has_not_stopped(folder: Path) -> None:
    command = [sys.executable, "-c", _CHILD, str(folder), "-1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "runs\n"
        assert ended(folder) is None
        child.kill()
        child.wait()
    assert ended(folder) is not None


def test_a_folder_that_takes_nothing_is_no_fault(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "file").touch()
    assert ended(tmp_path / "file" / "crashes") is None


def test_the_window_says_so_above_the_records(
    window_on: Opened, records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, target = tmp_path / "crash.txt", tmp_path / "rapport.txt"
    report.write_text("x", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    window = window_on(records)
    window.banners.show_stopped(StoppedRun(NOW.replace(hour=17, minute=35), report))
    words = "Programmet stanset 17.35. Alt som var ført, er her."
    assert window.banners.texts() == [words]
    window.go("library")
    assert window.banners.texts() == [words]
    settle(window)
    buttons = {button.text(): button for button in window.banners.findChildren(Button) if button.isVisible()}
    click(buttons["Lagre rapport"])
    assert target.read_text(encoding="utf-8") == "x"
    click(buttons["Lukk"])
    assert window.banners.texts() == []
    window.go("today")
    assert window.banners.texts() == []


def test_another_day_is_named_and_nothing_is_offered_that_is_not_there(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    window.banners.show_stopped(StoppedRun(NOW - timedelta(days=3), None))
    assert window.banners.texts() == ["Programmet stanset 21. november 08.35. Alt som var ført, er her."]
    assert "Lagre rapport" not in [button.text() for button in window.banners.findChildren(Button)]
