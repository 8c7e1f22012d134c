"""One of a few, each with its reason: a card with a ring, a name, a second line and a word at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from rop_facilitator.gui import theme
from rop_facilitator.gui.widgets.buttons import draw_focus

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class Pick(QRadioButton):
    """A radio button to keyboard and screen reader. Arrows choose, Enter does what the page is for."""

    entered = Signal()

    def __init__(self, name: str, second: str, right: str = "", *, spoken: str = "") -> None:
        super().__init__()
        self._name, self._second, self._right = name, second, right
        self.setAccessibleName(spoken or ", ".join(filter(None, (name, second, right))))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def name(self) -> str:
        """The first line."""
        return self._name

    def second(self) -> str:
        """The second line."""
        return self._second

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
        wide = theme.px(420)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Narrower wraps; the layout asks how high that makes it."""
        return QSize(theme.px(200), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Both lines, wrapped, and the air around them."""
        name, second = self._words(width)
        return round(2 * theme.px(9) + name.height() + second.height() + 2)

    def _left(self) -> int:
        return theme.px(22) + 2 * theme.M

    def _room(self) -> int:
        return theme.metrics("body").horizontalAdvance(self._right) + 2 * theme.L if self._right else theme.L

    def _words(self, width: int) -> tuple[QRectF, QRectF]:
        """Where the two lines stand in this width."""
        room = QRectF(0, 0, max(width - self._left() - self._room(), theme.px(60)), 10_000)
        name = QRectF(theme.metrics("strong").boundingRect(room.toRect(), _WRAP, self._name))
        second = QRectF(theme.metrics("small").boundingRect(room.toRect(), _WRAP, self._second))
        top = theme.px(9)
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
        p.setPen(QPen(theme.colour("accent" if on else "line"), 2 if on else 1))
        p.setBrush(theme.colour("accent_soft" if on else "surface"))
        p.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.R_CONTROL, theme.R_CONTROL)
        name, second = self._words(self.width())
        side = theme.px(20)
        ring = QRectF(theme.M + 2, name.top() - 1, side, side)
        p.setPen(QPen(theme.colour("accent" if on else "border"), 1.6))
        p.setBrush(theme.colour("surface"))
        p.drawEllipse(ring)
        if on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent"))
            p.drawEllipse(ring.adjusted(side / 4, side / 4, -side / 4, -side / 4))
        p.setFont(theme.font("strong"))
        p.setPen(theme.colour("on_soft" if on else "text"))
        p.drawText(name, _WRAP, self._name)
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("on_soft" if on else "muted"))
        p.drawText(second, _WRAP, self._second)
        p.setFont(theme.font("body"))
        right = QRectF(0, 0, self.width() - theme.L, self.height())
        p.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._right)
