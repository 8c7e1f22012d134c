"""What the form says, as text and ticks, and what follows from it: faults, the plan, and the group itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.planning.date_words import Lean, parse_day

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Curriculum, Library
    from rop_facilitator.planning.calendar import Closure, MeetingPattern
    from rop_facilitator.planning.course_fit import Offer, OfferKind
    from rop_facilitator.planning.planned_sessions import PlannedSession
    from rop_facilitator.planning.schedule import Plan, Schedule
    from rop_facilitator.records.models import Group
    from rop_facilitator.records.storage.database import Session

_AFTER_THE_COURSE = timedelta(days=730)
_ROUNDS = 10  # each closure can move the end, and the end can bring in another closure


@dataclass(frozen=True)
class TakenOffer:
    """An offer that the leader has taken; `before` is what the last date was before it was moved."""

    kind: OfferKind
    title: str
    weekday: int | None = None
    before: str = ""


@dataclass(frozen=True)
class GroupDraft:
    """The form as it is filled in. `refused` are the suggested closures, as text, that the leader has ticked off.

    `misread` are the faults of fields whose last valid value stands here in place of what is typed.
    """

    name: str
    curricula: tuple[str, ...]
    weekdays: tuple[int, ...]
    start: time
    minutes: int
    place: str
    first: str
    last: str
    refused: frozenset[str]
    closures: tuple[Closure, ...]
    people: str
    leaders: tuple[str, ...] = ()
    name_on_paper: str = ""
    taken: tuple[TakenOffer, ...] = ()
    misread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DraftResult:
    """What a draft comes to. `faults` by the name of the field; `missing` is what is left to fill in, or "".

    `usual_name` is the name on paper where none is written, and `doubt` what to think over in the one that is.
    """

    faults: dict[str, str] = field(default_factory=dict)
    missing: str = ""
    suggested: tuple[Closure, ...] = ()
    closures: tuple[Closure, ...] = ()
    names: tuple[str, ...] = ()
    pattern: MeetingPattern | None = None
    first: date | None = None
    until: date | None = None
    wanted: Plan | None = None
    plan: Schedule | None = None
    usual_name: str = ""
    doubt: str = ""

    @property
    def hindrance(self) -> str:
        """Why the group cannot be made yet, in a sentence; "" when it can."""
        if self.faults:
            return _("Mend what is marked in red.")
        if self.missing:
            return self.missing
        return "" if self.plan and self.plan.meetings else _("No day is open for a meeting.")


def parse_names(text: str) -> tuple[str, ...]:
    """People, one a line; of a line from a spreadsheet the first column. Raises UserError for one that cannot stay."""
    from rop_facilitator.records.group.groups import clean_name

    names: list[str] = []
    for line in text.splitlines():
        if not (first := line.split("\t")[0].strip()):
            continue
        name = clean_name(first, what=_("The name"))
        if name.casefold() in (other.casefold() for other in names):
            raise UserError(
                _("“{name}” stands twice. Add a letter to tell the two apart, for example “{name} B.”.").format(
                    name=name
                )
            )
        names.append(name)
    return tuple(names)


def judge(
    draft: GroupDraft, library: Library, taken: Collection[str], service: Sequence[Closure] = (), *, today: date
) -> DraftResult:
    """What a draft comes to; `taken` are the names of the groups that there are. Nothing is stored.

    `service` are the closures of the service.
    """
    from rop_facilitator.records.group.name_on_paper import doubt_about_name, usual_name_on_paper

    result = _judge(draft, library, taken, service, today)
    doubt = doubt_about_name(draft.name_on_paper, library)
    return replace(result, usual_name=usual_name_on_paper(draft.weekdays), doubt=doubt)


def _judge(
    draft: GroupDraft, library: Library, taken: Collection[str], service: Sequence[Closure], today: date
) -> DraftResult:
    from rop_facilitator.planning.calendar import MeetingPattern
    from rop_facilitator.planning.schedule import plan_schedule

    # Each field by itself, so that all faults are marked at once and not one after the other.
    faults: dict[str, str] = dict(draft.misread)
    first = until = pattern = None
    names: tuple[str, ...] = ()
    if clean_text(draft.name).casefold() in (name.casefold() for name in taken):
        faults["name"] = _("There is a group with this name already. Choose another name.")
    try:
        first = parse_day(draft.first, today).day if draft.first.strip() else None
    except UserError as error:
        faults["first"] = str(error)
    try:
        until = parse_day(draft.last, today, lean=Lean.AFTER, earliest=first).day if draft.last.strip() else None
    except UserError as error:
        until = None
        faults["last"] = str(error)
    try:
        # A Monday while no weekday is chosen, so that a wrong time is told all the same; it is asked for as missing.
        pattern = MeetingPattern(draft.weekdays or (0,), draft.start, draft.minutes, draft.place.strip())
    except UserError as error:
        faults["minutes"] = str(error)
    try:
        names = parse_names(draft.people)
    except UserError as error:
        faults["people"] = str(error)
    missing = _missing(draft)
    if not (first and pattern and draft.curricula and draft.weekdays):
        return DraftResult(faults, missing, names=names, first=first, until=until, pattern=pattern)
    whole = _whole(chosen(draft, library), pattern, first, until)
    usual = _usual(whole, service)
    own = tuple(closure for closure in draft.closures if str(closure) not in draft.refused)
    kept = tuple(suggestion for suggestion in usual if str(suggestion) not in draft.refused)
    last = max((closure.last for closure in usual), default=first)
    later = tuple(closure for closure in _lasting(last, service) if closure.first > last)
    suggested, closures = _until(usual, until), (*kept, *own, *later)  # a later end must find them closed already
    wanted = _with_offers(_closed(whole, closures), draft.taken)
    return DraftResult(
        faults, missing, suggested, closures, names, pattern, first, until, wanted, plan_schedule(wanted)
    )


def _whole(courses: Sequence[Curriculum], pattern: MeetingPattern, first: date, until: date | None) -> Plan:
    from rop_facilitator.planning.meeting_days import GroupCalendar
    from rop_facilitator.planning.planned_sessions import least_minutes_for_theme, planned_sessions_of
    from rop_facilitator.planning.schedule import Plan

    planned: dict[str, PlannedSession] = {}
    for course in courses:  # a session that two of them have is held once, in the first of them
        for session in planned_sessions_of(course, pattern.minutes):
            planned.setdefault(session.key, session)
    return Plan(
        tuple(planned.values()),
        GroupCalendar(pattern, first, until),
        theme_minutes=least_minutes_for_theme(courses, pattern.minutes),
    )


def chosen(draft: GroupDraft, library: Library) -> list[Curriculum]:
    """The chosen curricula in the order in which they were chosen."""
    return [library.curricula[curriculum] for curriculum in draft.curricula if curriculum in library.curricula]


def make_group(db: Session, draft: GroupDraft, outcome: DraftResult, library: Library) -> Group:
    """The group with its meetings and people. Raises UserError."""
    from rop_facilitator.records.group.groups import add_participant, create_group

    assert outcome.pattern is not None
    assert outcome.first is not None
    group = create_group(
        db,
        draft.name,
        chosen(draft, library),
        outcome.pattern,
        first_date=outcome.first,
        until=outcome.until,
        closures=outcome.closures,
        wanted=outcome.wanted,
        leaders=draft.leaders,
        name_on_paper=draft.name_on_paper,
    )
    for name in outcome.names:
        add_participant(db, group, name, joined=outcome.first)
    return group


def _missing(draft: GroupDraft) -> str:
    if not clean_text(draft.name):
        return _("Give the group a name.")
    if not draft.curricula:
        return _("Choose a course.")
    if not draft.weekdays:
        return _("Choose at least one weekday.")
    return "" if draft.first.strip() else _("Write the first date.")


def _closed(plan: Plan, closures: Sequence[Closure]) -> Plan:
    return replace(plan, calendar=replace(plan.calendar, closures=tuple(closures)))


def _with_offers(plan: Plan, taken: Sequence[TakenOffer]) -> Plan:
    """The plan with the offers that were taken, in their order; one that has nothing to do any more does nothing."""
    from rop_facilitator.planning.course_fit import free_weekdays, offer, twice_offer

    for taken_offer in taken:
        if taken_offer.kind == "extend":
            continue  # it stands in the form as the last date
        if taken_offer.kind == "twice" and taken_offer.weekday in free_weekdays(plan):
            chosen: Offer | None = twice_offer(plan, taken_offer.weekday)
        else:
            chosen = offer(plan, taken_offer.kind)
        plan = plan if chosen is None else chosen.plan
    return plan


def _until(closures: Sequence[Closure], until: date | None) -> tuple[Closure, ...]:
    return tuple(closure for closure in closures if until is None or closure.first <= until)


def _lasting(last: date, service: Sequence[Closure]) -> list[Closure]:
    """The usual closures after those that the course needs: called-off meetings and a later end reach into them."""
    from rop_facilitator.planning.calendar import usual_closures

    return usual_closures(last, min(last, date.max - _AFTER_THE_COURSE) + _AFTER_THE_COURSE, service)


def _usual(plan: Plan, service: Sequence[Closure]) -> tuple[Closure, ...]:
    """The usual closures until all is taught, as if all were kept: ticking one off must not take it off the list."""
    from rop_facilitator.planning.calendar import usual_closures
    from rop_facilitator.planning.schedule import plan_schedule

    closures: list[Closure] = []
    first, pattern = plan.calendar.start, plan.calendar.pattern
    last = first + timedelta(weeks=max(0, -(-len(plan.sessions) // len(pattern.weekdays)) - 1))
    # Without the end that was typed: an end that is too early must not hide closures that a later one needs.
    endless = replace(plan, calendar=replace(plan.calendar, until=None))
    # A later last day can bring further closures, which make it later still: until nothing changes.
    for _round in range(_ROUNDS):
        before, closures = closures, usual_closures(first, last, service)
        if closures == before:
            break
        reached = plan_schedule(_closed(endless, closures)).last
        last = max(last, reached or last)
    return tuple(closures)
