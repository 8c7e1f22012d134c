"""The plan as a calendar file and a table: right across the change of the clock, and discreet."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.documents.exchange.calendar_export import CalendarMeeting, CalendarPlan, plan_table, write_plan_ics
from rop_facilitator.records.calendar.calendar_history import Revision

NOW = datetime(2026, 11, 24, 8, 35, tzinfo=UTC)


def meeting(number: int | None, on: date, **other: object) -> CalendarMeeting:
    facts = {"start": time(13), "minutes": 90, "place": "Rom 2", "titles": ("Kriseplan",)}
    return CalendarMeeting(f"uid-{on}", number, on, **{**facts, **other})


def events(plan: CalendarPlan, *, titles: bool = False) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(write_plan_ics(plan, now=NOW, titles=titles)).walk("VEVENT"))


@pytest.mark.parametrize(("on", "hours"), [(date(2026, 10, 20), 2), (date(2026, 10, 27), 1), (date(2027, 3, 30), 2)])
def test_the_wall_time_is_kept_across_the_change_of_the_clock(on: date, hours: int) -> None:
    data = write_plan_ics(CalendarPlan("Tirsdagsgruppa", (meeting(1, on),)), now=NOW)
    calendar = icalendar.Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(on, time(13))
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)
    (zone,) = calendar.walk("VTIMEZONE")
    for moment in (event["DTSTART"].dt, event["DTEND"].dt):
        own = moment.replace(tzinfo=zone.to_tz(lookup_tzid=False))
        assert own.utcoffset() == timedelta(hours=hours), "the file tells its own zone right"


@given(at=st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)))
def test_the_zone_in_the_file_is_that_of_the_system(at: datetime) -> None:
    plan = CalendarPlan("G", (meeting(1, date(2026, 11, 24)),))
    (zone,) = icalendar.Calendar.from_ical(write_plan_ics(plan, now=NOW)).walk("VTIMEZONE")
    theirs = at.replace(tzinfo=ZoneInfo("Europe/Oslo"))
    if at.month in (3, 10) and at.weekday() == 6 and at.hour < 4:
        return  # the hour that is there twice, or not at all
    assert at.replace(tzinfo=zone.to_tz(lookup_tzid=False)).utcoffset() == theirs.utcoffset()


def test_titles_only_when_asked_for() -> None:
    plan = CalendarPlan("Tirsdagsgruppa", (meeting(3, date(2026, 11, 24), titles=("resten av Stress", "Kriseplan")),))
    (neutral,), (themed,) = events(plan), events(plan, titles=True)
    assert neutral["SUMMARY"] == "Tirsdagsgruppa · meeting 3"
    assert themed["SUMMARY"] == "Tirsdagsgruppa · meeting 3 · Resten av Stress + Kriseplan"
    assert b"Kriseplan" not in write_plan_ics(plan, now=NOW)
    assert (neutral["CLASS"], neutral["UID"], neutral["STATUS"]) == ("PRIVATE", "uid-2026-11-24", "CONFIRMED")


def test_a_cancelled_meeting_is_cancelled_in_the_calendar_too() -> None:
    called_off = meeting(None, date(2026, 12, 1), cancelled=True, titles=(), reason="ferie")
    plan = CalendarPlan("G", (called_off, meeting(1, date(2026, 12, 8))))
    first, second = events(plan)
    assert (first["STATUS"], second["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert (first["SUMMARY"], second["SUMMARY"]) == ("Called off: G", "G · meeting 1"), "many show both alike"
    assert (first["TRANSP"], second["TRANSP"]) == ("TRANSPARENT", "OPAQUE")
    assert (first["DESCRIPTION"], second.get("DESCRIPTION")) == ("Ferie", None)


def test_an_event_tells_how_often_and_when_it_changed() -> None:
    changed = datetime(2026, 11, 20, 9, 5, 7, 123, tzinfo=UTC)
    plan = CalendarPlan("G", (meeting(1, date(2026, 12, 1), revision=Revision(3, changed)),))
    (event,) = events(plan)
    assert (event["SEQUENCE"], event["UID"]) == (3, "uid-2026-12-01")
    for stamp in ("DTSTAMP", "LAST-MODIFIED"):
        assert event[stamp].to_ical() == b"20261120T090507Z"
    assert write_plan_ics(plan, now=NOW) == write_plan_ics(plan, now=NOW + timedelta(days=3)), "the same plan"


def test_what_earlier_files_had_is_taken_back_until_its_day() -> None:
    gone = meeting(None, NOW.date(), cancelled=True, titles=())
    old = meeting(None, date(2026, 10, 6), cancelled=True, titles=(), replaced=True)
    plan = CalendarPlan("G", (), (gone, meeting(None, date(2026, 11, 23), cancelled=True, titles=()), old))
    assert [(event["SUMMARY"], event["STATUS"]) for event in events(plan)] == [
        ("Called off: G", "CANCELLED"),
        ("Replaced by a new entry: G", "CANCELLED"),
    ]


def test_the_file_is_as_the_standards_ask() -> None:
    """RFC 5545: the properties that must be there, once each, lines of 75 bytes; and no METHOD, for RFC 5546 asks a
    published message for an organiser's address."""
    long = meeting(
        3, date(2026, 11, 24), place="Møterom Østfløyen, oppgang Æ " * 6, titles=("Å leve godt – igjen " * 5,)
    )
    plan = CalendarPlan("Tirsdagsgruppa", (long, meeting(None, date(2026, 12, 1), cancelled=True)))
    data = write_plan_ics(plan, now=NOW, titles=True)
    lines = data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert all(len(line) <= 75 for line in lines)
    assert lines.count(b"VERSION:2.0") == sum(line.startswith(b"PRODID:") for line in lines) == 1
    assert not any(line.startswith((b"METHOD", b"ORGANIZER", b"ATTENDEE")) for line in lines)
    calendar = icalendar.Calendar.from_ical(data)
    zones = {zone["TZID"] for zone in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "LAST-MODIFIED", "STATUS", "SUMMARY"):
            assert not isinstance(event[name], list)
        assert event["DTSTART"].params["TZID"] in zones
        assert event["DTEND"].dt > event["DTSTART"].dt
    occurrences = recurring_ical_events.of(calendar).between(date(2026, 11, 1), date(2026, 12, 31))
    assert [(seen["DTSTART"].dt.date(), str(seen["STATUS"])) for seen in occurrences] == [
        (date(2026, 11, 24), "CONFIRMED"),
        (date(2026, 12, 1), "CANCELLED"),
    ]


