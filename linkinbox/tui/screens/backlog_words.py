"""What the steps through a backlog say. Counts of what was done, never of what is left to do."""

from __future__ import annotations

from collections import Counter
from typing import assert_never

from textual.content import Content

from linkinbox.backlog import Batch, Expired, Step, Swept, Twins
from linkinbox.model import State
from linkinbox.text import SafeText, excerpt, safe_text
from linkinbox.tui.marks import marks
from linkinbox.words.key_words import key_of

_SAMPLE = 300  # letters of a text that several sent
_BELIEVED = (
    "LinkedIn is believed to let them lapse in time, and says so nowhere: a look at the names may still be worth it."
)
_NAMED = {
    State.TO_ACCEPT: "to accept", State.TO_REPLY: "to reply", State.JUNK: "junk", State.DONE: "done",
    State.HELD: "held", State.NEW: "left as they are",
}  # fmt: skip


def title_of(step: Step) -> SafeText:
    """The title of a step."""
    match step:
        case Expired():
            return SafeText("Backlog: older than an invitation is believed to live")
        case Twins():
            return SafeText("Backlog: the same text from several")
        case Batch():
            return SafeText("Backlog: one by one")
        case Swept():
            return SafeText("Backlog: swept")
        case _:
            assert_never(step)


def step_text(step: Step, last: Counter[State]) -> Content:
    """What a step asks, behind what the last batch came to, if there was one."""
    match step:
        case Expired(ids, filed, since):
            came = f"{_count(len(ids), 'invitation', 'invitations')} came before {since.day} {since:%b %Y}."
            words = [_filed(filed), f"{came} {_BELIEVED}"]
        case Twins():
            return _twins(step)
        case Batch(ids, filed):
            words = [_filed(filed) if not last else "", _batch(last), _next(len(ids))]
        case Swept(left):
            words = [_batch(last), f"{left:,} were left as they are." if left else "Nothing new is left.", ""]
        case _:
            assert_never(step)
    return Content("\n\n".join(filter(None, words)))


def _filed(count: int) -> str:
    if not count:
        return ""
    return f"{_count(count, 'person', 'people')} you are connected with by now: filed, nothing is asked."


def _twins(step: Twins) -> Content:
    group, new = step.group, len(step.ids)
    people = len(group.people)
    before = group.size - new
    decided = f"; {before:,} of their texts decided or filed before" if before else ""
    parts: list[tuple[str, str] | str] = [
        f"{people:,} people sent nearly this{decided}:\n\n",
        (f"“{excerpt(group.sample, _SAMPLE)}”", "$muted"),
    ]
    if group.differs:
        words = f" {marks().dot} ".join(safe_text(words) for words in group.differs)
        parts += [("\n\nwords that differ: ", "$muted"), words]
    return Content.assemble(*parts)


def _batch(last: Counter[State]) -> str:
    told = [f"{last[state]:,} {words}" for state, words in _NAMED.items() if last[state]]
    return f"{_count(last.total(), 'item', 'items')}: {', '.join(told)}." if told else ""


def _next(count: int) -> str:
    which = "those with a note first, then the oldest"
    again = f"{key_of('backlog')} goes on with it, today or another day."
    return f"Next: {count:,}, {which}. Stop whenever you like: {again}"


def _count(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"
