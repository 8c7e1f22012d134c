"""What is on screen: the only place that knows Qt."""

from rop_facilitator.gui.runtime import override_guard

override_guard.install()  # before any class is made from one of Qt's
