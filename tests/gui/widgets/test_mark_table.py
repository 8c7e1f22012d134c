"""The table of marks by keyboard, by mouse and by ear."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.marks import mark_painter, mark_styles
from rop_facilitator.gui.widgets.marks.mark_table import Cell, Column, Content, MarkTable, MarkTableModel, Row

NAMES = ("Amund", "Berit", "Kari", "Mona")
LETTERS = "MSTDAKIF"


def content(names: tuple[str, ...] = NAMES, *, columns: int = 20, marked: str = "present") -> Content:
    """Meetings 1 to 20; the third is closed, the fifth is today."""
    heads = [Column(f"{i + 1}. okt", str(i + 1), spoken=f"{i + 1}. oktober") for i in range(columns)]
    heads[2] = Column("3. okt", "høstferie", "closed")
    heads[4] = Column("I dag", "5", "today")
    rows = []
    for name in names:
        cells: list[Cell | None] = [Cell(mark_styles.ATTENDANCE[marked]) for _ in range(columns)]
        cells[2] = None
        rows.append(Row(name, tuple(cells), ("11 av 12", "92 %")))
    return Content(tuple(heads), tuple(rows), ("10 av 11",) * columns, "Deltaker", "Oppmøte", "Til stede")


@pytest.fixture
def table(qapp: QApplication, qtbot) -> Iterator[MarkTable]:
    made = MarkTable(letters=LETTERS, name="Oppmøte")
    made.set_content(content())
    made.resize(700, 320)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.setFocus()
    yield made
    made.close()


@pytest.fixture
def told(table: MarkTable) -> list[tuple[object, ...]]:
    """What the table asks for, in order."""
    made: list[tuple[object, ...]] = []
    table.mark_typed.connect(lambda row, column, letter: made.append(("mark", row, column, letter)))
    table.mark_typed.connect(lambda row, column, _letter: table.accept(row, column, down=True))
    table.mark_cleared.connect(lambda row, column: made.append(("clear", row, column)))
    table.rest_present.connect(lambda column: made.append(("rest", column)))
    table.cell_opened.connect(lambda row, column: made.append(("open", row, column)))
    table.person_chosen.connect(lambda row: made.append(("person", row)))
    return made


def press(table: MarkTable, qtbot, *keys: Qt.Key | str, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(table._marks, key, modifier)


def test_the_model_is_sound(qtbot) -> None:
    model = MarkTableModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.set_content(content())
    assert not model.set_content(content(marked="absent"))
    assert model.set_content(content(NAMES[:2]))
    assert model.set_content(Content())
    assert model.columnCount() == 2


def test_a_letter_marks_and_goes_down_one(table: MarkTable, told, qtbot) -> None:
    table.set_current(0, 4)
    press(table, qtbot, "m", "s", "A", "i")
    assert told == [("mark", 0, 4, "M"), ("mark", 1, 4, "S"), ("mark", 2, 4, "A"), ("mark", 3, 4, "I")]
    assert table.current() == (3, 4)


@pytest.mark.parametrize("letter", LETTERS)
def test_all_eight_letters_are_marks(letter: str, table: MarkTable, told, qtbot) -> None:
    table.set_current(1, 0)
    press(table, qtbot, letter.lower())
    assert told == [("mark", 1, 0, letter)]


def test_a_letter_is_never_a_search(table: MarkTable, told, qtbot) -> None:
    table.set_current(0, 4)
    press(table, qtbot, "b", "k", "x")
    assert told == [("mark", 0, 4, "K")]
    table._marks.keyboardSearch("Mona")
    assert table.current() == (1, 4)


def test_a_letter_with_ctrl_or_alt_is_left_to_the_window(table: MarkTable, told, qtbot) -> None:
    table.set_current(0, 4)
    press(table, qtbot, "k", "l", modifier=Qt.KeyboardModifier.ControlModifier)
    press(table, qtbot, "m", modifier=Qt.KeyboardModifier.AltModifier)
    assert told == []
    assert table.current() == (0, 4)


def test_backspace_clears_and_enter_is_for_the_rest(table: MarkTable, told, qtbot) -> None:
    table.set_current(2, 4)
    press(table, qtbot, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    assert told == [("clear", 2, 4), ("rest", 4), ("rest", 4)]
    assert table.current() == (2, 4)


def test_a_closed_column_takes_no_mark(table: MarkTable, told, qtbot) -> None:
    table.set_current(0, 2)
    press(table, qtbot, "m", Qt.Key.Key_Backspace, Qt.Key.Key_Return)
    assert told == []


def test_arrows_move_and_stay_between_the_frozen_parts(table: MarkTable, qtbot) -> None:
    table.set_current(0, 0)
    press(table, qtbot, Qt.Key.Key_Left, Qt.Key.Key_Up)
    assert table.current() == (0, 0)
    press(table, qtbot, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert table.current() == (1, 1)
    press(table, qtbot, Qt.Key.Key_End)
    assert table.current() == (1, 19)
    press(table, qtbot, Qt.Key.Key_Right)
    assert table.current() == (1, 19)
    press(table, qtbot, Qt.Key.Key_Home)
    assert table.current() == (1, 0)


def test_tab_goes_on_to_the_next_part_of_the_page(table: MarkTable) -> None:
    assert not table._marks.tabKeyNavigation()
    assert [view.focusPolicy() for view in (table._names, table._totals)] == [Qt.FocusPolicy.NoFocus] * 2


def test_a_table_to_look_at_opens_a_place_instead_of_marking_it(qtbot) -> None:
    table, told = MarkTable(), []
    table.set_content(content())
    qtbot.addWidget(table)
    table.show()
    table.cell_opened.connect(lambda row, column: told.append((row, column)))
    table.mark_typed.connect(lambda *what: told.append(what))
    table.set_current(1, 3)
    press(table, qtbot, "m", Qt.Key.Key_Return)
    assert told == [(1, 3)]


def test_new_marks_leave_cursor_and_place(table: MarkTable, qtbot) -> None:
    table.set_current(2, 15)
    place = table._marks.horizontalScrollBar().value()
    assert place > 0
    table.set_content(content(marked="absent"))
    assert table.current() == (2, 15)
    assert table._marks.horizontalScrollBar().value() == place


def test_the_cursor_follows_its_person_and_its_meeting(table: MarkTable) -> None:
    table.set_current(2, 10)
    table.set_content(content(("Alfred", *NAMES)))
    assert table.current() == (3, 10)
    table.set_content(content(("Alfred", "Amund")))
    assert table.current() == (1, 10)
    table.set_content(content(("Alfred", "Amund"), columns=6))
    assert table.current() == (1, 5)
    table.set_content(Content())
    assert table.current() is None


def test_what_a_screen_reader_hears(table: MarkTable) -> None:
    rows = list(content().rows)
    cells = list(rows[2].cells)
    cells[5] = Cell(mark_styles.ATTENDANCE["notice"])
    cells[6] = Cell(mark_styles.ATTENDANCE["late"], made_up=True, note="8 min")
    rows[2] = Row("Kari", tuple(cells), ("11 av 12", "92 %"))
    before = content()
    table.set_content(Content(before.columns, tuple(rows), before.foot, "Deltaker", "Oppmøte", "Til stede"))
    model, spoken = table.model, Qt.ItemDataRole.AccessibleTextRole
    assert model.index(2, 6).data(spoken) == "Kari, 6. oktober: avbud"
    assert model.index(2, 7).data(spoken) == "Kari, 7. oktober: kom for sent, tatt igjen, 8 min"
    assert model.index(2, 3).data(spoken) == "Kari, 3. okt høstferie: ingenting"
    assert model.index(2, 21).data(spoken) == "Kari, Oppmøte: 11 av 12 92 %"
    assert model.headerData(6, Qt.Orientation.Horizontal, spoken) == "6. oktober. Til stede: 10 av 11"
    assert model.headerData(2, Qt.Orientation.Vertical, spoken) == "Kari"
    assert table._marks.accessibleName() == "Oppmøte"


def test_the_frozen_parts_scroll_down_together(qtbot) -> None:
    table = MarkTable(letters=LETTERS)
    qtbot.addWidget(table)
    table.set_content(content(tuple(f"Person {i}" for i in range(40))))
    table.resize(700, 320)
    table.show()
    QApplication.processEvents()
    assert table._down.isVisible()
    table.set_current(30, 4)
    places = {view.verticalScrollBar().value() for view in (table._names, table._marks, table._totals)}
    assert len(places) == 1
    assert places.pop() > 0
    tops = {
        view.visualRect(view.model().index(30, column)).y()
        for view, column in ((table._names, 0), (table._marks, 5), (table._totals, 21))
    }
    assert len(tops) == 1


def test_the_names_have_a_shadow_only_when_columns_lie_beneath(table: MarkTable) -> None:
    strip = table._fade.geometry()
    assert strip.width() == 8
    table._marks.horizontalScrollBar().setValue(0)
    before = table._fade.grab().toImage()
    table._marks.horizontalScrollBar().setValue(120)
    assert table._fade.grab().toImage() != before
    assert table._across.value() == 120
    table._across.setValue(40)
    assert table._marks.horizontalScrollBar().value() == 40


def test_today_is_scrolled_into_view_with_what_was_before_it(table: MarkTable) -> None:
    table.show_column(19)
    QApplication.processEvents()
    seen = table._marks.viewport().rect()
    assert seen.contains(table._marks.visualRect(table.model.index(0, 20)))
    table.show_column(0)
    assert table._marks.horizontalScrollBar().value() == 0


def test_a_click_on_a_name_and_a_double_click_on_a_mark(table: MarkTable, told, qtbot) -> None:
    where = table._names.visualRect(table.model.index(1, 0)).center()
    qtbot.mouseClick(table._names.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told == [("person", 1)]
    there = table._marks.visualRect(table.model.index(3, 2)).center()
    qtbot.mouseClick(table._marks.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert table.current() == (3, 1)
    qtbot.mouseDClick(table._marks.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert told[-1] == ("open", 3, 1)


def test_the_place_that_waits_for_a_key_has_a_ring(table: MarkTable) -> None:
    table.set_current(0, 0)
    QApplication.processEvents()
    rect = table._marks.visualRect(table.model.index(0, 1))
    with_ring = table._marks.viewport().grab(rect).toImage()
    table.set_current(1, 0)
    QApplication.processEvents()
    assert table._marks.viewport().grab(rect).toImage() != with_ring
    accent = theme.colour("accent").name()
    edge = [with_ring.pixelColor(QPoint(x, rect.height() // 2)).name() for x in range(10)]
    assert accent in edge


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_everything_has_room_for_its_text(scale: float, qapp: QApplication, qtbot) -> None:
    table = MarkTable(letters=LETTERS)
    qtbot.addWidget(table)
    table.set_content(content())
    table.resize(theme.px(900), 400)
    table.show()
    theme.use(qapp, theme.LIGHT, scale=scale)
    QApplication.processEvents()
    view, wide = table._marks, theme.metrics("small").horizontalAdvance
    for i, column in enumerate(table.model.content.columns):
        needs = max(wide(column.head), wide(column.sub), wide("10 av 11"))
        assert view.columnWidth(i + 1) >= needs
    assert view.rowHeight(0) >= max(theme.px(mark_styles.SIDE), theme.metrics("strong").height())
    assert view.horizontalHeader().height() >= 2 * theme.metrics("small").height()
    assert table._totals.width() >= theme.metrics("body").horizontalAdvance("11 av 12") + wide("92 %")
    assert table._names.width() >= theme.metrics("strong").horizontalAdvance("Amund")
    heads = {v.horizontalHeader().height() for v in (table._names, table._marks, table._totals)}
    assert len(heads) == 1


def test_all_rows_show_when_there_is_room(qtbot) -> None:
    table = MarkTable(letters=LETTERS)
    qtbot.addWidget(table)
    table.set_content(content())
    table.resize(700, 10)
    table.show()
    for _ in range(3):
        QApplication.processEvents()
        table.resize(700, table.sizeHint().height())
    assert table._marks.verticalScrollBar().maximum() == 0
    assert not table._down.isVisible()
    assert table._across.isVisible()


class Painted(QObject):
    """How often a widget has been painted."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_the_foot_follows_the_columns_when_the_names_get_wider(table: MarkTable, qtbot) -> None:
    def middle(column: int) -> int:
        view = table._marks
        at = view.columnViewportPosition(column + 1) + view.columnWidth(column + 1) // 2
        return view.viewport().mapTo(table, QPoint(at, 0)).x()

    QApplication.processEvents()
    painted = Painted()
    table._foot.installEventFilter(painted)
    before = middle(1)
    table._names.setFixedWidth(table._names.width() + 48)  # as when a longer name comes: the layout does the rest
    QApplication.processEvents()
    assert middle(1) == before + 48
    assert painted.times > 0
    box = table._foot.count_box(1)
    assert abs(table._foot.mapTo(table, box.center()).x() - middle(1)) <= 1


