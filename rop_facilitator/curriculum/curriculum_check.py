"""What a curriculum must meet that needs no rendering: minutes that add up, complete sessions, readable words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

from rop_facilitator.curriculum.agenda import theme_minutes
from rop_facilitator.curriculum.file_reader import MAX_PROBLEMS, read_page, read_text, shown
from rop_facilitator.curriculum.load import CURRICULUM_FILE, SAFETY_FILE, course_folders, load_curriculum
from rop_facilitator.curriculum.markers import box_marks, fitted_session, lengths_in, marked
from rop_facilitator.curriculum.model import Curriculum, Overview, SessionPlan, slug_of
from rop_facilitator.curriculum.readability import LONG_SENTENCE, plain, readability
from rop_facilitator.curriculum.session_file import HEADINGS
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

HARD_TO_READ = 35
LONGEST_RECAP = 120
MOST_SAID = 4
"""Sentences that a leader says in one go."""

FEWEST_AIMS, MOST_AIMS = 2, 4
_BORROWED_NAME = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_NAME = re.compile(r"[a-z0-9-]+")
_SPOKEN = re.compile(r"«([^«»]{1,4000})»|“([^“”]{1,4000})”")
_STAGE_NOTE = re.compile(r"^####[ \t]", re.MULTILINE)


def check_curriculum(folder: Path) -> list[Problem]:
    """All that is wrong with a curriculum and its sessions; handouts are checked where they are rendered."""
    curriculum, problems = load_curriculum(folder)
    return [*problems, *check_loaded(curriculum)] if curriculum else problems


def check_loaded(curriculum: Curriculum) -> list[Problem]:
    """What a curriculum that loaded must still meet."""
    problems = [*_frames(curriculum), *_safety(curriculum), *_titles(curriculum), *_pages(curriculum)]
    problems += [*_borrowed(curriculum), *_alike(curriculum)]
    longest, known = curriculum.frames[-1].minutes, sorted(course_folders(curriculum.folder))
    for session in curriculum.own_sessions:
        problems += _courses(session, known)
        fitted = fitted_session(session, longest, curriculum.id)
        if not session.is_outline:
            problems += islice(_complete(curriculum, fitted), MAX_PROBLEMS)  # each is looked for in the page
        problems += _readable(curriculum, fitted)
    return problems


def _courses(session: SessionPlan, known: Sequence[str]) -> Iterator[Problem]:
    """Markers of courses that are nowhere. Only said here: a course that is gone takes no session of others with it."""
    text = read_text(session.file)[0] or ""
    for number, row in enumerate(text.split("\n") if "{only" in text.casefold() else (), 1):
        heading = box_marks(row) or (marked(row) if row.startswith("###") else None)
        for course in heading.courses if heading else ():
            if course not in known:
                what = _("There is no course “{id}”, so this prints nowhere.").format(id=course[:40])
                close = difflib.get_close_matches(course, known, 1)
                advice = _("Did you mean “{field}”?").format(field=close[0]) if close else ""
                advice = advice or _("These are here: {ids}.").format(ids=", ".join(known))
                yield Problem("fault", shown(session.file), number, what, advice)


def _frames(curriculum: Curriculum) -> Iterator[Problem]:
    file = shown(curriculum.folder / CURRICULUM_FILE)
    for frame in curriculum.frames:
        total = sum(step.minutes for step in frame.steps)
        if total != frame.minutes:
            text = _("The steps of the frame of {minutes} minutes add up to {total}.")
            what = text.format(minutes=frame.minutes, total=total)
            yield Problem("fault", file, frame.steps[0].line, what, _("Change the minutes of its steps."))


def _safety(curriculum: Curriculum) -> Iterator[Problem]:
    if not curriculum.safety and not all(session.is_outline for session in curriculum.sessions):
        what = _("The page for a safe group is missing.")
        advice = _("Write what the leader does when someone is unsafe, unwell or intoxicated, and whom to call.")
        yield Problem("fault", shown(curriculum.folder / SAFETY_FILE), 0, what, advice)


def _titles(curriculum: Curriculum) -> Iterator[Problem]:
    seen: dict[str, SessionPlan] = {}
    lines = _lines_of_borrowed(curriculum)
    for session in curriculum.sessions:
        first = seen.setdefault(session.title.casefold(), session)
        if first is not session:
            what = _("{name} has the same title.").format(name=first.file.name)
            advice = _("Give them titles that a leader can tell apart.")
            line = _line(session, "title:") if curriculum.owns(session) else lines.get(session.id, 1)
            file = session.file if curriculum.owns(session) else curriculum.folder / CURRICULUM_FILE
            yield Problem("advice", shown(file), line, what, advice)


def _alike(curriculum: Curriculum) -> Iterator[Problem]:
    """Neighbours whose main exercise is of the same kind."""
    lines = _lines_of_borrowed(curriculum)
    for before, session in pairwise(curriculum.sessions):
        if session.kind is None or session.kind is not before.kind:
            continue
        what = _("The session before it, “{title}”, has the same kind of exercise: {kind}.")
        own = curriculum.owns(session)
        line = _line(session, "kind:") if own else lines.get(session.id, 1)
        file = session.file if own else curriculum.folder / CURRICULUM_FILE
        text = what.format(title=before.title, kind=session.kind.value)
        yield Problem("advice", shown(file), line, text, _("Give one of them another kind, or change their order."))


def _borrowed(curriculum: Curriculum) -> Iterator[Problem]:
    """What a course must know of the sessions that it borrows; all else is checked where their pages lie."""
    longest = curriculum.frames[-1]
    lines = _lines_of_borrowed(curriculum)
    file = shown(curriculum.folder / CURRICULUM_FILE)
    for session in curriculum.sessions:
        if curriculum.owns(session):
            continue
        if session.is_outline:
            what = _("“{id}” is an outline in its own course.").format(id=session.id)
            advice = _("It can be planned and marked; its plan and sheets come when they are written there.")
            yield Problem("advice", file, lines.get(session.id, 1), what, advice)
            continue
        if lost := lengths_in(session) - {frame.minutes for frame in curriculum.frames}:
            what = _("“{id}” has steps or boxes for {minutes} minutes, and no frame here is as long: they never print.")
            shown_lengths = ", ".join(map(str, sorted(lost)))
            advice = _("Look whether it can be led without them.")
            yield Problem(
                "advice", file, lines.get(session.id, 1), what.format(id=session.id, minutes=shown_lengths), advice
            )
        taken, given = theme_minutes(curriculum, session, longest)
        if taken != given:
            what = _(
                "The theme steps of “{id}” take {taken} minutes; the frame of {minutes} minutes has {slot} for them."
            ).format(id=session.id, taken=taken, minutes=longest.minutes, slot=given)
            advice = _("They are shortened or stretched to that: look whether it can be led so.")
            yield Problem("advice", file, lines.get(session.id, 1), what, advice)


def _lines_of_borrowed(curriculum: Curriculum) -> dict[str, int]:
    """The lines of `curriculum.yaml` that name a session of another course."""
    rows = (read_text(curriculum.folder / CURRICULUM_FILE)[0] or "").split("\n")
    named = ((name, number) for number, row in enumerate(rows, 1) for name in _BORROWED_NAME.findall(row))
    lines: dict[str, int] = {}
    for name, number in named:
        lines.setdefault(name, number)
    return lines


def _pages(curriculum: Curriculum) -> Iterator[Problem]:
    """Pages that no module names; a page that could not be read has its own faults."""
    text = read_text(curriculum.folder / CURRICULUM_FILE)[0] or ""
    named = set(_NAME.findall(text))
    for path in sorted(curriculum.folder.glob("*.md")):
        if path.name != SAFETY_FILE and path.stem not in named:
            what = _("No module names this session.")
            yield Problem("advice", shown(path), 0, what, _("Add it to sessions in curriculum.yaml, or remove it."))


def _headings(curriculum: Curriculum) -> dict[str, str]:
    """The headings of a session as they are written in its language, by their names in the program."""
    return {name: f"## {words}" for words, name in HEADINGS[curriculum.language].items()}


def _complete(curriculum: Curriculum, session: SessionPlan) -> Iterator[Problem]:
    """What a session with a plan must have besides: what the leader and the one who was away need."""
    heading = _headings(curriculum)
    longest = curriculum.frames[-1]  # sessions are written for it; in a shorter meeting steps are shortened
    taken, given = theme_minutes(curriculum, session, longest)
    if taken != given:
        text = _("The theme steps take {taken} minutes; the frame of {minutes} minutes has {slot} for them.")
        what = text.format(taken=taken, minutes=longest.minutes, slot=given)
        advice = _("Change their minutes, or those of the steps that replace a step of the frame.")
        yield _fault(session, heading["plan"], what, advice)
    if not FEWEST_AIMS <= len(session.aims) <= MOST_AIMS:
        what = _("The number of aims is {count}.").format(count=len(session.aims))
        advice = _("Write {fewest} to {most} below {heading}.")
        advice = advice.format(fewest=FEWEST_AIMS, most=MOST_AIMS, heading=heading["aims"])
        yield _fault(session, heading["aims"], what, advice)
    for name in ("home_practice", "materials", "recap"):
        if not getattr(session, name):
            what = _("Nothing stands below {heading}.").format(heading=heading[name])
            yield _fault(session, heading[name], what, _("A session with a plan has it: write it."))
    if not session.handouts:
        what = _("The session has no handout.")
        yield _fault(session, "handouts:", what, _("Write handouts: [name] in the head, and the page in handouts/."))
    handouts = set(session.handouts)
    for name in dict.fromkeys(session.table):
        if name not in handouts:
            what = _("“{name}” lies on the table, but is not among the handouts.").format(name=slug_of(name))
            yield _fault(session, "table:", what, _("Name it in handouts: too."))
    yield from _for_the_leader(curriculum, session, heading["plan"])
    yield from _speeches(session)
    words = readability(plain(session.recap)).words
    if words > LONGEST_RECAP:
        what = _("The recap has {count} words.").format(count=words)
        advice = _("Keep it to {most} words.").format(most=LONGEST_RECAP)
        yield Problem("advice", shown(session.file), _line(session, heading["recap"]), what, advice)


def _for_the_leader(curriculum: Curriculum, session: SessionPlan, plan: str) -> Iterator[Problem]:
    """Advice on what the leader reads: not too little to lead from, not too much for ten minutes, and every stage."""
    words = readability(leader_text(session)).words
    fewest, most = curriculum.leader_words
    if not fewest <= words <= most:
        what = _("The leader's text has {count} words.").format(count=words)
        advice = _("Between {fewest} and {most} can be read just before the meeting and led from.")
        advice = advice.format(fewest=fewest, most=most)
        yield Problem("advice", shown(session.file), _line(session, plan), what, advice)
    if not session.stages:
        advice = _("Write stages: [engagement, …] in the head, for whom the session is.")
        yield Problem("advice", shown(session.file), 1, _("The head names no stage of treatment."), advice)
    if not any(_STAGE_NOTE.search(step.text) for step in session.steps):
        what = _("No step says what to do with the one who has not decided, is active, or has relapsed.")
        advice = _("Write it below headings with #### inside a step.")
        yield Problem("advice", shown(session.file), _line(session, plan), what, advice)


def _speeches(session: SessionPlan) -> Iterator[Problem]:
    """What a leader says for so long that nobody else does anything."""
    for step in session.steps:
        for spoken in _SPOKEN.finditer(step.text):
            sentences = readability(plain(spoken[1] or spoken[2])).sentences
            if sentences > MOST_SAID:
                what = _("The leader says {count} sentences in one go.").format(count=sentences)
                advice = _("Keep to {most}, and let those who are there say or do something between.")
                line = step.line + step.text.count("\n", 0, spoken.start())
                yield Problem("advice", shown(session.file), line, what, advice.format(most=MOST_SAID))


def leader_text(session: SessionPlan) -> str:
    """The words of a session, as it is held, that the leader reads: steps, notes on the home practice, materials."""
    texts = [text for step in session.steps for text in (step.title, step.text)]
    return plain("\n\n".join([*texts, session.home_practice_notes, session.materials]))


def _readable(curriculum: Curriculum, session: SessionPlan) -> Iterator[Problem]:
    """Long sentences and hard words in what participants read: aims, home practice and recap (LIX: docs/domain.md)."""
    heading = _headings(curriculum)
    texts = {"aims": "\n\n".join(session.aims), "home_practice": session.home_practice, "recap": session.recap}
    for name, text in texts.items():
        long = readability(plain(text)).long_sentences if text else ()
        if long:
            what = _("A sentence has over {most} words: “{sentence}”")
            said = what.format(most=LONG_SENTENCE, sentence=long[0])
            advice = _("Divide it in two.")
            yield Problem("advice", shown(session.file), _line(session, heading[name]), said, advice)
    measured = readability(plain("\n\n".join(texts.values())))
    if not measured.short and measured.lix > HARD_TO_READ:
        what = _("It is hard to read: LIX {lix}.").format(lix=round(measured.lix))
        advice = _("Write shorter sentences, and shorter words than these: {words}.")
        yield Problem("advice", shown(session.file), 0, what, advice.format(words=", ".join(measured.longest)))


def _fault(session: SessionPlan, start: str, text: str, advice: str) -> Problem:
    return Problem("fault", shown(session.file), _line(session, start), text, advice)


def _line(session: SessionPlan, start: str) -> int:
    """The first line of a session's file that begins so; 1 where none does. Read again, as only faults ask for it."""
    rows = (read_text(session.file)[0] or "").casefold().split("\n")
    return next((number for number, row in enumerate(rows, 1) if row.startswith(start.casefold())), 1)


def line_of_handout(session: SessionPlan | Overview, handout_id: str) -> int:
    """The line of a session's or an overview's file that names a handout; 1 where none does."""
    page = read_page(session.file)[0]
    for field in ("handouts", "table"):
        named = page.head.get(field) if page else None
        for at, name in enumerate(named if isinstance(named, list) else ()):
            if page and name in (handout_id, slug_of(handout_id)):
                return page.head_lines.get(f"{field}.{at}", 1)
    return 1


def line_of_text(session: SessionPlan, text: str) -> int:
    """The line of a session's file where some text of it begins; 1 where it is not."""
    first = text.split("\n", 1)[0].strip()
    rows = (read_text(session.file)[0] or "").split("\n")
    # An aim stands behind the sign of its list, a line of the head behind its key.
    near = next((number for number, row in enumerate(rows, 1) if first in row), 1)
    return next((number for number, row in enumerate(rows, 1) if row.strip() == first), near)
