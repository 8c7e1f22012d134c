"""Papers as files: one PDF, one Word file, or a folder with a Word file a paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rop_facilitator.documents.output.write_file import make_folder, write_document
from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _

if TYPE_CHECKING:
    from rop_facilitator.documents.page.blocks import Document, Packet
    from rop_facilitator.errors import Problem


_SHEETS = ("handout", "worksheet", "cards", "recap")


def write_paper(packet: Packet, target: Path, *, step: Callable[[int, int], None] | None = None) -> tuple[Problem, ...]:
    """Write a packet as the ending of the target says: `.pdf`, `.docx`, or else a folder of Word files.

    `step` is told how far it is, and may stop it. Returns what the leader should know (a character that no font has).
    Raises UserError when the place cannot be written.
    """
    # Typst and python-docx are imported for the kind that is asked for: no start waits for either.
    step = step or _nobody
    step(0, 1)
    if target.suffix.lower() == ".pdf":
        from rop_facilitator.documents.output.pdf import render_pdf

        pdf, lost = render_pdf(packet)
        step(1, 1)
        write_document(target, pdf)
        return lost
    from rop_facilitator.documents.output.docx import render_docx

    if target.suffix.lower() == ".docx":
        word = render_docx(packet)
        step(1, 1)
        write_document(target, word)
        return ()
    make_folder(target)
    files = word_files(packet)
    for done, (name, part) in enumerate(files):
        step(done, len(files))
        # Asked before and after: one file takes long enough to cancel in, and then it is not written.
        word = render_docx(part)
        step(done, len(files))
        write_document(target / f"{name}.docx", word)
    return ()


def check_paper_ending(path: Path) -> None:
    """Raise RefusedError where the name is not that of one file that we can write; a folder is asked for elsewhere."""
    if path.suffix.lower() not in (".pdf", ".docx"):
        raise RefusedError(_("Give the file a name that ends in .pdf or .docx."))


def _nobody(_done: int, _total: int) -> None:
    """In place of somebody who wants to know."""


def word_files(packet: Packet) -> list[tuple[str, Packet]]:
    """The packet as one Word file a paper, named by number and kind: never by a person."""
    files: list[tuple[str, Packet]] = []
    sets = 0
    run: list[Document] = []
    for document in (*packet.documents, None):
        # The sheets of a set are one file, so that a leader prints one file a person.
        starts = document is None or not (document.in_set or document.continues)
        if run and starts:
            is_set = run[0].paper in _SHEETS
            sets += is_set
            # Numbers keep the print order in a folder that is sorted by name.
            name = f"{len(files) + 1:02d}-" + (f"set-{sets:02d}" if is_set else run[0].paper)
            files.append((name, replace(packet, documents=tuple(run))))
            run = []
        if document is not None:
            run.append(document)
    return files
