"""Which backups stay: by their order and their number first, because a clock may be wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

DAYS, WEEKS, MONTHS = 14, 8, 4
# No backup outlives this while newer ones exist, so that a person who is deleted for good is soon gone here too.
LIFETIME = timedelta(days=90)
# A longer way from one backup to the next is a holiday or a wrong clock; nothing in the file tells which.
_LEAP = timedelta(days=35)
_DAYS_OF_TRUST = 5


def to_keep(moments: Sequence[datetime], *, at: datetime) -> set[datetime]:
    """Which backups stay. `moments` are in the order in which they were taken, whatever their clocks said; `at` is now.

    The newest stays, the newest of each of the last 14 days, 8 weeks and 4 months that have one. Of these goes what is
    older than 90 days; where time seems to have leapt since, only after five days of backups on this side of the leap.
    """
    # By order, not by clock: the newest stays whatever its date says.
    kept = set(moments[-1:])
    for most, period in _periods():
        kept |= set(_newest_of(moments, period)[:most])
    # A clock that jumped ahead a year would make every backup look old: it must not empty the folder.
    side = _this_side(moments, at)
    trusted = side == 0 or len({moment.date() for moment in moments[side:]}) >= _DAYS_OF_TRUST
    return {
        moment
        for place, moment in enumerate(moments)
        if moment in kept and (place == len(moments) - 1 or at - moment < LIFETIME or not trusted)
    }


def _periods() -> tuple[tuple[int, Callable[[datetime], object]], ...]:
    return (
        (DAYS, datetime.date),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    )


def _newest_of(moments: Sequence[datetime], period: Callable[[datetime], object]) -> list[datetime]:
    """The last taken of each period, newest first."""
    last = {period(moment): place for place, moment in enumerate(moments)}
    return [moments[place] for place in sorted(last.values(), reverse=True)]


def _this_side(moments: Sequence[datetime], at: datetime) -> int:
    """The place of the first backup after the last leap of the clock, forwards or back; 0 where it never leapt."""
    steps = list(pairwise((*moments, at)))
    leaps = [place for place, (before, after) in enumerate(steps, 1) if not -_LEAP <= after - before <= _LEAP]
    return max(leaps, default=0)
