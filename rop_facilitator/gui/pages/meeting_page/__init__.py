"""The meeting: agenda with clock times, words of the step, attendance by keyboard, and what became of it."""

from rop_facilitator.gui.pages.meeting_page.page import MeetingPage as MeetingPage
