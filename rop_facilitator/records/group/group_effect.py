"""What changing a group would mean, in words for window and command line: before, after, what stays, what is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rop_facilitator.curriculum.agenda import lay_out
from rop_facilitator.curriculum.model import Library
from rop_facilitator.i18n import _, day_and_month, long_date, ngettext, on_weekdays
from rop_facilitator.planning.calendar import MeetingPattern, clock_span, public_holidays
from rop_facilitator.planning.comparison import Comparison, compare
from rop_facilitator.planning.schedule import Schedule
from rop_facilitator.records.calendar.group_calendar import calendar_of, pattern_of
from rop_facilitator.records.group.group_changes import (
    GroupChange,
    change_group,
    differences,
    kept_by_hand,
    stays_called_off,
)
from rop_facilitator.records.group.name_on_paper import usual_name_on_paper
from rop_facilitator.records.marks import GAVE_NOTICE
from rop_facilitator.records.meeting.meetings import themes_of
from rop_facilitator.records.models import (
    Group,
    Meeting,
    MeetingState,
)
from rop_facilitator.records.plan.group_plan import GOING, schedule_of

_MOST_NAMED = 4


@dataclass(frozen=True)
class BeforeAfterRow:
    """One fact before and after."""

    caption: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the change makes it another way."""
        return self.before != self.after


@dataclass(frozen=True)
class GroupEffect:
    """What a change does. `misfit` is empty where every session keeps a date; `stays` are sentences of reassurance.

    `by_hand` are the days of the planned meetings that were changed by hand, `called_off` those of the meetings that
    were called off: both stay as they are.
    """

    rows: tuple[BeforeAfterRow, ...]
    misfit: str
    stays: tuple[str, ...]
    by_hand: tuple[date, ...]
    called_off: tuple[date, ...]
    before: Schedule
    after: Schedule

    @property
    def comparison(self) -> Comparison:
        """Which sessions move."""
        return compare(self.before, self.after)


def group_effect(group: Group, change: GroupChange, *, today: date, library: Library | None = None) -> GroupEffect:
    """Make a change to a group that was loaded for this alone, and say what it does. Raises UserError as the change.

    With a `library`, shorter meetings say which step of the first one loses most.
    """
    names = differences(group, change)
    # All that is told of before must be read here: the change is made to this very group.
    facts_before, before = _facts(group, change.first), schedule_of(group)
    caption = _next_caption(group, change.first, today)
    tail_before = _tail(group, change.first, today)
    by_hand = kept_by_hand(group, change.first) if change.pattern_fields else []
    called_off = stays_called_off(group, change.first) if change.pattern_fields else []
    notices = _notices(group, change.first) if change.pattern_fields else 0
    minutes = pattern_of(group, change.first).minutes
    change_group(group, change, today=today)
    facts_after, after = _facts(group, change.first), schedule_of(group)
    rows = [BeforeAfterRow(_captions()[name], facts_before[name], facts_after[name]) for name in names]
    if change.touches_plan:
        captions = (caption, _("Meetings left"), _("Last meeting"))
        tail_after = _tail(group, change.first, today)
        rows += [BeforeAfterRow(*row) for row in zip(captions, tail_before, tail_after, strict=True)]
    return GroupEffect(
        tuple(rows),
        _misfit(group, change.first, before, after),
        (*_shorter(group, change, minutes, library), *_stays(group, by_hand, called_off, notices, today))
        if change.touches_plan
        else (),
        tuple(meeting.on for meeting in by_hand),
        tuple(meeting.on for meeting in called_off),
        before,
        after,
    )


def _captions() -> dict[str, str]:
    return {
        "name": _("Name"),
        "leaders": _("Leaders"),
        "name_on_paper": _("Name on paper"),
        "themes_on_plans": _("Themes on plans to hang up"),
        "names_shown": _("Names on screen and paper"),
        "until": _("Ends by"),
        "weekdays": _("Day"),
        "start": _("Time"),
        "minutes": _("Length"),
        "place": _("Place"),
    }


def _facts(group: Group, first: date) -> dict[str, str]:
    """Each fact in words, as it is from a day on."""
    pattern = pattern_of(group, first)
    nothing = _("none")
    return {
        "name": group.name,
        "leaders": ", ".join(group.leaders) or nothing,
        "name_on_paper": group.name_on_paper or usual_name_on_paper(pattern.weekdays),
        "themes_on_plans": _("yes") if group.themes_on_plans else _("no"),
        "names_shown": group.names_shown.value,
        "until": _with_year(group.until) if group.until else nothing,
        "weekdays": on_weekdays(pattern.weekdays),
        "start": hours_of(pattern),
        "minutes": _("{n} min").format(n=pattern.minutes),
        "place": pattern.place or nothing,
    }


def hours_of(pattern: MeetingPattern) -> str:
    """As in “13:00–14:30”."""
    return clock_span(pattern.start, pattern.minutes)


def _next_caption(group: Group, first: date, today: date) -> str:
    """What the first meeting is called that the change could be about."""
    between = (meeting.on for meeting in group.meetings if meeting.is_ahead(today) and meeting.on < first)
    return _("First meeting then") if any(between) else _("Next meeting")


