"""The library page: the list at the left, what is chosen at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from rop_facilitator.curriculum.session_position import course_and_id
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.library_page.curriculum_view import CourseView, FaultsView, ModuleView
from rop_facilitator.gui.pages.library_page.library_tree import LibraryTree
from rop_facilitator.gui.pages.library_page.overview_view import OverviewView
from rop_facilitator.gui.pages.library_page.session_view import SessionView
from rop_facilitator.gui.pages.library_page.sheet_preview import SheetPreview
from rop_facilitator.gui.pages.library_page.view_with_sheets import EDGE, ViewWithSheets
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, column, flow, label, page_edge, panel, row, scroll, tops
from rop_facilitator.i18n import _

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Curriculum
    from rop_facilitator.gui.pages.library_page.sheet_pictures import Sheet

_TWO_PANES = 720  # pixels at 100 %: with less than that, the list and the page take turns
_WIDEST = 16_777_215  # Qt's own word for no limit


class Nothing(QWidget):
    """In place of what is not in the library."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self.setLayout(column(theme.XXL, Empty("library", title, why), STRETCH, edge=EDGE))

    def retire(self) -> None:
        """As the other views: no job goes on here that must be cancelled."""


View = ViewWithSheets | CourseView | ModuleView | FaultsView | SheetPreview | Nothing


