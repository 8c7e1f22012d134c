"""What the tabs of a group have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui.context import AppContext
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, NamesShown
from rop_facilitator.records.storage.database import Session

T = TypeVar("T")


class GroupTab(QWidget):
    """One tab. It is given the group whole, and saves each change in one transaction."""

    open_meeting = Signal(int)  # meeting id
    print_wanted = Signal(object)  # PaperRequest
    edit_wanted = Signal(str)  # a fact of the group that is to be changed, as "until"
    place_wanted = Signal(object)  # EventPlace outside this tab

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.group: Group | None = None

    def show_group(self, group: Group) -> None:
        """Show the group as it is now."""
        self.group = group

    @property
    def read_only(self) -> bool:
        """Whether the group is archived: then no act is shown that would change it."""
        return self.group is not None and self.group.archived is not None

    def head_buttons(self) -> list[QWidget]:
        """The buttons that stand in the head of the page while this tab is shown."""
        return []

    def keys(self) -> list[tuple[str, str]]:
        """The tab's own keys, for the overview."""
        return []

    def first_focus(self) -> QWidget | None:
        """What gets the keyboard when the tab is shown."""
        return None

    def state(self) -> object:
        """Where the tab is, so that coming back finds the same: None for a tab that has only one place."""
        return None

    def restore(self, state: object) -> None:
        """Go to a place that `state` has told; what is gone by now is left alone."""

    @property
    def names(self) -> NamesShown:
        """How people are named on the screen now: numbers only while names are hidden."""
        if self.context.names_hidden or self.group is None:
            return NamesShown.NUMBER
        return self.group.names_shown

    def save(self, action: Action, command: Callable[[Session, Group], T]) -> T | None:
        """Run a command on the group in one transaction; a refusal is told the leader, and None given back."""
        if self.group is None:
            return None
        group_id = self.group.id
        return self.context.save(action, lambda db: command(db, load_group(db, group_id)))
