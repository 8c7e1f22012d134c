"""A meeting's rows as the panes show them: its people with their marks, its sessions, what was agreed. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.documents.papers.meeting.home_practice import home_practice_words, themes_with_practice
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.mark_speech import row_sentence
from rop_facilitator.i18n import _, capital
from rop_facilitator.records.group.groups import shown_name
from rop_facilitator.records.marks import MISSED_MINUTES, PRESENT, Mark
from rop_facilitator.records.meeting.meetings import expected_at, titles_of
from rop_facilitator.records.models import Attendance, Meeting, NamesShown, Outcome, PracticeResult


def people_at(meeting: Meeting, rows: Mapping[int, Attendance], *, names: NamesShown) -> list[PersonNow]:
    """Who is expected; `rows` are by membership."""
    return [
        person_now(membership.id, shown_name(membership, names), rows.get(membership.id))
        for membership in expected_at(meeting.group, meeting)
    ]


def person_now(membership_id: int, name: str, row: Attendance | None) -> PersonNow:
    """One of them; without a row nothing is known yet."""
    if row is None:
        return PersonNow(membership_id, name)
    minutes = row.minutes_late if row.mark is Mark.LATE else row.minutes_early
    return PersonNow(membership_id, name, row.mark, minutes, row.handout_given, row.practice)


def sessions_at(meeting: Meeting, themes: Sequence[Theme]) -> list[SessionNow]:
    """What the meeting takes up, and what became of it."""
    practice = {theme.session.id: home_practice_words(theme.session) for theme in themes_with_practice(themes)}
    return [
        SessionNow(session.id, capital(title), session.outcome, practice.get(session.group_session.session_id, ""))
        for session, title in zip(meeting.sessions, titles_of(meeting), strict=True)
    ]


def agreements(people: Iterable[PersonNow], rows: Mapping[int, Attendance]) -> list[Agreement]:
    """What those who were here will try."""
    return [
        Agreement(person.membership_id, person.name, rows[person.membership_id].agreed_practice)
        for person in people
        if person.mark in PRESENT
    ]


@dataclass(frozen=True)
class PersonNow:
    """One expected person as the pane shows them; minutes are those missed."""

    membership_id: int
    name: str
    mark: Mark | None = None
    minutes: int | None = None
    handout_given: bool = False
    practice: PracticeResult | None = None
    refused: str = ""  # why the last key did nothing

    @property
    def style(self) -> mark_styles.Style:
        """How the mark looks."""
        return mark_styles.ATTENDANCE[self.mark.value if self.mark else "unmarked"]

    @property
    def asks_minutes(self) -> bool:
        """Whether so many minutes were missed."""
        return self.mark in MISSED_MINUTES

    def spoken_text(self) -> str:
        """The row in words, for a screen reader."""
        handout = _("handout given") if self.handout_given else ""
        details = (handout, self.practice_words(), self.refused)
        return row_sentence(self.name, self.style, minutes=self.minutes, details=details)

    def practice_words(self) -> str:
        """What became of the home practice, or ""."""
        if self.practice is None:
            return ""
        words = {
            PracticeResult.DONE: _("done"),
            PracticeResult.PARTLY: _("partly"),
            PracticeResult.NOT_DONE: _("not done"),
        }
        return _("home practice: {state}").format(state=words[self.practice])


@dataclass(frozen=True)
class SessionNow:
    """A session of the meeting and what became of it."""

    meeting_session_id: int
    title: str
    outcome: Outcome | None
    home_practice: str = ""


@dataclass(frozen=True)
class Agreement:
    """What a person who was here will try; empty is the session's own home practice."""

    membership_id: int
    name: str
    text: str
