"""Whose export it is: no file says so, it has to be inferred (formats.md §1.7).

An address beats a name: people rename themselves, and old messages keep the old name. What cannot be told is not
guessed: a wrong owner turns every message round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from itertools import islice

from linkinbox.importers.identity import clean_name, profile_key
from linkinbox.importers.invitations import address_columns
from linkinbox.importers.presence import COLUMNS, Found, Presence, most_of
from linkinbox.importers.records import Owner
from linkinbox.importers.tables import Table
from linkinbox.names import wholly_different

_ENOUGH_INVITATIONS = 500
_ENOUGH_MESSAGES = 20_000

OpenTable = Callable[[str], Table | None]
"""A subject → its table, or None when the source has no such file."""


def infer_owner(open_table: OpenTable, known: Owner | None = None) -> tuple[Owner | None, str]:
    """The owner as far as the beginnings of the files tell, and a sentence where they leave it open.

    Args:
        open_table: gives the tables to look into.
        known: the owner as earlier imports told, for what this export leaves open.
    """
    profile = _profile_name(open_table("profile"))
    invited_key, invited_name = _from_invitations(open_table("invitations"))
    name = profile or invited_name or (known.name if known else "")
    found = Found(invited_key, invited_name)
    if not invited_key or invited_key.startswith("member:"):  # messages never name a person by urn
        # Another member's export may be full of the known owner, who wrote with them: the name says so.
        same = known if known and not wholly_different(name, known.name) else None
        found = _from_messages(open_table("messages"), name, same.keys if same else frozenset())
    keys = list(dict.fromkeys(key for key in (found.key, invited_key) if key))
    name = profile or invited_name or _name_found(found, known)
    if found.doubt:
        return _owner(name, keys, None), f"It cannot be told whose export this is: {found.doubt}; import the whole zip"
    return _owner(name, keys, known), ""


def _owner(name: str, keys: list[str], known: Owner | None) -> Owner | None:
    """With what is known of the same member before: addresses change, and older files keep the old ones."""
    if known and (known.keys.intersection(keys) or not wholly_different(name, known.name)):
        first = [known.key] if known.key and known.keys.issuperset(keys[:1]) else []
        keys = [*first, *keys, *known.keys]
    return Owner(name, keys[0] if keys else None, frozenset(keys)) if name or keys else None


def _name_found(found: Found, known: Owner | None) -> str:
    if known and (found.key is None or found.key in known.keys):
        return known.name
    return found.name


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
    return most_of(keys) or None, most_of(names)


def _from_messages(table: Table | None, name: str, known: frozenset[str]) -> Found:
    if not table:
        return Found(None, name)
    with closing(table):
        if "CONVERSATION ID" not in table.columns:
            rows = islice(table.cells("From", "To", "Direction"), _ENOUGH_MESSAGES)
            return Found(None, most_of(Counter(clean_name(to if way == "INCOMING" else by) for by, to, way in rows)))
        rows = islice(table.cells(*COLUMNS), _ENOUGH_MESSAGES)
        presence = Presence(rows, name, known)
    return presence.owner()
