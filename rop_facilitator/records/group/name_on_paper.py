"""What a group is called on paper that others may find: by its weekday, and never by what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rop_facilitator.curriculum.model import Curriculum, Library
from rop_facilitator.i18n import _, capital, speaking, weekday_name
from rop_facilitator.records.calendar.group_calendar import pattern_of
from rop_facilitator.records.models import Group

# The one list of words about drugs, diagnoses and treatment, bokmål and English, as beginnings of words. It can only
# ask: a leader who knows better prints the name all the same.
_BEGINNINGS = (
    r"rus(?!s|le|k(?!o)|t(?!r)|h|in(?!f))|alkohol|alcohol|hasj|hash|cannabis|kokain|cocaine|amfetamin|amphetamine|heroin"
    r"|opioid|opiat|benzo|narko|stoff|drug|dop(?:e|ing)?\b|ghb|pille|tablett|metadon|methadone|buprenor|subutex|lar\b"
    r"|substance|drikk|drink|edru|sober|nykter|avrus|avvenn|abstinen|detox|withdrawal|sprekk|tilbakefall|relapse"
    r"|avheng|addict|misbruk|abuse|spilleav|gambling|psyk|psych|sinnslid|mental|schizo|bipolar|manisk|manic|depr|angst"
    r"|anxiety|panikk|panic|traum|ptsd|adhd|autis|borderline|personlighetsf|selvmord|suicid|selvskad|self-harm|spisef"
    r"|eating dis|diagnos|dobbeltd|dual|lidelse|disorder|syk(?!k|l)|ill\b|illness|medisin|medicat|legemid|behandl"
    r"|treatment|terapi|therap|pasient|patient|poliklin|dps\b|tsb\b|rop\b|imr\b|recovery|rehab|et bedre liv"
)
_TELLING = re.compile(rf"(?<!\w)(?:{_BEGINNINGS})[\w-]*", re.IGNORECASE)


def usual_name_on_paper(weekdays: Sequence[int]) -> str:
    """As in “Tuesday group”, in the language that is spoken; of several weekdays the first."""
    monday = date(2024, 1, 1)
    day = weekday_name(monday.replace(day=1 + min(weekdays, default=0)))
    return capital(_("{weekday} group").format(weekday=day))


def name_on_paper_of(group: Group, day: date, *, language: str) -> str:
    """What stands on a group's papers of a day: what the leader wrote, or else the weekday in the papers' language."""
    if group.name_on_paper:
        return group.name_on_paper
    with speaking(language):
        return usual_name_on_paper(pattern_of(group, day).weekdays)


def doubt_about_name(name: str, library: Library) -> str:
    """A sentence where a name says what the group is about: a course, a drug, a diagnosis; "" where it does not."""
    words = telling_words(name, library)
    if not words:
        return ""
    text = _("Whoever finds a sheet reads “{words}”. If you can, choose a name that says nothing of what you do.")
    return text.format(words=", ".join(words))


def telling_words(name: str, courses: Iterable[Curriculum]) -> tuple[str, ...]:
    """The words of a name that are the title of a course, or in the list, each once in their order."""
    # Of “EBL 2002 – kurs og treningsprogram”, what people call it: what stands before the year and the dash.
    titles = (re.split(r"\s[–-]\s|\s*\d", part)[0] for course in courses for part in (course.title, course.id))
    words: list[str] = []
    end = 0
    for hit in sorted((*_title_hits(name, titles), *_TELLING.finditer(name)), key=lambda hit: hit.start()):
        if hit.start() >= end:  # a word of a title is told with it
            words, end = [*words, hit.group()], hit.end()
    return tuple(dict.fromkeys(words))


def _title_hits(name: str, titles: Iterable[str]) -> Iterable[re.Match[str]]:
    """Where a title stands in a name, whatever signs part its words: as in “katrop-gruppa”."""
    for title in titles:
        letters = r"[\W_]*".join(re.findall(r"\w+", title))
        if letters and (hit := re.search(rf"(?<!\w){letters}[\w-]*", name, re.IGNORECASE)):
            yield hit
