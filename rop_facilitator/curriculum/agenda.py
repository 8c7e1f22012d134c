"""The steps of one meeting: the frame of the curriculum with the theme of its session or sessions laid in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rop_facilitator.curriculum.model import Curriculum, Frame, FrameStep, SessionPlan, Step


@dataclass(frozen=True)
class _Themes:
    """The sessions of a meeting taken apart: theme steps and pauses in order, and what replaces frame steps."""

    inner: tuple[Step, ...]
    replacing: dict[str, Step]
    moved: frozenset[str]


def nearest_frame(curriculum: Curriculum, minutes: int) -> Frame:
    """The frame whose length is nearest; of two equally near ones the shorter, which leaves the theme more time."""
    return min(curriculum.frames, key=lambda frame: (abs(frame.minutes - minutes), frame.minutes))


def fitted_from(curriculum: Curriculum, minutes: int) -> int | None:
    """Minutes of the frame that was shortened or stretched for a meeting; None where a frame has just this length."""
    frame = nearest_frame(curriculum, minutes)
    return None if frame.minutes == minutes else frame.minutes


def lay_out(curriculum: Curriculum, sessions: SessionPlan | Sequence[SessionPlan], minutes: int) -> tuple[Step, ...]:
    """The steps of a meeting of so many minutes, in order; their minutes add up to it exactly.

    Frame steps keep their minutes and the theme steps share what is left, by largest remainder. Where that would leave
    the theme under a quarter of the meeting, all steps are shortened alike. Steps that get no minute fall out.
    """
    frame = nearest_frame(curriculum, minutes)
    themes = _take_apart(curriculum, (sessions,) if isinstance(sessions, SessionPlan) else sessions, frame)
    steps: list[tuple[Step, bool]] = []
    for step in frame.steps:
        title = _key(step.title)
        if step.theme:
            inner = themes.inner or (Step(step.title, step.minutes, step.text, line=step.line),)
            steps += [(one, _key(one.title) not in themes.moved) for one in inner]
        elif title not in themes.moved:
            steps.append((themes.replacing.get(title, _plain(step)), False))
    return tuple(step for step in _on_time(steps, frame, minutes) if step.minutes)


def theme_minutes(curriculum: Curriculum, session: SessionPlan, frame: Frame) -> tuple[int, int]:
    """(minutes that the theme steps of a session take, minutes that they have in a frame)."""
    themes = _take_apart(curriculum, (session,), frame)
    taken = sum(step.minutes for step in themes.inner if _key(step.title) not in themes.moved)
    other = sum(themes.replacing.get(_key(step.title), step).minutes for step in frame.steps if not step.theme)
    return taken, frame.minutes - other


def theme_slot(curriculum: Curriculum, minutes: int) -> int:
    """Minutes that the theme has in a meeting of so many minutes; in a short one all steps are shortened alike."""
    frame = nearest_frame(curriculum, minutes)
    left = minutes - (frame.minutes - frame.slot)
    return left if 4 * left >= minutes else minutes * frame.slot // frame.minutes


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()


def _plain(step: FrameStep) -> Step:
    return Step(step.title, step.minutes, step.text, step.method, step.line)


def _take_apart(curriculum: Curriculum, sessions: Sequence[SessionPlan], frame: Frame) -> _Themes:
    """Tell theme steps from those that replace a frame step, which may stand between theme steps (a pause)."""
    anywhere = {_key(step.title) for one in curriculum.frames for step in one.steps if not step.theme}
    here = {_key(step.title) for step in frame.steps if not step.theme}
    replacing: dict[str, Step] = {}
    inner: list[Step] = []
    moved: set[str] = set()
    longest = max(curriculum.frames, key=lambda one: one.minutes)
    for session in sessions:
        steps = session.steps or (Step(session.title, longest.slot),)
        at = [number for number, step in enumerate(steps) if _key(step.title) not in anywhere]
        for number, step in enumerate(steps):
            title = _key(step.title)
            if title not in anywhere:
                inner.append(step)
            elif title in replacing:
                replacing[title] = _both(replacing[title], step)
            elif title in here:
                replacing[title] = step
                if at and at[0] < number < at[-1]:
                    inner.append(step)
                    moved.add(title)
    return _Themes(tuple(replacing.get(_key(step.title), step) for step in inner), replacing, frozenset(moved))


def _both(first: Step, second: Step) -> Step:
    """One frame step that two sessions of the same meeting replace."""
    text = "\n\n".join(filter(None, (first.text, second.text)))
    return replace(first, minutes=max(first.minutes, second.minutes), text=text)


def _on_time(steps: Sequence[tuple[Step, bool]], frame: Frame, minutes: int) -> list[Step]:
    """Give every step its minutes; `steps` says of each whether it belongs to the theme."""
    left = minutes - sum(step.minutes for step, is_theme in steps if not is_theme)
    weights = [step.minutes for step, is_theme in steps if is_theme]
    if 4 * left >= minutes:
        shares = iter(_share(left, weights))
        return [replace(step, minutes=next(shares)) if is_theme else step for step, is_theme in steps]
    themes = iter(_share(max(frame.slot, 1), weights))
    wanted = [next(themes) if is_theme else step.minutes for step, is_theme in steps]
    shares = iter(_share(minutes, wanted))
    return [replace(step, minutes=next(shares)) for step, _is_theme in steps]


def _share(total: int, weights: Sequence[int]) -> list[int]:
    """Whole shares of a total by weight, by largest remainder, earlier ones first; all alike where nothing weighs."""
    if not sum(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares
