"""The plan by hand and by offer: keys, buttons and the mouse do the same; each act is told, and undone by Ctrl Z."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.group_page.plan.plan_tab import PlanTab
from rop_facilitator.gui.pages.group_page.plan.row_actions import SessionActions
from rop_facilitator.gui.widgets.display.fit_card import OfferCard
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.planning.calendar import parse_closure
from rop_facilitator.records.calendar.closures import add_closure
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from tests.gui.conftest import click, key
from tests.gui.plan_steps import asked, button, do_it, press, row_on, set_end, titles
from tests.gui.steps import group_named, shown, tab_of

Opened = Callable[..., MainWindow]
TODAY, NEXT, LATER = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def title_on(tab: PlanTab, day: date) -> str:
    return row_on(tab, day).plan.title


def open_row(tab: PlanTab, day: date) -> SessionActions:
    """Open a row with the keyboard, and give back what can be done with its first session."""
    row_on(tab, day).setFocus()
    QTest.keyClick(row_on(tab, day), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert tab.weeks.row_actions is not None
    return tab.weeks.row_actions.sessions[0]


def undo(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def test_alt_and_arrows_move_a_session_and_the_keyboard_goes_with_it(window: MainWindow) -> None:
    tab = tab_of(window)
    before, title, other = titles(tab), title_on(tab, NEXT), title_on(tab, LATER)
    row_on(tab, NEXT).setFocus()
    QTest.keyClick(row_on(tab, NEXT), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert (title_on(tab, NEXT), title_on(tab, LATER)) == (other, title)
    assert row_on(tab, LATER).hasFocus()
    assert window.toast.text() == f"Flyttet «{title}». 2 sesjoner ble flyttet."
    QTest.keyClick(row_on(tab, LATER), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(tab) == before
    undo(window)
    undo(window)
    assert titles(tab) == before
    assert window.toast.text() == "Angret: flyttet en sesjon"


def test_the_first_meeting_cannot_go_earlier(window: MainWindow) -> None:
    tab = tab_of(window)
    before = titles(tab)
    QTest.keyClick(row_on(tab, TODAY), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(tab) == before
    assert window.toast.text() == "Det er ikke noe møte å flytte den til."


def test_a_meeting_for_two_and_apart_again(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before, first, second = titles(tab), title_on(tab, NEXT), title_on(tab, LATER)
    press(tab, qtbot, LATER, "Sammen med møtet før")
    assert title_on(tab, NEXT) == f"{first} + {second}"
    assert row_on(tab, NEXT).hasFocus()
    assert row_on(tab, NEXT).isChecked(), "the open row goes with the session"
    assert tab.weeks.row_actions is not None
    assert [session.key for session in tab.weeks.row_actions.sessions] == list(row_on(tab, NEXT).plan.keys)
    click(next(button for button in tab.weeks.row_actions.sessions[1].buttons if button.text() == "Eget møte"))
    QApplication.processEvents()
    assert titles(tab) == before
    undo(window)
    assert title_on(tab, NEXT) == f"{first} + {second}"
    assert window.toast.text() == "Angret: ga en sesjon sitt eget møte"


def test_a_session_is_moved_to_a_chosen_meeting(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    before, title, aim = titles(tab), title_on(tab, NEXT), date(2026, 12, 22)
    acts, there = open_row(tab, NEXT), title_on(tab, aim)
    click(next(button for button in acts.buttons if button.text() == "Flytt til …"))
    wanted = next(at for at in range(acts.where.count()) if acts.where.itemText(at).startswith("22. desember"))
    acts.where.setCurrentIndex(wanted)
    QApplication.processEvents()
    click(button(acts, "Inn i det møtet"))
    assert title_on(tab, aim - date.resolution * 7).endswith(title), "all that follows moved up a week"
    assert there in title_on(tab, aim - date.resolution * 7)
    undo(window)
    assert titles(tab) == before
    acts = open_row(tab, NEXT) if not row_on(tab, NEXT).isChecked() else tab.weeks.row_actions.sessions[0]  # type: ignore[union-attr]
    click(next(button for button in acts.buttons if button.text() == "Flytt til …"))
    acts.where.setCurrentIndex(wanted)
    QApplication.processEvents()
    click(button(acts, "Ta plassen"))
    assert title_on(tab, aim) == title


def test_a_session_over_three_meetings_and_back(window: MainWindow) -> None:
    tab = tab_of(window)
    before, title = titles(tab), title_on(tab, NEXT)
    press_act(open_row(tab, NEXT), "Del på to møter")
    assert [title_on(tab, NEXT), title_on(tab, LATER)] == [f"{title}, del 1 av 2", f"{title}, del 2 av 2"]
    assert window.toast.text().startswith(f"«{title}» tar 2 møter.")
    press_act(tab.weeks.row_actions.sessions[0], "Del på tre møter")  # type: ignore[union-attr]
    assert title_on(tab, LATER) == f"{title}, del 2 av 3"
    for words in ("Samle i to møter", "Samle i ett møte"):
        press_act(tab.weeks.row_actions.sessions[0], words)  # type: ignore[union-attr]
    assert titles(tab) == before
    for _time in range(4):
        undo(window)
    assert titles(tab) == before


def press_act(acts: SessionActions, words: str) -> None:
    button_of = next(button for button in acts.buttons if button.text() == words)
    button_of.setFocus()
    QTest.keyClick(button_of, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_left_out_with_a_reason_and_taken_in_again(window: MainWindow) -> None:
    tab = tab_of(window)
    before, title = titles(tab), title_on(tab, NEXT)
    assert not tab.weeks.left_out.isVisible()
    acts = open_row(tab, NEXT)
    click(next(button for button in acts.buttons if button.text() == "Utelat …"))
    QApplication.processEvents()
    assert acts.why.hasFocus()
    QTest.keyClicks(acts.why, "tatt i kurset i fjor")
    QTest.keyClick(acts.why, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert title not in [shown_title for _day, shown_title in titles(tab)]
    assert shown(tab.weeks.left_out) == f"Utelatt\n{title}\ntatt i kurset i fjor"
    assert tab.weeks.left_out.buttons[0].accessibleName() == f"Ta inn igjen: {title}"
    click(tab.weeks.left_out.buttons[0])
    assert titles(tab) == before
    undo(window)
    undo(window)
    assert titles(tab) == before


def test_once_more_comes_next(window: MainWindow) -> None:
    tab = tab_of(window)
    title = title_on(tab, NEXT)
    click(next(button for button in open_row(tab, NEXT).buttons if button.text() == "Én gang til"))
    assert [shown_title for _day, shown_title in titles(tab)].count(title) == 2


def drag(tab: PlanTab, day: date, to: date, where: float) -> None:
    """Press on a row, move to a height within another one, and let go."""
    source, target = row_on(tab, day), row_on(tab, to)
    QApplication.processEvents()
    start = QPoint(300, source.height() // 2)
    end = source.mapFromGlobal(target.mapToGlobal(QPoint(300, round(where * target.height()))))
    QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
    for step in (1, 2, 3):
        at = start + (end - start) * step / 3
        QTest.mouseMove(source, at)
        QApplication.processEvents()
    QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=end)
    QApplication.processEvents()


def test_the_mouse_drags_into_a_meeting_and_to_a_place(window: MainWindow) -> None:
    tab = tab_of(window)
    before, first, second = titles(tab), title_on(tab, NEXT), title_on(tab, LATER)
    drag(tab, LATER, NEXT, 0.5)
    assert titles(tab) == before, "shown before it is made"
    assert asked(tab).do.text() == "La dem dele møtet"
    QTest.keyClick(asked(tab).do, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert titles(tab) == before
    tab.weeks.close_row()
    drag(tab, LATER, NEXT, 0.5)
    do_it(tab)
    assert title_on(tab, NEXT) == f"{first} + {second}"
    undo(window)
    assert titles(tab) == before
    tab.weeks.close_row()
    drag(tab, LATER, NEXT, 0.1)
    assert asked(tab).do.text() == "Flytt den"
    do_it(tab)
    assert (title_on(tab, NEXT), title_on(tab, LATER)) == (second, first)
    undo(window)
    tab.weeks.close_row()
    drag(tab, NEXT, date(2026, 11, 10), 0.5)
    assert titles(tab) == before, "nothing goes where the group has met already"


def test_modules_change_places(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window, "Onsdagsgruppa")
    first = date(2026, 11, 25)
    before, title = titles(tab), title_on(tab, first)
    qtbot.mouseClick(tab.head_buttons()[1], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    later = tab.modules.buttons[("e-imr/4", 1)]
    assert later.hasFocus()
    QTest.keyClick(later, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert title_on(tab, date(2026, 12, 23)) == title, "module 5 has four sessions"
    assert tab.modules.buttons[("e-imr/4", 1)].hasFocus()
    assert window.toast.text().startswith("Flyttet modulen «")
    undo(window)
    assert titles(tab) == before


# -- offers ------------------------------------------------------------------------------------------------------------


def offer_of(tab: PlanTab, kind: str) -> OfferCard:
    return next(offer for offer in tab.fit.offers if offer.kind == kind)


def test_offers_are_looked_at_taken_and_combined(window: MainWindow) -> None:
    tab = tab_of(window, "Onsdagsgruppa")
    assert not tab.fit.bar.isVisible()
    assert tab.fit.sentence.text().startswith("38 sesjoner i 38 møter: det siste er ")
    tab = set_end(window, tab, "26.5.2027")
    assert tab.fit.sentence.text() == "38 sesjoner, 27 møter fram til 26. mai: 11 for mye"
    assert (round(tab.fit.bar.done * 38), round(tab.fit.bar.over * 38)) == (27, 11)
    assert [offer.kind for offer in tab.fit.offers] == ["merge", "twice", "extend", "skip-optional"]
    before = titles(tab)
    click(offer_of(tab, "skip-optional").see)
    assert "mister datoen" not in shown(asked(tab))
    assert titles(tab) == before
    do_it(tab)
    assert tab.fit.sentence.text() == "36 sesjoner, 27 møter fram til 26. mai: 9 for mye"
    assert shown(tab.weeks.left_out).count("\n") == 2
    assert offer_of(tab, "merge").see.hasFocus()
    click(offer_of(tab, "merge").see)
    do_it(tab)
    assert tab.fit.sentence.text() == "36 sesjoner i 27 møter, plass til 27 fram til 26. mai: det går opp"
    assert not tab.fit.offers
    assert row_on(tab, date(2026, 11, 25)).hasFocus()
    undo(window)
    assert window.toast.text() == "Angret: tok flere sesjoner inn i samme møte"
    undo(window)
    assert titles(tab) == before


def test_the_second_weekday_is_the_leaders_choice(window: MainWindow) -> None:
    tab = tab_of(window, "Onsdagsgruppa")
    tab = set_end(window, tab, "26.5.2027")
    card = offer_of(tab, "twice")
    assert card.days is not None
    assert [card.days.itemText(at) for at in range(card.days.count())] == ["Mandag", "Tirsdag", "Torsdag", "Fredag"]
    assert card.days.currentText() == "Fredag"
    card.days.setFocus()
    QTest.keyClick(card.days, Qt.Key.Key_Home)
    assert card.offer is not None
    assert card.offer.cost.startswith("også mandag fram til")
    click(card.see)
    do_it(tab)
    with window.context.read() as db:
        group = load_group(db, group_named(window, "Onsdagsgruppa").id)
    assert {meeting.on.weekday() for meeting in group.meetings} == {0, 2}
    assert group.meetings[-1].on <= date(2027, 5, 26)
    with window.context.write(Action.CLOSURE_ADDED) as db:
        add_closure(load_group(db, group.id), parse_closure("2026-12-07 Kurs"), today=TODAY)
    QApplication.processEvents()
    assert row_on(tab, date(2026, 12, 7)).plan.title == "Kurs", "a Monday on which the group would have met"


def test_an_offer_that_is_not_possible_says_why(window: MainWindow) -> None:
    tab = tab_of(window)
    tab = set_end(window, tab, "12.1.2027")
    card = offer_of(tab, "skip-optional")
    assert card.offer is None
    assert not card.see.isVisible()
    assert "Ingen modul i dette kurset er valgfri" in shown(card)


def test_an_offer_can_be_left(window: MainWindow) -> None:
    tab = tab_of(window)
    tab = set_end(window, tab, "12.1.2027")
    click(offer_of(tab, "extend").see)
    assert "1 sesjon får dato" in shown(asked(tab))
    QTest.keyClick(asked(tab).do, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert "for mye" in tab.fit.sentence.text()
    assert "Slutt senere" in shown(tab.fit)
