"""Ctrl+K: people, groups, sessions, handouts and commands, found by any of their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.curriculum.handout_titles import handout_title
from rop_facilitator.curriculum.session_position import key_in_course
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.dialogs.overlay import Overlay
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.text_fields import TextField
from rop_facilitator.gui.widgets.layout.boxes import card, label
from rop_facilitator.i18n import _

MOST = 30
PEOPLE_TAB = 2


@dataclass(frozen=True)
class Hit:
    """Something to go to: a route with its arguments and tab, or a command of the window by name."""

    text: str
    under: str
    icon: str
    route: str = ""
    arguments: tuple[object, ...] = ()
    tab: int | None = None
    command: str = ""


def find(wanted: str, hits: Sequence[Hit]) -> list[Hit]:
    """Hits that hold every word, first what is called so, then what begins so; all commands when nothing is asked."""
    words = wanted.casefold().split()
    if not words:
        return [hit for hit in hits if hit.command or hit.route in ("today", "new_group")]
    matching = [hit for hit in hits if all(word in f"{hit.text} {hit.under}".casefold() for word in words)]
    whole = " ".join(words)

    def far(hit: Hit) -> tuple[bool, bool, bool]:
        title = hit.text.casefold()
        return title != whole, not title.startswith(words[0]), words[0] not in title

    return sorted(matching, key=far)[:MOST]


def all_hits(context: AppContext) -> list[Hit]:
    """Everything that can be found, people first; none of them while names are hidden."""
    from rop_facilitator.records.models import Group, Membership, Participant

    hits: list[Hit] = []
    with context.read() as db:
        if not context.names_hidden:
            people = (
                db.query(Participant.name, Group.id, Group.name).join(Participant.memberships).join(Membership.group)
            )
            people = people.filter(Group.archived.is_(None))
            for name, group_id, group in sorted(people, key=lambda row: (alphabetical(row[0]), alphabetical(row[2]))):
                hits.append(Hit(name, group, "person", "group", (group_id,), tab=PEOPLE_TAB))
        groups = db.query(Group.id, Group.name).filter(Group.archived.is_(None))
        for group_id, group in sorted(groups, key=lambda row: alphabetical(row[1])):
            hits.append(Hit(group, _("Group"), "group", "group", (group_id,)))
    return hits + _commands() + _sessions(context)


def _sessions(context: AppContext) -> list[Hit]:
    """The sessions, and each handout once, by the title that its author gave it."""
    hits, seen = [], set()
    for curriculum in context.library:
        for page in curriculum.overviews:
            hits.append(
                Hit(
                    page.title,
                    _("For leaders · {course}").format(course=curriculum.title),
                    "page",
                    "library",
                    (page.id,),
                )
            )
        for session in curriculum.sessions:
            key = key_in_course(curriculum.id, session.id)
            hits.append(Hit(session.title, curriculum.title, "library", "library", (key,)))
            for handout in session.handouts:
                if handout not in seen:
                    seen.add(handout)
                    title = handout_title(curriculum, handout)
                    under = _("Handout · {session}").format(session=session.title)
                    hits.append(Hit(title, under, "page", "library", (key, handout)))
    return hits


def _commands() -> list[Hit]:
    go, do = _("Go there"), _("Command")
    return [
        Hit(_("Today"), go, "today", "today"),
        Hit(_("Library"), go, "library", "library"),
        Hit(_("New group"), do, "plus", "new_group"),
        Hit(_("Take back the last action"), "Ctrl Z", "undo", command="undo"),
        Hit(_("Hide or show names"), "F9", "hide", command="names"),
        Hit(_("Lock"), "Ctrl L", "lock", command="lock"),
        Hit(_("Keys"), "F1", "key", command="keys"),
        Hit(_("Look and language"), _("Settings"), "settings", "settings", ("looks",)),
        Hit(_("Leaders"), _("Settings"), "person", "settings", ("leaders",)),
        Hit(_("Backup"), _("Settings"), "shield", "settings", ("backup",)),
        Hit(_("Closed weeks"), _("Settings"), "calendar", "settings", ("closures",)),
        Hit(_("Help numbers"), _("Settings"), "phone", "settings", ("numbers",)),
        Hit(_("Folders"), _("Settings"), "page", "settings", ("folders",)),
        Hit(_("Deletion"), _("Settings"), "trash", "settings", ("deletion",)),
    ]


class SearchOverlay(Overlay):
    """A field and its hits; arrows choose, Enter goes there."""

    chosen = Signal(object)  # Hit

    def __init__(self, window: QWidget, context: AppContext) -> None:
        self.field = TextField(placeholder=_("Search people, groups, sessions and commands"), icon="search")
        self.field.setAccessibleName(_("Search"))
        self.list = QListWidget()
        self.list.setItemDelegate(_HitLines(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(theme.px(320))
        self._nothing = label(_("Nothing is called that."), "body", "muted")
        self._hits = all_hits(context)
        self._shown: list[Hit] = []
        super().__init__(window, card(self.field, self._nothing, self.list, edge=theme.M, width=600))
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._choose)
        self.list.itemClicked.connect(self._clicked)
        self._show("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, wanted: str) -> None:
        self._shown = find(wanted, self._hits)
        self.list.clear()
        for hit in self._shown:
            item = QListWidgetItem(f"{hit.text}, {hit.under}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._nothing.setVisible(not self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the hits while the keyboard stays in the field."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), len(self._shown) - 1))

    def _choose(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._shown):
            hit = self._shown[at]
            self.finish()
            self.chosen.emit(hit)

    def _clicked(self, item: QListWidgetItem) -> None:
        self.list.setCurrentItem(item)
        self._choose()


class _HitLines(QStyledItemDelegate):
    """Icon, what it is called, and what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(200), theme.metrics("strong").height() + theme.metrics("small").height() + theme.px(16))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent_soft"))
            p.drawRoundedRect(box.adjusted(0, 1, 0, -1), theme.R_CONTROL, theme.R_CONTROL)
            p.setBrush(theme.colour("accent"))
            p.drawRoundedRect(QRect(box.left(), box.top() + theme.S, 3, box.height() - 2 * theme.S), 1, 1)
        side = theme.px(20)
        ink = "on_soft" if on else "text"
        icon = theme.icon_pixmap(hit.icon, "on_soft" if on else "muted", side)
        p.drawPixmap(QPoint(box.left() + theme.M, box.top() + (box.height() - side) // 2), icon)
        left, right = box.left() + theme.M + side + theme.M, theme.M
        words = QRect(left, box.top() + theme.px(8), box.right() - left - right, theme.metrics("strong").height())
        p.setFont(theme.font("strong"))
        p.setPen(theme.colour(ink))
        p.drawText(words, 0, theme.metrics("strong").elidedText(hit.text, Qt.TextElideMode.ElideRight, words.width()))
        words.translate(0, words.height())
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("on_soft" if on else "muted"))
        p.drawText(words, 0, theme.metrics("small").elidedText(hit.under, Qt.TextElideMode.ElideRight, words.width()))
        p.restore()
