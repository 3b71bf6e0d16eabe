"""Reasons to accept: what speaks for a person, from their words, the user's own data and shared history."""

from __future__ import annotations

import re
from functools import lru_cache

from linkinbox.signals import flags
from linkinbox.signals.fold import fold
from linkinbox.signals.interests import Interests, phrases_of, rule_and_name
from linkinbox.signals.phrases import Hit, Phrases
from linkinbox.signals.reading import Reading, signal
from linkinbox.signals.steps import tokens_of
from linkinbox.signals.subject import Owner, Signal, SignalKind, Span, Subject

_MARKS = "?？"
QUESTION_WORDS = 5  # "and you?" is no question of theirs
SHORTEST_NAME = 3  # letters: a company called X would be found everywhere
NAMED = 3  # shared people named in one line
COLLEAGUES_NAMED = 20  # more than so many are not counted
# What people write where a company is asked for: nobody works together there.
_NO_COMPANY = frozenset((
    "self-employed", "self", "employed", "selbstständig", "selbständig", "autónomo", "autonomo", "indépendant",
    "independiente", "freelance", "freelancer", "independent", "consultant", "confidential", "stealth", "startup",
    "student", "retired", "unemployed", "various", "n/a",
))  # fmt: skip
# A sentence begins here, or follows a greeting: the capital of "Nice to meet you" says nothing.
_BEGINS = re.compile(r"(?:^|[.!?…:|\n])\W*$|(?:^|\n)\W*\w+(?: \w+){0,2} ?[,–-]\s*$")
_LOOKED_BACK = 60  # letters
_RECOMMENDATION = "recommendation"
_SENTENCE = re.compile(r"[^\s.!?…。？！][^.!?…。？！\n]*+[?？]?")


def interests(subject: Subject, reading: Reading, wanted: Interests) -> list[Signal]:
    """The user's areas, industries, people served, cities and words, in the text or in what is known."""
    if not any(wanted):
        return []
    phrases = phrases_of(wanted)
    found: dict[str, list[Span]] = {}
    for hit in phrases.find(reading.folded) if not (reading.pitch or reading.scam) else ():  # they say what is wanted
        if _is_meant(hit, reading.text) and not _is_a_capital_only(hit, reading.text):
            found.setdefault(hit.group, []).append((hit.begin, hit.end))
    signals = [_in_text(group, spans, reading) for group, spans in found.items()]
    for where in ("headline", "position", "company"):
        known = getattr(subject, where) or ""
        groups = {hit.group: hit for hit in phrases.find(fold(known)) if _is_meant(hit, known)} if known else {}
        for group, hit in groups.items():
            if group not in found:
                found[group] = []
                rule, name = rule_and_name(group)
                words = known[hit.begin : hit.end]
                why = f'{rule}: {name} ({where}: "{words}")'
                signals.append(Signal(SignalKind.REASON, rule, why, (words,)))
    return signals


def _in_text(group: str, spans: list[Span], reading: Reading) -> Signal:
    rule, name = rule_and_name(group)
    return signal(SignalKind.REASON, rule, f"{rule}: {name}", reading, *spans)


def _is_meant(hit: Hit, text: str) -> bool:
    return not hit.group.startswith("city:") or _is_a_name(hit, text)


def _is_a_capital_only(hit: Hit, text: str) -> bool:
    """A city's name that may be any word, at the beginning of a sentence."""
    if not hit.group.startswith("city:"):
        return False
    before = text[max(0, hit.begin - _LOOKED_BACK) : hit.begin]
    return _BEGINS.search(before if hit.begin <= _LOOKED_BACK else f"x{before}") is not None


def _is_a_name(hit: Hit, text: str) -> bool:
    """Not so in "no porto", at the port."""
    return not text[hit.begin].islower()


def question(subject: Subject, reading: Reading) -> Signal | None:
    """Asks what only the user can answer: not how they are, nor for their time, nor in order to sell."""
    if not any(mark in reading.text for mark in _MARKS) or _may_be_made_up(subject, reading):
        return None
    empty = reading.spans("question.empty") + reading.spans("pitch.ask")
    spans = [
        span
        for span in map(re.Match.span, _SENTENCE.finditer(reading.text))
        if _asks(reading.text[slice(*span)]) and not any(span[0] <= begin < span[1] for begin, _ in empty)
    ]
    return _reason("question", "wrote a real question", reading, *spans) if spans else None


