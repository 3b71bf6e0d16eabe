"""What speaks for and against an item laid out as lines: what it comes to, then a line a signal with its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from linkinbox.decisions import Scope
from linkinbox.signals import Look, Signal, SignalKind, look_of, said_against
from linkinbox.store.evidence import Judged
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import Ink, Line, wrap

_WORDS = 3  # quoted in a line
_WORD = 60  # letters of each
_SAID_ABOVE = {"sponsored"}  # by the card's own line


def signal_lines(judged: Judged, measure: int) -> Iterator[Line]:
    """Return the lines of a card, at most ``measure`` cells wide; what is not known has its own line above."""
    if not judged.signals:
        return
    yield look_line(judged)
    for signal in judged.told:
        if signal.kind is not SignalKind.UNKNOWN and signal.rule not in _SAID_ABOVE:
            ink = _ink(signal)
            for number, words in enumerate(wrap(signal_words(signal), measure - 2)):
                yield ((SafeText(f"{'  ' if number else ''}{words}"), ink),)


def look_line(judged: Judged) -> Line:
    """Return in one line what the signals come to."""
    shown, flags = marks(), len(judged.standing_flags)
    match look_of(judged.signals):
        case Look.LOOK:
            return (SafeText(f"Look {shown.flag * min(flags, 5)}"), Ink.FLAG), (SafeText(f" {flags} flags"), Ink.MUTED)
        case Look.TRUST:
            words = ("nothing against", "one flag, no more", "flags for the same words")[min(flags, 2)]
            return (SafeText(f"Trust {shown.trust}"), Ink.TEXT), (SafeText(f" ({words})"), Ink.MUTED)
        case Look.UNKNOWN:
            return ((SafeText(f"Unknown {shown.unknown} ({said_against(judged.signals)})"), Ink.UNKNOWN),)
        case look:
            assert_never(look)


def signal_words(signal: Signal) -> SafeText:
    """Return one signal in words: ``⚑ pitch wording: "book a quick 15-min"``."""
    why = safe_text(signal.why)
    quoted = [f"“{safe_text(word, limit=_WORD)}”" for word in signal.words if word not in signal.why]
    words = ", ".join(quoted[:_WORDS]) + (f" and {len(quoted) - _WORDS} more" if len(quoted) > _WORDS else "")
    overruled = f", overruled {_FAR[signal.overruled]}" if signal.overruled else ""
    shown = marks()
    match signal.kind:
        case SignalKind.REASON:
            return SafeText(f"+ {why}" + (f" ({words})" if words else "") + overruled)
        case SignalKind.FLAG:
            return SafeText(f"{shown.flag} {why}" + (f": {words}" if words else "") + overruled)
        case SignalKind.CLOSER:
            return SafeText(f"{shown.dot} {why}: {words}{overruled}")
        case SignalKind.UNKNOWN:
            return SafeText(f"{shown.unknown} {why}")
        case _:
            assert_never(signal.kind)


_FAR = {
    Scope.ITEM: "here", Scope.PERSON: "for this person", Scope.RULE: "as a whole",
    Scope.MUTED: "too often: the rule is silent",
}  # fmt: skip


def _ink(signal: Signal) -> Ink:
    if signal.overruled or signal.kind is SignalKind.UNKNOWN:
        return Ink.MUTED
    return Ink.FLAG if signal.kind is SignalKind.FLAG else Ink.TEXT
