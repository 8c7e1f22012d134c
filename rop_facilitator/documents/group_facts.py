"""What a standing paper may say of a group, and of one person in it, in the words of its language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.packet_facts import PacketFacts
from rop_facilitator.i18n import clock, long_date, on_weekdays, period, speaking
from rop_facilitator.planning.calendar import end_of
from rop_facilitator.records.attendance import Share, share
from rop_facilitator.records.groups import curricula_of
from rop_facilitator.records.meetings import GOING
from rop_facilitator.records.models import Group, MeetingState, Membership


def group_facts(group: Group, library: Library, *, language: str, today: date) -> PacketFacts:
    """The facts of a loaded group: its usual meeting, its whole period, who has led."""
    going = [meeting for meeting in group.meetings if meeting.state in GOING]
    ahead = [meeting for meeting in going if meeting.on >= today]
    titles = [found.title for one in curricula_of(group) if (found := library.curricula.get(one)) is not None]
    with speaking(language):
        return PacketFacts(
            date=long_date(today),
            time=f"{clock(group.start)}–{clock(end_of(group.start, group.minutes))}",
            place=group.place,
            group=group.name,
            curriculum=" + ".join(titles),
            weekdays=on_weekdays(group.weekdays),
            period=period(going[0].on, going[-1].on) if going else "",
            next=long_date(ahead[0].on) if ahead else "",
            meetings=str(len(ahead)),
            leaders=tuple(dict.fromkeys(meeting.leader for meeting in going if meeting.leader)),
        )


def attended(group: Group, membership: Membership) -> Share:
    """How many meetings a person was at, of how many that count for the person."""
    going = [meeting for meeting in group.meetings if meeting.state in GOING and membership.covers(meeting.on)]
    return share(row.mark for meeting in going for row in meeting.attendance if row.membership_id == membership.id)


def person_facts(facts: PacketFacts, group: Group, membership: Membership, *, language: str) -> PacketFacts:
    """The facts of a group as they are for one person: the display name, the time as a member, the meetings."""
    held = [m.on for m in group.meetings if m.state is MeetingState.HELD and membership.covers(m.on)]
    told = attended(group, membership)
    with speaking(language):
        return replace(
            facts,
            name=membership.participant.name,
            period=period(held[0], held[-1]) if held else facts.period,
            present=str(told.present),
            held=str(told.counted),
        )
