"""The plan: one act at a time, with how many sessions moved, and undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.main_window import MainWindow
from rop_facilitator.gui.pages.group_page.page import PLAN
from rop_facilitator.gui.pages.group_page.plan_tab import PlanTab
from rop_facilitator.gui.pages.group_page.week_row import WeekRow
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.records.groups import load_group
from rop_facilitator.records.meetings import meeting_on
from rop_facilitator.records.models import MeetingState
from rop_facilitator.records.undo import undo_last
from tests.gui.test_group_page import group_named, open_group

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)
NEXT = date(2026, 12, 1)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def tab_of(window: MainWindow, name: str = "Tirsdagsgruppa") -> PlanTab:
    tab = open_group(window, name, PLAN).tab
    assert isinstance(tab, PlanTab)
    return tab


def row_on(tab: PlanTab, day: date) -> WeekRow:
    return next(row for row in tab.rows() if row.plan.on == day)


def press(tab: PlanTab, qtbot: QtBot, day: date, words: str) -> None:
    """Open the row of a day and press one of its buttons."""
    qtbot.mouseClick(row_on(tab, day), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    button = next(one for one in tab.findChildren(Button) if one.isVisible() and one.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def titles(tab: PlanTab) -> list[tuple[str, str]]:
    return [(row.plan.day, row.plan.title) for row in tab.rows()]


def test_weeks_are_rows_with_date_number_and_title(window: MainWindow) -> None:
    rows = tab_of(window).rows()
    assert [row.plan.week for row in rows[:4]] == ["Uke 46", "Uke 47", "Uke 48", "Uke 49"]
    assert rows[2].plan.day == "I dag"
    assert rows[0].plan.right == "6 av 7 · møte 1"
    assert rows[3].plan.right == "møte 4"
    assert "tirsdag 1. desember 2026".capitalize() in rows[3].accessibleName()


def test_calling_off_moves_the_rest_and_undo_brings_it_back(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = titles(tab)
    moved = row_on(tab, NEXT).plan.title
    press(tab, qtbot, NEXT, "Avlys")
    assert window.toast.text() == "Avlyste 1. desember. 8 sesjoner ble flyttet."
    assert row_on(tab, NEXT).plan.title == "Avlyst"
    assert row_on(tab, NEXT).plan.hatched
    assert row_on(tab, date(2026, 12, 8)).plan.title == moved
    undo_last(window.context.database, window.context.leader_id or 0)
    assert titles(tab) == before


def test_a_meeting_called_off_is_taken_up_again(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = titles(tab)
    press(tab, qtbot, NEXT, "Avlys")
    qtbot.mouseClick(row_on(tab, NEXT), Qt.MouseButton.LeftButton)  # closes the row, which had stayed open
    press(tab, qtbot, NEXT, "Ta opp igjen")
    assert titles(tab) == before
    assert "8 sesjoner ble flyttet" in window.toast.text()


def test_today_the_group_may_not_have_met(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    press(tab, qtbot, TODAY, "Gruppa møttes ikke")
    state = next(one.state for one in group_named(window, "Tirsdagsgruppa").meetings if one.on == TODAY)
    assert state is MeetingState.DID_NOT_MEET
    assert row_on(tab, TODAY).plan.title == "Gruppa møttes ikke"


def test_a_held_meeting_can_only_be_opened(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    qtbot.mouseClick(row_on(tab, date(2026, 11, 10)), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    words = [one.text() for one in tab.findChildren(Button) if one.isVisible() and one.text() != "Stengte uker"]
    assert words == ["Åpne møtet"]


def test_arrows_go_through_the_weeks_and_enter_opens_one(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    row_on(tab, TODAY).setFocus()
    qtbot.keyClick(row_on(tab, TODAY), Qt.Key.Key_Down)
    assert row_on(tab, NEXT).hasFocus()
    qtbot.keyClick(row_on(tab, NEXT), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert row_on(tab, NEXT).isChecked()
    assert row_on(tab, NEXT).hasFocus()
    press(tab, qtbot, TODAY, "Åpne møtet")
    assert isinstance(window.page, MeetingPage)


@pytest.mark.parametrize(
    ("written", "week", "title", "days"),
    [
        ("2026-W51", "Uke 51", "Stengt", "15. desember"),
        ("2026-12-08", "Uke 50", "Stengt", "8. desember"),
        ("2026-12-20..2027-01-02", "Uke 52–53", "Jul", "22. og 29. des"),
    ],
)
def test_days_are_closed_by_week_day_or_range(
    window: MainWindow, qtbot: QtBot, written: str, week: str, title: str, days: str
) -> None:
    tab = tab_of(window)
    qtbot.mouseClick(tab.acts()[0], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(tab.closures.text, written)
    qtbot.keyClick(tab.closures.text, Qt.Key.Key_Return)
    closed = [row.plan for row in tab.rows() if row.plan.kind == "closed"]
    assert [(one.week, one.title, one.day) for one in closed] == [(week, title, days)]
    assert "ble flyttet" in window.toast.text()
    assert tab.closures.text.text() == ""


def test_a_closure_that_cannot_be_read_is_told_below_the_field(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    qtbot.mouseClick(tab.acts()[0], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(tab.closures.text, "jul")
    qtbot.keyClick(tab.closures.text, Qt.Key.Key_Return)
    assert "Skriv en uke 2026-W40" in tab.closures.field.fault()
    assert not group_named(window, "Tirsdagsgruppa").closures


def test_suggested_days_are_one_click_and_open_again(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = titles(tab)
    qtbot.mouseClick(tab.acts()[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    christmas = next(one for one in tab.closures.findChildren(Button) if one.text().startswith("Jul"))
    qtbot.mouseClick(christmas, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert group_named(window, "Tirsdagsgruppa").closures == ["2026-12-20..2027-01-02 Jul"]
    again = next(one for one in tab.closures.findChildren(Button) if one.isVisible() and one.text() == "Åpne igjen")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert titles(tab) == before


def test_what_has_no_date_is_said_plainly(window: MainWindow) -> None:
    tab = tab_of(window)
    assert not tab.unplaced.isVisible()
    with window.context.write("group changed") as db:
        group = load_group(db, group_named(window, "Tirsdagsgruppa").id)
        group.until = date(2027, 1, 19)
    from rop_facilitator.records.plan import cancel_meeting

    with window.context.write("meeting cancelled") as db:
        group = load_group(db, group.id)
        cancel_meeting(group, meeting_on(group, NEXT))
    QApplication.processEvents()
    assert tab.unplaced.isVisible()
    assert tab.unplaced.text().startswith("1 sesjon har ingen dato: ")


def test_today_is_in_view_from_the_start(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window, "Onsdagsgruppa")
    area = next(one for one in tab.findChildren(QScrollArea))
    row = row_on(tab, date(2026, 11, 25))

    def in_view() -> None:
        top = row.mapTo(area.viewport(), row.rect().topLeft()).y()
        assert 0 < top < area.viewport().height() // 2

    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    in_view()
