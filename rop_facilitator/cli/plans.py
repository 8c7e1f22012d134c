"""The commands about plans: a curriculum on real weeks, what does not fit, what a change moves, how far people are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rop_facilitator.cli.closures import ClosingDays, ClosuresOfFile
from rop_facilitator.cli.records_access import open_records, print_json, read_library
from rop_facilitator.errors import Problem, RefusedError, UserError
from rop_facilitator.i18n import _, clock, day_and_month, long_date, ngettext
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.cancellation_reasons import reason_words, written_reason

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Curriculum, Library
    from rop_facilitator.planning.calendar import Closure
    from rop_facilitator.planning.comparison import Comparison
    from rop_facilitator.planning.course_fit import Offer
    from rop_facilitator.planning.schedule import Plan, PlannedMeeting, Schedule
    from rop_facilitator.records.models import Group, GroupSession, NamesShown
    from rop_facilitator.records.progress.progress import PersonProgress

_WIDEST_DAY = len("wednesday 30 september 2026")  # so that the columns stand under one another
_ACROSS = 20  # sessions on a line of text, with a name before them as wide as a page
OFFERS = ("merge", "twice", "extend", "skip-optional")


def plan(options: argparse.Namespace) -> int:
    """A curriculum laid on real weeks; nothing is stored."""
    from rop_facilitator.planning.course_fit import fit, fit_text

    library = read_library()
    curriculum = library.curricula.get(options.curriculum)
    if curriculum is None:
        there = ", ".join(library.curricula) or _("none")
        raise UserError(
            _("There is no curriculum “{id}”. These are here: {there}.").format(id=options.curriculum, there=there)
        )
    from_file = ClosuresOfFile(options.closures, options.close_also, first=options.start)
    wanted = _plan_of(options, curriculum, from_file.closures)
    result = fit(wanted)
    fit_words = fit_text(result, options.until)
    chosen = _offer(wanted, options.offer) if options.offer else None
    schedule = chosen.schedule if chosen else result.schedule
    titles = {session.id: session.title for session in curriculum.sessions}
    if options.json:
        facts = {**_schedule_json(schedule), "fit": fit_words, "closures": from_file.json()}
        # Beside the JSON and not in it: it is about the file, and a script reads only the plan.
        for problem in from_file.problems:
            print(problem, file=sys.stderr)
        print_json({**facts, **(_offer_json(chosen) if chosen else {})})
        return 0
    _print_schedule(schedule, titles)
    print(fit_words)
    if chosen:
        print(f"{chosen.title}: {chosen.effect}, {chosen.cost}.")
    for problem in schedule.problems:
        print(problem)
    from_file.print()
    return 0


def _plan_of(options: argparse.Namespace, curriculum: Curriculum, from_file: Sequence[Closure]) -> Plan:
    from rop_facilitator.planning.calendar import MeetingPattern, parse_weekday
    from rop_facilitator.planning.closed_days import typed_closures
    from rop_facilitator.planning.meeting_days import GroupCalendar
    from rop_facilitator.planning.planned_sessions import divide, least_minutes_for_theme, planned_sessions_of, skip
    from rop_facilitator.planning.schedule import Plan

    weekdays = tuple(sorted({parse_weekday(text) for texts in options.weekday for text in texts}))
    pattern = MeetingPattern(weekdays, options.time, options.minutes)
    typed = (closure for text in options.closure for closure in typed_closures(text, options.start))
    closures = (*typed, *from_file)
    planned = planned_sessions_of(curriculum, options.minutes)
    known = {session.key for session in planned}
    for session_id in (*options.skip, *options.split):
        if session_id not in known:
            unknown = _("There is no session “{id}” in {curriculum}. See its folder for the names.")
            raise UserError(unknown.format(id=session_id[:80], curriculum=curriculum.id))
    for session_id in options.skip:
        planned = skip(planned, session_id)
    for session_id in options.split:
        planned = divide(planned, session_id, 2)
    calendar = GroupCalendar(pattern, options.start, options.until, closures)
    return Plan(planned, calendar, theme_minutes=least_minutes_for_theme([curriculum], options.minutes))


def _offer(wanted: Plan, kind: Any) -> Offer:
    from rop_facilitator.planning.course_fit import no_offer_text, offer

    if wanted.calendar.until is None:
        raise UserError(_("An offer needs an end to reach. Add --until DATE."))
    chosen = offer(wanted, kind)
    if chosen is None:
        raise UserError(no_offer_text(wanted, kind))
    return chosen


def _meeting_json(meeting: PlannedMeeting) -> dict[str, Any]:
    from rop_facilitator.planning.calendar import iso_week

    row = {
        "number": meeting.number,
        "date": meeting.on,
        "week": iso_week(meeting.on),
        "start": f"{meeting.start:%H:%M}",
        "end": f"{meeting.end:%H:%M}",
        "sessions": list(meeting.session_keys),
    }
    return {**row, "parts": meeting.parts} if meeting.parts else row


def _schedule_json(schedule: Schedule) -> dict[str, Any]:
    return {
        "meetings": [_meeting_json(meeting) for meeting in schedule.meetings],
        "skipped": [{"date": day.on, "code": day.code, "text": day.text} for day in schedule.skipped],
        "unplaced": list(schedule.unplaced),
        "problems": [vars(problem) for problem in schedule.problems],
    }


def _offer_json(offer: Offer) -> dict[str, Any]:
    facts = {"kind": offer.kind, "fits": offer.fits, "title": offer.title, "effect": offer.effect, "cost": offer.cost}
    return {"offer": facts}


def _print_schedule(schedule: Schedule, titles: Mapping[str, str]) -> None:
    def named(meeting: PlannedMeeting, key: str) -> str:
        part = meeting.parts.get(key)
        return f"{titles[key]} ({part[0]}/{part[1]})" if part else titles[key]

    def line(day: date, hours: str, number: str, what: str) -> tuple[date, str]:
        week = _("week {week}").format(week=day.isocalendar().week)
        return day, f"{week:<7}  {long_date(day):<{_WIDEST_DAY}}  {hours:<11}  {number:>3}  {what}"

    lines = [
        line(
            m.on, f"{clock(m.start)}–{clock(m.end)}", str(m.number), ", ".join(named(m, key) for key in m.session_keys)
        )
        for m in schedule.meetings
    ]
    # Days without a meeting stand among the meetings, so that a gap explains itself.
    lines += [line(skipped.on, "", "–", skipped.text) for skipped in schedule.skipped]
    for _on, text in sorted(lines):
        print(text)
    for key in schedule.unplaced:
        print(_("Not placed: {title}").format(title=titles[key]))


def calendar(options: argparse.Namespace) -> int:
    """A group's plan as a calendar file; the export is stored, as a later file has to take back what this one named."""
    from rop_facilitator.documents.exchange.calendar_export import collect_calendar, write_plan_ics
    from rop_facilitator.documents.output.write_file import write_document
    from rop_facilitator.records.calendar.calendar_history import EXPORTED, calendar_history
    from rop_facilitator.records.group.groups import find_group

    # Before anything is opened, which the log would note.
    if options.output.suffix.lower() != ".ics":
        raise RefusedError(_("Give the file a name that ends in .ics."))
    with open_records(options, for_writing=True, if_free=True) as (database, leader):
        with database.read() as db:
            group = find_group(db, options.group)
            plan = collect_calendar(group, calendar_history(db, group))
        write_document(options.output, write_plan_ics(plan, now=datetime.now().astimezone(), titles=options.titles))
        if database.writable:
            database.log_event(EXPORTED, by=leader.id, arguments={"group": group.id})
    print(_("Written: {path}").format(path=options.output))
    return 0


