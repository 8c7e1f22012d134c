"""A group that is archived is read: each of its pages says so once, and shows no act that would be refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from rop_facilitator.gui.pages.group_page.attendance.attendance_tab import AttendanceTab
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE, PEOPLE, PROGRESS, GroupPage
from rop_facilitator.gui.pages.group_page.people.people_tab import PeopleTab
from rop_facilitator.gui.pages.group_page.progress.progress_tab import ProgressTab
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.archived_groups import archive_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Attendance
from tests.gui.conftest import click
from tests.gui.steps import group_named, open_group

Opened = Callable[..., MainWindow]
NAME = "Tirsdagsgruppa"
TODAY = date(2026, 11, 24)
SAID = "Gruppa er arkivert og kan bare leses."


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    window: MainWindow = window_on(records)
    with window.context.write(Action.GROUP_ARCHIVED) as db:
        archive_group(load_group(db, group_named(window, NAME).id), today=TODAY)
    QApplication.processEvents()
    return window


def buttons(page: QWidget) -> list[str]:
    return [one.text() for one in page.findChildren(Button) if one.isVisible() and one.text()]


def said(page: QWidget) -> int:
    """How often the page says that it can only be read."""
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()].count(SAID)


def marks(window: MainWindow) -> list[tuple[int, object]]:
    with window.context.read() as db:
        return sorted((row.id, row.mark) for row in db.query(Attendance))


def meeting_on(window: MainWindow, day: date) -> MeetingPage:
    group = group_named(window, NAME)
    meeting = next(meeting for meeting in group.meetings if meeting.on == day)
    window.go("meeting", group.id, meeting.id)
    QApplication.processEvents()
    assert isinstance(window.page, MeetingPage)
    return window.page


@pytest.mark.parametrize("day", [date(2026, 11, 17), TODAY, date(2026, 12, 1)])
def test_a_meeting_takes_no_mark_and_asks_for_none(window: MainWindow, day: date) -> None:
    page = meeting_on(window, day)
    before = marks(window)
    people = page.desk.attendance.list
    assert people.hasFocus()
    for key in (Qt.Key.Key_M, Qt.Key.Key_A, Qt.Key.Key_U, Qt.Key.Key_H, Qt.Key.Key_Backspace, Qt.Key.Key_Return):
        QTest.keyClick(people, key)
    QTest.keyClick(people, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert marks(window) == before
    assert not any(person.refused for person in people.people.people)
    assert window.toast.isHidden()
    assert set(buttons(page)) == {"Skjul navn", "Hent fram", "Neste steg", "A−", "A+"}
    assert said(page) == 1
    assert set(dict(page.keys())) == {"Ctrl+↓", "Ctrl+↑", "Alt+←"}
    row = people.current()
    QTest.keyClick(people, Qt.Key.Key_Down)
    assert people.current() != row, "it can be gone through all the same"


def test_brought_back_in_the_meeting_the_next_key_marks(window: MainWindow) -> None:
    page = meeting_on(window, TODAY)
    before = marks(window)
    click(page.archived.bring_back)
    QApplication.processEvents()
    assert said(page) == 0
    assert "Start møtet" in buttons(page)
    page.desk.attendance.list.setFocus()
    QTest.keyClick(page.desk.attendance.list, Qt.Key.Key_M)
    assert marks(window) != before


def test_the_register_is_looked_at(window: MainWindow) -> None:
    page = open_group(window, NAME, ATTENDANCE)
    assert isinstance(page.tab, AttendanceTab)
    before = marks(window)
    assert sorted(buttons(page)) == ["Eksporter", "Endre gruppa", "Hent fram"]
    assert not page.tab.strip.isVisible()
    page.tab.table.setFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    for key in (Qt.Key.Key_A, Qt.Key.Key_M, Qt.Key.Key_Backspace):
        QTest.keyClick(focus, key)
    assert marks(window) == before
    assert window.toast.isHidden()
    assert said(page) == 1


def test_people_are_looked_at(window: MainWindow) -> None:
    page = open_group(window, NAME, PEOPLE)
    assert isinstance(page.tab, PeopleTab)
    allowed = {"Endre gruppa", "Hent fram", "Skriv ut", "Mer", "Se alle", "Slett for godt"}
    assert set(buttons(page)) <= allowed | {"Som tabell"}, "what writes, prints or deletes for good, and the ways on"
    assert page.tab.view.first_focus().isEnabled()
    click(page.tab.as_table)
    QApplication.processEvents()
    assert set(buttons(page)) <= allowed | {"Som liste"}
    sheet = page.tab.sheet
    sheet.table.setFocus()
    before = [person.name for person in sheet.people.people]
    QTest.keyClick(sheet.table, Qt.Key.Key_Delete)
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert sheet.table.state() != sheet.table.State.EditingState
    assert [person.name for person in sheet.people.people] == before
    assert window.toast.isHidden()


def test_progress_is_looked_at(window: MainWindow) -> None:
    page = open_group(window, NAME, PROGRESS)
    assert isinstance(page.tab, ProgressTab)
    assert isinstance(page, GroupPage)
    for row in range(len(page.tab.table.findChildren(QWidget)[:3])):
        page.tab._open(row, 0)
        QApplication.processEvents()
        assert not {"Noter som tatt igjen", "Ta tilbake"} & set(buttons(page))
    assert page.tab.panel.isVisible()
