"""Whether a course fits into its weeks: one sentence and a bar; where it does not, what can be done, side by side."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.progress_bar import Bar
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import Choice
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, image, label, row
from rop_facilitator.i18n import _, capital, weekday_name
from rop_facilitator.planning.course_fit import (
    OFFERS,
    Fit,
    Offer,
    OfferKind,
    fit,
    fit_text,
    free_weekdays,
    no_offer_text,
    offer,
    second_weekday,
    twice_offer,
)
from rop_facilitator.planning.schedule import Plan

_ICONS: dict[OfferKind, str] = {
    "merge": "merge",
    "twice": "calendar",
    "extend": "later",
    "skip-optional": "skip",
    "split": "pause",
}
_CARD = 200  # the narrowest that an offer may be at 100 %


def offer_name(kind: OfferKind) -> str:
    """What an offer is called where there is no room for all that it does."""
    return {
        "merge": _("Share meetings"),
        "twice": _("Twice a week"),
        "extend": _("End later"),
        "skip-optional": _("Skip what is optional"),
        "split": _("Divide long sessions"),
    }[kind]


class OfferCard(Area):
    """One offer: what it does, its effect in bold, what it costs; or why it is not possible."""

    wanted = Signal(object)  # Offer: show before and after

    def __init__(self, plan: Plan, kind: OfferKind) -> None:
        self.plan, self.kind = plan, kind
        self.offer: Offer | None = offer(plan, kind)
        self._title = label(offer_name(kind), "strong")
        head = row(image(_ICONS[kind], "accent", 20), gap=theme.S)
        head.addWidget(self._title, 1)
        self._change = label("", "small")
        self._effect = label("", "caption")
        self._cost = label("", "small", "muted")
        inner = column(head, 2, self._change, self._effect, self._cost, gap=3, edge=(theme.L, 14, theme.M, 14))
        self.days: Choice | None = None
        if kind == "twice" and self.offer is not None:
            self.days = self._weekdays()
            inner.addSpacing(theme.XS)
            inner.addWidget(self.days, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        self.see = Button(_("See before and after"), "plain", small=True, clicked=self._see)
        self.see.set_name(_("See before and after: {offer}").format(offer=offer_name(kind)))
        inner.addSpacing(theme.S)
        inner.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        super().__init__(inner, "well")
        self._show()

    def _weekdays(self) -> Choice:
        self._free = free_weekdays(self.plan)
        names = [capital(weekday_name(date(2024, 1, 1 + day))) for day in self._free]  # 1 January 2024 was a Monday
        chosen = second_weekday(self.plan)
        weekdays = Choice(names, self._free.index(chosen) if chosen in self._free else 0)
        weekdays.setAccessibleName(_("The second weekday"))
        weekdays.currentIndexChanged.connect(self._day_chosen)
        return weekdays

    def _day_chosen(self, at: int) -> None:
        self.offer = twice_offer(self.plan, self._free[at])
        self._show()

    def _show(self) -> None:
        offer = self.offer
        self._change.setVisible(offer is not None)
        self._effect.setVisible(offer is not None)
        self.see.setVisible(offer is not None)
        if offer is None:
            self._cost.setText(no_offer_text(self.plan, self.kind))
            return
        self._change.setText(offer.title)
        self._effect.setText(capital(offer.effect))
        self._cost.setText(capital(offer.cost))
        self.see.setAccessibleDescription(f"{offer.title}. {capital(offer.effect)}. {capital(offer.cost)}.")

    def _see(self) -> None:
        self.wanted.emit(self.offer)


class _Grid(QWidget):
    """Cards of the same width: as many side by side as there is room for, else fewer."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[OfferCard] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.M)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_cards(self, cards: list[OfferCard]) -> None:
        """Show these and no others."""
        clear(self._grid)
        self._cards, self._columns = cards, 0
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer side by side where room is short."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        count = len(self._cards)
        room = max(1, (self.width() + theme.M) // (theme.px(_CARD) + theme.M))
        columns = next((n for n in (4, 2, 1) if n <= min(room, max(count, 1))), 1)
        if columns == self._columns:
            return
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for at in range(4):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)


class FitCard(Area):
    """The answer is the sentence; below it the bar, the offers, and the before and after of the one looked at."""

    wanted = Signal(object)  # Offer: show before and after

    def __init__(self, name: str = "card", beside: QWidget | None = None) -> None:
        """`beside` stands at the right of the sentence."""
        self._icon = image("warning", "warn", 22)
        self.sentence = label("", "heading")
        self.bar = Bar(thick=12)
        self.offers: list[OfferCard] = []
        self._grid = _Grid()
        self._below = QVBoxLayout()
        self._shown: Plan | None = None
        head = row(self._icon, gap=theme.S)
        head.addWidget(self.sentence, 1)
        if beside is not None:
            head.addSpacing(theme.M)
            head.addWidget(beside)
        edge = (theme.XL, theme.L, theme.XL, theme.L) if name else 0
        super().__init__(column(head, self.bar, self._grid, self._below, gap=theme.M, edge=edge), name)

    def first_focus(self) -> QWidget | None:
        """The first offer that is possible; None where there is none."""
        return next((card.see for card in self.offers if card.offer is not None), None)

    def show_plan(self, plan: Plan) -> None:
        """Compute whether it fits, and what can be done; nothing is stored."""
        self.show_below(None)
        if plan == self._shown:
            return
        self._shown = plan
        course_fit = fit(plan)
        fault = not course_fit.fits
        self._icon.show_icon("warning" if fault else "check", "warn" if fault else "ok")
        self.sentence.setText(fit_text(course_fit, plan.calendar.until))
        self._show_bar(course_fit)
        kinds: tuple[OfferKind, ...] = ()
        if fault and plan.calendar.until is not None:
            kinds = OFFERS
        elif not fault and offer(plan, "split") is not None:
            kinds = ("split",)
        self.offers = [OfferCard(plan, kind) for kind in kinds]
        for card in self.offers:
            card.wanted.connect(self.wanted)
        self._grid.show_cards(self.offers)
        self._grid.setVisible(bool(self.offers))

    def _show_bar(self, course_fit: Fit) -> None:
        self.bar.setVisible(course_fit.open_days is not None)
        whole = max(course_fit.needed, course_fit.open_days or 0, 1)
        over = max(0, course_fit.over)
        self.bar.show_part((course_fit.needed - over) / whole, over / whole)
        self.bar.setAccessibleName(self.sentence.text())

    def show_below(self, widget: QWidget | None) -> None:
        """The before and after of an offer, or None to take it away."""
        clear(self._below)
        if widget is not None:
            self._below.addWidget(widget)
