"""The program with a window: started here, and whatever nobody caught is caught here."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from rop_facilitator import i18n
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.runtime.crash_report import CrashCatcher, crash_folder
from rop_facilitator.gui.runtime.gc_timer import GcTimer
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.gui.runtime.qt_translations import QtTexts
from rop_facilitator.gui.style import appearance
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.gui.window.window_position import WindowPosition
from rop_facilitator.i18n import _
from rop_facilitator.paths import RECORDS_ENDING, is_called_backup
from rop_facilitator.private_files import tidy_at_start
from rop_facilitator.settings import load_settings

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QApplication

    from rop_facilitator.gui.runtime.run_marker import RunMarker

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_AFTER_FIRST_PAINT = 100  # milliseconds


def _now() -> datetime:
    """The time it is; nobody asks before the window shows."""
    from datetime import datetime

    return datetime.now()


class Program:
    """The application with its one window, made and shown; `app.exec()` lets it live."""

    def __init__(self, app: QApplication, clock: Callable[[], datetime] = _now, file: Path | None = None) -> None:
        """`file` is what was double-clicked: records, or a backup of them."""
        self.app = app
        app.setApplicationName("ROP Facilitator")
        app.setDesktopFileName("rop-facilitator")
        self.texts = QtTexts()
        app.installTranslator(self.texts)
        tidy_at_start()
        settings = load_settings()
        appearance.use_settings(app, settings)
        self.context = AppContext(settings, Jobs(), clock=clock)
        self.window = MainWindow(self.context)
        self.catcher = CrashCatcher(clock)
        self.catcher.request_refused.connect(self.context.notify)
        self.catcher.crashed.connect(self.window.show_crash)
        self.gc_timer = GcTimer()
        self.position = WindowPosition(self.window, self.context)
        backup = file.absolute() if file is not None and is_called_backup(file) else None
        refusal = self._use_file(file) if file is not None and (backup is None or not backup.is_file()) else ""
        self.window.begin(backup if not refusal else None)
        self.window.show()
        if refusal:
            self.context.notify(refusal)

    def _use_file(self, file: Path) -> str:
        """Make the file the records that are unlocked next; returns why not, "" where they are."""
        file = file.absolute()
        if not file.is_file():
            return _("There is no file {path}. Look for it where it was saved, or give its whole path.").format(
                path=file
            )
        if file.suffix.lower() != RECORDS_ENDING:
            return _("{name} is not a file with records: their names end in .rop.").format(name=file.name)
        self.context.change_settings(last_database=str(file))
        return ""

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """The system ends the program: close as the leader would, with a backup. A timer lets Python hear of it."""
        self.window.close()


def main(file: Path | None = None) -> int:
    """Open the window, on a file if one is given, and stay until it is closed; 1 where there is no screen."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        i18n.set_language(load_settings().language or i18n.system_language())
        sys.stderr.write(
            _("There is no screen here, so no window can open. The commands work: --help lists them.") + "\n"
        )
        return 1
    app = appearance.application()
    program = Program(app, file=file)
    program.catcher.install()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, program.stop)
    markers: list[RunMarker] = []
    QTimer.singleShot(_AFTER_FIRST_PAINT, lambda: markers.append(_mark_run(program)))
    code = app.exec()
    for marker in markers:
        marker.end()
    return code


def _mark_run(program: Program) -> RunMarker:
    """Note that the program runs, and tell if the last run did not end by itself."""
    from rop_facilitator.gui.runtime.run_marker import RunMarker

    marker = RunMarker(crash_folder())
    if marker.stopped is not None:
        program.window.banners.show_stopped(marker.stopped)
    return marker
