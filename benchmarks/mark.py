"""One mark, committed, against a bare sqlite3 update and commit with synchronous FULL."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from pathlib import Path

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.paths import shipped
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.meeting.meetings import meeting_on
from rop_facilitator.records.sample_groups import add_sample_groups
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost

Pair = tuple[Callable[[], object], Callable[[], object]]
TODAY = date(2026, 11, 24)
MANY = 50


@contextmanager
def _mark() -> Iterator[Pair]:
    with tempfile.TemporaryDirectory() as home:
        database, _code = create_database(
            Path(home) / "bench.rop", "Marit", "hestehov i april", clock=datetime.now, cost=KeyCost(8192, 1, 1)
        )
        with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
            groups = {g.name: g for g in add_sample_groups(db, load_library((shipped("curricula"),)), today=TODAY)}
            meeting_id, someone = (
                meeting_on(groups["Tirsdagsgruppa"], TODAY).id,
                groups["Tirsdagsgruppa"].memberships[0].id,
            )
        ours_turn, bare_turn = count(), count()

        def ours() -> None:
            for _n in range(MANY):
                mark = (Mark.PRESENT, Mark.LATE)[next(ours_turn) % 2]
                with database.write(Action.ATTENDANCE_MARKED, by=database.leader_id) as db:
                    mark_attendance(db, meeting_id, someone, mark, today=TODAY)

        plain = sqlite3.connect(Path(home) / "plain.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode=TRUNCATE")
        plain.execute("PRAGMA synchronous=FULL")
        plain.execute("CREATE TABLE attendance (id INTEGER PRIMARY KEY, mark TEXT)")
        plain.executemany("INSERT INTO attendance (mark) VALUES (?)", [("present",)] * 1000)

        def bare() -> None:
            for _n in range(MANY):
                plain.execute("BEGIN")
                plain.execute("UPDATE attendance SET mark = ? WHERE id = 500", (f"late {next(bare_turn)}",))
                plain.execute("COMMIT")

        yield ours, bare
        plain.close()
        database.close()


BENCHMARKS = [("50 marks, each committed", "bare sqlite3, update and commit, FULL", _mark, 15, 3.0)]
