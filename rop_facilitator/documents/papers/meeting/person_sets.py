"""What lies in each person's set: today's sheets, and what the person missed before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.curriculum.model import Curriculum
from rop_facilitator.curriculum.session_position import workbook_words
from rop_facilitator.documents.page.blocks import Block, BulletList, Document, Heading, Help, Small, words
from rop_facilitator.documents.page.markdown import blocks_of
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.handout import find_handout, handout_document
from rop_facilitator.documents.papers.meeting.home_practice import aims_of
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.printed_titles import number_on_paper
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, capital


@dataclass
class Sheets:
    """The sheets of sessions, each made once, and what was found wrong with them."""

    curriculum: Curriculum
    about: PacketFacts
    problems: list[Problem]
    _drawn: dict[str, Document | None] = field(default_factory=dict)

    def of(self, theme: Theme) -> dict[str, Document]:
        """The sheets of a theme by id, without name or group."""
        sheets = {handout: self._sheet(theme, handout) for handout in theme.session.handouts}
        return {name: sheet for name, sheet in sheets.items() if sheet is not None}

    def own(self, theme: Theme) -> dict[str, Document]:
        """Those that lie in each person's set."""
        return {name: sheet for name, sheet in self.of(theme).items() if name not in theme.session.table}

    def on_table(self, theme: Theme) -> dict[str, Document]:
        """Those that lie on the table for whoever wants one."""
        return {name: sheet for name, sheet in self.of(theme).items() if name in theme.session.table}

    def _sheet(self, theme: Theme, handout_id: str) -> Document | None:
        # Twelve people get the same sheet: it is read and laid out once, and what is wrong with it told once.
        if handout_id not in self._drawn:
            handout, problems = find_handout(theme.curriculum or self.curriculum, handout_id)
            document, faults = handout_document(handout, self.about) if handout else (None, [])
            if document is not None:
                pages = workbook_words([theme.session])
                footer = " · ".join(filter(None, (document.footer, pages)))
                document = replace(document, kicker=self._head(theme), footer=footer)
            self.problems += [*problems, *faults]
            self._drawn[handout_id] = document
        return self._drawn[handout_id]

    def _head(self, theme: Theme) -> str:
        """As in “Tirsdagsgruppa · 6-4”: a sheet may be found by others, and says no more than that."""
        number = number_on_paper(theme.curriculum or self.curriculum, theme.session.id)
        return " · ".join(filter(None, (self.about.group, number)))


def person_set(facts: MeetingFacts, person: PersonFacts, sheets: Sheets) -> list[Document]:
    """A person's sheets in order: those of today that the person lacks, then what was missed. No sheet twice."""
    today = [theme for theme in facts.themes if theme.session.id not in person.has_sheets]
    today_sheets: dict[str, Document] = {}
    for theme in today:
        today_sheets |= sheets.own(theme)
    recap = [recap_sheet(person.brought, sheets.about.group, sheets.problems)] if person.brought else []
    later: dict[str, Document] = {}
    for theme in person.brought:
        later |= {name: sheet for name, sheet in sheets.own(theme).items() if name not in today_sheets}
    return as_set(_for(person, sheet, facts) for sheet in (*today_sheets.values(), *recap, *later.values()))


def as_set(sheets: Iterable[Document]) -> list[Document]:
    """Sheets that lie in one set: all but the first go on where there is room."""
    return [replace(sheet, in_set=number > 0) for number, sheet in enumerate(sheets)]


def recap_sheet(themes: tuple[Theme, ...], group: str, problems: list[Problem]) -> Document:
    """What the missed sessions came to, on one sheet without a name; the aims where no recap is written."""
    blocks: list[Block] = []
    for theme in themes:
        session = theme.session
        blocks.append(Heading(words(capital(session.printed_title or theme.title))))
        if session.recap.strip():
            recap, faults = blocks_of(
                session.recap, file=str(session.file), top=4, level=3, speech=session.language, leader=False
            )
            problems += faults
            blocks += recap
        elif session.aims:
            blocks.append(BulletList(tuple(map(words, aims_of(session)))))
        if pages := workbook_words([session]):
            blocks.append(Small(words(capital(pages))))
    return Document(
        paper="recap",
        title=_("In short, from last times"),
        lead=words(_("This is what it was about. Read it when you like, and ask us about anything.")),
        kicker=group,
        footer=_("In short, from last times"),
        # A group keeps the titles that it met under; the text may have been mended since then.
        blocks=(*blocks, Small(words(_("Text and sheets are as they are today."))), Help()),
    )


def _for(person: PersonFacts, sheet: Document, facts: MeetingFacts) -> Document:
    """A sheet of a person's set; a name on it only where the group wants that."""
    return replace(sheet, kicker=f"{person.name} · {sheet.kicker}") if facts.name_on_sheets else sheet
