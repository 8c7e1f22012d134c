"""Participants: in, another name, out, and gone for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.group_page.page import PEOPLE
from rop_facilitator.gui.pages.group_page.people.people_tab import PeopleTab
from rop_facilitator.gui.pages.group_page.people.people_table import PeopleTablePanel
from rop_facilitator.gui.pages.group_page.people.people_table_model import ALIAS, CONTACT, LEFT, NAME
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.models import AuditChange, Membership, MembershipStatus, Participant
from rop_facilitator.records.progress.call_list import follow_up
from tests.gui.conftest import key, retype
from tests.gui.steps import group_named, open_group

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def tab_of(window: MainWindow) -> PeopleTablePanel:
    tab = open_group(window, "Tirsdagsgruppa", PEOPLE).tab
    assert isinstance(tab, PeopleTab)
    tab.show_table(True)
    QApplication.processEvents()
    return tab.sheet


def members(window: MainWindow) -> dict[str, Membership]:
    return {membership.participant.name: membership for membership in group_named(window, "Tirsdagsgruppa").memberships}


def choose(tab: PeopleTablePanel, row: int, column: int = NAME) -> None:
    tab.table.setCurrentIndex(tab.people.index(row, column))


def test_the_table_tells_since_when_and_how_often(window: MainWindow) -> None:
    tab = tab_of(window)
    shown = [str(tab.people.index(1, at).data()) for at in range(tab.people.columnCount())]
    assert shown == ["Berit", "Furu", "SMS", "10. november 2026", "", "1 av 2", "50 %"]


def test_the_table_has_the_whole_height_of_the_tab(window: MainWindow) -> None:
    window.resize(1366, 768)
    sheet = tab_of(window)
    tab = sheet.parentWidget()
    assert isinstance(tab, PeopleTab)
    assert sheet.geometry() == tab.rect()
    table, area = sheet.table, sheet._scroll.viewport()
    lowest = table.visualRect(sheet.people.index(len(sheet.people.people) - 1, NAME)).bottomLeft()
    at = table.viewport().mapToGlobal(lowest)
    assert area.rect().contains(area.mapFromGlobal(at)), "all eight can be seen"
    tab.show_table(False)
    QApplication.processEvents()
    assert (sheet.isVisible(), tab.list.isVisible(), tab.view.isVisible()) == (False, True, True)
    assert tab.view.height() == tab.height()


def test_one_name_and_enter_add_a_person(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    qtbot.keyClicks(tab.new_names, "Hanne")
    qtbot.keyClick(tab.new_names, Qt.Key.Key_Return)
    assert members(window)["Hanne"].joined == TODAY
    assert window.toast.text() == "La til 1 person."
    assert tab.new_names.toPlainText() == ""
    undo_last(window.context.database, window.context.leader_id or 0)
    assert "Hanne" not in members(window)


@pytest.mark.parametrize(
    ("text", "day"), [("5. juni 2026", date(2026, 6, 5)), ("5.6", date(2026, 6, 5)), ("uke 36", date(2026, 8, 31))]
)
def test_the_first_day_is_the_one_that_was_typed(window: MainWindow, qtbot: QtBot, text: str, day: date) -> None:
    tab = tab_of(window)
    qtbot.keyClicks(tab.new_names, "Hanne")
    retype(tab.joined, text)
    qtbot.keyClick(tab.joined, Qt.Key.Key_Return)
    tab.new_names.setFocus()
    qtbot.keyClick(tab.new_names, Qt.Key.Key_Return)
    assert members(window)["Hanne"].joined == day


def test_nobody_is_added_from_a_day_that_is_none(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before = len(members(window))
    qtbot.keyClicks(tab.new_names, "Hanne")
    retype(tab.joined, "tull")
    tab.new_names.setFocus()
    qtbot.keyClick(tab.new_names, Qt.Key.Key_Return)
    assert len(members(window)) == before
    assert tab.joined.hasFocus()


def test_several_lines_are_several_people_all_or_none(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    QApplication.clipboard().setText("Hanne\nJon Arne\n\n  Mona  \n")
    qtbot.keyClick(tab.new_names, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    retype(tab.joined, "1.12.26")
    tab.new_names.setFocus()
    qtbot.keyClick(tab.new_names, Qt.Key.Key_Return)
    assert [members(window)[name].joined for name in ("Hanne", "Jon Arne", "Mona")] == [date(2026, 12, 1)] * 3
    before = len(members(window))
    tab.new_names.setPlainText("Nils\nBerit")
    qtbot.keyClick(tab.new_names, Qt.Key.Key_Return)
    assert len(members(window)) == before
    assert "Berit" in tab._field.fault()
    assert tab.new_names.toPlainText() == "Nils\nBerit"


def test_a_name_is_written_over_in_place(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    for column, words in ((NAME, "Beritmor"), (ALIAS, "Bjerk")):
        choose(tab, 1, column)
        qtbot.keyClick(tab.table, Qt.Key.Key_Return)
        editor = next(line_edit for line_edit in tab.table.findChildren(QLineEdit) if line_edit.isVisible())
        editor.setText(words)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
    person = members(window)["Beritmor"].participant
    assert person.alias == "Bjerk"
    assert window.toast.text() == "Navnet er endret."


def test_a_taken_name_is_refused_and_the_old_one_stays(window: MainWindow) -> None:
    tab = tab_of(window)
    tab.people.setData(tab.people.index(1, NAME), "amund")
    assert "amund" in window.toast.text()
    assert tab.people.index(1, NAME).data() == "Berit"


def test_out_of_the_group_keeps_the_history_and_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    choose(tab, 6)
    qtbot.mouseClick(tab.out, Qt.MouseButton.LeftButton)
    assert members(window)["Lars"].left == date(2026, 11, 23)
    assert tab.people.people[6].count == "0 av 2"
    assert not tab.out.isVisible()
    undo_last(window.context.database, window.context.leader_id or 0)
    assert members(window)["Lars"].left is None


def test_the_agreed_contact_is_written_in_place(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    choose(tab, 0, CONTACT)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    editor = next(line_edit for line_edit in tab.table.findChildren(QLineEdit) if line_edit.isVisible())
    qtbot.keyClicks(editor, "bare SMS")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert members(window)["Amund"].contact == "bare SMS"
    assert members(window)["Amund"].participant.name == "Amund"
    assert window.toast.text() == "Avtalt kontakt er endret."
    window.undo()
    assert members(window)["Amund"].contact == ""
    assert window.toast.text() == "Angret: endret hvordan en person nås"


def test_completed_is_another_ending_and_today_still_counts(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    choose(tab, 0)
    qtbot.mouseClick(tab.completed, Qt.MouseButton.LeftButton)
    amund = members(window)["Amund"]
    assert (amund.status, amund.left) == (MembershipStatus.COMPLETED, TODAY)
    assert amund.covers(TODAY)
    assert tab.people.index(0, LEFT).data() == "24. november 2026, fullført"
    assert not tab.completed.isVisible()
    assert not tab.out.isVisible()
    assert window.toast.text() == "Amund har fullført kurset. Historikken blir stående."
    window.undo()
    assert members(window)["Amund"].status is MembershipStatus.ACTIVE
    assert window.toast.text() == "Angret: noterte at en person fullførte kurset"


def test_what_was_followed_up_is_told_newest_first(window: MainWindow) -> None:
    tab = tab_of(window)
    with window.context.write(Action.FOLLOWED_UP) as db:
        group = load_group(db, group_named(window, "Tirsdagsgruppa").id)
        for day, agreed in ((18, "Ville tenke på det"), (23, "")):
            follow_up(db, group.memberships[6], on=date(2026, 11, day), agreed=agreed, leader="Marit")
    choose(tab, 6)
    assert tab._followed_up.text() == (
        "Fulgt opp 23. november, notert av Marit\nFulgt opp 18. november, notert av Marit: Ville tenke på det"
    )
    choose(tab, 0)
    assert not tab._followed_up.isVisible()
    choose(tab, 6)
    window.context.hide_names(True)
    assert "Ville tenke" not in tab._followed_up.text()
    assert tab.people.index(6, CONTACT).data() == ""


def test_the_rule_for_calling_is_set_for_the_group(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    assert tab.rule.times.currentText() == "2"
    tab.rule.times.setFocus()
    qtbot.keyClick(tab.rule.times, Qt.Key.Key_Down)
    assert group_named(window, "Tirsdagsgruppa").call_after == 3
    assert window.toast.text() == "Endret når noen skal ringes."
    window.undo()
    assert tab.rule.times.currentText() == "2"
    assert window.toast.text() == "Angret: endret når noen skal ringes"


def test_gone_for_good_is_asked_about_on_the_page_of_the_person(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    choose(tab, 6)
    participant = tab.people.people[6].participant_id
    qtbot.mouseClick(tab.gone, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    page = window.page.tab  # type: ignore[union-attr]
    well = page.view.erase_well
    assert not page.is_table
    assert well.isVisible()
    assert "navnet og 2 oppmøtemerker" in well._what.text()
    well.name.setText("Lars")
    qtbot.mouseClick(well.erase, Qt.MouseButton.LeftButton)
    assert "Lars" not in members(window)
    assert "slettet for godt" in window.toast.text()
    with window.context.read() as db:
        assert db.get(Participant, participant) is None
        kept = db.query(AuditChange).filter(AuditChange.participant_id == participant).all()
    assert all(change.old is None and change.new is None for change in kept)


def test_hidden_names_cannot_be_written(window: MainWindow) -> None:
    tab = tab_of(window)
    window.context.hide_names(True)
    assert not tab.people.flags(tab.people.index(0, NAME)) & Qt.ItemFlag.ItemIsEditable
    assert not tab.rename.isVisible()


def test_enter_on_a_person_does_nothing_while_names_are_hidden(window: MainWindow, qtlog: Any) -> None:
    window.context.hide_names(True)
    tab = tab_of(window)
    choose(tab, 1)
    tab.table.setFocus()
    for code in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete):
        key(window, code)
        key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tab.table.findChildren(QLineEdit) == []
    assert [record.message for record in qtlog.records if "edit" in record.message] == []
