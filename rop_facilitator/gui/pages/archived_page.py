"""The groups that are archived: to be read, or brought back."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import (
    card,
    clear,
    column,
    label,
    line,
    page_edge,
    panel,
    scroll,
    task_row,
)
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.group.archived_groups import archived_groups, unarchive_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.storage.database import Session


class ArchivedPage(Page):
    """A row a group: since when, and two acts."""

    shows: ClassVar[frozenset[str]] = frozenset({"Group"})

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._rows = column(gap=0)
        self.buttons: list[Button] = []
        self._card = card(panel(self._rows), edge=(theme.XL, theme.M, theme.XL, theme.M))
        why = _("A group that is finished can be archived under Edit group. It stands here then.")
        self._empty = Empty("archive", _("No group is archived"), why)
        body = panel(column(self._card, self._empty, "stretch", edge=(36, 0, 36, theme.XL)), "scrolled")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel(page_edge(column(label(_("Archived groups"), "title"), edge=(36, 28, 36, theme.M)))))
        whole.addWidget(scroll(body), 1)
        self.reload()

    def reload(self) -> None:
        """Read the archived groups anew."""
        clear(self._rows)
        self.buttons = []
        with self.context.read() as db:
            groups = archived_groups(db)
        for at, group in enumerate(groups):
            if at:
                self._rows.addWidget(line())
            since = _("Archived on {day}").format(day=long_date(group.archived or self.context.today()))
            read = Button(_("Read"), "plain", name=_("Read {name}").format(name=group.name))
            read.clicked.connect(partial(self.open_group.emit, group.id))
            back = Button(_("Bring back"), "plain", "undo", name=_("Bring back {name}").format(name=group.name))
            back.clicked.connect(partial(self._bring_back, group.id))
            self.buttons += [read, back]
            self._rows.addLayout(task_row("group", group.name, since, read, back))
        self._card.setVisible(bool(groups))
        self._empty.setVisible(not groups)

    def first_focus(self) -> QWidget | None:
        """The button that reads the first group."""
        return self.buttons[0] if self.buttons else None

    def _bring_back(self, group_id: int) -> None:
        def command(db: Session) -> bool:
            unarchive_group(load_group(db, group_id))
            return True

        if self.context.save(Action.GROUP_BROUGHT_BACK, command):
            self.context.notify(_("Brought the group back."), undoable=True)
