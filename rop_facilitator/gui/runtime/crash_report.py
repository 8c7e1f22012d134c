"""A bug is caught once, here: a calm sentence on screen, and a report that holds no name and no value."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from rop_facilitator import paths
from rop_facilitator.errors import UserError
from rop_facilitator.private_files import make_private_folder, mend_rights, write_file

if TYPE_CHECKING:
    from datetime import datetime

_KEPT = 10
_PACKAGE = Path(__file__).resolve().parents[2]
_Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def crash_folder() -> Path:
    """The folder of the crash reports, in the program's own data."""
    return paths.data_folder() / "crashes"


class CrashCatcher(QObject):
    """Stands in `sys.excepthook` and `threading.excepthook`; whatever thread it was, the UI thread hears of it."""

    request_refused = Signal(str)  # a UserError that no page caught: its own words
    crashed = Signal()

    _caught = Signal(object)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        # Later: it may have happened while something was painted or laid out, and telling makes widgets.
        self._caught.connect(self._report_error, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch from now on; and no picture of the memory is left on the disk, for it holds names and the key."""
        if sys.platform != "win32":
            import resource

            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        sys.excepthook = self.caught
        threading.excepthook = self._caught_in_thread

    def caught(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """Tell the leader; keep a report when it is a bug."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, _trace)
            return
        if not isinstance(error, UserError):
            write_report(error, at=self._clock())
        self._caught.emit(error)

    def _caught_in_thread(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            self.caught(what.exc_type, what.exc_value, what.exc_traceback)

    def _report_error(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.request_refused.emit(str(error))
        else:
            self.crashed.emit()


def report(error: BaseException, *, at: datetime) -> str:
    """What happened where: versions, kinds of errors, places in the code. No messages, no values: they hold names."""
    import platform
    import traceback

    lines = [
        f"{at:%Y-%m-%d %H:%M:%S}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
    ]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append("")
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f"  {place_in_code(frame.filename)}:{frame.lineno} {frame.name}")
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def write_report(error: BaseException, *, at: datetime) -> Path | None:
    """Keep a report, and the nine before it; None where the disk cannot take it."""
    folder = crash_folder()
    target = folder / f"crash-{at:%Y%m%d-%H%M%S}.txt"
    try:
        make_private_folder(folder)
        mend_rights(folder, *folder.glob("crash-*.txt"))
        write_file(target, report(error, at=at).encode())
        keep_newest(folder)
    except OSError:
        return None
    return target


def keep_newest(folder: Path) -> None:
    """Delete the oldest reports: a fault that comes at each paint must not fill the disk."""
    for old in sorted(folder.glob("crash-*.txt"))[:-_KEPT]:
        old.unlink(missing_ok=True)


def place_in_code(filename: str) -> str:
    """The path within the program, or only the name of a library's file: the path to it may hold a person's name."""
    path = Path(filename)
    return str(path.relative_to(_PACKAGE)) if path.is_relative_to(_PACKAGE) else f"{path.parent.name}/{path.name}"
