"""The group page: head, tabs, and that every tab follows the records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.group_page.page import ATTENDANCE, PAPERS, PEOPLE, PLAN, PROGRESS, GroupPage
from rop_facilitator.gui.pages.group_page.people.people_tab import PeopleTab
from rop_facilitator.gui.pages.group_page.person.person_view import CHANGES
from rop_facilitator.gui.pages.group_settings_page import GroupSettingsPage
from rop_facilitator.gui.pages.print_page import PrintPage
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Membership
from tests.gui.conftest import PASSPHRASE, click, settle, type_in
from tests.gui.steps import door, group_named, open_group

Opened = Callable[..., MainWindow]


def shown_texts(page: GroupPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_head_tells_course_time_people_and_place_in_the_course(window_on: Opened, records: Path) -> None:
    page = open_group(window_on(records))
    assert "KAT-ROP · tirsdager 13.00–14.30 · 8 deltakere · møte 3 av 11" in shown_texts(page)


@pytest.mark.parametrize(
    ("key", "tab"), [(Qt.Key.Key_1, PLAN), (Qt.Key.Key_2, ATTENDANCE), (Qt.Key.Key_4, PROGRESS), (Qt.Key.Key_5, PAPERS)]
)
def test_ctrl_and_a_digit_go_to_a_tab(window_on: Opened, records: Path, qtbot: QtBot, key: Qt.Key, tab: int) -> None:
    window = window_on(records)
    page = open_group(window, tab=PEOPLE)
    window.activateWindow()
    qtbot.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
    assert page.segments.current() == tab
    assert page.tab is page.tabs[tab]


def test_the_buttons_of_the_head_belong_to_the_tab_and_are_of_one_height(window_on: Opened, records: Path) -> None:
    page = open_group(window_on(records), tab=PLAN)
    for tab in (ATTENDANCE, PEOPLE, PROGRESS, PLAN):
        page.show_tab(tab)
        QApplication.processEvents()
        shown = {button for tab in page.tabs.values() for button in tab.head_buttons() if button.isVisible()}
        assert shown == set(page.tabs[tab].head_buttons())
        assert {button.height() for button in shown} <= {page.edit.height()}


def test_the_tab_is_kept_for_coming_back(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    open_group(window, tab=PEOPLE)
    window.go("library")
    window.back()
    assert isinstance(window.page, GroupPage)
    assert window.page.segments.current() == PEOPLE


def second_person(window: MainWindow) -> tuple[PeopleTab, int]:
    """The tab of the participants with the second one chosen, and the id of the membership."""
    tab = open_group(window, tab=PEOPLE).tab
    assert isinstance(tab, PeopleTab)
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_Down)
    person = tab.list.chosen()
    assert person is not None
    assert tab.list.currentRow() == 1
    return tab, person


def people_tab(window: MainWindow) -> PeopleTab:
    QApplication.processEvents()
    assert isinstance(window.page, GroupPage)
    assert isinstance(window.page.tab, PeopleTab)
    return window.page.tab


def test_back_from_the_paper_of_a_person_is_the_same_person(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    tab, person = second_person(window)
    name = tab.view.head.name.text()
    tab.view.segments.choose(CHANGES)
    click(tab.view.head.print)
    assert isinstance(window.page, PrintPage)
    window.activateWindow()
    settle(window)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    back = people_tab(window)
    assert back is not tab
    assert (back.list.chosen(), back.view.head.name.text()) == (person, name)
    assert back.view.segments.current() == CHANGES
    back.view.ask_to_erase()
    assert back.view.person_actions.membership_id == person


def test_the_person_is_kept_over_lock_and_over_the_facts_of_the_group(
    window_on: Opened, records: Path, qtbot: QtBot
) -> None:
    window = window_on(records)
    _tab, person = second_person(window)
    assert isinstance(window.page, GroupPage)
    click(window.page.edit)
    assert isinstance(window.page, GroupSettingsPage)
    window.back()
    assert people_tab(window).list.chosen() == person
    window.page.show_tab(PLAN)
    for _time in range(2):  # also from another tab, and from a page that did not show this one
        window.go("today")
        window.back()
    window.lock()
    type_in(door(window, qtbot).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    assert isinstance(window.page, GroupPage)
    assert window.page.segments.current() == PLAN
    window.page.show_tab(PEOPLE)
    assert people_tab(window).list.chosen() == person


def test_the_row_of_the_table_is_kept_and_a_person_who_is_gone_is_not(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    tab, person = second_person(window)
    tab.show_table(True)
    assert tab.sheet.chosen() != person
    tab.sheet.choose(person)
    window.go("today")
    window.back()
    tab = people_tab(window)
    assert (tab.is_table, tab.sheet.chosen()) == (True, person)
    tab.choose(person)
    window.go("today")
    with window.context.write(Action.PERSON_DELETED_FOR_GOOD) as db:
        db.delete(db.get_one(Membership, person))
    window.back()
    tab = people_tab(window)
    assert (tab.is_table, tab.list.currentRow()) == (False, 0)
    assert tab.list.chosen() != person


def test_coming_back_to_a_tab_makes_no_other(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    open_group(window, tab=PROGRESS)
    window.go("today")
    window.back()
    assert isinstance(window.page, GroupPage)
    assert list(window.page.tabs) == [PROGRESS]


def test_hidden_names_are_on_no_tab(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    page = open_group(window, tab=ATTENDANCE)
    window.context.hide_names(True)
    names = {member.participant.name for member in group_named(window, "Tirsdagsgruppa").memberships}
    for tab in (PLAN, ATTENDANCE, PEOPLE, PROGRESS, PAPERS):
        page.show_tab(tab)
        assert not any(name in shown_texts(page) for name in names)
    for tab in (ATTENDANCE, PROGRESS):
        table = page.tabs[tab].table  # type: ignore[attr-defined]
        assert [row.name for row in table.model.content.rows][:2] == ["Deltaker 1", "Deltaker 2"]
    tab = page.tabs[PEOPLE]
    assert isinstance(tab, PeopleTab)
    assert [tab.list._line(at).name for at in range(2)] == ["Deltaker 1", "Deltaker 2"]
    tab.show_table(True)
    people = tab.sheet.people.people
    assert [person.name for person in people][:2] == ["Deltaker 1", "Deltaker 2"]
    assert not any(person.alias for person in people)


def test_a_group_that_is_gone_is_left_with_a_sentence(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    group = group_named(window, "Tirsdagsgruppa")
    window.go("group", group.id)
    with window.context.write(Action.GROUP_DELETED_FOR_GOOD) as db:
        db.delete(load_group(db, group.id))
    assert not isinstance(window.page, GroupPage)
    assert window.toast.text() == "Gruppa finnes ikke lenger."
