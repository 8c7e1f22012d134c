"""What a walk stands on: made-up records in a home of its own, and places to write to."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date, datetime
from pathlib import Path

from rop_facilitator import paths
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.sample_groups import add_sample_groups
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost, keys_path

LEADER = "Marit"
PASSPHRASE = "fire ord på rad"
NOW = datetime(2026, 11, 24, 8, 35)
RECORDS = "walk.rop"
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//soak//nb\r
BEGIN:VEVENT\r
UID:1@soak\r
DTSTART;VALUE=DATE:20270222\r
DTEND;VALUE=DATE:20270301\r
SUMMARY:Vinterferie\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@soak\r
DTSTART:20261202T090000\r
DTEND:20261202T100000\r
SUMMARY:Rådsmøte\r
RRULE:FREQ=WEEKLY;COUNT=4\r
END:VEVENT\r
END:VCALENDAR\r
"""


def make_records(folder: Path) -> Path:
    """Records with the sample groups, with a key that is quick to make; copied for each walk."""
    path = folder / RECORDS
    database, _code = create_database(
        path, LEADER, PASSPHRASE, clock=lambda: NOW, cost=KeyCost(memory_kib=64, passes=1, lanes=1)
    )
    library = load_library((paths.shipped("curricula"),))
    with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
        add_sample_groups(db, library, today=date(2026, 11, 24))
    database.close()
    return path


def furnish(home: Path, template: Path, *, language: str, first_run: bool = False) -> Path:
    """Lay a home out: settings that name the records, files that can be opened, a folder to write to. The records.

    In a `first_run` the program knows of no records yet.
    """
    home.mkdir(parents=True, exist_ok=True)
    (home / "template").mkdir(exist_ok=True)
    _copy(template, home / "template" / RECORDS)
    records = renew_records(home)
    settings = {"last_database": "" if first_run else str(records), "language": language, "theme": "light"}
    (home / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    (home / "out").mkdir(exist_ok=True)
    (home / "closed.ics").write_bytes(CALENDAR.encode())
    (home / "nothing.ics").write_bytes(b"no calendar")
    return records


def renew_records(home: Path) -> Path:
    """Fresh records in a folder of their own within the home, whatever became of those before."""
    folder = Path(tempfile.mkdtemp(prefix="records-", dir=home))
    _copy(home / "template" / RECORDS, folder / RECORDS)
    return folder / RECORDS


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    shutil.copyfile(keys_path(source), keys_path(target))