class LibraryPage(Page):
    """What can be taught? The page says where each word comes from, and shows the sheets as they print."""

    def __init__(self, context: AppContext, session_id: str = "", handout_id: str = "") -> None:
        """`session_id` is "<curriculum>/<session>", the id of a curriculum, or "" for the first one.

        With `handout_id`, that sheet of the session comes forward as soon as it is drawn.
        """
        super().__init__(context)
        self._wanted_sheet = handout_id
        self.tree = LibraryTree()
        self.view: View | None = None
        self.preview: SheetPreview | None = None
        self._under: QScrollArea | None = None
        self.faults = Button(_("See what is wrong"), "plain", small=True, clicked=self._show_faults)
        self._right = column(gap=0)
        head = row(label(_("Library"), "title"), STRETCH, edge=(10, 0, 0, theme.S))
        left = page_edge(column(head, gap=2, edge=(theme.M, 28, theme.M, theme.L)))
        left.addWidget(self.tree, 1)
        if context.library.problems:
            left.addWidget(label(_("Some files could not be read."), "small", "warn"))
            left.addLayout(flow(self.faults))
        self._left = panel(left, "page")
        self.to_list = Button(_("Library"), "link", "chevron-left", clicked=self._to_list)
        self._over = panel(row(self.to_list, STRETCH, edge=(EDGE[0], theme.M, theme.M, 0)))
        self.page = panel(column(self._over, self._right, gap=0), "surface")
        whole = tops(gap=0)
        whole.addWidget(self._left)
        whole.addWidget(self.page, 1)
        self.setLayout(whole)
        self.tree.show_library(context.library)
        self.tree.chosen.connect(self._chosen)
        self.tree.opened.connect(self._to_page)
        self._reading = bool(session_id)
        self._begin(session_id)

    def _begin(self, session_id: str) -> None:
        first = next(iter(context_ids(self.context)), "")
        if session_id and not self.tree.choose(session_id):
            title = _("This session is not in the library")
            self._show(Nothing(title, _("Its file is gone or has another name. Put its folder back, then try again.")))
        elif not session_id and not self.tree.choose(first):
            why = _("Put a folder with a curriculum into the library's folder, and start the program again.")
            self._show(Nothing(_("The library is empty"), why))

    def first_focus(self) -> QWidget | None:
        """The list, so that arrows work at once."""
        return self.to_list if self._left.isHidden() else self.tree

    def panes(self) -> list[QWidget]:
        """The list, then what is chosen."""
        return [self.tree, self.page]

    def keys(self) -> list[tuple[str, str]]:
        """What this page adds."""
        return [("←  →", _("Close or open a curriculum or module")), ("Esc", _("Back to the session"))]

    def state(self) -> object:
        """What is chosen, and what is open in the list."""
        return self.tree.current_key(), self.tree.open_keys(), self._reading

    def restore(self, state: object) -> None:
        """The same rows open, the same one chosen."""
        assert isinstance(state, tuple)
        key, opened, self._reading = state
        self.tree.open_again(opened)
        self.tree.choose(key)
        self._fit()

    def retire(self) -> None:
        """Cancel the drawing of sheets that nobody sees any more."""
        super().retire()
        self._retire_views()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text or a small window: the list and what is chosen take turns."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.px(_TWO_PANES)
        self._left.setVisible(not narrow or not self._reading)
        self.page.setVisible(not narrow or self._reading)
        self._over.setVisible(narrow)
        wide = theme.px(theme.LIST_PANE)
        self._left.setMinimumWidth(0 if narrow else wide)
        self._left.setMaximumWidth(_WIDEST if narrow else wide)

    def _to_page(self) -> None:
        """Enter or a click on the list: where only one of the two has room, the page comes forward."""
        self._reading = True
        self._fit()
        if not self._left.isVisible():
            self.to_list.setFocus()

    def _to_list(self) -> None:
        self._reading = False
        self._fit()
        self.tree.setFocus()

    # -- what is chosen

    def _chosen(self, key: str) -> None:
        library = self.context.library
        course, _hash, place = key.partition("#")
        course, session_id = course_and_id(course)
        curriculum = library.curricula[course]
        shown = self._with_sheets(curriculum, session_id)
        if shown is not None:
            shown.sheet_opened.connect(self._open_sheet)
            shown.sheets_drawn.connect(self._open_wanted)
            self._show(shown)
            return
        view = ModuleView(curriculum, curriculum.modules[int(place)]) if place else CourseView(self.context, curriculum)
        view.chosen.connect(self._go)
        self._show(view)

    def _with_sheets(self, curriculum: Curriculum, session_id: str) -> ViewWithSheets | None:
        """A session, or the page about a module; None for what is neither."""
        if (session := curriculum.session(session_id)) is not None:
            return SessionView(self.context, curriculum, session)
        place = curriculum.overview(session_id)
        return None if place is None else OverviewView(self.context, curriculum, *place)

    def _go(self, key: str) -> None:
        """A row on the page was clicked: the list goes there too."""
        if self.tree.choose(key) and self.tree.isVisible():
            self.tree.setFocus()

    def _show_faults(self) -> None:
        self.tree.setCurrentItem(None)  # type: ignore[call-overload]
        self._to_page()
        self._show(FaultsView(self.context.library.problems))

    def _show(self, view: View) -> None:
        self._retire_views()
        while (item := self._right.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.view, self.preview = view, None
        self._under = scroll(view)
        self._right.addWidget(self._under)
        self.fit_edges()

    def _retire_views(self) -> None:
        for view in (self.view, self.preview):
            if view is not None:
                view.retire()

    # -- a sheet in full

    def _open_sheet(self, sheet: Sheet) -> None:
        """The sheet takes the place of the session, which waits underneath."""
        if self._under is None or self.preview is not None:
            return
        self.preview = SheetPreview(self.context, sheet)
        self.preview.back.connect(self._close_sheet)
        self._under.hide()
        self._right.addWidget(scroll(self.preview))
        self.fit_edges()
        self.preview.to_session.setFocus()

    def _open_wanted(self) -> None:
        """The sheet that the leader was looking for, once."""
        wanted, self._wanted_sheet = self._wanted_sheet, ""
        if isinstance(self.view, ViewWithSheets) and (sheet := self.view.sheet(wanted)) is not None:
            self._to_page()
            self._open_sheet(sheet)

    def _close_sheet(self) -> None:
        if self.preview is None or self._under is None:
            return
        preview, self.preview = self.preview, None
        preview.retire()
        item = self._right.takeAt(1)  # the sheet; the session is at 0
        if item is not None and (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        self._under.show()
        if isinstance(self.view, ViewWithSheets):
            same = (button for button in self.view.sheets if button.sheet is preview.sheet)
            if (button := next(same, None)) is not None:
                button.setFocus()


def context_ids(context: AppContext) -> list[str]:
    """The ids of the curricula, in the order of the list."""
    return [curriculum.id for curriculum in context.library]
