from dataclasses import asdict
from pathlib import Path

import pytest
from pypdf import PdfReader

from rop_facilitator.curriculum.load import load_curriculum
from rop_facilitator.curriculum.model import Library, Origin
from rop_facilitator.documents.check.rendering_check import check_files, check_handouts, check_paths
from rop_facilitator.documents.page.blocks import Heading, Help, Paragraph, words
from rop_facilitator.documents.page.help_numbers import (
    MOST,
    contacts_for,
    known_contacts,
    load_contacts,
    numbers_in_text,
    safety_contacts,
)
from rop_facilitator.documents.page.page_variables import USES, PacketFacts
from rop_facilitator.documents.papers.handout import (
    find_handout,
    handout_document,
    load_handout,
    print_handout,
)
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import set_language
from rop_facilitator.paths import data_folder, shipped

LOCAL = {"group_leaders", "acute_team", "shelter", "child_protection", "ombud", "naloxone"}
HEAD = "---\ntitle: Rustrang\nkind: handout\norigin: proposal\npages: 1\nlead: Den går over.\n---\n"
CURRICULUM = """title: Prøve
language: nb
frames:
  60:
    - {title: Tema, minutes: 60, theme: true}
modules:
  - {number: "1", title: En, origin: proposal, sessions: [forste]}
"""
SESSION = "---\ntitle: Første\norigin: proposal\nhandouts: [rustrang]\n---\n## Mål\n- Jeg vet litt\n"


@pytest.fixture
def written(tmp_path):
    """Write a handout; gives back its path."""

    def write(body, head=HEAD, name="rustrang.md"):
        path = tmp_path / "handouts" / "prove" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + body, encoding="utf-8")
        return path

    return write


@pytest.fixture
def curriculum(tmp_path, written):
    """A curriculum of one session with one handout, in a folder of its own."""
    written("## Hei\nTekst.\n")
    folder = tmp_path / "curricula" / "prove"
    folder.mkdir(parents=True)
    (folder / "curriculum.yaml").write_text(CURRICULUM, encoding="utf-8")
    (folder / "forste.md").write_text(SESSION, encoding="utf-8")
    loaded, problems = load_curriculum(folder)
    assert problems == []
    return loaded


def test_a_handout_becomes_a_document(written):
    handout, problems = load_handout(written("## Hei\nSted: {{ packet.place }}\n"), "nb")
    assert problems == []
    assert (handout.title, handout.kind, handout.origin, handout.pages) == ("Rustrang", "handout", Origin.PROPOSAL, 1)
    document, problems = handout_document(handout, PacketFacts(place="*Rom* 2", group="Tirsdagsgruppa", date="tirsdag"))
    assert problems == []
    assert document.blocks == (Heading(words("Hei")), Paragraph(words("Sted: *Rom* 2")), Help())
    assert document.lead == words("Den går over.")
    assert (document.kicker, document.date, document.who) == ("Utdelingsark", "tirsdag", "")
    assert "Tirsdagsgruppa" not in str(document)
    blank, _problems = handout_document(handout)
    assert blank.blocks[1] == Paragraph(words("Sted: "))


def test_the_words_of_a_paper_are_in_its_own_language(written):
    set_language("nb")
    handout, _problems = load_handout(written("Text."), "en")
    assert handout_document(handout)[0].kicker == "Handout"


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("---\nkind: handout\norigin: proposal\n---\n", [1]),
        ("---\ntitle: A\nkind: bok\norigin: proposal\n---\n", [3]),
        ("---\ntitle: A\nkind: handout\norigin: vår\n---\n", [4]),
        ("---\ntitle: A\nkind: handout\norigin: proposal\npages: mange\n---\n", [5]),
        ("---\ntitle: A\nkind: handout\norigin: proposal\npages: 99\n---\n", [5]),
        ("---\ntitle: A\nkind: handout\norigin: proposal\npages: true\n---\n", [5]),
        ("---\ntitle: A\nkind: handout\norigin: proposal\nsider: 2\n---\n", [5]),
        ("---\ntitle: A\nkind: bok\norigin: vår\npages: x\n---\n", [3, 4, 5]),
        ("---\ntitle: [a]\nkind: handout\norigin: proposal\n---\n", [2]),
        ("---\ntitle: " + "a" * 200 + "\nkind: handout\norigin: proposal\n---\n", [2]),
    ],
)
def test_faults_of_the_head_are_all_told(written, head, lines):
    _handout, problems = load_handout(written("x", head=head), "nb")
    assert [problem.line for problem in problems] == lines
    assert all(problem.level == "fault" and problem.advice for problem in problems)


