"""What is to be taught, in a group's own order: sessions alone, together in a meeting, divided, or left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rop_facilitator.curriculum.agenda import minutes_for_theme, nearest_frame, theme_minutes
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
        written = min(frame.theme_minutes for frame in curriculum.frames)
    else:
        written = theme_minutes(curriculum, session, nearest_frame(curriculum, 90))[0]
    return max(SHORTEST_THEME, written // 2)


def least_minutes_for_theme(curricula: Iterable[Curriculum], minutes: int) -> int:
    """Minutes that the theme has in a meeting of so many minutes: the fewest of all curricula that are followed."""
    return min((minutes_for_theme(curriculum, minutes) for curriculum in curricula), default=0)


def meeting_contents(planned: Iterable[PlannedSession]) -> list[MeetingContent]:
    """What each of the coming meetings holds, in order."""
    contents: list[list[SessionPart]] = []
    waiting: list[SessionPart] = []
    for session in planned:
        if session.skipped:
            continue
        items = [SessionPart(session.key, part, session.parts) for part in session.parts_left]
        # A rest takes no meeting of its own: it comes first in the next one, and nothing else moves (decision 0006).
        if session.rest and len(items) == 1:
            waiting.append(replace(items[0], rest=True))
            continue
        items = items[1:] if session.rest else items  # the part that follows takes up what was not finished
        if session.joined and contents:
            contents[-1].append(items.pop(0))
        contents += [[item] for item in items]
    if waiting:  # beside the theme of the first meeting, or alone where no other is to come
        contents[:1] = [[*waiting, *(contents[0] if contents else [])]]
    return [tuple(content) for content in contents]


def what_is_left(planned: Iterable[PlannedSession], taught: Iterable[TaughtPart]) -> tuple[PlannedSession, ...]:
    """The sessions that are not taught yet; `taught` in order of date, so that the last time counts."""
    last: dict[tuple[str, int], TaughtPart] = {(part.key, part.part): part for part in taught}
    left: list[PlannedSession] = []
    head_gone = False  # whether the one that this session is joined to is over
    for session in planned:
        remainder = _what_is_left_of(session, last)
        if remainder is None:
            head_gone = head_gone or not session.joined
            continue
        # What has begun is joined to nothing: the meeting that it shared is over.
        begun = remainder.rest or remainder.first_part > 1
        left.append(replace(remainder, joined=False) if begun or head_gone else remainder)
        head_gone = remainder.rest
    return tuple(left)


def _what_is_left_of(session: PlannedSession, last: dict[tuple[str, int], TaughtPart]) -> PlannedSession | None:
    ways = {part: _way_left(session, part, last) for part in range(session.first_part, session.parts + 1)}
    if "whole" in ways.values():
        return None
    left = [part for part, way in ways.items() if way != "nothing"]
    if not left:
        return None
    later = frozenset(part for part in ways if part > left[0] and part not in left)
    return replace(session, first_part=left[0], rest=ways[left[0]] == "rest", taught_parts=later)


def _way_left(session: PlannedSession, part: int, last: dict[tuple[str, int], TaughtPart]) -> Left | Literal["whole"]:
    """What is left of a part; "whole" where the session was taught in one piece before it was divided."""
    taught = last.get((session.key, part))
    if taught is None:
        return "rest" if session.rest and part == session.first_part else "all"
    if taught.left == "rest" and (session.key, part + 1) in last:
        return "nothing"  # the part that follows took up what was not finished
    if taught.left == "nothing" and taught.parts == 1 < session.parts:
        return "whole"
    return taught.left


# -- what the leader changes by hand; a key that is not there changes nothing ------------------------------------------


def skip(planned: Sequence[PlannedSession], key: str, *, skipped: bool = True) -> tuple[PlannedSession, ...]:
    """Leave a session out, or take it in again where it stood."""
    return _spread(_meetings(planned), {key: lambda session: replace(session, skipped=skipped, joined=False)})


def divide(planned: Sequence[PlannedSession], key: str, parts: int) -> tuple[PlannedSession, ...]:
    """Teach a session over so many meetings, 1 to 4."""
    parts = min(max(parts, 1), MOST_PARTS)
    return tuple(replace(session, parts=parts) if session.key == key else session for session in planned)


def join(planned: Sequence[PlannedSession], key: str) -> tuple[PlannedSession, ...]:
    """Take a session into the meeting before it."""
    return tuple(replace(session, joined=True) if session.key == key else session for session in planned)


def separate(planned: Sequence[PlannedSession], key: str) -> tuple[PlannedSession, ...]:
    """Give a session a meeting of its own; what follows it in the same meeting stays in the one before."""
    meetings = _meetings(planned)
    at = _at(meetings, key)
    if at is None or len(meetings[at]) == 1:
        return tuple(planned)
    alone = [session for session in meetings[at] if session.key == key]
    others = [session for session in meetings[at] if session.key != key]
    first = meetings[at][0].key == key
    meetings[at : at + 1] = [alone, others] if first else [others, alone]
    return _spread(meetings)


def move(planned: Sequence[PlannedSession], key: str, *, to: str, together: bool = False) -> tuple[PlannedSession, ...]:
    """Move a session to where another one stands: into its meeting, or a meeting of its own in that place."""
    meetings = _meetings(planned)
    at, aim = _at(meetings, key), _at(meetings, to)
    if at is None or aim is None or key == to or (together and at == aim):
        return tuple(planned)
    (moving,) = (session for session in meetings[at] if session.key == key)
    later = aim > at
    meetings[at] = [session for session in meetings[at] if session.key != key]
    if together:
        meetings[aim].append(moving)
    else:
        # Behind it where it moves later: its old place closes up, so that it lands where it was dropped.
        meetings.insert(aim + 1 if later else aim, [moving])
    return _spread(meetings)


def move_meeting(planned: Sequence[PlannedSession], key: str, *, to: str) -> tuple[PlannedSession, ...]:
    """Move all that shares a meeting with a session to where the meeting of another one stands."""
    meetings = _meetings(planned)
    at, aim = _at(meetings, key), _at(meetings, to)
    if at is None or aim is None:
        return tuple(planned)
    meetings.insert(aim, meetings.pop(at))
    return _spread(meetings)


def move_module(planned: Sequence[PlannedSession], module: str, *, before: str | None) -> tuple[PlannedSession, ...]:
    """Move all sessions of a module in front of another module's first one; None: to the end."""
    moved = [session for session in planned if session.module == module]
    others = [session for session in planned if session.module != module]
    at = next((n for n, session in enumerate(others) if session.module == before), len(others))
    return _mended([*others[:at], *moved, *others[at:]])


