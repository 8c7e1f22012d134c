"""What people type after an option, in the words of the window; and faults in their language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date, time
from typing import NoReturn, TypeVar

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.planning.date_words import Lean, parse_day
from rop_facilitator.planning.time_words import LONGEST, parse_minutes, parse_time

_Value = TypeVar("_Value")
_today: ContextVar[date | None] = ContextVar("the day of --today", default=None)
_begin: ContextVar[date | None] = ContextVar("the day of --start or --pause", default=None)


def take_today(given: Sequence[str]) -> None:
    """Before the arguments are read: “i morgen” and a day without a year are seen from --today, where it is given.

    An end is the first such day after --start, or after --pause.
    """
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--today")
    early.add_argument("--start")
    early.add_argument("--pause")
    _today.set(None)
    _begin.set(None)
    try:
        # Without -h and --help, of which this small parser would make an end.
        early_options = early.parse_known_args([word for word in given if word not in ("-h", "--help")])[0]
        _today.set(parse_day(early_options.today, date.today()).day if early_options.today else None)
        if early_options.start:
            _begin.set(parse_day(early_options.start, today()).day)
        elif early_options.pause:
            _begin.set(parse_day(early_options.pause, today(), lean=Lean.AROUND).day)
    except (UserError, argparse.ArgumentError):  # said when the argument is read
        return


def today() -> date:
    """The day of --today, or the day it is."""
    return _today.get() or date.today()


def day_ahead(text: str) -> date:
    """A day of a plan or a closure: without a year the next one."""
    return _day(text, Lean.AHEAD)


def day_back(text: str) -> date:
    """A day that has been, as that of a mark: without a year the last one."""
    return _day(text, Lean.BACK)


def day_around(text: str) -> date:
    """A day on which somebody comes or goes: without a year the last one, or one of the coming month."""
    return _day(text, Lean.AROUND)


def day_of_end(text: str) -> date:
    """The last day of something that begins at --start or --pause: without a year the first one from then."""
    return _typed(lambda: parse_day(text, today(), lean=Lean.AFTER, earliest=_begin.get()).day, text)


def _day(text: str, lean: Lean) -> date:
    return _typed(lambda: parse_day(text, today(), lean=lean).day, text)


def clock_time(text: str) -> time:
    """A time of the day, as the window takes it: 1730, 17.30, halv ni."""
    return _typed(lambda: parse_time(text).at, text)


def whole_minutes(text: str) -> int:
    """A length; which one a meeting can have is said by the plan."""
    return _typed(lambda: parse_minutes(text, shortest=1, longest=LONGEST * 10).minutes, text)


def _typed(read: Callable[[], _Value], text: str) -> _Value:
    try:
        return read()
    except UserError as fault:
        raise argparse.ArgumentTypeError(f"“{text[:40]}”: {fault}") from None


class Parser(argparse.ArgumentParser):
    """Wrong usage is one line in the user's language, and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """What is wrong, and how to see how it is used."""
        how = _("Type “{prog} --help” to see how.").format(prog=self.prog)
        self.exit(2, f"{self.prog}: {usage_fault(message).rstrip('.')}. {how}\n")


def usage_fault(message: str) -> str:
    """What argparse says in English, in the language in use; our own faults are so already."""
    option, text = "", message
    if match := re.fullmatch(r"argument ([^:]+): (.*)", message, re.DOTALL):
        option, text = f"{match[1]}: ", match[2]
    forms: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
        (r"the following arguments are required: (.*)", lambda m: _("this is missing: {names}").format(names=m[1])),
        (r"unrecognized arguments: (.*)", lambda m: _("this is not known here: {names}").format(names=m[1])),
        (r"expected one argument", lambda m: _("write one value after it")),
        (r"expected at least one argument", lambda m: _("write one or more values after it")),
        (r"expected (\d+) arguments", lambda m: _("write {n} values after it").format(n=m[1])),
        (r"not allowed with argument (.*)", lambda m: _("this does not go together with {name}").format(name=m[1])),
        (
            r"ambiguous option: (.*) could match (.*)",
            lambda m: _("{name} could be {names}").format(name=m[1], names=m[2]),
        ),
        (r"one of the arguments (.*) is required", lambda m: _("write one of these: {names}").format(names=m[1])),
        (
            r"invalid choice: '?(.*?)'? \(choose from (.*)\)",
            lambda m: _("“{text}” is not one of these: {names}").format(text=m[1], names=m[2].replace("'", "")),
        ),
    )  # fmt: skip
    # A form that a newer Python words in another way stays English: understood by most, and never wrong.
    for form, words in forms:
        if match := re.fullmatch(form, text, re.DOTALL):
            return option + words(match)
    return option + text
