"""The run sheet: one page that is enough to lead a meeting from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rop_facilitator.curriculum.agenda import (
    Theme,
    ThemeStep,
    fitted_from,
    is_goal_round,
    is_pause,
    is_practice_round,
    looks_back,
    nearest_frame,
)
from rop_facilitator.curriculum.model import Method, Step
from rop_facilitator.curriculum.session_position import workbook_words
from rop_facilitator.documents.page.blocks import (
    Callout,
    Document,
    Paragraph,
    RunList,
    RunRow,
    RunSheet,
    RunTheme,
    Text,
    plain_text,
    words,
)
from rop_facilitator.documents.page.help_numbers import alarm_numbers
from rop_facilitator.documents.page.markdown import blocks_of, filled_words
from rop_facilitator.documents.papers.handout import CARDS
from rop_facilitator.documents.papers.meeting.meeting_facts import MOST_BROUGHT, SPARE_SETS, MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.meeting.person_sets import Sheets
from rop_facilitator.i18n import _, capital, clock, long_date, ngettext
from rop_facilitator.planning.calendar import clock_span, end_of

_SHORT_FRAME = 60
_SHORT_MATERIALS = 200  # letters


def table_copies(table: Mapping[str, Document], people: int) -> dict[str, int]:
    """How many copies of each sheet lie on the table: together one for every second person, at least two.

    A deck of cards is one for the group.
    """
    loose = sum(sheet.paper != CARDS for sheet in table.values())
    each = -(-max(SPARE_SETS, -(-people // 2)) // max(1, loose))
    return {name: 1 if sheet.paper == CARDS else each for name, sheet in table.items()}


def run_sheet(facts: MeetingFacts, steps: Sequence[Step], sheets: Sheets, *, safety_in_packet: bool) -> Document:
    """The leader's page of a meeting."""
    # A rest goes on from last time, when its question was asked: beside others it is a step and no more.
    whole = [theme for theme in facts.themes if not theme.rest] or list(facts.themes)
    # It stands beside the step that asks it, where there is one with room.
    placed = len(facts.themes) == 1 and any(map(is_practice_round, steps))
    to_ask = () if placed else facts.to_ask
    lists = (
        RunList(words(_("Sheets (+ spare)")), tuple(map(words, _sheets(facts, sheets)))),
        RunList(words(_("Have ready")), tuple(map(words, _ready(facts))), tick=True),
        RunList(words(_("Ask about last time")), tuple(map(words, to_ask))),
    )
    block = RunSheet(
        rows=_rows(facts, steps),
        themes=tuple(
            _run_theme(theme, facts, steps, named=len(whole) > 1) if theme in whole else RunTheme()
            for theme in facts.themes
        ),
        lists=_not_empty(lists),
        folded=_not_empty(_about_people(facts, steps)),
        numbers=alarm_numbers(facts.curriculum.language),
        safety=words(_where_safety_is(facts, in_packet=safety_in_packet)),
    )
    return Document(
        paper="run-sheet",
        title=f"{_('Run sheet')} · {capital(' + '.join(facts.titles))}",
        lead=words(_fitted(facts)),
        kicker=f"{facts.group_and_number()} · {long_date(facts.on)}",
        date=" · ".join(filter(None, (clock_span(facts.start, facts.minutes), facts.place))),
        footer=" · ".join(filter(None, (workbook_words(facts.sessions), _("For the leader · shred after use")))),
        for_leader=True,
        size_pt=13.5,
        blocks=(block,),
    )


def _not_empty(lists: Iterable[RunList]) -> tuple[RunList, ...]:
    return tuple(replace(part, items=tuple(dict.fromkeys(part.items))) for part in lists if part.items)


def _rows(facts: MeetingFacts, steps: Sequence[Step]) -> tuple[RunRow, ...]:
    rows: list[RunRow] = []
    at = 0
    for step in steps:
        theme = step.theme if isinstance(step, ThemeStep) else None
        text = outline_words(theme) if theme else _frame_words(step, facts)
        rows.append(
            RunRow(
                time=clock(end_of(facts.start, at)),
                minutes=str(step.minutes),
                title=words(step.title),
                text=words(text),
                theme=next((n for n, other in enumerate(facts.themes, 1) if other is theme), 0),
                pause=is_pause(step),
            )
        )
        at += step.minutes
    return (*rows, RunRow(clock(end_of(facts.start, at)), words(_("The end for today")), pause=True))


def _frame_words(step: Step, facts: MeetingFacts) -> str:
    """What a step that every meeting has asks, where there is room; of the home practice what last time's asks.

    In the first meeting the frame's questions about last time are left out; what the session asks there stands.
    """
    if len(facts.themes) > 1:
        return ""
    if facts.to_ask and is_practice_round(step):
        return " ".join(facts.to_ask)
    written = any(step.text == other.text for frame in facts.curriculum.frames for other in frame.steps)
    if written and not facts.last_titles and looks_back(step):
        return ""
    return _first_question([step], facts)


def outline_words(theme: Theme) -> str:
    """What the leader is told of a session that is not written; nothing of others."""
    return _("Outline: plan the theme yourself.") if theme.session.is_outline else ""


# -- the theme ---------------------------------------------------------------------------------------------------------


