"""One line of the plan on the screen: open, today or closed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from rop_facilitator.gui import theme
from rop_facilitator.gui.pages.group_page.plan_rows import PlanRow
from rop_facilitator.gui.widgets import marks
from rop_facilitator.gui.widgets.buttons import draw_focus
from rop_facilitator.i18n import _

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)
# Where the columns begin, and where the hatching of a closed week does, at 100 %.
_WEEK_AT, _DAY_AT, _TITLE_AT = 24, 112, 248


class WeekRow(QAbstractButton):
    """A line that opens: Enter, space or a click shows below it what can be done."""

    def __init__(self, plan: PlanRow) -> None:
        super().__init__()
        self.plan = plan
        self._ring = False
        self.setCheckable(True)
        self.setText(plan.title)
        self.setAccessibleName(f"{plan.week}, {plan.spoken}")
        self.setAccessibleDescription(_("Enter shows what can be done."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """A table row and its hairline."""
        return QSize(theme.px(560), max(theme.px(40), theme.metrics("strong").height() + 2 * theme.S) + 1)

    def minimumSizeHint(self) -> QSize:
        """Long titles may be cut; their tool tips have them whole."""
        return QSize(theme.px(_TITLE_AT + 120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next line, Enter opens it."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._go(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        parent = self.parentWidget()
        rows = parent.findChildren(WeekRow) if parent is not None else []
        shown = sorted((row for row in rows if row.isVisible()), key=lambda row: row.y())
        at = shown.index(self) + step
        if 0 <= at < len(shown):
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)

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
        plan, middle = self.plan, box.height() - 1
        strong = plan.is_today or self.isChecked()
        right = theme.metrics("small").horizontalAdvance(plan.right) + theme.L if plan.right else 0
        self._draw(p, _WEEK_AT, _DAY_AT - _WEEK_AT, plan.week, "small", "muted")
        ink = "muted" if plan.hatched or plan.kind == "held" else "text"
        day = "on_soft" if plan.is_today else ink
        self._draw(p, _DAY_AT, _TITLE_AT - _DAY_AT - 8, plan.day, "strong" if plan.is_today else "body", day)
        left = theme.px(_TITLE_AT)
        room = self.width() - left - right - theme.px(24)
        face = "strong" if strong and not plan.hatched else "body"
        words = theme.metrics(face).elidedText(plan.title, Qt.TextElideMode.ElideRight, room)
        self.setToolTip("" if words == plan.title else plan.title)
        p.setFont(theme.font(face))
        p.setPen(theme.colour(ink))
        p.drawText(QRectF(left, 0, room + 2, middle), _LEFT, words)
        if plan.hatched:
            begin = left + theme.metrics(face).horizontalAdvance(words) + theme.XL
            marks.hatch(p, QRectF(begin, theme.S, self.width() - begin - theme.px(24) - right, middle - 2 * theme.S))
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("warn" if plan.undone else "muted"))
        p.drawText(QRectF(0, 0, self.width() - theme.px(24), middle), _RIGHT, plan.right)
        if self.hasFocus() and self._ring:
            draw_focus(p, box.adjusted(4, 0, -4, -1))

    def _draw_ground(self, p: QPainter, box: QRectF) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        inner = box.adjusted(theme.S, 1, -theme.S, -2)
        if self.plan.is_today or self.isChecked() or self.underMouse():
            p.setBrush(theme.colour("accent_soft" if self.plan.is_today else "hover"))
            p.drawRoundedRect(inner, theme.R_CONTROL, theme.R_CONTROL)
        if self.plan.is_today:
            p.setBrush(theme.colour("accent"))
            p.drawRoundedRect(QRectF(theme.S, theme.S, 3, box.height() - 2 * theme.S - 1), 1.5, 1.5)
        p.fillRect(QRectF(0, box.height() - 1, box.width(), 1), theme.colour("line"))

    def _draw(self, p: QPainter, at: int, width: int, text: str, role: str, ink: str) -> None:
        p.setFont(theme.font(role))
        p.setPen(theme.colour(ink))
        area = QRectF(QPoint(theme.px(at), 0), QSize(theme.px(width), self.height() - 1))
        p.drawText(area, _LEFT, theme.metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, theme.px(width)))
