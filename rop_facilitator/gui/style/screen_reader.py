"""What a screen reader is told beside what Qt tells it: sentences, and rows whose name is another one now."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

try:
    from PySide6.QtGui import QAccessibleAnnouncementEvent
except ImportError:  # before Qt 6.8
    QAccessibleAnnouncementEvent = None  # type: ignore[assignment, misc]


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Let a screen reader say `text` when it has finished its sentence, or `at_once`."""
    if QAccessibleAnnouncementEvent is None:
        widget.setAccessibleDescription(text)
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
    QAccessible.updateAccessibility(event)


def announce_new_name(view: QWidget, child: int) -> None:
    """The name of a child, a row of a list for example, is another one now: a reader that is there reads it anew."""
    event = QAccessibleEvent(view, QAccessible.Event.NameChanged)
    event.setChild(child)
    QAccessible.updateAccessibility(event)
