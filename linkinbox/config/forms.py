"""The forms that settings have: in words, and how a value of TOML is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import Any, NamedTuple


class Form(NamedTuple):
    """A form of values.

    Args:
        words: what is expected: "true or false".
        read: a value of TOML → the setting; raises ValueError. The path is the configuration's folder.
    """

    words: str
    read: Callable[[Any, Path], Any]


def at_home(path: Path) -> Path:
    """A path whose ~ no shell has expanded, as in ``LINKINBOX_DB='~/inbox.db'``."""
    try:
        return path.expanduser()
    except RuntimeError:  # nobody of this name
        return path


def _path(value: Any, folder: Path) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError
    try:
        return folder / Path(value).expanduser()
    except RuntimeError as error:  # a ~ of nobody
        raise ValueError from error


def _zone(value: Any, _: Path) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, TypeError, OSError) as error:
        raise ValueError from error


def _count(value: Any, _: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError
    return value


def _switch(value: Any, _: Path) -> bool:
    if value is True or value is False:
        return value
    raise ValueError


def _days(value: Any, folder: Path) -> int:
    return 0 if value == 0 and not isinstance(value, bool) else _count(value, folder)


def _text(value: Any, _: Path) -> str:
    if type(value) is not str:
        raise ValueError
    return value


def _texts(value: Any, _: Path) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise ValueError
    return value


def _phrases(value: Any, folder: Path) -> Any:
    for texts in value.values() if isinstance(value, dict) else (value,):
        _texts(texts, folder)
    return value


def _as_it_stands(value: Any, _: Path) -> Any:
    return value


PATH = Form("a path in quotes", _path)
ZONE = Form('the name of a zone in quotes, such as "Europe/Madrid"', _zone)
COUNT = Form("a whole number above 0", _count)
DAYS = Form("a whole number of days; 0 for none", _days)
SWITCH = Form("true or false", _switch)
TEXT = Form("words in quotes", _text)
PHRASES = Form("a list of words in quotes, or a table of such lists", _phrases)
COMMAND = Form("a program and its arguments, each in quotes, in a list", _texts)
TABLE = Form("a table of actions, each with its keys in quotes", _as_it_stands)
