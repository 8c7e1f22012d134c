"""Deleting for good, which no undo takes back and no backup brings back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, null, select
from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.backup.backup_retention import LIFETIME
from rop_facilitator.records.erasure.deletion_list import group_mark, person_mark
from rop_facilitator.records.erasure.erase_group import LoggedGroup, erase_group_rows, logged_groups
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.audit_log import trail_of
from rop_facilitator.records.membership.membership_changes import groups_of
from rop_facilitator.records.missing_rows import person_gone
from rop_facilitator.records.models import (
    Attendance,
    AuditChange,
    AuditEvent,
    FollowUp,
    Group,
    MakeUp,
    Membership,
    Participant,
)
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import friendly_errors
from rop_facilitator.records.storage.vault import vaults_beside


@dataclass(frozen=True)
class PersonErasure:
    """What goes with a person, from all groups: their names, marks, and notes beside the marks."""

    groups: tuple[str, ...]
    marks: int
    notes: int


def what_goes_with(db: Session, participant_id: int) -> PersonErasure:
    """What deleting a person for good would take with it."""
    own = select(Membership.id).where(Membership.participant_id == participant_id)
    marks = select(func.count()).where(Attendance.membership_id.in_(own), Attendance.mark.is_not(None))
    notes = [select(func.count()).where(kind.membership_id.in_(own)) for kind in (MakeUp, FollowUp)]
    return PersonErasure(
        tuple(groups_of(db, participant_id)), db.scalar(marks) or 0, sum(db.scalar(query) or 0 for query in notes)
    )


class CameBackError(UserError):
    """Somebody who was deleted for good is in records that are opened to read only."""


def erase_participant(database: Database, participant_id: int, *, by: int) -> date:
    """Delete a person for good: all rows, all old values in the log, and the traces in the file. No undo.

    Returns the last day on which a backup of this program can still hold the person. Raises UserError.
    """
    with database.read() as db:  # afterwards nothing tells where the person was
        groups = db.scalars(select(Membership.group_id).where(Membership.participant_id == participant_id)).all()
    where = {"group": groups[0]} if len(groups) == 1 else {}
    arguments = {"participant": participant_id, **where}
    with database.write(Action.PERSON_DELETED_FOR_GOOD, by=by, arguments=arguments) as db:
        _erase(db, participant_id)
    # The list after the rows: a crash between leaves the log to tell (`erase_again` renews the list from it).
    _note(database, {participant_id}, frozenset())
    _clean(database)
    return (database.clock() + LIFETIME).date()


def erase_group(database: Database, group_id: int, *, by: int) -> date:
    """Delete a group for good, with everybody who is in no other group: rows, old values, traces. No undo.

    Returns the last day on which a backup of this program can still hold them. Raises UserError.
    """
    with database.write(Action.GROUP_DELETED_FOR_GOOD, by=by, arguments={"group": group_id}) as db:
        people = erase_group_rows(db, group_id)
    _note(database, people, {group_id})
    _clean(database)
    return (database.clock() + LIFETIME).date()


def erase_again(database: Database) -> None:
    """Right after opening: who is on a list of deletions and here all the same, from a backup, is deleted once more.

    The lists are those of these records and of others with the same key in their folder. `database.erased_again` and
    `database.deletions_in_doubt` say what came of it. Raises CameBackError where nothing may be written.
    """
    key, own = database.key, database.deletions
    beside = [
        deletion for other in vaults_beside(database.path) if other and other.fits(key) for deletion in other.deletions
    ]
    listed = frozenset(mark for deletions in (*own, *beside) for mark in deletions.marks)
    with database.read() as db:
        here, people = set(db.scalars(select(Participant.id))), _people(db)
        groups_here, groups = set(db.scalars(select(Group.id))), logged_groups(db)
    gone = {_mark(key, person) for person in people if person.erased} | {
        _mark(key, group) for group in groups if group.erased
    }
    back = [person.id for person in people if person.id in here and _mark(key, person) in listed] if listed else []
    groups_back = (
        [group.id for group in groups if group.id in groups_here and _mark(key, group) in listed] if listed else []
    )
    # To show them would be to bring them back, and to hide them would be a lie about the file.
    if (back or groups_back) and not database.writable:
        raise CameBackError(
            _(
                "Somebody who was deleted for good has come back with a backup. "
                "Open these records to write first; that deletes them again."
            )
        )
    if back or groups_back:
        counted: dict[str, str | int] = {"people": len(back)}
        if groups_back:
            counted["groups"] = len(groups_back)
        with database.write(Action.DELETED_AGAIN, by=database.leader_id, arguments=counted) as db:
            for participant_id in back:
                _erase(db, participant_id)
            with_groups = set().union(*(erase_group_rows(db, group_id) for group_id in groups_back))
        gone |= {_mark(key, person) for person in people if person.id in with_groups}
        _clean(database)
    database.erased_again = len(back)
    database.groups_erased_again = len(groups_back)
    database.deletions_in_doubt = not all(deletions.is_whole(key) for deletions in own)
    if database.writable:
        # Renewed from the log, too: whom a crash or a lost key file kept off the list.
        database.save_deletions(listed | gone)


def opening_messages(database: Database) -> list[str]:
    """What the leader should hear about deletions when the records have been opened; empty most days."""
    messages = []
    if n := database.erased_again:
        words = ngettext(
            "{n} person who was deleted after this backup was taken has been deleted again.",
            "{n} people who were deleted after this backup was taken have been deleted again.",
            n,
        )
        messages.append(words.format(n=n))
    if n := database.groups_erased_again:
        words = ngettext(
            "{n} group that was deleted after this backup was taken has been deleted again.",
            "{n} groups that were deleted after this backup was taken have been deleted again.",
            n,
        )
        messages.append(words.format(n=n))
    if database.deletions_in_doubt:
        messages.append(
            _(
                "The list of those who were deleted for good is damaged, so somebody may have come back with the "
                "backup. Look through the participants, and delete them again."
            )
        )
    return messages


def _erase(db: Session, participant_id: int) -> None:
    person = db.get(Participant, participant_id)
    if person is None:
        raise person_gone()
    trail = trail_of(db)
    trail.archive.open = True  # whoever asks to be deleted is, from archived groups too
    db.delete(person)
    db.flush()
    trail.forget(participant_id)
    for change in db.scalars(select(AuditChange).where(AuditChange.participant_id == participant_id)):
        change.old = change.new = None


@dataclass(frozen=True)
class _Person:
    """Somebody whom the log knows, when the person was added, and whether deleted for good since."""

    id: int
    added: datetime
    erased: bool


def _people(db: Session) -> list[_Person]:
    """Everybody whom the log knows.

    The first change about a person adds the person; where what it added is gone, the person was erased.
    """
    # Only the log knows this: the row itself is gone, and an id alone could be somebody else's in another copy.
    first = select(func.min(AuditChange.id)).group_by(AuditChange.participant_id)
    query = (
        select(AuditChange.participant_id, AuditEvent.at, AuditChange.new.is_(null()))
        .join(AuditChange.event)
        .where(AuditChange.id.in_(first))
    )
    return [
        _Person(participant_id, added, erased) for participant_id, added, erased in db.execute(query) if participant_id
    ]


def _mark(key: bytes, logged: _Person | LoggedGroup) -> bytes:
    return (group_mark if isinstance(logged, LoggedGroup) else person_mark)(key, logged.id, logged.added)


def _note(database: Database, people: Collection[int], groups: Collection[int]) -> None:
    """Put those who were just deleted on the list."""
    with database.read() as db:
        marks = {_mark(database.key, person) for person in _people(db) if person.id in people}
        marks |= {_mark(database.key, group) for group in logged_groups(db) if group.id in groups}
    database.save_deletions(frozenset(marks).union(*(deletion.marks for deletion in database.deletions)))


def _clean(database: Database) -> None:
    """Leave no trace of deleted rows in the file."""
    with friendly_errors():
        handle = database.handle()
        try:
            # A file written anew: what rows left behind on pages that are still in use goes too.
            handle.execute("VACUUM")
        finally:
            handle.close()
