"""Borrowed sessions in the window: in the library under both courses, in a new group once, in its course from Today."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.library_page import LibraryPage
from rop_facilitator.gui.pages.library_page.session_view import SessionView
from rop_facilitator.gui.pages.new_group_page.page import NewGroupPage
from rop_facilitator.gui.pages.today_page.page import TodayPage
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.groups import find_group
from tests.borrowing_course import BORROWED, borrowing_library
from tests.gui.conftest import Opened, retype
from tests.gui.steps import press


@pytest.fixture
def window(window_on: Opened, empty_records: Path) -> MainWindow:
    window = window_on(empty_records)
    window.context.use_library(borrowing_library())
    return window


def texts(page: QWidget | None) -> list[str]:
    assert page is not None
    return [label.text() for label in page.findChildren(QLabel)]


def badges(page: LibraryPage) -> list[str]:
    assert isinstance(page.view, SessionView)
    return [badge.text() for badge in page.view.findChildren(Badge)]


def test_the_library_has_it_under_both_courses_and_says_whose_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.go("library", f"laan:{BORROWED[0]}")
    page = window.page
    assert isinstance(page, LibraryPage)
    assert isinstance(page.view, SessionView)
    assert "lånt fra KAT-ROP" in badges(page)
    assert "Lånekurset · modul 8 · sesjon 1" in texts(page.view)
    assert "Gå ut" in texts(page.view)
    view = page.view
    qtbot.waitUntil(lambda: all(button.isEnabled() for button in view.sheets))
    assert all(button.sheet is not None and not button.sheet.problems for button in view.sheets)
    assert page.tree.choose(BORROWED[0])
    assert "lånt fra KAT-ROP" not in badges(page)
    assert "KAT-ROP · sesjon 6" in texts(page.view)
    keys = [str(item.data(0, 256)) for item in page.tree.all_items()]
    assert len(keys) == len(set(keys))
    assert keys.count(f"laan:{BORROWED[0]}") == 1


def test_a_new_group_of_both_holds_it_once_and_today_leads_to_it_in_its_course(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.go("new_group")
    page = window.page
    assert isinstance(page, NewGroupPage)
    retype(page.form.name, "Lånegruppa")
    press(page.form.courses.more)
    press(page.form.courses.cards["laan"])
    press(page.form.courses.cards["kat-rop"])
    qtbot.waitUntil(page.make.isEnabled)
    assert page.preview.sentence.text().startswith("12 møter")
    press(page.make)
    with window.context.read() as db:
        group = find_group(db, "Lånegruppa")
        assert [session.course for session in group.sessions] == ["", "laan", "laan", *[""] * 9]
    window.go("today")
    assert isinstance(window.page, TodayPage)
    assert "Lånegruppa · Lånekurset · modul 3, sesjon 1 av 1" in texts(window.page)
    window.page.open_session.emit(f"laan:{BORROWED[1]}")
    assert isinstance(window.page, LibraryPage)
    assert window.page.tree.current_key() == f"laan:{BORROWED[1]}"
