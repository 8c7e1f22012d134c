"""The register as a spreadsheet of four sheets, and its list as CSV. Values, not formulas: they show everywhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import cast
from zipfile import ZIP_DEFLATED

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from rop_facilitator.clean_text import clean_text
from rop_facilitator.documents.dateless_zip import DatelessZip
from rop_facilitator.documents.files import safe_cell, write_document
from rop_facilitator.documents.register import Register, RegisterCell, RegisterMeeting, RegisterPerson
from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _, capital
from rop_facilitator.records.marks import LETTERS, PRESENT, Mark, Share, mark_name
from rop_facilitator.records.models import (
    MeetingState,
    MembershipStatus,
    Practice,
)

Value = str | int | float | date | time | None
_SOFT = {Mark.NOTICE: "FBEFD8", Mark.LATE_NOTICE: "FBEFD8", Mark.ABSENT: "F4C7C3", Mark.EXEMPT: "E6EAE5"}
_RULE = Side("thin", color="BFC5BF")


def write_register(register: Register, path: Path, *, step: Callable[[int, int], None] | None = None) -> None:
    """Write `.xlsx` or `.csv`, by the ending. Raises UserError for another ending or an unwritable place."""
    kind = path.suffix.lower()
    if kind == ".xlsx":
        write_document(path, _xlsx(register, step).getbuffer())
    elif kind == ".csv":
        write_document(path, csv_bytes(register))
    else:
        raise RefusedError(_("Give the file a name that ends in .xlsx or .csv."))


def csv_bytes(register: Register) -> bytes:
    """The list as CSV that Norwegian Excel opens right: UTF-8 with BOM, semicolon, CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_list_head())
    for row in register.rows():
        writer.writerow([_plain(value) for value in _list_row(register, *row)])
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> Value:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; times are hours and minutes."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return safe_cell(value) if isinstance(value, str) else value


def xlsx_bytes(register: Register, *, step: Callable[[int, int], None] | None = None) -> bytes:
    """The workbook: attendance grid, list, meetings, participants. `step(done, total)` is called now and then."""
    return _xlsx(register, step).getvalue()


def _xlsx(register: Register, step: Callable[[int, int], None] | None) -> io.BytesIO:
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
    return stream


class _InMemory(WorksheetWriter):
    """Writes a sheet into memory; by itself openpyxl would put it, names and all, into the temp folder."""

    def __init__(self, sheet: Worksheet) -> None:
        super().__init__(sheet, io.BytesIO())

    def cleanup(self) -> None:
        """There is no file to remove."""


def _fill(book: Workbook, register: Register, step: Callable[[int, int], None] | None) -> None:
    _grid(_sheet(book, _("Attendance")), register)
    rows = (_list_row(register, *row) for row in register.rows())
    total = len(register.meetings) * len(register.people)
    _table(_sheet(book, _("List")), _list_head(), _stepping(rows, total, step))
    _table(_sheet(book, _("Meetings")), _meeting_head(), (_meeting_row(m) for m in register.meetings))
    _table(_sheet(book, _("Participants")), _person_head(), (_person_row(p) for p in register.people))


def _sheet(book: Workbook, title: str) -> Worksheet:
    """A new sheet; the write-only one has what we use of the ordinary one, which its type does not tell."""
    sheet = cast("Worksheet", book.create_sheet(title))
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
    for done, row in enumerate(rows):
        if step is not None and done % 500 == 0:
            step(done, total)
        yield row


def _styles() -> list[NamedStyle]:
    line = Border(bottom=_RULE)
    head_fill = PatternFill("solid", fgColor="E6EAE5")
    plain = Font(name="Calibri", size=11)
    bold = Font(name="Calibri", size=11, bold=True)
    centre = Alignment(horizontal="center", vertical="center")
    return [
        NamedStyle("rop head", font=bold, fill=head_fill, border=line, alignment=Alignment(vertical="center")),
        NamedStyle(
            "rop date head",
            font=bold,
            fill=head_fill,
            border=line,
            alignment=Alignment(text_rotation=90, horizontal="center"),
            number_format="dd.mm.yyyy",
        ),
        NamedStyle("rop mark", font=plain, border=line, alignment=centre),
        NamedStyle("rop name", font=plain, border=line),
        NamedStyle("rop percent", font=plain, border=line, alignment=centre, number_format='0" %"'),
        NamedStyle("rop date", font=plain, number_format="dd.mm.yyyy"),
        NamedStyle("rop time", font=plain, number_format="hh:mm"),
    ]


def _cell(sheet: Worksheet, value: Value, style: str = "") -> Cell:
    """A cell; text stays text even where it begins like a formula, and loses what a workbook cannot hold."""
    made = WriteOnlyCell(sheet)
    made.value = clean_text(value) if isinstance(value, str) else value
    if isinstance(value, str) and made.data_type == "f":
        made.data_type = "s"
    if style:
        made.style = style
    return made


def _safe(sheet: Worksheet, value: Value) -> Value | Cell:
    """The bare value, which openpyxl writes fastest, unless it needs a cell of its own."""
    if isinstance(value, str):
        return _cell(sheet, value) if value.startswith("=") or not value.isprintable() else value
    if isinstance(value, date):
        return _cell(sheet, value, "rop date")
    return _cell(sheet, value, "rop time") if isinstance(value, time) else value


# -- people × meetings -------------------------------------------------------------------------------------------------


def _letter(cell: RegisterCell | None, meeting: RegisterMeeting) -> str:
    if meeting.state in (MeetingState.CANCELLED, MeetingState.DID_NOT_MEET):
        return "X"
    if cell is None:
        return "–"
    if cell.mark is None:
        return "?" if meeting.state is MeetingState.HELD else ""
    return LETTERS[cell.mark]


