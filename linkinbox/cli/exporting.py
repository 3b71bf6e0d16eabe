"""``linkinbox export``: everything in one file."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from linkinbox.cli.options import examples
from linkinbox.cli.session import open_inbox, say


@click.command(epilog=examples("export inbox.db", "export items.csv", "export contacts.vcf --force"))
@click.argument("destination", metavar="DEST", type=click.Path(readable=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def export(*, destination: Path, force: bool) -> None:
    """Write everything to one file, in the form of its name.

    .db, .sqlite (for datasette and sqlite-utils, with a metadata.yml beside it) · .csv, .json, .ndjson (items
    with their state) · .vcf (accepted and valuable contacts) · .md (valuable contacts with notes and paths).
    """
    with open_inbox() as inbox:
        written = inbox.export(destination, force=force)
    say(f"Written: {written}")
    if written.suffix.lower() in (".db", ".sqlite"):
        described = written.with_name("metadata.yml")
        say(f"Look at it with: {shlex.join(['datasette', str(written), '-m', str(described)])}")
