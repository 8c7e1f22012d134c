"""The plan in a leader's own calendar, by the command line: what an import again changes, and what nobody else sees."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from sqlalchemy import select

from rop_facilitator.cli import main
from rop_facilitator.records.calendar import calendar_history
from rop_facilitator.records.group.groups import find_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.models import AuditEvent
from rop_facilitator.records.plan.group_plan import cancel_meeting, change_meeting
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database
from tests.records.steps import FILES

PASSPHRASE = "hestehov i april"
DAY = date(2026, 11, 24)
Events = dict[str, icalendar.Event]


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "demo.rop"
    assert main(["demo", str(path), "--today", str(DAY)]) == 0
    return path


def saved(path: Path, group: str = "Tirs") -> Events:
    """The events of a calendar file by their UID."""
    target = path.with_suffix(".ics")
    assert main(["--language", "nb", "calendar", "--database", str(path), "--group", group, "-o", str(target)]) == 0
    events = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    by_uid = {str(event["UID"]): event for event in events}
    assert len(by_uid) == len(events)
    return by_uid


def planned(events: Events) -> list[str]:
    """The UIDs of what is still to come, earliest first."""
    ahead = [
        uid for uid, event in events.items() if event["DTSTART"].dt.date() > DAY and event["STATUS"] == "CONFIRMED"
    ]
    return sorted(ahead, key=lambda uid: events[uid]["DTSTART"].dt)


def sequences(events: Events) -> dict[str, int]:
    return {uid: int(event["SEQUENCE"]) for uid, event in events.items()}


def later() -> datetime:
    """The clock of whoever comes after the command line, which reads the real one."""
    return datetime.now() + timedelta(hours=1)


def opened(path: Path) -> Database:
    return unlock_database(path, None, PASSPHRASE, clock=later)


def test_the_same_plan_gives_the_same_file(records: Path) -> None:
    first = saved(records)
    before = records.with_suffix(".ics").read_bytes()
    assert saved(records) == first
    assert records.with_suffix(".ics").read_bytes() == before
    database = opened(records)
    with database.read() as db:
        exported = list(db.scalars(select(AuditEvent).where(AuditEvent.action == "calendar exported")))
    database.close()
    assert [event.arguments["group"] for event in exported] == [exported[0].arguments["group"]] * 2


def test_two_records_never_share_a_uid(records: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.rop"
    assert main(["demo", str(other), "--today", str(DAY)]) == 0
    mine, theirs = saved(records), saved(other)
    assert len(mine) == len(theirs) > 10
    assert not mine.keys() & theirs.keys()
    assert not mine.keys() & saved(records, "Ons").keys()


def test_only_what_changed_has_a_higher_sequence(records: Path) -> None:
    before = saved(records)
    *_some, last = planned(before)
    database = opened(records)
    with database.write(Action.MEETING_CHANGED, by=database.leader_id) as db:
        group = find_group(db, "Tirs")
        meeting = max((meeting for meeting in group.meetings), key=lambda meeting: meeting.on)
        change_meeting(group, meeting, on=meeting.on, start=meeting.start, minutes=60, place="Biblioteket", today=DAY)
    database.close()
    after = saved(records)
    grown = {uid for uid, number in sequences(after).items() if number > sequences(before)[uid]}
    assert grown == {last}
    assert after[last]["LOCATION"] == "Biblioteket"
    assert after[last]["LAST-MODIFIED"].dt > before[last]["LAST-MODIFIED"].dt


def test_a_meeting_that_is_called_off_and_taken_up_again(records: Path) -> None:
    before = saved(records)
    next_one, *_later = planned(before)
    database = opened(records)
    with database.write(Action.MEETING_CANCELLED, by=database.leader_id) as db:
        group = find_group(db, "Tirs")
        meeting = next(meeting for meeting in group.meetings if meeting.on > DAY)
        cancel_meeting(group, meeting, reason="Kari er lagt inn")
    off = _closed_and_saved(database)
    assert str(off[next_one]["SUMMARY"]).startswith("Avlyst: ")
    assert off[next_one]["STATUS"] == "CANCELLED"
    assert b"Kari" not in records.with_suffix(".ics").read_bytes()
    assert sequences(off)[next_one] == sequences(before)[next_one] + 1
    (added,) = off.keys() - before.keys()
    database = opened(records)
    with database.write(Action.MEETING_CANCELLED, by=database.leader_id) as db:
        group = find_group(db, "Tirs")
        next(meeting for meeting in group.meetings if meeting.state.value == "cancelled").reason = "sykdom hos leder"
    assert _closed_and_saved(database)[next_one]["DESCRIPTION"] == "Sykdom hos leder"
    database = opened(records)
    with database.write(Action.MEETING_REINSTATED, by=database.leader_id) as db:
        from rop_facilitator.records.plan.group_plan import reinstate_meeting

        group = find_group(db, "Tirs")
        reinstate_meeting(group, next(meeting for meeting in group.meetings if meeting.state.value == "cancelled"))
    again = _closed_and_saved(database)
    assert (again[next_one]["STATUS"], again[added]["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert sequences(again)[next_one] > sequences(off)[next_one]
    assert sequences(again)[added] > sequences(off)[added], "what an earlier file had is taken back"


def _closed_and_saved(database: Database) -> Events:
    database.close()
    return saved(database.path)


def test_what_no_file_has_named_is_not_taken_back(records: Path) -> None:
    before = saved(records)
    database = opened(records)
    with database.write(Action.MEETING_CANCELLED, by=database.leader_id) as db:
        group = find_group(db, "Tirs")
        cancel_meeting(group, next(meeting for meeting in group.meetings if meeting.on > DAY))
    undo_last(database, database.leader_id or 0)
    after = _closed_and_saved(database)
    assert after.keys() == before.keys()
    assert all(sequences(after)[uid] >= number for uid, number in sequences(before).items())


def test_beside_an_open_window_the_file_is_written_all_the_same(records: Path) -> None:
    window = opened(records)
    try:
        assert saved(records)
    finally:
        window.close()


def test_old_ids_are_called_off_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    for name in ("schema-2.rop", "schema-2.rop.keys"):
        shutil.copyfile(FILES / name, tmp_path / name)
    path = tmp_path / "schema-2.rop"
    first, second = saved(path), saved(path)
    old = first.keys() - second.keys()
    assert len(old) == len(second) == len(first) / 2
    assert {str(first[uid]["STATUS"]) for uid in old} == {"CANCELLED"}
    assert all(str(first[uid]["SUMMARY"]).startswith("Erstattet") for uid in old)
    database = unlock_database(path, None, PASSPHRASE, clock=later, for_writing=False)
    with database.read() as db:
        group = find_group(db, "Tirs")
        meeting = group.meetings[0]
        assert calendar_history._former_uid(group, meeting) in old
        assert calendar_history.calendar_history(db, group).replaced == {}
    database.close()
    assert len(saved(path, "Tors")) > len(second) / 2, "another group's are called off with its own first file"
