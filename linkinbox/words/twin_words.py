"""Who wrote nearly the same, in words."""

from __future__ import annotations

from linkinbox.model import Row, State
from linkinbox.text import SafeText, safe_name, safe_text
from linkinbox.twins import TwinGroup
from linkinbox.words.key_words import key_of

STATE_WORDS = {
    State.NEW: "new", State.TO_ACCEPT: "to accept", State.TO_REPLY: "to reply", State.JUNK: "junk",
    State.DONE: "done", State.HELD: "held", State.FILED: "filed", State.SENT: "sent",
}  # fmt: skip


def twins_title(name: str, group: TwinGroup) -> SafeText:
    """Say how many others wrote nearly the same as somebody."""
    others = len(group.people) - 1
    return SafeText(f"{safe_name(name)} and {others:,} other{'s' if others > 1 else ''} wrote nearly the same")


def new_words(group: TwinGroup) -> SafeText:
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
    return SafeText(words + (f"; {rest:,} {'are' if rest > 1 else 'is'} decided or filed otherwise" if rest else ""))


def differs_words(group: TwinGroup, between: str) -> SafeText:
    """Say in which words they differ, each of them apart by ``between``."""
    if not group.differs:
        return SafeText("word for word the same, but for names")
    return safe_text("differs: " + between.join(f"“{words}”" for words in group.differs))


def twins_status(group: TwinGroup, marked: int = 0) -> SafeText:
    """Say how many a decision is for, and the keys."""
    keys = {id_: key_of(id_) for id_ in ("junk", "accept", "done", "hold", "back")}
    new = len(group.ids_in(State.NEW))
    if new:
        them = "them" if new > 1 else "it"
        also = f", and {marked:,} marked" if marked else ""
        words = f"{new:,} of {group.size:,} new{also} — {{junk}} junks {them}, {{accept}} {{done}} {{hold}} too"
    else:
        words = f"None of {group.size:,} is new"
    return safe_text(f"{words} — {{back}} leaves all as it was".format_map(keys))


def no_twins(row: Row) -> SafeText:
    """Say that there are none; of a text that is too short nothing is known."""
    from linkinbox.store.twin_groups import is_too_short

    name = safe_name(row.person.name)
    if is_too_short(row):
        return safe_text(f"Too few words of {name} to tell who else wrote them")
    return safe_text(f"Nobody else wrote nearly the same as {name}")
