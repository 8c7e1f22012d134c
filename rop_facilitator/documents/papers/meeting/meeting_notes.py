"""The notes behind the run sheet: the steps that tonight's sessions write, to read beforehand and to look up in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rop_facilitator.curriculum.agenda import Theme, ThemeStep, is_pause, openings
from rop_facilitator.curriculum.file_reader import shown
from rop_facilitator.curriculum.load import CURRICULUM_FILE
from rop_facilitator.curriculum.model import Step
from rop_facilitator.documents.page.blocks import (
    Beside,
    Block,
    BulletList,
    Callout,
    CheckItem,
    CheckList,
    Document,
    Heading,
    NotedStep,
    NumberedList,
    Paragraph,
    Practice,
    StepNotes,
    WritingLines,
    plain_text,
    words,
)
from rop_facilitator.documents.page.markdown import blocks_of
from rop_facilitator.documents.papers.meeting.home_practice import aims_of, follow_up_of, practice_blocks, theme_line
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts
from rop_facilitator.documents.papers.meeting.run_sheet import has_long_materials, material_lines, outline_words
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, capital, clock, long_date
from rop_facilitator.planning.calendar import end_of

SIZES = (11.0, 10.5, 10.0, 9.5)
"""Points: long notes are set smaller, and never smaller than small print."""
_SAFE_TODAY = ("trygt i dag", "safe today")


def meeting_notes(facts: MeetingFacts, steps: Sequence[Step], problems: list[Problem]) -> Document:
    """The pages behind the run sheet, on the back of it where that is printed on both sides."""
    rows, safe = _noted_steps(facts, steps, problems)
    return Document(
        paper="notes",
        title=f"{_('Notes')} · {capital(' + '.join(facts.titles))}",
        kicker=f"{facts.group_and_number()} · {long_date(facts.on)}",
        date=_("{n} min").format(n=facts.minutes),
        footer=_("For the leader · shred after use"),
        for_leader=True,
        size_pt=SIZES[0],
        wide=True,
        continues=True,
        blocks=(*_opening(facts, safe), StepNotes(tuple(rows)), _after()),
    )


def _opening(facts: MeetingFacts, safe: tuple[Block, ...]) -> list[Block]:
    """The aims, beside what to look after so that the theme is safe, where that is written."""
    themes = [theme for theme in facts.themes if theme.session.aims and not theme.rest]
    aims: list[Block] = [Heading(words(_("Aims")))] if themes else []
    for theme in themes:
        aims += [Heading(words(capital(theme.title)), level=3)] if len(facts.themes) > 1 else []
        aims.append(BulletList(tuple(map(words, aims_of(theme.session)))))
    materials = _materials(facts)
    if safe:
        return [Beside(tuple(aims), (Heading(words(_("Safe today"))), *safe), panel=True), *materials]
    return [Beside(tuple(aims), tuple(materials))] if aims and materials else [*aims, *materials]


def _noted_steps(
    facts: MeetingFacts, steps: Sequence[Step], problems: list[Problem]
) -> tuple[list[NotedStep], tuple[Block, ...]]:
    """The steps with something to read, and what stands in boxes about the safety of the theme."""
    own = {step.title for theme in facts.themes for step in theme.session.steps}
    practice_at = _practice_step(steps)
    rows: list[NotedStep] = []
    safe: list[Block] = []
    at = 0
    for number, (step, opens) in enumerate(zip(steps, openings(steps), strict=True)):
        theme = step.theme if isinstance(step, ThemeStep) else None
        file = theme.session.file if theme is not None else facts.curriculum.folder / CURRICULUM_FILE
        notes, faults = blocks_of(step.text, file=shown(file), first_line=step.line, top=4, level=3)
        problems += faults
        blocks: list[Block] = [theme_line(opens, facts.themes)] if opens is not None and not opens.rest else []
        if theme is not None and theme.session.is_outline:
            blocks.append(Paragraph(words(outline_words(theme), bold=True)))
        if theme is not None or step.title in own:
            blocks += as_cues(note for note in notes if not _safe_today(note))
            safe += [part for note in notes for part in _safe_today(note)]
        if number == practice_at:
            blocks += practice_with_question(facts.themes)
        if blocks or theme is not None:
            rows.append(
                NotedStep(
                    time=clock(end_of(facts.start, at)),
                    minutes=_("{n} min").format(n=step.minutes),
                    title=words(step.title),
                    method=step.method.word if step.method else "",
                    blocks=tuple(blocks),
                )
            )
        at += step.minutes
    return rows, tuple(safe)


def _safe_today(block: Block) -> tuple[Block, ...]:
    """What stands in a box of that name; nothing of any other block."""
    named = isinstance(block, Callout) and plain_text(block.title).strip(" .:").casefold() in _SAFE_TODAY
    return block.blocks if named and isinstance(block, Callout) else ()


def _practice_step(steps: Sequence[Step]) -> int:
    """The step in which the home practice is agreed: the first after the theme that is no pause, or else the last."""
    last = max((number for number, step in enumerate(steps) if isinstance(step, ThemeStep)), default=-1)
    after = (number for number, step in enumerate(steps) if number > last and not is_pause(step))
    return next(after, len(steps) - 1)


def practice_with_question(themes: Sequence[Theme]) -> list[Block]:
    """The home practice as it is read aloud, with what is said of it, and what the leader asks about it next time."""
    blocks: list[Block] = []
    for block in practice_blocks(themes):
        if isinstance(block, Practice):
            blocks += [Callout("say", block.blocks[:1], block.title or words(_("Home practice"))), *block.blocks[1:]]
        else:
            blocks.append(block)
    asked = dict.fromkeys(follow_up_of(theme.session) for theme in themes if theme.ends)
    lines = tuple(Paragraph(words(question)) for question in asked if question)
    if blocks and lines:
        blocks.append(Callout("ask", lines, words(_("Ask next time"))))
    return blocks


def as_cues(blocks: Iterable[Block]) -> list[Block]:
    """Notes in which a small heading with the lines below it is a box, so that it is not torn and is found again."""
    cues: list[Block] = []
    heading: Heading | None = None
    below: list[Block] = []

    def close() -> None:
        if heading is not None:
            cues.append(Callout("watch", tuple(below), heading.text) if below else heading)
            below.clear()

    for block in blocks:
        if isinstance(block, Heading) or (heading is not None and not isinstance(block, _LINES)):
            close()
            heading = block if isinstance(block, Heading) else None
            if heading is not None:
                continue
        (below if heading is not None else cues).append(block)
    close()
    return cues


_LINES = (Paragraph, BulletList, NumberedList)


def _materials(facts: MeetingFacts) -> list[Block]:
    """The materials in full, where the run sheet has only the short list of what to have ready, or no room for them."""
    themes = [theme for theme in facts.themes if has_long_materials(theme) or (theme.session.ready and not theme.rest)]
    lines = [words(line) for theme in themes for line in material_lines(theme)]
    return [Heading(words(_("Materials"))), BulletList(tuple(lines))] if lines else []


def _after() -> Block:
    items = (
        _("Attendance is recorded"),
        _("Each session is done, partly done or carried over"),
        _("Home practice is noted for each person"),
        _("Worries are dealt with today"),
        _("Those to call are called, make-up is agreed"),
    )
    ticks = CheckList(tuple(CheckItem(words(item)) for item in items))
    return Beside(
        (Heading(words(_("After the meeting"))), ticks),
        (Heading(words(_("For next time"))), WritingLines(3)),
    )
