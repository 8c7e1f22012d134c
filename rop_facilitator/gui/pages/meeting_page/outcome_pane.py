"""After the meeting: what became of each session, and what each person will try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.documents.papers.meeting.home_practice import practice_choice
from rop_facilitator.gui.pages.meeting_page.pane_values import Agreement, SessionNow
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.change_preview import BeforeAfter
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.inputs.text_fields import TextField
from rop_facilitator.gui.widgets.layout.boxes import Area, Item, add, clear, column, flow, label, panel, row
from rop_facilitator.i18n import _, ngettext, pgettext
from rop_facilitator.planning.comparison import Comparison
from rop_facilitator.records.models import Outcome

OUTCOMES = (Outcome.DONE, Outcome.PARTLY, Outcome.CARRIED_OVER)


class ClosingPane(Area):
    """Stands where the notes were. Each choice is kept at once."""

    outcome_chosen = Signal(int, object)  # meeting session id, Outcome
    outcome_confirmed = Signal(int, object)  # the same, once it was seen what moves
    agreed = Signal(int, str)  # membership id, words
    rest_wanted = Signal()
    not_held = Signal()  # it was started, and not held after all
    back_to_agenda = Signal()
    finished = Signal()

    def __init__(self) -> None:
        inner = column(gap=theme.S)
        super().__init__(inner)
        self.setMaximumWidth(theme.px(theme.READING))
        self._fields: dict[int, TextField] = {}
        self._outcomes: dict[int, Segments] = {}
        self._known: dict[int, SessionNow] = {}
        self.asked: BeforeAfter | None = None
        self._ask = column(gap=0)
        self._practice = label("", "body", "muted")
        self._left = Strip(
            "",
            "warn",
            Button(
                _("The rest present"), small=True, name=_("The rest present, after the meeting"), clicked=self._rest
            ),
        )
        self._sessions = column(gap=theme.M)
        self._people = column(gap=theme.S)
        self.not_held_button = Button(_("It was not held"), "quiet", "undo", clicked=self._not_held)
        self._nobody = label(_("Nobody is marked as present yet."), "body", "muted")
        self.done = Button(_("Finished"), "primary", "check", clicked=self._finish)
        items: tuple[Item, ...] = (
            label(_("After the meeting"), "title"),
            self._left,
            theme.XS,
            label(_("What became of it?"), "heading"),
            panel(self._sessions),
            panel(self._ask),
            label(_("What is carried over is planned first next time, and the rest moves on."), "small", "muted"),
            theme.S,
            label(_("Home practice until next time"), "heading"),
            self._practice,
            self._nobody,
            panel(self._people),
            theme.S,
            flow(
                self.done,
                Button(_("Back to the agenda"), "quiet", "chevron-left", clicked=self._back),
                self.not_held_button,
            ),
            "stretch",
        )
        for item in items:
            add(inner, item)

    def show_closing(
        self, sessions: Sequence[SessionNow], people: Sequence[Agreement], *, unmarked: int, started: bool
    ) -> None:
        """Show the state of things; what somebody is writing stays. `started`: a leader has said that it is held."""
        self.not_held_button.setVisible(started)
        text = ngettext("{n} person is not marked.", "{n} people are not marked.", unmarked).format(n=unmarked)
        self._left.show_message(text)
        self._left.setVisible(unmarked > 0)
        self._show_sessions(sessions)
        practice = practice_choice(session.home_practice for session in sessions)
        self._practice.setText(practice or _("The session has no home practice of its own."))
        self._nobody.setVisible(not people)
        if [person.membership_id for person in people] != list(self._fields):
            clear(self._people)
            self._fields = {person.membership_id: self._person(person) for person in people}
        for person in people:
            written = self._fields[person.membership_id]
            written.setPlaceholderText(
                _("as above") if practice else _("what {name} will try").format(name=person.name)
            )
            if not written.hasFocus():
                written.setText(person.text)

    def _show_sessions(self, sessions: Sequence[SessionNow]) -> None:
        if [session.meeting_session_id for session in sessions] != list(self._outcomes):
            clear(self._sessions)
            self._outcomes = {session.meeting_session_id: self._session(session) for session in sessions}
        self._known = {session.meeting_session_id: session for session in sessions}
        if self.asked is None:
            self._show_chosen()

    def _show_chosen(self) -> None:
        for key, session in self._known.items():
            self._outcomes[key].show_chosen(OUTCOMES.index(session.outcome) if session.outcome in OUTCOMES else -1)

    def ask(self, meeting_session_id: int, outcome: Outcome, comparison: Comparison, titles: Mapping[str, str]) -> None:
        """Show what an outcome moves, and wait for a yes."""
        self._stop_asking()
        do_words = _("Carry it over") if outcome is Outcome.CARRIED_OVER else _("Do it")
        asked = BeforeAfter(self._known[meeting_session_id].title, do_words)
        asked.taken.connect(partial(self._confirm, meeting_session_id, outcome))
        asked.left.connect(self._leave)
        asked.show_change(comparison, titles)
        self._ask.addWidget(asked)
        self.asked = asked
        asked.do.setFocus()

    def _confirm(self, meeting_session_id: int, outcome: Outcome) -> None:
        self._stop_asking()
        self.outcome_confirmed.emit(meeting_session_id, outcome)
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._stop_asking()
        self._show_chosen()

    def _stop_asking(self) -> None:
        self.asked = None
        clear(self._ask)

    def _session(self, session: SessionNow) -> Segments:
        names = (pgettext("session", "Done"), _("Partly done"), _("Carried over"))
        chosen = Segments(names, -1, name=session.title)
        chosen.chosen.connect(partial(self._choose, session.meeting_session_id))
        self._sessions.addLayout(column(label(session.title, "strong"), chosen, gap=6))
        return chosen

    def _person(self, agreement: Agreement) -> TextField:
        written = TextField()
        written.setMaxLength(500)
        written.setAccessibleName(_("Home practice of {name}").format(name=agreement.name))
        written.editingFinished.connect(partial(self._wrote, agreement.membership_id))
        name = label(agreement.name, elide=True)
        name.setFixedWidth(theme.px(110))
        line = row(name, gap=theme.S)
        line.addWidget(written, 1)
        self._people.addLayout(line)
        return written

    def _choose(self, meeting_session_id: int, index: int) -> None:
        self.outcome_chosen.emit(meeting_session_id, OUTCOMES[index])

    def _wrote(self, membership_id: int) -> None:
        if membership_id in self._fields:
            self.agreed.emit(membership_id, self._fields[membership_id].text())

    def _rest(self) -> None:
        self.rest_wanted.emit()

    def _not_held(self) -> None:
        self.not_held.emit()

    def _back(self) -> None:
        self.back_to_agenda.emit()

    def _finish(self) -> None:
        self.finished.emit()

    def focus_target(self) -> QWidget | None:
        """Where F6 puts the keyboard."""
        return next(iter(self._outcomes.values()), None)
