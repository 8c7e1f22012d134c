"""Deleting for good, which no undo takes back and no backup brings back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, null, select
from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.audit import trail_of
from rop_facilitator.records.database import Database
from rop_facilitator.records.deletions import person_mark
from rop_facilitator.records.engine import friendly_errors
from rop_facilitator.records.models import AuditChange, AuditEvent, Participant
from rop_facilitator.records.thinning import LIFETIME
from rop_facilitator.records.vault import vaults_beside


class CameBackError(UserError):
    """Somebody who was deleted for good is in records that are opened to read only."""


def erase_participant(database: Database, participant_id: int, *, by: int) -> date:
    """Delete a person for good: all rows, all old values in the log, and the traces in the file. No undo.

    Returns the last day on which a backup of this program can still hold the person. Raises UserError.
    """
    with database.write("person deleted for good", by=by, arguments={"participant": participant_id}) as db:
        _erase(db, participant_id)
    _note(database, participant_id)
    _clean(database)
    return (database.clock() + LIFETIME).date()


def erase_again(database: Database) -> None:
    """Right after opening: who is on a list of deletions and here all the same, from a backup, is deleted once more.

    The lists are those of these records and of others with the same key in their folder. `database.erased_again` and
    `database.deletions_in_doubt` say what came of it. Raises CameBackError where nothing may be written.
    """
    key, own = database.key, database.deletions
    beside = [one for other in vaults_beside(database.path) if other and other.fits(key) for one in other.deletions]
    listed = frozenset(mark for one in (*own, *beside) for mark in one.marks)
    with database.read() as db:
        here, people = set(db.scalars(select(Participant.id))), _people(db)
    gone = {_mark(key, one) for one in people if one.erased}
    back = [one.id for one in people if one.id in here and _mark(key, one) in listed] if listed else []
    if back and not database.writable:
        raise CameBackError(
            _(
                "Somebody who was deleted for good has come back with a backup. "
                "Open these records to write first; that deletes them again."
            )
        )
    if back:
        with database.write("deleted again", by=database.leader_id, arguments={"people": len(back)}) as db:
            for participant_id in back:
                _erase(db, participant_id)
        _clean(database)
    database.erased_again = len(back)
    database.deletions_in_doubt = not all(one.is_whole(key) for one in own)
    if database.writable:
        # Renewed from the log, too: whom a crash or a lost key file kept off the list.
        database.keep_deletions(listed | gone)


def told_at_opening(database: Database) -> list[str]:
    """What the leader should hear about deletions when the records have been opened; empty most days."""
    told = []
    if n := database.erased_again:
        words = ngettext(
            "{n} person who was deleted after this backup was taken has been deleted again.",
            "{n} people who were deleted after this backup was taken have been deleted again.",
            n,
        )
        told.append(words.format(n=n))
    if database.deletions_in_doubt:
        told.append(
            _(
                "The list of those who were deleted for good is damaged, so somebody may have come back with the "
                "backup. Look through the participants, and delete them again."
            )
        )
    return told


def _erase(db: Session, participant_id: int) -> None:
    person = db.get(Participant, participant_id)
    if person is None:
        raise UserError(_("This person is not in the records any more."))
    db.delete(person)
    db.flush()
    trail_of(db).forget(participant_id)
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
    first = select(func.min(AuditChange.id)).group_by(AuditChange.participant_id)
    query = (
        select(AuditChange.participant_id, AuditEvent.at, AuditChange.new.is_(null()))
        .join(AuditChange.event)
        .where(AuditChange.id.in_(first))
    )
    return [_Person(found, added, erased) for found, added, erased in db.execute(query) if found]


def _mark(key: bytes, person: _Person) -> bytes:
    return person_mark(key, person.id, person.added)


def _note(database: Database, participant_id: int) -> None:
    """Put somebody who was just deleted on the list."""
    with database.read() as db:
        mark = next(_mark(database.key, one) for one in _people(db) if one.id == participant_id)
    database.keep_deletions(frozenset((mark,)).union(*(one.marks for one in database.deletions)))


def _clean(database: Database) -> None:
    """Leave no trace of deleted rows in the file."""
    with friendly_errors():
        handle = database.handle()
        try:
            handle.execute("VACUUM")
        finally:
            handle.close()
