"""Every command with its options. What it does stands in a file a family: a few lines over what the screens use too."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rop_facilitator import i18n
from rop_facilitator.cli import backups, courses, groups, logs, marks, papers, people, plans, sample
from rop_facilitator.cli.arguments import Parser as _Parser
from rop_facilitator.cli.arguments import clock_time as _clock
from rop_facilitator.cli.arguments import day_ahead as _day
from rop_facilitator.cli.arguments import day_around as _day_around
from rop_facilitator.cli.arguments import day_back as _day_back
from rop_facilitator.cli.arguments import day_of_end as _day_of_end
from rop_facilitator.cli.arguments import take_today, today
from rop_facilitator.cli.arguments import whole_minutes as _whole_minutes
from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _
from rop_facilitator.private_files import tidy_at_start
from rop_facilitator.records.meeting.cancellation_reasons import fixed_reasons


class _Version(argparse.Action):
    """Looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_asked: object) -> None:
        print(f"rop-facilitator {program_version()}")
        parser.exit()


def program_version() -> str:
    """The version that is installed, from the package's own metadata."""
    from importlib import metadata

    return metadata.version("rop-facilitator")


def report_missing_file(file: Path) -> int:
    """Say that a file that was to be opened is not there; gives the exit code."""
    _choose_language([])
    message = _("There is no file {path}. Look for it where it was saved, or give its whole path.").format(path=file)
    print(message, file=sys.stderr)
    return 1


def _add(parsers: Any, name: str, run: object, words: str, *options: Sequence[Any]) -> None:
    parser = parsers.add_parser(name, help=words, description=words)
    for option in options:
        parser.add_argument(*option[:-1], **option[-1])
    parser.set_defaults(run=run)


def _parser() -> argparse.ArgumentParser:
    top = _Parser(
        prog="rop-facilitator",
        description=_("The desk of a group leader. Without a command, the window opens; so it does on FILE.rop."),
    )
    top.add_argument("--version", action=_Version, nargs=0, help=_("which version this is"))
    top.add_argument("--language", choices=sorted(i18n.LANGUAGES), help=_("language of messages"))
    parsers = top.add_subparsers(dest="command", metavar=_("COMMAND"), required=True, parser_class=_Parser)
    _course_commands(parsers)
    _record_commands(parsers)
    _paper_commands(parsers)
    return top


def _as_json() -> Sequence[Any]:
    return ("--json", {"action": "store_true", "help": _("for other programs")})


def _database() -> Sequence[Any]:
    return ("--database", {"type": Path, "required": True, "metavar": "DB"})


def _group() -> Sequence[Any]:
    return ("--group", {"required": True, "metavar": "G"})


def _on() -> Sequence[Any]:
    return ("--on", {"type": _day, "required": True, "metavar": _("DATE")})


def _on_back() -> Sequence[Any]:
    return ("--on", {"type": _day_back, "required": True, "metavar": _("DATE")})


def _today() -> Sequence[Any]:
    return ("--today", {"type": _day, "default": today(), "metavar": _("DATE"), "help": _("another day than today")})


def _output() -> Sequence[Any]:
    return ("-o", "--output", {"type": Path, "required": True, "metavar": _("FILE")})


