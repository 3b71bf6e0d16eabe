"""Profiles and the ``[keys]`` of a configuration: read, laid over one another, and checked as a whole.

[keys]
profile = "gmail"
junk = ["x", "!"]
accept = "a"
copy = []
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from linkinbox.actions import ACTIONS, BY_ID
from linkinbox.errors import KeysError, UsageError
from linkinbox.keymap import DEFAULT, FIXED, Keymap
from linkinbox.keymap.clashes import Clash, clashes, free_key, typed_by
from linkinbox.keymap.names import ANY_DIGIT, key_label, parse_keys
from linkinbox.toml_lines import line_of, lines_of

SHIPPED = ("default", "gmail", "vim-strict")
_FOLDER = Path(__file__).parent / "profiles"
_DEEPEST = 4  # a file, its profile, that one's profile; more go in a circle
_NEEDED = ("help", "palette")  # quitting has a fixed key

Keys = tuple[str, ...]


class Finding(NamedTuple):
    """What cannot be used as it is configured.

    Args:
        place: the file, and the line if it is known.
        problem: what is wrong, in a sentence.
        suggestion: what to write.
    """

    place: str
    problem: str
    suggestion: str

    def __str__(self) -> str:
        end = "" if self.suggestion.endswith("?") else "."
        return f"{self.place}: {self.problem}. {self.suggestion}{end}"


class _Layer(NamedTuple):
    """One ``[keys]``: of the configuration, or of a profile beneath it."""

    file: Path
    table: Mapping[str, Any]

    def place(self, name: str) -> str:
        """The file and the line of a key."""
        lines = lines_of(self.file.read_text(encoding="utf-8")) if self.file.is_file() else {}
        line = line_of(f"keys.{name}", lines)
        return f"{self.file}, line {line}" if line else str(self.file)


def profile_file(name: str) -> Path:
    """The file of a profile that is shipped."""
    return _FOLDER / f"{name}.toml"


def keymap_from(table: Any, file: Path) -> Keymap:
    """The keys that a configuration asks for.

    Args:
        table: its ``[keys]`` as TOML has it; None: there is none.
        file: where that stands.

    Raises:
        KeysError: some of it cannot be used; all of that is told.
    """
    if table is None:
        return DEFAULT
    keymap, findings = examine(table, file)
    if findings:
        count = f"{len(findings)} of the keys" if len(findings) > 1 else "One of the keys"
        raise KeysError(
            f"{count} in {file} cannot be used",
            "Correct that; `linkinbox keys --check` looks again",
            tuple(map(str, findings)),
        )
    return keymap


def examine(table: Any, file: Path) -> tuple[Keymap, list[Finding]]:
    """What a configuration's ``[keys]`` come to, and what of it cannot be used."""
    if not isinstance(table, Mapping):
        return DEFAULT, [Finding(str(file), "keys is no table", "Begin it with [keys]")]
    layers, findings = _layers(_Layer(file, table))
    chosen: dict[str, Keys] = {}
    of: dict[str, _Layer] = {}
    for layer in reversed(layers):
        for id_, keys, found in _read(layer):
            findings += found
            chosen[id_], of[id_] = keys, layer
    whole = {action.id: _with_fixed(action.id, chosen.get(action.id, action.keys)) for action in ACTIONS}
    findings += _together(whole, of, layers)
    used = {id_: whole[id_] for id_ in chosen if id_ in whole}
    own = frozenset(id_ for id_ in used if of[id_].file == file)
    return Keymap(str(table.get("profile", DEFAULT.profile)), used, own), findings


# ── layers ──


def _layers(top: _Layer) -> tuple[list[_Layer], list[Finding]]:
    """The configuration, the profile it names, the one that names, and so on."""
    layers, findings = [top], []
    while (name := (layer := layers[-1]).table.get("profile", "default")) != "default":
        if len(layers) == _DEEPEST:
            findings.append(Finding(str(layer.file), "The profiles name one another in a circle", _PROFILE_FORM))
            break
        try:
            layers.append(_profile(name, layer.file.parent))
        except UsageError as error:
            findings.append(Finding(layer.place("profile"), error.message, error.hint))
            break
    return layers, findings


_PROFILE_FORM = f"There are {', '.join(SHIPPED)}; or write the path of a TOML file"