def _grid(sheet: Worksheet, register: Register) -> None:
    last = len(register.meetings) + 1
    sheet.freeze_panes = "B3"
    sheet.column_dimensions["A"].width = 24
    for index in range(2, last + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 6.6  # “100 %”, also in a wider typeface
    sheet.row_dimensions[2].height = 80
    _landscape(sheet)
    sheet.print_title_rows = "1:2"
    sheet.print_title_cols = "A:A"
    figures = [_("Present"), _("of"), _("Per cent")]
    heads = [_("Meeting"), *("" if m.number is None else m.number for m in register.meetings), "", "", ""]
    sheet.append([_cell(sheet, text, "rop head") for text in heads])
    dates = [_cell(sheet, meeting.on, "rop date head") for meeting in register.meetings]
    sheet.append([_cell(sheet, _("Participant"), "rop head"), *dates, *(_cell(sheet, f, "rop head") for f in figures)])
    for person in register.people:
        letters = [_letter(c, m) for c, m in zip(person.cells, register.meetings, strict=True)]
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
        for mark, letter in LETTERS.items():
            fill = PatternFill("solid", bgColor="E2F0E3" if mark in PRESENT else _SOFT[mark])
            look = DifferentialStyle(fill=fill)
            rule = Rule(type="cellIs", operator="equal", formula=[f'"{letter}"'], dxf=look)
            sheet.conditional_formatting.add(area, rule)


def _landscape(sheet: Worksheet) -> None:
    """Printed on A4 across, as wide as the page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


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


def _table(sheet: Worksheet, head: Sequence[str], rows: Iterator[list[Value]]) -> None:
    sheet.freeze_panes = "A2"
    wide = {_("Sessions"): 38, _("Place"): 26, _("Participant"): 24, _("Group"): 22, _("Meaning"): 22}
    for index, name in enumerate(head, 1):
        sheet.column_dimensions[get_column_letter(index)].width = wide.get(name, max(11, len(name) + 4))
    _landscape(sheet)
    sheet.append([_cell(sheet, name, "rop head") for name in head])
    count = 1
    for row in rows:
        sheet.append([_safe(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{count}"


def _list_head() -> list[str]:
    return [
        _("Group"),
        _("Meeting"),
        _("Date"),
        _("Start"),
        _("End"),
        _("Place"),
        _("Sessions"),
        _("Leader"),
        _("Participant"),
        _("Mark"),
        _("Meaning"),
        _("Minutes late"),
        _("Minutes left early"),
        _("Handout given"),
        _("Home practice"),
    ]


def _list_row(register: Register, meeting: RegisterMeeting, person: RegisterPerson, cell: RegisterCell) -> list[Value]:
    return [
        register.group,
        meeting.number,
        meeting.on,
        meeting.start,
        meeting.end,
        meeting.place,
        " + ".join(meeting.titles),
        meeting.leader,
        person.name,
        LETTERS[cell.mark] if cell.mark else "",
        mark_name(cell.mark) if cell.mark else _("not recorded"),
        cell.minutes_late,
        cell.minutes_early,
        _("yes") if cell.handout_given else _("no"),
        practice_name(cell.practice),
    ]


def practice_name(practice: Practice | None) -> str:
    """What became of a home practice, in words; empty while nobody has said."""
    if practice is None:
        return ""
    return {Practice.DONE: _("done"), Practice.PARTLY: _("partly"), Practice.NOT_DONE: _("not done")}[practice]


def _meeting_head() -> list[str]:
    return [
        _("Meeting"),
        _("Date"),
        _("Start"),
        _("End"),
        _("Place"),
        _("Sessions"),
        _("State"),
        _("Reason"),
        _("Leader"),
        _("Present"),
        _("of"),
        _("Per cent"),
    ]


def state_name(state: MeetingState) -> str:
    """What became of a meeting, in words."""
    return {
        MeetingState.PLANNED: _("planned"),
        MeetingState.HELD: _("held"),
        MeetingState.CANCELLED: _("cancelled"),
        MeetingState.DID_NOT_MEET: _("did not meet"),
    }[state]


def _meeting_row(meeting: RegisterMeeting) -> list[Value]:
    figures = (
        (meeting.share.present, meeting.share.counted, meeting.share.percent) if meeting.share.counted else (None,) * 3
    )
    return [
        meeting.number,
        meeting.on,
        meeting.start,
        meeting.end,
        meeting.place,
        capital(" + ".join(meeting.taken_up or meeting.titles)),
        state_name(meeting.state),
        meeting.reason,
        meeting.leader,
        *figures,
    ]


def _person_head() -> list[str]:
    return [
        _("Number"),
        _("Participant"),
        _("Joined"),
        _("Left"),
        _("Status"),
        _("Present"),
        _("of"),
        _("Per cent"),
        _("Content received"),
        _("of sessions taught"),
        _("Per cent of content"),
    ]


def _person_row(person: RegisterPerson) -> list[Value]:
    status = {
        MembershipStatus.ACTIVE: _("active"),
        MembershipStatus.PAUSED: _("paused"),
        MembershipStatus.COMPLETED: _("completed"),
        MembershipStatus.LEFT: _("ended"),
    }[person.status]
    return [
        person.number,
        person.name,
        person.joined,
        person.left,
        status,
        person.share.present,
        person.share.counted,
        person.share.percent,
        person.received,
        person.taught,
        Share(person.received, person.taught).percent,
    ]
