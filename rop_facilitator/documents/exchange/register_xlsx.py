"""The register as a spreadsheet of four sheets. Values, not formulas: they show everywhere."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from functools import partial
from textwrap import wrap
from typing import cast
from zipfile import ZIP_DEFLATED

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from rop_facilitator.clean_text import clean_text
from rop_facilitator.documents.exchange.register import AttendanceRegister
from rop_facilitator.documents.exchange.register_rows import (
    Value,
    cell_letter,
    list_head,
    list_row,
    meeting_head,
    meeting_row,
    person_head,
    person_row,
)
from rop_facilitator.documents.output.dateless_zip import DatelessZip
from rop_facilitator.i18n import _
from rop_facilitator.records.marks import COUNTED, LETTERS, PRESENT, Mark, Share

_RULE = Side("thin", color="BFC5BF")
_NAME, _LONG_NAME = 16, 34
_LINE = 15
_ACROSS = 26  # so many meetings fit on a page and can be read


def xlsx_bytes(register: AttendanceRegister, *, step: Callable[[int, int], None] | None = None) -> bytes:
    """The workbook: attendance grid, list, meetings, participants. `step(done, total)` is called now and then."""
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    try:
        _fill(book, register, step)
    except BaseException:  # cancelled: end the streams of the sheets, or they complain when they are thrown away
        for sheet in book.worksheets:
            sheet.close()
        raise
    stream = io.BytesIO()
    ExcelWriter(book, DatelessZip(stream, "w", ZIP_DEFLATED)).save()
    return stream.getvalue()


class _InMemory(WorksheetWriter):
    """Writes a sheet into memory; by itself openpyxl would put it, names and all, into the temp folder."""

    def __init__(self, sheet: Worksheet) -> None:
        super().__init__(sheet, io.BytesIO())

    def cleanup(self) -> None:
        """There is no file to remove."""


def _fill(book: Workbook, register: AttendanceRegister, step: Callable[[int, int], None] | None) -> None:
    _grid(_sheet(book, _("Attendance")), register)
    rows = (list_row(register, *row) for row in register.rows())
    # Only the list is long enough to tell how far it is.
    total = len(register.meetings) * len(register.people)
    _table(_sheet(book, _("List")), list_head(), _stepping(rows, total, step))
    _table(_sheet(book, _("Meetings")), meeting_head(), (meeting_row(m) for m in register.meetings))
    _table(_sheet(book, _("Participants")), person_head(), (person_row(p) for p in register.people))


def _sheet(book: Workbook, title: str) -> Worksheet:
    """A new sheet; the write-only one has what we use of the ordinary one, which its type does not tell."""
    sheet = cast("Worksheet", book.create_sheet(title))
    # openpyxl offers no other way to say where a sheet is written.
    vars(sheet)["_get_writer"] = partial(_begin, sheet)
    return sheet


def _begin(sheet: Worksheet) -> None:
    """Before its first row: head, panes and widths, which are set by then."""
    if vars(sheet).get("_writer") is None:
        vars(sheet)["_writer"] = writer = _InMemory(sheet)
        writer.write_top()


def _stepping(
    rows: Iterator[list[Value]], total: int, step: Callable[[int, int], None] | None
) -> Iterator[list[Value]]:
    # Each call may wake the window, so not for every row.
    for done, row in enumerate(rows):
        if step is not None and done % 500 == 0:
            step(done, total)
        yield row


def _styles() -> list[NamedStyle]:
    border = Border(bottom=_RULE)
    head_fill = PatternFill("solid", fgColor="E6EAE5")
    plain = Font(name="Calibri", size=11)
    bold = Font(name="Calibri", size=11, bold=True)
    centre = Alignment(horizontal="center", vertical="center")

    def head(name: str, horizontal: str = "left", *, turned: bool = False) -> NamedStyle:
        turn = 90 if turned else 0
        alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=not turned, text_rotation=turn)
        return NamedStyle(name, font=bold, fill=head_fill, border=border, alignment=alignment)

    foot = Alignment(horizontal="center", vertical="bottom")  # as the bare values beside them
    date_head = head("rop date head", "center", turned=True)
    date_head.number_format = "dd.mm.yyyy"
    return [
        head("rop head"),
        head("rop centred head", "center"),
        date_head,
        NamedStyle("rop mark", font=plain, border=border, alignment=centre),
        NamedStyle("rop name", font=plain, border=border, alignment=Alignment(vertical="center", wrap_text=True)),
        # The figure is a whole per cent already, which the program's own % would take a hundredfold.
        NamedStyle("rop percent", font=plain, border=border, alignment=centre, number_format='0" %"'),
        NamedStyle("rop date", font=plain, alignment=foot, number_format="dd.mm.yyyy"),
        NamedStyle("rop time", font=plain, alignment=foot, number_format="hh:mm"),
        NamedStyle("rop figure", font=plain, alignment=foot),
        NamedStyle("rop long", font=plain, alignment=Alignment(vertical="bottom", wrap_text=True)),
    ]


def _cell(sheet: Worksheet, value: Value, style: str = "") -> Cell:
    """A cell; text stays text even where it begins like a formula, and loses what a workbook cannot hold."""
    cell = WriteOnlyCell(sheet)
    cell.value = clean_text(value) if isinstance(value, str) else value
    if isinstance(value, str) and cell.data_type == "f":
        cell.data_type = "s"
    if style:
        cell.style = style
    return cell


def _safe(sheet: Worksheet, value: Value, wide: int) -> Value | Cell:
    """The bare value, which openpyxl writes fastest, unless it needs a cell of its own: a long text wraps."""
    if isinstance(value, str):
        if len(value) > wide:
            return _cell(sheet, value, "rop long")
        return _cell(sheet, value) if value.startswith("=") or not value.isprintable() else value
    if isinstance(value, date):
        return _cell(sheet, value, "rop date")
    if isinstance(value, time):
        return _cell(sheet, value, "rop time")
    return value if value is None else _cell(sheet, value, "rop figure")


# -- people × meetings -------------------------------------------------------------------------------------------------


def _grid(sheet: Worksheet, register: AttendanceRegister) -> None:
    last = len(register.meetings) + 1
    # Names and both rows of heads stay in sight.
    sheet.freeze_panes = "B3"
    longest = max((len(person.name) for person in register.people), default=0)
    wide = min(max(longest + 3, _NAME), _LONG_NAME)  # a longer one wraps
    sheet.column_dimensions["A"].width = wide
    for index in range(2, last + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 6.6  # “100 %”, also in a wider typeface
    sheet.row_dimensions[2].height = 80
    _landscape(sheet, pages=-(-len(register.meetings) // _ACROSS))
    sheet.print_title_rows = "1:2"
    sheet.print_title_cols = "A:A"
    figures = [_("Present"), _("of"), _("Per cent")]
    heads = [_("Meeting"), *("" if m.number is None else m.number for m in register.meetings), "", "", ""]
    sheet.append([_cell(sheet, text, "rop centred head" if n else "rop head") for n, text in enumerate(heads)])
    dates = [_cell(sheet, meeting.on, "rop date head") for meeting in register.meetings]
    figure_heads = [_cell(sheet, figure, "rop centred head") for figure in figures]
    sheet.append([_cell(sheet, _("Participant"), "rop head"), *dates, *figure_heads])
    for row, person in enumerate(register.people, 3):
        _grow(sheet, row, [(person.name, wide)])
        letters = [cell_letter(c, m) for c, m in zip(person.cells, register.meetings, strict=True)]
        sheet.append(
            [
                _cell(sheet, person.name, "rop name"),
                *(_cell(sheet, letter, "rop mark") for letter in letters),
                *_share_cells(sheet, person.share),
            ]
        )
    for name, figure in zip(figures, (_present, _counted, _percent), strict=True):
        style = "rop percent" if figure is _percent else "rop mark"
        cells = [_cell(sheet, figure(m.share), style) for m in register.meetings]
        sheet.append([_cell(sheet, name, "rop name"), *cells])
    if register.people and register.meetings:
        area = f"B3:{get_column_letter(last)}{len(register.people) + 2}"
        # By rule, not by fill: whoever corrects a letter in the file sees the colour follow.
        for mark, letter in LETTERS.items():
            # In a rule the background fills, in a cell the foreground: so does Excel.
            fill = PatternFill("solid", bgColor=_fill_of(mark))
            look = DifferentialStyle(fill=fill)
            rule = Rule(type="cellIs", operator="equal", formula=[f'"{letter}"'], dxf=look)
            sheet.conditional_formatting.add(area, rule)


def _fill_of(mark: Mark) -> str:
    """The soft colour behind a mark, by how it counts: the tones of the screen."""
    if mark in PRESENT:
        return "E2F0E3"
    if mark is Mark.ABSENT:
        return "F4C7C3"
    return "FBEFD8" if mark in COUNTED else "E6EAE5"


def _landscape(sheet: Worksheet, *, pages: int = 1) -> None:
    """Printed on A4 across, so many pages wide, with the sheet's name and page numbers at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = max(pages, 1)
    # As many pages down as it takes: a long list would be shrunk onto one.
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("&P / &N"))


