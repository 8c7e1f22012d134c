"""Compile the translations when the project is installed or its wheel is built."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):
    """Every `.po` file below `resources/locale` becomes the `.mo` file beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the `.mo` files; `resources` as a whole is part of the wheel."""
        for source in sorted((Path(self.root) / "resources" / "locale").rglob("*.po")):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po, locale=source.parts[-3]))