# -- a group's plan ----------------------------------------------------------------------------------------------------


def reschedule(options: argparse.Namespace) -> int:
    """What a change moves; without --preview it is made."""
    from rop_facilitator.planning.comparison import compare
    from rop_facilitator.records.group.groups import find_group
    from rop_facilitator.records.plan.group_plan import key_of, schedule_of

    closing = _closing(options)
    reason = _reason(options)
    action, change = (Action.CLOSURE_ADDED, closing.apply) if closing else _change(options)
    with open_records(options, for_writing=not options.preview) as (database, leader):
        if options.preview:
            with database.read() as db:
                group = find_group(db, options.group)
            before = schedule_of(group)
            # On rows that were only read: no transaction stores what becomes of them.
            change(group)
        else:
            with database.write(action, by=leader.id) as db:
                group = find_group(db, options.group)
                before = schedule_of(group)
                change(group)
        after = schedule_of(group)
    comparison = compare(before, after)
    titles = {key_of(session): session.title for session in group.sessions}
    if options.json:
        why = {"reason": reason} if reason else {}
        closures = closing.file.json() if closing else []
        print_json({**moves_json(comparison, titles, before, after), **why, "closures": closures})
        return 0
    _print_moves(comparison, titles)
    if reason:
        print(reason_words(reason))
    if closing:
        closing.file.print()
        if closing.replaced:
            print(closing.replaced)
    return 0


