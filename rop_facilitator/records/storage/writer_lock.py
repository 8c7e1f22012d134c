"""One writer at a time: a lock that a crash frees, and a note beside it that says who holds it."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, pgettext
from rop_facilitator.json_text import parse_json
from rop_facilitator.private_files import write_file


class InUseError(UserError):
    """Somebody else writes in this database; the message names the holder."""


@dataclass(frozen=True)
class Holder:
    """Who has the database open for writing, on which computer, since when (local time)."""

    leader: str
    computer: str
    since: datetime


class WriterLock:
    """The right to write in one database; `release` gives it back, and so does the end of the process."""

    def __init__(self, path: Path, leader: str, *, at: datetime) -> None:
        """Take the lock. Raises InUseError that names the holder."""
        self._note = holder_path(path)
        # The system's lock, not the note, decides: it ends with the process, so a crash locks nobody out.
        self._lock = FileLock(path.with_name(path.name + ".lock"), timeout=0, thread_local=False, mode=0o600)
        try:
            self._lock.acquire()
        except Timeout:
            raise InUseError(_taken(holder_of(path))) from None
        note = {"leader": leader, "computer": platform.node(), "since": at.isoformat(timespec="minutes")}
        try:
            write_file(self._note, json.dumps(note, ensure_ascii=False).encode())
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._lock.is_locked:
            # The note first: the next holder writes its own, which must not be the one that goes.
            self._note.unlink(missing_ok=True)
            self._lock.release()


def holder_path(path: Path) -> Path:
    """The note beside a database that is open, which tells the next one who has it open since when."""
    return path.with_name(path.name + ".open")


def holder_of(path: Path) -> Holder | None:
    """Who the note says has the database open; None without a readable note. After a crash the note may be old."""
    try:
        note = parse_json(holder_path(path).read_bytes()[:10_000])
        return Holder(str(note["leader"]), str(note["computer"]), datetime.fromisoformat(note["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _taken(holder: Holder | None) -> str:
    if holder is None:
        return _("The records are open in another window. Close it there, or open them here to read only.")
    return _(
        "{leader} has had the records open on {computer} since {time}. "
        "Close them there, or open them here to read only."
    ).format(
        leader=holder.leader or _("Somebody"),
        computer=holder.computer,
        time=holder.since.strftime(pgettext("day and clock", "%d.%m %H:%M")),
    )
