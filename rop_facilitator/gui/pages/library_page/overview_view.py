"""The page about a module: read here, printed from here, and never in a plan."""

from __future__ import annotations

from rop_facilitator.curriculum.model import Curriculum, Module, Overview
from rop_facilitator.documents.papers.overview_paper import overview_blocks
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.library_page.library_tree import overview_word
from rop_facilitator.gui.pages.library_page.session_view import title_reason
from rop_facilitator.gui.pages.library_page.view_with_sheets import EDGE, ViewWithSheets
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge, origin_badge
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, column, flow, label, page_edge
from rop_facilitator.gui.widgets.papers.leader_notes import Notes
from rop_facilitator.i18n import _


class OverviewView(ViewWithSheets):
    """What a leader should know of a module, with the page itself first among its sheets."""

    def __init__(self, context: AppContext, curriculum: Curriculum, module: Module, page: Overview) -> None:
        super().__init__(context, curriculum)
        number = _("module {n}").format(n=module.number) if module.number else ""
        where = " · ".join(filter(None, (curriculum.title, number)))
        why = _("It is for leaders and stands in no plan. The sheets can be used in any meeting.")
        badges = (origin_badge(page.origin, _("title"), title_reason(page.origin)), Badge(overview_word(), reason=why))
        notes = Notes()
        notes.show_blocks(overview_blocks(page)[0], reading_px=context.settings.reading_px)
        head = (label(where, "body", "muted"), label(page.title, "display"), flow(*badges, gap=theme.S))
        sheets = self.sheets_below((page.id, *page.handouts))
        self.setLayout(page_edge(column(*head, theme.M, notes, *sheets, STRETCH, gap=6, edge=EDGE)))
