"""Ordinary Qt calls keep the count of None, True and False: PySide6 6.12.0 on Python 3.11 does not, and dies of it."""

import ast
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QImage, QPainter, QTextDocument
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget
from shiboken6 import Shiboken

import rop_facilitator

CALLS = 400


def lost_references(call: Callable[[], object]) -> float:
    """How many references to the three singletons one call loses, at the worst."""
    call()
    before = [sys.getrefcount(one) for one in (None, True, False)]
    for _n in range(CALLS):
        call()
    after = [sys.getrefcount(one) for one in (None, True, False)]
    return max((b - a) / CALLS for b, a in zip(before, after, strict=True))


class _Sender(QObject):
    sent = Signal(object)

    def hear(self, value: object) -> None:
        """Take what was sent."""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False are immortal from Python 3.12 on")
def test_no_call_loses_references(qapp: QApplication) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    label, document, sender = QLabel(), QTextDocument(), _Sender()
    sender.sent.connect(sender.hear)
    calls: dict[str, Callable[[], object]] = {
        "setPen": lambda: painter.setPen(Qt.GlobalColor.black),
        "setFont": lambda: painter.setFont(QFont("x", 9)),
        "drawText": lambda: painter.drawText(QRectF(0, 0, 9, 9), 0, "a"),
        "drawLine": lambda: painter.drawLine(1, 1, 2, 2),
        "save": lambda: (painter.save(), painter.restore()),
        "setText": lambda: label.setText("x"),
        "setHtml": lambda: document.setHtml("<p>x</p>"),
        "fill": lambda: image.fill(Qt.GlobalColor.white),
        "emit": lambda: sender.sent.emit(None),
        "processEvents": lambda: qapp.processEvents(),
    }
    lost = {name: lost_references(call) for name, call in calls.items()}
    painter.end()
    assert {name: count for name, count in lost.items() if count > 0.5} == {}


def test_the_measure_sees_a_loss() -> None:
    """The control: keeping a reference and letting it go again is seen as a change of the count."""
    kept: list[None] = [None] * (CALLS + 1)
    assert lost_references(kept.pop) > 0.5 or sys.version_info >= (3, 12)


# -- calls that make wrong parents -------------------------------------------------------------------------------------

PACKAGE = Path(rop_facilitator.__file__).parent


def wrong_parents(source: str) -> list[str]:
    """Calls that make what they give back a child, in PySide's book, of a widget that is not its parent."""
    calls = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name, owner = node.func.attr, node.func.value
        neighbour = name in ("nextInFocusChain", "previousInFocusChain", "checkedButton", "focusProxy")
        inner_focus = name == "focusWidget" and not (isinstance(owner, ast.Name) and owner.id == "QApplication")
        of_group = name in ("button", "defaultButton") and bool(node.args)  # an event's `button()` has none
        if neighbour or inner_focus or of_group:
            calls.append(f"{node.lineno}: {name}")
    return calls


def test_nobody_asks_for_neighbours() -> None:
    sources = {path.relative_to(PACKAGE): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert {path: calls for path, source in sources.items() if (calls := wrong_parents(source))} == {}


def test_the_search_for_such_calls_finds_them() -> None:
    source = "a.nextInFocusChain()\nself.focusWidget()\ngroup.button(1)\nQApplication.focusWidget()\nevent.button()"
    assert wrong_parents(source) == ["1: nextInFocusChain", "2: focusWidget", "3: button"]


def test_why_nobody_asks_for_neighbours(qapp: QApplication) -> None:
    """The control: whoever was asked for its neighbour takes along what Qt has made within the neighbour."""
    window = QWidget()
    first, second = QLineEdit(window), QFrame(window)
    second.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    inner = QHBoxLayout(second)
    inner.addWidget(QLabel("x"))
    item = inner.itemAt(0)
    assert first.nextInFocusChain() is second
    first.deleteLater()
    QCoreApplication.sendPostedEvents(first, QEvent.Type.DeferredDelete)
    assert not Shiboken.isValid(item)
