"""The papers of a meeting: agenda, plan for the wall, sign-in sheet, and each person's slip and sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rop_facilitator.curriculum.agenda import Theme, ThemeStep, is_pause, lay_out, nearest_frame, openings
from rop_facilitator.documents.page.blocks import (
    Agenda,
    AgendaRow,
    Document,
    Name,
    Packet,
    Table,
    plain_text,
    words,
)
from rop_facilitator.documents.page.help_numbers import with_help
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.handout import handout_blocks
from rop_facilitator.documents.papers.meeting.leader_papers import leader_papers
from rop_facilitator.documents.papers.meeting.meeting_facts import SPARE_SETS, MeetingFacts
from rop_facilitator.documents.papers.meeting.person_sets import Sheets, as_set, person_set
from rop_facilitator.documents.papers.meeting.phases import phases_page
from rop_facilitator.documents.papers.meeting.run_sheet import table_copies
from rop_facilitator.documents.papers.meeting.safety_page import safety_is_due, safety_pages
from rop_facilitator.documents.papers.meeting.slips import slip_documents
from rop_facilitator.documents.papers.standing_papers import find_page
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, capital, clock, long_date, speaking
from rop_facilitator.planning.calendar import clock_span, end_of
from rop_facilitator.settings import Settings

LARGE_PT = 16


def packet_of(facts: MeetingFacts) -> tuple[Packet, list[Problem]]:
    """All papers of a meeting in print order, in the language of its curriculum, and what was found on the way."""
    with speaking(facts.curriculum.language):
        slip, problems = find_page("slip", facts.curriculum.language)
        sheets = Sheets(facts.curriculum, _about(facts), problems)
        today: dict[str, Document] = {}
        table: dict[str, Document] = {}
        for theme in facts.themes:
            today |= sheets.own(theme)
            table |= sheets.on_table(theme)
        here = [person for person in facts.people if not person.gave_notice]
        steps = lay_out(facts.curriculum, facts.themes, facts.minutes)
        safety: tuple[Document, ...] = ()
        if safety_is_due(facts):
            safety, faults = safety_pages(facts.curriculum, facts.group)
            problems += faults
        documents = [
            *leader_papers(facts, steps, sheets, safety_in_packet=bool(safety)),
            phases_page(facts.curriculum.language, sheets.about, problems),
            *safety,
            _wall_agenda(facts, problems),
            _sign_in(facts),
        ]
        documents += slip_documents(facts, slip, here, sheets.about, problems)
        for person in here:
            documents += person_set(facts, person, sheets)
        # The spare sets and what lies on the table come last: they are the same for all and bear no name.
        documents += as_set(today.values()) * SPARE_SETS
        for name, copies in table_copies(table, len(here)).items():
            documents += [table[name]] * copies
        title = _("Papers for {day}").format(day=long_date(facts.on))
        packet = with_help(Packet(title, facts.curriculum.language, tuple(documents)))
        return packet, list(dict.fromkeys(problems))


def sign_in_packet(facts: MeetingFacts) -> Packet:
    """The sign-in sheet by itself, as it lies in the packet."""
    with speaking(facts.curriculum.language):
        sheet = _sign_in(facts)
    return Packet(sheet.title, facts.curriculum.language, (sheet,))


def with_print_settings(packet: Packet, settings: Settings) -> Packet:
    """The packet as the leader prints: on one or both sides, and with large print where that is chosen."""
    return replace(packet, duplex=settings.duplex, size_pt=LARGE_PT if settings.large_print else packet.size_pt)


def _about(facts: MeetingFacts) -> PacketFacts:
    """What the pages of a meeting may use."""
    return PacketFacts(
        date=long_date(facts.on),
        time=clock_span(facts.start, facts.minutes),
        place=facts.place,
        group=facts.group,
        session=capital(" + ".join(facts.titles)),
        sessions=tuple(map(capital, facts.titles)),
        curriculum=facts.curriculum.title,
    )


def _plus(facts: MeetingFacts, minutes: int) -> str:
    return clock(end_of(facts.start, minutes))


# -- for the wall and the table ----------------------------------------------------------------------------------------


def _wall_agenda(facts: MeetingFacts, problems: list[Problem]) -> Document:
    page, problems_of_page = find_page("wall-agenda", facts.curriculum.language)
    blocks, faults = handout_blocks(page, _about(facts))
    problems += (*problems_of_page, *faults)
    rows = _wall_rows(facts)
    return Document(
        paper="agenda-wall",
        title=page.title,
        kicker=facts.group,
        date=long_date(facts.on),
        footer=page.footer,
        for_leader=True,
        size_pt=min(20, 190 / _height_in_rows(rows)),  # one page in any case
        blocks=(Agenda(tuple(rows)), *blocks),
    )


def _height_in_rows(rows: Sequence[AgendaRow]) -> float:
    """How high rows are, in rows of one line; a long title takes more."""
    # About 32 letters fill a line at that size; each further line adds a little more than half a row.
    return sum(1 + 0.6 * (len(plain_text(row.title)) // 32) for row in rows)


def _wall_rows(facts: MeetingFacts) -> list[AgendaRow]:
    """Titles and clock times; of several themes the names, not their steps, and unless the leader wants it no theme."""
    rows: list[AgendaRow] = []
    at = 0
    steps = lay_out(facts.curriculum, facts.themes, facts.minutes)
    before: Theme | None = None
    for step, opens in zip(steps, openings(steps), strict=True):
        several = len(facts.themes) > 1 or not facts.themes_on_plans
        theme = step.theme if several and isinstance(step, ThemeStep) else None
        title = step.title
        if theme is not None and not facts.themes_on_plans:
            theme, title = facts.themes[0], _theme_title(facts)
        elif theme is not None and not theme.rest:
            title = capital(theme.session.printed_title or theme.title)
            title = title if opens is not None else _("{theme}, continued").format(theme=title)
        if theme is None or theme is not before:
            rows.append(AgendaRow(time=_plus(facts, at), title=words(title), pause=is_pause(step)))
        at += step.minutes
        before = theme
    return [*rows, AgendaRow(time=_plus(facts, at), title=words(_("The end for today")), pause=True)]


def _theme_title(facts: MeetingFacts) -> str:
    """What the frame calls the theme: as in “Dagens tema”."""
    return next(step.title for step in nearest_frame(facts.curriculum, facts.minutes).steps if step.theme)


def _sign_in(facts: MeetingFacts) -> Document:
    names = [person.name for person in facts.people if not person.gave_notice]
    # Two empty rows, for whoever comes unannounced.
    rows = [(words(str(n)), Name(words(name)), ()) for n, name in enumerate([*names, "", ""], 1)]
    head = (words(_("No.")), words(_("First name")), words(_("Initials")))
    return Document(
        paper="sign-in",
        title=_("Sign-in sheet"),
        kicker=facts.group_and_number(),
        date=long_date(facts.on),
        footer=_("Shred after use"),
        for_leader=True,
        size_pt=14.5,
        blocks=(Table(head, tuple(rows), widths=(16, 88, 56), row_mm=_row_mm(len(rows))),),
    )


def _row_mm(rows: int) -> float:
    """The height of a row to sign in, a little lower where the last page would have only one or two of them."""
    for height in (14.6, 13.6, 12.8):
        left = rows - int(216 // height)  # what the first page has room for below its title, and then each further one
        if left <= 0 or left % int(251 // height) not in (1, 2):
            return height
    return 14.6
