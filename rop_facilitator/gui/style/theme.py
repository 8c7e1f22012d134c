"""The look in one place: type and measures; palette, style sheet and tinted icons made from the colours in use."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QImageReader, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QToolTip

from rop_facilitator.gui.style.colours import DARK as DARK
from rop_facilitator.gui.style.colours import LIGHT as LIGHT
from rop_facilitator.gui.style.colours import Colours as Colours
from rop_facilitator.gui.style.colours import high_contrast
from rop_facilitator.paths import shipped
from rop_facilitator.settings import reading_size

# Spacing, in device-independent pixels: nothing in between, and the same at every text size.
XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
# Corner radii: mark and badge, control, card.
R_MARK, R_CONTROL, R_CARD = 6, 8, 12
# Measures at 100 %; use them through `px`, so that they grow with the text.
CONTROL, CONTROL_SMALL, NAV_ROW, TABLE_ROW = 36, 30, 34, 36
SIDEBAR, LIST_PANE, AGENDA, ATTENDANCE_PANE, READING = 224, 348, 312, 320, 620
# Type scale: pixel size and weight at 100 %.
TYPE = {
    "display": (30, QFont.Weight.Bold),
    "title": (24, QFont.Weight.Bold),
    "heading": (18, QFont.Weight.Bold),
    "strong": (15, QFont.Weight.Bold),
    "reading": (17, QFont.Weight.Normal),
    "body": (15, QFont.Weight.Normal),
    "small": (13, QFont.Weight.Normal),
    "caption": (13, QFont.Weight.Bold),
}
SCALES = (1.0, 2.0)
ATKINSON = "Atkinson Hyperlegible"


class _Use:
    """What is in use now; one window, one look."""

    colours = LIGHT
    scale = 1.0
    family = ""
    reading = 17


_use = _Use()


def use(
    app: QApplication, colours: Colours, *, scale: float = 1.0, family: str = "", reading: int = TYPE["reading"][0]
) -> None:
    """Make a look current, also while windows are open.

    `scale` is the text factor, 1.0 to 2.0. `family` "" is Atkinson Hyperlegible, "system" the system's own font, else a
    name. `reading` is the size of the leader notes in pixels at 100 %.
    """
    _use.colours = colours
    _use.scale = min(max(scale, SCALES[0]), SCALES[1])
    _use.reading = reading_size(reading)
    _use.family = _family(family)
    for cached in (icon_pixmap, colour, _font, metrics):
        cached.cache_clear()
    app.setPalette(palette(colours))
    app.setFont(font("body"))
    QToolTip.setFont(font("small"))
    app.setStyleSheet(_style_sheet(colours))


def now() -> Colours:
    """The colours in use."""
    return _use.colours


def text_scale() -> float:
    """The text factor in use, 1.0 to 2.0."""
    return _use.scale


def px(measure: float) -> int:
    """A measure at 100 % as it is at the text size in use."""
    return round(measure * _use.scale)


def size(role: str) -> int:
    """The pixel size of a step of the type scale, at the text size in use."""
    return px(_use.reading if role == "reading" else TYPE[role][0])


def control_height(*, small: bool = False) -> int:
    """The height of a button or field: the design's measure, and never less than its text needs."""
    return max(px(CONTROL_SMALL if small else CONTROL), metrics("body").height() + (6 if small else 10))


@lru_cache(maxsize=64)
def colour(role: str) -> QColor:
    """A role of the colours in use."""
    return QColor(getattr(_use.colours, role))


def soft(tone: str) -> QColor:
    """The pale ground that belongs to a tone; nothing for a tone without one."""
    has = tone in ("ok", "warn", "danger", "made_up", "accent")
    return colour(f"{tone}_soft") if has else QColor(0, 0, 0, 0)


def font(role: str, *, tabular: bool = False) -> QFont:
    """A step of the type scale; `tabular` asks for figures of one width, where the font has them."""
    return QFont(_font(role, tabular))


@cache
def _font(role: str, tabular: bool) -> QFont:
    font = QFont(_use.family)
    font.setPixelSize(size(role))
    font.setWeight(TYPE[role][1])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def metrics(role: str) -> QFontMetrics:
    """What text in a step of the type scale measures."""
    return QFontMetrics(_font(role, False))


def _family(family: str) -> str:
    if family == "system":
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return family or _atkinson() or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@cache
def _atkinson() -> str:
    """Load the papers' font from its package, without importing it; "" when it is missing."""
    spec = importlib.util.find_spec("fontpkg_atkinson_hyperlegible")
    if spec is None or spec.origin is None:
        return ""
    files = (Path(spec.origin).parent / "files").glob("*.ttf")
    loaded = [QFontDatabase.addApplicationFont(str(file)) for file in sorted(files)]
    return ATKINSON if loaded and min(loaded) >= 0 else ""


def system_colours(app: QApplication) -> Colours:
    """Light or dark as the system has it; a system in high contrast wins over both."""
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        ours = app.palette()
        app.setPalette(QPalette())
        systems = app.palette()
        app.setPalette(ours)
        return high_contrast(systems)
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def on_system_change(app: QApplication, slot: Callable[[], None]) -> None:
    """Call `slot` (a bound method) when the system turns light, dark or to high contrast."""
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(slot)
    hints.accessibility().contrastPreferenceChanged.connect(slot)