def _profile(name: Any, folder: Path) -> _Layer:
    if not isinstance(name, str) or not name or "\0" in name:
        raise UsageError("The profile must be a name or a path in quotes", _PROFILE_FORM)
    if name in SHIPPED:
        return _Layer(file := profile_file(name), _table(file))
    file = folder / Path(name).expanduser()
    if not file.is_file():
        near = get_close_matches(name, SHIPPED, n=1)
        raise UsageError(f"There is no profile {name}", f"Did you mean {near[0]}?" if near else _PROFILE_FORM)
    return _Layer(file, _table(file))


def _table(file: Path) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get("keys", {})
    except (OSError, ValueError) as error:  # no TOML, or no UTF-8
        raise UsageError(f"{file} cannot be read: {error}", "Correct it, or name another profile") from error
    if not isinstance(table, Mapping):
        raise UsageError(f"{file}: keys is no table", "Begin it with [keys]")
    return table


# ── what stands in a layer ──


def _read(layer: _Layer) -> Iterator[tuple[str, Keys, list[Finding]]]:
    """Each action of a layer with its keys, and what of them cannot be used."""
    for id_, written in layer.table.items():
        if id_ == "profile":
            continue
        keys, findings = _keys(layer, id_, written)
        yield id_, tuple(dict.fromkeys(keys)), findings


def _keys(layer: _Layer, id_: str, written: Any) -> tuple[list[str], list[Finding]]:
    keys: list[str] = []
    errors: list[UsageError] = []
    try:
        texts = _texts(id_, written)
    except UsageError as error:
        texts, errors = [], [error]
    for text in texts:
        try:
            keys.append(_parsed(id_, text))
        except UsageError as error:
            errors.append(error)
    return keys, [Finding(layer.place(id_), error.message, error.hint) for error in errors]


def _texts(id_: str, written: Any) -> list[str]:
    if id_ not in BY_ID:
        near = get_close_matches(id_.lower().replace("_", "-"), BY_ID, n=1)
        hint = f"Did you mean {near[0]}?" if near else "`linkinbox keys --dump` lists them all"
        raise UsageError(f"There is no action {id_}", hint)
    texts = [written] if isinstance(written, str) else written
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise UsageError(f"{id_} must be a key in quotes, or several", f'Write {id_} = "F2" or {id_} = ["F2", "gz"]')
    return [text for text in texts if text]


def _parsed(id_: str, text: str) -> str:
    key = parse_keys(text)
    if FIXED.get(key, id_) != id_:
        raise UsageError(f"{key_label(key)} is fixed: it is {FIXED[key]} everywhere", f"Choose another key for {id_}")
    if key.endswith(f" {ANY_DIGIT}") != (id_ == "split"):
        raise UsageError(f"“{text}” is no key for {id_}", 'A split has its number behind a key: split = "g 1-9"')
    return key


def _with_fixed(id_: str, keys: Keys) -> Keys:
    return (*keys, *(key for key, owner in FIXED.items() if owner == id_ and key not in keys))


# ── all of them together ──


def _together(keys: Mapping[str, Keys], of: Mapping[str, _Layer], layers: list[_Layer]) -> Iterator[Finding]:
    def place(id_: str) -> str:
        return of[id_].place(id_) if id_ in of else str(layers[0].file)

    def depth(id_: str) -> int:
        return layers.index(of[id_]) if id_ in of else len(layers)

    for clash in clashes(keys):
        written = min((*clash.others, clash.one), key=depth)  # told where it can be mended: what was written last
        yield Finding(place(written), str(clash), _way_out(clash, written, keys))
    for id_ in _NEEDED:
        if not keys[id_]:
            yield Finding(place(id_), f"No key is left for {id_}", f'Write {id_} = "{key_label(BY_ID[id_].keys[0])}"')


def _way_out(clash: Clash, written: str, keys: Mapping[str, Keys]) -> str:
    """Another key for what was written, where it begins others; else for what lost its own to it."""
    free = key_label(free_key(keys, clash.key.partition(" ")[0]))
    if clash.begins:
        return f'Give {written} another key, such as {written} = "{free}"'
    other = clash.one if written != clash.one else clash.others[0]
    if rest := [key for key in keys[other] if clash.key not in typed_by(key)]:
        told = ", ".join(f'"{key_label(key)}"' for key in rest)
        return f"Write {other} = [{told}] to leave it to {written}"
    free += "1-9" if other == "split" else ""
    return f'Give {other} another key, {other} = "{free}", or none, {other} = []'
