"""The page for a safe group: what the leader does and whom to ring, with every number that it tells to ring."""

from __future__ import annotations

import re
from datetime import date

from rop_facilitator.curriculum.load import SAFETY_FILE
from rop_facilitator.curriculum.model import Curriculum, SessionPlan
from rop_facilitator.documents.page.blocks import Block, Cell, Document, Heading, Paragraph, Table, Ticks, words
from rop_facilitator.documents.page.help_numbers import safety_contacts
from rop_facilitator.documents.page.markdown import blocks_of
from rop_facilitator.documents.papers.meeting.alarm_page import alarm_pages, unchecked_words
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, day_and_month

_WIDTHS = (34, 56, 60, 24)
_DANGER = re.compile(r"""safety\(\s*["']\s*(suicide|overdose)\b""", re.IGNORECASE)


def safety_is_due(facts: MeetingFacts) -> bool:
    """Whether the page lies in a packet: when the group begins or has other leaders, and when danger is the theme."""
    return not facts.held or facts.new_leaders or any(map(_speaks_of_danger, facts.sessions))


def _speaks_of_danger(session: SessionPlan) -> bool:
    """Whether a session uses the safety text on suicide or on overdose, somewhere on its page."""
    texts = (session.home_practice, session.home_practice_notes, session.materials, session.recap)
    return any(_DANGER.search(text) for text in (*texts, *(step.text for step in session.steps)))


def safety_pages(curriculum: Curriculum, group: str) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The pages, and what is wrong with their text; none where the curriculum has no text for them."""
    if not curriculum.safety.strip():
        return (), ()
    blocks, problems = blocks_of(
        curriculum.safety, file=str(curriculum.folder / SAFETY_FILE), speech=curriculum.language
    )
    as_it_is = Document(
        paper="safety",
        title=_("A safe group"),
        kicker=group,
        footer=_("For the leader"),
        for_leader=True,
        in_set=True,
        blocks=(*blocks, *_numbers(curriculum.language)),
    )
    return tuple(alarm_pages(blocks, group, curriculum.language)) or (as_it_is,), problems


def _day(checked: date | None) -> Cell:
    return Ticks((words(""),)) if checked is None else words(f"{day_and_month(checked)} {checked.year}")


def _numbers(language: str) -> list[Block]:
    """All the numbers of the page, with an empty box beside each that nobody has checked."""
    contacts = safety_contacts(language)
    rows = tuple(
        (words(contact.number, bold=True), words(contact.name), words(contact.when), _day(day))
        for contact, day in contacts
    )
    head = tuple(map(words, (_("Number"), _("Who answers"), _("When"), _("Checked"))))
    blocks: list[Block] = [Heading(words(_("All the numbers"))), Table(head, rows, widths=_WIDTHS)]
    if any(day is None for _contact, day in contacts):
        blocks.insert(1, Paragraph(words(unchecked_words())))
    return blocks
