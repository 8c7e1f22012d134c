"""The pages of the workbook stand at the foot of a session's sheets and below what was missed."""

from rop_facilitator.documents.page.blocks import plain_text
from tests.documents.course import Course


def test_at_the_foot_of_the_sheets_and_below_the_recap(course: Course) -> None:
    course.hold(1, "MIM")
    first, second = course.library.curricula["kat-rop"].sessions[:2]
    papers = course.papers(2, "Berit")
    sheets = [paper for paper in papers if paper.paper in ("handout", "worksheet")]
    pages = [paper.footer.rpartition(" · ")[2] for paper in sheets]
    assert set(pages) == {f"arbeidsboka s. {session.workbook}" for session in (first, second)}
    assert pages[0] == f"arbeidsboka s. {second.workbook}"
    [recap] = [paper for paper in papers if paper.paper == "recap"]
    assert f"Arbeidsboka s. {first.workbook}" in plain_text(recap.blocks)
