"""The papers of a meeting: agenda, plan for the wall, sign-in sheet, and each person's slip and sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rop_facilitator.curriculum.agenda import Theme, ThemeStep, fitted_from, is_pause, lay_out, openings
from rop_facilitator.documents.page.blocks import (
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
    Table,
    WritingLines,
    plain_text,
    words,
)
from rop_facilitator.documents.page.help_numbers import with_help
from rop_facilitator.documents.page.markdown import blocks_of, filled_words
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.handout import handout_blocks
from rop_facilitator.documents.papers.meeting.home_practice import aims_of, practice_blocks, theme_line
from rop_facilitator.documents.papers.meeting.meeting_facts import SPARE_SETS, MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.meeting.person_sets import Sheets, person_set
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
        documents = [
            _leader_agenda(facts, len(here), sheets),
            *_safety(facts, problems),
            _wall_agenda(facts, problems),
            _sign_in(facts),
        ]
        for person in here:
            documents += person_set(facts, slip, person, sheets)
        # The spare sets and what lies on the table come last: they are the same for all and bear no name.
        documents += [*today.values()] * SPARE_SETS
        documents += [sheet for sheet in table.values() for _copy in range(table_copies(len(here)))]
        title = _("Papers for {day}").format(day=long_date(facts.on))
        packet = with_help(Packet(title, facts.curriculum.language, tuple(documents)))
        return packet, list(dict.fromkeys(problems))


def table_copies(people: int) -> int:
    """How many copies of a sheet lie on the table: one for every second person, at least two."""
    return max(SPARE_SETS, -(-people // 2))


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


# -- for the leader ----------------------------------------------------------------------------------------------------


def _agenda_rows(facts: MeetingFacts, problems: list[Problem]) -> tuple[AgendaRow, ...]:
    rows: list[AgendaRow] = []
    at = 0
    steps = lay_out(facts.curriculum, facts.themes, facts.minutes)
    for step, opens in zip(steps, openings(steps), strict=True):
        notes, faults = blocks_of(step.text, file=str(facts.curriculum.folder), first_line=step.line, top=4, level=3)
        problems += faults
        # Only where a theme begins: a rest goes on from last time.
        opening = [theme_line(opens, facts.themes)] if opens is not None and not opens.rest else []
        rows.append(
            AgendaRow(
                time=_plus(facts, at),
                minutes=_("{n} min").format(n=step.minutes),
                title=words(step.title),
                method=step.method.word if step.method else "",
                pause=is_pause(step),
                blocks=(*opening, *notes),
            )
        )
        at += step.minutes
    return tuple(rows)


def _leader_agenda(facts: MeetingFacts, people: int, sheets: Sheets) -> Document:
    blocks: list[Block] = [
        Callout("remember", (CheckList(_before(facts, people, sheets)),), title=words(_("Before the meeting"))),
        *_aims(facts),
        Agenda(_agenda_rows(facts, sheets.problems)),
        *_after(facts),
    ]
    return Document(
        paper="agenda-leader",
        title=_("Agenda for the leader"),
        lead=words(_lead(facts)),
        kicker=f"{facts.group_and_number()} · {long_date(facts.on)} · {clock_span(facts.start, facts.minutes)}",
        date=facts.place,
        footer=_("For the leader · shred after use"),
        for_leader=True,
        blocks=tuple(blocks),
    )


def _lead(facts: MeetingFacts) -> str:
    """What the meeting is about, and whether its minutes were fitted from a frame of another length."""
    lead = capital(" + ".join(facts.titles))
    fitted = fitted_from(facts.curriculum, facts.minutes)
    if fitted is None:
        return lead
    text = _("The steps are fitted to {minutes} minutes from the frame of {frame}.")
    return f"{lead}. " + text.format(minutes=facts.minutes, frame=fitted)


def _before(facts: MeetingFacts, people: int, sheets: Sheets) -> tuple[CheckItem, ...]:
    new = {name for theme in facts.themes if theme.begins for name in sheets.own(theme)}
    table = [sheet.title for theme in facts.themes for sheet in sheets.on_table(theme).values()]
    items = []
    if new:
        text = _("{sets} sets of {sheets} sheets, {spare} of them spare")
        items.append(text.format(sets=people + SPARE_SETS, sheets=len(new), spare=SPARE_SETS))
    if table:
        text = _("On the table, {n} copies each: {titles}")
        items.append(text.format(n=table_copies(people), titles=", ".join(dict.fromkeys(table))))
    if len(facts.themes) > 1:
        items.append(_("There are several themes: choose beforehand what you can leave out"))
    items += [_going_on(theme, facts.people) for theme in facts.themes if not theme.begins and sheets.own(theme)]
    items += [_missed(person) for person in facts.people if person.missed]
    notices = [person.name for person in facts.people if person.gave_notice]
    if notices:
        items.append(_("Gave notice: {names}").format(names=", ".join(notices)))
    items += [
        filled_words(line.strip("-* "), speech=theme.session.language)
        for theme in facts.themes
        for line in theme.session.materials.splitlines()
        if line.strip() and not theme.rest
    ]
    if any(session.is_outline for session in facts.sessions):
        items.append(_("The session is an outline: plan the theme yourself, there are no sheets"))
    # Two sessions of a meeting may ask for the same thing.
    return tuple(CheckItem(words(item)) for item in dict.fromkeys(items))


def _going_on(theme: Theme, people: tuple[PersonFacts, ...]) -> str:
    """Who lacks the sheets of a session that began another day."""
    names = [person.name for person in people if theme.session.id not in person.has_sheets and not person.gave_notice]
    if not names:
        return _("Everybody has the sheets of “{title}” from last time").format(title=theme.session.title)
    text = _("The sheets of “{title}” were given last time. These get them now: {names}")
    return text.format(title=theme.session.title, names=", ".join(names))


def _missed(person: PersonFacts) -> str:
    """What a person has not had, and what of it lies in the set."""
    text = _("{name} has not had: {titles}").format(name=person.name, titles=", ".join(person.missed))
    if person.gave_notice or not person.brought:
        return text
    if len(person.brought) == len(person.missed):
        return f"{text}. {_('Recap and sheets lie in the set.')}"
    named = ", ".join(theme.title for theme in person.brought)
    return f"{text}. {_('In the set lies the last of it: {titles}.').format(titles=named)}"


def _aims(facts: MeetingFacts) -> list[Block]:
    themes = [theme for theme in facts.themes if theme.session.aims and not theme.rest]
    blocks: list[Block] = [Heading(words(_("Aims")))] if themes else []
    for theme in themes:
        blocks += [Heading(words(capital(theme.title)), level=3)] if len(facts.themes) > 1 else []
        blocks.append(BulletList(tuple(map(words, aims_of(theme.session)))))
    return blocks


def _after(facts: MeetingFacts) -> list[Block]:
    items = (
        _("Attendance is recorded"),
        _("Each session is done, partly done or carried over"),
        _("Home practice is noted for each person"),
        _("Worries are dealt with today"),
        _("Those to call are called, make-up is agreed"),
    )
    return [
        *practice_blocks(facts.themes),
        Heading(words(_("After the meeting"))),
        CheckList(tuple(CheckItem(words(item)) for item in items)),
        WritingLines(3, words(_("For next time:"))),
    ]


def _safety(facts: MeetingFacts, problems: list[Problem]) -> list[Document]:
    if not facts.curriculum.safety.strip():
        return []
    blocks, faults = blocks_of(
        facts.curriculum.safety, file=str(facts.curriculum.folder / "trygg-gruppe.md"), first_line=1
    )
    problems += faults
    return [
        Document(
            paper="safety",
            title=_("A safe group"),
            footer=_("For the leader"),
            for_leader=True,
            blocks=(*blocks, Help()),
        )
    ]


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
        blocks=(Agenda(tuple(rows), wall=True), *blocks),
    )


def _height_in_rows(rows: Sequence[AgendaRow]) -> float:
    """How high rows are, in rows of one line; a long title takes more."""
    # About 32 letters fill a line at that size; each further line adds a little more than half a row.
    return sum(1 + 0.6 * (len(plain_text(row.title)) // 32) for row in rows)


def _wall_rows(facts: MeetingFacts) -> list[AgendaRow]:
    """Titles and clock times; of several themes the names, not their steps."""
    rows: list[AgendaRow] = []
    at = 0
    steps = lay_out(facts.curriculum, facts.themes, facts.minutes)
    before: Theme | None = None
    for step, opens in zip(steps, openings(steps), strict=True):
        theme = step.theme if len(facts.themes) > 1 and isinstance(step, ThemeStep) else None
        title = step.title
        if theme is not None and not theme.rest:
            title = capital(theme.title)
            title = title if opens is not None else _("{theme}, continued").format(theme=title)
        if theme is None or theme is not before:
            rows.append(AgendaRow(time=_plus(facts, at), title=words(title), pause=is_pause(step)))
        at += step.minutes
        before = theme
    return [*rows, AgendaRow(time=_plus(facts, at), title=words(_("The end for today")), pause=True)]


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