def _mended(planned: list[PlannedSession]) -> tuple[PlannedSession, ...]:
    """Nobody is joined to another module that has come in between."""
    pairs = zip([None, *planned], planned, strict=False)
    return tuple(
        replace(session, joined=False)
        if session.joined and (before is None or before.module != session.module)
        else session
        for before, session in pairs
    )


def _meetings(planned: Iterable[PlannedSession]) -> list[list[PlannedSession]]:
    """The sessions that share a meeting; one that is left out stands alone."""
    meetings: list[list[PlannedSession]] = []
    live: list[PlannedSession] | None = None
    for session in planned:
        if session.joined and live is not None and not session.skipped:
            live.append(session)
            continue
        meetings.append([session])
        live = live if session.skipped else meetings[-1]
    return meetings


def _at(meetings: Sequence[Sequence[PlannedSession]], key: str) -> int | None:
    return next((n for n, meeting in enumerate(meetings) if any(session.key == key for session in meeting)), None)


def _spread(
    meetings: Iterable[Iterable[PlannedSession]],
    changes: dict[str, Callable[[PlannedSession], PlannedSession]] | None = None,
) -> tuple[PlannedSession, ...]:
    """The sessions one after the other again: all but the first of a meeting are joined to the one before."""
    spread: list[PlannedSession] = []
    for meeting in meetings:
        first = True
        for session in meeting:
            change = (changes or {}).get(session.key)
            session = replace(change(session) if change else session, joined=not first)
            first = first and session.skipped  # one that is left out heads no meeting
            spread.append(replace(session, joined=False) if session.skipped else session)
    return tuple(spread)
