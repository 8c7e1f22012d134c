"""The leader's papers of a meeting: the run sheet, which is one page, and two pages of notes behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rop_facilitator.curriculum.model import Step
from rop_facilitator.documents.output.pdf import page_counts
from rop_facilitator.documents.page.blocks import Document, Packet, plain_text
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts
from rop_facilitator.documents.papers.meeting.meeting_notes import SIZES, meeting_notes
from rop_facilitator.documents.papers.meeting.person_sets import Sheets
from rop_facilitator.documents.papers.meeting.run_sheet import run_sheet
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

MOST_NOTES = 2
_SHORT_RUN_SHEET, _SHORT_NOTES = 900, 2400  # letters that surely fit


def leader_papers(
    facts: MeetingFacts, steps: Sequence[Step], sheets: Sheets, *, safety_in_packet: bool
) -> tuple[Document, Document]:
    """Run sheet and notes, these set smaller where that brings them on their pages; what is too long is told."""
    run = run_sheet(facts, steps, sheets, safety_in_packet=safety_in_packet)
    notes = meeting_notes(facts, steps, sheets.problems)
    language = facts.curriculum.language
    # What stands above the title tells one meeting from another, and takes a line in each.
    size = _size_of_notes(replace(notes, kicker="", date=""), language)
    # Asking the layout takes as long as the page does, so it is not asked about what is short.
    long = len(facts.themes) > 1 or _letters(run) > _SHORT_RUN_SHEET
    pages = page_counts(Packet(run.title, language, (run,)))[0] if long else 1
    if pages > 1:
        text = _("The run sheet is too long: it fills {n} pages.").format(n=pages)
        advice = _("Write the question, the exercise and what to have ready in the head of the session, shorter.")
        sheets.problems.append(Problem("advice", _file(facts), 0, text, advice))
    return run, replace(notes, size_pt=size)


@lru_cache(maxsize=64)
def _size_of_notes(notes: Document, language: str) -> float:
    """The largest size at which notes fill no more than their pages, or else the usual one."""
    if _letters(notes) < _SHORT_NOTES:
        return SIZES[0]
    for size in SIZES:
        if page_counts(Packet(notes.title, language, (replace(notes, size_pt=size),)))[0] <= MOST_NOTES:
            return size
    return SIZES[0]


def _letters(document: Document) -> int:
    return len(plain_text(document.blocks))


def _file(facts: MeetingFacts) -> str:
    return str(facts.themes[0].session.file) if facts.themes else ""
