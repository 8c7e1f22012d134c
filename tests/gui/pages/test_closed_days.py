"""Closed days in the window: typed as they are said, and ticked from a calendar file, in all three places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.new_group_page import NewGroupPage
from rop_facilitator.gui.pages.settings_page.page import SettingsPage
from rop_facilitator.gui.widgets.inputs.closure_row import PeriodRow
from rop_facilitator.gui.widgets.inputs.closures_field import ClosedDays
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.records.calendar.closures import add_closures
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from tests.gui.conftest import click
from tests.gui.steps import CASES, fetch, group_named, tab_of

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def panel_in(window: MainWindow, place: str) -> ClosedDays:
    """The panel where closed days are entered: of a group's plan, of a group to be, of the service."""
    if place == "plan":
        tab = tab_of(window)
        click(tab.head_buttons()[0])
        return tab.closures
    if place == "new":
        window.go("new_group")
        assert isinstance(window.page, NewGroupPage)
        return window.page.form.closed
    window.go("settings", "closures")
    assert isinstance(window.page, SettingsPage)
    return window.page.shown.closed  # type: ignore[union-attr]


def rows(panel: ClosedDays) -> list[str]:
    """The periods of the file as a screen reader says them, ticked ones with a star."""
    return ["*" * row.tick.isChecked() + row.tick.accessibleName() for row in panel.file_rows]


def closures(window: MainWindow, name: str = "Tirsdagsgruppa") -> list[str]:
    closed = [parse_closure(text) for text in group_named(window, name).closures]
    return [f"{one} {one.name}".rstrip() for one in closed]


CASE_ROWS = {
    "utc-midnight-day.ics": ["*Planleggingsdag, mandag 30. november 2026"],
    "past-midnight.ics": [],
    "moved-occurrence.ics": [
        "*Fagdag (flyttet), onsdag 2. desember 2026",
        "*Fagdag, tirsdag 5. januar 2027",
        "*Fagdag, tirsdag 2. februar 2027",
    ],
    "first-tuesday-bysetpos.ics": [
        "*Planleggingsdag, tirsdag 1. desember 2026",
        "*Planleggingsdag, tirsdag 5. januar 2027",
        "*Planleggingsdag, tirsdag 2. februar 2027",
    ],
    "fold-inside-a-letter.ics": ["*Påskeferie, mandag 29. mars 2027"],
    "names-with-numbers.ics": [
        "*17. mai, mandag 17. mai 2027",
        "*2. pinsedag, mandag 17. mai 2027",
        "*8.–10. trinn: eksamen, tirsdag 18. mai 2027",
    ],
    "outlook-mixed.ics": [
        "Canceled: Planleggingsdag, tirsdag 1. desember 2026",
        "*Kontor stengt, tirsdag 8. desember 2026",
        "Seminar, mandag 14. desember 2026",
        "*Seminar, tirsdag 15. desember 2026",
        "Seminar, onsdag 16. desember 2026",
        "*Vinterferie, 22. til 26. februar 2027",
        "*Andre påskedag, mandag 29. mars 2027",
    ],
    "school-route.ics": [
        "Siste skoledag før jul, tirsdag 22. desember 2026",
        "Første skoledag etter jul, tirsdag 5. januar 2027",
    ],
}


