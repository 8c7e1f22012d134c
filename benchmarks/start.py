"""From starting the process to the first painted window, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Pair = tuple[Callable[[], object], Callable[[], object]]
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
window = Window()
window.show()
app.exec()
"""
OURS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from rop_facilitator.gui.app import main
from rop_facilitator.gui.main_window import MainWindow
MainWindow.paintEvent = lambda self, event: QTimer.singleShot(0, QApplication.quit)
main()
"""


def _run(code: str) -> Callable[[], object]:
    home = tempfile.mkdtemp()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ROP_FACILITATOR_HOME": home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return lambda: subprocess.run([sys.executable, "-c", code], env=environment, check=True)


@contextmanager
def _start() -> Iterator[Pair]:
    yield _run(OURS), _run(BARE)


BENCHMARKS = [("process start to first paint", "bare PySide6 window", _start, 7, 1.5)]
