"""The leader's papers: a page that is enough to lead from, and notes in which no step is torn."""

import io
from dataclasses import replace
from datetime import date, time

import pypdf
import pytest

from rop_facilitator.curriculum.agenda import Theme, lay_out, nearest_frame
from rop_facilitator.curriculum.model import Library, Method, SessionPlan, Step
from rop_facilitator.documents.output.pdf import page_counts, render_pdf
from rop_facilitator.documents.page import blocks as b
from rop_facilitator.documents.page.blocks import blocks_in, plain_text, words
from rop_facilitator.documents.page.help_numbers import alarm_numbers
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.meeting.home_practice import follow_up_of
from rop_facilitator.documents.papers.meeting.leader_papers import leader_papers
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.meeting.meeting_notes import as_cues
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.documents.papers.meeting.person_sets import Sheets
from rop_facilitator.documents.papers.meeting.run_sheet import run_sheet
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import speaking

STEPS = (
    Step("Glasset til Alex", 16, "Sett glasset på bordet.\n\n> [!SAY]\n> «Steinene er sårbarhet.»", Method.EDUCATIONAL),
    Step(
        "Hva lager plass?",
        8,
        "> [!ASK]\n> «Hva lager plass?»\n>\n> Vanlige svar: søvn.\n\n#### Rus og fase\nRus kan fylle på.\n\n"
        "> [!WATCH] Trygt i dag\n> En stein trenger ikke navn.",
        Method.COGNITIVE,
    ),
    Step("Pause", 10, "Del ut kortene."),
    Step("Mitt glass", 13, "Del ut arket.", Method.COGNITIVE),
)
HEAD = {
    "question": "«Hva fyller glasset?»",
    "sentence": "«Sårbarhet er ikke din feil.»",
    "exercise": "Glass, steiner og vann",
    "alternative": "Kort i to bunker.",
    "drop_60": "eget glass får bare vann.",
    "co_leader": "Heller vannet.",
    "ready": ("glass og mugge", "åtte småsteiner"),
    "follow_up": "«Hva beskyttet deg?»",
    "workbook": "45–48",
}


@pytest.fixture
def session(shipped_library: Library) -> SessionPlan:
    """A session with steps and without the words for the run sheet."""
    base = shipped_library.curricula["kat-rop"].sessions[0]
    bare = dict.fromkeys(HEAD, "") | {"ready": ()}
    return replace(base, title="Stress", steps=STEPS, materials="- Glass\n- Kort", table=(), **bare)  # type: ignore[arg-type]


def facts_of(library: Library, *sessions: SessionPlan, minutes: int = 90) -> MeetingFacts:
    return MeetingFacts(
        group="Tirsdagsgruppa",
        number=9,
        on=date(2026, 12, 8),
        start=time(13),
        minutes=minutes,
        place="Rom 204",
        curriculum=library.curricula[sessions[0].id.partition("/")[0]],
        themes=tuple(Theme(session, session.title) for session in sessions),
        titles=tuple(session.title for session in sessions),
        people=(
            PersonFacts("Kari", missed=("Kriseplan",), away=2),
            PersonFacts("Ola"),
            PersonFacts("Tor", gave_notice=True),
        ),
        goals=("Ola", "Kari"),
        to_ask=("«Hva la du merke til?»",),
    )


def leaders_papers(facts: MeetingFacts) -> tuple[b.Document, b.Document, list[Problem]]:
    packet, problems = packet_of(facts)
    run, notes = packet.documents[:2]
    assert (run.paper, notes.paper, notes.continues) == ("run-sheet", "notes", True)
    return run, notes, problems


def run_of(facts: MeetingFacts) -> b.RunSheet:
    block = leaders_papers(facts)[0].blocks[0]
    assert isinstance(block, b.RunSheet)
    return block


def lists_of(run: b.RunSheet) -> dict[str, list[str]]:
    return {plain_text(part.title): [plain_text(item) for item in part.items] for part in (*run.lists, *run.folded)}


