"""What is done with a group as a whole: shown, changed from a day on, archived, brought back, deleted for good."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from rop_facilitator.cli.records_access import open_records, print_json, read_library, refusing
from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _, language, long_date, ngettext, on_weekdays
from rop_facilitator.records.log.action_names import Action

if TYPE_CHECKING:
    from rop_facilitator.records.group.group_changes import GroupChange
    from rop_facilitator.records.group.group_effect import GroupEffect
    from rop_facilitator.records.models import Group
    from rop_facilitator.records.storage.database import Session

_VERBS = ("archive", "unarchive", "delete_for_good")
NO_END = "none"
_FACTS = (
    "name",
    "name_on_paper",
    "themes_on_plans",
    "weekday",
    "time",
    "minutes",
    "place",
    "until",
    "leader",
    "remove_leader",
    "from",
)


def group(options: argparse.Namespace) -> int:
    """Show a group, or change it. Raises RefusedError with what to do; then nothing was changed."""
    today = options.today
    try:
        verb = _verb(options)
        if verb == "delete_for_good":
            return _delete(options)
        if verb:
            return _archive(options, verb, today)
        if any(getattr(options, name) is not None for name in _FACTS):
            return _change(options, today)
    except RefusedError as refused:
        if options.json:
            print_json({"done": False, "refused": str(refused)})
        raise
    return _show(options)


def _verb(options: argparse.Namespace) -> str:
    """What is to be done with the whole group, or "". Raises RefusedError where options do not go together."""
    verbs = [name for name in _VERBS if getattr(options, name)]
    others = [name for name in _FACTS if getattr(options, name) is not None]
    if len(verbs) > 1 or (verbs and others):
        given = ", ".join("--" + name.replace("_", "-") for name in (*verbs, *others))
        raise RefusedError(_("These do not go together: {options}. Do one after the other.").format(options=given))
    if options.confirm is not None and verbs != ["delete_for_good"]:
        raise RefusedError(_("--confirm goes with --delete-for-good only."))
    return verbs[0] if verbs else ""


# -- shown


def _show(options: argparse.Namespace) -> int:
    from rop_facilitator.records.calendar.group_calendar import patterns_of
    from rop_facilitator.records.group.group_effect import hours_of
    from rop_facilitator.records.group.groups import find_group

    with open_records(options) as (database, _leader), database.read() as db:
        group = find_group(db, options.group)
    # The group was loaded whole, so it can be read after the records are closed.
    facts = _facts(group, options.today)
    if options.json:
        print_json(facts)
        return 0
    print(facts["name"])
    print("  " + _("on paper: {name}").format(name=facts["name_on_paper"]))
    for pattern in patterns_of(group):
        words = _("from {day}: {days} at {hours}").format(
            day=long_date(pattern.first), days=on_weekdays(pattern.pattern.weekdays), hours=hours_of(pattern.pattern)
        )
        print("  " + ", ".join(filter(None, (words, pattern.pattern.place))))
    if facts["until"]:
        print("  " + _("ends by {day}").format(day=long_date(facts["until"])))
    if facts["leaders"]:
        print("  " + _("leaders: {names}").format(names=", ".join(facts["leaders"])))
    if facts["archived"]:
        print("  " + _("archived on {day}").format(day=long_date(facts["archived"])))
    return 0


def _facts(group: Group, today: date) -> dict[str, Any]:
    """All that can be changed in a group; weekdays as they are typed after --weekday."""
    from rop_facilitator.planning.calendar import SHORT_WEEKDAYS
    from rop_facilitator.records.calendar.group_calendar import patterns_of
    from rop_facilitator.records.group.name_on_paper import name_on_paper_of

    return {
        "name": group.name,
        "name_on_paper": name_on_paper_of(group, today, language=language()),
        "themes_on_plans": group.themes_on_plans,
        "patterns": [
            {
                "first": pattern.first,
                "weekdays": [SHORT_WEEKDAYS[day] for day in pattern.pattern.weekdays],
                "time": f"{pattern.pattern.start:%H:%M}",
                "minutes": pattern.pattern.minutes,
                "place": pattern.pattern.place,
            }
            for pattern in patterns_of(group)
        ],
        "until": group.until,
        "leaders": list(group.leaders),
        "archived": group.archived,
    }


# -- changed


def _change(options: argparse.Namespace, today: date) -> int:
    from rop_facilitator.records.group.group_changes import action_of, change_group, differences
    from rop_facilitator.records.group.group_effect import group_effect
    from rop_facilitator.records.group.groups import find_group

    with open_records(options, for_writing=not options.preview) as (database, leader):
        with database.read() as db:
            group = find_group(db, options.group)
            change = refusing(lambda: _wanted(db, group, options, today))
        if group.archived is not None:
            raise RefusedError(_("The group is archived, so it can only be read. Bring it back first."))
        names, action = differences(group, change), action_of(group, change)
        # Only another length can make the sessions of a course fit or not.
        library = read_library() if change.minutes is not None else None
        effect = refusing(lambda: group_effect(group, change, today=today, library=library))
        if not options.preview:
            # `group_effect` has changed the copy that was read; the change that is stored begins anew.
            with database.write(action, by=leader.id) as db:
                change_group(find_group(db, options.group), change, today=today)
    _print_change(options, group, effect, names, action)
    return 0


def _wanted(db: Session, group: Group, options: argparse.Namespace, today: date) -> GroupChange:
    """The change that the options ask for. Raises UserError for what cannot be."""
    from rop_facilitator.planning.calendar import parse_weekday
    from rop_facilitator.records.group.group_changes import GroupChange, usual_first, with_leaders
    from rop_facilitator.records.group.groups import free_name

    first = getattr(options, "from") or usual_first(group, today)
    weekdays = tuple(sorted({parse_weekday(text) for text in options.weekday})) if options.weekday else None
    leaders = None
    if options.leader or options.remove_leader:
        leaders = with_leaders(group.leaders, added=options.leader or (), removed=options.remove_leader or ())
    return GroupChange(
        first,
        name=free_name(db, options.name, group_id=group.id) if options.name is not None else None,
        name_on_paper=_name_on_paper(options),
        themes_on_plans=None if options.themes_on_plans is None else options.themes_on_plans == "yes",
        weekdays=weekdays,
        start=options.time,
        minutes=options.minutes,
        place=options.place,
        # Three answers: left as it is (...), no end (None), or a day.
        until=... if options.until is None else None if options.until == NO_END else options.until,
        leaders=leaders,
    )


def _name_on_paper(options: argparse.Namespace) -> str | None:
    """The name that its papers get. Raises RefusedError where it says what the group is about and nobody insists."""
    from rop_facilitator.records.group.groups import clean_name_on_paper
    from rop_facilitator.records.group.name_on_paper import doubt_about_name

    if options.name_on_paper is None:
        return None
    name = clean_name_on_paper(options.name_on_paper)
    if not options.anyway and (doubt := doubt_about_name(name, read_library())):
        raise RefusedError(f"{doubt}\n{_('Add --anyway to print it all the same.')}")
    return name


def _print_change(
    options: argparse.Namespace, group: Group, effect: GroupEffect, names: list[str], action: Action
) -> None:
    from rop_facilitator.cli.plans import moves_json
    from rop_facilitator.records.plan.group_plan import key_of

    titles = {key_of(session): session.title for session in group.sessions}
    if options.json:
        moves = moves_json(effect.comparison, titles, effect.before, effect.after)
        report: dict[str, Any] = {
            "action": action,
            "done": not options.preview,
            "changed": names,
            "by_hand": list(effect.by_hand),
        }
        report["called_off"] = list(effect.called_off)
        print_json({**report, "group": _facts(group, options.today), **moves})
        return
    for row in effect.rows:
        print(f"{row.caption}: {row.before} → {row.after}" if row.differs else f"{row.caption}: {row.after}")
    for words in filter(None, (effect.misfit, *effect.stays)):
        print(words)
    print(_("Nothing was changed: this is only shown.") if options.preview else _("Changed."))


# -- put away and deleted


def _archive(options: argparse.Namespace, verb: str, today: date) -> int:
    from rop_facilitator.records.group.archived_groups import archive_group, unarchive_group
    from rop_facilitator.records.group.groups import find_group

    action = Action.GROUP_ARCHIVED if verb == "archive" else Action.GROUP_BROUGHT_BACK

    def change_row(group: Group) -> None:
        if verb == "archive":
            archive_group(group, today=today)
        else:
            unarchive_group(group)

    with open_records(options, for_writing=not options.preview) as (database, leader):
        with database.read() as db:
            group = find_group(db, options.group)
        refusing(lambda: change_row(group))  # first on a copy that is not stored, as the preview does
        if not options.preview:
            with database.write(action, by=leader.id) as db:
                change_row(find_group(db, options.group))
    if options.json:
        print_json({"action": action, "done": not options.preview, "group": _facts(group, today)})
    elif options.preview:
        print(_("Nothing was changed: this is only shown."))
    elif verb == "archive":
        print(_("{name} is archived: out of the lists, and only to be read.").format(name=group.name))
    else:
        print(_("{name} is back.").format(name=group.name))
    return 0


def _delete(options: argparse.Namespace) -> int:
    from rop_facilitator.records.erasure.erase import erase_group
    from rop_facilitator.records.erasure.erase_group import what_goes
    from rop_facilitator.records.group.groups import find_group

    with open_records(options, for_writing=not options.preview) as (database, leader):
        with database.read() as db:
            group = find_group(db, options.group)
            erasure = what_goes(db, group.id)
        report: dict[str, Any] = {
            "action": Action.GROUP_DELETED_FOR_GOOD,
            "done": False,
            "people": list(erasure.people),
            "staying": list(erasure.staying),
            "meetings": erasure.meetings,
            "marks": erasure.marks,
        }
        if not options.json:
            # Before the name is asked for: what goes along is the reason to type it or not.
            _print_erasure(group.name, report)
        if options.preview:
            if options.json:
                print_json(report)
            return 0
        _must_be_confirmed(options.confirm, group.name)
        until = erase_group(database, group.id, by=leader.id)
    if options.json:
        print_json({**report, "done": True, "backups_until": until})
    else:
        print(_("Deleted for good. Backups can hold it until {day}.").format(day=long_date(until)))
    return 0


def _print_erasure(name: str, report: dict[str, Any]) -> None:
    """Say what goes with the group, and who stays, before anything is deleted."""
    meetings = ngettext("{n} meeting", "{n} meetings", report["meetings"]).format(n=report["meetings"])
    marks = ngettext("{n} attendance mark", "{n} attendance marks", report["marks"]).format(n=report["marks"])
    print(
        _("{name} goes with {meetings} and {marks}. There is no undo.").format(
            name=name, meetings=meetings, marks=marks
        )
    )
    if report["people"]:
        names = ", ".join(report["people"])
        print(_("These are in no other group and go with it: {names}").format(names=names))
    if report["staying"]:
        print(_("These are in another group and stay: {names}").format(names=", ".join(report["staying"])))


def _must_be_confirmed(confirm: str | None, name: str) -> None:
    from rop_facilitator.clean_text import is_name_written

    if not is_name_written(confirm or "", name):
        raise RefusedError(
            _("Nothing was deleted. Type the name of the group to delete it: --confirm “{name}”.").format(name=name)
        )


def groups(options: argparse.Namespace) -> int:
    """Every group that goes on, or those that are archived: members, meetings and the next date."""
    from rop_facilitator.records.group.groups_overview import group_summaries

    with open_records(options) as (database, _leader), database.read() as db:
        today = options.today
        rows = [vars(summary) for summary in group_summaries(db, today=today, archived=options.archived)]
    if options.json:
        print_json(rows)
        return 0
    for row in rows:
        following = long_date(row["next_meeting"]) if row["next_meeting"] else _("none")
        members = ngettext("{n} member", "{n} members", row["members"]).format(n=row["members"])
        held = ngettext("{held} of {planned} meeting held", "{held} of {planned} meetings held", row["planned"])
        counts = ", ".join((members, held.format(**row), _("next: {day}").format(day=following)))
        print(f"{row['name']} ({', '.join(row['curricula'])}): {counts}")
    return 0
