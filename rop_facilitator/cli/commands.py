"""What each command does: load values, call a plain function, write or print."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rop_facilitator import paths
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, ngettext

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.records.database import Database
    from rop_facilitator.records.models import Leader


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _library() -> Library:
    from rop_facilitator.curriculum.load import load_library

    return load_library(paths.curricula_folders())


def _passphrase() -> str:
    """From ROP_PASSPHRASE or a prompt, never from an argument: arguments are seen by everybody on the machine."""
    if found := os.environ.get("ROP_PASSPHRASE"):
        return found
    if not sys.stdin.isatty():
        raise UserError(_("The passphrase is missing. Set ROP_PASSPHRASE, or run this in a terminal."))
    return getpass.getpass(_("Passphrase: "))


@contextmanager
def _records(options: argparse.Namespace, *, for_writing: bool = False) -> Iterator[tuple[Database, Leader]]:
    """The unlocked database and its acting leader: the owner of the passphrase."""
    from rop_facilitator.records.database import Database

    database = Database.unlock(options.database, None, _passphrase(), clock=datetime.now, for_writing=for_writing)
    try:
        yield database, next(leader for leader in database.leaders() if leader.id == database.leader_id)
    finally:
        database.close()


# -- curricula and plans -----------------------------------------------------------------------------------------------


def curricula(options: argparse.Namespace) -> int:
    """Every curriculum: counts and where it comes from."""
    library = _library()
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "language": one.language,
            "modules": len(one.modules),
            "sessions": len(one.sessions),
            "complete": sum(not session.is_outline for session in one.sessions),
            "origin": one.origin_note,
        }
        for one in library
    ]
    if options.json:
        _print_json(rows)
        return 0
    for row in rows:
        counts = _("{modules} modules, {sessions} sessions, {complete} complete").format(**row)
        print(f"{row['id']:<12} {row['title']} ({row['language']}): {counts}")
        print(f"{'':<12} {row['origin']}")
    for problem in library.problems:
        print(problem, file=sys.stderr)
    return 0


def check(options: argparse.Namespace) -> int:
    """Curricula and handouts, shipped or in any folder; 1 when there is a fault."""
    from rop_facilitator.documents.check import check_paths

    problems = check_paths(options.paths or [paths.shipped("curricula")])
    faults = sum(problem.level == "fault" for problem in problems)
    if options.json:
        _print_json([vars(problem) for problem in problems])
    else:
        for problem in problems:
            print(problem if problem.level == "fault" else f"{problem} ({_('advice')})")
        advice = len(problems) - faults
        print(
            ngettext("{n} fault", "{n} faults", faults).format(n=faults)
            + ", "
            + ngettext("{n} piece of advice", "{n} pieces of advice", advice).format(n=advice)
        )
    return 1 if faults else 0


def plan(options: argparse.Namespace) -> int:
    """A curriculum laid on real weeks; nothing is stored."""
    from rop_facilitator.planning.calendar import MeetingPattern, iso_week, parse_closure, parse_weekday
    from rop_facilitator.planning.schedule import plan_schedule

    library = _library()
    curriculum = library.curricula.get(options.curriculum)
    if curriculum is None:
        there = ", ".join(library.curricula) or _("none")
        raise UserError(
            _("There is no curriculum “{id}”. These are here: {there}.").format(id=options.curriculum, there=there)
        )
    weekdays = tuple(sorted({parse_weekday(text) for texts in options.weekday for text in texts}))
    schedule = plan_schedule(
        [session.id for session in curriculum.sessions],
        MeetingPattern(weekdays, options.time, options.minutes),
        start=options.start,
        until=options.until,
        closures=[parse_closure(text) for text in options.closure],
    )
    titles = {session.id: session.title for session in curriculum.sessions}
    if options.json:
        meetings = [
            {
                "number": m.number,
                "date": m.on,
                "week": iso_week(m.on),
                "start": f"{m.start:%H:%M}",
                "end": f"{m.end:%H:%M}",
                "sessions": list(m.sessions),
            }
            for m in schedule.meetings
        ]
        skipped = [{"date": s.on, "code": s.code, "text": s.text} for s in schedule.skipped]
        _print_json(
            {
                "meetings": meetings,
                "skipped": skipped,
                "unplaced": list(schedule.unplaced),
                "problems": [vars(problem) for problem in schedule.problems],
            }
        )
        return 0
    lines = [
        (
            m.on,
            f"{iso_week(m.on)}  {m.on}  {m.start:%H:%M}–{m.end:%H:%M}  {m.number:>3}  "
            + ", ".join(titles[s] for s in m.sessions),
        )
        for m in schedule.meetings
    ] + [(s.on, f"{iso_week(s.on)}  {s.on}  {'':<11}    –  {s.text}") for s in schedule.skipped]
    for _on, text in sorted(lines):
        print(text)
    for session_id in schedule.unplaced:
        print(_("Not placed: {title}").format(title=titles[session_id]))
    for problem in schedule.problems:
        print(problem)
    return 0


# -- records -----------------------------------------------------------------------------------------------------------


def demo(options: argparse.Namespace) -> int:
    """A database with the sample groups."""
    from rop_facilitator.records.database import Database
    from rop_facilitator.records.sample import add_sample_groups, sample_leader

    passphrase = os.environ.get("ROP_PASSPHRASE") or "-".join(secrets.token_hex(2) for _n in range(5))
    database, _code = Database.create(options.path, sample_leader(), passphrase, clock=datetime.now)
    try:
        with database.write("sample added", by=database.leader_id) as db:
            add_sample_groups(db, _library(), today=options.today or date.today())
    finally:
        database.close()
    print(_("The sample groups are in {path}.").format(path=options.path))
    if "ROP_PASSPHRASE" not in os.environ:
        print(_("Passphrase: ") + passphrase)
    return 0


def groups(options: argparse.Namespace) -> int:
    """Every group: members, meetings and the next date."""
    from rop_facilitator.records.overview import group_summaries

    with _records(options) as (database, _leader), database.read() as db:
        rows = [vars(one) for one in group_summaries(db, today=options.today or date.today())]
    if options.json:
        _print_json(rows)
        return 0
    for row in rows:
        told = _("{members} members, {held} of {planned} meetings held, next: {next_meeting}").format(
            **{**row, "next_meeting": row["next_meeting"] or _("none")}
        )
        print(f"{row['name']} ({', '.join(row['curricula'])}): {told}")
    return 0


def mark(options: argparse.Namespace) -> int:
    """Marks by name at one meeting, all or none."""
    from rop_facilitator.records.attendance import LETTERS, mark_attendance, mark_rest, parse_mark, share, unmarked
    from rop_facilitator.records.groups import find_group
    from rop_facilitator.records.meetings import expected_at, meeting_on

    wanted = [(name, parse_mark(mark)) for name, mark in options.person]
    rest = parse_mark(options.rest) if options.rest else None
    if not wanted and rest is None:
        raise UserError(_("Nothing to mark. Give --person NAME MARK, or --rest present."))
    today = options.today or date.today()
    with _records(options, for_writing=True) as (database, leader):
        with database.write("attendance marked", by=leader.id) as db:
            group = find_group(db, options.group)
            meeting = meeting_on(group, options.on)
            people = {m.participant.name.casefold(): m for m in expected_at(group, meeting)}
            for name, mark in wanted:
                if name.casefold() not in people:
                    there = ", ".join(m.participant.name for m in people.values()) or _("none")
                    raise UserError(
                        _("Nobody expected is called “{name}”. Expected: {there}.").format(name=name, there=there)
                    )
                membership = people[name.casefold()]
                mark_attendance(db, group, meeting, membership.id, mark, today=today, leader=leader.name)
            if rest is not None:
                mark_rest(db, group, meeting, rest, today=today, leader=leader.name)
            marks = [row.mark for row in meeting.attendance]
            left = unmarked(group, meeting)
        told = share(marks)
        letters = " ".join(LETTERS[mark] if mark else "·" for mark in marks)
    print(
        _("{present} of {counted} present, {left} not marked: {letters}").format(
            present=told.present, counted=told.counted, left=left, letters=letters
        )
    )
    return 0


def backup(options: argparse.Namespace) -> int:
    """An encrypted copy, opened and checked."""
    from rop_facilitator.records.backup import backup

    with _records(options) as (database, _leader):
        backup(database, options.output)
    print(_("The backup is in {path}. It was opened and checked.").format(path=options.output))
    return 0


def restore(options: argparse.Namespace) -> int:
    """A database from a backup."""
    from rop_facilitator.records.backup import restore

    restore(options.file, options.output)
    print(_("The records are in {path}.").format(path=options.output))
    return 0


# -- papers and tables -------------------------------------------------------------------------------------------------


def handout(options: argparse.Namespace) -> int:
    """One handout as PDF or Word."""
    from rop_facilitator.documents.handout import print_handout

    _tell(print_handout(_library(), options.handout, options.output), options.output)
    return 0


def packet(options: argparse.Namespace) -> int:
    """The papers of one meeting."""
    from rop_facilitator.documents.packet import collect_packet, write_packet
    from rop_facilitator.records.groups import find_group

    with _records(options) as (database, _leader), database.read() as db:
        group = find_group(db, options.group)
        packet = collect_packet(group, _library(), options.on)
    _tell(write_packet(packet, options.output), options.output)
    return 0


def _tell(problems: Sequence[object], target: Path) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
    print(_("Written: {path}").format(path=target))


def export(options: argparse.Namespace) -> int:
    """The attendance of a group as a spreadsheet or a list."""
    from rop_facilitator.documents.register import collect_register
    from rop_facilitator.documents.xlsx import write_register
    from rop_facilitator.records.groups import find_group
    from rop_facilitator.records.models import NamesShown

    with _records(options) as (database, _leader), database.read() as db:
        group = find_group(db, options.group)
        register = collect_register(group, names=NamesShown(options.names), today=options.today or date.today())
    write_register(register, options.output)
    print(_("Written: {path}").format(path=options.output))
    return 0
