"""The pages for those who come after name files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("CONTRIBUTING.md", "docs/architecture.md", "docs/domain.md", "docs/glossary.md")
NAMED = re.compile(r"`((?:[\w-]+/)*[\w-]+\.(?:py|md|yaml|toml|typ|sh)|(?:[\w-]+/)+)`")


def places(name: str) -> list[Path]:
    """Where a name in a page may lie: below the repository, the package, a floor of it, or anywhere by its end."""
    folders = [
        ROOT,
        ROOT / "resources",
        ROOT / "handouts/papers",
        ROOT / "rop_facilitator",
        *(ROOT / "rop_facilitator").rglob("*/"),
    ]
    return [folder / name for folder in folders if folder.name != "__pycache__"]


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_are_there(page: str) -> None:
    names = set(NAMED.findall((ROOT / page).read_text(encoding="utf-8")))
    lost = sorted(name for name in names if not any(place.exists() for place in places(name)))
    assert lost == []


def test_the_measure_reads_names() -> None:
    assert NAMED.findall("`planning/calendar.py`, `curricula/`, `Database.write()`, `on`") == [
        "planning/calendar.py",
        "curricula/",
    ]