def _run_theme(theme: Theme, facts: MeetingFacts, steps: Sequence[Step], *, named: bool) -> RunTheme:
    """What the head of the session says; of one without these words, what its steps say."""
    session = theme.session
    own = [step for step in steps if isinstance(step, ThemeStep) and step.theme is theme and session.steps]
    exercise = session.exercise or _main_exercise(own)
    if session.drop_60 and nearest_frame(facts.curriculum, facts.minutes).minutes == _SHORT_FRAME:
        exercise = f"{_sentence(exercise)} {_('In 60 minutes:')} {session.drop_60}".strip()

    def said(text: str) -> Text:
        return words(filled_words(text, speech=session.language))

    return RunTheme(
        title=words(capital(theme.title)) if named else (),
        question=said(_without_quotes(session.question or _first_question(own, facts))),
        sentence=said(session.sentence),
        exercise=said(exercise),
        alternative=said(session.alternative),
        co_leader=said(session.co_leader),
    )


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!", "»", "”")) else f"{text}."


def _without_quotes(text: str) -> str:
    """A question stands in the band without the marks that say it is spoken."""
    bare = text.strip()
    whole = bare[:1] in ("«", "“") and bare[-1:] in ("»", "”") and not any(sign in bare[1:-1] for sign in "«»“”")
    return bare[1:-1] if whole else bare


def _main_exercise(steps: Sequence[Step]) -> str:
    """The longest step in which something is practised."""
    practised = [step for step in steps if step.method is Method.COGNITIVE]
    return max(practised, key=lambda step: step.minutes).title if practised else ""


def _first_question(steps: Sequence[Step], facts: MeetingFacts) -> str:
    for step in steps:
        notes, _faults = blocks_of(step.text, file=str(facts.curriculum.folder), first_line=step.line, top=4, level=3)
        for box in notes:
            if isinstance(box, Callout) and box.tone == "ask":
                return next((plain_text(part.text) for part in box.blocks if isinstance(part, Paragraph)), "")
    return ""


# -- lists -------------------------------------------------------------------------------------------------------------


def _sheets(facts: MeetingFacts, sheets: Sheets) -> list[str]:
    """The sheets of tonight, each with how many lie in sets and how many are spare, and those on the table."""
    here = [person for person in facts.people if not person.gave_notice]
    table = {name: sheet for theme in facts.themes for name, sheet in sheets.on_table(theme).items()}
    copies = table_copies(table, len(here))
    items = []
    for theme in facts.themes:
        lacking = sum(theme.session.id not in person.has_sheets for person in here)
        for sheet in sheets.own(theme).values():
            items.append(f"{sheet.title} ({lacking}\u00a0+\u00a0{SPARE_SETS})")
        for name, sheet in sheets.on_table(theme).items():
            items.append(_("{title} ({n} on the table)").format(title=sheet.title, n=copies[name]))
    return items


def _ready(facts: MeetingFacts) -> list[str]:
    items = [_("Choose what you can leave out: there are several themes")] if len(facts.themes) > 1 else []
    for theme in facts.themes:
        if not theme.rest and not has_long_materials(theme):
            ready = [filled_words(item, speech=theme.session.language) for item in theme.session.ready]
            items += map(capital, ready or material_lines(theme))
    if any(map(has_long_materials, facts.themes)):
        items.append(_("The materials in the notes"))
    return items


def material_lines(theme: Theme) -> list[str]:
    """The materials of a session, a line of its file each."""
    lines = (line.strip("-* ") for line in theme.session.materials.splitlines())
    return [filled_words(line, speech=theme.session.language) for line in lines if line]


def has_long_materials(theme: Theme) -> bool:
    """Whether the materials are too much for the run sheet, and nobody has said in short what to have ready."""
    return not theme.rest and not theme.session.ready and len(theme.session.materials) > _SHORT_MATERIALS


def _about_people(facts: MeetingFacts, steps: Sequence[Step]) -> tuple[RunList, ...]:
    """What nobody else is to read: it is folded back."""
    goals = facts.goals if any(map(is_goal_round, steps)) else ()
    away = filter(None, (*map(_was_away, facts.people), *(_going_on(theme, facts) for theme in facts.themes)))
    notices = [person.name for person in facts.people if person.gave_notice]
    return (
        RunList(words(_("Goal of")), tuple(map(words, goals))),
        RunList(words(_("Was away")), tuple(map(words, away))),
        RunList(words(_("Gave notice")), tuple(map(words, notices))),
    )


def _was_away(person: PersonFacts) -> str:
    """What a person has not had, newest last, and whether somebody is to call."""
    titles = ", ".join(person.missed[-MOST_BROUGHT:])
    if (more := len(person.missed) - MOST_BROUGHT) > 0:
        titles += " " + ngettext("and {n} more", "and {n} more", more).format(n=more)
    call = ""
    if person.away:
        call = ngettext("away {n} time: call", "away {n} times in a row: call", person.away).format(n=person.away)
    text = "; ".join(filter(None, (titles, call)))
    return f"{person.name}: {text}" if text else ""


def _going_on(theme: Theme, facts: MeetingFacts) -> str:
    """Who gets the sheets of a session now that it goes on from another day."""
    here = [person for person in facts.people if not person.gave_notice]
    names = [person.name for person in here if theme.session.id not in person.has_sheets]
    if theme.begins or not names or not theme.session.handouts:
        return ""
    text = _("The sheets of “{title}” go to {names}")
    return text.format(title=theme.session.title, names=", ".join(names))


# -- the edges ---------------------------------------------------------------------------------------------------------


def _fitted(facts: MeetingFacts) -> str:
    """Whether the minutes were fitted from a frame of another length."""
    fitted = fitted_from(facts.curriculum, facts.minutes)
    if fitted is None:
        return ""
    text = _("The steps are fitted to {minutes} minutes from the frame of {frame}.")
    return text.format(minutes=facts.minutes, frame=fitted)


def _where_safety_is(facts: MeetingFacts, *, in_packet: bool) -> str:
    if not facts.curriculum.safety.strip():
        return ""
    return _("“A safe group” lies behind the notes.") if in_packet else _("“A safe group” lies in the leaders' folder.")
