"""An archived group can only be read: each change of a row passes here on its way to the log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _
from rop_facilitator.records.models import Base, Group, Meeting, Membership, Participant


class ArchivedError(RefusedError):
    """Something was to be changed in a group that is archived."""


class ArchiveGuard:
    """The guard of one transaction. Where no group is archived it asks for nothing."""

    def __init__(self, archived: frozenset[int]) -> None:
        self.open = False  # deleting for good reaches everywhere
        self._archived = archived
        self._group_of: dict[tuple[type[Base], int], int | None] = {}

    def check(self, connection: Connection, row: Base, field: str | None) -> None:
        """Raise ArchivedError where the row is of an archived group; bringing the group back is allowed."""
        if self.open or not self._archived or (isinstance(row, Group) and field == "archived"):
            return
        groups = self._groups(connection, row)
        if groups and groups <= self._archived:  # a person who is in a living group too can still be renamed
            raise ArchivedError(_("The group is archived, so it can only be read. Bring it back first."))

    def _groups(self, connection: Connection, row: Any) -> set[int]:
        """The groups that a row is of; a person can be of several."""
        if isinstance(row, Participant):
            return set(connection.scalars(select(Membership.group_id).where(Membership.participant_id == row.id)))
        if isinstance(row, Group):
            return {row.id}
        for name, kind in (("meeting_id", Meeting), ("membership_id", Membership)):
            if (number := getattr(row, name, None)) is not None:
                return self._group(connection, kind, number)
        group_id = getattr(row, "group_id", None)
        return set() if group_id is None else {group_id}

    def _group(self, connection: Connection, kind: type[Meeting] | type[Membership], number: int) -> set[int]:
        # One meeting's rows come by the dozen, and each would ask again.
        if (kind, number) not in self._group_of:
            self._group_of[kind, number] = connection.scalar(select(kind.group_id).where(kind.id == number))
        group_id = self._group_of[kind, number]
        return set() if group_id is None else {group_id}
