"""The desk of a leader for a journey: the command line and the window on a day, and every figure that comes out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from rop_facilitator.cli import main
from rop_facilitator.gui.pages.new_group_page.page import NewGroupPage
from rop_facilitator.gui.window.main_window import MainWindow
from tests.gui.conftest import Clock, retype
from tests.gui.steps import paste, press

Opened = Callable[..., MainWindow]


class Desk:
    """The desk of one leader: the command line on a day, the window on a day, and what comes out."""

    def __init__(
        self, records: Path, capsys: pytest.CaptureFixture[str], window_on: Opened, clock: Clock, group: str
    ) -> None:
        self.records, self.capsys, self.window_on, self.clock = records, capsys, window_on, clock
        self.group = group
        self.day = "2026-08-25"

    def run(self, command: str, *options: str, group: str = "", code: int = 0) -> str:
        """One command; what it printed, or the reason where it is refused."""
        self.capsys.readouterr()
        where = ["--database", str(self.records), "--group", group or self.group]
        today = [] if command in ("log", "calendar") else ["--today", self.day]
        assert main([command, *where, *options, *today]) == code, self.capsys.readouterr().err
        printed = self.capsys.readouterr()
        return printed.err if code else printed.out

    def mark(self, day: str, *marks: str, rest: str = "present", group: str = "") -> None:
        """A meeting as it was: Per:I and so on, everybody else alike."""
        self.day = day
        people = [part for mark in marks for part in ("--person", *mark.split(":"))]
        self.run("mark", "--on", day, *people, *(["--rest", rest] if rest else []), group=group)

    def progress(self, group: str = "") -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self.run("progress", "--json", group=group))
        return shown

    def figures(self, group: str = "") -> dict[str, tuple[int, int]]:
        """Present and counted of each person."""
        return {row["name"]: (row["present"], row["counted"]) for row in self.progress(group)["people"]}

    def periods(self) -> dict[str, list[list[str | None]]]:
        return {row["name"]: row["periods"] for row in self.progress()["people"]}

    def to_call(self) -> dict[str, list[str]]:
        return {row["name"]: [day[5:] for day in row["days"]] for row in self.progress()["to_call"]}

    def states(self, name: str, group: str = "") -> list[str]:
        return next(list(row["states"].values()) for row in self.progress(group)["people"] if row["name"] == name)

    def plan(self) -> list[str]:
        """Day and clock of every meeting that is held or planned."""
        preview = json.loads(self.run("group", "--name", "Another", "--preview", "--json"))
        return [f"{row['date'][5:]} {row['start'][:2]}" for row in preview["before"]]

    def log(self) -> list[tuple[str, int]]:
        return [(row["action"], row["people"]) for row in json.loads(self.run("log", "--json"))]

    def calendar(self, folder: Path) -> list[str]:
        """Title and first moment of every event."""
        self.run("calendar", "-o", str(folder / f"{self.day}.ics"))
        events = Calendar.from_ical((folder / f"{self.day}.ics").read_bytes()).walk("VEVENT")
        return [f"{event['SUMMARY']} {event['DTSTART'].dt:%m-%d %H}" for event in events]

    def window(self, moment: datetime) -> MainWindow:
        self.clock.moment = moment
        self.day = moment.date().isoformat()
        return self.window_on(self.records)

    def register(self, folder: Path) -> tuple[dict[str, list[Any]], list[list[str]]]:
        """The spreadsheet's rows by name, empty cells as "", and the rows of the CSV file."""
        self.run("export", "-o", str(folder / f"{self.day}.xlsx"))
        self.run("export", "-o", str(folder / f"{self.day}.csv"))
        sheet = load_workbook(folder / f"{self.day}.xlsx").worksheets[0]
        rows = {str(row[0]): ["" if cell is None else cell for cell in row[1:]] for row in sheet.values}
        text = (folder / f"{self.day}.csv").read_text("utf-8-sig")
        return rows, list(csv.reader(text.splitlines(), delimiter=";"))[1:]


def new_group(window: MainWindow, qtbot: QtBot, name: str, *people: str) -> NewGroupPage:
    """The form as far as the closed days: KAT-ROP, eleven sessions, and the medicines after it, four."""
    window.go("new_group")
    page = window.page
    assert isinstance(page, NewGroupPage)
    retype(page.form.name, name)
    press(page.form.courses.more)
    press(page.form.courses.cards["kat-rop"])
    press(page.form.courses.cards["legemidler"])
    retype(page.form.place, "Rom 2")
    paste(page.form.people, "\n".join(people))
    qtbot.waitUntil(page.make.isEnabled)
    return page
