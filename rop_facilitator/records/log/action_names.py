"""What a leader did, in words: for the undo label, the toast and the list of what was done."""

from __future__ import annotations

from collections.abc import Mapping

from rop_facilitator.i18n import _


def action_text(action: str, arguments: Mapping[str, str | int]) -> str:
    """The words of a stored action in the language in use; an unknown one (a newer program's) shows as it is."""
    words = (
        _about_groups()
        | _about_meetings()
        | _about_people()
        | {
            "records created": _("created the records"),
            "records opened": _("opened the records"),
            "leader added": _("added a leader"),
            "leader removed": _("removed a leader"),
            "passphrase changed": _("changed the passphrase"),
            "sample added": _("added the sample groups"),
            "sample removed": _("removed the sample groups"),
            "meeting changed": _("changed one meeting"),
            "plan changed": _("changed the plan"),
            "session moved": _("moved a session"),
            "sessions joined": _("took two sessions into one meeting"),
            "session separated": _("gave a session a meeting of its own"),
            "session divided": _("divided a session over meetings"),
            "module moved": _("moved a module"),
            "end changed": _("changed the end date"),
            "offer merge": _("took several sessions into one meeting"),
            "offer twice": _("added a second weekday"),
            "offer extend": _("moved the end date"),
            "offer skip-optional": _("left the optional modules out"),
            "offer split": _("divided long sessions over two meetings"),
            "session left out": _("left a session out"),
            "session taken in": _("took a session in again"),
            "session repeated": _("planned a session once more"),
            "call rule changed": _("changed when people are to be called"),
            "closure added": _("closed some days"),
            "closure removed": _("opened closed days"),
            "papers printed": _("printed papers"),
            "calendar exported": _("saved the plan as a calendar file"),
            "attendance exported": _("exported attendance"),
            "backup taken": _("took a backup"),
            "backup restored": _("restored a backup"),
            "keys fetched": _("fetched the keys out of a backup"),
            "undone": _("took back an action"),
        }
    )
    return words.get(action, action).format(**arguments)


def _about_meetings() -> dict[str, str]:
    """Who came, and what became of a meeting."""
    return {
        "attendance marked": _("marked attendance"),
        "mark cleared": _("cleared a mark"),
        "rest marked": _("marked the rest"),
        "meeting opened": _("opened the meeting"),
        "meeting started": _("started the meeting"),
        "meeting not held": _("noted that a meeting was not held after all"),
        "past meetings settled": _("took meetings as held that are marked in full"),
        "meeting cancelled": _("cancelled a meeting"),
        "meeting reinstated": _("took up a cancelled meeting"),
        "outcome set": _("said what became of a session"),
        "practice noted": _("noted home practice"),
        "handout noted": _("noted a handout"),
    }


def _about_groups() -> dict[str, str]:
    """What became of a group."""
    return {
        "group created": _("created a group"),
        "group changed": _("changed the group"),
        "group archived": _("archived the group"),
        "group brought back": _("brought the group back"),
        "group deleted": _("deleted a group"),
        "group deleted for good": _("deleted a group for good"),
    }


def _about_people() -> dict[str, str]:
    """Who is in a group from when to when, what each has received, and how they are reached."""
    return {
        "person added": _("added a person"),
        "person renamed": _("renamed a person"),
        "person taken out": _("took a person out of the group"),
        "person paused": _("noted a person's pause"),
        "person came back": _("noted that a person is back"),
        "first day corrected": _("corrected a first day"),
        "last day corrected": _("corrected a last day"),
        "person moved": _("moved a person to another group"),
        "person completed": _("noted that a person completed the course"),
        "person deleted for good": _("deleted a person for good"),
        "deleted again": _("deleted again who had come back with a backup"),
        "session made up": _("noted that a session is made up"),
        "make-up taken back": _("took back a note of a made-up session"),
        "followed up": _("noted a follow-up"),
        "contact changed": _("changed how a person is reached"),
        "person opened": _("opened a person"),
    }
