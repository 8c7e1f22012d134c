"""Keys in the meeting in every layout and size, keys that are refused, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from rop_facilitator.gui.pages.group_page.attendance.attendance_tab import AttendanceTab
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE, GroupPage
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.pages.meeting_page.attendance_list import AttendanceList
from rop_facilitator.gui.style import screen_reader
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.models import Attendance
from tests.gui.conftest import Clock, click, key, settle
from tests.gui.steps import group_named

Opened = Callable[..., MainWindow]
TODAY, AHEAD = date(2026, 11, 24), date(2026, 12, 1)
K = Qt.Key
LAYOUTS = [(1280, 800, 100), (1000, 700, 100), (960, 600, 100), (1280, 800, 125), (1366, 768, 150), (1280, 800, 200)]


@pytest.fixture
def open_meeting(window_on: Opened, records: Path, now: Clock) -> Callable[..., MeetingPage]:
    """The meeting in the middle of which it is, in a window of a size and with text of a size."""
    now.moment = datetime(2026, 11, 24, 13, 42)

    def open_page(wide: int = 1280, high: int = 800, text: int = 100, *, on: date = TODAY) -> MeetingPage:
        window = window_on(records, text_percent=text)
        window.resize(wide, high)
        settle(window)
        group = group_named(window, "Tirsdagsgruppa")
        window.go("meeting", group.id, next(meeting.id for meeting in group.meetings if meeting.on == on))
        settle(window)
        assert isinstance(window.page, MeetingPage)
        return window.page

    return open_page


def people(page: MeetingPage) -> AttendanceList:
    return page.desk.attendance.list


def window_of(page: MeetingPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def press(page: MeetingPage, *keys: Qt.Key) -> None:
    """At whatever has the keyboard, as the system would."""
    for pressed in keys:
        key(window_of(page), pressed)
    QApplication.processEvents()


def marks(page: MeetingPage) -> list[Mark | None]:
    """As they are stored."""
    group = group_named(window_of(page), "Tirsdagsgruppa")
    meeting = next(meeting for meeting in group.meetings if meeting.id == page.meeting_id)
    rows = {row.membership_id: row.mark for row in meeting.attendance}
    return [rows.get(member.id) for member in group.memberships]


# -- keys in every layout and size


@pytest.mark.parametrize(("wide", "high", "text"), LAYOUTS)
def test_keys_mark_at_once(open_meeting: Callable[..., MeetingPage], wide: int, high: int, text: int) -> None:
    page = open_meeting(wide, high, text)
    assert people(page).hasFocus()
    press(page, K.Key_M, K.Key_S, K.Key_8, K.Key_Down, K.Key_I, K.Key_Up, K.Key_Backspace)
    assert marks(page)[:4] == [Mark.PRESENT, Mark.LATE, None, None]
    press(page, K.Key_Up, K.Key_A, K.Key_Return)
    assert marks(page) == [Mark.PRESENT, Mark.LATE, Mark.NOTICE, *[Mark.PRESENT] * 5]
    assert people(page).hasFocus()


@pytest.mark.parametrize("text", [100, 150])
def test_keys_mark_after_the_window_has_changed_its_layout(open_meeting: Callable[..., MeetingPage], text: int) -> None:
    page = open_meeting(1900, 1000, text)
    for wide in (960, 1900, 960):
        window_of(page).resize(wide, 800)
        settle(window_of(page))
        press(page, K.Key_M)
    assert marks(page)[:4] == [Mark.PRESENT] * 3 + [None]


def test_keys_mark_after_the_side_was_changed(open_meeting: Callable[..., MeetingPage]) -> None:
    page = open_meeting(1000, 700)
    agenda, attendance = (page.desk._which._parts[at] for at in (1, 0))
    click(agenda)
    assert page.desk.agenda.isVisible()
    click(attendance)
    press(page, K.Key_M)
    assert marks(page)[0] is Mark.PRESENT


def test_a_layout_that_changes_while_the_agenda_is_shown_keeps_the_keyboard_in_the_page(
    open_meeting: Callable[..., MeetingPage],
) -> None:
    page = open_meeting(1900, 900)
    page.desk.agenda._rows[1].setFocus()
    window_of(page).resize(960, 700)
    settle(window_of(page))
    press(page, K.Key_M)
    assert marks(page)[0] is Mark.PRESENT


@pytest.mark.parametrize(("wide", "high", "text"), LAYOUTS[:2])
def test_keys_mark_after_each_button_that_goes_away(
    open_meeting: Callable[..., MeetingPage], qtbot: QtBot, wide: int, high: int, text: int
) -> None:
    page = open_meeting(wide, high, text)
    page.top.start.setFocus()
    qtbot.keyClick(page.top.start, K.Key_Space)
    press(page, K.Key_M)
    assert marks(page)[0] is Mark.PRESENT
    page.end()
    page.desk.closing.back_to_agenda.emit()
    press(page, K.Key_S)
    assert marks(page)[1] is Mark.LATE
    page.desk.attendance.rest.setFocus()
    qtbot.keyClick(page.desk.attendance.rest, K.Key_Space)
    assert not page.desk.attendance.rest.isVisible()
    press(page, K.Key_A)
    assert Mark.NOTICE in marks(page)


def test_keys_mark_after_a_card_has_closed_and_after_other_colours(open_meeting: Callable[..., MeetingPage]) -> None:
    page = open_meeting(1000, 700, 125)
    press(page, K.Key_F1)
    press(page, K.Key_Escape, K.Key_M)
    assert marks(page)[0] is Mark.PRESENT
    window = window_of(page)
    window.context.change_settings(theme="dark")
    settle(window)
    assert isinstance(window.page, MeetingPage)
    press(window.page, K.Key_S)
    assert marks(window.page)[1] is Mark.LATE
    window.context.change_settings(text_percent=200)
    settle(window)
    press(window.page, K.Key_I)
    assert marks(window.page)[2] is Mark.ABSENT


@pytest.mark.parametrize(("wide", "high", "text"), LAYOUTS)
def test_keys_mark_in_the_register(window_on: Opened, records: Path, wide: int, high: int, text: int) -> None:
    window = window_on(records, text_percent=text)
    window.resize(wide, high)
    settle(window)
    window.go("group", group_named(window, "Tirsdagsgruppa").id)
    key(window, K.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert isinstance(window.page, GroupPage)
    assert window.page.segments.current() == ATTENDANCE
    for pressed in (K.Key_M, K.Key_S, K.Key_Right, K.Key_Left, K.Key_Up, K.Key_Backspace, K.Key_A):
        key(window, pressed)
    group = group_named(window, "Tirsdagsgruppa")
    today = next(meeting for meeting in group.meetings if meeting.on == TODAY)
    assert [row.mark for row in today.attendance][:3] == [Mark.PRESENT, Mark.NOTICE, None]


# -- a key that is refused


def test_a_refused_key_stays_at_its_person_and_the_row_says_why(open_meeting: Callable[..., MeetingPage]) -> None:
    page = open_meeting(on=AHEAD)
    press(page, K.Key_M)
    person = people(page).current()
    assert person is not None
    assert (person.name, person.refused) == ("Amund", "Ikke ført: møtet er 1. desember")
    assert "Ikke ført: møtet er 1. desember" in person.spoken_text()
    press(page, K.Key_A)
    first, second = people(page).people.people[:2]
    assert (first.mark, first.refused) == (Mark.NOTICE, "")
    assert people(page).current() == second
    press(page, K.Key_I, K.Key_F)
    assert [person.mark for person in people(page).people.people[:3]] == [Mark.NOTICE, Mark.EXEMPT, None]
    press(page, K.Key_Return)
    person = people(page).current()
    assert person is not None
    assert (person.name, person.refused) == ("Daniel", "Ikke ført: møtet er 1. desember")


def test_the_reason_is_painted_in_the_row(open_meeting: Callable[..., MeetingPage]) -> None:
    page = open_meeting(on=AHEAD)
    view = people(page)
    rect = view.visualRect(view.people.index(0))
    before = view.viewport().grab(rect).toImage()
    press(page, K.Key_M)
    after = view.viewport().grab(rect).toImage()
    assert before != after
    assert view.visualRect(view.people.index(0)) == rect, "the rows stay where they are"


def test_minutes_beyond_the_meeting_are_refused_and_the_last_ones_stay(
    open_meeting: Callable[..., MeetingPage],
) -> None:
    page = open_meeting()
    press(page, K.Key_S, K.Key_9, K.Key_9)
    first = people(page).people.people[0]
    assert (first.minutes, first.refused) == (9, "Ikke ført: møtet varer 90 minutter")


def test_records_that_take_nothing_keep_the_place(
    open_meeting: Callable[..., MeetingPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_meeting()
    monkeypatch.setattr(page.context.database, "_lock", None)
    press(page, K.Key_M)
    person = people(page).current()
    assert person is not None
    assert person.name == "Amund"
    assert person.refused == window_of(page).toast.text()


def test_a_refused_key_in_the_register_stays_in_its_cell(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    window.go("group", group_named(window, "Tirsdagsgruppa").id)
    assert isinstance(window.page, GroupPage)
    window.page.show_tab(ATTENDANCE)
    tab = window.page.tab
    assert isinstance(tab, AttendanceTab)
    key(window, K.Key_Right)
    here = tab.table.current()
    assert here is not None
    key(window, K.Key_M)
    assert tab.table.current() == here
    assert window.toast.text().startswith("Møtet er tirsdag 1. desember 2026.")
    assert tab.table.model.content.rows[here[0]].refused == "Ikke ført: møtet er 1. desember"
    assert "Ikke ført" in tab.table.model.spoken(tab.table.model.index(here[0], here[1] + 1))
    key(window, K.Key_A)
    assert tab.table.current() == (here[0] + 1, here[1])
    assert tab.table.model.content.rows[here[0]].refused == ""


def test_a_refusal_moves_nothing_in_the_register(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    window.go("group", group_named(window, "Tirsdagsgruppa").id)
    assert isinstance(window.page, GroupPage)
    window.page.show_tab(ATTENDANCE)
    tab = window.page.tab
    assert isinstance(tab, AttendanceTab)
    key(window, K.Key_Right)
    here = tab.table.current()
    assert here is not None
    settle(window)
    table = tab.table

    def places() -> tuple[object, ...]:
        marks = table._marks
        index = table.model.index(here[0], here[1] + 1)
        return (table._names.geometry(), marks.geometry(), marks.visualRect(index), table._foot.count_box(here[1]))

    before = places()
    key(window, K.Key_M)
    settle(window)
    assert table.model.content.rows[here[0]].refused == "Ikke ført: møtet er 1. desember"
    assert places() == before
    name = table.model.index(here[0], 0)
    assert table.model.data(name, Qt.ItemDataRole.ToolTipRole) == "Amund, Ikke ført: møtet er 1. desember"


# -- what is heard


class Heard:
    """What a screen reader is told: each sentence, and the rows whose name is another one now."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.names: list[str] = []

    def __call__(self, told: QAccessibleEvent) -> None:
        if told.type() == QAccessible.Event.Announcement:
            self.sentences.append(told.message())  # type: ignore[attr-defined]
        elif told.type() == QAccessible.Event.NameChanged and told.child() >= 0:
            view = QAccessible.queryAccessibleInterface(told.object())
            assert view is not None
            child = view.child(told.child())
            assert child is not None
            self.names.append(child.text(QAccessible.Text.Name))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """PySide has no update handler, so what is handed to Qt is noted on its way."""
    told = Heard()
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(told))
    return told


