"""The register as the table of marks shows it: a column a meeting, closed weeks hatched between them. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rop_facilitator.documents.exchange.register import AttendanceRegisterMeeting, RegisterCell, collect_register
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.mark_model import Kind
from rop_facilitator.gui.widgets.marks.mark_table import Cell, Column, Content, Row
from rop_facilitator.i18n import _, capital, day_and_month, long_date, pgettext, short_date
from rop_facilitator.records.calendar.closed_runs import ClosedRun, closed_runs
from rop_facilitator.records.group.groups import in_order
from rop_facilitator.records.marks import total_words
from rop_facilitator.records.meeting.meetings import GOING, members_on
from rop_facilitator.records.models import Group, Meeting, NamesShown

_CLOSED_WIDTH = 68


@dataclass(frozen=True)
class RegisterTable:
    """The content, and which meeting and person stand in each column and row; None is a closed week."""

    content: Content
    meetings: tuple[int | None, ...]
    people: tuple[int, ...]
    dates: tuple[date, ...]

    def column_of(self, meeting_id: int) -> int | None:
        """The column of a meeting."""
        return self.meetings.index(meeting_id) if meeting_id in self.meetings else None


def register_table(group: Group, *, names: NamesShown, today: date) -> RegisterTable:
    """All meetings of a group with their marks, those to come too, so that notice can be marked ahead."""
    register = collect_register(group, names=names, today=date.max)
    columns: list[tuple[date, Column, int | None]] = [
        (run.days[0], _closed(run), None) for run in closed_runs(group) if run.days[0] <= group.meetings[-1].on
    ]
    for at, (meeting, row) in enumerate(zip(register.meetings, group.meetings, strict=True)):
        columns.append((meeting.on, _column(meeting, row, today), at))
    columns.sort(key=lambda column: column[0])
    rows = tuple(
        Row(
            person.name,
            tuple(
                None if at is None else _cell(person.cells[at], register.meetings[at], today) for _on, _c, at in columns
            ),
            total_words(person.share),
        )
        for person in register.people
    )
    foot = tuple(
        "" if at is None else _foot(group, group.meetings[at], register.meetings[at]) for _on, _c, at in columns
    )
    content = Content(
        columns=tuple(column for _on, column, _at in columns),
        rows=rows,
        foot=foot,
        name_head=_("Participant"),
        total_head=_("Attendance"),
        share_head=pgettext("register", "Share"),
        foot_head=_("Present"),
    )
    meetings = tuple(None if at is None else group.meetings[at].id for _on, _c, at in columns)
    return RegisterTable(
        content, meetings, tuple(m.id for m in in_order(group.memberships, names)), tuple(on for on, _c, _at in columns)
    )


def _closed(run: ClosedRun) -> Column:
    head = short_date(run.days[0])
    if len(run.days) > 1:
        head = f"{head} –"
    spoken = f"{day_and_month(run.days[0])}: {run.reason}"
    return Column(head, run.reason, "closed", _CLOSED_WIDTH, spoken=spoken)


def _column(meeting: AttendanceRegisterMeeting, row: Meeting, today: date) -> Column:
    spoken = long_date(meeting.on, year=False)
    if meeting.state not in GOING:
        return Column(short_date(meeting.on), _("called off"), "closed", _CLOSED_WIDTH, spoken=spoken)
    kind: Kind = "today" if row.on == today else "ahead" if row.on > today else ""
    head = capital(_("today")) if row.on == today else short_date(row.on)
    return Column(head, str(meeting.number or ""), kind, spoken=spoken)


def _cell(cell: RegisterCell | None, meeting: AttendanceRegisterMeeting, today: date) -> Cell | None:
    if meeting.state not in GOING:
        return None
    if cell is None:
        return Cell(mark_styles.ATTENDANCE["not_member"])
    if cell.mark is None:
        return None if meeting.on > today else Cell(mark_styles.ATTENDANCE["unmarked"])
    minutes = cell.minutes_late or cell.minutes_early
    return Cell(mark_styles.ATTENDANCE[cell.mark.value], note=_("{n} min").format(n=minutes) if minutes else "")


def _foot(group: Group, row: Meeting, meeting: AttendanceRegisterMeeting) -> str:
    """Present of counted; while some are unmarked, of all who are expected and not exempt."""
    if meeting.state not in GOING or not any(other.mark for other in row.attendance):
        return ""
    marked = {other.membership_id for other in row.attendance if other.mark}
    left = sum(member.id not in marked for member in members_on(group, row))
    return _("{n} of {all}").format(n=meeting.share.present, all=meeting.share.counted + left)
