"""Fields to write and choose in, each with its label above and its help or fault below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.layout.boxes import Image, column, label, panel, restyle, row
from rop_facilitator.gui.widgets.layout.flow import Flow, flow


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


class TypedField(TextField):
    """One line that is read at each key. What was understood stands below it; the last valid value stays until then."""

    changed = Signal()  # at a key: another value is understood, or another fault
    taken = Signal()  # Enter, or the field was left, with a valid value that is another than before
    verdict_changed = Signal()

    def __init__(self, value: object = None, *, optional: bool = False, placeholder: str = "") -> None:
        """With `optional` the field may be empty, and its value is None then."""
        super().__init__("", placeholder)
        self._optional, self._touched = optional, False
        self._value = self._taken = value
        self._words = self._fault = ""
        self.textChanged.connect(self._read_text)
        self.set_value(value)
        self.textEdited.connect(self._edited)
        self.returnPressed.connect(self.take)

    def read(self, text: str) -> tuple[object, str]:
        """The value of a text and the words that say so. Raises UserError that says what to write."""
        raise NotImplementedError

    def written(self, value: object) -> str:
        """A value as it stands in the field."""
        raise NotImplementedError

    def current(self) -> object:
        """The last value that was valid; None where the field is empty and may be."""
        return self._value

    def fault(self) -> str:
        """What is wrong with what stands in the field, and what to write instead; "" when it is valid."""
        return self._fault

    def verdict(self) -> tuple[str, str]:
        """The words for what was understood, and the fault as it is to be shown: not before something was typed."""
        return self._words, self._fault if self._touched or self.text() else ""

    def set_value(self, value: object) -> None:
        """Put a value into the field; it counts as taken."""
        self._taken = value
        self._touched = False
        text = "" if value is None else self.written(value)
        if text == self.text():
            self._read_text()
        else:
            self.setText(text)

    def read_again(self) -> None:
        """Read what stands there once more: the day or the limits are others now."""
        self._read_text()

    def take(self) -> None:
        """Take what stands in the field, if it is valid, and write it as the program does."""
        if self._fault:
            return
        text = "" if self._value is None else self.written(self._value)
        if text != self.text():
            self.setText(text)
        if self._value != self._taken:
            self._taken = self._value
            self.taken.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field takes what stands there; a menu or a calendar over it is not leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.take()

    def _edited(self, _text: str) -> None:
        self._touched = True

    def _read_text(self, _text: str = "") -> None:
        before = (self._value, self._fault, self._words)
        text = self.text().strip()
        try:
            value, self._words = (None, "") if self._optional and not text else self.read(text)
            self._value, self._fault = value, ""
        except UserError as fault:
            self._words, self._fault = "", str(fault)
        self.verdict_changed.emit()
        if (self._value, self._fault) != before[:2]:
            self.changed.emit()


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


class LabelledField(QWidget):
    """Label above in bold, help below in muted, and in its place what was understood, or the fault in red."""

    def __init__(self, caption: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._hint, self._fault = hint, ""
        self._caption = label(caption, "caption")
        self._caption.setBuddy(control)
        self._icon = Image("warning", "danger", 18)
        self._below = label(hint, "small", "muted")
        self._icon.hide()
        below = row(self._icon, gap=6)
        below.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        self._foot = panel(
            below
        )  # a widget, for an empty row in its place would keep the whole as narrow as its caption
        if not hint:  # never shown here: without a parent it would be a window for a moment
            self._foot.hide()
        inner = column(self._caption, control, self._foot, gap=6)
        if control.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Fixed:
            inner.addStretch(1)
        self.setLayout(inner)
        control.setAccessibleName(caption)
        control.setAccessibleDescription(hint)
        if isinstance(control, TypedField):
            self._below.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no wider while typing
            control.verdict_changed.connect(self._show_below)
            self._show_below()

    def show_fault(self, fault: str) -> None:
        """Tell what is wrong and what to write instead; "" takes it away and shows the help again."""
        self._fault = fault
        self._show_below()

    def _show_below(self) -> None:
        words, misread = self.control.verdict() if isinstance(self.control, TypedField) else ("", "")
        fault = misread or self._fault
        below = fault or words or self._hint
        self._below.setText(below)
        self._foot.setVisible(bool(below))
        self._icon.show_icon("warning" if fault else "check", "danger" if fault else "ok")
        self._icon.setVisible(bool(fault or words))
        restyle(self._below, "tone", "danger" if fault else "ok" if words else "muted")
        restyle(self.control, "fault", "true" if fault else "false")
        self.control.setAccessibleDescription(below)

    def fault(self) -> str:
        """What is wrong, or ""."""
        return self._below.text() if self.control.property("fault") == "true" else ""


def field(caption: str, control: QWidget, hint: str = "") -> LabelledField:
    """A control with its label above and help below."""
    return LabelledField(caption, control, hint)


def field_row(*fields: QWidget, gap: int = theme.L) -> Flow:
    """Fields side by side that wrap where room is short; their captions stand on one line."""
    whole = flow(*fields, gap=gap)
    for part in fields:
        whole.setAlignment(part, Qt.AlignmentFlag.AlignTop)
    return whole


def text_field(value: str = "", placeholder: str = "", icon: str = "") -> TextField:
    """A one-line field, with a leading icon for search."""
    return TextField(value, placeholder, icon)
