"""Today: the next meeting, what is left to do, the coming week."""

from rop_facilitator.gui.pages.today_page.page import TodayPage as TodayPage
from rop_facilitator.gui.pages.today_page.parts import DayRow as DayRow
