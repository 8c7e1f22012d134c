"""What is to be taught, in a group's own order: sessions alone, together in a meeting, divided, or left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rop_facilitator.curriculum.agenda import nearest_frame, theme_minutes, theme_slot
from rop_facilitator.curriculum.model import Curriculum, SessionPlan

SHORTEST_THEME = 15
MOST_PARTS = 4
Left = Literal["nothing", "rest", "all"]


@dataclass(frozen=True)
class PlannedSession:
    """A session as it is to be placed; `key` tells it from all others, also where a session is repeated.

    `minutes` are the fewest in which it can be taught beside another one. `joined` puts it in the meeting of the one
    before; `parts` divides it over so many meetings, of which those from `first_part` are left but for `taught_parts`,
    where a later part was taught before an earlier one. With `rest`, what was not finished of the first of them comes
    first in the next meeting, and nothing else moves.
    """

    key: str
    module: str = ""
    minutes: int = SHORTEST_THEME
    optional: bool = False
    joined: bool = False
    parts: int = 1
    first_part: int = 1
    rest: bool = False
    skipped: bool = False
    taught_parts: frozenset[int] = frozenset()

    @property
    def parts_left(self) -> tuple[int, ...]:
        """The parts that are to be placed, in order."""
        return tuple(part for part in range(self.first_part, self.parts + 1) if part not in self.taught_parts)


@dataclass(frozen=True)
class SessionPart:
    """What stands on a meeting: a session, one part of it, or what was left of it last time."""

    key: str
    part: int = 1
    parts: int = 1
    rest: bool = False


@dataclass(frozen=True)
class TaughtPart:
    """What stood on a meeting that is over, and what is left of it."""

    key: str
    part: int = 1
    parts: int = 1
    left: Left = "nothing"


MeetingContent = tuple[SessionPart, ...]


def planned_sessions_of(curriculum: Curriculum, minutes: int) -> tuple[PlannedSession, ...]:
    """All sessions of a curriculum in order, for meetings of so many minutes; the key is the session's id."""
    return tuple(
        PlannedSession(
            session.id, f"{curriculum.id}/{module.number}", least_minutes(curriculum, session), module.optional
        )
        for module in curriculum.modules
        for session in module.sessions
    )


