"""Status marks: letter, shape and colour, in that order; painted alike in tables, legends and pills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.hatch import hatch as hatch
from rop_facilitator.i18n import _
from rop_facilitator.records.marks import LETTERS, Mark, mark_name

SIDE = 26  # pixels at 100 %


class MarkShape(Enum):
    """Round is in the room, square is away, dashed is outside the count."""

    DISC = "disc"
    DISC_LATE = "disc, open at the left"
    DISC_EARLY = "disc, open at the right"
    DISC_DOUBLE = "double ring"
    SQUARE = "square outline"
    SQUARE_BAR = "square outline with a thick foot"
    SQUARE_FULL = "full square"
    DASHED = "dashed square"
    HATCHED = "hatched"
    DOT = "small ring"
    DASH = "dash"
    HALF = "square, half full"


@dataclass(frozen=True)
class Style:
    """How one state is shown; `word` is called when it is read, so that it follows the language."""

    letter: str
    shape: MarkShape
    tone: str
    word: Callable[[], str]

    @property
    def name(self) -> str:
        """The state in a word or two, in the language in use."""
        return self.word()


_LOOKS = {
    Mark.PRESENT: (MarkShape.DISC, "ok"),
    Mark.LATE: (MarkShape.DISC_LATE, "ok"),
    Mark.LEFT_EARLY: (MarkShape.DISC_EARLY, "ok"),
    Mark.REMOTE: (MarkShape.DISC_DOUBLE, "ok"),
    Mark.NOTICE: (MarkShape.SQUARE, "warn"),
    Mark.LATE_NOTICE: (MarkShape.SQUARE_BAR, "warn"),
    Mark.ABSENT: (MarkShape.SQUARE_FULL, "danger"),
    Mark.EXEMPT: (MarkShape.DASHED, "muted"),
}
# By mark, and the three states that are not marks.
ATTENDANCE: dict[str, Style] = {
    mark: Style(LETTERS[mark], *_LOOKS[mark], partial(mark_name, mark)) for mark in Mark
} | {
    "cancelled": Style("X", MarkShape.HATCHED, "muted", lambda: _("called off")),
    "not_member": Style("", MarkShape.DASH, "muted", lambda: _("not a member")),
    "unmarked": Style("", MarkShape.DOT, "border", lambda: _("not marked yet")),
}
MARK_KEYS = {letter: mark for mark, letter in LETTERS.items()}
"""Which mark a key sets."""
PROGRESS = {
    "attended": Style("M", MarkShape.SQUARE_FULL, "ok", lambda: _("present")),
    "made_up": Style("TI", MarkShape.HALF, "made_up", lambda: _("made up")),
    "missed": Style("Å", MarkShape.SQUARE, "warn", lambda: _("to make up")),
    "to_come": Style("", MarkShape.DOT, "border", lambda: _("to come")),
    "not_member": Style("", MarkShape.DASH, "muted", lambda: _("not a member")),
}


def paint(painter: QPainter, box: QRectF, style: Style, *, made_up: bool = False, ground: str = "surface") -> None:
    """Paint a mark in the middle of `box`; `made_up` adds the corner flag, ringed by the colour of the `ground`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height(), float(theme.px(SIDE)))
    inset = side / SIDE
    square = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    r = square.adjusted(inset, inset, -inset, -inset)
    tone = theme.colour(style.tone)
    painter.setBrush(theme.soft(style.tone))
    _DRAW[style.shape](painter, r, style, tone, side / SIDE)
    if style.letter:
        face = theme.font("caption")
        face.setPixelSize(round(side * (0.5 if len(style.letter) == 1 else 0.42)))
        painter.setFont(face)
        painter.setPen(theme.colour("on_fill") if style.shape is MarkShape.SQUARE_FULL else tone)
        lift = -3 * inset if style.shape in (MarkShape.SQUARE_BAR, MarkShape.HALF) else 0
        painter.drawText(r.adjusted(0, lift / 2, 0, lift), Qt.AlignmentFlag.AlignCenter, style.letter)
    if made_up:
        _flag(painter, r, side / SIDE, ground)
    painter.restore()


def _corner(r: QRectF) -> float:
    return r.height() * 0.24


