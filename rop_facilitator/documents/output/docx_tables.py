"""The blocks that Word draws as tables."""

from __future__ import annotations

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell

from rop_facilitator.documents.output import docx_xml as xml
from rop_facilitator.documents.output.docx_writer import THIN, Draw, Writer
from rop_facilitator.documents.output.fonts import visible_text
from rop_facilitator.documents.page import blocks as b


def _scale(w: Writer, block: b.Scale) -> None:
    if block.label:
        w.words(w.paragraph(), block.label).paragraph_format.keep_with_next = True
    numbers = range(block.first, block.last + 1)
    ends = " – ".join(filter(None, (b.plain_text(block.low), b.plain_text(block.high))))
    table = w.table(1, [w.width / len(numbers)] * len(numbers), f"{block.first}–{block.last} {ends}".strip())
    side = (0.75, xml.INK)
    xml.border_table(table, top=side, bottom=side, left=side, right=side, insideV=side)
    xml.pad(table, x_mm=0.3, y_mm=0)
    _height(table, 10)
    for cell, number in zip(table.rows[0].cells, numbers, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        w.cell(cell, b.words(str(number))).alignment = WD_ALIGN_PARAGRAPH.CENTER
    below = w.paragraph("Caption Small")
    below.paragraph_format.tab_stops.add_tab_stop(Mm(w.width), WD_TAB_ALIGNMENT.RIGHT)
    w.words(below, block.low)
    below.add_run("\t")
    w.words(below, block.high)


def _height(table: WordTable, mm: float, *, first: int = 0) -> None:
    for row in list(table.rows)[first:]:
        # At least, never exactly: a long text makes the row taller and is not cut.
        row.height, row.height_rule = Mm(mm), WD_ROW_HEIGHT_RULE.AT_LEAST


def _table(w: Writer, block: b.Table) -> None:
    shares = block.widths or (1.0,) * len(block.head)
    widths = [w.width * share / sum(shares) for share in shares]
    table = w.table(1 + len(block.rows), widths, ", ".join(filter(None, map(b.plain_text, block.head))))
    xml.border_table(table, top=THIN, bottom=THIN, insideH=THIN, insideV=THIN)
    xml.pad(table, x_mm=2.4, y_mm=1.6)
    xml.repeat_head(table)
    if block.row_mm:
        _height(table, block.row_mm, first=1)
    middle = WD_CELL_VERTICAL_ALIGNMENT.TOP if block.align_top else WD_CELL_VERTICAL_ALIGNMENT.CENTER
    # python-docx works out the cells of a row each time that it is asked: once is enough.
    rows = [row.cells for row in table.rows]
    for cell, text in zip(rows[0], block.head, strict=True):
        xml.shade(cell)
        xml.border_cell(cell, bottom=(1.25, xml.ACCENT))
        w.cell(cell, text, bold=True)
    for cells, values in zip(rows[1:], block.rows, strict=True):
        for x, (cell, value) in enumerate(zip(cells, values, strict=True)):
            cell.vertical_alignment = middle
            _cell(w, cell, value, bold=block.row_head and x == 0, width=widths[x])
    w.gap()


def _cell(w: Writer, cell: _Cell, value: b.Cell, *, bold: bool, width: float) -> None:
    if isinstance(value, b.Ticks):
        for n, words in enumerate(value.ticks):
            paragraph = w.styled(cell.paragraphs[0], "Cell") if n == 0 else w.add(cell, "Cell")
            w.tick(paragraph, b.CheckItem(words), width=width)
    elif isinstance(value, b.Off):
        xml.shade(cell)
        for run in w.cell(cell, value.off).runs:
            run.italic = True
    else:
        w.cell(cell, value.name if isinstance(value, b.Name) else value, bold=bold)


def _boxes(w: Writer, block: b.Boxes) -> None:
    for start in range(0, len(block.items), block.columns):
        items = block.items[start : start + block.columns]
        width = w.width / block.columns
        table = w.table(2, [width] * len(items), ", ".join(b.plain_text(item.title) for item in items))
        side = (0.75, xml.INK)
        xml.border_table(table, top=side, bottom=side, left=side, right=side, insideV=side)
        xml.pad(table, x_mm=3.5, y_mm=2)
        for above, below, item in zip(table.rows[0].cells, table.rows[1].cells, items, strict=True):
            xml.shade(above)
            w.cell(above, item.title, bold=True)
            if item.hint:
                w.words(w.add(above, "Caption Small"), item.hint).paragraph_format.space_after = Pt(0)
            writer = w.inside(below, width - 7)
            writer.lines(block.lines)
            writer.done()
        w.gap()


def _register(w: Writer, block: b.Register) -> None:
    fixed = [10.0, 42.0, 18.0, 17.0]
    count = max(len(block.meetings), 1)
    each = (w.width - sum(fixed)) / count
    widths = [*fixed[:2], *[each] * len(block.meetings), *fixed[2:]]
    table = w.table(1 + len(block.rows) + (block.foot is not None), widths, w.labels["register"])
    xml.border_table(table, top=THIN, bottom=THIN, insideH=THIN, insideV=THIN)
    xml.pad(table, x_mm=0.8, y_mm=0.8)
    xml.repeat_head(table)
    rows = [row.cells for row in table.rows]
    heads = [w.labels["nr"], w.labels["name"], *("" for _m in block.meetings), w.labels["present"], w.labels["percent"]]
    table.rows[0].height = Mm(24)
    for cell, words in zip(rows[0], heads, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        _mark(w, cell, words, bold=True)
    for cell, meeting in zip(rows[0][2:-2], block.meetings, strict=True):
        xml.turn(cell)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _mark(w, cell, f"{meeting.number}   {meeting.date}".strip())
    # Not strict: with a foot the table has a row more than there are people.
    for n, (cells, person) in enumerate(zip(rows[1:], block.rows, strict=False), 1):
        _mark(w, cells[0], str(n))
        w.cell(cells[1], person.name)
        for cell, mark, meeting in zip(cells[2:-2], person.marks, block.meetings, strict=True):
            _mark(w, cell, mark.mark, bold=mark.mark not in block.plain, note=mark.note)
            if meeting.cancelled:
                xml.shade(cell, "D9D9D9")
        _mark(w, cells[-2], person.present, bold=True)
        _mark(w, cells[-1], person.percent)
    if block.foot is not None:
        _mark(w, rows[-1][1], block.foot.name)
        for cell, words in zip(rows[-1][2:], block.foot.cells, strict=False):
            _mark(w, cell, words)
    for cells in rows[-3:]:  # the last page never begins with the counts or the legend
        for cell in cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    w.gap()


def _mark(w: Writer, cell: _Cell, words: str, *, bold: bool = False, note: str = "") -> None:
    paragraph = w.cell(cell, b.words(words), bold=bold)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in paragraph.runs:
        run.font.size = Pt(10)
    if note:
        run = paragraph.add_run(visible_text(note))
        run.font.superscript, run.font.size = True, Pt(10)


TABLES: dict[type, Draw] = {
    b.Scale: _scale,
    b.Table: _table,
    b.Boxes: _boxes,
    b.Register: _register,
}
"""Which function draws which block."""
