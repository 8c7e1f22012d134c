"""The people of a group as one field, where there is no room for the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from rop_facilitator.gui.pages.group_page.people.people_list import ListedPerson
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import Choice
from rop_facilitator.gui.widgets.layout.boxes import Area, row
from rop_facilitator.i18n import _


class PeopleChoice(Area):
    """The field, and beside it the button that asks for one more."""

    picked = Signal(int)  # line of the list
    add_wanted = Signal()

    def __init__(self) -> None:
        inner = row(gap=theme.M)
        super().__init__(inner)
        self.choice = Choice()
        self.add = Button("", "plain", "plus", name=_("New participant"), clicked=self.add_wanted.emit)
        inner.addWidget(self.choice, 1)
        inner.addWidget(self.add)
        self.choice.setAccessibleName(_("Participants"))
        self.choice.activated.connect(self.picked)

    def show_people(self, people: Sequence[ListedPerson], at: int) -> None:
        """The lines of the list, and which of them is chosen."""
        words = [f"{person.name} · {person.right}" if person.right else person.name for person in people]
        if words != [self.choice.itemText(index) for index in range(self.choice.count())]:
            self.choice.clear()
            self.choice.addItems(words)
        self.choice.setCurrentIndex(at)
