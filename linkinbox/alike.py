"""Near-identical texts, told by what they are made of: names and greetings out, small edits and a company's name in.

A text is the set of its runs of three words. Of their hashes the smallest few are its *sketch* (a bottom-k
sketch, Broder 1997): two texts that share a part J of all their runs share each smallest hash with probability J,
so one shared hash names the candidates, and `likeness` of the whole sets decides. Pure Python: datasketch, the
library for this, brings numpy, 30 MB and 150 ms of start for what is below; and its signatures of 128 hashes cost
a note 400 microseconds, where a third of a million are read in an import.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import SequenceMatcher
from zlib import crc32

SKETCH = 3  # hashes by which a text is found
ALIKE = 0.5  # of the runs of the shorter text that the longer one has: beyond it, the two are twins
LEAST = 6  # words: "thanks for the invite, nice to meet you" is everybody's
READ = 300  # letters of a text that are looked at, as many as a note may have: who copies, copies the beginning

# Letters stay, in lower case, and what is beyond ASCII; the rest parts words. A regex would take six times as long.
_PARTED = bytes(
    byte + 32 if chr(byte).isupper() else byte if chr(byte).islower() else 32 for byte in range(128)
) + bytes(range(128, 256))  # fmt: skip
# Thai, Lao, Burmese, Khmer, kana and Chinese characters.
_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_STOPS = re.compile("[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+")
_NOBODYS = frozenset(  # greetings, and what is in every address
    "http https www com hi hello hey dear good morning afternoon evening day hallo guten tag hola buenos días bonjour"
    " ciao buongiorno olá bom dia".encode().split()
)


def words_of(text: str, name: str = "") -> list[bytes]:
    """The words by which texts are compared: lower case, without numbers, greetings, and the words of the name."""
    text = text[:READ]
    if not text.isascii() and has_unparted(text):
        return _letters_of(text, name)
    ignored = _NOBODYS.union(_parted(name))
    return [word for word in _parted(text) if word not in ignored]


def has_unparted(text: str) -> bool:
    """Some of it is in a script without blanks."""
    return _UNPARTED.search(text) is not None


def words_in_letters(letters: int) -> int:
    """How many words so many letters of a script without blanks are worth."""
    return letters * 3 // 8


def _letters_of(text: str, name: str) -> list[bytes]:
    """The same in a script without blanks, where each letter is a word; none where they are too few to tell."""
    for part in name.split():
        text = text.replace(part, " ")
    spread, letters = _UNPARTED.subn(r" \g<0> ", _STOPS.sub(" ", text))
    words = [word for word in _parted(spread) if word not in _NOBODYS]
    return words if len(words) - letters + words_in_letters(letters) >= LEAST else []


def _parted(text: str) -> list[bytes]:
    return (text if text.isascii() else text.lower()).encode("utf-8", "replace").translate(_PARTED).split()


def runs_of(words: list[bytes]) -> frozenset[int]:
    """The hashes (46 bits) of a text's runs of three words; none for a text that is too short to tell."""
    if len(words) < LEAST:
        return frozenset()
    hashes = [*map(crc32, words)]
    # Shifted, so that the order counts; numbers of up to 60 bits are fast, and a hash of joined words costs five times.
    return frozenset(
        [
            first ^ second << 7 ^ third << 14
            for first, second, third in zip(hashes, hashes[1:], hashes[2:], strict=False)
        ]
    )


def sketch_of(runs: frozenset[int]) -> tuple[int, ...]:
    """The hashes by which a text is found again, the smallest first."""
    return tuple(sorted(runs)[:SKETCH])


def likeness(one: frozenset[int], other: Collection[int]) -> float:
    """How much of the shorter text is in the longer, from 0 to 1; a text twice as long is another one.

    The other's runs come as they are kept, each once.
    """
    if not one or not other:
        return 0.0
    short, long = sorted((len(one), len(other)))
    return len(one.intersection(other)) / short if long <= 2 * short else 0.0


# What LinkedIn itself offers as a note, in the languages of most members: it is everybody's.
_EVERYBODYS = tuple(
    runs_of(words_of(text))
    for text in (
        "I'd like to add you to my professional network on LinkedIn.",
        "I'd like to join your LinkedIn network.",
        "I would like to join your professional network on LinkedIn.",
        "Ich würde Sie gerne zu meinem beruflichen Netzwerk auf LinkedIn hinzufügen.",
        "Ich möchte Sie gerne zu meinem beruflichen Netzwerk bei LinkedIn hinzufügen.",
        "J'aimerais vous ajouter à mon réseau professionnel sur LinkedIn.",
        "Me gustaría añadirte a mi red profesional de contactos en LinkedIn.",
        "Me gustaría añadirte a mi red profesional en LinkedIn.",
        "Vorrei aggiungerti alla mia rete professionale su LinkedIn.",
        "Gostaria de adicionar você à minha rede profissional no LinkedIn.",
        "Gostaria de adicioná-lo à minha rede profissional do LinkedIn.",
    )
)


_TELLTALE = frozenset().union(*_EVERYBODYS)


def is_everybodys(runs: frozenset[int]) -> bool:
    """The text is one that LinkedIn itself offers."""
    return not runs.isdisjoint(_TELLTALE) and any(likeness(runs, offered) >= ALIKE for offered in _EVERYBODYS)


def differing(one: str, other: str) -> list[tuple[str, str]]:
    """Where two texts differ, in their own words: (of one, of the other), in the order of the first."""
    mine, theirs = one[:READ].split(), other[:READ].split()
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return [(" ".join(mine[a:b]), " ".join(theirs[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
