"""The plan: one act at a time, with how many sessions moved, and undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.group_page.plan.change_forms import ChangePanel, MeetingForm
from rop_facilitator.gui.pages.group_page.plan.row_actions import ActionLine
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.pages.print_page import PrintPage
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.closure_row import PeriodRow
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.planning.calendar import parse_closure
from rop_facilitator.records.calendar.closures import add_closure
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.cancellation_reasons import public_reason
from rop_facilitator.records.models import MeetingState
from tests.gui.conftest import click, key, retype
from tests.gui.plan_steps import asked, button, do_it, press, row_on, set_end, titles
from tests.gui.steps import group_named, shown, tab_of

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)
NEXT = date(2026, 12, 1)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def write(field: QWidget, text: str) -> None:
    """Replace what a field holds, with real keys."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def test_weeks_are_rows_with_date_number_and_title(window: MainWindow) -> None:
    rows = tab_of(window).rows()
    assert [row.plan.week for row in rows[:4]] == ["Uke 46", "Uke 47", "Uke 48", "Uke 49"]
    assert rows[2].plan.day == "I dag"
    assert rows[0].plan.right == "6 av 7 · møte 1"
    assert rows[3].plan.right == "sesjon 4 · møte 4"
    assert "tirsdag 1. desember 2026".capitalize() in rows[3].accessibleName()


def test_the_head_tells_where_the_group_stands(window: MainWindow) -> None:
    text = tab_of(window, "Onsdagsgruppa").standing.accessibleName()
    assert text.startswith("Neste: Modul 4, sesjon 1 av 7. Møter holdt: 12 av 50. Møter igjen: 38. Siste møte blir: ")


