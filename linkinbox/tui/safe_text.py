"""The two layers between strangers' text and the terminal: one door to the screen, and a net at paint."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style

from linkinbox.text import SafeText

# Controls (C0, DEL, C1), bidi marks and overrides, line separators, interlinear marks, zero-width signs, tags, lone
# surrogates. What else is unseen is left: it cannot act, and shaping needs some of it (joiners, looks of emoji).
_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_STAND_IN = "\ufffd"


def content(text: SafeText, style: str | Style = "") -> Content:
    """Return ``text`` as content that is never parsed as markup: the only door of text to a stock widget."""
    return Content.styled(text, style)


class SafetyNet(LineFilter):
    """Replaces whatever could still act on the terminal in a painted line, just before it is written.

    Textual's own control segments (which carry no text of ours) do not pass through line filters.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return ``segments``, each acting character one replacement character, in as many cells as were measured."""
        if not any(_ACTING.search(segment.text) for segment in segments):
            return segments
        # A control was measured as no cell at all: the line would grow beyond the window, and wrap.
        measured = sum(segment.cell_length for segment in segments)
        return Segment.adjust_line_length(
            [Segment(_ACTING.sub(_STAND_IN, text), style) for text, style, _ in segments], measured
        )
