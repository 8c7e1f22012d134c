"""The page about damaged records on paper, to take to a colleague or to IT. No group, course or person is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rop_facilitator.i18n import _, language, long_date
from rop_facilitator.work_progress import WorkProgress

if TYPE_CHECKING:
    from rop_facilitator.documents.page.blocks import Packet


@dataclass(frozen=True)
class DamagePageWords:
    """The words of the page as they are shown: of each backup when, what and how much is missing."""

    title: str
    lead: str
    backups: Sequence[tuple[str, str, str]]
    facts: Sequence[str]
    on: date


def damage_packet(page: DamagePageWords) -> Packet:
    """The paper: a table of the backups, the facts below it, and nothing that tells of a person."""
    from rop_facilitator.documents.page.blocks import BulletList, Document, Packet, Table, words

    head = (_("Backup"), _("What it is"), _("What is missing"))
    rows = tuple(tuple(words(cell) for cell in row) for row in page.backups)
    table = Table(tuple(map(words, head)), rows, widths=(46, 88, 40), row_head=True)
    facts = BulletList(tuple(words(fact) for fact in page.facts))
    document = Document(
        paper="records",
        title=page.title,
        date=long_date(page.on),
        lead=words(page.lead),
        footer=_("The backup stays as it is. Nothing is sent out."),
        # A head without rows would read as if something were missing in print.
        blocks=tuple(block for block, wanted in ((table, rows), (facts, page.facts)) if wanted),
    )
    return Packet(page.title, language(), (document,))


def damage_paper_pdf(page: DamagePageWords, _progress: WorkProgress) -> bytes:
    """The paper as PDF, for the worker."""
    from rop_facilitator.documents.output.pdf import render_pdf

    pdf, _lost = render_pdf(damage_packet(page))
    return pdf
