"""What the YAML parser complains of, in words for someone who never heard of YAML, and how to read on after it."""

from __future__ import annotations

import re

import yaml

from rop_facilitator.i18n import _

_ENTRY = re.compile(r"^(\s*(?:- +)*[^\s'\"\[{&*!|>%@`#:-][^:]*?:[ \t]+)(\S.*)$")


def explain(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """(line counted from 0, what is wrong, what to do)."""
    problem = str(getattr(error, "problem", None) or "")
    context = str(getattr(error, "context", None) or "")
    mark = getattr(error, "problem_mark", None)
    begun = getattr(error, "context_mark", None)  # where the quotation mark or bracket stands that was not closed
    if mark is None:
        # A character that no YAML may hold is found by the reader, which knows no lines yet.
        position = getattr(error, "position", 0) or 0
        what = _("There is a character here that cannot be seen and is not allowed.")
        return text.count("\n", 0, position), what, _("Delete the line and type it again.")
    line = int(mark.line)
    lines = text.split("\n")
    if problem.startswith("mapping values are not allowed"):
        if _splits(lines, line):
            return line, _("There is a colon inside the text."), _('Put the whole text in double quotes: "…".')
        what = _("The line is moved in, or the line above has no colon.")
        return line, what, _("Let fields that belong together begin equally far to the left.")
    if "cannot start any token" in problem or "tab" in problem:
        return (line, *_bad_start(lines, line, int(mark.column)))
    if problem.startswith("found unexpected end of stream") or context.startswith("while scanning a quoted scalar"):
        first = int(begun.line) if begun is not None else line
        return first, _("The quotation mark that begins here has no end."), _("Write the same mark after the text.")
    if context.startswith(("while parsing a flow sequence", "while parsing a flow mapping")):
        sign = "]" if "sequence" in context else "}"
        first = int(begun.line) if begun is not None else line
        what = _("The bracket that begins here is not closed.")
        return first, what, _("Put commas between the words and {sign} at the end.").format(sign=sign)
    return (min(line, len(lines) - 1), *_by_table(problem, context))


def _by_table(problem: str, context: str) -> tuple[str, str]:
    table = (
        (
            "did not find expected key",
            _("This cannot be read as a new field."),
            _("Look for text after a closing quotation mark, or a line that begins too far in."),
        ),
        (
            "did not find expected '-'",
            _("A list ends here without a word on it."),
            _("Begin each item with - equally far to the left, and move fields out."),
        ),
        (
            "block sequence entries",
            _("A list cannot begin on this line."),
            _("Write the first item on a line of its own, or put the text in quotes."),
        ),
        (
            "could not find expected ':'",
            _("A colon is missing."),
            _("Write the name of the field, a colon and a space."),
        ),
        (
            "alphabetic or numeric",
            _("The text begins with * or &, which means something else here."),
            _('Put the whole text in double quotes: "…".'),
        ),
        (
            "unknown escape",
            _("There is a backslash inside double quotes."),
            _("Use single quotes, or write the backslash twice."),
        ),
        (
            "node content",
            _("A value is missing, or there is a sign too many."),
            _("Look for two commas in a row and for a bracket that was never opened."),
        ),
        (
            "tag",
            _("Types with ! are not allowed."),
            _("Put the text in quotes if it shall begin with an exclamation mark."),
        ),
        (
            "document start",
            _("There is text after the end of the fields."),
            _("Take away the line with ... or %."),
        ),
    )
    for sign, what, advice in table:
        if sign in problem or sign in context:
            return what, advice
    return (
        _("This cannot be read here."),
        _("Look for a missing quotation mark, colon or bracket on this line and the one above."),
    )


def _bad_start(lines: list[str], line: int, column: int) -> tuple[str, str]:
    sign = lines[line][column : column + 1] if line < len(lines) else ""
    if sign in ("\t", ""):
        return _("There is a tab here."), _("Use spaces in place of the tab.")
    what = _("The text begins with {sign}, which means something else here.").format(sign=sign)
    return what, _('Put the whole text in double quotes: "…".')


def _splits(lines: list[str], line: int) -> bool:
    """Whether a line is a field whose text holds a colon of its own."""
    entry = _ENTRY.match(lines[line]) if line < len(lines) else None
    return entry is not None and re.search(r":(?:\s|$)", entry[2]) is not None


def mend(error: yaml.YAMLError, text: str) -> str | None:
    """The text with this one mistake taken away so that the rest can be checked too; None where that is guesswork."""
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or "")
    if mark is None:
        return None
    lines = text.split("\n")
    line = int(mark.line)
    if line >= len(lines):
        return None
    if problem.startswith("mapping values are not allowed") and _splits(lines, line):
        entry = _ENTRY.match(lines[line])
        assert entry is not None
        # Between single quotes nothing has a meaning but the quote itself.
        lines[line] = entry[1] + "'" + entry[2].replace("'", "''") + "'"
        return "\n".join(lines)
    if "cannot start any token" in problem and lines[line][int(mark.column) : int(mark.column) + 1] == "\t":
        lines[line] = lines[line].replace("\t", "  ")
        return "\n".join(lines)
    return None
