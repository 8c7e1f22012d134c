"""One person: the place in the group, time and attendance, and who changed what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui import theme
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.person.act_form import WantedAct
from rop_facilitator.gui.pages.group_page.person.changes_part import ChangesPart
from rop_facilitator.gui.pages.group_page.person.periods_card import PeriodsCard
from rop_facilitator.gui.pages.group_page.person.received_card import ReceivedCard
from rop_facilitator.gui.pages.group_page.person.track import Track
from rop_facilitator.gui.pages.group_page.register_table import total_words
from rop_facilitator.gui.pages.group_page.tab import member_of
from rop_facilitator.gui.widgets.choices import Segments
from rop_facilitator.gui.widgets.layout import card, column, flow, label, panel, row, scroll
from rop_facilitator.gui.widgets.parts import Badge
from rop_facilitator.i18n import _, day_and_month
from rop_facilitator.records.groups import load_group, rename_participant, shown_name
from rop_facilitator.records.marks import Share
from rop_facilitator.records.models import Group, Membership, NamesShown
from rop_facilitator.records.people import groups_to_move_to, keep_periods, move_to
from rop_facilitator.records.periods import NewPeriods, Place, back_on, place_on
from rop_facilitator.records.person_facts import figures_of, received_by, track_of
from rop_facilitator.records.person_log import person_events
from rop_facilitator.records.progress import make_up, set_contact

_SIDE_BY_SIDE = 640
TIME, CHANGES = range(2)
Act = Callable[[Any, Group, Membership], object]


def place_words(membership: Membership, today: date) -> tuple[str, str, str]:
    """Where a person stands, with the tone and the glyph of its badge."""
    place = place_on(membership, today)
    day = back_on(membership, today)
    if place is Place.MEMBER:
        return _("in the group"), "ok", "full"
    if place is Place.AHEAD:
        return _("from {day}").format(day=day_and_month(membership.joined)), "muted", "open"
    if place is Place.PAUSED:
        words = _("pause until {day}").format(day=day_and_month(day)) if day else _("has a pause")
        return words, "warn", "half"
    return (_("completed"), "ok", "open") if place is Place.COMPLETED else (_("has left"), "muted", "open")


class _Figure(QWidget):
    """A count large, its share beside it, and what it is of below."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.count, self.part = label("", "title"), label("", "body", "muted")
        self.setLayout(column(row(self.count, self.part, "stretch", gap=theme.S), label(what, "small", "muted"), gap=0))

    def show_share(self, share: Share) -> None:
        count, percent = total_words(share)
        self.count.setText(count or "–")
        self.part.setText(percent)

    def show_hours(self, present: int, counted: int) -> None:
        self.count.setText(_("{n} h").format(n=_hours(present)) if counted else "–")
        self.part.setText(_("of {n} h").format(n=_hours(counted)) if counted else "")