def test_lines_of_the_body_are_those_of_the_file(written):
    handout, _problems = load_handout(written("## Hei\n\n{{ ukjent }}\n"), "nb")
    document, problems = handout_document(handout)
    assert [problem.line for problem in problems] == [10]
    assert document.blocks == (Help(),)
    handout, _problems = load_handout(written("## Hei\n\n#### For dypt\n"), "nb")
    assert [problem.line for problem in handout_document(handout)[1]] == [10]


def test_a_sound_curriculum_has_no_problems(curriculum):
    assert check_handouts(curriculum) == []


@pytest.mark.parametrize(
    ("body", "words_in_it"),
    [
        ("## Hei\n\n{{ ukjent }}", "ukjent"),
        ("### Hei", "level"),
        ("{{ lines(60) }}\n\n{{ lines(60) }}", "pages"),
        ("Snakk → gå", "U+2192"),
        ("{{ ''.__class__ }}", "not a program"),
    ],
)
def test_faults_of_handouts_are_found(curriculum, written, body, words_in_it):
    path = written(body)
    problems = check_handouts(curriculum)
    assert [problem.level for problem in problems] == ["fault"]
    assert words_in_it in problems[0].text
    assert Path(problems[0].file).resolve() == path


def test_a_missing_handout_is_told_with_its_session(curriculum):
    (curriculum.folder.parent.parent / "handouts" / "prove" / "rustrang.md").unlink()
    (problem,) = check_handouts(curriculum)
    assert problem.level == "fault"
    assert "prove/rustrang" in problem.text
    assert problem.file.endswith("forste.md")
    lines = (curriculum.folder / "forste.md").read_text(encoding="utf-8").split("\n")
    assert "rustrang" in lines[problem.line - 1]
    assert problem.line > 1
    assert find_handout(curriculum, "prove/rustrang")[0] is None
    assert find_handout(curriculum, "../../etc/passwd")[0] is None
    assert find_handout(curriculum, "prove/../rustrang")[0] is None


def test_hard_words_are_advice(curriculum, written):
    hard = "Rehabiliteringsinstitusjonenes tverrfaglige spesialisthelsetjenester dokumenterer behandlingseffekten. "
    written(hard * 20, head=HEAD.replace("pages: 1", "pages: 3"))
    problem = check_handouts(curriculum)[0]  # its last page is not full either
    assert problem.level == "advice"
    assert "LIX" in problem.text


def test_the_leaders_own_file_comes_first(curriculum):
    own = data_folder() / "handouts" / "prove" / "rustrang.md"
    own.parent.mkdir(parents=True)
    own.write_text(HEAD.replace("Rustrang", "Min egen"), encoding="utf-8")
    assert find_handout(curriculum, "prove/rustrang")[0].title == "Min egen"


def test_handouts_are_printed(curriculum, tmp_path):
    library = Library({curriculum.id: curriculum})
    assert print_handout(library, "prove/rustrang", tmp_path / "ark.pdf") == []
    text = PdfReader(tmp_path / "ark.pdf").pages[0].extract_text()
    assert "Rustrang" in text
    assert "113" in text
    assert print_handout(library, "prove/rustrang", tmp_path / "ark.DOCX") == []
    assert (tmp_path / "ark.DOCX").read_bytes()[:2] == b"PK"
    for wrong, target in (
        ("prove/rustrang", "ark.txt"),
        ("prove/finnes-ikke", "a.pdf"),
        ("ukjent/rustrang", "a.pdf"),
        ("../../x", "a.pdf"),
        ("prove/rustrang", "mangler/a.pdf"),
    ):
        with pytest.raises(UserError):
            print_handout(library, wrong, tmp_path / target)
    assert not (tmp_path / "a.pdf").exists()


