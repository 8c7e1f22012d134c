"""When the service is closed: the start of every new group, and at once for those that are under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.settings_page.part_base import Part
from rop_facilitator.gui.widgets.inputs.closures_field import ClosedDays
from rop_facilitator.gui.widgets.layout.boxes import label
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.calendar import Closure, usual_closures
from rop_facilitator.planning.closed_days import closure_words, effect_words, merge_closures
from rop_facilitator.records.log.action_names import Action

_AHEAD = timedelta(days=2 * 365)


class ClosuresPart(Part):
    """What is ticked here is closed for new groups, and for groups with meetings ahead."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Closed weeks"))
        why = _("Holds for new groups, and for those that are under way. What one group alone has, stands on its plan.")
        self.items.addWidget(label(why, "body", "muted"))
        self.closed = ClosedDays(context.jobs, context.today)
        self.closed.added.connect(self._close)
        self.closed.ticked.connect(self._ticked)
        self.items.addWidget(self.closed)
        self._meetings: list[date] = []
        context.records_changed.connect(self._records_changed)
        self.show_closures()

    def _records_changed(self, _classes: frozenset[str]) -> None:
        if self.context.is_open:
            self.show_closures()

    def show_closures(self) -> None:
        """What is closed, and what most services close in the next two years."""
        from rop_facilitator.records.calendar.service_closures import groups_ahead

        today, own = self.context.today(), self.context.service_closures()
        with self.context.read() as db:
            groups = groups_ahead(db, today=today)
        self._meetings = [day for days in groups.values() for day in days]
        others = [closure for closure in usual_closures(today, today + _AHEAD, own) if closure not in own]
        words = ngettext("New groups, and {n} under way", "New groups, and {n} under way", len(groups))
        scope = words.format(n=len(groups)) if groups else _("New groups")
        ahead = [period for period in own if period.last >= today]
        self.closed.show_closures(ahead, others, effect=self._effect, scope=scope, why_others=_("often closed"))

    def _effect(self, closures: Sequence[Closure]) -> str:
        return effect_words(closures, self._meetings, today=self.context.today())

    def _ticked(self, closure: Closure, on: bool) -> None:
        if on:
            self._close((closure,))
            return
        from rop_facilitator.records.calendar.service_closures import open_for_service

        with self.context.write(Action.CLOSURE_REMOVED) as db:
            open_for_service(db, closure, self.context.service_closures(), today=self.context.today())
        self.context.notify(_("Opened {days}.").format(days=closure_words(closure)), undoable=True)

    def _close(self, closures: tuple[Closure, ...]) -> None:
        from rop_facilitator.records.calendar.service_closures import close_for_service

        known, today = self.context.service_closures(), self.context.today()
        try:
            with self.context.write(Action.CLOSURE_ADDED) as db:
                close_for_service(db, closures, known, today=today)
        except UserError as error:
            self.context.notify(str(error))
            return
        count = ngettext("{n} period", "{n} periods", len(closures)).format(n=len(closures))
        days = closure_words(closures[0]) if len(closures) == 1 else count
        message = " ".join((_("Closed {days}.").format(days=days), merge_closures(known, closures, today=today).words))
        self.context.notify(message.rstrip(), undoable=True)
