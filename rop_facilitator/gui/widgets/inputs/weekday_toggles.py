"""The weekdays as seven buttons that stay down."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import by_keyboard, draw_focus
from rop_facilitator.gui.widgets.layout.boxes import flow
from rop_facilitator.i18n import weekday_name

_MONDAY = date(2026, 1, 5)


class _DayToggle(QAbstractButton):
    """One weekday; chosen is ground, edge and bold, and a bar at the foot."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._ring = False
        self.setText(name[:3])
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Alike for all seven."""
        return QSize(theme.metrics("strong").horizontalAdvance("mmm") + theme.px(theme.M), theme.control_height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is like space; arrows are the row's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = by_keyboard(event, self._ring)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, ground, word, bar."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, box, radius = self.isChecked(), QRectF(self.rect()), float(theme.R_CONTROL)
        if self.hasFocus() and self._ring:
            box, radius = draw_focus(p, box), radius - 3
        live = self.isEnabled()
        p.setPen(QPen(theme.colour("line" if not live else "accent" if on else "border"), 1.4 if on else 1))
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        p.setBrush(theme.colour(ground if live else "sunken"))
        p.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        if on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent" if live else "border"))
            p.drawRoundedRect(QRectF(box.left() + 10, box.bottom() - 5, box.width() - 20, 3), 1.5, 1.5)
        p.setFont(theme.font("strong" if on else "body"))
        p.setPen(theme.colour("muted" if not live else "on_soft" if on else "text"))
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())


class DayToggles(QWidget):
    """The weekdays of a group: space or Enter chooses, arrows go to the next."""

    changed = Signal()

    def __init__(self, chosen: tuple[int, ...] = ()) -> None:
        """`chosen` 0 (Monday) to 6."""
        super().__init__()
        self.days = [_DayToggle(weekday_name(_MONDAY + timedelta(days=n))) for n in range(7)]
        for n, day in enumerate(self.days):
            day.setChecked(n in chosen)
            day.toggled.connect(self._toggled)
        self.setLayout(flow(*self.days, gap=6))
        self.setFocusProxy(self.days[0])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def chosen(self) -> tuple[int, ...]:
        """The chosen days, 0 (Monday) to 6."""
        return tuple(n for n, day in enumerate(self.days) if day.isChecked())

    def choose(self, chosen: tuple[int, ...]) -> None:
        """Choose these and no others."""
        for n, day in enumerate(self.days):
            day.setChecked(n in chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        at = next((n for n, day in enumerate(self.days) if day.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
        else:
            self.days[(at + step) % 7].setFocus(Qt.FocusReason.TabFocusReason)

    def _toggled(self, _on: bool) -> None:
        self.changed.emit()
