"""Every rule by its id, and what the signals of an item come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from linkinbox.decisions import Scope
from linkinbox.signals import flags, reasons
from linkinbox.signals.closing import CLOSER
from linkinbox.signals.interests import Interests
from linkinbox.signals.reading import Reading, read
from linkinbox.signals.subject import Look, Signal, SignalKind, Span, Subject

Check = Callable[[Subject, Reading], Signal | None]

NOTHING = Interests()
LOOK_AT = 2  # flags that do not quote the same words
MUTED_FROM = 10  # raised
MUTED_SHARE = 0.3  # of them overruled

_SOURCES: dict[str, Check] = {"pitch": flags.pitch, "scam": flags.scam}  # others rest on their words
_FLAGS: dict[str, Check] = {
    "fast-pitch": flags.fast_pitch,
    "messenger": flags.messenger,
    "link-first": flags.link_first,
    "link-target": flags.link_target,
    "template": flags.template,
    "mixed-script": flags.mixed_script,
    "twins": flags.twins,
    "no-answer": flags.no_answer,
    "sponsored": flags.sponsored,
}
_REASONS: dict[str, Check] = {
    "question": reasons.question,
    "about-you": reasons.about_you,
    "mutual": reasons.mutual,
    "colleagues": reasons.colleagues,
    "wrote-before": reasons.wrote_before,
    "endorsed": reasons.endorsed,
    "you-invited": reasons.you_invited,
}
_UNKNOWN = {
    rule: Signal(SignalKind.UNKNOWN, rule, why)
    for rule, why in {
        "note": "nothing was written",
        "unread": "more was written than was read for this",
        "headline": "headline: not in the export",
        "company": "company: not in the export",
        "status": "whether you are connected: not in the export",
    }.items()
}


class Rule(NamedTuple):
    """A rule that can be overruled and switched off."""

    id: str
    kind: SignalKind
    says: str  # one line


RULES: tuple[Rule, ...] = (
    Rule("pitch", SignalKind.FLAG, "words that sell to a stranger"),
    Rule("fast-pitch", SignalKind.FLAG, "a pitch within a day of connecting"),
    Rule("scam", SignalKind.FLAG, "words of money, coin or job swindles"),
    Rule("messenger", SignalKind.FLAG, "a stranger leads to another messenger at once"),
    Rule("link-first", SignalKind.FLAG, "a stranger's shortened, booking or pushed link"),
    Rule("link-target", SignalKind.FLAG, "a link that leads elsewhere than it says"),
    Rule("template", SignalKind.FLAG, "an unfilled blank of a mail merge"),
    Rule("mixed-script", SignalKind.FLAG, "letters that only look Latin among Latin ones"),
    Rule("twins", SignalKind.FLAG, "the same text from other senders"),
    Rule("no-answer", SignalKind.FLAG, f"wrote on {flags.UNANSWERED_DAYS} days or more without an answer"),
    Rule("sponsored", SignalKind.FLAG, "paid to reach you"),
    Rule("area", SignalKind.REASON, "one of your areas"),
    Rule("industry", SignalKind.REASON, "one of your industries"),
    Rule("serves", SignalKind.REASON, "the people you serve"),
    Rule("city", SignalKind.REASON, "one of your cities"),
    Rule("words", SignalKind.REASON, "one of your words"),
    Rule("question", SignalKind.REASON, "a real question"),
    Rule("about-you", SignalKind.REASON, "speaks of something of yours"),
    Rule("mutual", SignalKind.REASON, "a shared contact"),
    Rule("colleagues", SignalKind.REASON, "works where your contacts work"),
    Rule("wrote-before", SignalKind.REASON, "there is shared history"),
    Rule("endorsed", SignalKind.REASON, "endorsed or recommended you"),
    Rule("you-invited", SignalKind.REASON, "you invited them"),
    Rule(CLOSER, SignalKind.CLOSER, "last words that need no answer"),
)


def judge(
    subject: Subject, interests: Interests = NOTHING, overruled: Mapping[str, Scope] | None = None
) -> tuple[Signal, ...]:
    """Everything that speaks for or against an item, and what is not known: reasons, flags, unknowns.

    Args:
        subject: the item and its context.
        interests: what the user looks for.
        overruled: the rules that do not count here and how far they were overruled; they are still told, marked.
            What rests on an overruled pitch or swindle falls with it.
    """
    reading = read(subject)
    counted = _without_overruled(reading, overruled or {})
    found = (
        *_reasons(subject, counted, interests),
        *_raised(_SOURCES, subject, reading),
        *_raised(_FLAGS, subject, counted),
        *unknowns(subject, whole=reading.whole),
    )
    if not overruled:
        return found
    return tuple(signal._replace(overruled=overruled.get(signal.rule)) for signal in found)


def _without_overruled(reading: Reading, overruled: Mapping[str, Scope]) -> Reading:
    """What other rules see: words that make no pitch make no fast one and push no link."""
    return reading._replace(
        pitch=[] if "pitch" in overruled else reading.pitch, scam=[] if "scam" in overruled else reading.scam
    )


def look_of(signals: Iterable[Signal]) -> Look:
    """Two flags that stand make "look"; what was not read is "unknown"; the rest is trusted.

    Flags that quote the same words are one piece of evidence. Nothing to read, and nothing known, is unknown too.
    """
    standing = [signal for signal in signals if signal.overruled is None]
    flagged = [signal for signal in standing if signal.kind is SignalKind.FLAG]
    if _pieces(flagged) >= LOOK_AT:
        return Look.LOOK
    unknown = {signal.rule for signal in standing if signal.kind is SignalKind.UNKNOWN}
    nothing_said = "note" in unknown and all(signal.kind is SignalKind.UNKNOWN for signal in standing)
    unread = "unread" in unknown and not flagged
    return Look.UNKNOWN if nothing_said or unread else Look.TRUST


def said_against(signals: Iterable[Signal]) -> str:
    """What the flags that stand come to in words; no text is cleared that nobody read."""
    standing = [signal for signal in signals if signal.overruled is None]
    flagged = sum(signal.kind is SignalKind.FLAG for signal in standing)
    if flagged:
        return f"{flagged} flag{'s' * (flagged > 1)}"
    if look_of(standing) is not Look.UNKNOWN:
        return "nothing against"
    return "nothing was written" if any(signal.rule == "note" for signal in standing) else "not all of it was read"


def _pieces(flagged: Iterable[Signal]) -> int:
    """How many pieces of evidence flags are: those that share a quoted place are one."""
    pieces: list[set[tuple[str, Span]]] = []
    for signal in flagged:
        quoted = set(zip(signal.words, signal.spans, strict=False))
        for piece in [piece for piece in pieces if not piece.isdisjoint(quoted)]:
            pieces.remove(piece)
            quoted |= piece
        pieces.append(quoted)
    return len(pieces)


def mutes_itself(raised: int, overruled: int) -> bool:
    """Whether a rule was overruled so often that it should be silent."""
    return raised >= MUTED_FROM and overruled > raised * MUTED_SHARE


def unknowns(subject: Subject, *, whole: bool) -> Iterator[Signal]:
    """What the export did not tell, or was not read; never for or against anybody."""
    if not (subject.text.strip() or subject.earlier):
        yield _UNKNOWN["note"]
    if not whole:
        yield _UNKNOWN["unread"]
    if subject.headline is None and subject.position is None:
        yield _UNKNOWN["headline"]
    if subject.company is None:
        yield _UNKNOWN["company"]
    if subject.connected is None:
        yield _UNKNOWN["status"]


def _reasons(subject: Subject, reading: Reading, interests: Interests) -> Iterator[Signal]:
    yield from reasons.interests(subject, reading, interests)
    yield from _raised(_REASONS, subject, reading)


def _raised(checks: Mapping[str, Check], subject: Subject, reading: Reading) -> Iterator[Signal]:
    return (signal for check in checks.values() if (signal := check(subject, reading)))
