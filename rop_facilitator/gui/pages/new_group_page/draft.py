"""What the form says, as a value, and the plan that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from rop_facilitator.curriculum.model import Curriculum, Library
from rop_facilitator.planning.calendar import Closure, MeetingPattern, parse_closure, suggested_closures
from rop_facilitator.planning.schedule import Schedule, plan_schedule
from rop_facilitator.records.groups import add_participant, create_group

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from rop_facilitator.records.models import Group


@dataclass(frozen=True)
class GroupDraft:
    """A group that is not made yet. `refused` are the suggested closures that the leader has ticked off."""

    name: str
    curricula: tuple[str, ...]
    weekdays: tuple[int, ...]
    start: time
    minutes: int
    place: str
    first_date: date
    refused: frozenset[str]
    own_closures: str
    people: str

    @property
    def pattern(self) -> MeetingPattern:
        """When the group meets. Raises UserError."""
        return MeetingPattern(self.weekdays, self.start, self.minutes, self.place.strip())

    def own(self) -> list[Closure]:
        """The closures that the leader typed, one a line. Raises UserError for one that cannot be read."""
        return [parse_closure(line) for line in self.own_closures.splitlines() if line.strip()]

    def names(self) -> list[str]:
        """The people, one a line."""
        return [line.strip() for line in self.people.splitlines() if line.strip()]


def chosen_curricula(draft: GroupDraft, library: Library) -> list[Curriculum]:
    """The curricula of a draft, in the order of the library."""
    return [one for one in library if one.id in draft.curricula]


def suggestions(draft: GroupDraft, library: Library) -> list[Closure]:
    """The closures that most services have while the group runs; ticking one off must not take it out of the list."""
    count = sum(len(one.sessions) for one in chosen_curricula(draft, library))
    if not count or not draft.weekdays:
        return []
    last = draft.first_date + timedelta(weeks=-(-count // len(draft.weekdays)))
    previous: list[Closure] = []
    while (found := suggested_closures(draft.first_date, last)) != previous:
        previous = found
        plan = _plan(draft, library, found)
        last = max(last, plan.meetings[-1].on if plan.meetings else last)
    return found


def plan_of(draft: GroupDraft, library: Library, suggested: Sequence[Closure]) -> tuple[Schedule, list[Closure]]:
    """The plan, and all closures that it heeds. Raises UserError."""
    closures = [one for one in suggested if str(one) not in draft.refused] + draft.own()
    return _plan(draft, library, closures), closures


def _plan(draft: GroupDraft, library: Library, closures: Sequence[Closure]) -> Schedule:
    sessions = [session.id for one in chosen_curricula(draft, library) for session in one.sessions]
    return plan_schedule(sessions, draft.pattern, start=draft.first_date, closures=closures)


def make_group(db: Session, draft: GroupDraft, library: Library, closures: Sequence[Closure]) -> Group:
    """The group with its meetings and people. Raises UserError."""
    group = create_group(
        db,
        draft.name,
        chosen_curricula(draft, library),
        draft.pattern,
        first_date=draft.first_date,
        closures=closures,
    )
    for name in draft.names():
        add_participant(db, group, name, joined=draft.first_date)
    return group