def test_the_page_has_what_the_head_of_the_session_says(shipped_library: Library, session: SessionPlan) -> None:
    run, notes, problems = leaders_papers(facts_of(shipped_library, replace(session, **HEAD)))  # type: ignore[arg-type]
    assert problems == []
    assert run.title == "Kjøreplan · Stress"
    assert run.footer == "arbeidsboka s. 45–48 · Til gruppeleder · makuleres etter bruk"
    sheet = run.blocks[0]
    assert isinstance(sheet, b.RunSheet)
    assert sheet.themes == (
        b.RunTheme(
            question=words("Hva fyller glasset?"),
            sentence=words("«Sårbarhet er ikke din feil.»"),
            exercise=words("Glass, steiner og vann"),
            alternative=words("Kort i to bunker."),
            co_leader=words("Heller vannet."),
        ),
    )
    clock = [(row.time, row.minutes, plain_text(row.title), row.theme, row.pause) for row in sheet.rows[5:9]]
    assert clock == [
        ("13.32", "16", "Glasset til Alex", 1, False),
        ("13.48", "8", "Hva lager plass?", 1, False),
        ("13.56", "10", "Pause", 0, True),
        ("14.06", "13", "Mitt glass", 1, False),
    ]
    assert sheet.rows[-1] == b.RunRow("14.30", words("Slutt for i dag"), pause=True)
    handouts = len(session.handouts)
    lists = lists_of(sheet)
    assert len(lists["Ark (+ reserve)"]) == handouts
    assert all(item.endswith(" (2\u00a0+\u00a02)") for item in lists["Ark (+ reserve)"]), (
        "for those who come, and two to spare"
    )
    assert lists["Ha klart"] == ["Glass og mugge", "Åtte småsteiner"]
    assert (plain_text(sheet.rows[2].title), plain_text(sheet.rows[2].text)) == (
        "Hjemmeoppgaver",
        "«Hva la du merke til?»",
    )
    assert "Spør om sist" not in lists
    assert lists["Målet til"] == ["Ola", "Kari"]
    assert lists["Var borte"] == ["Kari: Kriseplan; borte 2 ganger på rad: ring"]
    assert lists["Har meldt fra"] == ["Tor"]
    assert sheet.numbers == alarm_numbers("nb")
    assert ("113", "Medisinsk nødtelefon") in sheet.numbers
    assert "Trygg gruppe" in plain_text(sheet.safety)
    assert "«Hva beskyttet deg?»" in plain_text(notes.blocks)


def test_the_first_meeting_is_not_asked_about_the_last(shipped_library: Library, session: SessionPlan) -> None:
    later = replace(facts_of(shipped_library, session), last_titles=("Kriseplan",), to_ask=())
    first = replace(later, last_titles=())

    def asked(facts: MeetingFacts) -> dict[str, str]:
        return {plain_text(row.title): plain_text(row.text) for row in run_of(facts).rows}

    for title in ("Siden sist", "Hjemmeoppgaver"):
        assert asked(later)[title].startswith("«"), title
        assert asked(first)[title] == ""
    assert asked(first)["Plan for i dag"] == asked(later)["Plan for i dag"] != ""
    # What the session itself asks in that place stands.
    own = Step("Hjemmeoppgaver", 10, "Lag en avtale.\n\n> [!ASK]\n> «Hva må til for at det er greit her?»")
    begun = replace(session, steps=(own, *session.steps))
    agreed = replace(facts_of(shipped_library, begun), last_titles=(), to_ask=())
    assert asked(agreed)["Hjemmeoppgaver"] == "«Hva må til for at det er greit her?»"


def test_what_falls_out_in_an_hour_is_said_in_an_hour_only(shipped_library: Library, session: SessionPlan) -> None:
    told = replace(session, **HEAD)  # type: ignore[arg-type]
    short, whole = (run_of(facts_of(shipped_library, told, minutes=minutes)).themes[0] for minutes in (60, 90))
    assert plain_text(short.exercise) == "Glass, steiner og vann. På 60 minutter: eget glass får bare vann."
    assert plain_text(whole.exercise) == "Glass, steiner og vann"


