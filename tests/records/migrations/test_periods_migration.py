"""A file that the program of schema 2 wrote: it is backed up, opens, and every figure is what that program said.

`files/schema-2.rop` holds two made-up groups with marks, a session made up, a follow-up, somebody who came late, one
who completed and one who was taken out after a meeting at which he was marked. `schema-2.json` is what the same
program printed of it. Passphrase: hestehov i april.
"""

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from rop_facilitator.cli import main
from rop_facilitator.documents.papers.group_facts import attendance_share
from rop_facilitator.records.backup.backup_list import backup_folder, read_backup
from rop_facilitator.records.group.groups import find_group, load_group
from rop_facilitator.records.group.groups_overview import unmarked_meetings
from rop_facilitator.records.migrations import upgrade
from rop_facilitator.records.models import AuditChange, AuditEvent, Group, MembershipStatus
from rop_facilitator.records.progress.waiting_in_groups import waiting
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import connect
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import read_vault
from tests.records.steps import FILES

PASSPHRASE = "hestehov i april"
TODAY = date(2026, 10, 14)
FIGURES: dict[str, Any] = json.loads((FILES / "schema-2.json").read_text(encoding="utf-8"))
GROUPS = ("Tirsdagsgruppa", "Torsdagsgruppa")


@pytest.fixture
def old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    for name in ("schema-2.rop", "schema-2.rop.keys"):
        shutil.copyfile(FILES / name, tmp_path / name)
    return tmp_path / "schema-2.rop"


def opened(path: Path) -> Database:
    return unlock_database(path, None, PASSPHRASE, clock=lambda: datetime(2026, 10, 14, 12, 0))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert main(["--language", "en", *arguments, "--today", str(TODAY), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_it_is_backed_up_before_it_is_brought_up_to_date(old_file: Path) -> None:
    before = old_file.read_bytes()
    opened(old_file).close()
    (saved,) = backup_folder(old_file).iterdir()
    assert read_backup(saved).schema == 2
    assert old_file.read_bytes() != before


def test_a_command_that_only_reads_brings_it_up_to_date_too(old_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "groups", "--database", str(old_file)) == FIGURES["groups"]
    assert len(list(backup_folder(old_file).iterdir())) == 1


@pytest.mark.parametrize("name", GROUPS)
def test_the_map_says_what_it_said(old_file: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    printed_map = printed(capsys, "progress", "--database", str(old_file), "--group", name)
    said = FIGURES[name]["progress"]
    assert (printed_map["sessions"], printed_map["to_call"]) == (said["sessions"], said["to_call"])
    for person, before in zip(printed_map["people"], said["people"], strict=True):
        # He was taken out after the meeting at which he was marked: that day is his last one now.
        days = {"left": "2026-09-29"} if person["name"] == "Farid" else {}
        assert before | days == {key: person[key] for key in before}
        assert [person["present"], person["counted"]] == FIGURES["attended"][person["name"]]


@pytest.mark.parametrize("name", GROUPS)
def test_the_register_is_the_same(old_file: Path, name: str, tmp_path: Path) -> None:
    target = tmp_path / "register.csv"
    arguments = ["--database", str(old_file), "--group", name, "--today", str(TODAY), "-o", str(target)]
    assert main(["--language", "en", "export", *arguments]) == 0
    lines = [line.split(";") for line in target.read_text(encoding="utf-8-sig").splitlines()]
    said = [line.split(";") for line in FIGURES[name]["register"]]
    meaning = said[0].index("Meaning")  # the words of a mark may change; its letter does not
    assert [row[:meaning] + row[meaning + 1 :] for row in lines] == [row[:meaning] + row[meaning + 1 :] for row in said]


def test_counts_and_those_who_wait_are_the_same(old_file: Path) -> None:
    database = opened(old_file)
    with database.read() as db:
        groups = [load_group(db, number) for number in db.scalars(select(Group.id).order_by(Group.id))]
        unmarked = [[str(meeting.on), count] for meeting, count in unmarked_meetings(db, date(2026, 9, 1), TODAY)]
        ids = [group.id for group in groups]
        lists = [
            [
                each.group.name,
                [[call.membership.number, [str(day) for day in call.days]] for call in each.to_call],
                [[person.number, [session.title for session in missed]] for person, missed in each.to_make_up],
            ]
            for each in waiting(db, ids, today=TODAY, since=date(2026, 9, 1))
        ]
    shares = {m.participant.name: attendance_share(group, m) for group in groups for m in group.memberships}
    assert {name: [share.present, share.counted] for name, share in shares.items()} == FIGURES["attended"]
    assert unmarked == FIGURES["unmarked"]
    assert lists == FIGURES["waiting"]
    database.close()


def test_days_status_and_log_are_carried_over(old_file: Path) -> None:
    database = opened(old_file)
    with database.read() as db:
        group = find_group(db, "Tirsdagsgruppa")
        events = db.scalar(select(func.count()).select_from(AuditEvent))
        changes = db.scalar(select(func.count()).select_from(AuditChange).where(AuditChange.row_table == "membership"))
    people = {member.participant.name: member for member in group.memberships}
    days = {name: [(p.first_day, p.last_day) for p in member.periods] for name, member in people.items()}
    first = date(2026, 9, 1)
    assert days == {
        "Amund": [(first, None)],
        "Berit": [(first, date(2026, 10, 14))],
        "Daniel": [(first, None)],
        "Eva": [(date(2026, 9, 15), None)],
        "Farid": [(first, date(2026, 9, 29))],
    }
    assert people["Berit"].status is MembershipStatus.COMPLETED
    assert people["Farid"].status is MembershipStatus.LEFT
    assert events is not None
    assert events > 40
    assert changes == 7 + 2 * 2 + 1  # seven came, two left (a day and a status each), one contact
    database.close()


def test_a_mark_outside_the_days_goes_on_counting(old_file: Path) -> None:
    """The old program could mark somebody weeks after the last day: that becomes a period of that one day."""
    _name, key = read_vault(old_file).open(None, PASSPHRASE)
    handle = connect(old_file, key, writing=True)
    handle.execute("UPDATE membership SET \"left\" = '2026-09-10' WHERE number = 1 AND group_id = 1")
    handle.close()
    upgrade(old_file, key)
    handle = connect(old_file, key, writing=False)
    query = "SELECT first_day, last_day FROM period WHERE membership_id = 1 ORDER BY first_day"
    days = handle.execute(query).fetchall()
    handle.close()
    marked = ["2026-09-15", "2026-09-22", "2026-09-29", "2026-10-13", "2026-10-27"]
    assert days == [("2026-09-01", "2026-09-10"), *((day, day) for day in marked)]
