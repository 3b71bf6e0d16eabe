"""How well one colour is read on another, as WCAG 2 computes it."""

from __future__ import annotations

from textual.color import Color

AA, AAA = 4.5, 7.0  # of text; WCAG 2.2, success criteria 1.4.3 and 1.4.6
SIGNS = 3.0  # of what is seen and not read, such as a line; success criterion 1.4.11


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (none) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of an sRGB colour; 0.04045 is sRGB's own threshold, of which WCAG 2 has a misprint."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in Color.parse(colour).normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
