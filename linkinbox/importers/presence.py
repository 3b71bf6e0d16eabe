"""Who takes part in which conversations of messages.csv: its owner takes part in all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from linkinbox.importers.identity import clean_name, profile_key
from linkinbox.importers.messages import recipients
from linkinbox.names import wholly_different

COLUMNS = ("CONVERSATION ID", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS")
_TELLING = 50  # conversations: more say nothing new where one member is in nearly all and nobody else in half
_NAMED = 3  # of those whom nothing tells apart


class Found(NamedTuple):
    """Who owns the messages: the key and the name as far as they tell, or why they do not."""

    key: str | None
    name: str
    doubt: str = ""


class Presence:
    """Counts members by conversation, reading no further than it takes.

    Args:
        rows: the cells of COLUMNS.
        name: the owner's as far as other files tell it, or "".
        known: the owner's keys as earlier imports told them.
    """

    def __init__(self, rows: Iterable[tuple[str, ...]], name: str, known: frozenset[str]) -> None:
        self._name = name
        self._known = known
        self._conversations = 0
        self._present: Counter[str] = Counter()  # conversations by key
        self._addressed: Counter[str] = Counter()  # conversations by TO as it stands
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        self._received = False  # since 2023 recipients have addresses
        next_look = _TELLING  # seldom, since a look goes through all members
        for _, conversation in groupby(rows, key=itemgetter(0)):
            self._add(conversation)
            if self._conversations == next_look:
                if self._is_decided():
                    return
                next_look *= 2

    def owner(self) -> Found:
        """The one who takes part in most conversations; of equals the known one, then the one of the owner's name."""
        return self._by_address() if self._received else self._by_name()

    def _add(self, conversation: Iterable[tuple[str, ...]]) -> None:
        self._conversations += 1
        keys, names = set(), set()
        for _, sender, sender_url, to, to_urls in conversation:
            names.add(clean_name(to))
            if key := profile_key(sender_url):
                keys.add(key)
                self._called[key].add(clean_name(sender))
            for name, url in recipients(to, to_urls):
                if key := profile_key(url):
                    self._received = True
                    keys.add(key)
                    self._called[key].add(clean_name(name))
        self._present.update(keys)
        self._addressed.update(names)

    def _is_decided(self) -> bool:
        if not self._received:
            return bool(self._name) and any(self._name in names for names in self._called.values())
        (_, most), (_, next_most) = [*self._present.most_common(2), ("", 0)][:2]
        return most * 10 >= self._conversations * 9 and next_most * 2 <= most

    def _by_address(self) -> Found:
        most = max(self._present.values())
        leaders = [key for key, count in self._present.items() if count == most]
        if len(leaders) == 1 and most * 2 > self._conversations:
            return self._found(leaders[0])
        if known := next((key for key in (*leaders, *self._present) if key in self._known), None):
            return self._found(known)
        if key := self._only_one_called(self._name, leaders):
            return self._found(key)
        if len(leaders) == 1:
            return Found(None, self._name, "nobody takes part in most of its conversations")
        names = sorted(filter(None, (self._one_name(key) for key in leaders)))
        several = ", ".join(names[:_NAMED]) + (" and others" if len(names) > _NAMED else "")
        return Found(None, self._name, f"{several or 'several members'} take part in equally many conversations")

    def _by_name(self) -> Found:
        """Before recipients had addresses: the sender who is called what most messages are addressed to."""
        if known := next((key for key in self._called if key in self._known), None):
            return self._found(known)
        name = self._name or most_of(self._addressed)
        if key := self._only_one_called(name, self._called):
            return Found(key, name)
        if any(_can_be(name, to) for to in self._addressed):
            return Found(None, name)
        return Found(None, self._name, "no sender and no recipient has the name of its owner")

    def _found(self, key: str) -> Found:
        return Found(key, self._one_name(key))

    def _one_name(self, key: str) -> str:
        return max(self._called[key], default="")

    def _only_one_called(self, name: str, keys: Iterable[str]) -> str | None:
        """Of these the only one of this name, to the letter; else the only one of a name that can be the same."""
        candidates = list(keys)
        for fits in (str.__eq__, _can_be):
            fitting = [key for key in candidates if any(fits(name, called) for called in self._called[key])]
            if len(fitting) == 1:
                return fitting[0]
        return None


def _can_be(one: str, other: str) -> bool:
    """Two names may be one member's: credentials come and go, and so do maiden names."""
    return bool(one and other) and not wholly_different(one, other)


def most_of(counted: Counter[str]) -> str:
    """What was counted in more than half of all cases, or ""."""
    best, times = next(iter(counted.most_common(1)), ("", 0))
    return best if times * 2 > counted.total() else ""
