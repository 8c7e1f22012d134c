"""The program with a window: started here, and whatever nobody caught is caught here."""

from __future__ import annotations

import sys
from datetime import datetime

from PySide6.QtWidgets import QApplication

from rop_facilitator.gui import look
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.jobs import Jobs
from rop_facilitator.gui.main_window import MainWindow
from rop_facilitator.settings import load_settings


def main() -> int:
    """Open the window and stay until it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("ROP Facilitator")
    app.setDesktopFileName("rop-facilitator")
    settings = load_settings()
    look.use_settings(app, settings)
    window = MainWindow(AppContext(settings, Jobs(), clock=datetime.now))
    window.begin()
    window.show()
    return app.exec()
