"""The encrypted database of a group of leaders: made, unlocked, read, written, locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session as Session
from sqlalchemy.orm import sessionmaker

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.overwrite_guard import records_at
from rop_facilitator.private_files import write_file
from rop_facilitator.records.erasure.deletion_list import Deletions, sealed
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.audit_log import RecordsChange, Trail, begin_trail, refuse_bulk, store_event
from rop_facilitator.records.models import NAME_LENGTH, Group, Leader
from rop_facilitator.records.storage.engine import connect, copy_engine, friendly_errors, open_engine
from rop_facilitator.records.storage.records_file import Clock as Clock
from rop_facilitator.records.storage.records_file import Identity, put_foreign_keys_aside
from rop_facilitator.records.storage.records_file import OlderFileError as OlderFileError
from rop_facilitator.records.storage.vault import (
    DEFAULT,
    KeyCost,
    KeysFault,
    Vault,
    check_passphrase,
    keys_path,
    mark_of,
    read_vault,
)
from rop_facilitator.records.storage.writer_lock import WriterLock

Arguments = Mapping[str, str | int]
_NONE: Arguments = MappingProxyType({})


class Database:
    """An unlocked database. `leader_id` and `leader_name` are who unlocked it; None and empty after the recovery code.

    `first_event` is the number of the first audit event of this unlocking: undo reaches no further back.
    `erased_again` and `groups_erased_again` count whom unlocking deleted once more because a backup had brought them
    back; `deletions_in_doubt` tells that the list of them was not whole.
    """

    def __init__(
        self, path: Path, key: bytes, vault: Vault, *, clock: Clock, lock: WriterLock | None, cost: KeyCost = DEFAULT
    ) -> None:
        """Open the file with its key; `opening` has the ways in. Without `lock` it can only be read."""
        self.path = path
        self.clock = clock
        self.leader_id: int | None = None
        self.leader_name = ""
        self.first_event = 1
        self.erased_again = 0
        self.groups_erased_again = 0
        self.deletions_in_doubt = False
        self.keys_from: datetime | None = None  # when the backup was taken that the keys were fetched from
        self.keys_fault = KeysFault.MISSING  # and what was wrong with those beside the records
        self.key = key
        self._vault = vault
        self._cost = cost
        self._lock = lock
        self._listeners: list[Callable[[RecordsChange], None]] = []
        self._archived: frozenset[int] = frozenset()  # asked for once, and after each change of a group
        self.identity = Identity(path)
        self._engine = open_engine(path, key, writing=lock is not None)
        self._reading = sessionmaker(self._engine, expire_on_commit=False)
        self._writing = sessionmaker(self._engine.execution_options(writing=True), expire_on_commit=False)
        event.listen(self._reading, "before_flush", _refuse_changes)
        event.listen(self._reading, "do_orm_execute", refuse_bulk)
        event.listen(self._writing, "do_orm_execute", refuse_bulk)

    # -- the way out

    def close(self) -> None:
        """Lock: close the file, drop the key and let others write. A second time does nothing."""
        self._engine.dispose()
        self.key = b""
        if self._lock:
            self._lock.release()

    # -- reading and writing

    @property
    def writable(self) -> bool:
        """Whether this opening has the writer's lock; without it the records can only be read."""
        return self._lock is not None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment. What it loads stays usable afterwards; changing it here is an error."""
        with friendly_errors():
            self.identity.check()
        with friendly_errors(self.path), self._reading() as db:
            yield db
            _refuse_changes(db)  # what no query has flushed yet would else be lost without a word

    @contextmanager
    def write(
        self,
        action: Action,
        *,
        by: int | None,
        arguments: Arguments = _NONE,
        at: datetime | None = None,
        undoes: int | None = None,
    ) -> Iterator[Session]:
        """A session whose changes are stored with their audit event, or rolled back on an exception.

        `arguments` never hold a name; `by` is the acting leader. Afterwards `on_change`
        is told. `undoes` is the event that is taken back. Nothing changed: nothing is stored.
        Raises UserError when the file cannot be written to.
        """
        self._must_be_writable()
        with friendly_errors(self.path), self._writing() as db:
            trail = begin_trail(db, archived=self._archived)
            yield db
            db.flush()
            if trail.changes:  # what was pressed and changed nothing is no event, and undo must not offer it
                store_event(db, trail, action, arguments, by=by, at=at or self.clock(), undoes=undoes)
            db.commit()
        # Outside the transaction: a page that reads anew here must find what was written.
        self._notify(trail)

    @contextmanager
    def rehearse(self) -> Iterator[Session]:
        """A session to try a change in, under the rules of `write`: on a copy in memory, also where others write."""
        with friendly_errors():
            self.identity.check()
        with friendly_errors(self.path):
            engine = copy_engine(self.path, self.key)
            try:
                with self._writing(bind=engine) as db:
                    begin_trail(db, archived=self._archived)
                    yield db
                    db.flush()
            finally:
                engine.dispose()

    def log_event(
        self, action: Action, *, by: int | None, arguments: Arguments = _NONE, at: datetime | None = None
    ) -> None:
        """Store that something was printed, exported or opened: an event without changes."""
        self._must_be_writable()
        with friendly_errors(self.path), self._writing() as db:
            store_event(db, Trail(), action, arguments, by=by, at=at or self.clock())
            db.commit()

    def on_change(self, callback: Callable[[RecordsChange], None]) -> None:
        """Call back after every commit with the names of the classes whose rows changed, and these rows."""
        self._listeners.append(callback)

    def _notify(self, trail: Trail) -> None:
        if Group.__name__ in trail.rows:
            self.find_archived()
        if trail.rows:
            change = RecordsChange(trail.rows)
            for callback in self._listeners:
                callback(change)

    def find_archived(self) -> None:
        """Read again which groups are archived: each `write` refuses changes in them without asking the file."""
        with self.read() as db:
            self._archived = frozenset(db.scalars(select(Group.id).where(Group.archived.is_not(None))))

    def _must_be_writable(self) -> None:
        with friendly_errors():
            self.identity.check()
        if self._lock is None:
            raise UserError(
                _("The records are open to read only. Close them in the other window, then open them here.")
            )

    # -- leaders and passphrases

    @staticmethod
    def leaders_of(path: Path) -> list[str]:
        """The leaders who can unlock this database, in the order they were added. Raises KeysLostError."""
        with friendly_errors():
            return list(read_vault(records_at(path)).slots)

    def leaders(self) -> list[Leader]:
        """Everybody who is or was a leader here, by name."""
        with self.read() as db:
            return sorted(db.scalars(select(Leader)), key=lambda leader: alphabetical(leader.name))

    def set_passphrase(self, leader: str, new: str) -> None:
        """Renew this leader's passphrase; the data key stays. Raises UserError for a short one or an unknown leader."""
        leader_id = next((other.id for other in self.leaders() if other.name == leader), None)
        if leader_id is None:
            raise UserError(_("There is no such leader here. Choose one from the list."))
        self._must_be_writable()
        self.save_keys(self._vault.with_slot(leader, new, self.key, cost=self._cost))
        if self.leader_id is None:  # opened with the recovery code: now it is known who acts
            self.leader_id, self.leader_name = leader_id, leader
        self.log_event(Action.PASSPHRASE_CHANGED, by=self.leader_id, arguments={"leader": leader_id})

    def add_leader(self, name: str, passphrase: str, *, by: int | None = None) -> int:
        """Another leader with an own passphrase; returns the leader's id. Raises UserError for a taken name."""
        check_passphrase(passphrase)
        name = clean_leader_name(name)
        if name.casefold() in {leader.name.casefold() for leader in self.leaders()}:
            raise UserError(_("Each leader needs a name of their own. Choose another."))
        # The keys are written last: who is in them and not in the records would act under no name.
        vault = self._vault.with_slot(name, passphrase, self.key, cost=self._cost)
        with self.write(Action.LEADER_ADDED, by=by or self.leader_id) as db:
            leader = Leader(name=name)
            db.add(leader)
        self.save_keys(vault)
        return leader.id

    def remove_leader(self, name: str, *, by: int | None = None) -> None:
        """Take away this leader's way in; what the leader did stays in the log. Raises UserError for the last one."""
        self._must_be_writable()
        self.save_keys(self._vault.without_slot(name))
        leader_id = next((leader.id for leader in self.leaders() if leader.name == name), 0)
        self.log_event(Action.LEADER_REMOVED, by=by or self.leader_id, arguments={"leader": leader_id})

    def save_keys(self, vault: Vault | None = None) -> None:
        """Write keys beside the records, those that opened them or new ones; another's that lie there get a name."""
        vault = vault or self._vault
        with friendly_errors():
            put_foreign_keys_aside(self.path, vault.mark)
            write_file(keys_path(self.path), vault.to_bytes())
        self._vault = vault

    # -- for backup and erasing

    @property
    def deletions(self) -> tuple[Deletions, ...]:
        """The lists of who was deleted for good that lie beside the records."""
        return self._vault.deletions

    def save_deletions(self, marks: frozenset[bytes]) -> None:
        """Write the list of who was deleted for good, where it is not written so already."""
        wanted = (sealed(self.key, marks),) if marks else ()
        if wanted == self._vault.deletions:
            return
        vault = replace(self._vault, deletions=wanted)
        if vault.slots:
            self.save_keys(vault)
        else:  # the key file is lost: the list goes into the next one, with the new passphrase
            self._vault = vault

    def handle(self) -> Any:
        """A bare connection of its own with this key, for what is no transaction: VACUUM, checks. Close it."""
        return connect(self.path, self.key, writing=self.writable)

    @property
    def key_mark(self) -> str:
        """Tells this database's key from another's without giving it away: backups and key files carry it."""
        return mark_of(self.key)

    @property
    def keys_file(self) -> bytes:
        """What the key file holds, or would hold where it was lost."""
        return self._vault.to_bytes()


def clean_leader_name(text: str) -> str:
    """A leader's name as it is kept. Raises UserError where nothing of it can be seen, or it is too long."""
    name = clean_text(text)
    if not name or len(name) > NAME_LENGTH:
        raise UserError(_("Each leader needs a name of their own. Choose another."))
    return name


def _refuse_changes(db: Session, *_flush: object) -> None:
    if db.new or db.dirty or db.deleted:
        raise RuntimeError("changed inside read(): open write() for this")
