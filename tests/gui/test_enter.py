"""Enter presses the button that has the keyboard; at the door and at the first start it does the primary."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.first_run_page import FirstRunPage
from rop_facilitator.gui.pages.today_page.day_row import DayRow
from rop_facilitator.gui.pages.unlock_page import UnlockPage
from rop_facilitator.gui.routes import Route
from rop_facilitator.gui.widgets.inputs.buttons import KINDS, Button
from rop_facilitator.gui.widgets.inputs.choices import NavItem
from rop_facilitator.gui.window.main_window import MainWindow
from tests.gui.conftest import PASSPHRASE, Opened, type_in
from tests.gui.steps import door

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def pressed(button: QAbstractButton, key: Qt.Key) -> int:
    """How often a button is clicked while the key is down for long."""
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    QTest.keyPress(button, key)
    for _repeat in range(3):
        again = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(button, again)
    QTest.keyRelease(button, key)
    return len(clicks)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", ENTERS)
def test_enter_presses_a_button_once(qtbot: QtBot, kind: str, key: Qt.Key) -> None:
    button = Button("Lagre", kind)
    qtbot.addWidget(button)
    button.show()
    assert pressed(button, key) == 1
    button.setEnabled(False)
    assert pressed(button, key) == 0


def test_enter_with_another_key_is_for_the_page(qtbot: QtBot) -> None:
    button = Button("Lagre")
    qtbot.addWidget(button)
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clicks == []


@pytest.mark.parametrize("place", ["today", "library", "new_group"])
def test_every_button_that_can_have_the_keyboard_takes_enter(window_on: Opened, records: Path, place: str) -> None:
    """Ticks are no buttons: space is theirs."""
    window = window_on(records)
    window.go(place)
    QApplication.processEvents()
    buttons = [
        button
        for button in window.page.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and button.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not button.isCheckable()
    ]
    assert buttons
    deaf = [type(button).__name__ for button in buttons if type(button).keyPressEvent is QAbstractButton.keyPressEvent]
    assert deaf == []


def test_enter_opens_a_day_of_the_week(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    row = window.page.findChildren(DayRow)[0]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert window.route.name == "meeting"


def test_the_first_start_by_enter_alone(window_on: Opened, qtbot: QtBot) -> None:
    window = window_on(None)
    page = window.page
    assert isinstance(page, FirstRunPage)
    QTest.keyClick(page.begin, Qt.Key.Key_Return)
    assert page.step == 2
    qtbot.waitUntil(page.make.isVisible)
    for field, text in ((page.name, "Marit"), (page.passphrase, PASSPHRASE), (page.again, PASSPHRASE)):
        field.setFocus()
        type_in(field, text)
    QTest.keyClick(page.again, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: page.step == 3 and page.next.isVisible())
    page.print.setFocus()  # a button that has the keyboard comes before the primary
    page.typed.setFocus()
    type_in(page.typed, page._groups[page._asked - 1] + "\n")
    assert page.step == 4
    qtbot.waitUntil(page.open.isVisible)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert window.route == Route("today")


def test_enter_at_the_first_start_does_the_primary_wherever_the_keyboard_is(window_on: Opened) -> None:
    page = window_on(None).page
    assert isinstance(page, FirstRunPage)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.step == 2


def test_enter_at_the_door(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window: MainWindow = window_on(records, locked=True)
    page = door(window, qtbot)
    assert isinstance(page, UnlockPage)
    type_in(page.passphrase, PASSPHRASE)
    page.leader.setFocus()
    QTest.keyClick(page.leader, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.context.is_open)


def test_a_code_and_enter_open_too(
    window_on: Opened, sample_once: tuple[Path, str], records: Path, qtbot: QtBot
) -> None:
    window: MainWindow = window_on(records, locked=True)
    page = door(window, qtbot)
    page._use_code()
    page.code.set_text(sample_once[1])
    QTest.keyClick(page.code.groups[-1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.way == "new")


def test_a_place_opens_by_enter(qtbot: QtBot) -> None:
    place = NavItem("Bibliotek")
    qtbot.addWidget(place)
    assert pressed(place, Qt.Key.Key_Return) >= 1
