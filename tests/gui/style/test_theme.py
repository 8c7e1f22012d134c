from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from rop_facilitator.gui.style import colours, theme
from rop_facilitator.gui.widgets.layout.boxes import label
from rop_facilitator.paths import shipped


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    theme.use(qapp, theme.LIGHT)
    yield
    theme.use(qapp, theme.LIGHT)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: look.name)
def test_every_pair_of_colours_can_be_read(look: theme.Colours) -> None:
    assert len(colours.PAIRS) == 61
    assert colours.failures(look) == []


def test_a_pair_that_cannot_be_read_is_found() -> None:
    grey = replace(theme.LIGHT, muted="#9AA5A0")
    found = colours.failures(grey)
    assert len(found) == 7
    assert all(failure.startswith("light: muted on ") for failure in found)


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert colours.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#155A70", "#155A70") == 1


@pytest.mark.parametrize(
    ("ground", "ink", "mark", "on_mark"),
    [
        ("#000000", "#FFFFFF", "#1AEBFF", "#000000"),
        ("#FFFFFF", "#000000", "#37006E", "#FFFFFF"),
        ("#000000", "#FFFFFF", "#202020", "#FFFFFF"),  # a highlight that cannot be seen is not taken
    ],
)
def test_high_contrast_is_made_of_the_systems_colours(ground: str, ink: str, mark: str, on_mark: str) -> None:
    systems = QPalette()
    systems.setColor(QPalette.ColorRole.Window, QColor(ground))
    systems.setColor(QPalette.ColorRole.WindowText, QColor(ink))
    systems.setColor(QPalette.ColorRole.Highlight, QColor(mark))
    systems.setColor(QPalette.ColorRole.HighlightedText, QColor(on_mark))
    made = colours.high_contrast(systems)
    assert colours.failures(made) == []
    known = {ground.lower(), ink.lower(), mark.lower(), on_mark.lower(), "#ffffff", "#000000"}
    assert {value.lower() for key, value in asdict(made).items() if key != "name"} <= known


def test_all_roles_reach_the_palette(qapp: QApplication) -> None:
    theme.use(qapp, theme.DARK)
    now = qapp.palette()
    assert now.window().color().name().upper() == theme.DARK.canvas
    assert now.base().color().name().upper() == theme.DARK.surface
    assert now.text().color().name().upper() == theme.DARK.text
    assert now.highlight().color().name().upper() == theme.DARK.accent
    assert theme.colour("accent").name().upper() == theme.DARK.accent


def test_the_font_of_the_papers_is_used_and_the_system_font_can_be(qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Atkinson Hyperlegible"
    assert QFontInfo(theme.font("title")).bold()
    theme.use(qapp, theme.LIGHT, family="system")
    assert "Atkinson" not in qapp.font().family()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_every_step_grows_with_the_text(qapp: QApplication, scale: float) -> None:
    theme.use(qapp, theme.LIGHT, scale=scale)
    for role, (at_100, _weight) in theme.TYPE.items():
        assert theme.font(role).pixelSize() == round(at_100 * scale)
    assert theme.px(theme.SIDEBAR) == round(224 * scale)
    assert theme.control_height() >= round(36 * scale)
    assert theme.control_height(small=True) >= theme.metrics("body").height() + 4


def test_the_factor_and_the_reading_size_stay_within_bounds(qapp: QApplication) -> None:
    theme.use(qapp, theme.LIGHT, scale=9.0, reading=90)
    assert theme.text_scale() == 2.0
    assert theme.font("reading").pixelSize() == 48
    theme.use(qapp, theme.LIGHT, scale=0.2, reading=1)
    assert theme.text_scale() == 1.0
    assert theme.font("reading").pixelSize() == 15


def test_an_open_label_follows_text_size_and_colours(qapp: QApplication, qtbot) -> None:
    words = label("Tirsdagsgruppa", "title", "muted")
    qtbot.addWidget(words)
    words.show()
    small = words.sizeHint()
    assert words.fontMetrics().height() == theme.metrics("title").height()
    theme.use(qapp, theme.DARK, scale=2.0)
    assert words.fontMetrics().height() == theme.metrics("title").height()
    assert words.sizeHint().height() > 1.8 * small.height()
    assert words.palette().color(QLabel().foregroundRole()).name().upper() == theme.DARK.muted


def test_every_icon_takes_the_colour_of_its_role() -> None:
    names = sorted(file.stem for file in (shipped("resources") / "icons").glob("*.svg"))
    assert len(names) >= 39
    for name in names:
        picture = theme.icon_pixmap(name, "danger", 20, 2.0).toImage()
        assert (picture.width(), picture.height()) == (40, 40)
        solid = {
            picture.pixelColor(x, y).name()
            for x in range(40)
            for y in range(40)
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert solid <= {theme.LIGHT.danger.lower()}, name
        assert any(picture.pixelColor(x, y).alpha() > 120 for x in range(40) for y in range(40)), name


def test_the_toolkit_does_not_load_pdf_or_svg_at_the_start() -> None:
    code = (
        "import sys; from rop_facilitator.gui.runtime import jobs;"
        "from rop_facilitator.gui.widgets.marks import mark_table;"
        "from rop_facilitator.gui.widgets.display import badges;"
        "print([m for m in sys.modules if m.split('.')[-1] in ('QtPdf', 'QtPdfWidgets', 'QtSvg', 'QtSvgWidgets',"
        " 'QtNetwork', 'fontpkg_atkinson_hyperlegible', 'sqlalchemy', 'typst')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert told.stdout.strip() == "[]"
