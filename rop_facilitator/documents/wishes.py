"""What somebody wants on paper: a wish as a plain value, and all that it needs, read from the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.packet import MeetingFacts, collect_packet
from rop_facilitator.documents.register import Register, collect_register
from rop_facilitator.documents.term_plan import TermPlan, collect_term_plan, term_plan_packet
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _, long_date, speaking
from rop_facilitator.records.groups import curricula_of
from rop_facilitator.records.models import Group

if TYPE_CHECKING:
    from rop_facilitator.documents.blocks import Packet

Made = tuple["Packet", list[Problem]]


@dataclass(frozen=True)
class PaperWish:
    """A kind of paper, see `KINDS`; `on` is the day of a meeting, without `themes` a term plan is dates only."""

    kind: str
    on: date | None = None
    themes: bool = True


@dataclass(frozen=True)
class Paper:
    """A wish with its facts, which can be laid out in any thread. Two that are equal print alike.

    `title` and `about` are for the leader's eyes; `file_name` tells neither person nor group. `has_names` says whether
    people's names stand on it, `in_parts` whether Word gets a file a paper rather than a single one.
    """

    title: str
    about: str
    file_name: str
    facts: Any
    lay_out: Callable[[Any], Made]
    has_names: bool = True
    in_parts: bool = False

    def packet(self) -> Made:
        """The documents in print order, and what was found on the way."""
        return self.lay_out(self.facts)


def collect_paper(group: Group, library: Library, wish: PaperWish, *, today: date) -> Paper:
    """Read what a wish needs from a loaded group. Raises UserError where there is no such paper or meeting."""
    if wish.kind in OF_A_MEETING:
        if wish.on is None:
            raise UserError(_("Choose a meeting first."))
        return OF_A_MEETING[wish.kind](group, library, wish.on)
    if wish.kind == "term-plan":
        return _term_plan(group, library, themes=wish.themes)
    if wish.kind == "register":
        return _register(group, library, today)
    there = ", ".join(KINDS)
    raise UserError(_("There is no paper “{kind}”. There are: {there}.").format(kind=wish.kind[:40], there=there))


def language_of(group: Group, library: Library) -> str:
    """The language of a group's papers: that of its first curriculum."""
    first = library.curricula.get(next(iter(curricula_of(group)), ""))
    return first.language if first else "nb"


# -- for a meeting -----------------------------------------------------------------------------------------------------


def _packet(group: Group, library: Library, on: date) -> Paper:
    facts = collect_packet(group, library, on)
    number = _("meeting {n}").format(n=facts.number) if facts.number else ""
    return Paper(
        title=_("Meeting packet"),
        about=" · ".join(filter(None, (group.name, number, long_date(on, year=False)))),
        file_name=_("papers-{day}").format(day=on.isoformat()),
        facts=facts,
        lay_out=_lay_out_packet,
        in_parts=True,
    )


def _lay_out_packet(facts: MeetingFacts) -> Made:
    from rop_facilitator.documents.papers import packet_of

    return packet_of(facts)


def _sign_in(group: Group, library: Library, on: date) -> Paper:
    return Paper(
        title=_("Sign-in sheet"),
        about=f"{group.name} · {long_date(on, year=False)}",
        file_name=_("sign-in-{date}").format(date=on.isoformat()),
        facts=collect_packet(group, library, on),
        lay_out=_lay_out_sign_in,
    )


def _lay_out_sign_in(facts: MeetingFacts) -> Made:
    from rop_facilitator.documents.papers import sign_in_packet

    return sign_in_packet(facts), []


# -- for the course ----------------------------------------------------------------------------------------------------


def _term_plan(group: Group, library: Library, *, themes: bool) -> Paper:
    return Paper(
        title=_("Term plan"),
        about=group.name,
        file_name=_("term-plan"),
        facts=collect_term_plan(group, language=language_of(group, library), themes=themes),
        lay_out=_lay_out_term_plan,
        has_names=False,
    )


def _lay_out_term_plan(plan: TermPlan) -> Made:
    return term_plan_packet(plan), []


def _register(group: Group, library: Library, today: date) -> Paper:
    return Paper(
        title=_("Attendance, all meetings"),
        about=group.name,
        file_name=_("attendance-{date}").format(date=today.isoformat()),
        facts=(collect_register(group, names=group.names_shown, today=today), language_of(group, library)),
        lay_out=_lay_out_register,
    )


def _lay_out_register(facts: tuple[Register, str]) -> Made:
    from rop_facilitator.documents.register_paper import register_packet

    register, language = facts
    with speaking(language):
        return register_packet(register, language=language), []


OF_A_MEETING: dict[str, Callable[[Group, Library, date], Paper]] = {"packet": _packet, "sign-in": _sign_in}
KINDS = (*OF_A_MEETING, "term-plan", "register")
