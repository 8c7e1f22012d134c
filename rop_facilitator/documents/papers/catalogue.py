"""What somebody wants on paper: a request as a plain value, and all that it needs, read from the records."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.exchange.register import AttendanceRegister, collect_register
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.certificate_facts import certificate_facts, doubts_about
from rop_facilitator.documents.papers.group_facts import attendance_share, group_facts
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, collect_packet
from rop_facilitator.documents.papers.meeting.substitute import SubstituteFacts, collect_substitute, substitute_packet
from rop_facilitator.documents.papers.person_overview import (
    PersonOverview,
    collect_person_overview,
    person_overview_packet,
)
from rop_facilitator.documents.papers.term_plan import TermPlan, collect_term_plan, term_plan_packet
from rop_facilitator.errors import Problem, RefusedError, UserError
from rop_facilitator.i18n import _, long_date, speaking
from rop_facilitator.records.group.groups import curricula_of, in_order
from rop_facilitator.records.group.name_on_paper import name_on_paper_of
from rop_facilitator.records.missing_rows import person_gone
from rop_facilitator.records.models import Group, Membership

if TYPE_CHECKING:
    from rop_facilitator.documents.page.blocks import Packet
    from rop_facilitator.documents.papers.handout import Handout

PacketAndProblems = tuple["Packet", list[Problem]]


@dataclass(frozen=True)
class PaperRequest:
    """A kind of paper: "packet", "term-plan", "register", "person-overview" …, or the name of a standing paper.

    `on` is the day of a meeting; `themes` says whether a plan to hang up tells what each meeting is about, None as
    the group has it; `people` are the memberships that get a certificate, or else all who have been there, or the one
    person that a paper is about; `anyway` says that all that is asked first has been answered.
    """

    kind: str
    on: date | None = None
    themes: bool | None = None
    people: tuple[int, ...] = ()
    anyway: bool = False


@dataclass(frozen=True)
class Paper:
    """A request with its facts, which can be laid out in any thread. Two that are equal print alike.

    `title` and `about` are for the leader's eyes; `file_name` tells neither person nor group. `has_names` says whether
    people's names stand on it, `in_parts` whether Word gets a file a paper rather than a single one, `people` how many
    people it tells of.
    """

    title: str
    about: str
    file_name: str
    facts: Any
    lay_out: Callable[[Any], PacketAndProblems]
    has_names: bool = True
    in_parts: bool = False
    people: int = 0

    def packet(self) -> PacketAndProblems:
        """The documents in print order, and what was found on the way."""
        return self.lay_out(self.facts)


def collect_paper(group: Group, library: Library, request: PaperRequest, *, today: date) -> Paper:
    """Read what a request needs from a loaded group. Raises UserError where there is no such paper or meeting."""
    if request.kind in OF_A_MEETING:
        if request.on is None:
            raise UserError(_("Choose a meeting first."))
        paper = OF_A_MEETING[request.kind](group, library, request.on)
        if request.kind == "packet" and request.themes is not None:
            paper = replace(paper, facts=replace(paper.facts, themes_on_plans=request.themes))
        return paper
    if request.kind == "term-plan":
        themes = group.themes_on_plans if request.themes is None else request.themes
        return _term_plan(group, library, today, themes=themes)
    if request.kind == "register":
        return _register(group, library, today)
    if request.kind in OF_A_PERSON:
        return OF_A_PERSON[request.kind](group, library, _chosen_person(group, request), today)
    return _standing(group, library, request, today)


def paper_language(group: Group, library: Library) -> str:
    """The language of a group's papers: that of its first curriculum."""
    first = library.curricula.get(next(iter(curricula_of(group)), ""))
    return first.language if first else "nb"


# -- for a meeting -----------------------------------------------------------------------------------------------------


