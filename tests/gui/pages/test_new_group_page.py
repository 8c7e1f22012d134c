"""A new group from the keyboard: the plan while typing, faults told in words, and one write that makes all of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from rop_facilitator.gui import routes
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.new_group_page.page import NewGroupPage
from rop_facilitator.gui.widgets.display.fit_card import OfferCard
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.planning.calendar import parse_closure
from rop_facilitator.records.group.group_draft import parse_names
from rop_facilitator.records.group.groups import find_group, load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, Participant
from rop_facilitator.records.plan.group_plan import set_end
from tests.gui.conftest import Opened, click
from tests.gui.steps import paste, press

NAMES = ["Ann", "Bo", "Cem", "Dag", "Eli", "Frode", "Gro", "Hans"]


class _GroupSeen(Page):
    """Stands in for the page of the group: what counts here is that the window went there."""

    def __init__(self, context: AppContext, group_id: int) -> None:
        super().__init__(context)
        self.group_id = group_id


@pytest.fixture
def window(window_on: Opened, empty_records: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setitem(routes.ROUTES, "new_group", NewGroupPage)
    monkeypatch.setitem(routes.ROUTES, "group", _GroupSeen)
    window_ = window_on(empty_records)
    window_.go("new_group")
    window_.activateWindow()  # keys and focus need it, and offscreen nobody clicks the window
    qtbot.waitUntil(window_.isActiveWindow)
    return window_


def page_of(window: MainWindow) -> NewGroupPage:
    assert isinstance(window.page, NewGroupPage)
    return window.page


def write(widget: QWidget, text: str) -> None:
    """Replace what a field holds, with real keys."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, text) if text else QTest.keyClick(widget, Qt.Key.Key_Delete)


def groups_in(window: MainWindow) -> int:
    with window.context.read() as db:
        return db.scalar(select(func.count()).select_from(Group)) or 0


def test_a_kat_rop_group_of_eight_that_starts_next_tuesday(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    assert page.form.name.hasFocus()
    assert not page.make.isEnabled()
    assert page.reason.text() == "Gi gruppa et navn."
    write(page.form.name, "Tirsdagsgruppa")
    press(page.form.courses.cards["kat-rop"])
    write(page.form.place, "Rom 2")
    paste(page.form.people, "\n".join(NAMES))
    qtbot.waitUntil(page.make.isEnabled)
    assert page.preview.sentence.text() == "11 møter, fra 1. desember 2026 til 2. mars 2027"
    assert groups_in(window) == 0
    QTest.mouseClick(page.make, Qt.MouseButton.LeftButton)
    assert isinstance(window.page, _GroupSeen)
    with window.context.read() as db:
        group = find_group(db, "Tirsdagsgruppa")
    assert window.page.group_id == group.id
    assert [member.participant.name for member in group.memberships] == NAMES
    assert {member.joined for member in group.memberships} == {date(2026, 12, 1)}
    assert len(group.meetings) == 11
    assert {meeting.on.weekday() for meeting in group.meetings} == {1}
    assert {meeting.place for meeting in group.meetings} == {"Rom 2"}
    assert group.meetings[-1].on == date(2027, 3, 2)


def test_arrows_go_among_the_cards_and_space_takes_one_and_folds_them(window: MainWindow, qtbot: QtBot) -> None:
    courses = page_of(window).form.courses
    cards = list(courses.cards.values())
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Up)
    assert cards[0].hasFocus(), "nothing stands above the first"
    QTest.keyClick(cards[0], Qt.Key.Key_Right)
    QTest.keyClick(cards[1], Qt.Key.Key_Down)
    QTest.keyClick(cards[3], Qt.Key.Key_Left)
    QTest.keyClick(cards[2], Qt.Key.Key_Down)
    kat_rop = courses.cards["kat-rop"]
    assert kat_rop is cards[4]
    assert kat_rop.hasFocus()
    assert courses.chosen() == (), "arrows choose nothing on the way"
    QTest.keyClick(kat_rop, Qt.Key.Key_Space)
    assert courses.chosen() == ("kat-rop",)
    assert not kat_rop.isVisible()
    assert courses.titles.isVisible()
    assert courses.change.hasFocus()
    assert courses.change.accessibleName() == "Bytt kurs: KAT-ROP, 11 av 11 sesjoner skrevet"
    QTest.keyClick(courses.change, Qt.Key.Key_Return)
    assert kat_rop.hasFocus()
    QTest.keyClick(kat_rop, Qt.Key.Key_Right)
    QTest.keyClick(cards[5], Qt.Key.Key_Return)
    assert courses.chosen() == (cards[5].course.id,), "one only"
    assert courses.titles.text() == cards[5].course.title
    assert courses.is_folded()


