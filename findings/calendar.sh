#!/bin/sh
# What public calendar libraries do with valid input, other than one would guess. Nothing of this project is run.
# Needs python3 and a package index; works in a temporary folder. Ends with 0 while all is as told here, else with 1.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  icalendar==7.3.2 recurring-ical-events==3.8.2 x-wr-timezone==2.0.1 python-dateutil==2.9.0.post0 tzdata==2026.6
"$place/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, timedelta
from importlib.metadata import version

import icalendar
import recurring_ical_events

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//finding//EN\r\n"


def calendar(*events):
    lines = "".join(f"BEGIN:VEVENT\r\nDTSTAMP:20260801T080000Z\r\n{one}\r\nEND:VEVENT\r\n" for one in events)
    return icalendar.Calendar.from_ical(HEAD + lines.replace("\r\n", "\n").replace("\n", "\r\n") + "END:VCALENDAR\r\n")


def show(title, expected, got, as_told):
    print(f"\n{title}\n  one would guess: {expected}\n  it gives:        {got}")
    if got != as_told:
        print("  CHANGED: this is not what was told")
        sys.exit(1)


for name in ("icalendar", "recurring-ical-events", "python-dateutil"):
    print(name, version(name))

# 1. RFC 5545 3.3.6: hours of a duration are exact, only days and weeks are nominal. Clocks go back at 03:00.
night = calendar("UID:1@example\nDTSTART;TZID=Europe/Oslo:20261024T220000\nDURATION:PT8H\nSUMMARY:Night watch")
(watch,) = recurring_ical_events.of(night).between(date(2026, 10, 1), date(2026, 11, 1))
lasts = watch["DTEND"].dt.timestamp() - watch["DTSTART"].dt.timestamp()
show(
    "1. recurring-ical-events: DURATION:PT8H over the night on which summer time ends",
    "an event of 8 hours that ends at 05:00",
    f"{timedelta(seconds=lasts)} until {watch['DTEND'].dt:%H:%M}",
    "9:00:00 until 06:00",
)

# 2. The documentation of between() says "start (inclusive) and end (inclusive)".
assert "end (inclusive)" in recurring_ical_events.CalendarQuery.between.__doc__
last = calendar("UID:2@example\nDTSTART;VALUE=DATE:20261130\nSUMMARY:Closed")
found = recurring_ical_events.of(last).between(date(2026, 11, 1), date(2026, 11, 30))
show(
    "2. recurring-ical-events: between(1 November, 30 November) and a whole day on 30 November",
    "1 event, as the end is said to be included",
    f"{len(found)} events",
    "0 events",
)

# 3. A series that is called off from its second time on (RFC 5546: STATUS:CANCELLED, RANGE=THISANDFUTURE).
series = "UID:3@example\nDTSTART;VALUE=DATE:20261103\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Course"
stopped = (
    "UID:3@example\nSEQUENCE:1\nRECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20261110\n"
    "DTSTART;VALUE=DATE:20261110\nSTATUS:CANCELLED\nSUMMARY:Course"
)
times = recurring_ical_events.of(calendar(series, stopped)).between(date(2026, 11, 1), date(2026, 12, 31))
show(
    "3. recurring-ical-events: a weekly series that is called off from its second time on",
    "1 time is left, on 3 November",
    ", ".join(f"{one['DTSTART'].dt:%d %b} {one.get('STATUS', '-')}" for one in times),
    "03 Nov -, 10 Nov CANCELLED, 17 Nov CANCELLED, 24 Nov CANCELLED",
)
print("\nAll as told.")
PYTHON