class PersonView(QWidget):
    """Fills itself anew from the group; keeps what is wanted in one transaction each."""

    erase_wanted = Signal(int)  # membership id

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._group: Group | None = None
        self._member_id = 0
        self._name = label("", "title")
        self.badge = Badge("")
        self.segments = Segments((_("Time and attendance"), _("Who changed what")), TIME, name=_("What of the person"))
        self.segments.chosen.connect(self._show_part)
        self.share = _Figure(_("meetings in the group"))
        self.made_up = _Figure(_("when what is made up counts too"))
        self.hours = _Figure(_("present in the meetings"))
        self.track = Track()
        self.periods, self.received, self.changes = PeriodsCard(), ReceivedCard(), ChangesPart()
        self.periods.rows.wanted.connect(self._keep_days)
        self.periods.form.wanted.connect(self._keep_act)
        self.periods.name_written.connect(self._rename)
        self.periods.contact_written.connect(self._set_contact)
        self.periods.erase_wanted.connect(self._erase)
        self.periods.form.opened.connect(self._form_opened)
        self.received.noted.connect(self._make_up)
        self._lay_out()
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(self._next_part if step > 0 else self._part_before)

    def _lay_out(self) -> None:
        figures = flow(self.share, self.made_up, self.hours, gap=theme.XXL)
        attendance = card(figures, self.track, gap=theme.M, edge=(theme.XL, theme.L, theme.XL, theme.M))
        self._columns = row(gap=theme.L)
        self._columns.addWidget(self.periods, 12)
        self._columns.addWidget(self.received, 10)
        self._parts = QStackedWidget()
        time_part = panel(column(attendance, self._columns, "stretch", gap=theme.M))
        for part in (time_part, self.changes):
            self._parts.addWidget(part)
        head = flow(self._name, self.badge, gap=theme.M)
        body = panel(column(head, row(self.segments, "stretch"), self._parts, "stretch", gap=theme.M))
        body.setAutoFillBackground(False)
        self._scroll = scroll(body)
        whole = column(gap=0)
        whole.addWidget(self._scroll)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room, else one under the other."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wide = self.width() >= theme.px(_SIDE_BY_SIDE)
        self._columns.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def first_focus(self) -> QWidget:
        """Where Enter in the list goes."""
        return self.periods.rows.fields[0][0] if self.segments.current() == TIME else self.changes.more

    # -- showing

    def show_member(self, group: Group, membership_id: int) -> None:
        """Show a person of a loaded group."""
        self._group, self._member_id = group, membership_id
        member, today, hidden = member_of(group, membership_id), self.context.today(), self.context.names_hidden
        name = shown_name(member, NamesShown.NUMBER if hidden else NamesShown.DISPLAY)
        self._name.setText(name)
        place = place_words(member, today)
        if place[0] != self.badge.text():
            self.badge.show_text(*place)
        if self.segments.current() == CHANGES:
            self._show_changes(member, hidden=hidden)
            return
        figures = figures_of(group, member)
        self.share.show_share(figures.share)
        self.made_up.show_share(figures.with_made_up)
        self.made_up.setVisible(figures.with_made_up != figures.share)
        self.hours.show_hours(figures.minutes_present, figures.minutes_counted)
        self.track.show_meetings(name, track_of(group, member, today=today))
        others = self._other_groups()
        self.periods.show_member(group, member, today=today, others=others, hidden=hidden)
        summary = received_by(group, member, today=today)
        self.received.show_summary(summary, since=member.joined, today=today, can_note=True)

    def _other_groups(self) -> list[tuple[int, str]]:
        assert self._group is not None
        with self.context.read() as db:
            return groups_to_move_to(db, self._group.id)

    def _show_changes(self, member: Membership, *, hidden: bool) -> None:
        with self.context.read() as db:
            events = person_events(db, member.participant_id)
        if hidden:
            events = [replace(event, lines=()) for event in events]
        self.changes.show_events(events)

    def _show_part(self, index: int) -> None:
        self._parts.setCurrentIndex(index)
        if self._group is not None and self._member_id:
            self.show_member(self._group, self._member_id)

    def _next_part(self) -> None:
        self.segments.choose((self.segments.current() + 1) % 2)

    def _part_before(self) -> None:
        self._next_part()

    # -- keeping

    def _keep(self, action: str, act: Act, told: str) -> bool:
        """One transaction; what cannot be is said, and the fields show again what stands."""
        group, member_id = self._group, self._member_id
        if group is None:
            return False
        name = self._name.text()

        def keep(db: Any) -> bool:
            loaded = load_group(db, group.id)
            act(db, loaded, member_of(loaded, member_id))
            return True

        done = bool(self.context.keep(action, keep))
        if done:
            self.context.say(told.format(name=name), undoable=True)
        return done

    def _keep_days(self, action: str, change: NewPeriods, keep_marks: bool) -> None:
        self._keep(
            action,
            lambda db, group, member: keep_periods(db, group, member, change, keep_marks=keep_marks),
            _("The day is corrected for {name}."),
        )

    def _keep_act(self, wanted: WantedAct) -> None:
        told = {
            "person paused": _("{name} has a pause."),
            "person came back": _("{name} is back in the group."),
            "person completed": _("{name} has completed the course. The history stays."),
            "person taken out": _("{name} is out of the group. The history stays."),
            "person moved": _("{name} is moved. What was received counts in the new group."),
        }[wanted.action]

        def act(db: Any, group: Group, member: Membership) -> object:
            if wanted.target:
                target = load_group(db, wanted.target)
                first = wanted.first_day
                return move_to(db, group, member, target, first_day=first, keep_marks=wanted.keep_marks)
            return keep_periods(db, group, member, wanted.change, keep_marks=wanted.keep_marks)

        if self._keep(wanted.action, act, told):
            self.periods.form.close_form()

    def _rename(self, name: str, alias: str) -> None:
        if self._group is None:
            return
        member = member_of(self._group, self._member_id)
        try:
            with self.context.write("person renamed") as db:
                group = load_group(db, self._group.id)
                rename_participant(db, group, member_of(group, self._member_id), name, alias)
        except UserError as error:
            self.periods.show_fault(str(error), of_alias=name == member.participant.name)
            return
        self.periods.show_fault("", of_alias=False)
        self.context.say(_("The name was changed."), undoable=True)

    def _set_contact(self, contact: str) -> None:
        self._keep(
            "contact changed",
            lambda db, _group, member: set_contact(db, member, contact),
            _("The agreed contact was changed."),
        )

    def _make_up(self, session_id: int, way: Any, on: date) -> None:
        today, leader = self.context.today(), self.context.leader_name

        def act(db: Any, group: Group, member: Membership) -> object:
            session = next(one for one in group.sessions if one.id == session_id)
            return make_up(db, member, session, way=way, on=on, today=today, leader=leader)

        self._keep("session made up", act, _("Noted as made up for {name}."))

    def _form_opened(self) -> None:
        """Bring it into view once it has its place."""
        QTimer.singleShot(0, self, self._show_form)

    def _show_form(self) -> None:
        self._scroll.ensureWidgetVisible(self.periods.form, 0, theme.L)

    def _erase(self) -> None:
        self.erase_wanted.emit(self._member_id)


def _hours(minutes: int) -> str:
    """Hours with at most one decimal, as the language writes it."""
    tenths = round(minutes / 6)
    if tenths % 10 == 0:
        return str(tenths // 10)
    return _("{whole}.{tenth}").format(whole=tenths // 10, tenth=tenths % 10)
