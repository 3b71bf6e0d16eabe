"""Settings: what a person may set in ``config.toml``, and where files live without it.

`linkinbox.config.settings` has the table of all that can be set; `linkinbox config --example` prints it as a file.
It is read once, at the start. ``LINKINBOX_CONFIG`` names another file.
"""

import os
import re
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from linkinbox.config.forms import at_home
from linkinbox.errors import LinkinboxError
from linkinbox.importers.limits import Limits
from linkinbox.lifetime import BELIEVED_DAYS

if TYPE_CHECKING:
    from linkinbox.config.reading import Problem, Understood
    from linkinbox.pipes import Pipe
    from linkinbox.signals import Interests
    from linkinbox.splits import Split

__all__ = ["Day", "Settings", "at_home", "default_settings", "load_settings", "problems_in", "settings_despite_all"]


class Day(NamedTuple):
    """How a day begins and ends, and what one may look at in it.

    Args:
        at_start: the page of today is what one sees first.
        nudge_days: whoever was accepted for a reason and was silent for so long is named after a sweep; 0: nobody is.
        splits: saved searches, which are views of their own.
        selectivity: it may be shown.
        pipes: commands that read the item which one looks at.
    """

    at_start: bool = True
    nudge_days: int = 30
    splits: "tuple[Split, ...]" = ()
    selectivity: bool = True
    pipes: "tuple[Pipe, ...]" = ()


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

    named = os.environ.get("LINKINBOX_CONFIG", "")
    file = at_home(Path(named)).absolute() if named else platformdirs.user_config_path("linkinbox") / "config.toml"
    return Settings(file, platformdirs.user_data_path("linkinbox") / "inbox.db")


def load_settings() -> Settings:
    """Read the user's configuration; what is not understood keeps its default and is told in ``warnings``.

    Raises:
        LinkinboxError: the file cannot be read, or is no TOML; or the one that ``LINKINBOX_CONFIG`` names is not there.
    """
    defaults = default_settings()
    if not defaults.file.exists():
        _require_unnamed(defaults.file)
        return defaults
    from linkinbox.config.reading import Understood, read_text

    return _settings(Understood(read_text(defaults.file), defaults.file), defaults)


def settings_despite_all() -> Settings:
    """The same for a screen, which opens with the defaults, and says why, where the file is no TOML.

    Raises:
        LinkinboxError: the file cannot be read; or is no TOML, and does not tell which store is meant.
    """
    from linkinbox.config.reading import BrokenConfigError, read_text

    try:
        return load_settings()
    except BrokenConfigError as error:
        defaults = default_settings()
        told = f"{error.message}. The defaults hold until it is corrected: `linkinbox config` opens it"
        store = _store_in(read_text(defaults.file), defaults)
        if store is None:
            raise
        return defaults._replace(db=store, warnings=(told,))


def problems_in(file: Path) -> "list[Problem]":
    """What of a configuration is not understood, and which of its programs are not there.

    Raises:
        LinkinboxError: it cannot be read.
    """
    from linkinbox.config.reading import BrokenConfigError, Understood, read_text

    try:
        understood = Understood(read_text(file), file)
        _settings(understood, default_settings())
        understood.report_missing_programs()
    except BrokenConfigError as error:
        return [error.problem]
    return understood.problems


def _require_unnamed(file: Path) -> None:
    """Another configuration, and so another store, is never used in place of one that was asked for."""
    if os.environ.get("LINKINBOX_CONFIG"):
        msg = f"LINKINBOX_CONFIG names {file}, which is not there"
        raise LinkinboxError(msg, "`linkinbox config` makes it")


_STORE = re.compile(r"""\s*["']?db["']?\s*=""")


def _store_in(text: str, defaults: Settings) -> Path | None:
    """The store that a file which is no TOML means; None: nobody can tell."""
    from linkinbox.config.reading import BrokenConfigError, Understood

    lines = [line for line in text.splitlines() if _STORE.match(line)]
    try:
        named = [Understood(line, defaults.file).values.get("db") for line in lines]
    except BrokenConfigError:
        return None
    return defaults.db if not named else named[0] if len(named) == 1 else None


def _settings(understood: "Understood", defaults: Settings) -> Settings:
    get, set_ = understood.get, understood.values
    limits = {field: set_[key] * unit for field, (key, unit) in _LIMITS.items() if key in set_}
    return Settings(
        file=defaults.file,
        db=get("db") or defaults.db,
        calls_folder=get("calls_folder"),
        zone=get("zone"),
        limits=Limits(**limits),
        interests=_interests(understood),
        day=Day(get("today.at_start"), get("nudges.days"), _splits(understood), get("selectivity"), _pipes(understood)),
        believed_days=get("clock.believed_days"),
        keys=get("keys"),
        theme=get("theme") or "",
        mouse=get("mouse"),
        warnings=tuple(map(str, understood.problems)),
    )


_MB = 1_000_000
_LIMITS = {
    "members": ("import.members", 1),
    "member_bytes": ("import.member_mb", _MB),
    "total_bytes": ("import.total_mb", _MB),
    "ratio": ("import.ratio", 1),
}


def _interests(understood: "Understood") -> "Interests | None":
    """The interests; None: nothing was said, or it cannot be looked for."""
    said: Mapping[str, Any] = {
        name.partition(".")[2]: value for name, value in understood.values.items() if name.startswith("interests.")
    }
    if not said:
        return None
    from linkinbox.signals import interests_from

    try:
        return interests_from(said)
    except LinkinboxError as error:
        understood.report("interests", f"{error}; no interests are looked for")
        return None


def _splits(understood: "Understood") -> "tuple[Split, ...]":
    from linkinbox.splits import split_from

    return understood.each("split", split_from)


def _pipes(understood: "Understood") -> "tuple[Pipe, ...]":
    from linkinbox.pipes import pipe_from

    return understood.each("pipe", pipe_from)
