"""Marks can be told apart without colour, have a word in each language, and grow with the text."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from rop_facilitator import i18n
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.records.marks import Mark


def drawn(style: mark_styles.Style, *, side: int = 40, made_up: bool = False) -> QImage:
    picture = QImage(side, side, QImage.Format.Format_RGB32)
    picture.fill(theme.colour("surface"))
    painter = QPainter(picture)
    mark_styles.paint(painter, QRectF(0, 0, side, side), style, made_up=made_up)
    painter.end()
    return picture


def test_every_mark_has_its_look_and_its_letter() -> None:
    assert {mark.value for mark in Mark} <= mark_styles.ATTENDANCE.keys()
    assert mark_styles.MARK_KEYS == {
        "M": "present",
        "S": "late",
        "T": "left_early",
        "D": "remote",
        "A": "notice",
        "K": "late_notice",
        "I": "absent",
        "F": "exempt",
    }
    assert mark_styles.ATTENDANCE[Mark.LATE].letter == "S"


def test_words_follow_the_language() -> None:
    assert mark_styles.ATTENDANCE["notice"].name == "avbud"
    assert mark_styles.ATTENDANCE["late_notice"].name == "avbud på kort varsel"
    i18n.set_language("en")
    assert mark_styles.ATTENDANCE["notice"].name == "notice"


@pytest.mark.parametrize("table", [mark_styles.ATTENDANCE, mark_styles.PROGRESS], ids=["attendance", "progress"])
@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: look.name)
def test_marks_can_be_told_apart_in_grey_without_letters(table, look: theme.Colours, qapp: QApplication) -> None:
    theme.use(qapp, look)
    shapes = {}
    for key, style in table.items():
        bare = mark_styles.Style("", style.shape, style.tone, style.word)
        shapes[key] = drawn(bare).convertToFormat(QImage.Format.Format_Grayscale8)
    for one, other in combinations(shapes, 2):
        a, b = shapes[one], shapes[other]
        far = sum(
            abs(QColor(a.pixel(x, y)).lightness() - QColor(b.pixel(x, y)).lightness()) > 40
            for x in range(40)
            for y in range(40)
        )
        assert far >= 16, f"{one} and {other}"


def test_made_up_is_a_corner_that_is_not_there_else() -> None:
    style = mark_styles.ATTENDANCE["notice"]
    plain, flagged = drawn(style), drawn(style, made_up=True)
    changed = [(x, y) for x in range(40) for y in range(40) if plain.pixel(x, y) != flagged.pixel(x, y)]
    assert len(changed) > 20
    assert all(x > 20 and y < 20 for x, y in changed)


def test_a_mark_grows_with_the_text(qapp: QApplication) -> None:
    def width(style: mark_styles.Style) -> int:
        picture = drawn(style, side=80)
        ground = theme.colour("surface").rgb()
        return sum(any(picture.pixel(x, y) != ground for y in range(80)) for x in range(80))

    small = width(mark_styles.ATTENDANCE["absent"])
    theme.use(qapp, theme.LIGHT, scale=2.0)
    assert width(mark_styles.ATTENDANCE["absent"]) == pytest.approx(2 * small, abs=2)


def test_hatching_goes_on_from_one_row_to_the_next() -> None:
    whole, parts = (QImage(60, 72, QImage.Format.Format_RGB32) for _ in range(2))
    for picture in (whole, parts):
        picture.fill(theme.colour("surface"))
    painter = QPainter(whole)
    mark_styles.hatch(painter, QRectF(0, 0, 60, 72), "text")
    painter.end()
    painter = QPainter(parts)
    for row in range(2):
        mark_styles.hatch(painter, QRectF(0, 36 * row, 60, 36), "text", offset=36 * row)
    painter.end()
    wrong = sum(whole.pixel(x, y) != parts.pixel(x, y) for x in range(60) for y in range(72))
    assert wrong < 60 * 72 * 0.02


@pytest.mark.parametrize("tone", ["ok", "warn", "danger", "made_up", "accent"])
def test_a_tone_has_its_soft_ground(tone: str) -> None:
    assert theme.soft(tone) == theme.colour(f"{tone}_soft")
    assert theme.soft("muted").alpha() == 0
