"""One person's figures and what is missing, from a loaded group: the same periods as everywhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.i18n import _, day_and_month, ngettext
from rop_facilitator.records.marks import COUNTED, PRESENT, Mark, Share
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.membership.membership_periods import Days, covers, periods_of
from rop_facilitator.records.models import (
    Attendance,
    Group,
    GroupSession,
    Meeting,
    Membership,
    Way,
)
from rop_facilitator.records.progress.progress import Received, progress_of_person, taught_at, taught_sessions


@dataclass(frozen=True)
class PersonFigures:
    """Present of counted, the same when what was made up counts as well, and minutes present of minutes counted."""

    share: Share
    with_made_up: Share
    minutes_present: int
    minutes_counted: int


@dataclass(frozen=True)
class TrackMeeting:
    """A meeting on a person's line of marks; `mark` is None where it is not recorded, `is_member` tells of a gap."""

    on: date
    mark: Mark | None
    is_member: bool
    made_up: bool


@dataclass(frozen=True)
class MissingSession:
    """A session that the group has had and the person has not: on which day, and whether in a gap between periods."""

    session: GroupSession
    on: date
    in_gap: bool


@dataclass(frozen=True)
class ReceivedSummary:
    """What a person has received of the group's sessions, and what is missing, oldest first.

    `elsewhere` counts those received in another group, also before the person came here; `made_up` the others that were
    received outside the meeting.
    """

    received: int
    elsewhere: int
    made_up: int
    missing: tuple[MissingSession, ...]


def figures_of(group: Group, membership: Membership) -> PersonFigures:
    """The figures of a person in the person's periods."""
    made_up = {make_up.group_session_id for make_up in membership.make_ups}
    counted = [
        (meeting, row)
        for meeting in _meetings(group)
        if (row := _row(meeting, membership)) is not None and row.mark in COUNTED and membership.covers(meeting.on)
    ]
    present = [(meeting, row) for meeting, row in counted if row.mark in PRESENT]
    again = sum(row.mark not in PRESENT and _is_made_up(meeting, made_up) for meeting, row in counted)
    return PersonFigures(
        share=Share(len(present), len(counted)),
        with_made_up=Share(len(present) + again, len(counted)),
        minutes_present=sum(_minutes(meeting, row) for meeting, row in present),
        minutes_counted=sum(meeting.minutes for meeting, _row in counted),
    )


def track_of(group: Group, membership: Membership, *, today: date) -> tuple[TrackMeeting, ...]:
    """The meetings up to today since the first day, and until the last one where it is over."""
    made_up = {make_up.group_session_id for make_up in membership.make_ups}
    # Until today in a pause: who is away for a while has meetings on the line, drawn as a gap.
    last = membership.left or today
    track = []
    for meeting in _meetings(group):
        if not membership.joined <= meeting.on <= min(last, today):
            continue
        row = _row(meeting, membership)
        mark, is_member = row.mark if row is not None else None, membership.covers(meeting.on)
        again = is_member and mark is not None and mark not in PRESENT and _is_made_up(meeting, made_up)
        track.append(TrackMeeting(meeting.on, mark if is_member else None, is_member, again))
    return tuple(track)


def received_by(group: Group, membership: Membership, *, today: date) -> ReceivedSummary:
    """What a person has received, and what is missing: also what the group had in a gap between two periods."""
    progress = progress_of_person(group, membership)
    pairs = list(zip(taught_sessions(group), progress.states, strict=True))
    had = {session.session_id for session, state in pairs if state in (Received.ATTENDED, Received.MADE_UP)}
    taught, days = taught_at(group), periods_of(membership)
    missing: dict[str, MissingSession] = {}
    for session, state in pairs:
        meetings = [meeting.on for meeting in taught.get(session.id, ()) if meeting.on <= today]
        in_gap = state is Received.NOT_MEMBER and any(_is_in_gap(days, day, today) for day in meetings)
        # By id, not by row: in a repeated session what was missed the first time may be received the second.
        if session.session_id not in had and meetings and (state is Received.MISSED or in_gap):
            day = next(day for day in meetings if not in_gap or _is_in_gap(days, day, today))
            missing.setdefault(session.session_id, MissingSession(session, day, in_gap))
    in_other_group = {note.group_session_id for note in membership.make_ups if note.way is Way.OTHER_GROUP}
    elsewhere = sum(state is Received.MADE_UP and session.id in in_other_group for session, state in pairs)
    return ReceivedSummary(
        received=progress.received,
        elsewhere=elsewhere,
        made_up=progress.states.count(Received.MADE_UP) - elsewhere,
        missing=tuple(
            sorted(missing.values(), key=lambda missing_session: (missing_session.on, missing_session.session.position))
        ),
    )


def with_sheets(missing: Iterable[MissingSession], library: Library) -> list[GroupSession]:
    """The missing sessions of which the library has sheets: an outline has none."""
    sessions = [row.session for row in missing]
    plans = ((session, library.session(session.session_id, session.curriculum_id)) for session in sessions)
    return [session for session, plan in plans if plan is not None and plan.handouts]


def received_words(summary: ReceivedSummary, *, since: date) -> str:
    """Since when the person is here, and which of the sessions were received another way than in the meetings."""
    sentence = _("in the group since {day}") if summary.elsewhere else _("since {day}")
    parts = [sentence.format(day=day_and_month(since))]
    if summary.elsewhere:
        parts.append(
            ngettext("{n} of them in another group", "{n} of them in another group", summary.elsewhere).format(
                n=summary.elsewhere
            )
        )
    if summary.made_up:
        parts.append(ngettext("{n} of them made up", "{n} of them made up", summary.made_up).format(n=summary.made_up))
    if away := sum(missing.in_gap for missing in summary.missing):
        parts.append(ngettext("{n} more in a pause", "{n} more in a pause", away).format(n=away))
    return " · ".join(parts)


def hours_words(minutes: int) -> str:
    """Minutes as hours with at most one decimal, as the language writes it."""
    tenths = round(minutes / 6)
    if tenths % 10 == 0:
        return str(tenths // 10)
    return _("{whole}.{tenth}").format(whole=tenths // 10, tenth=tenths % 10)


def _is_in_gap(days: Days, day: date, today: date) -> bool:
    last = days[-1][1]
    return days[0][0] <= day <= (last or today) and not covers(days, day)


def _meetings(group: Group) -> list[Meeting]:
    return sorted(
        (meeting for meeting in group.meetings if meeting.state in GOING),
        key=lambda meeting: (meeting.on, meeting.start),
    )


def _row(meeting: Meeting, membership: Membership) -> Attendance | None:
    return next((row for row in meeting.attendance if row.membership_id == membership.id), None)


def _is_made_up(meeting: Meeting, made_up: set[int]) -> bool:
    return bool(meeting.sessions) and all(session.group_session_id in made_up for session in meeting.sessions)


def _minutes(meeting: Meeting, row: Attendance) -> int:
    return max(0, meeting.minutes - (row.minutes_late or 0) - (row.minutes_early or 0))
