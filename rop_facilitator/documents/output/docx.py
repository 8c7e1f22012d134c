"""Documents as Word files with real styles, language and headings; the look follows the PDF as far as Word goes."""

from __future__ import annotations

import io
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc import phys_pkg
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from rop_facilitator.documents.output.dateless_zip import DatelessZip
from rop_facilitator.documents.output.docx_blocks import TEXTS
from rop_facilitator.documents.output.docx_cut import CUT
from rop_facilitator.documents.output.docx_meeting import MEETING
from rop_facilitator.documents.output.docx_tables import TABLES
from rop_facilitator.documents.output.docx_writer import Writer
from rop_facilitator.documents.output.docx_xml import (
    ACCENT,
    INK,
    QUIET,
    add_field,
    border_paragraph,
    element,
    frame_pages,
    remove,
    style_ids,
)
from rop_facilitator.documents.output.fonts import visible_text
from rop_facilitator.documents.output.layout_words import labels
from rop_facilitator.documents.page.blocks import Document, Packet, RunSheet, plain_text
from rop_facilitator.documents.page.ties import tied

FONT = "Arial"
RUN_SHEET_PT = 10.0  # the layout of the PDF makes it fit its page; Word cannot be asked
_LANGUAGES = {"nb": "nb-NO", "en": "en-GB"}
_WIDTH, _WIDE, _LAND_WIDTH, _CUT_EDGE = 160.0, 174.0, 257.0, 8.0
_MADE = datetime(2000, 1, 1)  # a file says nothing about when and by whom
vars(phys_pkg)["ZipFile"] = DatelessZip  # nor do its parts; python-docx has no other way to say so


def render_docx(packet: Packet) -> bytes:
    """The documents as one Word file, each on a new page."""
    word = docx.Document()
    first = packet.documents[0] if packet.documents else None
    # The styles of Word are one set a file, so the size of the first paper counts for all in it.
    size = (first.size_pt or (11.5 if first.for_leader else packet.size_pt)) if first else packet.size_pt
    if first and any(isinstance(block, RunSheet) for block in first.blocks):
        size = RUN_SHEET_PT
    _properties(word, packet)
    _styles(word, size, _LANGUAGES.get(packet.language, "nb-NO"))
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # Word 2013 on: the border of a table stands at the margin, not its text
    if packet.duplex:
        word.settings.element.find(qn("w:zoom")).addnext(element("mirrorMargins"))  # the schema wants it there
    # Our own styles are made by now: their ids are read once a file.
    layout_words, styles = labels(packet.language), style_ids(word)
    for index, document in enumerate(packet.documents):
        section = word.sections[0] if index == 0 else word.add_section(_start(packet, document))
        width = _page(section, document)
        _strip(section, document, width)
        _foot(section, document, layout_words, width)
        draw = TEXTS | TABLES | MEETING | CUT
        writer = Writer(word, word, width, layout_words, packet, size_pt=size, draw=draw, styles=styles)
        if document.paper == "certificate":
            _certificate(writer, document)
            continue
        if document.cut:
            writer.write(document.blocks)
            continue
        writer.paragraph("Heading 1").add_run(visible_text(tied(document.title)))
        if document.lead:
            writer.words(writer.paragraph("Lead"), document.lead)
        writer.write(document.blocks)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _start(packet: Packet, document: Document) -> WD_SECTION:
    # On both sides a paper begins on a new sheet of its own, or the next person's would stand on its back.
    return WD_SECTION.ODD_PAGE if packet.duplex and not document.continues else WD_SECTION.NEW_PAGE


def _properties(word: WordDocument, packet: Packet) -> None:
    core = word.core_properties
    core.title, core.author = visible_text(packet.title)[:255], visible_text(packet.author)[:255]  # all that Word takes
    core.language = _LANGUAGES.get(packet.language, "nb-NO")
    core.comments = core.last_modified_by = ""
    core.created = core.modified = _MADE


