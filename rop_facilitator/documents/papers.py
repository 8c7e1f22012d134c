"""The papers of a meeting: agenda, plan for the wall, sign-in sheet, and each person's slip and sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rop_facilitator.curriculum.agenda import fitted_from, lay_out
from rop_facilitator.curriculum.model import Step
from rop_facilitator.documents.blocks import (
    Agenda,
    AgendaRow,
    Block,
    BulletList,
    Callout,
    CheckItem,
    CheckList,
    Document,
    Heading,
    Help,
    Name,
    Packet,
    Paragraph,
    Practice,
    Table,
    WritingLines,
    words,
)
from rop_facilitator.documents.contacts import contacts_for
from rop_facilitator.documents.handout import Handout, find_handout, handout_blocks, handout_document
from rop_facilitator.documents.markdown import blocks_of
from rop_facilitator.documents.packet import SPARE_SETS, MeetingFacts, PersonFacts
from rop_facilitator.documents.packet_facts import PacketFacts
from rop_facilitator.documents.standing import find_page
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, capital, clock, long_date, speaking
from rop_facilitator.settings import Settings

LARGE_PT = 16


def packet_of(facts: MeetingFacts) -> tuple[Packet, list[Problem]]:
    """All papers of a meeting in print order, in the language of its curriculum, and what was found on the way."""
    with speaking(facts.curriculum.language):
        slip, problems = find_page("slip", facts.curriculum.language)
        sheets = _sheets(facts, problems)
        here = [person for person in facts.people if not person.gave_notice]
        documents = [
            _leader_agenda(facts, len(here), len(sheets), problems),
            *_safety(facts, problems),
            _wall_agenda(facts, problems),
            _sign_in(facts),
        ]
        for person in here:
            documents += [_slip(facts, slip, person, problems), *(_for(person, sheet, facts) for sheet in sheets)]
        documents += sheets * SPARE_SETS
        contacts, checked = contacts_for(facts.curriculum.language)
        title = _("Papers for {day}").format(day=long_date(facts.on))
        packet = Packet(title, facts.curriculum.language, tuple(documents), help=contacts, help_checked=checked)
        return packet, list(dict.fromkeys(problems))


def sign_in_packet(facts: MeetingFacts) -> Packet:
    """The sign-in sheet by itself."""
    with speaking(facts.curriculum.language):
        sheet = _sign_in(facts)
    return Packet(sheet.title, facts.curriculum.language, (sheet,))


def as_chosen(packet: Packet, settings: Settings) -> Packet:
    """The packet as the leader prints: on one or both sides, and with large print where that is chosen."""
    return replace(packet, duplex=settings.duplex, size_pt=LARGE_PT if settings.large_print else packet.size_pt)


def _kicker(facts: MeetingFacts) -> str:
    number = _("meeting {n}").format(n=facts.number) if facts.number else ""
    return " · ".join(filter(None, (facts.group, number)))


def _plus(facts: MeetingFacts, minutes: int) -> str:
    total = facts.start.hour * 60 + facts.start.minute + minutes
    return clock(datetime(2000, 1, 1, total // 60 % 24, total % 60).time())


def _hours(facts: MeetingFacts) -> str:
    return f"{clock(facts.start)}–{_plus(facts, facts.minutes)}"


# -- for the leader ----------------------------------------------------------------------------------------------------


def _agenda_rows(facts: MeetingFacts, problems: list[Problem]) -> tuple[AgendaRow, ...]:
    rows: list[AgendaRow] = []
    at = 0
    for step in lay_out(facts.curriculum, facts.sessions, facts.minutes):
        found, faults = blocks_of(step.text, file=str(facts.curriculum.folder), first_line=step.line, top=4, level=3)
        problems += faults
        rows.append(
            AgendaRow(
                time=_plus(facts, at),
                minutes=_("{n} min").format(n=step.minutes),
                title=words(step.title),
                method=step.method.word if step.method else "",
                pause=_is_pause(step),
                blocks=tuple(found),
            )
        )
        at += step.minutes
    return tuple(rows)


def _is_pause(step: Step) -> bool:
    return step.title.casefold() in ("pause", "break")


def _leader_agenda(facts: MeetingFacts, people: int, sheets: int, problems: list[Problem]) -> Document:
    blocks: list[Block] = [
        Callout("remember", (CheckList(_before(facts, people, sheets)),), title=words(_("Before the meeting"))),
        *_aims(facts),
        Agenda(_agenda_rows(facts, problems)),
        *_after(facts),
    ]
    return Document(
        paper="agenda-leader",
        title=_("Agenda for the leader"),
        lead=words(_lead(facts)),
        kicker=f"{_kicker(facts)} · {capital(long_date(facts.on))} · {_hours(facts)}",
        date=facts.place,
        footer=_("For the leader · shred after use"),
        for_leader=True,
        blocks=tuple(blocks),
    )


def _lead(facts: MeetingFacts) -> str:
    """What the meeting is about, and whether its minutes were fitted from a frame of another length."""
    lead = " + ".join(facts.titles)
    fitted = fitted_from(facts.curriculum, facts.minutes)
    if fitted is None:
        return lead
    told = _("The steps are fitted to {minutes} minutes from the frame of {frame}.")
    return f"{lead}. " + told.format(minutes=facts.minutes, frame=fitted)


def _before(facts: MeetingFacts, people: int, sheets: int) -> tuple[CheckItem, ...]:
    items = [
        _("{sets} sets of {sheets} sheets, {spare} of them spare").format(
            sets=people + SPARE_SETS, sheets=sheets, spare=SPARE_SETS
        )
    ]
    missed = [person for person in facts.people if person.missed]
    items += [
        _("{name} has not had: {titles}").format(name=person.name, titles=", ".join(person.missed)) for person in missed
    ]
    notices = [person.name for person in facts.people if person.gave_notice]
    if notices:
        items.append(_("Gave notice: {names}").format(names=", ".join(notices)))
    items += [
        line.strip("-* ") for session in facts.sessions for line in session.materials.splitlines() if line.strip()
    ]
    if any(session.is_outline for session in facts.sessions):
        items.append(_("The session is an outline: plan the theme yourself, there are no sheets"))
    return tuple(CheckItem(words(item)) for item in items)


def _aims(facts: MeetingFacts) -> list[Block]:
    aims = [words(aim) for session in facts.sessions for aim in session.aims]
    return [Heading(words(_("Aims"))), BulletList(tuple(aims))] if aims else []


def _after(facts: MeetingFacts) -> list[Block]:
    blocks: list[Block] = []
    for session in facts.sessions:
        if session.home_practice:
            found, _problems = blocks_of(session.home_practice_notes, file=str(session.file), first_line=1)
            blocks += [Practice((Paragraph(words(session.home_practice)), *found))]
    items = (
        _("Attendance is recorded"),
        _("Each session is done, partly done or carried over"),
        _("Home practice is noted for each person"),
        _("Worries are dealt with today"),
        _("Those to call are called, make-up is agreed"),
    )
    return [
        *blocks,
        Heading(words(_("After the meeting"))),
        CheckList(tuple(CheckItem(words(item)) for item in items)),
        WritingLines(3, words(_("For next time:"))),
    ]


def _safety(facts: MeetingFacts, problems: list[Problem]) -> list[Document]:
    if not facts.curriculum.safety.strip():
        return []
    found, faults = blocks_of(
        facts.curriculum.safety, file=str(facts.curriculum.folder / "trygg-gruppe.md"), first_line=1
    )
    problems += faults
    return [
        Document(
            paper="safety",
            title=_("A safe group"),
            footer=_("For the leader"),
            for_leader=True,
            blocks=(*found, Help()),
        )
    ]


# -- for the wall and the table ----------------------------------------------------------------------------------------


def _wall_agenda(facts: MeetingFacts, problems: list[Problem]) -> Document:
    page, found = find_page("wall-agenda", facts.curriculum.language)
    blocks, faults = handout_blocks(page, _about(facts))
    problems += (*found, *faults)
    rows = []
    at = 0
    for step in lay_out(facts.curriculum, facts.sessions, facts.minutes):
        rows.append(AgendaRow(time=_plus(facts, at), title=words(step.title), pause=_is_pause(step)))
        at += step.minutes
    rows.append(AgendaRow(time=_plus(facts, at), title=words(_("The end for today")), pause=True))
    return Document(
        paper="agenda-wall",
        title=page.title,
        kicker=facts.group,
        date=capital(long_date(facts.on)),
        footer=page.footer,
        for_leader=True,
        size_pt=min(20, 190 / len(rows)),  # one page, whatever the number of steps
        blocks=(Agenda(tuple(rows), wall=True), *blocks),
    )


def _sign_in(facts: MeetingFacts) -> Document:
    names = [person.name for person in facts.people if not person.gave_notice]
    rows = [(words(str(n)), Name(words(name)), ()) for n, name in enumerate([*names, "", ""], 1)]
    head = (words(_("No.")), words(_("First name")), words(_("Initials")))
    return Document(
        paper="sign-in",
        title=_("Sign-in sheet"),
        kicker=_kicker(facts),
        date=capital(long_date(facts.on)),
        footer=_("Shred after use"),
        for_leader=True,
        size_pt=14.5,
        blocks=(Table(head, tuple(rows), widths=(16, 88, 56), row_mm=14.6),),
    )


# -- for each person ---------------------------------------------------------------------------------------------------


def _slip(facts: MeetingFacts, page: Handout, person: PersonFacts, problems: list[Problem]) -> Document:
    """The one page with a name on it: what the person was going to try, what to make up, what today is about."""
    about = replace(_about(facts), name=person.name, practice=person.last_practice, missed=person.missed)
    blocks, faults = handout_blocks(page, about)
    problems += faults
    day = capital(long_date(facts.on))
    return Document(
        paper="slip",
        who=person.name,
        title=page.title,
        lead=words(page.lead),
        date=day,
        kicker=day,
        footer=page.footer,
        blocks=blocks,
    )


def _about(facts: MeetingFacts) -> PacketFacts:
    """What the pages of a meeting may use."""
    return PacketFacts(
        date=long_date(facts.on),
        time=_hours(facts),
        place=facts.place,
        group=facts.group,
        session=" + ".join(facts.titles),
        sessions=facts.titles,
        curriculum=facts.curriculum.title,
    )


def _sheets(facts: MeetingFacts, problems: list[Problem]) -> list[Document]:
    """The sheets of the meeting's sessions, without name or group."""
    about = _about(facts)
    made: list[Document] = []
    for session in facts.sessions:
        for handout_id in session.handouts:
            handout, found = find_handout(facts.curriculum, handout_id)
            problems += found
            if handout is not None:
                document, faults = handout_document(handout, about)
                problems += faults
                made.append(document)
    return made


def _for(person: PersonFacts, sheet: Document, facts: MeetingFacts) -> Document:
    """A sheet of a person's set; a name on it only where the group wants that."""
    return replace(sheet, kicker=f"{person.name} · {facts.group}") if facts.name_on_sheets else sheet
