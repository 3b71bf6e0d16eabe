"""What linkinbox says of itself: where files lie, and completion for a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import settings

if TYPE_CHECKING:
    from click.shell_completion import ShellComplete


@click.command(epilog=examples("paths", "paths --json"))
@json_option
def paths(*, as_json: bool) -> None:
    """Print where store, calendar files and config lie."""
    from linkinbox.tui.remembered import state_file

    chosen = settings()
    calls = chosen.calls_folder or chosen.db.parent / "calls"
    places = {
        "store": str(chosen.db), "calls": str(calls), "config": str(chosen.file),
        "themes": str(chosen.file.parent / "themes"), "screen": str(state_file()),
    }  # fmt: skip
    if as_json:
        from linkinbox.cli.output import print_json

        print_json(places)
    else:
        from linkinbox.text import safe_text

        for name, place in places.items():
            click.echo(safe_text(f"{name:8}{place}", limit=4_096))


@click.command(epilog=examples("completion bash > ~/.local/share/bash-completion/completions/linkinbox"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands in a shell."""
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    kinds: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    click.echo(kinds[shell](ctx.find_root().command, {}, "linkinbox", "_LINKINBOX_COMPLETE").source())
