"""Marks: the one place that says which there are, their letters and words, and how each counts (docs/domain.md).

How they look on the screen is in the widgets of marks, keyed by `Mark`. Nothing here knows the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _


class Mark(StrEnum):
    """One person's attendance at one meeting, as it is stored; an unmarked row has no mark."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    REMOTE = "remote"
    NOTICE = "notice"
    LATE_NOTICE = "late_notice"
    ABSENT = "absent"
    EXEMPT = "exempt"


# The letter is the key as well, and the same in every language.
LETTERS = {
    Mark.PRESENT: "M",
    Mark.LATE: "S",
    Mark.LEFT_EARLY: "T",
    Mark.REMOTE: "D",
    Mark.NOTICE: "A",
    Mark.LATE_NOTICE: "K",
    Mark.ABSENT: "I",
    Mark.EXEMPT: "F",
}
PRESENT = frozenset({Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.REMOTE})
AWAY = frozenset(Mark) - PRESENT
COUNTED = frozenset(Mark) - {Mark.EXEMPT}
GAVE_NOTICE = frozenset({Mark.NOTICE, Mark.LATE_NOTICE, Mark.EXEMPT})
"""What can be known before the meeting, and is marked then."""
ENDS_ABSENCE = frozenset(Mark) - {Mark.ABSENT, Mark.EXEMPT}
"""What ends a row of absences without a message: whoever gave notice is in contact, and exempt says nothing of it."""
MISSED_MINUTES = frozenset({Mark.LATE, Mark.LEFT_EARLY})
"""Present, but not all the time: the minutes missed belong to the mark."""


def letters_of(marks: Iterable[Mark]) -> list[str]:
    """The letters of some marks, in the order in which all marks stand."""
    wanted = frozenset(marks)
    return [LETTERS[mark] for mark in Mark if mark in wanted]


@dataclass(frozen=True)
class Share:
    """Present of counted: always shown together. `percent` is None where nothing counts."""

    present: int
    counted: int

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded half up; 100 and 0 only where it is all or nothing, as 199 of 200 is not all."""
        if not self.counted:
            return None
        if self.present in (0, self.counted):
            return 100 if self.present else 0
        return min(99, max(1, (200 * self.present + self.counted) // (2 * self.counted)))


def share(marks: Iterable[Mark | None]) -> Share:
    """The one attendance figure: (M+S+T+D) of (M+S+T+D+A+K+I); exempt and unmarked are outside."""
    known = [mark for mark in marks if mark is not None]
    return Share(sum(mark in PRESENT for mark in known), sum(mark in COUNTED for mark in known))


def mark_name(mark: Mark) -> str:
    """The words of a mark, small letters, in the language in use."""
    return {
        Mark.PRESENT: _("present"),
        Mark.LATE: _("late"),
        Mark.LEFT_EARLY: _("left early"),
        Mark.REMOTE: _("remote"),
        Mark.NOTICE: _("notice"),
        Mark.LATE_NOTICE: _("late notice"),
        Mark.ABSENT: _("absent"),
        Mark.EXEMPT: _("exempt"),
    }[mark]


def minutes_keys_words() -> str:
    """What the digits are for, by the letters of the marks that they follow."""
    return _("minutes after {letters}").format(letters=_(" or ").join(letters_of(MISSED_MINUTES)))


def known_before_words() -> dict[str, str]:
    """The letters of what can be marked before the day, to fill into a sentence that names `notice` and `exempt`."""
    notice, exempt = letters_of(GAVE_NOTICE - {Mark.EXEMPT}), LETTERS[Mark.EXEMPT]
    return {"notice": ", ".join(notice), "exempt": exempt}


def parse_mark(text: str) -> Mark:
    """A mark from its letter, its stored name or its words. Raises UserError that lists them."""
    wanted = text.strip().casefold()
    for mark, letter in LETTERS.items():
        if wanted in (letter.casefold(), mark.value, mark.value.replace("_", "-"), mark_name(mark).casefold()):
            return mark
    known = ", ".join(f"{letter} {mark.value}" for mark, letter in LETTERS.items())
    raise UserError(_("“{text}” is not a mark. Use one of these: {known}.").format(text=text[:40], known=known))


def total_words(share: Share) -> tuple[str, str]:
    """The count, then the share: ("11 of 12", "92 %")."""
    if share.percent is None:
        return "", ""
    count = _("{n} of {all}").format(n=share.present, all=share.counted)
    return count, _("{n} %").format(n=share.percent)
