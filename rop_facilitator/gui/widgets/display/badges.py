"""The painted parts, each with its states. Everything that Qt draws well by itself is left to Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolTip, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.layout.boxes import Image, column, flow, label
from rop_facilitator.gui.widgets.marks import mark_styles
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


class MarkPill(QLabel):
    """One status mark, with its word when asked."""

    def __init__(
        self, style: mark_styles.Style, *, word: bool = False, made_up: bool = False, text: str = "", side: int = 26
    ) -> None:
        """`text` replaces the word of the style; `side` in pixels at 100 %."""
        super().__init__(text or style.name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.mark, self.made_up, self._word, self._side = style, made_up, word, side
        self.setSizePolicy(FIXED, FIXED)

    def show_mark(self, style: mark_styles.Style, *, made_up: bool = False) -> None:
        """Show another mark."""
        self.mark, self.made_up = style, made_up
        self.setText(style.name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Mark and word."""
        side = theme.px(self._side) + 4
        word = theme.metrics("small").horizontalAdvance(self.text()) + theme.S + 2 if self._word else 0
        return QSize(side + word, max(side, theme.metrics("small").height()))

    def minimumSizeHint(self) -> QSize:
        """Never less than mark and word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark, and the word at its right."""
        p = QPainter(self)
        side = theme.px(self._side)
        mark_styles.paint(
            p, QRectF(2, (self.height() - side) / 2, side, side), self.mark, made_up=self.made_up, ground="canvas"
        )
        if self._word:
            p.setFont(theme.font("small"))
            p.setPen(theme.colour("muted"))
            left = side + 4 + theme.S
            p.drawText(QRectF(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())


class Empty(QFrame):
    """Nothing here yet: what it is, why, and the one thing to do. Dashed edge, never an apology."""

    def __init__(self, icon: str, title: str, why: str, *actions: QWidget) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        inner = column(gap=6, edge=theme.XL)
        inner.addWidget(Image(icon, "muted", 28), 0, centre)
        inner.addWidget(label(title, "heading", centred=True))
        inner.addWidget(label(why, "body", "muted", centred=True))
        if actions:
            inner.addSpacing(theme.S)
            inner.addLayout(flow("stretch", *actions, "stretch"))
        self.setLayout(inner)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dashed edge."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(theme.colour("border"), 1.2, Qt.PenStyle.DashLine))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.R_CARD, theme.R_CARD)


def legend(styles: Sequence[mark_styles.Style], *, made_up: Callable[[], str] | None = None) -> QFrame:
    """The marks with their words, wrapping; `made_up` adds the corner flag with its word."""
    pills = [MarkPill(style, word=True, side=20) for style in styles]
    if made_up is not None:
        flagged = mark_styles.ATTENDANCE["notice"]
        pills.append(MarkPill(flagged, word=True, made_up=True, text=made_up(), side=20))
    made = QFrame()
    made.setLayout(flow(*pills, gap=theme.px(12)))
    return made
