"""What is being done to many items, and what it is asked about as."""

from __future__ import annotations

from linkinbox.decisions import Accept, Decision, Done, Gold, Hold, Junk, Note, Tag
from linkinbox.model import Verb

VERBS: dict[type[Decision], Verb] = {
    Accept: Verb.ACCEPT, Junk: Verb.JUNK, Done: Verb.DONE, Hold: Verb.HOLD, Note: Verb.NOTE, Gold: Verb.GOLD,
    Tag: Verb.TAG,
}  # fmt: skip
_NOW = {
    Verb.ACCEPT: "Accepting", Verb.JUNK: "Junking", Verb.DONE: "Filing as done", Verb.HOLD: "Holding",
    Verb.NOTE: "Noting on", Verb.GOLD: "Marking as gold", Verb.UNDO: "Taking back", Verb.REDO: "Doing again",
    Verb.TAG: "Tagging",
}  # fmt: skip


def doing(decision: Decision) -> str:
    """What a decision is asked about as: ``Junk`` 240 items?"""
    return {Verb.DONE: "File as done", Verb.NOTE: "Note on", Verb.GOLD: "Mark as gold"}.get(
        verb := VERBS[type(decision)], verb.value.capitalize()
    )


def doing_now(verb: Verb) -> str:
    """What is being done: ``Junking`` 24,000."""
    return _NOW[verb]
