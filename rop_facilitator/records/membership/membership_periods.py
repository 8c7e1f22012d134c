"""The days on which people are members of a group: read for many at once, told in a word, and changed as values.

`Days` are periods in their order, each a first day and a last one (None: still there), with at least one day between.
The functions that change them return new ones and raise RefusedError, which says what to do instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.models import Membership, MembershipStatus, Period, is_in_period

Days = tuple[tuple[date, date | None], ...]
ENDED = (MembershipStatus.LEFT, MembershipStatus.COMPLETED)
_DAY = timedelta(days=1)


class MembershipPlace(StrEnum):
    """Where a person stands with a group on a day."""

    MEMBER = "member"
    AHEAD = "ahead"
    PAUSED = "paused"
    COMPLETED = "completed"
    LEFT = "left"


@dataclass(frozen=True)
class NewPeriods:
    """What a membership is to become: its periods, and how the last one ended."""

    days: Days
    status: MembershipStatus


def days_by_group(db: Session, groups: Collection[int]) -> dict[int, dict[int, Days]]:
    """The periods of everybody in these groups, by group and membership, without loading a row."""
    query = select(Membership.group_id, Membership.id, Period.first_day, Period.last_day).join(Membership.periods)
    query = query.where(Membership.group_id.in_(groups)).order_by(Membership.id, Period.first_day)
    days: dict[int, dict[int, Days]] = {}
    for group_id, membership_id, first_day, last_day in db.execute(query):
        members = days.setdefault(group_id, {})
        members[membership_id] = (*members.get(membership_id, ()), (first_day, last_day))
    return days


def periods_of(membership: Membership) -> Days:
    """The periods of a membership as values."""
    return tuple((period.first_day, period.last_day) for period in membership.periods)


def covers(days: Iterable[tuple[date, date | None]], day: date) -> bool:
    """Whether one of the periods holds the day."""
    return any(is_in_period(day, first, last) for first, last in days)


def is_counted_in(days: Days, day: date) -> bool:
    """Whether a group counts a person among its people on a day: a member then, or one who has yet to begin.

    A day to come back on is no beginning: who pauses is not here.
    """
    return covers(days, day) or days[0][0] > day


def place_on(membership: Membership, day: date) -> MembershipPlace:
    """Where a person stands on a day: a pause is any gap before the last period, or an end that is not for good."""
    if membership.covers(day):
        return MembershipPlace.MEMBER
    if day < membership.joined:
        return MembershipPlace.AHEAD
    last = membership.periods[-1].last_day
    if last is None or day <= last or membership.status not in ENDED:
        return MembershipPlace.PAUSED
    return MembershipPlace.COMPLETED if membership.status is MembershipStatus.COMPLETED else MembershipPlace.LEFT


def back_on(membership: Membership, day: date) -> date | None:
    """The first day of the next period after a day; None where none is known."""
    return next((period.first_day for period in membership.periods if period.first_day > day), None)


# -- changes -----------------------------------------------------------------------------------------------------------


def ended(membership: Membership, first_out: date, status: MembershipStatus) -> NewPeriods:
    """Out from a day on; what was planned after it goes. A person in a pause ends with the last day that there was."""
    days = periods_of(membership)
    if membership.status in ENDED and days[-1][1] is not None and days[-1][1] < first_out:
        raise RefusedError(
            _("The last day was {day} already. Correct that day instead.").format(day=long_date(days[-1][1]))
        )
    if first_out <= days[0][0]:
        raise RefusedError(
            _("The first day is {day}. Out is a day after it; else correct the first day.").format(
                day=long_date(days[0][0])
            )
        )
    before = [(first, last) for first, last in days if first < first_out]
    first, last = before[-1]
    before[-1] = (first, _earlier(last, first_out - _DAY))
    return NewPeriods(tuple(before), status)


def paused(membership: Membership, first_out: date, back: date | None = None) -> NewPeriods:
    """Out from a day on, for a while; with `back`, the first day in again, the next period is there already."""
    if not covers(periods_of(membership), first_out - _DAY):
        raise RefusedError(
            _("{day} is in no period, so no pause can begin after it. Choose a day as a member.").format(
                day=long_date(first_out - _DAY)
            )
        )
    if back is None:
        return ended(membership, first_out, MembershipStatus.PAUSED)
    if back <= first_out:
        raise RefusedError(
            _("{back} is not after {out}. The day back is the first day in the group again.").format(
                back=long_date(back), out=long_date(first_out)
            )
        )
    days = periods_of(membership)
    before = tuple((first, _earlier(last, first_out - _DAY)) for first, last in days if first < first_out)
    after = tuple((max(first, back), last) for first, last in days if last is None or last >= back)
    if after:
        return NewPeriods((*before, *after), membership.status)
    return NewPeriods((*before, (back, None)), MembershipStatus.ACTIVE)


def returned(membership: Membership, first_in: date) -> NewPeriods:
    """In again from a day on. A day back that was planned moves; the day after the last one goes on without a gap."""
    days = periods_of(membership)
    if days[-1][1] is None:  # a day back is there already: this one takes its place
        if len(days) == 1:
            raise RefusedError(_("This person is in the group already. A day back follows a pause or an end."))
        days = days[:-1]
    last = days[-1][1]
    assert last is not None
    if first_in <= last:
        raise RefusedError(
            _("The last day was {day}. The day back is after it; else correct that day first.").format(
                day=long_date(last)
            )
        )
    return NewPeriods(_joined((*days, (first_in, None))), MembershipStatus.ACTIVE)


def with_first_day(membership: Membership, number: int | None, first_day: date) -> NewPeriods:
    """Another first day of a period; they count from 1, and None stands for the only one."""
    days = list(periods_of(membership))
    index = _index(days, number)
    last = days[index][1]
    if last is not None and first_day > last:
        raise RefusedError(
            _("The last day of this period is {day}. The first day cannot be after it.").format(day=long_date(last))
        )
    if index and first_day <= (before := days[index - 1][1] or date.max):
        raise RefusedError(_("The period before ends on {day}. Correct that day first.").format(day=long_date(before)))
    days[index] = (first_day, last)
    return NewPeriods(_joined(tuple(days)), membership.status)


def with_last_day(membership: Membership, number: int | None, last_day: date | None) -> NewPeriods:
    """Another last day of a period, or none in the last one: the person is in the group still."""
    days = list(periods_of(membership))
    index = _index(days, number)
    is_newest = index == len(days) - 1
    first = days[index][0]
    if last_day is None and not is_newest:
        raise RefusedError(_("Only the last period can be open. Give this one a last day."))
    if last_day is not None and last_day < first:
        raise RefusedError(
            _("The first day of this period is {day}. The last day cannot be before it.").format(day=long_date(first))
        )
    if last_day is not None and not is_newest and last_day >= days[index + 1][0]:
        raise RefusedError(
            _("The next period begins on {day}. Correct that day first.").format(day=long_date(days[index + 1][0]))
        )
    status = membership.status
    if is_newest and last_day is None:
        status = MembershipStatus.ACTIVE
    elif is_newest and status is MembershipStatus.ACTIVE:
        status = MembershipStatus.LEFT
    days[index] = (first, last_day)
    return NewPeriods(_joined(tuple(days)), status)


def _earlier(last: date | None, day: date) -> date:
    return day if last is None else min(last, day)


def _index(days: list[tuple[date, date | None]], number: int | None) -> int:
    if number is None and len(days) > 1:
        raise RefusedError(_("There are {n} periods. Say which one.").format(n=len(days)))
    if number is not None and not 1 <= number <= len(days):
        raise RefusedError(_("There is no period {n}. The last one is {all}.").format(n=number, all=len(days)))
    return 0 if number is None else number - 1


def _joined(days: Days) -> Days:
    """Periods without a day between them are one."""
    joined: list[tuple[date, date | None]] = []
    for first, last in days:
        if joined and joined[-1][1] is not None and joined[-1][1] + _DAY >= first:
            first = joined.pop()[0]
        joined.append((first, last))
    return tuple(joined)