def test_a_session_without_those_words_has_what_its_steps_say(shipped_library: Library, session: SessionPlan) -> None:
    run = run_of(facts_of(shipped_library, session))
    assert run.themes == (b.RunTheme(question=words("Hva lager plass?"), exercise=words("Mitt glass")),)
    assert lists_of(run)["Ha klart"] == ["Glass", "Kort"]
    no_questions = replace(session, steps=(Step("Snakk", 37, "Snakk sammen."),), materials="- " + "Mye. " * 60)
    run, notes, _problems = leaders_papers(facts_of(shipped_library, no_questions))
    sheet = run.blocks[0]
    assert isinstance(sheet, b.RunSheet)
    assert sheet.themes == (b.RunTheme(),), "what is not there has no empty place"
    assert lists_of(sheet)["Ha klart"] == ["Materiellet som står i notatene"]
    assert "Mye. Mye." in plain_text(notes.blocks)


def test_an_outline_says_so_and_has_the_advice_of_the_frame(shipped_library: Library) -> None:
    outline = next(s for s in shipped_library.curricula["e-imr"].sessions if s.is_outline and not s.handouts)
    facts = facts_of(shipped_library, outline)
    run, notes, problems = leaders_papers(facts)
    assert problems == []
    sheet = run.blocks[0]
    assert isinstance(sheet, b.RunSheet)
    theme = next(row for row in sheet.rows if row.theme)
    assert (plain_text(theme.title), plain_text(theme.text)) == (outline.title, "Omriss: planlegg temaet selv.")
    assert sheet.themes == (b.RunTheme(),)
    assert {"Ark (+ reserve)", "Ha klart"}.isdisjoint(lists_of(sheet))
    advice = next(step.text for step in nearest_frame(facts.curriculum, 90).steps if step.theme)
    said = plain_text(notes.blocks)
    assert " ".join(advice.split())[:60] in said
    assert "Omriss: planlegg temaet selv." in said
    assert "settet" not in said
    assert outline.aims[0] in said


def test_notes_are_the_steps_that_the_session_writes(shipped_library: Library, session: SessionPlan) -> None:
    _run, notes, _problems = leaders_papers(facts_of(shipped_library, session))
    steps = next(block for block in notes.blocks if isinstance(block, b.StepNotes))
    assert [(row.time, plain_text(row.title)) for row in steps.rows] == [
        ("13.32", "Glasset til Alex"),
        ("13.48", "Hva lager plass?"),
        ("13.56", "Pause"),
        ("14.06", "Mitt glass"),
        ("14.19", "Ny hjemmeoppgave"),
    ]
    safe = next(block for block in notes.blocks if isinstance(block, b.Beside) and block.panel)
    assert plain_text(safe.right) == "Trygt i dag\nEn stein trenger ikke navn."
    assert "En stein" not in plain_text(steps)
    cues = [(box.tone, plain_text(box.title)) for box in blocks_in((steps,)) if isinstance(box, b.Callout)]
    assert cues == [("say", ""), ("ask", ""), ("watch", "Rus og fase"), ("say", "Hjemmeoppgave")]


def test_a_small_heading_with_its_lines_is_a_box() -> None:
    heading, line, box = b.Heading(words("Rus og fase"), 3), b.Paragraph(words("Spør.")), b.Callout("ask", ())
    points = b.BulletList((words("Ett"),))
    assert as_cues([line, heading, line, points, box, line]) == [
        line,
        b.Callout("watch", (line, points), words("Rus og fase")),
        box,
        line,
    ]
    assert as_cues([heading, heading]) == [heading, heading]
    assert as_cues([]) == []


def test_two_themes_have_a_question_each_and_one_page(shipped_library: Library, session: SessionPlan) -> None:
    first = replace(session, **HEAD)  # type: ignore[arg-type]
    second = replace(first, id="kat-rop/b", title="Plass", co_leader="")
    run, _notes, problems = leaders_papers(facts_of(shipped_library, first, second))
    assert problems == []
    sheet = run.blocks[0]
    assert isinstance(sheet, b.RunSheet)
    assert [plain_text(theme.title) for theme in sheet.themes] == ["Stress", "Plass"]
    assert lists_of(sheet)["Spør om sist"] == ["«Hva la du merke til?»"]
    assert not any(row.text for row in sheet.rows), "there is no room"
    assert [row.theme for row in sheet.rows if row.theme] == [1, 1, 1, 2, 2, 2]
    assert page_counts(b.Packet("t", "nb", (run,))) == (1,)


