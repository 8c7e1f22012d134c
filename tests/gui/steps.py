"""What tests of the window do again and again: go somewhere, press, read what is shown."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.group_page.page import PLAN, GroupPage
from rop_facilitator.gui.pages.group_page.plan.plan_tab import PlanTab
from rop_facilitator.gui.pages.group_settings_page import GroupSettingsPage
from rop_facilitator.gui.pages.unlock_page import UnlockPage
from rop_facilitator.gui.widgets.inputs.closures_field import ClosedDays
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.models import Group
from tests.gui.conftest import click
from tests.records.factories import all_groups


def group_named(window: MainWindow, name: str) -> Group:
    """A loaded group of the sample."""
    with window.context.read() as db:
        group_id = next(group.id for group in all_groups(db) if group.name == name)
        return load_group(db, group_id)


def open_group(window: MainWindow, name: str = "Tirsdagsgruppa", tab: int = PLAN) -> GroupPage:
    """The page of a group, on a tab."""
    window.go("group", group_named(window, name).id)
    assert isinstance(window.page, GroupPage)
    window.page.show_tab(tab)
    QApplication.processEvents()
    return window.page


def tab_of(window: MainWindow, name: str = "Tirsdagsgruppa") -> PlanTab:
    tab = open_group(window, name, PLAN).tab
    assert isinstance(tab, PlanTab)
    return tab


def door(window: MainWindow, qtbot: QtBot) -> UnlockPage:
    """The page, once it knows who leads."""
    assert isinstance(window.page, UnlockPage)
    page = window.page
    qtbot.waitUntil(lambda: page.isVisible() and page._painted)
    after: list[bool] = []
    QTimer.singleShot(0, partial(after.append, True))  # comes after what the page has put off until its first paint
    qtbot.waitUntil(lambda: bool(after))
    window.context.jobs.wait()
    QApplication.processEvents()
    return page


def press(widget: QWidget) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Space)


def paste(widget: QWidget, text: str) -> None:
    QApplication.clipboard().setText(text)
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def settings_of(window: MainWindow, name: str = "Tirsdagsgruppa") -> GroupSettingsPage:
    window.go("group_settings", group_named(window, name).id)
    assert isinstance(window.page, GroupSettingsPage)
    QApplication.processEvents()
    return window.page


def shown(area: QWidget) -> str:
    return "\n".join(label.text() for label in area.findChildren(QLabel) if label.isVisible())


CASES = Path(__file__).parents[1] / "documents" / "exchange" / "calendars"


def fetch(panel: ClosedDays, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Choose a calendar file, as by the dialog."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_any: (str(path), ""))
    click(panel.fetch)
    qtbot.waitUntil(lambda: panel._read is not None)
