"""What a leader does to a meeting, each in one transaction; what moved is told at the foot of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.i18n import _, capital, ngettext, pgettext
from rop_facilitator.planning.comparison import Comparison
from rop_facilitator.records.group.groups import load_group, meeting_of
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import MISSED_MINUTES, Mark
from rop_facilitator.records.meeting.attendance import (
    NotMarkedError,
    agree_practice,
    attendance_row,
    give_handout,
    mark_attendance,
    mark_rest,
    refusal,
    set_practice,
)
from rop_facilitator.records.meeting.held_meetings import take_back_held
from rop_facilitator.records.meeting.meetings import load_meeting, start_meeting
from rop_facilitator.records.models import Attendance, Group, Meeting, Outcome, PracticeResult
from rop_facilitator.records.plan.group_plan import key_of, preview, reinstate_meeting, set_outcome
from rop_facilitator.records.plan.session_dates import dates_of, moved_text

if TYPE_CHECKING:
    from rop_facilitator.records.storage.database import Session


class MeetingActions:
    """The acts of one meeting. A wish that cannot be met is said, and nothing is changed."""

    def __init__(self, context: AppContext, group_id: int, meeting_id: int) -> None:
        self.context, self.group_id, self.meeting_id = context, group_id, meeting_id

    def _row(self, db: Session, membership_id: int) -> Attendance:
        return attendance_row(db, self.meeting_id, membership_id)

    def _in_plan(self, db: Session) -> tuple[Group, Meeting]:
        """The meeting in its group with all other meetings, for what moves the plan."""
        group = load_group(db, self.group_id)
        return group, meeting_of(group, self.meeting_id)

    def start(self) -> None:
        """The meeting is held from now on."""

        def command(db: Session) -> bool:
            meeting = load_meeting(db, self.meeting_id)
            start_meeting(db, meeting.group, meeting, today=self.context.today(), leader=self.context.leader_name)
            return True

        if self.context.save(Action.MEETING_STARTED, command):
            self.context.notify(_("The meeting has started."), undoable=True)

    def mark(self, membership_id: int, mark: Mark | None) -> str:
        """Mark one person, or clear the mark; returns why it could not be done, "" where it was."""
        return self._marking(
            Action.ATTENDANCE_MARKED if mark else Action.MARK_CLEARED,
            lambda db: mark_attendance(
                db, self.meeting_id, membership_id, mark, today=self.context.today(), leader=self.context.leader_name
            ),
        )

    def _marking(self, action: Action, command: Callable[[Session], object]) -> str:
        """Mark in one transaction; returns the words of a refusal, which is also said."""
        try:
            with self.context.write(action) as db:
                command(db)
        except UserError as error:
            self.context.notify(str(error))
            return refusal(error)
        return ""

    def minutes(self, membership_id: int, minutes: int) -> str:
        """So many minutes were missed by one who came late or left early; returns why not, "" where they are noted."""

        def command(db: Session) -> None:
            mark = self._row(db, membership_id).mark
            meeting = db.get(Meeting, self.meeting_id)
            if mark not in MISSED_MINUTES or meeting is None:
                return
            if minutes > meeting.minutes:
                words = _("the meeting lasts {n} minutes").format(n=meeting.minutes)
                raise NotMarkedError(capital(words) + ".", words)
            late = mark is Mark.LATE
            mark_attendance(
                db,
                self.meeting_id,
                membership_id,
                mark,
                today=self.context.today(),
                leader=self.context.leader_name,
                minutes_late=minutes if late else None,
                minutes_early=None if late else minutes,
            )

        return self._marking(Action.ATTENDANCE_MARKED, command)

    def rest(self) -> str:
        """Everybody who is unmarked was present; returns why not, "" where they are marked."""
        # A list to put it in: `_marking` gives back the refusal, not what the command does.
        counts: list[int] = []
        today, leader = self.context.today(), self.context.leader_name
        refused = self._marking(
            Action.REST_MARKED,
            lambda db: counts.append(mark_rest(db, self.meeting_id, Mark.PRESENT, today=today, leader=leader)),
        )
        if sum(counts):
            text = ngettext("Marked {n} person as present.", "Marked {n} people as present.", counts[0])
            self.context.notify(text.format(n=counts[0]), undoable=True)
        return refused

    def handout(self, membership_id: int, given: bool) -> None:
        """Whether a person has got the sheets."""
        self.context.save(Action.HANDOUT_NOTED, lambda db: give_handout(db, self._row(db, membership_id), given=given))

    def practice(self, membership_id: int, result: PracticeResult | None) -> None:
        """What became of the home practice from last time."""
        self.context.save(
            Action.PRACTICE_NOTED, lambda db: set_practice(db, self._row(db, membership_id), result=result)
        )

    def agree(self, membership_id: int, text: str) -> None:
        """What a person will try until next time."""
        self.context.save(Action.PRACTICE_NOTED, lambda db: agree_practice(db, self._row(db, membership_id), text))

    def preview_outcome(self, meeting_session_id: int, outcome: Outcome) -> tuple[Comparison, dict[str, str]]:
        """What an outcome would move, and the titles of the group's sessions. Raises UserError."""
        with self.context.read() as db:
            group, meeting = self._in_plan(db)
        session = next(session for session in meeting.sessions if session.id == meeting_session_id)
        titles = {key_of(session): session.title for session in group.sessions}
        return preview(group, lambda changed: set_outcome(changed, session, outcome)), titles

    def outcome(self, meeting_session_id: int, outcome: Outcome) -> None:
        """Say what became of a session; where the plan moves, how far is told."""

        def command(db: Session) -> str | None:
            group, meeting = self._in_plan(db)
            session = next((session for session in meeting.sessions if session.id == meeting_session_id), None)
            if session is None or session.outcome is outcome:
                return None
            before = dates_of(group)
            set_outcome(group, session, outcome)
            words = {Outcome.DONE: pgettext("session", "Done."), Outcome.PARTLY: _("Partly done.")}
            message, after = words.get(outcome, _("Carried over.")), dates_of(group)
            return message if after == before else f"{message} {moved_text(before, after)}"

        if message := self.context.save(Action.OUTCOME_SET, command):
            self.context.notify(message, undoable=True)

    def not_held(self) -> bool:
        """The meeting was started and not held after all; False where its marks say that it was."""

        def command(db: Session) -> str:
            group, meeting = self._in_plan(db)
            before = dates_of(group)
            take_back_held(db, group, meeting, today=self.context.today())
            words, after = _("The meeting is not held any more."), dates_of(group)
            return words if after == before else f"{words} {moved_text(before, after)}"

        if words := self.context.save(Action.MEETING_NOT_HELD, command):
            self.context.notify(words, undoable=True)
        return words is not None

    def reinstate(self) -> None:
        """The meeting takes place after all."""

        def command(db: Session) -> str:
            group, meeting = self._in_plan(db)
            before = dates_of(group)
            reinstate_meeting(group, meeting)
            return f"{_('The meeting takes place after all.')} {moved_text(before, dates_of(group))}"

        if message := self.context.save(Action.MEETING_REINSTATED, command):
            self.context.notify(message, undoable=True)
