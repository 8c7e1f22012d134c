"""The blocks of running text, lists, boxes and figures as Word draws them."""

from __future__ import annotations

import io
from functools import cache

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from rop_facilitator.documents.output import docx_xml as xml
from rop_facilitator.documents.output.docx_writer import LINE, THIN, Draw, Writer
from rop_facilitator.documents.output.fonts import visible_text
from rop_facilitator.documents.output.pdf import figure_png
from rop_facilitator.documents.page import blocks as b


def _heading(w: Writer, block: b.Heading) -> None:
    w.words(w.paragraph(f"Heading {min(block.level, 4)}"), block.text)


def _paragraph(w: Writer, block: b.Paragraph) -> None:
    w.words(w.paragraph(), block.text)


def _bullets(w: Writer, block: b.BulletList) -> None:
    for item in block.items:
        w.words(w.paragraph("List Bullet"), item)


def _numbered(w: Writer, block: b.NumberedList) -> None:
    # The style alone would count on from the list before.
    number = xml.new_numbers(w.word, block.start)
    for item in block.items:
        paragraph = w.paragraph("List Number")
        xml.use_numbers(paragraph, number)
        w.words(paragraph, item)


def _ticks(w: Writer, block: b.CheckList) -> None:
    if block.columns == 1:
        for item in block.items:
            w.tick(w.paragraph("Tick Box"), item, width=w.width - 1)
        return
    # Rounded up, so that the first column is the longer one; it is read down, then across.
    per = -(-len(block.items) // block.columns)
    width = w.width / block.columns
    table = w.table(1, [width] * block.columns, w.labels["write"])
    xml.pad(table, x_mm=0, y_mm=0)
    # Paragraphs know no columns, so each is a cell of a table without lines.
    for column, cell in enumerate(table.rows[0].cells):
        writer = w.inside(cell, width)
        for item in block.items[column * per : (column + 1) * per]:
            w.tick(writer.paragraph("Tick Box"), item, width=width - 8)
        writer.done()
    w.gap()


def _lines(w: Writer, block: b.WritingLines) -> None:
    if block.label:
        w.words(w.paragraph(), block.label).paragraph_format.keep_with_next = True
    w.lines(block.lines)
    w.gap()


def _fields(w: Writer, block: b.Fields) -> None:
    w.keep_last()
    paragraph = w.paragraph()
    paragraph.paragraph_format.space_before = Pt(8)
    stops = paragraph.paragraph_format.tab_stops
    share = w.width / sum(item.width for item in block.items)
    at = 0.0
    for n, item in enumerate(block.items):
        if n:
            stops.add_tab_stop(Mm(at), WD_TAB_ALIGNMENT.LEFT)
            paragraph.add_run("\t")
        at += share * item.width
        stops.add_tab_stop(
            Mm(at - 6 if n + 1 < len(block.items) else w.width - 1), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES
        )
        w.words(paragraph, item.label)
        paragraph.add_run(f" {LINE}")


def _callout(w: Writer, block: b.Callout) -> None:
    title = block.title or b.words(w.labels[block.tone])
    w.box(block.tone, title, block.blocks, style="Box Title", shaded=block.tone == "remember")


def _practice(w: Writer, block: b.Practice) -> None:
    w.box("practice", block.title or b.words(w.labels["practice"]), block.blocks, style="Heading 2", shaded=False)


def _key(w: Writer, block: b.Key) -> None:
    w.box("key", block.title or b.words(w.labels["key"]), block.blocks, style="Heading 2", shaded=False)


def _glossary(w: Writer, block: b.Glossary) -> None:
    for item in block.items:
        paragraph = w.words(w.paragraph(), item.term, bold=True)
        paragraph.add_run("  ")
        w.words(paragraph, item.text)


# Word gets a PNG: python-docx takes no SVG. A figure comes on many sheets of a packet, and drawing it takes a compile.
@cache
def _picture(name: str, width_mm: float) -> bytes:
    return figure_png(name, width_mm=width_mm)


def _figure(w: Writer, block: b.Figure) -> None:
    paragraph = w.paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    width = min(block.width_mm, w.width)
    shape = paragraph.add_run().add_picture(io.BytesIO(_picture(block.figure, width)), width=Mm(width))
    xml.describe_picture(shape, name=block.figure, words=visible_text(block.alt))
    if block.caption:
        w.words(w.paragraph("Caption Small"), block.caption)


def _legend(w: Writer, block: b.Legend) -> None:
    w.keep_last()
    paragraph = w.paragraph("Caption Small")
    for n, (code, words) in enumerate(block.items):
        paragraph.add_run(("     " if n else "") + visible_text(code)).bold = True
        paragraph.add_run(f"\u00a0{visible_text(words)}")


def _small(w: Writer, block: b.Small) -> None:
    w.keep_last()
    w.words(w.paragraph("Small Print"), block.text)


def _space(w: Writer, _block: b.Space) -> None:
    w.gap(24)


def _page_break(w: Writer, _block: b.PageBreak) -> None:
    w.breaks = True


def _help(w: Writer, _block: b.Help) -> None:
    contacts = w.packet.help
    if not contacts:
        return
    head = w.paragraph("Caption Small")
    head.paragraph_format.space_before = Pt(14)
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.tab_stops.add_tab_stop(Mm(w.width), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(w.labels["help"]).bold = True
    if w.packet.help_checked:
        head.add_run(f"\t{visible_text(w.packet.help_checked)}")
    xml.border_paragraph(head, top=THIN)
    table = w.table(1, [w.width / len(contacts)] * len(contacts), w.labels["help"])
    xml.pad(table, x_mm=0, y_mm=0)
    for cell, contact in zip(table.rows[0].cells, contacts, strict=True):
        number = w.cell(cell, b.words(contact.number), bold=True, style="Normal")
        number.paragraph_format.space_after = Pt(0)
        for words in (contact.name, contact.when):
            line = w.words(w.add(cell, "Caption Small"), b.words(words))
            line.paragraph_format.space_after = Pt(0)


TEXTS: dict[type, Draw] = {
    b.Heading: _heading,
    b.Paragraph: _paragraph,
    b.BulletList: _bullets,
    b.NumberedList: _numbered,
    b.CheckList: _ticks,
    b.WritingLines: _lines,
    b.Fields: _fields,
    b.Callout: _callout,
    b.Practice: _practice,
    b.Key: _key,
    b.Glossary: _glossary,
    b.Figure: _figure,
    b.Legend: _legend,
    b.Small: _small,
    b.Space: _space,
    b.PageBreak: _page_break,
    b.Help: _help,
}
"""Which function draws which block."""
