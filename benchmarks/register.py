"""The register as XLSX, against bare openpyxl writing the same cells."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from unittest.mock import patch

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from rop_facilitator.documents.exchange import register_xlsx
from rop_facilitator.documents.exchange.register import (
    AttendanceRegister,
    AttendanceRegisterMeeting,
    RegisterCell,
    RegisterPerson,
)
from rop_facilitator.documents.exchange.register_xlsx import xlsx_bytes
from rop_facilitator.records.marks import Mark, share
from rop_facilitator.records.models import (
    MeetingState,
    MembershipStatus,
)

Pair = tuple[Callable[[], object], Callable[[], object]]


def made_up(people: int, meetings: int) -> AttendanceRegister:
    """A register of that size; equal cells are one cell, as `collect_register` has them."""
    marks = list(Mark)
    cells = {mark: RegisterCell(mark) for mark in marks}
    grid = [[marks[(person * 7 + meeting) % len(marks)] for meeting in range(meetings)] for person in range(people)]
    dates = [date(2026, 1, 6) + timedelta(weeks=n) for n in range(meetings)]
    columns = tuple(
        AttendanceRegisterMeeting(
            n + 1,
            on,
            time(13),
            time(14, 30),
            "Rom 2",
            (f"Sesjon {n}",),
            MeetingState.HELD,
            "Marit",
            share(r[n] for r in grid),
        )
        for n, on in enumerate(dates)
    )
    rows = tuple(
        RegisterPerson(
            n + 1,
            f"Person {n}",
            dates[0],
            None,
            MembershipStatus.ACTIVE,
            tuple(cells[mark] for mark in row),
            share(row),
        )
        for n, row in enumerate(grid)
    )
    return AttendanceRegister("Tirsdagsgruppa", dates[-1], columns, rows)


def plain_writer(register: AttendanceRegister) -> Callable[[], bytes]:
    """Writes the cells that we write, with their styles, in the plainest way that openpyxl knows for many rows."""
    sheets: dict[str, list[list[tuple[object, str]]]] = {}

    def keep(sheet: WriteOnlyWorksheet, row: list[object]) -> None:
        cells = [(c.value, c.style) if isinstance(c, Cell) else (c, "") for c in row]
        sheets.setdefault(sheet.title, []).append(cells)

    with patch.object(WriteOnlyWorksheet, "append", keep):
        xlsx_bytes(register)

    def write() -> bytes:
        book = openpyxl.Workbook(write_only=True)
        for style in register_xlsx._styles():
            book.add_named_style(style)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                cells: list[object] = []
                for value, style in row:
                    cell: object = value
                    if style.startswith("rop"):
                        cell = WriteOnlyCell(sheet, value=value)
                        cell.style = style  # type: ignore[attr-defined]
                    cells.append(cell)
                sheet.append(cells)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return write


@contextmanager
def _sized(people: int, meetings: int) -> Iterator[Pair]:
    register = made_up(people, meetings)
    yield lambda: xlsx_bytes(register), plain_writer(register)


BENCHMARKS = [
    ("register 12 × 50 to XLSX", "bare openpyxl, same cells", lambda: _sized(12, 50), 9, 1.2),
    ("register 300 × 50 to XLSX (15,000 rows)", "bare openpyxl, same cells", lambda: _sized(300, 50), 3, 1.2),
]
