"""The register as a paper to file or hang up: people × meetings, fourteen meetings a sheet."""

from __future__ import annotations

from rop_facilitator.documents.exchange.register import AttendanceRegister, AttendanceRegisterMeeting
from rop_facilitator.documents.exchange.register_rows import cell_letter
from rop_facilitator.documents.page import blocks
from rop_facilitator.documents.page.blocks import Document, Packet, words
from rop_facilitator.i18n import _, long_date, short_date
from rop_facilitator.records.marks import LETTERS, mark_name
from rop_facilitator.records.meeting.meetings import GOING

# As many as leave room across A4 for a mark that can be read and a name that is whole.
MEETINGS_A_SHEET = 14


def register_packet(register: AttendanceRegister, *, language: str) -> Packet:
    """The whole register, oldest meetings first. Without a meeting it has one sheet that says so."""
    starts = range(0, len(register.meetings), MEETINGS_A_SHEET)
    documents = tuple(_sheet(register, start) for start in starts) or (_empty(register),)
    return Packet(_("Attendance"), language, documents)


def _document(register: AttendanceRegister, kicker: str, content: tuple[blocks.Block, ...]) -> Document:
    return Document(
        paper="register",
        title=_("Attendance"),
        kicker=kicker,
        date=_("Printed {day}").format(day=long_date(register.as_of)),
        footer=_("Shred after use"),
        for_leader=True,
        landscape=True,
        blocks=content,
    )


def _empty(register: AttendanceRegister) -> Document:
    return _document(register, register.group, (blocks.Paragraph(words(_("No meeting has been held yet."))),))


def _sheet(register: AttendanceRegister, start: int) -> Document:
    part = slice(start, start + MEETINGS_A_SHEET)
    meetings = register.meetings[part]
    days = f"{long_date(meetings[0].on)} – {long_date(meetings[-1].on)}"
    rows = tuple(
        blocks.RegisterRow(
            words(person.name),
            tuple(blocks.RegisterMark(cell_letter(c, m)) for c, m in zip(person.cells[part], meetings, strict=True)),
            f"{person.share.present}/{person.share.counted}" if person.share.counted else "",
            _percent(person.share.percent),
        )
        for person in register.people
    )
    foot = blocks.RegisterFoot(_("Present"), (*(_present(m) for m in meetings), "", ""))
    heads = tuple(
        blocks.RegisterMeeting(str(m.number or ""), short_date(m.on), cancelled=m.state not in GOING) for m in meetings
    )
    codes = tuple((letter, mark_name(mark)) for mark, letter in LETTERS.items())
    codes += (("X", _("called off")), ("–", _("not a member")), ("?", _("not recorded")))
    # A sheet shows a part of the course and the figures of all of it, which has to be said.
    rule = _("Present counts M, S, T and D; all marks but F count as a meeting. The figures are for the whole course.")
    content = (blocks.Register(heads, rows, foot=foot), blocks.Legend(codes), blocks.Small(words(rule)))
    return _document(register, f"{register.group} · {days}", content)


def _present(meeting: AttendanceRegisterMeeting) -> str:
    return str(meeting.share.present) if meeting.share.counted else ""


def _percent(percent: int | None) -> str:
    return "" if percent is None else _("{n} %").format(n=percent)
