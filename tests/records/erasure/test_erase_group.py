"""A group deleted for good: with who is in no other, without a trace, and no backup brings it back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from rop_facilitator.errors import UserError
from rop_facilitator.records.backup.create_backup import backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.erasure.erase import CameBackError, erase_group, opening_messages
from rop_facilitator.records.erasure.erase_group import what_goes
from rop_facilitator.records.group.group_changes import GroupChange, change_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_rest
from rop_facilitator.records.models import (
    AuditChange,
    Group,
    Membership,
    Participant,
    Period,
)
from rop_facilitator.records.plan.group_plan import cancel_meeting
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database
from tests.records.conftest import LEADER, NOW, PASSPHRASE, clock
from tests.records.factories import make_group
from tests.records.steps import decrypted, rows, spare_pages

TODAY = date(2026, 11, 24)


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    """Kanarigruppa with Amund, Berit and Daniel, of whom Daniel is in Others too; its plan was changed and changed."""
    with database.write(Action.GROUP_CREATED, by=leader_id, at=NOW - timedelta(days=30)) as db:
        other = make_group(db, people=0, name="Others")
        group = make_group(db, name="Kanarigruppa", people=3)
        membership = Membership(
            group_id=other.id,
            participant_id=group.memberships[2].participant_id,
            number=1,
            periods=[Period(first_day=TODAY)],
        )
        db.add(membership)
    with database.write(Action.REST_MARKED, by=leader_id) as db:
        group = load_group(db, group.id)
        mark_rest(db, group.meetings[0].id, Mark.PRESENT, today=TODAY)
        group.meetings[0].attendance[0].agreed_practice = "Kanarilekse " * 60
    with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        change_group(load_group(db, group.id), GroupChange(TODAY, place="Kanarirommet", weekdays=(3,)), today=TODAY)
    with database.write(Action.MEETING_CANCELLED, by=leader_id) as db:
        group = load_group(db, group.id)
        cancel_meeting(group, group.meetings[-1], reason="Kanarigrunn")
    with database.write(Action.END_CHANGED, by=leader_id) as db:
        change_group(load_group(db, group.id), GroupChange(TODAY, until=date(2026, 12, 4)), today=TODAY)
    return group.id


def test_what_goes_is_told_beforehand(database: Database, group_id: int) -> None:
    with database.read() as db:
        erasure = what_goes(db, group_id)
        meetings = len(load_group(db, group_id).meetings)
    assert (erasure.people, erasure.staying) == (("Amund", "Berit"), ("Daniel",))
    assert (erasure.meetings, erasure.marks) == (meetings, 3)


def test_nothing_of_it_is_left(database: Database, leader_id: int, group_id: int) -> None:
    path, key = database.path, database.key
    assert all(word in decrypted(path, key) for word in (b"Kanarigruppa", b"Kanarilekse", b"Kanarirommet", b"Amund"))
    until = erase_group(database, group_id, by=leader_id)
    assert until == date(2027, 2, 22)
    left = decrypted(path, key)
    assert not any(word in left for word in (b"Kanari", b"Amund", b"Berit"))
    assert b"Daniel" in left
    assert spare_pages(database) == 0
    with database.read() as db:
        assert list(db.scalars(select(Group.name))) == ["Others"]
        assert list(db.scalars(select(Participant.name))) == ["Daniel"]
        marks = db.scalars(select(AuditChange).where(AuditChange.row_table == "attendance")).all()
        assert {(change.old, change.new) for change in marks} == {(None, None)}
        assert len(load_group(db, 1).memberships) == 1


def test_no_undo_and_what_came_before_can_still_be_taken_back(
    database: Database, leader_id: int, group_id: int
) -> None:
    with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        change_group(load_group(db, 1), GroupChange(TODAY, name="Third"), today=TODAY)
    erase_group(database, group_id, by=leader_id)
    with database.read() as db:
        before = rows(db)
    undo_last(database, leader_id)
    with database.read() as db:
        assert load_group(db, 1).name == "Others"
        assert rows(db).keys() == before.keys()


def test_a_backup_does_not_bring_it_back(database: Database, leader_id: int, group_id: int, tmp_path: Path) -> None:
    backup(database, tmp_path / "old.rop-backup")
    erase_group(database, group_id, by=leader_id)
    database.close()
    again = database.path.with_name("again.rop")
    restore(tmp_path / "old.rop-backup", again)
    with pytest.raises(CameBackError):
        unlock_database(again, LEADER, PASSPHRASE, clock=clock, for_writing=False)
    opened = unlock_database(again, LEADER, PASSPHRASE, clock=clock)
    assert opening_messages(opened) == [
        "2 people who were deleted after this backup was taken have been deleted again.",
        "1 group that was deleted after this backup was taken has been deleted again.",
    ]
    with opened.read() as db:
        assert list(db.scalars(select(Group.name))) == ["Others"]
        assert list(db.scalars(select(Participant.name))) == ["Daniel"]
    opened.close()
    assert b"Kanari" not in decrypted(again, opened.key or database_key(again))
    once_more = unlock_database(again, LEADER, PASSPHRASE, clock=clock)
    assert opening_messages(once_more) == []
    once_more.close()


def database_key(path: Path) -> bytes:
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock, for_writing=False)
    key = database.key
    database.close()
    return key


def test_another_group_of_that_name_is_another_group(database: Database, leader_id: int, group_id: int) -> None:
    erase_group(database, group_id, by=leader_id)
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        make_group(db, name="Kanarigruppa", people=1)
    database.close()
    opened = unlock_database(database.path, LEADER, PASSPHRASE, clock=clock)
    assert opening_messages(opened) == []
    with opened.read() as db:
        assert sorted(db.scalars(select(Group.name))) == ["Kanarigruppa", "Others"]
    opened.close()


def test_a_group_that_is_gone(database: Database, leader_id: int) -> None:
    with pytest.raises(UserError, match="not here any more"):
        erase_group(database, 99, by=leader_id)
