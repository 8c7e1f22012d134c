"""What each command does: load values, call a plain function, write or print."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rop_facilitator import paths
from rop_facilitator.cli.arguments import today
from rop_facilitator.cli.passphrases import ask_secret
from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _, long_date, ngettext
from rop_facilitator.records.log.action_names import Action

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.documents.check.readability_report import Reading
    from rop_facilitator.documents.papers.catalogue import Paper
    from rop_facilitator.errors import Problem
    from rop_facilitator.records.marks import Mark
    from rop_facilitator.records.models import Leader
    from rop_facilitator.records.storage.credentials import Secret
    from rop_facilitator.records.storage.database import Database

_Value = TypeVar("_Value")

# Commands import what they work with when they run: `--help` and a word that is mistyped wait for no database and no
# typesetting.


def print_json(value: object) -> None:
    """Print a value as JSON for other programs; days and times as in 2026-09-29."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def refusing(work: Callable[[], _Value]) -> _Value:
    """What the rules of the records refuse ends with 2: nothing is wrong with them."""
    try:
        return work()
    except UserError as error:
        raise RefusedError(str(error)) from error


def read_library() -> Library:
    """All curricula, shipped and the leader's own."""
    from rop_facilitator.curriculum.load import load_library

    return load_library(paths.curricula_folders())


@contextmanager
def open_records(
    options: argparse.Namespace, *, for_writing: bool = False, if_free: bool = False
) -> Iterator[tuple[Database, Leader]]:
    """The unlocked database and its acting leader: the owner of the passphrase.

    With `if_free` it is opened to read where somebody else writes: an export goes on, and only its note is left out.
    """
    from rop_facilitator.records.erasure.erase import CameBackError, opening_messages
    from rop_facilitator.records.storage.engine import NoAccessError
    from rop_facilitator.records.storage.records_file import OlderFileError
    from rop_facilitator.records.storage.writer_lock import InUseError

    secret = ask_secret()
    try:
        database = _unlocked(options.database, secret, for_writing=for_writing)
    except (CameBackError, OlderFileError):  # a restored or older file is put right before it is read
        database = _unlocked(options.database, secret, for_writing=True)
    except (InUseError, NoAccessError):
        if not if_free:
            raise
        print(_("The records can only be read now, so this is not noted in the log."), file=sys.stderr)
        database = _unlocked(options.database, secret, for_writing=False)
    try:
        for words in opening_messages(database):
            print(words, file=sys.stderr)
        yield database, _acting(database)
    finally:
        database.close()


def _unlocked(path: Path, secret: Secret, *, for_writing: bool) -> Database:
    from rop_facilitator.records.storage.opening import unlock_database, unlock_with_code

    if secret.code:
        return unlock_with_code(path, secret.code, clock=datetime.now, for_writing=for_writing)
    return unlock_database(path, None, secret.passphrase, clock=datetime.now, for_writing=for_writing)


def _acting(database: Database) -> Leader:
    """Who unlocked; the recovery code names nobody, so it is enough only where there is one leader."""
    leaders = database.leaders()
    named = [leader for leader in leaders if leader.id == database.leader_id] or leaders
    if len(named) != 1:
        raise UserError(_("The recovery code does not say who you are. Give the passphrase of a leader instead."))
    return named[0]


# -- curricula and plans -----------------------------------------------------------------------------------------------


def curricula(options: argparse.Namespace) -> int:
    """Every curriculum: counts and where it comes from."""
    library = read_library()
    rows = [
        {
            "id": curriculum.id,
            "title": curriculum.title,
            "language": curriculum.language,
            "modules": len(curriculum.modules),
            "sessions": len(curriculum.sessions),
            "complete": sum(not session.is_outline for session in curriculum.sessions),
            "origin": curriculum.origin_note,
        }
        for curriculum in library
    ]
    if options.json:
        print_json(rows)
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
    from rop_facilitator.documents.check.readability_report import readability_of_files
    from rop_facilitator.documents.check.rendering_check import check_paths

    places = options.paths or [paths.shipped("curricula"), paths.shipped("handouts") / "papers"]
    problems = check_paths(places)
    figures = readability_of_files(places) if options.readability else []
    faults = sum(problem.level == "fault" for problem in problems)
    if options.json:
        print_json([*(vars(problem) for problem in problems), *map(_reading_json, figures)])
    else:
        for problem in problems:
            print(problem if problem.level == "fault" else f"{problem} ({_('advice')})")
        _print_readings(figures)
        advice = len(problems) - faults
        print(
            ngettext("{n} fault", "{n} faults", faults).format(n=faults)
            + ", "
            + ngettext("{n} piece of advice", "{n} pieces of advice", advice).format(n=advice)
        )
    return 1 if faults else 0


def _reading_json(reading: Reading) -> dict[str, object]:
    """A row with the fields of a problem, so that a list with both can be read as before, and the figures."""
    row = {"level": "reading", "file": reading.file, "line": 0, "text": reading.title, "advice": ""}
    measured = vars(reading.measured)
    return {**row, "kind": reading.kind, "over_aim": reading.over_aim, **measured, "lix": round(measured["lix"], 1)}


def _print_readings(figures: Sequence[Reading]) -> None:
    if not figures:
        return
    from rop_facilitator.documents.check.readability_report import AIM

    long_sentences = _("long sentences")
    print(f"{'LIX':>5}  {_('words'):>5}  {long_sentences}  {_('file, and its longest words')}")
    for figure in figures:
        measured = figure.measured
        sign = "~" if measured.short else "!" if figure.over_aim else " "
        numbers = (
            f"{measured.lix:>4.0f}{sign}  {measured.words:>5}  {len(measured.long_sentences):>{len(long_sentences)}}"
        )
        print(f"{numbers}  {figure.file}: {', '.join(measured.longest)}")
    print(_("! a paper over the aim, LIX {aim}; ~ under 100 words, too short to rely on").format(aim=AIM))


# -- records -----------------------------------------------------------------------------------------------------------


def demo(options: argparse.Namespace) -> int:
    """A database with the sample groups."""
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
        print(_("Passphrase: ") + passphrase)
    return 0


def groups(options: argparse.Namespace) -> int:
    """Every group that goes on, or those that are archived: members, meetings and the next date."""
    from rop_facilitator.records.group.groups_overview import group_summaries

    with open_records(options) as (database, _leader), database.read() as db:
        today = options.today
        rows = [vars(summary) for summary in group_summaries(db, today=today, archived=options.archived)]
    if options.json:
        print_json(rows)
        return 0
    for row in rows:
        following = long_date(row["next_meeting"]) if row["next_meeting"] else _("none")
        counts = _("{members} members, {held} of {planned} meetings held, next: {next_meeting}").format(
            **{**row, "next_meeting": following}
        )
        print(f"{row['name']} ({', '.join(row['curricula'])}): {counts}")
    return 0


def _mark_or_clear(text: str) -> Mark | None:
    """A mark, or None for the word that takes one away. Raises UserError that lists the marks."""
    from rop_facilitator.records.marks import parse_mark

    return None if text.strip().casefold() in ("-", "clear", _("clear").casefold()) else parse_mark(text)


def mark(options: argparse.Namespace) -> int:
    """Marks by name at one meeting, all or none; `clear` takes a mark away."""
    from rop_facilitator.records.group.groups import find_group, find_member
    from rop_facilitator.records.marks import LETTERS, parse_mark, share
    from rop_facilitator.records.meeting.attendance import (
        mark_attendance,
        mark_rest,
        unmarked,
    )
    from rop_facilitator.records.meeting.held_meetings import settle_past_meetings, take_back_held
    from rop_facilitator.records.meeting.meetings import expected_at, meeting_on

    wanted = [(name, _mark_or_clear(mark)) for name, mark in options.person]
    rest = parse_mark(options.rest) if options.rest else None
    if not wanted and rest is None and not options.not_held:
        raise UserError(_("Nothing to mark. Give --person NAME MARK, --rest present, or --not-held."))
    today = options.today
    cleared = rest is None and all(mark is None for _name, mark in wanted)
    action = Action.ATTENDANCE_MARKED if wanted else Action.REST_MARKED if rest else Action.MEETING_NOT_HELD
    action = Action.MARK_CLEARED if wanted and cleared else action
    with open_records(options, for_writing=True) as (database, leader):
        # An act of nobody's: whoever takes the marks back does not take that back.
        with database.write(Action.PAST_MEETINGS_SETTLED, by=None) as db:
            settle_past_meetings(db, today=today)
        with database.write(action, by=leader.id) as db:
            group = find_group(db, options.group)
            meeting = meeting_on(group, options.on)
            people = expected_at(group, meeting)
            for name, mark in wanted:
                membership = find_member(people, name, group.names_shown)
                mark_attendance(db, meeting.id, membership.id, mark, today=today, leader=leader.name)
            if rest is not None:
                mark_rest(db, meeting.id, rest, today=today, leader=leader.name)
            if options.not_held:
                take_back_held(db, group, meeting, today=today)
            by_person = {row.membership_id: row.mark for row in meeting.attendance}
            marks = [by_person.get(membership.id) for membership in expected_at(group, meeting)]
            left = unmarked(group, meeting)
        attendance = share(marks)
        letters = " ".join(LETTERS[mark] if mark else "·" for mark in marks)
    print(
        _("{present} of {counted} present, {left} not marked: {letters}").format(
            present=attendance.present, counted=attendance.counted, left=left, letters=letters
        )
    )
    return 0


