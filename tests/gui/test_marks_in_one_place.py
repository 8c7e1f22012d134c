"""Another letter in `records.marks`, and every key, sentence and paper has it: a process of its own starts with it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from rop_facilitator.records.marks import LETTERS, Mark

ROOT = Path(__file__).parents[2]
CHILD = """
from types import SimpleNamespace
from rop_facilitator.i18n import set_language
from rop_facilitator.records import marks
marks.LETTERS[marks.Mark.LATE] = {late!r}
marks.LETTERS[marks.Mark.LATE_NOTICE] = {late_notice!r}
set_language("nb")
from datetime import date
from rop_facilitator.errors import UserError
from rop_facilitator.gui.pages.group_page.attendance.attendance_tab import AttendanceTab, _LETTERS
from rop_facilitator.gui.pages.meeting_page.attendance_pane import AttendancePane
from rop_facilitator.gui.pages.meeting_page.marking import meeting_keys
from rop_facilitator.gui.style import appearance
from rop_facilitator.gui.widgets.marks.mark_styles import ATTENDANCE, MARK_KEYS
from rop_facilitator.records.meeting.attendance import _check_day
from rop_facilitator.settings import Settings
from PySide6.QtWidgets import QLabel
app = appearance.application()
appearance.use_settings(app, Settings(language="nb", theme="light"))
pane = AttendancePane()
for ahead in (False, True):
    pane.show_people([], SimpleNamespace(), ahead=ahead)
    print(*(word.text() for word in pane.findChildren(QLabel)), sep=" | ")
print(*meeting_keys(read_only=False))
print(*AttendanceTab.keys(SimpleNamespace(read_only=False)))
print(_LETTERS, "".join(MARK_KEYS), *(ATTENDANCE[mark].letter for mark in marks.Mark))
try:
    _check_day(date(2026, 12, 2), marks.Mark.PRESENT, today=date(2026, 12, 1))
except UserError as error:
    print(error)
"""


def said(late: str, late_notice: str) -> str:
    """What the places that speak of keys and letters say where two marks have these."""
    return subprocess.run(
        [sys.executable, "-c", CHILD.format(late=late, late_notice=late_notice)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    ).stdout


def test_another_letter_for_late_is_a_change_in_one_place() -> None:
    now = said(LETTERS[Mark.LATE], LETTERS[Mark.LATE_NOTICE])
    for words in ("M S T D A K I F", "minutter etter S eller T", "avbud (A, K) og fritatt (F)", "MSTDAKIF"):
        assert words in now
    other = said("Z", "Q")
    for words in ("M Z T D A Q I F", "minutter etter Z eller T", "avbud (A, Q) og fritatt (F)", "MZTDAQIF"):
        assert words in other
    assert other == re.sub(r"\bK\b", "Q", re.sub(r"\bS\b", "Z", now)).replace("MSTDAKIF", "MZTDAQIF")