def _closing(options: argparse.Namespace) -> ClosingDays | None:
    """The days to close, where that is the change. Raises UserError unless exactly one change is asked for."""
    names = ("cancel", "did_not_meet", "move", "close", "closures")
    given = [name for name in names if getattr(options, name) is not None]
    if len(given) != 1:
        raise UserError(_("Say one change: --cancel, --did-not-meet, --move, --close or --closures."))
    # --close-also without a file is refused there, with what to add.
    if given[0] in ("close", "closures") or options.close_also:
        today = options.today
        return ClosingDays(options.close, options.closures, options.close_also, today=today)
    return None


def _reason(options: argparse.Namespace) -> str:
    """Why a meeting is called off, as it is stored. Raises RefusedError where none is called off."""
    if options.reason is None:
        return ""
    if options.cancel is None and options.did_not_meet is None:
        raise RefusedError(_("--reason goes with --cancel or --did-not-meet only."))
    return written_reason(options.reason)


def _change(options: argparse.Namespace) -> tuple[Action, Callable[[Group], object]]:
    from rop_facilitator.records.meeting.meetings import meeting_on
    from rop_facilitator.records.plan.group_plan import cancel_meeting, change_meeting

    today = options.today
    if options.move:
        old, new = options.move

        def moving(group: Group) -> object:
            meeting = meeting_on(group, old)
            start, minutes, place = meeting.start, meeting.minutes, meeting.place
            return change_meeting(group, meeting, on=new, start=start, minutes=minutes, place=place, today=today)

        return Action.MEETING_CHANGED, moving
    day = options.cancel or options.did_not_meet
    gone, why = options.cancel is None, _reason(options)

    def calling_off(group: Group) -> object:
        return cancel_meeting(group, meeting_on(group, day), did_not_meet=gone, reason=why)

    return Action.MEETING_CANCELLED, calling_off


def moves_json(comparison: Comparison, titles: Mapping[str, str], before: Schedule, after: Schedule) -> dict[str, Any]:
    """What a change moves, and all meetings before and after it."""
    moves = [
        {
            "session": move.item.key,
            "title": titles[move.item.key],
            **({"part": [move.item.part, move.item.parts]} if move.item.parts > 1 else {}),
            "before": move.before,
            "after": move.after,
        }
        for move in comparison.moves
    ]
    return {
        "moves": moves,
        "added": list(comparison.added),
        "dropped": list(comparison.dropped),
        "last_before": comparison.last_before,
        "last_after": comparison.last_after,
        "unplaced": list(comparison.unplaced),
        "before": [_meeting_json(meeting) for meeting in before.meetings],
        "after": [_meeting_json(meeting) for meeting in after.meetings],
    }


def _day(day: date | None) -> str:
    return f"{day_and_month(day)} {day.year}" if day is not None else "–"


def _print_moves(comparison: Comparison, titles: Mapping[str, str]) -> None:
    for move in comparison.moves:
        print(f"{_day(move.before):<18}  →  {_day(move.after):<18}  {titles[move.item.key]}")
    count = len(comparison.moves)
    count_words = ngettext("{n} session moves", "{n} sessions move", count).format(n=count)
    end = _("last meeting {before} → {after}").format(
        before=_day(comparison.last_before), after=_day(comparison.last_after)
    )
    print(f"{count_words}, {end}")
    for key in comparison.unplaced:
        print(Problem("fault", titles[key], 0, _("has no date."), _("End later, or share a meeting.")))


