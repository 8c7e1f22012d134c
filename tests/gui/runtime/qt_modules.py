"""A Qt module is loaded on the window's thread only: in a job it changes what the window is reading."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class OnTheWindowsThread(MetaPathFinder):
    """Refuses to find a module of PySide6 anywhere else, so that whoever loads one in a job is told."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Finds nothing itself."""
        if fullname.startswith("PySide6") and threading.current_thread() is not threading.main_thread():
            raise AssertionError(f"{fullname} is loaded in a job; load it before the job is begun")
        return None


def watch() -> None:
    """From now on, in this process."""
    sys.meta_path.insert(0, OnTheWindowsThread())
