"""Text, and the blocks that hold no other blocks. `blocks` has the others, and hands these on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Some words with one look. A line break in `text` is a line break on paper."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Text = tuple[Span, ...]


def words(text: str, *, bold: bool = False) -> Text:
    """Plain words as text; markup in them prints as it stands."""
    return (Span(text, bold=bold),) if text else ()


@dataclass(frozen=True)
class Heading:
    """A heading: level 2 is a section, 3 and 4 are smaller; the title of the document is 1."""

    text: Text
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line break in a span stays one."""

    text: Text


@dataclass(frozen=True)
class BulletList:
    """Points without an order, each with a dot before it."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class NumberedList:
    """Numbered points; `start` is the first number."""

    items: tuple[Text, ...]
    start: int = 1


@dataclass(frozen=True)
class CheckItem:
    """Words beside a box to tick; `write` adds a line to write on."""

    text: Text
    write: bool = False


@dataclass(frozen=True)
class CheckList:
    """Boxes to tick, in one or two columns."""

    items: tuple[CheckItem, ...]
    columns: int = 1


@dataclass(frozen=True)
class WritingLines:
    """Lines to write on, 9.5 mm apart."""

    lines: int
    label: Text = ()


@dataclass(frozen=True)
class Field:
    """A word and a short line; `width` is its share of the row."""

    label: Text
    width: int = 1


@dataclass(frozen=True)
class Fields:
    """Short lines side by side, each with its word."""

    items: tuple[Field, ...]


@dataclass(frozen=True)
class Scale:
    """A row of numbers to ring, both ends included; `low` and `high` are the words at the ends."""

    first: int
    last: int
    low: Text = ()
    high: Text = ()
    label: Text = ()


@dataclass(frozen=True)
class Ticks:
    """A cell with boxes to tick under one another."""

    ticks: tuple[Text, ...]


@dataclass(frozen=True)
class Off:
    """A tinted cell: here nothing happens (no meeting that day)."""

    off: Text


@dataclass(frozen=True)
class Name:
    """A cell with a name: it wraps, and nothing of it is cut."""

    name: Text


Cell = Text | Ticks | Off | Name


@dataclass(frozen=True)
class Table:
    """A table; empty cells are room to write. `widths` are shares, `row_mm` the least height of a row."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    row_mm: float = 0
    row_head: bool = False
    align_top: bool = False


@dataclass(frozen=True)
class BoxItem:
    """One box of `Boxes`: its title, and a small hint below it."""

    title: Text
    hint: Text = ()


@dataclass(frozen=True)
class Boxes:
    """Boxes to write in, each with so many lines; two columns are for and against."""

    items: tuple[BoxItem, ...]
    columns: int = 2
    lines: int = 4


@dataclass(frozen=True)
class Term:
    """A word and what it means."""

    term: Text
    text: Text


@dataclass(frozen=True)
class Glossary:
    """Words explained, one under another: the word in bold, then what it means."""

    items: tuple[Term, ...]


@dataclass(frozen=True)
class Figure:
    """One of the program's figures by name, with the words for those who do not see it."""

    figure: str
    alt: str
    width_mm: float = 150
    caption: Text = ()


@dataclass(frozen=True)
class Legend:
    """Codes and what they stand for."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Small:
    """Small print: what few look for and some need."""

    text: Text


@dataclass(frozen=True)
class Space:
    """All the room that is left on the page."""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True)
class Help:
    """The help numbers, at the foot of the last page."""


@dataclass(frozen=True)
class RegisterMeeting:
    """A column of the register: the number of the meeting and its day as printed."""

    number: str
    date: str
    cancelled: bool = False


@dataclass(frozen=True)
class RegisterMark:
    """A code and a small note above it (made up)."""

    mark: str
    note: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """A person's marks, one a meeting, with numerator/denominator and per cent in words."""

    name: Text
    marks: tuple[RegisterMark, ...]
    present: str
    percent: str


@dataclass(frozen=True)
class RegisterFoot:
    """Sums under the register: a cell a meeting, then present and per cent."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """People × meetings. Marks in `plain` are not bold: the eye finds what needs a look."""

    meetings: tuple[RegisterMeeting, ...]
    rows: tuple[RegisterRow, ...]
    plain: tuple[str, ...] = ("M", "X", "–", "")
    foot: RegisterFoot | None = None


@dataclass(frozen=True)
class AgendaRow:
    """One step on the plan for the wall: clock time and words."""

    time: str
    title: Text
    text: Text = ()
    pause: bool = False


@dataclass(frozen=True)
class Agenda:
    """The steps of a meeting in large print, for the wall."""

    rows: tuple[AgendaRow, ...]


@dataclass(frozen=True)
class AlarmNumber:
    """A number to ring, and whether somebody has checked it; `first` are those for an emergency."""

    number: str
    name: str
    when: str
    checked: bool = False
    first: bool = False


@dataclass(frozen=True)
class AlarmItem:
    """One thing that may happen: what to do now, and whom to ring."""

    title: Text
    now: Text
    ring: Text


@dataclass(frozen=True)
class Alarm:
    """What to do at once, on one page: the numbers first, then the cases. `unchecked` says what an empty box means."""

    opening: tuple[Text, ...]
    numbers: tuple[AlarmNumber, ...]
    items: tuple[AlarmItem, ...]
    more: tuple[AlarmNumber, ...] = ()
    unchecked: Text = ()


@dataclass(frozen=True)
class RunRow:
    """One step of a run sheet. `theme` is the one that it belongs to, counted from 1, and 0 for a step of the frame."""

    time: str
    title: Text
    minutes: str = ""
    text: Text = ()
    theme: int = 0
    pause: bool = False


@dataclass(frozen=True)
class RunTheme:
    """What a leader needs of a theme; what is empty is not drawn. `title` tells several apart."""

    title: Text = ()
    question: Text = ()
    sentence: Text = ()
    exercise: Text = ()
    alternative: Text = ()
    co_leader: Text = ()


@dataclass(frozen=True)
class RunList:
    """A short list of a run sheet under its name, with boxes to tick where `tick` says so."""

    title: Text
    items: tuple[Text, ...]
    tick: bool = False


@dataclass(frozen=True)
class RunSheet:
    """The one page to lead from. `folded` stands below the line where it is folded back: what is about persons.

    `numbers` are to be rung in an emergency, each with whose it is; `safety` tells where the page for it lies.
    """

    rows: tuple[RunRow, ...]
    themes: tuple[RunTheme, ...] = ()
    lists: tuple[RunList, ...] = ()
    folded: tuple[RunList, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    safety: Text = ()
