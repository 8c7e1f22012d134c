"""Where a group stands in its course: what was held, what comes, what was not finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.curriculum.session_position import place_in_module
from rop_facilitator.i18n import _, capital, day_and_month
from rop_facilitator.records.models import Group, Meeting, Outcome
from rop_facilitator.records.plan.group_plan import GOING
from rop_facilitator.records.progress.progress import meetings_held, taught_sessions


@dataclass(frozen=True)
class Standing:
    """Where a group stands on a day: meetings held, ahead and called off, the last one expected, what is next."""

    held: int
    ahead: int
    called_off: int
    last: date | None
    next: Meeting | None
    sessions_done: int
    sessions: int
    unfinished: tuple[str, ...]


def standing_of(group: Group, *, today: date) -> Standing:
    """Counts and titles for the co-leader, a substitute and the head of the page."""
    sessions = taught_sessions(group)
    done = {
        session.group_session_id
        for meeting in meetings_held(group)
        for session in meeting.sessions
        if session.outcome in (None, Outcome.DONE)
    }
    planned = [meeting for meeting in group.meetings if meeting.is_ahead(today)]
    going = [meeting.on for meeting in group.meetings if meeting.state in GOING]
    held = meetings_held(group)
    open_ends = [
        session.title
        for session in (held[-1].sessions if held else ())
        if session.outcome in (Outcome.PARTLY, Outcome.CARRIED_OVER)
    ]
    return Standing(
        held=len(held),
        ahead=len(planned),
        called_off=sum(meeting.state not in GOING for meeting in group.meetings),
        last=max(going, default=None),
        next=min(planned, key=lambda meeting: (meeting.on, meeting.start), default=None),
        sessions_done=sum(session.id in done for session in sessions),
        sessions=len(sessions),
        unfinished=tuple(open_ends),
    )


def standing_facts(group: Group, library: Library, *, today: date) -> list[tuple[str, str]]:
    """What is told in the head of the plan, each with its caption."""
    standing = standing_of(group, today=today)
    going = sum(meeting.state in GOING for meeting in group.meetings)
    facts = []
    if standing.next is not None and standing.next.sessions:
        session = standing.next.sessions[0]
        place = place_in_module(library, session.group_session.curriculum_id, session.group_session.session_id)
        facts.append((_("Now") if standing.next.on == today else _("Next"), capital(place) or session.title))
    facts.append((_("Meetings held"), _("{n} of {all}").format(n=standing.held, all=going)))
    facts.append((_("Meetings left"), str(standing.ahead)))
    if standing.last is not None:
        facts.append((_("Last meeting expected"), f"{day_and_month(standing.last)} {standing.last.year}"))
    if standing.unfinished:
        facts.append((_("Not finished last time"), ", ".join(standing.unfinished)))
    return facts
