"""What a standing paper may say of a group, in the words of its language."""

from __future__ import annotations

from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.i18n import long_date, on_weekdays, period, speaking
from rop_facilitator.planning.calendar import clock_span
from rop_facilitator.records.calendar.group_calendar import pattern_of
from rop_facilitator.records.group.groups import curricula_of
from rop_facilitator.records.group.name_on_paper import name_on_paper_of
from rop_facilitator.records.marks import Share, share
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import Group, Membership


def group_facts(group: Group, library: Library, *, language: str, today: date) -> PacketFacts:
    """The facts of a loaded group: its usual meeting, its whole period, who has led."""
    going = [meeting for meeting in group.meetings if meeting.state in GOING]
    ahead = [meeting for meeting in going if meeting.on >= today]
    # Of today: a group may have changed its day, and a new invitation says the new one.
    usual = pattern_of(group, today)
    titles = [
        course.title for curriculum in curricula_of(group) if (course := library.curricula.get(curriculum)) is not None
    ]
    with speaking(language):
        return PacketFacts(
            date=long_date(today),
            time=clock_span(usual.start, usual.minutes),
            place=usual.place,
            group=name_on_paper_of(group, today, language=language),
            curriculum=" + ".join(titles),
            weekdays=on_weekdays(usual.weekdays),
            period=period(going[0].on, going[-1].on) if going else "",
            next=long_date(ahead[0].on) if ahead else "",
            meetings=str(len(ahead)),
            # Those who lead now, then whoever has led a meeting, each once.
            leaders=tuple(
                dict.fromkeys([*(group.leaders or ()), *(meeting.leader for meeting in going if meeting.leader)])
            ),
        )


def attendance_share(group: Group, membership: Membership) -> Share:
    """How many meetings a person was at, of how many that count for the person."""
    going = [meeting for meeting in group.meetings if meeting.state in GOING and membership.covers(meeting.on)]
    return share(row.mark for meeting in going for row in meeting.attendance if row.membership_id == membership.id)
