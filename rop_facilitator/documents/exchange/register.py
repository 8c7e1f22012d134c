"""The register of a group collected as values: people, meetings, marks and shares; nothing is written here.

`write_register` makes a file of it by the ending (`register_xlsx`, `register_csv`, both from `register_rows`), and
`papers/register_paper.py` prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache

from rop_facilitator.planning.calendar import end_of
from rop_facilitator.records.group.groups import in_order, shown_name
from rop_facilitator.records.marks import Mark, Share, share
from rop_facilitator.records.meeting.meetings import GOING, counted_rows, titles_of
from rop_facilitator.records.models import (
    Attendance,
    Group,
    Meeting,
    MeetingState,
    Membership,
    MembershipStatus,
    NamesShown,
    PracticeResult,
)
from rop_facilitator.records.progress.progress import PersonProgress, progress_of


@dataclass(frozen=True)
class AttendanceRegisterMeeting:
    """A meeting of the register; cancelled ones have no number and no figures.

    `taken_up` are the sessions as the meeting had them, with parts and rests; `reason` is why it was called off.
    """

    number: int | None
    on: date
    start: time
    end: time
    place: str
    titles: tuple[str, ...]
    state: MeetingState
    leader: str
    share: Share
    taken_up: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class RegisterCell:
    """One expected person at one meeting; `mark` is None while nobody has marked."""

    mark: Mark | None
    minutes_late: int | None = None
    minutes_early: int | None = None
    handout_given: bool = False
    practice: PracticeResult | None = None


_shared = cache(RegisterCell)  # there are few different ones, and a large register has many


@dataclass(frozen=True)
class RegisterPerson:
    """A person and one cell a meeting, in the order of the meetings; None where nothing was expected of the person.

    `received` counts sessions, had in the group or made up, of those `taught` while the person was a member. It is
    content, kept apart from attendance (docs/domain.md, a session that was missed).
    """

    number: int
    name: str
    joined: date
    left: date | None
    status: MembershipStatus
    cells: tuple[RegisterCell | None, ...]
    share: Share
    received: int = 0
    taught: int = 0


@dataclass(frozen=True)
class AttendanceRegister:
    """People × meetings of a group as they stand on a day, to be written or printed."""

    group: str
    as_of: date
    meetings: tuple[AttendanceRegisterMeeting, ...]
    people: tuple[RegisterPerson, ...]

    def rows(self) -> Iterator[tuple[AttendanceRegisterMeeting, RegisterPerson, RegisterCell]]:
        """One row a mark, meeting by meeting; unmarked rows of held meetings too."""
        for index, meeting in enumerate(self.meetings):
            for person in self.people:
                cell = person.cells[index]
                if cell is not None and (cell.mark is not None or meeting.state is MeetingState.HELD):
                    yield meeting, person, cell


def collect_register(group: Group, *, names: NamesShown, today: date) -> AttendanceRegister:
    """The register of a loaded group: all meetings up to `today`, and later ones on which somebody is marked."""
    # Notice can be marked beforehand, and must not be lost from what is exported.
    meetings = [m for m in group.meetings if m.on <= today or any(row.mark for row in m.attendance)]
    # By person: a register of a year has thousands of cells to look up.
    rows = [{row.membership_id: row for row in meeting.attendance} for meeting in meetings]
    progress = {person.membership.id: person for person in progress_of(group)}
    people = tuple(
        _person(membership, meetings, rows, names, progress[membership.id])
        for membership in in_order(group.memberships, names)
    )
    return AttendanceRegister(group.name, today, tuple(_meeting(group, meeting) for meeting in meetings), people)


def _meeting(group: Group, meeting: Meeting) -> AttendanceRegisterMeeting:
    return AttendanceRegisterMeeting(
        number=meeting.number,
        on=meeting.on,
        start=meeting.start,
        end=end_of(meeting.start, meeting.minutes),
        place=meeting.place,
        titles=tuple(session.title for session in meeting.sessions),
        state=meeting.state,
        leader=meeting.leader,
        share=share(row.mark for row in counted_rows(group, meeting)) if meeting.state in GOING else Share(0, 0),
        taken_up=titles_of(meeting),
        reason=meeting.reason,
    )


def _person(
    membership: Membership,
    meetings: list[Meeting],
    rows: list[dict[int, Attendance]],
    names: NamesShown,
    progress: PersonProgress,
) -> RegisterPerson:
    cells = tuple(
        _cell(meeting, by_person.get(membership.id), membership)
        for meeting, by_person in zip(meetings, rows, strict=True)
    )
    return RegisterPerson(
        number=membership.number,
        name=shown_name(membership, names),
        joined=membership.joined,
        left=membership.left,
        status=membership.status,
        cells=cells,
        share=share(cell.mark for cell in cells if cell is not None),
        received=progress.received,
        taught=progress.taught,
    )


def _cell(meeting: Meeting, row: Attendance | None, membership: Membership) -> RegisterCell | None:
    # A dash on paper: nothing was expected, which is not the same as nothing marked.
    if meeting.state not in GOING or not membership.covers(meeting.on):
        return None
    if row is None:
        return _shared(None)
    return _shared(row.mark, row.minutes_late, row.minutes_early, row.handout_given, row.practice)
