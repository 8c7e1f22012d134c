"""What a leader changes about a person, each in a transaction of its own; what cannot be done is said in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.person.membership_form import MembershipRequest
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.group.groups import load_group, member_of, rename_participant, session_by_id
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.membership.membership_changes import move_to, save_periods
from rop_facilitator.records.membership.membership_periods import NewPeriods, ended
from rop_facilitator.records.models import Group, Membership, MembershipStatus, Way
from rop_facilitator.records.progress.call_list import set_contact
from rop_facilitator.records.progress.progress import make_up
from rop_facilitator.records.storage.database import Session

_DAY = timedelta(days=1)
MemberChange = Callable[[Session, Group, Membership], object]


class PersonActions:
    """The changes to one person of a group; `name` is what messages call the person, a number while names are hidden.

    The page sets all three when it shows somebody else; the rows are read anew for each change.
    """

    def __init__(self, context: AppContext, group_id: int = 0, membership_id: int = 0, name: str = "") -> None:
        self.context = context
        self.group_id, self.membership_id, self.name = group_id, membership_id, name

    def _save(self, action: Action, change: MemberChange, message: str) -> bool:
        def apply(db: Session) -> bool:
            group = load_group(db, self.group_id)
            change(db, group, member_of(group, self.membership_id))
            return True

        name = self.name  # the page is shown anew by the change, and can have come to another person then
        saved = bool(self.group_id and self.context.save(action, apply))
        if saved:
            self.context.notify(message.format(name=name), undoable=True)
        return saved

    def save_days(self, action: Action, change: NewPeriods, keep_marks: bool) -> None:
        """Other first or last days."""
        self._save(
            action,
            lambda db, group, member: save_periods(db, group, member, change, keep_marks=keep_marks),
            _("The day is corrected for {name}."),
        )

    def save_membership(self, request: MembershipRequest) -> bool:
        """A pause, a return, an end or a move; whether it was saved."""

        def change(db: Session, group: Group, member: Membership) -> object:
            if request.target:
                target = load_group(db, request.target)
                first = request.first_day
                return move_to(db, group, member, target, first_day=first, keep_marks=request.keep_marks)
            return save_periods(db, group, member, request.change, keep_marks=request.keep_marks)

        day, today = request.first_day, self.context.today()
        back = next((first for first, _last in request.change.days if first > day), None)
        return self._save(request.action, change, _message(request.action, day, today=today, back=back))

    def end(self, first_out: date, status: MembershipStatus) -> None:
        """The person is out from a day on, as one who has completed the course or who has left."""
        action = Action.PERSON_COMPLETED if status is MembershipStatus.COMPLETED else Action.PERSON_TAKEN_OUT
        self._save(
            action,
            lambda db, group, member: save_periods(db, group, member, ended(member, first_out, status)),
            _message(action, first_out - _DAY, today=self.context.today()),
        )

    def rename(self, name: str, alias: str) -> str:
        """Another name or alias; gives back what is wrong with it, or ""."""
        try:
            with self.context.write(Action.PERSON_RENAMED) as db:
                group = load_group(db, self.group_id)
                rename_participant(db, group, member_of(group, self.membership_id), name, alias)
        except UserError as error:
            return str(error)
        self.context.notify(_("The name was changed."), undoable=True)
        return ""

    def set_contact(self, contact: str) -> None:
        """How the person wants to be reached."""
        self._save(
            Action.CONTACT_CHANGED,
            lambda db, _group, member: set_contact(db, member, contact),
            _("The agreed contact was changed."),
        )

    def note_made_up(self, session_id: int, way: Way, on: date) -> None:
        """A session was received outside the meeting."""
        today, leader = self.context.today(), self.context.leader_name

        def change(db: Session, group: Group, member: Membership) -> object:
            return make_up(db, member, session_by_id(group, session_id), way=way, on=on, today=today, leader=leader)

        self._save(Action.SESSION_MADE_UP, change, _("Noted as made up for {name}."))

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


def _message(action: str, day: date, *, today: date, back: date | None = None) -> str:
    """What is said of a change of the membership, with a place for the name.

    `day` is the last day here, of a return the first one; what is over, or is still to come, is told with its days.
    """
    days = {"name": "{name}", "day": long_date(day)}
    if action == Action.PERSON_PAUSED and back is not None and back <= today:
        last = long_date(back - _DAY)
        return _("{name} had a pause from {first} to {last}.").format(
            name="{name}", first=long_date(day + _DAY), last=last
        )
    if action == Action.PERSON_PAUSED and day >= today:
        return _("{name} has a pause from {day}.").format(name="{name}", day=long_date(day + _DAY))
    if action == Action.PERSON_CAME_BACK and day > today:
        return _("{name} is back in the group from {day}.").format(**days)
    if action in (Action.PERSON_COMPLETED, Action.PERSON_TAKEN_OUT) and day > today:
        return _("The last day of {name} is {day}. The history stays.").format(**days)
    return {
        Action.PERSON_PAUSED: _("{name} has a pause."),
        Action.PERSON_CAME_BACK: _("{name} is back in the group."),
        Action.PERSON_COMPLETED: _("{name} has completed the course. The history stays."),
        Action.PERSON_TAKEN_OUT: _("{name} is out of the group. The history stays."),
        Action.PERSON_MOVED: _("{name} is moved. What was received counts in the new group."),
    }[Action(action)]
