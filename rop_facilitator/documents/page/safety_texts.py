"""The safety texts that sheets and sessions use by name: written once, in resources/safety.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import yaml

from rop_facilitator import paths
from rop_facilitator.i18n import LANGUAGES


@dataclass(frozen=True)
class SafetyText:
    """A text in each language, a page of its own that may use the help numbers; `leader` never goes home on paper."""

    text: dict[str, str]
    leader: bool = False


@cache
def safety_texts() -> dict[str, SafetyText]:
    """Every text by its name, as “withdrawal” and “withdrawal, short”."""
    rows = yaml.safe_load((paths.shipped("resources") / "safety.yaml").read_text(encoding="utf-8"))
    return {
        name: SafetyText({language: row[language].strip() for language in LANGUAGES}, row.get("leader", False))
        for name, row in rows.items()
    }


def as_written(name: str) -> str:
    """A name however spaces and capitals stand in it."""
    return re.sub(r"\s*,\s*", ", ", " ".join(name.split())).casefold()
