"""Reading files that people wrote, safely: text, YAML and Markdown pages with a YAML head. Every fault is a Problem."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from rop_facilitator.curriculum.yaml_errors import explain, mend
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

# A folder may come from anybody: nothing in it may take the memory or the time of the program.
MAX_BYTES = 1_000_000
MAX_LINE = 5_000
MAX_DEPTH = 20
MAX_VALUES = 20_000
MAX_PROBLEMS = 50
MAX_MENDED = 20  # each begins the parsing anew

Lines = dict[tuple[str | int, ...], int]

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,15}")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


@dataclass(frozen=True)
class MarkdownPage:
    """A Markdown page: its head, the line of each field in it ("title", "handouts.1"), and the text below."""

    head: dict[str, object]
    head_lines: dict[str, int]
    body: str
    body_line: int
    file: str


def shown(path: Path) -> str:
    """A path as people know it: as they gave it, and relative to where they stand if it lies there."""
    try:
        return str(path.relative_to(Path.cwd())) if path.is_absolute() else str(path)
    except (ValueError, OSError):
        return str(path)


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file with plain line ends, or None and why it cannot be read. Never reads over 1 MB."""
    file = shown(path)
    try:
        # A pipe or a device by this name would be read for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            return None, [Problem("fault", file, 0, _("This is not a file."), _("Give the file another name."))]
        with path.open("rb") as stream:
            # One more than is allowed tells that there is more, without reading all of it.
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None, [Problem("fault", file, 0, _("The file is missing."), _("Make it, or correct its name."))]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        text = _("The file cannot be opened ({reason}).").format(reason=reason)
        return None, [Problem("fault", file, 0, text, _("Check that you may read it."))]
    if len(data) > MAX_BYTES:
        return None, [
            Problem("fault", file, 0, _("The file is over 1 MB."), _("Make it smaller, or divide it into several."))
        ]
    return _decode(data, file)


def _decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        bad = 0  # saved as UTF-16
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            bad = error.start
        else:
            # Every line is counted by \n from here on, as problems name it.
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            nul = text.find("\0")
            if nul < 0:
                return _within_lines(text, file)
            line = text.count("\n", 0, nul) + 1
            what = _("There is a character here that no text has (NUL).")
            return None, [Problem("fault", file, line, what, _("Save the file again as text in UTF-8."))]
    line = data.count(b"\n", 0, bad) + 1
    what = _("The file is not saved as UTF-8, so æ, ø and å cannot be read.")
    return None, [
        Problem("fault", file, line, what, _("Open it in the editor, choose Save as, and the encoding UTF-8."))
    ]


def _within_lines(text: str, file: str) -> tuple[str | None, list[Problem]]:
    """The text, unless a line is longer than anybody writes: libraries slow down with the square of its length."""
    long = next((number for number, line in enumerate(text.split("\n"), 1) if len(line) > MAX_LINE), 0)
    if not long:
        return text, []
    what = _("The line has over {most} characters.").format(most=MAX_LINE)
    return None, [Problem("fault", file, long, what, _("Divide it into several lines."))]


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[object, Lines, list[Problem]]:
    """Data of a YAML text by 1.2 rules, the line of every value by its path, and every fault.

    Only whole numbers, true, false and null are more than text: `12:30`, `NO`, `1.0`, `010` and dates stay as written.
    Anchors, aliases, tags and deep nesting are refused. Where reading had to end early, the data is None.
    """
    syntax: list[Problem] = []
    while True:
        builder = _Builder(file, first_line)
        try:
            # Events, not yaml.load: so no tag makes an object, no alias grows, and each value knows its line.
            builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
        except yaml.YAMLError as error:
            line, what, advice = explain(error, text)
            syntax.append(Problem("fault", file, first_line + line, what, advice))
            # The parser stops at its first fault: that one is mended in memory and the whole read again for the next.
            mended = mend(error, text) if len(syntax) < MAX_MENDED else None
            if mended is not None:
                text = mended
                continue
            builder.stopped = True
        problems = sorted([*syntax, *builder.problems], key=lambda problem: problem.line)
        return None if builder.stopped else builder.root, builder.lines, problems


def read_page(path: Path) -> tuple[MarkdownPage | None, list[Problem]]:
    """A Markdown page with a YAML head between two `---` lines.

    A page with faults in its head still comes back, with what could be read, so that its text can be checked too;
    None where the file cannot be read or its head cannot be understood.
    """
    text, problems = read_text(path)
    if text is None:
        return None, problems
    return parse_page(text, shown(path))


