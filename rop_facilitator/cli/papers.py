"""The commands that write papers and the register: `packet`, `paper`, `handout`, `export`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rop_facilitator.cli.arguments import today
from rop_facilitator.cli.records_access import open_records, read_library
from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _
from rop_facilitator.records.log.action_names import Action

if TYPE_CHECKING:
    from rop_facilitator.documents.papers.catalogue import Paper
    from rop_facilitator.errors import Problem
    from rop_facilitator.records.models import Leader
    from rop_facilitator.records.storage.database import Database


def handout(options: argparse.Namespace) -> int:
    """One handout as PDF or Word; it names nobody, so no records are opened."""
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
            paper = collect_paper(
                group, read_library(), PaperRequest("packet", options.on, options.themes), today=today()
            )
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
            # The catalogue asks without knowing how one answers here; the window has a button for it.
            raise RefusedError(f"{error}\n{_('Add --anyway to make it all the same.')}") from None
        # A packet may also be a folder, with a Word file a paper.
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


def note(database: Database, leader: Leader, action: Action, *, group: int, people: int) -> None:
    """Store that something was printed or exported, as the window does; not where the records can only be read."""
    if database.writable:
        # A count and no numbers: to those with the list, the number of a person in the group is a name.
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
