"""Groups and people stand in the Norwegian alphabet on the command line, on every paper and in every export."""

import csv
import json
import random
import re
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from rop_facilitator import paths
from rop_facilitator.cli import main
from rop_facilitator.curriculum.load import load_curriculum
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import add_participant, create_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.meeting.meetings import start_meeting
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost

NAMES = ["andre", "Beta", "Zebra", "Ærfugl", "Ørland", "Åfjord", "Aasen"]
PASSPHRASE = "hestehov i april"
DAYS = [date(2026, 11, 3), date(2026, 11, 10)]
TODAY = "2026-11-12"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven groups and, in the first, seven people called the same; all came, or were away, in another order."""
    path = tmp_path_factory.mktemp("order") / "gruppe.rop"
    curriculum, _problems = load_curriculum(paths.shipped("curricula") / "kat-rop")
    assert curriculum
    cost = KeyCost(memory_kib=64, passes=1, lanes=1)
    database, _code = create_database(path, "Marit", PASSPHRASE, clock=lambda: datetime(2026, 11, 12), cost=cost)
    pattern = MeetingPattern((1,), time(13), 90, "Rom 2")
    with database.write(Action.GROUP_CREATED, by=1) as db:
        for name in random.Random(3).sample(NAMES, 7):
            group = create_group(db, name, [curriculum], pattern, first_date=DAYS[0])
            if name == "andre":
                for person in random.Random(5).sample(NAMES, 7):
                    add_participant(db, group, person, joined=DAYS[0], alias=f"x{person}")
                for meeting in group.meetings[:2]:
                    start_meeting(db, group, meeting, today=meeting.on)
                    for member in group.memberships:
                        present = meeting.on == DAYS[0] and len(member.participant.name) > 4
                        mark = Mark.PRESENT if present else Mark.ABSENT
                        mark_attendance(db, meeting.id, member.id, mark, today=meeting.on)
    database.close()
    return path


@pytest.fixture
def records(once: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    return once


def of_group(command: str, records: Path, *options: str) -> list[str]:
    return [command, "--database", str(records), "--group", "andre", *options]


def in_text(text: str) -> list[str]:
    """Those of the seven names that stand in a text, in the order in which each is met first."""
    starts = {name: word.start() for name in NAMES if (word := re.search(rf"\b{name}\b", text))}
    return sorted(starts, key=lambda name: starts[name])


@pytest.mark.parametrize("language", ["nb", "en"])
def test_groups(records: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    capsys.readouterr()
    assert main(["--language", language, "groups", "--database", str(records), "--today", TODAY, "--json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == NAMES
    assert main(["--language", language, "progress", "--database", str(records), "--group", "nobody"]) == 1
    assert ", ".join(NAMES) in capsys.readouterr().err


def test_people_on_the_command_line(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(of_group("progress", records, "--today", TODAY, "--json")) == 0
    progress = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in progress["people"]] == NAMES
    short = [name for name in NAMES if len(name) == 4]
    assert [row["name"] for row in progress["to_call"]] == short
    assert main(of_group("progress", records, "--today", TODAY, "--json", "--names", "alias")) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)["people"]] == [f"x{name}" for name in NAMES]
    assert main(of_group("progress", records, "--today", TODAY, "--json", "--names", "number")) == 0
    numbers = [f"Participant {n}" for n in range(1, 8)]
    assert [row["name"] for row in json.loads(capsys.readouterr().out)["people"]] == numbers
    assert main(of_group("mark", records, "--on", "2026-11-10", "--person", "nobody", "M")) == 1
    assert ", ".join(NAMES) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("sign-in", ["--on", "2026-11-17"]),
        ("register", []),
        ("certificate", ["--anyway"]),
    ],
)
def test_people_on_paper(records: Path, tmp_path: Path, kind: str, options: list[str]) -> None:
    wanted = ["paper", kind, *of_group("", records, *options, "--today", TODAY, "-o", str(tmp_path / "ut.pdf"))[1:]]
    assert main(wanted) == 0
    printed = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "ut.pdf").pages)
    came = [name for name in NAMES if len(name) > 4] if kind == "certificate" else NAMES
    assert in_text(printed) == came


def test_people_in_a_packet(records: Path, tmp_path: Path) -> None:
    assert main(of_group("packet", records, "--on", "2026-11-17", "-o", str(tmp_path / "ut.pdf"))) == 0
    marks = [mark.title for mark in PdfReader(tmp_path / "ut.pdf").outline if not isinstance(mark, list)]
    assert [title for title in marks if title in NAMES] == NAMES


def test_people_in_a_spreadsheet_and_a_list(records: Path, tmp_path: Path) -> None:
    for ending in ("xlsx", "csv"):
        assert main(of_group("export", records, "--today", TODAY, "-o", str(tmp_path / f"ut.{ending}"))) == 0
    book = openpyxl.load_workbook(tmp_path / "ut.xlsx")
    assert [row[0].value for row in book["Attendance"].iter_rows(min_row=3, max_row=9)] == NAMES
    people = [[cell.value for cell in row] for row in book["Participants"].iter_rows()]
    assert [next(value for value in row if value in NAMES) for row in people[1:8]] == NAMES
    text = (tmp_path / "ut.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert list(dict.fromkeys(row["Participant"] for row in rows)) == NAMES
