"""``linkinbox backup`` and ``linkinbox restore``: copies of the store, and putting one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import now, say, settings
from linkinbox.keeping import Keeping
from linkinbox.text import safe_text

if TYPE_CHECKING:
    from linkinbox.store.keeping.backup import Backup
    from linkinbox.store.keeping.restore import Restored


@click.command(epilog=examples("backup", "backup /media/stick/inbox.db", "backup --list --json"))
@click.argument("file", required=False, type=click.Path(readable=False, path_type=Path))
@click.option("--list", "listed", is_flag=True, help="List the backups there are, newest first.")
@json_option
def backup(*, file: Path | None, listed: bool, as_json: bool) -> None:
    """Copy the store, and read the copy back.

    Also while the screen is open. Without FILE it is one more beside the store, where linkinbox makes one on each
    day it is opened, before each import and before each update.
    """
    if file and listed:
        msg = "Name a file, or --list alone"
        raise click.UsageError(msg)
    keeping = Keeping(settings().db)
    if not listed:
        made = keeping.back_up(file)
        say(f"Written and read back: {made}")
        if as_json:
            _print_json({"path": str(made), "bytes": made.stat().st_size})
        return
    backups = keeping.backups()
    if as_json:
        _print_json([_backup_json(one) for one in backups])
        return
    for one in backups:
        click.echo(safe_text(f"{_moment(one)}  {one.size / 1e6:9,.1f} MB  {one.reason:16}{one.path.name}"))
    if not backups:
        say("There is no backup so far; `linkinbox backup` makes one")


@click.command(epilog=examples("restore newest", "restore newest --keep-newer --yes", "restore /media/stick/inbox.db"))
@click.argument("source", metavar="BACKUP")
@click.option(
    "--keep-newer", is_flag=True, help="Decide again what was decided since, and keep what was imported since."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def restore(*, source: str, keep_newer: bool, yes: bool, as_json: bool) -> None:
    """Put a backup in the place of the store, which is kept aside.

    BACKUP is a path, a name that `linkinbox backup --list` shows, or "newest". It is read through first. The screen
    must be closed.
    """
    keeping = Keeping(settings().db)
    found = keeping.find(source)
    there = keeping.contents(found)
    say(f"{found} holds {there.decisions:,} decisions")
    if not yes:
        click.confirm(f"Put it in the place of {keeping.path}, and keep that aside?", abort=True, err=True)
    tell_restored(keeping.restore(found, keep_newer=keep_newer), as_json=as_json)


def tell_restored(restored: Restored, *, as_json: bool) -> None:
    """Say what became of a restore or recovery, with its figures."""
    from linkinbox.store.keeping.restore_words import restored_lines

    for line in restored_lines(restored, now()):
        say(line)
    if as_json:
        paths = {name: value and str(value) for name, value in restored._asdict().items() if name in _PATHS}
        _print_json({**restored._asdict(), **paths, "contents": restored.contents._asdict()})


_PATHS = ("source", "kept_aside", "refused")


def _backup_json(made: Backup) -> dict[str, Any]:
    from linkinbox.store.times import to_text

    return {"path": str(made.path), "at": to_text(made.at), "reason": made.reason.value, "bytes": made.size}


def _moment(made: Backup) -> str:
    from linkinbox.cli.columns import moment

    return f"{moment(made.at, now()):>17}"


def _print_json(value: Any) -> None:
    from linkinbox.cli.output import print_json

    print_json(value)
