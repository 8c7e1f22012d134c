"""Large records, made up: 1,500 people in 125 groups that have met weekly for six years, 600,000 marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.paths import shipped
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost

NOW = datetime(2026, 11, 24, 8, 35)
PEOPLE, GROUPS, HELD, AHEAD = 1500, 125, 320, 10
STAYING, CHANGING = 6, 9  # of the 15 places in a group, so many keep their person, and so many change once
_START, _MINUTES = "13:00:00.000000", 90
_COLUMNS = {
    "participant": "id, name, alias",
    "group": "id, name, name_on_paper, weekdays, start, minutes, place, first_date, until, closures, extra_days,"
    " later_patterns, leaders, call_after, names_shown, name_on_sheets, themes_on_plans, is_sample",
    "group_session": "id, group_id, session_id, position, title, round, joined, parts, skipped, reason, course",
    "membership": "id, group_id, participant_id, number, status, contact",
    "period": "membership_id, first_day, last_day",
    "meeting": "id, group_id, number, on_date, start, minutes, place, slot, changed, reason, started, state, leader",
    "meeting_session": "meeting_id, group_session_id, position, part, parts, rest, title",
    "attendance": "meeting_id, membership_id, mark, handout_given, agreed_practice",
}
_MARKS = ("present", "present", "absent", "present", "late", "present", "notice", "present")
Rows = Iterable[tuple[object, ...]]


def meeting_id(group: int, number: int) -> int:
    """The id of a group's meeting; both count from 1."""
    return group * 1000 + number


def make_large(path: Path) -> Database:
    """The records, unlocked. The rows go in past the program, which would audit each of them."""
    cost = KeyCost(memory_kib=64, passes=1, lanes=1)
    database, _code = create_database(path, "Marit", "hestehov i april", clock=lambda: NOW, cost=cost)
    library = load_library((shipped("curricula"),))
    sessions = [(session.id, session.title) for curriculum in library for session in curriculum.sessions]
    handle = database.handle()
    handle.execute("BEGIN")
    _add(handle, "participant", ((n, f"Person {n}", "") for n in range(1, PEOPLE + 1)))
    for group in range(1, GROUPS + 1):
        for table, rows in _rows_of(group, sessions):
            _add(handle, table, rows)
    handle.execute("COMMIT")
    handle.close()
    return database


def _add(handle: Any, table: str, rows: Rows) -> None:
    places = ", ".join("?" * (_COLUMNS[table].count(",") + 1))
    handle.executemany(f'INSERT INTO "{table}" ({_COLUMNS[table]}) VALUES ({places})', rows)


def _rows_of(group: int, sessions: list[tuple[str, str]]) -> Iterator[tuple[str, Rows]]:
    first = NOW.date() - timedelta(weeks=HELD) + timedelta(days=group % 5)
    days = [first + timedelta(weeks=n) for n in range(HELD + AHEAD)]
    name, place, weekdays = f"Gruppe {group:03}", f"Rom {group}", f"[{first.weekday()}]"
    when = (weekdays, _START, _MINUTES, place, str(first), None)
    yield "group", [(group, name, "", *when, "[]", "[]", "[]", "[]", 2, "display", 0, 0, 0)]
    yield (
        "group_session",
        ((group * 1000 + n, group, id_, n, title, 1, 0, 1, 0, "", "") for n, (id_, title) in enumerate(sessions)),
    )
    yield "membership", _memberships(group)
    yield "period", _periods(group, days)
    yield (
        "meeting",
        (
            (meeting_id(group, n), group, n, str(day), _START, _MINUTES, place, str(day), 0, "")
            + ((1, "held", "Marit") if n <= HELD else (0, "planned", ""))
            for n, day in enumerate(days, 1)
        ),
    )
    taught = ((n, *sessions[n % len(sessions)]) for n in range(1, len(days) + 1))
    yield (
        "meeting_session",
        ((meeting_id(group, n), group * 1000 + n % len(sessions), 0, 1, 1, 0, title) for n, _id, title in taught),
    )
    yield "attendance", _marks(group)


def _memberships(group: int) -> Rows:
    for n in range(STAYING + 2 * CHANGING):
        status = "left" if STAYING <= n < STAYING + CHANGING else "active"
        yield group * 100 + n, group, (group * 12 + n) % PEOPLE + 1, n + 1, status, ""


def _periods(group: int, days: list[date]) -> Rows:
    middle = HELD // 2
    for n in range(STAYING + 2 * CHANGING):
        first = days[0] if n < STAYING + CHANGING else days[middle]
        last = str(days[middle - 1]) if STAYING <= n < STAYING + CHANGING else None
        yield group * 100 + n, str(first), last


def _marks(group: int) -> Rows:
    """Everybody who was a member has a mark; in every fourth group three people of the last meeting wait for theirs."""
    for number in range(1, HELD + 1):
        later = CHANGING if number > HELD // 2 else 0
        waiting = 3 if number == HELD and group % 4 == 0 else 0
        for place in range(STAYING + CHANGING):
            member = group * 100 + place + (later if place >= STAYING else 0)
            mark = None if place < waiting else _MARKS[(place + number) % len(_MARKS)]
            yield meeting_id(group, number), member, mark, 1, ""
