"""The words that signals quote, underlined where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from linkinbox.model import Item, Message
from linkinbox.text import SafeText, safe_body
from linkinbox.tui.widgets.painting import Ink, Line, Span, split, wrap

if TYPE_CHECKING:
    from linkinbox.signals import Signal
    from linkinbox.store.evidence import Judged

_MOST = 24  # underlined places: more are no easier to see


class Quoted(NamedTuple):
    """The messages that were judged, each with where in it the quoted words stand."""

    places: tuple[tuple[Message, tuple[Span, ...]], ...] = ()

    def spans_in(self, message: Message) -> tuple[Span, ...]:
        """Those of a message: few have any."""
        return next((spans for judged, spans in self.places if judged is message), ())


def quoted_in(item: Item, judged: Judged) -> Quoted:
    """What stands in the messages that came since the user last wrote, as far as they are shown; a closer is newest."""
    incoming = [message for message in item.messages if message.incoming]
    told = [(message, judged.standing) for message in incoming[:-1]]
    told += [(message, (*judged.standing, *judged.standing_closer)) for message in incoming[-1:]]
    return Quoted(tuple((message, spans) for message, signals in told if (spans := _spans(message.text, signals))))


def _spans(text: str, signals: Iterable[Signal]) -> tuple[Span, ...]:
    spans = {
        span
        for signal in signals
        for span, words in zip(signal.spans, signal.words, strict=False)
        if text[slice(*span)] == words
    }
    return tuple(sorted(spans)[:_MOST])


def body_lines(text: str, spans: Sequence[Span], width: int, ink: Ink, *, indent: int = 0) -> Iterator[Line]:
    """Return a stranger's text wrapped to lines of ``width`` cells, with its spans underlined."""
    body, begin = safe_body(text.strip()), SafeText(" " * indent)
    marked = [_in_body(text, span) for span in spans]
    at = 0
    for line in wrap(body, max(8, width - indent)):
        found = body.find(line, at)
        if not marked or found < 0:
            yield ((SafeText(f"{begin}{line}"), ink),)
            continue
        at = found + len(line)
        yield ((begin, ink), *split(line, [(a - found, b - found) for a, b in marked], ink, Ink.QUOTED))


def _in_body(text: str, span: Span) -> Span:
    """Where a span of the text as it came stands in what is shown of it."""
    blanks = len(text) - len(text.lstrip())
    begin, end = (len(safe_body(text[blanks:place])) if place > blanks else 0 for place in span)
    return begin, end
