"""The fields that authors write, checked by pydantic and told in plain words, all faults of a file at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, Field, StrictBool, StrictInt, StrictStr, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

_STRICT = ConfigDict(extra="forbid")
_Text = Annotated[StrictStr, Field(max_length=2000)]
_Title = Annotated[StrictStr, Field(min_length=1, max_length=200)]
_Slug = Annotated[StrictStr, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
_Origin = Literal["source", "repaired", "inferred", "proposal"]
_Stage = Literal["engagement", "persuasion", "active", "relapse-prevention"]
Shape = TypeVar("Shape")


@checked(frozen=True, config=_STRICT)
class SessionHead:
    """The head of a session page."""

    title: _Title
    origin: _Origin
    workbook: _Text = ""
    handouts: tuple[_Slug, ...] = ()
    stages: tuple[_Stage, ...] = ()


@checked(frozen=True, config=_STRICT)
class FrameStepHead:
    """A step of a frame."""

    title: _Title
    minutes: Annotated[StrictInt, Field(ge=0, le=600)]
    text: Annotated[StrictStr, Field(max_length=5000)] = ""
    theme: StrictBool = False


@checked(frozen=True, config=_STRICT)
class ModuleHead:
    """A module and the slugs of its sessions."""

    number: _Title
    title: _Title
    origin: _Origin
    sessions: tuple[_Slug, ...]
    stated: _Text = ""
    aims: tuple[_Text, ...] = ()
    optional: StrictBool = False


@checked(frozen=True, config=_STRICT)
class CurriculumHead:
    """The whole of a curriculum.yaml; `frames` by the minutes of a meeting, as text."""

    title: _Title
    language: Literal["nb", "en"]
    origin_note: Annotated[StrictStr, Field(min_length=1, max_length=2000)]
    frames: Annotated[dict[StrictStr, tuple[FrameStepHead, ...]], Field(min_length=1)]
    modules: Annotated[tuple[ModuleHead, ...], Field(min_length=1)]
    edition: _Text = ""
    sources: tuple[_Text, ...] = ()
    audience: _Text = ""
    group_size: _Text = ""
    rhythm: _Text = ""
    months: Annotated[StrictInt, Field(ge=1, le=60)] | None = None


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def validate(
    kind: type[Shape], data: object, lines: Mapping[str, int], file: str
) -> tuple[Shape | None, list[Problem]]:
    """The value of that kind, or None and every fault with its line; `lines` holds the line of "a.0.b" paths."""
    try:
        return _adapter(kind).validate_python(data), []
    except ValidationError as error:
        found = [_problem(one, lines, file) for one in error.errors(include_url=False)]
        return None, sorted(found, key=lambda problem: problem.line)


def _problem(error: Any, lines: Mapping[str, int], file: str) -> Problem:
    where = [str(part) for part in error["loc"]]
    place = list(where)
    while place and ".".join(place) not in lines:
        place.pop()
    line = lines.get(".".join(place), 1)
    name = ".".join(str(int(part) + 1) if part.isdecimal() else part for part in where) or _("the file")
    text, advice = _words(str(error["type"]), error.get("ctx") or {})
    return Problem("fault", file, line, text.format(name=name), advice)


def _words(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a field, and what to do."""
    if kind == "missing":
        return _("“{name}” is missing."), _("Add the field.")
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return _("“{name}” is not a field here."), _("Correct its name, or take it out.")
    if kind == "literal_error":
        return _("“{name}” has a word that is not known."), _("Use one of these: {names}.").format(
            names=str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        )
    if kind.startswith("string_pattern"):
        return _("“{name}” is not the name of a file."), _("Use small letters a–z, digits and hyphens, without .md.")
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        if "ge" in context:
            return _("“{name}” is too small."), _("Use {n} or more.").format(n=limit)
        return _("“{name}” is too large."), _("Use {n} or less.").format(n=limit)
    if kind in ("string_too_long", "too_long"):
        return _("“{name}” is too long."), _("Make it shorter.")
    if kind in ("string_too_short", "too_short"):
        return _("“{name}” is empty."), _("Write something.")
    expected = {
        "string_type": _("Write text; put it in quotation marks if it is a number or true."),
        "int_type": _("Write a whole number."),
        "bool_type": _("Write true or false."),
        "tuple_type": _("Write a list: [one, two], or a line - with each."),
        "dict_type": _("Write fields: a name, a colon and a value."),
    }
    return _("“{name}” is of another kind than expected."), expected.get(kind, _("Compare with a shipped curriculum."))
