"""What runs in a process of its own, to be killed, starved or raced; each acknowledgement is one byte in a file."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import select

from rop_facilitator.documents.exchange.register import collect_register
from rop_facilitator.documents.exchange.write_register import write_register
from rop_facilitator.errors import UserError
from rop_facilitator.private_files import write_file
from rop_facilitator.records.backup.backup_list import read_backup
from rop_facilitator.records.backup.create_backup import backup
from rop_facilitator.records.backup.restore_backup import restore, restore_and_open
from rop_facilitator.records.group.groups import find_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import NamesShown, Participant
from rop_facilitator.records.storage.credentials import Secret
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import keys_path
from tests.records.conftest import CHEAP, LEADER, PASSPHRASE

OTHER_PASSPHRASE = "en helt annen setning"
# A server that has imported everything once: a child starts in milliseconds and shares no connection with us.
_context = get_context("forkserver")
_context.set_forkserver_preload([__name__])


def clock() -> datetime:
    return datetime(2026, 11, 24, 8, 35)


@contextlib.contextmanager
def running(target: Callable[..., object], *arguments: object) -> Iterator[BaseProcess]:
    """A child at work; it is gone afterwards."""
    child = _context.Process(target=target, args=arguments, daemon=True)
    child.start()
    try:
        yield child
    finally:
        if child.is_alive() and child.pid:
            os.kill(child.pid, signal.SIGKILL)
        child.join()


def acknowledged(acks: Path) -> int:
    return acks.stat().st_size if acks.exists() else 0


def kill_at_work(target: Callable[..., object], acks: Path, *arguments: object, after: float) -> int:
    """Kill a child some seconds after its first acknowledgement; returns how many it gave."""
    before = acknowledged(acks)
    with running(target, acks, *arguments) as child:
        limit = time.monotonic() + 20
        while acknowledged(acks) == before:
            assert child.is_alive(), f"the child ended by itself: {child.exitcode}"
            assert time.monotonic() < limit
            time.sleep(0.002)
        time.sleep(after)
        assert child.is_alive(), f"the child ended by itself: {child.exitcode}"
        assert child.pid
        os.kill(child.pid, signal.SIGKILL)
        child.join()
    return acknowledged(acks) - before


def _acknowledge(acks: Path) -> Callable[[], object]:
    file = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    return lambda: os.write(file, b".")


def mark_for_ever(acks: Path, path: Path) -> None:
    """Two rows and their log an action, counting up from what is there."""
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    acknowledge = _acknowledge(acks)
    while True:
        with database.write(Action.PERSON_RENAMED, by=database.leader_id) as db:
            for person in db.scalars(select(Participant)):
                person.name = str(int(person.name) + 1)
        acknowledge()


def change_passphrase_for_ever(acks: Path, path: Path) -> None:
    passphrases = [OTHER_PASSPHRASE, PASSPHRASE]
    try:
        database = unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    except UserError:
        database = unlock_database(path, LEADER, OTHER_PASSPHRASE, clock=clock, cost=CHEAP)
    acknowledge = _acknowledge(acks)
    while True:
        database.set_passphrase(LEADER, passphrases[0])
        acknowledge()
        passphrases.reverse()


def back_up_for_ever(acks: Path, path: Path, target: Path) -> None:
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    acknowledge = _acknowledge(acks)
    while True:
        backup(database, target)
        acknowledge()


def vacuum_for_ever(acks: Path, path: Path) -> None:
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    acknowledge = _acknowledge(acks)
    while True:
        handle = database.handle()
        handle.execute("VACUUM")
        handle.close()
        acknowledge()


def race(path: Path, start: float, verdict: Path) -> None:
    """Unlock at an agreed moment, say what came of it, and hold on."""
    while time.time() < start:
        pass
    held: Database | None = None  # a database that nobody holds any more gives its lock back
    try:
        held = unlock_database(path, LEADER, PASSPHRASE, clock=clock)
        verdict.write_text("writer")
    except UserError as error:
        verdict.write_text(str(error))
    time.sleep(60)
    assert held


def write_in_little_room(path: Path, target: Path, room: int | None, report: Path) -> None:
    """Mark and back up while no file may grow by more than `room` bytes, then again with room; report what was told."""
    said: list[str] = []
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock)

    def write(text: str) -> None:
        with database.write(Action.PERSON_ADDED, by=database.leader_id) as db:
            db.add(Participant(name=text))

    def people() -> int:
        with database.read() as db:
            return len(db.scalars(select(Participant)).all())

    write("first")
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    if room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, hard))
    stored = 1
    for act in [lambda: write("x" * 400)] * 150 + [lambda: backup(database, target)]:
        before = people()
        try:
            act()
        except UserError as error:
            said.append(str(error))
            assert people() == before
        else:
            stored = people()
    if target.exists():
        read_backup(target)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert people() == stored
    write("last")
    database.close()
    report.write_text("\n".join([str(stored + 1), *said]))


def _rehearse(path: Path, copy: Path) -> None:
    """Do once with all rights what is done without: the account that is left may not be able to read the program."""
    for file, beside in ((path, copy), (keys_path(path), keys_path(copy))):
        shutil.copyfile(file, beside)
    for _time in range(2):
        with contextlib.suppress(UserError):
            unlock_database(copy, None, PASSPHRASE, clock=clock).close()
        with contextlib.suppress(UserError):
            unlock_database(copy, None, PASSPHRASE, clock=clock, for_writing=False).close()
        keys_path(copy).unlink(missing_ok=True)


def open_as_nobody(path: Path, report: Path) -> None:
    """Open to write, then to read, with the rights of an account that has none of its own."""
    _rehearse(path, report.with_suffix(".rop"))
    with report.open("w") as file:
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        for writing in (True, False):
            try:
                opened = unlock_database(path, None, PASSPHRASE, clock=clock, for_writing=writing)
                print(",".join(leader.name for leader in opened.leaders()), file=file)
                opened.close()
            except UserError as error:
                print(error, file=file)


def back_up_as_nobody(path: Path, target: Path, report: Path) -> None:
    """Take a backup, then restore one, into a folder that this account may not write in."""
    _rehearse(path, report.with_suffix(".rop"))
    copy = report.with_suffix(".rop-backup")
    opened = unlock_database(path, None, PASSPHRASE, clock=clock, for_writing=False)
    backup(opened, copy)
    copy.chmod(0o644)
    with report.open("w") as file:
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        for work in (lambda: backup(opened, target), lambda: restore(copy, target.with_suffix(".rop"))):
            try:
                work()
            except UserError as error:
                print(error, file=file)
    opened.close()


def die_at_flush(home: Path, scratch: Path, number: int, work: Callable[..., object], *arguments: object) -> None:
    """Work until the system is asked to flush for the `number`th time, and die there as by kill -9."""
    os.environ["ROP_FACILITATOR_HOME"] = str(home)
    os.environ["TMPDIR"] = str(scratch)
    tempfile.tempdir = str(scratch)
    left = iter(range(number - 1))
    real = os.fsync

    def flush(handle: int) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        real(handle)

    os.fsync = flush
    work(*arguments)


def write_list(path: Path, target: Path) -> None:
    """The register of the only group, as `rop-facilitator export` makes it."""
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    with database.read() as db:
        register = collect_register(find_group(db, "Tuesdays"), names=NamesShown.DISPLAY, today=clock().date())
    write_register(register, target)


def back_up_once(path: Path, target: Path) -> None:
    backup(unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP), target)


def restore_once(file: Path, target: Path) -> None:
    restore(file, target)


def restore_over(file: Path, target: Path) -> None:
    restore_and_open(file, target, Secret(passphrase=PASSPHRASE), clock=clock)


def write_small(target: Path) -> None:
    write_file(target, b"x")
