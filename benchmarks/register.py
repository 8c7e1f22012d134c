"""The register as XLSX, against bare openpyxl writing the same cells."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta

import openpyxl

from rop_facilitator.documents.register import Register, RegisterCell, RegisterMeeting, RegisterPerson
from rop_facilitator.documents.xlsx import xlsx_bytes
from rop_facilitator.records.attendance import share
from rop_facilitator.records.models import Mark, MeetingState, MembershipStatus

Pair = tuple[Callable[[], object], Callable[[], object]]


def _register(people: int, meetings: int) -> Register:
    marks = list(Mark)
    grid = [[marks[(person * 7 + meeting) % len(marks)] for meeting in range(meetings)] for person in range(people)]
    dates = [date(2026, 1, 6) + timedelta(weeks=n) for n in range(meetings)]
    columns = tuple(
        RegisterMeeting(
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
            n + 1, f"Person {n}", dates[0], None, MembershipStatus.ACTIVE, tuple(map(RegisterCell, row)), share(row)
        )
        for n, row in enumerate(grid)
    )
    return Register("Tirsdagsgruppa", dates[-1], columns, rows)


def _bare(data: bytes) -> Callable[[], object]:
    """Writes the same values, widths and styles in the plainest way that openpyxl knows for many rows."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = [
        (s.title, [[(c.value, c.style if c.has_style else "") for c in row] for row in s.iter_rows()]) for s in book
    ]
    styles = [style for style in book._named_styles if style.name.startswith("rop")]

    def write() -> bytes:
        from openpyxl.cell import WriteOnlyCell

        target = openpyxl.Workbook(write_only=True)
        for style in styles:
            target.add_named_style(style)
        for title, rows in sheets:
            sheet = target.create_sheet(title)
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
        target.save(stream)
        return stream.getvalue()

    return write


@contextmanager
def _sized(people: int, meetings: int) -> Iterator[Pair]:
    register = _register(people, meetings)
    yield lambda: xlsx_bytes(register), _bare(xlsx_bytes(register))


BENCHMARKS = [
    ("register 12 × 50 to XLSX", "bare openpyxl, same cells", lambda: _sized(12, 50), 9, 1.2),
    ("register 300 × 50 to XLSX (15,000 rows)", "bare openpyxl, same cells", lambda: _sized(300, 50), 3, 1.2),
]
