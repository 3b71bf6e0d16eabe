"""Who wrote nearly the same, laid out as lines: the text, the words that differ, and a line for each."""

from __future__ import annotations

from collections.abc import Iterator

from linkinbox.model import Item, State
from linkinbox.text import SafeText, safe_name, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.card_lines import MEASURE, Laid
from linkinbox.tui.widgets.painting import EMPTY, Ink, Line, cut, fit, inked
from linkinbox.tui.widgets.quoting import body_lines
from linkinbox.twins import Twin, TwinGroup
from linkinbox.words.twin_words import STATE_WORDS, differs_words, new_words, twins_title

NAMED = 500  # more than anybody reads
_NAME = 24  # cells
_STATE = max(map(len, STATE_WORDS.values()))


def lay_out_twins(item: Item, group: TwinGroup, width: int) -> Laid:
    """Return the card of a group in lines of at most ``width`` cells, under the name of the item it was asked of."""
    measure = min(MEASURE, width)
    title = twins_title(item.row.person.name, group)
    lines: list[Line] = [((cut(title, width), Ink.STRONG),)]
    lines += [((cut(new_words(group), width), Ink.MUTED),), EMPTY, EMPTY]
    lines += body_lines(group.sample, [*_spans(group)], measure, Ink.TEXT)
    lines += [EMPTY, *inked(differs_words(group, f" {marks().dot} "), measure, Ink.MUTED), EMPTY]
    lines += [_line(twin, measure) for twin in group.twins[:NAMED]]
    if (more := group.size - NAMED) > 0:
        lines.append(((SafeText(f"and {more:,} more"), Ink.MUTED),))
    return Laid(tuple(lines), 0)


def _spans(group: TwinGroup) -> Iterator[tuple[int, int]]:
    """Where the words that differ stand in the text."""
    at = 0
    for words in group.differs:
        begin = group.sample.find(words.removesuffix("…"), at)
        if begin >= 0:
            at = begin + len(words.removesuffix("…"))
            yield begin, at


def _line(twin: Twin, measure: int) -> Line:
    new = twin.state is State.NEW
    name = (SafeText(fit(safe_name(twin.name), _NAME) + "  "), Ink.STRONG if new else Ink.MUTED)
    state = (SafeText(fit(SafeText(STATE_WORDS[twin.state]), _STATE) + "  "), Ink.MUTED)
    differs = safe_text(f" {marks().dot} ".join(twin.differs))
    return name, state, (cut(differs, measure - _NAME - _STATE - 4), Ink.MUTED)
