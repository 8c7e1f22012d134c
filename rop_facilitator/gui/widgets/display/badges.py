"""The painted parts, each with its states. Everything that Qt draws well by itself is left to Qt."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from rop_facilitator.gui.style import theme
from rop_facilitator.i18n import _

FIXED = QSizePolicy.Policy.Fixed
# The glyph of an origin: ring full = source, three quarters = repaired, half = inferred, open = our own proposal.
ORIGINS = {
    "source": ("ok", "full"),
    "repaired": ("ok", "most"),
    "inferred": ("warn", "half"),
    "proposal": ("made_up", "open"),
}


class Badge(QLabel):
    """A short word with a glyph. With a `reason` it can be opened by click and keyboard."""

    clicked = Signal()

    def __init__(self, text: str, tone: str = "muted", glyph: str = "", *, reason: str = "") -> None:
        """`glyph`: "full", "most", "half", "open" or "" for none."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.tone, self.glyph, self.reason = tone, glyph, reason
        self.setSizePolicy(FIXED, FIXED)
        if reason:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAccessibleDescription(reason)
            self.setToolTip(reason)

    def show_text(self, text: str, tone: str = "muted", glyph: str = "") -> None:
        """Show another state."""
        if (text, tone, glyph) == (self.text(), self.tone, self.glyph):
            return  # else a clock that ticks would lay the page out anew each second
        self.tone, self.glyph = tone, glyph
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Glyph and word."""
        glyph = theme.px(16) if self.glyph else 0
        wide = theme.metrics("small").horizontalAdvance(self.text())
        return QSize(wide + theme.px(20) + glyph, max(theme.px(24), theme.metrics("small").height() + 6))

    def minimumSizeHint(self) -> QSize:
        """Never less than its word."""
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the reason."""
        if self.reason and self.rect().contains(event.position().toPoint()):
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open the reason."""
        if self.reason and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.reason, self)
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Soft ground, glyph, word."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.colour("hover") if self.tone == "muted" else theme.soft(self.tone))
        p.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        ink = theme.colour("on_soft" if self.tone == "accent" else self.tone)
        left = float(theme.px(10))
        if self.glyph:
            self._draw_glyph(p, QRectF(left, (self.height() - theme.px(9)) / 2, theme.px(9), theme.px(9)))
            left += theme.px(16)
        p.setFont(theme.font("small"))
        p.setPen(ink)
        p.drawText(QRectF(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            p.setPen(QPen(theme.colour("accent"), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            round_ = self.height() / 2 - 1
            p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), round_, round_)

    def _draw_glyph(self, p: QPainter, ring: QRectF) -> None:
        ink = theme.colour("on_soft" if self.tone == "accent" else self.tone)
        p.setPen(QPen(ink, 1.4))
        p.setBrush(ink if self.glyph == "full" else Qt.BrushStyle.NoBrush)
        p.drawEllipse(ring)
        if self.glyph in ("half", "most"):
            p.setBrush(ink)
            p.drawPie(ring, 90 * 16, (180 if self.glyph == "half" else 270) * 16)


def origin_badge(origin: str, what: str = "", reason: str = "") -> Badge:
    """Where a thing comes from: "title: source". `origin` is the value of `curriculum.model.Origin`."""
    words = {
        "source": _("source"),
        "repaired": _("repaired"),
        "inferred": _("inferred"),
        "proposal": _("our own proposal"),
    }
    tone, glyph = ORIGINS[origin]
    text = _("{what}: {origin}").format(what=what, origin=words[origin]) if what else words[origin]
    return Badge(text, tone, glyph, reason=reason)
