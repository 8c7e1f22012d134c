"""What is cut up, as Word draws it: a slip a person, four to a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm, Pt

from rop_facilitator.documents.output import docx_xml as xml
from rop_facilitator.documents.output.docx_writer import Draw, Writer
from rop_facilitator.documents.page import blocks as b

_SIDES, _ROWS = 2, 2
_MOST_LETTERS, _A_LINE = 420, 60  # that a slip holds without a line to write on, and what a line takes of them
_ROW_MM = 138.0  # two of them, and the empty line that Word wants below a table, on a page with margins of 8 mm


def _slips(w: Writer, block: b.Slips) -> None:
    """A table of two by two, with a line to cut along."""
    width = w.width / _SIDES
    table = w.table(_ROWS, [width] * _SIDES, w.labels["slips"])
    xml.border_table(table, insideH=(0.5, xml.RULE), insideV=(0.5, xml.RULE))
    xml.pad(table, x_mm=6, y_mm=6)
    for row in table.rows:
        row.height, row.height_rule = Mm(_ROW_MM), WD_ROW_HEIGHT_RULE.AT_LEAST
    for slip, cell in zip(block.items, (cell for row in table.rows for cell in row.cells), strict=False):
        writer = w.inside(cell, width - 12)
        if b.plain_text(slip.name).strip():
            title = writer.paragraph("Heading 2")
            title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(0)
            w.words(title, slip.name)
        about = writer.words(writer.paragraph("Caption Small"), block.kicker)
        xml.border_paragraph(about, bottom=(1.5, xml.ACCENT))
        writer.write(_fitted(slip))
        writer.done()


def _fitted(slip: b.Slip) -> Iterator[b.Block]:
    """Small headings, and fewer lines to write on where much is to be read: letters count, as Word does not measure."""
    room = (_MOST_LETTERS - len(b.plain_text(slip))) // _A_LINE
    for block in slip.blocks:
        if isinstance(block, b.Heading):
            yield replace(block, level=4)
        elif not isinstance(block, b.WritingLines):
            yield block
        elif room > 0:
            yield replace(block, lines=min(block.lines, room))


CUT: dict[type, Draw] = {b.Slips: _slips}
