"""Help numbers: the service's own, and the day on which somebody checked them all."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rop_facilitator.documents.page import local_help_number
from rop_facilitator.documents.page.help_numbers import known_contacts
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.settings_page.settings_part import Part, choice, choices
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import field, text_field
from rop_facilitator.gui.widgets.layout.boxes import card, flow, label
from rop_facilitator.i18n import _, day_and_month, language


class NumbersPart(Part):
    """They close every sheet for participants. They lie in one file that can also be edited by hand."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Help numbers"))
        self.contacts, problems = known_contacts()
        for problem in problems:
            self.items.addWidget(Strip(str(problem), "warn"))
        shown = [contact for contact in self.contacts if not contact.local]
        speech = language()
        self.items.addWidget(self._local())
        self.items.addWidget(
            choices(*[choice(contact.number, f"{contact.name[speech]} · {contact.when[speech]}") for contact in shown])
        )
        self.items.addWidget(self._checked())

    def _local(self) -> QWidget:
        local = local_help_number.local_contact(self.contacts)
        speech = language()
        self.number = text_field(local.number if local else "", "55 00 00 00")
        self.name = text_field(local.name[speech] if local else "", _("The group leaders"))
        self.when = text_field(local.when[speech] if local else "", _("Weekdays 9 to 3"))
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
        )

    def _save(self) -> None:
        """Keep it at once; the name and times in the language in use."""
        changed = local_help_number.with_local(
            self.contacts, number=self.number.text(), name=self.name.text(), when=self.when.text(), language=language()
        )
        if changed != self.contacts:
            self.contacts = changed
            local_help_number.save_contacts(changed)
            self.context.notify(_("Kept the number"))

    def _checked(self) -> QWidget:
        days = [contact.checked for contact in self.contacts if contact.number.strip()]
        day = min((day for day in days if day is not None), default=None) if all(days) else None
        words = f"{day_and_month(day)} {day.year}" if day else _("Nobody has checked them yet.")
        why = _("Ring or look up each number. Sheets show the day, so that readers can trust it.")
        button = Button(_("I have checked them today"), "plain", "check", small=True, clicked=self._check)
        title = _("Last checked {day}").format(day=words) if day else words
        return choices(choice(title, why, button))

    def _check(self) -> None:
        self.contacts = local_help_number.checked_on(
            self.contacts, self.context.today(), *(contact.use for contact in self.contacts)
        )
        local_help_number.save_contacts(self.contacts)
        self.again.emit()
