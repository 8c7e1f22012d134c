"""What is chosen among a few: places in the side bar, tabs, switches and tick boxes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QFrame, QRadioButton, QSizePolicy

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import by_keyboard, draw_focus, spoken_keys
from rop_facilitator.gui.widgets.layout.flow import Flow


class NavItem(QAbstractButton):
    """A place in the side bar. The current one has a bar, bold words and a ground. Arrow keys go up and down."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        current: bool = False,
        count: str = "",
        place: bool = True,
        indent: bool = False,
    ) -> None:
        """`count` is what is left there; `place` is False for an act such as "New group"."""
        super().__init__()
        self.icon_name, self.indent = icon, indent
        self._count, self._ring = "", False
        self.setText(text)
        self.show_count(count)
        self.setCheckable(place)
        self.setAutoExclusive(place)
        self.setChecked(current)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_count(self, count: str, *, spoken: str = "") -> None:
        """Show what is left to do there; "" for nothing. `spoken` says of what the count is."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {spoken or count}" if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """A row of the side bar."""
        height = max(theme.px(theme.NAV_ROW), theme.metrics("strong").height() + 10)
        return QSize(self._left() + theme.metrics("strong").horizontalAdvance(self.text()) + self._right(), height)

    def minimumSizeHint(self) -> QSize:
        """A long name of a group may be cut short."""
        return QSize(self._left() + theme.px(40), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next place, Enter opens it."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._go(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        shown = [item for item in parent.findChildren(NavItem) if item.isVisible() and item.isEnabled()]
        places = sorted(shown, key=lambda item: item.mapTo(parent, QPoint(0, 0)).y())
        target = places.index(self) + step
        if 0 <= target < len(places):
            places[target].setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = by_keyboard(event, self._ring)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and bar, icon, word, count."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent_soft" if on else "hover"))
            p.drawRoundedRect(QRectF(self.rect()), theme.R_CONTROL, theme.R_CONTROL)
        if on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent"))
            p.drawRoundedRect(QRectF(0, theme.S, 3, self.height() - 2 * theme.S), 1.5, 1.5)
        self._draw_words(p, "on_soft" if on else "text")
        if self.hasFocus() and self._ring:
            draw_focus(p, QRectF(self.rect()))

    def _draw_words(self, p: QPainter, ink: str) -> None:
        on, side, middle = self.isChecked(), theme.px(20), Qt.AlignmentFlag.AlignVCenter
        if self.icon_name:
            pixmap = theme.icon_pixmap(self.icon_name, ink if on else "muted", side)
            p.drawPixmap(QPoint(theme.M, (self.height() - side) // 2), pixmap)
        p.setFont(theme.font("strong" if on else "body"))
        p.setPen(theme.colour(ink))
        space = self.width() - self._left() - self._right()
        words = p.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, space + 1)
        self.setToolTip("" if words == self.text() else self.text())
        p.drawText(QRectF(self._left(), 0, space + 2, self.height()), middle, words)
        if self._count:
            p.setFont(theme.font("small"))
            p.setPen(theme.colour("on_soft" if on else "muted"))
            box = QRectF(0, 0, self.width() - theme.M, self.height())
            p.drawText(box, middle | Qt.AlignmentFlag.AlignRight, self._count)

    def _left(self) -> int:
        return theme.M + (theme.px(20) + 10 if self.icon_name or self.indent else 0)

    def _right(self) -> int:
        return theme.metrics("small").horizontalAdvance(self._count) + 2 * theme.M if self._count else theme.S


class _Segment(QRadioButton):
    """One part of `Segments`; a radio button to keyboard and screen reader."""

    def __init__(self, text: str, keys: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self._words, self._ring = text, False
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if keys:
            self.setToolTip(f"{text}   {spoken_keys(keys)}")

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        width = theme.metrics("strong").horizontalAdvance(self._words) + theme.px(32)
        return QSize(width, theme.control_height() - 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event, self._ring)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, on = QRectF(self.rect()), self.isChecked()
        if on:
            p.setPen(QPen(theme.colour("border"), 1))
            p.setBrush(theme.colour("surface" if self.isEnabled() else "sunken"))
            p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.R_MARK, theme.R_MARK)
        if self.hasFocus() and self._ring:
            draw_focus(p, box, theme.R_MARK)
        p.setFont(theme.font("strong" if on else "body"))
        p.setPen(theme.colour("text" if self.isEnabled() and (on or self.underMouse()) else "muted"))
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words)


class Segments(QFrame):
    """Tabs of one page, or a choice of a few: a track, and the chosen part raised and bold. Arrow keys choose."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], current: int = 0, *, name: str = "", keys: Sequence[str] = ()) -> None:
        """`name` says what is chosen, to a screen reader; `keys` are told in the tool tips."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._parts: list[_Segment] = []  # the group would make them children of itself in PySide when asked for them
        track = Flow(gap=0)
        track.setContentsMargins(3, 3, 3, 3)
        for i, text in enumerate(names):
            part = _Segment(text, keys[i] if i < len(keys) else "")
            part.setChecked(i == current)
            self._group.addButton(part, i)
            self._parts.append(part)
            track.add(part)
        self.setLayout(track)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._group.idToggled.connect(self._toggled)

    def current(self) -> int:
        """The chosen part, counted from 0."""
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Choose a part; `chosen` tells when it is another one."""
        self._parts[index].setChecked(True)

    def show_chosen(self, index: int) -> None:
        """Show a part as chosen, or none with -1, and tell nobody."""
        self._group.blockSignals(True)
        if index < 0 and self.current() >= 0:
            # An exclusive group would not let go of its last choice.
            self._group.setExclusive(False)
            self._parts[self.current()].setChecked(False)
            self._group.setExclusive(True)
        elif index >= 0:
            self.choose(index)
        self._group.blockSignals(False)

    def _toggled(self, index: int, on: bool) -> None:
        if on:
            self.chosen.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The track, on which the chosen part is raised."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.colour("hover"))
        p.drawRoundedRect(QRectF(self.rect()), theme.R_CONTROL + 1, theme.R_CONTROL + 1)


