"""The agenda on the clock: when each step begins and ends, and how the meeting keeps time. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rop_facilitator.curriculum.agenda import Theme, ThemeStep, openings
from rop_facilitator.curriculum.model import Step
from rop_facilitator.i18n import _, ngettext

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stop:
    """A step on the clock; `own` says that a session brought it, `after` that it follows the theme.

    `theme` is the theme that it belongs to, `opens` the one of several that begins with it.
    """

    step: Step
    start: datetime
    end: datetime
    own: bool = False
    after: bool = False
    theme: Theme | None = None
    opens: Theme | None = None


@dataclass(frozen=True)
class Pace:
    """How the meeting keeps time, in words, with tone and glyph of a badge."""

    text: str
    tone: str
    glyph: str


def timeline(steps: Sequence[Step], themes: Sequence[Theme], on: date, start: time) -> tuple[Stop, ...]:
    """Each step with the moments at which it begins and ends, in local wall time."""
    written = {step.title for theme in themes for step in theme.session.steps}
    brought = [step.title in written or (isinstance(step, ThemeStep) and step.theme is not None) for step in steps]
    last = max((index for index, own in enumerate(brought) if own), default=len(steps))
    stops: list[Stop] = []
    at = datetime.combine(on, start)
    for index, (step, opens) in enumerate(zip(steps, openings(steps), strict=True)):
        end = at + timedelta(minutes=step.minutes)
        theme = step.theme if isinstance(step, ThemeStep) else None
        stops.append(Stop(step, at, end, own=brought[index], after=index > last, theme=theme, opens=opens))
        at = end
    return tuple(stops)


def stop_at(stops: Sequence[Stop], now: datetime) -> int:
    """The step that the clock is in: the first one before the meeting, the last one after it."""
    return next((index for index, stop in enumerate(stops) if now < stop.end), max(0, len(stops) - 1))


def minutes_left(stop: Stop, now: datetime) -> int:
    """Minutes until the step should end, rounded up; below 0 when it has lasted too long, 0 in its last minute over."""
    return -((now - stop.end) // _MINUTE)


def part_done(stop: Stop, now: datetime) -> float:
    """How much of the step's time has gone, 0 to 1."""
    whole = stop.end - stop.start
    return min(1.0, max(0.0, (now - stop.start) / whole)) if whole else 1.0


def pace(stops: Sequence[Stop], index: int, now: datetime) -> Pace:
    """How the meeting keeps time while it is at a step: computed from the clock alone."""
    if now < stops[0].start:
        return Pace(_begins_in(stops[0].start - now), "muted", "")
    over = (now - stops[index].end) // _MINUTE
    ahead = (stops[index].start - now) // _MINUTE
    if over >= 1:
        return Pace(ngettext("{n} min over", "{n} min over", over).format(n=over), "warn", "half")
    if ahead >= 1:
        return Pace(ngettext("{n} min ahead", "{n} min ahead", ahead).format(n=ahead), "ok", "open")
    return Pace(_("on time"), "ok", "full")


def _begins_in(wait: timedelta) -> str:
    minutes = -(-wait // _MINUTE)
    if minutes >= 120:
        hours = minutes // 60
        return ngettext("begins in {n} hour", "begins in {n} hours", hours).format(n=hours)
    return ngettext("begins in {n} min", "begins in {n} min", minutes).format(n=minutes)
