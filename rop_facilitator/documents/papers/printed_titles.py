"""What a session is called on paper that others may find: its printed title, and where it stands in the course."""

from __future__ import annotations

from collections.abc import Iterable

from rop_facilitator.curriculum.model import Curriculum, Library
from rop_facilitator.curriculum.session_position import short_place_in
from rop_facilitator.i18n import _, capital
from rop_facilitator.records.group.name_on_paper import telling_words
from rop_facilitator.records.models import GroupSession, Meeting
from rop_facilitator.records.plan.group_plan import item_title


def printed_title(library: Library, session: GroupSession, title: str = "") -> str:
    """The title for paper that goes home where the session has one, or else the one that the group has it under."""
    plan = library.session(session.session_id, session.curriculum_id)
    return plan.printed_title if plan is not None and plan.printed_title else title or session.title


def titles_on_paper(library: Library, meeting: Meeting) -> tuple[str, ...]:
    """What a meeting takes up, as papers that others may see say it."""
    return tuple(item_title(printed_title(library, row.group_session, row.title), row) for row in meeting.sessions)


def session_number(library: Library, session: GroupSession) -> str:
    """As in “6-4”, module and session; “4” where there is one module, "" for a session that is gone."""
    course = library.curricula.get(session.curriculum_id)
    return number_on_paper(course, session.session_id) if course is not None else ""


def number_on_paper(course: Curriculum, session_id: str) -> str:
    """Where a session stands in a course. With a hyphen: “6.4” would be read as a day in April."""
    return short_place_in(course, session_id, between="-")


def neutral(text: str, instead: str, courses: Iterable[Curriculum]) -> str:
    """A text that may stand beside a person's name, or what stands there where it tells what the group is about."""
    return instead if telling_words(text, courses) else capital(text)


def neutral_practice(text: str, courses: Iterable[Curriculum]) -> str:
    """What a person was going to try, as it may stand beside the name."""
    return neutral(text, _("What we agreed last time. Ask us, and we will tell you."), courses)


def neutral_title(title: str, number: str, courses: Iterable[Curriculum]) -> str:
    """A title as it may stand beside a name: where it tells too much, the number of the session."""
    return neutral(title, capital(_("session {n}").format(n=number) if number else _("what we did")), courses)
