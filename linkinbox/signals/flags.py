"""Red flags: each needs words that can be quoted, or a fact that was counted. Nothing is flagged for being empty."""

from __future__ import annotations

import re

from linkinbox.alike import has_unparted, words_in_letters
from linkinbox.signals.fold import fold, mixed_words
from linkinbox.signals.lexicon import blanks
from linkinbox.signals.links import BOOKING, MESSENGERS, OWN, SHORTENERS, Link
from linkinbox.signals.reading import Reading, read, signal
from linkinbox.signals.subject import Signal, SignalKind, Span, Subject

FAST = 24 * 60  # minutes from connecting to a pitch
NEAR = 40  # letters between "add me on" and the messenger's name
UNANSWERED_DAYS = 3
TWINS = 2  # other senders; one whose text was junked is enough
TWINS_COUNTED = 200  # of those at most it is known who was junked
_WORD = re.compile(r"[^\W\d_]{2,}")
OWN_WORDS = 5  # fewer, once usual greetings are out, can be alike by chance


def pitch(subject: Subject, reading: Reading) -> Signal | None:
    """Sells to a stranger: words only a pitch uses, or an offer with a request for time or a link."""
    if not subject.answered and reading.pitch:
        return _flag("pitch", "pitch wording", reading, *reading.pitch)
    return None


def fast_pitch(subject: Subject, reading: Reading) -> Signal | None:
    """A pitch within a day of connecting, whatever was written before it."""
    if subject.answered or not reading.pitch:
        return None
    pitched = reading.messages[max(reading.number_at(begin) for begin, _ in reading.pitch)]
    minutes = pitched.minutes_connected
    if minutes is None or not 0 <= minutes <= FAST:
        return None
    passed = f"{max(minutes, 1)} min" if minutes < 120 else f"{minutes // 60} h"
    return _flag("fast-pitch", f"a pitch within {passed} of connecting", reading, reading.pitch[0])


def scam(subject: Subject, reading: Reading) -> Signal | None:  # noqa: ARG001  # friends' accounts are taken over too
    """Promises money for nothing, or asks for it."""
    if reading.scam:
        return _flag("scam", "words of money, coin or job swindles", reading, *reading.scam)
    return None


def messenger(subject: Subject, reading: Reading) -> Signal | None:
    """A stranger who leads elsewhere at once."""
    if not subject.stranger:
        return None
    spans = [(link.begin, link.end) for link in reading.links if link.is_of(MESSENGERS)]
    spans += _leading_away(reading)
    return _flag("messenger", "leads to another messenger at once", reading, *spans) if spans else None


def _leading_away(reading: Reading) -> list[Span]:
    moves = reading.spans("messenger.move")
    found = []
    for begin, end in reading.spans("messenger.app"):
        near = [
            move
            for move in moves
            if (begin - NEAR <= move[1] <= begin or end <= move[0] <= end + NEAR)
            and reading.number_at(move[0]) == reading.number_at(begin)
        ]
        if near:
            found.append((min(begin, near[-1][0]), max(end, near[-1][1])))
    return found


def link_first(subject: Subject, reading: Reading) -> Signal | None:
    """A stranger's link that hides its target, books their time, or is there to be clicked."""
    if not subject.stranger:
        return None
    pushed = bool(reading.pitch or reading.scam)
    for link in reading.links:
        if what := _kind_of_link(link, pushed=pushed):
            pushing = reading.pitch[:1] if what == _TO_FOLLOW else []
            return _flag("link-first", f"{what} from a stranger", reading, (link.begin, link.end), *pushing)
    return None


_TO_FOLLOW = "a link to follow"


def _kind_of_link(link: Link, *, pushed: bool) -> str:
    if link.host in SHORTENERS:
        return "a shortened link"
    if link.is_of(BOOKING):
        return "a link to book a time"
    if pushed and not link.is_of(OWN) and not link.is_of(MESSENGERS) and not link.looks_like:
        return _TO_FOLLOW
    return ""


def link_target(subject: Subject, reading: Reading) -> Signal | None:  # noqa: ARG001
    """A link that leads elsewhere than it says."""
    for link in reading.links:
        if link.looks_like:
            why = f"a link that reads {link.looks_like} and leads to {link.host}"
            return _flag("link-target", why, reading, (link.begin, link.end))
    return None


def template(subject: Subject, reading: Reading) -> Signal | None:
    """A mail merge's blank that nobody filled; in campaigns it is the export that leaves them."""
    if subject.sponsored:
        return None
    spans = [reading.folded.span(*place) for place in blanks(reading.folded.text)]
    return _flag("template", "an unfilled blank of a mail merge", reading, *spans) if spans else None


def mixed_script(subject: Subject, reading: Reading) -> Signal | None:
    """Letters that only look Latin among Latin ones; a whole word in another script is nobody's fault."""
    if names := [word[0] for word in mixed_words(subject.name)]:
        return Signal(SignalKind.FLAG, "mixed-script", "a name with letters that only look Latin", tuple(names))
    spans = [word.span() for word in mixed_words(reading.text) if _mostly_latin(word[0])]
    return _flag("mixed-script", "words with letters that only look Latin", reading, *spans) if spans else None


def _mostly_latin(word: str) -> bool:
    """A Russian who forgot to switch the keyboard back types one Latin letter, not the other way round."""
    return sum(map(str.isascii, word)) * 2 > len(word)


def twins(subject: Subject, reading: Reading) -> Signal | None:
    """The same text from others, unless it is one that everybody writes."""
    enough = subject.twins >= TWINS or min(subject.twins, subject.twins_junked) >= 1
    if not enough or _usual(subject, reading):
        return None
    others = f"{subject.twins:,} other{'s' * (subject.twins > 1)}"
    at_least = "at least " if subject.twins > TWINS_COUNTED else ""
    junked = f", {at_least}{subject.twins_junked} of them you junked" if subject.twins_junked else ""
    return Signal(SignalKind.FLAG, "twins", f"same text from {others}{junked}")


def _usual(subject: Subject, reading: Reading) -> bool:
    first = read(Subject(subject.name, subject.first)) if subject.first else reading
    letters = list(first.text)
    for begin, end in first.spans("twins.usual"):
        letters[begin:end] = " " * (end - begin)
    names = {*fold(subject.owner.name).text.split(), *fold(subject.name).text.split()}
    own = [word for word in _WORD.findall(fold("".join(letters)).text) if word not in names]
    return sum(map(_weight, own)) < OWN_WORDS


def _weight(word: str) -> int:
    return 1 if word.isascii() or not has_unparted(word) else words_in_letters(len(word))


def no_answer(subject: Subject, reading: Reading) -> Signal | None:  # noqa: ARG001
    """Writes again and again, and the user never did."""
    if subject.answered or subject.unanswered_days < UNANSWERED_DAYS:
        return None
    why = f"wrote on {subject.unanswered_days} days without an answer"
    return Signal(SignalKind.FLAG, "no-answer", why)


def sponsored(subject: Subject, reading: Reading) -> Signal | None:  # noqa: ARG001
    """Paid for."""
    return Signal(SignalKind.FLAG, "sponsored", "sponsored: paid to reach you") if subject.sponsored else None


def _flag(rule: str, why: str, reading: Reading, *spans: Span) -> Signal:
    return signal(SignalKind.FLAG, rule, why, reading, *spans)
