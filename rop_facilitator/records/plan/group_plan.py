"""A group's plan: read from its rows as values, changed, and laid on its meetings again.

These work on a group that was loaded whole; the transaction around them writes what they change. So the same function
shows beforehand what a change would move: on a group that was only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, time

from sqlalchemy.orm import object_session

from rop_facilitator.clean_text import clean_text
from rop_facilitator.curriculum.model import Library
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, long_date
from rop_facilitator.planning.calendar import MeetingPattern, parse_closure, public_holidays
from rop_facilitator.planning.comparison import Comparison, compare
from rop_facilitator.planning.meeting_days import same_week
from rop_facilitator.planning.planned_sessions import (
    Left,
    PlannedSession,
    SessionPart,
    TaughtPart,
    least_minutes_for_theme,
    planned_sessions_of,
)
from rop_facilitator.planning.schedule import FixedMeeting, Plan, PlannedMeeting, Schedule, plan_from, reschedule
from rop_facilitator.records.calendar.group_calendar import calendar_of as calendar_of
from rop_facilitator.records.calendar.group_calendar import pattern_of, store_closures
from rop_facilitator.records.meeting.cancellation_reasons import LONGEST_REASON
from rop_facilitator.records.models import Group, GroupSession, Meeting, MeetingSession, MeetingState, Outcome

GOING = (MeetingState.PLANNED, MeetingState.HELD)
_LEFT: dict[Outcome | None, Left] = {Outcome.PARTLY: "rest", Outcome.CARRIED_OVER: "all"}


# -- a group's rows as values ------------------------------------------------------------------------------------------


def key_of(session: GroupSession) -> str:
    """What tells a session of a group from all others: its id, and the round where it is repeated."""
    return session.session_id if session.round == 1 else f"{session.session_id}#{session.round}"


def item_title(title: str, item: SessionPart | MeetingSession) -> str:
    """A session as a meeting names it: "Stress", "Stress, part 1 of 2", "the rest of Stress"."""
    if item.parts > 1:
        title = _("{title}, part {n} of {all}").format(title=title, n=item.part, all=item.parts)
    return _("the rest of {title}").format(title=title) if item.rest else title


def planned_sessions_in(group: Group, library: Library | None = None) -> tuple[PlannedSession, ...]:
    """A group's sessions in its own order; without a library their modules and minutes are unknown."""
    ids = dict.fromkeys(session.curriculum_id for session in group.sessions)
    known = {
        (key, planned_session.key): planned_session
        for key in ids
        if library is not None and key in library.curricula
        for planned_session in planned_sessions_of(library.curricula[key], group.minutes)
    }
    return tuple(
        replace(
            known.get((session.curriculum_id, session.session_id), PlannedSession(session.session_id)),
            key=key_of(session),
            joined=session.joined,
            parts=session.parts,
            skipped=session.skipped,
        )
        for session in sorted(group.sessions, key=lambda session: session.position)
    )


def plan_of(group: Group, library: Library | None = None) -> Plan:
    """The whole plan of a group, from its first date on."""
    return _with_theme_minutes(Plan(planned_sessions_in(group, library), calendar_of(group)), group, library)


def plan_left(group: Group, *, today: date, library: Library | None = None) -> Plan:
    """What is left of a group's plan from a day on, as it can still be changed."""
    after = _day_before(today)
    plan = plan_from(plan_of(group, library), fixed_meetings(group, after=after), after=after)
    return _with_theme_minutes(plan, group, library)


def _with_theme_minutes(plan: Plan, group: Group, library: Library | None) -> Plan:
    """The plan with the minutes that the theme has in the shortest of its meetings."""
    if library is None:
        return plan
    ids = dict.fromkeys(session.curriculum_id for session in group.sessions)
    courses = [library.curricula[key] for key in ids if key in library.curricula]
    least = min(least_minutes_for_theme(courses, pattern.minutes) for pattern in plan.calendar.patterns())
    return replace(plan, theme_minutes=least)