def test_a_mark_is_heard_with_who_is_next(open_meeting: Callable[..., MeetingPage], heard: Heard) -> None:
    page = open_meeting()
    heard.sentences.clear()
    press(page, K.Key_M)
    assert heard.sentences == ["Amund, møtt. Berit, ikke ført"]
    assert heard.names == ["Amund, møtt"]
    press(page, K.Key_S, K.Key_8)
    assert heard.sentences[1:] == ["Berit, kom for sent. Daniel, ikke ført", "Berit, kom for sent, 8 min"]
    press(page, K.Key_Up, K.Key_Backspace)
    assert heard.sentences[3:] == ["Berit, ikke ført"]
    assert heard.names[-1] == "Berit, ikke ført"


def test_the_last_mark_is_heard_alone(open_meeting: Callable[..., MeetingPage], heard: Heard) -> None:
    page = open_meeting()
    people(page).setCurrentIndex(people(page).people.index(7))
    heard.sentences.clear()
    press(page, K.Key_I)
    assert heard.sentences == ["Ørn, ikke møtt"]


def test_a_refusal_is_heard_and_is_in_the_name_of_its_row(
    open_meeting: Callable[..., MeetingPage], heard: Heard
) -> None:
    page = open_meeting(on=AHEAD)
    assert any("avbud (A, K)" in sentence for sentence in heard.sentences), "the strip is heard when it comes"
    heard.sentences.clear()
    press(page, K.Key_M)
    (sentence,) = heard.sentences
    assert sentence.startswith("Møtet er tirsdag 1. desember 2026.")
    assert heard.names == ["Amund, ikke ført, Ikke ført: møtet er 1. desember"]