def test_no_totals_no_foot(qtbot) -> None:
    table = MarkTable()
    qtbot.addWidget(table)
    whole = content()
    table.set_content(Content(whole.columns, whole.rows, name_head="Deltaker"))
    table.show()
    assert not table._totals.isVisible()
    assert not table._foot.isVisible()


def test_modules_stand_over_their_sessions(qtbot) -> None:
    plain = [Column(str(i + 1), width=33) for i in range(8)]
    heads = [
        Column("1", width=33, group="0  Start"),
        *plain[1:3],
        Column("1", width=33, group="1  Recovery"),
        *plain[4:],
    ]
    rows = tuple(Row(name, tuple(Cell(mark_styles.PROGRESS["attended"]) for _ in heads)) for name in NAMES)
    one, other = MarkTable(mark=22), MarkTable(mark=22)
    one.set_content(Content(tuple(heads), rows, name_head="Deltaker"))
    other.set_content(Content(tuple(plain), rows, name_head="Deltaker"))
    for table in (one, other):
        qtbot.addWidget(table)
        table.resize(600, 300)
        table.show()
    assert one._marks.horizontalHeader().height() > other._marks.horizontalHeader().height()
    assert one._marks.horizontalHeader().grab().toImage() != other._marks.horizontalHeader().grab().toImage()