def test_calling_off_is_shown_before_it_is_done(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = titles(tab)
    moved = row_on(tab, NEXT).plan.title
    press(tab, qtbot, NEXT, "Avlys …")
    text = shown(asked(tab))
    assert "8 sesjoner flyttes. 1 møte til: 26. januar. 1 møte mindre: 1. desember." in text
    assert "Siste møte blir 26. januar 2027, ikke 19. januar 2027" in text
    assert "Vis alle 8" in [button.text() for button in asked(tab).findChildren(Button) if button.isVisible()]
    assert titles(tab) == before
    qtbot.keyClicks(asked(tab).form.text, "streik")  # type: ignore[union-attr]
    do_it(tab)
    assert window.toast.text() == "Avlyste 1. desember. 8 sesjoner ble flyttet."
    assert row_on(tab, NEXT).plan.title == "Avlyst: streik"
    assert row_on(tab, NEXT).plan.hatched
    assert row_on(tab, date(2026, 12, 8)).plan.title == moved
    key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert titles(tab) == before


def test_a_change_can_be_left(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = titles(tab)
    press(tab, qtbot, NEXT, "Avlys …")
    qtbot.keyClick(asked(tab).do, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not [panel for panel in tab.findChildren(ChangePanel) if panel.isVisible()]
    assert row_on(tab, NEXT).hasFocus()
    assert button(tab.weeks, "Avlys …")
    assert titles(tab) == before


def test_a_meeting_called_off_is_taken_up_again(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = titles(tab)
    press(tab, qtbot, NEXT, "Avlys …")
    do_it(tab)
    press(tab, qtbot, NEXT, "Ta opp igjen …")
    assert "8 sesjoner flyttes" in shown(asked(tab))
    do_it(tab)
    assert titles(tab) == before
    assert "8 sesjoner ble flyttet" in window.toast.text()


def test_today_the_group_may_not_have_met(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    press(tab, qtbot, TODAY, "Møttes ikke …")
    do_it(tab)
    state = next(meeting.state for meeting in group_named(window, "Tirsdagsgruppa").meetings if meeting.on == TODAY)
    assert state is MeetingState.DID_NOT_MEET
    assert row_on(tab, TODAY).plan.title == "Gruppa møttes ikke"


def test_one_meeting_on_another_day_and_in_another_place(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    press(tab, qtbot, NEXT, "Flytt dag …")
    form = asked(tab).form
    assert isinstance(form, MeetingForm)
    faults = {"25.12.2026": "helligdag", "8.12.2026": "allerede", "ukedag": "ingen dag"}
    for wrong, why in faults.items():
        form.day.selectAll()
        qtbot.keyClicks(form.day, wrong)
        qtbot.waitUntil(lambda why=why: why in asked(tab).fault.text())  # type: ignore[misc]
        assert not asked(tab).do.isEnabled()
    form.day.selectAll()
    qtbot.keyClicks(form.day, "3.12.2026")
    form.place.selectAll()
    qtbot.keyClicks(form.place, "Biblioteket")
    qtbot.waitUntil(asked(tab).do.isEnabled)
    assert "1. des\n3. des" in shown(asked(tab))
    do_it(tab)
    assert window.toast.text() == "Flyttet møtet 1. desember til 3. desember. 1 sesjon ble flyttet."
    moved = row_on(tab, date(2026, 12, 3)).plan
    assert moved.right == "13.00–14.30, Biblioteket · sesjon 4 · møte 4"


@pytest.mark.parametrize("text", ["1730", "17:30", "17.30", "kl 17.30"])
def test_one_meeting_at_the_time_that_was_typed(window: MainWindow, qtbot: QtBot, text: str) -> None:
    tab = tab_of(window)
    press(tab, qtbot, NEXT, "Flytt dag …")
    form = asked(tab).form
    assert isinstance(form, MeetingForm)
    retype(form.start, "1760")
    qtbot.waitUntil(lambda: "Skriv minutter fra 0 til 59." in asked(tab).fault.text())
    assert not asked(tab).do.isEnabled()
    retype(form.start, text)
    retype(form.minutes, "1,5 t")
    qtbot.waitUntil(asked(tab).do.isEnabled)
    do_it(tab)
    assert row_on(tab, NEXT).plan.right.startswith("17.30–19.00")


def test_the_end_of_the_group_is_a_link_to_where_it_is_changed(window: MainWindow) -> None:
    """The field of Edit group takes what is typed; the plan only shows it."""
    tab = tab_of(window)
    assert tab.end.link.text() == "Ingen sluttdato"
    tab = set_end(window, tab, "31.5")
    assert tab.end.link.text() == "31. mai 2027"
    assert tab.end.link.accessibleName() == "Slutter senest: 31. mai 2027. Endres i Endre gruppa"
    assert group_named(window, "Tirsdagsgruppa").until == date(2027, 5, 31)
    tab = set_end(window, tab, "")
    assert group_named(window, "Tirsdagsgruppa").until is None


def test_the_acts_stand_on_two_named_lines(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    qtbot.mouseClick(row_on(tab, TODAY), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert tab.weeks.row_actions is not None
    lines = [line for line in tab.weeks.row_actions.findChildren(ActionLine) if line.isVisible()]
    words = {line.accessibleName(): [button.text() for button in line.findChildren(Button)] for line in lines}
    assert words == {
        "Møtet": ["Åpne møtet", "Møtepakke", "Flytt dag …", "Avlys …", "Møttes ikke …"],
        "Sesjonen": ["Senere", "Flytt til …", "Del på to møter", "Én gang til", "Utelat …"],
    }
    primary = [button for button in tab.findChildren(Button) if button.isVisible() and button.kind == "primary"]
    assert [button.text() for button in primary] == ["Åpne møtet"]
    left = [line.findChildren(Button)[0].mapTo(tab, QPoint(0, 0)).x() for line in lines]
    assert len(set(left)) == 1, "the buttons of both begin on one edge"


@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_open_row_has_two_lines_on_a_laptop(window_on: Opened, records: Path, qtbot: QtBot, language: str) -> None:
    """Also where all seven acts of a session are possible; how far it moves is in name and tool tip."""
    window = window_on(records, language=language)
    window.resize(1366, 700)
    tab = tab_of(window)
    qtbot.mouseClick(row_on(tab, NEXT), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert tab.weeks.row_actions is not None
    shown_buttons = [button for button in tab.weeks.row_actions.findChildren(Button) if button.isVisible()]
    tops = {button.mapTo(tab, QPoint(0, 0)).y() for button in shown_buttons}
    assert (len(shown_buttons), len(tops)) == (11, 2)
    earlier = tab.weeks.row_actions.sessions[0].buttons[0]
    assert earlier.accessibleName().startswith({"nb": "Én uke tidligere: ", "en": "One week earlier: "}[language])
    assert earlier.toolTip() == earlier.accessibleName()


def test_a_meeting_s_papers_are_one_press_away(window: MainWindow, qtbot: QtBot) -> None:
    press(tab_of(window), qtbot, NEXT, "Møtepakke")
    assert isinstance(window.page, PrintPage)
    assert window.page.request.kind == "packet"
    assert window.page.request.on == NEXT


def test_outlines_are_said_in_row_and_sum(window: MainWindow) -> None:
    tab = tab_of(window)
    assert not tab.outlines.isVisible()
    tab = tab_of(window, "Onsdagsgruppa")
    outlines = [row for row in tab.rows() if row.plan.outline]
    assert tab.outlines.text() == f"{len(outlines)} omriss"
    assert all("omriss" in row.accessibleName() for row in outlines)
    assert not any("omriss" in row.accessibleName() for row in tab.rows() if row not in outlines)


def test_a_held_meeting_can_be_opened_or_taught_once_more(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    qtbot.mouseClick(row_on(tab, date(2026, 11, 10)), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert tab.weeks.row_actions is not None
    words = [button.text() for button in tab.weeks.row_actions.findChildren(Button) if button.isVisible()]
    title = row_on(tab, date(2026, 11, 10)).plan.title
    assert words == ["Åpne møtet", f"Ta «{title}» én gang til"]
    press(tab, qtbot, date(2026, 11, 10), words[1])
    assert row_on(tab, TODAY).plan.title == title
    assert window.toast.text().startswith(f"Satte opp «{title}» én gang til. 9 sesjoner ble flyttet.")


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
    qtbot.mouseClick(tab.head_buttons()[0], Qt.MouseButton.LeftButton)
    assert tab.closures.days.hasFocus()
    qtbot.keyClicks(tab.closures.days, written)
    assert "møte flyttes" in tab.closures.days.verdict()[0] or "møter flyttes" in tab.closures.days.verdict()[0]
    assert not group_named(window, "Tirsdagsgruppa").closures
    qtbot.keyClick(tab.closures.days, Qt.Key.Key_Return)
    QApplication.processEvents()
    closed = [row.plan for row in tab.rows() if row.plan.kind == "closed"]
    assert [(plan.week, plan.title, plan.day) for plan in closed] == [(week, title, days)]
    assert "ble flyttet" in window.toast.text()
    assert tab.closures.days.text() == ""
    assert tab.closures.days.hasFocus()


def test_a_closure_that_cannot_be_read_is_told_below_the_field(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    qtbot.mouseClick(tab.head_buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(tab.closures.days, "jul")
    qtbot.keyClick(tab.closures.days, Qt.Key.Key_Return)
    assert "Skriv uke, dag eller fra–til" in tab.closures.field.fault()
    assert not group_named(window, "Tirsdagsgruppa").closures


def test_suggested_days_are_closed_and_opened_again(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = titles(tab)
    qtbot.mouseClick(tab.head_buttons()[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    def christmas() -> PeriodRow:
        return next(row for row in tab.closures.known_rows if row.closure.name == "Jul")

    assert christmas().tick.accessibleName() == "Jul, 20. desember 2026 – 2. januar 2027, 2 møter flyttes, ofte stengt"
    christmas().tick.setFocus()
    qtbot.keyClick(christmas().tick, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert group_named(window, "Tirsdagsgruppa").closures == ["2026-12-20..2027-01-02 Jul"]
    assert christmas().tick.isChecked()
    assert christmas().tick.hasFocus(), "the keyboard stays where it was"
    qtbot.keyClick(christmas().tick, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert not christmas().tick.isChecked()
    assert titles(tab) == before
    assert "Åpnet Jul" in window.toast.text()


def test_closed_days_follow_their_panel_in_the_tab_order_though_they_are_made_when_it_opens(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = tab_of(window)
    assert not tab.closures.known_rows
    qtbot.mouseClick(tab.head_buttons()[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    ticks = [row.tick for row in tab.closures.known_rows]
    assert ticks
    tab.closures.fetch.setFocus()
    for tick in ticks:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert tick.hasFocus()


def test_a_reason_that_may_go_out_is_one_press(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    press(tab, qtbot, NEXT, "Avlys …")
    click(button(tab.weeks, "Sykdom hos leder"))
    do_it(tab)
    assert row_on(tab, NEXT).plan.title == "Avlyst: sykdom hos leder"
    off = next(meeting for meeting in group_named(window, "Tirsdagsgruppa").meetings if meeting.on == NEXT)
    assert public_reason(off.reason) == "sykdom hos leder"
    assert public_reason("Kari er syk") == ""


def test_days_are_opened_from_their_row(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = titles(tab)
    with window.context.write(Action.CLOSURE_ADDED) as db:
        add_closure(
            load_group(db, group_named(window, "Tirsdagsgruppa").id), parse_closure("2026-W51 Kurs"), today=TODAY
        )
    QApplication.processEvents()
    closed = date(2026, 12, 15)
    assert row_on(tab, closed).plan.title == "Kurs"
    press(tab, qtbot, closed, "Åpne 14. til 20. desember 2026 igjen …")
    do_it(tab)
    assert titles(tab) == before


def test_what_has_no_date_is_said_plainly(window: MainWindow) -> None:
    tab = tab_of(window)
    assert not tab.weeks.unplaced.isVisible()
    tab = set_end(window, tab, "12.1.2027")
    assert tab.weeks.unplaced.isVisible()
    assert tab.weeks.unplaced.text().startswith("1 sesjon har ingen dato: «")
    assert tab.fit.sentence.text() == "9 sesjoner, 8 møter fram til 12. januar: 1 for mye"


def test_only_the_last_weeks_are_shown_of_those_behind(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window, "Onsdagsgruppa")
    assert [row.plan.on for row in tab.rows() if row.isVisible()][:3] == [
        date(2026, 11, 11),
        date(2026, 11, 18),
        date(2026, 11, 25),
    ]
    assert tab.weeks.list.earlier.text() == "Vis 10 tidligere uker"
    qtbot.mouseClick(tab.weeks.list.earlier, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert next(row.plan.on for row in tab.rows() if row.isVisible()) == date(2026, 9, 2)
