"""The sheets of the sessions that one person is missing, to hand out or to make up with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from rop_facilitator.curriculum.agenda import Theme, fitted_theme
from rop_facilitator.curriculum.model import Curriculum, Library
from rop_facilitator.documents.page.blocks import Document, Packet
from rop_facilitator.documents.page.help_numbers import with_help
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.group_facts import group_facts
from rop_facilitator.documents.papers.meeting.person_sets import Sheets, recap_sheet
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _, speaking
from rop_facilitator.records.group.groups import shown_name
from rop_facilitator.records.membership.person_figures import received_by, with_sheets
from rop_facilitator.records.models import Group, Membership


@dataclass(frozen=True)
class MissedSheets:
    """The missing sessions that have sheets, oldest first; `name` only where the group wants names on sheets."""

    curriculum: Curriculum
    themes: tuple[Theme, ...]
    about: PacketFacts
    name: str = ""


def collect_missed_sheets(group: Group, library: Library, membership: Membership, *, today: date) -> MissedSheets:
    """What a person of a loaded group is missing. Raises UserError where no sheet belongs to it."""
    themes = []
    for session in with_sheets(received_by(group, membership, today=today).missing, library):
        plan = library.session(session.session_id, session.curriculum_id)
        # `with_sheets` gives only sessions that the library has.
        assert plan is not None
        own = library.curricula[session.curriculum_id]
        themes.append(fitted_theme(Theme(plan, session.title, curriculum=own), own, group.minutes))
    if not themes or themes[0].curriculum is None:
        raise UserError(_("There are no sheets for what the person is missing."))
    first = themes[0].curriculum
    about = group_facts(group, library, language=first.language, today=today)
    name = shown_name(membership, group.names_shown) if group.name_on_sheets else ""
    return MissedSheets(first, tuple(themes), about, name)


def missed_sheets_packet(facts: MissedSheets) -> tuple[Packet, list[Problem]]:
    """What the sessions came to in short, then their sheets, none of them twice."""
    problems: list[Problem] = []
    with speaking(facts.curriculum.language):
        sheets = Sheets(facts.curriculum, facts.about, problems)
        by_id: dict[str, Document] = {}
        for theme in facts.themes:
            by_id |= {name: sheet for name, sheet in sheets.of(theme).items() if name not in by_id}
        documents = [recap_sheet(facts.themes, facts.about.group, problems), *by_id.values()]
        if facts.name:
            documents = [replace(document, kicker=f"{facts.name} · {document.kicker}") for document in documents]
        title = _("Sheets to make up with")
    packet = with_help(Packet(title, facts.curriculum.language, tuple(documents)))
    return packet, list(dict.fromkeys(problems))
