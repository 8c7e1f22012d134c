from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from rop_facilitator import i18n
from rop_facilitator.gui.style import theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Every test begins with the light look at 100 % and in bokmål."""
    before = i18n.language()
    i18n.set_language("nb")
    theme.use(qapp, theme.LIGHT)
    yield
    theme.use(qapp, theme.LIGHT)
    i18n.set_language(before)
