"""What commands share: the inbox they open, the settings, the clock, and words for people on stderr."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkinbox.cli.group import DB
from linkinbox.errors import LinkinboxError
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
        meta[_SETTINGS] = loaded._replace(db=meta.get(DB, loaded.db))
        tell_warnings(loaded)
    found: Settings = meta[_SETTINGS]
    return found


def screen_settings() -> Settings:
    """The same for a screen: where the file is no TOML, the defaults, and why."""
    from linkinbox.config import settings_despite_all

    loaded = settings_despite_all()
    tell_warnings(loaded)
    return loaded._replace(db=click.get_current_context().meta.get(DB, loaded.db))


def tell_warnings(settings: Settings) -> None:
    """Tell what in the configuration was not understood."""
    for warning in settings.warnings:
        say(f"Warning: {warning}")


def settings_or_doubt() -> tuple[Settings, LinkinboxError | None]:
    """The settings; where they cannot be read, the defaults and why."""
    try:
        return settings(), None
    except LinkinboxError as error:
        from linkinbox.config import default_settings

        defaults = default_settings()
        return defaults._replace(db=click.get_current_context().meta.get(DB, defaults.db)), error


@contextmanager
def open_inbox(*, make: bool = False) -> Iterator[Inbox]:
    """Open the inbox for one command; a store that is not there is made only by an import.

    A mistyped ``--db`` leaves no folder and no files behind: to others than an import the inbox is empty.

    Raises:
        StoreError: it cannot be opened.
    """
    from linkinbox.inbox import Inbox
    from linkinbox.keeping import Keeping

    chosen = settings()
    with ExitStack() as stack:
        store = chosen.db
        if not make and not store.exists():
            from tempfile import TemporaryDirectory

            Keeping(store).refuse_lost()
            say(f"There is no store at {store} so far; `linkinbox import` makes one")
            store = Path(stack.enter_context(TemporaryDirectory(prefix="linkinbox-"))) / store.name
        opened = Inbox.open(
            store, calls_folder=chosen.calls_folder, interests=chosen.interests, believed_days=chosen.believed_days,
            zone=chosen.zone,
        )  # fmt: skip
        inbox = stack.enter_context(closing(opened))
        for repaired in inbox.repaired:
            say(f"Warning: {repaired}")
        stack.enter_context(inbox.plain_errors())
        stack.enter_context(Keeping(store).plain_damage())
        yield inbox
        if inbox.decided and (told := Keeping(store).back_up_on_leaving()):
            say(f"Warning: {told}")


def find_all(inbox: Inbox, refs: Sequence[str]) -> list[int]:
    """The ids of the items named by id or uid, or one a line on standard input, for which ``-`` stands."""
    from linkinbox.cli.many import STDIN, read_refs

    return [inbox.find(ref) for ref in (read_refs() if list(refs) == [STDIN] else refs)]


def now() -> datetime:
    """The time now, where the user is."""
    from linkinbox.store.times import utc_now

    return utc_now().astimezone(zone())


def zone() -> tzinfo:
    """The zone of typed and shown times."""
    if chosen := settings().zone:
        return chosen
    from linkinbox.zones import local_zone

    return local_zone()


def say(words: str) -> None:
    """Print a line for the person on stderr."""
    click.echo(safe_text(words, limit=2_000), err=True)
