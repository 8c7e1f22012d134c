"""What holds for all groups of these records: the id that their calendars carry, and when the service is closed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import JSON, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from rop_facilitator.errors import UserError
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.records.models import Base


class Service(Base):
    """The one row of what holds for all groups.

    `calendar_id` is random and made once: no other records give the same ids to events in calendars. Groups with an id
    up to `groups_before` are older than that. `closures` are the service's own, as text; None while nobody has said so.
    """

    __tablename__ = "service"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as SQLAlchemy asks for it
    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[str] = mapped_column(String(36))
    groups_before: Mapped[int] = mapped_column(Integer, default=0)
    closures: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True), default=None)


def new_service() -> Service:
    """The row for new records, with an id that no others have."""
    return Service(calendar_id=str(uuid.uuid4()), groups_before=0)


def load_service(db: Session) -> Service:
    """The one row; it is made with the file."""
    return db.scalars(select(Service)).one()


def service_closures(db: Session, before: Sequence[str] = ()) -> tuple[Closure, ...]:
    """When the service is closed. `before` are closures as text from older settings, while none are stored here.

    What cannot be read is left out: a file of settings can be changed by hand.
    """
    stored = load_service(db).closures
    closures = []
    # None is not the same as nothing: who has opened every day must not get the old ones back.
    for text in before if stored is None else stored:
        with suppress(UserError):
            closures.append(parse_closure(text))
    return tuple(closures)


def save_service_closures(db: Session, closures: Sequence[Closure]) -> None:
    """Put these closures of the whole service in place of those before, in order of date."""
    load_service(db).closures = [
        closure.text for closure in sorted(closures, key=lambda closure: (closure.first, closure.last))
    ]
