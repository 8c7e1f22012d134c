"""The house, measured: rooms of a size, no rings, one name for one thing, no Qt-free module among the widgets."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "rop_facilitator"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "versions")  # migrations are history

FILES_A_FOLDER = 15
VAGUE = ("one", "found", "told", "made")
VAGUE_ALLOWED = 100
# What starts the program; and the commands in cli/, which are called what somebody types.
ENTRY_POINTS = {"main"}
# The marks; and how they look: shape and tone on the screen, the fill of a cell in a spreadsheet.
MARKS_DEFINED_IN = {"records/marks.py", "gui/widgets/marks/mark_styles.py", "documents/exchange/register_xlsx.py"}
QT_FREE_ALLOWED = {"gui/routes.py"}  # names pages, and imports each when somebody goes there


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def module_of(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


MODULES = {module_of(path): path for path in FILES}


def short(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


# ---------------------------------------------------------------- folders


def full_folders(limit: int = FILES_A_FOLDER) -> list[str]:
    counts = Counter(path.parent for path in FILES)
    return [f"{short(folder)}: {count}" for folder, count in sorted(counts.items()) if count > limit]


def test_a_folder_is_seen_at_a_glance() -> None:
    assert full_folders() == []


# ---------------------------------------------------------------- rings


def imports_of(path: Path, *, typing_too: bool = True) -> Iterator[str]:
    """The modules of ours that a file names in an import, wherever the import stands."""
    here = module_of(path)
    skipped: set[int] = set()
    for node in ast.walk(tree_of(path)):
        if not typing_too and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            skipped |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(tree_of(path)):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = here if path.name == "__init__.py" else here.rpartition(".")[0]
                for _step in range(node.level - 1):
                    package = package.rpartition(".")[0]
                base = f"{package}.{base}".rstrip(".")
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                if whole in MODULES:
                    yield whole
                elif base in MODULES:
                    yield base


def rings(graph: dict[str, set[str]]) -> list[list[str]]:
    """The strongly connected parts of more than one module (Tarjan), largest first."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    parts: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(graph.get(name, ())):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            part = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(part) > 1:
                parts.append(sorted(part))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return sorted(parts, key=len, reverse=True)


def import_graph(*, typing_too: bool = True) -> dict[str, set[str]]:
    return {
        module_of(path): {other for other in imports_of(path, typing_too=typing_too) if other != module_of(path)}
        for path in FILES
    }


def test_no_ring_late_and_typing_imports_counted() -> None:
    assert rings(import_graph()) == []


