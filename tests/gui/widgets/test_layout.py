"""Layouts measure and style what they hold when it is seen, once, and again when it changes."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.text_fields import TextField
from rop_facilitator.gui.widgets.layout.boxes import column, flow, label, panel, restyle, scroll


class Measured(QWidget):
    """Counts how often its size is asked for."""

    asked = 0

    def sizeHint(self) -> QSize:
        self.asked += 1
        return QSize(200, 100)


def show(part: QWidget, qtbot: QtBot) -> QWidget:
    window = panel(column(part), "page")
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    QApplication.processEvents()
    return window


def test_what_scrolls_is_measured_when_it_is_seen(qtbot: QtBot) -> None:
    body = Measured()
    body.setMinimumHeight(4000)
    area = scroll(panel(column(body)))
    tab = panel(column(area))
    assert body.asked == 0
    window = show(tab, qtbot)
    assert body.asked
    assert body.width() == area.viewport().width()
    assert area.verticalScrollBar().maximum() == 4000 - area.viewport().height()
    assert window.isVisible()


def test_what_scrolls_can_get_the_keyboard_before_it_is_seen(qtbot: QtBot) -> None:
    field = TextField("")
    area = scroll(panel(column(field)))
    field.setFocus()
    window = show(area, qtbot)
    assert window.isVisible()
    qtbot.waitUntil(field.hasFocus)


def test_a_wrapping_row_grows_with_its_words(qtbot: QtBot) -> None:
    words = label("Kort")
    window = show(panel(column(flow(words), "stretch")), qtbot)
    before = words.height()
    words.setText("Mange ord på en linje som er for lang. " * 8)
    qtbot.waitUntil(lambda: words.height() > 2 * before)
    window.resize(1200, 400)
    wide = words.height()
    qtbot.waitUntil(lambda: 0 < words.height() <= wide)


def test_a_tone_shows_before_and_after_the_words_are_seen(qtbot: QtBot) -> None:
    words = label("Sju", tone="muted")
    restyle(words, "tone", "danger")
    window = show(words, qtbot)
    assert window.isVisible()
    assert words.palette().color(words.foregroundRole()) == theme.colour("danger")
    restyle(words, "tone", "ok")
    assert words.palette().color(words.foregroundRole()) == theme.colour("ok")
