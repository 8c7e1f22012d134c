"""Edit group: shown before it is done, one undo; archived and brought back; deleted after its name is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.archived_page import ArchivedPage
from rop_facilitator.gui.pages.group_page.page import PLAN, GroupPage
from rop_facilitator.gui.pages.group_page.plan.plan_tab import PlanTab
from rop_facilitator.gui.pages.group_settings_page import GroupSettingsPage
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.calendar.group_calendar import patterns_of
from rop_facilitator.records.group.groups import load_group, take_out
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.meetings import meeting_on
from rop_facilitator.records.models import Group, NamesShown
from rop_facilitator.records.plan.group_plan import cancel_meeting, skip_session
from tests.gui.conftest import PASSPHRASE, click, type_in
from tests.gui.steps import door, group_named, open_group, settings_of, shown

Opened = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(window_on: Opened, records: Path, qtbot: QtBot) -> MainWindow:
    window = window_on(records)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def write(widget: QWidget, text: str) -> None:
    """As typed, over what stands there."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, CTRL)
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    QTest.keyClicks(widget, text)


@pytest.mark.parametrize("tab", range(5))
def test_it_opens_from_every_tab_and_esc_goes_back(window: MainWindow, tab: int) -> None:
    page = open_group(window, tab=tab)
    assert page.edit.isVisible()
    QTest.keyClick(page, Qt.Key.Key_E, CTRL)
    settings = window.page
    assert isinstance(settings, GroupSettingsPage)
    assert settings.form.name.hasFocus()
    QTest.keyClick(settings.form.name, Qt.Key.Key_Escape)
    assert isinstance(window.page, GroupPage)
    assert window.page.segments.current() == tab


def test_case_5_shown_done_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    """Tuesday 13:00 to Wednesday 10:00 from January, another room; nothing moves before the button is pressed."""
    page = settings_of(window)
    assert page.effect.nothing.isVisible()
    before = [(meeting.on, meeting.start, meeting.place) for meeting in group_named(window, "Tirsdagsgruppa").meetings]
    click(page.form.days.days[1])
    click(page.form.days.days[2])
    write(page.form.start, "1000")
    write(page.form.place, "Rom 5")
    write(page.form.first, "1.1.27")
    qtbot.waitUntil(lambda: "6. januar" in shown(page.effect))
    text = shown(page.effect)
    assert "onsdager" in text
    assert "5. januar" in text
    assert "De 2 møtene som er holdt, blir stående." in text
    assert page.effect.do.text() == "Flytt til onsdager"
    assert [
        (meeting.on, meeting.start, meeting.place) for meeting in group_named(window, "Tirsdagsgruppa").meetings
    ] == before
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    group = group_named(window, "Tirsdagsgruppa")
    after = [(meeting.on, meeting.start, meeting.place) for meeting in group.meetings]
    assert [meeting for meeting in after if meeting[0] < date(2027, 1, 1)] == [
        meeting for meeting in before if meeting[0] < date(2027, 1, 1)
    ]
    assert after[-1] == (date(2027, 1, 20), time(10), "Rom 5")
    assert window.toast.text() == "Endret dagen, klokkeslettet og stedet fra 1. januar."
    assert len(patterns_of(group)) == 2
    assert page.effect.nothing.isVisible()
    assert "Fra fredag 1. januar 2027: onsdager kl. 10.00–11.30, Rom 5" in shown(page.form)
    window.undo()
    assert [
        (meeting.on, meeting.start, meeting.place) for meeting in group_named(window, "Tirsdagsgruppa").meetings
    ] == before


def test_nothing_of_the_effect_is_squeezed(window: MainWindow, qtbot: QtBot) -> None:
    """At the width of a small laptop the right column holds lines that wrap, and buttons in two rows."""
    page = settings_of(window)
    window.resize(1280, 724)
    click(page.form.days.days[3])
    write(page.form.place, "Møterommet i andre etasje, til venstre for heisen")
    qtbot.waitUntil(lambda: page.effect.leave.isVisible())
    QApplication.processEvents()
    for card in (page.effect, page.end):
        for part in (*card.findChildren(QLabel), page.effect.leave, page.effect.do, page.end.delete):
            if part.isVisible() and card.isAncestorOf(part):
                assert card.rect().contains(QRect(part.mapTo(card, QPoint(0, 0)), part.size()))
                words = isinstance(part, QLabel) and part.text()
                assert not words or part.height() >= part.heightForWidth(part.width()), words


def test_those_who_are_in_it_are_counted(window: MainWindow) -> None:
    """As the page of the group does: not who has left."""
    with window.context.write(Action.PERSON_TAKEN_OUT) as db:
        group = load_group(db, group_named(window, "Tirsdagsgruppa").id)
        take_out(db, group.memberships[0], on=date(2026, 11, 24))
    assert "7 deltakere" in shown(settings_of(window))
    assert "7 deltakere" in shown(open_group(window))


