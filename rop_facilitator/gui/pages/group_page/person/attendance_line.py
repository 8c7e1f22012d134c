"""All meetings of a person as marks on a line; a gap between two periods is hatched, with its word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.hatch import hatch
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.membership.person_figures import TrackMeeting

_STEP = 56  # pixels at 100 % that a mark with its day takes
_MARK_HIGH = 34


class AttendanceLine(QWidget):
    """As many lines as the width asks for. The accessible name says the counts."""

    def __init__(self) -> None:
        super().__init__()
        self.meetings: tuple[TrackMeeting, ...] = ()
        self._today = date.min
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_meetings(self, name: str, meetings: Sequence[TrackMeeting], *, today: date) -> None:
        """Show these, in their order."""
        self._today = today
        self.setAccessibleName(track_words(name, meetings))
        if tuple(meetings) == self.meetings:  # else all of the page would be laid out again
            return
        self.meetings = tuple(meetings)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The marks go on below where the width ends."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines that so many meetings take."""
        lines = -(-len(self.meetings) // self._on_a_line(width)) if self.meetings else 0
        return lines * self._line_height()

    def sizeHint(self) -> QSize:
        """All marks on one line, up to a width that a card has."""
        wide = theme.px(_STEP) * max(1, len(self.meetings))
        return QSize(min(wide, theme.px(700)), self.heightForWidth(min(wide, theme.px(700))))

    def minimumSizeHint(self) -> QSize:
        """Three marks beside each other."""
        return QSize(theme.px(_STEP) * 3, self._line_height() if self.meetings else 0)

    def _on_a_line(self, width: int) -> int:
        return max(1, width // theme.px(_STEP))

    def _line_height(self) -> int:
        return theme.px(_MARK_HIGH) + theme.metrics("small").height() + theme.S

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Marks with their days, and gaps."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self._on_a_line(self.width())
        step = self.width() / here if len(self.meetings) > here else min(self.width() / here, theme.px(_STEP) * 1.2)
        for start in range(0, len(self.meetings), here):
            top = start // here * self._line_height()
            self._paint_line(p, self.meetings[start : start + here], top, step)

    def _paint_line(self, p: QPainter, meetings: Sequence[TrackMeeting], top: int, step: float) -> None:
        high = theme.px(_MARK_HIGH)
        for is_gap, run in groupby(enumerate(meetings), key=lambda pair: not pair[1].is_member):
            places = list(run)
            if is_gap:
                gap = QRectF(places[0][0] * step + 3, top + 2, len(places) * step - 6, high - 4)
                self._paint_gap(p, gap)
                continue
            for at, meeting in places:
                style = mark_styles.ATTENDANCE[meeting.mark.value if meeting.mark else "unmarked"]
                mark_styles.paint(p, QRectF(at * step, top, step, high), style, made_up=meeting.made_up)
                p.setFont(theme.font("small", tabular=True))
                p.setPen(theme.colour("muted"))
                below = QRectF(at * step, top + high, step, theme.metrics("small").height() + 4)
                day = _("Today") if meeting.on == self._today else f"{meeting.on.day}.{meeting.on.month}."
                p.drawText(below, Qt.AlignmentFlag.AlignCenter, day)

    def _paint_gap(self, p: QPainter, gap: QRectF) -> None:
        hatch(p, gap)
        word = _("pause")
        p.setFont(theme.font("small"))
        wide = theme.metrics("small").horizontalAdvance(word) + theme.M
        if wide < gap.width():
            high = theme.metrics("small").height() + 2
            p.fillRect(QRectF(gap.center().x() - wide / 2, gap.center().y() - high / 2, wide, high), self._ground())
            p.setPen(theme.colour("muted"))
            p.drawText(gap, Qt.AlignmentFlag.AlignCenter, word)

    def _ground(self) -> object:
        return theme.colour("surface")


def track_words(name: str, meetings: Sequence[TrackMeeting]) -> str:
    """As in “Berit, 13 meetings: present 8, gave notice 1 (made up), pause 4”."""
    counts: dict[str, list[TrackMeeting]] = {}
    for meeting in meetings:
        key = (meeting.mark.value if meeting.mark else "unmarked") if meeting.is_member else "pause"
        counts.setdefault(key, []).append(meeting)
    words = []
    for key, marked in counts.items():
        word = _("pause") if key == "pause" else mark_styles.ATTENDANCE[key].name
        again = sum(meeting.made_up for meeting in marked)
        count = f"{word} {len(marked)}"
        words.append(_("{words} ({n} made up)").format(words=count, n=again) if again else count)
    total = ngettext("{n} meeting", "{n} meetings", len(meetings)).format(n=len(meetings))
    return f"{name}, {total}: {', '.join(words)}" if words else f"{name}, {total}"
