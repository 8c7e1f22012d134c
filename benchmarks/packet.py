"""The packet of a group of twelve, against a bare compile of the same pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time
from itertools import count

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.documents.output import pdf
from rop_facilitator.documents.output.pdf import render_pdf
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.paths import shipped

Pair = tuple[Callable[[], object], Callable[[], object]]


@contextmanager
def _packet() -> Iterator[Pair]:
    curriculum = load_library((shipped("curricula"),)).curricula["kat-rop"]
    before, session = curriculum.sessions[:2]
    missed = {"missed": (before.title,), "brought": (Theme(before, before.title),)}
    facts = MeetingFacts(
        group="Tirsdagsgruppa",
        number=1,
        on=date(2026, 11, 24),
        start=time(13),
        minutes=90,
        place="Kjelleren",
        curriculum=curriculum,
        themes=(Theme(session, session.title),),
        titles=(session.title,),
        people=tuple(PersonFacts(f"Person {n}", **(missed if n % 3 == 0 else {})) for n in range(12)),
    )
    turn = count()

    def changed() -> MeetingFacts:
        return replace(facts, place=f"Rom{next(turn)}")

    data, _lost = pdf._data(packet_of(facts)[0])

    def bare() -> object:
        other = data.replace(facts.place, f"Rom{next(turn)}")
        return pdf._compiler(data=other).compile(pdf_standards=["ua-1"])

    yield lambda: render_pdf(packet_of(changed())[0]), bare


BENCHMARKS = [
    (
        "packet: run sheet, sign-in, slips and sheets for 12 people, 4 of whom missed a session",
        "bare typst compile, same pages",
        _packet,
        9,
        1.5,
    )
]
