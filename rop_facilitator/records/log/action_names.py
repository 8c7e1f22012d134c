"""What a leader did, in words: for the undo label, the toast and the list of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from rop_facilitator.i18n import _


class Action(StrEnum):
    """Everything that is stored in the log, by what stands in the file: a value that was written once never changes."""

    RECORDS_CREATED = "records created"
    RECORDS_OPENED = "records opened"
    LEADER_ADDED = "leader added"
    LEADER_REMOVED = "leader removed"
    PASSPHRASE_CHANGED = "passphrase changed"
    SAMPLE_ADDED = "sample added"
    MEETING_CHANGED = "meeting changed"
    PLAN_CHANGED = "plan changed"
    SESSION_MOVED = "session moved"
    SESSIONS_JOINED = "sessions joined"
    SESSION_SEPARATED = "session separated"
    SESSION_DIVIDED = "session divided"
    MODULE_MOVED = "module moved"
    END_CHANGED = "end changed"
    OFFER_MERGE = "offer merge"
    OFFER_TWICE = "offer twice"
    OFFER_EXTEND = "offer extend"
    OFFER_SKIP_OPTIONAL = "offer skip-optional"
    OFFER_SPLIT = "offer split"
    SESSION_LEFT_OUT = "session left out"
    SESSION_TAKEN_IN = "session taken in"
    SESSION_REPEATED = "session repeated"
    CALL_RULE_CHANGED = "call rule changed"
    CLOSURE_ADDED = "closure added"
    CLOSURE_REMOVED = "closure removed"
    PAPERS_PRINTED = "papers printed"
    CALENDAR_EXPORTED = "calendar exported"
    ATTENDANCE_EXPORTED = "attendance exported"
    BACKUP_TAKEN = "backup taken"
    BACKUP_RESTORED = "backup restored"
    KEYS_FETCHED = "keys fetched"
    UNDONE = "undone"
    ATTENDANCE_MARKED = "attendance marked"
    MARK_CLEARED = "mark cleared"
    REST_MARKED = "rest marked"
    MEETING_STARTED = "meeting started"
    MEETING_NOT_HELD = "meeting not held"
    PAST_MEETINGS_SETTLED = "past meetings settled"
    MEETING_CANCELLED = "meeting cancelled"
    MEETING_REINSTATED = "meeting reinstated"
    OUTCOME_SET = "outcome set"
    PRACTICE_NOTED = "practice noted"
    HANDOUT_NOTED = "handout noted"
    GROUP_CREATED = "group created"
    GROUP_CHANGED = "group changed"
    GROUP_ARCHIVED = "group archived"
    GROUP_BROUGHT_BACK = "group brought back"
    GROUP_DELETED_FOR_GOOD = "group deleted for good"
    PERSON_ADDED = "person added"
    PERSON_RENAMED = "person renamed"
    PERSON_TAKEN_OUT = "person taken out"
    PERSON_PAUSED = "person paused"
    PERSON_CAME_BACK = "person came back"
    FIRST_DAY_CORRECTED = "first day corrected"
    LAST_DAY_CORRECTED = "last day corrected"
    PERSON_MOVED = "person moved"
    PERSON_COMPLETED = "person completed"
    PERSON_DELETED_FOR_GOOD = "person deleted for good"
    DELETED_AGAIN = "deleted again"
    SESSION_MADE_UP = "session made up"
    MAKE_UP_TAKEN_BACK = "make-up taken back"
    FOLLOWED_UP = "followed up"
    CONTACT_CHANGED = "contact changed"


def action_text(action: str, arguments: Mapping[str, str | int]) -> str:
    """The words of a stored action in the language in use; an unknown one (a newer program's) shows as it is."""
    words = (
        _about_groups()
        | _about_meetings()
        | _about_people()
        | {
            Action.RECORDS_CREATED: _("created the records"),
            Action.RECORDS_OPENED: _("opened the records"),
            Action.LEADER_ADDED: _("added a leader"),
            Action.LEADER_REMOVED: _("removed a leader"),
            Action.PASSPHRASE_CHANGED: _("changed the passphrase"),
            Action.SAMPLE_ADDED: _("added the sample groups"),
            Action.MEETING_CHANGED: _("changed one meeting"),
            Action.PLAN_CHANGED: _("changed the plan"),
            Action.SESSION_MOVED: _("moved a session"),
            Action.SESSIONS_JOINED: _("took two sessions into one meeting"),
            Action.SESSION_SEPARATED: _("gave a session a meeting of its own"),
            Action.SESSION_DIVIDED: _("divided a session over meetings"),
            Action.MODULE_MOVED: _("moved a module"),
            Action.END_CHANGED: _("changed the end date"),
            Action.OFFER_MERGE: _("took several sessions into one meeting"),
            Action.OFFER_TWICE: _("added a second weekday"),
            Action.OFFER_EXTEND: _("moved the end date"),
            Action.OFFER_SKIP_OPTIONAL: _("left the optional modules out"),
            Action.OFFER_SPLIT: _("divided long sessions over two meetings"),
            Action.SESSION_LEFT_OUT: _("left a session out"),
            Action.SESSION_TAKEN_IN: _("took a session in again"),
            Action.SESSION_REPEATED: _("planned a session once more"),
            Action.CALL_RULE_CHANGED: _("changed when people are to be called"),
            Action.CLOSURE_ADDED: _("closed some days"),
            Action.CLOSURE_REMOVED: _("opened closed days"),
            Action.PAPERS_PRINTED: _("printed papers"),
            Action.CALENDAR_EXPORTED: _("saved the plan as a calendar file"),
            Action.ATTENDANCE_EXPORTED: _("exported attendance"),
            Action.BACKUP_TAKEN: _("took a backup"),
            Action.BACKUP_RESTORED: _("restored a backup"),
            Action.KEYS_FETCHED: _("fetched the keys out of a backup"),
            Action.UNDONE: _("took back an action"),
        }
    )
    return words.get(action, action).format(**arguments)


def _about_meetings() -> dict[str, str]:
    """Who came, and what became of a meeting."""
    return {
        Action.ATTENDANCE_MARKED: _("marked attendance"),
        Action.MARK_CLEARED: _("cleared a mark"),
        Action.REST_MARKED: _("marked the rest"),
        Action.MEETING_STARTED: _("started the meeting"),
        Action.MEETING_NOT_HELD: _("noted that a meeting was not held after all"),
        Action.PAST_MEETINGS_SETTLED: _("took meetings as held that are marked in full"),
        Action.MEETING_CANCELLED: _("cancelled a meeting"),
        Action.MEETING_REINSTATED: _("took up a cancelled meeting"),
        Action.OUTCOME_SET: _("said what became of a session"),
        Action.PRACTICE_NOTED: _("noted home practice"),
        Action.HANDOUT_NOTED: _("noted a handout"),
    }


def _about_groups() -> dict[str, str]:
    """What became of a group."""
    return {
        Action.GROUP_CREATED: _("created a group"),
        Action.GROUP_CHANGED: _("changed the group"),
        Action.GROUP_ARCHIVED: _("archived the group"),
        Action.GROUP_BROUGHT_BACK: _("brought the group back"),
        Action.GROUP_DELETED_FOR_GOOD: _("deleted a group for good"),
    }


def _about_people() -> dict[str, str]:
    """Who is in a group from when to when, what each has received, and how they are reached."""
    return {
        Action.PERSON_ADDED: _("added a person"),
        Action.PERSON_RENAMED: _("renamed a person"),
        Action.PERSON_TAKEN_OUT: _("took a person out of the group"),
        Action.PERSON_PAUSED: _("noted a person's pause"),
        Action.PERSON_CAME_BACK: _("noted that a person is back"),
        Action.FIRST_DAY_CORRECTED: _("corrected a first day"),
        Action.LAST_DAY_CORRECTED: _("corrected a last day"),
        Action.PERSON_MOVED: _("moved a person to another group"),
        Action.PERSON_COMPLETED: _("noted that a person completed the course"),
        Action.PERSON_DELETED_FOR_GOOD: _("deleted a person for good"),
        Action.DELETED_AGAIN: _("deleted again who had come back with a backup"),
        Action.SESSION_MADE_UP: _("noted that a session is made up"),
        Action.MAKE_UP_TAKEN_BACK: _("took back a note of a made-up session"),
        Action.FOLLOWED_UP: _("noted a follow-up"),
        Action.CONTACT_CHANGED: _("changed how a person is reached"),
    }
