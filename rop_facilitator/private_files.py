"""Files of our own: whole or not there, for this account only, and nothing left behind when the program is killed."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from rop_facilitator import paths

_FILE, _FOLDER = 0o600, 0o700
_OTHERS = 0o077
PARTS = ".rop-parts-"  # so begins the name of a folder for what is on its way
_TEMP = ("TMPDIR", "TEMP", "TMP")
_BEYOND = 1 << 30  # Windows locks bytes, also such as no file has: what is written stays readable


def make_private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, for this account only; what is there stays as it is."""
    # One by one: mkdir(parents=True) would give those above it the rights that everything gets.
    for place in reversed((folder, *folder.parents)):
        if not place.is_dir():
            with suppress(FileExistsError):
                place.mkdir(mode=_FOLDER)
    if not folder.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(folder))


def open_private(path: Path) -> BinaryIO:
    """A new file to write to, for this account only from its first moment. Raises FileExistsError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, _FILE), "wb")


def mend_rights(*places: Path) -> None:
    """Take files and folders of this account away from others; older programs let the system choose."""
    if os.name != "posix":
        return
    for place in places:
        with suppress(OSError):
            status = place.lstat()
            mode = stat.S_IMODE(status.st_mode)
            if mode & _OTHERS and status.st_uid == os.geteuid() and not stat.S_ISLNK(status.st_mode):
                place.chmod(mode & ~_OTHERS)


def write_file(path: Path, data: bytes | memoryview, *, private: bool = True) -> None:
    """Write a whole file or nothing: in a private folder beside the target, flushed to disk, then renamed over it.

    `private` is for this account only; else the file gets the rights that files in its folder get, or keeps those it
    had. Raises OSError as the system gave it; `documents.output.write_file.file_error` puts it into words.
    """
    with parts_beside(path) as parts:
        part = parts / "part"
        with open_private(part) if private else part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            with suppress(OSError):
                part.chmod(stat.S_IMODE(path.stat().st_mode))
        part.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename in this folder last through a power cut, where the system has a way to ask."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# -- what is on its way


class PartsFolder:
    """A private folder for what is not whole yet. A note of it lies with our own data until `cleanup`.

    The note is locked for as long as this process lives: `sweep_parts` takes away what a killed one left.
    """

    def __init__(self, parent: Path) -> None:
        """Make it in `parent`. Raises OSError."""
        self.path = parent.absolute() / f"{PARTS}{secrets.token_hex(6)}"
        self._note = notes_folder() / self.path.name.removeprefix(PARTS)
        self._handle = -1
        # Without a note the work is done all the same: a full or foreign data folder must not stop a backup.
        with suppress(OSError):
            make_private_folder(self._note.parent)
            self._handle = os.open(self._note, os.O_RDWR | os.O_CREAT | os.O_EXCL, _FILE)
            _lock(self._handle)
            os.write(self._handle, os.fsencode(self.path))
        try:
            self.path.mkdir(mode=_FOLDER)
        except BaseException:
            self._forget()
            raise

    def cleanup(self) -> None:
        """Take the folder away with all that is in it, and then the note."""
        shutil.rmtree(self.path, ignore_errors=True)
        if not self.path.exists():
            self._forget()
        elif self._handle >= 0:
            os.close(self._handle)

    def _forget(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            with suppress(OSError):
                self._note.unlink(missing_ok=True)


@contextmanager
def parts_beside(target: Path) -> Iterator[Path]:
    """A private folder beside `target` for what is on its way there; it is gone afterwards. Raises OSError."""
    folder = PartsFolder(target.parent)
    try:
        yield folder.path
    finally:
        folder.cleanup()


@contextmanager
def private_temp_folder() -> Iterator[None]:
    """While it lasts, what libraries put into the temp folder lies in a folder of ours: the spool of a printer does."""
    try:
        make_private_folder(paths.data_folder())
        folder = PartsFolder(paths.data_folder())
    except OSError:  # no room for a folder of our own: print all the same
        yield
        return
    before = {name: os.environ.get(name) for name in _TEMP}
    try:
        os.environ.update(dict.fromkeys(_TEMP, str(folder.path)))
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        folder.cleanup()


def notes_folder() -> Path:
    """Where it is noted which folders of parts there are."""
    return paths.data_folder() / "parts"


def tidy_at_start() -> None:
    """At the start of window and command line: our own folder is this account's only, and killed runs leave nothing."""
    with suppress(OSError):
        mend_rights(paths.data_folder(), *(place for place in paths.data_folder().iterdir() if place.is_file()))
    sweep_parts()


def sweep_parts() -> None:
    """Take away what killed runs left, wherever it lies; what another run is at work on stays."""
    with suppress(OSError):
        for note in list(notes_folder().iterdir()):
            with suppress(OSError):
                _sweep(note)


def _sweep(note: Path) -> None:
    handle = os.open(note, os.O_RDWR)
    try:
        if not _lock(handle):
            return
        folder = Path(os.fsdecode(os.read(handle, 10_000)))
        if folder.name.startswith(PARTS):
            shutil.rmtree(folder, ignore_errors=True)
        # A stick that is not in the machine now: the note waits until it is there again.
        gone = not folder.exists() and folder.parent.is_dir()
    finally:
        os.close(handle)
    if gone:
        note.unlink(missing_ok=True)


def _lock(handle: int) -> bool:
    """Whether this process may hold the note: the system frees it when a process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