def fixed_meetings(group: Group, *, after: date) -> tuple[FixedMeeting, ...]:
    """What stays as it is when the plan is laid anew after a day: what was held or called off, and all up to it."""
    fixed = (meeting for meeting in group.meetings if meeting.state is not MeetingState.PLANNED or meeting.on <= after)
    ordered = sorted(fixed, key=lambda meeting: (meeting.on, meeting.start))
    return tuple(
        FixedMeeting(meeting.slot, meeting.on, meeting.state in GOING, _taught(meeting)) for meeting in ordered
    )


def _taught(meeting: Meeting) -> tuple[TaughtPart, ...]:
    return tuple(
        TaughtPart(
            key_of(session.group_session),
            session.part,
            session.parts,
            _LEFT.get(session.outcome, "nothing"),
        )
        for session in meeting.sessions
    )


def schedule_of(group: Group) -> Schedule:
    """All meetings of a group that go, as they stand; what has no date is left over."""
    going = sorted(
        (meeting for meeting in group.meetings if meeting.state in GOING),
        key=lambda meeting: (meeting.on, meeting.start),
    )
    meetings = tuple(
        PlannedMeeting(
            meeting.number or 0,
            meeting.on,
            meeting.start,
            meeting.minutes,
            meeting.place,
            meeting.slot,
            _items(meeting),
        )
        for meeting in going
    )
    # What stands on a meeting to come counts as taught here: asked is only what has no date at all.
    taught = (taught for meeting in going for taught in _taught(meeting))
    left = plan_from(plan_of(group), [FixedMeeting(date.min, date.min, True, tuple(taught))], after=date.min).sessions
    return Schedule(
        meetings,
        left_over=tuple(
            (SessionPart(planned_session.key, planned_session.first_part, planned_session.parts, planned_session.rest),)
            for planned_session in left
            if not planned_session.skipped
        ),
    )


def _items(meeting: Meeting) -> tuple[SessionPart, ...]:
    return tuple(
        SessionPart(key_of(session.group_session), session.part, session.parts, session.rest)
        for session in meeting.sessions
    )


def preview(group: Group, change: Callable[[Group], object]) -> Comparison:
    """What a change would move. The group must have been loaded for this alone: the change is made to it, not kept."""
    before = schedule_of(group)
    change(group)
    return compare(before, schedule_of(group))


# -- laying it on the meetings -----------------------------------------------------------------------------------------


def replan(group: Group, *, after: date) -> Schedule:
    """Lay all that is not taught yet on the open days after a day; meetings up to it, and up to a held one, stay."""
    after = max(after, *(meeting.on for meeting in group.meetings if meeting.state is MeetingState.HELD), date.min)
    fixed = fixed_meetings(group, after=after)
    schedule = reschedule(plan_of(group), fixed, after=after)
    _lay(group, schedule, after=after)
    if (db := object_session(group)) is not None:
        db.flush()  # a row that a second change drops again must have been stored before
    return schedule


def _lay(group: Group, schedule: Schedule, *, after: date) -> None:
    """Make the planned rows equal to the schedule; a meeting that keeps its day, or its week, keeps row and notes."""
    by_key = {key_of(session): session for session in group.sessions}
    free = {
        meeting.slot: meeting
        for meeting in group.meetings
        if meeting.state is MeetingState.PLANNED and meeting.on > after
    }
    slots = {planned.slot for planned in schedule.meetings}
    given_up = (slot for slot, meeting in free.items() if slot not in slots and not meeting.changed)
    # A meeting that changes weekday keeps its row, and with it what was marked ahead and its entry in calendars.
    in_week = same_week(given_up, slots - free.keys())
    for planned in schedule.meetings:
        meeting = free.pop(in_week.get(planned.slot, planned.slot), None) or _new_meeting(group, planned)
        meeting.slot = planned.slot
        if not meeting.changed:
            meeting.on, meeting.start, meeting.minutes = planned.on, planned.start, planned.minutes
            meeting.place = planned.place
        _set_sessions(meeting, planned.items, by_key)
    for meeting in free.values():
        group.meetings.remove(meeting)
    group.meetings.sort(key=lambda meeting: (meeting.on, meeting.start))
    for number, meeting in enumerate((meeting for meeting in group.meetings if meeting.state in GOING), 1):
        meeting.number = number


def _new_meeting(group: Group, planned: PlannedMeeting) -> Meeting:
    meeting = Meeting(
        on=planned.on,
        slot=planned.slot,
        start=planned.start,
        minutes=planned.minutes,
        place=planned.place,
        sessions=[],
        attendance=[],
    )
    group.meetings.append(meeting)
    return meeting