def _disc(p: QPainter, r: QRectF, style: Style, tone: QColor, unit: float) -> None:
    # The edge of the commonest mark is seen as a shape without shouting.
    quiet = QColor(tone)
    quiet.setAlpha(210)
    p.setPen(QPen(quiet, 1.2 * unit))
    p.drawEllipse(r)
    if style.shape is not MarkShape.DISC:
        p.setPen(QPen(tone, 3.0 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        start = -80 if style.shape is MarkShape.DISC_LATE else 100
        inner = r.adjusted(0.8 * unit, 0.8 * unit, -0.8 * unit, -0.8 * unit)
        p.drawArc(inner, start * 16, 160 * 16)


def _double(p: QPainter, r: QRectF, _style: Style, tone: QColor, unit: float) -> None:
    p.setPen(QPen(tone, 1.4 * unit))
    p.drawEllipse(r)
    p.drawEllipse(r.adjusted(3 * unit, 3 * unit, -3 * unit, -3 * unit))


def _square(p: QPainter, r: QRectF, style: Style, tone: QColor, unit: float) -> None:
    if style.shape is MarkShape.DASHED:
        p.setPen(QPen(theme.colour("border"), 1.4 * unit, Qt.PenStyle.DashLine))
    else:
        p.setPen(QPen(tone, 1.6 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    p.drawRoundedRect(r, _corner(r), _corner(r))
    if style.shape is MarkShape.SQUARE_BAR:
        p.save()
        p.setClipPath(_rounded(r), Qt.ClipOperation.IntersectClip)
        p.fillRect(QRectF(r.left(), r.bottom() - 4.5 * unit, r.width(), 5 * unit), tone)
        p.restore()


def _full(p: QPainter, r: QRectF, style: Style, _tone: QColor, _unit: float) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(theme.colour(f"{style.tone}_fill"))
    p.drawRoundedRect(r, _corner(r), _corner(r))


def _half(p: QPainter, r: QRectF, _style: Style, tone: QColor, unit: float) -> None:
    path = _rounded(r)
    p.setPen(Qt.PenStyle.NoPen)
    p.drawPath(path)
    p.save()
    p.setClipPath(path, Qt.ClipOperation.IntersectClip)
    p.fillRect(QRectF(r.left(), r.bottom() - 5 * unit, r.width(), 5 * unit), tone)
    p.setBrush(tone)
    away = 9 * unit
    p.drawPolygon(QPolygonF([r.topRight(), QPointF(r.right() - away, r.top()), QPointF(r.right(), r.top() + away)]))
    p.restore()
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(tone, 1.6 * unit))
    p.drawPath(path)


def _hatched(p: QPainter, r: QRectF, _style: Style, _tone: QColor, unit: float) -> None:
    hatch(p, r, "line", 7 * unit)


def _dot(p: QPainter, r: QRectF, _style: Style, _tone: QColor, unit: float) -> None:
    p.setPen(QPen(theme.colour("border"), 1.4 * unit))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(r.center(), r.height() * 0.15, r.height() * 0.15)


def _dash(p: QPainter, r: QRectF, _style: Style, _tone: QColor, unit: float) -> None:
    p.setPen(QPen(theme.colour("muted"), 1.4 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    p.drawLine(r.center() - QPointF(4 * unit, 0), r.center() + QPointF(4 * unit, 0))


def _rounded(r: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(r, _corner(r), _corner(r))
    return path


def _flag(p: QPainter, r: QRectF, unit: float, ground: str) -> None:
    """The corner of one who has made it up: full, ringed by the ground so that it reads in grey."""
    at, out = QPointF(r.right() - 1.5 * unit, r.top() + 1.5 * unit), 6 * unit
    p.setPen(QPen(theme.colour(ground), 2 * unit))
    p.setBrush(theme.colour("made_up"))
    p.drawPolygon(QPolygonF([at + QPointF(-out, 0), at + QPointF(0, -out), at + QPointF(out, 0), at + QPointF(0, out)]))


_DRAW: dict[MarkShape, Callable[[QPainter, QRectF, Style, QColor, float], None]] = {
    MarkShape.DISC: _disc,
    MarkShape.DISC_LATE: _disc,
    MarkShape.DISC_EARLY: _disc,
    MarkShape.DISC_DOUBLE: _double,
    MarkShape.SQUARE: _square,
    MarkShape.SQUARE_BAR: _square,
    MarkShape.DASHED: _square,
    MarkShape.SQUARE_FULL: _full,
    MarkShape.HALF: _half,
    MarkShape.HATCHED: _hatched,
    MarkShape.DOT: _dot,
    MarkShape.DASH: _dash,
}
