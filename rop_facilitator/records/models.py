"""The rows: who leads, who meets, when, who came, and what was changed by whom."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, ForeignKey, Integer, String, Time, UniqueConstraint, event
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from rop_facilitator.curriculum.model import curriculum_id_of
from rop_facilitator.records.column_types import CleanLongText, CleanText, word_column
from rop_facilitator.records.marks import Mark

SCHEMA_VERSION = 8
NAME_LENGTH = 500


class MeetingState(StrEnum):
    """What became of a dated event."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    DID_NOT_MEET = "did_not_meet"


class Outcome(StrEnum):
    """What became of a session in a meeting."""

    DONE = "done"
    PARTLY = "partly"
    CARRIED_OVER = "carried_over"
    DROPPED = "dropped"


class PracticeResult(StrEnum):
    """What became of the home practice that was agreed."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"


class MembershipStatus(StrEnum):
    """A person's place in a group (docs/domain.md): `paused` is away for a while, without a day to come back on."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    LEFT = "left"


class Way(StrEnum):
    """How a person received a session outside the meeting (docs/domain.md)."""

    BEFORE_MEETING = "before_meeting"
    INDIVIDUALLY = "individually"
    NEXT_ROUND = "next_round"
    PHONE = "phone"
    OTHER_GROUP = "other_group"


class NamesShown(StrEnum):
    """How a group's people are named on paper and screen."""

    DISPLAY = "display"
    ALIAS = "alias"
    NUMBER = "number"


class Base(DeclarativeBase):
    """What all rows are: each change of one goes to the log (`log.audit_log`), and none loads another by itself."""


@cache
def _defaults(kind: type[Base]) -> dict[str, Any]:
    """The defaults of a class's columns that are plain values, by attribute; a default list is made for each row."""
    columns = ((attribute.key, attribute.columns[0].default) for attribute in kind.__mapper__.column_attrs)
    return {name: default.arg for name, default in columns if isinstance(default, ScalarElementColumnDefault)}


@event.listens_for(Base, "init", propagate=True)
def _with_defaults(row: Base, _arguments: tuple[Any, ...], values: dict[str, Any]) -> None:
    """Give a new row its defaults at once: SQLAlchemy waits for the flush, and a plan is tried on rows without one."""
    for name, value in _defaults(type(row)).items():
        values.setdefault(name, value)


class Leader(Base):
    """A group leader; the passphrase itself is never stored."""

    __tablename__ = "leader"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)


class Group(Base):
    """People who meet weekly. `weekdays` are 0 (Monday) to 6; `closures` are texts such as 2026-W40 Høstferie.

    Weekdays, start, minutes and place are those of the first day; `later_patterns` take over from a day on, as [first
    day, weekdays, start, minutes, place] in order: `pattern_of` tells which one is in force. `extra_days` are further
    weekdays for a period, as [weekday, first day, last day]. After `call_after` absences in a row without a message a
    person is to be called. `leaders` are names. A group that was `archived` on a day can only be read.

    `name_on_paper` stands on paper in place of the name, "" for one by the weekday: `name_on_paper_of` tells it. With
    `themes_on_plans`, the plans that hang where others see them say what a meeting is about.
    """

    __tablename__ = "group"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), unique=True)
    name_on_paper: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    weekdays: Mapped[list[int]] = mapped_column(JSON)
    start: Mapped[time] = mapped_column(Time)
    minutes: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    first_date: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date, default=None)
    closures: Mapped[list[str]] = mapped_column(JSON, default=list)
    extra_days: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    later_patterns: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    leaders: Mapped[list[str]] = mapped_column(JSON, default=list)
    archived: Mapped[date | None] = mapped_column(Date, default=None)
    call_after: Mapped[int] = mapped_column(Integer, default=2)
    names_shown: Mapped[NamesShown] = mapped_column(word_column(NamesShown), default=NamesShown.DISPLAY)
    name_on_sheets: Mapped[bool] = mapped_column(Boolean, default=False)
    themes_on_plans: Mapped[bool] = mapped_column(Boolean, default=False)
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)
    sessions: Mapped[list[GroupSession]] = relationship(
        back_populates="group", order_by="GroupSession.position", cascade="all, delete-orphan", lazy="raise"
    )
    memberships: Mapped[list[Membership]] = relationship(
        back_populates="group", order_by="Membership.number", cascade="all, delete-orphan", lazy="raise"
    )
    meetings: Mapped[list[Meeting]] = relationship(
        back_populates="group", order_by="Meeting.on, Meeting.start", cascade="all, delete-orphan", lazy="raise"
    )