def test_a_toast_is_heard_with_its_way_back(open_meeting: Callable[..., MeetingPage], heard: Heard) -> None:
    page = open_meeting()
    press(page, K.Key_Return)
    assert "Førte 8 personer som møtt. Angre: Ctrl Z" in heard.sentences


def test_a_mark_in_the_register_is_heard(window_on: Opened, records: Path, heard: Heard) -> None:
    window = window_on(records)
    window.go("group", group_named(window, "Tirsdagsgruppa").id)
    assert isinstance(window.page, GroupPage)
    window.page.show_tab(ATTENDANCE)
    settle(window)
    heard.sentences.clear()
    key(window, K.Key_M)
    assert heard.names == ["Amund, tirsdag 24. november: møtt"]
    assert heard.sentences[-1] == "Amund, tirsdag 24. november: møtt. Berit, tirsdag 24. november: ikke ført"


def test_without_announcements_the_sentence_is_an_alert(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """As with a Qt that lacks them."""
    told: list[QAccessibleEvent] = []
    monkeypatch.setattr(screen_reader, "QAccessibleAnnouncementEvent", None)
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(told.append))
    view = AttendanceList()
    qtbot.addWidget(view)
    screen_reader.announce(view, "Amund, møtt")
    assert view.accessibleDescription() == "Amund, møtt"
    assert [q_accessible_event.type() for q_accessible_event in told] == [QAccessible.Event.Alert]


