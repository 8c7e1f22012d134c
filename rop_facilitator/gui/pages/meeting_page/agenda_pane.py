"""The left pane of a meeting: the steps with their clock times, and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button, KeyCap, draw_focus
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, panel, scroll
from rop_facilitator.i18n import _, clock
from rop_facilitator.planning.agenda_times import Stop, minutes_left, part_done

_WIDEST = time(20, 58)  # no time is wider: the names of the steps begin on one line at any hour
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


class StepRow(QAbstractButton):
    """A step: clock time, name, minutes. Done has a tick; now has bar, ground and what is left in words."""

    def __init__(self, stop: Stop) -> None:
        super().__init__()
        self.stop = stop
        self._state, self._now, self._live, self._ring = "", stop.start, False, False
        self._shown: tuple[object, ...] = ()
        self.setText(stop.step.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_state(self, state: str, now: datetime, *, live: bool) -> None:
        """`state` is "done", "now" or ""; `live` says that the clock is running, so that what is left is told."""
        grows = (state == "now" and live) != (self._state == "now" and self._live)
        self._state, self._now, self._live = state, now, live
        words = {"done": _("done"), "now": _("now")}.get(state, "")
        parts = [clock(self.stop.start.time()), self.text(), self._right_words(), words]
        shown = (*filter(None, parts), part_done(self.stop, now) if state == "now" and live else 0.0)
        # Asked every second while a meeting is on: nothing new is painted, or told to a screen reader, in vain.
        if shown == self._shown:
            return
        self._shown = shown
        self.setAccessibleName(", ".join(filter(None, parts)))
        if grows:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Higher while it goes on: the bar has room of its own."""
        height = max(theme.px(44), theme.metrics("strong").height() + 2 * theme.M)
        if self._state == "now" and self._live:
            height += theme.px(24)
        return QSize(theme.px(theme.AGENDA) - 2 * theme.M, height)

    def minimumSizeHint(self) -> QSize:
        """A long title may be cut; its tool tip has it whole."""
        return QSize(theme.px(140), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks, as space does: the meeting goes to the step."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = event.reason() not in _MOUSE
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar, clock, name, and what is at the right."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self._state == "now"
        if on or self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent_soft" if on else "hover"))
            p.drawRoundedRect(QRectF(self.rect()), theme.R_CONTROL, theme.R_CONTROL)
        if on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent"))
            p.drawRoundedRect(QRectF(0, theme.S, 3, self.height() - 2 * theme.S), 1.5, 1.5)
        line = self.height() - (theme.px(24) if on and self._live else 0)
        self._draw_words(p, line)
        if on and self._live:
            self._draw_bar(p, line)
        if self.hasFocus() and self._ring:
            draw_focus(p, QRectF(self.rect()))

    def _draw_words(self, p: QPainter, line: int) -> None:
        on, done = self._state == "now", self._state == "done"
        p.setFont(theme.font("caption" if on else "small"))
        p.setPen(theme.colour("on_soft" if on else "muted"))
        p.drawText(QRectF(theme.M, 0, self._left(), line), _MIDDLE, clock(self.stop.start.time()))
        right = self._draw_right(p, line)
        p.setFont(theme.font("strong" if on else "body"))
        p.setPen(theme.colour("on_soft" if on else "muted" if done else "text"))
        space = self.width() - self._left() - right
        words = p.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, space)
        self.setToolTip("" if words == self.text() else self.text())
        p.drawText(QRectF(self._left(), 0, space + 2, line), _MIDDLE, words)

    def _draw_right(self, p: QPainter, line: int) -> int:
        """Paint what stands at the right, and give back how wide it is with its margins."""
        if self._state == "done":
            side = theme.px(16)
            at = QPoint(self.width() - side - theme.M, (line - side) // 2)
            p.drawPixmap(at, theme.icon_pixmap("check", "ok", side))
            return side + 2 * theme.M
        words = self._right_words()
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("on_soft" if self._state == "now" else "muted"))
        box = QRectF(0, 0, self.width() - theme.M, line)
        p.drawText(box, _MIDDLE | Qt.AlignmentFlag.AlignRight, words)
        return theme.metrics("small").horizontalAdvance(words) + 2 * theme.M

    def _right_words(self) -> str:
        if self._state == "done":
            return ""
        if self._state != "now" or not self._live:
            return str(self.stop.step.minutes)
        left = minutes_left(self.stop, self._now)
        return _("{n} left").format(n=left) if left >= 0 else _("{n} over").format(n=-left)

    def _draw_bar(self, p: QPainter, line: int) -> None:
        thick = theme.px(6)
        box = QRectF(self._left(), line - theme.XS, self.width() - self._left() - theme.L, thick)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.colour("surface"))
        p.drawRoundedRect(box, thick / 2, thick / 2)
        box.setWidth(box.width() * part_done(self.stop, self._now))
        p.setBrush(theme.colour("accent"))
        p.drawRoundedRect(box, thick / 2, thick / 2)

    def _left(self) -> int:
        return theme.M + theme.metrics("caption").horizontalAdvance(clock(_WIDEST)) + theme.M


class AgendaPane(Area):
    """The steps; a click goes to one, Ctrl+↓ and Ctrl+↑ to the next and the one before."""

    chosen = Signal(int)
    carry_over = Signal()

    def __init__(self) -> None:
        inner = column(gap=theme.S, edge=(theme.M, theme.L, theme.M, theme.L))
        super().__init__(inner, "sidebar", theme.AGENDA)
        self._rows: list[StepRow] = []
        self._now = -1
        self._list = column(gap=2)
        self.next = Button(_("Next step"), "primary", "chevron-right", "Ctrl+↓")
        self._later = Button(_("Take the rest next time"), "link", "later")
        self._later.clicked.connect(self.carry_over)
        self._key = KeyCap("Ctrl ↓")
        self._foot = panel(column(flow(self.next, self._key, gap=theme.M), self._later, gap=theme.XS))
        body = panel(self._list)
        self._scroll = scroll(body)
        inner.addWidget(self._scroll, 1)
        inner.addWidget(self._foot)
        self.setAccessibleName(_("Agenda"))

    def minimumSizeHint(self) -> QSize:
        """Narrower than this the titles say nothing."""
        return QSize(theme.px(200), super().minimumSizeHint().height())

    def show_stops(self, stops: Sequence[Stop]) -> None:
        """Show an agenda: a row for each step, none of them current yet."""
        clear(self._list)
        self._rows = [StepRow(stop) for stop in stops]
        for index, step_row in enumerate(self._rows):
            step_row.clicked.connect(partial(self.chosen.emit, index))
            self._list.addWidget(step_row)
        self._list.addStretch(1)
        self._foot.setVisible(bool(stops))

    def show_now(self, index: int, now: datetime, *, live: bool, held: bool, follow: bool = True) -> None:
        """Mark the step that the meeting is at, and scroll there if the list should `follow`.

        `held` says that what is not reached can be taken next time.
        """
        for at, step_row in enumerate(self._rows):
            state = "now" if at == index else "done" if at < index and (live or held) else ""
            step_row.show_state(state, now, live=live)
        for part in (self.next, self._key):
            part.setVisible(index + 1 < len(self._rows))
        self._later.setVisible(held)
        self._now = index
        if follow:
            self.follow()

    def follow(self) -> None:
        """Scroll to the step that the meeting is at; before the list is first shown there is nothing to scroll."""
        if 0 <= self._now < len(self._rows) and self._scroll.widget() is not None:
            self._scroll.ensureWidgetVisible(self._rows[self._now], 0, theme.XL)
