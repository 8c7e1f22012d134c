"""The register as rows of values under their heads, for spreadsheet and CSV alike."""

from __future__ import annotations

from datetime import date, time

from rop_facilitator.documents.exchange.register import (
    AttendanceRegister,
    AttendanceRegisterMeeting,
    RegisterCell,
    RegisterPerson,
)
from rop_facilitator.i18n import _, capital
from rop_facilitator.records.marks import LETTERS, Share, mark_name
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import MeetingState, MembershipStatus, PracticeResult

Value = str | int | float | date | time | None


def list_head() -> list[str]:
    """The heads of the list: one row a person and meeting."""
    return [
        _("Group"),
        _("Meeting"),
        _("Date"),
        _("Start"),
        _("End"),
        _("Place"),
        _("Sessions"),
        _("Leader"),
        _("Participant"),
        _("Mark"),
        _("Meaning"),
        _("Minutes late"),
        _("Minutes left early"),
        _("Handout given"),
        _("Home practice"),
    ]


def list_row(
    register: AttendanceRegister, meeting: AttendanceRegisterMeeting, person: RegisterPerson, cell: RegisterCell
) -> list[Value]:
    """What is written of a person at a meeting; one that nobody has marked says so in words and has no letter."""
    return [
        register.group,
        meeting.number,
        meeting.on,
        meeting.start,
        meeting.end,
        meeting.place,
        " + ".join(meeting.titles),
        meeting.leader,
        person.name,
        LETTERS[cell.mark] if cell.mark else "",
        mark_name(cell.mark) if cell.mark else _("not recorded"),
        cell.minutes_late,
        cell.minutes_early,
        _("yes") if cell.handout_given else _("no"),
        practice_name(cell.practice),
    ]


def cell_letter(cell: RegisterCell | None, meeting: AttendanceRegisterMeeting) -> str:
    """What stands for a person at a meeting: the letter of the mark, or why there is none; blank while it is ahead."""
    if meeting.state not in GOING:
        return "X"
    if cell is None:
        return "–"
    if cell.mark is None:
        return "?" if meeting.state is MeetingState.HELD else ""
    return LETTERS[cell.mark]


def practice_name(practice: PracticeResult | None) -> str:
    """What became of a home practice, in words; empty while nobody has said."""
    if practice is None:
        return ""
    return {PracticeResult.DONE: _("done"), PracticeResult.PARTLY: _("partly"), PracticeResult.NOT_DONE: _("not done")}[
        practice
    ]


def meeting_head() -> list[str]:
    """The heads over `meeting_row`, in its order."""
    return [
        _("Meeting"),
        _("Date"),
        _("Start"),
        _("End"),
        _("Place"),
        _("Sessions"),
        _("State"),
        _("Reason"),
        _("Leader"),
        _("Present"),
        _("of"),
        _("Per cent"),
    ]


def state_name(state: MeetingState) -> str:
    """What became of a meeting, in words."""
    return {
        MeetingState.PLANNED: _("planned"),
        MeetingState.HELD: _("held"),
        MeetingState.CANCELLED: _("cancelled"),
        MeetingState.DID_NOT_MEET: _("did not meet"),
    }[state]


def meeting_row(meeting: AttendanceRegisterMeeting) -> list[Value]:
    """A meeting and how many came."""
    # Where nobody counts there is no figure: 0 of 0 would read as nobody came.
    figures = (
        (meeting.share.present, meeting.share.counted, meeting.share.percent) if meeting.share.counted else (None,) * 3
    )
    return [
        meeting.number,
        meeting.on,
        meeting.start,
        meeting.end,
        meeting.place,
        capital(" + ".join(meeting.taken_up or meeting.titles)),
        state_name(meeting.state),
        meeting.reason,
        meeting.leader,
        *figures,
    ]


def person_head() -> list[str]:
    """The heads over `person_row`, in its order."""
    return [
        _("Number"),
        _("Participant"),
        _("Joined"),
        _("Left"),
        _("Status"),
        _("Present"),
        _("of"),
        _("Per cent"),
        _("Content received"),
        _("of sessions taught"),
        _("Per cent of content"),
    ]


def person_row(person: RegisterPerson) -> list[Value]:
    """A participant, with attendance and content apart."""
    status = {
        MembershipStatus.ACTIVE: _("active"),
        MembershipStatus.PAUSED: _("paused"),
        MembershipStatus.COMPLETED: _("completed"),
        MembershipStatus.LEFT: _("ended"),
    }[person.status]
    return [
        person.number,
        person.name,
        person.joined,
        person.left,
        status,
        person.share.present,
        person.share.counted,
        person.share.percent,
        person.received,
        person.taught,
        Share(person.received, person.taught).percent,
    ]
