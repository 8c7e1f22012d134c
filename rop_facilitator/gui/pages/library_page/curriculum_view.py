"""The page of a curriculum or a module: where it comes from, whom it is for, what is in it, what was found wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.curriculum.model import Curriculum, Module
from rop_facilitator.curriculum.session_position import key_in_course
from rop_facilitator.errors import Problem
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.library_page.library_tree import module_key, outline_word, overview_word
from rop_facilitator.gui.pages.library_page.session_view import bullet, title_reason
from rop_facilitator.gui.pages.library_page.view_with_sheets import EDGE
from rop_facilitator.gui.runtime.jobs import Job
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge, origin_badge
from rop_facilitator.gui.widgets.inputs.choices import NavItem
from rop_facilitator.gui.widgets.layout.boxes import (
    STRETCH,
    Area,
    Item,
    add,
    column,
    fact,
    flow,
    image,
    label,
    page_edge,
    row,
)
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.work_progress import WorkProgress


class CourseView(QWidget):
    """A curriculum as a leader chooses it."""

    chosen = Signal(str)  # a key of the list

    def __init__(self, context: AppContext, curriculum: Curriculum) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self.curriculum = curriculum
        self.problems: list[Problem] = []
        self._found, self._advice = column(gap=6), column(gap=6)
        parts: list[Item] = [
            label(_("Curriculum"), "body", "muted"),
            label(curriculum.title, "display"),
            flow(*_badges(curriculum), gap=theme.S),
            *_facts(curriculum),
            self._found,
        ]
        if curriculum.origin_note:
            parts += [theme.L, label(_("Where it comes from"), "heading"), label(curriculum.origin_note)]
        if curriculum.sources:
            parts += [theme.L, label(_("Sources"), "heading"), *(bullet(source) for source in curriculum.sources)]
        parts += [theme.L, self._contents(), self._advice, STRETCH]
        self.setLayout(page_edge(column(*parts, gap=6, edge=EDGE)))
        work = partial(check_in_job, curriculum)
        self._job: Job = context.jobs.run(self, work, done=self._checked, failed=self._not_checked)

    def retire(self) -> None:
        """Cancel the check of the curriculum: the leader has gone on."""
        self._job.cancel()

    def _contents(self) -> QWidget:
        if len(self.curriculum.modules) == 1:
            return _session_list(self.curriculum, self.curriculum.modules[0], self._go)
        items: list[Item] = [label(_("Modules"), "heading")]
        for module in self.curriculum.modules:
            title = f"{module.number}  {module.title}" if module.number else module.title
            count = ngettext("{n} session", "{n} sessions", len(module.sessions)).format(n=len(module.sessions))
            if module.optional:
                count = _("{count}, optional").format(count=count)
            parts = [count] if module.sessions else []
            parts += [overview_word()] if module.overview is not None else []
            parts += [outline_word()] if module.is_outline else []
            items.append(_link(title, " · ".join(parts), partial(self._go, module_key(self.curriculum, module))))
        return Area(column(*items, gap=2))

    def _go(self, key: str) -> None:
        self.chosen.emit(key)

    def _checked(self, problems: list[Problem]) -> None:
        self.problems = problems
        if not problems:
            return
        # Faults stand before everything else; mere advice waits at the foot.
        place = self._found if problems[0].level == "fault" else self._advice
        add(place, theme.L)
        for item in problem_list(problems):
            add(place, item)

    def _not_checked(self, error: BaseException) -> None:
        add(self._found, label(str(error), "body", "warn"))


class ModuleView(QWidget):
    """A module: where its title comes from, its aims, its sessions."""

    chosen = Signal(str)

    def __init__(self, curriculum: Curriculum, module: Module) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        where = f"{curriculum.title} · {_('module {n}').format(n=module.number)}" if module.number else curriculum.title
        badges: list[QWidget] = [origin_badge(module.origin, _("title"), title_reason(module.origin))]
        if module.stated:
            badges.append(Badge(_("sessions in the source: {n}").format(n=module.stated)))
        if module.optional:
            badges.append(Badge(_("optional")))
        parts: list[Item] = [label(where, "body", "muted"), label(module.title, "display"), flow(*badges, gap=theme.S)]
        if module.aims:
            parts += [theme.L, label(_("Aims"), "heading"), *(bullet(aim) for aim in module.aims)]
        parts += [theme.L, _session_list(curriculum, module, self._go), STRETCH]
        self.setLayout(page_edge(column(*parts, gap=6, edge=EDGE)))

    def retire(self) -> None:
        """As the other views: no job goes on here that must be cancelled."""

    def _go(self, key: str) -> None:
        self.chosen.emit(key)


class FaultsView(QWidget):
    """Curricula that could not be read, and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        lead = _("What could not be read is not in the list. Correct the files, and start the program again.")
        parts: list[Item] = [label(_("Found in the files"), "display"), label(lead, "body", "muted"), theme.L]
        self.setLayout(page_edge(column(*parts, *problem_list(problems), STRETCH, gap=6, edge=EDGE)))

    def retire(self) -> None:
        """As the other views: no job goes on here that must be cancelled."""