def _course_commands(parsers: Any) -> None:
    _add(parsers, "curricula", courses.curricula, _("list the curricula"), _as_json())
    places = ("paths", {"nargs": "*", "type": Path, "metavar": _("PATH")})
    figures = ("--readability", {"action": "store_true", "help": _("how hard each session and handout is to read")})
    _add(parsers, "check", courses.check, _("check curricula and handouts"), places, figures, _as_json())
    closure = {
        "action": "append",
        "default": [],
        "metavar": "2026-W40",
        "help": _("closed days as you say them, such as “uke 40 Høstferie” or “20.12–2.1”; may be repeated"),
    }
    _add(
        parsers,
        "plan",
        plans.plan,
        _("lay a curriculum on real weeks"),
        ("curriculum", {"metavar": "CURRICULUM"}),
        ("--start", {"type": _day, "required": True, "metavar": _("DATE")}),
        ("--weekday", {"nargs": "+", "action": "append", "required": True, "metavar": "tue"}),
        ("--time", {"type": _clock, "required": True, "metavar": "13:00"}),
        ("--minutes", {"type": _whole_minutes, "required": True, "metavar": "90"}),
        ("--until", {"type": _day_of_end, "metavar": _("DATE")}),
        ("--closure", closure),
        *_calendar_file(),
        ("--offer", {"choices": plans.OFFERS, "help": _("what to do where it does not fit until the end date")}),
        ("--skip", {"action": "append", "default": [], "metavar": "SESSION", "help": _("leave a session out")}),
        ("--split", {"action": "append", "default": [], "metavar": "SESSION", "help": _("over two meetings")}),
        _as_json(),
    )


def _record_commands(parsers: Any) -> None:
    target = ("path", {"type": Path, "metavar": "DATABASE"})
    _add(parsers, "demo", sample.demo, _("make the sample groups"), target, _today())
    archived = ("--archived", {"action": "store_true", "help": _("those that are archived")})
    _add(parsers, "groups", groups.groups, _("list the groups"), _database(), archived, _today(), _as_json())
    mark_help = _("the mark of one person, or “clear” to take it away; may be repeated")
    pair = (_("NAME"), _("MARK"))
    person = ("--person", {"nargs": 2, "action": "append", "default": [], "metavar": pair, "help": mark_help})
    rest = ("--rest", {"metavar": _("MARK"), "help": _("the mark of everybody else, for example present")})
    words = _("the meeting was not held after all: its start and what became of its sessions are taken back")
    not_held = ("--not-held", {"action": "store_true", "help": words})
    options = (_database(), _group(), _on_back(), person, rest, not_held, _today())
    _add(parsers, "mark", marks.mark, _("mark attendance"), *options)
    one_group = ("--group", {"metavar": "G", "help": _("only this group")})
    _add(parsers, "log", logs.log, _("what was done, by whom, newest last"), _database(), one_group, _as_json())
    undo = ("--preview", {"action": "store_true", "help": _("only show what would be taken back")})
    _add(parsers, "undo", logs.undo, _("take back your own last action"), _database(), one_group, undo, _as_json())
    _plan_commands(parsers)
    _person_command(parsers)
    _group_command(parsers)
    _backup_commands(parsers)


def _group_command(parsers: Any) -> None:
    several = {"action": "append", "metavar": _("NAME")}
    _add(
        parsers,
        "group",
        groups.group,
        _("one group: shown, changed from a day on, archived, brought back, deleted"),
        _database(),
        _group(),
        ("--name", {"metavar": _("NAME"), "help": _("what it is called from now on")}),
        ("--name-on-paper", {"metavar": _("NAME"), "help": _("what its papers call it; empty: by its weekday")}),
        ("--weekday", {"nargs": "+", "metavar": "wed", "help": _("the days it meets on")}),
        ("--time", {"type": _clock, "metavar": "10:00"}),
        ("--minutes", {"type": _whole_minutes, "metavar": "90"}),
        ("--place", {"metavar": _("PLACE")}),
        ("--until", {"type": _day_or_none, "metavar": _("DATE"), "help": _("ends by this day; none: no end date")}),
        (
            "--from",
            {"type": _day, "metavar": _("DATE"), "help": _("days, time, length and place are so from this day")},
        ),
        ("--leader", several | {"help": _("one leader more; may be repeated")}),
        ("--remove-leader", several | {"help": _("one leader less; may be repeated")}),
        ("--archive", {"action": "store_true", "help": _("out of the lists, and only to be read")}),
        ("--unarchive", {"action": "store_true", "help": _("back into the lists")}),
        ("--delete-for-good", {"action": "store_true", "help": _("with who is in no other group; no undo")}),
        ("--confirm", {"metavar": _("NAME"), "help": _("the name of the group, typed again, where it is deleted")}),
        ("--anyway", {"action": "store_true", "help": _("a name on paper, whatever is asked first")}),
        (
            "--themes-on-plans",
            {"choices": ["yes", "no"], "help": _("plans to hang up say what meetings are about")},
        ),
        ("--preview", {"action": "store_true", "help": _("only show what would happen")}),
        _today(),
        _as_json(),
    )


