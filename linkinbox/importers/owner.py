"""Whose export it is: no file says so, it has to be inferred (formats.md §1.7).

An address beats a name: people rename themselves, and old messages keep the old name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import groupby, islice
from operator import itemgetter

from linkinbox.importers.identity import clean_name, profile_key
from linkinbox.importers.invitations import address_columns
from linkinbox.importers.messages import recipients
from linkinbox.importers.records import Owner
from linkinbox.importers.tables import Table

_ENOUGH_INVITATIONS = 2_000
_ENOUGH_MESSAGES = 20_000

OpenTable = Callable[[str], Table | None]
"""A subject → its table, or None when the source has no such file."""


def infer_owner(open_table: OpenTable, known: Owner | None = None) -> Owner | None:
    """The owner as far as the beginnings of the files tell; None when nothing does.

    Args:
        open_table: gives the tables to look into.
        known: the owner as earlier imports told, for what a lone file leaves open.
    """
    name = _profile_name(open_table("profile"))
    invited_key, invited_name = _from_invitations(open_table("invitations"))
    name = name or invited_name or (known.name if known else "")
    keys = [invited_key] if invited_key else []
    if not invited_key or invited_key.startswith("member:"):  # messages never name a person by urn
        key, message_name = _from_messages(open_table("messages"), name)
        name = name or message_name
        keys = [key, *keys] if key else keys
    if known and known.keys.issuperset(keys[:1]):
        keys = [*filter(None, [known.key]), *keys, *known.keys]
    return Owner(name, keys[0] if keys else None, frozenset(keys)) if name or keys else None


def _profile_name(table: Table | None) -> str:
    if not table:
        return ""
    with closing(table):
        first, last = next(table.cells("First Name", "Last Name"), ("", ""))
    return clean_name(f"{first} {last}")


def _from_invitations(table: Table | None) -> tuple[str | None, str]:
    """The one who sent the outgoing and received the incoming ones."""
    if not table:
        return None, ""
    keys: Counter[str] = Counter()
    names: Counter[str] = Counter()
    with closing(table):
        wanted = ("From", "To", "Direction", *address_columns(table.columns))
        for sender, recipient, direction, inviter, invitee in islice(table.cells(*wanted), _ENOUGH_INVITATIONS):
            name, url = (sender, inviter) if direction == "OUTGOING" else (recipient, invitee)
            names[clean_name(name)] += 1
            if key := profile_key(url):
                keys[key] += 1
    return _most(keys) or None, _most(names)


def _from_messages(table: Table | None, name: str) -> tuple[str | None, str]:
    if not table:
        return None, name
    with closing(table):
        if "CONVERSATION ID" not in table.columns:
            rows = islice(table.cells("From", "To", "Direction"), _ENOUGH_MESSAGES)
            return None, _most(Counter(clean_name(to if way == "INCOMING" else by) for by, to, way in rows))
        wanted = ("CONVERSATION ID", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS")
        presence = _Presence(islice(table.cells(*wanted), _ENOUGH_MESSAGES))
    return presence.by_address(name) if presence.received else presence.by_name(name)


class _Presence:
    """Who takes part in how many conversations."""

    def __init__(self, rows: Iterable[tuple[str, ...]]) -> None:
        self.conversations = 0
        self.present: Counter[str] = Counter()  # conversations by key
        self.received: Counter[str] = Counter()  # messages by key of a recipient
        self.addressed: Counter[str] = Counter()  # conversations by TO as it stands
        self.called: dict[str, str] = {}
        for _, conversation in groupby(rows, key=itemgetter(0)):
            self.conversations += 1
            self._add(conversation)

    def by_address(self, name: str) -> tuple[str | None, str]:
        """The key in most conversations; of equals the one with the owner's name, then the one written to."""
        most = max(self.present.values())
        leaders = [key for key, count in self.present.items() if count == most]
        if len(leaders) > 1:
            leaders = [key for key in leaders if self.called.get(key) == name] or leaders
        key = max(leaders, key=self.received.__getitem__)
        if most * 2 <= self.conversations and self.called.get(key) != name:
            return None, name
        return key, self.called.get(key, "")

    def by_name(self, name: str) -> tuple[str | None, str]:
        """Before recipients had addresses: the sender who is called what most messages are addressed to."""
        name = name or _most(self.addressed)
        return next((key for key, called in self.called.items() if called == name), None), name

    def _add(self, conversation: Iterable[tuple[str, ...]]) -> None:
        keys, names = set(), set()
        for _, sender, sender_url, to, to_urls in conversation:
            names.add(clean_name(to))
            if key := profile_key(sender_url):
                keys.add(key)
                self.called[key] = clean_name(sender)
            for name, url in recipients(to, to_urls):
                if key := profile_key(url):
                    keys.add(key)
                    self.received[key] += 1
                    if name:
                        self.called.setdefault(key, clean_name(name))
        self.present.update(keys)
        self.addressed.update(names)


def _most(counted: Counter[str]) -> str:
    """What was counted in more than half of all cases, or ""."""
    best, times = next(iter(counted.most_common(1)), ("", 0))
    return best if times * 2 > counted.total() else ""
