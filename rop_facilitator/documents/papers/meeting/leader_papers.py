"""The leader's papers of a meeting: the run sheet, which is one page, and two pages of notes behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    # Asking the layout takes as long as these pages do, so it is not asked about what is short.
    if len(facts.themes) == 1 and _letters(run) < _SHORT_RUN_SHEET and _letters(notes) < _SHORT_NOTES:
        return run, notes
    for size in SIZES:
        smaller = replace(notes, size_pt=size)
        run_pages, note_pages = page_counts(Packet(run.title, facts.curriculum.language, (run, smaller)))
        if note_pages <= MOST_NOTES:
            notes = smaller
            break
    if run_pages > 1:
        text = _("The run sheet is too long: it fills {n} pages.").format(n=run_pages)
        advice = _("Write the question, the exercise and what to have ready in the head of the session, shorter.")
        sheets.problems.append(Problem("advice", _file(facts), 0, text, advice))
    return run, notes


def _letters(document: Document) -> int:
    return len(plain_text(document.blocks))


def _file(facts: MeetingFacts) -> str:
    return str(facts.themes[0].session.file) if facts.themes else ""