@pytest.mark.parametrize("case", CASE_ROWS)
def test_each_case_gives_its_ticks(
    case: str, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_in(window, "plan")
    fetch(panel, CASES / case, monkeypatch, qtbot)
    shown = [f"{row.split(', ')[0]}, {row.split(', ')[1]}" for row in rows(panel)]
    assert shown == CASE_ROWS[case]
    assert closures(window) == [], "nothing is closed before the leader says so"
    if case == "past-midnight.ics":
        assert panel.problems.text().splitlines() == [
            "Det er ingen dager i fila som kan stenges.",
            "past-midnight.ics: 1 hendelse med klokkeslett er utelatt. Bare hele dager blir stengte dager.",
        ]


@pytest.mark.parametrize("place", ["plan", "new", "settings"])
def test_the_ticked_periods_are_closed_and_no_others(
    place: str, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_in(window, place)
    fetch(panel, CASES / "outlook-mixed.ics", monkeypatch, qtbot)
    assert panel.take.text() == "Legg til 4 perioder"
    canceled, office, *_more = panel.file_rows
    canceled.tick.setFocus()
    qtbot.keyClick(canceled.tick, Qt.Key.Key_Space)
    qtbot.keyClick(office.tick, Qt.Key.Key_Delete)
    assert panel.take.text() == "Legg til 4 perioder"
    click(panel.take)
    assert not panel._file_card.isVisible()
    expected = ["2026-12-01 Canceled: Planleggingsdag", "2026-12-15 Seminar"]
    if place == "new":
        closed = [row.closure for row in panel.known_rows if row.tick.isChecked()]
        assert [f"{closure} {closure.name}" for closure in closed][:2] == expected
        assert closures(window) == []
        return
    assert closures(window)[:2] == expected
    assert len(closures(window)) == 4
    assert (len(closures(window, "Onsdagsgruppa")) == 4) is (place == "settings")
    assert "Stengte 4 perioder." in window.toast.text()
    window.undo()
    assert closures(window) == closures(window, "Onsdagsgruppa") == []
    if place == "settings":
        assert window.context.service_closures() == ()


def test_what_is_there_already_is_said(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    known = [Closure(date(2026, 12, 8), date(2026, 12, 8)), Closure(date(2027, 3, 1), date(2027, 3, 7), "Vinterferie")]
    with window.context.write(Action.CLOSURE_ADDED) as db:
        add_closures(load_group(db, group_named(window, "Tirsdagsgruppa").id), known, today=TODAY)
    panel = panel_in(window, "plan")
    fetch(panel, CASES / "outlook-mixed.ics", monkeypatch, qtbot)
    by_name = {row.closure.name: row for row in panel.file_rows}
    assert by_name["Kontor stengt"].tick.accessibleName().endswith("stengt fra før")
    assert not by_name["Kontor stengt"].tick.isEnabled()
    assert by_name["Vinterferie"].tick.accessibleName().endswith("dere har 1. til 7. mars 2027")
    assert panel.take.text() == "Legg til 3 perioder"
    click(panel._none)
    assert not panel.take.isEnabled()
    click(panel.cancel)
    assert len(closures(window)) == 2
    assert panel.days.hasFocus()


def test_the_same_calendar_again_says_what_gives_way(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = "BEGIN:VEVENT\nUID:u\nDTSTART;VALUE=DATE:{}\nSUMMARY:Fagdag\nEND:VEVENT\n"
    file = tmp_path / "skole.ics"
    panel = panel_in(window, "plan")
    for day, told in (("20261201", "Stengte Fagdag, tirsdag 1. desember 2026."), ("20261208", "viker for tirsdag 8.")):
        file.write_text(f"BEGIN:VCALENDAR\n{event.format(day)}END:VCALENDAR\n", encoding="utf-8")
        fetch(panel, file, monkeypatch, qtbot)
        click(panel.take)
        assert told in window.toast.text()
    assert closures(window) == ["2026-12-08 Fagdag"]


@pytest.mark.parametrize("place", ["plan", "new", "settings"])
def test_days_are_typed_as_they_are_said(place: str, window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_in(window, place)
    panel.days.setFocus()
    qtbot.keyClicks(panel.days, "tirsdager i desember")
    words = panel.days.verdict()[0]
    assert words.startswith("5 dager: 1. desember, 8. desember")
    assert words.endswith({"plan": "5 møter flyttes.", "new": "Ingen møter.", "settings": "5 møter flyttes."}[place])
    qtbot.keyClicks(panel.name, "Kurs")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    listed = [row for row in panel.known_rows if row.closure.name == "Kurs"]
    assert [row.closure.first.day for row in listed] == [1, 8, 15, 22, 29]
    assert all(row.tick.isChecked() for row in listed)
    assert (panel.days.text(), panel.name.text()) == ("", "")


def test_a_file_that_is_none_is_said(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_in(window, "settings")
    path = tmp_path / "brev.ics"
    path.write_text("Kjære alle", encoding="utf-8")
    for file, words in (
        (path, "brev.ics: Dette er ikke en kalenderfil."),
        (tmp_path / "borte.ics", "Det finnes ingen fil"),
    ):
        fetch(panel, file, monkeypatch, qtbot)
        qtbot.waitUntil(panel.problems.isVisible)
        assert panel.problems.text().startswith(words)
        assert not panel.take.isVisible()
        click(panel.cancel)


def test_what_the_service_closes_is_opened_again_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    window.context.change_settings(closures=("2026-W40 Høstferie", "2026-12-08 Planleggingsdag", "tøys"))
    panel = panel_in(window, "settings")

    def row() -> PeriodRow:
        return next(row for row in panel.known_rows if row.closure.first == date(2026, 12, 8))

    assert [row.closure.name for row in panel.known_rows if row.tick.isChecked()] == ["Planleggingsdag"], "what is over"
    qtbot.keyClicks(panel.days, "15.12 Kurs")
    qtbot.keyClick(panel.days, Qt.Key.Key_Return)
    assert closures(window) == ["2026-12-15 Kurs"]
    assert [closure.name for closure in window.context.service_closures()] == ["Høstferie", "Planleggingsdag", "Kurs"]
    row().tick.setFocus()
    qtbot.keyClick(row().tick, Qt.Key.Key_Space)
    assert [closure.name for closure in window.context.service_closures()] == ["Høstferie", "Kurs"]
    kurs = next(row for row in panel.known_rows if row.closure.name == "Kurs")
    qtbot.keyClick(kurs.tick, Qt.Key.Key_Delete)
    assert closures(window) == []
    window.undo()
    assert closures(window) == ["2026-12-15 Kurs"]


def test_what_a_calendar_says_about_later_years_is_asked_for(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = "BEGIN:VEVENT\nUID:u\nDTSTART;VALUE=DATE:20261224\nRRULE:FREQ=YEARLY\nSUMMARY:Julaften\nEND:VEVENT\n"
    file = tmp_path / "jul.ics"
    file.write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", encoding="utf-8")
    panel = panel_in(window, "plan")
    fetch(panel, file, monkeypatch, qtbot)
    assert panel.take.text() == "Legg til 2 perioder"
    panel._show_file(all_years=True)
    assert panel.take.text() == "Legg til 10 perioder"


@pytest.mark.parametrize("place", ["plan", "new", "settings"])
def test_ticks_stay_while_something_else_changes(
    place: str, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_in(window, place)
    fetch(panel, CASES / "outlook-mixed.ics", monkeypatch, qtbot)
    for number in (0, 1):
        panel.file_rows[number].tick.setFocus()
        qtbot.keyClick(panel.file_rows[number].tick, Qt.Key.Key_Space)
    before = [row.tick.isChecked() for row in panel.file_rows]
    assert before[:2] == [True, False]
    panel.days.setFocus()
    qtbot.keyClicks(panel.days, "uke 8")
    qtbot.keyClick(panel.days, Qt.Key.Key_Return)
    assert [row.tick.isChecked() for row in panel.file_rows] == before
