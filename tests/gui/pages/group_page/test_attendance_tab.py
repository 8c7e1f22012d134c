"""Attendance by keyboard, and the register as a file."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTableView
from pytestqt.qtbot import QtBot

from rop_facilitator.documents.exchange import write_register
from rop_facilitator.documents.exchange.register import AttendanceRegister as Register
from rop_facilitator.gui.pages.group_page.attendance.attendance_tab import AttendanceTab
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.widgets.marks.mark_painter import Head
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.meetings import meeting_on
from rop_facilitator.records.models import MeetingState
from tests.gui.steps import group_named, open_group

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def tab_of(window: MainWindow, name: str = "Tirsdagsgruppa") -> AttendanceTab:
    tab = open_group(window, name, ATTENDANCE).tab
    assert isinstance(tab, AttendanceTab)
    return tab


def keys(tab: AttendanceTab, qtbot: QtBot, *pressed: str | Qt.Key) -> None:
    view = tab.table.focusProxy()
    for key in pressed:
        qtbot.keyClick(view, key)


def marks_on(window: MainWindow, day: date, name: str = "Tirsdagsgruppa") -> dict[str, Mark | None]:
    group = group_named(window, name)
    rows = {row.membership_id: row.mark for row in meeting_on(group, day).attendance}
    return {member.participant.name: rows.get(member.id) for member in group.memberships}


def test_the_cursor_begins_at_the_first_person_to_mark_today(window: MainWindow) -> None:
    tab = tab_of(window)
    row, column = tab.table.current() or (-1, -1)
    assert row == 0
    assert tab.table.model.content.columns[column].kind == "today"
    assert tab.table.model.content.columns[column].head == "I dag"


def test_letters_mark_and_go_down_backspace_clears_and_undo_takes_back(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    keys(tab, qtbot, "m", "s", "k", "i")
    assert list(marks_on(window, TODAY).values())[:4] == [Mark.PRESENT, Mark.LATE, Mark.LATE_NOTICE, Mark.ABSENT]
    assert tab.table.current() == (4, 2)
    keys(tab, qtbot, Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    assert list(marks_on(window, TODAY).values())[3] is None
    undo_last(window.context.database, window.context.leader_id or 0)
    assert list(marks_on(window, TODAY).values())[3] is Mark.ABSENT


def test_enter_marks_the_rest_of_the_column_and_the_strip_goes(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    keys(tab, qtbot, "a")
    assert "<b>7 igjen å føre i dag.</b>" in tab.strip.text()
    keys(tab, qtbot, Qt.Key.Key_Return)
    marks = list(marks_on(window, TODAY).values())
    assert marks[0] is Mark.NOTICE
    assert set(marks[1:]) == {Mark.PRESENT}
    assert not tab.strip.isVisible()
    assert window.toast.text() == "Førte 7 personer som møtt."
    assert meeting_on(group_named(window, "Tirsdagsgruppa"), TODAY).state is MeetingState.HELD


def test_before_the_day_only_notice_and_exempt_can_be_marked(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    keys(tab, qtbot, Qt.Key.Key_Right, "m")
    assert all(mark is None for mark in marks_on(window, date(2026, 12, 1)).values())
    assert "avbud (A, K) og fritatt (F)" in window.toast.text()
    keys(tab, qtbot, Qt.Key.Key_Up, "a")
    assert marks_on(window, date(2026, 12, 1))["Amund"] is Mark.NOTICE
    assert tab.table.model.content.rows[0].cells[3] is not None


def test_a_meeting_that_nobody_has_recorded_is_told_in_amber(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window, "Onsdagsgruppa")
    assert tab.strip.tone == "warn"
    assert "Møtet 18. november er ikke ført: 6 personer igjen." in tab.strip.text()
    qtbot.mouseClick(tab.rest, Qt.MouseButton.LeftButton)
    assert set(marks_on(window, date(2026, 11, 18), "Onsdagsgruppa").values()) == {Mark.PRESENT}


def test_counts_stand_with_their_denominators(window: MainWindow) -> None:
    content = tab_of(window).table.model.content
    assert [row.total for row in content.rows[:2]] == [("2 av 2", "100 %"), ("1 av 2", "50 %")]
    assert content.foot[:3] == ("6 av 7", "5 av 8", "")


def test_a_click_on_a_head_opens_the_meeting(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    view = tab.table.focusProxy()
    assert isinstance(view, QTableView)
    head = view.horizontalHeader()
    assert isinstance(head, Head)
    place = head.viewport().rect().center()
    place.setX(head.sectionViewportPosition(3) + 8)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert isinstance(window.page, MeetingPage)
    assert window.page.meeting is not None
    assert window.page.meeting.on == TODAY


def test_closed_weeks_are_columns_without_marks(window: MainWindow, qtbot: QtBot) -> None:
    from rop_facilitator.planning.calendar import parse_closure
    from rop_facilitator.records.calendar.closures import add_closure
    from rop_facilitator.records.group.groups import load_group

    tab = tab_of(window)
    with window.context.write(Action.CLOSURE_ADDED) as db:
        group = load_group(db, group_named(window, "Tirsdagsgruppa").id)
        add_closure(group, parse_closure("2026-12-20..2027-01-02"), today=TODAY)
    columns = tab.table.model.content.columns
    closed = [at for at, column in enumerate(columns) if column.kind == "closed"]
    assert [columns[at].sub for at in closed] == ["Jul"]
    assert columns[closed[0]].head == "22. des –"
    tab.table.set_current(0, closed[0])
    keys(tab, qtbot, "a", Qt.Key.Key_Return)
    assert all(row.cells[closed[0]] is None for row in tab.table.model.content.rows)


@pytest.mark.parametrize(("ending", "names"), [(".xlsx", 0), (".csv", 2)])
def test_the_register_is_exported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, names: int
) -> None:
    tab = tab_of(window)
    qtbot.mouseClick(tab.head_buttons()[0], Qt.MouseButton.LeftButton)
    tab.export.names.choose(names)
    asked: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kind: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "fil"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    button = tab.export.excel if ending == ".xlsx" else tab.export.csv
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.context.jobs.wait()
    assert asked == [f"oppmote-2026-11-24{ending}"]
    path = tmp_path / f"fil{ending}"
    if ending == ".xlsx":
        grid = openpyxl.load_workbook(path)["Oppmøte"]
        assert [grid.cell(3, at).value for at in (1, 2, 3)] == ["Amund", "M", "M"]
    else:
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
        assert {row[8] for row in rows[1:]} >= {"Deltaker 1", "Deltaker 2"}
    assert window.toast.text() == f"Eksportert til fil{ending}."
    assert not tab.export.isVisible()


def test_an_export_that_is_cancelled_leaves_no_file(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled, write = threading.Event(), write_register.write_register

    def wait_and_write(register: Register, path: Path, **options: Any) -> None:
        cancelled.wait(10)
        write(register, path, **options)

    monkeypatch.setattr(write_register, "write_register", wait_and_write)
    tab = tab_of(window)
    tab.export.export(tmp_path / "oppmote.xlsx")
    tab.export.progress.cancelled.emit()
    cancelled.set()
    assert window.context.jobs.wait()
    assert list(tmp_path.glob("oppmote*")) == []
    assert window.toast.text() == "Avbrutt."


def test_a_folder_that_cannot_be_written_is_told(window: MainWindow, tmp_path: Path) -> None:
    tab = tab_of(window)
    tab.export.export(tmp_path / "borte" / "oppmote.xlsx")
    assert window.context.jobs.wait()
    assert "finnes ikke" in window.toast.text() or "er ikke der" in window.toast.text()


def test_counts_and_shares_have_heads_of_their_own(window: MainWindow) -> None:
    tab = tab_of(window)
    model = tab.table.findChildren(QTableView)[0].model()
    last = model.columnCount() - 1
    assert model.headerData(last, Qt.Orientation.Horizontal) == "Oppmøte · Andel"
