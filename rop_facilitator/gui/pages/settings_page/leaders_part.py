"""Who can open the records, the own passphrase, and the recovery code once more."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.settings_page.part_base import Part, choice, choices
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.access.lock_card import secret_field
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import LabelledField, field, text_field
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Item, card, flow, label
from rop_facilitator.i18n import _
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.vault import keys_path, read_vault, recovery_code
from rop_facilitator.work_progress import WorkProgress


class LeadersPart(Part):
    """Each leader has an own passphrase; all see the same groups."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Leaders"))
        self.problem = Strip("", "warn")
        self.problem.hide()
        self.items.addWidget(self.problem)
        if not context.database.writable:
            self.problem.show_message(_("The records are open to read only. Nothing can be changed here now."))
            self.problem.show()
            return
        self.items.addWidget(self._list())
        self.items.addWidget(self._new_leader())
        self.items.addWidget(self._own_passphrase())

    def _list(self) -> QWidget:
        rows: list[Item] = []
        names = Database.leaders_of(self.context.database.path) if self._has_keys() else []
        for name in names:
            if name == self.context.leader_name:
                rows.append(choice(name, _("That is you.")))
            else:
                button = Button(_("Take away access …"), "quiet", small=True)
                button.clicked.connect(partial(self._ask_to_remove, name, button))
                rows.append(choice(name, _("Can open the records with an own passphrase."), button))
        return choices(*rows)

    def _has_keys(self) -> bool:
        return keys_path(self.context.database.path).exists()

    def _ask_to_remove(self, name: str, button: Button) -> None:
        """A second press takes it away: the same place, other words."""
        button.clicked.disconnect()
        button.setText(_("Yes, {name} can no longer open them").format(name=name))
        button.clicked.connect(partial(self._remove, name))

    def _remove(self, name: str) -> None:
        self._try(partial(self.context.database.remove_leader, name), _("Took away the access"))

    def _try(self, command: object, words: str) -> bool:
        """Do it and say so, or say why not."""
        assert callable(command)
        try:
            command()
        except UserError as error:
            self.problem.show_message(str(error))
            self.problem.show()
            return False
        self.context.notify(words)
        self.again.emit()
        return True

    # -- a new leader

    def _new_leader(self) -> QWidget:
        self.new_name = text_field()
        self.new_passphrase, self.new_again = secret_field(), secret_field()
        self.new_again_field = field(_("Passphrase once more"), self.new_again)
        self.add = Button(_("Add the leader"), "plain", "plus", clicked=self._add)
        return card(
            label(_("New leader"), "strong"),
            label(
                _("Let your colleague type the passphrase. Everybody who opens the records sees all groups."),
                "small",
                "muted",
            ),
            theme.S,
            _wide(field(_("Name"), self.new_name)),
            _wide(
                field(
                    _("Passphrase"),
                    self.new_passphrase,
                    _("At least 12 characters. Four words in a row are easy to remember."),
                )
            ),
            _wide(self.new_again_field),
            theme.XS,
            flow(self.add, STRETCH),
        )

    def _add(self) -> None:
        self.new_again_field.show_fault("")
        if self.new_passphrase.text() != self.new_again.text():
            self.new_again_field.show_fault(_("The two are not alike. Type it again."))
            return
        command = partial(self.context.database.add_leader, self.new_name.text(), self.new_passphrase.text())
        self._try(command, _("Added the leader"))

    # -- the own passphrase

    def _own_passphrase(self) -> QWidget:
        self.old, self.renewed, self.renewed_again = secret_field(), secret_field(), secret_field()
        self.old_field = field(_("Passphrase now"), self.old)
        self.renewed_field = field(_("New passphrase"), self.renewed)
        self.renewed_again_field = field(_("New passphrase once more"), self.renewed_again)
        self.change = Button(_("Change the passphrase"), "plain", "key", clicked=self._change)
        self.print = Button(_("Print the recovery code again"), "quiet", "print", clicked=self._print)
        return card(
            label(_("Your passphrase"), "strong"),
            label(_("Backups from before still open with the old one."), "small", "muted"),
            theme.S,
            _wide(self.old_field),
            _wide(self.renewed_field),
            _wide(self.renewed_again_field),
            theme.XS,
            flow(self.change, self.print, STRETCH),
        )

    def _change(self) -> None:
        for labelled in (self.old_field, self.renewed_field, self.renewed_again_field):
            labelled.show_fault("")
        if self.renewed.text() != self.renewed_again.text():
            self.renewed_again_field.show_fault(_("The two are not alike. Type it again."))
            return
        self._prove(self._set_new)

    def _print(self) -> None:
        self.old_field.show_fault("")
        self._prove(self._print_code)

    def _prove(self, then: object) -> None:
        """Only who knows the passphrase may change it or see the code: the desk may stand open."""
        assert callable(then)
        self.change.setEnabled(False)
        self.print.setEnabled(False)
        work = partial(_check, self.context.database, self.context.leader_name, self.old.text())
        self.context.jobs.run(self, work, done=partial(self._proved, then), failed=self._not_proved)

    def _proved(self, then: object, _result: None) -> None:
        assert callable(then)
        self.change.setEnabled(True)
        self.print.setEnabled(True)
        then()

    def _not_proved(self, error: BaseException) -> None:
        self.change.setEnabled(True)
        self.print.setEnabled(True)
        self.old_field.show_fault(str(error))

    def _set_new(self) -> None:
        try:
            self.context.database.set_passphrase(self.context.leader_name, self.renewed.text())
        except UserError as error:
            self.renewed_field.show_fault(str(error))
            return
        self.context.notify(_("Changed the passphrase"))
        self.again.emit()

    def _print_code(self) -> None:
        from rop_facilitator.gui.printing.recovery_code_paper import print_recovery

        code = recovery_code(self.context.database.key)
        if print_recovery(self, code.split("-"), on=self.context.today()):
            self.old.clear()


def _wide(labelled: LabelledField) -> LabelledField:
    labelled.setMaximumWidth(theme.px(380))
    return labelled


def _check(database: Database, leader: str, passphrase: str, _progress: WorkProgress) -> None:
    """Raise WrongPassphraseError unless it is this leader's."""
    read_vault(database.path).open(leader, passphrase)