def _set_sessions(meeting: Meeting, wanted: Iterable[SessionPart], by_key: dict[str, GroupSession]) -> None:
    items = tuple(wanted)
    if _items(meeting) == items:
        return
    # A row whose session stays is kept: another one of the same session beside it would not be unique.
    rows = {key_of(session.group_session): session for session in meeting.sessions}
    kept: list[MeetingSession] = []
    for position, item in enumerate(items):
        session = by_key[item.key]
        row = rows.get(item.key) or MeetingSession(group_session=session, title=session.title)
        row.position, row.part, row.parts, row.rest = position, item.part, item.parts, item.rest
        kept.append(row)
    meeting.sessions = kept


def _day_before(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))


# -- what changes a plan -----------------------------------------------------------------------------------------------


def save_plan(group: Group, plan: Plan, *, today: date) -> Schedule:
    """Take over a changed plan of what is left, as `plan_left` gave it: order and choice of sessions, extra days, end.

    What has been taught stays in front of it.
    """
    by_key = {key_of(session): session for session in group.sessions}
    left = {planned_session.key: planned_session for planned_session in plan.sessions if planned_session.key in by_key}
    taught = [
        session
        for session in sorted(group.sessions, key=lambda session: session.position)
        if key_of(session) not in left
    ]
    for position, session in enumerate([*taught, *(by_key[key] for key in left)], 1):
        _set(session, "position", position)
    for key, planned_session in left.items():
        session = by_key[key]
        for field in ("joined", "parts", "skipped"):
            _set(session, field, getattr(planned_session, field))
        if not planned_session.skipped:
            _set(session, "reason", "")
    if plan.calendar.until != group.until:
        store_closures(group)
    _set(group, "until", plan.calendar.until)
    extra = [
        [extra_day.weekday, extra_day.first.isoformat(), extra_day.last.isoformat()]
        for extra_day in plan.calendar.extra
    ]
    _set(group, "extra_days", extra)
    group.sessions.sort(key=lambda session: session.position)
    return replan(group, after=_day_before(today))


def _set(row: object, field: str, value: object) -> None:
    """Only what is another value: each set field is looked at by the audit trail."""
    if getattr(row, field) != value:
        setattr(row, field, value)


def skip_session(group: Group, session: GroupSession, *, reason: str, today: date) -> Schedule:
    """Leave a session out, and say why in a few words; it can be taken in again."""
    # Not joined either: taken in again it would else stand in a meeting that has filled up since.
    session.skipped, session.joined, session.reason = True, False, clean_text(reason)[:LONGEST_REASON]
    return replan(group, after=_day_before(today))


def take_in_session(group: Group, session: GroupSession, *, today: date) -> Schedule:
    """Take in again a session that was left out, where it stood."""
    session.skipped, session.reason = False, ""
    return replan(group, after=_day_before(today))


def repeat_session(group: Group, session: GroupSession, *, today: date) -> Schedule:
    """Teach a session once more, in the next meeting that is free for it: before all that is not taught yet."""
    rounds = [other.round for other in group.sessions if other.session_id == session.session_id]
    left = {planned_session.key for planned_session in plan_left(group, today=today).sessions}
    ordered = sorted(group.sessions, key=lambda session: session.position)
    at = next((n for n, planned in enumerate(ordered) if key_of(planned) in left), len(ordered))
    again = GroupSession(
        session_id=session.session_id,
        title=session.title,
        round=max(rounds) + 1,
        position=0,
        course=session.course,
    )
    for position, planned in enumerate([*ordered[:at], again, *ordered[at:]], 1):
        planned.position = position
    group.sessions.insert(at, again)
    return replan(group, after=_day_before(today))


def set_outcome(group: Group, meeting_session: MeetingSession, outcome: Outcome | None) -> Schedule | None:
    """Say what became of a session; returns the new plan where it changed, else None.

    What is carried over is planned again first and the rest moves on; what was partly done comes first in the next
    meeting, and nothing else moves.
    """
    meeting = next(meeting for meeting in group.meetings if meeting_session in meeting.sessions)
    if meeting.state is not MeetingState.HELD:
        raise UserError(_("Start the meeting before you say what became of its sessions."))
    before, meeting_session.outcome = meeting_session.outcome, outcome
    _set(meeting, "started", True)  # who says what became of it says that it was held
    moved = outcome is not before and (outcome in _LEFT or before in _LEFT)
    return replan(group, after=meeting.on) if moved else None


