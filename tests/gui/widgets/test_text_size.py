"""Nothing is cut off at large text: every part is as big as its words, and a page wraps instead of clipping."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge, origin_badge
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.display.notices import ProgressNotice, Strip
from rop_facilitator.gui.widgets.display.progress_bar import Bar, Steps
from rop_facilitator.gui.widgets.inputs.buttons import Button, KeyCap
from rop_facilitator.gui.widgets.inputs.choices import NavItem, Segments, Switch, Tick
from rop_facilitator.gui.widgets.inputs.date_fields import DateField, DaysField, MinutesField, TimeField
from rop_facilitator.gui.widgets.inputs.number_field import Number
from rop_facilitator.gui.widgets.inputs.text_fields import Choice, TextArea, TextField, field
from rop_facilitator.gui.widgets.layout.boxes import (
    STRETCH,
    card,
    column,
    fact,
    flow,
    label,
    panel,
    scroll,
    task_row,
    tops,
)
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.legend import MarkPill, legend
from rop_facilitator.gui.widgets.papers.paper_stack import PaperStack

WHY = "Borte to ganger på rad uten beskjed, ring etter klokka tolv"
LONG = "Gårsdagens kopi er skadet. Den fra 21. november er hel."

PARTS = {
    "primary": lambda: Button("Møtepakke", "primary", "print"),
    "danger": lambda: Button("Slett gruppe", "danger", "trash"),
    "quiet, small": lambda: Button("Se sesjonen", "quiet", small=True),
    "icon": lambda: Button("", "quiet", "lock", "Ctrl+L", name="Lås"),
    "key": lambda: KeyCap("Enter"),
    "badge": lambda: origin_badge("proposal", "tekst"),
    "pill": lambda: MarkPill(mark_styles.ATTENDANCE["late_notice"], word=True),
    "nav": lambda: NavItem("Innstillinger", "settings", count="12"),
    "tabs": lambda: Segments(["Plan", "Oppmøte", "Deltakere", "Framdrift", "Papirer"], 1),
    "switch": lambda: Switch(on=True, name="Kopi"),
    "tick": lambda: Tick("Skriv navn på arkene"),
    "strip": lambda: Strip(LONG, "danger", Button("Se kopier", small=True)),
    "empty": lambda: Empty("group", "Ingen deltakere ennå", LONG, Button("Legg til"), Button("Lim inn", "quiet")),
    "steps": lambda: Steps(4, 3),
    "bar": lambda: Bar(0.4),
    "paper": lambda: PaperStack("Dagsorden\n24. november", depth=3),
    "field": lambda: field("Navn eller alias", TextField("Mona", icon="search"), "Slik andre ser det på papiret"),
    "choice": lambda: field("Leder", Choice(["Marit", "Per"])),
    "number": lambda: field("Lengde", Number(90, 1, 240, suffix=" min")),
    "date": lambda: field("Siste møte", DateField(date(2026, 11, 24), today=date(2026, 11, 24))),
    "time": lambda: field("Klokka", TimeField(time(9))),
    "minutes": lambda: field("Varer", MinutesField(90)),
    "days": lambda: field("Stengt", DaysField(today=date(2026, 11, 24))),
    "notes": lambda: field("Notat", TextArea("Én linje")),
    "legend": lambda: legend(list(mark_styles.ATTENDANCE.values()), made_up=lambda: "tatt igjen"),
    "task": lambda: card(
        task_row("phone", "Ring Lars", WHY, Button("Ringt", small=True), Button("Senere", small=True))
    ),
    "fact": lambda: panel(fact("place", "Møterom 2, Fjellgata 4")),
    "flow": lambda: panel(flow(Button("Møtepakke", "primary"), Button("Start møtet"), STRETCH, Button("Se sesjonen"))),
    "text": lambda: panel(column(label("Hvorfor trenger vi andre?", "display"), label(LONG, "reading", lines=118))),
}


@pytest.fixture
def shown(qapp: QApplication):
    """Show a part in a page of a given width; the pages live as long as the test."""
    windows: list[QWidget] = []

    def show(part: QWidget, width: int) -> QScrollArea:
        windows.append(window := scroll(panel(column(part, STRETCH, edge=theme.XL), "page")))
        window.resize(width, 700)
        window.show()
        settle()
        return window

    yield show
    for window in windows:
        window.close()


def settle() -> None:
    """Let layouts that ask for another one come to rest."""
    for _ in range(3):
        QApplication.processEvents()


def cut_off(root: QWidget) -> list[str]:
    """What has less room than its words need, measured by the font and not by the part itself."""
    found = []
    for part in [root, *root.findChildren(QWidget)]:
        if not part.isVisible() or part.width() == 0:
            continue
        words, metrics = "", None
        if isinstance(part, QLabel):
            words, metrics = part.text(), part.fontMetrics()
            if part.wordWrap():
                if part.height() < part.heightForWidth(part.width()):
                    found.append(f"{words}: {part.height()} high, needs {part.heightForWidth(part.width())}")
                continue
        elif isinstance(part, (Button, Tick)):
            words, metrics = part.text(), theme.metrics("body")
        elif type(part).__name__ == "_Segment":
            words, metrics = part.text(), theme.metrics("strong")
        if isinstance(part, (Badge, MarkPill, KeyCap)):
            metrics = theme.metrics("small")
        if isinstance(part, MarkPill) and not part._word:
            continue
        if metrics and words and (part.width() < metrics.horizontalAdvance(words) or part.height() < metrics.height()):
            found.append(f"{words}: {part.size()}, needs {metrics.horizontalAdvance(words)} × {metrics.height()}")
        parent = part.parentWidget()
        if words and parent is not None and not parent.rect().contains(part.geometry()):
            found.append(f"{words}: {part.geometry()} outside {parent.rect()}")
    return found


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("name", PARTS)
def test_no_part_is_cut_off(name: str, scale: float, qapp: QApplication, shown) -> None:
    theme.use(qapp, theme.LIGHT, scale=scale)
    part = PARTS[name]()
    window = shown(part, theme.px(420))
    assert cut_off(part) == []
    assert window.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("name", [name for name in PARTS if name not in ("bar", "paper")])
def test_a_part_grows_when_the_text_does_while_it_is_open(name: str, qapp: QApplication, shown) -> None:
    part = PARTS[name]()
    shown(part, 1600)
    before = part.sizeHint()
    theme.use(qapp, theme.DARK, scale=2.0)
    settle()
    after = part.sizeHint()
    assert after.height() >= 1.4 * before.height() or after.width() >= 1.6 * before.width()
    assert cut_off(part) == []


def test_the_measure_finds_what_is_cut_off(shown) -> None:
    button = Button("Møtepakke", "primary")
    shown(button, 600)
    assert cut_off(button) == []
    button.setFixedWidth(40)
    settle()
    assert len(cut_off(button)) == 1
    words = label(LONG)
    shown(words, 300)
    words.setFixedHeight(10)
    settle()
    assert len(cut_off(words)) == 1


def test_tabs_go_on_to_a_second_line(qapp: QApplication, shown) -> None:
    theme.use(qapp, theme.LIGHT, scale=2.0)
    tabs = Segments(["Plan", "Oppmøte", "Deltakere", "Framdrift", "Papirer"])
    shown(tabs, 700)
    assert len({part.y() for part in tabs.findChildren(QWidget) if type(part).__name__ == "_Segment"}) == 2


def test_a_sentence_keeps_to_one_line_where_there_is_room(qtbot) -> None:
    title = label("Tirsdag 24. november", "title")
    area = panel(tops(title, Button("Skriv ut")))
    qtbot.addWidget(area)
    area.resize(900, 100)
    area.show()
    assert title.sizeHint().height() < 2 * title.fontMetrics().height()
    assert title.sizeHint().width() >= title.fontMetrics().horizontalAdvance("Tirsdag 24. november")


def test_progress_and_side_bar_grow(qapp: QApplication, qtbot, shown) -> None:
    theme.use(qapp, theme.LIGHT, scale=2.0)
    working = ProgressNotice()
    working.begin("Skriver 8 hefter")
    working.step(5, 8)
    working.setVisible(True)
    shown(working, theme.px(420))
    assert cut_off(working) == []
    bar = panel(column(NavItem("I dag", "today"), STRETCH), "sidebar", theme.SIDEBAR)
    qtbot.addWidget(bar)
    assert bar.sizeHint().width() == 448


def test_names_are_text_and_not_markup(qtbot) -> None:
    words = label("<b>Mona</b> & co")
    qtbot.addWidget(words)
    assert words.sizeHint().width() >= words.fontMetrics().horizontalAdvance("<b>Mona</b> & co")
    running = label("<b>Mona</b>", "reading", lines=118)
    qtbot.addWidget(running)
    assert "&lt;b&gt;" in running.text()
