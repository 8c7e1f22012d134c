"""The list of the register as CSV, a row for each person and meeting."""

from __future__ import annotations

import csv
import io
from datetime import time

from rop_facilitator.documents.exchange.register import AttendanceRegister
from rop_facilitator.documents.exchange.register_rows import Value, list_head, list_row
from rop_facilitator.documents.output.write_file import safe_cell


def csv_bytes(register: AttendanceRegister) -> bytes:
    """The list as CSV that Norwegian Excel opens right: UTF-8 with BOM, semicolon, CRLF."""
    text = io.StringIO()
    # Norwegian Excel parts cells at a semicolon, since the comma is for decimals.
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(list_head())
    for row in register.rows():
        writer.writerow([_plain(value) for value in list_row(register, *row)])
    # Without the mark at its beginning Excel takes the file for the old Windows letters.
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> Value:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; times are hours and minutes."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return safe_cell(value) if isinstance(value, str) else value
