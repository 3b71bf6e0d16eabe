"""``linkinbox import``: bringing in exports, and the rows that could not be understood."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from linkinbox.cli.group import NOTHING_NEW, tell_error
from linkinbox.cli.options import NO_LIMIT, SHOWN, examples, json_option, limit_option, typed
from linkinbox.cli.session import now, open_inbox, say, settings
from linkinbox.errors import LinkinboxError

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.store.report import ImportReport, Progress


@click.command(
    "import",
    epilog=examples(
        "import ~/Downloads/Complete_LinkedInDataExport_11-20-2026.zip",
        "import Invitations.csv messages.csv Connections.csv",
        "import --problems",
    ),
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, type=click.Path(readable=False, path_type=Path))
@click.option("--problems", is_flag=True, help="List the rows that earlier imports could not understand.")
@limit_option
@json_option
@click.pass_context
def import_(ctx: click.Context, *, sources: Sequence[Path], problems: bool, limit: int | None, as_json: bool) -> None:
    """Import exports: zips, unzipped folders or CSV files.

    Nothing is ever deleted and no decision is touched; importing a file again changes nothing. Of several sources
    whole exports are imported first, and lone files in the order that tells most.
    """
    if problems == bool(sources) or (limit and not problems):
        msg = "Name one or more sources, or --problems (with --limit) alone"
        raise click.UsageError(msg)
    with open_inbox(make=not problems) as inbox:
        if problems:
            _list_problems(inbox, limit, as_json=as_json)
        else:
            ctx.exit(_import_all(inbox, sources, as_json=as_json))


def _import_all(inbox: Inbox, sources: Sequence[Path], *, as_json: bool) -> int:
    """Import each source, whatever becomes of the others, and tell them in the order given; returns the exit code."""
    from linkinbox.importers.sources import import_order

    outcomes: dict[int, ImportReport | LinkinboxError] = {}
    told = 0
    for place in sorted(range(len(sources)), key=lambda place: import_order(sources[place])):
        outcomes[place] = _import_one(inbox, sources[place], named_alike=_is_named_alike(sources[place], sources))
        while told in outcomes:
            _tell(outcomes[told], as_json=as_json)
            told += 1
    if as_json:
        from linkinbox.cli.output import print_json

        objects = [_outcome_json(source, outcomes[place]) for place, source in enumerate(sources)]
        print_json(objects if len(objects) > 1 else objects[0])
    reports = [outcome for outcome in outcomes.values() if not isinstance(outcome, LinkinboxError)]
    if len(reports) < len(outcomes):
        return 1
    return NOTHING_NEW if all(report.nothing_new for report in reports) else 0


def _is_named_alike(source: Path, sources: Sequence[Path]) -> bool:
    return sum(other.resolve().name == source.resolve().name for other in sources) > 1


def _import_one(inbox: Inbox, source: Path, *, named_alike: bool) -> ImportReport | LinkinboxError:
    try:
        with _Meter() as meter:
            report = inbox.import_from(source, progress=meter.show, limits=settings().limits)
    except LinkinboxError as error:
        return error
    if named_alike:
        report.source = typed(str(source))
    return report


def _tell(outcome: ImportReport | LinkinboxError, *, as_json: bool) -> None:
    if isinstance(outcome, LinkinboxError):
        tell_error(outcome)
    elif not as_json:
        from linkinbox.cli.import_report import report_lines

        click.echo("\n".join(report_lines(outcome, now())))
        if outcome.items.new:
            say("`linkinbox` opens the inbox; `linkinbox list` lists what is new")


def _outcome_json(source: Path, outcome: ImportReport | LinkinboxError) -> dict[str, Any]:
    if isinstance(outcome, LinkinboxError):
        return {"source": typed(str(source)), "error": typed(outcome.message), "hint": typed(outcome.hint)}
    return outcome.as_json()


def _list_problems(inbox: Inbox, limit: int | None, *, as_json: bool) -> None:
    shown = limit or (NO_LIMIT if as_json else SHOWN)
    problems = inbox.problems(shown + 1)
    more = len(problems) > shown
    problems = problems[:shown]
    if as_json:
        from linkinbox.cli.output import print_json
        from linkinbox.store.times import to_text

        print_json([{**problem._asdict(), "at": to_text(problem.at)} for problem in problems])
        return
    from linkinbox.text import excerpt, safe_text

    for problem in problems:
        click.echo(
            f"{safe_text(problem.source)}: {safe_text(problem.file)}, line {problem.line}: {safe_text(problem.reason)}"
        )
        click.echo(f"  {excerpt(problem.raw)}")
    if not problems:
        say("Every row was understood")
    if more:
        say(f"{shown:,} are shown and there are more; --limit N shows more of them, --json all")


class _Meter:
    """How far an import is, in one line on stderr that is gone at the end; nothing where nobody watches."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._shown = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def show(self, progress: Progress) -> None:
        """Show rows and bytes."""
        from linkinbox.text import safe_text

        read, total = progress.bytes / 1e6, progress.total_bytes / 1e6
        self._write(f"{safe_text(progress.file, limit=40)}: {progress.rows:,} rows · {read:,.0f} of {total:,.0f} MB")

    def _write(self, line: str) -> None:
        if not self._watched or not (line or self._shown):
            return
        sys.stderr.write(f"\r{line.ljust(self._shown)}" if line else f"\r{' ' * self._shown}\r")
        sys.stderr.flush()
        self._shown = len(line)
