"""Boxes, text and fields: the small words that a page is written in."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.layout.flow import STRETCH as STRETCH
from rop_facilitator.gui.widgets.layout.flow import Flow
from rop_facilitator.gui.widgets.layout.flow import flow as flow

_PAGE_EDGE = "page_edge"

Item = QWidget | QLayout | int | str
Edge = int | tuple[int, int, int, int]


def _fill(layout: QBoxLayout, items: Iterable[Item], gap: int, edge: Edge) -> QBoxLayout:
    layout.setSpacing(gap)
    left, top, right, bottom = edge if isinstance(edge, tuple) else (edge,) * 4
    layout.setContentsMargins(left, top, right, bottom)
    for item in items:
        add(layout, item)
    return layout


def add(layout: QBoxLayout, item: Item) -> None:
    """Put one thing at the end of a box: a widget, a layout, a space in pixels or STRETCH."""
    if isinstance(item, QWidget):
        layout.addWidget(item)
    elif isinstance(item, QLayout):
        layout.addLayout(item)
    elif isinstance(item, int):
        layout.addSpacing(item)
    else:
        layout.addStretch(1)


def row(*items: Item, gap: int = theme.M, edge: Edge = 0) -> QBoxLayout:
    """Things side by side, centred on one line. For buttons and legends that must not clip, take `flow`."""
    layout = _fill(QHBoxLayout(), items, gap, edge)
    for i in range(layout.count()):
        item = layout.itemAt(i)
        if item is not None and _is_one_line(item):
            item.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return layout


def _is_one_line(item: QLayoutItem) -> bool:
    """Widgets that do not want all the height, and wrapping rows, stand in the middle of a row."""
    widget = item.widget()
    if widget is None:
        return isinstance(item.layout(), Flow)
    return widget.sizePolicy().verticalPolicy() != QSizePolicy.Policy.Expanding


def page_edge(layout: QBoxLayout) -> QBoxLayout:
    """The edge of a page: narrower above and below where the window is low."""
    layout.setProperty(_PAGE_EDGE, layout.contentsMargins())
    return layout


def fit_page_edges(page: QWidget, *, low: bool) -> None:
    """Give the edges of a page what its window has room for."""
    for layout in page.findChildren(QLayout):
        usual = layout.property(_PAGE_EDGE)
        if isinstance(usual, QMargins):
            narrow = QMargins(usual.left(), min(usual.top(), theme.L), usual.right(), min(usual.bottom(), theme.L))
            layout.setContentsMargins(narrow if low else usual)


def tops(*items: Item, gap: int = theme.XL, edge: Edge = 0) -> QBoxLayout:
    """Columns of equal height, side by side."""
    return _fill(QHBoxLayout(), items, gap, edge)


def column(*items: Item, gap: int = theme.S, edge: Edge = 0) -> QBoxLayout:
    """Things below each other."""
    return _fill(QVBoxLayout(), items, gap, edge)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it, before it is filled anew."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            # It lives until the event loop comes round, so it is hidden: it would lie over what is put in its place.
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


class Area(QFrame):
    """A ground under a layout; a `wide` one keeps that width at 100 % and grows with the text."""

    def __init__(self, layout: QLayout, name: str = "", wide: int = 0) -> None:
        super().__init__()
        self._wide = wide
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, bool(name))
        self.setLayout(layout)
        if wide:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As wide as asked, as high as the content needs at that width."""
        hint = super().sizeHint()
        return QSize(theme.px(self._wide), hint.height()) if self._wide else hint


def panel(layout: QLayout, name: str = "", width: int = 0) -> Area:
    """A plain or named ("page", "sidebar", "surface", "quote") ground; `width` in pixels at 100 %."""
    return Area(layout, name, width)


def card(*items: Item, gap: int = theme.S, edge: Edge = theme.XL, name: str = "card", width: int = 0) -> Area:
    """A white sheet with a hairline. No card in a card: use `well` inside."""
    return Area(column(*items, gap=gap, edge=edge), name, width)


def well(*items: Item, gap: int = theme.S, edge: Edge = theme.L) -> Area:
    """A sunken ground, for a thing within a card."""
    return card(*items, gap=gap, edge=edge, name="well")


