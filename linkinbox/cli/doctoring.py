"""``linkinbox doctor``: whether all is well with the store and around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import now, say, settings_or_doubt
from linkinbox.keeping import Keeping

if TYPE_CHECKING:
    from linkinbox.store.keeping.findings import Examination, Finding

_SHOWN = 50  # findings that people see; programs get all of them


@click.command(epilog=examples("doctor", "doctor --deep --json", "doctor --repair", "doctor --recover"))
@click.option("--deep", is_flag=True, help="Read every index too, and fold the whole journal once more.")
@click.option("--repair", is_flag=True, help="Make states, counters and search indexes anew, then look.")
@click.option("--recover", is_flag=True, help="Restore the newest good backup, and what can be read.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_context
def doctor(  # noqa: PLR0913 - one for each option
    ctx: click.Context, *, deep: bool, repair: bool, recover: bool, yes: bool, as_json: bool
) -> None:
    """Look whether all is well.

    With the store, its decisions and backups, permissions, disk and terminal. Each finding says what to do. Nothing
    is changed without --repair or --recover. The exit code is 1 when something is wrong; notes are no such thing.
    """
    if recover and (deep or repair):
        msg = "--recover stands alone; look again afterwards"
        raise click.UsageError(msg)
    chosen, doubt = settings_or_doubt()
    if doubt and (repair or recover):
        raise doubt  # it may name another store
    keeping = Keeping(chosen.db)
    if recover:
        _recover(keeping, yes=yes, as_json=as_json)
        return
    if repair:
        keeping.repair()
        say("States, counters and indexes are made anew")
    examined = keeping.doctor(deep=deep, config=chosen.file)
    if doubt:
        examined = examined.with_doubt(doubt.message, str(chosen.file), doubt.hint)
    if as_json:
        from linkinbox.cli.output import print_json

        print_json(examined.as_json())
    else:
        _tell(examined)
    ctx.exit(0 if examined.ok else 1)


def _recover(keeping: Keeping, *, yes: bool, as_json: bool) -> None:
    from linkinbox.cli.keeping import tell_restored
    from linkinbox.store.keeping.restore_words import plan_words

    keeping.require_damage()
    say(f"To be restored: {plan_words(keeping.plan(), now())}, with what can be read of later decisions")
    if not yes:
        click.confirm(
            f"Put that in the place of {keeping.path}, and keep the damaged store aside?", abort=True, err=True
        )
    tell_restored(keeping.recover(), as_json=as_json)


def _tell(examined: Examination) -> None:
    from linkinbox.text import safe_text

    lines = [_lines(finding) for finding in examined.findings]
    for told in lines[:_SHOWN]:
        click.echo("\n".join(safe_text(line, limit=2_000) for line in told))
    if len(lines) > _SHOWN:
        click.echo(f"and {len(lines) - _SHOWN:,} more; --json prints all of them")
    verdict = "All is well" if examined.ok else "Something is wrong"
    click.echo(safe_text(f"{verdict}. Looked at: {', '.join(examined.checked)}"))


def _lines(finding: Finding) -> list[str]:
    lines = [f"{finding.severity.value:8}{finding.check}: {finding.what} ({finding.where})"]
    return [*lines, f"        {finding.do}"] if finding.do else lines
