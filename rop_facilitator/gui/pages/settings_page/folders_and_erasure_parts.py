"""Folders, and deleting for good."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from rop_facilitator import paths
from rop_facilitator.alphabet import alphabetical
from rop_facilitator.documents.output.write_file import make_folder
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.settings_page.part_base import Part, choice, choices
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import Item, label
from rop_facilitator.i18n import _, day_and_month
from rop_facilitator.records.backup.backup_list import backup_folder
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.models import Membership, MembershipStatus, Participant, Period


class FoldersPart(Part):
    """Where everything lies."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Folders"))
        own = _("Your own come before those that are shipped, also where they have the same name.")
        records = context.database.path
        self.items.addWidget(
            choices(
                self._folder(_("Records"), records.parent, records.name),
                self._folder(_("Backups"), backup_folder(records), _("Encrypted, beside the records.")),
                self._folder(_("Your own curricula"), paths.data_folder() / "curricula", own),
                self._folder(_("Your own handouts"), paths.data_folder() / "handouts", own),
                self._folder(_("Shipped curricula"), paths.shipped("curricula"), _("Copy one to begin your own.")),
            )
        )

    def _folder(self, title: str, folder: Path, why: str) -> Item:
        button = Button(_("Open the folder"), "plain", small=True, name=_("Open the folder: {name}").format(name=title))
        button.clicked.connect(partial(self._open, folder))
        return choice(title, f"{why}\n{folder}", button)

    def _open(self, folder: Path) -> None:
        make_folder(folder)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class DeletionPart(Part):
    """People who have left every group can be deleted for good; nobody else is listed."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Deletion"))
        why = _(
            "Take a person out on the group's page first: that can be undone. Deleting for good cannot: "
            "it takes away the person and every mark."
        )
        self.items.addWidget(label(why, "body", "muted"))
        self.strip = Strip("", "ok")
        self.strip.hide()
        self.items.addWidget(self.strip)
        people = self._gone()
        if people and not context.names_hidden:
            self.items.addWidget(choices(*[self._person(*person) for person in people]))
        else:
            title = _("Names are hidden") if people else _("Nobody has left every group")
            self.items.addWidget(Empty("trash", title, _("People who have left all their groups stand here.")))

    def _gone(self) -> list[tuple[int, str, str]]:
        """Id, name and last day of everybody without a place in a group."""
        with self.context.read() as db:
            query = (
                db.query(Participant.id, Participant.name, Membership.status, Period.last_day)
                .join(Participant.memberships)
                .join(Membership.periods)
            )
            rows = query.all()
        days: dict[tuple[int, str], list[date | None]] = {}
        for person_id, name, status, last in rows:
            is_over = status in (MembershipStatus.LEFT, MembershipStatus.COMPLETED)
            days.setdefault((person_id, name), []).append(last if is_over else None)
        gone = []
        for (person_id, name), lasts in days.items():
            ended = [last for last in lasts if last is not None]
            if len(ended) == len(lasts):
                gone.append((person_id, name, f"{day_and_month(max(ended))} {max(ended).year}"))
        return sorted(gone, key=lambda row: alphabetical(row[1]))

    def _person(self, person_id: int, name: str, last: str) -> Item:
        button = Button(_("Delete for good …"), "danger", small=True)
        button.clicked.connect(partial(self._ask, person_id, button))
        return choice(name, _("Last day {day}").format(day=last), button)

    def _ask(self, person_id: int, button: Button) -> None:
        """A second press deletes: the same place, other words."""
        button.clicked.disconnect()
        button.setText(_("Yes, delete for good"))
        button.clicked.connect(partial(self._erase, person_id))

    def _erase(self, person_id: int) -> None:
        leader = self.context.leader_id
        assert leader is not None
        last = erase_participant(self.context.database, person_id, by=leader)
        day = f"{day_and_month(last)} {last.year}"
        self.context.notify(_("Deleted for good. Backups may hold the person until {day}.").format(day=day))
        self.again.emit()
