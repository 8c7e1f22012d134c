"""Whether a course fits into its weeks, and what can be done where it does not: offers, each with its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from rop_facilitator.i18n import _, day_and_month, long_date, ngettext, weekday_name
from rop_facilitator.planning.meeting_days import ExtraDay
from rop_facilitator.planning.planned_sessions import PlannedSession, meeting_contents
from rop_facilitator.planning.schedule import Plan, Schedule, open_days, plan_schedule
from rop_facilitator.planning.session_merging import least_together, merge_to

OfferKind = Literal["merge", "twice", "extend", "skip-optional", "split"]
OFFERS: tuple[OfferKind, ...] = ("merge", "twice", "extend", "skip-optional")
_FRIDAY = 4
_MOST_WEEKS = 520
_LONGEST_ADVISED = 120  # minutes; a longer meeting is a day's course


@dataclass(frozen=True)
class Fit:
    """Sessions against meetings. `needed` counts meetings; `open_days` the days until the end, None without an end."""

    sessions: int
    needed: int
    open_days: int | None
    schedule: Schedule

    @property
    def over(self) -> int:
        """How many meetings too few there are; below 0: how many are to spare."""
        return 0 if self.open_days is None else self.needed - self.open_days

    @property
    def fits(self) -> bool:
        """Whether every session has a date."""
        return not self.schedule.left_over


@dataclass(frozen=True)
class Offer:
    """One way to make it fit: the plan as it would be, its schedule, and in words what it does and what it costs."""

    kind: OfferKind
    plan: Plan
    schedule: Schedule
    title: str
    effect: str
    cost: str

    @property
    def fits(self) -> bool:
        """Whether every session has a date then."""
        return not self.schedule.left_over

    @property
    def over(self) -> int:
        """How many meetings too few there still are."""
        return len(self.schedule.left_over)


def fit(plan: Plan) -> Fit:
    """Whether the sessions of a plan find a day each. Nothing is stored."""
    needed = len(meeting_contents(plan.sessions))
    sessions = sum(not session.skipped for session in plan.sessions)
    days = len(open_days(plan.calendar)) if plan.calendar.until else None
    return Fit(sessions, needed, days, plan_schedule(plan))


def fit_text(result: Fit, until: date | None) -> str:
    """The one sentence: "50 sessions, 35 meetings until 25 May: 15 too many"."""
    sessions = ngettext("{n} session", "{n} sessions", result.sessions).format(n=result.sessions)
    if result.open_days is None or until is None:
        if result.schedule.last is None or not result.fits:
            return _("{sessions}, and no day is open for them").format(sessions=sessions)
        meetings = ngettext("{n} meeting", "{n} meetings", result.needed).format(n=result.needed)
        sentence = _("{sessions} in {meetings}: the last one is on {day}")
        return sentence.format(sessions=sessions, meetings=meetings, day=long_date(result.schedule.last))
    meetings = ngettext("{n} meeting", "{n} meetings", result.open_days).format(n=result.open_days)
    if result.needed != result.sessions:
        sessions = _("{sessions} in {n} meetings").format(sessions=sessions, n=result.needed)
        meetings = _("room for {n}").format(n=result.open_days)
    facts = {"sessions": sessions, "meetings": meetings, "day": day_and_month(until)}
    if result.over > 0:
        return _("{sessions}, {meetings} until {day}: {n} too many").format(**facts, n=result.over)
    if result.over < 0:
        return _("{sessions}, {meetings} until {day}: {n} to spare").format(**facts, n=-result.over)
    return _("{sessions}, {meetings} until {day}: it fits").format(**facts)


def offers(plan: Plan) -> tuple[Offer, ...]:
    """What can be done about a plan that does not fit, each with its result; where it fits, only long sessions."""
    over = plan.calendar.until is not None and bool(plan_schedule(plan).left_over)
    kinds: tuple[OfferKind, ...] = OFFERS if over else ("split",)
    return tuple(way for kind in kinds if (way := offer(plan, kind)) is not None)


def offer(plan: Plan, kind: OfferKind) -> Offer | None:
    """One offer; None where it would change nothing, or not be of any help."""
    way, before = _MAKERS[kind](plan), plan_schedule(plan)
    if way is None or way.schedule == before:
        return None
    if before.left_over:
        # Fewer without a date is help too: two offers can be taken one after the other.
        return way if len(way.schedule.left_over) < len(before.left_over) else None
    return way if way.fits else None


def _day(day: date) -> str:
    return f"{day_and_month(day)} {day.year}"


def no_offer_text(plan: Plan, kind: OfferKind) -> str:
    """Why an offer would change nothing, and what could be changed instead."""
    fits = not plan_schedule(plan).left_over
    if kind in ("merge", "twice", "extend") and fits:
        return _("All sessions have a date already.")
    if kind == "extend":
        return _("A later end gives no more days. Open some of the closed days, or leave sessions out.")
    if kind == "skip-optional":
        if any(session.optional for session in plan.sessions):
            return _("The optional modules are left out already.")
        return _("No module of this course is optional. Leave out single sessions instead.")
    if kind == "twice":
        if second_weekday(plan) is None:
            return _("The group meets on every weekday already. End later, or leave sessions out.")
        return _("A second weekday gives no more days until the end. End later, or leave sessions out.")
    minutes = min(pattern.minutes for pattern in plan.calendar.patterns())
    if kind == "merge":
        too_short = _("No two sessions of a module have room in {n} minutes.").format(n=minutes)
        return f"{too_short} {_longer_or(plan, minutes)}"
    return _("No session is too long for {n} minutes.").format(n=minutes)


def _longer_or(plan: Plan, minutes: int) -> str:
    """Longer meetings, where longer ones could hold two sessions; else what is left to do."""
    # The other steps keep their minutes, so what two themes lack is what the meeting lacks.
    least = least_together(plan.sessions)
    longer = minutes + least - plan.theme_minutes if least is not None and plan.theme_minutes else 0
    if minutes < longer <= _LONGEST_ADVISED:
        return _("Make the meetings longer, for example {n}.").format(n=-(-longer // 15) * 15)  # up to a quarter
    return _("Meet more often, end later, or leave sessions out.")


def _offer_of(kind: OfferKind, plan: Plan, title: str, cost: str) -> Offer:
    schedule = plan_schedule(plan)
    left = len(schedule.left_over)
    if schedule.last is None:
        effect = _("still no day is open")
    elif left:
        effect = ngettext("still {n} too many", "still {n} too many", left).format(n=left)
    else:
        effect = _("last meeting {day}").format(day=_day(schedule.last))
    return Offer(kind, plan, schedule, title, effect, cost)


def _merge(plan: Plan) -> Offer | None:
    days = len(open_days(plan.calendar)) if plan.calendar.until else len(meeting_contents(plan.sessions))
    planned = merge_to(plan.sessions, days, minutes=plan.theme_minutes)
    saved = len(meeting_contents(plan.sessions)) - len(meeting_contents(planned))
    cost = ngettext(
        "{n} meeting takes two themes of the same module, each in less time",
        "{n} meetings take two themes of the same module, each in less time",
        saved,
    ).format(n=saved)
    return _offer_of("merge", replace(plan, sessions=planned), _("Several sessions in one meeting"), cost)


def free_weekdays(plan: Plan) -> tuple[int, ...]:
    """The weekdays, Monday to Friday, on which the group could meet as well, 0 to 4."""
    used = {day for pattern in plan.calendar.patterns() for day in pattern.weekdays}
    used |= {extra.weekday for extra in plan.calendar.extra if extra.last >= plan.calendar.start}
    return tuple(day for day in range(_FRIDAY + 1) if day not in used)


def second_weekday(plan: Plan) -> int | None:
    """The weekday that a second meeting a week would have: two days on, else two days before; None if all are used."""
    free = free_weekdays(plan)
    first = plan.calendar.pattern.weekdays[0]
    return next((day for day in (first + 2, first - 2, first + 1, first - 1, *free) if day in free), None)


def twice(plan: Plan, weekday: int, *, weeks: int) -> Plan:
    """The plan with a further weekday for so many weeks from its beginning."""
    start = plan.calendar.start
    last = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (weeks - 1))
    # Its last day is one of that weekday, for the offer names the day on which it ends.
    latest = plan.calendar.last - timedelta(days=(plan.calendar.last.weekday() - weekday) % 7)
    extra = (*plan.calendar.extra, ExtraDay(weekday, start, min(last, latest)))
    return replace(plan, calendar=replace(plan.calendar, extra=extra))


def _twice(plan: Plan) -> Offer | None:
    weekday = second_weekday(plan)
    return twice_offer(plan, weekday) if weekday is not None and plan_schedule(plan).left_over else None


def twice_offer(plan: Plan, weekday: int) -> Offer:
    """Two meetings a week for as few weeks as are enough, on a weekday of the leader's choice, 0 (Monday) to 6."""
    most = min(_MOST_WEEKS, (plan.calendar.last - plan.calendar.start).days // 7 + 1)
    weeks = _fewest(lambda n: not plan_schedule(twice(plan, weekday, weeks=n)).left_over, max(most, 1))
    changed = twice(plan, weekday, weeks=weeks)
    last = changed.calendar.extra[-1].last
    day = weekday_name(last)
    title = _("Two meetings a week for a period")
    cost = _("also {weekday} until {day}").format(weekday=day, day=_day(last))
    return _offer_of("twice", changed, title, cost)


def _fewest(enough: Callable[[int], bool], most: int) -> int:
    """The smallest number from 1 to `most` that is enough, by halving; `most` where none is."""
    low, high = 1, most  # more weeks never leave more sessions without a date, so halving is enough
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def _extend(plan: Plan) -> Offer | None:
    longer = replace(plan, calendar=replace(plan.calendar, until=None))
    last = plan_schedule(longer).last
    if last is not None:
        longer = replace(plan, calendar=replace(plan.calendar, until=max(last, plan.calendar.until or last)))
    weeks = 0 if last is None or plan.calendar.until is None else -(-(last - plan.calendar.until).days // 7)
    cost = ngettext("the group goes on {n} week longer", "the group goes on {n} weeks longer", weeks).format(n=weeks)
    return _offer_of("extend", longer, _("A later end date"), cost)


def _skip_optional(plan: Plan) -> Offer | None:
    left_out = [session for session in plan.sessions if session.optional and not session.skipped]
    planned = tuple(replace(session, skipped=session.skipped or session.optional) for session in plan.sessions)
    cost = ngettext("{n} session is left out", "{n} sessions are left out", len(left_out)).format(n=len(left_out))
    return _offer_of("skip-optional", replace(plan, sessions=planned), _("Without optional modules"), cost)


def long_sessions(planned: Sequence[PlannedSession], theme_minutes: int) -> tuple[PlannedSession, ...]:
    """Sessions that were written for half as much time again as a meeting has: they can be taught over two meetings.

    Where it is not known how much a meeting has (0), none is long.
    """
    if not theme_minutes:
        return ()
    whole = (session for session in planned if not session.skipped and session.parts == 1)
    return tuple(session for session in whole if session.minutes * 4 > theme_minutes * 3)


def _split(plan: Plan) -> Offer | None:
    long = {session.key for session in long_sessions(plan.sessions, plan.theme_minutes)}
    planned = tuple(replace(session, parts=2) if session.key in long else session for session in plan.sessions)
    cost = ngettext("{n} long session takes two meetings", "{n} long sessions take two meetings", len(long))
    title = _("Long sessions over two meetings")
    return _offer_of("split", replace(plan, sessions=planned), title, cost.format(n=len(long)))


_MAKERS: dict[OfferKind, Callable[[Plan], Offer | None]] = {
    "merge": _merge,
    "twice": _twice,
    "extend": _extend,
    "skip-optional": _skip_optional,
    "split": _split,
}
