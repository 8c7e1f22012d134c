"""Where in a course a session stands, in words. A borrowed session stands where the course has it that is followed."""

from __future__ import annotations

from collections.abc import Iterable

from rop_facilitator.curriculum.model import Curriculum, Library, Module, SessionPlan, curriculum_id_of
from rop_facilitator.i18n import _


def module_of(library: Library, course: str, session_id: str) -> Module | None:
    """The module of a session in a course; None where the library does not have it any more."""
    try:
        return library.curricula[course].module_of(session_id)
    except KeyError:
        return None


def key_in_course(course: str, session_id: str) -> str:
    """What tells a session of a course from the same one in another: its id, with the course before a borrowed one."""
    return session_id if curriculum_id_of(session_id) == course else f"{course}:{session_id}"


def course_and_id(key: str) -> tuple[str, str]:
    """The course and the id in a key that `key_in_course` made."""
    course, _colon, session_id = key.rpartition(":")
    return course or curriculum_id_of(session_id), session_id


def workbook_words(sessions: Iterable[SessionPlan | None]) -> str:
    """The pages of the workbook that some sessions go with, as in “workbook p. 45–48”; "" where none is named."""
    pages = dict.fromkeys(session.workbook for session in sessions if session is not None and session.workbook)
    return _("workbook p. {pages}").format(pages=", ".join(pages)) if pages else ""


def is_outline(library: Library, course: str, session_id: str) -> bool:
    """Whether a session has a title and a place only; one that the library does not have any more is none."""
    session = library.session(session_id, course)
    return session is not None and session.is_outline


def place_in_module(library: Library, course: str, session_id: str) -> str:
    """As in “module 4, session 1 of 7”; "" for a session that the library does not have any more."""
    module = module_of(library, course, session_id)
    if module is None:
        return ""
    words = _("module {module}, session {n} of {count}") if module.number else _("session {n} of {count}")
    return words.format(module=module.number, n=_place(module, session_id), count=len(module.sessions))


def short_place(library: Library, course: str, session_id: str) -> str:
    """As in “4.1”, module and session; “4” where there is one module, "" for a session that is gone."""
    return short_place_in(library.curricula[course], session_id) if course in library.curricula else ""


def short_place_in(curriculum: Curriculum, session_id: str, *, between: str = ".") -> str:
    """As `short_place`, in one course; `between` stands between module and session."""
    try:
        module = curriculum.module_of(session_id)
    except KeyError:
        return ""
    place = str(_place(module, session_id))
    return place if len(curriculum.modules) == 1 or not module.number else f"{module.number}{between}{place}"


def _place(module: Module, session_id: str) -> int:
    return [session.id for session in module.sessions].index(session_id) + 1
