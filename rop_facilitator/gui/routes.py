"""The pages of the window by name; a page's module is imported when somebody goes there first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rop_facilitator.gui.context import AppContext, Page

if TYPE_CHECKING:
    from rop_facilitator.documents.papers.catalogue import PaperRequest


@dataclass(frozen=True)
class Route:
    """A page by name, with what it is about."""

    name: str
    arguments: tuple[object, ...] = ()


def _first_run(context: AppContext) -> Page:
    from rop_facilitator.gui.pages.first_run_page import FirstRunPage

    return FirstRunPage(context)


def _unlock(context: AppContext) -> Page:
    from rop_facilitator.gui.pages.unlock_page import UnlockPage

    return UnlockPage(context)


def _restore(context: AppContext, what: str = "") -> Page:
    from rop_facilitator.gui.pages.restore_page import RestorePage

    return RestorePage(context, what)


def _today(context: AppContext) -> Page:
    from rop_facilitator.gui.pages.today_page import TodayPage

    return TodayPage(context)


def _library(context: AppContext, session_id: str = "", handout_id: str = "") -> Page:
    from rop_facilitator.gui.pages.library_page import LibraryPage

    return LibraryPage(context, session_id, handout_id)


def _settings(context: AppContext, part: str = "looks") -> Page:
    from rop_facilitator.gui.pages.settings_page import SettingsPage

    return SettingsPage(context, part)


def _new_group(context: AppContext) -> Page:
    from rop_facilitator.gui.pages.new_group_page import NewGroupPage

    return NewGroupPage(context)


def _group(context: AppContext, group_id: int) -> Page:
    from rop_facilitator.gui.pages.group_page import GroupPage

    return GroupPage(context, group_id)


def _group_settings(context: AppContext, group_id: int | str, fact: str = "") -> Page:
    from rop_facilitator.gui.pages.group_settings_page import GroupSettingsPage

    return GroupSettingsPage(context, int(group_id), fact)


def _archived(context: AppContext) -> Page:
    from rop_facilitator.gui.pages.archived_page import ArchivedPage

    return ArchivedPage(context)


def _meeting(context: AppContext, group_id: int, meeting_id: int) -> Page:
    from rop_facilitator.gui.pages.meeting_page import MeetingPage

    return MeetingPage(context, group_id, meeting_id)


def _print(context: AppContext, group_id: int, request: PaperRequest) -> Page:
    from rop_facilitator.gui.pages.print_page import PrintPage

    return PrintPage(context, group_id, request)


ROUTES: dict[str, Callable[..., Page]] = {
    "first_run": _first_run,
    "unlock": _unlock,
    "restore": _restore,
    "today": _today,
    "library": _library,
    "settings": _settings,
    "new_group": _new_group,
    "group": _group,
    "group_settings": _group_settings,
    "archived": _archived,
    "meeting": _meeting,
    "print": _print,
}
LOCKED_ROUTES = ("first_run", "unlock", "restore")  # shown while no records are open
