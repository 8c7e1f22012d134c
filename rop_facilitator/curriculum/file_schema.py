"""The shape of what stands in `curriculum.yaml` and in the head of a session, and what is said where it differs."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, with_config
from pydantic_core import ErrorDetails

from rop_facilitator.curriculum.file_reader import MAX_PROBLEMS
from rop_facilitator.curriculum.model import Kind, Origin, Stage
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

T = TypeVar("T")

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=120)]
REFERENCE = r"^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*$"  # its own, or of another course: e-imr/stress
Reference = Annotated[str, StringConstraints(pattern=REFERENCE, max_length=200)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
WORD_RANGE = r"^[0-9]{1,4} ?[–-] ?[0-9]{1,4}$"
ONE_LINE = r"^[^\n]*$"
LineOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=ONE_LINE)]
PaletteKind = Annotated[Kind, BeforeValidator(lambda written: str(written).strip().casefold())]
Minutes = Annotated[int, Field(strict=True, ge=0, le=600)]
_SHAPE = ConfigDict(extra="forbid", coerce_numbers_to_str=True)  # a module may be called 4 without quotes


@with_config(_SHAPE)
@dataclass(frozen=True)
class SessionHead:
    """Between the `---` lines of a session."""

    title: Line
    origin: Origin
    workbook: Words = ""
    handouts: tuple[Reference, ...] = ()
    table: tuple[Reference, ...] = ()
    stages: tuple[Stage, ...] = ()
    kind: PaletteKind | None = None
    shape: Literal["F1", "F2", "F3", "F4", "F5"] | None = None
    weave: Literal["A", "B", "C", "D", "E", "F", "G", "H"] | None = None
    question: LineOrNone = ""
    sentence: LineOrNone = ""
    exercise: LineOrNone = ""
    alternative: LineOrNone = ""
    drop_60: LineOrNone = ""
    co_leader: LineOrNone = ""
    ready: LineOrNone = ""
    printed_title: LineOrNone = ""
    follow_up: LineOrNone = ""
    themes: LineOrNone = ""


@with_config(_SHAPE)
@dataclass(frozen=True)
class OverviewHead:
    """Between the `---` lines of a page about a module."""

    title: Line
    origin: Origin
    handouts: tuple[Reference, ...] = ()


@with_config(_SHAPE)
@dataclass(frozen=True)
class FrameStepHead:
    """A step under `frames`."""

    title: Line
    minutes: Minutes
    text: Words = ""
    theme: bool = False


@with_config(_SHAPE)
@dataclass(frozen=True)
class ModuleHead:
    """An entry under `modules`."""

    number: Line
    title: Line
    origin: Origin
    sessions: tuple[Reference, ...]
    stated: Annotated[str, StringConstraints(pattern=r"^([0-9]+([–-][0-9]+)?)?$")] = ""
    aims: tuple[Line, ...] = ()
    optional: bool = False
    overview: Slug | None = None


@with_config(_SHAPE)
@dataclass(frozen=True)
class CurriculumHead:
    """The whole of `curriculum.yaml`."""

    title: Line
    language: Literal["nb", "en"]
    frames: Annotated[
        dict[Annotated[int, Field(ge=15, le=600)], Annotated[tuple[FrameStepHead, ...], Field(min_length=1)]],
        Field(min_length=1),
    ]
    modules: Annotated[tuple[ModuleHead, ...], Field(min_length=1)]
    edition: Words = ""
    origin_note: Words = ""
    sources: tuple[Line, ...] = ()
    audience: Words = ""
    group_size: Words = ""
    rhythm: Words = ""
    months: Annotated[int, Field(strict=True, ge=1, le=120)] | None = None
    leader_words: Annotated[str, StringConstraints(pattern=WORD_RANGE)] = ""


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {
    shape: TypeAdapter(shape) for shape in (SessionHead, OverviewHead, CurriculumHead)
}


def validate(
    shape: type[T], data: Mapping[str, object], lines: Mapping[str, int], file: str, first_line: int
) -> tuple[T | None, list[Problem]]:
    """The data as a value of that shape, or None and every fault; `lines` by written path (`modules.0.title`)."""
    try:
        value: T = _ADAPTERS[shape].validate_python(_given(data))
    except ValidationError as error:
        own = _own(error.errors(include_url=False))[:MAX_PROBLEMS]
        return None, [_problem(fault, shape, lines, file, first_line) for fault in own]
    return value, []


def _own(faults: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without "is empty" of a list whose only entries have faults of their own."""
    places = [fault["loc"] for fault in faults]
    return [
        fault
        for fault, loc in zip(faults, places, strict=True)
        if fault["type"] != "too_short" or not any(len(p) > len(loc) and p[: len(loc)] == loc for p in places)
    ]


