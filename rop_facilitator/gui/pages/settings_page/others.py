"""Closed weeks, folders, and deleting for good."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from rop_facilitator import paths
from rop_facilitator.alphabet import alphabetical
from rop_facilitator.documents.files import make_folder
from rop_facilitator.errors import UserError
from rop_facilitator.gui import theme
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.dates import closure_days
from rop_facilitator.gui.pages.settings_page.parts import Part, choice, choices
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.fields import TextArea, field
from rop_facilitator.gui.widgets.layout import Item, card, clear, column, flow, label, panel
from rop_facilitator.gui.widgets.parts import Empty, Strip
from rop_facilitator.i18n import _, day_and_month
from rop_facilitator.planning.calendar import Closure, parse_closure, usual_closures
from rop_facilitator.records.backup import backup_folder
from rop_facilitator.records.erase import erase_participant
from rop_facilitator.records.models import Membership, MembershipStatus, Participant, Period

_AHEAD = timedelta(days=2 * 365)


class ClosuresPart(Part):
    """The days on which the service is closed: the start of every new group."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Closed weeks"))
        self.closures = TextArea("\n".join(context.settings.closures), "2026-W40\n2026-12-20..2027-01-02", lines=8)
        hint = _("A week 2026-W40, a day 2026-12-24, or days 2026-12-20..2027-01-02. One a line.")
        self.field = field(_("Closed at our service"), self.closures, hint)
        self.closures.changed.connect(self._changed)
        why = _(
            "Filled in for each new group. Public holidays are known already; a group's own days stand on its plan."
        )
        self._suggested = flow(gap=theme.S)
        self._usual = panel(column(label(_("Often closed:"), "small", "muted"), self._suggested, gap=theme.XS))
        self.items.addWidget(card(label(why, "body", "muted"), theme.S, self.field, self._usual))
        self._show_suggestions()

    def _show_suggestions(self) -> None:
        """What most services close in the next two years, and nothing has been written about."""
        clear(self._suggested)
        today, own = self.context.today(), self.context.settings.closures
        written = {str(parse_closure(text)) for text in own}
        found = [one for one in usual_closures(today, today + _AHEAD, own) if str(one) not in written]
        self.suggestions = [self._suggestion(one) for one in found]
        for button in self.suggestions:
            self._suggested.add(button)
        self._usual.setVisible(bool(found))

    def _suggestion(self, closure: Closure) -> Button:
        words = f"{closure.name}, {closure_days(closure)}"
        name = _("Take over: {closure}").format(closure=words)
        return Button(words, "plain", "plus", small=True, name=name, clicked=partial(self._take_over, closure))

    def _take_over(self, closure: Closure) -> None:
        """One more line, to be edited like the others."""
        written = self.closures.toPlainText().rstrip()
        self.closures.setPlainText(f"{written}\n{closure.text}".strip())
        self.closures.setFocus()

    def _changed(self) -> None:
        lines = [line.strip() for line in self.closures.toPlainText().splitlines() if line.strip()]
        try:
            kept = tuple(parse_closure(line).text for line in lines)
        except UserError as error:
            self.field.show_fault(str(error))
            return
        self.field.show_fault("")
        self.context.change_settings(closures=kept)
        self._show_suggestions()


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
            self.items.addWidget(choices(*[self._person(*one) for one in people]))
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
        return sorted(gone, key=lambda one: alphabetical(one[1]))

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
        self.context.say(_("Deleted for good. Backups may hold the person until {day}.").format(day=day))
        self.again.emit()
