"""Reading ``config.toml`` by the table of settings: what was understood, and what not, with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from linkinbox.config.settings import BY_NAME, TABLES, Setting
from linkinbox.errors import LinkinboxError
from linkinbox.toml_lines import line_of, lines_of

T = TypeVar("T")

_MANY = {name.partition("[]")[0] for name in BY_NAME if "[]" in name}
_ONCE = {name.partition(".")[0] for name in BY_NAME if "." in name} - {f"{name}[]" for name in _MANY}
_ELSEWHERE = 0.8  # how alike a name is to that of another table, to be taken for it
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")
_IN_OUR_WORDS = {
    r"Cannot overwrite a value": "this is set twice",
    r"Cannot declare \('(.*)',\) twice": r"[\1] stands here twice: write its settings together",
    r"(.*) \(at end of document\)": r"this is not TOML: \1, at the end of the file",
    r"maximum recursion depth exceeded.*": "this is not TOML: it is nested too deeply",
    r"Cannot mutate immutable namespace .*": "this stands in what was set above",
}


class Problem(NamedTuple):
    """Something in the file that is not understood.

    Args:
        file: the file.
        says: what is wrong and what holds instead, a sentence.
        line: where, from 1; None: on no line of its own.
        column: from 1, where it is known.
        setting: its name; "" for the file as a whole.
    """

    file: Path
    says: str
    line: int | None = None
    column: int | None = None
    setting: str = ""

    def __str__(self) -> str:
        line, column = self.line and f", line {self.line}", self.column and f", column {self.column}"
        return f"{self.file}{line or ''}{column or ''}: {self.says}"


class BrokenConfigError(LinkinboxError):
    """The file is no TOML: nothing in it can be relied on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem), "`linkinbox config` opens it; moved away, the defaults hold")
        self.problem = problem


def read_text(file: Path) -> str:
    """The text of the file.

    Raises:
        LinkinboxError: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        msg = f"{file} cannot be read: {why}"
        raise LinkinboxError(msg, "It is to be a file of UTF-8 text that you may read") from error


def parsed(text: str, file: Path) -> dict[str, Any]:
    """The file's tables.

    Raises:
        BrokenConfigError: it is no TOML.
    """
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BrokenConfigError(_broken(str(error), file)) from error


def _broken(said: str, file: Path) -> Problem:
    at = _AT.search(said)
    why = _AT.sub("", said)
    for theirs, ours in _IN_OUR_WORDS.items():
        why = re.sub(f"^{theirs}$", ours, why)
    line, column = (int(at[1]), int(at[2])) if at else (None, None)
    return Problem(file, f"this is not TOML: {why}" if why[:1].isupper() else why, line, column)


class Understood:
    """What a file sets: ``values`` by the names of the settings, ``problems`` for what is left at its default.

    Args:
        text: of the file.
        file: where it lies.

    Raises:
        BrokenConfigError: it is no TOML.
    """

    def __init__(self, text: str, file: Path) -> None:
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._several: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        self._file = file
        tables = parsed(text, file)
        self._lines = lines_of(text)
        for name, value in tables.items():
            self._take(name, value)

    def get(self, name: str) -> Any:
        """The value of a setting: what was set, or its default."""
        return self.values[name] if name in self.values else BY_NAME[name].default

    def each(self, name: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
        """What is read of each of the tables of a name; one that is not understood, or is called as another, is not."""
        found: dict[str, T] = {}
        for number, table in self._several.get(name, ()):
            at = f"{name}[{number}]"
            try:
                one = read(table)
            except LinkinboxError as error:
                self.report(at, f"{name} {number}: {error}; it is left out")
                continue
            called: str = one.name  # type: ignore[attr-defined]
            if found.setdefault(called, one) is not one:
                self.report(at, f"{name} {number}: there is a {name} {called} already; it is left out")
        return tuple(found.values())

    def report_missing_programs(self) -> None:
        """Report the pipes whose program cannot be started: the screen says so only when it is wanted."""
        from shutil import which

        for number, table in self._several.get("pipe", ()):
            if (command := table.get("command")) and not which(command[0]):
                self.report(f"pipe[{number}].command", f"pipe {number}: there is no program {command[0]} in PATH")

    def report(self, name: str, says: str) -> None:
        """Report what is wrong with a setting."""
        self.problems.append(Problem(self._file, says, line_of(name, self._lines), None, name))

    def _take(self, name: str, value: Any) -> None:
        if name in BY_NAME:
            self._read(BY_NAME[name], name, value, self.values)
        elif name in _MANY:
            self._take_each(name, value)
        elif name not in _ONCE:
            self._unknown(name, value)
        elif isinstance(value, dict):
            for inner, set_ in value.items():
                self._take_inner(f"{name}.{inner}", f"{name}.{inner}", set_, self.values)
        else:
            self.report(name, f"{name} is a table: write [{name}] once, and its settings below it")

    def _take_each(self, name: str, value: Any) -> None:
        tables = [value] if isinstance(value, dict) else value
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.report(name, f"begin each {name} with [[{name}]]")
            return
        for number, table in enumerate(tables, 1):
            at = f"{name}[{number}]" if tables is value else name
            values: dict[str, Any] = {}
            whole = [self._take_inner(f"{name}[].{key}", f"{at}.{key}", set_, values) for key, set_ in table.items()]
            if all(whole):
                self._several.setdefault(name, []).append(
                    (number, {key.partition(".")[2]: values[key] for key in values})
                )

    def _take_inner(self, name: str, at: str, value: Any, values: dict[str, Any]) -> bool:
        if name in BY_NAME:
            return self._read(BY_NAME[name], at, value, values)
        self.report(at, f"there is no setting {at}{_meant(name)}")
        return False

    def _read(self, setting: Setting, at: str, value: Any, values: dict[str, Any]) -> bool:
        try:
            values[setting.name] = setting.form.read(value, self._file.parent)
        except ValueError:
            instead = "it is left out" if "[]" in setting.name else "the default is used"
            self.report(at, f"{at} must be {setting.form.words}; {instead}")
            return False
        return True

    def _unknown(self, name: str, value: Any) -> None:
        if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            near = _nearest(name, TABLES)
            meant = f"did you mean {_header(near)}?" if near else f"there are {', '.join(map(_header, TABLES))}"
            self.report(name, f"there is no table {_header(name, many=isinstance(value, list))}; {meant}")
        else:
            self.report(name, f"there is no setting {name}{_meant(name)}")


def _header(table: str, *, many: bool = False) -> str:
    return f"[[{table}]]" if many or table in _MANY else f"[{table}]"


def _meant(name: str) -> str:
    """What was meant: the nearest of the table's own settings, of all; or which there are."""
    table, _, key = name.rpartition(".")
    own = {other.rpartition(".")[2]: other for other in BY_NAME if other.rpartition(".")[0] == table}
    every = {other.rpartition(".")[2]: other for other in reversed(BY_NAME)}
    if near := own.get(_nearest(key, own)) or every.get(_nearest(key, every, cutoff=_ELSEWHERE)):
        return f"; did you mean {near.replace('[]', '')}?"
    return f"; there are {', '.join(other.replace('[]', '') for other in own or BY_NAME)}"


def _nearest(name: str, names: Iterable[str], *, cutoff: float = 0.6) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.casefold(), names, n=1, cutoff=cutoff)), "")
