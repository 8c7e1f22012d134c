"""What a leader changes by hand in the order of sessions: as values, with the words that tell it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.i18n import _
from rop_facilitator.planning import planned_sessions as by_hand
from rop_facilitator.planning.planned_sessions import PlannedSession, bundles_of
from rop_facilitator.planning.schedule import Plan
from rop_facilitator.records.models import Group, GroupSession
from rop_facilitator.records.plan.group_plan import keep_plan, key_of, plan_left

Lessons = tuple[PlannedSession, ...]


@dataclass(frozen=True)
class PlanChange:
    """One act on a group's plan. `action` names it for undo, `told` in the toast, `title` and `act` beforehand."""

    action: str
    told: str
    apply: Callable[[Group], object]
    title: str = ""
    act: str = ""


def edit(
    action: str,
    told: str,
    change: Callable[[Lessons], Lessons],
    library: Library,
    today: date,
    *,
    title: str = "",
    act: str = "",
) -> PlanChange:
    """A change of the order or choice of the sessions that are left; `title` and `act` where it is shown first."""

    def apply(group: Group) -> object:
        plan = plan_left(group, today=today, library=library)
        return keep_plan(group, replace(plan, lessons=change(plan.lessons)), today=today)

    return PlanChange(action, told, apply, title, act)


def session_of(group: Group, key: str) -> GroupSession:
    """The session of a group by the key of its lesson."""
    return next(session for session in group.sessions if key_of(session) == key)


def neighbour(lessons: Sequence[PlannedSession], key: str, step: int) -> str | None:
    """A lesson of the meeting before (-1) or after (1) the one that holds a lesson; None at the ends."""
    bundles = bundles_of(lessons)
    at = [number for number, bundle in enumerate(bundles) if any(one.key == key for one in bundle)]
    if not at:
        return None
    aim = at[0] - 1 if step < 0 else at[-1] + 1
    others = bundles[aim] if 0 <= aim < len(bundles) else ()
    return next((other.key for other in others if other.key != key and not other.rest), None)


def shifted(lessons: Lessons, keys: Sequence[str], step: int) -> Lessons:
    """All that shares a meeting, one meeting earlier or later; unchanged where there is none."""
    for key in keys:
        to = neighbour(lessons, key, step)
        if to is not None:
            return by_hand.move_meeting(lessons, key, to=to)
    return lessons


def moved_alone(lessons: Lessons, key: str, step: int) -> Lessons:
    """One session to a meeting of its own, one meeting earlier or later."""
    to = neighbour(lessons, key, step)
    return lessons if to is None else by_hand.move(lessons, key, to=to)


def moved_into(lessons: Lessons, keys: Sequence[str], to: str) -> Lessons:
    """Sessions into the meeting of another one."""
    for key in keys:
        lessons = by_hand.move(lessons, key, to=to, together=True)
    return lessons


def modules_in(lessons: Sequence[PlannedSession]) -> list[tuple[str, int]]:
    """The modules that are left, in their order, each with the number of its sessions; unknown ones are not named."""
    counted: dict[str, int] = {}
    for lesson in lessons:
        if lesson.module and not lesson.skipped:
            counted[lesson.module] = counted.get(lesson.module, 0) + 1
    return list(counted.items())


def module_shifted(lessons: Lessons, module: str, step: int) -> Lessons:
    """A module in front of the one before it, or behind the one after it."""
    names = [name for name, _count in modules_in(lessons)]
    at = names.index(module) if module in names else -1
    if at < 0 or not 0 <= at + step < len(names):
        return lessons
    before = names[at - 1] if step < 0 else (names[at + 2] if at + 2 < len(names) else None)
    return by_hand.move_module(lessons, module, before=before)


def crowded(plan: Plan, keys: Sequence[str]) -> str:
    """A sentence where the sessions of a meeting need more minutes than its theme has; "" where they have room."""
    need = sum(lesson.minutes for lesson in plan.lessons if lesson.key in keys)
    if len(keys) < 2 or not plan.room or need <= plan.room:
        return ""
    told = _("These sessions need at least {need} minutes, and the theme of a meeting has {room}.")
    return told.format(need=need, room=plan.room)
