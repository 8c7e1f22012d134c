"""From starting the process to the first painted door, against a bare PySide6 window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Pair = tuple[Callable[[], object], Callable[[], object]]
# Both end at their first paint: how Python and Qt take a process down is no part of its start.
BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: os._exit(0))
app = QApplication(sys.argv)
window = Window()
window.show()
app.exec()
"""
OURS = """
import gc
gc.disable()  # as rop_facilitator.__main__ does
import os
from PySide6.QtCore import QTimer
from rop_facilitator.gui.app import main
from rop_facilitator.gui.window.main_window import MainWindow
MainWindow.paintEvent = lambda self, event: QTimer.singleShot(0, lambda: os._exit(0))
main()
"""


@contextmanager
def _start(*, locked: bool) -> Iterator[Pair]:
    """`locked` opens the door to records, as on every day; else the page of the first start."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ROP_FACILITATOR_HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if locked:
            records = Path(home) / "groups.rop"
            records.touch()
            (Path(home) / "settings.json").write_text(json.dumps({"last_database": str(records)}), encoding="utf-8")

        def run(code: str) -> None:
            subprocess.run([sys.executable, "-c", code], env=environment, check=True, stderr=subprocess.DEVNULL)

        yield lambda: run(OURS), lambda: run(BARE)


BENCHMARKS = [
    ("process start to first paint, locked records", "bare PySide6 window", lambda: _start(locked=True), 11, 1.5),
    ("process start to first paint, first run", "bare PySide6 window", lambda: _start(locked=False), 11, 1.5),
]
