"""Case people 7: text pasted from a word processor, in new records and in old ones, and every export of both."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import icalendar
import openpyxl
import pytest
from pypdf import PdfReader

from rop_facilitator.cli import main
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.documents.page.local_help_number import with_local
from rop_facilitator.errors import UserError
from rop_facilitator.paths import shipped
from rop_facilitator.planning.calendar import Closure, MeetingPattern, parse_closure
from rop_facilitator.records.calendar.closures import add_closure
from rop_facilitator.records.group.groups import add_participant, create_group, find_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import agree_practice, mark_attendance
from rop_facilitator.records.plan.group_plan import cancel_meeting, change_meeting, skip_session
from rop_facilitator.records.progress.call_list import follow_up, set_contact
from rop_facilitator.records.sample_groups import add_sample_groups
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost
from tests.records.factories import TUESDAYS, make_curriculum, make_group

PASSPHRASE = "hestehov i april"
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8)
CHEAP = KeyCost(memory_kib=64, passes=1, lanes=1)
DIRT = "\u000b\u000c\u2028\uffff\u200b\u202e\x07"


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sample records as an older version wrote them: every text has something in it that no paper can print."""
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "old.rop"
    database, _code = create_database(path, "Marit", PASSPHRASE, clock=lambda: NOW, cost=CHEAP)
    with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
        add_sample_groups(db, load_library((shipped("curricula"),)), today=TODAY)
    with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
        dirty = {
            '"group"': ("name", "place"),
            "participant": ("name", "alias"),
            "membership": ("contact",),
            "meeting": ("place", "leader", "reason"),
            "meeting_session": ("title",),
            "group_session": ("title", "reason"),
            "attendance": ("agreed_practice",),
            "make_up": ("leader",),
        }
        for table, columns in dirty.items():
            for column in columns:
                db.connection().exec_driver_sql(f"UPDATE {table} SET {column} = {column} || ?", (DIRT,))
    database.close()
    return path


def texts_of(path: Path) -> str:
    """All that stands in a file, by its kind."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    if path.suffix == ".docx":
        return zipfile.ZipFile(path).read("word/document.xml").decode()
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".ics":
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        return "\n".join(str(event[name]) for event in calendar.walk("VEVENT") for name in ("SUMMARY", "LOCATION"))
    return "\n".join("|".join(row) for row in csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("command", "name", "holds"),
    [
        (("export", "--names", "display"), "list.xlsx", "Amund"),
        (("export", "--names", "alias"), "list.csv", "Møterom 2, Fjellgata 4"),
        (("calendar", "--titles"), "plan.ics", "Møterom 2, Fjellgata 4"),
        (("packet", "--on", "2026-11-24"), "packet.pdf", "Amund"),
        (("paper", "sign-in", "--on", "2026-11-24"), "sign.docx", "Amund"),
        (("paper", "register"), "register.docx", "Amund"),
        (("paper", "term-plan"), "plan.pdf", "Møterom 2"),
        (("paper", "substitute", "--on", "2026-11-24"), "substitute.docx", "Amund"),
    ],
)
def test_old_records_with_pasted_text_export(
    records: Path, tmp_path: Path, command: tuple[str, ...], name: str, holds: str
) -> None:
    target = tmp_path / name
    group = ("--database", str(records), "--group", "Tirsdagsgruppa")
    assert main([*command, *group, "-o", str(target)]) == 0
    text = texts_of(target)
    assert holds in text
    ours = {"\u200b"} if name.endswith(".docx") else set()  # ends the lines to write on
    assert not (set(DIRT) - ours) & set(text)


def test_every_text_that_enters_is_cleaned(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        pattern = MeetingPattern((1,), TUESDAYS.start, 90, f"Rom{DIRT}2")
        first = date(2026, 11, 3)
        group = create_group(db, f"Tirs{DIRT}dag", [make_curriculum()], pattern, first_date=first)
        person = add_participant(db, group, f"Kari{DIRT}B.", joined=first, alias=f"{DIRT}Rev")
        blank = add_participant(db, group, "Ola", joined=first, alias="\u200b")
        set_contact(db, person, f"SMS{DIRT}")
        agreed = follow_up(db, person, on=TODAY, agreed=f"Ring{DIRT}igjen", leader="Marit")
        row = mark_attendance(db, group.meetings[0].id, person.id, Mark.PRESENT, today=TODAY)
        agree_practice(db, row, f"Gå{DIRT}tur")
        last = group.meetings[-1]
        change_meeting(group, last, on=last.on, start=last.start, minutes=90, place=f"Sal{DIRT}", today=TODAY)
        add_closure(group, Closure(date(2027, 2, 22), date(2027, 2, 28), f"Vinter{DIRT}ferie"), today=TODAY)
        cancelled = group.meetings[-2]
        cancel_meeting(group, cancelled, reason=f"Syk{DIRT}")
        skip_session(group, group.sessions[-1], reason=f"For{DIRT}langt", today=TODAY)
        texts = [group.name, group.place, person.participant.name, person.participant.alias, person.contact]
        texts += [agreed.agreed, row.agreed_practice, *group.closures, cancelled.reason, group.sessions[-1].reason]
        texts += [meeting.place for meeting in group.meetings]
        assert blank.participant.alias == ""
    assert not any(set(DIRT) & set(text) for text in texts)
    assert texts[:5] == ["Tirs dag", "Rom 2", "Kari B.", "Rev", "SMS"]
    assert parse_closure(f"2027-W08 Vinter{DIRT}").name == "Vinter"
    with database.read() as db:
        assert find_group(db, f"\u200btirs{DIRT}dag").name == "Tirs dag"


def test_the_same_for_leaders_and_help_numbers(database: Database) -> None:
    database.add_leader(f"Jonas{DIRT}", "lang nok setning")
    assert "Jonas" in [leader.name for leader in database.leaders()]
    with pytest.raises(UserError, match="name of their own"):
        database.add_leader("\u200b", "lang nok setning")
    texts = {"number": f"22{DIRT}33", "name": f"{DIRT}Marit", "when": "\u202e9-15"}
    contact = with_local((), **texts, language="nb")[0]
    assert (contact.number, contact.name["nb"], contact.when["nb"]) == ("22 33", "Marit", "9-15")


@pytest.mark.parametrize("name", ["\u200b", "\uffff", "\u202e\u202c", "\u3164", "\u0301", "\ud800"])
def test_a_name_of_which_nothing_can_be_seen_is_refused(database: Database, leader_id: int, name: str) -> None:
    with pytest.raises(UserError, match="cannot be empty"), database.write(Action.PERSON_ADDED, by=leader_id) as db:
        add_participant(db, make_group(db), name, joined=TODAY)
