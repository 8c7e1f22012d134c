"""The bar over a meeting: what it is, the clock that ticks there, how far it is, and beginning and ending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Area, column, label, row
from rop_facilitator.i18n import _, capital, clock, long_date
from rop_facilitator.planning.agenda_times import Stop, pace
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import Meeting, MeetingState

_STILL_LIVE = timedelta(hours=1)
_SECOND = 1000


def is_going_on(stops: Sequence[Stop], now: datetime) -> bool:
    """Whether a meeting is going on by the clock, or should have ended within the hour."""
    return bool(stops) and stops[0].start <= now < stops[-1].end + _STILL_LIVE


class ClockBar(Area):
    """Title at the left, clock and pace in the middle, acts at the right; each tick asks the page for the time."""

    ticked = Signal()  # a second has gone

    def __init__(self) -> None:
        self.back = Button("", "quiet", "chevron-left", "Alt+←", name=_("Back"))
        self._title = label("", "strong", elide=True)
        self._where = label("", "small", "muted", elide=True)
        self.clock = label("", "title", wrap=False)
        self.pace = Badge("")
        self.names = Button(_("Hide names"), "quiet", "hide", "F9")
        self.start = Button(_("Start the meeting"), "primary", "play", "Ctrl+Return")
        self.end = Button(_("End the meeting"), "plain", "check", "Ctrl+Return")
        left = row(self.back, gap=theme.M)
        left.addLayout(column(self._title, self._where, gap=0), 1)
        middle = row(self.clock, self.pace, gap=theme.M)
        right = row(STRETCH, self.names, self.start, self.end, gap=theme.S)
        inner = row(gap=theme.M, edge=(theme.M, theme.S, theme.L, theme.S))
        inner.addLayout(left, 3)
        inner.addLayout(middle)
        inner.addLayout(right, 3)
        super().__init__(inner, "surface")
        timer = QTimer(self, interval=_SECOND)
        timer.timeout.connect(self.ticked)
        timer.start()

    def show_meeting(self, title: str, where: str) -> None:
        """Name the meeting."""
        self._title.setText(title)
        self._where.setText(where)

    def show_clock(self, meeting: Meeting | None, stops: Sequence[Stop], index: int, now: datetime) -> None:
        """Clock and pace while the meeting is going on or is about to; else its day, and what became of it."""
        if meeting is None or meeting.state not in GOING or not stops:
            self.clock.setText("")
            self.pace.hide()
            return
        soon = meeting.on == now.date() and now < stops[0].start
        running = is_going_on(stops, now) or soon
        self.clock.setText(clock(now.time()) if running else capital(long_date(meeting.on, year=False)))
        if running:
            pace_now = pace(stops, index, now)
            self.pace.show_text(pace_now.text, pace_now.tone, pace_now.glyph)
        else:
            held, ahead = meeting.state is MeetingState.HELD, meeting.on > now.date()
            self.pace.show_text(_("held") if held else _("planned") if ahead else _("not recorded"))
        self.pace.show()

    def show_acts(self, *, can_start: bool, can_end: bool, hidden: bool) -> None:
        """Offer what can be done now."""
        self.start.setVisible(can_start)
        self.end.setVisible(can_end)
        self.names.setText(_("Show names") if hidden else _("Hide names"))
