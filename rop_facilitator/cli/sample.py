"""The command `demo`: records with made-up groups."""

from __future__ import annotations

import argparse
import os
import secrets
from datetime import datetime

from rop_facilitator.cli.records_access import read_library
from rop_facilitator.i18n import _
from rop_facilitator.records.log.action_names import Action


def demo(options: argparse.Namespace) -> int:
    """New records with made-up groups and people, to look around in."""
    from rop_facilitator.records.sample_groups import add_sample_groups, sample_leader
    from rop_facilitator.records.storage.opening import create_database

    passphrase = os.environ.get("ROP_PASSPHRASE") or "-".join(secrets.token_hex(2) for _n in range(5))
    database, _code = create_database(options.path, sample_leader(), passphrase, clock=datetime.now)
    try:
        with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
            add_sample_groups(db, read_library(), today=options.today)
    finally:
        database.close()
    print(_("The sample groups are in {path}.").format(path=options.path))
    if "ROP_PASSPHRASE" not in os.environ:
        # Only one that was made up here: what the environment gave is known, and need not stand in a terminal.
        print(_("Passphrase: ") + passphrase)
    return 0
