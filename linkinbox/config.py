"""Settings: the few things a person may set in ``config.toml``, and where files live without it.

db = "~/notes/inbox.db"
calls_folder = "~/calendar"
zone = "Europe/Madrid"
selectivity = false
theme = "light"
mouse = true

[clock]
believed_days = 180

[interests]
cities = ["Rotterdam"]
areas = {logistics = ["cold chain", "reefer*"]}

[today]
at_start = true

[nudges]
days = 30

[keys]
junk = ["x", "!"]

[[split]]
name = "Reefers"
query = "view:new reefer"

[import]
members = 100000
member_mb = 1024
total_mb = 2048
ratio = 200
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from linkinbox.errors import LinkinboxError
from linkinbox.importers.limits import Limits
from linkinbox.lifetime import BELIEVED_DAYS

if TYPE_CHECKING:
    from linkinbox.signals import Interests
    from linkinbox.splits import Split

MB = 1_000_000


class Day(NamedTuple):
    """How a day begins and ends, and what one may look at in it.

    Args:
        at_start: the page of today is what one sees first.
        nudge_days: whoever was accepted for a reason and was silent for so long is named after a sweep; 0: nobody is.
        splits: saved searches, which are views of their own.
        selectivity: it may be shown.
    """

    at_start: bool = True
    nudge_days: int = 30
    splits: "tuple[Split, ...]" = ()
    selectivity: bool = True


class Settings(NamedTuple):
    """What was set, with its defaults.

    Args:
        file: the configuration file, there or not.
        db: the store.
        calls_folder: where calendar files are written; None: beside the store.
        zone: the one typed times are in; None: the machine's.
        limits: against hostile archives.
        interests: what the user looks for in people; None: nothing was said.
        day: how a day begins and ends.
        believed_days: how long an invitation is believed to be there; LinkedIn tells nobody.
        warnings: what in the file was not understood, a sentence each.
        keys: ``[keys]`` as it stands in the file: the screen reads it, by `linkinbox.keymap.profiles`.
        theme: the name of the screen's theme; empty: the one chosen there, or what fits the terminal.
        mouse: clicks and the wheel are the screen's.
    """

    file: Path = Path()
    db: Path = Path()
    calls_folder: Path | None = None
    zone: tzinfo | None = None
    limits: Limits = Limits()
    interests: "Interests | None" = None
    day: Day = Day()
    warnings: tuple[str, ...] = ()
    keys: Any = None
    believed_days: int = BELIEVED_DAYS
    theme: str = ""
    mouse: bool = True


def default_settings() -> Settings:
    """What is used where nothing was set."""
    import platformdirs

    file = platformdirs.user_config_path("linkinbox") / "config.toml"
    return Settings(file, platformdirs.user_data_path("linkinbox") / "inbox.db")


def load_settings() -> Settings:
    """Read the user's configuration; what is not understood keeps its default and is told in ``warnings``.

    Raises:
        LinkinboxError: the file cannot be read, or is no TOML.
    """
    defaults = default_settings()
    file, db = defaults.file, defaults.db
    if not file.exists():
        return defaults
    text = _read(file)
    table = _parsed(text, file)
    interests, doubts = _interests(table.pop("interests", None), file)
    keys = table.pop("keys", None)
    splits, unsaid = _splits(table.pop("split", None), file)
    values, warnings = _understood(table, text, file)
    limits = {_LIMITS[key][0]: value * _LIMITS[key][1] for key, value in values.items() if key in _LIMITS}
    nudge_days = values.get("nudges.days", Day().nudge_days)
    day = Day(values.get("today.at_start", True), nudge_days, splits, values.get("selectivity", True))
    return Settings(
        file, values.get("db", db), values.get("calls_folder"), values.get("zone"), Limits(**limits), interests, day,
        (*warnings, *doubts, *unsaid), keys, values.get(_BELIEVED, BELIEVED_DAYS), values.get("theme", ""),
        values.get("mouse", True),
    )  # fmt: skip


def _interests(table: Any, file: Path) -> "tuple[Interests | None, list[str]]":
    """The interests, or in a sentence why none are looked for."""
    if table is None:
        return None, []
    from linkinbox.signals import interests_from

    if not isinstance(table, dict):
        return None, [f"{file}: interests is no table; begin it with [interests]"]
    try:
        return interests_from(table), []
    except LinkinboxError as error:
        return None, [f"{file}: {error}; no interests are looked for"]


def _splits(tables: Any, file: Path) -> "tuple[tuple[Split, ...], list[str]]":
    """The splits, and in a sentence each which are left out and why."""
    if tables is None:
        return (), []
    from linkinbox.splits import split_from

    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return (), [f"{file}: begin each split with [[split]]"]
    splits: dict[str, Split] = {}
    unsaid: list[str] = []
    for number, table in enumerate(tables, 1):
        try:
            split = split_from(table)
        except LinkinboxError as error:
            unsaid.append(f"{file}, split {number}: {error}; it is left out")
            continue
        if splits.setdefault(split.name, split) is not split:
            unsaid.append(f"{file}, split {number}: there is a split {split.name} already; it is left out")
    return tuple(splits.values()), unsaid


def at_home(path: Path) -> Path:
    """A path whose ~ no shell has expanded, as in ``LINKINBOX_DB='~/inbox.db'``."""
    try:
        return path.expanduser()
    except RuntimeError:  # nobody of this name
        return path


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{file} cannot be read: {error}"
        raise LinkinboxError(msg, "Check its permissions, and that it is UTF-8 text") from error


def _parsed(text: str, file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{file} is not written as TOML: {error}"
        raise LinkinboxError(msg, "Correct it, or move it away to use the defaults") from error


class _Key(NamedTuple):
    expected: str
    read: Callable[[Any, Path], Any]  # raises ValueError; the path is the configuration's folder


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


def _word(value: Any, _: Path) -> str:
    if isinstance(value, str):
        return value
    raise ValueError


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


_NUMBER = _Key("a whole number above 0", _count)
_LIMITS = {
    "import.members": ("members", 1),
    "import.member_mb": ("member_bytes", MB),
    "import.total_mb": ("total_bytes", MB),
    "import.ratio": ("ratio", 1),
}
_BELIEVED = "clock.believed_days"
_KEYS = {
    "db": _Key("a path in quotes", _path),
    "calls_folder": _Key("a path in quotes", _path),
    "zone": _Key('the name of a zone in quotes, such as "Europe/Madrid"', _zone),
    "selectivity": _Key("true or false", _switch),
    "theme": _Key('the name of a theme in quotes, such as "light"', _word),
    "mouse": _Key("true or false", _switch),
    **dict.fromkeys((_BELIEVED, *_LIMITS), _NUMBER),
    "today.at_start": _Key("true or false", _switch),
    "nudges.days": _Key("a whole number of days; 0 for none", _days),
}


def _understood(table: Mapping[str, Any], text: str, file: Path) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    warnings: list[str] = []
    for name, value in _flat(table):
        if name not in _KEYS:
            warnings.append(f"{_place(name, text, file)}: there is no setting {name}{_nearest(name)}")
            continue
        try:
            values[name] = _KEYS[name].read(value, file.parent)
        except ValueError:
            warnings.append(f"{_place(name, text, file)}: {name} must be {_KEYS[name].expected}; the default is used")
    return values, warnings


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", set_) for inner, set_ in value.items())
        else:
            yield name, value


def _place(name: str, text: str, file: Path) -> str:
    """The file and the line of a key: tomllib does not tell it."""
    key = re.compile(rf"\s*(?:{re.escape(name)}|{re.escape(name.rpartition('.')[2])})\s*=")
    lines = (number for number, line in enumerate(text.splitlines(), 1) if key.match(line))
    number = next(lines, None)
    return f"{file}, line {number}" if number else str(file)


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    keys = {key.rpartition(".")[2]: key for key in _KEYS}
    near = get_close_matches(name.rpartition(".")[2], keys, n=1)
    return f"; did you mean {keys[near[0]]}?" if near else f"; there are {', '.join(_KEYS)}"