def test_what_is_left_alone_is_dropped_and_said(window: MainWindow, qtbot: QtBot) -> None:
    page = settings_of(window)
    click(page.form.days.days[3])
    qtbot.waitUntil(lambda: page.effect.leave.isVisible())
    click(page.effect.leave)
    assert page.form.change() is None
    assert page.effect.nothing.isVisible()
    click(page.form.days.days[3])
    QTest.keyClick(page.form.days.days[3], Qt.Key.Key_Escape)
    assert "ble ikke gjort" in window.toast.text()
    assert group_named(window, "Tirsdagsgruppa").weekdays == [1]


def test_name_leaders_and_names_shown_are_kept_at_once(window: MainWindow) -> None:
    page = settings_of(window)
    page.form.name.setFocus()
    page.form.name.setText("Onsdager\u200b")  # pasted: nobody can type it
    QTest.keyClick(page.form.name, Qt.Key.Key_Return)
    assert group_named(window, "Onsdager").id == page.group_id
    write(page.form.name, "onsdagsgruppa")
    QTest.keyClick(page.form.name, Qt.Key.Key_Return)
    assert "allerede" in page.form.fields["name"].fault()
    write(page.form.name, "Tirsdagsgruppa")
    QTest.keyClick(page.form.name, Qt.Key.Key_Return)
    click(page.form.leaders[0])
    write(page.form.new_leader, "Per")
    QTest.keyClick(page.form.new_leader, Qt.Key.Key_Return)
    assert group_named(window, "Tirsdagsgruppa").leaders == ["Marit", "Per"]
    page.form.names.choose(1)
    assert group_named(window, "Tirsdagsgruppa").names_shown is NamesShown.ALIAS
    window.undo()
    assert group_named(window, "Tirsdagsgruppa").names_shown is NamesShown.DISPLAY


def test_what_cannot_be_is_said_and_cannot_be_done(window: MainWindow, qtbot: QtBot) -> None:
    page = settings_of(window)
    write(page.form.start, "23.30")
    qtbot.waitUntil(lambda: "midnatt" in page.effect.fault.text())
    assert not page.effect.do.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert group_named(window, "Tirsdagsgruppa").start == time(13)


def test_shorter_meetings_say_what_becomes_shorter(window: MainWindow, qtbot: QtBot) -> None:
    page = settings_of(window)
    page.form.lasts.usual.choose(0)
    qtbot.waitUntil(lambda: "minutter kortere" in shown(page.effect))
    click(page.effect.do)
    assert group_named(window, "Tirsdagsgruppa").meetings[-1].minutes == 60


def test_an_end_that_is_too_early_loses_sessions(window: MainWindow, qtbot: QtBot) -> None:
    page = settings_of(window)
    write(page.form.until, "18.12.26")
    qtbot.waitUntil(lambda: page.effect.misfit.isVisible())
    assert "får ikke plass" in page.effect.misfit.text()
    assert page.effect.do.text() == "Endre sluttdatoen"
    click(page.effect.do)
    assert group_named(window, "Tirsdagsgruppa").until == date(2026, 12, 18)


def test_archived_is_read_only_out_of_the_lists_and_back(window: MainWindow) -> None:
    page = settings_of(window)
    click(page.end.archive)
    assert not page.form.isEnabled()
    assert window.side_bar is not None
    assert "Tirsdagsgruppa" not in window.side_bar.words()
    assert "Arkiverte grupper" in window.side_bar.words()
    window.go("archived")
    listed = window.page
    assert isinstance(listed, ArchivedPage)
    click(listed.buttons[0])
    QApplication.processEvents()
    group = window.page
    assert isinstance(group, GroupPage)
    assert group.archived.isVisible()
    assert group.edit.isVisible()
    assert not [act for act in group.tab.head_buttons() if act.isVisible()]
    click(group.archived.bring_back)
    assert not group.archived.isVisible()
    assert "Tirsdagsgruppa" in window.side_bar.words()
    assert "Arkiverte grupper" not in window.side_bar.words()
    assert [act for act in group.tab.head_buttons() if act.isVisible()]