def _tail(group: Group, first: date, today: date) -> tuple[str, str, str]:
    """The first meeting that the change could be about, how many are left, and the last one."""
    planned = [meeting for meeting in group.meetings if meeting.is_ahead(today)]
    ahead = [meeting for meeting in planned if meeting.on >= first]
    going = [meeting for meeting in group.meetings if meeting.state in GOING]
    return (
        day_and_month(ahead[0].on) if ahead else _("none"),
        str(len(planned)),
        _with_year(going[-1].on) if going else _("none"),
    )


def _misfit(group: Group, first: date, before: Schedule, after: Schedule) -> str:
    lost = [key for key in after.unplaced if key not in before.unplaced]
    if not lost:
        return ""
    count = ngettext("{n} session gets no date.", "{n} sessions get no date.", len(lost)).format(n=len(lost))
    last = max((meeting.on for meeting in after.meetings), default=first)
    weekdays = pattern_of(group, first).weekdays
    closed = [
        _("{day} is {holiday}.").format(day=long_date(day, year=False), holiday=name)
        for day, name in public_holidays(first, max(first, min(last, calendar_of(group).last))).items()
        if day.weekday() in weekdays
    ]
    return " ".join([count, *closed[:2]])


def _notices(group: Group, first: date) -> int:
    """How many have said beforehand that they stay away from a meeting that the change is about."""
    ahead = (meeting for meeting in group.meetings if meeting.is_ahead(first))
    return sum(row.mark in GAVE_NOTICE for meeting in ahead for row in meeting.attendance)


def _shorter(group: Group, change: GroupChange, before: int, library: Library | None) -> list[str]:
    """Which step of the first meeting becomes shorter, and by how much, where meetings do."""
    after = pattern_of(group, change.first).minutes
    ahead = (meeting for meeting in group.meetings if meeting.is_ahead(change.first))
    meeting = next(ahead, None)
    if library is None or meeting is None or after >= before:
        return []
    course, themes = themes_of(meeting, library)
    if course is None or not themes:
        return []
    now = {step.title: step.minutes for step in lay_out(course, themes, after)}
    lost = {step.title: step.minutes - now.get(step.title, 0) for step in lay_out(course, themes, before)}
    # The one that loses most is named: a list of all steps would not be read.
    title = max(lost, key=lambda step: lost[step])
    words = ngettext("“{step}” becomes {n} minute shorter.", "“{step}” becomes {n} minutes shorter.", lost[title])
    return [words.format(step=title, n=lost[title])] if lost[title] > 0 else []


def _stays(group: Group, by_hand: list[Meeting], called_off: list[Meeting], notices: int, today: date) -> list[str]:
    """What a change of the plan leaves alone, in sentences."""
    held = [meeting for meeting in group.meetings if meeting.state is MeetingState.HELD]
    sentences: list[str] = []
    if any(meeting.on == today for meeting in held):
        sentences.append(_("Today's meeting stays."))
    if held:
        words = ngettext(
            "The meeting that was held stays. Attendance does not change.",
            "The {n} meetings that were held stay. Attendance does not change.",
            len(held),
        )
        sentences.append(words.format(n=len(held)))
    if by_hand:
        days = _first_few(day_and_month(meeting.on) for meeting in by_hand)
        words = ngettext(
            "One meeting was changed by hand and stays as it is: {days}.",
            "{n} meetings were changed by hand and stay as they are: {days}.",
            len(by_hand),
        )
        sentences.append(words.format(n=len(by_hand), days=days))
    if called_off:
        sentences += _still_called_off(group, called_off)
    if notices:
        words = ngettext(
            "One person has given notice for a later meeting. Look whether it still holds.",
            "{n} notices have been given for later meetings. Look whether they still hold.",
            notices,
        )
        sentences.append(words.format(n=notices))
    return sentences


def _still_called_off(group: Group, meetings: list[Meeting]) -> list[str]:
    """By week, since the week would have another day then; by day where its week has another meeting."""
    met = {meeting.on.isocalendar()[:2] for meeting in group.meetings if meeting.state in GOING}
    weeks = [meeting.on.isocalendar().week for meeting in meetings if meeting.on.isocalendar()[:2] not in met]
    days = [day_and_month(meeting.on) for meeting in meetings if meeting.on.isocalendar()[:2] in met]
    sentences = []
    weeks = list(dict.fromkeys(weeks))
    if weeks:
        words = ngettext("Week {weeks} stays called off.", "Weeks {weeks} stay called off.", len(weeks))
        sentences.append(words.format(weeks=_first_few(map(str, weeks))))
    if days:
        words = ngettext("{days} stays called off.", "{days} stay called off.", len(days))
        sentences.append(words.format(days=_first_few(days)))
    return sentences


def _first_few(words: Iterable[str]) -> str:
    shown = list(words)
    return ", ".join(shown[:_MOST_NAMED]) + (" …" if len(shown) > _MOST_NAMED else "")


def _with_year(day: date) -> str:
    return f"{day_and_month(day)} {day.year}"