def _day_or_none(text: str) -> date | str:
    """A day ahead, or that there is to be none."""
    return groups.NO_END if text.strip().casefold() in (groups.NO_END, "ingen") else _day(text)


def _backup_commands(parsers: Any) -> None:
    over = ("--overwrite", "--force", {"action": "store_true", "help": _("replace a file that is there")})
    what = _("an encrypted, checked copy of the records")
    _add(parsers, "backup", backups.backup, what, _database(), _output(), over)
    source = ("file", {"type": Path, "metavar": _("FILE"), "help": _("a backup; a folder lists the backups in it")})
    target = ("-o", "--output", {"type": Path, "metavar": "DB", "help": _("where the records shall lie")})
    leader = ("--leader", {"metavar": _("NAME"), "help": _("whose passphrase is new, after the recovery code")})
    _add(parsers, "restore", backups.restore, _("the records from a backup"), source, target, leader, _as_json())


def _person_command(parsers: Any) -> None:
    day = {"type": _day_around, "metavar": _("DATE")}
    been = {"type": _day_back, "metavar": _("DATE")}
    _add(
        parsers,
        "person",
        people.person,
        _("one person of a group: in, out, back, days corrected, moved, renamed, deleted"),
        _database(),
        _group(),
        ("--person", {"required": True, "metavar": _("NAME")}),
        ("--add", {"action": "store_true", "help": _("into the group, from --from or today on")}),
        ("--from", day | {"help": _("the first day in, with --add or --move-to")}),
        ("--leave", day | {"help": _("the first day out")}),
        ("--pause", day | {"help": _("the first day out, for a while")}),
        ("--until", day | {"type": _day_of_end, "help": _("the first day in again after the pause")}),
        ("--return", day | {"help": _("the first day in again")}),
        ("--period", {"type": int, "metavar": "N", "help": _("which period, where there are several; from 1")}),
        ("--first-day", been | {"help": _("correct a period: the first day in")}),
        ("--last-day", been | {"help": _("correct a period: the last day in")}),
        ("--complete", day | {"help": _("completed the course; the last day in")}),
        ("--move-to", {"metavar": "GROUP", "help": _("another group; what was received there counts")}),
        ("--rename", {"metavar": _("NAME")}),
        ("--alias", {"metavar": _("ALIAS"), "help": _("the name on paper; empty takes it away")}),
        ("--delete-for-good", {"action": "store_true", "help": _("with everything, in all groups; no undo")}),
        ("--confirm", {"metavar": _("NAME"), "help": _("the name, typed again, where it is deleted")}),
        ("--keep-marks", {"action": "store_true", "help": _("keep marks outside the days, without counting them")}),
        ("--preview", {"action": "store_true", "help": _("only show what it would mean")}),
        _today(),
        _as_json(),
    )


def _plan_commands(parsers: Any) -> None:
    _add(
        parsers,
        "reschedule",
        plans.reschedule,
        _("what a change of the plan moves, or the change itself"),
        _database(),
        _group(),
        ("--cancel", {"type": _day, "metavar": _("DATE"), "help": _("call off the meeting of this day")}),
        ("--did-not-meet", {"type": _day_back, "metavar": _("DATE"), "help": _("the group did not meet on this day")}),
        ("--move", {"nargs": 2, "type": _day, "metavar": (_("DATE"), _("DATE")), "help": _("to another day")}),
        ("--close", {"metavar": "2026-W40", "help": _("closed days as you say them, such as “uke 8” or “20.12–2.1”")}),
        *_calendar_file(),
        ("--reason", {"metavar": _("WORDS"), "help": _reason_help()}),
        ("--preview", {"action": "store_true", "help": _("only show what would move")}),
        _today(),
        _as_json(),
    )
    what = _("who has received what, what to make up, whom to call")
    _add(parsers, "progress", plans.progress, what, _database(), _group(), _names(), _today(), _as_json())


