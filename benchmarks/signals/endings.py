"""``python -m benchmarks.signals.endings``: how often last words are told right, tuned on and held out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks.signals.labelled import Tally
from linkinbox.signals import closer

FILE = Path(__file__).with_name("endings.jsonl")


class Ending(NamedTuple):
    """The newest message of a thread, and whether it needs no answer."""

    language: str
    text: str
    closes: bool
    held_out: bool = False


def endings() -> list[Ending]:
    """The set, in the order of its file."""
    return [Ending(**json.loads(line)) for line in FILE.read_text("utf-8").splitlines()]


def tally(some: Iterable[Ending]) -> Tally:
    """How often the rule was right on these."""
    total = Tally()
    for ending in some:
        said = closer(ending.text) is not None
        total = total.plus(Tally(said and ending.closes, said and not ending.closes, ending.closes and not said))
    return total


def table() -> list[str]:
    """Precision and recall in each language and part."""
    every = endings()
    languages = sorted({ending.language for ending in every})
    parts = {language: [e for e in every if e.language == language] for language in languages}
    parts |= {"**tuned on**": [e for e in every if not e.held_out], "**held out**": [e for e in every if e.held_out]}
    lines = ["| endings | of them close | said so | right | precision | recall |", "|---|---|---|---|---|---|"]
    for name, some in parts.items():
        found = tally(some)
        shares = f"{found.right / found.raised:.0%} | {found.right / found.expected:.0%}"
        lines.append(f"| {name} {len(some)} | {found.expected} | {found.raised} | {found.right} | {shares} |")
    return lines


if __name__ == "__main__":
    print("\n".join(table()))
    for wrong in endings():
        if not wrong.held_out and (closer(wrong.text) is not None) is not wrong.closes:
            print(f"{'missed' if wrong.closes else 'said'} [{wrong.language}] {wrong.text}")
