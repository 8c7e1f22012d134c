"""One person: the place in the group, time and attendance, and who changed what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property, partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.person.attendance_line import AttendanceLine
from rop_facilitator.gui.pages.group_page.person.change_history import ChangeHistory
from rop_facilitator.gui.pages.group_page.person.erase_person_card import ErasePersonCard
from rop_facilitator.gui.pages.group_page.person.membership_form import MembershipRequest
from rop_facilitator.gui.pages.group_page.person.periods_card import PeriodsCard
from rop_facilitator.gui.pages.group_page.person.person_actions import PersonActions
from rop_facilitator.gui.pages.group_page.person.person_head import PersonHead
from rop_facilitator.gui.pages.group_page.person.received_card import ReceivedCard, sheets_words
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.layout.boxes import card, column, flow, label, panel, row, scroll
from rop_facilitator.gui.window.keyboard_focus import put_after
from rop_facilitator.i18n import _, day_and_month, long_date
from rop_facilitator.records.backup.backup_retention import LIFETIME
from rop_facilitator.records.erasure.erase import what_goes_with
from rop_facilitator.records.group.groups import member_of, shown_name
from rop_facilitator.records.log.person_log import EventPlace, Subject, person_events
from rop_facilitator.records.marks import Share, total_words
from rop_facilitator.records.membership.membership_changes import groups_to_move_to
from rop_facilitator.records.membership.membership_periods import MembershipPlace, back_on, place_on
from rop_facilitator.records.membership.person_figures import (
    figures_of,
    hours_words,
    received_by,
    track_of,
    with_sheets,
)
from rop_facilitator.records.models import Group, Membership, NamesShown

_SIDE_BY_SIDE = 640
TIME, CHANGES = range(2)


def membership_words(membership: Membership, today: date) -> tuple[str, str, str]:
    """Where a person stands, with the tone and the glyph of its badge."""
    place = place_on(membership, today)
    day = back_on(membership, today)
    if place is MembershipPlace.MEMBER:
        return _("in the group"), "ok", "full"
    if place is MembershipPlace.AHEAD:
        return _("from {day}").format(day=day_and_month(membership.joined)), "muted", "open"
    if place is MembershipPlace.PAUSED:
        words = _("pause until {day}").format(day=day_and_month(day)) if day else _("has a pause")
        return words, "warn", "half"
    return (_("completed"), "ok", "open") if place is MembershipPlace.COMPLETED else (_("has left"), "muted", "open")


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
        self.count.setText(_("{n} h").format(n=hours_words(present)) if counted else "–")
        self.part.setText(_("of {n} h").format(n=hours_words(counted)) if counted else "")


class PersonView(QWidget):
    """Fills itself anew from the group; what cannot be seen is made when it is shown first."""

    print_wanted = Signal(object)  # PaperRequest
    place_wanted = Signal(object)  # EventPlace that is not on this page
    erased = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.person_actions = PersonActions(context)
        self._group: Group | None = None
        self._member_id = 0
        self._sheets = 0  # missing sessions that have sheets
        self.head = PersonHead()
        self.segments = Segments((_("Time and attendance"), _("Who changed what")), TIME, name=_("What of the person"))
        self.segments.chosen.connect(self._show_part)
        self.share = _Figure(_("meetings in the group"))
        self.made_up = _Figure(_("when what is made up counts too"))
        self.hours = _Figure(_("present in the meetings"))
        self.track = AttendanceLine()
        self.periods, self.received = PeriodsCard(), ReceivedCard()
        self._connect()
        self._lay_out()
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(self._next_part if step > 0 else self._part_before)

    def _connect(self) -> None:
        self.head.print_wanted.connect(self._print_overview)
        self.head.action_wanted.connect(self._do_menu_action)
        self.periods.rows.wanted.connect(self.person_actions.save_days)
        self.periods.form.wanted.connect(self._save_membership)
        self.periods.name_written.connect(self._rename)
        self.periods.contact_written.connect(self.person_actions.set_contact)
        self.periods.form.opened.connect(self._form_opened)
        self.received.noted.connect(self.person_actions.note_made_up)
        self.received.sheets_wanted.connect(self._print_sheets)
        self.received.all_wanted.connect(self._open_progress)

    def _lay_out(self) -> None:
        figures = flow(self.share, self.made_up, self.hours, gap=theme.XXL)
        attendance = card(figures, self.track, gap=theme.M, edge=(theme.XL, theme.L, theme.XL, theme.M))
        self._columns = row(gap=theme.L)
        self._columns.addWidget(self.periods, 12)
        self._columns.addWidget(self.received, 10)
        self._parts = column(gap=0)  # a stack would be as high as its highest part
        self._time_part = panel(column(attendance, self._columns, "stretch", gap=theme.M))
        self._parts.addWidget(self._time_part)
        self._above, self._well_place = column(gap=0), column(gap=0)
        body = column(self._above, self.head, self._well_place, row(self.segments, "stretch"), gap=theme.M)
        body.addLayout(self._parts)
        body.addStretch(1)
        self._body = panel(body)
        self._scroll = scroll(self._body)
        whole = column(gap=0)
        whole.addWidget(self._scroll)
        self.setLayout(whole)

    @cached_property
    def changes(self) -> ChangeHistory:
        """Made when it is looked at first."""
        part = ChangeHistory()
        part.opened.connect(self._open_place)
        part.list.moved.connect(self._show_event)
        self._parts.addWidget(part)
        put_after(self.segments, part)
        return part

    @cached_property
    def erase_well(self) -> ErasePersonCard:
        """Made when it is asked for first."""
        well = ErasePersonCard()
        self._well_place.addWidget(well)
        put_after(self.head, well)
        well.confirmed.connect(self._erase)
        well.closed.connect(self._well_closed)
        return well

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room, else one under the other."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wide = self.width() >= theme.px(_SIDE_BY_SIDE)
        self._columns.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def first_focus(self) -> QWidget:
        """Where Enter in the list goes."""
        if self._group is not None and self._group.archived is not None:
            return self.segments
        return self.periods.rows.fields[0][0] if self.segments.current() == TIME else self.changes.list

    def show_above(self, form: QWidget) -> None:
        """Put a form above the person: it scrolls with the page."""
        self._above.addWidget(form)

    def scroll_up(self) -> None:
        """To the forms at the top, once they have their place."""
        QTimer.singleShot(0, self, partial(self._scroll.verticalScrollBar().setValue, 0))

    # -- showing

    def show_member(self, group: Group, membership_id: int) -> None:
        """Show a person of a loaded group."""
        if membership_id != self._member_id and "erase_well" in self.__dict__:
            self.erase_well.hide()
        self._group, self._member_id = group, membership_id
        member, today, hidden = member_of(group, membership_id), self.context.today(), self.context.names_hidden
        name = shown_name(member, NamesShown.NUMBER if hidden else NamesShown.DISPLAY)
        self.person_actions.group_id, self.person_actions.membership_id, self.person_actions.name = (
            group.id,
            membership_id,
            name,
        )
        if self.segments.current() == CHANGES:
            self._show_changes(member, hidden=hidden)
        else:
            self._show_time(group, member, name=name, today=today, hidden=hidden)
        self.head.show_person(name, membership_words(member, today), self._menu_actions())

    def _show_time(self, group: Group, member: Membership, *, name: str, today: date, hidden: bool) -> None:
        figures = figures_of(group, member)
        self.share.show_share(figures.share)
        self.made_up.show_share(figures.with_made_up)
        self.made_up.setVisible(figures.with_made_up != figures.share)
        self.hours.show_hours(figures.minutes_present, figures.minutes_counted)
        self.track.show_meetings(name, track_of(group, member, today=today), today=today)
        with self.context.read() as db:
            others = groups_to_move_to(db, group.id)
        self.periods.show_member(group, member, today=today, others=others, hidden=hidden)
        summary = received_by(group, member, today=today)
        self._sheets = len(with_sheets(summary.missing, self.context.library))
        self.received.show_summary(
            summary,
            self.context.library,
            since=member.joined,
            today=today,
            can_note=group.archived is None,
            sheets=self._sheets,
        )

    def _show_changes(self, member: Membership, *, hidden: bool) -> None:
        with self.context.read() as db:
            events = person_events(db, member.participant_id)
        if hidden:
            # The fields of an event hold names and notes; that something was done may be seen.
            events = [replace(event, lines=()) for event in events]
        self.changes.show_events(events)

    def _show_part(self, index: int) -> None:
        self._time_part.setVisible(index == TIME)
        if index == CHANGES or "changes" in self.__dict__:
            self.changes.setVisible(index == CHANGES)
        if self._group is not None and self._member_id:
            self.show_member(self._group, self._member_id)

    def _next_part(self) -> None:
        self.segments.choose((self.segments.current() + 1) % 2)

    def _part_before(self) -> None:
        self._next_part()

    # -- actions

    def _menu_actions(self) -> list[tuple[str, str]]:
        """Name and words of what the menu offers: what is done seldom, and what cannot be undone."""
        actions = [("move", _("Move to another group …"))] if self.periods.can_move else []
        actions += [("sheets", sheets_words(self._sheets))] if self._sheets else []
        return [*actions, ("erase", _("Delete for good …"))]

    def _do_menu_action(self, action: str) -> None:
        if action == "move":
            self.segments.choose(TIME)
            self.periods.ask("move")
        elif action == "sheets":
            self._print_sheets()
        else:
            self.ask_to_erase()

    def _open_progress(self) -> None:
        if self._group is not None:
            self.place_wanted.emit(EventPlace(Subject.PROGRESS, self._group.id))

    def _print_overview(self) -> None:
        self.print_wanted.emit(PaperRequest("person-overview", people=(self._member_id,)))

    def _print_sheets(self) -> None:
        self.print_wanted.emit(PaperRequest("person-sheets", people=(self._member_id,)))

    def ask_to_erase(self) -> None:
        """Open the well that says what goes with the person who is shown."""
        if self._group is None or not self._member_id:
            return
        member = member_of(self._group, self._member_id)
        with self.context.read() as db:
            erasure = what_goes_with(db, member.participant_id)
        until = long_date((self.context.now() + LIFETIME).date())
        self.erase_well.ask(
            member.participant_id,
            member.participant.name,
            erasure,
            shown_as=self.person_actions.name,
            group=self._group.name,
            backups_until=until,
        )
        self.scroll_up()

    def _well_closed(self) -> None:
        self.head.more.setFocus(Qt.FocusReason.TabFocusReason)

    def _erase(self, participant_id: int) -> None:
        if self.person_actions.erase(participant_id):
            self.erased.emit()

    def _save_membership(self, request: MembershipRequest) -> None:
        if self.person_actions.save_membership(request):
            self.periods.form.close_form()

    def _rename(self, name: str, alias: str) -> None:
        if self._group is not None:
            member = member_of(self._group, self._member_id)
            fault = self.person_actions.rename(name, alias)
            self.periods.show_fault(fault, of_alias=bool(fault) and name == member.participant.name)

    def _form_opened(self) -> None:
        """Bring it into view once it has its place."""
        QTimer.singleShot(0, self, self._show_form)  # the layout gives the place only after this event

    def _show_form(self) -> None:
        self._scroll.ensureWidgetVisible(self.periods.form, 0, theme.L)

    # -- the place of a change

    def _open_place(self, place: EventPlace) -> None:
        """Go where a change was about; what is gone is said."""
        here = self._group is not None and place.group_id in (0, self._group.id)
        if place.subject is Subject.GONE:
            self.context.notify(_("What this was about is not here any more."))
        elif place.subject in (Subject.MEETING, Subject.PLAN) or not here:
            self.place_wanted.emit(place)
        else:
            self.segments.choose(TIME)
            field = self._field_of(place.subject)
            (field if field.isEnabled() else self.segments).setFocus(Qt.FocusReason.TabFocusReason)

    def _field_of(self, subject: Subject) -> QWidget:
        names_shown = not self.context.names_hidden
        if subject is Subject.NAME and names_shown:
            return self.periods.name
        if subject is Subject.CONTACT and names_shown:
            return self.periods.contact
        if subject is Subject.RECEIVED:
            return self.received.first_focus() or self.periods.rows.fields[0][0]
        return self.periods.rows.fields[-1][0]

    def _show_event(self, box: QRect) -> None:
        """The page scrolls to the event that the arrows have come to."""
        top = self.changes.list.mapTo(self._body, box.topLeft())
        self._scroll.ensureVisible(top.x(), top.y() + box.height() // 2, 0, box.height())
