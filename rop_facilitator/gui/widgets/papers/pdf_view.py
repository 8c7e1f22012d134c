"""A PDF on screen: real pages, one below the other, with their number and size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, column, flow, label
from rop_facilitator.i18n import _

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

_LOWEST = 420  # pixels at 100 %: less of a page cannot be judged
_STEP = 1.25


class PdfView(QWidget):
    """Pages as they print. Paper stays light at night; the ground around it does not."""

    def __init__(self, document: QPdfDocument) -> None:
        from PySide6.QtPdfWidgets import QPdfView

        super().__init__()
        self.view = QPdfView(self)
        self.view.setAccessibleName(_("The paper, page by page"))
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        ground = self.view.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Mid, QPalette.ColorRole.Base):
            ground.setColor(role, theme.colour("sunken"))
        self.view.setPalette(ground)
        self.view.setDocument(document)
        self.view.setMinimumHeight(min(theme.px(_LOWEST), 520))
        self._document = document
        self._whole = QPdfView.ZoomMode.FitInView
        self._free = QPdfView.ZoomMode.Custom
        self._fix_bars()
        self.page = label("", "small", "muted", wrap=False)
        out = Button("–", "plain", keys="Ctrl+-", small=True, name=_("Smaller"), clicked=self.smaller)
        larger = Button("+", "plain", small=True, name=_("Larger"), clicked=self.larger)
        larger.setToolTip(_("Larger") + "   Ctrl +")
        whole = Button(_("Whole page"), "plain", keys="Ctrl+0", small=True, clicked=self.whole_page)
        bar = flow(self.page, STRETCH, out, larger, whole, gap=theme.S)
        inner = column(bar, gap=theme.S)
        inner.addWidget(self.view, 1)
        self.setLayout(inner)
        for keys, slot in (("Ctrl+-", self.smaller), ("Ctrl++", self.larger), ("Ctrl+0", self.whole_page)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WindowShortcut)
        self.view.pageNavigator().currentPageChanged.connect(self._page_changed)
        self._page_changed(0)

    def _page_changed(self, page: int) -> None:
        count = self._document.pageCount()
        self.page.setText(_("Page {n} of {count}").format(n=page + 1, count=count))

    def larger(self) -> None:
        """A quarter larger."""
        self._zoom(_STEP)

    def smaller(self) -> None:
        """A quarter smaller."""
        self._zoom(1 / _STEP)

    def whole_page(self) -> None:
        """As large as a whole page fits."""
        self._fix_bars()
        self.view.setZoomMode(self._whole)

    def _fix_bars(self) -> None:
        """No bar comes or goes by itself while a whole page is fitted into what the bars leave.

        Qt shows a bar by how large the pages are: at some sizes a bar would come, the page shrink, the bar go, the page
        grow, without end.
        """
        policy = Qt.ScrollBarPolicy
        several = self._document.pageCount() > 1
        self.view.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if several else policy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff)

    def _zoom(self, by: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() == self._whole:
            now = self._fitting()
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.view.setZoomMode(self._free)
        self.view.setZoomFactor(min(max(now * by, 0.2), 4.0))

    def _fitting(self) -> float:
        """The factor at which a whole page fits now."""
        points = self._document.pagePointSize(self.view.pageNavigator().currentPage())
        inch = self.logicalDpiX() / 72
        room = self.view.viewport().size()
        return min(room.width() / (points.width() * inch), room.height() / (points.height() * inch))