def test_what_a_screen_reader_hears_of_the_courses(window: MainWindow) -> None:
    courses = page_of(window).form.courses
    card = courses.cards["kat-rop"]
    spoken = QAccessible.queryAccessibleInterface(card)
    assert spoken.role() == QAccessible.Role.RadioButton
    assert spoken.parent().text(QAccessible.Text.Name) == "Kurs"
    whom = "for voksne med samtidig ruslidelse og psykisk lidelse, også de som ikke har bestemt seg for å endre noe"
    assert spoken.text(QAccessible.Text.Name) == f"KAT-ROP, {whom}, 11 av 11 sesjoner skrevet"
    outline = courses.cards["ebl-2009"]
    assert outline.state == "omriss, 0 av 10 skrevet"
    assert outline.accessibleName().endswith(", omriss, 0 av 10 sesjoner skrevet")
    press(courses.more)
    ticked = courses.cards["kat-rop"]
    assert QAccessible.queryAccessibleInterface(ticked).role() == QAccessible.Role.CheckBox
    assert courses.more.text() == "Bare ett kurs"
    press(courses.more)
    card = QAccessible.queryAccessibleInterface(courses.cards["kat-rop"])
    assert card.role() == QAccessible.Role.RadioButton


def test_several_courses_follow_one_another_and_fold_when_told(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    courses = page.form.courses
    press(courses.cards["kat-rop"])
    press(courses.change)
    press(courses.more)
    assert courses.chosen() == ("kat-rop",), "what was chosen stays"
    press(courses.cards["ebl-2002"])
    assert not courses.is_folded()
    press(courses.more)
    assert courses.titles.text() == "KAT-ROP, så EBL 2002 – kurs og treningsprogram"
    qtbot.waitUntil(lambda: page.preview.below.text() == "27 uker, 4 stengte · 11 av 23 sesjoner er skrevet")
    assert [row.day.note for row in page.preview.rows if row.day.number][10:12] == ["", "omriss"]
    window.go("today")
    window.back()
    again = page_of(window).form.courses
    assert again.is_folded()
    assert again.chosen() == ("kat-rop", "ebl-2002")
    press(again.change)
    assert again.cards["ebl-2002"].hasFocus()
    QTest.keyClick(again.cards["ebl-2002"], Qt.Key.Key_Space)
    assert again.chosen() == ("kat-rop",)


def test_closed_weeks_and_outlines_are_said(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    press(page.form.courses.cards["kat-rop"])
    qtbot.waitUntil(lambda: page.preview.below.text() == "14 uker, 3 stengte · alle sesjoner er skrevet")
    christmas = next(row for row in page.preview.rows if not row.day.number)
    assert christmas.accessibleName() == "uke 52, tirsdag 22. desember 2026, Jul, stengt"
    press(page.form.courses.change)
    press(page.form.courses.cards["ebl-2009"])
    qtbot.waitUntil(lambda: page.preview.below.text().endswith(" · ingen sesjoner er skrevet"))


def test_day_date_and_people_stand_on_the_first_screen(window: MainWindow, qtbot: QtBot) -> None:
    """On a small laptop, once the course is chosen; with large text the sum stands under the head."""
    window.resize(1366, 700)
    page = page_of(window)
    press(page.form.courses.cards["kat-rop"])
    qtbot.waitUntil(lambda: page.preview.below.isVisible())
    QApplication.processEvents()
    foot = page.make.mapTo(page, page.make.rect().topLeft()).y()
    for part in (page.form.days, page.form.first, page.form.people):
        top = part.mapTo(page, part.rect().topLeft()).y()
        assert top + part.fontMetrics().height() * 2 < foot
    assert not page.sum.isVisible()
    window.resize(960, 600)
    qtbot.waitUntil(lambda: page.sum.isVisible())
    assert page.sum.text() == page.preview.sentence.text()


def test_the_leaders_of_the_group_and_who_is_in_another_one(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    with window.context.read() as db:
        known = db.scalars(select(Participant.name)).first()
    window.context.database.add_leader("Per", "en annen setning")
    window.go("new_group")
    page, form = page_of(window), page_of(window).form
    assert {name: tick.isChecked() for name, tick in form.leaders.items()} == {"Marit": True, "Per": False}
    press(form.leaders["Per"])
    write(form.name, "To ledere")
    press(form.courses.cards["kat-rop"])
    form.people.setFocus()
    QTest.keyClicks(form.people, "Zoltan")
    QTest.keyClick(form.people, Qt.Key.Key_Return)
    QTest.keyClicks(form.people, str(known))
    qtbot.waitUntil(lambda: form.counted.text() == f"2 personer. Finnes i en annen gruppe: {known}.")
    assert form.counted.isVisible()
    window.context.hide_names(True)
    assert not form.counted.isVisible(), "the line has a name in it"
    window.context.hide_names(False)
    qtbot.waitUntil(page.make.isEnabled)
    press(page.make)
    with window.context.read() as db:
        group = find_group(db, "To ledere")
    assert group.leaders == ["Marit", "Per"]
    assert [member.participant.name for member in group.memberships] == ["Zoltan", known]


def test_a_closure_ticked_off_gives_meetings_back(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    press(page.form.courses.cards["kat-rop"])
    qtbot.waitUntil(lambda: bool(page.form.closed.known_rows))
    assert listed(page) == ["Jul, 20. desember 2026 – 2. januar 2027", "Vinterferie, 22. til 28. februar 2027"]
    closed = [row.day for row in page.preview.rows if not row.day.number]
    assert [(day.on, day.text) for day in closed] == [
        (date(2026, 12, 22), "Jul"),
        (date(2026, 12, 29), "Jul"),
        (date(2027, 2, 23), "Vinterferie"),
    ]
    press(page.form.closed.known_rows[1].tick)
    qtbot.waitUntil(lambda: "23. februar 2027" in page.preview.sentence.text())
    assert len(page.form.closed.known_rows) == 2  # ticked off, it can be ticked on again
    close(page, "uke 1")
    qtbot.waitUntil(lambda: "2. mars 2027" in page.preview.sentence.text())


def test_closures_after_the_last_meeting_are_not_suggested(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    press(page.form.courses.cards["kat-rop"])
    write(page.form.last, "31.12.2099")
    qtbot.waitUntil(lambda: len(page.form.closed.known_rows) == 2)
    write(page.form.last, "31.1.2027")
    qtbot.waitUntil(lambda: listed(page) == ["Jul, 20. desember 2026 – 2. januar 2027"])


def test_a_later_end_keeps_summer_and_christmas_closed(window: MainWindow, qtbot: QtBot) -> None:
    """The group that the form makes knows of closures after its end date: a later end must not plan into them."""
    page = page_of(window)
    write(page.form.name, "Lang")
    press(page.form.courses.cards["e-imr"])
    write(page.form.last, "25.5.2027")
    qtbot.waitUntil(lambda: page.make.isEnabled())
    assert not [day for day in listed(page) if "Sommer" in day]
    click(page.make)
    with window.context.read() as db:
        group = find_group(db, "Lang")
    with window.context.write(Action.END_CHANGED) as db:
        set_end(load_group(db, group.id), None, today=window.context.today())
    with window.context.read() as db:
        days = [meeting.on for meeting in find_group(db, "Lang").meetings]
    assert days[-1] > date(2027, 9, 1)
    assert not [day for day in days if date(2027, 6, 28) <= day <= date(2027, 8, 15)]
    assert date(2027, 10, 5) not in days  # autumn break, week 40


def test_what_does_not_fit_is_said_plainly(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    write(page.form.name, "Kort")
    press(page.form.courses.cards["kat-rop"])
    write(page.form.last, "2027-01-12")
    qtbot.waitUntil(lambda: page.preview.sentence.text().startswith("5 møter"))
    assert page.preview.fit.sentence.text() == "11 sesjoner, 5 møter fram til 12. januar: 6 for mye"
    assert page.preview.fit.isVisible()
    assert not page.preview.strip.isVisible()
    assert page.make.isEnabled()
    close(page, "1.12-31.1")
    qtbot.waitUntil(lambda: not page.make.isEnabled())
    assert page.preview.sentence.text() == "Ingen møter"
    assert page.reason.text().startswith("Ingen dag er åpen")


def listed(page: NewGroupPage) -> list[str]:
    return [row.tick.accessibleName() for row in page.form.closed.known_rows]


def close(page: NewGroupPage, days: str) -> None:
    """Type days and add them, with real keys."""
    write(page.form.closed.days, days)
    QTest.keyClick(page.form.closed.days, Qt.Key.Key_Return)


def offer_of(page: NewGroupPage, kind: str) -> OfferCard:
    return next(offer for offer in page.preview.fit.offers if offer.kind == kind)


def take(page: NewGroupPage, kind: str) -> None:
    """Look at an offer, and take it."""
    press(offer_of(page, kind).see)
    QApplication.processEvents()
    assert page.preview.offer_preview is not None
    press(page.preview.offer_preview.do)
    QApplication.processEvents()


def test_e_imr_is_made_to_fit_before_the_group_is_made(window: MainWindow, qtbot: QtBot) -> None:
    """From "does not fit" to a plan that ends in time: optional modules out, two weekdays, shared meetings."""
    page = page_of(window)
    write(page.form.name, "E-IMR")
    press(page.form.courses.cards["e-imr"])
    write(page.form.last, "15.6.2027")
    qtbot.waitUntil(lambda: "for mye" in page.preview.fit.sentence.text())
    take(page, "skip-optional")
    assert page.preview.fit.sentence.text().startswith("48 sesjoner")
    assert offer_of(page, "merge").see.hasFocus()
    days = offer_of(page, "twice").days
    assert days is not None
    days.setFocus()
    QTest.keyClick(days, Qt.Key.Key_Home)
    take(page, "twice")
    assert page.preview.fit.sentence.text() == "48 sesjoner, 47 møter fram til 15. juni: 1 for mye"
    page.form.give_back(page.form.wishes().taken[1])
    page.show_plan()
    assert "for mye" in page.preview.fit.sentence.text()
    take(page, "merge")
    assert any(" + " in row.day.text for row in page.preview.rows)
    wanted = page.outcome.plan
    assert wanted is not None
    QTest.mouseClick(page.make, Qt.MouseButton.LeftButton)
    with window.context.read() as db:
        group = find_group(db, "E-IMR")
    assert [(meeting.on, [row.group_session.session_id for row in meeting.sessions]) for meeting in group.meetings] == [
        (meeting.on, list(meeting.session_keys)) for meeting in wanted.meetings
    ]
    assert sum(session.skipped for session in group.sessions) == 2
    assert group.meetings[-1].on <= date(2027, 6, 15)


def test_a_later_end_stands_in_its_field_and_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    write(page.form.name, "Kort")
    press(page.form.courses.cards["kat-rop"])
    write(page.form.last, "12.1.2027")
    qtbot.waitUntil(lambda: bool(page.preview.fit.offers))
    take(page, "extend")
    assert page.form.last.text() == "2.3.2027"
    assert "går opp" in page.preview.fit.sentence.text()
    back = next(button for button in page.preview.findChildren(Button) if button.accessibleName().startswith("Angre: "))
    press(back)
    QApplication.processEvents()
    assert page.form.last.text() == "12.1.2027"
    assert "for mye" in page.preview.fit.sentence.text()
    window.go("today")
    window.back()
    assert page_of(window).form.last.text() == "12.1.2027"


def test_the_services_own_closures_come_first(window: MainWindow, qtbot: QtBot) -> None:
    window.context.change_settings(closures=("2027-W09 Vinterferie", "2026-12-15 Planleggingsdag", "2020-W40"))
    window.go("today")
    window.go("new_group")
    page = page_of(window)
    press(page.form.courses.cards["kat-rop"])
    qtbot.waitUntil(lambda: bool(page.form.closed.known_rows))
    assert listed(page) == [
        "Planleggingsdag, tirsdag 15. desember 2026",
        "Jul, 20. desember 2026 – 2. januar 2027",
        "Vinterferie, 1. til 7. mars 2027",
    ]
    assert next(row.day.text for row in page.preview.rows if not row.day.number) == "Planleggingsdag"


def test_impossible_patterns_are_explained(window: MainWindow, qtbot: QtBot) -> None:
    page, form = page_of(window), page_of(window).form
    write(form.name, "Natt")
    press(form.courses.cards["kat-rop"])
    press(form.days.days[1])
    qtbot.waitUntil(lambda: page.reason.text() == "Velg minst én ukedag.")
    QTest.keyClick(form.days.days[1], Qt.Key.Key_Right)
    assert form.days.days[2].hasFocus()
    QTest.keyClick(form.days.days[2], Qt.Key.Key_Return)
    qtbot.waitUntil(page.make.isEnabled)
    assert "2. desember 2026" in page.preview.sentence.text()
    write(form.start, "23")
    qtbot.waitUntil(lambda: "midnatt" in form.fields["minutes"].fault())
    assert not page.make.isEnabled()
    assert page.reason.text() == "Rett det som er merket med rødt."
    write(form.start, "kl 1300")
    qtbot.waitUntil(page.make.isEnabled)


def test_a_length_of_ones_own(window: MainWindow) -> None:
    form = page_of(window).form
    assert form.wishes().minutes == 90
    assert not form.lasts.minutes.isVisible()
    form.lasts.usual.choose(4)
    assert form.lasts.minutes.isVisible()
    write(form.lasts.minutes, "45")
    assert form.wishes().minutes == 45


def test_a_date_that_is_none_is_told_under_its_field(window: MainWindow, qtbot: QtBot) -> None:
    page, form = page_of(window), page_of(window).form
    write(form.name, "Dato")
    press(form.courses.cards["kat-rop"])
    write(form.first, "31.4.27")
    qtbot.waitUntil(lambda: form.fields["first"].fault() == "I april 2027 går dagene fra 1 til 30.")
    qtbot.waitUntil(lambda: not page.make.isEnabled())
    write(form.start, "25.00")
    write(form.first, "neste tirsdag")
    qtbot.waitUntil(lambda: "Skriv en time fra 0 til 23." in form.fields["start"].fault())
    qtbot.waitUntil(lambda: not form.fields["first"].fault())
    assert not page.make.isEnabled()
    write(form.start, "1730")
    qtbot.waitUntil(page.make.isEnabled)
    assert form.fields["first"].fault() == ""
    write(form.last, "30.11.2026")
    qtbot.waitUntil(lambda: form.fields["last"].fault() == "Skriv 1. desember 2026 eller en senere dag.")
    write(form.last, "")
    qtbot.waitUntil(page.make.isEnabled)
    write(form.closed.days, "uke åtte")
    assert "Skriv uke, dag eller fra–til" in form.closed.field.fault()
    click(page.make)
    assert window.page is page, "days that are half typed are not lost"
    assert form.closed.days.hasFocus()
    write(form.closed.days, "uke 8")
    click(page.make)
    with window.context.read() as db:
        assert "2027-W08" in [str(parse_closure(text)) for text in find_group(db, form.name.text()).closures]


def test_a_name_twice_is_told(window: MainWindow, qtbot: QtBot) -> None:
    page, form = page_of(window), page_of(window).form
    write(form.name, "To like")
    press(form.courses.cards["kat-rop"])
    paste(form.people, "Ann\nBo\nann")
    qtbot.waitUntil(lambda: "«ann» står to ganger" in form.fields["people"].fault())
    assert not page.make.isEnabled()
    QTest.keyClick(form.people, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(form.people, " B.")
    qtbot.waitUntil(page.make.isEnabled)


def test_names_pasted_from_a_spreadsheet(window: MainWindow, qtbot: QtBot) -> None:
    page, form = page_of(window), page_of(window).form
    write(form.name, "Limt inn")
    press(form.courses.cards["kat-rop"])
    paste(form.people, "Ann\t90000000\tnotat\r\n\r\n  Bo \t\tx\r\nCem\r\n")
    qtbot.waitUntil(page.make.isEnabled)
    QTest.keyClick(form.people, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with window.context.read() as db:
        group = find_group(db, "Limt inn")
    assert [member.participant.name for member in group.memberships] == ["Ann", "Bo", "Cem"]


def test_a_taken_name_is_told_and_curricula_follow_in_the_order_of_choice(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    write(page.form.name, "Samme")
    press(page.form.courses.more)
    press(page.form.courses.cards["kat-rop"])
    press(page.form.courses.cards["ebl-2002"])
    qtbot.waitUntil(page.make.isEnabled)
    assert page.preview.sentence.text().startswith("23 møter")
    QTest.keyClick(page.form.name, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    with window.context.read() as db:
        sessions = [session.session_id for session in find_group(db, "Samme").sessions]
    assert [session.partition("/")[0] for session in sessions] == ["kat-rop"] * 11 + ["ebl-2002"] * 12
    window.go("new_group")
    page = page_of(window)
    assert page.form.name.text() == ""  # the form of the group that was made is not brought back
    write(page.form.name, "samme")
    qtbot.waitUntil(lambda: page.form.fields["name"].fault() != "")
    assert not page.make.isEnabled()


def test_names_are_hidden_and_what_is_typed_survives_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    write(page.form.name, "Halvferdig")
    press(page.form.courses.cards["kat-rop"])
    paste(page.form.people, "Ann\nBo")
    window.context.hide_names(True)
    assert not page.form.people.isVisible()
    window.context.hide_names(False)
    assert page.form.people.isVisible()
    window.go("today")
    window.back()
    assert page_of(window).form.wishes().name == "Halvferdig"
    assert page_of(window).form.wishes().people == "Ann\nBo"
    assert page_of(window).form.wishes().curricula == ("kat-rop",)
    QTest.mouseClick(page_of(window).cancel, Qt.MouseButton.LeftButton)
    assert groups_in(window) == 0
    assert not isinstance(window.page, NewGroupPage)


def test_names_keep_their_order_and_lose_their_blanks() -> None:
    assert parse_names("Åse\n\n  Bo  \nA\u030ase Lind\tx") == ("Åse", "Bo", "Åse Lind")


def test_the_name_on_paper_follows_the_weekday_or_is_written(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    field = page.form.on_paper
    qtbot.waitUntil(lambda: field.name.placeholderText() == "Tirsdagsgruppa")
    click(page.form.days.days[1])
    click(page.form.days.days[3])
    qtbot.waitUntil(lambda: field.name.placeholderText() == "Torsdagsgruppa")
    write(field.name, "Rusgruppa")
    qtbot.waitUntil(lambda: "«Rusgruppa»" in field.doubt.text())
    assert field.doubt.isVisibleTo(page)
    assert page.form.wishes().name_on_paper == "Rusgruppa"
