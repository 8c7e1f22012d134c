"""Whatever the window draws in a job, it has loaded Qt's modules before."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.gui.runtime.qt_modules import OnTheWindowsThread

ROOT = Path(__file__).parents[3]
REFUSED = "PySide6.QtPdf is loaded in a job; load it before the job is begun"
SHEETS = """
from functools import partial
import sys
from tests.gui.runtime import qt_modules
qt_modules.watch()
from PySide6.QtWidgets import QApplication
app = QApplication([])
from rop_facilitator import paths
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.gui.pages.library_page import sheet_pictures as sheets
from rop_facilitator.gui.printing.paper_printer import load_pdf_reader
curriculum = load_library(paths.curricula_folders()).curricula["kat-rop"]
handout = next(one.handouts[0] for one in curriculum.sessions if one.handouts)
if "load" in sys.argv:
    load_pdf_reader()
jobs = Jobs()
sys.excepthook = lambda kind, error, trace: print(error)
work = partial(sheets.draw_sheets, curriculum, (handout,), 100)
jobs.run(app, work, done=lambda drawn: print(len(drawn), "drawn"), failed=lambda error: None)
jobs.wait()
jobs.close()
"""


def test_a_module_asked_for_in_a_job_is_refused() -> None:
    heard: list[str] = []

    def ask() -> None:
        try:
            OnTheWindowsThread().find_spec("PySide6.QtPdf", None)
        except AssertionError as refusal:
            heard.append(str(refusal))

    OnTheWindowsThread().find_spec("PySide6.QtPdf", None)
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert heard == [REFUSED]


@pytest.mark.parametrize(
    ("argument", "told"),
    [("load", "1 drawn"), ("bare", "PySide6.QtPdf is loaded in a job; load it before the job is begun")],
)
def test_sheets_are_drawn_with_what_was_loaded_before(argument: str, told: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SHEETS, argument], cwd=ROOT, capture_output=True, text=True, check=True, timeout=100
    )
    assert ran.stdout.splitlines() == [told], ran.stderr
