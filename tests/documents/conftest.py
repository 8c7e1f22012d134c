"""One packet with every block and every kind of paper, for the tests of PDF and Word."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.page import blocks as b
from rop_facilitator.documents.page.blocks import words as w
from rop_facilitator.documents.page.help_numbers import contacts_for
from rop_facilitator.paths import shipped
from tests.documents.course import Course, open_course


@pytest.fixture(scope="session")
def shipped_library() -> Library:
    """The curricula that travel with the program."""
    return load_library((shipped("curricula"),))


@pytest.fixture
def course(tmp_path: Path, shipped_library: Library) -> Iterator[Course]:
    """A group of three, from its first meeting on."""
    with open_course(tmp_path, shipped_library) as course:
        yield course


def said(text):
    return b.Paragraph(w(text))


EVERY_BLOCK = (
    b.Heading(w("Hva handler det om?")),
    b.Paragraph(
        (b.Span("Rustrang er "), b.Span("vanlig", bold=True), b.Span(". Se "), b.Span("her", link="https://x.no"))
    ),
    b.Figure("craving-curve", "En kurve som stiger og synker", 120, w("Rustrang")),
    b.NumberedList((w("Vent litt."), w("Gjør noe annet.\nNy linje.")), start=3),
    b.BulletList((w("Et punkt"), w("To punkt"))),
    *(b.Callout(tone, (said(f"Tekst i {tone}"),)) for tone in get_args(b.Tone)),
    b.Callout("remember", (b.CheckList((b.CheckItem(w("Kopier")),)),), w("Før møtet")),
    b.Heading(w("Min plan"), 3),
    b.Heading(w("Enda mindre"), 4),
    b.PageBreak(),
    b.CheckList((b.CheckItem(w("Krangel")), b.CheckItem(w("Søvn")), b.CheckItem(w("Noe annet:"), write=True)), 2),
    b.WritingLines(2, w("Dette vil jeg prøve")),
    b.Fields((b.Field(w("Jeg kan kontakte"), 3), b.Field(w("Telefon"), 2))),
    b.Scale(0, 10, w("Ikke sikker"), w("Helt sikker"), w("Hvor sikker er jeg?")),
    b.Table(
        (w("Dag"), w("Rustrang?"), w("Hva skjedde?")),
        (
            (w("Mandag"), b.Ticks((w("ja"), w("nei"))), ()),
            (w("Tirsdag"), b.Off(w("Fri")), ()),
            (w("Onsdag"), b.Name(w("Kari " * 15)), ()),
        ),
        (2, 2, 4),
        row_mm=14,
        row_head=True,
    ),
    b.Boxes((b.BoxItem(w("Det som er bra"), w("med å fortsette")), b.BoxItem(w("Det som koster"))), 2, 3),
    b.Glossary((b.Term(w("Sprekk"), w("én gang med rus")),)),
    b.Practice((said("Legg merke til rustrang."),)),
    b.Key((said("Trangen synker igjen."),)),
    b.Small(w("Liten skrift")),
    b.Help(),
)

NOTES = b.StepNotes(
    (
        b.NotedStep("13.00", w("Velkommen"), "5 min", blocks=(said("Si navn."),)),
        b.NotedStep(
            "13.05",
            w("Tema"),
            "25 min",
            "kognitiv",
            (said("Forklar."), b.Callout("ask", (said("«Hva?»"),)), b.Callout("say", (said("«Slik.»"),))),
        ),
    )
)

RUN_SHEET = b.RunSheet(
    rows=(
        b.RunRow("13.00", w("Velkommen"), "5", w("«Hvordan har du det i dag?»")),
        b.RunRow("13.05", w("Glasset"), "25", theme=1),
        b.RunRow("13.30", w("Pause"), "10", pause=True),
        b.RunRow("13.40", w("Mitt glass"), "20", w("Omriss"), theme=1),
        b.RunRow("14.00", w("Kortene"), "10", theme=2),
        b.RunRow("14.10", w("Slutt"), pause=True),
    ),
    themes=(
        b.RunTheme((), w("Hva fyller glasset?"), w("«Det kan endres.»"), w("Vann"), w("Kort"), w("Heller vannet")),
        b.RunTheme(w("Kortene"), w("Hva hører sammen?"), exercise=w("Del i bunker")),
    ),
    lists=(b.RunList(w("Ark"), (w("Glasset mitt (9 + 2)"),)), b.RunList(w("Ha klart"), (w("Mugge"),), tick=True)),
    folded=(b.RunList(w("Var borte"), (w("Lars: Kriseplan"),)),),
    numbers=(("113", "Medisinsk nødtelefon"),),
    safety=w("«Trygg gruppe» ligger bak notatene."),
)

ALARM = b.Alarm(
    (w("Én leder blir hos gruppa."),),
    (
        b.AlarmNumber("113", "Nødtelefon", "Fare for liv", first=True),
        b.AlarmNumber("112", "Politi", "Vold", True, True),
    ),
    tuple(b.AlarmItem(w(title), w("Rop og rist."), w("113 først.")) for title in ("Overdose", "Sykdom", "Trusler")),
    (b.AlarmNumber("116 123", "Mental Helse", "Hele døgnet"),),
    w("Ikke kontrollert."),
)

SLIPS = b.Slips(
    w("Tirsdagsgruppa · 24. november"),
    tuple(
        b.Slip(w(name), (b.Heading(w("I dag")), said("Vennskap"), b.WritingLines(3, w("Mine notater"))))
        for name in ("Amir", "Åse", "Kari")
    ),
)

REGISTER = b.Register(
    tuple(b.RegisterMeeting(str(n), f"{n}. sept.", cancelled=n == 3) for n in range(1, 13)),
    tuple(
        b.RegisterRow(w(name), tuple(b.RegisterMark(m, "ti" if m == "A" else "") for m in marks), "9/10", "90 %")
        for name, marks in (("Amir", "MMXMAMSTMMM?"), ("Åse", "MMXMMMMMMMMM"))
    ),
    foot=b.RegisterFoot("Til stede", ("2",) * 12 + ("", "")),
)


@pytest.fixture
def every_paper():
    """Every block, in a packet of every kind of paper."""
    contacts, _checked = contacts_for("nb")
    documents = (
        b.Document(
            "worksheet",
            "For og imot",
            EVERY_BLOCK,
            lead=w("Alt vi gjør, har noe for seg."),
            kicker="Arbeidsark",
            date="tirsdag 24. november 2026",
            footer="For og imot",
        ),
        b.Document("run-sheet", "Kjøreplan", (RUN_SHEET,), kicker="Tirsdagsgruppa", for_leader=True, size_pt=13.5),
        b.Document(
            "notes",
            "Notater",
            (b.Beside((b.Heading(w("Mål")),), (said("Ingen forteller."),), panel=True), NOTES),
            for_leader=True,
            continues=True,
            footer="Makuleres",
        ),
        b.Document(
            "agenda-wall",
            "Plan for dagen",
            (
                b.Agenda((b.AgendaRow("13.00", w("Velkommen"), text=w("Kaffe")),)),
                b.Space(),
                said("Lov å lytte."),
            ),
            size_pt=20,
        ),
        b.Document("register", "Oppmøte", (REGISTER, b.Legend((("M", "møtt"),))), for_leader=True, landscape=True),
        b.Document(
            "certificate",
            "Kursbevis",
            who="Kari Berg",
            kicker="Tirsdagsgruppa",
            landscape=True,
            intro="Dette bekrefter at",
            body=("har deltatt på kurset",),
            signers=(b.Signer(w("Ingrid Dahl"), w("kursleder")), b.Signer(w("Jonas Moe"), w("kursleder"))),
        ),
        b.Document("slip", "Til deg", (b.Heading(w("I dag")), said("Hei.")), who="Kari", kicker="24. november"),
        b.Document("safety", "Trygg gruppe", (ALARM,), for_leader=True),
        b.Document("slips", "Lapp til hver", (SLIPS,), cut=True, size_pt=12),
        b.Document("worksheet", "Ark to", (said("Hei."), b.Help()), who="Kari", continues=True),
    )
    return b.Packet("Alle blokker", "nb", documents, help=contacts, help_checked="Sist kontrollert 1. oktober 2026")
