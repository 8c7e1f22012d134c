"""When the whole service is closed: for new groups, and at once for the groups that have meetings ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.planning.closed_days import is_closed, merge_closures
from rop_facilitator.records.calendar.closures import add_closures, remove_closure
from rop_facilitator.records.calendar.service_rows import save_service_closures
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.models import Group, Meeting


def groups_ahead(db: Session, *, today: date) -> dict[int, list[date]]:
    """The groups that have planned meetings from a day on, by id, with the days of these meetings."""
    planned = select(Meeting.group_id, Meeting.on).join(Meeting.group).where(Group.archived.is_(None))
    planned = planned.where(Meeting.is_ahead(today))
    groups: dict[int, list[date]] = {}
    for group_id, on in db.execute(planned.order_by(Meeting.group_id, Meeting.on)):
        groups.setdefault(group_id, []).append(on)
    return groups


def close_for_service(db: Session, closures: Sequence[Closure], known: Sequence[Closure], *, today: date) -> None:
    """Close days for the service, which has `known` so far, and its groups. Raises UserError where nothing changes."""
    merge = merge_closures(known, closures, today=today)
    groups = [load_group(db, group_id) for group_id in groups_ahead(db, today=today)]
    # A group may have closed these days itself: it is left alone, and so is its log.
    behind = [group for group in groups if merge_closures(_closures(group), closures, today=today).changes]
    if not merge.changes and not behind:
        raise UserError(_("These days are closed already."))
    save_service_closures(db, merge.closures)
    for group in behind:
        add_closures(group, closures, today=today)


def open_for_service(db: Session, closure: Closure, known: Sequence[Closure], *, today: date) -> None:
    """Open days again for the service, which has `known` so far, and for its groups."""
    save_service_closures(db, [other for other in known if str(other) != str(closure)])
    for group_id in groups_ahead(db, today=today):
        group = load_group(db, group_id)
        if is_closed(closure, _closures(group)):
            remove_closure(group, str(closure), today=today)


def _closures(group: Group) -> list[Closure]:
    return [parse_closure(text) for text in group.closures]
