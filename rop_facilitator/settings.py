"""What the program remembers on this machine that is not about people."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from rop_facilitator import paths
from rop_facilitator.json_text import parse_json
from rop_facilitator.private_files import make_private_folder, write_file

THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 175, 200)
IDLE_MINUTES = (5, 10, 30)
READING_SIZES = (15, 24)  # px at 100 %: the smallest and the largest size of the notes


@dataclass(frozen=True)
class Settings:
    """Choices with their defaults. `reading_px` is the size of the notes; files are paths as text.

    `restored` is what stands above I dag until it is closed: records, moment of their backup, name of what lay there.
    """

    language: str = ""
    theme: str = "system"
    text_percent: int = 100
    reading_px: int = 17
    system_font: bool = False
    idle_minutes: int = 10
    last_database: str = ""
    backup_folder: str = ""
    duplex: bool = True
    large_print: bool = False
    closures: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    window: str = ""
    maximised: bool = False


def settings_file() -> Path:
    """The file of the settings, in the leader's own data folder."""
    return paths.data_folder() / "settings.json"


def load_settings() -> Settings:
    """The stored settings; what is missing, damaged or of the wrong kind is as by default."""
    try:
        stored = parse_json(settings_file().read_bytes())
    except (OSError, ValueError):
        return Settings()
    default = Settings()
    values: dict[str, Any] = {}
    for field in fields(Settings):
        value = stored.get(field.name) if isinstance(stored, dict) else None
        if isinstance(getattr(default, field.name), tuple) and isinstance(value, list):
            values[field.name] = tuple(text for text in value if isinstance(text, str))
        # By exact type: True is a whole number too, and would be a size.
        elif type(value) is type(getattr(default, field.name)):
            values[field.name] = value
    return _in_bounds(Settings(**values))


def _in_bounds(stored: Settings) -> Settings:
    default = Settings()
    return replace(
        stored,
        theme=stored.theme if stored.theme in THEMES else default.theme,
        text_percent=stored.text_percent if stored.text_percent in TEXT_SIZES else default.text_percent,
        reading_px=reading_size(stored.reading_px),
        idle_minutes=stored.idle_minutes if stored.idle_minutes in IDLE_MINUTES else default.idle_minutes,
    )


def reading_size(px: int) -> int:
    """The size of the notes that is nearest to one that is wished for."""
    smallest, largest = READING_SIZES
    return min(max(px, smallest), largest)


def save_settings(settings: Settings) -> None:
    """Store the settings whole. Raises OSError where the folder cannot be written."""
    make_private_folder(settings_file().parent)
    write_file(settings_file(), json.dumps(asdict(settings), ensure_ascii=False, indent=2).encode())
