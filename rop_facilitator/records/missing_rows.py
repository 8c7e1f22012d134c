"""What is answered where a row was deleted, or an undo took it, while a page or a command still named it."""

from __future__ import annotations

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _


def group_gone() -> UserError:
    """The group was deleted."""
    return UserError(_("The group is not here any more."))


def meeting_gone() -> UserError:
    """The meeting went with a change of the plan, or with its group."""
    return UserError(_("The meeting is not here any more."))


def person_gone() -> UserError:
    """The person was deleted, or the adding of the person taken back."""
    return UserError(_("This person is not in the records any more."))
