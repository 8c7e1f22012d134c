"""The map of who has received what: five states, what can be done about a hole, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.group_page.page import PROGRESS
from rop_facilitator.gui.pages.group_page.progress.progress_tab import ProgressTab
from rop_facilitator.gui.widgets.inputs.choices import NavItem
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.groups import load_group, take_out
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import MakeUp, Membership, Way
from rop_facilitator.records.progress.progress import Received, progress_of
from tests.gui.conftest import retype
from tests.gui.steps import group_named, open_group

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)
NAMES = ["Amund", "Berit", "Daniel", "Eva", "Farid", "Kine", "Lars", "Ørn"]


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def tab_of(window: MainWindow, name: str = "Tirsdagsgruppa") -> ProgressTab:
    tab = open_group(window, name, PROGRESS).tab
    assert isinstance(tab, ProgressTab)
    return tab


def member(window: MainWindow, name: str) -> Membership:
    return next(
        membership
        for membership in group_named(window, "Tirsdagsgruppa").memberships
        if membership.participant.name == name
    )


def made_ups(window: MainWindow, name: str) -> list[MakeUp]:
    return list(member(window, name).make_ups)


def letters(tab: ProgressTab) -> list[str]:
    """The first three sessions of each person; to come and not a member have no letter."""
    return [
        " ".join(cell.style.letter or cell.style.shape.value for cell in row.cells[:3] if cell)
        for row in tab.table.model.content.rows
    ]


def panel_texts(tab: ProgressTab) -> list[str]:
    """Every sentence of the panel that can be seen."""
    return [label.text() for label in tab.panel.findChildren(QLabel) if label.isVisible()]


def press(tab: ProgressTab, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(tab.table.focusProxy(), key)
    QApplication.processEvents()


def click_on(tab: ProgressTab, qtbot: QtBot, row: int, column: int) -> None:
    view = tab.table.focusProxy()
    assert isinstance(view, QTableView)
    place = view.visualRect(tab.table.model.index(row, column + 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_the_map_shows_five_states_and_counts_with_denominators(window: MainWindow) -> None:
    tab = tab_of(window)
    assert [row.name for row in tab.table.model.content.rows] == NAMES
    assert letters(tab) == [
        "M M small ring",
        "M Å small ring",
        "M M small ring",
        "M M small ring",
        "dash M small ring",
        "M TI small ring",
        "Å Å small ring",
        "M M small ring",
    ]
    assert [row.total for row in tab.table.model.content.rows][1:7:5] == [("1 av 2", "1 igjen"), ("0 av 2", "2 igjen")]
    assert tab.table.model.content.rows[4].total == ("1 av 1", "")
    assert tab.table.model.content.foot[:3] == ("6", "6", "")


def test_each_place_is_a_sentence_to_a_screen_reader(window: MainWindow) -> None:
    model = tab_of(window).table.model
    spoken = [model.spoken(model.index(row, column)) for row, column in ((0, 1), (1, 2), (5, 2), (0, 3), (4, 1))]
    assert spoken == [
        "Amund, 1 KAT-ROP, Varselsignaler og risikosituasjoner: møtt, 10. november",
        "Berit, 1 KAT-ROP, Kriseplan: å ta igjen, borte 17. november",
        "Kine, 1 KAT-ROP, Kriseplan: tatt igjen, på telefon, 22. november",
        "Amund, 1 KAT-ROP, De vanligste psykiske lidelsene: kommer, 24. november",
        "Farid, 1 KAT-ROP, Varselsignaler og risikosituasjoner: ikke med, kom med tirsdag 17. november 2026",
    ]
    assert model.spoken(model.index(4, 0)) == "Farid, kom med tirsdag 17. november 2026"
    head = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert head == "1 KAT-ROP, Varselsignaler og risikosituasjoner. Har fått sesjonen: 6 av 7"


def test_modules_stand_over_their_sessions_and_a_lone_one_keeps_its_number(window: MainWindow) -> None:
    columns = tab_of(window, "Onsdagsgruppa").table.model.content.columns
    groups = [column.group for column in columns if column.group]
    assert groups[0] == "0"
    assert groups[1] == "1  Recoverymetoder og målsetting"
    assert [column.head for column in columns[:6]] == ["1", "1", "2", "3", "4", "1"]


def test_a_session_over_two_meetings_is_told_with_both_days(window: MainWindow) -> None:
    tab = tab_of(window, "Onsdagsgruppa")
    model = tab.table.model
    assert model.spoken(model.index(0, 6)).endswith("møtt, 7. oktober, 14. oktober")


def test_the_cursor_begins_at_the_newest_session(window: MainWindow) -> None:
    tab = tab_of(window)
    assert tab.table.current() == (0, 1)
    assert tab.table.model.content.columns[2].kind == "today"
    assert tab.table.focusProxy().hasFocus()


def test_enter_opens_the_hole_and_keys_alone_fill_it(window: MainWindow, qtbot: QtBot) -> None:
    """Down to Berit, Enter, two ways further, Tab to the day and the button: made up by phone today."""
    tab = tab_of(window)
    press(tab, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert tab.panel.isVisible()
    assert panel_texts(tab)[:2] == ["Berit", "Kom med tirsdag 10. november 2026"]
    assert "borte 17. november" in panel_texts(tab)
    assert tab.panel.way.hasFocus()
    qtbot.keyClick(tab.panel.way, Qt.Key.Key_End)
    qtbot.keyClick(tab.panel.way, Qt.Key.Key_Tab)
    assert tab.panel.on.hasFocus()
    qtbot.keyClick(tab.panel.on, Qt.Key.Key_Tab)
    assert tab.panel.note.hasFocus()
    qtbot.keyClick(tab.panel.note, Qt.Key.Key_Space)
    (make_up,) = made_ups(window, "Berit")
    assert (make_up.way, make_up.on, make_up.leader) == (Way.PHONE, TODAY, "Marit")
    assert letters(tab)[1] == "M TI small ring"
    assert tab.table.model.content.rows[1].total == ("2 av 2", "")
    assert window.toast.text() == "Notert som tatt igjen: Kriseplan"
    assert tab.table.focusProxy().hasFocus()
    assert "ingenting igjen" in [label.text() for label in tab.panel.findChildren(QLabel)]


def test_undo_is_named_and_takes_the_note_back(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    click_on(tab, qtbot, 1, 1)
    qtbot.mouseClick(tab.panel.note, Qt.MouseButton.LeftButton)
    assert made_ups(window, "Berit")
    window.undo()
    assert made_ups(window, "Berit") == []
    assert letters(tab)[1] == "M Å small ring"
    assert window.toast.text() == "Angret: noterte at en sesjon er tatt igjen"


def test_what_was_made_up_is_told_and_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    click_on(tab, qtbot, 5, 1)
    assert "på telefon, søndag 22. november, notert av Marit" in panel_texts(tab)
    assert not tab.panel.note.isVisible()
    qtbot.mouseClick(tab.panel.take_back, Qt.MouseButton.LeftButton)
    assert made_ups(window, "Kine") == []
    assert letters(tab)[5] == "M Å small ring"
    assert window.toast.text() == "Ikke lenger tatt igjen: Kriseplan"
    assert tab.panel.note.isVisible()


def test_no_day_after_today_can_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    click_on(tab, qtbot, 1, 1)
    retype(tab.panel.on, "24.12.2026")
    assert tab.panel.on.fault() == "Denne dagen har ikke vært ennå. Skriv i dag eller en tidligere dag."
    retype(tab.panel.on, "20.11")
    qtbot.mouseClick(tab.panel.note, Qt.MouseButton.LeftButton)
    assert made_ups(window, "Berit")[0].on == date(2026, 11, 20)


def test_the_day_that_is_typed_is_the_day_that_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    """A field of three sections gave the 5th of the month that stood there."""
    tab = tab_of(window)
    click_on(tab, qtbot, 1, 1)
    retype(tab.panel.on, "17. nov")
    qtbot.mouseClick(tab.panel.note, Qt.MouseButton.LeftButton)
    assert made_ups(window, "Berit")[0].on == date(2026, 11, 17)


def test_a_day_that_is_none_notes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    click_on(tab, qtbot, 1, 1)
    retype(tab.panel.on, "31.11")
    qtbot.mouseClick(tab.panel.note, Qt.MouseButton.LeftButton)
    assert made_ups(window, "Berit") == []
    assert tab.panel.on.hasFocus()


def test_a_session_to_come_can_be_given_beforehand(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    press(tab, qtbot, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert "24. november" in panel_texts(tab)
    tab.panel.way.setCurrentIndex(list(Way).index(Way.INDIVIDUALLY))
    qtbot.keyClick(tab.panel.note, Qt.Key.Key_Space)
    assert made_ups(window, "Amund")[0].way is Way.INDIVIDUALLY
    assert progress_of(group_named(window, "Tirsdagsgruppa"))[0].states[2] is Received.MADE_UP


def test_attended_offers_nothing_to_do(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    click_on(tab, qtbot, 0, 0)
    assert "10. november" in panel_texts(tab)
    assert not tab.panel.note.isVisible()
    assert not tab.panel.take_back.isVisible()


def test_the_list_of_a_person_goes_to_each_hole_and_esc_back_to_the_map(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    click_on(tab, qtbot, 6, 1)
    assert "2 igjen" in panel_texts(tab)
    items = [item for item in tab.panel.findChildren(NavItem) if item.isVisible()]
    assert [item.accessibleName() for item in items] == [
        "Varselsignaler og risikosituasjoner, borte 10. november",
        "Kriseplan, borte 17. november",
    ]
    qtbot.mouseClick(items[0], Qt.MouseButton.LeftButton)
    assert tab.table.current() == (6, 0)
    assert "Varselsignaler og risikosituasjoner" in panel_texts(tab)
    qtbot.keyClick(tab.panel.way, Qt.Key.Key_Escape)
    assert not tab.panel.isVisible()
    assert tab.table.focusProxy().hasFocus()


def test_the_open_panel_follows_the_cursor(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    click_on(tab, qtbot, 1, 1)
    press(tab, qtbot, Qt.Key.Key_Down)
    assert panel_texts(tab)[0] == "Daniel"


def test_a_click_on_a_name_opens_what_that_person_missed(window: MainWindow) -> None:
    tab = tab_of(window)
    tab.table.person_chosen.emit(6)
    QApplication.processEvents()
    assert tab.table.current() == (6, 0)
    assert panel_texts(tab)[0] == "Lars"


def test_who_has_left_keeps_history_and_gets_no_more(window: MainWindow) -> None:
    tab = tab_of(window)
    with window.context.write(Action.PERSON_COMPLETED) as db:
        group = load_group(db, group_named(window, "Tirsdagsgruppa").id)
        take_out(db, group.memberships[0], on=date(2026, 11, 24), completed=True)
    assert letters(tab)[0] == "M M dash"
    model = tab.table.model
    assert model.spoken(model.index(0, 0)) == (
        "Amund, kom med tirsdag 10. november 2026, fullførte kurset, siste dag mandag 23. november 2026"
    )


def test_hidden_names_are_numbers_in_map_and_panel(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    click_on(tab, qtbot, 1, 1)
    window.context.hide_names(True)
    assert [row.name for row in tab.table.model.content.rows][:2] == ["Deltaker 1", "Deltaker 2"]
    assert panel_texts(tab)[0] == "Deltaker 2"
    model = tab.table.model
    spoken = " ".join(model.spoken(model.index(row, column)) for row in range(model.rowCount()) for column in range(4))
    assert not any(name in spoken for name in NAMES)
    assert not any(name in window.windowTitle() for name in NAMES)


def test_at_large_text_the_panel_is_below_and_each_is_in_sight_when_it_is_used(
    window_on: Opened, records: Path, qtbot: QtBot
) -> None:
    window = window_on(records)
    tab = tab_of(window)
    click_on(tab, qtbot, 1, 1)
    assert tab.panel.x() > tab.table.geometry().right()
    window.context.change_settings(text_percent=200)
    tab = tab_of(window)
    press(tab, qtbot, *[Qt.Key.Key_Down] * 7)
    page, view = tab._scroll, tab.table.focusProxy()
    assert isinstance(view, QTableView)

    def in_sight(widget: QWidget, box: QRect) -> bool:
        seen = page.viewport().rect()
        return seen.contains(QPoint(seen.center().x(), widget.mapTo(page.viewport(), box.center()).y()))

    assert page.verticalScrollBar().value() > 0
    assert in_sight(view.viewport(), view.visualRect(view.currentIndex()))
    press(tab, qtbot, Qt.Key.Key_Return)
    assert tab.panel.y() > tab.table.geometry().bottom()
    assert in_sight(tab.panel.way, tab.panel.way.rect())
    qtbot.keyClick(tab.panel.way, Qt.Key.Key_Escape)
    assert in_sight(view.viewport(), view.visualRect(view.currentIndex()))


def test_a_group_without_people_says_what_will_stand_here(window: MainWindow) -> None:
    with window.context.write(Action.GROUP_CHANGED) as db:
        group = load_group(db, group_named(window, "Tirsdagsgruppa").id)
        group.memberships = []
    tab = tab_of(window)
    assert not tab.table.isVisible()
    assert "Ingen er med i gruppa ennå" in [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]
