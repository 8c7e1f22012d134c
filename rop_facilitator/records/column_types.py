"""How a value stands in the file: enumerations as words, and text that is cleaned on both ways."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Enum, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from rop_facilitator.clean_text import clean_text


def word_column(kind: type[StrEnum]) -> Enum:
    """A column of words: plain text in the file, an enumeration in the program.

    Without a constraint in the file, so that a new word needs no migration that rebuilds the table.
    """
    return Enum(
        kind, native_enum=False, length=24, values_callable=lambda k: [m.value for m in k], create_constraint=False
    )


class CleanText(TypeDecorator[str]):
    """Text that is clean as it is written and as it is read: older records may hold what a paper cannot print."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean, into the file."""
        return None if value is None else clean_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean, out of the file."""
        return None if value is None else clean_text(value)


class CleanLongText(CleanText):
    """Clean text of any length."""

    impl = Text
    cache_ok = True