def _styles(word: WordDocument, size: float, language: str) -> None:
    """Arial in the sizes of the PDF, and styles of our own for what Word lacks."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    # The template that python-docx brings is in American English, and Word would spell a Norwegian paper so.
    defaults.append(element("lang", val=language, eastAsia=language, bidi="ar-SA"))
    _style(word, "Normal", size, INK, before=0, after=size * 0.6)
    for level, ratio, colour, before in (
        (1, 1.85, ACCENT, 6),
        (2, 1.23, ACCENT, 20),
        (3, 1.0, INK, 14),
        (4, 1.0, INK, 12),
    ):
        style = _style(word, f"Heading {level}", size * ratio, colour, before=before, after=size * 0.6, bold=True)
        style.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        _style(word, name, size, INK, before=0, after=size * 0.4)
    for name in ("Header", "Footer"):
        style = _style(word, name, 9.5, QUIET, before=0, after=0)
        for tabs in style.element.pPr.findall(qn("w:tabs")):
            style.element.pPr.remove(tabs)
    small = max(size * 0.81, 9.5)
    _style(word, "Lead", size * 1.08, INK, before=0, after=size * 1.2, new=True)
    _style(word, "Small Print", 9.5, QUIET, before=size * 0.5, after=size * 0.5, new=True)
    _style(word, "Caption Small", small, QUIET, before=0, after=size * 0.6, new=True)
    _style(word, "Box Title", size, INK, before=0, after=size * 0.4, bold=True, new=True)
    _style(word, "Cell", size * 0.925, INK, before=0, after=0, new=True)
    _style(word, "Tick Box", size, INK, before=0, after=size * 0.55, new=True)
    line = _style(word, "Writing Line", size, INK, before=12, after=0, new=True)
    line.paragraph_format.line_spacing = Pt(15)  # 9.5 mm with the room before; LibreOffice forgets a height of 27 pt


def _style(
    word: WordDocument,
    name: str,
    size: float,
    colour: str,
    *,
    before: float,
    after: float,
    bold: bool = False,
    new: bool = False,
) -> ParagraphStyle:
    if new:
        own = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = word.styles["Normal"]
    style: ParagraphStyle = word.styles[name]
    font = style.font
    # Word holds sizes in half points.
    font.name, font.size, font.bold, font.italic = FONT, Pt(round(size * 2) / 2), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    # A font of the theme wins over one that is named, so the theme's are taken away (findings/word.sh).
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.25 if not bold else 1.1
    return style


def _page(section: Section, document: Document) -> float:
    """Size and margins of the section; the width of its text in mm."""
    land = document.landscape
    section.header_distance, section.footer_distance = Mm(15), Mm(8 if document.wide else 11)
    if document.cut:
        return _page_to_cut(section)
    section.orientation = WD_ORIENT.LANDSCAPE if land else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if land else (Mm(210), Mm(297))
    if land:
        section.top_margin, section.bottom_margin = Mm(25), Mm(19)
        section.left_margin = section.right_margin = Mm(20)
    else:
        section.top_margin, section.bottom_margin = Mm(26), Mm(16 if document.wide else 21)
        section.left_margin, section.right_margin = (Mm(22), Mm(14)) if document.wide else (Mm(28), Mm(22))
    frame_pages(section, colour=ACCENT if document.paper == "certificate" else None)
    return _LAND_WIDTH if land else _WIDE if document.wide else _WIDTH


def _page_to_cut(section: Section) -> float:
    """As large as a printer can print it: what is cut lies evenly around the middle."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(_CUT_EDGE)
    section.header_distance = section.footer_distance = Mm(0)
    frame_pages(section, colour=None)
    return 210.0 - 2 * _CUT_EDGE


def _strip(section: Section, document: Document, width: float) -> None:
    """Who, group and date over the title: on the first page only, so that the back gives nobody away."""
    # Word has no other way to print a name on the front and not on the back.
    section.different_first_page_header_footer = True
    header: _Header
    for header in (section.header, section.first_page_header):
        # A new section repeats the header of the one before, and with it the name of another person.
        header.is_linked_to_previous = False
        for extra in header.paragraphs[1:]:
            remove(extra)
    if document.paper == "certificate" or document.cut:
        return
    paragraph = section.first_page_header.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    who = visible_text(document.who).strip()
    if who:
        run = paragraph.add_run(who)
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(INK)
    left, right = ("", document.kicker) if who else (document.kicker, document.date)
    paragraph.add_run(f"{visible_text(left)}\t{visible_text(right)}")
    border_paragraph(paragraph, bottom=(1.5, ACCENT))


def _foot(section: Section, document: Document, layout_words: dict[str, str], width: float) -> None:
    footer: _Footer
    for footer in (section.footer, section.first_page_footer):
        # Else the foot of the paper before stands on this one too.
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.text = ""
        if document.paper == "certificate" or document.cut:
            continue
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{visible_text(document.footer)}\t{layout_words['page']} ")
        add_field(paragraph, "PAGE")
        paragraph.add_run(f" {layout_words['of']} ")
        add_field(paragraph, "NUMPAGES")


def _certificate(writer: Writer, document: Document) -> None:
    """A framed sheet, neutral in every word."""

    def line(text: str, size: float, *, style: str = "Normal", before: float = 0) -> None:
        paragraph = writer.paragraph(style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.add_run(visible_text(text)).font.size = Pt(size)

    line(document.kicker, 14)
    line(document.title, 40, style="Heading 1", before=36)
    line(document.intro, 15, before=24)
    line(document.who.strip() or "_" * 40, 28, before=6)
    for text in document.body:
        line(text, 15)
    if not document.signers:
        return
    table = writer.word.add_table(rows=1, cols=len(document.signers))
    for cell, signer in zip(table.rows[0].cells, document.signers, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(54)
        paragraph.paragraph_format.right_indent = Mm(12)
        border_paragraph(paragraph, top=(0.75, INK))
        if name := visible_text(plain_text(signer.name)):
            paragraph.add_run(name + "\n").bold = True
        paragraph.add_run(visible_text(plain_text(signer.role)))
