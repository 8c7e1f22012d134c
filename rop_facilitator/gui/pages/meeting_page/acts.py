"""What a leader does to a meeting, each in one transaction; what moved is told at the foot of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.moved import dates_of, moved_text
from rop_facilitator.i18n import _, ngettext, pgettext
from rop_facilitator.records.attendance import agree_practice, give_handout, mark_attendance, mark_rest, set_practice
from rop_facilitator.records.groups import load_group
from rop_facilitator.records.meetings import open_meeting, start_meeting
from rop_facilitator.records.models import Attendance, Group, Mark, Meeting, Outcome, Practice
from rop_facilitator.records.plan import reinstate_meeting, set_outcome

T = TypeVar("T")


def find_meeting(group: Group, meeting_id: int) -> Meeting | None:
    """A meeting of a loaded group, if the plan still has it."""
    return next((one for one in group.meetings if one.id == meeting_id), None)


def _row(db: Any, group: Group, meeting: Meeting, membership_id: int) -> Attendance:
    """The row of an expected person, written now if the meeting had not been opened."""
    open_meeting(db, group, meeting)
    found = next((row for row in meeting.attendance if row.membership_id == membership_id), None)
    if found is None:
        raise UserError(_("This person is not in the group on that day."))
    return found


class MeetingActs:
    """The acts of one meeting. A wish that cannot be met is said, and nothing is changed."""

    def __init__(self, context: AppContext, group_id: int, meeting_id: int) -> None:
        self.context, self.group_id, self.meeting_id = context, group_id, meeting_id

    def _keep(self, action: str, act: Callable[[Any, Group, Meeting], T]) -> T | None:
        try:
            with self.context.write(action) as db:
                group = load_group(db, self.group_id)
                meeting = find_meeting(group, self.meeting_id)
                if meeting is None:
                    raise UserError(_("This meeting is not here any more."))
                return act(db, group, meeting)
        except UserError as error:
            self.context.say(str(error))
            return None

    def start(self) -> None:
        """The meeting is held from now on."""

        def act(db: Any, group: Group, meeting: Meeting) -> bool:
            start_meeting(db, group, meeting, today=self.context.today(), leader=self.context.leader_name)
            return True

        if self._keep("meeting started", act):
            self.context.say(_("The meeting has started."), undoable=True)

    def mark(self, membership_id: int, mark: Mark | None) -> None:
        """Mark one person, or clear the mark."""
        self._keep(
            "attendance marked" if mark else "mark cleared",
            lambda db, group, meeting: mark_attendance(
                db,
                group,
                meeting,
                membership_id,
                mark,
                today=self.context.today(),
                leader=self.context.leader_name,
            ),
        )

    def minutes(self, membership_id: int, minutes: int) -> None:
        """So many minutes were missed by one who came late or left early; more than the meeting lasts is no answer."""

        def act(db: Any, group: Group, meeting: Meeting) -> None:
            row = _row(db, group, meeting, membership_id)
            if row.mark not in (Mark.LATE, Mark.LEFT_EARLY) or minutes > meeting.minutes:
                return
            late = row.mark is Mark.LATE
            mark_attendance(
                db,
                group,
                meeting,
                membership_id,
                row.mark,
                today=self.context.today(),
                leader=self.context.leader_name,
                minutes_late=minutes if late else None,
                minutes_early=None if late else minutes,
            )

        self._keep("attendance marked", act)

    def rest(self) -> None:
        """Everybody who is unmarked was present."""
        count = self._keep(
            "rest marked",
            lambda db, group, meeting: mark_rest(
                db, group, meeting, Mark.PRESENT, today=self.context.today(), leader=self.context.leader_name
            ),
        )
        if count:
            text = ngettext("Marked {n} person as present.", "Marked {n} people as present.", count)
            self.context.say(text.format(n=count), undoable=True)

    def handout(self, membership_id: int, given: bool) -> None:
        """Whether a person has got the sheets."""
        self._keep(
            "handout noted",
            lambda db, group, meeting: give_handout(db, _row(db, group, meeting, membership_id), given=given),
        )

    def practice(self, membership_id: int, result: Practice | None) -> None:
        """What became of the home practice from last time."""
        self._keep(
            "practice noted",
            lambda db, group, meeting: set_practice(db, _row(db, group, meeting, membership_id), result=result),
        )

    def agree(self, membership_id: int, text: str) -> None:
        """What a person will try until next time."""
        self._keep(
            "practice noted",
            lambda db, group, meeting: agree_practice(db, _row(db, group, meeting, membership_id), text),
        )

    def carry_over(self) -> None:
        """What is left of the last session is planned first next time."""

        def act(_db: Any, _group: Group, meeting: Meeting) -> int | None:
            return meeting.sessions[-1].id if meeting.sessions else None

        if (session := self._keep("outcome set", act)) is not None:
            self.outcome(session, Outcome.CARRIED_OVER)

    def outcome(self, meeting_session_id: int, outcome: Outcome) -> None:
        """Say what became of a session; where the plan moves, how far is told."""

        def act(db: Any, group: Group, meeting: Meeting) -> str | None:
            session = next((one for one in meeting.sessions if one.id == meeting_session_id), None)
            if session is None or session.outcome is outcome:
                return None
            before = dates_of(group)
            set_outcome(group, session, outcome)
            words = {Outcome.DONE: pgettext("session", "Done."), Outcome.PARTLY: _("Partly done.")}
            told, after = words.get(outcome, _("Carried over.")), dates_of(group)
            return told if after == before else f"{told} {moved_text(before, after)}"

        if told := self._keep("outcome set", act):
            self.context.say(told, undoable=True)

    def reinstate(self) -> None:
        """The meeting takes place after all."""

        def act(db: Any, group: Group, meeting: Meeting) -> str:
            before = dates_of(group)
            reinstate_meeting(group, meeting)
            return f"{_('The meeting takes place after all.')} {moved_text(before, dates_of(group))}"

        if told := self._keep("meeting reinstated", act):
            self.context.say(told, undoable=True)
