"""Fields for what nobody else may read: a passphrase with an eye, and the recovery code in its groups."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.text_fields import TextField
from rop_facilitator.gui.widgets.layout.boxes import flow
from rop_facilitator.i18n import _

GROUPS, SIGNS = 14, 4


class SecretField(TextField):
    """Shows dots, keeps out of input memories and is never copied from. The eye (Alt+V) shows what was typed."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText)
        self.setToolTip(_("Show what is typed: {keys}").format(keys="Alt V"))
        self.setMouseTracking(True)
        shortcut = QShortcut(QKeySequence("Alt+V"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.turn)

    def turn(self) -> None:
        """Show what is typed, or dots again."""
        shown = self.is_shown()
        self.setEchoMode(QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal)
        self.update()

    def is_shown(self) -> bool:
        """Whether it can be read now."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def sizeHint(self) -> QSize:
        """Room for the eye as well."""
        self.setTextMargins(0, 0, theme.px(20) + theme.XS, 0)
        return super().sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the eye, or where to write."""
        if self._eye().contains(event.position().toPoint()):
            self.turn()
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over the eye."""
        over = self._eye().contains(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field and its eye."""
        super().paintEvent(event)
        side = theme.px(18)
        eye = self._eye()
        at = QPoint(eye.center().x() - side // 2, eye.center().y() - side // 2)
        QPainter(self).drawPixmap(at, theme.icon_pixmap("hide" if self.is_shown() else "show", "muted", side))

    def _eye(self) -> QRect:
        wide = theme.px(20) + 2 * theme.S
        return QRect(self.width() - wide, 0, wide, self.height())


class _Group(TextField):
    """One group of the code: four signs, then the next; a paste of more goes on in those after it."""

    filled = Signal()
    pasted = Signal(str)
    emptied = Signal()

    def __init__(self, number: int) -> None:
        super().__init__(placeholder=str(number))
        self.number = number
        self.setAccessibleName(_("Group {n} of {count}").format(n=number, count=GROUPS))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.textEdited.connect(self._edited)

    def sizeHint(self) -> QSize:
        """As wide as its signs."""
        wide = self.fontMetrics().horizontalAdvance("W" * SIGNS) + 2 * theme.M + 4
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """No less."""
        return self.sizeHint()

    def _edited(self, text: str) -> None:
        signs = "".join(sign for sign in text.upper() if sign.isalnum())
        if len(signs) > SIGNS:
            self.pasted.emit(signs)
            return
        if signs != text:
            self.setText(signs)
        if len(signs) == SIGNS and self.cursorPosition() == SIGNS:
            self.filled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace in an empty group goes back to the one before; a paste is spread over the groups."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit("".join(sign for sign in QApplication.clipboard().text().upper() if sign.isalnum()))
        else:
            super().keyPressEvent(event)


class CodeField(QWidget):
    """The recovery code in its fourteen groups, as they stand on the paper. One paste fills them all."""

    changed = Signal()
    entered = Signal()  # Enter in a group

    def __init__(self) -> None:
        super().__init__()
        self.groups = [_Group(number) for number in range(1, GROUPS + 1)]
        self.setLayout(flow(*self.groups, gap=theme.S))
        for place, group in enumerate(self.groups):
            group.pasted.connect(lambda signs, place=place: self._spread(place, signs))
            group.filled.connect(lambda place=place: self._go(place + 1))
            group.emptied.connect(lambda place=place: self._go(place - 1))
            group.textChanged.connect(self.changed)
            group.returnPressed.connect(self.entered)
        self.setFocusProxy(self.groups[0])

    def text(self) -> str:
        """The code as it is typed, with hyphens."""
        return "-".join(group.text() for group in self.groups)

    def set_text(self, code: str) -> None:
        """Fill the groups from a code in any form."""
        self._spread(0, "".join(sign for sign in code.upper() if sign.isalnum()))

    def is_full(self) -> bool:
        """Whether each group has its four signs."""
        return all(len(group.text()) == SIGNS for group in self.groups)

    def show_wrong(self, numbers: tuple[int, ...]) -> None:
        """Mark these groups (counted from 1) as wrong, and go to the first of them; none takes the marks away."""
        from rop_facilitator.gui.widgets.layout.boxes import restyle

        for group in self.groups:
            restyle(group, "fault", "true" if group.number in numbers else "false")
        if numbers:
            first = self.groups[numbers[0] - 1]
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            first.selectAll()

    def wrong(self) -> tuple[int, ...]:
        """The groups that are marked."""
        return tuple(group.number for group in self.groups if group.property("fault") == "true")

    def _spread(self, place: int, signs: str) -> None:
        """A whole code fills all from the first group on; a part of one goes on from where it was put."""
        if len(signs) >= GROUPS * SIGNS:
            place = 0
        for offset, group in enumerate(self.groups[place:]):
            part = signs[offset * SIGNS : (offset + 1) * SIGNS]
            if offset and not part:
                break
            group.setText(part)
        self._go(min(place + len(signs) // SIGNS, GROUPS - 1))

    def _go(self, place: int) -> None:
        if 0 <= place < GROUPS:
            self.groups[place].setFocus(Qt.FocusReason.TabFocusReason)
            self.groups[place].end(False)
