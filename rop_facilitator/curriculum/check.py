"""What a curriculum must meet that needs no rendering: minutes, aims, home practice, recap, a safe group."""

from __future__ import annotations

from collections import Counter

from rop_facilitator.curriculum.load import CURRICULUM_FILE, SAFETY_FILE
from rop_facilitator.curriculum.model import Curriculum, SessionPlan
from rop_facilitator.curriculum.readability import plain, readability
from rop_facilitator.curriculum.reading import shown
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

LONGEST_RECAP = 170
HARD_TO_READ = 35


def check_curriculum(curriculum: Curriculum) -> list[Problem]:
    """The faults and advice of a curriculum that loaded."""
    file = shown(curriculum.folder / CURRICULUM_FILE)
    problems: list[Problem] = []
    for session in curriculum.sessions:
        problems += _session(curriculum, session)
    for title, count in Counter(session.title for session in curriculum.sessions).items():
        if count > 1:
            text = _("Two sessions are called “{title}”.").format(title=title)
            problems.append(Problem("advice", file, 0, text, _("Give one of them another title.")))
    if any(not session.is_outline for session in curriculum.sessions) and not curriculum.safety.strip():
        text = _("The page {name} is missing.").format(name=SAFETY_FILE)
        problems.append(Problem("fault", file, 0, text, _("Write what the leader does when the group is not safe.")))
    return problems


def _session(curriculum: Curriculum, session: SessionPlan) -> list[Problem]:
    file = shown(session.file)
    found = [] if session.is_outline else _complete(curriculum, session, file)
    if not session.aims:
        found.append(Problem("fault", file, 0, _("The session has no aims."), _("Write two to four points.")))
    elif len(session.aims) > 4:
        found.append(Problem("advice", file, 0, _("The session has many aims."), _("Keep two to four.")))
    if not session.home_practice:
        found.append(
            Problem(
                "advice", file, 0, _("The session has no home practice."), _("Write one that is small enough to do.")
            )
        )
    for name, text in ((_("home practice"), session.home_practice), (_("recap"), session.recap)):
        measured = readability(plain(text))
        if not measured.short and measured.lix > HARD_TO_READ:
            what = _("The {name} is hard to read: LIX {lix}.").format(name=name, lix=round(measured.lix))
            found.append(Problem("advice", file, 0, what, _("Write shorter sentences and shorter words.")))
    return found


def _complete(curriculum: Curriculum, session: SessionPlan, file: str) -> list[Problem]:
    """What a session with a plan needs so that somebody who never led it can."""
    found: list[Problem] = []
    frame = max(curriculum.frames, key=lambda one: one.minutes)
    in_frame = {" ".join(step.title.split()).casefold() for step in frame.steps if not step.theme}
    theme = [step for step in session.steps if " ".join(step.title.split()).casefold() not in in_frame]
    total = sum(step.minutes for step in theme)
    if total != frame.slot:
        text = _("The theme steps take {total} minutes; the frame of {n} minutes has {slot} for them.").format(
            total=total, n=frame.minutes, slot=frame.slot
        )
        line = theme[0].line - 1 if theme else 0
        found.append(Problem("fault", file, line, text, _("Change their minutes, so that the meeting ends on time.")))
    needed = {
        _("a text under each theme step"): all(step.text.strip() for step in theme),
        _("materials"): bool(session.materials),
        _("a recap"): bool(session.recap),
        _("a handout"): bool(session.handouts),
    }
    for name, there in needed.items():
        if not there:
            text = _("The session lacks {name}.").format(name=name)
            found.append(Problem("fault", file, 0, text, _("Write it, or take the plan away: then it is an outline.")))
    words = len(plain(session.recap).split())
    if words > LONGEST_RECAP:
        text = _("The recap has {n} words.").format(n=words)
        found.append(Problem("advice", file, 0, text, _("Half a page is about {n}.").format(n=LONGEST_RECAP)))
    return found
