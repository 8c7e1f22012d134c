"""What a screen reader says of a button or a list tells it from the others on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox

from rop_facilitator.gui.pages.group_page.page import PAPERS, PLAN
from rop_facilitator.gui.pages.group_page.plan.plan_tab import PlanTab
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.window.main_window import MainWindow
from tests.gui.conftest import click
from tests.gui.steps import group_named, open_group

Opened = Callable[..., MainWindow]
GROUPS = ("Tirsdagsgruppa", "Onsdagsgruppa", "Et bedre liv, vår")


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def names(window: MainWindow) -> list[str]:
    """Of all that is shown and takes the keyboard."""
    QApplication.processEvents()
    shown = (*window.findChildren(QAbstractButton), *window.findChildren(QComboBox))
    stops = [one for one in shown if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return [stop.accessibleName() or (stop.text() if isinstance(stop, QAbstractButton) else "") for stop in stops]


def repeated(window: MainWindow) -> list[str]:
    return [name for name, count in Counter(names(window)).items() if count > 1 or not name]


@pytest.mark.parametrize("place", ["today", "settings", "new_group", "library"])
def test_no_name_stands_twice_on_a_page(window: MainWindow, place: str) -> None:
    window.go(place)
    assert repeated(window) == []


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("tab", range(5))
def test_no_name_stands_twice_on_a_tab(window: MainWindow, name: str, tab: int) -> None:
    page = open_group(window, name, tab)
    assert repeated(window) == []
    if tab == PLAN:
        assert isinstance(page.tab, PlanTab)
        row = next(row for row in page.tab.rows() if row.isVisible() and row.plan.keys)
        row.click()
        assert repeated(window) == []


def test_no_name_stands_twice_at_the_end_of_a_meeting(window: MainWindow) -> None:
    group = group_named(window, GROUPS[0])
    meeting = next(meeting for meeting in group.meetings if meeting.on == window.context.today())
    window.go("meeting", group.id, meeting.id)
    page = window.page
    assert isinstance(page, MeetingPage)
    click(page.top.start)
    page.end()
    assert repeated(window) == []
    assert "Resten møtt, etter møtet" in names(window)


def test_what_repeats_says_of_what(window: MainWindow) -> None:
    window.go("today")
    told = names(window)
    assert "Se framdrift for Onsdagsgruppa" in told
    assert "Før oppmøtet 18. november, Onsdagsgruppa" in told
    assert "I dag, 5 å gjøre" in told
    open_group(window, GROUPS[0], PAPERS)
    assert {"Se og skriv ut oppmøteliste", "Se og skriv ut møtepakke", "Møte"} <= set(names(window))
