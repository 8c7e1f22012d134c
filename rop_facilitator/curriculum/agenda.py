"""The steps of one meeting: the frame, with the sessions' own steps in its theme slot. Always ends on time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rop_facilitator.curriculum.model import Curriculum, Frame, SessionPlan, Step


def nearest_frame(curriculum: Curriculum, minutes: int) -> Frame:
    """The frame whose length is closest to the meeting's; of two equally close ones the shorter."""
    return min(curriculum.frames, key=lambda frame: (abs(frame.minutes - minutes), frame.minutes))


def is_stretched(curriculum: Curriculum, minutes: int) -> bool:
    """Whether no frame has exactly this length, so that the theme was given what is left."""
    return all(frame.minutes != minutes for frame in curriculum.frames)


def lay_out(curriculum: Curriculum, sessions: Sequence[SessionPlan], minutes: int) -> tuple[Step, ...]:
    """The steps of a meeting in order; their whole minutes add up to `minutes`.

    A session step that is titled like a frame step replaces it, between two theme steps also in place (see
    docs/decisions/0003). Theme steps share the slot by largest remainder; an outline has one step with its title.
    """
    frame = nearest_frame(curriculum, minutes)
    in_frame = {_key(step.title) for step in frame.steps if not step.theme}
    known = {_key(step.title) for other in curriculum.frames for step in other.steps if not step.theme}
    written = [step for session in sessions for step in _own_steps(session)]
    own = [step for step in written if _key(step.title) not in known or _key(step.title) in in_frame]
    middle, moved = _theme_run(own, in_frame)
    replaced = {_key(step.title): step for step in own if _key(step.title) in in_frame}
    before, after, past = [], [], False
    for step in frame.steps:
        if step.theme:
            past = True
        elif _key(step.title) not in moved:
            (after if past else before).append(replaced.get(_key(step.title), step))
    return _fit([*before, *middle, *after], {id(step) for step in middle if _key(step.title) not in in_frame}, minutes)


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()


def _own_steps(session: SessionPlan) -> tuple[Step, ...]:
    return session.steps or (Step(session.title, 1),)


def _theme_run(own: Sequence[Step], in_frame: set[str]) -> tuple[list[Step], set[str]]:
    """From the first to the last theme step, and the titles of the frame steps that stand between them."""
    places = [index for index, step in enumerate(own) if _key(step.title) not in in_frame]
    if not places:
        return [], set()
    run = list(own[places[0] : places[-1] + 1])
    return run, {_key(step.title) for step in run if _key(step.title) in in_frame}


def _fit(steps: Sequence[Step], theme: set[int], minutes: int) -> tuple[Step, ...]:
    """Give the theme steps what the others leave; where that is less than a minute each, all steps share."""
    kept = [step for step in steps if step.minutes > 0]
    elastic = [step for step in kept if id(step) in theme]
    left = minutes - sum(step.minutes for step in kept if id(step) not in theme)
    if left < len(elastic) or not elastic:
        return tuple(replace(s, minutes=n) for s, n in zip(kept, _share(kept, minutes), strict=True) if n)
    shares = iter(_share(elastic, left))
    return tuple(replace(step, minutes=next(shares)) if id(step) in theme else step for step in kept)


def _share(steps: Sequence[Step], minutes: int) -> list[int]:
    """Whole minutes in proportion to what is written, at least one each, by largest remainder."""
    written = sum(step.minutes for step in steps)
    spare = minutes - len(steps)
    if spare < 0 or not written:
        return [1 if index < minutes else 0 for index in range(len(steps))]
    exact = [spare * step.minutes / written for step in steps]
    whole = [int(part) for part in exact]
    order = sorted(range(len(steps)), key=lambda index: (whole[index] - exact[index], index))
    for index in order[: spare - sum(whole)]:
        whole[index] += 1
    return [part + 1 for part in whole]
