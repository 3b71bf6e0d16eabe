"""What stands before the user read once, as one text: what is in it, for every rule to look at."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from linkinbox.signals.fold import Folded, fold
from linkinbox.signals.lexicon import vocabulary
from linkinbox.signals.links import OWN, Link, links_in
from linkinbox.signals.subject import Earlier, Signal, SignalKind, Span, Subject

QUOTED = 12  # places: more are no more evidence
READ = 5_000  # letters that are looked at, the newest message first: hostile ones are bounded work
_BETWEEN = "\n|\n"  # messages: no phrase, sentence or link goes over it


class Reading(NamedTuple):
    """What messages hold.

    Args:
        messages: those that are read, oldest first.
        begins: where each of them begins in the text.
        whole: nothing of them was left out.
        text: they all, as written.
        folded: the same for matching, links blanked out.
        hits: the phrases of the word lists, by group.
        links: those in it.
        pitch: the words that make it one; none for a swindle, which has its own rule.
        scam: the words that make it one.
    """

    messages: tuple[Earlier, ...]
    begins: tuple[int, ...]
    whole: bool
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

    def number_at(self, place: int) -> int:
        """Which of the messages a place of the text is in."""
        return bisect(self.begins, place) - 1

    def within(self, span: Span) -> Span:
        """Where in its message words stand."""
        begin = self.begins[self.number_at(span[0])]
        return span[0] - begin, span[1] - begin

    def whence(self, spans: Iterable[Span]) -> str:
        """Which messages words stand in, in words to follow what is said of them; "" for the newest."""
        called = {self.messages[self.number_at(begin)].called: None for begin, _ in spans}
        earlier = [name for name in called if name]
        return f" (in {' and '.join(earlier)})" if earlier else ""


_NOTHING = Reading((), (), whole=True, text="", folded=fold(""), hits={}, links=[], pitch=[], scam=[])


def read(subject: Subject) -> Reading:
    """Find all that rules ask for."""
    messages, whole = _that_are_read(subject)
    if not messages:
        return _NOTHING  # most invitations
    begins, text = _joined([message.text for message in messages])
    links = links_in(text)
    folded = fold(_without(links, text) if links else text)
    hits: dict[str, list[Span]] = {}
    for group, begin, end in vocabulary().find(folded):
        hits.setdefault(group, []).append((begin, end))
    scam = _either(hits, "scam.alone", "scam.topic", "scam.promise")
    return Reading(messages, begins, whole, text, folded, hits, links, [] if scam else _pitch(hits, links), scam)


def _that_are_read(subject: Subject) -> tuple[tuple[Earlier, ...], bool]:
    """The messages that have words, oldest first, and whether that is all of them."""
    room, kept = READ, []
    for message in (Earlier(subject.text, "", subject.minutes_connected), *reversed(subject.earlier)):
        if message.text and room > 0:
            kept.append(message._replace(text=message.text[:room]))
        room -= len(message.text)
    return tuple(reversed(kept)), room >= 0 and subject.all_read


def _joined(texts: Sequence[str]) -> tuple[tuple[int, ...], str]:
    begins = [0]
    for text in texts[:-1]:
        begins.append(begins[-1] + len(text) + len(_BETWEEN))
    return tuple(begins), _BETWEEN.join(texts)


def _pitch(hits: Mapping[str, list[Span]], links: Iterable[Link]) -> list[Span]:
    """Words only a pitch uses; or an offer, with a request for time or a link. Not what a buyer or a reader writes."""
    if "pitch.buyer" in hits:
        return []
    if told := _either(hits, "pitch.alone", "pitch.offer", "pitch.ask"):
        return told
    offer, pushed = hits.get("pitch.offer"), next((link for link in links if not link.is_of(OWN)), None)
    return [_longest(offer), (pushed.begin, pushed.end)] if offer and pushed else []


def _either(hits: Mapping[str, list[Span]], alone: str, one: str, other: str) -> list[Span]:
    """The words that tell by themselves, or a pair of two kinds."""
    if alone in hits:
        return hits[alone]
    return [_longest(hits[one]), _longest(hits[other])] if one in hits and other in hits else []


def _longest(spans: Iterable[Span]) -> Span:
    """The one that says most: "worth a quick call", not "open to a"."""
    return max(spans, key=lambda span: span[1] - span[0])


def signal(kind: SignalKind, rule: str, why: str, reading: Reading, *spans: Span) -> Signal:
    """A signal that quotes these places, in the order of the text and without quoting a word twice."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    kept = kept[:QUOTED]
    within = tuple(map(reading.within, kept))
    return Signal(kind, rule, why + reading.whence(kept), reading.quoted(*kept), within)


def _without(links: list[Link], text: str) -> str:
    """The words in an address are nobody's."""
    for link in links:
        text = f"{text[: link.begin]}{'|' * (link.end - link.begin)}{text[link.end :]}"
    return text