# -- each person's way through the course ------------------------------------------------------------------------------


def progress(options: argparse.Namespace) -> int:
    """Who has received which session, what is to be made up, and whom to call."""
    from rop_facilitator.records.group.groups import find_group, shown_name
    from rop_facilitator.records.models import NamesShown
    from rop_facilitator.records.progress.call_list import to_call
    from rop_facilitator.records.progress.progress import progress_of, taught_sessions

    with open_records(options) as (database, _leader), database.read() as db:
        group = find_group(db, options.group)
    names = NamesShown(options.names or group.names_shown)
    sessions, people = taught_sessions(group), progress_of(group, names)
    calls = [(shown_name(absence.membership, names), absence.days) for absence in to_call(group, today=options.today)]
    if options.json:
        print_json(
            {
                "sessions": _sessions_json(sessions, read_library()),
                "people": [_progress_json(group, person, sessions, names) for person in people],
                "to_call": [{"name": name, "days": list(days)} for name, days in calls],
            }
        )
        return 0
    _print_map(sessions, people, names)
    for name, days in calls:
        listed = ", ".join(map(day_and_month, days))
        print(_("Call {name}: away without a message on {days}").format(name=name, days=listed))
    return 0


def _sessions_json(sessions: Sequence[GroupSession], library: Library) -> list[dict[str, Any]]:
    from rop_facilitator.records.plan.group_plan import key_of

    rows = []
    for session in sessions:
        row = {"id": key_of(session), "title": session.title}
        curriculum = library.curricula.get(session.curriculum_id)
        with suppress(KeyError):  # a session that its curriculum no longer has
            row |= {"module": curriculum.module_of(session.session_id).title} if curriculum else {}
        rows.append(row)
    return rows


def _progress_json(
    group: Group, person: PersonProgress, sessions: Sequence[GroupSession], names: NamesShown
) -> dict[str, Any]:
    from rop_facilitator.documents.papers.group_facts import attendance_share
    from rop_facilitator.records.group.groups import shown_name
    from rop_facilitator.records.plan.group_plan import key_of
    from rop_facilitator.records.progress.progress import Received

    present = attendance_share(group, person.membership)
    states = {key_of(session): state.value for session, state in zip(sessions, person.states, strict=True)}
    return {
        "name": shown_name(person.membership, names),
        "joined": person.membership.joined,
        "left": person.membership.left,
        "present": present.present,
        "counted": present.counted,
        "periods": [[period.first_day, period.last_day] for period in person.membership.periods],
        "states": states,
        "received": person.received,
        "taught": person.taught,
        "missed": [key for key, state in states.items() if state == Received.MISSED.value],
    }


def _print_map(sessions: Sequence[GroupSession], people: Sequence[PersonProgress], names: NamesShown) -> None:
    """Numbers of sessions across, people down, as wide as a page; then the titles of what somebody is to make up."""
    from rop_facilitator.records.group.groups import shown_name
    from rop_facilitator.records.progress.progress import RECEIVED_LETTERS, Received, received_name

    wide = max((len(shown_name(person.membership, names)) for person in people), default=0)
    for first in range(0, len(sessions), _ACROSS):  # a long course goes on below, people again
        print(" " * wide, *(f"{number + 1:>2}" for number in range(first, min(first + _ACROSS, len(sessions)))))
        for person in people:
            letters = " ".join(f"{RECEIVED_LETTERS[state]:>2}" for state in person.states[first : first + _ACROSS])
            count = (
                _("{n} of {all}").format(n=person.received, all=person.taught) if person.taught and not first else ""
            )
            print(f"{shown_name(person.membership, names):<{wide}} {letters}  {count}".rstrip())
    print(", ".join(f"{letter} {received_name(state)}" for state, letter in RECEIVED_LETTERS.items()))
    for at, session in enumerate(sessions):
        away = [shown_name(person.membership, names) for person in people if person.states[at] is Received.MISSED]
        if away:
            print(f"{at + 1:>2} {session.title}: {', '.join(away)}")
