"""The hand-labelled set, and what the rules say of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from linkinbox.signals import RULES, Earlier, Owner, SignalKind, Subject, interests_from, judge
from linkinbox.signals.interests import Interests

NOTES = Path(__file__).parent / "notes"
NEAR_MISSES = Path(__file__).with_name("near_misses.jsonl")
THREADS = Path(__file__).with_name("threads.jsonl")
FLAGS = tuple(rule.id for rule in RULES if rule.kind is SignalKind.FLAG)
TEXT_REASONS = ("question", "about-you", "mutual")
OWNER = Owner("Robin Hale", ("Northpier", "Halden Cold Stores", "Halden"))
INTERESTS = {
    "areas": {
        "cold chain": [
            "reefer*", "cold store*", "freight", "warehouse*", "frost", "refrigerat*", "Kühlkette", "Kühlhaus*",
            "cadena de frío", "chaîne du froid", "cadeia de frio", "catena del freddo",
        ],
        "audits": ["audit", "audits", "auditor", "auditoría*", "auditoria*"],
    },
    "industries": {"food": ["fish", "fruit", "avocado*", "bananas"], "pharma": ["pharma"]},
    "serves": ["founder", "student", "thesis"],
    "cities": ["Rotterdam", "Hamburg", "Porto", "Bilbao"],
    "words": ["open source", "reeferlog", "sailing", "Fastnet"],
}  # fmt: skip


class Note(NamedTuple):
    """One labelled text."""

    who: str
    language: str
    held_out: bool
    subject: Subject
    flags: frozenset[str]
    reasons: frozenset[str]


class Tally(NamedTuple):
    """How often a rule was right."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def raised(self) -> int:
        """How often it spoke."""
        return self.right + self.wrong

    @property
    def expected(self) -> int:
        """How often it should have."""
        return self.right + self.missed

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))


def notes() -> list[Note]:
    """The set, in the order of its files."""
    return [_note(file.stem, json.loads(line)) for file in sorted(NOTES.glob("*.jsonl")) for line in _lines(file)]


def near_misses() -> list[Note]:
    """Honest notes with a pitch's words, and pitches beside them; labelled for flags only."""
    return [_note(row["language"], {"reasons": [], **row}) for row in map(json.loads, _lines(NEAR_MISSES))]


def threads() -> list[Note]:
    """What stands before the owner in more than one message."""
    return [_thread(json.loads(line)) for line in _lines(THREADS)]


def interests() -> Interests:
    """What the invented owner of the inbox looks for."""
    return interests_from(INTERESTS)


def found(note: Note, wanted: Interests) -> set[str]:
    """The rules that speak, but for unknowns."""
    return {signal.rule for signal in judge(note.subject, wanted) if signal.kind is not SignalKind.UNKNOWN}


def tallies(some: Iterable[Note], rules: tuple[str, ...], wanted: Interests) -> dict[str, Tally]:
    """How often each rule was right on these notes."""
    totals = dict.fromkeys(rules, Tally())
    for note in some:
        said, expected = found(note, wanted), note.flags | note.reasons
        for rule in rules:
            one = Tally(rule in said & expected, rule in said - expected, rule in expected - said)
            totals[rule] = totals[rule].plus(one)
    return totals


def mistakes(some: Iterable[Note], rules: tuple[str, ...], wanted: Interests) -> Iterator[tuple[Note, str, str]]:
    """Each note that a rule was wrong on: the note, the rule and "raised" or "missed"."""
    for note in some:
        said, expected = found(note, wanted), note.flags | note.reasons
        for rule in rules:
            if rule in said ^ expected:
                yield note, rule, "raised" if rule in said else "missed"


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def _thread(row: dict[str, Any]) -> Note:
    *earlier, newest = row["messages"]
    note = _note(row["language"], {**row, "text": newest})
    told = tuple(Earlier(text, "their message of 3 Mar") for text in earlier)
    return note._replace(subject=note.subject._replace(earlier=told))


def _note(language: str, row: dict[str, Any]) -> Note:
    about = {name: tuple(value) if isinstance(value, list) else value for name, value in row.get("about", {}).items()}
    subject = Subject(about.pop("name", "Ana Ruiz"), row["text"], OWNER, **about)
    labels = frozenset(row["flags"]), frozenset(row["reasons"])
    return Note(row["who"], language, row.get("held_out", False), subject, *labels)