class GroupSession(Base):
    """A session of a curriculum in the group's own order; `session_id` is `<curriculum>/<slug>`.

    `round` counts from 1 where a session is repeated. `joined` puts it in the meeting of the one before, `parts`
    divides it over so many meetings, and `skipped` leaves it out, for a `reason`. `course` is the curriculum that the
    group follows where that has borrowed the session; "" where it is the session's own.
    """

    __tablename__ = "group_session"
    __table_args__ = (UniqueConstraint("group_id", "session_id", "round"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    session_id: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(CleanText(NAME_LENGTH))
    round: Mapped[int] = mapped_column(Integer, default=1)
    joined: Mapped[bool] = mapped_column(Boolean, default=False)
    parts: Mapped[int] = mapped_column(Integer, default=1)
    skipped: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    course: Mapped[str] = mapped_column(String(200), default="")
    group: Mapped[Group] = relationship(back_populates="sessions", lazy="raise")
    meetings: Mapped[list[MeetingSession]] = relationship(
        back_populates="group_session", cascade="all, delete-orphan", lazy="raise"
    )
    make_ups: Mapped[list[MakeUp]] = relationship(
        back_populates="group_session", cascade="all, delete-orphan", lazy="raise"
    )

    @property
    def curriculum_id(self) -> str:
        """The curriculum that the group follows with it: its number, module and frame are that one's."""
        return self.course or curriculum_id_of(self.session_id)


class Participant(Base):
    """A person: a display name and, if the group uses one, an alias. Nothing else about the person is kept."""

    __tablename__ = "participant"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(CleanText(NAME_LENGTH))
    alias: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    memberships: Mapped[list[Membership]] = relationship(
        back_populates="participant", cascade="all, delete-orphan", lazy="raise"
    )


def is_in_period(day: date, first_day: date, last_day: date | None) -> bool:
    """Whether a period holds a day: both its days are in it, and without a last one it goes on.

    Membership on a day is asked nowhere else, and not in SQL: a query brings the periods.
    """
    return first_day <= day and (last_day is None or day <= last_day)


class Membership(Base):
    """A person's time in a group: one membership, and a period for each stretch of days in it.

    `status` tells how the last period ended, `active` where it has not. A pause with a known day to come back on has
    the next period already. `contact` is how the person wants to be reached, in the person's own words: "SMS".
    """

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("group_id", "participant_id"), UniqueConstraint("group_id", "number"))
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    status: Mapped[MembershipStatus] = mapped_column(word_column(MembershipStatus), default=MembershipStatus.ACTIVE)
    contact: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    group: Mapped[Group] = relationship(back_populates="memberships", lazy="raise")
    participant: Mapped[Participant] = relationship(back_populates="memberships", lazy="raise")
    periods: Mapped[list[Period]] = relationship(
        back_populates="membership", order_by="Period.first_day", cascade="all, delete-orphan", lazy="raise"
    )
    attendance: Mapped[list[Attendance]] = relationship(
        back_populates="membership", cascade="all, delete-orphan", lazy="raise"
    )
    make_ups: Mapped[list[MakeUp]] = relationship(
        back_populates="membership", cascade="all, delete-orphan", lazy="raise"
    )
    follow_ups: Mapped[list[FollowUp]] = relationship(
        back_populates="membership", order_by="FollowUp.on", cascade="all, delete-orphan", lazy="raise"
    )

    @property
    def joined(self) -> date:
        """The first day in the group."""
        return self.periods[0].first_day

    @property
    def left(self) -> date | None:
        """The last day in the group; None while the person is in it, will be, or has a pause."""
        return None if self.status in (MembershipStatus.ACTIVE, MembershipStatus.PAUSED) else self.periods[-1].last_day

    def covers(self, day: date) -> bool:
        """Whether the person is a member on that day."""
        return any(is_in_period(day, period.first_day, period.last_day) for period in self.periods)


class Period(Base):
    """Days in a row on which a person is a member: both days are in it, and no last day means still there.

    The periods of a membership have at least one day between them.
    """

    __tablename__ = "period"
    __table_args__ = (UniqueConstraint("membership_id", "first_day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date, default=None)
    membership: Mapped[Membership] = relationship(back_populates="periods", lazy="raise")


class Meeting(Base):
    """A dated event in local wall time. `number` counts the meetings that are neither cancelled nor skipped, from 1.

    `slot` is the day of the pattern that it stands for, and `changed` tells that its day, time or place is its own.
    `started` tells that a leader has said that it is held, by starting it or by what became of its sessions; without
    that its marks decide (`attendance.held_by_marks`). `reason` is why it was cancelled, in a word or two about the
    group and never about a person.
    """

    __tablename__ = "meeting"
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    number: Mapped[int | None] = mapped_column(Integer, default=None)
    on: Mapped[date] = mapped_column("on_date", Date, index=True)
    start: Mapped[time] = mapped_column(Time)
    minutes: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    state: Mapped[MeetingState] = mapped_column(word_column(MeetingState), default=MeetingState.PLANNED)
    leader: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    slot: Mapped[date] = mapped_column(Date)
    changed: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    started: Mapped[bool] = mapped_column(Boolean, default=False)
    group: Mapped[Group] = relationship(back_populates="meetings", lazy="raise")
    sessions: Mapped[list[MeetingSession]] = relationship(
        back_populates="meeting", order_by="MeetingSession.position", cascade="all, delete-orphan", lazy="raise"
    )
    attendance: Mapped[list[Attendance]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", lazy="raise"
    )

    @hybrid_method
    def is_ahead(self, day: date) -> bool:
        """Whether it is to come, that day's own among them; on the class the same as a condition of a query."""
        return (self.state == MeetingState.PLANNED) & (self.on >= day)  # `&`, for a query knows no `and`


class MeetingSession(Base):
    """A session on a meeting; `title` is as it was when held, so old registers survive a renamed curriculum.

    `part` of `parts` where it takes several meetings; `rest` is what was not finished of that part last time.
    """

    __tablename__ = "meeting_session"
    __table_args__ = (UniqueConstraint("meeting_id", "group_session_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    group_session_id: Mapped[int] = mapped_column(ForeignKey("group_session.id"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    part: Mapped[int] = mapped_column(Integer, default=1)
    parts: Mapped[int] = mapped_column(Integer, default=1)
    rest: Mapped[bool] = mapped_column(Boolean, default=False)
    title: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    outcome: Mapped[Outcome | None] = mapped_column(word_column(Outcome), default=None)
    meeting: Mapped[Meeting] = relationship(back_populates="sessions", lazy="raise")
    group_session: Mapped[GroupSession] = relationship(back_populates="meetings", lazy="raise")


class Attendance(Base):
    """One expected person at one meeting; `mark` is empty until somebody marks. Minutes are those missed."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "membership_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    mark: Mapped[Mark | None] = mapped_column(word_column(Mark), default=None)
    minutes_late: Mapped[int | None] = mapped_column(Integer, default=None)
    minutes_early: Mapped[int | None] = mapped_column(Integer, default=None)
    handout_given: Mapped[bool] = mapped_column(Boolean, default=False)
    practice: Mapped[PracticeResult | None] = mapped_column(word_column(PracticeResult), default=None)
    agreed_practice: Mapped[str] = mapped_column(CleanLongText, default="")
    meeting: Mapped[Meeting] = relationship(back_populates="attendance", lazy="raise")
    membership: Mapped[Membership] = relationship(back_populates="attendance", lazy="raise")


class MakeUp(Base):
    """A session that a person received outside the meeting: content received, never attendance."""

    __tablename__ = "make_up"
    __table_args__ = (UniqueConstraint("membership_id", "group_session_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    group_session_id: Mapped[int] = mapped_column(ForeignKey("group_session.id"), index=True)
    on: Mapped[date] = mapped_column("on_date", Date)
    way: Mapped[Way] = mapped_column(word_column(Way))
    leader: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    membership: Mapped[Membership] = relationship(back_populates="make_ups", lazy="raise")
    group_session: Mapped[GroupSession] = relationship(back_populates="make_ups", lazy="raise")


class FollowUp(Base):
    """A leader has reached, or tried to reach, a person who stayed away; `agreed` is what was agreed."""

    __tablename__ = "follow_up"
    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    on: Mapped[date] = mapped_column("on_date", Date)
    leader: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    agreed: Mapped[str] = mapped_column(CleanText(NAME_LENGTH), default="")
    membership: Mapped[Membership] = relationship(back_populates="follow_ups", lazy="raise")


class AuditEvent(Base):
    """Something that a leader did. `action` is a message id and `arguments` never hold a name."""

    __tablename__ = "audit_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("leader.id"), default=None)
    action: Mapped[str] = mapped_column(String(200))
    arguments: Mapped[dict[str, str | int]] = mapped_column(JSON, default=dict)
    undoes: Mapped[int | None] = mapped_column(Integer, default=None)
    changes: Mapped[list[AuditChange]] = relationship(
        back_populates="event", order_by="AuditChange.id", cascade="all, delete-orphan", lazy="raise"
    )


class AuditChange(Base):
    """One field of one row, before and after. A new row has no `field`, its values in `new`; a deleted one in `old`."""

    __tablename__ = "audit_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), index=True)
    row_table: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int] = mapped_column(Integer)
    participant_id: Mapped[int | None] = mapped_column(Integer, default=None, index=True)
    field: Mapped[str | None] = mapped_column(String(60), default=None)
    old: Mapped[object] = mapped_column(JSON(none_as_null=True), nullable=True, default=None)
    new: Mapped[object] = mapped_column(JSON(none_as_null=True), nullable=True, default=None)
    event: Mapped[AuditEvent] = relationship(back_populates="changes", lazy="raise")


for _table in Base.metadata.tables.values():
    # An id is never given twice: the log refers to rows by id after they are gone.
    _table.dialect_options["sqlite"]["autoincrement"] = True
