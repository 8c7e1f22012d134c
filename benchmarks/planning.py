"""60 sessions over two years with 40 closures, against a bare loop over the same days; and a preview in a group."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.paths import shipped
from rop_facilitator.planning.calendar import Closure, MeetingPattern, public_holidays
from rop_facilitator.planning.meeting_days import GroupCalendar
from rop_facilitator.planning.planned_sessions import PlannedSession
from rop_facilitator.planning.schedule import Plan, plan_schedule
from rop_facilitator.records.group.groups import add_participant, create_group, load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.meetings import meeting_on
from rop_facilitator.records.plan.group_plan import cancel_meeting, preview
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost

Pair = tuple[Callable[[], object], Callable[[], object]]
START, UNTIL = date(2026, 8, 25), date(2028, 8, 25)
MANY = 20


@contextmanager
def _planning() -> Iterator[Pair]:
    closures = tuple(Closure(day, day + timedelta(days=2)) for n in range(40) for day in [START + timedelta(18 * n)])
    planned = tuple(PlannedSession(f"course/{n}") for n in range(60))
    plan = Plan(planned, GroupCalendar(MeetingPattern((1,), time(13), 90), START, UNTIL, closures))

    def bare() -> None:
        for _n in range(MANY):
            holidays = public_holidays(START, UNTIL)
            left, placed = list(planned), []
            day = START
            while day <= UNTIL and left:
                if day.weekday() == 1 and day not in holidays and not any(day in closure for closure in closures):
                    placed.append((day, left.pop(0)))
                day += timedelta(days=1)
            assert len(placed) == 60

    def ours() -> None:
        for _n in range(MANY):
            assert len(plan_schedule(plan).meetings) == 60

    yield ours, bare


@contextmanager
def _preview() -> Iterator[Pair]:
    with tempfile.TemporaryDirectory() as home:
        database, _code = create_database(
            Path(home) / "bench.rop", "Marit", "hestehov i april", clock=datetime.now, cost=KeyCost(8192, 1, 1)
        )
        library = load_library((shipped("curricula"),))
        with database.write(Action.GROUP_CREATED, by=database.leader_id) as db:
            curricula = [library.curricula["e-imr"], library.curricula["ebl-2009"]]
            group = create_group(db, "Gruppa", curricula, MeetingPattern((1,), time(13), 90), first_date=START)
            for n in range(12):
                add_participant(db, group, f"Person {n}", joined=START)
        assert len(group.meetings) >= 60

        def bare() -> None:
            with database.read() as db:
                load_group(db, group.id)

        def ours() -> None:
            with database.read() as db:
                copy = load_group(db, group.id)
            moved = preview(copy, lambda group: cancel_meeting(group, meeting_on(group, START + timedelta(weeks=2))))
            assert len(moved.moves) > 50

        yield ours, bare
        database.close()


BENCHMARKS = [
    ("planning 60 sessions, two years, 40 closures (20 times)", "bare loop over the same days", _planning, 9, 5.0),
    ("preview of a cancelled week, 12 people, 60 meetings", "reading the same group", _preview, 9, 3.0),
]