class Switch(QCheckBox):
    """On or off: place of the knob, filled track and a tick. `toggled` tells."""

    def __init__(self, *, on: bool = False, name: str = "") -> None:
        super().__init__()
        self.setChecked(on)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Track and room for the ring."""
        return QSize(theme.px(44) + 6, theme.px(26) + 6)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, track, knob, tick."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, off = self.isChecked(), not self.isEnabled()
        if self.hasFocus():
            draw_focus(p, QRectF(self.rect()), self.height() / 2)
        box = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        round_ = box.height() / 2
        ink = "line" if off else "accent" if on else "border"
        p.setPen(QPen(theme.colour(ink), 1.6))
        p.setBrush(theme.colour(ink if on else "surface"))
        p.drawRoundedRect(box, round_, round_)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.colour("on_accent" if on else "border"))
        side = box.height() - 6
        knob = QRectF(box.right() - side - 3 if on else box.left() + 3, box.top() + 3, side, side)
        p.drawEllipse(knob)
        if on:
            tick = round(side * 0.78)
            at = QPoint(round(knob.center().x() - tick / 2), round(knob.center().y() - tick / 2))
            p.drawPixmap(at, theme.icon_pixmap("check", "accent", tick))


class Tick(QCheckBox):
    """A tick box with its words, both grown with the text."""

    def __init__(self, text: str, *, on: bool = False) -> None:
        super().__init__(text.replace("&", "&&"))
        self._words = text
        self.setAccessibleName(text)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: QPoint) -> bool:
        """Box and words can be clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Box and words."""
        width = theme.px(22) + theme.S + theme.metrics("body").horizontalAdvance(self._words) + theme.M
        return QSize(width, theme.control_height(small=True))

    def minimumSizeHint(self) -> QSize:
        """Never less than box and words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick, words; the ring around all."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, side = self.isChecked(), theme.px(18)
        if self.hasFocus():
            draw_focus(p, QRectF(self.rect()))
        box = QRectF(5, (self.height() - side) / 2, side, side)
        ink = "border" if not on else "accent"
        p.setPen(QPen(theme.colour(ink if self.isEnabled() else "line"), 1.6))
        p.setBrush(theme.colour(("accent" if self.isEnabled() else "border") if on else "surface"))
        p.drawRoundedRect(box, 4, 4)
        if on:
            tick = round(side * 0.8)
            at = QPoint(round(box.center().x() - tick / 2), round(box.center().y() - tick / 2))
            p.drawPixmap(at, theme.icon_pixmap("check", "on_accent", tick))
        p.setFont(theme.font("body"))
        p.setPen(theme.colour("text" if self.isEnabled() else "muted"))
        left = box.right() + theme.S
        p.drawText(QRectF(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self._words)