@pytest.mark.parametrize(
    ("title", "sessions", "lines"),
    [
        ("6  Rusmidler", 5, ["6  Rusmidler"]),
        ("5  Ta medisiner mer effektivt", 4, ["5  Ta medisiner", "mer effektivt"]),
        ("3  Stress-sårbarhetsmodellen", 3, ["3  Stress-", "sårbarhetsmodellen"]),
    ],
)
def test_the_title_of_a_module_stands_whole_over_its_sessions(
    qtbot, title: str, sessions: int, lines: list[str]
) -> None:
    heads = [Column(str(i + 1), width=33, group="" if i else title) for i in range(sessions)]
    whole = Content(tuple(heads), (Row("Amund", (None,) * sessions),), name_head="Deltaker")
    widths = mark_painter.column_widths(whole)
    room = sum(widths) - 2 * theme.S
    assert mark_painter.wrapped(title, room) == lines
    assert max(mark_painter.text_width("caption", line) for line in lines) <= room
    table = MarkTable(mark=22)
    qtbot.addWidget(table)
    table.set_content(whole)
    assert [table._marks.columnWidth(i + 1) for i in range(sessions)] == widths
    plain = Content(tuple(Column(str(i + 1), width=33) for i in range(sessions)), whole.rows, name_head="Deltaker")
    over = table._marks.horizontalHeader().height() - mark_painter.head_height(plain, widths)
    assert over >= len(lines) * theme.metrics("caption").height()


