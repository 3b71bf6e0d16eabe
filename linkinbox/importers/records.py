"""What a reader yields: one record per row of a file, text as it came, provenance kept.

A reader never decides what a row means for the inbox; the store's ingest does.
"""

from __future__ import annotations

from typing import NamedTuple

# Named tuples, not dataclasses: an import makes 700,000 of them, and they cost a third.
# Times are text, ``YYYY-MM-DDTHH:MM:SSZ`` (UTC): the store's own form, made without a datetime on that
# hot path. Days are ``YYYY-MM-DD``.


class RowError(ValueError):
    """A row that cannot be understood, and why, in words for people."""


class Who(NamedTuple):
    """A person as one row names them.

    ``key`` is strong (``in:slug``, ``acoa:ID``, ``member:N``) or weak (``weak:<digest>``): see
    ``importers.identity``. ``url`` is the profile to open, or None.
    """

    key: str
    name: str
    url: str | None = None


class InvitationRow(NamedTuple):
    """A row of Invitations.csv."""

    line: int
    who: Who  # the other side: the inviter of an incoming one, the invitee of an outgoing one
    incoming: bool
    at: str
    note: str


class MessageRow(NamedTuple):
    """A row of messages.csv."""

    line: int
    thread: str  # the conversation's id, or a stand-in where the file has none (2018)
    title: str
    sender: Who  # the owner for an outgoing one
    others: tuple[Who, ...]  # recipients that are not the owner
    incoming: bool
    sponsored: bool  # marks of a campaign are on this row: the whole conversation is one
    draft: bool
    at: str
    subject: str
    text: str  # HTML of a campaign already turned into text; ordinary text untouched
    attachments: int


class ConnectionRow(NamedTuple):
    """A row of Connections.csv."""

    line: int
    who: Who
    email: str
    company: str
    position: str
    connected_on: str


class OwnerRow(NamedTuple):
    """A fact about the owner: a row of Profile, Positions or Email Addresses."""

    line: int
    fact: str  # "profile", "position" or "email"
    values: dict[str, str]  # the row's columns that are kept


class VouchRow(NamedTuple):
    """A row of Endorsement_Received_Info or Recommendations_Received: somebody vouches for the owner."""

    line: int
    key: str  # "" where only the name is told
    name: str
    kind: str  # "endorsement" or "recommendation"
    skill: str  # "" of a recommendation


Record = InvitationRow | MessageRow | ConnectionRow | OwnerRow | VouchRow


class Ignored(NamedTuple):
    """A row that is read and rightly not an item; ``reason`` is a short stable phrase."""

    line: int
    reason: str  # "date-only connection", "empty row", "no sender" …


class Quarantined(NamedTuple):
    """A row that could not be understood: kept with its reason, counted, listed, never dropped."""

    line: int
    reason: str
    raw: str


class Passage(NamedTuple):
    """The end of some rows; ``unread`` says how many they are if they were read before and not handed out now."""

    digest: bytes
    unread: int = 0


Read = Record | Ignored | Quarantined | Passage


class Owner(NamedTuple):
    """The member whose export it is; ``key`` is None when only a name is known."""

    name: str
    key: str | None
    keys: frozenset[str] = frozenset()  # every key met for the owner, `key` among them


class OtherFile(NamedTuple):
    """A file of the source that is not read, and why."""

    name: str
    why: str  # "not needed", "unknown" or "not read: …"
