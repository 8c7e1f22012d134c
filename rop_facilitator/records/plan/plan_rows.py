"""The plan of a group as rows: meetings, called-off meetings and closed weeks in order of date. Values only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rop_facilitator.curriculum.model import Library
from rop_facilitator.curriculum.session_position import is_outline, short_place, workbook_words
from rop_facilitator.i18n import _, capital, day_and_month, long_date, ngettext, pgettext, short_date
from rop_facilitator.planning.calendar import clock_span
from rop_facilitator.records.calendar.closed_runs import ClosedRun, closed_runs, week_number
from rop_facilitator.records.marks import share, total_words
from rop_facilitator.records.meeting.attendance import unmarked
from rop_facilitator.records.meeting.meetings import GOING, counted_rows
from rop_facilitator.records.models import Group, Meeting, MeetingState, Outcome
from rop_facilitator.records.plan.group_plan import item_title, key_of, schedule_of

RowKind = Literal["planned", "held", "waiting", "called off", "did not meet", "closed"]


@dataclass(frozen=True)
class PlanRow:
    """One line of the plan; `waiting` is a meeting before today that nobody has recorded."""

    kind: RowKind
    week: str
    day: str
    title: str
    right: str
    spoken: str
    on: date
    meeting_id: int | None = None
    closed: tuple[date, ...] = ()
    is_today: bool = False
    undone: bool = False  # somebody is not marked
    outline: bool = False  # of a session to come nothing but the title is written
    titles: tuple[tuple[str, str], ...] = ()  # key and title of each session on it
    keys: tuple[str, ...] = ()  # of those that can still be moved
    workbook: str = ""  # the pages that its sessions go with, in words

    @property
    def hatched(self) -> bool:
        """Whether nothing takes place."""
        return self.kind in ("closed", "called off", "did not meet")

    @property
    def to_open(self) -> bool:
        """Whether there is a meeting that can be looked at."""
        return self.kind in ("planned", "held", "waiting")


def plan_rows(group: Group, *, today: date, library: Library, left: Collection[str] = ()) -> list[PlanRow]:
    """Every line of the plan, earliest first. `left` are the keys of the sessions that can still be moved."""
    rows = [_meeting_row(group, meeting, today, library, left) for meeting in group.meetings] + [
        _closed_row(run) for run in closed_runs(group)
    ]
    return sorted(rows, key=lambda row: row.on)


def unplaced_titles(group: Group) -> list[str]:
    """The sessions that have no date: not taught, and on no meeting to come."""
    titles = {key_of(session): session.title for session in group.sessions}
    return [titles[key] for key in schedule_of(group).unplaced]


def _day(on: date, today: date) -> str:
    text = day_and_month(on)
    return text if abs((on - today).days) < 300 else f"{text} {on.year}"


def _week(days: tuple[date, ...]) -> str:
    first, last = week_number(days[0]), week_number(days[-1])
    return _("Week {n}").format(n=first if first == last else f"{first}–{last}")


def _meeting_row(group: Group, meeting: Meeting, today: date, library: Library, left_keys: Collection[str]) -> PlanRow:
    kind: RowKind = "planned"
    if meeting.state is MeetingState.HELD:
        kind = "held"
    elif meeting.state not in GOING:
        kind = "called off" if meeting.state is MeetingState.CANCELLED else "did not meet"
    elif meeting.on < today:
        kind = "waiting"
    is_today = meeting.on == today
    titles = capital(
        " + ".join(_title(item_title(session.title, session), session.outcome) for session in meeting.sessions)
    )
    words = {"called off": _("Called off"), "did not meet": _("The group did not meet")}.get(kind, "")
    if words and meeting.reason:
        words = _("{what}: {reason}").format(what=words, reason=meeting.reason)
    title = words or titles
    left = unmarked(group, meeting) if kind in ("held", "waiting") and meeting.on < today else 0
    right = _right(group, meeting, kind, left, library)
    keys = [key_of(session.group_session) for session in meeting.sessions]
    sessions = [session.group_session for session in meeting.sessions]
    outline = kind in ("planned", "waiting") and any(
        is_outline(library, session.curriculum_id, session.session_id) for session in sessions
    )
    badge = pgettext("session", "outline") if outline else ""
    workbook = workbook_words(library.session(session.session_id, session.curriculum_id) for session in sessions)
    return PlanRow(
        kind=kind,
        week=_week((meeting.on,)),
        day=capital(_("today")) if is_today else _day(meeting.on, today),
        title=title or _("No session"),
        right=right,
        spoken=", ".join(filter(None, (capital(long_date(meeting.on)), title, badge, workbook, right))),
        on=meeting.on,
        meeting_id=meeting.id,
        is_today=is_today,
        undone=left > 0,
        outline=outline,
        titles=tuple((key, row.title) for key, row in zip(keys, meeting.sessions, strict=True)),
        keys=tuple(key for key in keys if key in left_keys) if kind == "planned" else (),
        workbook=workbook,
    )


def _title(title: str, outcome: Outcome | None) -> str:
    words = {
        Outcome.PARTLY: _("{title} (partly done)"),
        Outcome.CARRIED_OVER: _("{title} (carried over)"),
        Outcome.DROPPED: _("{title} (dropped)"),
    }
    return words[outcome].format(title=title) if outcome in words else title


def _right(group: Group, meeting: Meeting, kind: RowKind, left: int, library: Library) -> str:
    number = _("meeting {n}").format(n=meeting.number) if meeting.number else ""
    count = total_words(share(row.mark for row in counted_rows(group, meeting)))[0] if kind == "held" else ""
    undone = ngettext("{n} not marked", "{n} not marked", left).format(n=left) if left else ""
    changed = _differs(meeting) if kind == "planned" and meeting.changed else ""
    sessions = [session.group_session for session in meeting.sessions]
    places = [short_place(library, session.curriculum_id, session.session_id) for session in sessions]
    known = " + ".join(filter(None, places)) if kind == "planned" else ""
    session = _("session {n}").format(n=known) if known else ""
    return " · ".join(filter(None, (count, undone, changed, session, number)))


def _differs(meeting: Meeting) -> str:
    """Time and place of a meeting that is not as all others."""
    hours = clock_span(meeting.start, meeting.minutes)
    return f"{hours}, {meeting.place}" if meeting.place else hours


def _closed_row(run: ClosedRun) -> PlanRow:
    first, last = run.days[0], run.days[-1]
    day = day_and_month(first)
    if len(run.days) == 2:
        day = _("{one} and {other}").format(one=_short(first, last), other=short_date(last))
    elif len(run.days) > 2:
        day = f"{_short(first, last)} – {short_date(last)}"
    return PlanRow(
        kind="closed",
        week=_week(run.days),
        day=day,
        title=run.reason,
        right="",
        spoken=_("{day}: closed, {reason}").format(day=day, reason=run.reason),
        on=first,
        closed=run.days,
    )


def _short(first: date, last: date) -> str:
    """The first day without its month where both have the same, as far as the language writes the day first."""
    alone = f"{first.day}."
    same = first.month == last.month and short_date(first).startswith(alone)
    return alone if same else short_date(first)
