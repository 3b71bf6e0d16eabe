"""Last words that need no answer: "thanks", "sounds good, see you then", "👍".

A thread ends so when its newest message says thanks, yes or goodbye and hardly anything else, and asks for nothing:
no question mark, no "let me know". What is in doubt is owed: an answer too many costs less than a friend left waiting.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from functools import lru_cache

from linkinbox.signals.fold import fold
from linkinbox.signals.lexicon import SIGNS, beside_closing, closing, words
from linkinbox.signals.phrases import Hit
from linkinbox.signals.subject import Signal, SignalKind, Span

CLOSER = "closer"  # the rule
MOST = 24  # words of a message that closes; a longer one says something
BEFORE = 3  # words of its own that may come first: "Got the slides, thanks"
AFTER = 3  # names that may follow: "Thanks, Robin. Best, Ana Ruiz"
TELLS = 3  # words of a sentence that tell something, where it holds nothing that closes
_ENDS = re.compile(r"[.!…]+\s")
_ASKS = re.compile("[?？¿]|://|www\\.")  # who sends a link wants it read
_WORD = re.compile(r"\w+")
_WHY = "last words that need no answer"


def closer(text: str) -> Signal | None:
    """What closes a thread whose newest message this is, with the words that do; None: it waits for an answer.

    How the text is broken into lines does not matter: exports before 2026 have blanks for line breaks.
    """
    if not text or _ASKS.search(text) or len(text.split(None, MOST)) > MOST:
        return None
    folded = fold(text)
    if not _WORD.search(folded.text):
        return _of_signs(text)
    found = closing().find(folded)
    if not found:
        return None
    beside = beside_closing().find(folded)
    if any(hit.group == "closer.asks" for hit in beside) or not _are_all(text, found, beside):
        return None
    spans = _apart(found)
    return Signal(SignalKind.CLOSER, CLOSER, _WHY, tuple(text[begin:end] for begin, end in spans), spans)


def _of_signs(text: str) -> Signal | None:
    """A thumb, a smile: nothing but signs."""
    if not any(sign in text for sign in _signs()):
        return None
    begin = len(text) - len(text.lstrip())
    return Signal(SignalKind.CLOSER, CLOSER, _WHY, (text.strip(),), ((begin, len(text.rstrip())),))


@lru_cache(maxsize=1)
def _signs() -> tuple[str, ...]:
    return tuple(words()[SIGNS])


def _apart(hits: list[Hit]) -> tuple[Span, ...]:
    """Where phrases stand, no word twice; they come in the order of the text."""
    spans: list[Span] = []
    for hit in hits:
        if not spans or hit.begin >= spans[-1][1]:
            spans.append((hit.begin, hit.end))
        else:
            spans[-1] = (spans[-1][0], max(hit.end, spans[-1][1]))
    return tuple(spans)


def _are_all(text: str, found: list[Hit], beside: list[Hit]) -> bool:
    """Whether closing phrases are the end of the text, but for names, and little comes before."""
    last = max(hit.end for hit in found)
    told = [*found, *beside]
    own = [word for word in _WORD.finditer(text) if not any(hit.begin <= word.start() < hit.end for hit in told)]
    after = [word[0] for word in own if word.start() >= last]
    named = len(after) <= 1 or all(word[0].isupper() for word in after)
    if _tells_something(text, found, [word.start() for word in own if word.start() < last]):
        return False
    return named and len(after) <= AFTER and len(own) - len(after) <= BEFORE


def _tells_something(text: str, found: list[Hit], own: list[int]) -> bool:
    """A sentence of its own comes before: "I lost my job. Thanks for asking" waits for a word."""
    ends = [end.end() for end in _ENDS.finditer(text)]
    closing = {bisect(ends, hit.begin) for hit in found}
    told = Counter(bisect(ends, begin) for begin in own)
    return any(count >= TELLS and sentence not in closing for sentence, count in told.items())
