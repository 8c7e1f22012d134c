"""Files that a leader asked for: whole under their name, or a clear sentence and nothing."""

from __future__ import annotations

import errno
from pathlib import Path

from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _
from rop_facilitator.overwrite_guard import refuse_over_records
from rop_facilitator.private_files import write_file


def write_document(path: Path, data: bytes | memoryview) -> None:
    """Write a document whole. Raises UserError that says why it could not be, and what to do."""
    refuse_over_records(path)
    try:
        write_file(path, data, private=False)
    except OSError as error:
        raise UserError(file_error(error, path)) from error


def safe_cell(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    # A name is typed by somebody; a cell that is computed could fetch or send what stands in others.
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def file_error(error: OSError, path: Path) -> str:
    """Why a write failed, and what to do, by what the system calls it; its own words only where none of ours fit."""
    # To a leader a quota or a stick that takes no large files is a full disk.
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _("The disk is full, so {path} was not written. Make room and try again.").format(path=path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("{path} cannot be written here, or is open in another program. Choose another folder.").format(
            path=path
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _("The folder {path} is not there. Choose another one.").format(path=path.parent)
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
        return _("The name of the file does not work on this disk. Choose a shorter one.")
    return _("{path} could not be written ({reason}). Try another folder.").format(path=path, reason=error.strerror)


def make_folder(path: Path) -> None:
    """A folder for several documents; one that is there is used. Raises UserError when it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise RefusedError(_("{path} is a file. Give the name of a folder.").format(path=path)) from error
    except OSError as error:
        raise UserError(file_error(error, path)) from error
