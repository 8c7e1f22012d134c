"""Times of the day and lengths as people type them, in Norwegian and English alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, clock, ngettext

LONGEST_TEXT = 80
SHORTEST, LONGEST = 15, 600  # minutes of a meeting
_TIME = re.compile(r"(?P<h>\d{1,2})(?:\s*[.:,h]\s*(?P<m>\d{1,2})|\s+(?P<m2>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)?")
_FIGURES = re.compile(r"(?P<h>\d{1,2})(?P<m>\d{2})")
_HALF_TO = re.compile(r"halv (?P<word>\w+)")
_HOURS = ("ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")
_HOUR = r"(?:timer|time|hours|hour|hrs|hr|t|h)\.?"
_MINUTE = r"(?:minutter|minutt|minutes|minute|mins|min|m)\.?"
_WHOLE = re.compile(rf"(?P<m>\d{{1,4}})\s*(?:{_MINUTE})?")
_BOTH = re.compile(rf"(?P<h>\d{{1,2}})\s*{_HOUR}\s*(?:og|and)?\s*(?:(?P<m>\d{{1,2}})\s*(?:{_MINUTE})?)?")
_CLOCK = re.compile(rf"(?P<h>\d{{1,2}})\s*[:.]\s*(?P<m>\d{{2}})\s*(?P<unit>{_HOUR})?")
_PARTS = re.compile(rf"(?P<h>\d{{1,2}})\s*[.,]\s*(?P<part>\d{{1,2}})\s*(?:{_HOUR})?")
_LENGTHS = {"halvannen": 90, "en halv": 30, "half an": 30, "en": 60, "én": 60, "one": 60, "an": 60, "a": 60, "to": 120}


@dataclass(frozen=True)
class TypedTime:
    """A time as it was understood, and the words that say so."""

    at: time
    words: str


@dataclass(frozen=True)
class TypedMinutes:
    """A length in whole minutes as it was understood, and the words that say so."""

    minutes: int
    words: str


def normalised(text: str) -> str:
    """The text in small letters, one space between words, without signs that cannot be seen."""
    whole = unicodedata.normalize("NFKC", text.replace("½", ",5").replace("¼", ",25").replace("¾", ",75"))
    seen = "".join(" " if sign.isspace() else sign for sign in whole if unicodedata.category(sign) not in ("Cf", "Cs"))
    return " ".join(seen.casefold().split())


def parse_time(text: str) -> TypedTime:
    """A time from 1730, 17:30, 17.30, 9, 900, 0900, kl 9, halv ni or 5.30 pm. Raises UserError with what to write."""
    typed = re.sub(r"^(?:klokka|klokken|kl\.?|at)\s*", "", normalised(text))
    if (half := _HALF_TO.fullmatch(typed)) and half["word"] in _HOURS:
        return _time(_HOURS.index(half["word"]), 30)  # halv ni is half past eight: counted from 0, ni is 8
    if match := _FIGURES.fullmatch(typed):
        return _time(int(match["h"]), int(match["m"]))
    match = _TIME.fullmatch(typed) if len(typed) <= LONGEST_TEXT else None
    minute = (match["m"] or match["m2"] or "00") if match else ""
    if match is None or len(minute) != 2:
        raise UserError(_("This is not a time. Write 9, 13:00 or 1330."))
    hour = int(match["h"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise UserError(_("This is not a time. Write 9, 13:00 or 1330."))
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    return _time(hour, int(minute))


def _time(hour: int, minute: int) -> TypedTime:
    if hour > 23:
        raise UserError(_("Write an hour from 0 to 23."))
    if minute > 59:
        raise UserError(_("Write minutes from 0 to 59."))
    at = time(hour, minute)
    return TypedTime(at, clock_words(at))


def clock_words(at: time) -> str:
    """As in “at 13:00”; in bokmål “kl. 13.00”."""
    return _("at {time}").format(time=clock(at))


def parse_minutes(text: str, *, shortest: int = SHORTEST, longest: int = LONGEST) -> TypedMinutes:
    """A length from 90, 90 min, 1 t 30, 1:30 or 1,5 t. Raises UserError with what to write."""
    typed = normalised(text)
    minutes = _minutes(typed) if len(typed) <= LONGEST_TEXT else None
    if minutes is None:
        raise UserError(_("This is not a length. Write for example 90, 1 h 30 or 1.5 h."))
    if not shortest <= minutes <= longest:
        words = _("Write a length from {shortest} to {longest} minutes.")
        raise UserError(words.format(shortest=shortest, longest=longest))
    return TypedMinutes(minutes, length_words(minutes))


def _minutes(typed: str) -> int | None:
    """Minutes, or None for what is not a length."""
    if (word := re.sub(rf"\s*{_HOUR}$", "", typed)) != typed and word in _LENGTHS:
        return _LENGTHS[word]
    if match := _WHOLE.fullmatch(typed):
        return int(match["m"])
    if match := _BOTH.fullmatch(typed):
        rest = int(match["m"] or 0)
        return int(match["h"]) * 60 + rest if rest < 60 else None
    match = _CLOCK.fullmatch(typed)
    if match and int(match["m"]) < 60 and not (match["unit"] and "." in typed):
        return int(match["h"]) * 60 + int(match["m"])  # 1:30, and 1.30 as on a clock
    if match := _PARTS.fullmatch(typed):
        part = match["part"].ljust(2, "0")
        if len(match["part"]) == 1 or part in ("25", "50", "75"):  # “1.30 t” could be either: ask
            minutes, odd = divmod(int(match["h"] + part) * 60, 100)
            return None if odd else minutes
    return None


def length_words(minutes: int) -> str:
    """As in “1 hour 30 minutes”."""
    hours, rest = divmod(minutes, 60)
    words = [ngettext("{n} hour", "{n} hours", hours).format(n=hours)] if hours else []
    words += [ngettext("{n} minute", "{n} minutes", rest).format(n=rest)] if rest else []
    return " ".join(words)
