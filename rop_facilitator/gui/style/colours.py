"""The colours: light, dark and high contrast, and the proof that they can be read."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from PySide6.QtGui import QPalette


@dataclass(frozen=True)
class Colours:
    """Colour roles. A screen names a role, never a hex value."""

    name: str
    canvas: str  # window behind cards
    sidebar: str
    surface: str  # cards, fields, tables
    sunken: str  # table head, wells
    hover: str  # under the pointer, tab track, neutral badge
    line: str  # hairlines, decoration only
    border: str  # edges of fields and empty marks, 3:1
    text: str
    muted: str  # second line, 4.5:1 everywhere
    accent: str  # the one accent: primary button, links, focus, today
    accent_hover: str
    accent_soft: str
    on_accent: str
    on_soft: str  # text on accent_soft
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    made_up: str
    made_up_soft: str
    ok_fill: str  # full marks; calmer than the text tone, letter in on_fill
    danger_fill: str
    on_fill: str
    toast: str
    on_toast: str
    on_toast_action: str
    paper: str
    ink: str


LIGHT = Colours(
    "light",
    canvas="#F6F7F4",
    sidebar="#EDEFEA",
    surface="#FFFFFF",
    sunken="#F0F2EE",
    hover="#E6EAE5",
    line="#DFE3DD",
    border="#7A8681",
    text="#1A2523",
    muted="#54615D",
    accent="#155A70",
    accent_hover="#0F4759",
    accent_soft="#DDECF0",
    on_accent="#FFFFFF",
    on_soft="#0F4759",
    ok="#2F6B3F",
    ok_soft="#E2F0E3",
    warn="#875000",
    warn_soft="#FBEFD8",
    danger="#A32F2B",
    danger_soft="#FBE6E3",
    made_up="#5A4A9C",
    made_up_soft="#EAE7F7",
    ok_fill="#37724A",
    danger_fill="#A8403A",
    on_fill="#FFFFFF",
    toast="#1F2C2A",
    on_toast="#F3F6F4",
    on_toast_action="#9FD6E6",
    paper="#FFFFFF",
    ink="#2B3533",
)
DARK = Colours(
    "dark",
    canvas="#14191B",
    sidebar="#0F1315",
    surface="#1C2326",
    sunken="#171D1F",
    hover="#273034",
    line="#2C3539",
    border="#73817F",
    text="#E9EEEC",
    muted="#A5B1AF",
    accent="#7FC3D6",
    accent_hover="#9AD3E3",
    accent_soft="#142E37",
    on_accent="#08232C",
    on_soft="#A9DDEB",
    ok="#8CCB97",
    ok_soft="#21432C",
    warn="#E7B566",
    warn_soft="#3F3014",
    danger="#EB9188",
    danger_soft="#4A2522",
    made_up="#B9AEF2",
    made_up_soft="#302B54",
    ok_fill="#45815A",
    danger_fill="#BC5750",
    on_fill="#FFFFFF",
    toast="#E9EEEC",
    on_toast="#14191B",
    on_toast_action="#0F4759",
    paper="#E7EBE8",
    ink="#2B3533",
)


def high_contrast(systems: QPalette) -> Colours:
    """The two colours of a system in high contrast, and its highlight where that can be read."""
    ground, ink = systems.window().color().name(), systems.windowText().color().name()
    mark, on_mark = systems.highlight().color().name(), systems.highlightedText().color().name()
    if contrast(mark, ground) < 4.5 or contrast(mark, on_mark) < 4.5:
        mark, on_mark = ink, ground
    grounds: tuple[str, ...] = ("canvas", "sidebar", "surface", "sunken", "hover", "accent_soft")
    grounds += ("ok_soft", "warn_soft", "danger_soft", "made_up_soft", "on_fill", "on_toast", "on_toast_action")
    values = dict.fromkeys(asdict(LIGHT), ink) | dict.fromkeys(grounds, ground)
    values |= {"name": "high contrast", "accent": mark, "accent_hover": mark, "on_accent": on_mark}
    return Colours(**values | {"paper": "#FFFFFF", "ink": "#000000"})


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two hex colours, 1 to 21."""

    def luminance(value: str) -> float:
        parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


_GROUNDS = ("canvas", "sidebar", "surface", "sunken", "hover")
# Ink, ground and the least contrast they may have: 4.5 for text, 3 for graphics.
PAIRS = (
    [("text", g, 4.5) for g in (*_GROUNDS, "accent_soft", "ok_soft", "warn_soft", "danger_soft", "made_up_soft")]
    + [("muted", g, 4.5) for g in (*_GROUNDS, "accent_soft", "warn_soft")]
    + [("accent", g, 4.5) for g in (*_GROUNDS, "accent_soft")]
    + [("on_accent", "accent", 4.5), ("on_accent", "accent_hover", 4.5), ("on_soft", "accent_soft", 4.5)]
    + [(t, g, 4.5) for t in ("ok", "warn", "danger", "made_up") for g in ("canvas", "surface", "sunken", f"{t}_soft")]
    + [("on_fill", f, 4.5) for f in ("ok_fill", "danger_fill")]
    + [(f, g, 3.0) for f in ("ok_fill", "danger_fill", "made_up", "accent") for g in ("surface", "accent_soft")]
    + [("on_toast", "toast", 4.5), ("on_toast_action", "toast", 4.5), ("ink", "paper", 4.5)]
    + [("border", g, 3.0) for g in (*_GROUNDS, "accent_soft")]
)


def failures(c: Colours) -> list[str]:
    """The pairs below their limit; empty when the colours are sound."""
    values = asdict(c)
    measured = [(a, b, limit, contrast(values[a], values[b])) for a, b, limit in PAIRS]
    return [f"{c.name}: {a} on {b} {ratio:.2f} < {limit}" for a, b, limit, ratio in measured if ratio < limit]
