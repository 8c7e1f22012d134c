"""The page of a person: out and back, days corrected, names, what is missing, another group, and who changed what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.gui.pages.group_page.page import PEOPLE
from rop_facilitator.gui.pages.group_page.people.people_tab import PeopleTab
from rop_facilitator.gui.pages.group_page.progress.progress_tab import ProgressTab
from rop_facilitator.gui.pages.meeting_page import MeetingPage
from rop_facilitator.gui.pages.print_page import PrintPage
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.i18n import day_and_month, long_date
from rop_facilitator.records.group.archived_groups import archive_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.person_log import EventPlace, Subject
from rop_facilitator.records.log.undo import next_undo
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.membership.membership_changes import share_in
from rop_facilitator.records.membership.membership_periods import periods_of
from rop_facilitator.records.models import MakeUp, Membership, MembershipStatus, Way
from rop_facilitator.records.progress.progress import progress_of_person, taught_sessions
from tests.gui.conftest import click, key, retype, settle, type_in
from tests.gui.steps import group_named, open_group

Opened = Callable[..., MainWindow]
GROUP, OTHER = "Onsdagsgruppa", "Tirsdagsgruppa"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def people(window: MainWindow, group: str = GROUP) -> PeopleTab:
    tab = open_group(window, group, PEOPLE).tab
    assert isinstance(tab, PeopleTab)
    return tab


def member(window: MainWindow, name: str, group: str = GROUP) -> Membership:
    return next(
        membership for membership in group_named(window, group).memberships if membership.participant.name == name
    )


def opened(window: MainWindow, name: str, group: str = GROUP) -> PeopleTab:
    tab = people(window, group)
    tab.choose(member(window, name, group).id)
    settle(window)
    return tab


def count(window: MainWindow, name: str, group: str = GROUP) -> tuple[int, int]:
    person = member(window, name, group)
    share = share_in(group_named(window, group), person.id, periods_of(person))
    return share.present, share.counted


def held(window: MainWindow, group: str = GROUP) -> list[date]:
    return [meeting.on for meeting in group_named(window, group).meetings if meeting.state.value == "held"]


def written(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def spoken(tab: PeopleTab, at: int) -> str:
    return str(tab.list.item(at).data(Qt.ItemDataRole.AccessibleTextRole))


def ask(tab: PeopleTab, kind: str, day: date | str, back: str = "") -> None:
    """Press the act, write its day, and press Enter."""
    click(tab.view.periods.buttons[kind])
    form = tab.view.periods.form
    assert form.isVisible()
    retype(form.day, day if isinstance(day, str) else written(day))
    if back:
        retype(form.back, back)


def names_of(window: MainWindow, group: str = GROUP) -> list[str]:
    return [membership.participant.name for membership in group_named(window, group).memberships]


def menu_words(tab: PeopleTab) -> list[str]:
    return [words for _key, words in tab.view.head._menu_actions]


def choose_in_menu(tab: PeopleTab, words: str) -> None:
    """Open the menu, go down to a line, and press Enter."""
    click(tab.view.head.more)
    menu = tab.view.head.menu
    assert menu is not None
    for _step in range([action.text() for action in menu.actions()].index(words)):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, ENTER)
    QApplication.processEvents()


def test_arrows_change_the_person_and_enter_goes_into_the_page(window: MainWindow, qtbot: QtBot) -> None:
    tab = people(window)
    settle(window)
    assert tab.list.hasFocus()
    assert tab.view.head.name.text() == "Hanne"
    assert spoken(tab, 0).startswith("Hanne, møtt ")
    assert spoken(tab, 0).endswith(", med i gruppa")
    key(window, Qt.Key.Key_Down)
    assert tab.view.head.name.text() == "Jon Arne"
    key(window, ENTER)
    assert tab.view.periods.rows.fields[0][0].hasFocus()


def test_out_and_back_in_is_one_person_with_two_periods(window: MainWindow, qtbot: QtBot) -> None:
    """Case 3: out on one day, in again on a later one; the meetings between do not count."""
    before, days = count(window, "Jon Arne"), held(window)
    tab = opened(window, "Jon Arne")
    ask(tab, "left", days[-4])
    assert "ikke bli regnet med" in tab.view.periods.form.effect.text()
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    assert member(window, "Jon Arne").left == days[-4]
    assert window.toast.text() == "Jon Arne er tatt ut av gruppa. Historikken blir stående."
    tab = opened(window, "Jon Arne")
    assert tab.view.head.badge.text() == "har sluttet"
    ask(tab, "back", days[-2])
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    person = member(window, "Jon Arne")
    assert [period.first_day for period in person.periods] == [person.joined, days[-2]]
    assert (person.left, person.status) == (None, MembershipStatus.ACTIVE)
    after = count(window, "Jon Arne")
    assert after[1] == before[1] - 1
    assert "pause 1" in tab.view.track.accessibleName()
    window.undo()
    window.undo()
    assert count(window, "Jon Arne") == before
    assert len(member(window, "Jon Arne").periods) == 1


def test_a_pause_with_a_day_back(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Siri")
    ask(tab, "pause", "24.11.2026", back="5.1")
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    assert window.toast.text() == "Siri har pause fra onsdag 25. november 2026."
    person = member(window, "Siri")
    assert periods_of(person)[-1] == (date(2027, 1, 5), None)
    assert periods_of(person)[0][1] == date(2026, 11, 24)
    assert len(tab.view.periods.rows.fields) == 2
    assert not tab.view.periods.form.isVisible()
    window.undo()
    assert len(tab.view.periods.rows.fields) == 1
    assert window.toast.text() == "Angret: noterte pause for en person"


def test_a_pause_that_is_over_ends_in_the_year_in_which_it_began(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Siri")
    ask(tab, "pause", "12.11", back="20.11")
    assert tab.view.periods.form.back.value() == date(2026, 11, 20)
    retype(tab.view.periods.form.back, "11.11")
    assert tab.view.periods.form.back.value() == date(2027, 11, 11)
    retype(tab.view.periods.form.back, "20.11")
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    assert periods_of(member(window, "Siri"))[-1] == (date(2026, 11, 20), None)


def test_a_last_day_is_never_before_the_first(window: MainWindow) -> None:
    tab = opened(window, "Jon Arne")
    rows = tab.view.periods.rows
    first = member(window, "Jon Arne").joined
    retype(rows.fields[0][1], f"{first.day}.{first.month}")
    assert rows.fields[0][1].value() == first
    assert rows.fields[0][1].verdict()[1] == ""
    retype(rows.fields[0][1], f"{first.day - 1}.{first.month}")
    assert rows.fields[0][1].value() == date(first.year + 1, first.month, first.day - 1)


def test_an_end_that_is_still_to_come_is_told_with_its_day(window: MainWindow, qtbot: QtBot) -> None:
    """Whoever stops next week is not out of the group today."""
    tab = opened(window, "Siri")
    ask(tab, "left", "1.12.2026")
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    assert window.toast.text() == "Siri har siste dag tirsdag 1. desember 2026. Historikken blir stående."


def test_tab_goes_from_the_parts_into_what_was_changed(window: MainWindow) -> None:
    """It is made when it is looked at first, and comes after what it stands below all the same."""
    tab = opened(window, "Siri")
    tab.view.segments.choose(1)
    part = tab.view.segments._parts[1]
    part.setFocus()
    QTest.keyClick(part, Qt.Key.Key_Tab)
    assert tab.view.changes.list.hasFocus()
    QTest.keyClick(tab.view.changes.list, Qt.Key.Key_Backtab)
    assert part.hasFocus()


def test_a_pause_without_a_day_back_stands_in_the_list(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Siri")
    ask(tab, "pause", "23.11.2026")
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    at = [tab.list._line(row).name for row in range(tab.list.count())].index("Siri")
    assert spoken(tab, at).endswith("i pause")
    assert tab.view.head.badge.text() == "i pause"
    assert [kind for kind, button in tab.view.periods.buttons.items() if button.isVisible()] == [
        "back",
        "completed",
        "left",
    ]
    assert menu_words(tab)[0] == "Flytt til annen gruppe …"


def test_a_corrected_day_shows_its_effect_before_enter(window: MainWindow, qtbot: QtBot) -> None:
    """Case 4: a mark that would fall outside is shown and asked about; kept, it does not count; undo takes it back."""
    tab, before = opened(window, "Jon Arne"), count(window, "Jon Arne")
    rows = tab.view.periods.rows
    first = member(window, "Jon Arne").joined
    later = next(day for day in held(window) if day > first)
    retype(rows.fields[0][0], written(later))
    assert f"{before[0] - 1} av {before[1] - 1} møter i stedet for {before[0]} av {before[1]}" in rows.effect.text()
    assert member(window, "Jon Arne").joined == first
    qtbot.keyClick(rows.fields[0][0], ENTER)
    assert member(window, "Jon Arne").joined == first
    assert rows.keep_marks.isVisible()
    click(rows.leave)
    assert rows.fields[0][0].value() == first
    retype(rows.fields[0][0], written(later))
    qtbot.keyClick(rows.fields[0][0], ENTER)
    click(rows.keep_marks)
    assert member(window, "Jon Arne").joined == later
    assert count(window, "Jon Arne") == (before[0] - 1, before[1] - 1)
    window.undo()
    assert count(window, "Jon Arne") == before


def test_a_first_day_before_the_first_meeting_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    tab, before = opened(window, "Hanne"), count(window, "Hanne")
    day = tab.view.periods.rows.fields[0][0]
    retype(day, "1.8.2026")
    assert "Ingen tall endres." in tab.view.periods.rows.effect.text()
    qtbot.keyClick(day, ENTER)
    assert member(window, "Hanne").joined == date(2026, 8, 1)
    assert count(window, "Hanne") == before


def test_a_day_that_cannot_be_says_why(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Hanne")
    begins, ends = tab.view.periods.rows.fields[0]
    joined = member(window, "Hanne").joined
    retype(ends, "1.1.2020")
    assert f"{joined.day}. september 2026 eller en senere" in tab.view.periods.rows.effect.text()
    qtbot.keyClick(ends, ENTER)
    retype(begins, "tull")
    qtbot.keyClick(begins, ENTER)
    person = member(window, "Hanne")
    assert (person.joined, person.left) == (joined, None)


def test_completed_with_a_day(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Hanne")
    ask(tab, "completed", held(window)[-1])
    click(tab.view.periods.form.do)
    person = member(window, "Hanne")
    assert (person.status, person.left) == (MembershipStatus.COMPLETED, held(window)[-1])
    assert not tab.view.periods.buttons["pause"].isVisible()


@pytest.mark.parametrize("alias", ["Rev", "rev", "Tor"])
def test_an_alias_that_somebody_has_is_refused_where_it_is_written(
    window: MainWindow, qtbot: QtBot, alias: str
) -> None:
    """Case 6."""
    tab = opened(window, "Siri")
    retype(tab.view.periods.alias, "Rev")
    qtbot.keyClick(tab.view.periods.alias, ENTER)
    assert member(window, "Siri").participant.alias == "Rev"
    tab = opened(window, "Hanne")
    before = member(window, "Hanne").participant.alias
    retype(tab.view.periods.alias, alias)
    qtbot.keyClick(tab.view.periods.alias, ENTER)
    assert "Velg et annet alias" in tab.view.periods.alias_field.fault()
    assert member(window, "Hanne").participant.alias == before


def test_names_and_contact_are_written_in_place(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Hanne")
    retype(tab.view.periods.name, "Hanne B.")
    qtbot.keyClick(tab.view.periods.name, ENTER)
    retype(tab.view.periods.contact, "ring etter tolv")
    qtbot.keyClick(tab.view.periods.contact, ENTER)
    person = member(window, "Hanne B.")
    assert person.contact == "ring etter tolv"
    assert tab.view.head.name.text() == "Hanne B."


def test_what_is_missing_is_noted_as_made_up(window: MainWindow, qtbot: QtBot) -> None:
    days = held(window)
    tab = opened(window, "Jon Arne")
    ask(tab, "pause", days[-3], back=written(days[-1]))
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    first, last = (long_date(day) for day in (days[-3] + timedelta(days=1), days[-1] - timedelta(days=1)))
    assert window.toast.text() == f"Jon Arne hadde pause fra {first} til {last}.", "it is over"
    missing = [session for session in tab.view.received._missing if session.in_gap]
    assert [session.on for session in missing] == [days[-2]]
    had = progress_of_person(group_named(window, GROUP), member(window, "Jon Arne"))
    assert tab.view.received._count.text() == f"{had.received} av {had.taught}"  # as in the map and in `progress`
    assert tab.view.received._since.text().endswith(" · 1 til i en pause")
    title = missing[0].session.title
    button = next(
        widget
        for widget in tab.view.received.findChildren(QWidget)
        if widget.accessibleName() == f"Tatt igjen: {title}"
    )
    click(button)
    click(tab.view.received.note)
    assert title not in [session.session.title for session in tab.view.received._missing]
    assert [
        make_up.way
        for make_up in member(window, "Jon Arne").make_ups
        if make_up.group_session_id == missing[0].session.id
    ]


def test_moved_with_what_was_received(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Berit", OTHER)
    before = count(window, "Berit", OTHER)
    choose_in_menu(tab, "Flytt til annen gruppe …")
    form = tab.view.periods.form
    form.target.setCurrentIndex(form.target.findText(GROUP))
    retype(form.day, "24.11.2026")
    qtbot.keyClick(form.day, ENTER)
    assert periods_of(member(window, "Berit", GROUP)) == ((date(2026, 11, 24), None),)
    assert count(window, "Berit", OTHER) == before
    assert all(make_up.way is Way.OTHER_GROUP for make_up in member(window, "Berit", GROUP).make_ups)
    window.undo()
    assert "Berit" not in [membership.participant.name for membership in group_named(window, GROUP).memberships]


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ((), "siden 2. september"),
        ((Way.PHONE,), "siden 2. september · 1 av dem tatt igjen"),
        ((Way.OTHER_GROUP,) * 2, "i gruppa siden 2. september · 2 av dem i en annen gruppe"),
        (
            (Way.OTHER_GROUP, Way.PHONE),
            "i gruppa siden 2. september · 1 av dem i en annen gruppe · 1 av dem tatt igjen",
        ),
    ],
)
def test_what_was_received_elsewhere_is_not_called_made_up(window: MainWindow, ways: Sequence[Way], words: str) -> None:
    with window.context.write(Action.SESSION_MADE_UP) as db:
        group = load_group(db, member(window, "Nils").group_id)
        nils = next(membership for membership in group.memberships if membership.participant.name == "Nils")
        sessions = taught_sessions(group)[-len(ways) :] if ways else []
        nils.make_ups = [
            MakeUp(group_session_id=session.id, on=nils.joined, way=way, leader="")
            for session, way in zip(sessions, ways, strict=True)
        ]
    tab = opened(window, "Nils")
    since = day_and_month(member(window, "Nils").joined)
    assert tab.view.received._since.text() == words.replace("2. september", since)


def test_who_changed_what_is_told_newest_first(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Hanne")
    retype(tab.view.periods.name, "Hanne B.")
    qtbot.keyClick(tab.view.periods.name, ENTER)
    key(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    words = tab.view.changes.words()
    assert words[0] == "Endret navnet på en deltaker · Navn: Hanne → Hanne B. · tirsdag 24. november 2026 08.35 · Marit"
    window.context.hide_names(True)
    assert "Hanne" not in " ".join(tab.view.changes.words())
    assert "Hanne" not in tab.view.head.name.text()


def test_hidden_names_are_nowhere_on_the_page(window: MainWindow) -> None:
    tab = opened(window, "Hanne")
    window.context.hide_names(True)
    settle(window)
    assert not tab.view.periods.name.isVisible()
    assert "Hanne" not in tab.view.track.accessibleName()
    assert not any("Hanne" in spoken(tab, at) for at in range(tab.list.count()))


def test_gone_for_good_waits_for_the_name(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Hanne")
    choose_in_menu(tab, "Slett for godt …")
    settle(window)
    well = tab.view.erase_well
    assert window.focusWidget() is well.keep
    assert (
        "Dette slettes: navnet og 11 oppmøtemerker. 1 notat om det som er tatt igjen eller avtalt" in well._what.text()
    )
    assert (
        "Dette kan ikke angres. Sikkerhetskopier kan inneholde personen til mandag 22. februar 2027."
        in well._what.text()
    )
    type_in(well.name, "Hanna")
    assert not well.erase.isEnabled()
    qtbot.keyClick(well.name, ENTER)
    assert "Hanne" in names_of(window)
    retype(well.name, "hanne")
    click(well.erase)
    assert "Hanne" not in names_of(window)
    assert window.toast.text().startswith("Personen er slettet for godt.")
    assert window.focusWidget() is tab.list
    assert tab.view.head.name.text() == "Jon Arne"
    undoable = next_undo(window.context.database, window.context.leader_id or 0)
    assert undoable is None or undoable.action != "person deleted for good"


def test_esc_or_another_person_takes_the_question_away(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Hanne")
    choose_in_menu(tab, "Slett for godt …")
    key(window, Qt.Key.Key_Escape)
    assert not tab.view.erase_well.isVisible()
    assert window.focusWidget() is tab.view.head.more
    choose_in_menu(tab, "Slett for godt …")
    tab.choose(member(window, "Tor").id)
    assert not tab.view.erase_well.isVisible()


def test_one_more_with_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    """Name, alias and first day; Enter adds, and the new person is chosen in the list."""
    tab = people(window, OTHER)
    tab.add.setFocus()
    key(window, ENTER)
    form = tab.form
    assert form.name.hasFocus()
    assert form.first_day.verdict()[0] == "tirsdag 24. november 2026"
    type_in(form.name, "Lars")
    key(window, ENTER)
    assert "heter Lars allerede" in form.name_field.fault()
    retype(form.name, "Yngve")
    retype(form.alias, "Lars")
    key(window, ENTER)
    assert (form.name_field.fault(), form.alias.hasFocus()) == ("", True)
    assert form.alias_field.fault()
    retype(form.alias, "Kirsebær")
    retype(form.first_day, "18.11")
    key(window, ENTER)
    person = member(window, "Yngve", OTHER)
    assert (person.joined, person.participant.alias) == (date(2026, 11, 18), "Kirsebær")
    assert tab.list.hasFocus()
    assert tab.list.chosen() == person.id
    assert tab.view.head.name.text() == "Yngve"
    assert not form.isVisible()
    window.undo()
    assert "Yngve" not in names_of(window, OTHER)


def test_esc_adds_nobody(window: MainWindow, qtbot: QtBot) -> None:
    tab, before = people(window), names_of(window)
    click(tab.add)
    assert not tab.form.alias.isVisible(), "nobody in this group has one"
    type_in(tab.form.name, "Yngve")
    key(window, Qt.Key.Key_Escape)
    assert not tab.form.isVisible()
    assert tab.add.hasFocus()
    assert names_of(window) == before
    click(tab.add)
    assert tab.form.name.text() == ""
    key(window, ENTER)
    assert tab.form.name_field.fault() == "Skriv et fornavn eller et alias."


def test_what_the_person_has_is_printed(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Berit", OTHER)
    assert tab.view.head.print.accessibleName() == "Skriv ut det Berit har i gruppa"
    click(tab.view.head.print)
    settle(window)
    assert isinstance(window.page, PrintPage)
    assert window.page.request == PaperRequest("person-overview", people=(member(window, "Berit", OTHER).id,))
    assert window.page.printable is not None
    assert window.page._title.text() == "Oversikt for én deltaker"


def test_the_sheets_of_what_is_missing_are_printed_from_the_card_and_from_the_menu(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = opened(window, "Lars", OTHER)
    wish = PaperRequest("person-sheets", people=(member(window, "Lars", OTHER).id,))
    assert tab.view.received.sheets.text() == "Ark til 2 sesjoner"
    wanted: list[object] = []
    tab.print_wanted.disconnect()
    tab.print_wanted.connect(wanted.append)
    click(tab.view.received.sheets)
    choose_in_menu(tab, "Ark til 2 sesjoner")
    assert wanted == [wish, wish]
    tab.choose(member(window, "Amund", OTHER).id)
    assert not tab.view.received.sheets.isVisible()
    assert menu_words(tab) == ["Flytt til annen gruppe …", "Slett for godt …"]


def test_all_sessions_are_one_press_away(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Lars", OTHER)
    click(tab.view.received.see_all)
    assert isinstance(window.page.tab, ProgressTab)  # type: ignore[union-attr]


def test_enter_on_a_change_opens_the_place(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Jon Arne")
    retype(tab.view.periods.contact, "Ring søster")
    qtbot.keyClick(tab.view.periods.contact, ENTER)
    meeting = [meeting for meeting in group_named(window, GROUP).meetings if meeting.state.value == "held"][-1]
    with window.context.write(Action.ATTENDANCE_MARKED) as db:
        mark_attendance(db, meeting.id, member(window, "Jon Arne").id, Mark.NOTICE, today=meeting.on)
    key(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    events = tab.view.changes.list
    events.setFocus()
    assert [event.place.subject for event in tab.view.changes._events[:2]] == [Subject.MEETING, Subject.CONTACT]
    key(window, Qt.Key.Key_Down)
    key(window, ENTER)
    assert tab.view.periods.contact.hasFocus()
    key(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    events.setFocus()
    events.setCurrentRow(0)
    key(window, ENTER)
    settle(window)
    assert isinstance(window.page, MeetingPage)
    assert window.page.meeting_id == meeting.id


def test_a_double_click_on_what_is_gone_says_so(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Jon Arne")
    ask(tab, "pause", held(window)[-3], back=written(held(window)[-1]))
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    key(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    part = tab.view.changes
    part.show_events([replace(part._events[0], place=EventPlace(Subject.GONE))])
    box = part.list.visualItemRect(part.list.item(0))
    qtbot.mouseClick(part.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.mouseDClick(part.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert window.toast.text() == "Det dette gjaldt, finnes ikke lenger."


def test_what_is_not_looked_at_is_not_made(window: MainWindow) -> None:
    tab = opened(window, "Hanne")
    built = {"changes", "erase_well"} & set(tab.view.__dict__) | {"form", "sheet"} & set(tab.__dict__)
    assert built == set()


def test_the_wide_table_is_one_press_away(window: MainWindow, qtbot: QtBot) -> None:
    tab = people(window)
    click(tab.as_table)
    assert tab.is_table
    assert tab.as_table.text() == "Som liste"
    assert tab.sheet.table.hasFocus()
    click(tab.as_table)
    assert tab.list.hasFocus()


def test_those_who_have_left_are_shown_when_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    tab = opened(window, "Hanne")
    ask(tab, "left", "23.11.2026")
    qtbot.keyClick(tab.view.periods.form.day, ENTER)
    settle(window)
    assert "Hanne" in [tab.list._line(row).name for row in range(tab.list.count())]  # as long as she is chosen
    tab.choose(member(window, "Tor").id)
    window.page.reload()  # type: ignore[union-attr]
    names = [tab.list._line(row).name for row in range(tab.list.count())]
    assert "Hanne" not in names
    assert tab.gone.text() == "1 har sluttet"
    click(tab.gone)
    assert "Hanne" in [tab.list._line(row).name for row in range(tab.list.count())]


def test_at_large_text_the_list_is_one_field(window_on: Opened, records: Path) -> None:
    window = window_on(records, text_percent=200)
    window.resize(1000, 700)
    tab = people(window)
    settle(window)
    assert tab.narrow.choice.isVisible()
    assert not tab.list.isVisible()
    tab.narrow.choice.setFocus()
    key(window, Qt.Key.Key_Down)
    assert tab.view.head.name.text() == "Jon Arne"


def test_at_large_text_one_more_is_a_button_beside_the_field_and_the_form_scrolls(
    window_on: Opened, records: Path, qtbot: QtBot
) -> None:
    window = window_on(records, text_percent=200)
    window.resize(1000, 700)
    tab = people(window, OTHER)
    settle(window)
    assert tab.narrow.add.accessibleName() == "Ny deltaker"
    click(tab.narrow.add)
    settle(window)
    form = tab.form
    assert window.focusWidget() is form.name
    assert form.height() >= form.sizeHint().height(), "nothing lies over anything"
    key(window, Qt.Key.Key_Escape)
    assert window.focusWidget() is tab.narrow.add


def test_an_archived_group_can_only_be_read(window: MainWindow, qtbot: QtBot) -> None:
    with window.context.write(Action.GROUP_ARCHIVED) as db:
        archive_group(load_group(db, group_named(window, OTHER).id), today=window.context.today())
    tab = opened(window, "Lars", OTHER)
    settle(window)
    assert not tab.add.isVisible()
    assert not any(button.isVisible() for button in tab.view.periods.buttons.values())
    assert tab.view.received._buttons == []
    assert menu_words(tab) == ["Ark til 2 sesjoner", "Slett for godt …"]
