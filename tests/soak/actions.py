"""What somebody may do in the window, by chance: keys, clicks, drags, sizes, looks and places. Names no page."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from rop_facilitator.documents.papers.catalogue import OF_A_MEETING, PaperRequest
from rop_facilitator.gui.routes import LOCKED_ROUTES, ROUTES
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.paths import shipped
from rop_facilitator.records.models import Group, Meeting, Membership
from rop_facilitator.settings import IDLE_MINUTES, TEXT_SIZES, THEMES
from tests.soak.scene import PASSPHRASE

K = Qt.Key
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton
# As often as they stand here.
KEYS: list[tuple[Qt.Key, Qt.KeyboardModifier]] = [
    *[(key, NONE) for key in (K.Key_Tab, K.Key_Return, K.Key_Return, K.Key_Space, K.Key_Escape, K.Key_Down) * 3],
    *[(key, NONE) for key in (K.Key_Up, K.Key_Left, K.Key_Right, K.Key_PageDown, K.Key_PageUp, K.Key_Home, K.Key_End)],
    *[(getattr(K, f"Key_{letter}"), NONE) for letter in "MSTDAKIFUH15"],
    *[(key, NONE) for key in (K.Key_Backspace, K.Key_Delete, K.Key_F2, K.Key_F6, K.Key_F9, K.Key_F1, K.Key_Menu)],
    *[(K.Key_Question, SHIFT), (K.Key_Backtab, SHIFT), (K.Key_F10, SHIFT)],
    *[(key, CTRL) for key in (K.Key_Return, K.Key_Down, K.Key_Up, K.Key_Plus, K.Key_Minus)],
    *[(getattr(K, f"Key_{letter}"), CTRL) for letter in "KZZPFAV012345"],
    *[(key, ALT) for key in (K.Key_Left, K.Key_Up, K.Key_Down)],
    (K.Key_L, CTRL),
]
_TABS = (K.Key_1, K.Key_2, K.Key_3, K.Key_4, K.Key_5)
WORDS = (
    *("Solveig", "Æsa Ødegård", "1730", "17.30", "21.11.26", "uke 5", "20.12–2.1", "24.12.2026", "31.2", "0", "-1"),
    *("90", "999999999", "fredager i juni", "x" * 300, "a\u000bb\uffffc", "\u202eabc\u200b", "=1+1", "<b>&amp;"),
    *("%s {name}", "\U0001f600", "samtale", "ferie", "kropp"),
)
SIZES = (
    (793, 806), (1366, 700), (1366, 768), (1000, 700), (960, 600), (1280, 800), (640, 480), (1920, 1080), (700, 1000),
    (1100, 620),
)  # fmt: skip


class Walker:
    """One pair of hands. Each method does one thing and gives back what it was, without a word that a leader wrote."""

    def __init__(self, window: MainWindow, random: Random, renew: Callable[[], Path]) -> None:
        """`renew` lays fresh records out and gives back where: for when the old ones are gone or no key fits."""
        self.window, self.random, self._renew = window, random, renew
        self.pages: Counter[str] = Counter()  # how many actions each page has seen
        self._at_door = 0
        self._ways: list[tuple[int, Callable[[], str]]] = [
            (34, self.press_key),
            (34, self.click),
            (5, self.type_words),
            (3, self.drag),
            (3, self.scroll),
            (2, self.double_click),
            (1, self.right_click),
            (5, self.resize),
            (3, self.change_look),
            (10, self.go),
        ]

    def act(self) -> str:
        """Do something by chance; at a locked door, rather unlock."""
        if self.window.page is not None:
            self.pages[_place_of(self.window)] += 1
        self._at_door = self._at_door + 1 if self.window.route.name in LOCKED_ROUTES else 0
        if self._at_door > 3 and self.random.random() < 0.6:
            patience = 12 if self.window.route.name == "unlock" else 60
            return self.unlock() if self._at_door < patience else self.start_anew()
        weights = [weight for weight, _way in self._ways]
        return self.random.choices(self._ways, weights)[0][1]()

    # -- keys

    def press_key(self) -> str:
        """A key, to whatever has the keyboard."""
        code, modifier = self.random.choice(KEYS)
        return self._press(code, modifier)

    def _press(self, code: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> str:
        words = f"key {_key_name(code, modifier)} on {_about(QApplication.focusWidget())}"
        popup = QApplication.activePopupWidget()
        handle = self.window.windowHandle()
        if popup is not None:
            QTest.keyClick(popup, code, modifier)
        elif handle is not None:
            QTest.keyClick(handle, code, modifier)
        return words

    def type_words(self) -> str:
        """Words into what has the keyboard, by paste when they cannot be typed; now and then with Enter."""
        focus = QApplication.focusWidget()
        at = self.random.randrange(len(WORDS))
        words = f"type text {at} into {_about(focus)}"
        if focus is None:
            return words
        if self.random.random() < 0.3:
            QTest.keyClick(focus, K.Key_A, CTRL)
        if WORDS[at].isascii() and len(WORDS[at]) < 40 and WORDS[at].isprintable():
            QTest.keyClicks(focus, WORDS[at])
        else:
            QApplication.clipboard().setText(WORDS[at])
            self._press(K.Key_V, CTRL)
        if self.random.random() < 0.5:
            self._press(K.Key_Return)
        return words

    def unlock(self) -> str:
        """The passphrase into the first field that hides what is typed."""
        for line in self.window.findChildren(QLineEdit):
            if line.isVisible() and line.isEnabled() and line.echoMode() == QLineEdit.EchoMode.Password:
                line.setFocus()
                QTest.keyClick(line, K.Key_A, CTRL)
                QTest.keyClicks(line, PASSPHRASE)
                QTest.keyClick(line, K.Key_Return)
                self.window.context.jobs.wait()
                return "unlock"
        return self.click()

    def start_anew(self) -> str:
        """As if the program had been started, on fresh records."""
        self._at_door = 0
        self.window.context.change_settings(last_database=str(self._renew()))
        self.window.begin()
        self.unlock()
        return "start anew at the door"

    # -- pointer

    def click(self) -> str:
        """Something that can be clicked; most of the time on what lies on top."""
        widget = self._something()
        if widget is None:
            return "click nothing"
        return f"click {self._at(widget, QTest.mouseClick)}"

    def double_click(self) -> str:
        """Twice, fast."""
        widget = self._something()
        return f"double click {self._at(widget, QTest.mouseDClick)}" if widget is not None else "double click nothing"

    def right_click(self) -> str:
        """What opens a menu, where there is one."""
        widget = self._something()
        if widget is None:
            return "right click nothing"
        return f"right click {self._at(widget, QTest.mouseClick, Qt.MouseButton.RightButton)}"

    def drag(self) -> str:
        """From something to somewhere, and let go."""
        widget, handle = self._something(), self.window.windowHandle()
        if widget is None or handle is None:
            return "drag nothing"
        words = f"drag {_about(widget)}"
        start = self._point(widget)
        end = QPoint(self.random.randrange(self.window.width()), self.random.randrange(self.window.height()))
        QTest.mousePress(handle, LEFT, NONE, start)
        for part in range(1, 5):
            QTest.mouseMove(handle, start + (end - start) * part / 4)
        QTest.mouseRelease(handle, LEFT, NONE, end)
        return words

    def scroll(self) -> str:
        """One of what scrolls, to somewhere."""
        areas = [area for area in self.window.findChildren(QAbstractScrollArea) if area.isVisible()]
        if not areas:
            return "scroll nothing"
        area = self.random.choice(areas)
        bar = self.random.choice((area.verticalScrollBar(), area.horizontalScrollBar()))
        bar.setValue(self.random.randint(bar.minimum(), max(bar.minimum(), bar.maximum())))
        return f"scroll {_about(area)}"

    def _at(self, widget: QWidget, act: Callable[..., None], button: Qt.MouseButton = LEFT) -> str:
        """Do it where the widget is shown, through the window as the system would; say what it was."""
        words = _about(widget)
        handle = self.window.windowHandle()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            QTest.mouseClick(popup, LEFT, NONE, _within(self.random, popup.rect()))
            return f"menu instead of {words}"
        if handle is not None:
            act(handle, button, NONE, self._point(widget))
        return words

    def _point(self, widget: QWidget) -> QPoint:
        """A point of the widget in the window, scrolled into view first."""
        area = widget.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea):
                area.ensureWidgetVisible(widget, 10, 10)
            area = area.parentWidget()
        shown = widget.visibleRegion().boundingRect()
        box = shown if not shown.isEmpty() else widget.rect()
        inside = box.center() if isinstance(widget, QAbstractButton) else _within(self.random, box)
        point, room = widget.mapTo(self.window, inside), self.window.rect()
        return point if room.contains(point) else room.center()  # it is out of sight, and nobody can click there

    def _something(self) -> QWidget | None:
        """A widget that can be clicked: found by what it is, not by which page it is on."""
        overlay = self.window.overlay
        root: QWidget = overlay if overlay is not None and self.random.random() < 0.8 else self.window
        page = self.window.page
        if root is self.window and page is not None and self.random.random() < 0.8:
            root = page
        parts = [part for part in root.findChildren(QWidget) if part.isVisible() and part.isEnabled() and _active(part)]
        return self.random.choice(parts) if parts else None

    # -- the window

    def resize(self) -> str:
        """To a size that somebody has."""
        width, height = self.random.choice(SIZES)
        self.window.resize(width, height)
        return f"resize {width} × {height}"

    def change_look(self) -> str:
        """Language, colours, size of text, font: as the settings page does it."""
        name, values = self.random.choice(
            (
                ("language", ("nb", "en")),
                ("theme", THEMES),
                ("text_percent", TEXT_SIZES),
                ("system_font", (True, False)),
                ("idle_minutes", IDLE_MINUTES),
            )
        )
        value: Any = self.random.choice(values)
        self.window.context.change_settings(**{name: value})
        return f"set {name} to {value}"

    def go(self) -> str:
        """To any place that the window knows, with arguments of the kinds that it asks for."""
        context = self.window.context
        if not context.is_open:
            return self.click()
        name = self.random.choice([name for name in ROUTES if name not in LOCKED_ROUTES])
        arguments = self._arguments(ROUTES[name])
        if arguments is None:
            return self.click()
        self.window.go(name, *arguments)
        if self.random.random() < 0.5:
            return f"go to {name}, {self._press(self.random.choice(_TABS), CTRL)}"
        return f"go to {name}"

    def _arguments(self, factory: Callable[..., object]) -> list[object] | None:
        """By the names of the parameters; None where there is no such thing, or its kind is not known here."""
        parameters = list(inspect.signature(factory).parameters.values())[1:]
        values: list[object] = []
        things = self._things()
        for parameter in parameters:
            if parameter.name not in things:
                if parameter.default is inspect.Parameter.empty:
                    return None
                break
            if things[parameter.name] is None:
                return None
            values.append(things[parameter.name])
        return values

    def _things(self) -> dict[str, object]:
        """One of each kind of thing that routes are about, of one group."""
        with self.window.context.read() as db:
            groups = [group_id for (group_id,) in db.query(Group.id)]
            group_id = self.random.choice(groups) if groups else None
            meetings = db.query(Meeting.id, Meeting.on).filter(Meeting.group_id == group_id).all()
            people = db.query(Membership.id, Membership.participant_id).filter(Membership.group_id == group_id).all()
        meeting_id, on = self.random.choice(meetings) if meetings else (None, None)
        membership_id, participant_id = self.random.choice(people) if people else (None, None)
        sessions = [session.id for curriculum in self.window.context.library for session in curriculum.sessions]
        kind = self.random.choice((*OF_A_MEETING, "term-plan", "register", "invitation", "certificate", "agreement"))
        request = PaperRequest(kind, on if kind in OF_A_MEETING else None) if on is not None else None
        return {
            "group_id": group_id,
            "meeting_id": meeting_id,
            "membership_id": membership_id,
            "participant_id": participant_id,
            "person_id": participant_id,
            "session_id": self.random.choice(sessions) if sessions else None,
            "request": request,
        }


def _place_of(window: MainWindow) -> str:
    """The page by its class, with the tab that is open where it has tabs, and the card that lies over it."""
    tab = getattr(window.page, "tab", None)
    parts = (window.page, tab, window.overlay)
    return "·".join(type(part).__name__ for part in parts if isinstance(part, QWidget))


def _active(widget: QWidget) -> bool:
    """Whether a click on it may do something: a control, or a class of ours that hears the pointer."""
    if isinstance(widget, QAbstractButton | QAbstractItemView) or widget.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        return True
    ours = (kind for kind in type(widget).__mro__ if kind.__module__.startswith("rop_facilitator."))
    return any(name in vars(kind) for kind in ours for name in ("mousePressEvent", "mouseReleaseEvent"))


def _within(random: Random, box: QRect) -> QPoint:
    return QPoint(
        random.randint(box.left(), max(box.left(), box.right())),
        random.randint(box.top(), max(box.top(), box.bottom())),
    )


def _key_name(code: Qt.Key, modifier: Qt.KeyboardModifier) -> str:
    signs = {CTRL: "Ctrl+", ALT: "Alt+", SHIFT: "Shift+"}
    return signs.get(modifier, "") + code.name.removeprefix("Key_")


def _about(widget: QWidget | None) -> str:
    """Its class and those around it; its words only when they are the program's own."""
    if widget is None:
        return "nothing"
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    quoted = f" “{text}”" if text and text in _own_words() else ""
    return type(widget).__name__ + quoted + " in " + "/".join(_around(widget))


def _around(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    while parent is not None:
        if type(parent).__module__.startswith("rop_facilitator.") and type(parent).__name__ not in ("Area", "_Scroll"):
            yield type(parent).__name__
        parent = parent.parentWidget()


@cache
def _own_words() -> frozenset[str]:
    """All texts of the program in both languages: what is not among them, a leader may have written."""
    with (shipped("resources") / "locale" / "nb" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        pairs = vars(GNUTranslations(file))["_catalog"].items()
    keys = (key[0] if isinstance(key, tuple) else key for key, _text in pairs)
    return frozenset(key.rpartition("\x04")[2] for key in keys) | {text for _key, text in pairs}
