#!/bin/sh
# What python-docx does with ordinary documents, other than one would guess. Nothing of this project is run.
# Needs python3 and a package index; works in a temporary folder. Ends with 0 while all is as told here, else with 1.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-docx==1.2.0
"$place/venv/bin/python" - <<'PYTHON'
import sys
import time
from importlib.metadata import version

import docx
from docx.oxml.ns import qn
from docx.oxml.styles import CT_Style

PARAGRAPHS = 200


def show(title, expected, got, as_told):
    print(f"\n{title}\n  one would guess: {expected}\n  it gives:        {got}")
    if not as_told:
        print("  CHANGED: this is not what was told")
        sys.exit(1)


print("python-docx", version("python-docx"))


# 1. The advice for many paragraphs is to look a style up once and to hand the object over instead of its name.
#    Both ask whether the style is the default one, for which the kind of every style of the document is read, each time.
def by_name(document):
    for _ in range(PARAGRAPHS):
        document.add_paragraph("words", style="List Bullet")


def by_object(document):
    style = document.styles["List Bullet"]
    for _ in range(PARAGRAPHS):
        document.add_paragraph("words", style=style)


def by_id(document):
    style_id = document.styles["List Bullet"].style_id
    for _ in range(PARAGRAPHS):
        document.add_paragraph("words")._p.style = style_id


def milliseconds(way):
    best = float("inf")
    for _ in range(3):
        document = docx.Document()
        start = time.perf_counter()
        way(document)
        best = min(best, time.perf_counter() - start)
    return best * 1000


times = {way.__name__: milliseconds(way) for way in (by_name, by_object, by_id)}

reads = 0
owner = next(kind for kind in CT_Style.__mro__ if "type" in vars(kind))
plain = vars(owner)["type"]


def counted(element):
    global reads
    reads += 1
    return plain.fget(element)


owner.type = property(counted, plain.fset)


def reads_a_paragraph(way):
    global reads
    document, reads = docx.Document(), 0
    way(document)
    return reads // PARAGRAPHS


styles = len(docx.Document().styles)
counts = {way.__name__: reads_a_paragraph(way) for way in (by_name, by_object, by_id)}
xml = {}
for way in (by_name, by_object, by_id):
    document = docx.Document()
    way(document)
    xml[way.__name__] = str(document.element.xml)
slower = times["by_object"] / times["by_id"]
show(
    f"1. python-docx: {PARAGRAPHS} paragraphs in a style, in the default template of {styles} styles",
    "a style object that is looked up once costs nothing more; by name it is one look-up",
    ", ".join(f"{name} {counts[name]} kinds read a paragraph, {times[name]:.0f} ms" for name in counts)
    + f"; the object takes {slower:.0f} times the id, for the same XML",
    counts["by_name"] >= styles and counts["by_object"] >= styles and counts["by_id"] == 0
    and slower > 3 and times["by_name"] / times["by_id"] > 3 and len(set(xml.values())) == 1,
)

# 2. Reading is the same: a paragraph without a style of its own has to find the default one.
document = docx.Document()
for _ in range(PARAGRAPHS):
    document.add_paragraph("words")
reads = 0
names = {paragraph.style.name for paragraph in document.paragraphs}
show(
    "2. python-docx: reading paragraph.style of paragraphs that have no style of their own",
    "the default style, looked up once",
    f"{', '.join(names)}, after reading {reads // PARAGRAPHS} kinds of styles for each of {PARAGRAPHS}",
    reads // PARAGRAPHS >= styles,
)

# 3. ISO/IEC 29500-1, 17.3.2.26: where rFonts has asciiTheme, its ascii is ignored; so with hAnsiTheme and hAnsi.
#    Normal has no theme font in the default template, headings and the title have one. LibreOffice 7.4 printed such a
#    heading in the font of the theme, as the standard says.
heading, normal = docx.Document().styles["Heading 1"], docx.Document().styles["Normal"]
heading.font.name = normal.font.name = "Courier New"
fonts = heading.element.rPr.rFonts
show(
    "3. python-docx: document.styles['Heading 1'].font.name = 'Courier New'",
    "headings in Courier New, as font.name says when it is read again",
    f"font.name is {heading.font.name!r}, and beside ascii={fonts.get(qn('w:ascii'))!r} there still stands "
    f"asciiTheme={fonts.get(qn('w:asciiTheme'))!r}, which counts",
    heading.font.name == "Courier New"
    and fonts.get(qn("w:asciiTheme")) == "majorHAnsi"
    and fonts.get(qn("w:hAnsiTheme")) == "majorHAnsi"
    and normal.element.rPr.rFonts.get(qn("w:asciiTheme")) is None,
)
print("\nAll as told.")
PYTHON
