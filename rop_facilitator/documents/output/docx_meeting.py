"""The plan for the wall, the run sheet, the notes behind it and the page for a safe group, as Word draws them."""

from __future__ import annotations

from collections.abc import Sequence

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from docx.table import _Cell

from rop_facilitator.documents.output import docx_xml as xml
from rop_facilitator.documents.output.docx_writer import THIN, Draw, Writer
from rop_facilitator.documents.output.fonts import visible_text
from rop_facilitator.documents.page import blocks as b

_CLOCK_MM, _MINUTES_MM, _BESIDE_MM = 18.0, 12.0, 66.0
_BIG = 2.0  # times the text: the numbers for an emergency
_WHOLE_STEP = 1800  # letters: more than fill half a page, and then a row may go on over it


def _agenda(w: Writer, block: b.Agenda) -> None:
    left = 28.0
    table = w.table(len(block.rows), [left, w.width - left], w.labels["agenda"], whole_rows=False)
    xml.border_table(table, insideH=THIN, bottom=THIN)
    xml.pad(table, x_mm=2, y_mm=6)
    for row, step in zip(table.rows, block.rows, strict=True):
        when, what = row.cells
        if step.pause:
            xml.shade(when)
            xml.shade(what)
        w.cell(when, b.words(step.time), style="Normal").paragraph_format.space_after = Pt(0)
        w.cell(what, step.title, bold=not step.pause, style="Normal")
        if step.text:
            w.words(w.add(what, "Normal"), step.text)
    w.gap()


# -- the run sheet -----------------------------------------------------------------------------------------------------


def _run_sheet(w: Writer, block: b.RunSheet) -> None:
    _band(w, block.themes)
    _clock_table(w, block)
    for theme in block.themes:
        _wells(w, theme)
    _lists(w, block.lists)
    if block.numbers or block.safety:
        table = w.table(1, [w.width], b.plain_text(block.safety))
        side = (1.25, xml.INK)
        xml.border_table(table, top=side, bottom=side, left=side, right=side)
        xml.pad(table, x_mm=4, y_mm=1.6)
        paragraph = w.cell(table.rows[0].cells[0], ())
        for n, (number, whose) in enumerate(block.numbers):
            paragraph.add_run(("     " if n else "") + visible_text(number)).bold = True
            paragraph.add_run(f"\u00a0{visible_text(whose)}")
        if block.safety:
            last = w.words(w.add(table.rows[0].cells[0], "Caption Small"), block.safety)
            last.paragraph_format.space_after = Pt(0)
        w.gap(4)
    if block.folded:
        fold = w.paragraph("Small Print")
        fold.alignment = WD_ALIGN_PARAGRAPH.CENTER
        fold.paragraph_format.keep_with_next = True
        fold.add_run(w.labels["fold"])
        xml.border_paragraph(fold, top=THIN)
        _lists(w, block.folded)


def _band(w: Writer, themes: tuple[b.RunTheme, ...]) -> None:
    lines = [
        (theme.title or b.words(name), text, size)
        for theme in themes
        for name, text, size in (
            (w.labels["question"], theme.question, 1.3),
            (w.labels["sentence"], theme.sentence, 1.04),
        )
        if text
    ]
    if not lines:
        return
    table = w.table(len(lines), [30.0, w.width - 30], w.labels["question"])
    xml.border_table(table)
    xml.pad(table, x_mm=3, y_mm=0.8)
    for row, (name, text, size) in zip(table.rows, lines, strict=True):
        label, words = row.cells
        xml.shade(label)
        xml.shade(words)
        label.vertical_alignment = words.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _name(w, label, name)
        for run in w.cell(words, text, bold=size == 1.3).runs:
            run.font.size = Pt(round(w.size * size * 2) / 2)
    w.gap()


def _name(w: Writer, cell: _Cell, text: b.Text) -> None:
    """The small word that says what stands beside or below it."""
    paragraph = w.cell(cell, text, bold=True, style="Caption Small")
    paragraph.paragraph_format.space_after = Pt(0)
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor.from_string(xml.ACCENT)


