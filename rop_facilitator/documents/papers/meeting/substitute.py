"""One page for whoever stands in: where the group is, what was left unfinished, who needs which sheet, whom to ring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.page.blocks import (
    Block,
    BulletList,
    Callout,
    Cell,
    Document,
    Field,
    Fields,
    Heading,
    Name,
    Packet,
    Paragraph,
    Small,
    Table,
    words,
)
from rop_facilitator.documents.page.help_numbers import known_contacts
from rop_facilitator.documents.page.local_help_number import local_contact
from rop_facilitator.documents.papers.handout import find_handout
from rop_facilitator.documents.papers.meeting.home_practice import home_practice_of
from rop_facilitator.documents.papers.meeting.meeting_facts import (
    MeetingFacts,
    PersonFacts,
    collect_packet,
    held_before,
)
from rop_facilitator.documents.papers.meeting.safety_page import safety_pages
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, capital, day_and_month, long_date, ngettext, speaking
from rop_facilitator.planning.calendar import clock_span
from rop_facilitator.records.group.groups import shown_name
from rop_facilitator.records.meeting.meetings import meeting_on, themes_of
from rop_facilitator.records.models import Group, MeetingState
from rop_facilitator.records.progress.call_list import to_call
from rop_facilitator.records.progress.group_status import standing_of
from rop_facilitator.records.progress.progress import taught_sessions

_MOST_PEOPLE = 9  # rows that leave room for the rest of the page at full height
_MOST_WITH_SHEETS = 5  # with more of them, sessions are named by their number, and below the table by their title


@dataclass(frozen=True)
class SubstituteFacts:
    """The meeting, and what one must know who was not there before; texts in the language of the papers."""

    meeting: MeetingFacts
    held: int
    ahead: int
    last: date | None
    module: str
    place_in_course: str
    unfinished: tuple[str, ...]
    practice: str
    quiet: tuple[tuple[str, date], ...]  # who is away without a message, and since when
    contact: tuple[str, str, str]  # name, number, when; the number may be empty
    numbers: dict[str, int]  # of the sessions in the course, by id


def collect_substitute(group: Group, library: Library, on: date) -> SubstituteFacts:
    """The facts of a loaded group for its meeting of that day. Raises UserError where there is none."""
    facts = collect_packet(group, library, on)
    meeting = meeting_on(group, on)
    standing = standing_of(group, today=on)
    before = held_before(group, on)
    with speaking(facts.curriculum.language):
        return SubstituteFacts(
            meeting=facts,
            held=len(before),
            ahead=sum(meeting.state is MeetingState.PLANNED and meeting.on > on for meeting in group.meetings),
            last=standing.last,
            module=_module(facts, library),
            place_in_course=_place(group, [session.group_session_id for session in meeting.sessions]),
            unfinished=standing.unfinished,
            practice=home_practice_of(themes_of(before[-1], library)[1]) if before else "",
            quiet=tuple(
                (shown_name(person.membership, group.names_shown), person.days[0])
                for person in to_call(group, today=on)
            ),
            contact=_contact(facts.curriculum.language),
            # From the last to the first: a session that comes twice has the number of its first time.
            numbers={session.session_id: at for at, session in reversed([*enumerate(taught_sessions(group), 1)])},
        )


def _module(facts: MeetingFacts, library: Library) -> str:
    """The module of the first session that is not a rest."""
    theme = next((theme for theme in facts.themes if not theme.rest), None)
    if theme is None:
        return facts.curriculum.title
    curriculum = theme.curriculum or facts.curriculum
    module = curriculum.module_of(theme.session.id)
    # A course of one module is called by its own name alone.
    if len(curriculum.modules) == 1 or module.title == curriculum.title:
        return curriculum.title
    named = _("module {n}").format(n=module.number) if module.number else ""
    return " · ".join(filter(None, (curriculum.title, named, module.title)))


def _place(group: Group, sessions: list[int]) -> str:
    """Which of how many sessions, in the group's own order."""
    ordered = [session.id for session in taught_sessions(group)]
    at = [ordered.index(session) + 1 for session in sessions if session in ordered]
    if not at:
        return ""
    first, last = min(at), max(at)
    number = str(first) if first == last else f"{first}–{last}"
    return _("session {n} of {all}").format(n=number, all=len(ordered))


def _contact(language: str) -> tuple[str, str, str]:
    contact = local_contact(known_contacts()[0])
    if contact is None:
        return _("The group leaders"), "", ""
    return contact.name[language], contact.number.strip(), contact.when[language]


# -- the page ----------------------------------------------------------------------------------------------------------


def substitute_packet(facts: SubstituteFacts) -> tuple[Packet, tuple[Problem, ...]]:
    """The page: where the group is, who needs what, whom to ring. Where many come it is set smaller, to stay one.

    Behind it lies the page for a safe group, which a stand-in has not read; what is wrong with that is told.
    """
    meeting = facts.meeting
    with speaking(meeting.curriculum.language):
        blocks: list[Block] = [
            *_where(facts),
            Heading(words(_("Who needs what"))),
            *_people(facts),
            *_away(facts),
            Heading(words(_("Practical things"))),
            *_practical(facts),
        ]
        document = Document(
            paper="substitute",
            title=_("For the substitute"),
            lead=words(capital(" + ".join(meeting.titles))),
            kicker=meeting.group_and_number(),
            date=long_date(meeting.on),
            footer=_("Shred after use"),
            for_leader=True,
            size_pt=11.5 if len(meeting.people) <= _MOST_PEOPLE else 10,
            blocks=tuple(blocks),
        )
        safety, problems = safety_pages(meeting.curriculum, meeting.group)
        return Packet(document.title, meeting.curriculum.language, (document, *safety)), problems


