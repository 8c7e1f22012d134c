"""What a certificate says of one person, and what is asked before one is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.group_facts import attendance_share
from rop_facilitator.i18n import _, ngettext, period, speaking
from rop_facilitator.records.group.groups import in_order, shown_name
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import Group, Meeting, MeetingState, Membership, MembershipStatus, NamesShown


def certificate_facts(facts: PacketFacts, group: Group, membership: Membership, *, language: str) -> PacketFacts:
    """The facts of a group as they are for one person: the display name, the times as a member, the meetings."""
    attendance = attendance_share(group, membership)
    with speaking(language):
        spans = [period(days[0], days[-1]) for days in _held_days(group, membership)]
        of_meetings = ngettext("{present} of {n} meeting", "{present} of {n} meetings", attendance.counted)
        return replace(
            facts,
            name=membership.participant.name,
            period=_(" and ").join(spans) or facts.period,
            present=str(attendance.present),
            held=str(attendance.counted),
            attended=of_meetings.format(present=attendance.present, n=attendance.counted),
        )


def _held_days(group: Group, membership: Membership) -> list[list[date]]:
    """The days of held meetings in each period of a membership; none for a period without one."""
    spans = []
    for span in membership.periods:
        last = span.last_day or date.max
        days = [m.on for m in group.meetings if m.state is MeetingState.HELD and span.first_day <= m.on <= last]
        spans += [sorted(days)] if days else []
    return spans


@dataclass(frozen=True)
class Doubts:
    """Why a certificate may be too early or too thin: sentences to ask by, and who cannot have one at all."""

    sentences: tuple[str, ...] = ()
    nothing: tuple[int, ...] = ()  # memberships without one meeting that counts

    def __bool__(self) -> bool:
        return bool(self.sentences)


def doubts_about(group: Group, people: Sequence[Membership], *, names: NamesShown, today: date) -> Doubts:
    """What is asked before these people get a certificate; the group loaded whole, names as told."""
    sentences: list[str] = []
    ahead = [m for m in group.meetings if m.state is MeetingState.PLANNED and m.on >= today]
    ongoing = [person for person in people if person.status is not MembershipStatus.COMPLETED]
    # Whoever has completed may get one while the others go on.
    if ahead and ongoing:
        held = sum(meeting.state is MeetingState.HELD for meeting in group.meetings)
        words = _("The course is not over: {held} of {all} meetings are held.")
        sentences.append(words.format(held=held, all=held + len(ahead) + _overdue(group, today)))
    nothing = []
    for person in in_order(people, names):
        attendance, name = attendance_share(group, person), shown_name(person, names)
        missing, of = _unrecorded(group, person, today)
        # In this order: the graver doubt is told, and only one of them about a person.
        if not attendance.counted:
            nothing.append(person.id)
            sentences.append(_("{name} gets none: nothing that counts is marked.").format(name=name))
        elif missing:
            words = ngettext(
                "{name}: attendance is missing for {n} of {all} meeting.",
                "{name}: attendance is missing for {n} of {all} meetings.",
                of,
            )
            sentences.append(words.format(name=name, n=missing, all=of))
        elif not attendance.present:
            words = ngettext(
                "{name} was not at the {n} meeting.", "{name} was at none of {n} meetings.", attendance.counted
            )
            sentences.append(words.format(name=name, n=attendance.counted))
        elif attendance.counted == 1:
            sentences.append(_("{name}: it would be for one meeting only.").format(name=name))
    return Doubts(tuple(sentences), tuple(nothing))


def _overdue(group: Group, today: date) -> int:
    return sum(meeting.state is MeetingState.PLANNED and meeting.on < today for meeting in group.meetings)


def _unrecorded(group: Group, person: Membership, today: date) -> tuple[int, int]:
    """How many of a person's meetings so far have no mark, and how many those meetings are; today's ask when held."""
    meetings = [m for m in group.meetings if m.state in GOING and person.covers(m.on) and _is_past(m, today)]
    marked = sum(
        any(row.membership_id == person.id and row.mark is not None for row in meeting.attendance)
        for meeting in meetings
    )
    return len(meetings) - marked, len(meetings)


def _is_past(meeting: Meeting, today: date) -> bool:
    return meeting.on < today or meeting.state is MeetingState.HELD
