"""The settings written out: an example to begin with, and the README's table."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from linkinbox.config.forms import TABLE
from linkinbox.config.settings import SETTINGS, TABLES, Setting

_HEAD = """\
# What can be set in linkinbox. Each setting may be left out: then its default holds.
# Take away the # before a setting, and before the [table] above it, to use it.
# This is read once, at the start. `linkinbox config --check` says what of it is not understood.
"""


def example() -> str:
    """A configuration in which every setting stands as a comment, with what it does."""
    parts = [_HEAD]
    for table, settings in groupby(SETTINGS, key=_table_of):
        lines = [f"\n# {TABLES[_plain(table)]}", f"#{header(table)}"] if table else []
        parts += [*lines, *(_commented(setting) for setting in settings)]
    return "\n".join(parts) + "\n"


def settings_table() -> str:
    """The settings as a Markdown table: what stands in the README."""
    lines = ["| setting | its form | what it does | if it is not set |", "|---|---|---|---|"]
    for setting in SETTINGS:
        default = f"`{toml(setting.default)}`" if setting.default is not None else ""
        name = setting.name.replace("[]", "")
        lines.append(f"| `{name}` | {setting.form.words} | {setting.help} | {default} |")
    return "\n".join(lines)


def header(table: str) -> str:
    """How a table begins: ``[clock]``, ``[[split]]``."""
    return f"[[{_plain(table)}]]" if table.endswith("[]") else f"[{table}]"


def toml(value: Any) -> str:
    """A default as it is written in TOML."""
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def _commented(setting: Setting) -> str:
    key = setting.name.rpartition(".")[2]
    if setting.form is TABLE:
        lines = "\n".join(f"#{line}" for line in setting.example.splitlines())
        return f"\n# {setting.help}\n#[{key}]\n{lines}"
    return f"# {setting.help}\n#{key} = {setting.example or toml(setting.default)}"


def _table_of(setting: Setting) -> str:
    return setting.name.rpartition(".")[0]


def _plain(table: str) -> str:
    return table.removesuffix("[]")
