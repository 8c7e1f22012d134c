"""The page for a safe group: what the leader does and whom to ring, with every number that it tells to ring."""

from __future__ import annotations

from datetime import date

from rop_facilitator.curriculum.load import SAFETY_FILE
from rop_facilitator.curriculum.model import Curriculum
from rop_facilitator.documents.page.blocks import Block, Cell, Document, Heading, Paragraph, Table, Ticks, words
from rop_facilitator.documents.page.help_numbers import safety_contacts
from rop_facilitator.documents.page.markdown import blocks_of
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, day_and_month

_WIDTHS = (34, 56, 60, 24)


def safety_document(curriculum: Curriculum) -> tuple[Document | None, tuple[Problem, ...]]:
    """The page, and what is wrong with its text; None where the curriculum has no text for it."""
    if not curriculum.safety.strip():
        return None, ()
    blocks, problems = blocks_of(
        curriculum.safety, file=str(curriculum.folder / SAFETY_FILE), speech=curriculum.language
    )
    document = Document(
        paper="safety",
        title=_("A safe group"),
        footer=_("For the leader"),
        for_leader=True,
        blocks=(*blocks, *_numbers(curriculum.language)),
    )
    return document, problems


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
        text = _("Not checked: numbers with an empty box. Ring them or look them up, and set the day in Settings.")
        blocks.insert(1, Paragraph(words(text)))
    return blocks
