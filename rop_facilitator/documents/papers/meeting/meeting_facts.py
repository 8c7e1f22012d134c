"""What the papers of one meeting say, read from loaded rows once: plain values, to be laid out in any thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from rop_facilitator.curriculum.agenda import Theme, fitted_theme
from rop_facilitator.curriculum.model import Curriculum, Library, SessionPlan
from rop_facilitator.documents.papers.meeting.home_practice import (
    follow_up_of,
    home_practice_of,
    home_practice_words,
    themes_with_practice,
)
from rop_facilitator.documents.papers.printed_titles import printed_title, session_number
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, speaking
from rop_facilitator.records.group.groups import shown_name
from rop_facilitator.records.group.name_on_paper import name_on_paper_of
from rop_facilitator.records.marks import GAVE_NOTICE, PRESENT
from rop_facilitator.records.meeting.meetings import expected_at, gave_notice_at, meeting_on, themes_of, titles_of
from rop_facilitator.records.models import (
    Attendance,
    Group,
    GroupSession,
    Meeting,
    MeetingSession,
    MeetingState,
    Membership,
    Outcome,
)
from rop_facilitator.records.plan.group_plan import item_title
from rop_facilitator.records.progress.call_list import to_call
from rop_facilitator.records.progress.goal_turns import goal_turns
from rop_facilitator.records.progress.progress import TAUGHT, taught_at, to_make_up

MOST_BROUGHT = 3
# For whoever comes unannounced, and for a sheet that is spoilt.
SPARE_SETS = 2


@dataclass(frozen=True)
class PersonFacts:
    """What one expected person gets.

    `missed` are titles to make up, oldest first; `brought` the last of them, whose recap and sheets lie in the set.
    `has_sheets` are ids of today's sessions whose sheets the person has already; `away` is how many times in a row the
    person was away without a message, where somebody is to call. `own_step` is what the person agreed to try, and
    `missed_printed` what is missed as a slip may say it: title and number.
    """

    name: str
    last_practice: str = ""
    missed: tuple[str, ...] = ()
    gave_notice: bool = False
    brought: tuple[Theme, ...] = ()
    has_sheets: frozenset[str] = frozenset()
    away: int = 0
    own_step: str = ""
    missed_printed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MeetingFacts:
    """One meeting as its papers need it; a session whose file is gone is in `titles` only.

    `group` is what the group is called on paper, `goals` are the names of those whose goal is taken up, `to_ask` what
    the leader asks about the home practice of last time. `printed` is what it takes up as papers that others may see
    say it: title and number in the course; `held` is how many meetings there were before.
    """

    group: str
    number: int | None
    on: date
    start: time
    minutes: int
    place: str
    curriculum: Curriculum
    themes: tuple[Theme, ...]
    titles: tuple[str, ...]
    people: tuple[PersonFacts, ...]
    last_titles: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    to_ask: tuple[str, ...] = ()
    printed: tuple[tuple[str, str], ...] = ()
    held: int = 0
    new_leaders: bool = False
    name_on_sheets: bool = False
    themes_on_plans: bool = False

    @property
    def sessions(self) -> tuple[SessionPlan, ...]:
        """What is taken up, whole or in part."""
        return tuple(theme.session for theme in self.themes)

    def group_and_number(self) -> str:
        """Which meeting of which group, in the language that is spoken; one that was called off has no number."""
        number = _("meeting {n}").format(n=self.number) if self.number else ""
        return " · ".join(filter(None, (self.group, number)))


def collect_packet(group: Group, library: Library, on: date) -> MeetingFacts:
    """The facts of a day's meeting. Raises UserError when there is none, or its curriculum is gone."""
    meeting = meeting_on(group, on)
    curriculum, _themes = themes_of(meeting, library)
    if curriculum is None:
        raise UserError(_("The curriculum of this meeting is not in the library. Put its folder back, then try again."))
    # Before that meeting and not before today: a packet that is printed again is as it was.
    before = held_before(group, meeting.on)
    with speaking(curriculum.language):  # the themes anew: their titles are in the language that is spoken
        return MeetingFacts(
            group=name_on_paper_of(group, on, language=curriculum.language),
            number=meeting.number,
            on=meeting.on,
            start=meeting.start,
            minutes=meeting.minutes,
            place=meeting.place,
            curriculum=curriculum,
            themes=themes_of(meeting, library)[1],
            titles=titles_of(meeting),
            people=_people(group, meeting, before, library, curriculum),
            last_titles=titles_of(before[-1]) if before else (),
            goals=_goals(group, meeting),
            to_ask=_to_ask(themes_of(before[-1], library)[1]) if before else (),
            printed=tuple(_printed(library, row) for row in meeting.sessions),
            held=len(before),
            new_leaders=_has_new_leaders(group, before),
            name_on_sheets=group.name_on_sheets,
            themes_on_plans=group.themes_on_plans,
        )


def _printed(library: Library, row: MeetingSession) -> tuple[str, str]:
    """The title of a session on paper, with the part that is taken up, and its number in the course."""
    title = printed_title(library, row.group_session, row.title)
    return item_title(title, row), session_number(library, row.group_session)


def held_before(group: Group, day: date) -> list[Meeting]:
    """The meetings of a loaded group that were held before a day, by date."""
    return [meeting for meeting in group.meetings if meeting.state is MeetingState.HELD and meeting.on < day]


