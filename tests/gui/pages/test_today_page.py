"""Today: the next meeting, what is left to do, the coming week, and the acts on them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rop_facilitator.documents.page import local_help_number
from rop_facilitator.documents.page.help_numbers import known_contacts
from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.gui.pages.group_page.page import PROGRESS, GroupPage
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.pages.today_page import DayRow, TodayPage
from rop_facilitator.gui.pages.today_page import page as today_page
from rop_facilitator.gui.pages.today_page.call_and_make_up_rows import CallRow
from rop_facilitator.gui.routes import Route
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.groups import find_group, take_out
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance, mark_rest
from rop_facilitator.records.meeting.meetings import awaited, meeting_on, start_meeting
from rop_facilitator.records.models import (
    MeetingState,
    Membership,
    Way,
)
from rop_facilitator.records.progress.call_list import set_call_after
from rop_facilitator.records.progress.progress import make_up
from rop_facilitator.records.progress.today_list import count_left
from tests.gui.conftest import NOW, Clock, Opened, click, key, settle
from tests.gui.steps import group_named, settings_of

CTRL = Qt.KeyboardModifier.ControlModifier


def page_of(window: MainWindow) -> TodayPage:
    assert isinstance(window.page, TodayPage)
    return window.page


def words(window: MainWindow) -> list[str]:
    settle(window)
    return [label.text() for label in page_of(window).findChildren(QLabel) if label.isVisible()]


def button(window: MainWindow, text: str) -> Button:
    settle(window)
    return next(one for one in page_of(window).findChildren(Button) if one.isVisible() and one.text() == text)


def mark(window: MainWindow, name: str, mark: Mark) -> None:
    with window.context.write(Action.ATTENDANCE_MARKED) as db:
        group = find_group(db, "Tirsdagsgruppa")
        member = next(membership for membership in group.memberships if membership.participant.name == name)
        mark_attendance(db, meeting_on(group, NOW.date()).id, member.id, mark, today=NOW.date())


def test_the_next_meeting_is_told_in_full(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    told = words(window)
    assert "Tirsdag 24. november" in told
    assert "Uke 48 · god morgen, Marit" in told
    assert "13.00–14.30" in told
    assert "om 4 timer" in told
    assert "8 ventes" in told
    assert "Møterom 2, Fjellgata 4" in told
    assert any(text.startswith("Tirsdagsgruppa · KAT-ROP") and "sesjon 3 av 11" in text for text in told)


def test_a_notice_shows_at_once(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    mark(window, "Kine", Mark.NOTICE)
    assert "7 ventes · Kine har meldt avbud" in words(window)
    mark(window, "Lars", Mark.LATE_NOTICE)
    assert "6 ventes · Kine og Lars har meldt avbud" in words(window)


def test_the_meeting_waits_for_as_many_as_the_page_of_today(window_on: Opened, records: Path) -> None:
    """Who gave notice is not waited for, in the meeting as on the page of today and for the papers."""
    window = window_on(records)
    window.go("group", group_named(window, "Tirsdagsgruppa").id)
    ahead = next(
        meeting for meeting in group_named(window, "Tirsdagsgruppa").meetings if meeting.on == date(2026, 12, 1)
    )
    window.go("meeting", ahead.group_id, ahead.id)
    page = window.page
    assert isinstance(page, MeetingPage)
    settle(window)
    counts = page.desk.attendance._counts
    assert counts.text() == "8 ventes"
    key(window, Qt.Key.Key_K)
    assert counts.text() == "7 ventes"
    key(window, Qt.Key.Key_F)
    assert counts.text() == "6 ventes"
    group = group_named(window, "Tirsdagsgruppa")
    assert awaited(group, next(meeting for meeting in group.meetings if meeting.id == ahead.id)) == 6
    for _person in range(6):
        key(window, Qt.Key.Key_A)
    assert counts.text() == "Ingen ventes"


def test_hidden_names_are_counted_only(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    mark(window, "Kine", Mark.NOTICE)
    key(window, Qt.Key.Key_F9)
    assert "7 ventes · 1 har meldt avbud" in words(window)
    assert not [text for text in words(window) if "Kine" in text]


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 11, 24, 12, 35), "om 25 minutter"),
        (datetime(2026, 11, 24, 12, 59), "om 1 minutt"),
        (datetime(2026, 11, 24, 13, 10), "er i gang"),
        (datetime(2026, 11, 23, 9, 0), "i morgen"),
    ],
)
def test_when_it_is_in_words(window_on: Opened, records: Path, now: Clock, moment: datetime, told: str) -> None:
    now.moment = moment
    assert told in words(window_on(records))


def test_after_the_meeting_the_next_one_leads_and_this_one_waits(window_on: Opened, records: Path, now: Clock) -> None:
    now.moment = datetime(2026, 11, 24, 15, 0)
    window = window_on(records)
    told = words(window)
    assert "09.00–10.30" in told
    assert "Ble møtet 24. november holdt?" in told


def test_packet_goes_to_print_by_key_and_by_click(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    asked: list[tuple[int, object]] = []
    page_of(window).print_paper.disconnect()
    page_of(window).print_paper.connect(lambda group, request: asked.append((group, request)))
    key(window, Qt.Key.Key_P, CTRL)
    click(button(window, "Møtepakke"))
    assert len(asked) == 2
    assert asked[0][1] == PaperRequest("packet", NOW.date())


def test_start_makes_it_held_and_opens_it(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    key(window, Qt.Key.Key_Return, CTRL)
    with window.context.read() as db:
        meeting = meeting_on(find_group(db, "Tirsdagsgruppa"), NOW.date())
    assert meeting.state is MeetingState.HELD
    assert meeting.leader == "Marit"
    assert window.route == Route("meeting", (meeting.group_id, meeting.id))


def test_a_meeting_of_another_day_is_only_opened(window_on: Opened, records: Path, now: Clock) -> None:
    now.moment = datetime(2026, 11, 23, 9, 0)
    window = window_on(records)
    click(button(window, "Åpne møtet"))
    with window.context.read() as db:
        meeting = meeting_on(find_group(db, "Tirsdagsgruppa"), NOW.date())
    assert meeting.state is MeetingState.PLANNED
    assert window.route.name == "meeting"


def test_see_the_session(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    click(button(window, "Se sesjonen"))
    assert window.route.name == "library"
    assert str(window.route.arguments[0]).startswith("kat-rop/")


def test_unmarked_meetings_wait_until_they_are_marked(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    assert "Før oppmøtet 18. november" in words(window)
    assert "Onsdagsgruppa · 6 personer uten merke" in words(window)
    click(button(window, "Før oppmøte"))
    assert window.route.name == "meeting"
    window.back()
    with window.context.write(Action.REST_MARKED) as db:
        group = find_group(db, "Onsdagsgruppa")
        meeting = meeting_on(group, datetime(2026, 11, 18).date())
        mark_rest(db, meeting.id, Mark.PRESENT, today=NOW.date())
    assert "Før oppmøtet 18. november" not in words(window)


def test_the_side_bar_counts_what_the_page_lists(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    with window.context.read() as db:
        assert count_left(db, NOW, number_missing=True) == 5
    assert "5 igjen" in words(window)
    assert window.side_bar is not None
    assert window.side_bar.to_do == 5


def test_the_side_bar_goes_on_with_the_records_and_the_clock(window_on: Opened, records: Path, now: Clock) -> None:
    """The same number beside Today and on the page: an archived group, a meeting that is marked, another day."""
    window = window_on(records)
    side_bar = window.side_bar
    assert side_bar is not None
    click(settings_of(window).end.archive)
    archived = side_bar.to_do
    assert archived < 5
    window.go("today")
    assert f"{archived} igjen" in words(window)
    now.moment = NOW + timedelta(days=2)
    side_bar._minute.timeout.emit()
    later = side_bar.to_do
    assert later > archived, "yesterday's meeting is to be marked"
    window.go("group", group_named(window, "Onsdagsgruppa").id)
    with window.context.write(Action.REST_MARKED) as db:
        meeting = meeting_on(find_group(db, "Onsdagsgruppa"), datetime(2026, 11, 25).date())
        mark_rest(db, meeting.id, Mark.PRESENT, today=now.moment.date())
    assert side_bar.to_do < later
    window.go("today")
    assert f"{side_bar.to_do} igjen" in words(window)


def test_the_packet_keeps_the_keyboard_over_the_minute(window_on: Opened, records: Path, now: Clock) -> None:
    """The page is made anew under it."""
    window = window_on(records)
    settle(window)
    page = page_of(window)
    before = page.packet
    assert before is not None
    before.setFocus()
    now.moment = NOW + timedelta(minutes=1)
    page._minute.timeout.emit()
    settle(window)
    assert page.packet is not None
    assert page.packet is not before
    assert page.packet.hasFocus()


def test_of_many_rows_the_rest_is_only_counted(
    window_on: Opened, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today_page, "_MOST", 1)
    window = window_on(records)
    assert len(page_of(window).findChildren(DayRow)) == 1
    assert "og 1 til" in words(window)
    assert "5 igjen" in words(window)


def test_our_own_number_is_asked_for_until_it_is_there(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    click(button(window, "Hjelpetelefoner"))
    assert window.route == Route("settings", ("numbers",))
    numbers, _problems = known_contacts()
    local_help_number.save_contacts(
        local_help_number.with_local(numbers, number="55 12 34 56", name="Vi", when="Alltid", language="nb")
    )
    window.back()
    assert "Hvem kan deltakerne ringe hos dere?" not in words(window)


def test_the_coming_week_opens_by_keyboard(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    rows = page_of(window).findChildren(DayRow)
    assert [row.accessibleName().split(",")[0] for row in rows] == ["onsdag 25. november", "tirsdag 1. desember"]
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Space)
    assert window.route.name == "meeting"


def test_without_groups_there_is_one_thing_to_do(window_on: Opened, empty_records: Path) -> None:
    window = window_on(empty_records)
    assert "Ingen møter framover" in words(window)
    click(page_of(window).packet)  # type: ignore[arg-type]
    assert window.route == Route("new_group")


def test_the_clock_moves_the_words(window_on: Opened, records: Path, now: Clock) -> None:
    now.moment = datetime(2026, 11, 24, 12, 35)
    window = window_on(records)
    now.moment = datetime(2026, 11, 24, 12, 40)
    page_of(window)._minute_over()
    assert "om 20 minutter" in words(window)


# -- people


def call_rows(window: MainWindow) -> list[CallRow]:
    settle(window)
    return [one for one in page_of(window).findChildren(CallRow) if one.isVisible()]


def member(window: MainWindow, name: str) -> Membership:
    with window.context.read() as db:
        group = find_group(db, "Tirsdagsgruppa")
    return next(membership for membership in group.memberships if membership.participant.name == name)


def test_whom_to_call_and_why(window_on: Opened, records: Path) -> None:
    told = words(window_on(records))
    at = told.index("Ring Lars")
    assert told[at + 1 : at + 3] == [
        "Borte to ganger på rad uten beskjed: 10. november, 17. november",
        "Tirsdagsgruppa · avtalt: ring etter klokka 12",
    ]


def test_followed_up_keeps_what_was_agreed_and_empties_the_list(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    (row,) = call_rows(window)
    qtbot.keyClicks(row.agreed, "Kommer på tirsdag")
    qtbot.keyClick(row.agreed, Qt.Key.Key_Return)
    (found,) = member(window, "Lars").follow_ups
    assert (found.on, found.agreed, found.leader) == (NOW.date(), "Kommer på tirsdag", "Marit")
    assert call_rows(window) == []
    assert window.toast.text() == "Notert: Lars er fulgt opp."
    assert "4 igjen" in words(window)
    assert window.side_bar is not None
    assert window.side_bar.to_do == 4
    window.undo()
    assert window.toast.text() == "Angret: noterte en oppfølging"
    assert len(call_rows(window)) == 1
    assert window.side_bar.to_do == 5


def test_nothing_need_be_agreed(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    click(call_rows(window)[0].done)
    assert [one.agreed for one in member(window, "Lars").follow_ups] == [""]
    assert page_of(window).packet is not None
    assert page_of(window).packet.hasFocus()  # type: ignore[union-attr]


def test_a_new_absence_brings_the_person_back_with_what_was_agreed(
    window_on: Opened, records: Path, now: Clock
) -> None:
    now.moment = datetime(2026, 11, 23, 9, 0)
    window = window_on(records)
    call_rows(window)[0].agreed.setText("Ville prøve")
    click(call_rows(window)[0].done)
    now.moment = datetime(2026, 11, 25, 8, 0)
    with window.context.write(Action.ATTENDANCE_MARKED) as db:
        group = find_group(db, "Tirsdagsgruppa")
        meeting = meeting_on(group, NOW.date())
        mark_attendance(db, meeting.id, group.memberships[6].id, Mark.ABSENT, today=NOW.date())
        mark_rest(db, meeting.id, Mark.PRESENT, today=NOW.date())
    told = words(window)
    assert "Borte tre ganger på rad uten beskjed: 10. november, 17. november, 24. november" in told
    assert "Fulgt opp 23. november: Ville prøve" in told


def test_notice_takes_the_person_off_the_list(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    with window.context.write(Action.MEETING_STARTED) as db:
        group = find_group(db, "Tirsdagsgruppa")
        start_meeting(db, group, meeting_on(group, NOW.date()), today=NOW.date())
    mark(window, "Lars", Mark.NOTICE)
    assert call_rows(window) == []


def test_the_rule_of_the_group_decides(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    with window.context.write(Action.CALL_RULE_CHANGED) as db:
        set_call_after(db, find_group(db, "Tirsdagsgruppa"), 3)
    assert call_rows(window) == []


def test_what_is_to_be_made_up_before_the_next_meeting_leads_to_the_map(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    told = words(window)
    assert "Å ta igjen før møtet i dag" in told
    assert "Tirsdagsgruppa\nBerit: «Kriseplan»\nLars: «Varselsignaler og risikosituasjoner», «Kriseplan»" in told
    assert "Å ta igjen før møtet onsdag 25. november" in told
    click(button(window, "Se framdrift"))
    assert window.route == Route("group", (member(window, "Lars").group_id,))
    assert isinstance(window.page, GroupPage)
    assert window.page.segments.current() == PROGRESS


def test_made_up_or_taken_out_is_off_the_list(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    with window.context.write(Action.SESSION_MADE_UP) as db:
        group = find_group(db, "Tirsdagsgruppa")
        berit = next(membership for membership in group.memberships if membership.participant.name == "Berit")
        make_up(db, berit, group.sessions[1], way=Way.PHONE, on=NOW.date(), today=NOW.date())
    with window.context.write(Action.PERSON_TAKEN_OUT) as db:
        group = find_group(db, "Tirsdagsgruppa")
        take_out(
            db,
            next(membership for membership in group.memberships if membership.participant.name == "Lars"),
            on=NOW.date(),
        )
    told = words(window)
    assert "Å ta igjen før møtet i dag" not in told
    assert "Ring Lars" not in told


def test_a_group_that_ended_long_ago_asks_for_nothing(window_on: Opened, records: Path, now: Clock) -> None:
    now.moment = datetime(2028, 1, 10, 8, 0)
    window = window_on(records)
    assert call_rows(window) == []
    assert not [text for text in words(window) if text.startswith("Å ta igjen")]


def test_hidden_names_hide_what_people_said_and_keep_what_is_being_written(
    window_on: Opened, records: Path, qtbot: QtBot
) -> None:
    window = window_on(records)
    qtbot.keyClicks(call_rows(window)[0].agreed, "Halvveis")
    key(window, Qt.Key.Key_F9)
    told = words(window)
    assert "Ring Deltaker 7" in told
    assert not [text for text in told if "Lars" in text or "klokka 12" in text or "Berit" in text]
    assert call_rows(window)[0].agreed.text() == "Halvveis"
    assert "Lars" not in call_rows(window)[0].done.accessibleName()
