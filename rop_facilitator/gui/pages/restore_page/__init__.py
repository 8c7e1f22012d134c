"""Back from a backup: on a new computer, when records are damaged, and from the settings."""

from rop_facilitator.gui.pages.restore_page.page import RestorePage

__all__ = ["RestorePage"]