def least_minutes(curriculum: Curriculum, session: SessionPlan) -> int:
    """The fewest theme minutes in which a session can share a meeting: half of what it was written for, at least 15.

    An outline counts as the theme of the shortest frame. Source: our own proposal; no manual says.
    """
    if session.is_outline:
        written = min(frame.slot for frame in curriculum.frames)
    else:
        written = theme_minutes(curriculum, session, nearest_frame(curriculum, 90))[0]
    return max(SHORTEST_THEME, written // 2)


def room_in(curricula: Iterable[Curriculum], minutes: int) -> int:
    """Minutes that the theme has in a meeting of so many minutes: the fewest of all curricula that are followed."""
    return min((theme_slot(curriculum, minutes) for curriculum in curricula), default=0)


def bundles_of(lessons: Iterable[PlannedSession]) -> list[MeetingContent]:
    """What each of the coming meetings holds, in order."""
    bundles: list[list[SessionPart]] = []
    waiting: list[SessionPart] = []
    for lesson in lessons:
        if lesson.skipped:
            continue
        items = [SessionPart(lesson.key, part, lesson.parts) for part in lesson.parts_left]
        if lesson.rest and len(items) == 1:
            waiting.append(replace(items[0], rest=True))
            continue
        items = items[1:] if lesson.rest else items  # the part that follows takes up what was not finished
        if lesson.joined and bundles:
            bundles[-1].append(items.pop(0))
        bundles += [[item] for item in items]
    if waiting:
        bundles[:1] = [[*waiting, *(bundles[0] if bundles else [])]]
    return [tuple(bundle) for bundle in bundles]


def what_is_left(lessons: Iterable[PlannedSession], taught: Iterable[TaughtPart]) -> tuple[PlannedSession, ...]:
    """The lessons that are not taught yet; `taught` in order of date, so that the last time counts."""
    last: dict[tuple[str, int], TaughtPart] = {
        (taught_part.key, taught_part.part): taught_part for taught_part in taught
    }
    left: list[PlannedSession] = []
    head_gone = False  # whether the one that this lesson is joined to is over
    for lesson in lessons:
        found = _what_is_left_of(lesson, last)
        if found is None:
            head_gone = head_gone or not lesson.joined
            continue
        begun = found.rest or found.first_part > 1
        left.append(replace(found, joined=False) if begun or head_gone else found)
        head_gone = found.rest
    return tuple(left)


def _what_is_left_of(lesson: PlannedSession, last: dict[tuple[str, int], TaughtPart]) -> PlannedSession | None:
    ways = {part: _way_left(lesson, part, last) for part in range(lesson.first_part, lesson.parts + 1)}
    if "whole" in ways.values():
        return None
    left = [part for part, way in ways.items() if way != "nothing"]
    if not left:
        return None
    later = frozenset(part for part in ways if part > left[0] and part not in left)
    return replace(lesson, first_part=left[0], rest=ways[left[0]] == "rest", taught_parts=later)


def _way_left(lesson: PlannedSession, part: int, last: dict[tuple[str, int], TaughtPart]) -> Left | Literal["whole"]:
    """What is left of a part; "whole" where the session was taught in one piece before it was divided."""
    taught = last.get((lesson.key, part))
    if taught is None:
        return "rest" if lesson.rest and part == lesson.first_part else "all"
    if taught.left == "rest" and (lesson.key, part + 1) in last:
        return "nothing"  # the part that follows took up what was not finished
    if taught.left == "nothing" and taught.parts == 1 < lesson.parts:
        return "whole"
    return taught.left


# -- what the leader changes by hand; a key that is not there changes nothing ------------------------------------------


def skip(lessons: Sequence[PlannedSession], key: str, *, skipped: bool = True) -> tuple[PlannedSession, ...]:
    """Leave a session out, or take it in again where it stood."""
    return _spread(_meetings(lessons), {key: lambda one: replace(one, skipped=skipped, joined=False)})


def divide(lessons: Sequence[PlannedSession], key: str, parts: int) -> tuple[PlannedSession, ...]:
    """Teach a session over so many meetings, 1 to 4."""
    parts = min(max(parts, 1), MOST_PARTS)
    return tuple(replace(lesson, parts=parts) if lesson.key == key else lesson for lesson in lessons)


def join(lessons: Sequence[PlannedSession], key: str) -> tuple[PlannedSession, ...]:
    """Take a session into the meeting before it."""
    return tuple(replace(lesson, joined=True) if lesson.key == key else lesson for lesson in lessons)


def separate(lessons: Sequence[PlannedSession], key: str) -> tuple[PlannedSession, ...]:
    """Give a session a meeting of its own; what follows it in the same meeting stays in the one before."""
    meetings = _meetings(lessons)
    at = _at(meetings, key)
    if at is None or len(meetings[at]) == 1:
        return tuple(lessons)
    alone = [meeting for meeting in meetings[at] if meeting.key == key]
    others = [meeting for meeting in meetings[at] if meeting.key != key]
    first = meetings[at][0].key == key
    meetings[at : at + 1] = [alone, others] if first else [others, alone]
    return _spread(meetings)


def move(lessons: Sequence[PlannedSession], key: str, *, to: str, together: bool = False) -> tuple[PlannedSession, ...]:
    """Move a session to where another one stands: into its meeting, or a meeting of its own in that place."""
    meetings = _meetings(lessons)
    at, aim = _at(meetings, key), _at(meetings, to)
    if at is None or aim is None or key == to or (together and at == aim):
        return tuple(lessons)
    (lesson,) = (meeting for meeting in meetings[at] if meeting.key == key)
    later = aim > at
    meetings[at] = [meeting for meeting in meetings[at] if meeting.key != key]
    if together:
        meetings[aim].append(lesson)
    else:
        meetings.insert(aim + 1 if later else aim, [lesson])
    return _spread(meetings)


def move_meeting(lessons: Sequence[PlannedSession], key: str, *, to: str) -> tuple[PlannedSession, ...]:
    """Move all that shares a meeting with a session to where the meeting of another one stands."""
    meetings = _meetings(lessons)
    at, aim = _at(meetings, key), _at(meetings, to)
    if at is None or aim is None:
        return tuple(lessons)
    meetings.insert(aim, meetings.pop(at))
    return _spread(meetings)


def move_module(lessons: Sequence[PlannedSession], module: str, *, before: str | None) -> tuple[PlannedSession, ...]:
    """Move all lessons of a module in front of another module's first one; None: to the end."""
    moved = [lesson for lesson in lessons if lesson.module == module]
    others = [lesson for lesson in lessons if lesson.module != module]
    at = next((n for n, one in enumerate(others) if one.module == before), len(others))
    return _mended([*others[:at], *moved, *others[at:]])


def _mended(lessons: list[PlannedSession]) -> tuple[PlannedSession, ...]:
    """Nobody is joined to another module that has come in between."""
    pairs = zip([None, *lessons], lessons, strict=False)
    return tuple(
        replace(one, joined=False) if one.joined and (before is None or before.module != one.module) else one
        for before, one in pairs
    )


def _meetings(lessons: Iterable[PlannedSession]) -> list[list[PlannedSession]]:
    """The lessons that share a meeting; one that is left out stands alone."""
    meetings: list[list[PlannedSession]] = []
    live: list[PlannedSession] | None = None
    for lesson in lessons:
        if lesson.joined and live is not None and not lesson.skipped:
            live.append(lesson)
            continue
        meetings.append([lesson])
        live = live if lesson.skipped else meetings[-1]
    return meetings


def _at(meetings: Sequence[Sequence[PlannedSession]], key: str) -> int | None:
    return next((n for n, meeting in enumerate(meetings) if any(one.key == key for one in meeting)), None)


def _spread(
    meetings: Iterable[Iterable[PlannedSession]],
    changes: dict[str, Callable[[PlannedSession], PlannedSession]] | None = None,
) -> tuple[PlannedSession, ...]:
    """The lessons one after the other again: all but the first of a meeting are joined to the one before."""
    made: list[PlannedSession] = []
    for meeting in meetings:
        first = True
        for lesson in meeting:
            change = (changes or {}).get(lesson.key)
            lesson = replace(change(lesson) if change else lesson, joined=not first)
            first = first and lesson.skipped
            made.append(replace(lesson, joined=False) if lesson.skipped else lesson)
    return tuple(made)
