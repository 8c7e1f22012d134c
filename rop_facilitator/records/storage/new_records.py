"""What the first start makes, on the worker: the leader's records, or the sample in a folder that goes again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rop_facilitator import paths
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.work_progress import WorkProgress

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.private_files import PartsFolder
    from rop_facilitator.records.storage.database import Database
    from rop_facilitator.records.storage.records_file import Clock

    Sample = tuple[Database, Library, PartsFolder]


def make_records(
    path: Path, leader: str, passphrase: str, clock: Clock, _progress: WorkProgress
) -> tuple[Database, str]:
    """New records and their recovery code. Raises UserError."""
    from rop_facilitator.records.storage.opening import create_database

    return create_database(path, leader, passphrase, clock=clock)


def make_sample(folders: tuple[Path, ...], clock: Clock, progress: WorkProgress) -> Sample:
    """The made-up groups in a folder that goes with them, under a passphrase that is kept nowhere."""
    import secrets

    from rop_facilitator.curriculum.load import load_library
    from rop_facilitator.private_files import PartsFolder, make_private_folder
    from rop_facilitator.records.sample_groups import add_sample_groups, sample_leader
    from rop_facilitator.records.storage.opening import create_database
    from rop_facilitator.records.storage.vault import KeyCost

    make_private_folder(paths.data_folder())
    folder = PartsFolder(paths.data_folder())
    try:
        library = load_library(folders)
        progress.step(1, 2)
        # 256 random bits need no slow stretching.
        cost = KeyCost(memory_kib=64, passes=1, lanes=1)
        path = folder.path / "sample.rop"
        database, _code = create_database(path, sample_leader(), secrets.token_hex(32), clock=clock, cost=cost)
        with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
            add_sample_groups(db, library, today=clock().date())
    except BaseException:
        folder.cleanup()
        raise
    return database, library, folder
