"""Group, papers: for a meeting, and for the whole course."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from rop_facilitator.curriculum.session_position import is_outline
from rop_facilitator.documents.papers.catalogue import OF_A_MEETING, PaperRequest
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.pages.group_page.papers.standing_papers_panel import StandingPapersPanel, paper_words
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import Choice
from rop_facilitator.gui.widgets.layout.boxes import card, column, label, line, panel, row, scroll
from rop_facilitator.gui.widgets.papers.paper_stack import PaperStack
from rop_facilitator.i18n import _, capital, long_date, ngettext, pgettext
from rop_facilitator.records.meeting.meetings import GOING, awaited, gave_notice_at, titles_of
from rop_facilitator.records.models import Group, Meeting

_DRAWING = 76  # pixels at 100 % that a drawn paper is wide
_MOST, _BEHIND = 10, 3  # meetings in the list at first; of those before today
_ROOM_FOR_DRAWINGS = 520


class PapersTab(GroupTab):
    """What can be printed; each opens the print page, with its ways to the printer, to a PDF and to Word."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.meetings = Choice()
        self.buttons: dict[str, Button] = {}
        self._drawings: list[QWidget] = []
        self._days: tuple[date, ...] = ()  # those that the list offers
        self._all_days = False
        self._chosen: date | None = None
        self._facts = label("", "body", "muted")
        self.look = self._button("packet", primary=True)
        what = _(
            "Run sheet with notes, plan for the wall, sign-in sheet, and a set for each person with slip and sheets."
        )
        packet = self._drawn(
            PaperStack(_("Plan for today"), _DRAWING, depth=3), paper_words(_("Meeting packet"), what, self.look)
        )
        what = _("First names and room for initials. Neutral title. Shred it after use.")
        sign_in = self._drawn(
            PaperStack(_("Sign-in sheet"), _DRAWING, form=True),
            paper_words(_("Sign-in sheet"), what, self._button("sign-in")),
        )
        what = _("One page: where we are, what was not finished, who needs which sheet. Shred it after use.")
        substitute = self._drawn(
            PaperStack(_("For the substitute"), _DRAWING),
            paper_words(_("For the substitute"), what, self._button("substitute")),
        )
        term_plan = paper_words(
            _("Term plan"),
            _("For the participants: week, date and theme, and when the group does not meet. No names."),
            self._button("term-plan"),
        )
        register = paper_words(
            _("Attendance, all meetings"),
            _("People and meetings up to today, with counts. For the spreadsheet, see the tab Attendance."),
            self._button("register"),
        )
        caption = label(_("Meeting"), "caption")
        self.meetings.setAccessibleName(caption.text())
        choose = row(caption, gap=theme.M)
        choose.addWidget(self.meetings, 1)
        papers = (packet, line(), sign_in, line(), substitute)
        self._for_meeting = card(
            label(_("For a meeting"), "heading"), choose, self._facts, line(), *papers, gap=theme.M
        )
        self._none = Empty("calendar", _("No meetings are planned"), _("Papers are made for the meetings of the plan."))
        self.standing = StandingPapersPanel()
        self.standing.wanted.connect(self.print_wanted)
        course = card(
            label(_("For the course"), "heading"), line(), term_plan, line(), register, self.standing, gap=theme.M
        )
        body = panel(column(self._none, self._for_meeting, course, "stretch", gap=theme.M))
        self._scroll = scroll(body)
        self.standing.unfolded.connect(self._show_whole)
        self.setLayout(column(self._scroll, gap=0))
        self.meetings.activated.connect(self._choose)

    def _show_whole(self, last: QWidget) -> None:
        """Scroll to what has come into sight, once it has its place."""
        QTimer.singleShot(0, last, partial(self._scroll.ensureWidgetVisible, last, 0, theme.XL))

    def _button(self, kind: str, *, primary: bool = False) -> Button:
        look = "primary" if primary else "plain"
        self.buttons[kind] = Button(_("Look and print"), look, "print", clicked=partial(self._look, kind))
        return self.buttons[kind]

    def _drawn(self, drawing: PaperStack, words: QBoxLayout) -> QWidget:
        """A paper with a drawing of it, where there is room."""
        left = panel(column(row(drawing, "stretch", gap=0), "stretch", gap=0))
        left.setFixedWidth(theme.px(_DRAWING) + 30)
        self._drawings.append(left)
        inner = row(left, gap=theme.L)
        inner.addLayout(words, 1)
        return panel(inner)

    # -- showing

    def show_group(self, group: Group) -> None:
        """Offer every meeting; at first the next one."""
        super().show_group(group)
        today = self.context.today()
        self.standing.show_group(group, self.context.library, self.names, today)
        going = [meeting for meeting in group.meetings if meeting.state in GOING]
        self._for_meeting.setVisible(bool(going))
        self._none.setVisible(not going)
        if not going:
            return
        days = [meeting.on for meeting in going]
        if self._chosen not in days:
            self._chosen = next((day for day in days if day >= today), days[-1])
        self._fill(going)
        self._show_facts(group)

    def _fill(self, going: Sequence[Meeting]) -> None:
        """Ten meetings around today, and that all can be shown."""
        today = self.context.today()
        days = [meeting.on for meeting in going]
        first, last = (0, len(going)) if self._all_days else _around(days, today)
        if self._chosen is not None and not first <= days.index(self._chosen) < last:
            first, last = 0, len(going)
        self._days = tuple(days[first:last])
        self.meetings.clear()
        for meeting in going[first:last]:
            titles = capital(" + ".join(titles_of(meeting)))
            when = (
                _("Today")
                if meeting.on == today
                else capital(long_date(meeting.on, year=meeting.on.year != today.year))
            )
            badge = pgettext("session", "outline") if self._is_outline(meeting) else ""
            self.meetings.addItem(" · ".join(filter(None, (when, titles, badge))))
        if len(self._days) < len(going):
            self.meetings.addItem(_("Show all {n}").format(n=len(going)))
        if self._chosen is not None:
            self.meetings.setCurrentIndex(self._days.index(self._chosen))

    def _show_facts(self, group: Group) -> None:
        meeting = next(meeting for meeting in group.meetings if meeting.state in GOING and meeting.on == self._chosen)
        notice = gave_notice_at(group, meeting)
        # Who gave notice gets no set printed; whoever comes all the same takes a spare one.
        sets = awaited(group, meeting)
        text = ngettext("{n} set for participants and 2 spare ones", "{n} sets for participants and 2 spare ones", sets)
        parts = [text.format(n=sets) if sets else _("2 spare sets, nobody is expected")]
        if notice:
            words = ngettext("{n} person is not expected", "{n} people are not expected", len(notice))
            parts.append(words.format(n=len(notice)))
        if self._is_outline(meeting):
            parts.append(_("the session is an outline: there are no sheets"))
        self._facts.setText(" · ".join(parts))

    def _is_outline(self, meeting: Meeting) -> bool:
        sessions = (session.group_session for session in meeting.sessions)
        return any(is_outline(self.context.library, session.curriculum_id, session.session_id) for session in sessions)

    def _choose(self, index: int) -> None:
        if index >= len(self._days):
            self._show_all()
            return
        self._chosen = self._days[index]
        if self.group is not None:
            self._show_facts(self.group)

    def _show_all(self) -> None:
        """All of them, with the list open at the one that was chosen."""
        self._all_days = True
        if self.group is not None:
            self._fill([meeting for meeting in self.group.meetings if meeting.state in GOING])
            self.meetings.showPopup()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At large text the words need the room of the drawings."""
        super().resizeEvent(event)
        for drawing in self._drawings:
            drawing.setVisible(self.width() >= theme.px(_ROOM_FOR_DRAWINGS))

    def first_focus(self) -> QWidget | None:
        """The packet, the one primary button here."""
        return self.look

    # -- actions

    def _look(self, kind: str) -> None:
        self.print_wanted.emit(PaperRequest(kind, self._chosen if kind in OF_A_MEETING else None))


def _around(days: Sequence[date], today: date) -> tuple[int, int]:
    """From where to where the list goes at first: some that have been, today's and those to come."""
    ahead = next((at for at, day in enumerate(days) if day >= today), len(days))
    first = max(0, min(ahead - _BEHIND, len(days) - _MOST))
    return first, min(len(days), first + _MOST)