def cancel_meeting(group: Group, meeting: Meeting, *, did_not_meet: bool = False, reason: str = "") -> Schedule:
    """The meeting does not happen: its sessions and all later ones move one meeting on.

    Held meetings never move, and a meeting is added at the end. Where the group has an end date, what no longer fits
    is in `unplaced` of the answer.
    """
    if meeting.started:
        raise UserError(_("This meeting was started. If it was not held, say so under “End the meeting”."))
    if meeting.state is MeetingState.HELD:
        raise UserError(_("This meeting has been held. Clear its marks first if that is wrong."))
    if meeting.state not in GOING:
        raise UserError(_("This meeting is cancelled already."))
    meeting.state = MeetingState.DID_NOT_MEET if did_not_meet else MeetingState.CANCELLED
    meeting.reason = clean_text(reason)[:LONGEST_REASON]
    meeting.sessions = []
    meeting.number = None
    return replan(group, after=_day_before(meeting.on))


def reinstate_meeting(group: Group, meeting: Meeting) -> Schedule:
    """A cancelled meeting takes place after all, and the plan closes up again."""
    if meeting.state in GOING:
        raise UserError(_("This meeting is not cancelled."))
    meeting.state, meeting.reason = MeetingState.PLANNED, ""
    return replan(group, after=_day_before(meeting.on))


def change_meeting(
    group: Group, meeting: Meeting, *, on: date, start: time, minutes: int, place: str, today: date
) -> Schedule:
    """One meeting on another day, at another time or in another place; the pattern stays as it is.

    Raises UserError for a held meeting, a day that is past, closed or taken, and times that cannot be.
    """
    if meeting.state is not MeetingState.PLANNED:
        raise UserError(_("Only a meeting that is planned can be moved."))
    if on != meeting.on:
        _must_be_free(group, meeting, on, today)
    place = MeetingPattern((on.weekday(),), start, minutes, place).place  # raises for times that cannot be
    # From the earlier of both days: where it came from and where it goes the order of sessions changes.
    first = min(meeting.on, on)
    meeting.on, meeting.start, meeting.minutes, meeting.place = on, start, minutes, place
    # Of its slot, not of its new day: back on the usual day and hour it follows the pattern again.
    usual = pattern_of(group, meeting.slot)
    meeting.changed = on != meeting.slot or (start, minutes, place) != (usual.start, usual.minutes, usual.place)
    return replan(group, after=_day_before(first))


def _must_be_free(group: Group, meeting: Meeting, on: date, today: date) -> None:
    day = long_date(on)
    if on < today:
        raise UserError(_("{day} is past. Choose a day from today on.").format(day=day))
    if name := public_holidays(on, on).get(on):
        raise UserError(_("{day} is a public holiday: {name}. Choose another day.").format(day=day, name=name))
    if any(on in parse_closure(text) for text in group.closures):
        raise UserError(_("{day} is closed for this group. Open the day first, or choose another.").format(day=day))
    if any(other.on == on and other is not meeting and other.state in GOING for other in group.meetings):
        raise UserError(_("The group meets on {day} already. Choose another day.").format(day=day))
    if group.until is not None and on > group.until:
        raise UserError(_("{day} is after the end of the group. Choose an earlier day.").format(day=day))


def set_end(group: Group, until: date | None, *, today: date) -> Schedule:
    """Another end date, or none. Raises UserError where a meeting has been held after it, or none can be before."""
    held = [meeting.on for meeting in group.meetings if meeting.state is MeetingState.HELD]
    if until is not None and held and until < max(held):
        words = _("The group has met on {day}. Choose a later end.")
        raise UserError(words.format(day=long_date(max(held))))
    if until is not None and until < group.first_date:
        words = _("The group begins on {day}. Choose a later end.")
        raise UserError(words.format(day=long_date(group.first_date)))
    store_closures(group)
    group.until = until
    return replan(group, after=_day_before(today))
