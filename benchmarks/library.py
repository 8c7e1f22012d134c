"""150 sessions loaded and checked, against the bare parse of the same files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from rop_facilitator.curriculum.curriculum_check import check_loaded
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.paths import shipped

Pair = tuple[Callable[[], object], Callable[[], object]]


@contextmanager
def _library() -> Iterator[Pair]:
    with tempfile.TemporaryDirectory() as home:
        root = Path(home) / "curricula"
        root.mkdir()
        sessions = 0
        copy = 0
        while sessions < 150:
            for folder in sorted(shipped("curricula").iterdir()):
                copy += 1
                shutil.copytree(folder, root / f"{folder.name}-{copy}")
                sessions += sum(1 for _page in folder.glob("*.md"))
        files = sorted(root.rglob("*.*"))
        parser = MarkdownIt("commonmark")

        def bare() -> None:
            for file in files:
                text = file.read_text(encoding="utf-8")
                if file.suffix == ".yaml":
                    yaml.load(text, Loader=yaml.CSafeLoader)
                else:
                    _nothing, head, body = text.split("---\n", 2)
                    yaml.load(head, Loader=yaml.CSafeLoader)
                    parser.parse(body)

        yield lambda: _check(load_library((root,))), bare


def _check(library: Library) -> None:
    for curriculum in library:
        assert not [problem for problem in check_loaded(curriculum) if problem.level == "fault"]


BENCHMARKS = [("library of 150 sessions, loaded and checked", "bare parse of the same files", _library, 7, 2.0)]
