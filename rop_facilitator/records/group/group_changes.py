"""What can be changed in a group afterwards: name, leaders, when and where it meets from a day on, and its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from types import EllipsisType

from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, long_date
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.planning.meeting_days import LaterPattern
from rop_facilitator.records.calendar.group_calendar import pattern_of, patterns_of, set_patterns
from rop_facilitator.records.group.groups import clean_name
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, Meeting, MeetingState, NamesShown
from rop_facilitator.records.plan.group_plan import GOING, replan, set_end

_UNCHANGED: EllipsisType = ...


@dataclass(frozen=True)
class GroupChange:
    """What is to be another way; None leaves a thing as it is. Weekdays, start, minutes and place are so from `first`.

    `until` is a last day, None for no end date, or `...` to leave it as it is. `leaders` are all of them. A
    `name_on_paper` of "" is the weekday's.
    """

    first: date
    name: str | None = None
    weekdays: tuple[int, ...] | None = None
    start: time | None = None
    minutes: int | None = None
    place: str | None = None
    until: date | EllipsisType | None = _UNCHANGED
    leaders: tuple[str, ...] | None = None
    name_on_paper: str | None = None
    themes_on_plans: bool | None = None
    names_shown: NamesShown | None = None

    @property
    def pattern_fields(self) -> dict[str, object]:
        """What is to be another way in the pattern, by the names of its fields."""
        place = None if self.place is None else clean_text(self.place)
        wanted = {"weekdays": self.weekdays, "start": self.start, "minutes": self.minutes, "place": place}
        return {name: value for name, value in wanted.items() if value is not None}

    @property
    def touches_plan(self) -> bool:
        """Whether it can move meetings, or change when and where they are."""
        return bool(self.pattern_fields) or self.until is not _UNCHANGED


def usual_first(group: Group, today: date) -> date:
    """The day from which a change is so where nobody says: today, or next Monday where the week has had its meeting."""
    monday = today - timedelta(days=today.weekday())
    met = any(monday <= meeting.on <= today for meeting in group.meetings if meeting.state in GOING)
    return monday + timedelta(days=7) if met else today


def differences(group: Group, change: GroupChange) -> list[str]:
    """The names of the facts that a change would make another way than they are; empty where all is so already."""
    alone: dict[str, object] = {
        "name": change.name,
        "leaders": None if change.leaders is None else list(change.leaders),
        "name_on_paper": change.name_on_paper,
        "themes_on_plans": change.themes_on_plans,
        "names_shown": change.names_shown,
    }
    names = [name for name, value in alone.items() if value is not None and value != getattr(group, name)]
    if change.until is not _UNCHANGED and change.until != group.until:
        names.append("until")
    for field, value in change.pattern_fields.items():
        if any(getattr(pattern, field) != value for pattern in _from(group, change.first)):
            names.append(field)
    return names


def _from(group: Group, first: date) -> list[MeetingPattern]:
    """The patterns in force from a day on."""
    return [pattern_of(group, first), *(pattern.pattern for pattern in patterns_of(group) if pattern.first > first)]


def action_of(group: Group, change: GroupChange) -> Action:
    """What the change is called in the log: the same from window and command line."""
    return Action.END_CHANGED if differences(group, change) == ["until"] else Action.GROUP_CHANGED


def change_group(group: Group, change: GroupChange, *, today: date) -> None:
    """Change a loaded group, and lay what is left of its plan anew where the change touches it.

    The past stays, and so do meetings that were held or changed by hand. `name` must be free: see `free_name`. Raises
    UserError for what cannot be, and where all is so already.
    """
    different = differences(group, change)
    if not different:
        raise UserError(_("The group is like this already. Say what is to be another way."))
    if change.name is not None:
        group.name = change.name
    if change.leaders is not None:
        group.leaders = list(change.leaders)
    if change.name_on_paper is not None:
        group.name_on_paper = change.name_on_paper
    if change.themes_on_plans is not None:
        group.themes_on_plans = change.themes_on_plans
    if change.names_shown is not None:
        group.names_shown = change.names_shown
    if change.pattern_fields:
        _change_patterns(group, change, today)
    if change.until is not _UNCHANGED:
        set_end(group, change.until, today=today)
    elif change.pattern_fields:
        replan(group, after=today - timedelta(days=1))


def _change_patterns(group: Group, change: GroupChange, today: date) -> None:
    first = max(change.first, group.first_date)
    if change.first < today:
        words = _("{day} is past. What has been stays as it is: choose a day from today on.")
        raise UserError(words.format(day=long_date(change.first)))
    if group.until is not None and change.until is _UNCHANGED and first > group.until:
        words = _("The group ends on {day}. Choose an earlier day, or let the group end later.")
        raise UserError(words.format(day=long_date(group.until)))
    before = patterns_of(group)
    begun = [pattern for pattern in before if pattern.first <= first]
    ahead = [pattern for pattern in before if pattern.first > first]
    # The pattern in force is cut in two at the day, so that what lies before keeps its hours and place.
    split = [*begun[:-1], *([begun[-1]] if begun[-1].first < first else []), replace(begun[-1], first=first), *ahead]
    after = tuple(
        pattern if pattern.first < first else replace(pattern, pattern=_with(pattern.pattern, change.pattern_fields))
        for pattern in split
    )
    _move_slots(group, after, first)
    set_patterns(group, after)


def _with(pattern: MeetingPattern, fields: dict[str, object]) -> MeetingPattern:
    weekdays = fields.get("weekdays", pattern.weekdays)
    start = fields.get("start", pattern.start)
    minutes = fields.get("minutes", pattern.minutes)
    place = fields.get("place", pattern.place)
    assert isinstance(weekdays, tuple)
    assert isinstance(start, time)
    assert isinstance(minutes, int)
    assert isinstance(place, str)
    return MeetingPattern(tuple(sorted(set(weekdays))), start, minutes, place)


def _move_slots(group: Group, after: tuple[LaterPattern, ...], first: date) -> None:
    """A meeting that was changed by hand or called off stands for the same week's day of the new pattern.

    It stays as it is itself; without this its week would have a meeting more.
    """
    for meeting in group.meetings:
        if meeting.slot < first or not _is_by_hand(meeting):
            continue
        old = pattern_of(group, meeting.slot).weekdays
        new = next(
            later_pattern.pattern
            for later_pattern in reversed(after)
            if later_pattern.first <= max(meeting.slot, after[0].first)
        ).weekdays
        if meeting.slot.weekday() not in old or meeting.slot.weekday() in new:
            continue  # a further weekday, or a day that stays
        number = min(sorted(old).index(meeting.slot.weekday()), len(new) - 1)
        slot = meeting.slot + timedelta(days=sorted(new)[number] - meeting.slot.weekday())
        if slot >= first and all(other.slot != slot for other in group.meetings if other is not meeting):
            meeting.slot = slot


def _is_by_hand(meeting: Meeting) -> bool:
    called_off = meeting.state in (MeetingState.CANCELLED, MeetingState.DID_NOT_MEET)
    return called_off or (meeting.state is MeetingState.PLANNED and meeting.changed)


def kept_by_hand(group: Group, first: date) -> list[Meeting]:
    """The planned meetings from a day on whose own day, time or place a change of the pattern leaves alone."""
    return [
        meeting
        for meeting in group.meetings
        if meeting.state is MeetingState.PLANNED and meeting.changed and meeting.on >= first
    ]


def stays_called_off(group: Group, first: date) -> list[Meeting]:
    """The meetings from a day on that were called off: a change of the pattern does not take them up again."""
    gone = (MeetingState.CANCELLED, MeetingState.DID_NOT_MEET)
    return [meeting for meeting in group.meetings if meeting.state in gone and meeting.on >= first]


def with_leaders(leaders: Iterable[str], *, added: Iterable[str] = (), removed: Iterable[str] = ()) -> tuple[str, ...]:
    """The leaders of a group with some more and without some. Raises UserError for one who is not there."""
    names = list(leaders)
    for name in removed:
        wanted = clean_name(name, what=_("The name of the leader")).casefold()
        match = [leader for leader in names if leader.casefold() == wanted]
        if not match:
            there = ", ".join(names) or _("none")
            raise UserError(
                _("No leader of the group is called “{name}”. There are: {there}.").format(name=name, there=there)
            )
        names.remove(match[0])
    for name in added:
        leader = clean_name(name, what=_("The name of the leader"))
        if leader.casefold() not in (other.casefold() for other in names):
            names.append(leader)
    return tuple(names)
