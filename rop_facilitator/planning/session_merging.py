"""Which sessions share a meeting so that a course needs no more than so many: evenly, and within a module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rop_facilitator.planning.planned_sessions import PlannedSession

_NEVER = (10**12, 10**12)


@dataclass(frozen=True)
class _Block:
    """Lessons that share a meeting already; `meetings` is how many they take with their parts."""

    lessons: tuple[PlannedSession, ...]
    meetings: int
    whole: bool

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


def merge_to(lessons: Sequence[PlannedSession], meetings: int, *, minutes: int) -> tuple[PlannedSession, ...]:
    """Join neighbours of the same module until the lessons need at most so many meetings, or as few as can be.

    `minutes` are those of the theme in one meeting: no meeting is filled beyond them. Of all ways, the one whose
    meetings are filled most alike is taken, and of these the one that joins most evenly over the course.
    """
    blocks = _blocks(lessons)
    fixed = sum(block.meetings - 1 for block in blocks)
    target = max(meetings - fixed, 1)
    cuts = _cuts(blocks, target, minutes)
    heads = {blocks[at].lessons[0].key for at in cuts}
    joined = {lesson.key for block in blocks for lesson in block.lessons} - heads
    return tuple(lesson if lesson.skipped else replace(lesson, joined=lesson.key in joined) for lesson in lessons)


def least_together(lessons: Sequence[PlannedSession]) -> int | None:
    """The fewest theme minutes in which two neighbouring meetings could be one; None where none could."""
    pairs = list(pairwise(_blocks(lessons)))
    minutes = [before.minutes + after.minutes for before, after in pairs if _may_share_ever((before, after))]
    return min(minutes, default=None)


def _blocks(lessons: Sequence[PlannedSession]) -> list[_Block]:
    """What stands together now, in order. Divided lessons and rests stay as they are."""
    blocks: list[list[PlannedSession]] = []
    for lesson in lessons:
        if lesson.skipped:
            continue
        if lesson.joined and blocks:
            blocks[-1].append(lesson)
        else:
            blocks.append([lesson])
    return [
        _Block(
            tuple(block),
            1 + sum(len(one.parts_left) - 1 for one in block) - (1 if len(block) == 1 and block[0].rest else 0),
            all(one.parts == 1 and not one.rest for one in block),
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
                break
            for used in range(begin + 1):
                before = best[begin][used]
                if before is _NEVER:
                    continue
                uneven = abs(end * target - (used + 1) * count)
                cost = (before[0] + filled * filled, before[1] + uneven)
                if cost < best[end][used + 1]:
                    best[end][used + 1], back[end][used + 1] = cost, begin
    enough = [number for number in range(1, count + 1) if best[count][number] is not _NEVER]
    used = max((number for number in enough if number <= target), default=min(enough))
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
    modules = {lesson.module for block in blocks for lesson in block.lessons}
    return len(modules) == 1 and all(block.whole for block in blocks)