def test_paths_of_all_kinds_are_checked(curriculum, written, tmp_path, monkeypatch):
    written("{{ ukjent }}")
    expected = {"ukjent" in problem.text for problem in check_handouts(curriculum)}
    assert expected == {True}
    handout = tmp_path / "handouts" / "prove" / "rustrang.md"
    for path in (tmp_path, tmp_path / "curricula", curriculum.folder, tmp_path / "handouts", handout.parent, handout):
        problems = [problem for problem in check_paths([path]) if problem.level == "fault"]
        assert ["ukjent" in problem.text for problem in problems] == [True], path
    session = curriculum.folder / "forste.md"
    session.write_text(SESSION + "## Plan\n### 60 min · Tema\n##### For dypt\n", encoding="utf-8")
    assert any(problem.line == 10 and "level" in problem.text for problem in check_paths([session]))
    assert [problem.level for problem in check_paths([tmp_path / "tom"])] == ["fault"]


def test_shipped_handouts_are_sound():
    for folder in sorted(path for path in shipped("handouts").iterdir() if path.is_dir() and path.name != "papers"):
        problems = check_files(sorted(folder.glob("*.md")), "nb")
        assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize(("rows", "advised"), [(1, True), (12, True), (20, False)])
def test_a_last_page_that_is_mostly_empty_is_told(tmp_path, rows, advised):
    page = tmp_path / "ark.md"
    head = "---\ntitle: Ark\nkind: worksheet\norigin: proposal\npages: 2\n---\n"
    page.write_text(f"{head}Les dette.\n\n{{{{ page_break() }}}}\n\n{{{{ lines({rows}) }}}}\n", encoding="utf-8")
    problems = check_files([page], "nb")
    assert [problem.level for problem in problems] == (["advice"] if advised else [])
    assert all(problem.text.startswith("Its last page is filled to ") for problem in problems)
    # A sheet of one page is as short as its words.
    page.write_text(f"{head}Les dette.\n", encoding="utf-8")
    assert check_files([page], "nb") == []


def test_help_numbers_in_order_and_without_a_date_until_checked():
    printed, checked = contacts_for("nb")
    assert [contact.number for contact in printed] == ["113", "116\u00a0117", "116\u00a0123"]
    assert checked == ""
    assert all(contact.name and contact.when for contact in (*printed, *contacts_for("en")[0]))
    loaded, problems = load_contacts(shipped("resources") / "contacts.yaml")
    assert problems == []
    assert sorted(contact.use for contact in loaded) == sorted(USES)
    assert {contact.use for contact in loaded if contact.local} == LOCAL
    assert {contact.checked for contact in loaded} == {None}


@pytest.fixture
def own_contacts():
    """The place of the leader's own file of help numbers."""
    own = data_folder() / "contacts.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    return own


def test_the_safety_page_has_the_rest_of_the_numbers():
    printed = safety_contacts("nb")
    assert [contact.number.replace("\u00a0", " ") for contact, _checked in printed] == [
        "113",
        "112",
        "116 117",
        "116 123",
        "22 59 13 00",
        "915 08 588",
        "22 40 00 40",
        "116 006",
        "116 111",
    ]
    assert {checked for _contact, checked in printed} == {None}


def test_an_old_file_of_ones_own_has_its_day_for_each_number_and_the_new_ones_beside(own_contacts):
    own_contacts.write_text(
        "checked: 2026-10-01\ncontacts:\n"
        '- {number: "113", use: emergency, name: {nb: Nød, en: Emergency}, when: {nb: Fare, en: Danger}}\n'
        '- {number: "55 00 00 00", name: {nb: Oss, en: Us}, when: {nb: Alltid, en: Always}, local: true}\n',
        encoding="utf-8",
    )
    contacts, problems = known_contacts()
    assert problems == []
    assert [(c.number, c.use, c.prints, str(c.checked)) for c in contacts[:2]] == [
        ("113", "emergency", "both", "2026-10-01"),
        ("55 00 00 00", "group_leaders", "both", "2026-10-01"),
    ]
    assert {(c.prints, c.checked) for c in contacts[2:]} == {("safety", None)}
    assert len(contacts) == 2 + len(USES) - 4
    printed, checked = contacts_for("nb")
    assert [contact.name for contact in printed] == ["Nød", "Oss"]
    assert checked == "Sist kontrollert 1. oktober 2026"
    assert [(contact.name, bool(day)) for contact, day in safety_contacts("nb")][:3] == [
        ("Nød", True),
        ("Oss", True),
        ("Politi", False),
    ]


