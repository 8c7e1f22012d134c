"""Painted parts of *Today*: a day of the week."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import click_by_enter, draw_focus
from rop_facilitator.gui.widgets.layout.boxes import Area, column, label, row
from rop_facilitator.i18n import _, capital, clock, long_date, weekday_name
from rop_facilitator.records.meeting.meetings import titles_of
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
        """What the words need: a button of Qt asks for its own text only."""
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def heightForWidth(self, width: int) -> int:
        """A long title goes on to the next line."""
        inner = self.layout()
        return inner.heightForWidth(width) if inner is not None else super().heightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks, as space does: the meeting opens."""
        if not click_by_enter(self, event):
            super().keyPressEvent(event)

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
