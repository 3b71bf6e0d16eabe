"""A text read once: what stands in it, for every rule to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linkinbox.signals.fold import Folded, fold
from linkinbox.signals.lexicon import vocabulary
from linkinbox.signals.links import OWN, Link, links_in
from linkinbox.signals.subject import Signal, SignalKind, Span

QUOTED = 12  # places: more are no more evidence
READ = 5_000  # letters of a text that are looked at: hostile ones are bounded work, and first words tell enough


class Reading(NamedTuple):
    """What a text holds.

    Args:
        text: its beginning, as written.
        folded: the same for matching, links blanked out.
        hits: the phrases of the word lists, by group.
        links: those in it.
        pitch: the words that make it one; none for a swindle, which has its own rule.
        scam: the words that make it one.
    """

    text: str
    folded: Folded
    hits: Mapping[str, list[Span]]
    links: list[Link]
    pitch: list[Span]
    scam: list[Span]

    def quoted(self, *spans: Span) -> tuple[str, ...]:
        """The words as written."""
        return tuple(self.text[begin:end] for begin, end in spans)

    def spans(self, group: str) -> list[Span]:
        """Where a group's phrases stand."""
        return self.hits.get(group, [])


_NOTHING = Reading("", fold(""), {}, [], [], [])


def read(text: str) -> Reading:
    """Find all that rules ask for."""
    if not text:
        return _NOTHING  # most invitations
    text = text[:READ]
    links = links_in(text)
    folded = fold(_without(links, text) if links else text)
    hits: dict[str, list[Span]] = {}
    for group, begin, end in vocabulary().find(folded):
        hits.setdefault(group, []).append((begin, end))
    scam = _either(hits, "scam.alone", "scam.topic", "scam.promise")
    return Reading(text, folded, hits, links, [] if scam else _pitch(hits, links), scam)


def _pitch(hits: Mapping[str, list[Span]], links: Iterable[Link]) -> list[Span]:
    """Words only a pitch uses; or an offer, with a request for time or a link."""
    offer, pushed = hits.get("pitch.offer"), next((link for link in links if not link.is_of(OWN)), None)
    if offer and pushed:
        return hits.get("pitch.alone", [offer[0], (pushed.begin, pushed.end)])
    return _either(hits, "pitch.alone", "pitch.offer", "pitch.ask")


def _either(hits: Mapping[str, list[Span]], alone: str, one: str, other: str) -> list[Span]:
    """The words that tell by themselves, or a pair of two kinds."""
    if alone in hits:
        return hits[alone]
    return [hits[one][0], hits[other][0]] if one in hits and other in hits else []


def signal(kind: SignalKind, rule: str, why: str, reading: Reading, *spans: Span) -> Signal:
    """A signal that quotes these places, in the order of the text and without quoting a word twice."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return Signal(kind, rule, why, reading.quoted(*kept[:QUOTED]), tuple(kept[:QUOTED]))


def _without(links: list[Link], text: str) -> str:
    """The words in an address are nobody's."""
    for link in links:
        text = f"{text[: link.begin]}{'|' * (link.end - link.begin)}{text[link.end :]}"
    return text
