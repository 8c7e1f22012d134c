"""The plan before the group is made: a sentence, whether it fits, offers, and a row a day with closed days hatched."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.change_preview import BeforeAfter
from rop_facilitator.gui.widgets.display.fit_card import FitCard
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import clear, column, flow, label, line, restyle
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.i18n import _, day_and_month, long_date, ngettext, pgettext, short_date
from rop_facilitator.planning.comparison import compare
from rop_facilitator.planning.course_fit import Offer
from rop_facilitator.planning.schedule import Plan, Schedule
from rop_facilitator.records.group.group_draft import TakenOffer
from rop_facilitator.records.plan.group_plan import item_title

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class PreviewDay:
    """A line of the plan; `number` is "" on a closed day, whose `text` is why. `note` is a word at the right."""

    on: date
    number: str
    text: str
    note: str = ""


class PlanDayRow(QWidget):
    """Date, number and title, and the week in its name; a closed day is muted and hatched, its reason in words."""

    def __init__(self, day: PreviewDay) -> None:
        super().__init__()
        self.day = day
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = [_("week {week}").format(week=day.on.isocalendar().week), long_date(day.on)]
        words += [_("meeting {n}").format(n=day.number), day.text] if day.number else [day.text]
        words += [day.note] if day.note else []
        self.setAccessibleName(", ".join(words))

    def sizeHint(self) -> QSize:
        """As high as a row of a table, higher at large text."""
        return QSize(theme.px(320), max(theme.px(theme.TABLE_ROW), theme.metrics("body").height() + theme.M))

    def minimumSizeHint(self) -> QSize:
        """The title may be cut short, and is in the tool tip then."""
        return QSize(theme.px(240), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The parts in their columns."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        closed = not self.day.number
        on = short_date(self.day.on)
        left = self._write(p, 0, _wide("body", "30 mmm"), on, "body", "muted" if closed else "text")
        left = self._write(p, left, _wide("small", "00"), self.day.number, "small", "muted")
        note = _wide("small", self.day.note) + theme.M if self.day.note else 0
        room = self.width() - left - note
        p.setFont(theme.font("body"))
        text = p.fontMetrics().elidedText(self.day.text, Qt.TextElideMode.ElideRight, room)
        self.setToolTip("" if text == self.day.text else self.day.text)
        end = self._write(p, left, _wide("body", text) + 2, text, "body", "muted" if closed else "text")
        if closed and end < self.width() - note:
            mark_styles.hatch(p, QRectF(end, theme.S, self.width() - note - end, self.height() - 2 * theme.S))
        if note:
            wide = note - theme.M
            self._write(p, self.width() - wide, wide, self.day.note, "small", "muted" if closed else "warn")

    def _write(self, p: QPainter, left: int, wide: int, text: str, role: str, ink: str) -> int:
        p.setFont(theme.font(role))
        p.setPen(theme.colour(ink))
        p.drawText(QRectF(left, 0, wide + 2, self.height()), _LEFT, text)
        return left + wide + theme.M


def _wide(role: str, text: str) -> int:
    return theme.metrics(role).horizontalAdvance(text)


class PlanPreview(QWidget):
    """What the form comes to. It shows values and decides nothing."""

    taken = Signal(object)  # Offer
    given_back = Signal(object)  # TakenOffer

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label("", "heading")
        self.below = label("", "small", "muted")
        self.strip = Strip("", "warn")
        self.fit = FitCard("")
        self.fit.wanted.connect(self._look_at)
        self.offer_preview: BeforeAfter | None = None
        self._chips = flow(gap=theme.S)
        self._plan: Schedule | None = None
        self._titles: Mapping[str, str] = {}
        self.rows: list[PlanDayRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addLayout(column(self.sentence, self.below, gap=2))
        whole.addWidget(self.strip)
        whole.addWidget(self.fit)
        whole.addLayout(self._chips)
        whole.addLayout(self._lines)
        whole.addStretch(1)
        self._shown: object = None

    def show_nothing(self, why: str) -> None:
        """There is no plan, and why."""
        self._fill(None, {})
        self._say(why, "body", "muted")
        self.below.hide()
        self.strip.hide()
        self.fit.hide()
        self.show_taken(())

    def show_plan(
        self, wanted: Plan, plan: Schedule, titles: Mapping[str, str], outlines: Collection[str] = ()
    ) -> None:
        """Show a plan as it is wanted and as it is laid; `titles` by session id, `outlines` are not written yet."""
        self._say(plan_sentence(plan), "heading", "")
        self.below.setText(weeks_sentence(plan, outlines))
        self.below.setVisible(bool(plan.meetings))
        self.strip.setVisible(bool(plan.problems) and not plan.meetings)
        if plan.problems:
            self.strip.show_message(" ".join(f"{problem.text} {problem.advice}".strip() for problem in plan.problems))
        self._plan, self._titles, self.offer_preview = plan, titles, None
        self.fit.show_plan(wanted)
        self.fit.setVisible(bool(plan.meetings) and (wanted.calendar.until is not None or bool(self.fit.offers)))
        self._fill(plan, titles, outlines)

    def show_taken(self, taken: Sequence[TakenOffer]) -> None:
        """Each offer that was taken, with a way back."""
        clear(self._chips)
        for taken_offer in taken:
            name = _("Take back: {what}").format(what=taken_offer.title)
            act = partial(self.given_back.emit, taken_offer)
            self._chips.add(Button(taken_offer.title, "plain", "undo", small=True, name=name, clicked=act))

    def _look_at(self, offer: Offer) -> None:
        """What an offer would move, before it is taken."""
        if self._plan is None:
            return
        preview = BeforeAfter(f"{offer.title}: {offer.cost}", _("Do it this way"), kind="plain")
        preview.show_change(compare(self._plan, offer.schedule), self._titles)
        preview.taken.connect(partial(self.taken.emit, offer))
        preview.left.connect(self._leave)
        self.offer_preview = preview
        self.fit.show_below(preview)
        preview.do.setFocus()

    def _leave(self) -> None:
        self.offer_preview = None
        self.fit.show_below(None)
        if (focus := self.fit.first_focus()) is not None:
            focus.setFocus()

    def _say(self, text: str, role: str, tone: str) -> None:
        self.sentence.setText(text)
        restyle(self.sentence, "role", role)
        restyle(self.sentence, "tone", tone)

    def _fill(self, plan: Schedule | None, titles: Mapping[str, str], outlines: Collection[str] = ()) -> None:
        if plan == self._shown:  # most keys change nothing in the plan, and a year has fifty rows
            return
        self._shown = plan
        clear(self._lines)
        self.rows = [PlanDayRow(day) for day in plan_days(plan, titles, outlines)] if plan else []
        for at, row in enumerate(self.rows):
            if at:
                self._lines.addWidget(line())
            self._lines.addWidget(row)


def plan_sentence(plan: Schedule) -> str:
    """As in “11 meetings, from 1 December 2026 to 2 March 2027”."""
    if not plan.meetings:
        return _("No meetings")
    count, first, last = len(plan.meetings), plan.meetings[0].on, plan.meetings[-1].on
    words = ngettext("{n} meeting, on {first}", "{n} meetings, from {first} to {last}", count)
    return words.format(n=count, first=_with_year(first), last=_with_year(last))


def weeks_sentence(plan: Schedule, outlines: Collection[str]) -> str:
    """As in “13 weeks, 2 closed · all sessions are written”; "" without a meeting."""
    if not plan.meetings:
        return ""
    held = {_monday(meeting.on) for meeting in plan.meetings}
    closed = {_monday(day.on) for day in plan.skipped if day.on <= plan.meetings[-1].on} - held
    count = (max(held) - min(held | closed)).days // 7 + 1
    weeks = ngettext("{n} week", "{n} weeks", count).format(n=count)
    if closed:
        weeks = ngettext("{weeks}, {n} closed", "{weeks}, {n} closed", len(closed)).format(weeks=weeks, n=len(closed))
    keys = {item.key for meeting in plan.meetings for item in meeting.items}
    written = len(keys) - sum(key in outlines for key in keys)
    if written == len(keys):
        words = _("all sessions are written")
    elif not written:
        words = _("no sessions are written")
    else:
        words = _("{n} of {count} sessions are written").format(n=written, count=len(keys))
    return f"{weeks} · {words}"


def plan_days(plan: Schedule, titles: Mapping[str, str], outlines: Collection[str] = ()) -> list[PreviewDay]:
    """Meetings and closed days in order of date."""
    days = [
        PreviewDay(
            meeting.on,
            str(meeting.number),
            " + ".join(item_title(titles[item.key], item) for item in meeting.items),
            pgettext("session", "outline") if any(item.key in outlines for item in meeting.items) else "",
        )
        for meeting in plan.meetings
    ]
    closed = [PreviewDay(day.on, "", day.text, _("closed")) for day in plan.skipped]
    return sorted([*days, *closed], key=lambda day: day.on)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _with_year(day: date) -> str:
    return f"{day_and_month(day)} {day.year}"