def palette(c: Colours) -> QPalette:
    """All that Fusion paints by itself comes from here, so that an unstyled widget is right too."""
    roles = {
        QPalette.ColorRole.Window: c.canvas,
        QPalette.ColorRole.WindowText: c.text,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.sunken,
        QPalette.ColorRole.Text: c.text,
        QPalette.ColorRole.Button: c.surface,
        QPalette.ColorRole.ButtonText: c.text,
        QPalette.ColorRole.BrightText: c.danger,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
        QPalette.ColorRole.PlaceholderText: c.muted,
        QPalette.ColorRole.Link: c.accent,
        QPalette.ColorRole.LinkVisited: c.accent,
        QPalette.ColorRole.Accent: c.accent,
        QPalette.ColorRole.ToolTipBase: c.toast,
        QPalette.ColorRole.ToolTipText: c.on_toast,
        QPalette.ColorRole.Light: c.hover,
        QPalette.ColorRole.Midlight: c.hover,
        QPalette.ColorRole.Mid: c.line,
        QPalette.ColorRole.Dark: c.border,
        QPalette.ColorRole.Shadow: c.border,
    }
    palette = QPalette()
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    return palette


def _style_sheet(c: Colours) -> str:
    """The part that a palette cannot say: type steps of labels, radii, edges of fields, scroll bars."""
    steps = "".join(
        f'QLabel[role="{role}"] {{ font-size: {size(role)}px; font-weight: {weight.value}; }}'
        for role, (_size, weight) in TYPE.items()
    )
    tones = "".join(
        f'QLabel[tone="{tone}"] {{ color: {getattr(c, tone)}; }}'
        for tone in ("muted", "accent", "on_soft", "warn", "danger", "ok", "made_up", "on_toast", "on_toast_action")
    )
    fields = "QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit"
    focused = ", ".join(f"{field}:focus" for field in fields.split(", "))
    tall = control_height()
    return f"""{steps}{tones}
    QWidget#page {{ background: {c.canvas}; }} QWidget#sidebar {{ background: {c.sidebar}; }}
    QWidget#surface {{ background: {c.surface}; }}
    QFrame#card {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {R_CARD}px; }}
    QFrame#popup {{ background: {c.surface}; border: 1px solid {c.border}; }}
    QFrame#well {{ background: {c.sunken}; border: none; border-radius: {R_CARD}px; }}
    QFrame#quote {{ background: {c.surface}; border: 1px solid {c.line}; border-left: 3px solid {c.accent};
        border-radius: {R_MARK}px; }}
    QFrame#tile {{ background: {c.accent_soft}; border-radius: {R_CARD}px; }}
    QFrame#line {{ background: {c.line}; border: none; }}
    {fields} {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; border-radius: {R_CONTROL}px;
        padding: 0 {M}px; selection-background-color: {c.accent}; selection-color: {c.on_accent};
        placeholder-text-color: {c.muted}; }}
    QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {tall - 2}px; }}
    QPlainTextEdit, QTextEdit {{ padding: {S}px {M - 4}px; }}
    {focused} {{ border: 2px solid {c.accent}; padding: 0 {M - 1}px; }}
    QPlainTextEdit:focus, QTextEdit:focus {{ padding: {S - 1}px {M - 5}px; }}
    QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ min-height: {tall - 4}px; }}
    QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled {{
        background: {c.sunken}; color: {c.muted}; border-color: {c.line}; }}
    *[fault="true"], *[fault="true"]:focus {{
        border: 2px solid {c.danger}; padding: 0 {M - 1}px; min-height: {tall - 4}px; }}
    QComboBox::drop-down {{ border: none; width: {px(32)}px; }} QComboBox::down-arrow {{ image: none; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: {px(30)}px; }}
    QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow {{ image: none; }}
    QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border};
        outline: none; padding: {XS}px; }}
    QComboBox QAbstractItemView::item {{ min-height: {tall}px; padding: 0 {S}px; }}
    QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: {XS}px; }}
    QMenu::item {{ padding: {S}px {XL}px {S}px {L}px; border-radius: {R_MARK}px; }}
    QMenu::item:selected {{ background: {c.accent_soft}; color: {c.on_soft}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: {XS}px {S}px; }}
    QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: none; }}
    QScrollBar:horizontal {{ height: {px(10)}px; background: transparent; }}
    QScrollBar:vertical {{ width: {px(10)}px; background: transparent; }}
    QScrollBar::handle {{ background: {c.border}; border-radius: 3px; margin: 2px; min-width: 40px; min-height: 40px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: none; border: none; width: 0; height: 0; }}
    QTableView#marks, QTableView#marks QHeaderView {{ background: transparent; border: none; outline: none;
        selection-background-color: transparent; }}
    QTableView#days, QTableView#days QHeaderView, QTableView#days QHeaderView::section {{ background: transparent;
        color: {c.muted}; border: none; outline: none; selection-background-color: transparent; }}
    QTableView#days QHeaderView::section {{ font-size: {size("small")}px; padding: 0; }}
    QToolTip {{ background: {c.toast}; color: {c.on_toast}; border: none; padding: 6px 10px; }}
    """


@lru_cache(maxsize=512)
def icon_pixmap(name: str, role: str = "text", side: int = 20, ratio: float = 0.0) -> QPixmap:
    """A line icon tinted with a colour role, `side` pixels square as given; `ratio` 0 is the screen's own."""
    ratio = ratio or QApplication.instance().devicePixelRatio()  # type: ignore[union-attr]
    svg = (shipped("resources") / "icons" / f"{name}.svg").read_text("utf-8")
    buffer = QBuffer()
    buffer.setData(QByteArray(svg.replace("currentColor", getattr(_use.colours, role)).encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(round(side * ratio), round(side * ratio)))
    pixmap = QPixmap.fromImage(reader.read())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
