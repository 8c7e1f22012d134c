"""What was done: listed, and the last of it taken back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rop_facilitator.records.log.log_list import LoggedEvent


def log(options: argparse.Namespace) -> int:
    """What was done in the records, newest last; of one group or of all."""
    from rop_facilitator.cli.records_access import open_records, print_json
    from rop_facilitator.i18n import _, capital, clock, long_date
    from rop_facilitator.records.log.action_names import action_text
    from rop_facilitator.records.log.log_list import logged_events

    with open_records(options) as (database, _leader), database.read() as db:
        events = logged_events(db, options.group or "")
    if options.json:
        print_json([_event_json(event) for event in events])
        return 0
    day = None
    for event in events:
        if event.at.date() != day:
            day = event.at.date()
            print(capital(long_date(day)))
        about = _about(event)
        what = _("{leader}: {action}").format(
            leader=event.leader or _("Somebody"), action=action_text(event.action, {})
        )
        print(f"  {clock(event.at.time())}  {what}" + (f" ({about})" if about else ""))
    if not events:
        print(_("Nothing has been done yet."))
    return 0


def undo(options: argparse.Namespace) -> int:
    """Take back the leader's own newest action, in one group or in all. Raises RefusedError where it cannot be."""
    from rop_facilitator.cli.records_access import open_records, print_json, refusing
    from rop_facilitator.errors import RefusedError
    from rop_facilitator.i18n import _, capital, clock, long_date
    from rop_facilitator.records.log.action_names import action_text
    from rop_facilitator.records.log.log_list import logged_events
    from rop_facilitator.records.log.undo import undo_last

    try:
        with open_records(options, for_writing=not options.preview) as (database, leader):
            with database.read() as db:
                # Each command unlocks anew, so “since unlocking” would always be nothing (decision 0015).
                events = {event.id: event for event in logged_events(db, options.group or "")}
            undone = refusing(lambda: undo_last(database, leader.id, among=events, preview=options.preview))
    except RefusedError as refused:
        if options.json:
            print_json({"done": False, "refused": str(refused)})
        raise
    event = events[undone.id]
    if options.json:
        print_json({"done": not options.preview, **_event_json(event)})
        return 0
    when = _("{day} at {time}").format(day=long_date(event.at.date()), time=clock(event.at.time()))
    about = _about(event)
    what = action_text(undone.action, undone.arguments) + (f" ({about})" if about else "")
    if options.preview:
        print(capital(_("{what}, {when}: can be taken back.").format(what=what, when=when)))
        print(_("Nothing was changed: this is only shown."))
    else:
        print(_("Took back: {what}, {when}").format(what=what, when=when))
    return 0


def _event_json(event: LoggedEvent) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(timespec="seconds"),
        "leader": event.leader or None,
        "action": event.action,
        "group": event.groups[0] if len(event.groups) == 1 else None,
        "people": event.people,
    }


def _about(event: LoggedEvent) -> str:
    """In which groups, and to how many people."""
    from rop_facilitator.i18n import ngettext

    people = ngettext("{n} person", "{n} people", event.people).format(n=event.people) if event.people else ""
    return ", ".join(filter(None, (", ".join(event.groups), people)))
