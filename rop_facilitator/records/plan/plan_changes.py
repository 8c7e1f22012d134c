"""The changes that are shown before they are made: called off, taken up, closed days, an end, an offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rop_facilitator.i18n import _, day_and_month, ngettext
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.planning.closed_days import closure_words, merge_closures
from rop_facilitator.planning.course_fit import Offer
from rop_facilitator.records.calendar.closures import add_closures, remove_closure
from rop_facilitator.records.group.groups import meeting_of
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group
from rop_facilitator.records.plan.group_plan import cancel_meeting, reinstate_meeting, save_plan
from rop_facilitator.records.plan.session_order import PlanChange


def call_off(meeting_id: int, on: date, reason: str) -> PlanChange:
    """The meeting does not take place, and everybody knows beforehand."""
    day = day_and_month(on)
    return PlanChange(
        Action.MEETING_CANCELLED,
        _("Called off {day}.").format(day=day),
        lambda group: cancel_meeting(group, meeting_of(group, meeting_id), reason=reason),
        _("Call off {day}").format(day=day),
        _("Call off the meeting"),
    )


def did_not_meet(meeting_id: int, on: date, reason: str) -> PlanChange:
    """Nobody met, and nobody knew beforehand."""
    day = day_and_month(on)
    return PlanChange(
        Action.MEETING_CANCELLED,
        _("The group did not meet {day}.").format(day=day),
        lambda group: cancel_meeting(group, meeting_of(group, meeting_id), did_not_meet=True, reason=reason),
        _("The group did not meet {day}").format(day=day),
        _("Note it and move the sessions"),
    )


def take_up(meeting_id: int, on: date) -> PlanChange:
    """It takes place after all."""
    day = day_and_month(on)
    return PlanChange(
        Action.MEETING_REINSTATED,
        _("The group meets {day} after all.").format(day=day),
        lambda group: reinstate_meeting(group, meeting_of(group, meeting_id)),
        _("Take up {day} again").format(day=day),
        _("Take it up again"),
    )


def close_days(group: Group, closures: Sequence[Closure], today: date) -> PlanChange:
    """Days on which a group does not meet, from the field or a calendar file; tells what gave way to them."""
    known = [parse_closure(text) for text in group.closures]
    count = ngettext("{n} period", "{n} periods", len(closures)).format(n=len(closures))
    days = closure_words(closures[0]) if len(closures) == 1 else count
    message = " ".join((_("Closed {days}.").format(days=days), merge_closures(known, closures, today=today).words))
    return PlanChange(Action.CLOSURE_ADDED, message.rstrip(), lambda group: add_closures(group, closures, today=today))


def reopen_days(text: str, today: date) -> PlanChange:
    """Closed days on which the group meets after all; `text` as they are stored."""
    days = closure_words(parse_closure(text))
    return PlanChange(
        Action.CLOSURE_REMOVED,
        _("Opened {days}.").format(days=days),
        lambda group: remove_closure(group, text, today=today),
        _("Open {days} again").format(days=days),
        _("Open the days"),
    )


def take_offer(offer: Offer, today: date) -> PlanChange:
    """An offer as the plan of what is left."""
    return PlanChange(
        Action(f"offer {offer.kind}"),
        f"{offer.title}.",
        lambda group: save_plan(group, offer.plan, today=today),
        f"{offer.title}: {offer.cost}",
        _("Do it this way"),
    )
