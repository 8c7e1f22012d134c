"""The term plan: every meeting with its theme, and the days on which the group does not meet. It bears no name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.page.blocks import Callout, Cell, Document, Off, Packet, Paragraph, Table, words
from rop_facilitator.documents.papers.printed_titles import titles_on_paper
from rop_facilitator.i18n import _, capital, long_date, on_weekdays, period, short_date, speaking, weekday_name
from rop_facilitator.planning.calendar import MeetingPattern, clock_span
from rop_facilitator.planning.meeting_days import LaterPattern
from rop_facilitator.records.calendar.closed_runs import closed_runs, week_number
from rop_facilitator.records.calendar.group_calendar import pattern_of, patterns_of
from rop_facilitator.records.group.name_on_paper import name_on_paper_of
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import Group, Meeting

_ROW_MM, _CLOSE_ROW_MM = 11.4, 9
_MOST_AIRY = 16  # rows that fit on one page with their lead and the note


@dataclass(frozen=True)
class TermPlanRow:
    """A meeting, or one or several days in a row without; then `text` says why."""

    days: tuple[date, ...]
    text: str
    meets: bool = True


@dataclass(frozen=True)
class TermPlan:
    """The plan of a group as its participants may see it, in the language of its papers."""

    group: str
    language: str
    patterns: tuple[LaterPattern, ...]
    rows: tuple[TermPlanRow, ...]
    themes: bool = True


def collect_term_plan(group: Group, *, language: str, today: date, library: Library, themes: bool = True) -> TermPlan:
    """The plan of a loaded group from its first day to its last; without `themes`, meetings have numbers only."""
    with speaking(language):
        rows = [
            TermPlanRow((meeting.on,), *_meeting(group, meeting, titles_on_paper(library, meeting) if themes else ()))
            for meeting in group.meetings
        ]
        rows += [TermPlanRow(run.days, _no_meeting(run.reason), meets=False) for run in closed_runs(group)]
        return TermPlan(
            group=name_on_paper_of(group, today, language=language),
            language=language,
            patterns=_patterns(group),
            rows=tuple(sorted(rows, key=lambda row: row.days)),
            themes=themes,
        )


def _patterns(group: Group) -> tuple[LaterPattern, ...]:
    """The patterns that the meetings of the plan follow, in order of day."""
    days = [meeting.on for meeting in group.meetings if meeting.state in GOING] or [group.first_date]
    patterns = patterns_of(group)
    # A pattern holds until the day on which the next one begins.
    ends = [*(later.first for later in patterns[1:]), date.max]
    used = (later for later, end in zip(patterns, ends, strict=True) if any(later.first <= day < end for day in days))
    return tuple(used) or patterns[:1]


def _no_meeting(reason: str) -> str:
    return _("{reason} – we do not meet").format(reason=reason)


def _meeting(group: Group, meeting: Meeting, printed: tuple[str, ...]) -> tuple[str, bool]:
    """What a row says, and whether the group meets; another hour or place than usual is told."""
    if meeting.state not in GOING:
        return _no_meeting(_("Called off")), False
    titles = capital(" + ".join(printed))
    usual = pattern_of(group, meeting.on)
    other = [
        _("at {hours}").format(hours=_hours(meeting)) if _hours(meeting) != _hours(usual) else "",
        meeting.place if meeting.place != usual.place else "",
    ]
    return " · ".join(filter(None, (titles or _("Meeting {n}").format(n=meeting.number), *other))), True


def _hours(meeting: MeetingPattern | Meeting) -> str:
    return clock_span(meeting.start, meeting.minutes)


def term_plan_packet(plan: TermPlan) -> Packet:
    """The plan as a paper to hang where one sees it."""
    with speaking(plan.language):
        # A plan is hung up: better one page that is close than a second one that nobody sees.
        many = len(plan.rows) > _MOST_AIRY
        several = len({day for pattern in plan.patterns for day in pattern.pattern.weekdays}) > 1
        head = (_("Week"), _("Date"), _("Theme") if plan.themes else _("Meeting"))
        table = Table(
            tuple(map(words, head)),
            tuple(_row(row, several=several) for row in plan.rows),
            widths=(20, 44, 96),
            row_mm=_CLOSE_ROW_MM if many else _ROW_MM,
            row_head=True,
        )
        note = _("Hang the plan where you see it, or take a picture. If you miss a meeting, we make it up together.")
        document = Document(
            paper="term-plan",
            title=_("Term plan"),
            kicker=plan.group,
            date=_period(plan),
            lead=words(_lead(plan)),
            footer=_("Tell us if you cannot come."),
            blocks=(table,) if many else (table, Callout("tip", (Paragraph(words(note)),))),
        )
        return Packet(document.title, plan.language, (document,))


def _lead(plan: TermPlan) -> str:
    """When and where the group meets, and from which day on it is another way."""
    sentences: list[str] = []
    place = ""
    for number, later in enumerate(plan.patterns):
        days, hours = on_weekdays(later.pattern.weekdays), _hours(later.pattern)
        if number:
            sentence = _("From {day} we meet on {days} at {hours}.")
            sentences.append(sentence.format(day=long_date(later.first, year=False), days=days, hours=hours))
        else:
            sentences.append(_("We meet on {days} at {hours}.").format(days=days, hours=hours))
        if later.pattern.place and later.pattern.place != place:
            sentences.append(_("Place: {place}.").format(place=later.pattern.place))
        place = later.pattern.place
    return " ".join(sentences)


def _period(plan: TermPlan) -> str:
    days = [row.days[0] for row in plan.rows if row.meets]
    return period(days[0], days[-1]) if days else ""


def _row(row: TermPlanRow, *, several: bool) -> tuple[Cell, ...]:
    first, last = row.days[0], row.days[-1]
    # One number where first and last day lie in the same week.
    weeks = list(dict.fromkeys((week_number(first), week_number(last))))
    day = f"{weekday_name(first)[:3]} {short_date(first)}" if several and first == last else short_date(first)
    day = day if first == last else f"{day} – {short_date(last)}"
    return words("–".join(weeks)), words(day), words(row.text) if row.meets else Off(words(row.text))
