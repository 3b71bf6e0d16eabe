"""A group whose commands are loaded when they are called, and whose failures are told in a sentence."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from linkinbox.errors import KeysError, LinkinboxError, UsageError

F = TypeVar("F", bound=Callable[..., Any])

DB = "linkinbox.db"  # where the context keeps the path given with --db
NOTHING_NEW = 3  # exit code


class LazyGroup(click.Group):
    """A group of commands, each named with its module and function: ``"list": "listing:list_"``."""

    def __init__(self, *args: Any, commands_by_module: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._modules = commands_by_module

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names in the order of the table: as one uses them, not as they sort."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command; ``--db`` may stand after its name too."""
        if cmd_name not in self._modules:
            return None
        module, _, function = self._modules[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"linkinbox.cli.{module}"), function)
        if not any(param.name == "db" for param in command.params):
            db_option(hidden=True, expose_value=False)(command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what goes wrong becomes a sentence and an exit code."""
        _never_fail_to_print()
        try:
            return super().invoke(ctx)
        except LinkinboxError as error:
            raise (Misused if isinstance(error, UsageError) else Failure)(error) from error
        except KeyboardInterrupt:
            click.echo(err=True)  # the terminal echoed ^C
            ctx.exit(130)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of the pipe has seen enough: click ends quietly
                raise
            raise Failure(LinkinboxError(f"{error.filename or 'Output'}: {error.strerror}")) from error


class Failure(click.ClickException):
    """A failure of linkinbox, told on stderr with what to do about it."""

    def __init__(self, error: LinkinboxError) -> None:
        super().__init__(error.message)
        self.error = error

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the error and its hint."""
        tell_error(self.error, file=file)


class Misused(Failure):
    """What was asked for makes no sense."""

    exit_code = 2


def tell_error(error: LinkinboxError, file: IO[Any] | None = None) -> None:
    """Print an error and its hint on stderr; file names and headers in it may be a stranger's."""
    from linkinbox.text import safe_text

    click.echo(safe_text(f"Error: {error.message}", limit=2_000), file=file, err=True)
    for finding in error.findings if isinstance(error, KeysError) else ():
        click.echo(safe_text(f"  {finding}", limit=2_000), file=file, err=True)
    if "linkinbox.query" in sys.modules:
        from linkinbox.cli.caret import caret_lines
        from linkinbox.query import QueryError

        for line in caret_lines(error) if isinstance(error, QueryError) else ():
            click.echo(line, file=file, err=True)
    if error.hint:
        click.echo(safe_text(error.hint), file=file, err=True)


def db_option(**more: Any) -> Callable[[F], F]:
    """The option that names the store; the last one given wins."""
    return click.option(
        "--db", type=click.Path(dir_okay=False, readable=False, path_type=Path), callback=_remember, metavar="PATH",
        help="The store to use, instead of the one that `linkinbox paths` shows.", **more,
    )  # fmt: skip


def _remember(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    if value is None:
        return None
    if value == Path():
        msg = "It is empty; name a file"
        raise click.BadParameter(msg, ctx, param)
    from linkinbox.config import at_home

    ctx.meta[DB] = at_home(value)
    return value


def _never_fail_to_print() -> None:
    """A terminal that knows no letter beyond ASCII gets question marks."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
