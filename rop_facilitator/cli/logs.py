"""The command that lists the log."""

from __future__ import annotations

import argparse


def log(options: argparse.Namespace) -> int:
    """What was done in the records, newest last; of one group or of all."""
    from rop_facilitator.cli.commands import print_json, the_records
    from rop_facilitator.i18n import _, capital, clock, long_date, ngettext
    from rop_facilitator.records.actions import action_text
    from rop_facilitator.records.event_log import logged_events

    with the_records(options) as (database, _leader), database.read() as db:
        events = logged_events(db, options.group or "")
    if options.json:
        print_json(
            [
                {
                    "at": event.at.isoformat(timespec="seconds"),
                    "leader": event.leader or None,
                    "action": event.action,
                    "group": event.groups[0] if len(event.groups) == 1 else None,
                    "people": event.people,
                }
                for event in events
            ]
        )
        return 0
    day = None
    for event in events:
        if event.at.date() != day:
            day = event.at.date()
            print(capital(long_date(day)))
        people = ngettext("{n} person", "{n} people", event.people).format(n=event.people) if event.people else ""
        about = ", ".join(filter(None, (", ".join(event.groups), people)))
        what = _("{leader}: {action}").format(
            leader=event.leader or _("Somebody"), action=action_text(event.action, {})
        )
        print(f"  {clock(event.at.time())}  {what}" + (f" ({about})" if about else ""))
    if not events:
        print(_("Nothing has been done yet."))
    return 0
