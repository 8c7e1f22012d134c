"""What is done with one person of a group: in, out, back, days corrected, another group, another name, deleted."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rop_facilitator.clean_text import clean_text, is_name_written
from rop_facilitator.cli.records_access import open_records, print_json
from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _, long_date
from rop_facilitator.planning.date_words import span_words
from rop_facilitator.records.log.action_names import Action

if TYPE_CHECKING:
    from rop_facilitator.records.membership.membership_changes import PeriodEffect
    from rop_facilitator.records.membership.membership_periods import Days, NewPeriods
    from rop_facilitator.records.models import Group, Membership
    from rop_facilitator.records.storage.database import Database, Session

ACTIONS = {
    "add": Action.PERSON_ADDED,
    "leave": Action.PERSON_TAKEN_OUT,
    "pause": Action.PERSON_PAUSED,
    "return": Action.PERSON_CAME_BACK,
    "first_day": Action.FIRST_DAY_CORRECTED,
    "last_day": Action.LAST_DAY_CORRECTED,
    "complete": Action.PERSON_COMPLETED,
    "move_to": Action.PERSON_MOVED,
    "rename": Action.PERSON_RENAMED,
    "alias": Action.PERSON_RENAMED,
    "delete_for_good": Action.PERSON_DELETED_FOR_GOOD,
}
_WITH = {"from": ("add", "move_to"), "until": ("pause",), "period": ("first_day", "last_day")}


@dataclass(frozen=True)
class PersonChange:
    """A change that has been looked at: what it means, what counts in the new group, and how it is saved."""

    save: Callable[[Session], object]
    effect: PeriodEffect | None = None
    received: tuple[str, ...] = ()


def person(options: argparse.Namespace) -> int:
    """One change of one person, looked at or made. Raises RefusedError with what to do; then nothing was changed."""
    from rop_facilitator.records.group.groups import find_group
    from rop_facilitator.records.membership.membership_changes import MarksOutsideError

    verb, today = _verb(options), options.today
    try:
        with open_records(options, for_writing=not options.preview) as (database, leader):
            if verb == "delete_for_good":
                # Before a transaction is begun: erasing has its own, and cleans the file behind it.
                return _delete(options, database, leader.id)
            if options.preview:
                with database.read() as db:
                    change = _change(db, find_group(db, options.group), verb, options, today)
            else:
                with database.write(ACTIONS[verb], by=leader.id) as db:
                    change = _change(db, find_group(db, options.group), verb, options, today)
                    change.save(db)
    except RefusedError as refused:
        if options.json:
            marks = refused.marks if isinstance(refused, MarksOutsideError) else ()
            print_json(
                {
                    "action": ACTIONS[verb],
                    "done": False,
                    "refused": str(refused),
                    "marks_outside": [[day, mark.value] for day, mark in marks],
                }
            )
        raise
    _show(options, verb, change)
    return 0


def _verb(options: argparse.Namespace) -> str:
    """The one thing that is wanted. Raises RefusedError where an option belongs to another one."""
    # An empty alias is asked for too: it takes the alias away.
    given = [name for name in ACTIONS if getattr(options, name) not in (None, False)]
    if len(given) != 1:
        raise RefusedError(
            _("Say one change: {options}.").format(options=", ".join("--" + name.replace("_", "-") for name in ACTIONS))
        )
    for option, verbs in _WITH.items():
        if getattr(options, option) is not None and given[0] not in verbs:
            where = ", ".join("--" + name.replace("_", "-") for name in verbs)
            raise RefusedError(_("--{option} goes with {verbs} only.").format(option=option, verbs=where))
    return given[0]


def _change(db: Session, group: Group, verb: str, options: argparse.Namespace, today: date) -> PersonChange:
    from rop_facilitator.records.group.groups import clean_name, find_member, rename_participant
    from rop_facilitator.records.membership.membership_changes import MarksOutsideError, effect_of, save_periods
    from rop_facilitator.records.membership.unique_names import check_free_for

    if verb == "add":
        return _added(group, options, today)
    membership = find_member(group.memberships, options.person, group.names_shown)
    if verb in ("rename", "alias"):
        given = options.rename if verb == "rename" else options.alias
        what = _("The name") if verb == "rename" else _("The alias")
        text = clean_name(given, what=what) if clean_text(given) or verb == "rename" else ""
        name, alias = (text, None) if verb == "rename" else (membership.participant.name, text)
        check_free_for(db, membership.participant, name, membership.participant.alias if alias is None else alias)
        return PersonChange(lambda db: rename_participant(db, group, membership, name, alias))
    new = _new_periods(membership, verb, options)
    effect = effect_of(group, membership, new)
    if effect.marks_outside and not options.keep_marks:
        raise MarksOutsideError(effect.marks_outside)
    if verb == "move_to":
        return _moved(db, group, membership, effect, options)
    return PersonChange(lambda db: save_periods(db, group, membership, new, keep_marks=options.keep_marks), effect)


def _new_periods(membership: Membership, verb: str, options: argparse.Namespace) -> NewPeriods:
    from datetime import timedelta

    from rop_facilitator.records.membership import membership_periods
    from rop_facilitator.records.models import MembershipStatus

    if verb == "leave":
        return membership_periods.ended(membership, options.leave, MembershipStatus.LEFT)
    if verb == "complete":
        # --complete is the last day in, while `ended` takes the first one out.
        first_out = options.complete + timedelta(days=1)
        return membership_periods.ended(membership, first_out, MembershipStatus.COMPLETED)
    if verb == "pause":
        return membership_periods.paused(membership, options.pause, options.until)
    if verb == "return":
        return membership_periods.returned(membership, getattr(options, "return"))
    if verb == "first_day":
        return membership_periods.with_first_day(membership, options.period, options.first_day)
    if verb == "last_day":
        return membership_periods.with_last_day(membership, options.period, options.last_day)
    return membership_periods.ended(membership, _from_day(options), MembershipStatus.LEFT)


def _from_day(options: argparse.Namespace) -> date:
    first_day: date | None = getattr(options, "from")
    if first_day is None:
        raise RefusedError(_("Say from which day: --from DATE."))
    return first_day


def _added(group: Group, options: argparse.Namespace, today: date) -> PersonChange:
    from rop_facilitator.records.group.groups import add_participant, clean_name
    from rop_facilitator.records.membership.unique_names import check_free_in

    name, first_day = clean_name(options.person, what=_("The name")), getattr(options, "from") or today
    # A second membership would part what the person has received from what comes (decision 0012).
    if any(
        membership.participant.name.casefold() == name.casefold() and not membership.covers(today)
        for membership in group.memberships
    ):
        raise RefusedError(
            _("{name} has been in the group before. Use --return, or --first-day to correct the day.").format(name=name)
        )
    check_free_in(group, name)
    return PersonChange(lambda db: add_participant(db, group, name, joined=first_day))


def _moved(
    db: Session, group: Group, membership: Membership, effect: PeriodEffect, options: argparse.Namespace
) -> PersonChange:
    from rop_facilitator.records.group.groups import find_group
    from rop_facilitator.records.membership.membership_changes import check_move, counts_there, move_to, received_in

    target, first_day = find_group(db, options.move_to), _from_day(options)
    check_move(group, membership, target, first_day=first_day)
    titles = counts_there(target, received_in(group, membership))
    return PersonChange(
        lambda db: move_to(db, group, membership, target, first_day=first_day, keep_marks=options.keep_marks),
        effect,
        tuple(titles),
    )


def _delete(options: argparse.Namespace, database: Database, leader_id: int) -> int:
    """All of a person, in all groups. The name must be typed, for nothing brings it back."""
    from rop_facilitator.records.erasure.erase import erase_participant
    from rop_facilitator.records.group.groups import find_group, find_member
    from rop_facilitator.records.membership.membership_changes import groups_of

    with database.read() as db:
        group = find_group(db, options.group)
        membership = find_member(group.memberships, options.person, group.names_shown)
        groups = groups_of(db, membership.participant_id)
    name = membership.participant.name
    if not is_name_written(options.confirm or "", name):
        raise RefusedError(
            _(
                "This deletes {name} with all marks, in {groups}. Nothing brings it back. "
                "To do it, write --confirm and the name."
            ).format(name=name, groups=", ".join(groups))
        )
    last = None
    if not options.preview:
        last = erase_participant(database, membership.participant_id, by=leader_id)
    if options.json:
        row = {"action": ACTIONS["delete_for_good"], "done": last is not None, "groups": groups, "backups_until": last}
        print_json(row)
    elif last is not None:
        print(_("Deleted for good. Backups may hold the person until {day}.").format(day=long_date(last)))
    else:
        print(_("This would delete {name} in {groups}.").format(name=name, groups=", ".join(groups)))
    return 0


def _show(options: argparse.Namespace, verb: str, change: PersonChange) -> None:
    effect = change.effect
    if options.json:
        row: dict[str, Any] = {"action": ACTIONS[verb], "done": not options.preview}
        if effect is not None:
            row |= {
                "periods_before": [list(days) for days in effect.before],
                "periods": [list(days) for days in effect.after],
                "present_before": effect.share_before.present,
                "counted_before": effect.share_before.counted,
                "present": effect.share_after.present,
                "counted": effect.share_after.counted,
                "marks_outside": [[day, mark.value] for day, mark in effect.marks_outside],
            }
        if verb == "move_to":
            row |= {"received": list(change.received)}
        print_json(row)
        return
    print(_("Nothing was changed; this is what it would be.") if options.preview else _("Done."))
    if effect is not None:
        print(days_words(effect.after))
        before, after = effect.share_before, effect.share_after
        words = _("{n} of {all} meetings in place of {before} of {of}.")
        if (before.present, before.counted) != (after.present, after.counted):
            print(words.format(n=after.present, all=after.counted, before=before.present, of=before.counted))
    for title in change.received:
        print(_("Counts as received: {title}").format(title=title))


def days_words(days: Days) -> str:
    """Periods in words, one after another."""
    words = [
        span_words(first, last) if last is not None else _("from {day}").format(day=long_date(first))
        for first, last in days
    ]
    return "; ".join(words)
