"""A group that is archived says so once on each of its pages, with the way back."""

from __future__ import annotations

from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.i18n import _
from rop_facilitator.records.group.archived_groups import unarchive_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group
from rop_facilitator.records.storage.database import Session


class ArchivedStrip(Strip):
    """Hidden while the group goes on."""

    def __init__(self, context: AppContext, group_id: int) -> None:
        self._context, self._group_id = context, group_id
        self.bring_back = Button(_("Bring back"), "plain", "undo", small=True, clicked=self._bring_back)
        super().__init__(_("The group is archived, and can only be read."), "accent", self.bring_back)
        self.hide()

    def show_group(self, group: Group) -> None:
        """Whether it is archived now."""
        self.setVisible(group.archived is not None)

    def _bring_back(self) -> None:
        def act(db: Session) -> bool:
            unarchive_group(load_group(db, self._group_id))
            return True

        if self._context.save(Action.GROUP_BROUGHT_BACK, act):
            self._context.notify(_("Brought the group back."), undoable=True)
