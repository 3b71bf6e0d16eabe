"""Selectivity: where one stands between closed and open to all."""

from __future__ import annotations

from textual.content import Content

from linkinbox.selectivity import LIMITS, Selectivity, band
from linkinbox.text import SafeText
from linkinbox.tui.marks import marks
from linkinbox.tui.screens.page import PageScreen


class SelectivityScreen(PageScreen):
    """The band, words at its extremes, and what it cannot know."""

    def __init__(self, selectivity: Selectivity) -> None:
        super().__init__(SafeText("Selectivity"), selectivity_text(selectivity))

    def action_selectivity(self) -> None:
        """Go back, as the key that came here does."""
        self.dismiss()


def selectivity_text(selectivity: Selectivity) -> Content:
    """The figures in words, and the band if enough was decided."""
    shown = marks()
    parts: list[tuple[str, str]] = [(f"{selectivity.share}\n", "bold")]
    if selectivity.percent is not None:
        line = band(selectivity.percent, arm=shown.rule, here=shown.here, ends=(shown.left, shown.right))
        parts.append((f"{line}\n", ""))
    parts.append((f"{selectivity.size}\n", ""))
    if selectivity.words:
        parts.append((f"\n{selectivity.words}\n", ""))
    return Content.assemble(*parts, (f"\n{LIMITS}", "$muted"))
