"""Putting a finished group away: out of the lists, readable, and back again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.group.archive_guard import ArchivedError as ArchivedError
from rop_facilitator.records.models import Group


def archive_group(group: Group, *, today: date) -> None:
    """Out of the lists from today on, and only to be read. Raises UserError where it is so already."""
    if group.archived is not None:
        raise UserError(_("The group has been archived since {day}.").format(day=long_date(group.archived)))
    group.archived = today


def unarchive_group(group: Group) -> None:
    """Back into the lists, to go on with. Raises UserError for a group that is not archived."""
    if group.archived is None:
        raise UserError(_("The group is not archived."))
    group.archived = None


def archived_groups(db: Session) -> list[Group]:
    """The groups that are archived, by name."""
    groups = db.scalars(select(Group).where(Group.archived.is_not(None)))
    return sorted(groups, key=lambda group: alphabetical(group.name))
