"""The middle pane of a meeting: the words of the step, as large as the leader wants them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.documents.page.blocks import Block, BulletList, Heading, Paragraph, words
from rop_facilitator.documents.page.markdown import blocks_of
from rop_facilitator.documents.papers.meeting.home_practice import aims_of, practice_blocks, theme_line
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import Area, column, flow, label, page_edge, scroll
from rop_facilitator.gui.widgets.papers.leader_notes import Notes
from rop_facilitator.i18n import _, clock
from rop_facilitator.planning.agenda_times import Stop

EDGE = (44, 28, 36, theme.XL)


def blocks_of_stop(stop: Stop, themes: Sequence[Theme], *, file: str, speech: str) -> tuple[Block, ...]:
    """What the leader reads at a step; after the theme also the home practice, and for an outline its aims."""
    step_blocks, _problems = blocks_of(
        stop.step.text, file=file, first_line=stop.step.line, top=4, level=3, speech=speech
    )
    blocks: list[Block] = [theme_line(stop.opens, themes)] if stop.opens is not None and not stop.opens.rest else []
    blocks += step_blocks
    if stop.theme is not None and stop.theme.session.is_outline:
        outline_words = _("The session is an outline: plan the theme yourself, there are no sheets.")
        blocks.append(Paragraph(words(outline_words)))
        blocks += [Heading(words(_("Aims")), level=3), BulletList(tuple(map(words, aims_of(stop.theme.session))))]
    if stop.after:
        blocks += practice_blocks(themes)
    return tuple(blocks)


class NotesPane(Area):
    """Method, time and title of the step; below them its words in a reading column that scrolls."""

    size_wanted = Signal(int)  # one step smaller or larger

    def __init__(self) -> None:
        whole = column(gap=0)
        super().__init__(whole)
        self._method = Badge("", "accent")
        self._time = Badge("")
        self._title = label("", "title")
        self._notes = Notes()
        smaller = Button("A−", "quiet", small=True, name=_("Smaller text"), clicked=self._smaller)
        larger = Button("A+", "quiet", small=True, name=_("Larger text"), clicked=self._larger)
        head = flow(self._method, self._time, "stretch", smaller, larger, gap=theme.S)
        self._column = column(head, self._title, self._notes, "stretch", gap=theme.S)
        inner = Area(self._column)
        inner.setMaximumWidth(theme.px(theme.READING))
        self._scroll = scroll(Area(page_edge(column(inner, gap=0, edge=EDGE))))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._scroll)
        self._scroll.setAccessibleName(_("Leader notes"))
        whole.addWidget(self._scroll)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for some words a line: narrower, and notes cannot be read aloud."""
        return QSize(theme.px(280), super().minimumSizeHint().height())

    def show_stop(self, stop: Stop, blocks: Sequence[Block], *, reading_px: int) -> None:
        """Show the leader notes of a step on the agenda."""
        method = _("{name} method").format(name=stop.step.method.word) if stop.step.method else ""
        self._method.show_text(method, "accent")
        self._method.setVisible(bool(method))
        self._time.show_text(f"{clock(stop.start.time())}–{clock(stop.end.time())}")
        self._title.setText(stop.step.title)
        self._notes.show_blocks(blocks, reading_px=reading_px)
        self._scroll.verticalScrollBar().setValue(0)

    def _smaller(self) -> None:
        self.size_wanted.emit(-1)

    def _larger(self) -> None:
        self.size_wanted.emit(1)
