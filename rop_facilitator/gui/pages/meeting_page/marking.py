"""What a key in the list of people does: the mark is kept, and the list goes on, or says why it did not."""

from __future__ import annotations

from PySide6.QtCore import QObject

from rop_facilitator.gui.pages.meeting_page.attendance_list import AttendanceList
from rop_facilitator.gui.pages.meeting_page.meeting_actions import MeetingActions
from rop_facilitator.i18n import _
from rop_facilitator.records.marks import Mark, letters_of, minutes_keys_words


def meeting_keys(*, read_only: bool) -> list[tuple[str, str]]:
    """What the keyboard does in a meeting; in one that is only read, it goes through it."""
    steps = [("Ctrl+↓", _("next step")), ("Ctrl+↑", _("step before"))]
    back = ("Alt+←", _("back"))
    if read_only:
        return [*steps, back]
    return [
        *steps,
        ("Ctrl+Enter", _("start or end the meeting")),
        (" ".join(letters_of(Mark)), _("mark, and go down one")),
        ("0–9", minutes_keys_words()),
        ("Backspace", _("clear the mark")),
        ("Enter", _("the rest present")),
        ("U", _("handout given")),
        ("H", _("home practice: done, partly, not done")),
        back,
    ]


class Marking(QObject):
    """Between the list and the records; a key that is refused never moves to the next person."""

    def __init__(self, actions: MeetingActions, people: AttendanceList) -> None:
        super().__init__(people)
        self._actions, self._people = actions, people
        people.marked.connect(self.mark)
        people.minutes_typed.connect(self.minutes)
        people.rest_wanted.connect(self.rest)
        people.handout_wanted.connect(actions.handout)
        people.practice_wanted.connect(actions.practice)

    def mark(self, membership_id: int, mark: Mark | None) -> None:
        """Mark one person and go down one, or clear the mark and stay."""
        self._answer(membership_id, self._actions.mark(membership_id, mark), down=mark is not None)

    def minutes(self, membership_id: int, minutes: int) -> None:
        """So many minutes were missed."""
        self._answer(membership_id, self._actions.minutes(membership_id, minutes), down=False)

    def rest(self) -> None:
        """Everybody who is unmarked was present."""
        refused = self._actions.rest()
        if refused and (person := self._people.current()) is not None:
            self._people.refuse(person.membership_id, refused)

    def _answer(self, membership_id: int, refused: str, *, down: bool) -> None:
        if refused:
            self._people.refuse(membership_id, refused)
        else:
            self._people.accept(membership_id, down=down)
