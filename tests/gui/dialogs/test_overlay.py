"""A card over the page: Tab stays on it, the keyboard comes back, and no page is left under or over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.dialogs.overlay import Overlay
from rop_facilitator.gui.widgets.layout.boxes import card, column, row
from rop_facilitator.gui.widgets.layout.flow import Flow
from rop_facilitator.gui.window.keyboard_focus import tab_stops
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import Meeting
from tests.gui.conftest import Opened, click, key, settle

CTRL = Qt.KeyboardModifier.ControlModifier


def press(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), code, modifier)


def focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def buttons(*names: str) -> list[QPushButton]:
    return [QPushButton(name) for name in names]


def test_tab_goes_through_a_card_in_reading_order(qtbot: QtBot) -> None:
    window = QWidget()
    outside = QPushButton("outside", window)
    d, c, b, a = buttons("d", "c", "b", "a")  # made in another order than they stand
    off = QPushButton("off")
    off.setEnabled(False)
    box = card(row(a, off, b), column(c), row(d), width=300)
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    outside.setFocus()
    overlay = Overlay(window, box)
    assert tab_stops(box) == [a, b, c, d]
    a.setFocus()
    seen = []
    for _step in range(5):
        press(Qt.Key.Key_Tab)
        seen.append(focus())
    assert seen == [b, c, d, a, b]
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focus() is d
    overlay.finish()
    assert focus() is outside


def test_a_card_tells_once_that_it_is_over(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    overlay, over = Overlay(window, card(QPushButton("x"), width=100)), []
    overlay.finished.connect(lambda: over.append(1))
    overlay.finish()
    overlay.finish()
    assert over == [1]


def test_a_card_closes_when_its_page_was_made_anew(window_on: Opened, records: Path) -> None:
    """What had the keyboard before is gone: the page gives it to what comes first."""
    window = window_on(records)
    key(window, Qt.Key.Key_F1)
    before = window.page
    window.page.reload()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press(Qt.Key.Key_Escape)
    assert window.overlay is None
    assert window.page is before
    assert before.isAncestorOf(focus())


def test_a_page_that_opens_takes_the_card_away(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    for open_card in (Qt.Key.Key_F1, Qt.Key.Key_K):
        key(window, open_card, CTRL if open_card == Qt.Key.Key_K else Qt.KeyboardModifier.NoModifier)
        assert window.overlay is not None
        window.go("library")
        assert window.overlay is None
        assert [part for part in window.findChildren(Overlay) if part.isVisible()] == []
        window.go("settings")
    key(window, Qt.Key.Key_F1)
    assert window.overlay is not None


def test_other_colours_take_the_card_away_too(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    key(window, Qt.Key.Key_F1)
    window.context.change_settings(theme="dark")
    assert window.overlay is None
    key(window, Qt.Key.Key_F1)
    assert window.overlay is not None


def test_the_way_through_a_meeting_that_took_the_window_down(window_on: Opened, records: Path) -> None:
    """Carry the rest over, look at the keys, and say what became of the session."""
    window = window_on(records)
    with window.context.read() as db:
        past = db.query(Meeting).filter(Meeting.state.in_(GOING), Meeting.on <= window.context.today())
        meeting = past.order_by(-Meeting.id).first()
    assert meeting is not None
    window.go("meeting", meeting.group_id, meeting.id)
    for words in ("Ta den neste gang", "Gjennomført", "Ta den neste gang", "Gjør det", "Gjennomført", "Gjør det"):
        window.page.end()
        settle(window)
        press_words(window, words)
        for _turn in range(2):
            key(window, Qt.Key.Key_Question)
            QTest.keyClick(focus(), Qt.Key.Key_Tab)
            press(Qt.Key.Key_Escape)
            settle(window)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window.resize(1100 if window.width() == 1280 else 1280, 800)
        settle(window)
    assert window.isVisible()


def press_words(window: MainWindow, words: str) -> None:
    """Press the first button that says so, if it is there."""
    from PySide6.QtWidgets import QAbstractButton

    for button in window.page.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and button.text() == words:
            click(button)
            return


def test_a_wrapping_row_keeps_items_of_its_own(qtbot: QtBot) -> None:
    """What Qt's `addWidget` makes belongs to Qt, and may be taken for dead by PySide."""
    outer, flow = QWidget(), Flow()
    qtbot.addWidget(outer)
    part = QPushButton("x")
    flow.add(part)
    outer.setLayout(flow)
    assert flow.itemAt(0) is flow._items[0]
    assert flow.sizeHint() == part.sizeHint()
    flow.removeWidget(part)
    assert flow.count() == 0
    assert part.parentWidget() is outer
