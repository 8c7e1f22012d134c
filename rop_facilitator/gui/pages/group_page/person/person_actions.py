"""What is wanted of a person, kept in one transaction each; what cannot be is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.person.membership_form import WantedAct
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.group.groups import load_group, member_of, rename_participant
from rop_facilitator.records.membership.membership_changes import keep_periods, move_to
from rop_facilitator.records.membership.membership_periods import NewPeriods
from rop_facilitator.records.models import Group, Membership, Way
from rop_facilitator.records.progress.call_list import set_contact
from rop_facilitator.records.progress.progress import make_up
from rop_facilitator.records.storage.database import Session

Act = Callable[[Session, Group, Membership], object]


class PersonKeeping:
    """Keeps for the person of a group whom `group_id`, `membership_id` and `name` tell."""

    def __init__(self, context: AppContext) -> None:
        self.context = context
        self.group_id = self.membership_id = 0
        self.name = ""

    def _keep(self, action: str, act: Act, sentence: str) -> bool:
        def keep(db: Session) -> bool:
            group = load_group(db, self.group_id)
            act(db, group, member_of(group, self.membership_id))
            return True

        name = self.name
        done = bool(self.group_id and self.context.save(action, keep))
        if done:
            self.context.notify(sentence.format(name=name), undoable=True)
        return done

    def keep_days(self, action: str, change: NewPeriods, keep_marks: bool) -> None:
        """Other first or last days."""
        self._keep(
            action,
            lambda db, group, member: keep_periods(db, group, member, change, keep_marks=keep_marks),
            _("The day is corrected for {name}."),
        )

    def keep_act(self, wanted: WantedAct) -> bool:
        """A pause, a return, an end or a move."""
        sentence = {
            "person paused": _("{name} has a pause."),
            "person came back": _("{name} is back in the group."),
            "person completed": _("{name} has completed the course. The history stays."),
            "person taken out": _("{name} is out of the group. The history stays."),
            "person moved": _("{name} is moved. What was received counts in the new group."),
        }[wanted.action]

        def act(db: Session, group: Group, member: Membership) -> object:
            if wanted.target:
                target = load_group(db, wanted.target)
                first = wanted.first_day
                return move_to(db, group, member, target, first_day=first, keep_marks=wanted.keep_marks)
            return keep_periods(db, group, member, wanted.change, keep_marks=wanted.keep_marks)

        return self._keep(wanted.action, act, sentence)

    def rename(self, name: str, alias: str) -> str:
        """Another name or alias; gives back what is wrong with it, or ""."""
        try:
            with self.context.write("person renamed") as db:
                group = load_group(db, self.group_id)
                rename_participant(db, group, member_of(group, self.membership_id), name, alias)
        except UserError as error:
            return str(error)
        self.context.notify(_("The name was changed."), undoable=True)
        return ""

    def set_contact(self, contact: str) -> None:
        """How the person wants to be reached."""
        self._keep(
            "contact changed",
            lambda db, _group, member: set_contact(db, member, contact),
            _("The agreed contact was changed."),
        )

    def note_made_up(self, session_id: int, way: Way, on: date) -> None:
        """A session was received outside the meeting."""
        today, leader = self.context.today(), self.context.leader_name

        def act(db: Session, group: Group, member: Membership) -> object:
            session = next(session for session in group.sessions if session.id == session_id)
            return make_up(db, member, session, way=way, on=on, today=today, leader=leader)

        self._keep("session made up", act, _("Noted as made up for {name}."))

    def erase(self, participant_id: int) -> bool:
        """Delete the person for good, from all groups."""
        leader = self.context.leader_id
        if leader is None:
            self.context.notify(_("Set a passphrase of your own first, so that the log knows who deleted the person."))
            return False
        try:
            until = erase_participant(self.context.database, participant_id, by=leader)
        except UserError as error:
            self.context.notify(str(error))
            return False
        self.context.notify(
            _("The person is deleted for good. Backups can hold them until {day}.").format(day=long_date(until))
        )
        return True
