"""Marks that count, through the window: nobody came, and a mark on the wrong meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.group_page.attendance.attendance_tab import AttendanceTab
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE, GroupPage
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, MeetingState, Outcome
from tests.gui.conftest import Clock, key, settle
from tests.records.factories import make_group

Opened = Callable[..., MainWindow]
DAYS = (date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24))
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """A window on one group, Tuesdays from 3 November, on 24 November after the meeting."""

    def __init__(self, window: MainWindow, people: int) -> None:
        self.window = window
        with window.context.write(Action.GROUP_CREATED) as db:
            self.group_id = make_group(db, people=people, sessions=6, first=DAYS[0]).id

    def group(self) -> Group:
        with self.window.context.read() as db:
            return load_group(db, self.group_id)

    def open_meeting(self, on: date) -> MeetingPage:
        meeting = next(meeting for meeting in self.group().meetings if meeting.on == on)
        self.window.go("meeting", self.group_id, meeting.id)
        settle(self.window)
        assert isinstance(self.window.page, MeetingPage)
        return self.window.page

    def open_register(self) -> AttendanceTab:
        self.window.go("group", self.group_id)
        assert isinstance(self.window.page, GroupPage)
        self.window.page.show_tab(ATTENDANCE)
        settle(self.window)
        tab = self.window.page.tab
        assert isinstance(tab, AttendanceTab)
        return tab

    def press(self, *keys: Qt.Key) -> None:
        """Real keys, at whatever has the keyboard."""
        for pressed in keys:
            key(self.window, pressed)
        QApplication.processEvents()

    def words(self) -> str:
        """All that the page says."""
        page = self.window.page
        assert page is not None
        return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))

    def states(self) -> list[tuple[MeetingState, str, bool, int]]:
        return [
            (meeting.state, meeting.leader, meeting.started, len(meeting.attendance))
            for meeting in self.group().meetings
        ]


@pytest.fixture
def desk_of(window_on: Opened, empty_records: Path, now: Clock) -> Callable[[int], Desk]:
    now.moment = datetime(2026, 11, 24, 15, 0)
    return lambda people: Desk(window_on(empty_records), people)


@pytest.mark.parametrize("people", [1, 8])
def test_nobody_came(desk_of: Callable[[int], Desk], people: int) -> None:
    """M on 3 November and I on the next three: all four are held, three absences, three sessions, 1 of 4."""
    desk = desk_of(people)
    for day, pressed in zip(DAYS, (Qt.Key.Key_M, *[Qt.Key.Key_I] * 3), strict=True):
        desk.open_meeting(day)
        desk.press(*[pressed] * people)
    assert [state for state, *_rest in desk.states()[:4]] == [MeetingState.HELD] * 4
    content = desk.open_register().table.model.content
    assert [row.total for row in content.rows] == [("1 av 4", "25 %")] * people
    assert content.foot[:4] == (f"{people} av {people}", *[f"0 av {people}"] * 3)
    assert not desk.open_register().strip.isVisible()
    desk.window.go("today")
    settle(desk.window)
    told = desk.words()
    days = "10. november, 17. november, 24. november"
    assert told.count(f"Borte tre ganger på rad uten beskjed: {days}") == people
    assert "Amund: «Session 2», «Session 3» og 1 til" in told
    assert "ikke ført" not in told


@pytest.mark.parametrize("place", ["meeting", "register"])
@pytest.mark.parametrize("pressed", [Qt.Key.Key_M, Qt.Key.Key_I, Qt.Key.Key_Return], ids=["M", "I", "Enter"])
def test_a_mark_on_the_wrong_meeting(desk_of: Callable[[int], Desk], place: str, pressed: Qt.Key) -> None:
    desk = desk_of(1)
    before = desk.states()
    if place == "meeting":
        desk.open_meeting(DAYS[2])
        desk.press(pressed)
    else:
        table = desk.open_register().table
        table.set_current(0, 2)
        desk.press(pressed)
    assert desk.states()[2][0] is MeetingState.HELD
    desk.press(Qt.Key.Key_Backspace)
    assert desk.states() == before


@pytest.mark.parametrize("keys", [(Qt.Key.Key_M,), (Qt.Key.Key_I, Qt.Key.Key_I), (Qt.Key.Key_Return,)])
def test_marks_are_taken_back_with_their_meeting(desk_of: Callable[[int], Desk], keys: tuple[Qt.Key, ...]) -> None:
    desk = desk_of(2)
    before = desk.states()
    desk.open_meeting(DAYS[1])
    desk.press(*keys)
    assert desk.states()[1][0] is MeetingState.HELD
    for _key in keys:
        key(desk.window, Qt.Key.Key_Z, CTRL)
    assert desk.states() == before


def test_a_start_is_taken_back_on_the_page(desk_of: Callable[[int], Desk], qtbot: QtBot) -> None:
    desk = desk_of(2)
    before = desk.states()
    page = desk.open_meeting(DAYS[3])
    desk.press(Qt.Key.Key_M)
    page.end()
    assert not page.desk.closing.not_held_button.isVisible(), "its marks tell that it is held"
    desk.press(Qt.Key.Key_Escape)
    page = desk.open_meeting(DAYS[3])
    page.meeting_actions.outcome(desk.group().meetings[3].sessions[0].id, Outcome.DONE)
    page.end()
    QApplication.processEvents()
    button = page.desk.closing.not_held_button
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "Fjern dem først" in desk.window.toast.text()
    page.first_focus().setFocus()
    desk.press(Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.states() == before
    assert page.top.start.isVisible()
    assert not page.desk.closing_is_shown


def test_notice_from_everybody_is_a_meeting_once_its_day_has_passed(desk_of: Callable[[int], Desk], now: Clock) -> None:
    """By the clock of the window: nobody presses a key after the day."""
    desk = desk_of(2)
    ahead = DAYS[3] + timedelta(7)
    desk.open_meeting(ahead)
    desk.press(Qt.Key.Key_A, Qt.Key.Key_A)
    now.moment = datetime(2026, 12, 1, 23, 59)
    desk.window.context._day_timer.timeout.emit()
    assert desk.states()[4][0] is MeetingState.PLANNED
    now.moment = datetime(2026, 12, 2, 0, 1)
    desk.window.context._day_timer.timeout.emit()
    assert desk.states()[4][0] is MeetingState.HELD
