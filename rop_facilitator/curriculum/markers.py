"""Where a step or a box prints: `{60}` and `{90}` in meetings of that frame, `{only e-imr}` in that course alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rop_facilitator.curriculum.model import SessionPlan, Step

_BRACES = re.compile(r"(?<!\{)\{([^{}]*)\}[ \t]*$")  # `{{ … }}` is a variable of the page, and no marker
_BOX = re.compile(r"[ \t]{0,3}>[ \t]*\[![A-Za-z]+\]")
_ONLY = re.compile(r"only[ \t]+(\S+)", re.IGNORECASE)
_NOT_LAZY = ("#", "-", "*", "+", "|", "```", "~~~")  # a row that begins so does not go on with the box above it
MOST_BRACES = 6


@dataclass(frozen=True)
class MarkedWords:
    """The words of a heading without what stands in braces after them, and that, in order."""

    words: str
    marks: tuple[str, ...] = ()

    @property
    def minutes(self) -> tuple[int, ...]:
        """The frames of which it is, by their length; none: of all."""
        return tuple(int(mark) for mark in self.marks if is_length(mark))

    @property
    def courses(self) -> tuple[str, ...]:
        """The courses in which it prints; none: in all."""
        return tuple(match[1].casefold() for mark in self.marks if (match := _ONLY.fullmatch(mark)))

    @property
    def others(self) -> tuple[str, ...]:
        """What stands in braces and is no marker: the method of a step, or a slip of the pen."""
        return tuple(mark for mark in self.marks if not is_length(mark) and not _ONLY.fullmatch(mark))


def is_length(mark: str) -> bool:
    """Whether what stands in braces is the length of a frame."""
    return mark.isascii() and mark.isdigit() and len(mark) <= 3


def marked(words: str) -> MarkedWords:
    """Words taken apart at the braces that close them."""
    marks: list[str] = []
    while len(marks) < MOST_BRACES and (match := _BRACES.search(words)):
        marks.insert(0, match[1].strip())
        words = words[: match.start()].rstrip()
    return MarkedWords(words, tuple(marks))


def box_marks(row: str) -> MarkedWords | None:
    """The words of the first row of a box; None where no box begins with it."""
    return marked(row) if "[!" in row and _BOX.match(row) else None


def prints_here(minutes: tuple[int, ...], courses: tuple[str, ...], frame: int, course: str) -> bool:
    """Whether what is marked so prints in a frame of that length, in that course."""
    return (not minutes or frame in minutes) and (not courses or course in courses)


def fitted_session(session: SessionPlan, frame: int, course: str) -> SessionPlan:
    """A session as a course holds it in a frame of that length: what is not for it is not there, and nothing is marked.

    Rows that fall out are left empty, so that the lines of a text count on.
    """
    steps = tuple(
        _fitted_step(step, frame, course)
        for step in session.steps
        if prints_here(step.frames, step.courses, frame, course)
    )
    fitted = replace(
        session,
        steps=steps,
        home_practice_notes=fitted_text(session.home_practice_notes, frame, course),
        materials=fitted_text(session.materials, frame, course),
        recap=fitted_text(session.recap, frame, course),
    )
    return session if fitted == session else fitted


def _fitted_step(step: Step, frame: int, course: str) -> Step:
    text = fitted_text(step.text, frame, course)
    return replace(step, text=text, frames=(), courses=()) if step.frames or step.courses or text != step.text else step


def lengths_in(session: SessionPlan) -> set[int]:
    """The lengths of frames that its steps and boxes are marked with."""
    texts = (session.home_practice_notes, session.materials, session.recap, *(step.text for step in session.steps))
    boxes = (box_marks(row) for text in texts if "[!" in text and "{" in text for row in text.split("\n"))
    marked_lengths = {minutes for box in boxes if box is not None for minutes in box.minutes}
    return marked_lengths.union(*(step.frames for step in session.steps))


def fitted_text(text: str, frame: int, course: str) -> str:
    """A text with the boxes that print there, without their markers."""
    return _with_boxes(text, lambda box: prints_here(box.minutes, box.courses, frame, course))


def without_markers(text: str) -> str:
    """A text with all its boxes, wherever they print, without their markers."""
    return _with_boxes(text, lambda _box: True)


def _with_boxes(text: str, prints: Callable[[MarkedWords], bool]) -> str:
    if "[!" not in text or "{" not in text:
        return text
    rows: list[str] = []
    dropping = False
    for row in text.split("\n"):
        box = box_marks(row)
        if box is not None and box.marks:
            dropping = not prints(box)
            rows.append("" if dropping else box.words)
            continue
        dropping = dropping and box is None and _goes_on(row)
        rows.append("" if dropping else row)
    return "\n".join(rows)


def _goes_on(row: str) -> bool:
    """Whether a row belongs to the box above it: begun with the same sign, or the rest of a paragraph without it."""
    bare = row.lstrip()
    return bare.startswith(">") or (bool(bare) and not bare.startswith(_NOT_LAZY))
