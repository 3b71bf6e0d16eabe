"""An invented backlog, and somebody who sweeps it: what came in over two years, never looked at.

Of every 2,000 items that are asked about, 900 are older than an invitation is believed to live, some 300 are campaigns
sent by several, and the rest came one by one. 1,000 more are of people who are connected by now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from linkinbox.demo.crowd import HELLOS, TWINS, written
from tests.builders import ExportBuilder, Someone

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONNECTED, EXPIRED, CAMPAIGNS, WRITERS = 1_000, 900, (120, 60, 40, 30, 20, 12), 100
ASKED = 2_000
_GIVEN, _FAMILY = map(
    str.split,
    (
        "Ana Ben Cleo Dov Eva Finn Gia Hugo Ines Joel Kim Leo Mia Nils Olga Paul Quin Rosa Sven Tara",
        "Abel Brook Cruz Dahl Ekman Frost Gray Hahn Ivers Jung Kern Lund Moss Nash Orr Pike Quast Rhys Stahl",
    ),
)
_TOPICS = (
    "reefers", "berry audits", "the Gdynia terminal", "customs forms", "sensor drift", "apprentices", "night trains",
    "vaccine boxes", "greenhouse heat", "port fees", "fish auctions", "pallet pools",
)  # fmt: skip
_OPENINGS = (
    "I read your piece on {0} twice.", "A colleague from {1} told me that you know {0}.", "Greetings from {1}!",
    "Your talk in {1} was short and good.", "We tried what you wrote of {0}.", "You may not remember me: {1}, 2023.",
    "Somebody at the fair in {1} named you.", "Our sheds in {1} are full of {0}.", "Third winter of {0} for us.",
    "Moved to {1} last year, still learning about {0}.", "Is {0} still what you do?", "My aunt ships from {1}.",
)  # fmt: skip
_MIDDLES = (
    "We lose one pallet in forty, mostly on Fridays.",
    "I would like to ask about {0} one day.",
    "Nobody here believes in {0} but me.",
    "The port of {1} changed its rules, as you will have seen.",
    "I keep a small diary of {0}; you may laugh.",
    "Our sensors say four degrees where it is nine.",
    "There are three of us and a dog.",
    "Last week {0} made the papers in {1}.",
    "I teach it on Tuesdays in {1}.",
    "We are looking for nobody and selling nothing.",
    "What you said of {0} has stayed with me.",
    "I came to it late, after ten years on ferries.",
)
_CLOSINGS = (
    "Glad to be in touch.", "No answer needed.", "If you pass through {1}, the coffee is ours.", "Would you do it again?",
    "Who else should I read?", "Best from all at the quay in {1}.", "More when {0} lets me.", "Thank you for writing.",
    "How do you handle {0} in July?", "I owe you a beer.", "Until {1}, perhaps.", "",
)  # fmt: skip
_PLACES = ("Porto", "Hamburg", "Lyon", "Turku", "Cork", "Graz", "Gent", "Brno", "Vigo", "Bari", "Riga", "Split")


def backlog(*, of: int = ASKED) -> ExportBuilder:
    """An export of ``of`` items to ask about, in the proportions above."""
    share = of / ASKED
    rng, people = Random(4), _people()
    export = ExportBuilder(files=("Connections.csv", "messages.csv"))
    for _ in range(round(CONNECTED * share)):
        who = next(people)
        export.invitation(who, at=_ago(rng, 5, 700)).connection(who)
    for _ in range(expired := round(EXPIRED * share)):
        export.invitation(next(people), note=_note(rng, 0.3), at=_ago(rng, 185, 700))
    twins = [max(2, round(size * share)) for size in CAMPAIGNS]
    for text, size in zip(TWINS, twins, strict=True):
        for who in (next(people) for _ in range(size)):
            export.invitation(who, note=written(text, who.name, rng), at=_ago(rng, 2, 170))
    for _ in range(writers := round(WRITERS * share)):
        export.message(next(people), _note(rng, 1), at=_ago(rng, 2, 400))
    for _ in range(of - expired - sum(twins) - writers):
        export.invitation(next(people), note=_note(rng, 0.3), at=_ago(rng, 2, 170))
    return export


def _people() -> Iterator[Someone]:
    for number in range(20 * 19 * 20):
        given, family = _GIVEN[number % 20], _FAMILY[number // 20 % 19]
        name = f"{given} {_GIVEN[number // 380][0]}. {family}"
        yield Someone(name, f"{name.casefold().replace('. ', '-').replace(' ', '-')}-{number}")


def _ago(rng: Random, least: int, most: int) -> datetime:
    return NOW - timedelta(days=rng.uniform(least, most))


def _note(rng: Random, share: float) -> str:
    """A note of one's own, a short hello, or none."""
    if rng.random() > share:
        return ""
    if rng.random() < 0.3:
        return rng.choice(HELLOS[6:])
    sentences = (rng.choice(some) for some in (_OPENINGS, _MIDDLES, _CLOSINGS))
    return " ".join(sentence.format(rng.choice(_TOPICS), rng.choice(_PLACES)) for sentence in sentences).strip()


def keys_for_one(number: int) -> list[str]:
    """What somebody presses for the ``number``-th item that is decided by itself, notes and doubts included."""
    if number % 20 == 0:
        return [*"htue 9", "enter"]
    if number % 20 == 1:
        return [*"nknows the port", "enter", "a"]
    if number % 20 == 2:
        return ["w", "escape", "x", "u", "e"]
    return ["a" if number % 5 == 3 else "e" if number % 5 == 4 else "x"]
