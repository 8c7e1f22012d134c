"""The plan on its way out, by the buttons of the plan tab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from rop_facilitator.gui.window.main_window import MainWindow
from tests.gui.conftest import click
from tests.gui.steps import group_named, tab_of

Opened = Callable[..., MainWindow]


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def answer(monkeypatch: pytest.MonkeyPatch, ask: str, path: Path | None) -> None:
    monkeypatch.setattr(QFileDialog, ask, lambda *_any: (str(path) if path else "", ""))


def test_the_plan_as_a_table_on_the_clipboard(window: MainWindow) -> None:
    tab = tab_of(window)
    click(tab.files.copy)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] in ("Uke", "Week")
    assert len(lines) == 1 + len(group_named(window, "Tirsdagsgruppa").meetings)
    assert all(line.count("\t") == 4 for line in lines)


def test_a_calendar_file_without_themes_unless_ticked(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = tab_of(window).files
    answer(monkeypatch, "getSaveFileName", tmp_path / "plan")
    click(files.save)
    path = tmp_path / "plan.ics"
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(events) == len(group_named(window, "Tirsdagsgruppa").meetings)
    assert "Kriseplan" not in path.read_text(encoding="utf-8")
    files.titles.click()
    click(files.save)
    assert "Kriseplan" in path.read_text(encoding="utf-8")
    answer(monkeypatch, "getSaveFileName", None)
    path.unlink()
    click(files.save)
    assert not path.exists(), "nothing was chosen"
