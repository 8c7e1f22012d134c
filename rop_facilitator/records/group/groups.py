"""Groups and the people in them: made, loaded whole, and looked up by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.clean_text import clean_text
from rop_facilitator.curriculum.model import Curriculum, each_session
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.planning.calendar import Closure, MeetingPattern
from rop_facilitator.planning.schedule import Plan
from rop_facilitator.records.membership.membership_periods import is_counted_in, periods_of
from rop_facilitator.records.membership.unique_names import check_free_for, check_free_in
from rop_facilitator.records.missing_rows import group_gone, meeting_gone, person_gone
from rop_facilitator.records.models import (
    NAME_LENGTH,
    Attendance,
    Group,
    GroupSession,
    Meeting,
    MeetingSession,
    Membership,
    MembershipStatus,
    NamesShown,
    Participant,
    Period,
)
from rop_facilitator.records.plan.group_plan import replan, save_plan


def clean_name(text: str, *, what: str) -> str:
    """A name as it is kept: `clean_text`. Raises UserError when nothing is left or it is too long."""
    kept = clean_text(text)
    if not kept:
        raise UserError(_("{what} cannot be empty. Write something that you recognise.").format(what=what))
    if len(kept) > NAME_LENGTH:
        raise UserError(_("{what} is too long. Use at most {n} characters.").format(what=what, n=NAME_LENGTH))
    return kept


def clean_name_on_paper(text: str) -> str:
    """A name on paper as it is kept; "" is the usual one. Raises UserError when it is too long."""
    return clean_name(text, what=_("The name on paper")) if clean_text(text) else ""


def free_name(db: Session, name: str, *, group_id: int | None = None) -> str:
    """A name for a group as it is kept. Raises UserError for an empty one, and one that another group has."""
    name = clean_name(name, what=_("The name of the group"))
    others = db.execute(select(Group.id, Group.name)).all()
    if any(other.name.casefold() == name.casefold() and other.id != group_id for other in others):
        raise UserError(_("There is a group with this name already. Choose another name."))
    return name


def create_group(
    db: Session,
    name: str,
    curricula: Sequence[Curriculum],
    pattern: MeetingPattern,
    *,
    first_date: date,
    until: date | None = None,
    closures: Sequence[Closure] = (),
    wanted: Plan | None = None,
    leaders: Sequence[str] = (),
    name_on_paper: str = "",
) -> Group:
    """A new group with all its meetings laid on real dates; several curricula follow one another.

    `wanted` is the plan where it differs from one session a meeting: order, what shares one, further weekdays, the end.

    Raises UserError for an empty or taken name, or when no curriculum has a session.
    """
    name = free_name(db, name)
    sessions = each_session(curricula)
    if not sessions:
        raise UserError(_("The curriculum has no sessions. Choose one that has."))
    group = Group(
        name=name,
        name_on_paper=clean_name_on_paper(name_on_paper),
        weekdays=list(pattern.weekdays),
        start=pattern.start,
        minutes=pattern.minutes,
        place=pattern.place,
        first_date=first_date,
        until=until,
        closures=[closure.text for closure in closures],
        extra_days=[],
        later_patterns=[],
        leaders=list(leaders),
        call_after=2,
        meetings=[],
        names_shown=NamesShown.DISPLAY,
        name_on_sheets=False,
        themes_on_plans=False,
        is_sample=False,
        memberships=[],
    )
    group.sessions = [
        GroupSession(
            session_id=session.id,
            position=position,
            title=session.title,
            course="" if curriculum.owns(session) else curriculum.id,
        )
        for position, (curriculum, session) in enumerate(sessions.values(), 1)
    ]
    if wanted is None:
        replan(group, after=date.fromordinal(first_date.toordinal() - 1))
    else:
        save_plan(group, wanted, today=first_date)
    db.add(group)
    db.flush()
    return group


def load_group(db: Session, group_id: int) -> Group:
    """A group with sessions, people, meetings and every mark. Raises UserError when it is gone."""
    group = db.scalar(
        select(Group)
        .where(Group.id == group_id)
        .options(
            selectinload(Group.sessions),
            selectinload(Group.memberships).selectinload(Membership.participant),
            selectinload(Group.memberships).joinedload(Membership.periods),
            selectinload(Group.memberships).selectinload(Membership.make_ups),
            selectinload(Group.memberships).selectinload(Membership.follow_ups),
            selectinload(Group.meetings).selectinload(Meeting.sessions).selectinload(MeetingSession.group_session),
            selectinload(Group.meetings).selectinload(Meeting.attendance),
        )
    )
    if group is None:
        raise group_gone()
    return group


def count_members(group: Group, day: date) -> int:
    """How many people are in a group on a day or will be: not those who have left or pause."""
    return sum(is_counted_in(periods_of(membership), day) for membership in group.memberships)


def find_group(db: Session, name: str) -> Group:
    """A group by its name, or by the only beginning of one, whole. Raises UserError naming what there is."""
    rows = sorted(db.execute(select(Group.id, Group.name)).all(), key=lambda row: alphabetical(row.name))
    wanted = clean_text(name).casefold()
    hits = [row for row in rows if row.name.casefold() == wanted] or [
        row for row in rows if wanted and row.name.casefold().startswith(wanted)
    ]
    if len(hits) != 1:
        there = ", ".join(row.name for row in rows) or _("none")
        raise UserError(_("No single group is called that. These are here: {groups}.").format(groups=there))
    return load_group(db, hits[0].id)


def curricula_of(group: Group) -> tuple[str, ...]:
    """The ids of the curricula that a group follows, in their order."""
    return tuple(dict.fromkeys(session.curriculum_id for session in group.sessions))


def add_participant(db: Session, group: Group, name: str, *, joined: date, alias: str = "") -> Membership:
    """Bring a person into a group from a date on. Display names are unique within a group; raises UserError."""
    name = clean_name(name, what=_("The name"))
    alias = clean_name(alias, what=_("The alias")) if clean_text(alias) else ""
    check_free_in(group, name, alias)
    highest = db.scalar(select(func.max(Membership.number)).where(Membership.group_id == group.id)) or 0
    membership = Membership(
        number=highest + 1,
        periods=[Period(first_day=joined, last_day=None)],
        status=MembershipStatus.ACTIVE,
        contact="",
        attendance=[],
        make_ups=[],
        follow_ups=[],
    )
    membership.participant = Participant(name=name, alias=alias)
    group.memberships.append(membership)
    db.flush()
    for meeting in group.meetings:
        if meeting.attendance and membership.covers(meeting.on):
            meeting.attendance.append(Attendance(membership=membership))
    return membership


def rename_participant(db: Session, group: Group, membership: Membership, name: str, alias: str | None = None) -> None:
    """Another display name or alias (None: as it is). Raises RefusedError where somebody else in a group has it."""
    name = clean_name(name, what=_("The name"))
    person = membership.participant
    if alias is None:
        alias = person.alias
    alias = clean_name(alias, what=_("The alias")) if clean_text(alias) else ""
    check_free_for(db, person, name, alias)
    person.name, person.alias = name, alias


def take_out(db: Session, membership: Membership, *, on: date, completed: bool = False) -> None:
    """End a membership: the day before `on` is the last one. History stays, and it can be undone."""
    if membership.left is not None:
        raise UserError(_("This person has left the group already."))
    period = membership.periods[-1]
    period.last_day = date.fromordinal(max(on.toordinal() - 1, period.first_day.toordinal()))
    membership.status = MembershipStatus.COMPLETED if completed else MembershipStatus.LEFT


def shown_name(membership: Membership, how: NamesShown) -> str:
    """A person's name as a group shows it; where there is no alias, the number."""
    if how is NamesShown.DISPLAY:
        return membership.participant.name
    if how is NamesShown.ALIAS and membership.participant.alias:
        return membership.participant.alias
    return _("Participant {n}").format(n=membership.number)


