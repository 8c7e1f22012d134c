"""Days on which a group does not meet: closed, opened again, and the plan laid anew around them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.planning.closed_days import merge_closures
from rop_facilitator.planning.schedule import Schedule
from rop_facilitator.records.models import Group
from rop_facilitator.records.plan.group_plan import replan


def add_closure(group: Group, closure: Closure, *, today: date) -> Schedule:
    """Close some days for the group; meetings planned on them move, held ones never do."""
    return add_closures(group, [closure], today=today)


def add_closures(group: Group, closures: Iterable[Closure], *, today: date) -> Schedule:
    """Close several periods in one go; what is closed already stays so, or gives way to what its calendar says now.

    Raises UserError where nothing changes.
    """
    merge = merge_closures([parse_closure(text) for text in group.closures], closures, today=today)
    if not merge.changes:
        raise UserError(_("These days are closed already."))
    group.closures = [closure.text for closure in merge.closures]
    return replan(group, after=today - timedelta(days=1))


def remove_closure(group: Group, text: str, *, today: date) -> Schedule:
    """Open closed days again, and lay the plan anew from today."""
    wanted = str(parse_closure(text))
    # By days: the text may hold a name and where it came from, which the caller does not know.
    left = [closure for closure in group.closures if str(parse_closure(closure)) != wanted]
    if len(left) == len(group.closures):
        raise UserError(_("These days are not closed."))
    group.closures = left
    return replan(group, after=today - timedelta(days=1))