def test_text_of_any_kind_stays_text() -> None:
    nasty = 'A;B,C\\D\nBEGIN:VEVENT\r\nX"'
    (event,) = events(CalendarPlan(nasty, (meeting(1, date(2026, 12, 1), place=nasty),)))
    assert event["LOCATION"] == 'A;B,C\\D BEGIN:VEVENT X"'
    assert event["SUMMARY"].startswith("A;B,C\\D BEGIN:VEVENT")
    assert events(CalendarPlan("G", ())) == []


def test_the_table_to_paste() -> None:
    plan = CalendarPlan(
        "G",
        (
            meeting(1, date(2026, 12, 29), titles=("=1+1", "b")),
            meeting(None, date(2027, 1, 5), cancelled=True, reason="ferie", place="Rom\t3"),
            meeting(None, date(2027, 1, 12), cancelled=True),
        ),
    )
    assert plan_table(plan).splitlines() == [
        "Week\tDate\tTime\tPlace\tSessions",
        "53\tTuesday 29 December 2026\t13:00–14:30\tRom 2\t'=1+1 + b",
        "1\tTuesday 5 January 2027\t13:00–14:30\tRom 3\tCalled off: ferie",
        "2\tTuesday 12 January 2027\t13:00–14:30\tRom 2\tCalled off",
    ]
