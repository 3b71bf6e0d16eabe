"""What speaks for and against an item, in words."""

from __future__ import annotations

from typing import assert_never

from linkinbox.decisions import Scope
from linkinbox.signals import Look, Signal, SignalKind, look_of, said_against
from linkinbox.store.evidence import Judged
from linkinbox.store.overrules import Said
from linkinbox.text import SafeText, safe_text

_WORDS = 3  # quoted in a line
_WORD = 60  # letters of each
_FAR = {
    Scope.ITEM: "here", Scope.PERSON: "for this person", Scope.RULE: "as a whole",
    Scope.MUTED: "too often: the rule is silent",
}  # fmt: skip


def look_words(judged: Judged) -> tuple[SafeText, SafeText]:
    """Return what the signals come to, and why: "Trust", "nothing against"."""
    flags = len(judged.standing_flags)
    match look_of(judged.signals):
        case Look.LOOK:
            return SafeText("Look"), SafeText(f"{flags} flags")
        case Look.TRUST:
            told = ("nothing against", "one flag, no more", "flags for the same words")
            return SafeText("Trust"), SafeText(told[min(flags, 2)])
        case Look.UNKNOWN:
            return SafeText("Unknown"), SafeText(said_against(judged.signals))
        case look:
            assert_never(look)


def signal_said(signal: Signal) -> SafeText:
    """Return one signal without its mark: ``pitch wording: “book a quick 15-min”``."""
    why = safe_text(signal.why)
    quoted = [f"“{safe_text(word, limit=_WORD)}”" for word in signal.words if word not in signal.why]
    words = ", ".join(quoted[:_WORDS]) + (f" and {len(quoted) - _WORDS} more" if len(quoted) > _WORDS else "")
    overruled = f", overruled {_FAR[signal.overruled]}" if signal.overruled else ""
    match signal.kind:
        case SignalKind.REASON:
            return SafeText(f"{why} ({words}){overruled}" if words else f"{why}{overruled}")
        case SignalKind.FLAG:
            return SafeText(f"{why}: {words}{overruled}" if words else f"{why}{overruled}")
        case SignalKind.CLOSER:
            return SafeText(f"{why}: {words}{overruled}")
        case SignalKind.UNKNOWN:
            return why
        case _:
            assert_never(signal.kind)


def counts_words(rule: str, said: Said) -> SafeText:
    """Return how often a rule was raised, and how often overruled."""
    counted = f": raised {said.raised:,}, overruled {said.overruled:,}" if said.raised else ": not counted so far"
    return safe_text(f"rule {rule}{counted}")
