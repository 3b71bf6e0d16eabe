"""``linkinbox config``: what can be set, where, and whether it is understood."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import say
from linkinbox.errors import LinkinboxError, UsageError

if TYPE_CHECKING:
    from linkinbox.config import Settings
    from linkinbox.config.reading import Problem


@click.command(epilog=examples("config", "config --example", "config --check", "config --path"))
@click.option("--example", "what", flag_value="example", help="Print every setting with its default, as a file.")
@click.option("--check", "what", flag_value="check", help="Say what in the file is not understood.")
@click.option("--path", "what", flag_value="path", help="Print where the file lies.")
@click.option("--markdown", "what", flag_value="markdown", help="Print the table of the README.")
@json_option
@click.pass_context
def config(ctx: click.Context, *, what: str | None, as_json: bool) -> None:
    """Open config.toml in your editor, and check it afterwards.

    The editor is that of VISUAL or EDITOR. A file that is not there is made of the example, in which everything is
    commented out. Settings are read at the start: an open screen keeps those it began with. LINKINBOX_CONFIG names
    another file.
    """
    from linkinbox.config import default_settings

    file = default_settings().file
    if as_json and what not in {"check", "path"}:
        msg = "--json goes with --check and --path"
        raise click.UsageError(msg)
    match what:
        case "check":
            ctx.exit(_check(file, as_json=as_json))
        case "path":
            _print_path(file, as_json=as_json)
        case "example" | "markdown":
            from linkinbox.config.example import example, settings_table
            from linkinbox.text import safe_body

            click.echo(safe_body(example() if what == "example" else settings_table()), nl=what != "example")
        case _:
            _edit(file)


def _print_path(file: Path, *, as_json: bool) -> None:
    from linkinbox.cli.output import print_json
    from linkinbox.text import safe_text

    print_json({"file": str(file), "there": file.exists()}) if as_json else click.echo(
        safe_text(str(file), limit=4_096)
    )


def _check(file: Path, *, as_json: bool) -> int:
    """Say what is not understood; the exit code."""
    there = file.exists()
    problems = _problems(file) if there else []
    if as_json:
        from linkinbox.cli.output import print_json

        told = [{**problem._asdict(), "file": str(problem.file)} for problem in problems]
        print_json({"file": str(file), "there": there, "ok": not problems, "problems": told})
    elif there:
        _tell(file, problems)
    else:
        say(f"{file} is not there: the defaults hold. `linkinbox config` makes it")
    return 1 if problems else 0


def _problems(file: Path) -> list[Problem]:
    """What a start says of the settings, of the keys among them, and of the themes beside them."""
    from linkinbox.config import load_settings, problems_in
    from linkinbox.tui.look import Look

    problems = problems_in(file)
    if any(not problem.setting for problem in problems):
        return problems  # nothing in it can be relied on
    settings = load_settings()
    return [*problems, *_problems_of_keys(settings), *Look.of(settings, os.environ, None).doubts]


def _problems_of_keys(settings: Settings) -> Iterator[Problem]:
    from linkinbox.config.reading import Problem
    from linkinbox.keymap.profiles import examine

    _, findings = examine(settings.keys or {}, settings.file)
    for finding in findings:
        place, _, line = finding.place.partition(", line ")
        says = f"{finding.problem}. {finding.suggestion}".rstrip(". ")
        yield Problem(Path(place), says, int(line) if line.isdecimal() else None, setting="keys")


def _tell(file: Path, problems: list[Problem]) -> None:
    for problem in problems:
        say(str(problem))
    if not problems:
        say(f"{file}: all of it is understood. It holds from the next start on")


def _edit(file: Path) -> None:
    from linkinbox.programs import editor, run_here

    try:
        command = editor()
    except UsageError as error:
        raise UsageError(f"{error.message}, and the settings lie in {file}", error.hint) from error
    _make(file)
    while True:
        run_here([*command, str(file)])
        _tell(file, problems := _problems(file))
        if not problems or not sys.stdin.isatty() or not _again():
            return


def _again() -> bool:
    answer = click.prompt("Enter edits it again, q leaves it so", default="e", show_default=False, err=True)
    return str(answer).strip().lower() in {"", "e"}


def _make(file: Path) -> None:
    """Make the file of the example, if there is none; only its owner can read it."""
    from linkinbox.config.example import example

    target = file.resolve()  # of a link that leads nowhere so far
    if target.exists():
        if target.is_dir():
            msg = f"{file} is a folder"
            raise LinkinboxError(msg, "Move it away: the settings are a file of this name")
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as made:
        made.write(example())
