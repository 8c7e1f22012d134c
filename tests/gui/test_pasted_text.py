"""Case people 7: what is pasted from a word processor is cleaned where it is typed, and every export works."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.cli import main
from rop_facilitator.documents.page.help_numbers import known_contacts
from rop_facilitator.documents.page.local_help_number import local_contact
from rop_facilitator.gui.pages.group_page.attendance.register_export_panel import RegisterExportPanel
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE
from rop_facilitator.gui.pages.new_group_page.page import NewGroupPage
from rop_facilitator.gui.pages.settings_page.help_numbers_part import NumbersPart
from rop_facilitator.gui.pages.settings_page.page import SettingsPage
from rop_facilitator.records.group.groups import find_group
from tests.gui.conftest import PASSPHRASE, Opened, click, settle
from tests.gui.steps import open_group

PASTED = "\u000b\uffff\u2028\u200b\u202e\u0007"


def paste(widget: QWidget, text: str) -> None:
    """As from another program; what the clipboard of the system would not carry is put in by hand."""
    QApplication.clipboard().setText(text)
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_group_of_pasted_text_exports(
    window_on: Opened, empty_records: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_on(empty_records)
    window.go("new_group")
    page = window.page
    assert isinstance(page, NewGroupPage)
    paste(page.form.name, f"Tirsdag{PASTED}en")
    page.form.courses.cards["kat-rop"].setChecked(True)
    paste(page.form.place, f"Rom 2{PASTED}Storgata 1")
    paste(page.form.people, "Kari\uffff\nBjørn\u200b\u202e\nشیوا")
    qtbot.waitUntil(page.make.isEnabled)
    click(page.make)
    settle(window)
    with window.context.read() as db:
        group = find_group(db, "Tirsdag en")
    assert {meeting.place for meeting in group.meetings} == {"Rom 2 Storgata 1"}
    assert [person.participant.name for person in group.memberships] == ["Kari", "Bjørn", "شیوا"]

    open_group(window, "Tirsdag en", ATTENDANCE)
    panel = window.page.findChild(RegisterExportPanel)
    assert panel is not None
    for name in ("list.xlsx", "list.csv"):
        panel.export(tmp_path / name)
        qtbot.waitUntil(lambda name=name: (tmp_path / name).is_file())  # type: ignore[misc]
        settle(window)
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    assert "Kari" in [row[0].value for row in book.worksheets[0].iter_rows()]
    assert list(csv.reader(io.StringIO((tmp_path / "list.csv").read_text("utf-8-sig")), delimiter=";"))
    day = group.meetings[0].on.isoformat()
    window.close()

    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    of_group = ("--database", str(empty_records), "--group", "tirsdag en")
    for command, target in (
        (("calendar",), "plan.ics"),
        (("paper", "term-plan"), "plan.docx"),
        (("paper", "sign-in", "--on", day), "sign.pdf"),
    ):
        assert main([*command, *of_group, "-o", str(tmp_path / target)]) == 0
    word = zipfile.ZipFile(tmp_path / "plan.docx").read("word/document.xml").decode()
    assert "Rom 2 Storgata 1" in word.replace("\u00a0", " ")
    assert "Kari" in PdfReader(tmp_path / "sign.pdf").pages[0].extract_text()
    assert "Rom 2 Storgata 1" in (tmp_path / "plan.ics").read_text("utf-8")


def test_a_name_of_which_nothing_can_be_seen_is_refused_with_a_sentence(
    window_on: Opened, empty_records: Path, qtbot: QtBot
) -> None:
    window = window_on(empty_records)
    window.go("new_group")
    page = window.page
    assert isinstance(page, NewGroupPage)
    paste(page.form.name, "\u200b")
    page.form.courses.cards["kat-rop"].setChecked(True)
    qtbot.waitUntil(lambda: page.reason.text() == "Gi gruppa et navn.")
    paste(page.form.name, "Tirsdag")
    paste(page.form.people, "Kari\n\u200b\u202e")
    qtbot.waitUntil(lambda: "kan ikke være tom" in page.form.fields["people"].fault())
    assert not page.make.isEnabled()


def test_a_help_number_is_cleaned(window_on: Opened, empty_records: Path) -> None:
    window = window_on(empty_records)
    window.go("settings")
    assert isinstance(window.page, SettingsPage)
    window.page.show_part("numbers")
    part = window.page.findChild(NumbersPart)
    assert part is not None
    paste(part.number, f"22{PASTED}33 44 55")
    QTest.keyClick(part.number, Qt.Key.Key_Return)
    local = local_contact(known_contacts()[0])
    assert local is not None
    assert local.number == "22 33 44 55"
