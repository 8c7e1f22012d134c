"""Workbook pages stand wherever a session does: library, open row of the plan, meeting, and a person's page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from rop_facilitator.curriculum.model import Library, SessionPlan
from rop_facilitator.curriculum.session_position import workbook_words
from rop_facilitator.gui.pages.group_page.page import PEOPLE
from rop_facilitator.gui.pages.group_page.people.people_tab import PeopleTab
from rop_facilitator.gui.pages.library_page import LibraryPage
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.window.main_window import MainWindow
from tests.gui.conftest import NOW, Opened, settle
from tests.gui.plan_steps import row_on
from tests.gui.steps import group_named, open_group, tab_of

TODAY = NOW.date()


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def session_of(window: MainWindow, library: Library, on: date) -> SessionPlan:
    meeting = next(meeting for meeting in group_named(window, "Tirsdagsgruppa").meetings if meeting.on == on)
    session = library.session(meeting.sessions[0].group_session.session_id)
    assert session is not None
    return session


def test_the_words(library: Library) -> None:
    first, second = library.curricula["kat-rop"].sessions[:2]
    assert workbook_words([first]) == f"workbook p. {first.workbook}"
    assert workbook_words([first, None, second, first]) == f"workbook p. {first.workbook}, {second.workbook}"
    assert workbook_words([None, library.curricula["e-imr"].sessions[0]]) == ""


def test_library_plan_and_meeting(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    session = session_of(window, library, TODAY)
    window.go("library", session.id)
    assert isinstance(window.page, LibraryPage)
    assert window.page.view is not None
    assert f"arbeidsboka s. {session.workbook}" in [badge.text() for badge in window.page.view.findChildren(Badge)]
    tab = tab_of(window)
    row = row_on(tab, TODAY)
    assert f"arbeidsboka s. {session.workbook}" in row.accessibleName()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert tab.weeks.row_actions is not None
    assert f"Arbeidsboka s. {session.workbook}" in [one.text() for one in tab.weeks.row_actions.findChildren(QLabel)]
    group = group_named(window, "Tirsdagsgruppa")
    window.go("meeting", group.id, next(meeting.id for meeting in group.meetings if meeting.on == TODAY))
    assert window.page is not None
    where = [one.text() for one in window.page.findChildren(QLabel)]
    assert f"Tirsdagsgruppa · møte 3 · arbeidsboka s. {session.workbook}" in where


def test_what_a_person_is_missing(window: MainWindow, library: Library) -> None:
    tab = open_group(window, "Tirsdagsgruppa", PEOPLE).tab
    assert isinstance(tab, PeopleTab)
    group = group_named(window, "Tirsdagsgruppa")
    tab.choose(next(person.id for person in group.memberships if person.participant.name == "Lars"))
    settle(window)
    words = "\n".join(one.text() for one in tab.findChildren(QLabel))
    for session in library.curricula["kat-rop"].sessions[:2]:
        assert f"borte · arbeidsboka s. {session.workbook}" in words
