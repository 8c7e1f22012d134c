"""What a screen reader says of a mark."""

from rop_facilitator.gui.widgets.marks.mark_speech import cell_sentence, row_sentence
from rop_facilitator.gui.widgets.marks.mark_styles import ATTENDANCE
from rop_facilitator.records.marks import Mark


def test_a_cell_says_who_when_and_what() -> None:
    style = ATTENDANCE[Mark.NOTICE]
    assert cell_sentence("Kari", "6. oktober", style, made_up=True) == "Kari, 6. oktober: avbud, tatt igjen"
    assert cell_sentence("Kari", "6. oktober", None, refused="Ikke ført") == "Kari, 6. oktober: ingenting, Ikke ført"


def test_a_row_says_the_minutes_beside_the_mark() -> None:
    words = row_sentence("Kari", ATTENDANCE[Mark.LATE], minutes=10, details=("", "hjemmeoppgave: gjort"))
    assert words == "Kari, kom for sent, 10 min, hjemmeoppgave: gjort"