def _clock_table(w: Writer, block: b.RunSheet) -> None:
    helped = [n for n, theme in enumerate(block.themes, 1) if theme.co_leader]
    beside = _BESIDE_MM if helped or any(step.text for step in block.rows) else 0.0
    widths = [_CLOCK_MM, _MINUTES_MM, w.width - _CLOCK_MM - _MINUTES_MM - beside, *([beside] if beside else [])]
    table = w.table(1 + len(block.rows), widths, w.labels["agenda"])
    xml.border_table(table, insideH=THIN, bottom=THIN)
    xml.pad(table, x_mm=2, y_mm=0.5)
    xml.repeat_head(table)
    rows = [row.cells for row in table.rows]
    for cell in rows[0]:
        w.cell(cell, ())  # an empty cell has a line too, and is as low as the others
        xml.border_cell(cell, bottom=(1.25, xml.ACCENT))
    for cell, name in zip(rows[0], ("clock", "minutes", "step"), strict=False):
        _name(w, cell, b.words(w.labels[name]))
    for cells, step in zip(rows[1:], block.rows, strict=True):
        for cell in cells:
            w.cell(cell, ())
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            if step.pause:
                xml.shade(cell)
        if step.theme:
            xml.border_cell(cells[0], left=(3, xml.ACCENT))
        w.cell(cells[0], b.words(step.time), bold=True)
        w.cell(cells[1], b.words(step.minutes)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        w.cell(cells[2], step.title, bold=step.theme > 0)
        if step.text and step.theme not in helped:
            w.cell(cells[3], step.text, style="Caption Small").paragraph_format.space_after = Pt(0)
        elif step.text:
            w.words(w.add(cells[2], "Caption Small"), step.text).paragraph_format.space_after = Pt(0)
    for number in helped:
        own = [y for y, step in enumerate(block.rows, 1) if step.theme == number]
        if own:
            _co_leader(w, [cells[3] for cells in rows[own[0] : own[-1] + 1]], block.themes[number - 1].co_leader)
    w.gap(4)


def _co_leader(w: Writer, cells: Sequence[_Cell], text: b.Text) -> None:
    """One cell beside the steps of a theme."""
    cell = cells[0].merge(cells[-1])
    for extra in cell.paragraphs[1:]:
        xml.remove(extra)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    xml.border_cell(cell, left=THIN)
    _name(w, cell, b.words(w.labels["co_leader"]))
    w.words(w.add(cell, "Cell"), text)


def _wells(w: Writer, theme: b.RunTheme) -> None:
    wells = [(name, text) for name, text in (("exercise", theme.exercise), ("alternative", theme.alternative)) if text]
    if not wells:
        return
    table = w.table(1, [w.width / len(wells)] * len(wells), w.labels[wells[0][0]])
    side = (1, xml.ACCENT)
    xml.border_table(table, top=side, bottom=side, left=side, right=side, insideV=side)
    xml.pad(table, x_mm=3.5, y_mm=1.2)
    for cell, (name, text) in zip(table.rows[0].cells, wells, strict=True):
        _name(w, cell, (*b.words(w.labels[name]), *(b.words(" · ") if theme.title else ()), *theme.title))
        w.words(w.add(cell, "Cell"), text)
    w.gap(4)


def _lists(w: Writer, lists: tuple[b.RunList, ...]) -> None:
    if not lists:
        return
    width = w.width / len(lists)
    table = w.table(1, [width] * len(lists), ", ".join(b.plain_text(part.title) for part in lists))
    xml.pad(table, x_mm=1, y_mm=0)
    for cell, part in zip(table.rows[0].cells, lists, strict=True):
        _name(w, cell, part.title)
        if part.tick:  # they run on in a paragraph: one a line, many of them would take the page
            paragraph = w.add(cell, "Cell")
            for n, item in enumerate(part.items):
                paragraph.add_run("   " if n else "")
                w.tick(paragraph, b.CheckItem(item), width=width)
            continue
        for item in part.items:
            w.words(w.add(cell, "List Bullet"), item).paragraph_format.space_after = Pt(2)
    w.gap(4)


# -- the notes behind it -----------------------------------------------------------------------------------------------


def _step_notes(w: Writer, block: b.StepNotes) -> None:
    if not block.rows:
        return
    left = 28.0
    table = w.table(len(block.rows), [left, w.width - left], w.labels["agenda"], whole_rows=False)
    xml.border_table(table, insideH=THIN, bottom=THIN)
    xml.pad(table, x_mm=2, y_mm=2.4)
    xml.keep_rows_whole(table, [len(b.plain_text(step.blocks)) < _WHOLE_STEP for step in block.rows])
    for row, step in zip(table.rows, block.rows, strict=True):
        when, what = row.cells
        w.cell(when, b.words(step.time), bold=True, style="Normal").paragraph_format.space_after = Pt(0)
        for words in filter(None, (step.minutes, step.method)):
            w.words(w.add(when, "Caption Small"), b.words(words)).paragraph_format.space_after = Pt(0)
        writer = w.inside(what, w.width - left - 4)
        title = w.words(writer.paragraph("Heading 2"), step.title)
        title.paragraph_format.space_before = Pt(0)
        for run in title.runs:
            run.font.color.rgb = RGBColor.from_string(xml.INK)
        writer.write(step.blocks)
        writer.done()
    w.gap()


def _beside(w: Writer, block: b.Beside) -> None:
    width = w.width / 2
    table = w.table(1, [width, width], w.labels["agenda"])
    xml.border_table(table)
    xml.pad(table, x_mm=3, y_mm=1)
    for cell, blocks, shaded in zip(table.rows[0].cells, (block.left, block.right), (False, block.panel), strict=True):
        if shaded:
            xml.shade(cell)
        writer = w.inside(cell, width - 6)
        writer.write(blocks)
        writer.done()
    w.gap()


# -- the page for a safe group: the numbers first, then what may happen, two in a row ----------------------------------


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


MEETING: dict[type, Draw] = {
    b.Agenda: _agenda,
    b.RunSheet: _run_sheet,
    b.StepNotes: _step_notes,
    b.Beside: _beside,
    b.Alarm: _alarm,
}
"""Which function draws which block."""
