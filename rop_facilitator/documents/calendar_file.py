"""A group's plan as a calendar file and as a table to paste. Neither says what the group is about unless asked to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rop_facilitator.documents.files import safe_cell
from rop_facilitator.i18n import _, capital, clock, long_date
from rop_facilitator.planning.calendar import end_of, iso_week
from rop_facilitator.records.meetings import GOING, titles_of
from rop_facilitator.records.models import Group

if TYPE_CHECKING:
    from icalendar import Component

ZONE = ZoneInfo("Europe/Oslo")
_OURS = uuid.UUID("5b0c5a0e-6a57-4d0e-9c0e-0d5d8f1f7c55")


@dataclass(frozen=True)
class CalendarMeeting:
    """A meeting as a calendar needs it, in local wall time; `uid` stays the same when it moves."""

    uid: str
    number: int | None
    on: date
    start: time
    minutes: int
    place: str
    titles: tuple[str, ...]
    cancelled: bool = False
    reason: str = ""


@dataclass(frozen=True)
class CalendarPlan:
    """The plan of a group."""

    group: str
    meetings: tuple[CalendarMeeting, ...]


def collect_calendar(group: Group) -> CalendarPlan:
    """All meetings of a loaded group, those that were called off too."""
    meetings = tuple(
        CalendarMeeting(
            uid=str(uuid.uuid5(_OURS, f"{group.id}/{group.first_date}/{one.slot}")),
            number=one.number,
            on=one.on,
            start=one.start,
            minutes=one.minutes,
            place=one.place,
            titles=titles_of(one),
            cancelled=one.state not in GOING,
            reason=one.reason,
        )
        for one in sorted(group.meetings, key=lambda one: (one.on, one.start))
    )
    return CalendarPlan(group.name, meetings)


def write_plan_ics(plan: CalendarPlan, *, now: datetime, titles: bool = False) -> bytes:
    """The plan as an iCalendar file (RFC 5545): local times with their zone, so that a change of the clock moves none.

    Events are called by the name of the group and the number of the meeting; with `titles` by what they are about.
    """
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//ROP Facilitator//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(_zone())
    for meeting in plan.meetings:
        begins = datetime.combine(meeting.on, meeting.start, tzinfo=ZONE)
        event = icalendar.Event()
        event.add("uid", meeting.uid)
        event.add("dtstamp", now.astimezone(ZoneInfo("UTC")))
        event.add("summary", _summary(plan.group, meeting, titles=titles))
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=meeting.minutes))
        if meeting.place:
            event.add("location", _line(meeting.place))
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
        made.add_component(event)
    data: bytes = made.to_ical()
    return data


def _zone() -> Component:
    """Norwegian time, with the rule that has held for its summer time since 1996."""
    import icalendar

    zone = icalendar.Timezone()
    zone.add("tzid", ZONE.key)
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
    return _line(" · ".join(filter(None, (group, number, about))))


def _line(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def plan_table(plan: CalendarPlan) -> str:
    """The plan as lines with tabs, to paste into a document or a spreadsheet: week, date, time, place, sessions."""
    rows: list[Iterable[str]] = [(_("Week"), _("Date"), _("Time"), _("Place"), _("Sessions"))]
    for one in plan.meetings:
        about = capital(" + ".join(one.titles))
        if one.cancelled:
            about = f"{_('Called off')}: {one.reason}" if one.reason else _("Called off")
        hours = f"{clock(one.start)}–{clock(end_of(one.start, one.minutes))}"
        week = iso_week(one.on).partition("-W")[2].lstrip("0")
        rows.append((week, capital(long_date(one.on)), hours, one.place, about))
    return "".join("\t".join(safe_cell(_line(cell)) for cell in row) + "\n" for row in rows)
