"""How many are marked, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linkinbox.marked import Marked, Targets
from linkinbox.text import SafeText, safe_text
from linkinbox.words.key_words import key_of

if TYPE_CHECKING:
    from linkinbox.store.pages import Ids

NOTHING_TO_REPEAT = SafeText("Nothing was decided so far in this run: nothing to repeat")


def marked_words(marked: Marked, meant: Sequence[int], shown: Ids) -> SafeText:
    """Say how many are marked, with those that are meant for now, and how many stand elsewhere; "": there are none."""
    if not (count := marked.count(meant)):
        return SafeText("")
    elsewhere = len(marked) - marked.count_in(shown)
    words = [f"{count:,} marked"]
    words += [f"{elsewhere:,} elsewhere"] if elsewhere else []
    words += [f"{len(marked.decided):,} decided meanwhile"] if marked.decided else []
    return safe_text(", ".join(words))


def range_words(count: int, span: int) -> str:
    """Say how many a range holds, and how many more are marked, of ``count`` in all."""
    return f"Range of {span:,}" + (f", {count - span:,} more marked" if count > span else "")


def marks_status(count: int, span: int = 0) -> SafeText:
    """Say what the next keys do with what is marked, and with a range of ``span`` items among them."""
    if span:
        ways = f"moves extend it, {key_of('range')} marks it, {key_of('back')} leaves it"
        return safe_text(f"{range_words(count, span)} — {ways}")
    if not count:
        return SafeText("Nothing is marked")
    keys = " ".join(key_of(id_) for id_ in ("accept", "junk", "done", "hold"))
    return safe_text(f"{count:,} marked — {keys} decide on {'them' if count > 1 else 'it'}, {key_of('back')} unmarks")


def for_many(label: str, targets: Targets) -> str:
    """The label of a question, with how many items it is about if that is more than one."""
    return label.format(f" {len(targets.ids):,}" if len(targets.ids) > 1 else "")
