"""Which course: compact cards, one choice or several, that fold to one line once the choice is made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button, by_keyboard, click_by_enter, draw_focus
from rop_facilitator.gui.widgets.inputs.choice_cards import Radio
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, clear, column, flow, image, label, panel, row
from rop_facilitator.gui.window.keyboard_focus import focus_within
from rop_facilitator.i18n import _, ngettext

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Curriculum, Library

    _Base = QAbstractButton
else:
    _Base = object

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_TWO_COLUMNS = 480  # at 100 %: narrower, and the cards stand below each other
_BAR = 54
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


def written_words(courses: Sequence[Curriculum]) -> str:
    """As in “11 of 11 sessions written”."""
    ready, count = _written(courses)
    words = ngettext("{n} of {count} session written", "{n} of {count} sessions written", count)
    return words.format(n=ready, count=count)


def _written(courses: Sequence[Curriculum]) -> tuple[int, int]:
    from rop_facilitator.curriculum.model import each_session

    sessions = [session for _course, session in each_session(courses).values()]
    return sum(not session.is_outline for session in sessions), len(sessions)


class _CardLook(_Base):
    """Title, whom it is for, a bar and how much is written. Arrows are its parent's, Enter takes as space does."""

    moved = Signal(int, int)  # columns and rows to go

    def __init__(self, course: Curriculum) -> None:
        super().__init__()
        self.course = course
        ready, count = _written([course])
        self._part = ready / count if count else 0.0
        state = _("{n} of {count} written") if ready else _("outline, {n} of {count} written")
        self.state = state.format(n=ready, count=count)
        self._ring = False
        spoken = written_words([course])
        if not ready:
            spoken = _("outline, {written}").format(written=spoken)
        parts = (course.title, _("for {whom}").format(whom=_inside(course.audience)) if course.audience else "", spoken)
        self.setAccessibleName(", ".join(filter(None, parts)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Two of them beside each other in a form."""
        wide = theme.px(_TWO_COLUMNS // 2)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Narrower wraps; the layout asks how high that makes it."""
        return QSize(theme.px(160), 3 * theme.metrics("body").height())

    def hasHeightForWidth(self) -> bool:
        """The words wrap, so a narrow card is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines, wrapped, and the air around them."""
        return round(self._places(width)[2].bottom()) + theme.px(10)

    def _places(self, width: int) -> tuple[QRectF, QRectF, QRectF]:
        """Where title, audience and state stand in this width."""
        left, room = theme.px(14), max(width - theme.px(26), theme.px(60))
        beside = room - theme.px(22)  # the mark stands at the right of the title
        bar = theme.px(_BAR) + theme.S
        top, places = float(theme.px(9)), []
        for text, role, x, wide in (
            (self.course.title, "strong", left, beside),
            (self.course.audience, "small", left, room),
            (self.state, "small", left + bar, room - bar),
        ):
            size = theme.metrics(role).boundingRect(0, 0, wide, 10_000, _WRAP, text)
            places.append(QRectF(x, top, wide, size.height() if text else 0))
            top = places[-1].bottom() + (3 if text else 0)
        return places[0], places[1], places[2]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to another card, and choose nothing on the way."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(*step)
        elif not click_by_enter(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = by_keyboard(event, self._ring)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, ground and edge, the words, the bar, and a tick on what is chosen."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, box = self.isChecked(), QRectF(self.rect())
        title, whom, state = self._places(self.width())
        if self.hasFocus() and self._ring:
            box = draw_focus(p, box)
        p.setPen(QPen(theme.colour("accent" if on else "border"), 2 if on else 1))
        p.setBrush(theme.colour("accent_soft" if on else "hover" if self.underMouse() else "surface"))
        p.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.R_CONTROL, theme.R_CONTROL)
        soft = "on_soft" if on else ""
        _write(p, title, self.course.title, "strong", soft or "text")
        _write(p, whom, self.course.audience, "small", soft or "text")
        _write(
            p, state, self.state, "small", soft or ("text" if self._part == 1 else "muted" if self._part else "warn")
        )
        self._draw_bar(p, QRectF(title.left(), state.top() + (theme.metrics("small").height() - theme.px(5)) / 2, 0, 0))
        if on:
            side = theme.px(18)
            at = QPoint(self.width() - theme.px(12) - side, round(title.top()))
            p.drawPixmap(at, theme.icon_pixmap("check", "accent", side))

    def _draw_bar(self, p: QPainter, at: QRectF) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        track = QRectF(at.left(), at.top(), theme.px(_BAR), theme.px(5))
        for part, ink in ((1.0, "line"), (self._part, "accent")):
            if part:
                p.setBrush(theme.colour(ink))
                wide = max(track.width() * part, track.height())
                p.drawRoundedRect(QRectF(track.left(), track.top(), wide, track.height()), 2.5, 2.5)


class CourseCard(_CardLook, Radio):
    """A course, where one is chosen."""


class CourseTick(_CardLook, QCheckBox):
    """A course, where several may be chosen."""


class CourseChoice(QWidget):
    """Cards to choose from; after the choice one line with what was chosen and a way back to the cards."""

    changed = Signal()

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._order: list[str] = []
        self._columns = 0
        self.several = False
        self.cards: dict[str, CourseCard | CourseTick] = {}
        self.more = Button(_("Several courses in one group"), "quiet", small=True, clicked=self._more)
        self._following = label("", "small", "muted")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.S)
        self._holder = QWidget()
        self._holder.setAccessibleName(_("Course"))
        self._holder.setLayout(self._grid)
        caption = flow(label(_("Course"), "caption"), STRETCH, self.more, gap=theme.S)
        self._open = panel(column(caption, self._holder, self._following, gap=theme.XS))
        self._folded = self._line()
        self._folded.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        for part in (self._open, self._folded):
            whole.addWidget(part)
        self._make_cards(several=False)

    def _line(self) -> QWidget:
        self.titles = label("", "strong")
        self._state = label("", "small", "muted")
        self.change = Button(_("Change course"), "plain", small=True, clicked=self._change)
        words = column(self.titles, self._state, gap=1)
        line = row(image("check", "accent", 20), words, self.change, gap=theme.M)
        line.setStretchFactor(words, 1)
        return panel(line)

    def _make_cards(self, *, several: bool) -> None:
        self.several = several
        for card in self.cards.values():
            card.setAutoExclusive(False)  # it goes only later, and must not take part in the next choice
        clear(self._grid)
        kind = CourseTick if several else CourseCard
        self.cards = {course.id: kind(course) for course in self._library}
        for key, card in self.cards.items():
            card.setChecked(key in self._order)
            card.toggled.connect(self._toggled)
            card.clicked.connect(self._clicked)
            card.moved.connect(partial(self._go, key))
        self._columns = 0
        self._place_cards()
        self._say()

    def _place_cards(self) -> None:
        """Two beside each other where there is room."""
        columns = 2 if self.width() >= theme.px(_TWO_COLUMNS) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, at // columns, at % columns)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window: one column."""
        super().resizeEvent(event)
        self._place_cards()

    # -- what is chosen

    def chosen(self) -> tuple[str, ...]:
        """The ids of the chosen courses, in the order in which they were chosen."""
        return tuple(self._order)

    def choose(self, chosen: Sequence[str]) -> None:
        """Choose these, and fold the cards when there are any."""
        known = [key for key in chosen if key in self.cards]
        if len(known) > 1 and not self.several:
            self._make_cards(several=True)
        for key in known:
            self.cards[key].setChecked(True)
        self._fold(bool(known))

    def is_folded(self) -> bool:
        """Whether the choice stands on one line."""
        return not self._folded.isHidden()

    def _toggled(self, _on: bool) -> None:
        on = [key for key, card in self.cards.items() if card.isChecked()]
        order = [key for key in self._order if key in on] + [key for key in on if key not in self._order]
        if order != self._order:
            self._order = order
            self._say()
            self.changed.emit()

    def _clicked(self) -> None:
        """One is enough where one is chosen: fold, and go on from the line that stands in its place."""
        if not self.several and self._order:
            self._fold(True)

    def _fold(self, folded: bool) -> None:
        within = focus_within(self) is not None
        shown, other = (self._folded, self._open) if folded else (self._open, self._folded)
        shown.show()
        if within:  # before the other goes, or the keyboard would go elsewhere with it
            chosen = (card for card in self.cards.values() if card.isChecked())
            target = self.change if folded else next(chosen, self.more)
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        other.hide()

    def _change(self) -> None:
        if self.several != (len(self._order) > 1):
            self._make_cards(several=len(self._order) > 1)
        self._fold(False)

    def _more(self) -> None:
        """Several may be chosen; chosen, they fold; and where none is, one may be chosen again."""
        if self.several and self._order:
            self._fold(True)
        else:
            self._make_cards(several=not self.several)

    def _go(self, key: str, columns: int, rows: int) -> None:
        keys = list(self.cards)
        at = keys.index(key) + columns + rows * self._columns
        if 0 <= at < len(keys):
            self.cards[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self) -> None:
        courses = [self._library.curricula[key] for key in self._order]
        titles = _(", then ").join(course.title for course in courses)
        self.titles.setText(titles)
        self._state.setText(written_words(courses) if courses else "")
        self.change.set_name(f"{_('Change course')}: {titles}, {self._state.text()}")
        self._following.setText(_("They follow one another: {titles}.").format(titles=titles))
        self._following.setVisible(len(courses) > 1)
        if not self.several:
            words = _("Several courses in one group")
        else:
            words = _("Done choosing") if courses else _("One course only")
        self.more.setText(words)


def _inside(text: str) -> str:
    """As it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _write(p: QPainter, place: QRectF, text: str, role: str, ink: str) -> None:
    p.setFont(theme.font(role))
    p.setPen(theme.colour(ink))
    p.drawText(place, _WRAP, text)
