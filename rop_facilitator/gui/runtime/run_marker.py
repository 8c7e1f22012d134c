"""Whether the program ended by itself the last time: a file that stands while it runs, and what killed it inside."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, QTimer, qVersion

from rop_facilitator.gui.runtime.crash_report import keep_newest, place_in_code
from rop_facilitator.private_files import make_private_folder, write_file

if TYPE_CHECKING:
    from datetime import datetime

_MILLISECONDS = 30_000
_RUNNING = "running-{pid}.txt"
_FRAME = re.compile(r'^  File "(.*)", line (\d+) in (\S+)$')


@dataclass(frozen=True)
class StoppedRun:
    """The program stopped without closing: when (within half a minute, local time), and the report if it says why."""

    at: datetime
    report: Path | None


class RunMarker(QObject):
    """Made once the window shows; `end` when it was closed. In between the system writes into it what kills us.

    Its time is renewed now and then, so that a loss of power has a time too. A lock beside it tells whether who made
    it still runs; nobody who is killed can hold it.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is that of the crash reports. Where the disk takes nothing, nothing is noted."""
        super().__init__()
        self.stopped: StoppedRun | None = None  # the last run, if it did not end by itself
        self._path = folder / _RUNNING.format(pid=os.getpid())
        self._lock = _lock_of(self._path)
        self._file: int | None = None
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self._renew)
        with contextlib.suppress(OSError, Timeout):
            make_private_folder(folder)
            self._lock.acquire()
            self.stopped = _stopped(folder, self._path)
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
            faulthandler.enable(self._file)
            self._timer.start()

    def end(self) -> None:
        """The window was closed: nothing is left."""
        if self._file is None:
            return
        self._timer.stop()
        faulthandler.disable()
        os.close(self._file)
        self._file = None
        with contextlib.suppress(OSError):
            _remove(self._path, self._lock)

    def _renew(self) -> None:
        with contextlib.suppress(OSError):
            os.utime(self._path)


def _lock_of(note: Path) -> FileLock:
    return FileLock(note.with_suffix(".lock"), timeout=0, mode=0o600)


def _remove(note: Path, lock: FileLock) -> None:
    note.unlink(missing_ok=True)
    lock.release()
    Path(lock.lock_file).unlink(missing_ok=True)


def _stopped(folder: Path, own: Path) -> StoppedRun | None:
    """Take in the notes of runs that are over; the latest of them."""
    latest: StoppedRun | None = None
    for note in sorted(folder.glob(_RUNNING.format(pid="*")), key=lambda path: path.stat().st_mtime):
        lock = _lock_of(note)
        if note != own:
            try:
                lock.acquire()
            except Timeout:
                continue  # another window, which still runs
        from datetime import UTC, datetime  # rarely wanted, and not before the first paint

        at = datetime.fromtimestamp(note.stat().st_mtime, tz=UTC).astimezone()
        latest = StoppedRun(at, _report(note.read_text("utf-8", "replace"), folder, at))
        if note != own:
            _remove(note, lock)
    return latest


def _report(trace: str, folder: Path, at: datetime) -> Path | None:
    """A report of what the system wrote, like those of errors: places in the code, no path that may hold a name."""
    lines = trace.splitlines()
    if not any(lines):
        return None
    head = [
        f"{at:%Y-%m-%d %H:%M:%S}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        "",
    ]
    frames = (_FRAME.match(line) for line in lines)
    places = [f"  {place_in_code(m[1])}:{m[2]} {m[3]}" for m in frames if m is not None]
    kinds = [line for line in lines if line.startswith(("Fatal Python error: ", "Windows fatal exception: "))]
    target = folder / f"crash-{at:%Y%m%d-%H%M%S}.txt"
    write_file(target, ("\n".join([*head, *kinds, *places]) + "\n").encode())
    keep_newest(folder)
    return target