def parse_page(text: str, file: str) -> tuple[MarkdownPage | None, list[Problem]]:
    """What `read_page` does, from text; `file` is what problems call it."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        advice = _("Begin with a line ---, then title and the rest, then a line --- again.")
        return None, [Problem("fault", file, 1, _("The page has no head."), advice)]
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        advice = _("Write a line with only --- after the last field of the head.")
        return None, [Problem("fault", file, 1, _("The head of the page has no end."), advice)]
    data, places, problems = read_yaml("\n".join(lines[1:end]), file, first_line=2)
    if data is None and problems:
        return None, problems
    if not isinstance(data, dict | None):
        return None, [*problems, not_fields(file, 2)]
    return MarkdownPage(data or {}, dotted(places), "\n".join(lines[end + 1 :]), end + 2, file), problems


def dotted(places: Lines) -> dict[str, int]:
    """Lines by written path: `modules.0.title`."""
    return {".".join(map(str, place)): line for place, line in places.items() if place}


def not_fields(file: str, line: int) -> Problem:
    """The fault of a file that holds a list or a text where it should hold fields."""
    return Problem("fault", file, line, _("Fields are expected here."), _("Write each as a name, a colon and a value."))


class _Stop(Exception):
    """Reading on is pointless or unsafe."""


class _Builder:
    """Builds plain data from parser events with a stack of its own, so that no depth can exhaust Python's."""

    def __init__(self, file: str, first_line: int) -> None:
        self.root: object = None
        self.lines: Lines = {}
        self.problems: list[Problem] = []
        self.stopped = False
        self._file = file
        self._first_line = first_line
        self._stack: list[tuple[dict[str, object] | list[object], tuple[str | int, ...]]] = []
        self._key: list[str | None] = []
        self._documents = 0
        self._values = 0

    def build(self, events: Iterator[Event]) -> None:
        try:
            for event in events:
                self._take(event)
        except _Stop:
            self.stopped = True

    def _take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, CollectionEndEvent):
            self._stack.pop()
            self._key.pop()
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._collection(event)
        elif isinstance(event, AliasEvent):
            advice = _("Write the text out again, or put it in quotes if it shall begin with a star.")
            self._fault(event, _("References with * are not allowed."), advice)
            self._place(event, None, key_text="*")
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fault(event, _("The fields end here, and new ones begin."), _("Take away the line ---."))
                raise _Stop

    def _scalar(self, event: ScalarEvent) -> None:
        self._refuse_marks(event)
        value: object = event.value
        # Only plain text: what stands in quotes was meant as text.
        if not event.style and event.implicit[0]:
            if event.value in _WORDS:
                value = _WORDS[event.value]
            elif _INTEGER.fullmatch(event.value):
                value = int(event.value)
        self._place(event, value, key_text=event.value)

    def _collection(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        self._refuse_marks(event)
        if len(self._stack) >= MAX_DEPTH:
            advice = _("Take away brackets and levels.")
            self._fault(event, _("There are more than {count} levels.").format(count=MAX_DEPTH), advice)
            raise _Stop
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key[-1] is None:
            advice = _("Put the text in quotes if it shall begin with a bracket.")
            self._fault(event, _("The name of a field must be text."), advice)
            raise _Stop
        collection: dict[str, object] | list[object] = {} if isinstance(event, MappingStartEvent) else []
        path = self._place(event, collection)
        self._stack.append((collection, path))
        self._key.append(None)

    def _place(self, event: Event, value: object, key_text: str = "") -> tuple[str | int, ...]:
        """Put a value where it belongs and note its line; a scalar in a mapping is a key first, then a value."""
        self._values += 1
        if self._values > MAX_VALUES:
            advice = _("Divide it into several files.")
            self._fault(event, _("There are more than {count} values.").format(count=MAX_VALUES), advice)
            raise _Stop
        line = self._line(event)
        if not self._stack:
            self.root = value
            self.lines[()] = line
            return ()
        parent, path = self._stack[-1]
        if isinstance(parent, list):
            place = (*path, len(parent))
            parent.append(value)
            self.lines[place] = line
            return place
        key = self._key[-1]
        if key is None:
            self._key[-1] = key_text
            place = (*path, key_text)
            if key_text in parent:
                what = _("“{field}” stands twice; first in line {line}.").format(field=key_text, line=self.lines[place])
                self._fault(event, what, _("Take away one of them."))
            else:
                self.lines[place] = line
            return place
        self._key[-1] = None
        place = (*path, key)
        # The first of two with the same name counts; the second is a fault already.
        if key not in parent:
            parent[key] = value
        return place

    def _line(self, event: Event) -> int:
        return self._first_line + (event.start_mark.line if event.start_mark is not None else 0)

    def _refuse_marks(self, event: NodeEvent | ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        if event.anchor is not None:
            advice = _("Put the text in quotes if it shall begin with &.")
            self._fault(event, _("Anchors with & are not allowed."), advice)
        tag = getattr(event, "tag", None)
        if tag is not None and not (tag == "!" and isinstance(event, ScalarEvent) and event.style):
            advice = _("Put the text in quotes if it shall begin with an exclamation mark.")
            self._fault(event, _("Types with ! are not allowed."), advice)

    def _fault(self, event: Event, text: str, advice: str) -> None:
        self.problems.append(Problem("fault", self._file, self._line(event), text, advice))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop
