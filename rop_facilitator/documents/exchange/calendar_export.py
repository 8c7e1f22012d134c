"""A group's plan as a calendar file and as a table to paste. Neither says what the group is about unless asked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from rop_facilitator.documents.exchange.calendar_reader import LOCAL_ZONE
from rop_facilitator.documents.output.write_file import safe_cell
from rop_facilitator.i18n import _, capital, long_date
from rop_facilitator.planning.calendar import clock_span, iso_week
from rop_facilitator.records.calendar.calendar_history import CalendarHistory, GoneMeeting, Revision
from rop_facilitator.records.meeting.cancellation_reasons import public_reason
from rop_facilitator.records.meeting.meetings import GOING, titles_of
from rop_facilitator.records.models import Group, Meeting

if TYPE_CHECKING:
    from icalendar import Component


@dataclass(frozen=True)
class CalendarMeeting:
    """A meeting as a calendar needs it, in local wall time; `uid` stays the same when it moves.

    `revision` grows with each change. `reason` is one of the fixed ones, or "". One that is `replaced` stands in the
    file under another uid, and is taken back under this one.
    """

    uid: str
    number: int | None
    on: date
    start: time
    minutes: int
    place: str
    titles: tuple[str, ...]
    cancelled: bool = False
    reason: str = ""
    revision: Revision = field(default_factory=Revision)
    replaced: bool = False


@dataclass(frozen=True)
class CalendarPlan:
    """The plan of a group; `withdrawn` are events that earlier files had and this plan has not."""

    group: str
    meetings: tuple[CalendarMeeting, ...]
    withdrawn: tuple[CalendarMeeting, ...] = ()


def collect_calendar(group: Group, history: CalendarHistory) -> CalendarPlan:
    """All meetings of a loaded group, those that were called off too, and what its earlier files have to take back."""
    ordered = sorted(group.meetings, key=lambda meeting: (meeting.on, meeting.start))
    meetings = tuple(_collected(meeting, history) for meeting in ordered)
    return CalendarPlan(group.name, meetings, tuple(_withdrawn(ordered, history)))


def _collected(meeting: Meeting, history: CalendarHistory) -> CalendarMeeting:
    return CalendarMeeting(
        uid=history.uids.get(meeting.id, ""),
        number=meeting.number,
        on=meeting.on,
        start=meeting.start,
        minutes=meeting.minutes,
        place=meeting.place,
        titles=titles_of(meeting),
        cancelled=meeting.state not in GOING,
        reason=public_reason(meeting.reason),
        revision=history.revisions.get(meeting.id, Revision()),
    )


def _withdrawn(meetings: Iterable[Meeting], history: CalendarHistory) -> Iterator[CalendarMeeting]:
    for gone in history.gone:
        yield _taken_back(gone, gone.uid, gone.revision, replaced=False)
    for meeting in meetings:
        if uid := history.replaced.get(meeting.id):
            revision = history.revisions.get(meeting.id, Revision())
            # Newer than what was sent under the old uid, or a calendar keeps that (RFC 5546).
            yield _taken_back(meeting, uid, Revision(revision.sequence + 1, revision.at), replaced=True)


def _taken_back(meeting: Meeting | GoneMeeting, uid: str, revision: Revision, *, replaced: bool) -> CalendarMeeting:
    place, minutes = meeting.place, meeting.minutes
    return CalendarMeeting(
        uid, None, meeting.on, meeting.start, minutes, place, (), cancelled=True, revision=revision, replaced=replaced
    )


def write_plan_ics(plan: CalendarPlan, *, now: datetime, titles: bool = False) -> bytes:
    """The plan as an iCalendar file (RFC 5545): local times with their zone, so that a change of the clock moves none.

    Events are called by the name of the group and the number of the meeting; with `titles` by what they are about. The
    file has no METHOD: it is a picture of the plan and no message (RFC 5546 asks those for an organiser's address). So
    DTSTAMP is when an event last changed, and the same plan gives the same file. What earlier files had is taken back
    until its day has passed.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//ROP Facilitator//")
    calendar.add("version", "2.0")
    # A zone that is named has to be described in the file (RFC 5545, 3.6.5).
    calendar.add_component(_zone())
    # Of what has passed, a calendar has nothing to take back; an entry with another name goes in any case.
    withdrawn = (meeting for meeting in plan.withdrawn if meeting.replaced or meeting.on >= now.date())
    for meeting in (*plan.meetings, *withdrawn):
        calendar.add_component(_event(plan.group, meeting, now=now, titles=titles))
    data: bytes = calendar.to_ical()
    return data


def _event(group: str, meeting: CalendarMeeting, *, now: datetime, titles: bool) -> Component:
    import icalendar

    begins = datetime.combine(meeting.on, meeting.start, tzinfo=LOCAL_ZONE)
    # iCalendar writes whole seconds.
    changed = (meeting.revision.at or now).astimezone(UTC).replace(microsecond=0)
    event = icalendar.Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", meeting.revision.sequence)
    event.add("summary", _summary(group, meeting, titles=titles))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=meeting.minutes))
    if meeting.place:
        event.add("location", _line(meeting.place))
    if meeting.reason:
        event.add("description", capital(_line(meeting.reason)))
    # In a shared calendar others see that the time is taken, and not by what.
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if meeting.cancelled else "OPAQUE")
    return event


def _zone() -> Component:
    """Norwegian time, with the rule that has held for its summer time since 1996."""
    import icalendar

    zone = icalendar.Timezone()
    zone.add("tzid", LOCAL_ZONE.key)
    kinds = (
        (icalendar.TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 3, 1, 2),
        (icalendar.TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 10, 2, 1),
    )
    for kind, name, onset, month, before, after in kinds:
        part = kind()
        part.add("tzname", name)
        part.add("dtstart", onset)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone


def _summary(group: str, meeting: CalendarMeeting, *, titles: bool) -> str:
    number = _("meeting {n}").format(n=meeting.number) if meeting.number else ""
    about = capital(" + ".join(meeting.titles)) if titles else ""
    title = " · ".join(filter(None, (group, number, about)))
    if meeting.replaced:
        title = _("Replaced by a new entry: {title}").format(title=title)
    elif meeting.cancelled:  # many calendars show what is cancelled like any other event
        title = _("Called off: {title}").format(title=title)
    return _line(title)


def _line(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def plan_table(plan: CalendarPlan) -> str:
    """The plan as lines with tabs, to paste into a document or a spreadsheet: week, date, time, place, sessions."""
    rows: list[Iterable[str]] = [(_("Week"), _("Date"), _("Time"), _("Place"), _("Sessions"))]
    for meeting in plan.meetings:
        about = capital(" + ".join(meeting.titles))
        if meeting.cancelled:
            about = f"{_('Called off')}: {meeting.reason}" if meeting.reason else _("Called off")
        hours = clock_span(meeting.start, meeting.minutes)
        week = iso_week(meeting.on).partition("-W")[2].lstrip("0")
        rows.append((week, capital(long_date(meeting.on)), hours, meeting.place, about))
    # Pasted into a spreadsheet, a place that begins with = would be computed.
    return "".join("\t".join(safe_cell(_line(cell)) for cell in row) + "\n" for row in rows)
