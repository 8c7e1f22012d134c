"""An error in any override of Qt's reaches the crash catcher."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from rop_facilitator import gui
from rop_facilitator.gui.runtime.override_guard import MARK, overrides
from tests.gui.runtime.overrides_child import KINDS, NOT_VIRTUAL

ROOT = Path(__file__).parents[3]


def classes_of_ours() -> list[type]:
    """All classes of the program that are made from one of Qt's."""
    for module in pkgutil.walk_packages(gui.__path__, gui.__name__ + "."):
        importlib.import_module(module.name)

    def below(kind: type) -> Iterator[type]:
        for inner in kind.__subclasses__():
            yield inner
            yield from below(inner)

    return sorted({kind for kind in below(Shiboken.Object) if kind.__module__.startswith("rop_facilitator.")}, key=str)


def run_child() -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.gui.runtime.overrides_child"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=100,
    )
    return ran.stdout.splitlines()


def test_every_override_is_guarded() -> None:
    methods = {(kind, name): method for kind in classes_of_ours() for name, method in overrides(kind).items()}
    assert len(methods) > 150
    assert [name for name, method in methods.items() if not hasattr(method, MARK)] == []


def test_every_kind_of_override_is_tried() -> None:
    kinds = {name for kind in classes_of_ours() for name in overrides(kind)}
    assert kinds - NOT_VIRTUAL - set(KINDS) == set(), (
        "add the new kind of override to tests/gui/runtime/overrides_child.py"
    )


def test_an_error_in_every_kind_of_override_is_caught() -> None:
    lines = run_child()
    assert lines[-1:] == ["alive"], lines
    assert [line for line in lines[:-1] if not line.endswith(" caught")] == []
    assert {line.split()[0] for line in lines[:-1]} == set(KINDS)


def test_what_a_mixin_overrides_is_guarded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mixin:
        def sizeHint(self) -> QSize:
            raise ValueError

    class Widget(Mixin, QWidget):  # type: ignore[misc]
        pass

    seen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: seen.append(error))
    assert list(overrides(Widget)) == ["sizeHint"]
    assert hasattr(Widget.sizeHint, MARK)
