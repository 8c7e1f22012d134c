"""One line of the plan on the screen: open, today or closed. What stands on it can be dragged to another line."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import draw_focus
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.i18n import _, pgettext
from rop_facilitator.records.plan.plan_rows import PlanRow

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)
# Where the columns begin, and where the hatching of a closed week does, at 100 %.
_WEEK_AT, _DAY_AT, _TITLE_AT = 24, 112, 248
_LEAST_TITLE = 240  # a title with less room than this goes on a line of its own

Drop = Literal["", "above", "into", "below"]


class WeekRow(QAbstractButton):
    """A line that opens: Enter, space or a click shows below it what can be done."""

    shifted = Signal(int)  # -1 one meeting earlier, 1 later
    dragged = Signal(QPoint)  # on the screen
    dropped = Signal(QPoint)
    drag_ended = Signal()

    def __init__(self, plan: PlanRow, *, opens: bool = True) -> None:
        """A row that does not `open` can be read and gone through all the same."""
        super().__init__()
        self.plan, self._opens = plan, opens
        self._ring = False
        self._drop: Drop = ""
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self.setCheckable(True)
        self.setText(plan.title)
        self.setAccessibleName(f"{plan.week}, {plan.spoken}")
        keys = _("Alt and an arrow move it one meeting earlier or later.") if plan.keys else ""
        self.setAccessibleDescription(f"{_('Enter shows what can be done.')} {keys}".rstrip() if opens else "")
        self._show_pointer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _line(self) -> int:
        return max(theme.px(40), theme.metrics("strong").height() + 2 * theme.S)

    def _two_lines(self, width: int) -> bool:
        """Whether the title goes below the day: at large text in a narrow window."""
        return width < theme.px(_TITLE_AT + _LEAST_TITLE)

    def sizeHint(self) -> QSize:
        """A table row and its hairline."""
        return QSize(theme.px(_TITLE_AT + _LEAST_TITLE), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Long titles may be cut; their tool tips have them whole."""
        return QSize(theme.px(_DAY_AT + 100), self._line())

    def hasHeightForWidth(self) -> bool:
        """Narrow rows have two lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line, or two where the title has no room beside the day."""
        return self._line() + 1 + (theme.metrics("strong").height() if self._two_lines(width) else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width can mean two lines in place of one, and so another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next line, with Alt they move the session; Enter opens the line."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shifted.emit(step)
        elif step is not None:
            self._go(step)
        elif event.key() == Qt.Key.Key_Escape and self._dragging:
            self._end_drag()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        parent = self.parentWidget()
        rows = parent.findChildren(WeekRow) if parent is not None else []
        # As they stand: children come in the order in which they were made.
        shown = sorted((row for row in rows if row.isVisible()), key=lambda row: row.y())
        at = shown.index(self) + step
        if 0 <= at < len(shown):
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)

    # -- dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin here."""
        # Only what can still be moved is dragged.
        self._pressed_at = event.position().toPoint() if self.plan.keys else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough, and it is a drag and no click any more."""
        here = event.position().toPoint()
        far = QApplication.startDragDistance()
        if self._pressed_at is not None and (self._dragging or (here - self._pressed_at).manhattanLength() >= far):
            if not self._dragging:
                self._dragging = True
                self.setDown(False)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(event.globalPosition().toPoint())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of what was dragged."""
        if self._dragging:
            at = event.globalPosition().toPoint()
            self._end_drag()
            # Qt hears nothing of this release: it would be a click, and open the row.
            self.dropped.emit(at)
        else:
            self._pressed_at = None
            super().mouseReleaseEvent(event)

    def _end_drag(self) -> None:
        self._dragging, self._pressed_at = False, None
        self.setDown(False)
        self._show_pointer()
        self.drag_ended.emit()

    def _show_pointer(self) -> None:
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._opens else Qt.CursorShape.ArrowCursor)

    def show_drop(self, where: Drop) -> None:
        """Show what would happen if it were let go here."""
        if where != self._drop:
            self._drop = where
            self.update()

    # -- painting

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = event.reason() not in _MOUSE
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, hatching, week, day, title, and what is at the right."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        self._draw_ground(p, box)
        plan, two, line = self.plan, self._two_lines(self.width()), float(self._line())
        right = float(theme.metrics("small").horizontalAdvance(plan.right) + theme.L if plan.right else 0)
        if plan.outline:
            right += self._draw_outline(p, self.width() - theme.px(24) - right, line)
        ink = "muted" if plan.hatched or plan.outline or (plan.kind == "held" and not plan.is_today) else "text"
        self._draw(p, QRectF(theme.px(_WEEK_AT), 0, theme.px(_DAY_AT - _WEEK_AT), line), plan.week, "small", "muted")
        day = QRectF(theme.px(_DAY_AT), 0, theme.px(_TITLE_AT - _DAY_AT) - theme.S, line)
        if two:
            day.setRight(self.width() - theme.px(24) - right)
        self._draw(p, day, plan.day, "strong" if plan.is_today else "body", "on_soft" if plan.is_today else ink)
        title = QRectF(theme.px(_TITLE_AT), 0, self.width() - theme.px(_TITLE_AT + 24) - right, line)
        if two:
            below = theme.metrics("strong").height()
            title = QRectF(theme.px(_DAY_AT), line - theme.S, self.width() - theme.px(_DAY_AT + 24), below)
        face = "strong" if (plan.is_today or self.isChecked()) and not plan.hatched else "body"
        end = self._draw(p, title, plan.title, face, ink)
        if plan.hatched:
            inset = theme.S if not two else 2
            begin = end + theme.L
            mark_styles.hatch(p, QRectF(begin, title.top() + inset, title.right() - begin, title.height() - 2 * inset))
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("warn" if plan.undone else "muted"))
        p.drawText(QRectF(0, 0, self.width() - theme.px(24), line), _RIGHT, plan.right)
        if self.hasFocus() and self._ring:
            draw_focus(p, box.adjusted(4, 0, -4, -1))
        self._draw_drop(p, box)

    def _draw_outline(self, p: QPainter, right: float, line: float) -> float:
        """The badge of a session that is not written, ending at `right`; gives back the room that it takes."""
        words = pgettext("session", "outline")
        wide = theme.metrics("small").horizontalAdvance(words) + theme.px(20)
        high = min(max(theme.px(24), theme.metrics("small").height() + 6), line - 4)
        box = QRectF(right - wide, (line - high) / 2, wide, high)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.soft("warn"))
        p.drawRoundedRect(box, high / 2, high / 2)
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("warn"))
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return wide + theme.M

    def _draw_drop(self, p: QPainter, box: QRectF) -> None:
        """A bar between the lines where it would get a meeting of its own, a frame where it would join this one."""
        if self._drop == "into":
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
            p.drawRoundedRect(box.adjusted(6, 2, -6, -3), theme.R_CONTROL, theme.R_CONTROL)
        elif self._drop:
            y = 0.0 if self._drop == "above" else box.height() - 4
            p.fillRect(QRectF(theme.S, y, box.width() - 2 * theme.S, 4), theme.colour("accent"))

    def _draw_ground(self, p: QPainter, box: QRectF) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        inner = box.adjusted(theme.S, 1, -theme.S, -2)
        if self.plan.is_today or self.isChecked() or (self.underMouse() and self._opens):
            p.setBrush(theme.colour("accent_soft" if self.plan.is_today else "hover"))
            p.drawRoundedRect(inner, theme.R_CONTROL, theme.R_CONTROL)
        if self.plan.is_today:
            p.setBrush(theme.colour("accent"))
            p.drawRoundedRect(QRectF(theme.S, theme.S, 3, box.height() - 2 * theme.S - 1), 1.5, 1.5)
        p.fillRect(QRectF(0, box.height() - 1, box.width(), 1), theme.colour("line"))

    def _draw(self, p: QPainter, box: QRectF, text: str, role: str, ink: str) -> float:
        """Words in a box, cut where room is short; give back where they end."""
        words = theme.metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, round(box.width()))
        if text == self.plan.title:
            self.setToolTip("" if words == text else text)
        p.setFont(theme.font(role))
        p.setPen(theme.colour(ink))
        p.drawText(box.adjusted(0, 0, 2, 0), _LEFT, words)
        return box.left() + theme.metrics(role).horizontalAdvance(words)
