"""A new group: what, when and who on the left, and on the right the plan as it will be."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.new_group_page.new_group_form import NewGroupForm
from rop_facilitator.gui.pages.new_group_page.plan_preview import PlanPreview
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import card, column, flow, label, line, page_edge, panel, scroll
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.course_fit import Offer
from rop_facilitator.records.group.group_draft import DraftResult, GroupDraft, TakenOffer, chosen, judge, make_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.audit_log import RecordsChange

_TWO_COLUMNS = 900  # at 100 %: narrower, and the plan goes below the form
_WAIT_MILLISECONDS = 200  # after the last key: a plan is laid anew for each look


class NewGroupPage(Page):
    """Nothing is stored before *Create group*; going away and coming back keeps what is typed."""

    shows = frozenset({"Group"})

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._taken: frozenset[str] = frozenset()
        self._finished = False
        self.outcome = DraftResult()
        self.form = NewGroupForm(context.library, context.jobs, today=context.today())
        self.preview = PlanPreview()
        self._plan = card(self.preview)
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MILLISECONDS)
        self._soon.timeout.connect(self.show_plan)
        self._build()
        self.form.changed.connect(self._changed)
        self.preview.taken.connect(self._take)
        self.preview.given_back.connect(self._give_back)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._make)
        self.reload()

    def _build(self) -> None:
        self.sum = label("", "body", "muted")  # where the meetings stand below the form
        title = panel(page_edge(column(label(_("New group"), "title"), self.sum, gap=2, edge=(36, 28, 36, theme.M))))
        self._left = QVBoxLayout()
        self._left.setContentsMargins(36, 0, theme.M, theme.XL)
        self._left.setSpacing(theme.L)
        self._left.addWidget(self.form)
        left = panel(self._left, "scrolled")
        self._right = QVBoxLayout()
        self._right.setContentsMargins(theme.M, 0, 36, theme.XL)
        self._right_area = scroll(panel(self._right, "scrolled"))
        self._wide: bool | None = None
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(scroll(left), 13)
        columns.addWidget(self._right_area, 9)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(title)
        whole.addLayout(columns, 1)
        whole.addWidget(line())
        whole.addWidget(self._foot())
        self._place_plan()

    def _foot(self) -> QWidget:
        self.reason = label("", "body", "muted")
        self.make = Button(_("Create group"), "primary", "check", "Ctrl+Enter", clicked=self._make)
        self.cancel = Button(_("Cancel"), "plain", clicked=self._cancel)
        foot = flow(self.make, self.cancel, self.reason, gap=theme.M, edge=(36, theme.M, 36, theme.M))
        return panel(foot, "surface")

    def _place_plan(self) -> None:
        """Beside the form where there is room, else below it."""
        wide = self.width() >= theme.px(_TWO_COLUMNS)
        if wide == self._wide:
            return
        self._wide = wide
        (self._right if wide else self._left).addWidget(self._plan)
        if wide:
            self._right.addStretch(1)
        self._right_area.setVisible(wide)
        self._show_sum()
        self._left.setContentsMargins(36, 0, theme.M if wide else 36, theme.XL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window: the plan goes below."""
        super().resizeEvent(event)
        self._place_plan()

    # -- the page

    def reload(self) -> None:
        """Learn which names are taken, hide or show the people, and plan anew."""
        from rop_facilitator.records.models import Group, Participant

        with self.context.read() as db:
            self._taken = frozenset(row.name for row in db.query(Group.name))
            self.form.show_known([row.name for row in db.query(Participant.name)])
        own = self.context.database.leader_name
        self.form.show_leaders([leader.name for leader in self.context.database.leaders()], own)
        self.form.hide_names(self.context.names_hidden)
        self.show_plan()

    def first_focus(self) -> QWidget:
        """The name of the group: the form is filled in from the top."""
        return self.form.name

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page, beside those of the window."""
        return [("Ctrl+Enter", _("Create group"))]

    def panes(self) -> list[QWidget]:
        """The form, then the foot."""
        return [self.form.name, self.cancel]

    def state(self) -> object:
        """What is typed; nothing once the group is made or given up."""
        return None if self._finished else self.form.wishes()

    def restore(self, state: object) -> None:
        """Fill in what was typed."""
        assert isinstance(state, GroupDraft)
        self.form.fill(state)
        self.reload()

    # -- the plan

    def _changed(self) -> None:
        self._soon.start()

    def show_plan(self) -> None:
        """Plan what the form says, and show what it comes to; nothing is stored."""
        self._soon.stop()
        wishes, library = self.form.wishes(), self.context.library
        self.outcome = judge(wishes, library, self._taken, self.context.service_closures(), today=self.context.today())
        self.form.show_outcome(self.outcome)
        if self.outcome.plan is None or self.outcome.wanted is None:
            self.preview.show_nothing(self._no_plan(wishes))
        else:
            sessions = [session for course in chosen(wishes, library) for session in course.sessions]
            titles = {session.id: session.title for session in sessions}
            outlines = frozenset(session.id for session in sessions if session.is_outline)
            self.preview.show_plan(self.outcome.wanted, self.outcome.plan, titles, outlines)
            self.preview.show_taken(wishes.taken)
        self._show_sum()
        self._say_hindrance(self.outcome.hindrance)

    def _show_sum(self) -> None:
        planned = self.outcome.plan is not None
        self.sum.setText(self.preview.sentence.text() if planned else "")
        self.sum.setVisible(planned and not self._wide)

    def _take(self, offer: Offer) -> None:
        self.form.take(offer)
        self.show_plan()
        self.context.notify(f"{offer.title}: {offer.effect}.")
        (self.preview.fit.first_focus() or self.make).setFocus()

    def _give_back(self, taken: TakenOffer) -> None:
        self.form.give_back(taken)
        self.show_plan()
        self.context.notify(_("Took back: {what}").format(what=taken.title))
        (self.preview.fit.first_focus() or self.make).setFocus()

    def _no_plan(self, wishes: GroupDraft) -> str:
        """What the plan waits for."""
        if not wishes.curricula:
            return _("Choose a course, and the meetings show here with their dates.")
        if not wishes.weekdays:
            return _("Choose at least one weekday.")
        faults = self.outcome.faults
        return faults.get("first") or faults.get("minutes") or _("Write the first date.")

    def _say_hindrance(self, why: str) -> None:
        self.make.setEnabled(not why)
        self.reason.setText(why)
        self.reason.setVisible(bool(why))

    # -- the two ways out

    def _cancel(self) -> None:
        self._finished = True
        self.leave.emit()

    def _make(self) -> None:
        if self._finished or not self.form.closed.add_typed():  # days that are typed and not added count too
            return
        self.show_plan()  # what was typed a moment ago counts too
        if self.outcome.hindrance:
            return
        wishes = self.form.wishes()
        try:
            with self.context.write(Action.GROUP_CREATED) as db:
                self._finished = True  # the write tells of itself: this page must not answer to its own group
                group = make_group(db, wishes, self.outcome, self.context.library)
                group_id, count = group.id, len(group.meetings)
        except UserError as error:
            self._finished = False
            self._say_hindrance(str(error))
            return
        words = ngettext("Created the group with {n} meeting", "Created the group with {n} meetings", count)
        self.context.notify(words.format(n=count), undoable=True)
        self.open_group.emit(group_id)

    def _records_changed(self, change: RecordsChange) -> None:
        if not self._finished:
            super()._records_changed(change)