def _present(share: Share) -> Value:
    return share.present if share.counted else None


def _counted(share: Share) -> Value:
    return share.counted or None


def _percent(share: Share) -> Value:
    return share.percent


def _share_cells(sheet: Worksheet, share: Share) -> list[Cell]:
    return [
        _cell(sheet, _present(share), "rop mark"),
        _cell(sheet, _counted(share), "rop mark"),
        _cell(sheet, share.percent, "rop percent"),
    ]


# -- tables: real dates and times, one head, no decoration -------------------------------------------------------------


def _widths() -> dict[str, int]:
    """How many letters a column holds; what is not here holds figures, and is as wide as the words of its head."""
    return {
        _("Group"): 20,
        _("Date"): 12,
        _("Place"): 24,
        _("Sessions"): 38,
        _("Leader"): 12,
        _("Participant"): 24,
        _("Mark"): 8,
        _("Meaning"): 18,
        _("Handout given"): 11,
        _("Home practice"): 18,
        _("State"): 15,
        _("Reason"): 16,
        _("Joined"): 12,
        _("Left"): 12,
        _("Status"): 11,
    }


def _table(sheet: Worksheet, head: Sequence[str], rows: Iterator[list[Value]]) -> None:
    sheet.freeze_panes = "A2"
    texts, dates = _widths(), {_("Date"), _("Joined"), _("Left"), _("Start"), _("End")}
    widths = [texts.get(name) or max(9, max(map(len, name.split())) + 5) for name in head]
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    lines = max(
        _line_count(name, wide - 2) for name, wide in zip(head, widths, strict=True)
    )  # beside the filter's arrow
    sheet.row_dimensions[1].height = _LINE * lines + 4
    _landscape(sheet)
    sheet.print_title_rows = "1:1"
    styles = ["rop head" if name in texts and name not in dates else "rop centred head" for name in head]
    sheet.append([_cell(sheet, name, style) for name, style in zip(head, styles, strict=True)])
    count = 1
    for row in rows:
        count += 1
        _grow(sheet, count, [(value, wide) for value, wide in zip(row, widths, strict=True) if isinstance(value, str)])
        sheet.append([_safe(sheet, value, wide) for value, wide in zip(row, widths, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{count}"


def _grow(sheet: Worksheet, number: int, texts: Sequence[tuple[str, int]]) -> None:
    """Make a row as high as its longest text in its column: not every program does that by itself."""
    longest = max((_line_count(text, wide) for text, wide in texts if len(text) > wide), default=1)
    if longest > 1:
        sheet.row_dimensions[number].height = _LINE * longest


def _line_count(text: str, wide: int) -> int:
    """How many lines a text takes; a typeface that is wider than ours still fits."""
    return max(1, len(wrap(text, max(wide - 2, 4))))
