"""The page for a safe group as Word draws it: the numbers first, then what may happen, two in a row."""

from __future__ import annotations

from docx.shared import Pt
from docx.table import _Cell

from rop_facilitator.documents.output import docx_xml as xml
from rop_facilitator.documents.output.docx_writer import THIN, Draw, Writer
from rop_facilitator.documents.output.fonts import visible_text
from rop_facilitator.documents.page import blocks as b

_BIG = 2.0  # times the text: the numbers for an emergency


def _alarm(w: Writer, block: b.Alarm) -> None:
    if block.numbers:
        table = w.table(1, [w.width / len(block.numbers)] * len(block.numbers), w.labels["help"])
        side = (1.5, xml.INK)
        xml.border_table(table, top=side, bottom=side, left=side, right=side, insideV=side)
        xml.pad(table, x_mm=3, y_mm=2)
        for cell, number in zip(table.rows[0].cells, block.numbers, strict=True):
            _number(w, cell, number)
        w.gap(4)
    if block.unchecked:
        w.words(w.paragraph("Small Print"), block.unchecked)
    for line in block.opening:
        w.words(w.paragraph(), line)
    rows = [block.items[at : at + 2] for at in range(0, len(block.items), 2)]
    if rows:
        table = w.table(len(rows), [w.width / 2] * 2, w.labels["alarm"])
        xml.border_table(table, top=(1.25, xml.ACCENT), insideH=THIN, insideV=THIN, bottom=THIN)
        xml.pad(table, x_mm=3, y_mm=1.5)
        for row, items in zip(table.rows, rows, strict=True):
            for cell, item in zip(row.cells, items, strict=False):
                _item(w, cell, item)
        w.gap(4)
    if block.more:
        paragraph = w.paragraph("Small Print")
        for at, number in enumerate(block.more):
            paragraph.add_run(("    " if at else "") + visible_text(number.number)).bold = True
            paragraph.add_run(f"\u00a0{visible_text(number.name)}{'' if number.checked else ' ☐'}")


def _number(w: Writer, cell: _Cell, number: b.AlarmNumber) -> None:
    paragraph = w.cell(cell, b.words(number.number), bold=True)
    paragraph.runs[0].font.size = Pt(w.size * _BIG)
    if not number.checked:
        paragraph.add_run(" ☐")
    w.words(w.add(cell, "Cell"), b.words(number.name), bold=True)
    w.words(w.add(cell, "Cell"), b.words(number.when))


def _item(w: Writer, cell: _Cell, item: b.AlarmItem) -> None:
    writer = w.inside(cell, w.width / 2 - 6)
    title = writer.words(writer.paragraph("Heading 2"), item.title)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(0)
    for text in (item.now, item.ring):
        writer.words(writer.paragraph("Cell"), text).paragraph_format.space_after = Pt(2)
    writer.done()


ALARM: dict[type, Draw] = {b.Alarm: _alarm}
