"""A tiny curriculum, and groups of it."""

from datetime import date, time
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from rop_facilitator.curriculum.model import Curriculum, Frame, FrameStep, Module, Origin, SessionPlan
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import add_participant, create_group
from rop_facilitator.records.models import Group, Membership

NAMES = ("Amund", "Berit", "Daniel", "Eva", "Farid", "Kine", "Lars", "Ørn")
TUESDAYS = MeetingPattern((1,), time(13, 0), 90, "Room 2")


def make_curriculum(sessions: int = 5, *, slug: str = "course") -> Curriculum:
    plans = tuple(
        SessionPlan(f"{slug}/session-{n}", f"Session {n}", Origin.PROPOSAL, Path("x.md"), home_practice=f"Try {n}.")
        for n in range(1, sessions + 1)
    )
    frame = Frame(90, (FrameStep("Welcome", 10), FrameStep("Theme", 80, theme=True)))
    return Curriculum(slug, Path(slug), "Course", "en", (Module("1", "All", Origin.PROPOSAL, plans),), (frame,))


def make_group(
    db: Session,
    *,
    people: int = 3,
    sessions: int = 5,
    first: date = date(2026, 11, 10),
    until: date | None = None,
    name: str = "Tuesdays",
) -> Group:
    group = create_group(db, name, [make_curriculum(sessions)], TUESDAYS, first_date=first, until=until)
    for person in NAMES[:people]:
        add_participant(db, group, person, joined=first)
    return group


def all_groups(db: Session) -> list[Group]:
    """Every group by name, with its people and meetings."""
    people = selectinload(Group.memberships).selectinload(Membership.participant)
    periods = selectinload(Group.memberships).selectinload(Membership.periods)
    return list(db.scalars(select(Group).order_by(Group.name).options(people, periods, selectinload(Group.meetings))))