def _reason_help() -> str:
    words = _("why it is called off: {fixed} may stand in calendars, other words stay in the records")
    return words.format(fixed=", ".join(fixed_reasons()))


def _calendar_file() -> Sequence[Sequence[Any]]:
    also = {
        "action": "append",
        "default": [],
        "metavar": _("NAME"),
        "help": _("close also what the calendar file asks about by this name; may be repeated"),
    }
    file = {"type": Path, "metavar": "FILE.ics", "help": _("closed days from a calendar file")}
    return ("--closures", file), ("--close-also", also)


def _names() -> Sequence[Any]:
    return ("--names", {"choices": ["display", "alias", "number"], "help": _("else as the group shows them")})


def _paper_commands(parsers: Any) -> None:
    titles = ("--titles", {"action": "store_true", "help": _("say what each meeting is about")})
    words = _("the plan as a calendar file (.ics)")
    _add(parsers, "calendar", plans.calendar, words, _database(), _group(), _output(), titles)
    handout = ("handout", {"metavar": "HANDOUT-ID"})
    _add(parsers, "handout", papers.handout, _("one handout as PDF or Word"), handout, _output())
    say, say_not = _("plans to hang up say what meetings are about"), _("they do not; else as the group has it")
    themes = (
        ("--themes", {"dest": "themes", "action": "store_true", "default": None, "help": say}),
        (
            "--without-themes",
            {"dest": "themes", "action": "store_false", "help": say_not},
        ),
    )
    what = _("the papers of a meeting, as one PDF or a folder of Word files")
    _add(parsers, "packet", papers.packet, what, _database(), _group(), _on(), *themes, _output())
    kinds = _("term-plan, register, sign-in, substitute, person-overview, person-sheets, or a standing paper")
    kind = ("kind", {"metavar": _("PAPER"), "help": kinds})
    on = ("--on", {"type": _day, "metavar": _("DATE"), "help": _("the day of a meeting, where the paper is for one")})
    person_help = _("who gets a certificate, which may be repeated, or whom the paper is about")
    person = ("--person", {"action": "append", "default": [], "metavar": _("NAME"), "help": person_help})
    anyway = ("--anyway", {"action": "store_true", "help": _("a certificate, whatever is asked first")})
    options = (kind, _database(), _group(), on, *themes, person, anyway, _output(), _today())
    _add(parsers, "paper", papers.paper, _("a paper of a group as PDF or Word"), *options)
    words = _("the attendance as XLSX or CSV")
    _add(parsers, "export", papers.export, words, _database(), _group(), _output(), _names(), _today())


def _choose_language(given: Sequence[str]) -> None:
    """Before the help texts are made, so that they speak it too."""
    early = argparse.ArgumentParser(add_help=False)
    early.add_argument("--language", choices=sorted(i18n.LANGUAGES))
    try:
        chosen = early.parse_known_args([a for a in given if a not in ("-h", "--help")])[0].language
    except SystemExit:  # a language that is not known: the real parser says so
        chosen = None
    i18n.set_language(chosen or os.environ.get("ROP_LANGUAGE") or i18n.system_language())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 a failure told in one line, 2 wrong usage, or refused with what to do."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file name may be no text
    _choose_language(given)
    take_today(given)
    # The parser is made last, since its help texts and the default of --today come from the two above.
    options = _parser().parse_args(given)
    # After the arguments are read: --help and a slip of the pen touch nothing on the disk.
    tidy_at_start()
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except UserError as error:
        print(error, file=sys.stderr)
        # Scripts tell by it whether to mend what they asked for or to look at the records.
        return 2 if isinstance(error, RefusedError) else 1
    except BrokenPipeError:  # whoever read our lines has heard enough
        # Python writes what is left at its end, and would fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        # As shells tell of Ctrl+C: 128 and the number of the signal.
        return 130
