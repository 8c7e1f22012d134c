"""What tests of the plan do: open a row, press one of its buttons, say yes."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.group_page.plan.change_forms import ChangePanel
from rop_facilitator.gui.pages.group_page.plan.plan_tab import PlanTab
from rop_facilitator.gui.pages.group_page.plan.week_row import WeekRow
from rop_facilitator.gui.pages.group_settings_page import GroupSettingsPage
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.window.main_window import MainWindow
from tests.gui.conftest import click, retype
from tests.gui.steps import tab_of


def row_on(tab: PlanTab, day: date) -> WeekRow:
    return next(row for row in tab.rows() if row.plan.on == day)


def button(parent: QWidget, words: str) -> Button:
    """The button that is shown with these words; those of the open row before those in the head."""
    return next(child for child in parent.findChildren(Button) if child.isVisible() and child.text() == words)


def press(tab: PlanTab, qtbot: QtBot, day: date, words: str) -> None:
    """Open the row of a day and press one of its buttons."""
    if not row_on(tab, day).isChecked():
        qtbot.mouseClick(row_on(tab, day), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    qtbot.mouseClick(button(tab.weeks, words), Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def asked(tab: PlanTab) -> ChangePanel:
    """The change that waits for a yes."""
    QApplication.processEvents()
    return next(panel for panel in tab.findChildren(ChangePanel) if panel.isVisible())


def do_it(tab: PlanTab) -> None:
    click(asked(tab).do)
    QApplication.processEvents()


def titles(tab: PlanTab) -> list[tuple[str, str]]:
    return [(row.plan.day, row.plan.title) for row in tab.rows()]


def set_end(window: MainWindow, tab: PlanTab, text: str) -> PlanTab:
    """Through the link, with real keys, and back to the plan."""
    name = tab.group.name if tab.group is not None else ""
    tab.end.link.setFocus()
    QTest.keyClick(tab.end.link, Qt.Key.Key_Return)
    QApplication.processEvents()
    page = window.page
    assert isinstance(page, GroupSettingsPage)
    assert page.form.until.hasFocus()
    retype(page.form.until, text)
    page.look()
    QTest.keyClick(page.form.until, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    QTest.keyClick(page.form.until, Qt.Key.Key_Escape)
    QApplication.processEvents()
    return tab_of(window, name)