class Label(QLabel):
    """Text that wraps when room is short and else keeps to one line, up to the width of a reading column."""

    def sizeHint(self) -> QSize:
        """The whole text on one line, or as many lines as it needs within a reading column."""
        if not self.wordWrap():
            return super().sizeHint()
        self.ensurePolished()
        width = min(self._natural_width(), theme.px(theme.READING))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The longest word: so narrow it may be, and no narrower."""
        if not self.wordWrap() or self.textFormat() != Qt.TextFormat.PlainText:
            return super().minimumSizeHint()
        self.ensurePolished()
        words = self.text().split() or [""]
        width = max(self.fontMetrics().horizontalAdvance(word) for word in words) + 2 * self.margin() + 1
        return QSize(width, self.fontMetrics().height())

    def _natural_width(self) -> int:
        if self.textFormat() == Qt.TextFormat.PlainText:
            lines = self.text().split("\n")
            return max(self.fontMetrics().horizontalAdvance(line) for line in lines) + 2 * self.margin() + 2
        from PySide6.QtGui import QTextDocument

        document = QTextDocument()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        document.setHtml(self.text())
        return round(document.idealWidth()) + 2 * self.margin() + 2


class _Elided(QLabel):
    """One line that ends in … where room is short; the whole text is its tool tip then."""

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(48), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.text()
        shown = QFontMetrics(self.font()).elidedText(whole, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(whole if shown != whole else "")
        p = QPainter(self)
        p.setPen(self.palette().color(self.foregroundRole()))
        p.drawText(self.rect(), self.alignment(), shown)


def label(
    text: str,
    role: str = "body",
    tone: str = "",
    *,
    wrap: bool = True,
    elide: bool = False,
    rich: bool = False,
    lines: int = 0,
    centred: bool = False,
) -> QLabel:
    """Text in a step of the scale.

    It is plain unless `rich` says that it is our own markup (names and titles must be escaped then, with
    `html.escape`). `lines` is the line height of running text in per cent of the font's own: 118 for reading.
    """
    text_label = _Elided() if elide else Label()
    text_label.setTextFormat(Qt.TextFormat.RichText if rich or lines else Qt.TextFormat.PlainText)
    if lines:
        from html import escape

        text = f'<p style="line-height:{lines}%;margin:0">{text if rich else escape(text)}</p>'
    text_label.setText(text)
    text_label.setProperty("role", role)
    text_label.setProperty("tone", tone)
    text_label.setWordWrap(wrap and not elide)
    if centred:
        text_label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
    return text_label


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Change a property that the style sheet looks at, such as the "tone" or "role" of a label."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is styled when it is first seen
        # Qt looks at the properties that a rule names only while it polishes.
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Line(QFrame):
    """A hairline between rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("line")
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def line() -> Line:
    """A hairline between rows."""
    return Line()


class Image(QWidget):
    """A tinted line icon that follows colours and text size. Decoration: the words stand beside it."""

    def __init__(self, name: str, role: str = "muted", side: int = 20) -> None:
        super().__init__()
        self.icon_name, self.role, self._side = name, role, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: str = "muted") -> None:
        """Show another icon."""
        self.icon_name, self.role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        """Square, grown with the text."""
        return QSize(theme.px(self._side), theme.px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon."""
        QPainter(self).drawPixmap(0, 0, theme.icon_pixmap(self.icon_name, self.role, theme.px(self._side)))


def image(name: str, role: str = "muted", side: int = 20) -> Image:
    """A tinted line icon."""
    return Image(name, role, side)


def fact(icon: str, text: str, tone: str = "") -> QBoxLayout:
    """An icon and a short text."""
    words = label(text, "body", tone)
    layout = row(image(icon, "muted", 18), words, gap=theme.S)
    layout.setStretchFactor(words, 1)
    return layout


def task_row(icon: str, title: str, why: str, *actions: QWidget) -> QBoxLayout:
    """A list row: icon, what, why in small, and what can be done about it."""
    words = column(label(title, "strong"), label(why, "small", "muted"), gap=2)
    acts = [flow(*actions, gap=theme.S, right=True)] if actions else []
    layout = row(image(icon, "accent", 20), words, *acts, gap=theme.M, edge=(0, theme.M, 0, theme.M))
    layout.setStretchFactor(words, 1)
    return layout


class _Scroll(QScrollArea):
    """A page body that scrolls down, never sideways unless a single word needs it.

    Qt measures the whole body each time that the area gets another parent, and styles all of it anew, four times on
    the way into the window. So the area takes its body when it has its place, just before it is first seen.
    """

    def __init__(self, body: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewport(QWidget())  # without a ground; asking for Qt's own makes PySide build all classes of widgets
        body.setParent(self.viewport())
        self._body = body

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.widget() is None:
            self.setWidget(self._body)
            self._body.setAutoFillBackground(False)  # `setWidget` turned it on: it would hide the ground of the page
        else:
            super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return self._body.sizeHint()


def scroll(page: QWidget) -> QScrollArea:
    """`page` in an area that scrolls when it is higher than the window; what gets focus is scrolled into view."""
    return _Scroll(page)
