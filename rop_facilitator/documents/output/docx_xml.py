"""What Word can do and python-docx has no call for: borders, shading, fields, tick boxes, alt text, new numbers."""

# ruff: noqa: SLF001  python-docx gives the XML of its objects only under names with an underscore

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shape import InlineShape
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

INK = "1A1A1A"
ACCENT = "1D4A57"
QUIET = "525252"
RULE = "858585"
TINT = "F1EDE4"

Border = tuple[float, str]
"""Points and colour."""

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_TICK = (
    "<w:sdt {names}><w:sdtPr><w:alias w:val={title}/><w14:checkbox "
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    "</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>"
    '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/><w:sz w:val="{size}"/>'
    "</w:rPr><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
)


def element(name: str, **attributes: str) -> Any:
    """A `w:` element with `w:` attributes."""
    node = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), value)
    return node


def style_ids(word: WordDocument) -> dict[str, str | None]:
    """The id of each paragraph style by its name; None for the one that paragraphs have anyway.

    python-docx 1.2.0 walks all styles each time that a paragraph is given one, by name or as an object: that was most
    of the time of a packet (findings/word.sh).
    """
    usual = word.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    ids: dict[str, str | None] = {
        str(style.name): style.style_id for style in word.styles if style.type is WD_STYLE_TYPE.PARAGRAPH
    }
    return ids if usual is None else ids | {str(usual.name): None}


def use_style(paragraph: Paragraph, style_id: str | None) -> None:
    """Give a paragraph a style by one of `style_ids`."""
    paragraph._p.style = style_id


def add_tick(paragraph: Paragraph, *, title: str, size_pt: float) -> None:
    """A box that can be ticked with a click, named for a screen reader."""
    quoted = '"' + title.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") + '"'
    paragraph._p.append(parse_xml(_TICK.format(names=nsdecls("w"), title=quoted, size=round(size_pt * 2))))


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills in, such as PAGE."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = code
            run._r.append(instruction)


def add_link(paragraph: Paragraph, address: str, run: Run) -> None:
    """Make a run of the paragraph lead to an address."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relation = paragraph.part.relate_to(address, kind, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run._r.addprevious(link)
    # The run moves into the link: an address that stands beside its words would not be clicked.
    link.append(run._r)


def border_paragraph(paragraph: Paragraph, **sides: Border) -> None:
    """Rules over and under a paragraph."""
    box = element("pBdr")
    for side in ("top", "bottom"):
        if side in sides:
            points, colour = sides[side]
            box.append(element(side, val="single", sz=str(round(points * 8)), space="1", color=colour))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        box, *(f"w:{name}" for name in ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "jc", "rPr", "sectPr"))
    )


def border_table(table: Table, **sides: Border) -> None:
    """The borders of a table; a side that is not named has none."""
    borders = element("tblBorders")
    for side in _SIDES:
        points, colour = sides.get(side, (0, "auto"))
        size = str(round(points * 8))
        borders.append(element(side, val="single" if points else "nil", sz=size, space="0", color=colour))
    _before(table._tbl.tblPr, borders, "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription")


def border_cell(cell: _Cell, **sides: Border) -> None:
    """The borders of one cell, over those of the table."""
    borders = element("tcBorders")
    for side in _SIDES[:4]:
        if side in sides:
            points, colour = sides[side]
            size = str(round(points * 8))
            borders.append(element(side, val="single" if points else "nil", sz=size, space="0", color=colour))
    _before(cell._tc.get_or_add_tcPr(), borders, "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign")


def shade(cell: _Cell, colour: str = TINT) -> None:
    """Fill the ground of a cell; what was there before gives way."""
    fill = element("shd", val="clear", color="auto", fill=colour)
    _before(cell._tc.get_or_add_tcPr(), fill, "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign")


def turn(cell: _Cell) -> None:
    """Write a cell from below upwards."""
    _before(cell._tc.get_or_add_tcPr(), element("textDirection", val="btLr"), "tcFitText", "vAlign")


def pad(table: Table, *, x_mm: float, y_mm: float) -> None:
    """Room inside all cells of a table."""
    margins = element("tblCellMar")
    for side, size in (("top", y_mm), ("left", x_mm), ("bottom", y_mm), ("right", x_mm)):
        margins.append(element(side, w=str(Mm(size).twips), type="dxa"))
    _before(table._tbl.tblPr, margins, "tblLook", "tblCaption", "tblDescription")


def describe(table: Table, words: str) -> None:
    """The words for those who do not see the table."""
    table._tbl.tblPr.append(element("tblCaption", val=words))


def describe_picture(shape: InlineShape, *, name: str, words: str) -> None:
    """The words for those who do not see the picture."""
    shape._inline.docPr.set("name", name)
    shape._inline.docPr.set("descr", words)


def remove(paragraph: Paragraph) -> None:
    """Take a paragraph out of what it stands in."""
    paragraph._p.getparent().remove(paragraph._p)


def drop_first_empty(cell: _Cell) -> None:
    """Take away the empty paragraph that a new cell begins with, where something follows it."""
    first = cell.paragraphs[0]
    if not first.runs and first._p.getnext() is not None:
        remove(first)


def ends_with_table(cell: _Cell) -> bool:
    """Whether a table is last in the cell: Word wants a paragraph there."""
    return bool(cell._tc[-1].tag == qn("w:tbl"))


def frame_pages(section: Section, *, colour: str | None) -> None:
    """A frame around the pages of a section, or none; a new section takes over that of the one before."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgBorders")):
        properties.remove(old)
    if colour:
        frame = element("pgBorders", offsetFrom="page")
        for side in ("top", "left", "bottom", "right"):
            frame.append(element(side, val="single", sz="18", space="24", color=colour))
        # The schema wants it right after the margins.
        properties.find(qn("w:pgMar")).addnext(frame)


def fix_widths(table: Table, widths_mm: list[float]) -> None:
    """Column and cell widths: LibreOffice reads the first, Word the second."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def repeat_head(table: Table) -> None:
    """Repeat the first row on every page."""
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_rows_whole(table: Table, whole: Sequence[bool] | None = None) -> None:
    """No row breaks over pages; with `whole`, those for which it says so."""
    for row, wanted in zip(table.rows, whole or [True] * len(table.rows), strict=True):
        if wanted:
            row._tr.get_or_add_trPr().insert(0, element("cantSplit"))


def new_numbers(word: WordDocument, start: int) -> int:
    """A numbering of its own like that of the style List Number, from `start`; its id."""
    style = word.styles["List Number"].element.pPr.numPr.numId.val
    numbering = word.part.numbering_part.element
    like = numbering.num_having_numId(style).abstractNumId.val
    number = numbering.add_num(like)
    number.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(number.numId)


def use_numbers(paragraph: Paragraph, number: int) -> None:
    """Count a paragraph in a numbering made by `new_numbers`."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _before(parent: Any, child: Any, *followers: str) -> None:
    """Put a child where the schema wants it: before the named ones. One of the same name gives way."""
    # Word refuses a file whose properties stand in another order than the schema's; LibreOffice reads any.
    for old in parent.findall(child.tag):
        parent.remove(old)
    for name in followers:
        follower = parent.find(qn(f"w:{name}"))
        if follower is not None:
            follower.addprevious(child)
            return
    parent.append(child)