def test_qt_takes_both_kinds_of_events(qtbot: QtBot) -> None:
    """The real call: neither raises, with a reader there or not."""
    view = AttendanceList()
    qtbot.addWidget(view)
    for active in (False, True):
        QAccessible.setActive(active)
        screen_reader.announce(view, "x")
        screen_reader.announce(view, "x", at_once=True)
        screen_reader.announce_new_name(view, 0)
    QAccessible.setActive(False)


# -- one row


def test_a_mark_reads_one_row_and_paints_two(open_meeting: Callable[..., MeetingPage]) -> None:
    page = open_meeting()
    press(page, K.Key_M, K.Key_M)
    view, read = people(page), []
    painted: list[int] = []

    def note(row: Attendance, _context: object) -> None:
        read.append(row.membership_id)

    paint = view._paints.paint

    def noting(p: object, option: object, index: object) -> None:
        painted.append(index.row())  # type: ignore[attr-defined]
        paint(p, option, index)  # type: ignore[arg-type]

    view._paints.paint = noting  # type: ignore[method-assign]
    event.listen(Attendance, "load", note)
    press(page, K.Key_S)
    event.remove(Attendance, "load", note)
    assert set(read) == {view.people.people[2].membership_id}
    assert set(painted) == {2, 3}
    assert "3" in page.desk.attendance._counts.text()


def test_what_somebody_else_changes_is_read_whole(open_meeting: Callable[..., MeetingPage]) -> None:
    """A row that goes, a state that changes: then one row does not tell enough."""
    page = open_meeting()
    press(page, K.Key_M)
    assert page.top.end.isVisible()
    press(page, K.Key_Up, K.Key_Backspace)
    assert page.top.start.isVisible()
    assert [person.mark for person in people(page).people.people] == [None] * 8


def test_a_click_still_reaches_the_toggles(open_meeting: Callable[..., MeetingPage], qtbot: QtBot) -> None:
    page = open_meeting()
    press(page, K.Key_M, K.Key_U)
    assert people(page).people.people[1].handout_given
    rect = people(page).visualRect(people(page).people.index(0))
    qtbot.mouseClick(
        people(page).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 60, rect.center().y())
    )
    current = people(page).current()
    assert current is not None
    assert current.name == "Amund"
