"""Which sessions share a meeting so that a course needs no more than so many: evenly, and within a module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rop_facilitator.planning.planned_sessions import PlannedSession

_NEVER = (10**12, 10**12)  # a cost that no way of joining reaches


@dataclass(frozen=True)
class _Block:
    """Sessions that share a meeting already; `meetings` is how many they take with their parts."""

    sessions: tuple[PlannedSession, ...]
    meetings: int
    whole: bool

    @property
    def minutes(self) -> int:
        return sum(session.minutes for session in self.sessions)


def merge_to(planned: Sequence[PlannedSession], meetings: int, *, minutes: int) -> tuple[PlannedSession, ...]:
    """Join neighbours of the same module until the sessions need at most so many meetings, or as few as can be.

    `minutes` are those of the theme in one meeting: no meeting is filled beyond them. Of all ways, the one whose
    meetings are filled most alike is taken, and of these the one that joins most evenly over the course.
    """
    blocks = _blocks(planned)
    # Further parts of divided sessions take their meetings whatever is joined.
    fixed = sum(block.meetings - 1 for block in blocks)
    target = max(meetings - fixed, 1)
    cuts = _cuts(blocks, target, minutes)
    heads = {blocks[at].sessions[0].key for at in cuts}
    joined = {session.key for block in blocks for session in block.sessions} - heads
    return tuple(session if session.skipped else replace(session, joined=session.key in joined) for session in planned)


def least_together(planned: Sequence[PlannedSession]) -> int | None:
    """The fewest theme minutes in which two neighbouring meetings could be one; None where none could."""
    pairs = list(pairwise(_blocks(planned)))
    minutes = [before.minutes + after.minutes for before, after in pairs if _may_share_ever((before, after))]
    return min(minutes, default=None)


def _blocks(planned: Sequence[PlannedSession]) -> list[_Block]:
    """What stands together now, in order. Divided sessions and rests stay as they are."""
    blocks: list[list[PlannedSession]] = []
    for session in planned:
        if session.skipped:
            continue
        if session.joined and blocks:
            blocks[-1].append(session)
        else:
            blocks.append([session])
    return [
        _Block(
            tuple(block),
            1 + sum(len(session.parts_left) - 1 for session in block) - (1 if len(block) == 1 and block[0].rest else 0),
            all(session.parts == 1 and not session.rest for session in block),
        )
        for block in blocks
    ]


def _cuts(blocks: Sequence[_Block], target: int, minutes: int) -> list[int]:
    """Where a meeting begins, as numbers of blocks: at most `target` meetings, or the fewest that are possible.

    A table of the best cost for the first `n` blocks in `m` meetings: (sum of squared minutes, unevenness).
    """
    count = len(blocks)
    if not count:
        return []
    best = [[_NEVER] * (count + 1) for _ in range(count + 1)]
    back = [[0] * (count + 1) for _ in range(count + 1)]
    best[0][0] = (0, 0)
    for end in range(1, count + 1):
        for begin in range(end - 1, -1, -1):
            filled = sum(block.minutes for block in blocks[begin:end])
            if end - begin > 1 and not _may_share(blocks[begin:end], filled, minutes):
                break  # one more block makes it fuller still, and no less mixed
            for used in range(begin + 1):  # no more meetings than blocks
                before = best[begin][used]
                if before is _NEVER:
                    continue
                # How far this meeting lies from where it would with all meetings alike, without fractions.
                uneven = abs(end * target - (used + 1) * count)
                cost = (before[0] + filled * filled, before[1] + uneven)
                # Squares of the minutes: of two ways with the same sum the one with meetings alike is the smaller.
                if cost < best[end][used + 1]:
                    best[end][used + 1], back[end][used + 1] = cost, begin
    enough = [number for number in range(1, count + 1) if best[count][number] is not _NEVER]
    used = max((number for number in enough if number <= target), default=min(enough))
    # The table is read backwards: where the last meeting of the best way begins, then the one before it.
    cuts: list[int] = []
    end = count
    while end:
        end, used = back[end][used], used - 1
        cuts.append(end)
    return cuts[::-1]


def _may_share(blocks: Sequence[_Block], filled: int, minutes: int) -> bool:
    return filled <= minutes and _may_share_ever(blocks)


def _may_share_ever(blocks: Sequence[_Block]) -> bool:
    """Whether blocks could share a meeting that is long enough."""
    modules = {session.module for block in blocks for session in block.sessions}
    return len(modules) == 1 and all(block.whole for block in blocks)
