"""The program's languages. English stands in the code; bokmål comes from the gettext catalogue."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from rop_facilitator.paths import shipped

if TYPE_CHECKING:
    from datetime import date, time

LANGUAGES = {"nb": "Bokmål", "en": "English"}
_chosen = "en"
# A paper is made in another thread than the window's, and may speak another language meanwhile.
_spoken: ContextVar[str | None] = ContextVar("spoken language", default=None)


def set_language(language: str) -> None:
    """Make `nb` or `en` the language of everything said from now on; an unknown one falls back to bokmål."""
    global _chosen
    _chosen = language if language in LANGUAGES else "nb"


def language() -> str:
    """The language in use, `nb` or `en`."""
    return _spoken.get() or _chosen


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language inside a `with`, in this thread only: papers speak the language of their curriculum."""
    token = _spoken.set(language if language in LANGUAGES else "nb")
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with (shipped("resources") / "locale" / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


_READ_AS = {
    "nb": frozenset("nb nn no norwegian da danish sv swedish se sma smj".split()),  # noqa: SIM905
    "en": frozenset({"en", "english"}),
}
"""Whoever reads Danish, Swedish or Sami in this country's neighbourhood reads bokmål as well or better than English."""


def system_language() -> str:
    """Bokmål where the system speaks a language of its readers, or says nothing; else English.

    As gettext reads the environment: LC_ALL, LC_MESSAGES, LANG, and before them the list LANGUAGE, of which the first
    language that we speak is taken.
    """
    places = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next(filter(None, places), "")
    if not code:  # on Windows and macOS
        import locale

        code = locale.getlocale()[0] or ""
    if _word(code) in ("", "c", "posix"):
        return "nb"
    preferred = [*os.environ.get("LANGUAGE", "").split(":"), code]
    return next((ours for text in preferred for ours, words in _READ_AS.items() if _word(text) in words), "en")


def _word(code: str) -> str:
    """The language of `nb_NO.UTF-8`, `sr@latin` or `Norwegian Bokmål_Norway`, in small letters."""
    return re.split(r"[_.@ -]", code.strip().lower())[0]


def _(text: str) -> str:
    """The text in the language in use."""
    return _catalogue(language()).gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The singular or plural for `count`, in the language in use."""
    return _catalogue(language()).ngettext(singular, plural, count)


def pgettext(context: str, text: str) -> str:
    """The text as it reads in a named context: for a word that has two translations."""
    return _catalogue(language()).pgettext(context, text)


def weekday_name(day: date) -> str:
    """The name of the weekday, in small letters where the language has them so."""
    return _weekdays(language())[day.weekday()]


def on_weekdays(numbers: Sequence[int]) -> str:
    """As in “Tuesdays and Thursdays”; 0 is Monday."""
    names = _weekdays(language())
    return _(" and ").join(_("{weekday}s").format(weekday=names[number]) for number in numbers)


@cache
def _weekdays(_language: str) -> tuple[str, ...]:
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def month_name(day: date) -> str:
    """The name of the month."""
    first_half = (_("January"), _("February"), _("March"), _("April"), pgettext("month", "May"), _("June"))
    second_half = (_("July"), _("August"), _("September"), _("October"), _("November"), _("December"))
    return (*first_half, *second_half)[day.month - 1]


def day_and_month(day: date) -> str:
    """As in “24 November”."""
    return _("{day} {month}").format(day=day.day, month=month_name(day))


def period(first: date, last: date) -> str:
    """As in “1–15 September 2026”, “10 November 2026 – 9 February 2027”; one day by itself."""
    if first == last:
        return f"{day_and_month(first)} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        words = _("{first}–{last} {month} {year}")
        return words.format(first=first.day, last=last.day, month=month_name(last), year=last.year)
    begins = day_and_month(first) if first.year == last.year else f"{day_and_month(first)} {first.year}"
    return f"{begins} – {day_and_month(last)} {last.year}"


def short_date(day: date) -> str:
    """As in “24 Nov”, for the head of a narrow column."""
    return _("{day} {month}").format(day=day.day, month=month_name(day)[:3])


def long_date(day: date, *, year: bool = True) -> str:
    """As in “Tuesday 24 November 2026”."""
    text = f"{weekday_name(day)} {day_and_month(day)}"
    return f"{text} {day.year}" if year else text


def clock(at: time) -> str:
    """As in “13:00”; in bokmål “13.00”."""
    return at.strftime(pgettext("clock", "%H:%M"))


def capital(text: str) -> str:
    """The same with a capital first letter: a date at the start of a line."""
    return text[:1].upper() + text[1:]
