"""Fields for days, times and lengths, typed with real keys; and the calendar that opens under a day."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from rop_facilitator.gui.widgets.inputs.date_fields import DateField, DaysField, MinutesField, TimeField
from rop_facilitator.gui.widgets.inputs.text_fields import LabelledField, TypedField, field
from rop_facilitator.planning.calendar import Closure
from rop_facilitator.planning.date_words import Lean

TODAY = date(2026, 11, 15)


class Form(QWidget):
    """Two fields on a page, as a leader meets them."""

    def __init__(self, control: TypedField) -> None:
        super().__init__()
        self.first, self.other = field("Dag", control, "Dagen det gjelder"), field("Annet", TimeField(time(9)))
        layout = QVBoxLayout(self)
        layout.addWidget(self.first)
        layout.addWidget(self.other)


@pytest.fixture
def show(qtbot):
    def shown(control: TypedField) -> LabelledField:
        form = Form(control)
        qtbot.addWidget(form)
        forms.append(form)
        form.resize(420, 240)
        form.show()
        with qtbot.waitActive(form):
            form.activateWindow()
        control.setFocus()
        events[control] = log = []
        control.changed.connect(lambda: log.append("changed"))
        control.taken.connect(lambda: log.append("taken"))
        return form.first

    forms: list[Form] = []
    events: dict[TypedField, list[str]] = {}
    shown.events = events
    return shown


def retype(qtbot, control: TypedField, text: str) -> None:
    """Select all and type, as one does."""
    qtbot.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(control, Qt.Key.Key_Delete)
    qtbot.keyClicks(control, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5. juni 2026", date(2026, 6, 5)),
        ("21.11.26", date(2026, 11, 21)),
        ("24.12.2026", date(2026, 12, 24)),
        ("12. jan", date(2027, 1, 12)),
        ("i morgen", date(2026, 11, 16)),
    ],
)
def test_select_all_and_type_a_day(show, qtbot, text: str, day: date) -> None:
    control = DateField(TODAY, today=TODAY)
    show(control)
    retype(qtbot, control, text)
    assert control.value() == day
    assert "taken" not in show.events[control]
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert control.text() == f"{day.day}.{day.month}.{day.year}"
    assert show.events[control].count("taken") == 1


def test_the_understood_day_stands_below_and_a_fault_says_what_to_write(show, qtbot) -> None:
    control = DateField(TODAY, today=TODAY)
    below = show(control)
    assert (below._below.text(), below._below.property("tone")) == ("søndag 15. november 2026", "ok")
    retype(qtbot, control, "31.4")
    assert (below.fault(), below._below.property("tone")) == ("I april går dagene fra 1 til 30.", "danger")
    assert control.accessibleDescription() == below.fault()
    assert control.value() == TODAY  # the last valid one stays
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert "taken" not in show.events[control]
    retype(qtbot, control, "uke 5")
    assert below._below.text() == "mandag 1. februar 2027, mandagen i uke 5"
    assert below.fault() == ""


def test_a_fault_of_the_page_stands_below_until_it_is_taken_away(show) -> None:
    below = show(DateField(TODAY, today=TODAY))
    below.show_fault("Da er rommet opptatt.")
    assert below.fault() == "Da er rommet opptatt."
    below.show_fault("")
    assert (below.fault(), below._below.text()) == ("", "søndag 15. november 2026")


def test_leaving_the_field_takes_the_day(show, qtbot) -> None:
    control = DateField(TODAY, today=TODAY, lean=Lean.BACK)
    show(control)
    retype(qtbot, control, "5. juni")
    qtbot.keyClick(control, Qt.Key.Key_Tab)
    assert (control.value(), control.text()) == (date(2026, 6, 5), "5.6.2026")
    assert show.events[control][-1] == "taken"


def test_an_empty_field(show, qtbot) -> None:
    optional, required = DateField(TODAY, today=TODAY, optional=True), DateField(None, today=TODAY)
    below = show(required)
    assert required.fault()
    assert below.fault() == ""  # nothing is typed yet: the page does not scold
    show(optional)
    retype(qtbot, optional, "")
    assert (optional.value(), optional.fault()) == (None, "")


def test_limits_can_change_under_a_day(show) -> None:
    control = DateField(TODAY, today=TODAY)
    below = show(control)
    control.set_limits(today=TODAY, earliest=date(2026, 12, 1))
    assert below.fault() == "Skriv 1. desember 2026 eller en senere dag."
    control.set_value(date(2026, 12, 2))
    assert (below.fault(), control.value()) == ("", date(2026, 12, 2))


def test_arrows_go_by_day_by_quarter_and_by_five_minutes(show, qtbot) -> None:
    day, at, length = DateField(TODAY, today=TODAY, latest=date(2026, 11, 16)), TimeField(time(13, 5)), MinutesField(90)
    for control, up, down in (
        (day, date(2026, 11, 16), TODAY),
        (at, time(13, 15), time(13)),
        (length, 95, 90),
    ):
        show(control)
        qtbot.keyClick(control, Qt.Key.Key_Up)
        assert control.value() == up
        qtbot.keyClick(control, Qt.Key.Key_Down)
        assert control.value() == down
    show(day)
    for _press in range(3):
        qtbot.keyClick(day, Qt.Key.Key_Up)
    assert day.value() == date(2026, 11, 16)


@pytest.mark.parametrize("text", ["1730", "17:30", "17.30", "kl 17.30"])
def test_select_all_and_type_a_time(show, qtbot, text: str) -> None:
    control = TimeField(time(13))
    below = show(control)
    retype(qtbot, control, text)
    assert (control.value(), below._below.text()) == (time(17, 30), "kl. 17.30")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert control.text() == "17.30"


def test_a_length_is_typed_in_hours_too(show, qtbot) -> None:
    control = MinutesField(90)
    below = show(control)
    retype(qtbot, control, "1,5 t")
    assert below._below.text() == "1 time 30 minutter"
    retype(qtbot, control, "11 t")
    assert below.fault() == "Skriv en lengde fra 15 til 600 minutter."
    assert control.value() == 90


def test_days_with_their_name(show, qtbot) -> None:
    control = DaysField(today=TODAY)
    below = show(control)
    retype(qtbot, control, "uke 8 Vinterferie")
    assert below._below.text() == "Vinterferie: uke 8, 22. til 28. februar 2027"
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert control.text() == "uke 8 Vinterferie"
    days = control.value()
    assert days is not None
    assert (days.first, days.name) == (date(2027, 2, 22), "Vinterferie")
    control.set_value(None)
    assert (control.text(), control.value()) == ("", None)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)],
)
def test_the_calendar_by_keyboard(show, qtbot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    control = DateField(TODAY, today=TODAY)
    show(control)
    qtbot.keyClick(control, key, modifier)
    card = control.calendar()
    assert card is not None
    assert card.days.accessibleName() == "november 2026"
    for pressed in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown):
        qtbot.keyClick(card.days, pressed)
    assert card.days.accessibleName() == "januar 2027"
    qtbot.keyClick(card.days, Qt.Key.Key_Home)
    qtbot.keyClick(card.days, Qt.Key.Key_Up)
    qtbot.keyClick(card.days, Qt.Key.Key_Return)
    assert control.value() == date(2026, 11, 8)
    assert control.calendar() is None
    assert show.events[control][-1] == "taken"
    assert QApplication.focusWidget() is control


def test_esc_closes_the_calendar_and_keeps_the_day(show, qtbot) -> None:
    control = DateField(TODAY, today=TODAY)
    show(control)
    qtbot.mouseClick(control.button, Qt.MouseButton.LeftButton)
    card = control.calendar()
    assert card is not None
    qtbot.keyClick(card.days, Qt.Key.Key_Right)
    qtbot.keyClick(card.days, Qt.Key.Key_Escape)
    assert (control.calendar(), control.value()) == (None, TODAY)


def test_a_day_is_clicked_and_one_out_of_reach_is_not_taken(show, qtbot) -> None:
    control = DateField(TODAY, today=TODAY, latest=TODAY)
    show(control)
    for day, taken in ((date(2026, 11, 16), TODAY), (date(2026, 11, 3), date(2026, 11, 3))):
        control.open_calendar()
        card = control.calendar()
        assert card is not None
        at = card.days.visualRect(card.days.month.place_of(day)).center()
        qtbot.mouseClick(card.days.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
        assert control.value() == taken


def test_the_calendar_is_read_aloud(show) -> None:
    control = DateField(TODAY, today=TODAY)
    control.show_closures([Closure(date(2026, 11, 16), date(2026, 11, 17), "Planlegging")])
    show(control)
    control.open_calendar()
    card = control.calendar()
    assert card is not None
    month, spoken = card.days.month, Qt.ItemDataRole.AccessibleTextRole
    assert month.place_of(TODAY).data(spoken) == "søndag 15. november 2026, i dag"
    assert month.place_of(date(2026, 11, 16)).data(spoken) == "mandag 16. november 2026, stengt"
    assert month.index(0, 0).data(spoken) == "uke 44"
    heads = [month.headerData(n, Qt.Orientation.Horizontal) for n in range(8)]
    assert heads == ["uke", "ma", "ti", "on", "to", "fr", "lø", "sø"]
    control.close_calendar()


def test_a_page_that_goes_takes_the_calendar_along(show) -> None:
    control = DateField(TODAY, today=TODAY)
    below = show(control)
    control.open_calendar()
    assert control.calendar() is not None
    below.window().hide()
    assert control.calendar() is None