def test_the_foot_says_the_day_that_is_longest_ago_once_all_of_its_numbers_are_checked(own_contacts):
    row = '- {number: "%s", prints: %s, checked: %s, name: {nb: A, en: B}, when: {nb: A, en: B}}\n'
    rows = [("1", "participant", "2026-10-03"), ("2", "both", "2026-09-01"), ("3", "safety", "null")]
    own_contacts.write_text("contacts:\n" + "".join(row % values for values in rows), encoding="utf-8")
    assert contacts_for("nb")[1] == "Sist kontrollert 1. september 2026"
    assert [contact.number for contact, _checked in safety_contacts("nb")][:2] == ["2", "3"]
    own_contacts.write_text(f"contacts:\n{row % rows[0]}{row % ('2', 'both', 'null')}", encoding="utf-8")
    assert contacts_for("nb")[1] == ""


def test_too_many_at_the_foot_stay_on_the_safety_page(own_contacts):
    row = '- {number: "%s", name: {nb: A, en: B}, when: {nb: A, en: B}}\n'
    own_contacts.write_text("contacts:\n" + "".join(row % number for number in range(8)), encoding="utf-8")
    assert len(contacts_for("nb")[0]) == MOST
    assert len([contact for contact in load_contacts(own_contacts)[0] if contact.for_safety]) == 8
    assert "prints: safety" in str(load_contacts(own_contacts)[1][0])


@pytest.mark.parametrize("wrong", ["prints: wall", "use: nobody", "number: x, cheked: null"])
def test_a_row_with_a_word_that_is_not_known_is_a_fault(own_contacts, wrong):
    row = f"- {{name: {{nb: A, en: B}}, when: {{nb: A, en: B}}, {wrong}}}\n"
    own_contacts.write_text(f"contacts:\n{row}", encoding="utf-8")
    assert sorted(problem.line for problem in load_contacts(own_contacts)[1]) == [0, 2]


def test_running_text_takes_its_numbers_from_the_same_file(written):
    def printed():
        handout, _problems = load_handout(written("Ring {{ packet.doctor }}, {{ packet.emergency }}."), "nb")
        document, problems = handout_document(handout, PacketFacts(date="tirsdag"))
        assert problems == []
        return document.blocks[0]

    numbers = asdict(numbers_in_text())
    assert {use for use in USES if not numbers[use]} == LOCAL
    assert printed() == Paragraph(words("Ring 116\u00a0117, 113."))
    own = data_folder() / "contacts.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    row = '- {number: "%s", use: %s, name: {nb: Lege, en: Doctor}, when: {nb: Alltid, en: Always}}\n'
    own.write_text("contacts:\n" + row % ("12 34 56 78", "doctor"), encoding="utf-8")
    assert printed() == Paragraph(words("Ring 12\u00a034\u00a056\u00a078, 113."))
    own.write_text("contacts:\n" + row % ("", "doctor") + row % ("1", "lege"), encoding="utf-8")
    assert printed() == Paragraph(words("Ring 116\u00a0117, 113."))
    assert [problem.line for problem in load_contacts(own)[1]] == [3]


def test_the_leaders_own_help_numbers():
    own = data_folder() / "contacts.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    row = '- {number: "12 34 56 78", name: {nb: Oss, en: Us}, when: {nb: Alltid, en: Always}, local: true}\n'
    own.write_text(f"checked: 2026-11-20\ncontacts:\n{row}", encoding="utf-8")
    printed, checked = contacts_for("nb")
    assert [(contact.number, contact.name) for contact in printed] == [("12\u00a034\u00a056\u00a078", "Oss")]
    assert checked == "Sist kontrollert 20. november 2026"
    assert contacts_for("en")[1] == "Last checked 20 November 2026"
    own.write_text(f"checked: i går\ncontacts:\n- feil\n{row}", encoding="utf-8")
    assert [problem.line for problem in load_contacts(own)[1]] == [1, 3]
    assert [contact.number[:2] for contact in contacts_for("nb")[0]] == ["12"]
    own.write_text("{", encoding="utf-8")
    assert [contact.number for contact in contacts_for("nb")[0]][:1] == ["113"]