def _packet(group: Group, library: Library, on: date) -> Paper:
    facts = collect_packet(group, library, on)
    return Paper(
        title=_("Meeting packet"),
        about=f"{group.name} · {long_date(on, year=False)}",
        file_name=_("papers-{day}").format(day=on.isoformat()),
        facts=facts,
        lay_out=_lay_out_packet,
        in_parts=True,
        people=len(facts.people),
    )


def _lay_out_packet(facts: MeetingFacts) -> PacketAndProblems:
    from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of

    return packet_of(facts)


def _sign_in(group: Group, library: Library, on: date) -> Paper:
    facts = collect_packet(group, library, on)
    return Paper(
        title=_("Sign-in sheet"),
        about=f"{group.name} · {long_date(on, year=False)}",
        file_name=_("sign-in-{date}").format(date=on.isoformat()),
        facts=facts,
        lay_out=_lay_out_sign_in,
        people=len(facts.people),
    )


def _lay_out_sign_in(facts: MeetingFacts) -> PacketAndProblems:
    from rop_facilitator.documents.papers.meeting.meeting_packet import sign_in_packet

    return sign_in_packet(facts), []


def _substitute(group: Group, library: Library, on: date) -> Paper:
    facts = collect_substitute(group, library, on)
    return Paper(
        title=_("For the substitute"),
        about=f"{group.name} · {long_date(on, year=False)}",
        file_name=_("substitute-{date}").format(date=on.isoformat()),
        facts=facts,
        lay_out=_lay_out_substitute,
        people=len(facts.meeting.people),
    )


def _lay_out_substitute(facts: SubstituteFacts) -> PacketAndProblems:
    packet, problems = substitute_packet(facts)
    return packet, list(problems)


# -- for the course ----------------------------------------------------------------------------------------------------


def _term_plan(group: Group, library: Library, today: date, *, themes: bool) -> Paper:
    return Paper(
        title=_("Term plan"),
        about=group.name,
        file_name=_("term-plan"),
        facts=collect_term_plan(
            group, language=paper_language(group, library), today=today, library=library, themes=themes
        ),
        lay_out=_lay_out_term_plan,
        has_names=False,
    )


def _lay_out_term_plan(plan: TermPlan) -> PacketAndProblems:
    return term_plan_packet(plan), []


def _register(group: Group, library: Library, today: date) -> Paper:
    register = collect_register(group, names=group.names_shown, today=today)
    language = paper_language(group, library)
    on_paper = replace(register, group=name_on_paper_of(group, today, language=language))
    return Paper(
        title=_("Attendance, all meetings"),
        about=group.name,
        file_name=_("attendance-{date}").format(date=today.isoformat()),
        # The language is read here, since laying out may happen in a thread that has no rows.
        facts=(on_paper, language),
        lay_out=_lay_out_register,
        people=len(register.people),
    )


def _lay_out_register(facts: tuple[AttendanceRegister, str]) -> PacketAndProblems:
    from rop_facilitator.documents.papers.register_paper import register_packet

    register, language = facts
    with speaking(language):
        return register_packet(register, language=language), []


# -- for one person ----------------------------------------------------------------------------------------------------


def _chosen_person(group: Group, request: PaperRequest) -> Membership:
    """The one who was chosen. Raises UserError for nobody, several, or one who is gone."""
    people = [membership for membership in group.memberships if membership.id in request.people]
    if len(request.people) != 1:
        raise UserError(_("Choose one person."))
    if not people:
        raise person_gone()
    return people[0]


def _person_overview(group: Group, library: Library, person: Membership, today: date) -> Paper:
    return Paper(
        title=_("Overview for one person"),
        about=group.name,
        file_name=_("overview-{date}").format(date=today.isoformat()),
        facts=collect_person_overview(group, person, language=paper_language(group, library), today=today),
        lay_out=_lay_out_person_overview,
        people=1,
    )


def _lay_out_person_overview(overview: PersonOverview) -> PacketAndProblems:
    return person_overview_packet(overview), []


