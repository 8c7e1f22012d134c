"""What one person has in a group, on paper: time, attendance, received and missing. For the person who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rop_facilitator.documents.page.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    Name,
    Packet,
    Paragraph,
    Table,
    words,
)
from rop_facilitator.i18n import _, capital, day_and_month, long_date, period, speaking
from rop_facilitator.records.group.groups import shown_name
from rop_facilitator.records.group.name_on_paper import name_on_paper_of
from rop_facilitator.records.marks import Share, mark_name
from rop_facilitator.records.meeting.meetings import GOING, titles_of
from rop_facilitator.records.membership.membership_periods import periods_of
from rop_facilitator.records.membership.person_figures import (
    TrackMeeting,
    figures_of,
    hours_words,
    received_by,
    received_words,
    track_of,
)
from rop_facilitator.records.models import Group, Membership, MembershipStatus
from rop_facilitator.records.progress.progress import way_name


@dataclass(frozen=True)
class PersonOverview:
    """The lines of the paper in the language of the group's papers; `meetings` are day, titles and mark."""

    name: str
    group: str
    language: str
    printed: str
    periods: tuple[str, ...]
    figures: tuple[str, ...]
    meetings: tuple[tuple[str, str, str], ...]
    received: tuple[str, ...]
    missing: tuple[str, ...]
    made_up: tuple[str, ...]


def collect_person_overview(group: Group, membership: Membership, *, language: str, today: date) -> PersonOverview:
    """The facts of one person of a loaded group, up to today."""
    with speaking(language):
        summary = received_by(group, membership, today=today)
        # What was taught in a pause is listed below and stands in no figure: nothing was expected then.
        total = summary.received + sum(not missing.in_gap for missing in summary.missing)
        count = _("{n} of {all} sessions").format(n=summary.received, all=total)
        titles = {session.id: session.title for session in group.sessions}
        return PersonOverview(
            name=shown_name(membership, group.names_shown),
            group=name_on_paper_of(group, today, language=language),
            language=language,
            printed=_("Printed {day}").format(day=long_date(today)),
            periods=_periods(membership),
            figures=_figures(group, membership),
            meetings=_meetings(group, track_of(group, membership, today=today)),
            received=(f"{count}, {received_words(summary, since=membership.joined)}",) if total else (),
            missing=tuple(
                f"{missing.session.title}, {day_and_month(missing.on)} ({_('pause') if missing.in_gap else _('away')})"
                for missing in summary.missing
            ),
            made_up=tuple(
                f"{titles[note.group_session_id]}, {day_and_month(note.on)} {note.on.year} ({way_name(note.way)})"
                for note in sorted(membership.make_ups, key=lambda note: note.on)
                if note.group_session_id in titles
            ),
        )


def _periods(membership: Membership) -> tuple[str, ...]:
    lines = [
        period(first, last) if last else _("from {day}").format(day=f"{day_and_month(first)} {first.year}")
        for first, last in periods_of(membership)
    ]
    ended = {MembershipStatus.COMPLETED: _("completed"), MembershipStatus.LEFT: _("has left")}.get(membership.status)
    return (*lines[:-1], f"{lines[-1]} ({ended})") if ended else tuple(lines)


def _figures(group: Group, membership: Membership) -> tuple[str, ...]:
    figures = figures_of(group, membership)
    if not figures.share.counted:
        return (_("No meeting that counts is marked."),)
    lines = [_("{count} meetings in the group").format(count=_share(figures.share))]
    if figures.with_made_up != figures.share:
        lines.append(_("{count} when what is made up counts too").format(count=_share(figures.with_made_up)))
    hours = hours_words(figures.minutes_present), hours_words(figures.minutes_counted)
    lines.append(_("{n} of {all} hours present").format(n=hours[0], all=hours[1]))
    return tuple(lines)


def _share(share: Share) -> str:
    count = _("{n} of {all}").format(n=share.present, all=share.counted)
    return f"{count} ({_('{n} %').format(n=share.percent)})"


def _meetings(group: Group, track: tuple[TrackMeeting, ...]) -> tuple[tuple[str, str, str], ...]:
    titles: dict[date, list[str]] = {}
    for meeting in group.meetings:
        if meeting.state in GOING:
            titles.setdefault(meeting.on, []).extend(titles_of(meeting))
    rows = []
    for tracked in track:
        mark = mark_name(tracked.mark) if tracked.mark else _("not recorded")
        mark = mark if tracked.is_member else _("pause")
        made_up = f", {_('made up')}" if tracked.made_up else ""
        day = f"{day_and_month(tracked.on)} {tracked.on.year}"
        rows.append((day, capital(" + ".join(titles.get(tracked.on, ()))), f"{mark}{made_up}"))
    return tuple(rows)


def person_overview_packet(overview: PersonOverview) -> Packet:
    """The paper, with a heading for each kind of fact; a list that is empty has none."""
    with speaking(overview.language):
        blocks: list[Block] = [
            Heading(words(_("Time in the group"))),
            BulletList(tuple(map(words, overview.periods))),
            Heading(words(_("Attendance"))),
            BulletList(tuple(map(words, overview.figures))),
        ]
        if overview.meetings:
            head = (words(_("Date")), words(_("Theme")), words(_("Attendance")))
            rows = tuple((words(day), Name(words(titles)), words(mark)) for day, titles, mark in overview.meetings)
            blocks.append(Table(head, rows, widths=(46, 80, 42)))
        blocks += [Heading(words(_("Received and missing"))), *(Paragraph(words(line)) for line in overview.received)]
        for title, lines in ((_("Missing"), overview.missing), (_("Received outside the meeting"), overview.made_up)):
            if lines:
                blocks += [Heading(words(title), level=3), BulletList(tuple(map(words, lines)))]
        if not overview.missing:
            blocks.append(Paragraph(words(_("Nothing is missing."))))
        document = Document(
            paper="person-overview",
            title=_("Overview"),
            lead=words(overview.name),
            kicker=overview.group,
            date=overview.printed,
            footer=_("Shred after use"),
            for_leader=True,
            size_pt=11.5,
            blocks=tuple(blocks),
        )
        return Packet(document.title, overview.language, (document,))
