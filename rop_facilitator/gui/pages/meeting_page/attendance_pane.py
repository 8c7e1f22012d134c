"""The right pane of a meeting: who is here, and the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent

from rop_facilitator.gui.pages.meeting_page.attendance_list import AttendanceList
from rop_facilitator.gui.pages.meeting_page.pane_values import PersonNow
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.counts_line import CountsLine
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button, KeyCap
from rop_facilitator.gui.widgets.layout.boxes import Area, Image, Line, clear, column, flow, label, panel, row
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.i18n import _
from rop_facilitator.records.marks import GAVE_NOTICE, PRESENT, Mark, known_before_words, minutes_keys_words
from rop_facilitator.records.meeting.meetings import nobody_expected
from rop_facilitator.records.models import Meeting

_ROOM_FOR_KEYS = 480


class AttendancePane(Area):
    """Counts, the list, and which keys do what; before the day only what can be known then."""

    def __init__(self) -> None:
        inner = column(gap=theme.S, edge=(theme.M, theme.L, theme.M, theme.L))
        super().__init__(inner, "surface", theme.ATTENDANCE_PANE)
        self.list = AttendanceList()
        self._title = label(_("Attendance"), "heading")
        self._counts = CountsLine()
        self._ahead = self._read_only = False
        self._why = Strip("", "accent")
        self._keys = flow(gap=6)
        self._keys_are_ahead: bool | None = None
        self.rest = Button(_("The rest present"), "plain", keys="Enter", small=True)
        self.rest.clicked.connect(self.list.rest_wanted)
        head = row(gap=theme.S, edge=(10, 0, 10, 0))
        head.addWidget(self._title, 1)
        head.addWidget(self._counts)
        inner.addLayout(head)
        inner.addWidget(self._why)
        inner.addWidget(self.list, 1)
        inner.addLayout(flow(self.rest))
        self._legend = panel(column(Line(), self._keys, gap=theme.S))
        inner.addWidget(self._legend)
        self.setFocusProxy(self.list)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a name and its mark."""
        return QSize(theme.px(240), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where height is short, the people need it more than the keys; F1 shows them."""
        super().resizeEvent(event)
        self._show_legend()

    def _show_legend(self) -> None:
        self._legend.setVisible(self.height() >= theme.px(_ROOM_FOR_KEYS) and not self._read_only)

    def show_title(self, shown: bool) -> None:
        """Name the pane, unless a tab above it does."""
        self._title.setVisible(shown)

    def show_people(
        self, people: Sequence[PersonNow], meeting: Meeting, *, ahead: bool, read_only: bool = False
    ) -> None:
        """Show who is expected; `ahead` says that the day has not come, `read_only` that no key marks."""
        self._ahead, self._read_only = ahead, read_only
        self.list.show_people(people, toggles=not ahead, read_only=read_only)
        self._show_legend()
        if ahead:
            self._why.show_message(
                _("Until the day you can mark notice ({notice}) and exempt ({exempt}).").format(**known_before_words())
            )
        self._why.setVisible(ahead and not read_only)
        self._show_counts()
        self._show_keys(ahead=ahead)

    def show_person(self, person: PersonNow) -> None:
        """Show one of them otherwise, as after a mark."""
        self.list.show_person(person)
        self._show_counts()

    def _show_counts(self) -> None:
        people = self.list.people.people
        here = sum(person.mark in PRESENT for person in people)
        left = sum(person.mark is None for person in people)
        counts = _("<b>{here}</b> here · <b>{left}</b> left").format(here=here, left=left)
        waited_for = sum(person.mark not in GAVE_NOTICE for person in people)  # as on the page of today
        expected = _("<b>{n}</b> expected").format(n=waited_for) if waited_for else nobody_expected()
        self._counts.show_text(expected if self._ahead else counts)
        wanted = not self._ahead and left > 0 and not self._read_only
        if not wanted and self.rest.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # a button that goes takes no key along
        self.rest.setVisible(wanted)

    def _show_keys(self, *, ahead: bool) -> None:
        if ahead == self._keys_are_ahead:
            return  # a mark changes no key, and laying them out anew takes longer than the mark
        self._keys_are_ahead = ahead
        clear(self._keys)
        for style in (mark_styles.ATTENDANCE[mark] for mark in Mark if mark in GAVE_NOTICE or not ahead):
            self._add_key(style.letter, style.name)
        if not ahead:
            self._add_key("8", minutes_keys_words())
            self._add_key("U", _("handout"), icon="page")
            self._add_key("H", _("home practice"), icon="practice")
        self._add_key("⌫", _("clear"))
        self._add_key("?", _("all keys"))

    def _add_key(self, key: str, words: str, *, icon: str = "") -> None:
        """A key and what it does; `icon` is the one that stands for it in the rows."""
        picture = [Image(icon, "muted", 16)] if icon else []
        self._keys.add(panel(row(KeyCap(key), *picture, label(words, "small", "muted", wrap=False), gap=theme.XS)))
