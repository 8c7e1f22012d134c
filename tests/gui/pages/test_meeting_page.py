"""The meeting page: the clock, the steps, attendance by keyboard, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from rop_facilitator.curriculum.model import Step
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.pages.meeting_page.attendance_list import AttendanceList, handout_box, practice_box
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.planning.agenda_times import minutes_left, pace, part_done, stop_at, timeline
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.models import Attendance, Meeting, MeetingState, Outcome, PracticeResult
from rop_facilitator.records.plan.group_plan import cancel_meeting
from tests.gui.conftest import Clock
from tests.gui.steps import group_named

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)
AHEAD = date(2026, 12, 1)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(window_on: Opened, records: Path, now: Clock) -> MainWindow:
    """At 13.42, in the middle of the meeting."""
    now.moment = datetime(2026, 11, 24, 13, 42)
    return window_on(records)


def open_meeting(window: MainWindow, on: date = TODAY) -> MeetingPage:
    group = group_named(window, "Tirsdagsgruppa")
    window.go("meeting", group.id, next(meeting.id for meeting in group.meetings if meeting.on == on))
    QApplication.processEvents()
    assert isinstance(window.page, MeetingPage)
    return window.page


def stored(window: MainWindow, on: date = TODAY) -> Meeting:
    return next(meeting for meeting in group_named(window, "Tirsdagsgruppa").meetings if meeting.on == on)


def row_of(window: MainWindow, name: str, on: date = TODAY) -> Attendance:
    group = group_named(window, "Tirsdagsgruppa")
    member = next(membership.id for membership in group.memberships if membership.participant.name == name)
    return next(row for row in stored(window, on).attendance if row.membership_id == member)


def people(page: MeetingPage) -> AttendanceList:
    return page.desk.attendance.list


# -- the clock, as values


STEPS = (Step("Welcome", 5), Step("Theme", 25), Step("End", 5))
STOPS = timeline(STEPS, (), TODAY, time(13, 0))


def at(minute: float) -> datetime:
    return datetime(2026, 11, 24, 13, 0) + timedelta(minutes=minute)


@pytest.mark.parametrize(
    ("minute", "step", "words"),
    [
        (-12, 0, "begynner om 12 min"),
        (-180, 0, "begynner om 3 timer"),
        (3, 0, "i rute"),
        (30.5, 1, "i rute"),
        (31, 1, "1 min over"),
        (34, 1, "4 min over"),
        (2, 1, "3 min foran"),
        (40, 2, "5 min over"),
    ],
)
def test_pace_is_told_in_words(window_on: Opened, empty_records: Path, minute: float, step: int, words: str) -> None:
    window_on(empty_records)  # bokmål
    assert pace(STOPS, step, at(minute)).text == words


def test_the_step_is_found_by_the_clock() -> None:
    assert [stop_at(STOPS, at(minute)) for minute in (-5, 0, 4.9, 5, 29, 30, 300)] == [0, 0, 0, 1, 1, 2, 2]


@given(st.floats(-60, 120))
def test_what_is_left_and_what_is_done_agree(minute: float) -> None:
    stop = STOPS[1]
    left, done = minutes_left(stop, at(minute)), part_done(stop, at(minute))
    assert 0 <= done <= 1
    assert (left >= 25) == (done <= 0.04)
    assert left - 1 <= 30 - minute <= left + 0.001


# -- the page


def test_the_page_opens_at_the_step_of_the_clock(window: MainWindow) -> None:
    page = open_meeting(window)
    assert page.stops[page.index].start.time() == time(13, 32)
    assert page.top.clock.text() == "13.42"
    assert page.top.pace.text() == "i rute"
    assert window.side_bar is not None
    assert not window.side_bar.isVisible()


def test_the_pace_follows_the_clock_and_not_ticks(window: MainWindow, now: Clock) -> None:
    page = open_meeting(window)
    now.moment = page.stops[page.index].end + timedelta(minutes=4, seconds=10)
    page._tick()  # one tick after a long sleep
    assert page.top.pace.text() == "4 min over"
    assert page.top.pace.tone == "warn"
    page.next_step()
    assert page.top.pace.text() == "i rute"


def test_ctrl_down_and_up_go_through_the_steps(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    window.activateWindow()
    began = page.index
    qtbot.keyClick(people(page), Qt.Key.Key_Down, CTRL)
    assert page.index == began + 1
    title = page.stops[page.index].step.title
    shown = [label.text() for label in page.desk.notes.findChildren(QLabel) if label.isVisible()]
    assert title in shown
    qtbot.keyClick(people(page), Qt.Key.Key_Up, CTRL)
    assert page.index == began


def test_letters_mark_and_go_down(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    for key in "msk":
        qtbot.keyClick(people(page), key)
    assert [row_of(window, name).mark for name in ("Amund", "Berit", "Daniel")] == [
        Mark.PRESENT,
        Mark.LATE,
        Mark.LATE_NOTICE,
    ]
    person = people(page).current()
    assert person is not None
    assert person.name == "Eva"
    assert stored(window).state is MeetingState.HELD  # the first present mark


def test_a_mark_reads_this_meeting_and_no_other(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    qtbot.keyClick(people(page), "m")
    read: list[int] = []

    def note(row: Attendance, _context: object) -> None:
        read.append(row.meeting_id)

    event.listen(Attendance, "load", note)
    qtbot.keyClick(people(page), "s")
    event.remove(Attendance, "load", note)
    assert set(read) == {page.meeting_id}
    assert people(page).people.people[1].mark is Mark.LATE


def test_digits_after_s_and_t_are_minutes(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    for key in "s12t8":
        qtbot.keyClick(people(page), key)
    assert (row_of(window, "Amund").minutes_late, row_of(window, "Amund").minutes_early) == (12, None)
    assert (row_of(window, "Berit").minutes_late, row_of(window, "Berit").minutes_early) == (None, 8)
    for key in "m5":
        qtbot.keyClick(people(page), key)
    assert row_of(window, "Daniel").minutes_late is None
    for key in "s999":
        qtbot.keyClick(people(page), key)
    assert row_of(window, "Eva").minutes_late == 9  # 99 is longer than the meeting


def test_enter_marks_the_rest_and_backspace_clears(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    qtbot.keyClick(people(page), "a")
    qtbot.keyClick(people(page), Qt.Key.Key_Return)
    marks = [row.mark for row in stored(window).attendance]
    assert marks.count(Mark.PRESENT) == 7
    assert marks.count(Mark.NOTICE) == 1
    assert window.toast.text() == "Førte 7 personer som møtt."
    people(page).setCurrentIndex(people(page).people.index(7))
    qtbot.keyClick(people(page), Qt.Key.Key_Backspace)
    assert row_of(window, "Ørn").mark is None
    undo_last(window.context.database, window.context.leader_id or 0)
    assert row_of(window, "Ørn").mark is Mark.PRESENT


def test_handout_and_home_practice_by_key_and_by_click(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    view = people(page)
    qtbot.keyClick(view, "u")
    for _once in range(2):
        qtbot.keyClick(view, "h")
    row = row_of(window, "Amund")
    assert (row.handout_given, row.practice, row.mark) == (True, PracticeResult.PARTLY, None)
    rect = view.visualRect(view.people.index(1))
    for box in (handout_box(rect), practice_box(rect)):
        place = QPoint(round(box.center().x()), round(box.center().y()))
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    row = row_of(window, "Berit")
    assert (row.handout_given, row.practice) == (True, PracticeResult.DONE)


def test_the_rows_are_told_to_a_screen_reader(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    for key in "s8":
        qtbot.keyClick(people(page), key)
    told = people(page).people.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Amund, kom for sent, 8 min"


def test_before_the_day_only_notice_and_exempt(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window, AHEAD)
    assert not page.top.start.isVisible()
    assert not page.desk.attendance.rest.isVisible()
    assert "avbud (A, K) og fritatt (F)" in page.desk.attendance._why.text()
    qtbot.keyClick(people(page), "m")
    assert not stored(window, AHEAD).attendance
    qtbot.keyClick(people(page), Qt.Key.Key_Up)
    for key in "akf":
        qtbot.keyClick(people(page), key)
    assert [row_of(window, name, AHEAD).mark for name in ("Amund", "Berit", "Daniel")] == [
        Mark.NOTICE,
        Mark.LATE_NOTICE,
        Mark.EXEMPT,
    ]
    assert stored(window, AHEAD).state is MeetingState.PLANNED


def test_start_then_end_by_the_same_keys(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    window.activateWindow()
    assert page.top.start.isVisible()
    qtbot.keyClick(people(page), Qt.Key.Key_Return, CTRL)
    assert stored(window).state is MeetingState.HELD
    assert stored(window).leader == "Marit"
    assert page.top.end.isVisible()
    qtbot.keyClick(people(page), Qt.Key.Key_Return, CTRL)
    assert page.desk.closing_is_shown


def test_what_is_carried_over_moves_the_rest_and_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    page.meeting_actions.start()
    page.end()
    title = stored(window).sessions[0].title
    closing = page.desk.closing
    next(iter(closing._outcomes.values())).choose(2)
    assert stored(window).sessions[0].outcome is None, "first it is shown what moves"
    assert closing.asked is not None
    assert closing.asked.accessibleDescription().startswith("9 sesjoner flyttes. 1 møte til: 26. januar.")
    qtbot.keyClick(closing.asked.do, Qt.Key.Key_Space)
    assert closing.done.hasFocus(), "the next Enter finishes, and nothing else"
    QApplication.processEvents()
    assert stored(window).sessions[0].outcome is Outcome.CARRIED_OVER
    assert stored(window, AHEAD).sessions[0].title == title
    assert window.toast.text() == "Tas neste gang. 9 sesjoner ble flyttet."
    undo_last(window.context.database, window.context.leader_id or 0)
    assert stored(window).sessions[0].outcome is None
    assert stored(window, AHEAD).sessions[0].title != title


def test_carrying_over_can_be_left_and_a_rest_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    page.meeting_actions.start()
    page.desk.agenda.carry_over.emit()
    closing = page.desk.closing
    assert page.desk.closing_is_shown
    assert closing.asked is not None
    qtbot.keyClick(closing.asked.do, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert closing.asked is None
    assert stored(window).sessions[0].outcome is None
    (choice,) = closing._outcomes.values()
    assert choice.current() == -1
    before = [session.title for session in stored(window, AHEAD).sessions]
    choice.choose(1)
    QApplication.processEvents()
    assert stored(window).sessions[0].outcome is Outcome.PARTLY
    ahead = stored(window, AHEAD).sessions
    assert [meeting.rest for meeting in ahead] == [True, False]
    assert ahead[1].title == before[0]


def test_home_practice_is_agreed_for_those_who_were_here(window: MainWindow, qtbot: QtBot) -> None:
    page = open_meeting(window)
    for key in "ma":
        qtbot.keyClick(people(page), key)
    page.end()
    QApplication.processEvents()
    closing = page.desk.closing
    assert len(closing._fields) == 1
    field = next(iter(closing._fields.values()))
    qtbot.keyClicks(field, "Ring søster")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert row_of(window, "Amund").agreed_practice == "Ring søster"
    assert "6 personer er ikke ført." in closing._left.text()
    closing.finished.emit()
    assert not isinstance(window.page, MeetingPage)


def test_f9_hides_the_names(window: MainWindow) -> None:
    page = open_meeting(window)
    window.context.hide_names(True)
    assert people(page).people.people[0].name == "Deltaker 1"
    assert page.top.names.text() == "Vis navn"


def test_a_meeting_called_off_says_so_and_can_be_taken_up(window: MainWindow) -> None:
    page = open_meeting(window, AHEAD)
    with window.context.write(Action.MEETING_CANCELLED) as db:
        group = load_group(db, page.group_id)
        cancel_meeting(group, next(meeting for meeting in group.meetings if meeting.on == AHEAD))
    assert not page.desk.isVisible()
    page.meeting_actions.reinstate()
    assert page.desk.isVisible()
    assert stored(window, AHEAD).state is MeetingState.PLANNED


def test_larger_text_reaches_the_words_and_is_kept(window: MainWindow) -> None:
    page = open_meeting(window)
    page.desk.notes.size_wanted.emit(1)
    QApplication.processEvents()
    assert window.context.settings.reading_px == 18
    assert isinstance(window.page, MeetingPage)
    reading = [one for one in window.page.desk.notes.findChildren(QLabel) if one.property("role") == "reading"]
    assert reading
    assert all(one.font().pixelSize() == 18 for one in reading)


def test_going_back_and_coming_again_finds_the_step(window: MainWindow) -> None:
    page = open_meeting(window)
    page.go_to(2)
    window.go("today")
    window.back()
    assert isinstance(window.page, MeetingPage)
    assert window.page.index == 2


def test_two_hundred_per_cent_fits_the_window(window_on: Opened, records: Path, now: Clock) -> None:
    now.moment = datetime(2026, 11, 24, 13, 42)
    window = window_on(records, text_percent=200)
    page = open_meeting(window)
    assert window.width() == 1280
    assert page.desk.attendance.isVisible()
    assert not page.desk.agenda.isVisible()
    page.desk._which.choose(1)
    assert page.desk.agenda.isVisible()
