"""The checked link of an item, and opening it in the browser."""

from __future__ import annotations

from linkinbox import links
from linkinbox.inbox import Inbox
from linkinbox.model import Kind, Row
from linkinbox.text import SafeText, safe_name, safe_text


def link_of(inbox: Inbox, row: Row) -> str | None:
    """The thread of a conversation, or the person's profile; None: the export tells no link that can be opened."""
    item = inbox.item(row.id, messages=0)
    return links.openable((row.kind is Kind.CONVERSATION and item.url) or row.person.url or "")


def no_link(row: Row) -> SafeText:
    """Say that there is none."""
    return safe_text(f"No link to {safe_name(row.person.name)} is in the export")


def open_link(link: str) -> SafeText:
    """Open a checked link, and say so.

    Raises:
        LinkinboxError: no browser could be started.
    """
    links.open_in_browser(link)
    return safe_text(f"Opened {link}")
