"""Help numbers: where each prints and when somebody checked it, and the service's own to fill in."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from rop_facilitator.documents.page import local_help_number
from rop_facilitator.documents.page.help_numbers import OWN, Contact, known_contacts
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.settings_page.part_base import Part, Sides, choice, choices
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import field, text_field
from rop_facilitator.gui.widgets.layout.boxes import card, column, flow, label
from rop_facilitator.i18n import _, day_and_month, language


class NumbersPart(Part):
    """They close every sheet for participants. They lie in one file that can also be edited by hand."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Help numbers"))
        self.contacts, problems = known_contacts()
        for problem in problems:
            self.items.addWidget(Strip(str(problem), "warn"))
        # By place: a number of a leader's own file may have no use to know it by.
        self.local: dict[int, QLineEdit] = {}
        self.notes: dict[int, QLabel] = {}
        self.checks: dict[int, Button] = {}
        self.items.addWidget(self._ours())
        rows = [self._row(at) for at, contact in enumerate(self.contacts) if contact.use != OWN]
        self.items.addWidget(choices(*rows))
        self.items.addWidget(self._all())

    def _own(self) -> int | None:
        """The place of the number of those who lead the groups."""
        return next((at for at, contact in enumerate(self.contacts) if contact.local and contact.use == OWN), None)

    def _ours(self) -> QWidget:
        own = self._own()
        contact, speech = (self.contacts[own] if own is not None else None), language()
        self.number = text_field(contact.number if contact else "", "55 00 00 00")
        self.name = text_field(contact.name[speech] if contact else "", _("The group leaders"))
        self.when = text_field(contact.when[speech] if contact else "", _("Weekdays 9 to 3"))
        for entry in (self.number, self.name, self.when):
            entry.editingFinished.connect(self._save)
        return card(
            label(_("Ours"), "strong"),
            label(
                _("Printed last on every sheet. As long as the number is empty, nothing is printed."), "small", "muted"
            ),
            theme.S,
            flow(
                field(_("Number"), self.number),
                field(_("Who answers"), self.name),
                field(_("When"), self.when),
                gap=theme.L,
            ),
            *([Sides(column(self._note(own), gap=2), self._check_button(own))] if own is not None else []),
        )

    def _note(self, at: int) -> QLabel:
        self.notes[at] = label(contact_note(self.contacts[at]), "small", "muted")
        return self.notes[at]

    def _check_button(self, at: int) -> Button:
        name = self.contacts[at].name[language()]
        spoken = _("{name}: checked today").format(name=name)
        button = Button(_("Checked today"), "plain", small=True, name=spoken, clicked=partial(self._check, at))
        button.setEnabled(bool(self.contacts[at].number.strip()))
        self.checks[at] = button
        return button

    def _refresh(self, at: int) -> None:
        self.notes[at].setText(contact_note(self.contacts[at]))
        self.checks[at].setEnabled(bool(self.contacts[at].number.strip()))

    def _row(self, at: int) -> QWidget:
        """A number with whose it is, where it prints and when it was checked."""
        contact = self.contacts[at]
        name, when = contact.name[language()], contact.when[language()]
        title = contact.number if contact.number and not contact.local else name
        why = " · ".join(filter(None, (name if title != name else "", when)))
        words = column(label(title, "strong"), label(why, "small", "muted"), self._note(at), gap=2)
        if not contact.local:
            return Sides(words, self._check_button(at))
        entry = self.local[at] = text_field(contact.number, _("Number"))
        entry.setAccessibleName(name)
        entry.editingFinished.connect(partial(self._save_local, at))
        return Sides(words, entry, self._check_button(at))

    def _save(self) -> None:
        """Keep it at once; the name and times in the language in use."""
        changed = local_help_number.with_local(
            self.contacts, number=self.number.text(), name=self.name.text(), when=self.when.text(), language=language()
        )
        self._keep(changed)
        if (own := self._own()) in self.notes:
            self._refresh(own)

    def _save_local(self, at: int) -> None:
        old, speech = self.contacts[at], language()
        number = self.local[at].text()
        self._keep(
            local_help_number.with_local(
                self.contacts, old.use, number=number, name=old.name[speech], when=old.when[speech], language=speech
            )
        )
        self._refresh(at)

    def _keep(self, changed: tuple[Contact, ...]) -> None:
        if changed != self.contacts:
            self.contacts = changed
            local_help_number.save_contacts(changed)
            self.context.notify(_("Kept the number"))

    def _check(self, at: int) -> None:
        self.contacts = local_help_number.checked_on(self.contacts, self.context.today(), at)
        local_help_number.save_contacts(self.contacts)
        self._refresh(at)

    def _all(self) -> QWidget:
        why = _("Ring or look up each number. Sheets show the day, so that readers can trust it.")
        button = Button(_("I have checked them today"), "plain", "check", small=True, clicked=self._check_all)
        return choices(choice(_("All the numbers"), why, button))

    def _check_all(self) -> None:
        filled = [at for at, contact in enumerate(self.contacts) if contact.number.strip()]
        self.contacts = local_help_number.checked_on(self.contacts, self.context.today(), *filled)
        local_help_number.save_contacts(self.contacts)
        self.again.emit()


def contact_note(contact: Contact) -> str:
    """Where a number prints by itself, and when it was checked."""
    if not contact.number.strip():
        return _("Not printed as long as it is empty.")
    places = {
        "participant": _("On papers for participants"),
        "safety": _("On the page for a safe group"),
        "both": _("On papers for participants, and on the page for a safe group"),
    }
    day = contact.checked
    checked = _("checked {day}").format(day=f"{day_and_month(day)} {day.year}") if day else _("not checked yet")
    return f"{places[contact.prints]} · {checked}"
