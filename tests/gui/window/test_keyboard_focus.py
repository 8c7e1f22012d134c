"""What hides or disables itself by its own act leaves the keyboard where the leader was, never on another button."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.window.keyboard_focus import KeyboardWindow


class _Desk:
    """A window with a page: a field, an act, and a button after it that nobody wants by chance."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = KeyboardWindow()
        self.page = QWidget()
        self.field, self.act, self.other = QLineEdit(), QPushButton("Act"), QPushButton("Archive")
        inner, outer = QVBoxLayout(self.page), QVBoxLayout(self.window)
        for widget in (self.field, self.act, self.other):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            inner.addWidget(widget)
        outer.addWidget(self.page)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def desk(qtbot: QtBot) -> _Desk:
    return _Desk(qtbot)


def _deleted(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()


@pytest.mark.parametrize("go", [QWidget.hide, _deleted, lambda widget: widget.setEnabled(False)])
def test_it_goes_back_to_the_field(desk: _Desk, go: Callable[[QWidget], None]) -> None:
    desk.act.clicked.connect(lambda: go(desk.act))
    desk.field.setFocus()
    QTest.keyClick(desk.field, Qt.Key.Key_Tab)
    assert desk.act.hasFocus()
    QTest.keyClick(desk.act, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert desk.field.hasFocus()


def test_without_a_field_it_goes_to_the_page(desk: _Desk) -> None:
    desk.act.clicked.connect(desk.act.hide)
    desk.other.setFocus()
    desk.act.setFocus()
    desk.field.hide()
    QTest.keyClick(desk.act, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is desk.page
    QTest.keyClick(desk.page, Qt.Key.Key_Tab)
    assert desk.other.hasFocus(), "from where Tab goes on"
