"""A build as a process of its own, so that two of them can be measured in turn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent.parent
# For a build from before the files moved: where it has what the programs ask for by its place of today.
OLDER = """
import importlib, sys, types
def older(new, old):
    package, _dot, last = new.rpartition(".")
    sys.modules[new] = importlib.import_module(old)
    setattr(sys.modules.setdefault(package, types.ModuleType(package)), last, sys.modules[new])
for new, old in (
    ("gui.style.appearance", "gui.look"),
    ("gui.runtime.jobs", "gui.jobs"),
    ("gui.window.main_window", "gui.main_window"),
    ("documents.output.docx", "documents.docx"),
    ("documents.page.blocks", "documents.blocks"),
    ("records.sample_groups", "records.sample"),
    ("records.storage.database", "records.database"),
    ("records.storage.vault", "records.vault"),
):
    older(f"rop_facilitator.{new}", f"rop_facilitator.{old}")
opening = types.ModuleType("rop_facilitator.records.storage.opening")
opening.create_database = sys.modules["rop_facilitator.records.database"].Database.create
sys.modules[opening.__name__] = opening
from rop_facilitator.gui.context import AppContext
AppContext.use_library = AppContext.take_library
"""


class Side:
    """A process of its own that runs `code` in a checkout: it says "ready", and "done" after each line it is sent."""

    def __init__(self, code: str, folder: Path) -> None:
        memory = {"TMPDIR": "/dev/shm"} if Path("/dev/shm").is_dir() else {}
        environment = {**os.environ, **memory, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(folder)}
        pipe = subprocess.PIPE
        if not (folder / "rop_facilitator/records/storage").is_dir():
            code = OLDER + code
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=folder, env=environment, stdin=pipe, stdout=pipe, text=True
        )
        self.says = self._wait_for("ready")

    def _wait_for(self, word: str) -> str:
        assert self._process.stdout is not None
        first, _space, rest = self._process.stdout.readline().strip().partition(" ")
        if first != word:
            raise RuntimeError("a side of the benchmark ended")
        return rest

    def go(self, what: int = 0) -> None:
        """Send a line, such as how many people to mark or which page to open, and wait until that is done."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        self._wait_for("done")

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=60)