def test_the_measure_finds_a_ring() -> None:
    assert rings({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


# ---------------------------------------------------------------- names that stand once


def defined(kind: type[ast.stmt] | tuple[type[ast.stmt], ...], *, private: bool = False) -> dict[str, list[str]]:
    """Names of top-level classes or functions, each with the places where it is made."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in FILES:
        if "migrations" in path.parts:
            continue
        for node in tree_of(path).body:
            if isinstance(node, kind) and node.name.startswith("_") is private:  # type: ignore[attr-defined]
                places[node.name].append(f"{short(path)}:{node.lineno}")  # type: ignore[attr-defined]
    return places


def doubled(places: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: where for name, where in sorted(places.items()) if len(where) > 1}


def doubled_classes() -> dict[str, list[str]]:
    return doubled(defined(ast.ClassDef))


def doubled_functions() -> dict[str, list[str]]:
    below = {
        name: [place for place in places if not place.startswith("cli/")]
        for name, places in defined((ast.FunctionDef, ast.AsyncFunctionDef)).items()
        if name not in ENTRY_POINTS
    }
    return doubled(below)


def test_a_class_name_stands_once() -> None:
    assert doubled_classes() == {}


def test_a_public_function_name_stands_once() -> None:
    assert doubled_functions() == {}


# ---------------------------------------------------------------- variables that say what they are


def vague_names() -> dict[str, Counter[str]]:
    """How often each vague name is read, written or taken as an argument, by file."""
    counts: dict[str, Counter[str]] = {}
    for path in FILES:
        here: Counter[str] = Counter()
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Name) and node.id in VAGUE:
                here[node.id] += 1
            elif isinstance(node, ast.arg) and node.arg in VAGUE:
                here[node.arg] += 1
        if here:
            counts[short(path)] = here
    return counts


def test_variables_say_what_they_are() -> None:
    counts = vague_names()
    total = sum(sum(here.values()) for here in counts.values())
    assert total <= VAGUE_ALLOWED, (
        f"{total} times, most in {sorted(counts, key=lambda p: -sum(counts[p].values()))[:5]}"
    )


# ---------------------------------------------------------------- no Qt-free module in gui


def needs_qt(path: Path) -> bool:
    """It imports Qt, or makes what it shows from parts of the window: widgets, the theme, the page at hand."""
    tree = tree_of(path)
    ours: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(alias.name.startswith("PySide6") for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module.startswith("PySide6"):
                return True
            whole = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            if any(".gui.widgets." in one or ".gui.style." in one for one in whole):
                return True
            if "rop_facilitator.gui.context.AppContext" in whole:  # a QObject: whoever holds it is part of the window
                return True
            if node.module.startswith("rop_facilitator.gui"):
                ours |= {alias.asname or alias.name for alias in node.names}
    bases = {
        one.id
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        for one in ast.walk(base)
        if isinstance(one, ast.Name)
    }
    return bool(bases & ours)


def qt_free_in_gui() -> list[str]:
    inside = [path for path in FILES if path.is_relative_to(PACKAGE / "gui") and path.name != "__init__.py"]
    return [short(path) for path in inside if short(path) not in QT_FREE_ALLOWED and not needs_qt(path)]


def test_what_knows_no_qt_lives_below_gui() -> None:
    assert qt_free_in_gui() == []


# ---------------------------------------------------------------- marks in one place

MARK_VALUES = frozenset(
    ("present", "late", "left_early", "remote", "notice", "late_notice", "absent", "exempt", "excused")
)


def mark_definitions() -> list[str]:
    """Every literal that lists two marks or more, as members or as their stored words."""
    places = []
    for path in FILES:
        if "migrations" in path.parts:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and node.name == "Mark":
                places.append(f"{short(path)}:{node.lineno}: class Mark")
            items = list(node.keys) if isinstance(node, ast.Dict) else getattr(node, "elts", None)
            if not items or not isinstance(node, ast.Dict | ast.Set | ast.Tuple | ast.List):
                continue
            members = {
                one.attr
                for one in items
                if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "Mark"
            }
            words = {one.value for one in items if isinstance(one, ast.Constant) and one.value in MARK_VALUES}
            if len(members) > 1 or len(words) > 2:
                places.append(f"{short(path)}:{node.lineno}: {', '.join(sorted(members or words))}")
    return places


def test_a_mark_is_defined_in_one_place() -> None:
    outside = [one for one in mark_definitions() if one.partition(":")[0] not in MARKS_DEFINED_IN]
    assert outside == []


# ---------------------------------------------------------------- the seam between window and database


def untyped_sessions() -> list[str]:
    """Arguments named `db` that may be anything, and callables that take anything first."""
    places = []
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.arg) and node.arg == "db" and node.annotation is not None:
                if ast.unparse(node.annotation) == "Any":
                    places.append(f"{short(path)}:{node.lineno}: db: Any")
            elif isinstance(node, ast.Subscript) and ast.unparse(node).startswith("Callable[[Any, "):
                places.append(f"{short(path)}:{node.lineno}: {ast.unparse(node)}")
    return places


def test_a_database_session_is_called_one() -> None:
    assert untyped_sessions() == []


def test_tests_share_steps_and_not_one_another() -> None:
    """What several tests do stands in a `steps.py`, a `conftest.py` or a `factories.py`."""
    files = [path for path in (ROOT / "tests").rglob("*.py")]
    borrowed = [
        f"{path.relative_to(ROOT)}: {node.module}"
        for path in files
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2].startswith("test_")
    ]
    assert borrowed == []


@pytest.mark.parametrize("path", FILES, ids=short)
def test_no_import_is_relative(path: Path) -> None:
    assert not [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom) and node.level]
