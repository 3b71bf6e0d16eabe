"""Selectivity: where somebody stands between closed and open to all. A band, never a grade. Pure.

Honest limits: it knows what was decided one by one here, and nothing of what was done on LinkedIn itself. What was
done or held says neither yes nor no, and in bulk nobody looks at each.
"""

from __future__ import annotations

from typing import NamedTuple

LEAST = 30  # decisions; fewer say nothing
NEWEST = 1_000  # decisions looked at: how it is now, and work that never grows
REASONS_OF = 200  # the newest decisions whose evidence is looked at
MOST_CONNECTIONS = 30_000  # LinkedIn's own limit
_SMALL = 300  # connections
_CLOSED, _LION = 15, 90  # per cent; LION is what LinkedIn's open networkers call themselves

OFF = "Selectivity is switched off in config.toml"
LIMITS = (
    f"Of the newest {NEWEST:,} accepted or junked one by one here; done, held and bulk are left out, and so is what "
    "you did on LinkedIn itself."
)


class Selectivity(NamedTuple):
    """The figures.

    Args:
        decided: accepted or junked one by one.
        accepted: those of them that were accepted.
        network: people known to be connected; None: no export told.
        junked_with_reasons: of the newest junk, what had reasons and no flags before the user's eyes.
        accepted_with_flags: of the newest accepted, what had flags and no reasons.
    """

    decided: int
    accepted: int
    network: int | None
    junked_with_reasons: int = 0
    accepted_with_flags: int = 0

    @property
    def percent(self) -> int | None:
        """The accepted in a hundred; None where too little was decided."""
        return None if self.decided < LEAST else round(100 * self.accepted / self.decided)

    @property
    def words(self) -> str:
        """At the extremes, what contradicts the user's own reasons; "" elsewhere, and where nothing does."""
        percent = self.percent
        if percent is None:
            return ""
        if percent <= _CLOSED and self.junked_with_reasons:
            return f"You declined {_people(self.junked_with_reasons)} with reasons and no flags."
        if percent >= _LION and self.accepted_with_flags:
            return f"You accepted {_people(self.accepted_with_flags)} with flags and no reasons."
        return ""

    @property
    def share(self) -> str:
        """How much was accepted, or how much is still wanted before that is told."""
        if self.percent is None:
            return f"{self.decided:,} decided one by one so far: shown from {LEAST} on"
        return f"accepted {self.percent} % of {self.decided:,} decided"

    @property
    def size(self) -> str:
        """How large the network is."""
        if self.network is None:
            return "network unknown: no Connections file told"
        more = "+" if self.network >= MOST_CONNECTIONS else ""
        return f"network {self.network:,}{more}{f' (under {_SMALL}: small)' if self.network < _SMALL else ''}"


def band(percent: int, *, arm: str = "─", here: str = "●", ends: tuple[str, str] = ("◄", "►"), cells: int = 21) -> str:
    """The band from closed to LION, with a mark where one stands: ``closed ◄──●──► LION``."""
    before = round(percent * (cells - 1) / 100)
    return f"closed {ends[0]}{arm * before}{here}{arm * (cells - 1 - before)}{ends[1]} LION"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
