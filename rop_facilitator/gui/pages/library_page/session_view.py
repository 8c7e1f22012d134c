"""The page of a session: where it comes from, aims, plan, home practice, and its sheets as they print."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from rop_facilitator.curriculum.agenda import lay_out
from rop_facilitator.curriculum.model import Curriculum, Origin, SessionPlan, Step, curriculum_id_of
from rop_facilitator.curriculum.session_position import workbook_words
from rop_facilitator.documents.papers.meeting.home_practice import aims_of, home_practice_words
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.library_page.library_tree import outline_word
from rop_facilitator.gui.pages.library_page.view_with_sheets import EDGE, ViewWithSheets
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge, origin_badge
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Item, clear, column, flow, label, page_edge, panel, row
from rop_facilitator.i18n import _


class SessionView(ViewWithSheets):
    """A session, or the honest word that it is an outline."""

    def __init__(self, context: AppContext, curriculum: Curriculum, session: SessionPlan) -> None:
        super().__init__(context, curriculum)
        self.session = session
        self.lengths: Segments | None = None
        self._plan = column(gap=0)
        head = [label(position_words(curriculum, session), "body", "muted"), label(session.title, "display")]
        body = self._outline() if session.is_outline else self._written()
        whole = column(*head, flow(*self._badges(), gap=theme.S), *body, STRETCH, gap=6, edge=EDGE)
        self.setLayout(page_edge(whole))

    # -- the parts

    def _badges(self) -> list[QWidget]:
        badges: list[QWidget] = [origin_badge(self.session.origin, _("title"), title_reason(self.session.origin))]
        if not self.curriculum.owns(self.session):
            lender = self.context.library.curricula[curriculum_id_of(self.session.id)].title
            why = _("Who has received it in one of the two courses has received it in both.")
            badges.append(Badge(_("borrowed from {course}").format(course=lender), reason=why))
        if self.session.is_outline:
            return [*badges, Badge(outline_word())]
        why = _("Aims, plan and sheets are written for this program. They are not copied from the sources.")
        badges.append(Badge(_("text: our own"), "made_up", "open", reason=why))
        if pages := workbook_words([self.session]):
            badges.append(Badge(pages))
        minutes = [str(frame.minutes) for frame in self.curriculum.frames]
        if minutes:
            badges.append(Badge(_("{n} min").format(n=_(" or ").join(minutes))))
        return badges

    def _outline(self) -> list[Item]:
        why = _(
            "It has a title and a place in the course. The plan and the sheets are not written yet.\n"
            "It can stand in a group's plan, but there is nothing to print."
        )
        return [*self._aims(), *self._practice(), theme.XL, Empty("page", _("The session is an outline"), why)]

    def _written(self) -> list[Item]:
        items = [*self._aims(), theme.L, self._plan_head(), self._plan, *self._practice()]
        return [*items, *self.sheets_below(self.session.handouts)]

    def _aims(self) -> list[Item]:
        if not self.session.aims:
            return []
        return [theme.L, label(_("Aims"), "heading"), *(bullet(aim) for aim in aims_of(self.session))]

    def _practice(self) -> list[Item]:
        if not self.session.home_practice:
            return []
        return [theme.L, label(_("Home practice"), "heading"), label(home_practice_words(self.session))]

    # -- the plan

    def _plan_head(self) -> Item:
        lengths = [frame.minutes for frame in self.curriculum.frames]
        longest = lengths.index(max(lengths))
        head = row(label(_("Plan"), "heading"), STRETCH, gap=theme.M)
        if len(lengths) > 1:
            words = [_("{n} min").format(n=minutes) for minutes in lengths]
            self.lengths = Segments(words, longest, name=_("Length of the meeting"))
            self.lengths.chosen.connect(self._length_chosen)
            head.addWidget(self.lengths)
        self._length_chosen(longest)
        return head

    def _length_chosen(self, index: int) -> None:
        """Lay the plan out for a meeting of that length."""
        frame = self.curriculum.frames[index]
        common = {step.title.casefold() for step in frame.steps if not step.theme}
        clear(self._plan)
        for step in lay_out(self.curriculum, self.session, frame.minutes):
            self._plan.addLayout(_step_row(step, bold=step.title.casefold() not in common))


def position_words(curriculum: Curriculum, session: SessionPlan) -> str:
    """Where a session stands: "E-IMR · module 4 · session 1"."""
    module = curriculum.module_of(session.id)
    parts = [curriculum.title]
    if module.number and len(curriculum.modules) > 1:
        parts.append(_("module {n}").format(n=module.number))
    return " · ".join((*parts, _("session {n}").format(n=module.sessions.index(session) + 1)))


def title_reason(origin: Origin) -> str:
    """What the origin of a title means."""
    return {
        Origin.SOURCE: _("The title stands in the source."),
        Origin.REPAIRED: _("The title stands in the source, but was hard to read there. We have repaired it."),
        Origin.INFERRED: _("The source does not say it outright. We have inferred it."),
        Origin.PROPOSAL: _("The source says nothing about it. It is our own proposal."),
    }[origin]


def bullet(text: str) -> QBoxLayout:
    """A point of a list, which wraps under itself."""
    words = label(text)
    dot = label("•", "strong", "accent", wrap=False)
    dot.setAlignment(Qt.AlignmentFlag.AlignTop)
    line = row(gap=theme.M, edge=(theme.S, 0, 0, 0))
    line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return line


def _step_row(step: Step, *, bold: bool) -> QBoxLayout:
    line = row(gap=theme.M, edge=(0, 3, 0, 3))
    line.addWidget(panel_of(_minutes(step.minutes)), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(step.title, "strong" if bold else "body"), 1)
    if step.method is not None:
        line.addWidget(label(step.method.word, "small", "muted", wrap=False))
    return line


def _minutes(minutes: int) -> QLabel:
    words = label(str(minutes), "body", "muted", wrap=False)
    words.setAlignment(Qt.AlignmentFlag.AlignRight)
    words.setAccessibleName(_("{n} min").format(n=minutes))
    return words


def panel_of(words: QLabel) -> QWidget:
    """A column as wide as three figures, so that minutes stand below each other."""
    return panel(column(words, gap=0), width=30)
