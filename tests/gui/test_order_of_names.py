"""Groups and people stand in the Norwegian alphabet in the side bar, in lists and tables, and in search."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.dialogs.search import all_hits, find
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE, PEOPLE, PROGRESS
from rop_facilitator.gui.pages.group_page.people.people_tab import PeopleTab
from rop_facilitator.gui.pages.group_page.people.people_table_model import NAME
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import add_participant, create_group
from rop_facilitator.records.log.action_names import Action
from tests.gui.steps import open_group

NAMES = ["andre", "Beta", "Zebra", "Ærfugl", "Ørland", "Åfjord", "Aasen"]
TODAY = date(2026, 11, 24)


@pytest.fixture(params=["nb", "en"])
def window(window_on: Callable[..., MainWindow], empty_records: Path, request: pytest.FixtureRequest) -> MainWindow:
    opened = window_on(empty_records, language=request.param)
    pattern = MeetingPattern((1,), time(13), 90, "Rom 2")
    course = opened.context.library.curricula["kat-rop"]
    with opened.context.write(Action.GROUP_CREATED) as db:
        for name in random.Random(3).sample(NAMES, 7):
            group = create_group(db, name, [course], pattern, first_date=TODAY)
            for person in random.Random(5).sample(NAMES, 7 if name == "andre" else 0):
                add_participant(db, group, person, joined=TODAY)
    QApplication.processEvents()
    return opened


def test_groups_in_the_side_bar_and_in_search(window: MainWindow) -> None:
    assert window.side_bar is not None
    assert [word for word in window.side_bar.words() if word in NAMES] == NAMES
    hits = all_hits(window.context)
    assert [hit.text for hit in hits if hit.icon == "group"] == NAMES
    assert [hit.text for hit in hits if hit.icon == "person" and hit.route == "group"] == NAMES
    assert [hit.text for hit in find("å", hits) if hit.icon == "group"][:1] == ["Åfjord"]


def test_people_in_the_tables(window: MainWindow) -> None:
    people = open_group(window, "andre", PEOPLE).tab
    assert isinstance(people, PeopleTab)
    people.show_table(True)
    assert [people.sheet.people.index(row, NAME).data() for row in range(7)] == NAMES
    for tab in (ATTENDANCE, PROGRESS):
        table = open_group(window, "andre", tab).tab.table  # type: ignore[attr-defined]
        assert [row.name for row in table.model.content.rows] == NAMES


def test_people_in_the_meeting(window: MainWindow, qtbot: QtBot) -> None:
    """Each press goes down one, so the marks tell in which order the names stand."""
    group = open_group(window, "andre", PEOPLE).tab.group
    assert group is not None
    window.go("meeting", group.id, group.meetings[0].id)
    QApplication.processEvents()
    assert isinstance(window.page, MeetingPage)
    people = window.page.desk.attendance.list
    shown = []
    for _person in NAMES:
        person = people.current()
        assert person is not None
        shown.append(person.name)
        qtbot.keyClick(people, "m")
    assert shown == NAMES
