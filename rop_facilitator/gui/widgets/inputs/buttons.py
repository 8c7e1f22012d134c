"""Buttons and key caps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QSizePolicy, QToolTip, QWidget

from rop_facilitator.gui.style import theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
KINDS = ("primary", "plain", "quiet", "link", "danger", "toast")


def draw_focus(p: QPainter, box: QRectF, radius: float = theme.R_CONTROL) -> QRectF:
    """Paint the focus ring at the edge of `box`; give back what is left for the control, so that nothing jumps."""
    p.setPen(QPen(theme.colour("accent"), 2))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
    return box.adjusted(4, 4, -4, -4)


def by_keyboard(event: QFocusEvent, before: bool) -> bool:
    """Whether to show the ring: not after a click, and as `before` when the window or a menu only was away."""
    if event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
        return before
    return event.reason() != Qt.FocusReason.MouseFocusReason


def click_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Click a button that has the keyboard when Enter is pressed: once, however long the key is down."""
    if event.key() not in ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if not event.isAutoRepeat():
        button.click()
    event.accept()
    return True


def spoken_keys(keys: str) -> str:
    """Keys as they stand in a tool tip: "Ctrl+P" is "Ctrl P"."""
    return keys.replace("+", " ")


class Button(QPushButton):
    """primary: one a page. plain: the rest. quiet: in rows and bars. danger: only where data is lost.

    A link is a quiet one whose words begin where the text above them does.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "plain",
        icon: str = "",
        keys: str = "",
        *,
        small: bool = False,
        name: str = "",
        clicked: Callable[[], None] | None = None,
    ) -> None:
        """`keys` is told in the tool tip (the page owns the shortcut); a button without text must have a `name`."""
        super().__init__()
        if kind not in KINDS:
            raise ValueError(f"no such kind of button: {kind}")
        if not text and not name:
            raise ValueError(f"a button with only an icon ({icon}) needs a name")
        self.kind, self.icon_name, self.keys, self.small = kind, icon, keys, small
        self._words = ""
        self._ring = False
        self.setText(text)
        self.set_name(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._act = clicked
        self.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        """Do what the page wanted, without Qt's word on whether the button is checked: a `partial` would get it."""
        if self._act is not None:
            self._act()

    def setText(self, text: str) -> None:
        """Set the words; "&" is a letter, not a mnemonic."""
        if self._words and self.accessibleName() == self._words:
            self.set_name(text)
        self._words = text
        super().setText(text.replace("&", "&&"))
        self.updateGeometry()

    def text(self) -> str:
        """The words on the button."""
        return self._words

    def set_name(self, name: str) -> None:
        """What a screen reader says, and the tool tip where there is more to tell than the words on the button."""
        self.setAccessibleName(name)
        if self.keys or name != self._words:
            self.setToolTip(f"{name}   {spoken_keys(self.keys)}".strip())

    def sizeHint(self) -> QSize:
        """Wide and high enough for icon and words at the text size in use."""
        pad = theme.px(theme.M if self.small or self.kind == "quiet" else theme.L) if self._words else 0
        pad = pad if self.kind != "link" else 0
        height = theme.control_height(small=self.small)
        width = self._text_width() + self._icon_width() + 2 * pad
        if self.kind == "link":  # a line of text among others
            return QSize(width, max(theme.metrics(self._role()).height() + theme.XS, theme.px(18)))
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        """A button is never narrower than its words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as space does."""
        if not click_by_enter(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here, and what an icon means."""
        self._ring = by_keyboard(event, self._ring)
        super().focusInEvent(event)
        if self._ring and not self._words:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, ground, icon, words."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = self._colours()
        box, radius = QRectF(self.rect()), float(theme.R_CONTROL)
        if self.kind == "link":
            self._draw_underline(p, ink)
        elif self.hasFocus() and self._ring:
            box, radius = draw_focus(p, box), radius - 3
        dash = Qt.PenStyle.SolidLine if self.isEnabled() else Qt.PenStyle.DashLine  # not by colour alone
        p.setPen(QPen(theme.colour(edge), 1, dash) if edge else Qt.PenStyle.NoPen)
        p.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        if ground or edge:
            p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._draw_content(p, ink)

    def _draw_underline(self, p: QPainter, ink: str) -> None:
        """A ring would cut through words that begin at the edge: the line below them is the ring of a link."""
        focused = self.hasFocus() and self._ring
        if focused or (self.isEnabled() and self.underMouse()):
            y = (self.height() + theme.metrics(self._role()).height()) / 2 + 1
            p.fillRect(QRectF(0, y, self.width(), 2 if focused else 1), theme.colour(ink))

    def _draw_content(self, p: QPainter, ink: str) -> None:
        text, icon = self._text_width(), self._icon_width()
        x = (self.width() - text - icon) / 2
        if self.icon_name:
            side = theme.px(18)
            p.drawPixmap(QPoint(round(x), (self.height() - side) // 2), theme.icon_pixmap(self.icon_name, ink, side))
        p.setFont(theme.font(self._role()))
        p.setPen(theme.colour(ink))
        p.drawText(QRectF(x + icon, 0, text + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, self._words)

    def _colours(self) -> tuple[str, str, str]:
        """Ground, edge and ink; "" is none."""
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        if not self.isEnabled():
            return "sunken", "line", "muted"
        return {
            "primary": ("accent_hover" if hot else "accent", "", "on_accent"),
            "plain": ("hover" if hot else "surface", "border", "text"),
            "link": ("", "", "accent"),
            "quiet": ("hover" if hot else "", "", "accent" if self._words else "muted"),
            "danger": ("danger_soft" if hot else "surface", "danger", "danger"),
            "toast": ("toast", "on_toast_action" if hot else "", "on_toast_action"),
        }[self.kind]

    def _role(self) -> str:
        return "strong" if self.kind in ("primary", "toast") else "body"

    def _text_width(self) -> int:
        return theme.metrics(self._role()).horizontalAdvance(self._words) if self._words else 0

    def _icon_width(self) -> int:
        return (theme.px(18) + (theme.px(theme.S) if self._words else 0)) if self.icon_name else 0


class KeyCap(QLabel):
    """A key as it stands on the keyboard."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The key, at least square."""
        height = max(theme.px(22), theme.metrics("small").height() + 4)
        return QSize(max(height, theme.metrics("small").horizontalAdvance(self.text()) + theme.px(14)), height)

    def minimumSizeHint(self) -> QSize:
        """Never less than the key."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded edge with the key's name."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(theme.colour("border"), 1))
        p.setBrush(theme.colour("surface"))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("muted"))
        p.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
