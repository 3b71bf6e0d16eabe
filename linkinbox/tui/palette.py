"""What the palette offers, and in which order: found by name, by what it does, and by key. Pure: no screen in here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from linkinbox.actions import Action, Group
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.fuzzy import fit
from linkinbox.words.key_words import keys_of

_NOT_OFFERED = frozenset({"palette", "split"})  # one is in it; which split?
_BY_HELP = 0.3  # of what a name is worth: the words of a sentence are many


class Command(NamedTuple):
    """One thing the palette does.

    Args:
        id: stable, by which it is remembered as used lately.
        name: what it is called.
        do: does it.
        keys: its keys as people write them; "" when it has none.
        help: one sentence.
        why_not: why it cannot be done now; "" when it can.
    """

    id: str
    name: SafeText
    do: Callable[[], object]
    keys: str = ""
    help: str = ""
    why_not: str = ""


def commands_of(
    actions: Iterable[Action], act: Callable[[Action], object], why_not: Callable[[Action], str]
) -> list[Command]:
    """The actions of a screen; moves last, since nobody asks for j."""
    return [
        Command(action.id, _name(action), partial(act, action), keys_of(action.id), action.help, why_not(action))
        for action in sorted(actions, key=lambda action: action.group is Group.MOVE)
        if action.id not in _NOT_OFFERED
    ]


def switch(id_: str, name: str, do: Callable[[], object], *, on: bool) -> Command:
    """A setting that is on or off, named by what choosing it does."""
    return Command(f"set-{id_}", safe_text(f"{name}: {'off' if on else 'on'}"), do, help="Until you leave.")


def matching(commands: Sequence[Command], typed: str, recent: Sequence[str]) -> list[Command]:
    """The commands that fit what was typed, the best first; of those that fit as well, the latest used."""
    used = {id_: place for place, id_ in enumerate(recent)}
    ranked = [(_rank(command, typed.strip()), command) for command in commands]
    found = [(rank, command) for rank, command in ranked if rank > 0]
    found.sort(key=lambda one: (-one[0], used.get(one[1].id, len(used))))
    return [command for _, command in found]


def _rank(command: Command, typed: str) -> float:
    if typed and typed in command.keys.split(" "):
        return 2.0
    told = command.help.casefold().split()
    by_help = all(any(word.startswith(part) for word in told) for part in typed.casefold().split())
    return max(round(fit(typed, command.name), 1), _BY_HELP if by_help else 0)


def _name(action: Action) -> SafeText:
    return SafeText(f"Go to: {action.title}" if action.view else action.title)
