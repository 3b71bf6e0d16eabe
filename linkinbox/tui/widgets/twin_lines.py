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

NAMED = 500  # more than anybody reads
_NAME = 24  # cells
_WORD = {
    State.NEW: "new", State.TO_ACCEPT: "to accept", State.TO_REPLY: "to reply", State.JUNK: "junk",
    State.DONE: "done", State.HELD: "held", State.FILED: "filed", State.SENT: "sent",
}  # fmt: skip
_STATE = max(map(len, _WORD.values()))


def lay_out_twins(item: Item, group: TwinGroup, width: int) -> Laid:
    """Return the card of a group in lines of at most ``width`` cells, under the name of the item it was asked of."""
    measure = min(MEASURE, width)
    others = len(group.people) - 1
    title = f"{safe_name(item.row.person.name)} and {others:,} other{'s' if others > 1 else ''} wrote nearly the same"
    lines: list[Line] = [((cut(SafeText(title), width), Ink.STRONG),)]
    lines += [((cut(SafeText(_new_words(group)), width), Ink.MUTED),), EMPTY, EMPTY]
    lines += body_lines(group.sample, [*_spans(group)], measure, Ink.TEXT)
    lines += [EMPTY, *inked(_differs(group), measure, Ink.MUTED), EMPTY]
    lines += [_line(twin, measure) for twin in group.twins[:NAMED]]
    if (more := group.size - NAMED) > 0:
        lines.append(((SafeText(f"and {more:,} more"), Ink.MUTED),))
    return Laid(tuple(lines), 0)


def _new_words(group: TwinGroup) -> str:
    """Say how many a decision would be for, and that the others are left alone: ``9 of 12 are new; 3 you junked``."""
    new, junked = len(group.ids_in(State.NEW)), len(group.ids_in(State.JUNK))
    rest = group.size - new - junked
    if not new:
        words = f"none of {group.size:,} is new"
    elif new == group.size:
        words = f"all {group.size:,} are new"
    else:
        words = f"{new:,} of {group.size:,} {'are' if new > 1 else 'is'} new"
    words += f"; {junked:,} you junked before" if junked else ""
    return words + (f"; {rest:,} {'are' if rest > 1 else 'is'} decided or filed otherwise" if rest else "")


def _spans(group: TwinGroup) -> Iterator[tuple[int, int]]:
    """Where the words that differ stand in the text."""
    at = 0
    for words in group.differs:
        begin = group.sample.find(words.removesuffix("…"), at)
        if begin >= 0:
            at = begin + len(words.removesuffix("…"))
            yield begin, at


def _differs(group: TwinGroup) -> SafeText:
    if not group.differs:
        return SafeText("word for word the same, but for names")
    return safe_text("differs: " + f" {marks().dot} ".join(f"“{words}”" for words in group.differs))


def _line(twin: Twin, measure: int) -> Line:
    new = twin.state is State.NEW
    name = (SafeText(fit(safe_name(twin.name), _NAME) + "  "), Ink.STRONG if new else Ink.MUTED)
    state = (SafeText(fit(SafeText(_WORD[twin.state]), _STATE) + "  "), Ink.MUTED)
    differs = safe_text(f" {marks().dot} ".join(twin.differs))
    return name, state, (cut(differs, measure - _NAME - _STATE - 4), Ink.MUTED)
