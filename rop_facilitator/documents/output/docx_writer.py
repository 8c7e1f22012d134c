"""Writes blocks into a Word document or a cell; `docx_blocks` and `docx_tables` say how each block looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from rop_facilitator.documents.output import docx_xml as xml
from rop_facilitator.documents.output.fonts import visible_text
from rop_facilitator.documents.page import blocks as b
from rop_facilitator.documents.page.ties import tied_words

Draw = Callable[["Writer", Any], None]
LINE = "\t\u200b"
"""A tab that draws a line; LibreOffice draws none to a tab that ends a cell, so something unseen follows."""

THIN: xml.Border = (0.5, xml.RULE)
_FRAMES: dict[str, dict[str, xml.Border]] = {
    "tip": {"left": (3, xml.ACCENT)},
    "important": dict.fromkeys(("top", "left", "bottom", "right"), (1.5, xml.INK)),
    "remember": {},
    "ask": {"left": (3, xml.ACCENT), "top": THIN, "bottom": THIN, "right": THIN},
    "say": {"left": (3, xml.ACCENT)},
    "watch": {"left": (3, xml.INK)},
    "practice": dict.fromkeys(("top", "left", "bottom", "right"), (1, xml.ACCENT)),
    "key": dict.fromkeys(("top", "bottom"), (2.25, xml.ACCENT)),
}


class Writer:
    """Writes blocks into a document or a cell that is `width` mm wide."""

    def __init__(
        self,
        word: WordDocument,
        into: WordDocument | _Cell,
        width: float,
        labels: dict[str, str],
        packet: b.Packet,
        *,
        size_pt: float,
        draw: Mapping[type, Draw],
        styles: Mapping[str, str | None],
    ) -> None:
        self.word = word
        self.into = into
        self.width = width
        self.labels = labels
        self.packet = packet
        self.size = size_pt
        self.draw = draw
        self.styles = styles
        self.breaks = False

    def write(self, blocks: Iterable[b.Block]) -> None:
        """Write some blocks in order, each as `draw` says for its kind."""
        for block in blocks:
            self.draw[type(block)](self, block)

    def inside(self, cell: _Cell, width: float) -> Writer:
        """A writer for a cell, whose first empty paragraph is taken away by `done`."""
        return Writer(
            self.word, cell, width, self.labels, self.packet, size_pt=self.size, draw=self.draw, styles=self.styles
        )

    # -- pieces -----------------------------------------------------------------------------------------------------

    def paragraph(self, style: str = "Normal") -> WordParagraph:
        """A new paragraph; after a page break it begins the page."""
        paragraph = self.add(self.into, style)
        if self.breaks:
            paragraph.paragraph_format.page_break_before = True
            self.breaks = False
        return paragraph

    def add(self, into: WordDocument | _Cell, style: str) -> WordParagraph:
        """A new paragraph at the end of a document or a cell."""
        paragraph: WordParagraph = into.add_paragraph()
        return self.styled(paragraph, style)

    def styled(self, paragraph: WordParagraph, style: str) -> WordParagraph:
        """The same paragraph in a style by its name, which is looked up in `styles` and never in the document."""
        xml.use_style(paragraph, self.styles[style])
        return paragraph

    def table(self, rows: int, widths: list[float], words: str, *, whole_rows: bool = True) -> WordTable:
        """A table of set widths with words for those who do not see it."""
        # A table cannot begin a page by itself in Word: an empty paragraph before it does.
        if self.breaks:
            self.gap(1)
        table: WordTable = self.into.add_table(rows, len(widths))
        if isinstance(self.into, _Cell):
            xml.remove(self.into.paragraphs[-1])  # python-docx adds one
        xml.fix_widths(table, widths)
        xml.describe(table, visible_text(words))
        if whole_rows:
            xml.keep_rows_whole(table)
        return table

    def keep_last(self) -> None:
        """What comes next does not begin a page by itself: what was written last goes there with it."""
        if paragraphs := self.into.paragraphs:
            paragraphs[-1].paragraph_format.keep_with_next = True

    def gap(self, points: float = 8) -> None:
        """Air after a table; Word also needs a paragraph between two tables."""
        paragraph = self.paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(points)
        paragraph.paragraph_format.space_before = Pt(0)

    def words(self, paragraph: WordParagraph, text: b.Text, *, bold: bool = False) -> WordParagraph:
        """Put words into a paragraph, with their bold, italic and links."""
        for span in tied_words(text):
            run = paragraph.add_run(visible_text(span.text))
            run.bold = True if span.bold or bold else None
            run.italic = True if span.italic else None
            if span.link:
                run.font.underline = True
                xml.add_link(paragraph, span.link, run)
        return paragraph

    def cell(self, cell: _Cell, text: b.Text, *, bold: bool = False, style: str = "Cell") -> WordParagraph:
        """Put words into the empty paragraph that a cell begins with."""
        return self.words(self.styled(cell.paragraphs[0], style), text, bold=bold)

    def tick(self, paragraph: WordParagraph, item: b.CheckItem, *, width: float) -> None:
        """A box to tick, its words, and a line to write on where the item has one."""
        title = visible_text(b.plain_text(item.text))[:60] or self.labels["write"]
        xml.add_tick(paragraph, title=title, size_pt=self.size * 1.15)
        paragraph.add_run("  ")
        self.words(paragraph, item.text)
        if item.write:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
            paragraph.add_run(f" {LINE}")

    def lines(self, count: int) -> None:
        """Lines to write on by hand, each a paragraph whose tab draws the line."""
        for _line in range(count):
            paragraph = self.paragraph("Writing Line")
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Mm(self.width - 1), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES
            )
            paragraph.add_run(LINE).font.color.rgb = RGBColor.from_string(xml.RULE)

    def done(self) -> None:
        """Take away the empty paragraph that a cell begins with; it must still end with one."""
        cell = self.into
        if not isinstance(cell, _Cell):
            return
        xml.drop_first_empty(cell)
        if xml.ends_with_table(cell):
            self.gap(2)
        cell.paragraphs[-1].paragraph_format.space_after = Pt(0)

    def box(self, kind: str, title: b.Text, inside: tuple[b.Block, ...], *, style: str, shaded: bool) -> None:
        """A framed note as a table of one cell."""
        table = self.table(1, [self.width], b.plain_text(title))
        xml.border_table(table, **_FRAMES[kind])
        xml.pad(table, x_mm=5, y_mm=3)
        cell = table.rows[0].cells[0]
        if shaded:
            xml.shade(cell)
        writer = self.inside(cell, self.width - 10)
        paragraph = writer.paragraph(style)
        paragraph.paragraph_format.space_before = Pt(0)
        paragraph.paragraph_format.keep_with_next = True
        writer.words(paragraph, title)
        writer.write(inside)
        writer.done()
        self.gap()
