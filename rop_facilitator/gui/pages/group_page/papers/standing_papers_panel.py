"""The standing papers of the course, ours and the leader's own; for a certificate the people are chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from rop_facilitator.documents.papers.catalogue import PaperRequest, standing_kinds
from rop_facilitator.documents.papers.certificate_facts import Doubts, doubts_about
from rop_facilitator.documents.papers.group_facts import attendance_share
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import Tick
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Area, clear, column, flow, label, line
from rop_facilitator.i18n import _
from rop_facilitator.records.group.groups import in_order, shown_name
from rop_facilitator.records.models import Group, NamesShown

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.documents.papers.handout import Handout


def paper_words(title: str, what: str, *buttons: QWidget) -> QBoxLayout:
    """A paper in words, and its ways to the printer; each of these is named by its paper."""
    for button in buttons:
        if isinstance(button, Button) and button.text() == _("Look and print"):
            button.set_name(_("Look and print {paper}").format(paper=title[:1].lower() + title[1:]))
    words = label(title, "strong"), label(what, "small", "muted")
    return column(*words, theme.XS, flow(*buttons, gap=theme.S), STRETCH, gap=theme.XS)


class StandingPapersPanel(Area):
    """One paper below the other, each with its own words for what it is."""

    wanted = Signal(object)  # PaperRequest
    unfolded = Signal(QWidget)  # the last part of what has come into sight

    def __init__(self) -> None:
        self._rows = column(gap=theme.M)
        super().__init__(self._rows)
        self.buttons: dict[str, Button] = {}
        self.people: dict[str, CertificatePeople] = {}
        self._pages: dict[str, Handout] = {}

    def show_group(self, group: Group, library: Library, names: NamesShown, today: date) -> None:
        """Show what the group can have; rows are made anew only when the files have changed."""
        pages = standing_kinds(group, library)
        if pages != self._pages:
            self._pages = pages
            self._make_rows()
        for chooser in self.people.values():
            chooser.show_group(group, names, today)

    def _make_rows(self) -> None:
        clear(self._rows)
        self.buttons, self.people = {}, {}
        for kind, page in self._pages.items():
            button = Button(_("Look and print"), "plain", "print", clicked=partial(self._look, kind))
            if page.kind == "certificate":
                chooser = self.people[kind] = CertificatePeople(button)
                button = Button(_("Choose people"), "plain", "person", clicked=partial(self._unfold, chooser))
            self.buttons[kind] = button
            self._rows.addWidget(line())
            self._rows.addLayout(paper_words(page.title, page.about or page.lead, button))
            if kind in self.people:
                self._rows.addWidget(self.people[kind])

    def _unfold(self, chooser: CertificatePeople) -> None:
        chooser.toggle()
        if chooser.isVisible():
            self.unfolded.emit(chooser.look)

    def _look(self, kind: str) -> None:
        if kind not in self.people:
            self.wanted.emit(PaperRequest(kind))
            return
        chooser = self.people[kind]
        self.wanted.emit(PaperRequest(kind, people=chooser.chosen(), anyway=chooser.asks))


class CertificatePeople(Area):
    """Hidden until it is asked for. At first everybody is ticked who has been at a meeting.

    Where a certificate may be too early or too thin, that is said beside the button, whose words then name the act.
    """

    def __init__(self, look: Button) -> None:
        """`look` is the way on; it is out of use while nobody is ticked who can get one."""
        self.look = look
        self._ticks: dict[int, Tick] = {}
        self._doubts_about: Callable[[tuple[int, ...]], Doubts] = lambda _people: Doubts()
        self._row = column(gap=0)
        self.strip = Strip("", "warn")
        self.strip.hide()
        what = label(_("The figure is how many meetings the person was at, of those that count."), "small", "muted")
        super().__init__(column(what, self._row, self.strip, flow(look), gap=theme.S))
        self.hide()

    def show_group(self, group: Group, names: NamesShown, today: date) -> None:
        """Show the people; what has been ticked stays as it is."""
        before = {member_id: tick.isChecked() for member_id, tick in self._ticks.items()}
        clear(self._row)
        self._ticks = {}
        people = in_order(group.memberships, names)
        self._doubts_about = lambda chosen: doubts_about(
            group, [person for person in people if person.id in chosen], names=names, today=today
        )
        for member in people:
            share = attendance_share(group, member)
            words = _("{name} · {present} of {counted}") if share.counted else _("{name} · nothing marked")
            words = words.format(name=shown_name(member, names), present=share.present, counted=share.counted)
            self._ticks[member.id] = Tick(words, on=before.get(member.id, share.present > 0))
            self._ticks[member.id].toggled.connect(self._toggled)
        self._row.addLayout(flow(*self._ticks.values(), gap=theme.S))
        self._toggled()

    @property
    def asks(self) -> bool:
        """Whether something is said that the button answers."""
        return bool(self._doubts_about(self.chosen()))

    def chosen(self) -> tuple[int, ...]:
        """The memberships that are ticked."""
        return tuple(member_id for member_id, tick in self._ticks.items() if tick.isChecked())

    def toggle(self) -> None:
        """Open with the keyboard on the first person, or close."""
        self.setVisible(not self.isVisible())
        if self.isVisible():
            next(iter(self._ticks.values()), self.look).setFocus()

    def _toggled(self) -> None:
        chosen = self.chosen()
        doubts = self._doubts_about(chosen)
        self.strip.show_message("\n".join(doubts.sentences))
        self.strip.setVisible(bool(doubts))
        self.look.setText(_("Make certificates anyway") if doubts else _("Look and print"))
        self.look.setEnabled(len(chosen) > len(doubts.nothing))
