"""What a leader changes by hand in the order of sessions: as values, with the words that tell it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.i18n import _
from rop_facilitator.planning import planned_sessions as by_hand
from rop_facilitator.planning.planned_sessions import PlannedSession, meeting_contents
from rop_facilitator.planning.schedule import Plan
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, GroupSession
from rop_facilitator.records.plan.group_plan import key_of, plan_left, save_plan

PlannedSessions = tuple[PlannedSession, ...]


@dataclass(frozen=True)
class PlanChange:
    """One act on a group's plan: `action` names it for undo, `message` is its toast, `title` and `act` come before."""

    action: Action
    message: str
    apply: Callable[[Group], object]
    title: str = ""
    act: str = ""


def edit(
    action: Action,
    message: str,
    change: Callable[[PlannedSessions], PlannedSessions],
    library: Library,
    today: date,
    *,
    title: str = "",
    act: str = "",
) -> PlanChange:
    """A change of the order or choice of the sessions that are left; `title` and `act` where it is shown first."""

    def apply(group: Group) -> object:
        plan = plan_left(group, today=today, library=library)
        return save_plan(group, replace(plan, sessions=change(plan.sessions)), today=today)

    return PlanChange(action, message, apply, title, act)


def session_of(group: Group, key: str) -> GroupSession:
    """The row of a session of a group, by its key."""
    return next(session for session in group.sessions if key_of(session) == key)


def neighbour(planned: Sequence[PlannedSession], key: str, step: int) -> str | None:
    """A session of the meeting before (-1) or after (1) the one that holds a session; None at the ends."""
    contents = meeting_contents(planned)
    at = [number for number, content in enumerate(contents) if any(item.key == key for item in content)]
    if not at:
        return None
    aim = at[0] - 1 if step < 0 else at[-1] + 1
    others = contents[aim] if 0 <= aim < len(contents) else ()
    return next((other.key for other in others if other.key != key and not other.rest), None)


def shifted(planned: PlannedSessions, keys: Sequence[str], step: int) -> PlannedSessions:
    """All that shares a meeting, one meeting earlier or later; unchanged where there is none."""
    for key in keys:
        to = neighbour(planned, key, step)
        if to is not None:
            return by_hand.move_meeting(planned, key, to=to)
    return planned


def moved_alone(planned: PlannedSessions, key: str, step: int) -> PlannedSessions:
    """One session to a meeting of its own, one meeting earlier or later."""
    to = neighbour(planned, key, step)
    return planned if to is None else by_hand.move(planned, key, to=to)


def moved_into(planned: PlannedSessions, keys: Sequence[str], to: str) -> PlannedSessions:
    """Sessions into the meeting of another one."""
    for key in keys:
        planned = by_hand.move(planned, key, to=to, together=True)
    return planned


def modules_in(planned: Sequence[PlannedSession]) -> list[tuple[str, int]]:
    """The modules that are left, in their order, each with the number of its sessions; unknown ones are not named."""
    counted: dict[str, int] = {}
    for session in planned:
        if session.module and not session.skipped:
            counted[session.module] = counted.get(session.module, 0) + 1
    return list(counted.items())


def module_shifted(planned: PlannedSessions, module: str, step: int) -> PlannedSessions:
    """A module in front of the one before it, or behind the one after it."""
    names = [name for name, _count in modules_in(planned)]
    at = names.index(module) if module in names else -1
    if at < 0 or not 0 <= at + step < len(names):
        return planned
    before = names[at - 1] if step < 0 else (names[at + 2] if at + 2 < len(names) else None)
    return by_hand.move_module(planned, module, before=before)


def crowded(plan: Plan, keys: Sequence[str]) -> str:
    """A sentence where the sessions of a meeting need more minutes than its theme has; "" where they have room."""
    need = sum(session.minutes for session in plan.sessions if session.key in keys)
    if len(keys) < 2 or not plan.theme_minutes or need <= plan.theme_minutes:
        return ""
    words = _("These sessions need at least {need} minutes, and the theme of a meeting has {room}.")
    return words.format(need=need, room=plan.theme_minutes)