# -- papers and tables -------------------------------------------------------------------------------------------------


def handout(options: argparse.Namespace) -> int:
    """One handout as PDF or Word."""
    from rop_facilitator.documents.papers.handout import print_handout

    _print_written(print_handout(read_library(), options.handout, options.output), options.output)
    return 0


def packet(options: argparse.Namespace) -> int:
    """The papers of one meeting: one PDF, or a folder of Word files."""
    from rop_facilitator.documents.papers.catalogue import PaperRequest, collect_paper
    from rop_facilitator.records.group.groups import find_group

    with open_records(options, for_writing=True, if_free=True) as (database, leader):
        with database.read() as db:
            group = find_group(db, options.group)
            paper = collect_paper(group, read_library(), PaperRequest("packet", options.on), today=today())
        problems = _write(paper, options.output)
        note(database, leader, Action.PAPERS_PRINTED, group=group.id, people=paper.people)
    _print_written(problems, options.output)
    return 0


def paper(options: argparse.Namespace) -> int:
    """Any paper of a group, by its name in the catalogue, as PDF or Word."""
    from rop_facilitator.documents.output.write_paper import check_paper_ending
    from rop_facilitator.documents.papers.catalogue import PaperRequest, collect_paper
    from rop_facilitator.records.group.groups import find_group, find_member

    with open_records(options, for_writing=True, if_free=True) as (database, leader):
        with database.read() as db:
            group = find_group(db, options.group)
        people = tuple(find_member(group.memberships, name, group.names_shown).id for name in options.person)
        request = PaperRequest(options.kind, options.on, themes=options.themes, people=people, anyway=options.anyway)
        try:
            paper = collect_paper(group, read_library(), request, today=options.today)
        except RefusedError as error:
            raise RefusedError(f"{error}\n{_('Add --anyway to make it all the same.')}") from None
        if not paper.in_parts:
            check_paper_ending(options.output)
        problems = _write(paper, options.output)
        note(database, leader, Action.PAPERS_PRINTED, group=group.id, people=paper.people)
    _print_written(problems, options.output)
    return 0


def _write(paper: Paper, target: Path) -> list[Problem]:
    """Lay a paper out and write it; what was wrong on the way."""
    from rop_facilitator.documents.output.write_paper import write_paper

    packet, problems = paper.packet()
    return [*problems, *write_paper(packet, target)]


def note(database: Database, leader: Leader, action: str, *, group: int, people: int) -> None:
    """Store that something was printed or exported, as the window does; not where the records can only be read."""
    if database.writable:
        database.log_event(action, by=leader.id, arguments={"group": group, "people": people})


def _print_written(problems: Sequence[object], target: Path) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
    print(_("Written: {path}").format(path=target))


def export(options: argparse.Namespace) -> int:
    """The attendance of a group as a spreadsheet or a list."""
    from rop_facilitator.documents.exchange.register import collect_register
    from rop_facilitator.documents.exchange.write_register import check_register_ending, write_register
    from rop_facilitator.records.group.groups import find_group
    from rop_facilitator.records.models import NamesShown

    check_register_ending(options.output)  # before anything is opened, which the log would note
    with open_records(options, for_writing=True, if_free=True) as (database, leader):
        with database.read() as db:
            group = find_group(db, options.group)
        names = NamesShown(options.names or group.names_shown)
        register = collect_register(group, names=names, today=options.today)
        write_register(register, options.output)
        note(database, leader, Action.ATTENDANCE_EXPORTED, group=group.id, people=len(register.people))
    print(_("Written: {path}").format(path=options.output))
    return 0