def test_an_archived_plan_shows_no_act_that_cannot_be_done(window: MainWindow, qtbot: QtBot) -> None:
    """A meeting can be looked at and its papers printed; closed weeks and what was called off only read."""
    name, off, meeting = "Tirsdagsgruppa", date(2026, 12, 1), date(2026, 12, 8)
    with window.context.write(Action.MEETING_CANCELLED) as db:
        group = load_group(db, group_named(window, name).id)
        cancel_meeting(group, meeting_on(group, off))
        skip_session(group, group.sessions[-1], reason="", today=date(2026, 11, 24))
    click(settings_of(window).end.archive)
    page = open_group(window, tab=PLAN)
    tab = page.tab
    assert isinstance(tab, PlanTab)
    rows = {row.plan.on: row for row in tab.rows()}
    rows[meeting].setFocus()
    QTest.keyClick(rows[meeting], Qt.Key.Key_Return)
    QApplication.processEvents()
    assert tab.weeks.row_actions is not None
    assert [button.text() for button in tab.weeks.row_actions.findChildren(Button)] == ["Åpne møtet", "Møtepakke"]
    QTest.keyClick(rows[off], Qt.Key.Key_Return)
    QApplication.processEvents()
    assert tab.weeks.row_actions is None
    assert rows[off].accessibleDescription() == ""
    before = [(row.plan.on, row.plan.title) for row in tab.rows()]
    QTest.keyClick(rows[meeting], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [(row.plan.on, row.plan.title) for row in tab.rows()] == before
    assert not window.toast.text().startswith("Gruppa er arkivert"), "nothing was tried that is then refused"
    assert "Alt ↑ ↓" not in dict(page.keys())
    shown_words = [button.text() for button in tab.findChildren(Button) if button.isVisible()]
    assert shown_words == ["Kopier som tabell", "Lagre som kalenderfil"]
    assert [button.text() for button in page.findChildren(Button) if button.isVisible()].count("Hent fram") == 1


def test_what_waits_is_there_after_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    """Nothing is stored while it waits, and a lock comes by itself; Esc is what gives a change up."""
    page = settings_of(window)
    write(page.form.first, "8.12.26")
    click(page.form.days.days[1])
    click(page.form.days.days[3])
    write(page.form.start, "10")
    page.form.lasts.usual.choose(4)
    write(page.form.lasts.minutes, "45")
    write(page.form.place, "Rom 5")
    write(page.form.until, "10.2.27")
    before = page.form.change()
    assert before is not None
    window.lock()
    type_in(door(window, qtbot).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    page = window.page
    assert isinstance(page, GroupSettingsPage)
    assert page.form.change() == before
    assert page.form.lasts.minutes.isVisible()
    assert page.effect.do.text() == "Flytt til torsdager"
    assert page.effect.do.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.toast.text() == "Endringen av planen ble ikke gjort."
    page = settings_of(window)
    assert page.form.change() is None
    assert not page.effect.do.isVisible()


def test_what_was_made_waits_no_more_after_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    page = settings_of(window)
    write(page.form.until, "10.2.27")
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert group_named(window, "Tirsdagsgruppa").until == date(2027, 2, 10)
    window.lock()
    type_in(door(window, qtbot).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    assert isinstance(window.page, GroupSettingsPage)
    assert window.page.form.change() is None


def test_a_mark_in_an_archived_group_is_refused_in_words(window: MainWindow) -> None:
    page = settings_of(window)
    click(page.end.archive)
    group = open_group(window, tab=PLAN)
    group.tab.save("group changed", lambda _db, group_row: setattr(group_row, "place", "X"))
    assert "arkivert" in window.toast.text()


def test_deleted_after_its_name_is_typed(window: MainWindow) -> None:
    page = settings_of(window)
    click(page.end.delete)
    assert page.end.keep.hasFocus()
    assert "Amund, Berit" in shown(page.end.well)
    assert not page.end.erase.isEnabled()
    write(page.end.name, "Tirsdag")
    assert not page.end.erase.isEnabled()
    click(page.end.keep)
    assert not page.end.well.isVisible()
    click(page.end.delete)
    write(page.end.name, " tirsdagsgruppa")
    assert page.end.erase.isEnabled(), "no two groups differ by case alone, as no two people of a group do"
    click(page.end.erase)
    assert window.route.name == "today"
    assert "Slettet gruppa for godt" in window.toast.text()
    with window.context.read() as db:
        assert "Tirsdagsgruppa" not in [group.name for group in db.query(Group)]


def test_names_that_are_hidden_stay_hidden(window: MainWindow) -> None:
    page = settings_of(window)
    window.toggle_names()
    click(page.end.delete)
    assert "Amund" not in shown(page.end.well)
    assert "8 personer" in shown(page.end.well)


def test_what_waits_stays_when_another_fact_is_kept_at_once(window: MainWindow, qtbot: QtBot) -> None:
    """A leader, a name and hidden names make the page read the group anew; days, time, length and end stay typed."""
    page = settings_of(window)
    write(page.form.until, "10.2")
    qtbot.waitUntil(lambda: page.effect.do.isVisible())
    write(page.form.new_leader, "Liv")
    QTest.keyClick(page.form.new_leader, Qt.Key.Key_Return)
    assert group_named(window, "Tirsdagsgruppa").leaders == ["Liv"]
    assert page.form.until.value() == date(2027, 2, 10)
    assert page.effect.do.text() == "Endre sluttdatoen"
    assert page.effect.do.isVisible()
    click(page.form.days.days[1])
    click(page.form.days.days[3])
    write(page.form.start, "10")
    page.form.lasts.usual.choose(0)
    write(page.form.place, "Rom 5")
    write(page.form.name, "Torsdagsgruppa")
    QTest.keyClick(page.form.name, Qt.Key.Key_Tab)
    assert group_named(window, "Torsdagsgruppa").weekdays == [1]
    window.toggle_names()
    change = page.form.change()
    assert change is not None
    assert (change.weekdays, change.start, change.minutes) == ((3,), time(10), 60)
    assert (change.place, change.until) == ("Rom 5", date(2027, 2, 10))
    assert page.effect.do.text() == "Flytt til torsdager"
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert group_named(window, "Torsdagsgruppa").until == date(2027, 2, 10)
    assert page.form.change() is None
    assert page.effect.nothing.isVisible()
    window.undo()
    assert page.form.change() is None, "what was taken back waits no more"
    assert page.form.days.chosen() == (1,)


def test_what_cannot_be_read_stays_too(window: MainWindow) -> None:
    """The fault goes with what is typed, not without a word."""
    page = settings_of(window)
    write(page.form.start, "kl 99")
    write(page.form.new_leader, "Liv")
    QTest.keyClick(page.form.new_leader, Qt.Key.Key_Return)
    assert page.form.start.text() == "kl 99"
    assert page.effect.fault.isVisible()


def test_a_leader_who_is_ticked_keeps_the_keyboard(window: MainWindow) -> None:
    page = settings_of(window)
    tick = page.form.leaders[0]
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert group_named(window, "Tirsdagsgruppa").leaders == ["Marit"]
    assert page.form.leaders[0].hasFocus()


def test_the_button_that_goes_gives_the_keyboard_to_its_field(window: MainWindow, qtbot: QtBot) -> None:
    """Not to the next button, which archives the group at the next Enter."""
    page = settings_of(window)
    write(page.form.until, "10.2")
    qtbot.waitUntil(lambda: page.effect.do.isVisible())
    page.effect.do.setFocus()
    QTest.keyClick(page.effect.do, Qt.Key.Key_Return)
    assert group_named(window, "Tirsdagsgruppa").until == date(2027, 2, 10)
    assert window.toast.text() == "Gruppa slutter nå senest onsdag 10. februar 2027."
    assert page.form.until.hasFocus()
    page.form.days.days[3].setFocus()
    QTest.keyClick(page.form.days.days[3], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.effect.do.isVisible())
    page.effect.do.setFocus()
    QTest.keyClick(page.effect.do, Qt.Key.Key_Return)
    assert page.form.days.days[3].hasFocus()
    QTest.keyClick(page.form.days.days[3], Qt.Key.Key_Tab)
    assert page.form.days.days[4].hasFocus(), "Tab goes on as ever"


def test_the_days_of_an_archived_group_look_as_they_are(window: MainWindow) -> None:
    """Neither ink nor ground of a control that can be pressed; which day it is can still be seen."""
    page = settings_of(window)
    chosen, other = page.form.days.days[1], page.form.days.days[2]
    live = chosen.grab().toImage()
    assert live.pixelColor(20, live.height() // 4) == theme.colour("accent_soft")
    click(page.end.archive)
    gone = chosen.grab().toImage()
    for image in (gone, other.grab().toImage()):
        assert image.pixelColor(20, image.height() // 4) == theme.colour("sunken"), "as the fields beside it"
    assert gone != other.grab().toImage()
    assert theme.colour("accent") not in [gone.pixelColor(gone.width() // 2, y) for y in range(gone.height())]


def test_the_name_on_paper_is_kept_and_asked_about(window: MainWindow) -> None:
    """Empty is the weekday; a name that says too much is kept all the same, with the question below it."""
    page = settings_of(window)
    field = page.form.on_paper
    assert (field.name.text(), field.name.placeholderText()) == ("", "Tirsdagsgruppa")
    assert not field.doubt.isVisible()
    write(field.name, "KAT-ROP i vår")
    QTest.keyClick(field.name, Qt.Key.Key_Return)
    assert group_named(window, "Tirsdagsgruppa").name_on_paper == "KAT-ROP i vår"
    assert field.doubt.isVisible()
    assert "«KAT-ROP»" in field.doubt.text()
    write(field.name, "")
    QTest.keyClick(field.name, Qt.Key.Key_Return)
    assert group_named(window, "Tirsdagsgruppa").name_on_paper == ""
    assert not field.doubt.isVisible()
