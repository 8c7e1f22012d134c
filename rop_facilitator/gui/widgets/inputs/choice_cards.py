"""One of a few, each with its reason: a card with a ring or an icon, a name, a second line and a word at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import draw_focus

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class Radio(QRadioButton):
    """What is chosen stays so when it is pressed again, also where it stands alone: Qt would take that back."""

    def nextCheckState(self) -> None:
        """A click or the space bar chooses."""
        self.setChecked(True)


class Pick(Radio):
    """A radio button to keyboard and screen reader. Arrows choose, Enter does what the page is for."""

    entered = Signal()

    def __init__(self, name: str, second: str, right: str = "", *, spoken: str = "", icon: str = "") -> None:
        """With an `icon`, which stands above the words in place of the ring, several fit beside each other."""
        super().__init__()
        self._name, self._second, self._right, self._icon = name, second, right, icon
        self.setAccessibleName(spoken or ", ".join(filter(None, (name, second, right))))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        down = QSizePolicy.Policy.MinimumExpanding if icon else QSizePolicy.Policy.Fixed  # as high as those beside it
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, down)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def name(self) -> str:
        """The first line."""
        return self._name

    def second(self) -> str:
        """The second line."""
        return self._second

    def show_second(self, text: str) -> None:
        """Another second line, which may be higher."""
        self._second = text
        self.setAccessibleName(", ".join(filter(None, (self._name, text, self._right))))
        self.updateGeometry()
        self.update()

    def right(self) -> str:
        """The word at the right."""
        return self._right

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does; all else as a radio button does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setChecked(True)
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Wide enough for some thirty letters; it takes what there is."""
        wide = theme.px(180 if self._icon else 420)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Narrower wraps; the layout asks how high that makes it."""
        return QSize(theme.px(120 if self._icon else 200), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Both lines, wrapped, and the air around them."""
        return round(self._words(width)[1].bottom()) + theme.px(14 if self._icon else 9)

    def _left(self) -> int:
        return theme.L if self._icon else theme.px(22) + 2 * theme.M

    def _room(self) -> int:
        return theme.metrics("body").horizontalAdvance(self._right) + 2 * theme.L if self._right else theme.L

    def _words(self, width: int) -> tuple[QRectF, QRectF]:
        """Where the two lines stand in this width."""
        room = QRectF(0, 0, max(width - self._left() - self._room(), theme.px(60)), 10_000)
        name = QRectF(theme.metrics("strong").boundingRect(room.toRect(), _WRAP, self._name))
        second = QRectF(theme.metrics("small").boundingRect(room.toRect(), _WRAP, self._second))
        top = theme.px(14) + theme.px(20) + theme.S if self._icon else theme.px(9)
        return (
            QRectF(self._left(), top, room.width(), name.height()),
            QRectF(self._left(), top + name.height() + 2, room.width(), second.height()),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and edge, ring, words."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, box = self.isChecked(), QRectF(self.rect())
        if self.hasFocus():
            box = draw_focus(p, box, theme.R_CONTROL)
        p.setPen(QPen(theme.colour("accent" if on else "border" if self._icon else "line"), 2 if on else 1))
        p.setBrush(theme.colour("accent_soft" if on else "hover" if self.underMouse() else "surface"))
        p.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.R_CONTROL, theme.R_CONTROL)
        name, second = self._words(self.width())
        if self._icon:
            at = QPoint(theme.L, theme.px(14))
            p.drawPixmap(at, theme.icon_pixmap(self._icon, "on_soft" if on else "accent", theme.px(20)))
        else:
            self._draw_ring(p, name.top() - 1, on=on)
        p.setFont(theme.font("strong"))
        p.setPen(theme.colour("on_soft" if on else "text"))
        p.drawText(name, _WRAP, self._name)
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("on_soft" if on else "muted"))
        p.drawText(second, _WRAP, self._second)
        p.setFont(theme.font("body"))
        right = QRectF(0, 0, self.width() - theme.L, self.height())
        p.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._right)

    def _draw_ring(self, p: QPainter, top: float, *, on: bool) -> None:
        side = theme.px(20)
        ring = QRectF(theme.M + 2, top, side, side)
        p.setPen(QPen(theme.colour("accent" if on else "border"), 1.6))
        p.setBrush(theme.colour("surface"))
        p.drawEllipse(ring)
        if on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent"))
            p.drawEllipse(ring.adjusted(side / 4, side / 4, -side / 4, -side / 4))
