"""Commands whose words may begin with a ``-``, as those of a query do: ``-pitch``, ``-is:held``, ``-(a OR b)``."""

from __future__ import annotations

import re
from collections.abc import Mapping

import click

# A letter alone is taken for an option, as -y for --yes: hardly a word is left out by its first letter.
_OPTION = re.compile(r"--.+|-[A-Za-z](?:=.*)?", re.DOTALL)


class QueryCommand(click.Command):
    """Takes what begins with one ``-`` as a word of its query."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read options first, then words: behind ``--``, where none of them is an option."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        known = {name: option for option in options for name in option.opts}
        told, words = _parted(ctx, args, known)
        return super().parse_args(ctx, [*told, *(["--", *words] if words else [])])


def _parted(ctx: click.Context, args: list[str], known: Mapping[str, click.Option]) -> tuple[list[str], list[str]]:
    """The options with their values, and the words, each in their order."""
    options: list[str] = []
    words: list[str] = []
    left = iter(args)
    for arg in left:
        if arg == "--":
            words += left
        elif not _OPTION.fullmatch(arg):
            _refuse_slip(ctx, arg, known)
            words.append(arg)
        else:
            options.append(arg)
            if arg in known and not known[arg].is_flag:
                value = next(left, None)
                if value is None:
                    return options, []  # it has none: that is told
                options.append(value)
    return options, words


def _refuse_slip(ctx: click.Context, word: str, known: Mapping[str, click.Option]) -> None:
    """Refuse ``-dry-run``: as a word it would be left out of what is acted on."""
    if word.startswith("-") and (meant := [name for name in known if _letters(name) == _letters(word)]):
        raise click.NoSuchOption(word, possibilities=meant, ctx=ctx)


def _letters(name: str) -> str:
    return name.replace("-", "")
