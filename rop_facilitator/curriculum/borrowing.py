"""Sessions that a course borrows from another: found there, put in their places, or told why they cannot be."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

from rop_facilitator.curriculum.model import Curriculum, SessionPlan, curriculum_id_of, slug_of
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

_MOST_COMPARED = 200


@dataclass(frozen=True)
class Borrowed:
    """A session of another course, by its id, and the line of `curriculum.yaml` that names it."""

    id: str
    line: int


@dataclass(frozen=True)
class OwnCourse:
    """A course as its own folder has it, with its own sessions only.

    `entries` are the sessions of each module in order, those that are borrowed by name; `named` are the names of all
    its own pages that a module names, also of those that cannot be read.
    """

    curriculum: Curriculum
    entries: tuple[tuple[SessionPlan | Borrowed, ...], ...]
    named: frozenset[str]
    file: str

    @cached_property
    def borrowed_names(self) -> dict[str, str]:
        """The ids of what it borrows itself, by the name of each alone."""
        return {slug_of(entry.id): entry.id for row in self.entries for entry in row if isinstance(entry, Borrowed)}


Lender = Callable[[str], OwnCourse | None]


def with_borrowed(course: OwnCourse, lender: Lender, known: Collection[str]) -> tuple[Curriculum, list[Problem]]:
    """A course with what it borrows; a session that cannot be borrowed is told, and all others are there.

    `lender` gives another course as its own folder has it, `known` are the names of all that there are. Only a course's
    own sessions can be borrowed: so none is borrowed in a ring, and an id says where its page lies.
    """
    problems: list[Problem] = []
    modules = []
    for module, entries in zip(course.curriculum.modules, course.entries, strict=True):
        sessions: list[SessionPlan] = []
        for entry in entries:
            session = _lent(course, entry, lender, known) if isinstance(entry, Borrowed) else entry
            if isinstance(session, Problem):
                problems.append(session)
            else:
                sessions.append(session)
        modules.append(replace(module, sessions=tuple(sessions)))
    return replace(course.curriculum, modules=tuple(modules)), problems


def _lent(course: OwnCourse, entry: Borrowed, lender: Lender, known: Collection[str]) -> SessionPlan | Problem:
    """The session as its own course has it, or why it cannot be borrowed."""

    def refused(text: str, advice: str) -> Problem:
        text = text.format(id=entry.id, course=name, slug=slug)
        return Problem("fault", course.file, entry.line, text, advice)

    name, slug = curriculum_id_of(entry.id), slug_of(entry.id)
    if name == course.curriculum.id:
        return refused(_("“{id}” is of this course and cannot be borrowed."), _written(slug))
    there = lender(name)
    if there is None and name in known:
        what = _("The course “{course}” has faults, so “{slug}” cannot be borrowed from it.")
        return refused(what, _("Mend them: check tells them."))
    if there is None:
        what = _("There is no course “{course}”, so “{slug}” cannot be borrowed from it.")
        return refused(what, _close(name, known) or _("Put its folder beside this one."))
    if session := there.curriculum.session(entry.id):
        if there.curriculum.language == course.curriculum.language:
            return session
        what = _("“{id}” is in another language, so it cannot be borrowed.")
        return refused(what, _("Take it away, or write the session in this course."))
    source = there.borrowed_names.get(slug, "")
    if source and curriculum_id_of(source) == course.curriculum.id:
        what = _("“{id}” goes in a ring: “{course}” borrows it from here.")
        return refused(what, _("Write the session in one of the two, and borrow it in the other."))
    if source:
        return refused(_("“{id}” is borrowed there too."), _written(source))
    if slug in there.named:
        what = _("The session “{id}” has faults, so it cannot be borrowed.")
        return refused(what, _("Mend them: check tells them."))
    what = _("The course “{course}” has no session “{slug}”.")
    return refused(what, _close(slug, there.named) or _("Correct the name, or take it away."))


def _written(name: str) -> str:
    return _("Write {heading}.").format(heading=name)


def _close(name: str, known: Collection[str]) -> str:
    # Each comparison takes time, and there may be thousands of names on both sides.
    close = difflib.get_close_matches(name, sorted(known), 1) if len(known) <= _MOST_COMPARED else ()
    return _("Did you mean “{field}”?").format(field=close[0]) if close else ""
