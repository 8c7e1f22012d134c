"""A card over the page for a moment; Esc, or a click beside it, takes it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.window.keyboard_focus import can_take_focus, tab_stops

_TOP = 72


class Overlay(QWidget):
    """Covers the window with a veil; the keyboard goes back to where it was afterwards."""

    finished = Signal()

    def __init__(self, window: QWidget, card: QWidget) -> None:
        super().__init__(window)
        self._card = card
        self._before = QApplication.focusWidget()
        self._over = False
        card.setParent(self)
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def finish(self) -> None:
        """Take it away; `finished` tells once, when the keyboard is back where it was, if that is still there."""
        if self._over:
            return
        self._over = True
        if self._before is not None and can_take_focus(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()
        self.finished.emit()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.resize(window.size())
        wide = min(self._card.sizeHint().width(), self.width() - 2 * theme.L)
        tall = self._card.heightForWidth(wide) if self._card.hasHeightForWidth() else self._card.sizeHint().height()
        top = min(theme.px(_TOP), self.height() // 10)
        self._card.resize(wide, min(tall, self.height() - top - theme.L))
        self._card.move((self.width() - wide) // 2, top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The veil covers the window also when that gets another size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the card away; every other key is the card's."""
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card takes it away."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.finish()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays on the card while it is there."""
        stops = tab_stops(self._card)
        if not stops:
            return True
        focus = QApplication.focusWidget()
        at = stops.index(focus) if focus in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil, so that the page behind is seen but not read."""
        veil = QColor(theme.colour("sidebar"))
        veil.setAlpha(190)
        QPainter(self).fillRect(self.rect(), veil)
