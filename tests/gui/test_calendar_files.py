"""The plan on its way out and closed days on their way in, by the buttons of the plan tab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.main_window import MainWindow
from tests.gui.conftest import click
from tests.gui.test_group_page import group_named
from tests.gui.test_plan_tab import asked, do_it, shown, tab_of

Opened = Callable[..., MainWindow]
CLOSED = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261201
DTEND;VALUE=DATE:20261203
SUMMARY:Streik
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261215
SUMMARY:Planleggingsdag
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20200101
END:VEVENT
BEGIN:VEVENT
DTSTART:i morgen
END:VEVENT
END:VCALENDAR
"""


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


def test_closed_days_are_shown_before_they_are_closed(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    tab = tab_of(window)
    path = tmp_path / "ferie.ics"
    path.write_text(CLOSED, encoding="utf-8")
    answer(monkeypatch, "getOpenFileName", path)
    click(tab.files.fetch)
    qtbot.waitUntil(tab.files.problems.isVisible)
    assert "ferie.ics:14" in tab.files.problems.text()
    assert "Streik, Planleggingsdag" in shown(asked(tab))
    assert group_named(window, "Tirsdagsgruppa").closures == []
    do_it(tab)
    assert group_named(window, "Tirsdagsgruppa").closures == [
        "2026-12-01..2026-12-02 Streik",
        "2026-12-15 Planleggingsdag",
    ]
    assert "Streik" in shown(tab.closures)


def test_a_file_without_days_is_told(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    tab = tab_of(window)
    path = tmp_path / "brev.ics"
    path.write_text("Kjære alle", encoding="utf-8")
    answer(monkeypatch, "getOpenFileName", path)
    click(tab.files.fetch)
    qtbot.waitUntil(tab.files.problems.isVisible)
    assert tab.files.problems.text() == (
        "brev.ics: Dette er ikke en kalenderfil. Velg en som slutter på .ics og er eksportert fra en kalender."
    )
    answer(monkeypatch, "getOpenFileName", tmp_path / "borte.ics")
    click(tab.files.fetch)
    qtbot.waitUntil(lambda: "borte.ics" in tab.files.problems.text())
