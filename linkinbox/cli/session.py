"""What commands share: the inbox they open, the settings, the clock, and words for people on stderr."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import click

from linkinbox.cli.group import DB
from linkinbox.errors import StoreError
from linkinbox.text import safe_text

if TYPE_CHECKING:
    from linkinbox.config import Settings
    from linkinbox.inbox import Inbox

_SETTINGS = "linkinbox.settings"


def settings() -> Settings:
    """The configuration, with ``--db`` or ``LINKINBOX_DB`` in place of its store; read once a command."""
    meta = click.get_current_context().meta
    if _SETTINGS not in meta:
        from linkinbox.config import load_settings

        loaded = load_settings()
        meta[_SETTINGS] = replace(loaded, db=meta.get(DB, loaded.db))
        for warning in loaded.warnings:
            say(f"Warning: {warning}")
    found: Settings = meta[_SETTINGS]
    return found


@contextmanager
def open_inbox(*, make: bool = False) -> Iterator[Inbox]:
    """Open the inbox for one command; a store that was named, perhaps wrongly, is made only if asked to.

    Raises:
        StoreError: it cannot be opened.
    """
    from linkinbox.inbox import Inbox

    chosen = settings()
    if not make and DB in click.get_current_context().meta and not chosen.db.exists():
        msg = f"There is no store at {chosen.db}"
        raise StoreError(msg, "`linkinbox import` makes one")
    with closing(Inbox.open(chosen.db, calls_folder=chosen.calls_folder)) as inbox, inbox.plain_errors():
        yield inbox


def find_all(inbox: Inbox, refs: Sequence[str]) -> list[int]:
    """The ids of the items named by id or uid."""
    return [inbox.find(ref) for ref in refs]


def now() -> datetime:
    """The time now, where the user is."""
    from linkinbox.store.times import utc_now

    return utc_now().astimezone(zone())


def zone() -> tzinfo:
    """The zone of typed and shown times."""
    if chosen := settings().zone:
        return chosen
    from linkinbox.when import local_zone

    return local_zone()


def say(words: str) -> None:
    """Print a line for the person on stderr."""
    click.echo(safe_text(words, limit=2_000), err=True)
