"""Fields to write and choose in, each with its label above and its help or fault below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.widgets.layout import Image, column, label, restyle, row


class TextField(QLineEdit):
    """One line, with a leading icon for search."""

    def __init__(self, value: str = "", placeholder: str = "", icon: str = "") -> None:
        super().__init__(value)
        self._icon = icon
        self.setPlaceholderText(placeholder)
        self._make_room()

    def _make_room(self) -> None:
        if self._icon:
            self.setTextMargins(theme.px(20) + theme.XS, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """Room for some twenty letters, and for the icon."""
        self._make_room()
        return super().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and its icon."""
        super().paintEvent(event)
        if self._icon:
            side = theme.px(18)
            at = QPoint(theme.M - 1, (self.height() - side) // 2)
            QPainter(self).drawPixmap(at, theme.icon_pixmap(self._icon, "muted", side))


class TextArea(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    changed = Signal()

    def __init__(self, value: str = "", placeholder: str = "", *, lines: int = 4) -> None:
        super().__init__(value)
        self._lines = lines
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As high as the lines it was made for."""
        height = self.fontMetrics().lineSpacing() * self._lines + 2 * theme.S + theme.M
        return QSize(theme.px(280), height)

    def minimumSizeHint(self) -> QSize:
        """Two lines at least."""
        return QSize(theme.px(120), min(self.sizeHint().height(), self.fontMetrics().lineSpacing() * 2 + 2 * theme.M))


def turn_with_focus(widget: QWidget, event: QWheelEvent, turn: Callable[[QWheelEvent], None]) -> None:
    """Let the wheel change a field that has focus; of any other one, the page below scrolls."""
    if widget.hasFocus():
        turn(event)
    else:
        event.ignore()


def draw_chevron(widget: QWidget, *, up: bool = False, middle: float = 0.5, side: int = 18) -> None:
    """A chevron at the right edge, at `middle` of the height: the style sheet takes Fusion's arrow away."""
    side = theme.px(side)
    pixmap = theme.icon_pixmap("chevron-down", "muted", side)
    if up:
        pixmap = pixmap.transformed(QTransform().rotate(180))
    at = QPoint(widget.width() - side - theme.px(8), round(widget.height() * middle - side / 2))
    QPainter(widget).drawPixmap(at, pixmap)


class Choice(QComboBox):
    """One of a list."""

    def __init__(self, names: Sequence[str] = (), current: int = 0) -> None:
        super().__init__()
        self.addItems(list(names))
        if names:
            self.setCurrentIndex(current)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with focus: else a page that scrolls would change what it scrolls over."""
        turn_with_focus(self, event, super().wheelEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field and its chevron."""
        super().paintEvent(event)
        draw_chevron(self)


class Field(QWidget):
    """Label above in bold, help below in muted, and in its place the fault: in red, with what to write instead."""

    def __init__(self, caption: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        self._caption = label(caption, "caption")
        self._caption.setBuddy(control)
        self._icon = Image("warning", "danger", 18)
        self._below = label(hint, "small", "muted")
        if not hint:  # never shown here: without a parent it would be a window for a moment
            self._below.hide()
        self._icon.hide()
        below = row(self._icon, gap=6)
        below.addWidget(self._below, 1)
        inner = column(self._caption, control, below, gap=6)
        if control.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Fixed:
            inner.addStretch(1)
        self.setLayout(inner)
        control.setAccessibleName(caption)
        control.setAccessibleDescription(hint)

    def show_fault(self, fault: str) -> None:
        """Tell what is wrong and what to write instead; "" takes it away and shows the help again."""
        below = fault or self._hint
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self._icon.setVisible(bool(fault))
        restyle(self._below, "tone", "danger" if fault else "muted")
        restyle(self.control, "fault", "true" if fault else "false")
        self.control.setAccessibleDescription(below)

    def fault(self) -> str:
        """What is wrong, or ""."""
        return self._below.text() if self.control.property("fault") == "true" else ""


def field(caption: str, control: QWidget, hint: str = "") -> Field:
    """A control with its label above and help below."""
    return Field(caption, control, hint)


def text_field(value: str = "", placeholder: str = "", icon: str = "") -> TextField:
    """A one-line field, with a leading icon for search."""
    return TextField(value, placeholder, icon)
