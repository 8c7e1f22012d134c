"""The register as a file: a spreadsheet or a list, as the ending says. A new kind of file is a row here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rop_facilitator.documents.exchange.register import AttendanceRegister
from rop_facilitator.documents.output.write_file import write_document
from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _

Step = Callable[[int, int], None]


def write_register(register: AttendanceRegister, path: Path, *, step: Step | None = None) -> None:
    """Write `.xlsx` or `.csv`, by the ending. Raises UserError for another ending or an unwritable place.

    `step` is told how far it is, and may stop it; then nothing is written.
    """
    check_register_ending(path)
    data = _WRITERS[path.suffix.lower()](register, step)
    # Asked once more when all is made: who cancels late gets no file either.
    if step is not None:
        step(1, 1)
    write_document(path, data)


def check_register_ending(path: Path) -> None:
    """Raise RefusedError where no register can be written with this ending."""
    if path.suffix.lower() not in _WRITERS:
        raise RefusedError(_("Give the file a name that ends in .xlsx or .csv."))


def _xlsx(register: AttendanceRegister, step: Step | None) -> bytes:
    from rop_facilitator.documents.exchange.register_xlsx import xlsx_bytes  # openpyxl is slow to import

    return xlsx_bytes(register, step=step)


def _csv(register: AttendanceRegister, _step: Step | None) -> bytes:
    from rop_facilitator.documents.exchange.register_csv import csv_bytes

    return csv_bytes(register)


_WRITERS = {".xlsx": _xlsx, ".csv": _csv}