def check_in_job(curriculum: Curriculum, progress: WorkProgress) -> list[Problem]:
    """Everything that the check finds in a curriculum and its sheets, faults first. For a job."""
    from rop_facilitator.documents.check.rendering_check import check_paths

    progress.step(0, 1)
    return sorted(check_paths([curriculum.folder]), key=lambda problem: problem.level != "fault")


def problem_list(problems: Sequence[Problem]) -> list[Item]:
    """A head that counts, and each problem with its place and what to do."""
    faults = sum(problem.level == "fault" for problem in problems)
    counts = [
        ngettext("{n} fault", "{n} faults", faults).format(n=faults) if faults else "",
        ngettext("{n} piece of advice", "{n} pieces of advice", len(problems) - faults).format(n=len(problems) - faults)
        if len(problems) > faults
        else "",
    ]
    items: list[Item] = [label(_("The check found {counts}").format(counts=", ".join(filter(None, counts))), "heading")]
    for problem in problems:
        name, tone = ("warning", "danger") if problem.level == "fault" else ("info", "warn")
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        word = _("Fault") if problem.level == "fault" else _("Advice")
        words_column = column(
            label(problem.text),
            *([label(problem.advice, "body", "muted")] if problem.advice else []),
            label(f"{word} · {place}", "small", "muted"),
            gap=0,
        )
        line = row(gap=theme.M, edge=(0, theme.XS, 0, theme.XS))
        line.addLayout(column(2, image(name, tone, 18), STRETCH, gap=0))
        line.addLayout(words_column, 1)
        items.append(line)
    return items


def _badges(curriculum: Curriculum) -> list[QWidget]:
    badges: list[QWidget] = []
    count = len(curriculum.sessions)
    badges.append(Badge(ngettext("{n} session", "{n} sessions", count).format(n=count)))
    outlines = sum(session.is_outline for session in curriculum.sessions)
    if outlines:
        badges.append(Badge(ngettext("{n} of them an outline", "{n} of them outlines", outlines).format(n=outlines)))
    if curriculum.edition:
        badges.append(Badge(_("edition {edition}").format(edition=curriculum.edition)))
    return badges


def _facts(curriculum: Curriculum) -> list[Item]:
    """Whom it is for and how often it meets."""
    size = _("Group size: {size}").format(size=curriculum.group_size) if curriculum.group_size else ""
    months = curriculum.months
    length = ngettext("{n} month", "{n} months", months).format(n=months) if months else ""
    minutes = _("{n} min").format(n=_(" or ").join(str(frame.minutes) for frame in curriculum.frames))
    rhythm = " · ".join(filter(None, (curriculum.rhythm, length, minutes if curriculum.frames else "")))
    known = [("person", curriculum.audience), ("group", size), ("calendar", rhythm)]
    return [theme.M, *(fact(icon, words) for icon, words in known if words)]


def _session_list(curriculum: Curriculum, module: Module, go: Callable[[str], None]) -> QWidget:
    items: list[Item] = []
    if module.overview is not None:
        go_there = partial(go, module.overview.id)
        items = [label(_("For leaders"), "heading"), _link(module.overview.title, overview_word(), go_there)]
    if module.sessions:
        items.append(label(_("Sessions"), "heading"))
    for place, session in enumerate(module.sessions, 1):
        right = outline_word() if session.is_outline else ""
        items.append(_link(f"{place}  {session.title}", right, partial(go, key_in_course(curriculum.id, session.id))))
    return Area(column(*items, gap=2))


def _link(title: str, right: str, clicked: Callable[[], None]) -> NavItem:
    item = NavItem(title, count=right, place=False)
    item.clicked.connect(clicked)
    return item
