"""What the user looks for, from the configuration.

::

    [interests]
    cities = ["Rotterdam", "Porto"]
    words = ["open source", "sailing"]
    serves = ["founder*", "student*"]

    [interests.areas]
    logistics = ["cold chain", "reefer*", "Kühlkette"]

Each entry is a phrase, written as :mod:`linkinbox.signals.phrases` says. A list names each phrase by itself; a table
gathers phrases under a name of the user's own, which is looked for too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from linkinbox.errors import LinkinboxError
from linkinbox.signals.phrases import Phrases
from linkinbox.signals.steps import BadPhraseError, tokens_of

# What is written in the configuration, and the rule that looks for it.
RULE_OF = {"areas": "area", "industries": "industry", "serves": "serves", "cities": "city", "words": "words"}
_HINT = 'Write it as a list, areas = ["cold chain"], or as a table, areas = {logistics = ["cold chain", "reefer*"]}'

Labelled = tuple[tuple[str, tuple[str, ...]], ...]  # a name, and the phrases under it


class Interests(NamedTuple):
    """Phrases that speak for a person, under the user's names for them."""

    areas: Labelled = ()
    industries: Labelled = ()
    serves: Labelled = ()
    cities: Labelled = ()
    words: Labelled = ()


def interests_from(table: Mapping[str, Any]) -> Interests:
    """Return the interests of a configuration's ``[interests]`` table.

    Raises:
        LinkinboxError: a part that is not known, no list of texts, or holds a phrase that cannot be looked for.
    """
    unknown = [name for name in table if name not in RULE_OF]
    if unknown:
        raise LinkinboxError(f"there are no interests called {unknown[0]}", f"There are {', '.join(RULE_OF)}")
    interests = Interests(**{name: tuple(_labelled(name, value)) for name, value in table.items()})
    try:
        phrases_of(interests)
    except BadPhraseError as error:
        raise LinkinboxError(f"interests: {error}", "Phrases are words, with * for any ending") from error
    return interests


@lru_cache(maxsize=4)
def phrases_of(interests: Interests) -> Phrases:
    """The interests ready for matching; their groups are told apart by :func:`rule_and_name`."""
    return Phrases(
        {
            f"{RULE_OF[part]}:{name}": phrases
            for part, labelled in zip(interests._fields, interests, strict=True)
            for name, phrases in labelled
        }
    )


def rule_and_name(group: str) -> tuple[str, str]:
    """The rule and the user's name of a group of phrases."""
    rule, _, name = group.partition(":")
    return rule, name


def _labelled(part: str, value: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    match value:
        case list():
            yield from ((_plain(phrase), (phrase,)) for phrase in _texts(part, value))
        case dict():
            for name, phrases in value.items():
                plain = " ".join(tokens_of(name))
                yield name, (*([plain] if plain else []), *_texts(f"{part}.{name}", phrases))
        case _:
            raise LinkinboxError(f"interests: {part} is no list", _HINT)


def _texts(part: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in value):
        raise LinkinboxError(f"interests: {part} must be a list of words in quotes", _HINT)
    return value


def _plain(phrase: str) -> str:
    return phrase.replace("*", "").strip()
