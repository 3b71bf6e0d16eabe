"""Reasons to accept as chips: short words that are counted, so that the same reason is told by the same words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from linkinbox.signals.interests import RULE_OF, Interests
from linkinbox.signals.rules import RULES
from linkinbox.signals.subject import Signal, SignalKind

MOST = 9  # a digit each
_SAYS = {rule.id: rule.says for rule in RULES}


class Chips(NamedTuple):
    """What can be chosen: the reasons that stand on the item, then what else the user looks for."""

    standing: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """Those that have a digit, in its order."""
        return (self.standing + self.others)[:MOST]

    @property
    def more(self) -> int:
        """How many have none."""
        return len(self.standing) + len(self.others) - len(self.offered)


def chips(signals: Iterable[Signal], interests: Interests) -> Chips:
    """The chips for an item with these signals, whoever looks for these interests: ``area: logistics``."""
    configured = tuple(
        f"{RULE_OF[part]}: {name}" for part, labelled in interests._asdict().items() for name, _ in labelled
    )
    reasons = [signal for signal in signals if signal.kind is SignalKind.REASON]
    standing = tuple(dict.fromkeys(_chip(signal, configured) for signal in reasons))
    return Chips(standing, tuple(dict.fromkeys(chip for chip in configured if chip not in standing)))


def _chip(signal: Signal, configured: tuple[str, ...]) -> str:
    """The user's own name for it, else what its rule says: the evidence differs from item to item."""
    named = (chip for chip in configured if signal.why == chip or signal.why.startswith(f"{chip} ("))
    return max(named, key=len, default=_SAYS[signal.rule])