def _where(facts: SubstituteFacts) -> list[Block]:
    meeting = facts.meeting
    held = ngettext("{n} meeting is held", "{n} meetings are held", facts.held).format(n=facts.held)
    ahead = ngettext("{n} is left after this one", "{n} are left after this one", facts.ahead).format(n=facts.ahead)
    course = f"{held}, {ahead}."
    if facts.last is not None:
        course += " " + _("The last one is on {day}.").format(day=long_date(facts.last))
    items = [capital(" · ".join(filter(None, (facts.module, facts.place_in_course)))), course]
    if meeting.last_titles:
        items.append(_("Last time: {titles}").format(titles=" + ".join(meeting.last_titles)))
    if facts.practice:
        items.append(_("Home practice since then: {practice}").format(practice=facts.practice))
    blocks: list[Block] = [Heading(words(_("Where we are"))), BulletList(tuple(words(item) for item in items if item))]
    if facts.unfinished:
        text = _("Not finished last time: {titles}. It comes first today.").format(titles=", ".join(facts.unfinished))
        blocks.append(Callout("important", (Paragraph(words(text)),)))
    return blocks


def _people(facts: SubstituteFacts) -> list[Block]:
    """A row a person who is expected."""
    here = [person for person in facts.meeting.people if not person.gave_notice]
    many = len(here) > _MOST_WITH_SHEETS
    agreed = [_own_practice(person, facts) for person in here]
    sheets = _("Sheets from session") if many else _("Sheets from before")
    head = [_("Name"), sheets, *([_("Home practice that was agreed")] if any(agreed) else [])]
    rows: list[tuple[Cell, ...]] = []
    named: dict[str, Theme] = {}
    for person, practice in zip(here, agreed, strict=True):
        lacking = _lacking(person, facts.meeting)
        named |= {theme.session.id: theme for theme in lacking}
        if many:
            needs = ", ".join(str(facts.numbers[theme.session.id]) for theme in lacking)
        else:
            titles = (title for theme in lacking for title in _sheets(theme, facts.meeting))
            needs = ", ".join(dict.fromkeys(titles))
        rows.append((Name(words(person.name)), words(needs or "–"), words(practice))[: len(head)])
    widths = (34, 66, 60) if any(agreed) else (34, 126)
    blocks: list[Block] = [Table(tuple(map(words, head)), tuple(rows), widths=widths, row_mm=6.4, row_head=True)]
    if many and named:
        named_sessions = sorted((facts.numbers[session_id], theme.session.title) for session_id, theme in named.items())
        blocks.append(Small(words(" · ".join(f"{number} {title}" for number, title in named_sessions))))
    return blocks


def _lacking(person: PersonFacts, meeting: MeetingFacts) -> list[Theme]:
    """The sessions whose sheets a person needs beside today's."""
    going_on = [theme for theme in meeting.themes if not theme.begins and theme.session.id not in person.has_sheets]
    themes = {theme.session.id: theme for theme in (*person.brought, *going_on)}
    return list(themes.values())


def _sheets(theme: Theme, meeting: MeetingFacts) -> list[str]:
    """The titles of a session's sheets, or its own where there are none."""
    own = [handout for handout in theme.session.handouts if handout not in theme.session.table]
    handouts = (find_handout(theme.curriculum or meeting.curriculum, handout)[0] for handout in own)
    return [handout.title for handout in handouts if handout is not None] or [theme.session.title]


def _own_practice(person: PersonFacts, facts: SubstituteFacts) -> str:
    """Only what differs from what everybody was given."""
    # What all were given stands once on the page, above the table.
    return person.last_practice if person.last_practice != facts.practice else ""


def _away(facts: SubstituteFacts) -> list[Block]:
    notices = [person.name for person in facts.meeting.people if person.gave_notice]
    items = [_("Gave notice: {names}").format(names=", ".join(notices))] if notices else []
    if facts.quiet:
        dated = [_("{name} (since {day})").format(name=name, day=day_and_month(day)) for name, day in facts.quiet]
        names = dated if len(dated) <= _MOST_WITH_SHEETS else [name for name, _day in facts.quiet]
        items.append(_("Away without a message: {names}").format(names=", ".join(names)))
    return [BulletList(tuple(map(words, items)))] if items else []


def _practical(facts: SubstituteFacts) -> list[Block]:
    meeting = facts.meeting
    hours = clock_span(meeting.start, meeting.minutes)
    items = [" · ".join(filter(None, (hours, meeting.place)))]
    items.append(_("The meeting packet has the run sheet with notes, and a set of sheets for each person."))
    if any(session.is_outline for session in meeting.sessions):
        items.append(_("The session is an outline: plan the theme yourself, there are no sheets"))
    name, number, when = facts.contact
    if number:
        items.append(" · ".join(filter(None, (f"{name}: {number}", when))))
    blocks: list[Block] = [BulletList(tuple(map(words, items)))]
    if not number:
        blocks.append(Fields((Field(words(name), 2), Field(words(_("Phone")), 1))))
    return blocks
