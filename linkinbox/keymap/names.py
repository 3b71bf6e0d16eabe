"""How keys are written: as people do (``?``, ``ctrl+p``, ``PgDn``, ``gi``), and as Textual names them.

Two keys that are typed one after the other stand with a blank between them, and ``#`` is any digit but 0:
``g i``, ``g #``. Terminals decide what can be told apart: see xterm's ctlseqs.
"""

from __future__ import annotations

import re
import string
import unicodedata

from linkinbox.errors import UsageError

ANY_DIGIT = "#"
_ANY_DIGIT_WRITTEN = "1-9"
_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
_NAMED = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "backspace": "Backspace", "delete": "Del",
    "insert": "Ins", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
} | _ARROWS | {f"f{number}": f"F{number}" for number in range(1, 13)}  # fmt: skip
_MOVED_WITH_SHIFT_OR_CTRL = frozenset({*_ARROWS, "home", "end", "pageup", "pagedown"})
_SPELLED = {
    **{label.lower(): name for name, label in _NAMED.items()},
    **{name: name for name in _NAMED},
    "return": "enter", "spacebar": "space", "pgdown": "pagedown", "page-down": "pagedown", "page-up": "pageup",
}  # fmt: skip
_TEXTUALS_OWN = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
_MODIFIERS = {
    "ctrl": "ctrl", "control": "ctrl", "c": "ctrl", "alt": "alt", "meta": "alt", "m": "alt", "shift": "shift",
    "s": "shift",
}  # fmt: skip
_MODIFIED = re.compile(rf"({'|'.join(_MODIFIERS)})[+-](.+)", re.IGNORECASE | re.DOTALL)
_SAME = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+j": "Enter", "ctrl+h": "Backspace", "ctrl+[": "Esc"}
_TAKEN = {"ctrl+c": "leaves a prompt", "ctrl+z": "suspends the program"}


def _key_of_character(char: str) -> str:
    if char.isalnum():
        return char
    name = unicodedata.name(char, char).lower().replace("-", "_").replace(" ", "_")
    return _TEXTUALS_OWN.get(name, name)


_CHARACTERS = {_key_of_character(char): char for char in string.punctuation}


def key_label(keys: str) -> str:
    """A key as people write it: ``question_mark`` → ``?``, ``g g`` → ``gg``, ``g enter`` → ``g Enter``."""
    parts = [_label_of(key) for key in keys.split(" ")]
    joined = "".join(parts)
    apart = any(len(part) > 1 and part != _ANY_DIGIT_WRITTEN for part in parts) or joined.lower() in _SPELLED
    return " ".join(parts) if apart else joined


def _label_of(key: str) -> str:
    if key == ANY_DIGIT:
        return _ANY_DIGIT_WRITTEN
    modifier, _, rest = key.rpartition("+")
    if modifier == "shift":
        return f"⇧{_label_of(rest)}"
    if modifier:
        return f"{modifier}+{_label_of(rest)}"
    return _NAMED.get(key) or _CHARACTERS.get(key) or _other_character(key)


def _other_character(key: str) -> str:
    try:
        return key if len(key) == 1 else unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return key


def parse_keys(text: str) -> str:
    """Read a key, or two typed one after the other, as somebody wrote them.

    Raises:
        UsageError: there is no such key, or no terminal tells it from another; the hint says what to write.
    """
    parts = _parts(text)
    if len(parts) > 2:
        raise UsageError(f"“{text}” are more than two keys", "Write one, or two that are typed one after the other")
    keys = [_parse_key(part) for part in parts]
    if keys[0] in {ANY_DIGIT, *string.digits}:
        raise UsageError(f"“{text}” begins with a digit, which counts", "Begin with another key")
    return " ".join(keys)


def _parts(text: str) -> list[str]:
    words = text.split() or [" "]
    if len(words) > 1 or len(word := words[0]) == 1 or _is_one(word):
        return words
    return [word[0], word[1:]] if len(word) == 2 or _is_one(word[1:]) else words


def _is_one(word: str) -> bool:
    return word.lower() in _SPELLED or word == _ANY_DIGIT_WRITTEN or bool(_MODIFIED.fullmatch(_without_arrow(word)))


def _without_arrow(word: str) -> str:
    return f"shift+{word[1:]}" if word.startswith("⇧") and len(word) > 1 else word


def _parse_key(word: str) -> str:
    if word == _ANY_DIGIT_WRITTEN:
        return ANY_DIGIT
    if word == " ":
        return "space"
    if name := _SPELLED.get(word.lower() if len(word) > 1 else word):
        return name
    if len(word) == 1 and word.isprintable():
        return _key_of_character(word)
    if modified := _MODIFIED.fullmatch(_without_arrow(word)):
        return _with_modifier(_MODIFIERS[modified[1].lower()], modified[2], word)
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), _SPELLED, n=1)
    hint = f"Did you mean {key_label(_SPELLED[near[0]])}?" if near else "Write it as in ?, ctrl+p, PgDn, F2 or gi"
    raise UsageError(f"There is no key “{word}”", hint)


def _with_modifier(modifier: str, rest: str, word: str) -> str:
    if _MODIFIED.fullmatch(rest):
        raise UsageError(f"“{word}” is not told apart by every terminal", "Use one of ctrl, alt and shift")
    key = _SPELLED.get(rest.lower()) or (rest if len(rest) == 1 else "")
    match modifier:
        case "shift":
            return _with_shift(key, word)
        case "alt" if len(key) == 1 and key.isascii() and key.isalnum():
            return f"alt+{key}"
        case "ctrl":
            return _with_ctrl(key, word)
        case _:
            raise UsageError(f"“{word}” is not told apart by every terminal", "Use alt with a letter or a digit")


def _with_shift(key: str, word: str) -> str:
    if key in _MOVED_WITH_SHIFT_OR_CTRL or key == "tab":
        return f"shift+{key}"
    if len(key) == 1 and key.isalpha():
        return key.upper()
    raise UsageError(f"“{word}” is not told apart by every terminal", "Write the character itself, such as ! or G")


def _with_ctrl(key: str, word: str) -> str:
    name = f"ctrl+{key.lower()}"
    if name in _SAME:
        raise UsageError(f"“{word}” is the same as {_SAME[name]} to a terminal", "Use ctrl with another letter")
    if name in _TAKEN:
        raise UsageError(f"“{word}” is fixed: it {_TAKEN[name]}", "Use ctrl with another letter")
    if key in _MOVED_WITH_SHIFT_OR_CTRL or (len(key) == 1 and key.isascii() and key.isalpha()):
        return name
    raise UsageError(f"“{word}” is not told apart by every terminal", "Use ctrl with a letter")