def test_a_long_title_makes_its_columns_wider_and_takes_three_lines_at_most(qtbot) -> None:
    title = "2  Informasjon om generell helse, fysisk helse og psykiske problemer"
    whole = Content((Column("1", width=33, group=title), Column("2", width=33)), (), name_head="Deltaker")
    lines = mark_painter.wrapped(title, sum(mark_painter.column_widths(whole)) - 2 * theme.S)
    assert len(lines) == 3
    assert " ".join(lines) == title


def test_a_click_on_a_place_is_told(table: MarkTable, qtbot) -> None:
    made: list[tuple[int, int]] = []
    table.cell_clicked.connect(lambda row, column: made.append((row, column)))
    place = table._marks.visualRect(table.model.index(2, 2)).center()
    qtbot.mouseClick(table._marks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert made == [(2, 1)]
    assert table.current() == (2, 1)


def test_the_ear_gets_more_words_than_the_eye_has_room_for(table: MarkTable) -> None:
    rows = (Row("Amund", (Cell(mark_styles.PROGRESS["missed"]),), note="joined 6 October"),)
    told = Content((Column("1", spoken="Stress"),), rows, ("9",), foot_head="Received it", foot_told=("9 of 11",))
    table.set_content(told)
    model, across = table.model, Qt.Orientation.Horizontal
    assert model.headerData(1, across, Qt.ItemDataRole.AccessibleTextRole) == "Stress. Received it: 9 of 11"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Amund, joined 6 October"
    assert model.data(model.index(0, 0)) == "Amund"
    assert told.foot_of(0) == "9"
