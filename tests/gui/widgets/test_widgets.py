"""What the parts do by mouse and keyboard, and what a screen reader hears of them."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from rop_facilitator.gui.widgets.display import notices
from rop_facilitator.gui.widgets.display.badges import Badge, origin_badge
from rop_facilitator.gui.widgets.display.notices import ProgressNotice, Strip, Toast
from rop_facilitator.gui.widgets.display.progress_bar import Steps
from rop_facilitator.gui.widgets.inputs.buttons import Button, KeyCap
from rop_facilitator.gui.widgets.inputs.choices import NavItem, Segments, Switch, Tick
from rop_facilitator.gui.widgets.inputs.number_field import Number
from rop_facilitator.gui.widgets.inputs.text_fields import Choice, TextField, field
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, clear, column, flow, label, panel


def heard(widget: QWidget) -> tuple[str, QAccessible.Role]:
    iface = QAccessible.queryAccessibleInterface(widget)
    return iface.text(QAccessible.Text.Name), iface.role()


def shown(part: QWidget, qtbot, width: int = 600) -> QWidget:
    window = panel(column(part, STRETCH), "page")
    qtbot.addWidget(window)
    part.kept = window  # type: ignore[attr-defined]
    window.resize(width, 500)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def test_a_button_with_only_an_icon_must_have_a_name(qtbot) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        Button("", "quiet", "lock")
    button = Button("", "quiet", "lock", "Ctrl+L", name="Lås")
    qtbot.addWidget(button)
    assert heard(button) == ("Lås", QAccessible.Role.Button)
    assert button.toolTip() == "Lås   Ctrl L"


def test_a_button_with_words_needs_no_tool_tip_unless_it_has_a_key(qtbot) -> None:
    plain, packet = Button("Start møtet"), Button("Møtepakke", "primary", "print", "Ctrl+P")
    for button in (plain, packet):
        qtbot.addWidget(button)
    assert plain.toolTip() == ""
    assert packet.toolTip() == "Møtepakke   Ctrl P"
    packet.setText("Skriv ut & del")
    assert packet.text() == "Skriv ut & del"
    assert heard(packet)[0] == "Skriv ut & del"
    assert packet.shortcut().isEmpty()


def test_an_act_gets_nothing_but_what_it_was_made_with(qtbot) -> None:
    got: list[tuple[object, ...]] = []
    button = Button("Ringt", clicked=partial(lambda *what: got.append(what), "Lars"))
    qtbot.addWidget(button)
    button.click()
    assert got == [("Lars",)]


def test_there_is_no_other_kind_of_button() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        Button("Hei", "fancy")


def test_a_button_is_pressed_by_mouse_and_space(qtbot) -> None:
    pressed: list[str] = []
    button = Button("Ringt", clicked=lambda: pressed.append("ringt"))
    shown(button, qtbot)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == ["ringt", "ringt"]


def ring(button: Button, reason: Qt.FocusReason) -> bool:
    """Whether a button looks otherwise with focus for this reason than without any."""
    button.clearFocus()
    before = button.grab().toImage()
    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusIn, reason))
    button.setFocus(reason)
    return button.grab().toImage() != before


def test_the_ring_is_for_the_keyboard(qtbot) -> None:
    button = Button("Start møtet")
    window = shown(button, qtbot)
    with qtbot.waitActive(window):
        window.activateWindow()
    assert not ring(button, Qt.FocusReason.MouseFocusReason)
    assert ring(button, Qt.FocusReason.TabFocusReason)


@pytest.fixture
def places(qtbot) -> list[NavItem]:
    made = [
        NavItem("I dag", "today", current=True, count="3"),
        NavItem("Bibliotek", "library"),
        NavItem("Ny gruppe", "plus", place=False),
    ]
    window = panel(column(*made, STRETCH), "sidebar", 224)
    qtbot.addWidget(window)
    made[0].kept = window  # type: ignore[attr-defined]
    window.resize(224, 300)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return made


def test_arrows_go_through_the_side_bar_and_enter_opens(places: list[NavItem], qtbot) -> None:
    opened: list[bool] = []
    places[1].clicked.connect(lambda: opened.append(True))
    places[0].setFocus()
    qtbot.keyClick(places[0], Qt.Key.Key_Down)
    assert places[1].hasFocus()
    assert places[0].isChecked()
    qtbot.keyClick(places[1], Qt.Key.Key_Return)
    assert opened == [True]
    assert [place.isChecked() for place in places] == [False, True, False]
    qtbot.keyClick(places[1], Qt.Key.Key_Down)
    qtbot.keyClick(places[2], Qt.Key.Key_Down)
    assert places[2].hasFocus()
    qtbot.keyClick(places[2], Qt.Key.Key_Up)
    assert places[1].hasFocus()


def test_the_current_place_stays_when_it_is_clicked_again(places: list[NavItem], qtbot) -> None:
    qtbot.mouseClick(places[0], Qt.MouseButton.LeftButton)
    assert places[0].isChecked()
    qtbot.mouseClick(places[2], Qt.MouseButton.LeftButton)
    assert [place.isChecked() for place in places] == [True, False, False]


def test_a_place_is_heard_with_what_is_left_there(places: list[NavItem]) -> None:
    assert heard(places[0])[0] == "I dag, 3"
    places[0].show_count("")
    assert heard(places[0])[0] == "I dag"


def test_a_long_name_of_a_group_is_told_whole(qtbot) -> None:
    item = NavItem("Onsdagsgruppa for dem som begynte i høst og fortsetter", "group")
    window = panel(column(item), "sidebar", 224)
    qtbot.addWidget(window)
    window.resize(224, 60)
    window.grab()
    assert item.toolTip() == item.text()
    item.setText("Høst")
    window.grab()
    assert item.toolTip() == ""


def test_tabs_are_chosen_by_mouse_and_arrows(qtbot) -> None:
    tabs, told = Segments(["Plan", "Oppmøte", "Framdrift"], 0, name="Fane", keys=["Ctrl+1"]), []
    tabs.chosen.connect(told.append)
    shown(tabs, qtbot)
    parts = tabs._group.buttons()
    assert heard(parts[1]) == ("Oppmøte", QAccessible.Role.RadioButton)
    assert parts[0].toolTip() == "Plan   Ctrl 1"
    qtbot.mouseClick(parts[1], Qt.MouseButton.LeftButton, pos=QPoint(parts[1].width() - 3, 4))
    assert (tabs.current(), told) == (1, [1])
    parts[1].setFocus()
    qtbot.keyClick(parts[1], Qt.Key.Key_Right)
    assert (tabs.current(), told) == (2, [1, 2])
    tabs.choose(0)
    tabs.show_chosen(1)
    assert (tabs.current(), told) == (1, [1, 2, 0])
    tabs.choose(1)
    assert told == [1, 2, 0]


def test_switch_and_tick_are_check_boxes_to_a_screen_reader(qtbot) -> None:
    switch, tick = Switch(on=False, name="Ta kopi hver dag"), Tick("Skriv navn & dato", on=True)
    for part in (switch, tick):
        shown(part, qtbot)
    assert heard(switch) == ("Ta kopi hver dag", QAccessible.Role.CheckBox)
    assert heard(tick) == ("Skriv navn & dato", QAccessible.Role.CheckBox)
    before = switch.grab().toImage()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(switch.width() - 4, switch.height() // 2))
    assert switch.isChecked()
    assert switch.grab().toImage() != before
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert not tick.isChecked()


def test_an_origin_can_be_told_from_another_without_its_word_or_colour(qtbot) -> None:
    glyphs = {origin_badge(origin).glyph for origin in ("source", "repaired", "inferred", "proposal")}
    assert glyphs == {"full", "most", "half", "open"}
    assert origin_badge("source", "tittel").text() == "tittel: kilde"


def test_a_badge_with_a_reason_opens_by_keyboard_and_mouse(qtbot) -> None:
    plain, badge = Badge("omriss"), origin_badge("proposal", "tekst", "Skrevet av oss. Ikke bekreftet.")
    told: list[int] = []
    badge.clicked.connect(lambda: told.append(1))
    for part in (plain, badge):
        shown(part, qtbot)
    assert plain.focusPolicy() == Qt.FocusPolicy.NoFocus
    badge.setFocus()
    qtbot.keyClick(badge, Qt.Key.Key_Return)
    qtbot.mouseClick(badge, Qt.MouseButton.LeftButton)
    assert told == [1, 1]
    assert badge.accessibleDescription() == "Skrevet av oss. Ikke bekreftet."
    assert heard(badge)[0] == "tekst: vårt forslag"


def test_every_origin_of_a_curriculum_has_a_badge() -> None:
    from rop_facilitator.curriculum.model import Origin

    values = {getattr(origin, "value", origin) for origin in getattr(Origin, "__members__", {}).values()}
    for origin in values or set(Origin.__args__):  # type: ignore[attr-defined]
        assert origin_badge(str(origin)).text()


def test_a_fault_is_told_below_its_field(qtbot) -> None:
    place = field("Siste møte", TextField("31. feb"), "Dag og måned")
    shown(place, qtbot)
    place.show_fault("Februar har 28 dager i 2027. Skriv for eksempel 28. feb.")
    assert place.fault().startswith("Februar har 28 dager")
    assert place._icon.isVisible()
    assert place.control.accessibleDescription() == place.fault()
    assert heard(place.control)[0] == "Siste møte"
    place.show_fault("")
    assert place.fault() == ""
    assert not place._icon.isVisible()
    assert place._below.text() == "Dag og måned"


def wheel(widget: QWidget) -> None:
    at = QPointF(widget.rect().center())
    turn = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)


def test_a_page_that_scrolls_changes_nothing_it_scrolls_over(qtbot) -> None:
    fields = [Choice(["Marit", "Per"]), Number(90, 1, 240)]
    for one in fields:
        window = shown(one, qtbot)
        window.setFocus()
        one.clearFocus()
        before = one.currentText() if isinstance(one, Choice) else one.text()
        wheel(one)
        assert (one.currentText() if isinstance(one, Choice) else one.text()) == before
        one.setFocus()
        wheel(one)
        assert (one.currentText() if isinstance(one, Choice) else one.text()) != before


@pytest.fixture
def window(qtbot) -> QMainWindow:
    made = QMainWindow()
    made.setCentralWidget(QWidget())
    QVBoxLayout(made.centralWidget()).addWidget(Button("Ett"))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def in_its_lane(window: QMainWindow) -> Toast:
    """A toast at the foot of the window, under its only button."""
    toast, lane = Toast(window), window.centralWidget().layout()
    assert isinstance(lane, QVBoxLayout)
    toast.stand(lane, narrow=False)
    return toast


def test_a_toast_names_what_was_done_and_undoes_it(window: QMainWindow, qtbot) -> None:
    toast, undone = in_its_lane(window), []
    toast.undo.connect(lambda: undone.append(1))
    assert not toast.isVisible()
    toast.show_message("Flyttet 6 møter", undo="Angre")
    assert toast.isVisible()
    assert toast.text() == "Flyttet 6 møter"
    assert heard(toast._button) == ("Angre: Flyttet 6 møter", QAccessible.Role.Button)
    window.resize(700, 500)
    QApplication.processEvents()
    assert window.rect().contains(toast.geometry())
    button = window.centralWidget().findChildren(Button)[0]
    assert not toast.geometry().intersects(button.geometry())
    qtbot.mouseClick(toast._button, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert not toast.isVisible()


def test_a_toast_goes_after_its_time_but_not_from_under_the_keyboard(window: QMainWindow, qtbot, monkeypatch) -> None:
    assert notices.TOAST_MILLISECONDS == 8000
    monkeypatch.setattr(notices, "TOAST_MILLISECONDS", 30)
    toast = in_its_lane(window)
    toast.show_message("Flyttet 6 møter", undo="Angre")
    with qtbot.waitActive(window):
        window.activateWindow()
    toast._button.setFocus()
    qtbot.wait(90)
    assert toast.isVisible()
    toast._button.clearFocus()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_toast_without_undo_has_no_button(window: QMainWindow) -> None:
    toast = Toast(window)
    toast.show_message("Skrevet ut")
    assert not toast._button.isVisible()
    assert not toast._keys.isVisible()


def test_a_long_toast_stays_within_the_window(window: QMainWindow) -> None:
    toast = in_its_lane(window)
    window.resize(420, 400)
    toast.show_message(
        "Flyttet 6 møter fram én uke fordi uke 52 og 53 er stengt, og la til et møte 25. mai", undo="Angre"
    )
    QApplication.processEvents()
    assert window.rect().contains(toast.geometry())
    assert toast.height() > 60


def test_quick_work_shows_no_progress_and_slow_work_can_be_cancelled(qtbot, monkeypatch) -> None:
    assert notices.WAIT_MILLISECONDS == 1000
    monkeypatch.setattr(notices, "WAIT_MILLISECONDS", 30)
    working, told = ProgressNotice(), []
    working.cancelled.connect(lambda: told.append(1))
    window = shown(working, qtbot)
    working.begin("Skriver 8 hefter")
    working.end()
    qtbot.wait(60)
    assert not working.isVisible()
    working.begin("Skriver 8 hefter")
    qtbot.waitUntil(working.isVisible)
    working.step(5, 8)
    assert working._count.text() == "5 av 8"
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: told == [1])
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.wait(200)  # a button that is pressed by its key tells so after a tenth of a second
    assert told == [1]


def test_progress_of_what_is_not_counted_yet(qtbot) -> None:
    working = ProgressNotice()
    qtbot.addWidget(working)
    working.begin("Leser")
    assert working._count.text() == ""
    assert working._bar.done == 0


def test_a_strip_can_say_something_else(qtbot) -> None:
    strip = Strip("3 igjen å føre i dag.", "accent", Button("Resten møtt", small=True))
    shown(strip, qtbot)
    before = strip.grab().toImage()
    strip.show_message("Alle er ført.", "ok")
    assert strip.text() == "Alle er ført."
    assert strip.grab().toImage() != before


def test_steps_are_told(qtbot) -> None:
    steps = Steps(4, 3)
    qtbot.addWidget(steps)
    assert steps.accessibleName() == "Steg 3 av 4"
    steps.show_step(4)
    assert steps.accessibleName() == "Steg 4 av 4"


def test_a_wrapping_row_gives_its_stretch_the_rest_and_can_be_emptied(qtbot) -> None:
    one, two = KeyCap("M"), KeyCap("Enter")
    inner = flow(one, STRETCH, two, gap=8)
    area = panel(inner)
    qtbot.addWidget(area)
    area.resize(500, 40)
    area.show()
    assert one.x() == 0
    assert two.geometry().right() == 499
    area.resize(two.width() + 4, 100)
    QApplication.processEvents()
    assert two.y() > one.y()
    inner.add(label("tre"))
    assert inner.count() == 3
    clear(inner)
    assert inner.count() == 0
    assert inner.takeAt(0) is None
