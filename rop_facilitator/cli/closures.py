"""Closed days on the command line: a calendar file's periods, which of them are closed, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _, day_and_month

if TYPE_CHECKING:
    from rop_facilitator.documents.exchange.closures_import import CalendarPeriod
    from rop_facilitator.planning.calendar import Closure
    from rop_facilitator.records.models import Group


class ClosuresOfFile:
    """The periods of a calendar file from a day on. Those that are asked about are closed where they are named."""

    def __init__(self, path: Path | None, also: Sequence[str], *, first: date) -> None:
        """Read the file. Raises UserError for one that cannot be read, and for a name that it does not ask about."""
        self.path = path
        self.periods: tuple[CalendarPeriod, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        if path is not None:
            from rop_facilitator.documents.exchange.closures_import import closures_from

            self.periods, self.problems = closures_from(path, first=first)
        self._taken = _taken(self.periods, also, path)

    @property
    def closures(self) -> tuple[Closure, ...]:
        """The periods that are closed: those that are sure, and those asked about that were named."""
        return tuple(period.closure for period in self.periods if self._is_closed(period))

    def _is_closed(self, period: CalendarPeriod) -> bool:
        return not period.asked or period.closure in self._taken

    def json(self) -> list[dict[str, Any]]:
        """Every period in order of date, asked ones as not closed."""
        return [
            {
                "first": period.closure.first,
                "last": period.closure.last,
                "name": period.closure.name,
                "closed": self._is_closed(period),
            }
            for period in self.periods
        ]

    def print(self) -> None:
        """What it closed, what it asks about, and what it left out."""
        if self.path is None:
            return
        from rop_facilitator.planning.closed_days import closure_words

        print(_("From {file}:").format(file=self.path.name))
        for period in self.periods:
            if self._is_closed(period):
                print("  " + _("Closed: {days}").format(days=closure_words(period.closure)))
        for period in self.periods:
            if not self._is_closed(period):
                name = period.closure.name or day_and_month(period.closure.first)
                words = _("Asked: {days} ({why}). To close it: --close-also “{name}”")
                print("  " + words.format(days=closure_words(period.closure), why=period.question, name=name))
        for problem in self.problems:
            print("  " + _("Left out: {what}").format(what=problem))
        if not self.periods:
            print("  " + _("There are no days in the file that could be closed."))


class ClosingDays:
    """Days to close for a group, typed or from a calendar file; `replaced` tells what gave way to them."""

    def __init__(self, typed: str | None, path: Path | None, also: Sequence[str], *, today: date) -> None:
        """Raises UserError for what cannot be read, and for a file that closes nothing."""
        from rop_facilitator.planning.closed_days import typed_closures

        self._today = today
        self.file = ClosuresOfFile(path, also, first=today)
        self._closures = self.file.closures if typed is None else typed_closures(typed, today)
        self.replaced = ""
        if not self._closures:
            # Said before it is refused: what the file asks about is the way on.
            self.file.print()
            raise UserError(_("Nothing is closed by this file."))

    def apply(self, group: Group) -> None:
        """Close them for a loaded group. Raises UserError where they are closed already."""
        from rop_facilitator.planning.calendar import parse_closure
        from rop_facilitator.planning.closed_days import merge_closures
        from rop_facilitator.records.calendar.closures import add_closures

        # Before they are added, as afterwards nothing tells what gave way.
        known = [parse_closure(text) for text in group.closures]
        self.replaced = merge_closures(known, self._closures, today=self._today).words
        add_closures(group, self._closures, today=self._today)


def _taken(periods: Sequence[CalendarPeriod], also: Sequence[str], path: Path | None) -> set[Closure]:
    if also and path is None:
        raise UserError(_("--close-also takes a name from a calendar file. Add --closures FILE.ics."))
    asked = [period.closure for period in periods if period.asked]
    result: set[Closure] = set()
    for name in also:
        # As names are compared everywhere: what was copied out of a line may bring spaces along.
        wanted = " ".join(name.split()).casefold()
        hits = [closure for closure in asked if wanted in _names_of(closure)]
        if not hits:
            there = ", ".join(dict.fromkeys(closure.name or day_and_month(closure.first) for closure in asked)) or _(
                "none"
            )
            words = _("The file asks about nothing called “{name}”. It asks about: {there}.")
            raise UserError(words.format(name=name[:80], there=there))
        result.update(hits)
    return result


def _names_of(closure: Closure) -> tuple[str, ...]:
    """What a period that is asked about can be called: by its name, or by its first day or days."""
    words = (closure.name, day_and_month(closure.first), closure.first.isoformat(), str(closure))
    return tuple(word.casefold() for word in words)
