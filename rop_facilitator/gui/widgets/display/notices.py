"""What the window says: a notice in its place, progress with a way out, and a toast with undo."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.style.screen_reader import announce
from rop_facilitator.gui.widgets.display.progress_bar import Bar
from rop_facilitator.gui.widgets.inputs.buttons import Button, spoken_keys
from rop_facilitator.gui.widgets.layout.boxes import Area, Image, column, flow, label, row
from rop_facilitator.i18n import _

TOAST_MILLISECONDS = 8000
WAIT_MILLISECONDS = 1000


def plain_words(markup: str) -> str:
    """Our own markup without its signs, for the ear."""
    from html import unescape

    return unescape(re.sub(r"<[^>]*>", "", markup))


class Toast(QFrame):
    """What was done, and its undo by name. It stays 8 seconds, and longer under the pointer or with focus."""

    undo = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Hidden until `show_message`; it has a place of its own in the window and lies over nothing. See `stand`."""
        super().__init__(parent)
        self._words = label("", "body", "on_toast")
        self._keys = label("", "small", "on_toast_action", wrap=False)
        self._button = Button(_("Undo"), "toast", small=True, clicked=self._undo)
        self._inner = row(gap=theme.M, edge=(theme.L, theme.S, theme.L, theme.S))
        self._inner.addWidget(self._words, 1)
        self._inner.addLayout(row(self._button, self._keys, "stretch", gap=theme.M))
        self.setLayout(self._inner)
        self._timer = QTimer(self, singleShot=True, interval=TOAST_MILLISECONDS)
        self._timer.timeout.connect(self._time_is_up)
        self._button.installEventFilter(self)
        self.hide()

    def stand(self, lane: QBoxLayout, *, narrow: bool) -> None:
        """Take a place at the end of a layout; in a narrow one the words stand over the button."""
        if lane.indexOf(self) < 0:
            shown = not self.isHidden()
            lane.addWidget(self)
            self.setVisible(shown)
        self._inner.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.setContentsMargins(*((0, theme.S, 0, theme.S) if narrow else (36, theme.S, 36, theme.M)))

    def show_message(self, text: str, *, undo: str = "", keys: str = "Ctrl+Z") -> None:
        """Tell what was done; `undo` is the word on the button, "" when it cannot be undone."""
        self._words.setText(text)
        self._button.setText(undo or _("Undo"))
        self._button.set_name(f"{undo}: {text}" if undo else _("Undo"))
        self._button.setVisible(bool(undo))
        self._keys.setText(spoken_keys(keys))
        self._keys.setVisible(bool(undo and keys))
        self.show()
        self._timer.start()
        heard = [text, f"{undo}: {spoken_keys(keys)}" if undo and keys else ""]
        announce(self, ". ".join(part.rstrip(".") for part in heard if part), at_once=True)

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def _undo(self) -> None:
        self.hide()
        self.undo.emit()

    def _time_is_up(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin the 8 seconds anew when focus goes."""
        if watched is self._button and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._timer.start()
        return False

    def leaveEvent(self, event: QEvent) -> None:
        """Begin the 8 seconds anew when the pointer goes."""
        if self.isVisible():
            self._timer.start()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dark ground."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(theme.colour("toast" if theme.now().toast != theme.now().on_toast_action else "on_toast"))
        p.setBrush(theme.colour("toast"))
        p.drawRoundedRect(QRectF(self.contentsRect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)


class Strip(QFrame):
    """A notice where its matter is: one sentence and one act. tone: "warn", "danger", "ok", "accent"."""

    ICONS = {"warn": "warning", "danger": "warning", "ok": "check", "accent": "info"}  # noqa: RUF012

    def __init__(self, text: str, tone: str, *actions: QWidget, rich: bool = False) -> None:
        """`rich` says that `text` is our own markup, with every name in it escaped."""
        super().__init__()
        self.tone, self._rich = tone, rich
        self._icon = Image(self.ICONS[tone], "on_soft" if tone == "accent" else tone, 20)
        self._words = label(text, "body", rich=rich)
        acts = [flow(*actions, gap=theme.S, right=True)] if actions else []
        inner = row(self._icon, self._words, *acts, gap=theme.M, edge=(theme.L, theme.S, theme.M, theme.S))
        inner.setStretchFactor(self._words, 1)
        inner.addStrut(theme.px(36))
        self.setLayout(inner)

    def show_message(self, text: str, tone: str = "") -> None:
        """Change the sentence, and the tone when given; it is heard where it can be seen."""
        if text != self._words.text() and self.isVisible():
            announce(self, plain_words(text) if self._rich else text)
        self._words.setText(text)
        if tone:
            self.tone = tone
            self._icon.show_icon(self.ICONS[tone], "on_soft" if tone == "accent" else tone)
        self.update()

    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def showEvent(self, event: QShowEvent) -> None:
        """Heard when it comes, and not again when the window comes back."""
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, plain_words(self.text()) if self._rich else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Soft ground and a bar of 4."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.soft(self.tone))
        p.drawRoundedRect(QRectF(self.rect()), theme.R_CONTROL, theme.R_CONTROL)
        p.setBrush(theme.colour("on_soft" if self.tone == "accent" else self.tone))
        p.drawRoundedRect(QRectF(0, theme.S, 4, self.height() - 2 * theme.S), 2, 2)


class ProgressNotice(Area):
    """What is being done: its name, how far, a bar, and a way out by button or Esc. It blocks nothing."""

    cancelled = Signal()

    def __init__(self) -> None:
        """Hidden until `begin`, and then until a second has passed: what is quick needs no bar."""
        self._title = label("", "strong")
        self._count = label("", "body", "muted", wrap=False)
        self._button = Button(_("Cancel"), "quiet", "close", "Esc", small=True)
        self._bar = Bar()
        head = row(gap=theme.M)
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        head.addWidget(self._button)
        super().__init__(column(head, self._bar, gap=theme.S, edge=(theme.L, theme.M, theme.L, theme.L)), "well")
        self._button.setShortcut("Esc")
        self._button.clicked.connect(self._cancel)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MILLISECONDS)
        self._timer.timeout.connect(self._show)
        self.hide()

    def begin(self, title: str) -> None:
        """Name what begins now; the bar shows itself after a second."""
        self._title.setText(title)
        self._button.setEnabled(True)
        self.step(0, 0)
        self._timer.start()

    def step(self, done: int, total: int) -> None:
        """So many of so many are done; a `total` of 0 is not known yet."""
        self._count.setText(_("{done} of {total}").format(done=done, total=total) if total else "")
        self._bar.show_part(done / total if total else 0.0)

    def end(self) -> None:
        """It is over, well or not: nothing more to show."""
        self._timer.stop()
        self.hide()

    def _show(self) -> None:
        self.show()
        announce(self, self._title.text())

    def _cancel(self) -> None:
        self._button.setEnabled(False)
        self.cancelled.emit()