def in_order(people: Iterable[Membership], how: NamesShown) -> list[Membership]:
    """People by the alphabet of what they are shown as: of numbers by number, so that the order tells no name."""
    return sorted(people, key=lambda membership: (alphabetical(shown_name(membership, how)), membership.number))


def find_member(people: Iterable[Membership], name: str, how: NamesShown) -> Membership:
    """One of some people by what they are shown as, or by name or alias. Raises UserError that says who is there."""
    people = in_order(people, how)
    wanted = clean_text(name).casefold()
    for membership in people:
        if wanted and shown_name(membership, how).casefold() == wanted:
            return membership
    for membership in people:
        if wanted in filter(None, (membership.participant.name.casefold(), membership.participant.alias.casefold())):
            return membership
    there = ", ".join(shown_name(person, how) for person in people) or _("none")
    raise UserError(_("Nobody here is called “{name}”. There are: {there}.").format(name=name, there=there))


def meeting_of(group: Group, meeting_id: int) -> Meeting:
    """A meeting of a loaded group. Raises UserError when it is gone."""
    for meeting in group.meetings:
        if meeting.id == meeting_id:
            return meeting
    raise meeting_gone()


def member_of(group: Group, membership_id: int) -> Membership:
    """A membership of a loaded group. Raises UserError when it is gone."""
    for member in group.memberships:
        if member.id == membership_id:
            return member
    raise person_gone()


def session_by_id(group: Group, session_id: int) -> GroupSession:
    """A session of a loaded group. Raises UserError when it is gone."""
    for session in group.sessions:
        if session.id == session_id:
            return session
    raise UserError(_("This session is not in the plan any more."))
