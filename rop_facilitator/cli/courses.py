"""The commands about courses and sheets as files: `curricula` lists them, `check` looks through them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rop_facilitator import paths
from rop_facilitator.cli.records_access import print_json, read_library
from rop_facilitator.i18n import _, ngettext

if TYPE_CHECKING:
    from rop_facilitator.documents.check.readability_report import Reading


def curricula(options: argparse.Namespace) -> int:
    """Every curriculum: counts and where it comes from."""
    library = read_library()
    rows: list[dict[str, Any]] = [
        {
            "id": curriculum.id,
            "title": curriculum.title,
            "language": curriculum.language,
            "modules": len(curriculum.modules),
            "sessions": len(curriculum.sessions),
            "borrowed": len(curriculum.sessions) - len(curriculum.own_sessions),
            "overviews": len(curriculum.overviews),
            "complete": sum(not session.is_outline for session in curriculum.sessions),
            "origin": curriculum.origin_note,
        }
        for curriculum in library
    ]
    if options.json:
        print_json(rows)
        return 0
    for row in rows:
        modules = ngettext("{n} module", "{n} modules", row["modules"]).format(n=row["modules"])
        sessions = ngettext("{n} session", "{n} sessions", row["sessions"]).format(n=row["sessions"])
        counts = ", ".join((modules, sessions, _("{n} complete").format(n=row["complete"])))
        counts += ", " + _("{n} borrowed").format(n=row["borrowed"]) if row["borrowed"] else ""
        print(f"{row['id']:<12} {row['title']} ({row['language']}): {counts}")
        print(f"{'':<12} {row['origin']}")
    for problem in library.problems:
        print(problem, file=sys.stderr)
    return 0


def check(options: argparse.Namespace) -> int:
    """Curricula and handouts, shipped or in any folder; 1 when there is a fault."""
    from rop_facilitator.documents.check.readability_report import readability_of_files
    from rop_facilitator.documents.check.rendering_check import check_paths

    # The sheets of the courses are found by way of the courses; standing papers belong to none.
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
