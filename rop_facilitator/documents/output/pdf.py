"""Packets as PDF: one Typst compile, tagged for screen readers (PDF/UA-1), data as JSON only."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import typst

from rop_facilitator.documents.output.fonts import FAMILIES, font_folders, printable
from rop_facilitator.documents.output.full_leaves import on_full_leaves
from rop_facilitator.documents.output.layout_words import labels
from rop_facilitator.documents.page.blocks import Packet, used_figures
from rop_facilitator.documents.page.blocks_json import as_json
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _
from rop_facilitator.paths import shipped

_PAGE_MM = 297 - 17 - 21  # between the margins of an upright page, see layout.typ


def render_pdf(packet: Packet) -> tuple[bytes, tuple[Problem, ...]]:
    """The packet as one PDF, and the characters that no font has, which print as a box.

    Raises UserError when a file of the program is missing.
    """
    if packet.duplex and any(document.in_set for document in packet.documents):
        packet = replace(packet, documents=on_full_leaves(packet.documents, _counted_once(packet)))
    data, lost = _data(packet)
    pdf, warnings = _compiler(data=data).compile_with_warnings(pdf_standards=["ua-1"])
    # A warning is a bug of ours (a font that is missing, a reference to nothing), never of what a leader wrote.
    if warnings or not isinstance(pdf, bytes):
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    return pdf, _problems(packet, lost)


def page_counts(packet: Packet) -> tuple[int, ...]:
    """How many pages each document of the packet fills."""
    # The whole is compiled for it: only the layout knows where a page ends.
    data, _lost = _data(packet)
    edges_json = _compiler(data=data).query(
        "<edge>", field="value"
    )  # the layout notes where each document begins and ends
    edges: list[list[int]] = [[] for _document in packet.documents]
    for document, page in json.loads(edges_json):
        edges[document].append(page)
    return tuple(max(pages) - min(pages) + 1 for pages in edges)


def page_fills(packet: Packet) -> tuple[tuple[int, float], ...]:
    """How many pages each sheet of a packet fills, and how much of the last one, from 0 to 1, help numbers with it."""
    data, _lost = _data(packet)
    compiler = _compiler(data=data)
    edges: list[list[int]] = [[] for _document in packet.documents]
    for document, page in json.loads(compiler.query("<edge>", field="value")):
        edges[document].append(page)
    places = json.loads(compiler.query("<around-help>", field="value"))
    # Two to a sheet, above and below its air; a page of them is the last one of its sheet.
    air = {page: below - above for (page, above), (_page, below) in zip(places[::2], places[1::2], strict=True)}
    return tuple((max(pages) - min(pages) + 1, 1 - air.get(max(pages), 0) / _PAGE_MM) for pages in edges)


def _counted_once(packet: Packet) -> tuple[int, ...]:
    """As `page_counts`, and each sheet that lies in many sets is laid out once."""
    alike = [replace(document, in_set=False) for document in packet.documents]
    each = tuple(dict.fromkeys(alike))
    pages = dict(zip(each, page_counts(replace(packet, documents=each)), strict=True))
    return tuple(pages[document] for document in alike)


def figure_png(name: str, *, width_mm: float, ppi: int = 200) -> bytes:
    """A figure as PNG, for Word."""
    code = (
        f"#set page(width: {width_mm}mm, height: auto, margin: 0mm)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    image = _compiler(svg=_figure(name)).compile(code.encode(), format="png", ppi=ppi)
    if not isinstance(image, bytes):
        raise RuntimeError(f"the figure {name} does not fit on one page")
    return image


def _data(packet: Packet) -> tuple[str, set[str]]:
    figures = {name: _figure(name) for name in sorted(used_figures(packet))}
    # In order of preference: the layout tries each font for a letter in turn.
    fonts = list(FAMILIES.values())
    lost: set[str] = set()
    value = printable(as_json(packet, fonts=fonts, figures=figures, labels=labels(packet.language)), lost)
    value["settings"]["lost"] = bool(lost)
    # Data goes in as JSON and never as Typst code, so nothing that anybody typed can be a command.
    return json.dumps(value, ensure_ascii=False), lost


def lost_characters(packet: Packet) -> str:
    """The characters of a packet that no font has, in words; empty when there are none."""
    return _signs(_data(packet)[1])


def _signs(lost: set[str]) -> str:
    return ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in sorted(lost)[:12])


def _problems(packet: Packet, lost: set[str]) -> tuple[Problem, ...]:
    if not lost:
        return ()
    text = _("These characters cannot be printed and become a box: {signs}.").format(signs=_signs(lost))
    return (Problem("fault", packet.title, 0, text, _("Write the word or the name in another way.")),)


def _compiler(**inputs: str) -> typst.Compiler:
    """Typst over our layout and our fonts, with nothing of this machine."""
    folder = shipped("resources") / "typst"
    layout = folder / "packet.typ"
    if not layout.is_file():
        raise UserError(_("The layout of the papers is missing. Install the program again."))
    return typst.Compiler(layout, root=folder, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)


@cache
def _fonts() -> typst.Fonts:
    # None of the system's: a paper fills as many pages on every machine.
    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _figure(name: str) -> str:
    try:
        return (shipped("resources") / "figures" / f"{name}.svg").read_text("utf-8")
    except OSError as error:
        raise UserError(_("The figure {name} is missing. Install the program again.").format(name=name)) from error