def _missed_sheets(group: Group, library: Library, person: Membership, today: date) -> Paper:
    from rop_facilitator.documents.papers.meeting.missed_sheets import collect_missed_sheets, missed_sheets_packet

    facts = collect_missed_sheets(group, library, person, today=today)
    return Paper(
        title=_("Sheets to make up with"),
        about=group.name,
        file_name=_("sheets-{date}").format(date=today.isoformat()),
        facts=facts,
        lay_out=missed_sheets_packet,
        has_names=bool(facts.name),
        people=1,
    )


# -- standing papers ---------------------------------------------------------------------------------------------------


def standing_kinds(group: Group, library: Library) -> dict[str, Handout]:
    """The standing papers that a group can have, by the kind to ask for."""
    from rop_facilitator.documents.papers.standing_papers import standing_papers_in

    return standing_papers_in(paper_language(group, library))


def _standing(group: Group, library: Library, request: PaperRequest, today: date) -> Paper:
    language = paper_language(group, library)
    kinds = standing_kinds(group, library)
    page = kinds.get(request.kind)
    if page is None:
        there = ", ".join((*OF_A_MEETING, *OF_A_PERSON, "term-plan", "register", *kinds))
        raise UserError(
            _("There is no paper “{kind}”. There are: {there}.").format(kind=request.kind[:40], there=there)
        )
    facts = group_facts(group, library, language=language, today=today)
    copies = [facts]
    if page.kind == "certificate":
        people = _certificate_people(group, request, today)
        copies = [certificate_facts(facts, group, membership, language=language) for membership in people]
    return Paper(
        title=page.title,
        about=group.name,
        file_name=re.sub(r"[^\w]+", "-", page.title.casefold()).strip("-"),
        facts=(request.kind, language, tuple(copies)),
        lay_out=_lay_out_standing,
        has_names=page.kind == "certificate",
        people=len(copies) if page.kind == "certificate" else 0,
    )


def _certificate_people(group: Group, request: PaperRequest, today: date) -> list[Membership]:
    """Those who were chosen, or all who have been at a meeting. Raises RefusedError where it must be asked first."""
    people = [
        membership
        for membership in in_order(group.memberships, group.names_shown)
        if (membership.id in request.people if request.people else attendance_share(group, membership).present)
    ]
    # Who has nothing that counts gets none, whatever was answered; the others wait until the doubts have been read.
    doubts = doubts_about(group, people, names=group.names_shown, today=today)
    certain = [membership for membership in people if membership.id not in doubts.nothing]
    if not people:
        raise UserError(_("Nobody has been at a meeting yet."))
    if not certain:
        # The last ones are a sentence a person; that the course is not over would add nothing.
        raise UserError("\n".join(doubts.sentences[-len(people) :]))
    if doubts and not request.anyway:
        raise RefusedError("\n".join(doubts.sentences))
    return certain


def _lay_out_standing(facts: tuple[str, str, tuple[PacketFacts, ...]]) -> PacketAndProblems:
    from rop_facilitator.documents.papers.standing_papers import find_page, standing_packet

    kind, language, copies = facts
    page, problems = find_page(kind, language)
    packet, faults = standing_packet(page, copies)
    return packet, [*problems, *faults]


# A new paper of a meeting or a person begins with a line here, and the command line has it. In the window it needs a
# button where it is looked for: the tab of papers (`papers_tab`), or the page of a person (`person_view`).
# One that is mostly text for people needs no code: it is a page in handouts/papers (decision 0005).
OF_A_MEETING: dict[str, Callable[[Group, Library, date], Paper]] = {
    "packet": _packet,
    "sign-in": _sign_in,
    "substitute": _substitute,
}
OF_A_PERSON: dict[str, Callable[[Group, Library, Membership, date], Paper]] = {
    "person-overview": _person_overview,
    "person-sheets": _missed_sheets,
}