def test_a_page_that_is_too_long_goes_on_and_is_told(shipped_library: Library, session: SessionPlan) -> None:
    long = replace(session, **(HEAD | {"exercise": "Snakk sammen om det. " * 60}))  # type: ignore[arg-type]
    run, _notes, problems = leaders_papers(facts_of(shipped_library, long))
    assert [problem.text for problem in problems] == ["Kjøreplanen er for lang: den fyller 2 sider."]
    assert page_counts(b.Packet("t", "nb", (run,))) == (2,)


def pages_of(*documents: b.Document) -> list[str]:
    pdf, _lost = render_pdf(b.Packet("t", "nb", documents))
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def noted(name: str, lines: int) -> b.NotedStep:
    said = (f"Begynner {name}", *["Linje"] * lines, f"Slutter {name}")
    return b.NotedStep("13.00", words(f"Steg {name}"), "5 min", blocks=tuple(b.Paragraph(words(t)) for t in said))


def test_no_step_is_torn_but_one_that_is_longer_than_half_a_page() -> None:
    notes = b.Document(
        "notes", "Notater", (b.StepNotes((noted("A", 18), noted("B", 18), noted("C", 60))),), for_leader=True
    )
    pages = pages_of(notes)
    begins = {name: next(n for n, text in enumerate(pages) if f"Begynner {name}" in text) for name in "ABC"}
    ends = {name: next(n for n, text in enumerate(pages) if f"Slutter {name}" in text) for name in "ABC"}
    assert (begins["A"], ends["A"], begins["B"], ends["B"]) == (0, 0, 1, 1)
    assert ends["C"] > begins["C"]
    assert "Steg C fortsetter" in pages[ends["C"]]
    assert "fortsetter" not in pages[begins["C"]]


def test_every_written_session_has_a_run_sheet_of_one_page_and_two_pages_of_notes(shipped_library: Library) -> None:
    too_long = []
    for session in (session for course in shipped_library for session in course.sessions if session.question):
        facts = facts_of(shipped_library, session)
        steps = lay_out(facts.curriculum, facts.themes, facts.minutes)
        sheets = Sheets(facts.curriculum, PacketFacts(), [])
        counts = page_counts(b.Packet("t", "nb", leader_papers(facts, steps, sheets, safety_in_packet=True)))
        if counts[0] > 1 or counts[1] > 2 or sheets.problems:
            too_long.append((session.id, counts, sheets.problems))
    assert too_long == []


def test_what_is_asked_about_the_practice_is_spoken(session: SessionPlan) -> None:
    asked = replace(session, follow_up="Hva beskyttet deg?")
    assert follow_up_of(asked) == "«Hva beskyttet deg?»"
    assert follow_up_of(replace(asked, language="en")) == "“Hva beskyttet deg?”"
    assert follow_up_of(replace(session, follow_up="Spør: «Hva skjedde?»")) == "Spør: «Hva skjedde?»"
    assert follow_up_of(replace(session, follow_up="")) == ""


def test_it_tells_where_the_page_for_a_safe_group_lies(shipped_library: Library, session: SessionPlan) -> None:
    facts = facts_of(shipped_library, session)
    steps = lay_out(facts.curriculum, facts.themes, facts.minutes)
    with speaking("nb"):
        for here, where in ((True, "bak notatene"), (False, "i mappa til gruppelederne")):
            run = run_sheet(facts, steps, Sheets(facts.curriculum, PacketFacts(), []), safety_in_packet=here)
            assert plain_text(run.blocks).endswith(f"«Trygg gruppe» ligger {where}.")
        none = replace(facts, curriculum=replace(facts.curriculum, safety=""))
        run = run_sheet(none, steps, Sheets(facts.curriculum, PacketFacts(), []), safety_in_packet=False)
        assert "Trygg gruppe" not in plain_text(run.blocks)
