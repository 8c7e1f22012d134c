"""Where the keyboard is, and where it goes next.

Nothing here, and nothing else in the program, asks a widget for its neighbour in the tab order or for the child that
has focus: PySide makes what those calls give back a child of the widget that was asked, and takes it for dead as soon
as that one goes. Stops are searched among the children instead, which changes nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from weakref import ref

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import Shiboken

_REMEMBERED = 50
_BY_TAB = Qt.FocusPolicy.TabFocus


def tab_stops(area: QWidget) -> list[QWidget]:
    """What the Tab key stops at in an area, in reading order: line by line, and from left to right in each."""
    stops = [widget for widget in area.findChildren(QWidget) if _takes_keys(widget)]
    if _takes_keys(area):
        stops.insert(0, area)
    corners = {widget: widget.mapTo(area, QPoint(0, 0)) for widget in stops}
    lines: list[list[QWidget]] = []
    bottom = 0
    for widget in sorted(stops, key=lambda widget: (corners[widget].y(), corners[widget].x())):
        top = corners[widget].y()
        # What stands on a line is of different heights: whose middle is above the foot of the first is on its line.
        if not lines or top + widget.height() // 2 >= bottom:
            lines.append([])
            bottom = top + widget.height()
        lines[-1].append(widget)
    return [widget for line in lines for widget in sorted(line, key=lambda widget: corners[widget].x())]


def put_after(before: QWidget, area: QWidget) -> None:
    """Let Tab go from the last stop of an area into another one that is made later: else that is last in the window."""
    stops = [widget for widget in (before, *before.findChildren(QWidget)) if widget.focusPolicy() & _BY_TAB]
    for widget in area.findChildren(QWidget):
        if stops and widget.focusPolicy() & _BY_TAB:
            QWidget.setTabOrder(stops[-1], widget)
            stops.append(widget)


def focus_within(area: QWidget) -> QWidget | None:
    """What has the keyboard, if that is the area itself or something in it."""
    focus = QApplication.focusWidget()
    return focus if focus is not None and _holds(area, focus) else None


def can_take_focus(widget: QWidget | None) -> bool:
    """Whether a widget that was kept in mind still exists and is shown: its page may have been made anew."""
    return widget is not None and Shiboken.isValid(widget) and widget.isVisible() and widget.isEnabled()


class FocusPath(QObject):
    """What had the keyboard lately, so that each part of the window gets it back where it was."""

    def __init__(self) -> None:
        super().__init__()
        self._lately: deque[ref[QWidget]] = deque(maxlen=_REMEMBERED)

    def note(self, target: QObject | None) -> None:
        """Slot for QGuiApplication.focusObjectChanged."""
        if isinstance(target, QWidget):
            # Weakly: to be remembered keeps nothing alive. Pages are dropped whenever another is opened.
            self._lately.append(ref(target))

    def next_pane(self, panes: Sequence[QWidget]) -> None:
        """Give the keyboard to the next part of the window (F6): to what had it there last, else to the first stop."""
        shown = [pane for pane in panes if pane.isVisible()]
        at = next((n for n, pane in enumerate(shown) if focus_within(pane) is not None), -1)
        for step in range(1, len(shown) + 1):
            target = self._target(shown[(at + step) % len(shown)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def catch(self) -> bool:
        """Give the keyboard away where what had it was hidden or disabled, by its own act most often.

        Qt would take the next stop, whatever that does at the next Enter. It goes to what had it before and is no push
        button instead: the nearest first, in the same card, then in the same page; else to the page itself. False where
        what has the keyboard is still there, as when Tab is pressed, and where its page is gone.
        """
        lost = self._lately[-1]() if self._lately else None
        if lost is None or not Shiboken.isValid(lost) or can_take_focus(lost):
            return False
        area, page = lost.parentWidget(), None
        while area is not None and not area.isWindow():
            if can_take_focus(area):
                page = area
                if (target := self._before(area)) is not None:
                    target.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
            area = area.parentWidget()
        if page is None:
            return False
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _before(self, area: QWidget) -> QWidget | None:
        """What had the keyboard last in an area, and does nothing at Enter that cannot be seen."""
        for weak in reversed(self._lately):
            widget = weak()
            if widget is None or not Shiboken.isValid(widget) or isinstance(widget, QPushButton):
                continue
            if _takes_keys(widget) and area.isAncestorOf(widget):
                return widget
        return None

    def _target(self, pane: QWidget) -> QWidget | None:
        for weak in reversed(self._lately):
            widget = weak()
            if widget is not None and Shiboken.isValid(widget) and _takes_keys(widget) and _holds(pane, widget):
                return widget
        return next(iter(tab_stops(pane)), None)


def _holds(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


class KeyboardWindow(QWidget):
    """A window in which the keyboard is never left to chance."""

    def __init__(self) -> None:
        super().__init__()
        self.focus_path = FocusPath()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusObjectChanged.connect(self.focus_path.note)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt asks for the next stop at Tab, and when what has the keyboard is hidden or disabled."""
        return self.focus_path.catch() or super().focusNextPrevChild(forward)