def _given(data: object) -> Any:
    """The data without fields that were left empty: an empty field is one that is not there."""
    if isinstance(data, dict):
        return {key: _given(value) for key, value in data.items() if value is not None}
    return [_given(value) for value in data] if isinstance(data, list) else data


def _problem(fault: ErrorDetails, shape: type[Any], lines: Mapping[str, int], file: str, first_line: int) -> Problem:
    place = tuple(part for part in fault["loc"] if part != "[key]")
    line = next(
        (lines[path] for cut in range(len(place), 0, -1) if (path := ".".join(map(str, place[:cut]))) in lines),
        first_line,
    )
    field = str(next((part for part in reversed(place) if isinstance(part, str)), ""))[:60]
    if fault["type"] == "unexpected_keyword_argument":
        # Pydantic names the field and not the shape that it stands in; the place tells which fields to suggest.
        within = FrameStepHead if "frames" in place[:-1] else ModuleHead if "modules" in place[:-1] else shape
        text, advice = _("“{field}” is not a field here.").format(field=field), _known_fields(field, within)
    else:
        text, advice = _words_for(fault, field)
    return Problem("fault", file, line, text, advice)


def _words_for(fault: ErrorDetails, field: str) -> tuple[str, str]:
    kind = fault["type"]
    if kind == "missing":
        return _("“{field}” is missing.").format(field=field), _("Add it, with a colon and a value.")
    if field == "stated":
        return _("“stated” is the number of sessions."), _('Write it as "4" or "1–4", or leave it out.')
    if kind == "string_pattern_mismatch" and fault["ctx"]["pattern"] == ONE_LINE:
        return _("“{field}” has several lines.").format(field=field), _("Write it on one line.")
    if kind == "string_pattern_mismatch" and fault["ctx"]["pattern"] == WORD_RANGE:
        return (
            _("“{written}” is not a range of words.").format(written=str(fault["input"])[:60]),
            _("Write the fewest and the most words of a leader's page, as in 350-550."),
        )
    if kind == "string_pattern_mismatch":
        written = str(fault["input"])[:60]
        return (
            _("“{written}” is not the name of a file in this folder.").format(written=written),
            _("Use small letters, digits and hyphens, æ as ae, ø as o, å as a, without .md; or write course/name."),
        )
    if kind in ("enum", "literal_error"):
        expected = str(fault.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        text = _("“{written}” cannot stand in “{field}”.").format(written=str(fault["input"])[:60], field=field)
        return text, _("Write one of these: {expected}.").format(expected=expected)
    return _shape_words(kind, fault, field)


def _shape_words(kind: str, fault: ErrorDetails, field: str) -> tuple[str, str]:
    if kind.startswith(("int_", "greater", "less")):
        limits = {"greater_than_equal": "ge", "less_than_equal": "le"}
        limit = fault.get("ctx", {}).get(limits.get(kind, ""), "")
        if kind == "greater_than_equal":
            return _("“{field}” is too small.").format(field=field), _("It is at least {limit}.").format(limit=limit)
        if kind == "less_than_equal":
            return _("“{field}” is too large.").format(field=field), _("It is at most {limit}.").format(limit=limit)
        return _("“{field}” must be a whole number.").format(field=field), _("Write digits only, without quotes.")
    if kind == "string_too_long":
        most = fault.get("ctx", {}).get("max_length", "")
        text = _("“{field}” is too long.").format(field=field)
        return text, _("Use at most {most} characters.").format(most=most)
    if kind in ("string_too_short", "too_short"):
        return _("“{field}” is empty.").format(field=field), _("Fill it in.")
    if kind == "string_type":
        return _("“{field}” must be text.").format(field=field), _('Put it in double quotes: "…".')
    if kind == "tuple_type":
        return _("“{field}” must be a list.").format(field=field), _("Write [one, two], or lines that begin with -.")
    if kind.startswith("bool_"):
        return _("“{field}” must be true or false.").format(field=field), _("Write true or false.")
    if kind in ("dict_type", "dataclass_type"):
        text = _("“{field}” must hold fields.").format(field=field)
        return text, _("Write each as a name, a colon and a value.")
    text = _("“{field}” cannot be read as it stands.").format(field=field)
    return text, _("Compare with docs/writing-curricula.md.")


def _known_fields(field: str, shape: type[Any]) -> str:
    """The fields that are known there, or the one that was probably meant."""
    known = tuple(field.name for field in fields(shape))
    close = difflib.get_close_matches(field.casefold(), known, 1)
    if close:
        return _("Did you mean “{field}”?").format(field=close[0])
    return _("These can stand here: {fields}.").format(fields=", ".join(known))
