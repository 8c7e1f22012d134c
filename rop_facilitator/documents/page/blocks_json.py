"""Blocks as the JSON that the Typst layout reads: frozen values in, plain lists and dicts out."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any

from rop_facilitator.documents.page.blocks import Block, Packet, Span
from rop_facilitator.documents.page.ties import tied, tied_words


# A packet has thousands of values and some thirty kinds of them.
@cache
def _shape(kind: Any) -> tuple[str, tuple[tuple[str, object], ...]]:
    """The name of a value in JSON, and its fields with their defaults (MISSING where there is none)."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    return name, tuple((f.name, f.default) for f in fields(kind))


def _json(value: Any) -> Any:
    """Frozen values as JSON: fields that say nothing are left out, plain text is a string, lines are tied."""
    if isinstance(value, Span):
        return value.text if not (value.bold or value.italic or value.link) else _object(value)
    if isinstance(value, str):
        return tied(value)
    if isinstance(value, tuple | list):
        if value and all(isinstance(part, Span) for part in value):
            value = tied_words(tuple(value))
        return [_json(part) for part in value]
    if is_dataclass(value):
        return _object(value)
    return value


def _object(value: Any) -> dict[str, Any]:
    kind: Any = type(value)
    name, shape = _shape(kind)
    out = {"kind": name} if isinstance(value, Block) else {}
    for field_name, default in shape:
        part = getattr(value, field_name)
        # `blocks.typ` has the same defaults, so a large packet stays small on its way.
        if default is MISSING or part != default:
            out[field_name] = _json(part)
    return out


def as_json(packet: Packet, *, fonts: list[str], figures: dict[str, str], labels: dict[str, str]) -> dict[str, Any]:
    """Exactly what `packet.typ` reads.

    `fonts` are families in order, `figures` names and their SVG, `labels` the words that the layout adds.
    """
    settings = {"duplex": packet.duplex, "size_pt": packet.size_pt, "fonts": fonts}
    return {
        "title": packet.title,
        "author": packet.author,
        "language": packet.language,
        "settings": settings,
        "labels": labels,
        "help": [_object(contact) for contact in packet.help],
        "help_checked": tied(packet.help_checked),
        "figures": figures,
        "documents": [_object(document) for document in packet.documents],
    }
