"""The word lists: what each language's file says, as phrases ready to be found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from linkinbox.signals.phrases import Phrases
from linkinbox.signals.steps import tokens_of

FOLDER = Path(__file__).parent / "words"
GROUPS = (
    "pitch.alone", "pitch.offer", "pitch.ask", "pitch.buyer", "scam.alone", "scam.topic", "scam.promise",
    "messenger.move", "messenger.app", "question.empty", "about.you", "twins.usual",
)  # fmt: skip
CLOSING, BESIDE = "closer.words", ("closer.around", "closer.asks")
SIGNS = "closer.signs"
TOKENS = "template.tokens"
_SIGNS = ("[", "{", "<", "%", "*|", "_name")
_BRACKETS = re.compile(r"(?:[\[{<%]{1,2}|\*\||\$\{)\s?(\w[\w .|-]{0,38})\s?(?:[\]}>%]{1,2}|\|\*)")
_BARE = re.compile(r"(?<!\w)(?:first|last|full|company)_name(?!\w)")
_FILE = re.compile(r"[\w-]{1,60}\.[a-z]{2,4}(?!\w)")  # [Name]_final.pdf names a file
_CHOICE = re.compile(r"\{\w{2,20}(?:\|\w{2,20}){1,5}\}")


@lru_cache(maxsize=1)
def words() -> Mapping[str, list[str]]:
    """Every group's phrases in all languages: a stranger's language is not known, and one note may mix two."""
    import tomllib

    gathered: dict[str, list[str]] = {name: [] for name in (*GROUPS, CLOSING, *BESIDE, SIGNS, TOKENS)}
    for file in sorted(FOLDER.glob("*.toml")):
        for name, phrases in flat(tomllib.loads(file.read_text(encoding="utf-8"))).items():
            gathered[name] += phrases
    return gathered


@lru_cache(maxsize=1)
def vocabulary() -> Phrases:
    """The phrases of all groups."""
    return Phrases({name: words()[name] for name in GROUPS})


@lru_cache(maxsize=1)
def closing() -> Phrases:
    """The phrases that close; apart, since an import asks each text for them, and few have any."""
    return Phrases({CLOSING: words()[CLOSING]})


@lru_cache(maxsize=1)
def beside_closing() -> Phrases:
    """What may stand beside those, and what may not."""
    return Phrases({name: words()[name] for name in BESIDE})


def blanks(folded: str) -> Iterator[tuple[int, int]]:
    """Where a mail merge's blanks stand unfilled: a blank's name in brackets, or alternatives nobody chose from."""
    if not any(sign in folded for sign in _SIGNS):
        return
    for bracket in _BRACKETS.finditer(folded):
        name = bracket[1].partition("|")[0].rpartition(".")[2]  # {{contact.first_name|there}}
        if " ".join(tokens_of(name.replace("_", " "))) in tokens() and not _FILE.match(folded, bracket.end()):
            yield bracket.span()
    for pattern in (_BARE, _CHOICE):
        yield from (found.span() for found in pattern.finditer(folded))


@lru_cache(maxsize=1)
def tokens() -> frozenset[str]:
    """The names of blanks."""
    return frozenset(" ".join(tokens_of(name)) for name in words()[TOKENS])


def flat(table: Mapping[str, Any]) -> dict[str, list[str]]:
    """A file's groups by the names in ``GROUPS``."""
    return {f"{part}.{name}": phrases for part, groups in table.items() for name, phrases in groups.items()}
