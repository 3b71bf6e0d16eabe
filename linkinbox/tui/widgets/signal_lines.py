"""What speaks for and against an item laid out as lines: what it comes to, then a line a signal with its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from linkinbox.signals import Look, Signal, SignalKind, look_of
from linkinbox.store.evidence import Judged
from linkinbox.text import SafeText
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import Ink, Line, wrap
from linkinbox.words.signal_words import look_words, signal_said

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
    shown, (word, about) = marks(), look_words(judged)
    match look_of(judged.signals):
        case Look.LOOK:
            flags = shown.flag * min(len(judged.standing_flags), 5)
            return (SafeText(f"{word} {flags}"), Ink.FLAG), (SafeText(f" {about}"), Ink.MUTED)
        case Look.TRUST:
            return (SafeText(f"{word} {shown.trust}"), Ink.TEXT), (SafeText(f" ({about})"), Ink.MUTED)
        case Look.UNKNOWN:
            return ((SafeText(f"{word} {shown.unknown} ({about})"), Ink.UNKNOWN),)
        case look:
            assert_never(look)


def signal_words(signal: Signal) -> SafeText:
    """Return one signal behind its mark: ``⚑ pitch wording: “book a quick 15-min”``."""
    return SafeText(f"{_mark(signal.kind)} {signal_said(signal)}")


def _mark(kind: SignalKind) -> str:
    shown = marks()
    match kind:
        case SignalKind.REASON:
            return "+"
        case SignalKind.FLAG:
            return shown.flag
        case SignalKind.CLOSER:
            return shown.dot
        case SignalKind.UNKNOWN:
            return shown.unknown
        case _:
            assert_never(kind)


def _ink(signal: Signal) -> Ink:
    if signal.overruled or signal.kind is SignalKind.UNKNOWN:
        return Ink.MUTED
    return Ink.FLAG if signal.kind is SignalKind.FLAG else Ink.TEXT
