"""What the window says stands in a place of its own and covers nothing, at any size and on every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.gui.widgets.display.notices import Toast
from rop_facilitator.gui.window.main_window import MainWindow
from tests.gui.conftest import settle
from tests.gui.steps import group_named

WORDS = "Flyttet 6 møter fram én uke fordi uke 52 og 53 er stengt, og la til et møte tirsdag 25. mai."


def on_window(widget: QWidget, window: MainWindow) -> QRect:
    """What is seen of a widget, in the window."""
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, seen.topLeft()), seen.size())


def covered(window: MainWindow) -> list[str]:
    """The buttons and fields that lie under the toast."""
    toast = window.toast
    place = QRect(toast.mapTo(window, QPoint(0, 0)), toast.size())
    parts = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
    return [
        part.accessibleName() or type(part).__name__
        for part in parts
        if part.isVisible() and not toast.isAncestorOf(part) and place.intersects(on_window(part, window))
    ]


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(1280, 800), (1354, 684), (960, 600)])
def test_it_covers_no_button(
    window_on: Callable[..., MainWindow], records: Path, percent: int, size: tuple[int, int]
) -> None:
    window = window_on(records, text_percent=percent)
    window.resize(*size)
    group = group_named(window, "Tirsdagsgruppa")
    meeting = next(meeting for meeting in group.meetings if meeting.on == date(2026, 11, 24))
    for place in (
        ("today",),
        ("settings",),
        ("library",),
        ("new_group",),
        ("group", group.id),
        ("meeting", group.id, meeting.id),
        ("print", group.id, PaperRequest("sign-in", on=meeting.on)),
    ):
        window.go(*place)  # type: ignore[arg-type]
        settle(window)
        window.context.notify(WORDS, undoable=True)
        QApplication.processEvents()
        assert window.toast.isVisible()
        assert window.rect().contains(QRect(window.toast.mapTo(window, QPoint(0, 0)), window.toast.size())), place
        assert covered(window) == [], place


def test_it_outlives_the_side_bar_and_says_at_the_door_too(window_on: Callable[..., MainWindow], records: Path) -> None:
    window = window_on(records)
    window.context.notify("Lagret.")
    assert isinstance(window.toast, Toast)
    assert window.toast.isVisible()
    window.lock()
    settle(window)
    assert not window.toast.isVisible()
    window.context.notify(WORDS)
    QApplication.processEvents()
    assert window.toast.isVisible()
    assert covered(window) == []