def _asks(sentence: str) -> bool:
    if sentence[-1] not in _MARKS:
        return False
    without_blanks = any("\u3040" <= letter <= "\ud7af" for letter in sentence)  # Japanese, Chinese, Korean
    return without_blanks or len(sentence.split()) >= QUESTION_WORDS


def about_you(subject: Subject, reading: Reading) -> Signal | None:
    """Speaks of something of the user's: what they made or said, where they work."""
    spans = list(reading.spans("about.you"))
    if phrases := _companies(subject.owner):
        spans += [(hit.begin, hit.end) for hit in phrases.find(reading.folded) if _is_a_name(hit, reading.text)]
    if not spans or _may_be_made_up(subject, reading):
        return None
    return _reason("about-you", "speaks of something of yours", reading, *spans)


def _may_be_made_up(subject: Subject, reading: Reading) -> bool:
    """Praise and questions are what mail merges are filled with."""
    checks = (flags.template, flags.twins, flags.messenger)
    return bool(reading.pitch or reading.scam) or any(check(subject, reading) for check in checks)


@lru_cache(maxsize=4)
def _companies(owner: Owner) -> Phrases | None:
    """Companies as phrases: of a name, only its words count."""
    names = (" ".join(word for word in tokens_of(name) if word != "?") for name in owner.companies)
    return Phrases({"about.you": [name for name in names if len(name) >= SHORTEST_NAME]}) if owner.companies else None


def mutual(subject: Subject, reading: Reading) -> Signal | None:
    """A shared contact, quoted where the text names one."""
    folded = reading.folded
    for name in subject.mutual:
        plain = fold(name).text.strip()
        if plain and (found := re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", folded.text)):
            return _reason("mutual", f"names {name}, whom you know", reading, folded.span(*found.span()))
    if not subject.mutual:
        return None
    return Signal(SignalKind.REASON, "mutual", f"you both know {_few(subject.mutual)}", subject.mutual[:NAMED])


def colleagues(subject: Subject, reading: Reading) -> Signal | None:  # noqa: ARG001
    """Works where others of the user's contacts work."""
    count = len(subject.colleagues)
    if not count or not subject.company or _NO_COMPANY.issuperset(subject.company.lower().split()):
        return None
    people = "one of your contacts works" if count == 1 else f"{_how_many(count)} of your contacts work"
    names = subject.colleagues if count <= COLLEAGUES_NAMED else subject.colleagues[:NAMED]
    why = f"works where {people} ({subject.company}): {_few(names)}"
    return Signal(SignalKind.REASON, "colleagues", why, (subject.company,))


def _how_many(count: int) -> str:
    return f"more than {COLLEAGUES_NAMED}" if count > COLLEAGUES_NAMED else str(count)


def wrote_before(subject: Subject, reading: Reading) -> Signal | None:  # noqa: ARG001
    """There is shared history: the user once wrote to them, or they came before."""
    if subject.answered:
        return Signal(SignalKind.REASON, "wrote-before", "you have written to them")
    if subject.wrote_before:
        times = "once" if subject.wrote_before == 1 else f"{subject.wrote_before} times"
        return Signal(SignalKind.REASON, "wrote-before", f"wrote to you {times} before")
    return None


def endorsed(subject: Subject, reading: Reading) -> Signal | None:  # noqa: ARG001
    """Vouched for the user."""
    if not subject.endorsed:
        return None
    skills = tuple(what for what in subject.endorsed if what != _RECOMMENDATION)
    told = ["recommended you"] if _RECOMMENDATION in subject.endorsed else []
    told += [f"endorsed you: {_few(skills)}"] if skills else []
    why = ("somebody of that name " if subject.endorsed_by_name else "") + "; ".join(told)
    return Signal(SignalKind.REASON, "endorsed", why, subject.endorsed[:NAMED])


def you_invited(subject: Subject, reading: Reading) -> Signal | None:  # noqa: ARG001
    """The user asked first."""
    return Signal(SignalKind.REASON, "you-invited", "you invited them") if subject.you_invited else None


def _few(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _reason(rule: str, why: str, reading: Reading, *spans: Span) -> Signal:
    return signal(SignalKind.REASON, rule, why, reading, *spans)
