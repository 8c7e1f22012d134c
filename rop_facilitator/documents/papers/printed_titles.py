"""What a session is called on paper that others may find: its printed title, and where it stands in the course."""

from __future__ import annotations

from collections.abc import Iterable

from rop_facilitator.curriculum.model import Curriculum, Library
from rop_facilitator.curriculum.session_position import short_place
from rop_facilitator.i18n import _, capital
from rop_facilitator.records.group.name_on_paper import telling_words
from rop_facilitator.records.models import GroupSession


def printed_title(library: Library, session: GroupSession, title: str = "") -> str:
    """The title for paper that goes home where the session has one, or else the one that the group has it under."""
    plan = library.session(session.session_id, session.curriculum_id)
    return plan.printed_title if plan is not None and plan.printed_title else title or session.title


def session_number(library: Library, session: GroupSession) -> str:
    """As in “6-4”, module and session; “4” where there is one module, "" for a session that is gone."""
    return short_place(library, session.curriculum_id, session.session_id).replace(".", "-")


def neutral(text: str, instead: str, courses: Iterable[Curriculum]) -> str:
    """A text that may stand beside a person's name, or what stands there where it tells what the group is about."""
    return instead if telling_words(text, courses) else capital(text)


def neutral_practice(text: str, courses: Iterable[Curriculum]) -> str:
    """What a person was going to try, as it may stand beside the name."""
    return neutral(text, _("What we agreed last time. Ask us, and we will tell you."), courses)


def neutral_title(title: str, number: str, courses: Iterable[Curriculum]) -> str:
    """A title as it may stand beside a name: where it tells too much, the number of the session."""
    return neutral(title, capital(_("session {n}").format(n=number) if number else _("what we did")), courses)
