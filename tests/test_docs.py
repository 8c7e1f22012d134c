"""The pages for those who come after name files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "rop_facilitator"
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


# What is called by its bare name in the table of folders: a module, a folder, a class or a function.
BARE = re.compile(r"`([a-z][a-z_]+)`")


def table_rows(text: str) -> list[tuple[str, str]]:
    """The rows of the table of folders: which folders, and what is said of them."""
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return [(folders, " ".join(rest)) for folders, *rest in rows]


def names_there(folders: str) -> set[str]:
    """The names of the files and folders in the folders of a row; a second one lies beside the first, or in it."""
    first, *others = [Path(name) for name in re.findall(r"`([\w/-]+)/`", folders)]
    base = next(place for place in (ROOT, PACKAGE) if (place / first).is_dir())
    inside = [base / first, *(base / first.parent / other for other in others), *(base / other for other in others)]
    return {path.stem for folder in inside for path in folder.rglob("*")}


@pytest.mark.parametrize("row", table_rows((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")), ids=lambda r: r[0])
def test_bare_names_in_the_table_of_folders_are_there(row: tuple[str, str]) -> None:
    folders, text = row
    assert sorted(set(BARE.findall(text)) - names_there(folders)) == []


def test_the_measure_finds_a_bare_name_that_is_gone() -> None:
    """The control."""
    (row,) = table_rows("| `records/backup/` · `erasure/` | `create_backup` (what goes in), `to_do` · `erase` |")
    assert set(BARE.findall(row[1])) - names_there(row[0]) == {"to_do"}


def test_the_measure_reads_names() -> None:
    assert NAMED.findall("`planning/calendar.py`, `curricula/`, `Database.write()`, `on`") == [
        "planning/calendar.py",
        "curricula/",
    ]
