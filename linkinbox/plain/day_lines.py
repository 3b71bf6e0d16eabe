"""The beginning, the end and the help of a plain sweep, told in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from linkinbox.actions import ACTIONS, BY_ID, Action, Group
from linkinbox.model import Row, State, View
from linkinbox.plain.sentences import pages, sentence
from linkinbox.plain.typed import labels
from linkinbox.text import safe_body, safe_name
from linkinbox.words.day_words import calm, data_age, title, waiting
from linkinbox.words.end_words import end_words, nudge_words, since_gold
from linkinbox.words.key_words import key_of
from linkinbox.words.said import key_of_view
from linkinbox.words.twin_words import STATE_WORDS, differs_words, new_words, twins_title

if TYPE_CHECKING:
    from linkinbox.model import Counts
    from linkinbox.sitting import Sitting
    from linkinbox.store.nudges import Nudge
    from linkinbox.store.today import Today
    from linkinbox.twins import TwinGroup

_NAMED = 10  # people, in a sentence
_HELP = {
    "enter": "The item again, from its beginning.",
    "search": "Search names, texts, notes and reasons: the words behind it, or on the next line.",
    "back": "Leave the twins, the range or the search, or unmark all.",
    "mark": "Mark or unmark, and go on; a decision is then for all that are marked. A line of one blank does it too.",
    "mark-all": "Mark all in view or found that wait, also those that were not told; once more: none.",
    "copy": "Tell the name and the link, in a line of their own.",
    "help": "These keys.",
    "tag": "Put tags on, or take them away: reefer -cold.",
}  # what is otherwise than on the screen


def today_lines(today: Today, now: datetime) -> Iterator[str]:
    """Tell what waits today, and how old the data are."""
    yield sentence(title(now))
    for one in waiting(today, now):
        yield sentence(f"{one.number:,} {one.what}{f': {one.about}' if one.about else ''}")
    if words := calm(today):
        yield words
    if today.counts.as_of:
        yield sentence(data_age(today.counts.as_of, now)[0])


def end_lines(sitting: Sitting, nudges: Sequence[Nudge]) -> Iterator[str]:
    """Tell what the sweep came to, who fell silent, and what is left to be carried out."""
    yield "The end of this sweep."
    yield end_words(*sitting.swept())
    yield since_gold(sitting.path)
    for number, nudge in enumerate(nudges, 1):
        judged = sitting.judge([nudge.row.id])[nudge.row.id]
        yield f"{number}: {nudge_words(nudge, judged, sitting.now())}"
    if nudges:
        yield "The number of a person opens their card."
    yield from _to_carry_out(sitting.counts)


def _to_carry_out(counts: Counts) -> Iterator[str]:
    if number := counts[View.TO_ACCEPT]:
        key = key_of_view(View.TO_ACCEPT)
        yield f"{number:,} to carry out: accepted here, still to be done on LinkedIn; {key} lists them."


def twin_lines(row: Row, group: TwinGroup) -> Iterator[str]:
    """Tell who wrote nearly the same, what, and how many a decision is for."""
    yield sentence(twins_title(row.person.name, group))
    yield sentence(new_words(group))
    sample = [" ".join(line.split()) for line in safe_body(group.sample).split("\n") if line.strip()]
    yield from next(iter(pages(sample)), [])
    yield sentence(differs_words(group, ", "))
    named = "; ".join(f"{safe_name(twin.name)}, {STATE_WORDS[twin.state]}" for twin in group.twins[:_NAMED])
    more = f"; and {group.size - _NAMED:,} more" if group.size > _NAMED else ""
    yield sentence(f"they are: {named}{more}")
    if group.ids_in(State.NEW):
        keys = " ".join(key_of(id_) for id_ in ("junk", "accept", "done", "hold"))
        yield f"{keys} now decide on all of them that are new; {key_of('back')} leaves all as it was."
    else:
        yield "None of them is new: nothing to decide."


def passed_line(rows: Sequence[Row]) -> str:
    """Say that items were decided elsewhere, and are left out here."""
    names = ", ".join(safe_name(row.person.name) for row in rows[:_NAMED])
    more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
    return sentence(f"decided elsewhere meanwhile, and left out: {names}{more}")


def keys_line(ids: Iterable[str], names: dict[str, str]) -> str:
    """Name keys and what they do, in one line."""
    return ", ".join(_key_and_name(labels(BY_ID[id_])[0], names.get(id_, id_)) for id_ in ids)


def _key_and_name(key: str, name: str) -> str:
    return key if key == name else f"{key} {name}"


def help_lines(offered: Sequence[Action]) -> Iterator[str]:
    """Tell every key that there is here, in its groups."""
    for group in Group:
        actions = [action for action in ACTIONS if action in offered and action.group is group]
        if actions:
            yield f"{group.value}:"
        for action in actions:
            yield f"{' or '.join(filter(str.isascii, labels(action)))}: {_HELP.get(action.id, action.help)}"
    yield "A name does what its key does: junk, undo. A number before a key repeats it: 3x."
    yield "Enter alone reads on in a long text, and leaves a question; it never decides. ctrl+c leaves a question too."
