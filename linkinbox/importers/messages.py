"""messages.csv: every conversation, newest row first, in eight headers since 2018.

There is no message id and no direction (but in 2018): a message is the owner's when its sender's address is
one of the owner's. Recipients come from their addresses; splitting TO would tear "Jane Doe, Ph.D." in two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from linkinbox.importers.dates import message_time, us_time
from linkinbox.importers.identity import clean_name, known_person, weak_key
from linkinbox.importers.records import Ignored, MessageRow, Owner, RowError, Who
from linkinbox.importers.rows import Cells, Row
from linkinbox.importers.sponsored import is_spinmail, is_sponsored, spinmail_text
from linkinbox.importers.tables import Anew, Build, Columns

HEADERS = (
    ("CONVERSATION ID", "FROM", "TO", "DATE", "CONTENT"),
    ("From", "To", "Date", "Content", "Direction"),
)
_URL_BEGINS = re.compile(r",\s*(?=https?://|www\.)")


def recipients(to: str, urls: str) -> list[tuple[str, str]]:
    """Name and address of each recipient that has an address; the name is "" where it cannot be told.

    Addresses are split where one begins. TO is split only where as many parts as addresses come out: that
    proves that no name in it holds a comma.
    """
    if not urls:
        return []
    addresses = _URL_BEGINS.split(urls)
    if len(addresses) == 1:
        return [(to, urls)]
    names = to.split(",")
    if len(names) != len(addresses):
        names = [""] * len(addresses)
    return list(zip(names, addresses, strict=True))


def told_apart_by_others(columns: Columns) -> Anew:
    """Whether it depends on other rows which message a row is: one without text, or of a conversation of several."""
    text, to, urls = map(columns.place, ("CONTENT", "TO", "RECIPIENT PROFILE URLS"))

    def anew(row: Row) -> bool:
        cells = row[2]
        if isinstance(cells, str) or len(cells) < columns.width:
            return False
        return not cells[text].strip() or "," in cells[to] or "," in cells[urls]

    return anew


def build(columns: Columns, owner: Owner) -> Build:
    """A function that makes a MessageRow of a row under this header."""
    return _with_threads(columns, owner) if "CONVERSATION ID" in columns else _of_2018(columns, owner)


def _with_threads(columns: Columns, owner: Owner) -> Build:
    pick = columns.pick(
        "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
        "SUBJECT", "CONTENT", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT",
    )  # fmt: skip
    parties = _People(owner).parties

    def message(line: int, cells: Cells) -> MessageRow | Ignored:
        thread, title, name, url, to, to_urls, date, subject, text, files, draft_1, draft_2 = pick(cells)
        if not (name or url or to or to_urls):
            return Ignored(line, "no sender and no recipient")
        draft = draft_1 == "Yes" or draft_2 == "Yes"
        if not (thread or draft):
            raise RowError("no conversation id")
        sponsored = is_spinmail(text)
        if sponsored:
            text = spinmail_text(text)
        elif title:
            sponsored = is_sponsored(title, name, url)
        sender, others, incoming = parties(thread, name, url, to, to_urls)
        return MessageRow(
            line,
            thread,
            title,
            sender,
            others,
            incoming and not draft,
            sponsored,
            draft,
            message_time(date) if date or not draft else "",
            subject,
            text,
            files.count("://") if files else 0,
        )

    return message


def _of_2018(columns: Columns, owner: Owner) -> Build:
    """The header of 2018: a direction, but no address and no conversation, and HTML entities in the text."""
    pick = columns.pick("From", "To", "Date", "Subject", "Content", "Direction")
    mine = Who(owner.key or weak_key(owner.name, "owner"), owner.name)

    def message(line: int, cells: Cells) -> MessageRow | Ignored:
        sender, to, date, subject, text, direction = pick(cells)
        if not (sender or to):
            return Ignored(line, "no sender and no recipient")
        incoming = direction == "INCOMING"
        if not incoming and direction != "OUTGOING":
            raise RowError(f"Direction is {direction[:40]!r}, neither INCOMING nor OUTGOING")
        name, subject = clean_name(sender if incoming else to), unescape(subject)
        thread = "2018-" + weak_key(name, subject).removeprefix("weak:")
        other = Who(weak_key(name, thread), name)
        sponsored = is_spinmail(text)
        text = spinmail_text(text) if sponsored else unescape(text)
        return MessageRow(
            line,
            thread,
            title="",
            sender=other if incoming else mine,
            others=() if incoming else (other,),
            incoming=incoming,
            sponsored=sponsored,
            draft=False,
            at=us_time(date),
            subject=subject,
            text=text,
            attachments=0,
        )

    return message


class _People:
    """Tells from a row's names and addresses who wrote to whom, seen from the owner."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._me = Who(owner.key or weak_key(owner.name, "owner"), owner.name)
        # Summer 2023 names the owner by a urn in Invitations and by an address here.
        self._by_key = any(key.startswith(("in:", "acoa:")) for key in owner.keys)
        self._addressed = lru_cache(maxsize=1024)(self._others)  # rows of one conversation stand together

    def parties(self, thread: str, name: str, url: str, to: str, to_urls: str) -> tuple[Who, tuple[Who, ...], bool]:
        """The sender, the recipients that are not the owner, and whether the message comes in."""
        who = known_person(name, url) if url else None
        if who and self._by_key:
            incoming = who.key not in self._owner.keys
        else:
            # Without an address only the owner's very name is theirs: what is wrongly incoming can be decided on,
            # what is wrongly outgoing would never be seen.
            name = clean_name(name)
            incoming = not name or name != self._owner.name
            who = who or (Who(weak_key(name, thread), name) if incoming else self._me)
        if to_urls:
            return who, self._addressed(to, to_urls), incoming
        if incoming or not to:
            return who, (), incoming
        # Before 2023 there are names only, and TO counts as one.
        return who, (Who(weak_key(to, thread), clean_name(to)),), incoming

    def _others(self, to: str, urls: str) -> tuple[Who, ...]:
        found = (known_person(*recipient) for recipient in recipients(to, urls))
        return tuple(who for who in found if who and who.key not in self._owner.keys)
