"""Painted parts of *Today*: a day of the week, and the pile of paper."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.widgets.buttons import draw_focus
from rop_facilitator.gui.widgets.layout import Area, column, label, row
from rop_facilitator.i18n import _, capital, clock, long_date, weekday_name
from rop_facilitator.records.meetings import titles_of
from rop_facilitator.records.models import Meeting


def title_of(meeting: Meeting) -> str:
    """The sessions of a meeting in one line."""
    return capital(" + ".join(titles_of(meeting))) or _("No session planned")


class DayRow(QAbstractButton):
    """A day of the week with its meeting; opens the meeting."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        day, number = label(weekday_name(meeting.on)[:3], "small", "muted", centred=True), f"{meeting.on.day}."
        tile = Area(column(day, label(number, "heading", centred=True), gap=0), wide=36)
        under = f"{clock(meeting.start)} · {meeting.group.name}"
        words = column(label(title_of(meeting), "strong"), label(under, "small", "muted"), gap=2)
        inner = row(tile, gap=theme.L, edge=(0, theme.M, 0, theme.M))
        inner.addLayout(words, 1)
        self.setLayout(inner)
        self.setAccessibleName(f"{long_date(meeting.on, year=False)}, {title_of(meeting)}, {under}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """What its words need."""
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def heightForWidth(self, width: int) -> int:
        """A long title goes on to the next line."""
        inner = self.layout()
        return inner.heightForWidth(width) if inner is not None else super().heightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground under the pointer, ring with focus."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            p.setPen(theme.colour("hover"))
            p.setBrush(theme.colour("hover"))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(0, 2, 0, -2), theme.R_CONTROL, theme.R_CONTROL)
        if self.hasFocus():
            draw_focus(p, QRectF(self.rect()))


class PaperPile(QWidget):
    """The packet as a pile of sheets: decoration, paper also at night."""

    def __init__(self, title: str, date_words: str) -> None:
        super().__init__()
        self._title = f"{title}\n{date_words}"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One sheet and three behind it."""
        return QSize(theme.px(118) + 24, round(theme.px(118) * 1.414) + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sheets with grey lines for words."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = theme.px(118)
        box = QRectF()
        p.setPen(QPen(theme.colour("border"), 1))
        for depth in range(3, -1, -1):
            box = QRectF(0.5 + depth * 7, 0.5 + (3 - depth) * 6, wide, wide * 1.414)
            p.setBrush(theme.colour("paper").darker(100 + depth * 6))
            p.drawRoundedRect(box, 3, 3)
        face = theme.font("caption")
        face.setPixelSize(max(8, round(wide * 0.075)))
        p.setFont(face)
        p.setPen(theme.colour("ink"))
        text = box.adjusted(wide * 0.1, wide * 0.1, -wide * 0.1, 0)
        p.drawText(text, self._title)
        faint = QColor(theme.colour("ink"))
        faint.setAlpha(70)
        p.setPen(theme.colour("paper"))
        y = text.top() + wide * 0.26
        for share in (0.96, 0.88, 1.0, 0.62, 0.7, 0.55, 0.8, 0.96, 0.88, 1.0, 0.62, 0.7, 0.55, 0.8, 0.96):
            p.fillRect(QRectF(text.left(), y, text.width() * share, max(1.5, wide / 66)), faint)
            y += wide * 0.052
