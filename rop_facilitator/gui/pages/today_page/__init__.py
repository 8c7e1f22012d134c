"""Today: the next meeting, what is left to do, the coming week."""

from rop_facilitator.gui.pages.today_page.day_row import DayRow as DayRow
from rop_facilitator.gui.pages.today_page.page import TodayPage as TodayPage
