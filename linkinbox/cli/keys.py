"""The keys of the screen: as they are set, as they could be, and whether they can be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import settings

if TYPE_CHECKING:
    from linkinbox.keymap import Keymap
    from linkinbox.keymap.profiles import Finding

_EXAMPLES = examples("keys", "keys --check", "keys --profile gmail", "keys --profile gmail --dump > my-keys.toml")


@click.command(epilog=_EXAMPLES)
@click.option("--profile", metavar="NAME", help="Of default, gmail, vim-strict, or a TOML file; not as configured.")
@click.option("--check", "what", flag_value="check", help="Only look whether they can be used; 1 if they cannot.")
@click.option("--dump", "what", flag_value="dump", help="As TOML to copy into config.toml, with what each does.")
@click.option("--markdown", "what", flag_value="markdown", help="The table of the README: always the default.")
@json_option
@click.pass_context
def keys(ctx: click.Context, profile: str | None, what: str | None, *, as_json: bool) -> None:
    """Print the keys of the screen, as they are configured."""
    from linkinbox.keymap import DEFAULT, tables

    if what == "markdown":
        click.echo(tables.keys_table(DEFAULT))
        return
    table, file = _asked_for(profile)
    if what == "check":
        _check(ctx, table, file, as_json=as_json)
        return
    keymap = _usable(table, file)
    if what == "dump":
        click.echo(tables.keys_toml(keymap))
    elif as_json:
        from linkinbox.cli.output import print_json

        print_json(tables.keys_records(keymap))
    else:
        click.echo(tables.keys_text(keymap))


def _asked_for(profile: str | None) -> tuple[Any, Path]:
    if profile is None:
        chosen = settings()
        return chosen.keys, chosen.file
    return {"profile": profile}, Path("--profile")


def _usable(table: Any, file: Path) -> Keymap:
    from linkinbox.keymap.profiles import keymap_from

    return keymap_from(table, file)


def _check(ctx: click.Context, table: Any, file: Path, *, as_json: bool) -> None:
    from linkinbox.keymap.profiles import examine
    from linkinbox.text import safe_text

    keymap, findings = examine({} if table is None else table, file)
    if as_json:
        from linkinbox.cli.output import print_json

        print_json({"profile": keymap.profile, "findings": [_record(finding) for finding in findings]})
    elif findings:
        for finding in findings:
            click.echo(safe_text(str(finding), limit=2_000))
    else:
        click.echo(safe_text(f"All keys can be used: profile {keymap.profile}, {len(keymap.own)} of your own."))
    ctx.exit(1 if findings else 0)


def _record(finding: Finding) -> dict[str, str]:
    return finding._asdict()