def _has_new_leaders(group: Group, before: list[Meeting]) -> bool:
    """Whether none of those who lead the group now has led one of its meetings."""
    led = {meeting.leader for meeting in before if meeting.leader}
    return bool(led and group.leaders and led.isdisjoint(group.leaders))


def _goals(group: Group, meeting: Meeting) -> tuple[str, ...]:
    notice = {membership.id for membership in gave_notice_at(group, meeting)}
    expected = [membership for membership in expected_at(group, meeting) if membership.id not in notice]
    return tuple(shown_name(membership, group.names_shown) for membership in goal_turns(group, meeting, expected))


def _to_ask(last: tuple[Theme, ...]) -> tuple[str, ...]:
    """The question that goes with each home practice of last time, or the practice where none is written."""
    given = (theme.session for theme in themes_with_practice(last))
    return tuple(follow_up_of(session) or home_practice_words(session) for session in given)


def _row(meeting: Meeting, membership: Membership) -> Attendance | None:
    return next((row for row in meeting.attendance if row.membership_id == membership.id), None)


def _people(
    group: Group, meeting: Meeting, before: list[Meeting], library: Library, curriculum: Curriculum
) -> tuple[PersonFacts, ...]:
    missed = {membership.id: sessions for membership, sessions in to_make_up(group, today=meeting.on)}
    calls = {
        call.membership.id: sum(day < meeting.on for day in call.days) for call in to_call(group, today=meeting.on)
    }
    people = []
    for person in expected_at(group, meeting):
        sessions = _still_missed(missed.get(person.id, []), group, meeting)
        now = _row(meeting, person)
        people.append(
            PersonFacts(
                name=shown_name(person, group.names_shown),
                last_practice=_last_practice(person, before, library),
                missed=tuple(session.title for session in sessions),
                own_step=_own_step(person, before),
                missed_printed=tuple(
                    (printed_title(library, session), session_number(library, session)) for session in sessions
                ),
                gave_notice=now is not None and now.mark in GAVE_NOTICE,
                brought=_brought(sessions, library, curriculum, meeting.minutes),
                has_sheets=_has_sheets(person, meeting, before),
                away=calls.get(person.id, 0),
            )
        )
    return tuple(people)


def _still_missed(sessions: list[GroupSession], group: Group, meeting: Meeting) -> list[GroupSession]:
    """Of what a person has missed, what was taught before this meeting and does not begin anew in it, by date."""
    taught = taught_at(group)
    last = {
        session.id: max((m.on for m in taught[session.id] if m.on < meeting.on), default=None) for session in sessions
    }
    anew = {session.group_session.session_id for session in meeting.sessions if _begins(session)}
    dated = [
        (day, session)
        for session in sessions
        if (day := last[session.id]) is not None and session.session_id not in anew
    ]
    return [session for _day, session in sorted(dated, key=lambda pair: (pair[0], pair[1].position))]


def _begins(session: MeetingSession) -> bool:
    """Whether a session is new in its meeting; other parts and rests go on from an earlier one."""
    return session.part == 1 and not session.rest


def _brought(sessions: list[GroupSession], library: Library, curriculum: Curriculum, minutes: int) -> tuple[Theme, ...]:
    """The last ones that a person missed, with the files they come from."""
    themes = []
    for session in sessions[-MOST_BROUGHT:]:
        plan = library.session(session.session_id, session.curriculum_id)
        if plan is not None:
            # Its sheets lie in the folder of its own curriculum, which may be another than the one of this meeting.
            own = library.curricula[session.curriculum_id]
            theme = Theme(plan, session.title, curriculum=None if own is curriculum else own)
            themes.append(fitted_theme(theme, curriculum, minutes))
    return tuple(themes)


def _has_sheets(person: Membership, meeting: Meeting, before: list[Meeting]) -> frozenset[str]:
    """The sessions of this meeting that the person has made up, or that go on after the person was there."""
    made_up = {make_up.group_session_id for make_up in person.make_ups}
    sessions = set()
    for session in meeting.sessions:
        if session.group_session_id in made_up:
            sessions.add(session.group_session.session_id)
        if _begins(session):
            continue
        had = (_row(past, person) for past in before if _was_taught(past, session.group_session_id))
        # Who was away may have been given the sheets all the same.
        if any(row and (row.mark in PRESENT or row.handout_given) for row in had):
            sessions.add(session.group_session.session_id)
    return frozenset(sessions)


def _was_taught(meeting: Meeting, group_session_id: int) -> bool:
    rows = (session for session in meeting.sessions if session.group_session_id == group_session_id)
    return any(row.outcome in TAUGHT for row in rows)


def _own_step(person: Membership, before: list[Meeting]) -> str:
    """What a person agreed to try when last there, in the person's own words; "" where nothing is noted."""
    rows = (_row(past, person) for past in reversed(before))
    return next((row.agreed_practice for row in rows if row is not None and row.mark in PRESENT), "")


def _last_practice(person: Membership, before: list[Meeting], library: Library) -> str:
    """What a person agreed to try when last there, else the home practice that the meeting gave."""
    # Back to the last meeting that the person was at: what others were given since then is not the person's.
    for past in reversed(before):
        row = _row(past, person)
        if row is not None and row.mark in PRESENT:
            taught = {
                session.group_session.session_id
                for session in past.sessions
                if session.outcome is not Outcome.CARRIED_OVER
            }
            # What was carried over was not taught, so nobody was given its home practice.
            themes = [theme for theme in themes_of(past, library)[1] if theme.session.id in taught]
            return row.agreed_practice or home_practice_of(themes)
    return ""
