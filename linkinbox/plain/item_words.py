"""An item told in sentences: who, what is known and unknown, what was written, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from linkinbox.lifetime import life_words, owed_words
from linkinbox.model import Item, Message, State, Verb
from linkinbox.plain.sentences import quoted, sentence
from linkinbox.tags import shown as shown_tags
from linkinbox.text import looks_alike, safe_body, safe_name, safe_text
from linkinbox.words.also_words import also_words
from linkinbox.words.card_words import (
    ALIKE,
    SPONSORED,
    UNSEEN,
    VALUABLE,
    attached,
    back_words,
    call_words,
    connected_words,
    has_unseen,
    kind_words,
    no_text,
    others_words,
    place_words,
    title_words,
    unknown_words,
)
from linkinbox.words.entry_words import entry_words
from linkinbox.words.key_words import key_of
from linkinbox.words.times import day, distance, moment
from linkinbox.words.twin_words import STATE_WORDS

if TYPE_CHECKING:
    from linkinbox.store.evidence import Judged

_NEWEST = 3  # messages of a thread that are told first
_DECIDED = 5  # entries, the newest


def who_words(item: Item, place: str) -> str:
    """Return whose item it is, and which of how many."""
    works = place_words(item.row.person)
    return sentence(f"{place}{safe_name(item.row.person.name)}{f', {works}' if works else ''}")


def about_lines(item: Item, judged: Judged, now: datetime, zone: tzinfo) -> Iterator[str]:
    """Tell what is known, what is not, and what is believed; the sentences of the card."""
    row, person = item.row, item.row.person
    yield sentence(f"{kind_words(row.kind)}, {distance(row.at, now, zone)}, {moment(row.at, now, zone)}")
    if row.state is not State.NEW:
        yield sentence(f"now: {STATE_WORDS[row.state]}")
    facts = [
        others_words(item.others) if item.others else "",
        f"title: {title}" if (title := title_words(item)) else "",
        connected_words(person) if person.connected else "",
        VALUABLE if row.gold else "",
        safe_text(f"your tags: {shown_tags(row.tags)}") if row.tags else "",
        life_words(row, item.as_of and item.as_of.astimezone(zone), now),
        owed_words(row, now),
        back_words(row.held_until, now, zone) if row.state is State.NEW and row.held_until else "",
        f"call: {call_words(item.call, now, zone).removeprefix('call ')}" if item.call else "",
        SPONSORED if row.sponsored and not _is_told("sponsored", judged) else "",
        UNSEEN if has_unseen(item) else "",
        ALIKE if _is_alike(item, judged) else "",
        also_words(item.also, now.astimezone(zone)) if item.also else "",
    ]
    yield from (sentence(fact) for fact in facts if fact)
    yield from (sentence(f"unknown: {words}") for words in unknown_words(item, zone))


def _is_alike(item: Item, judged: Judged) -> bool:
    return not _is_told("mixed-script", judged) and looks_alike(item.row.person.name)


def _is_told(rule: str, judged: Judged) -> bool:
    return any(signal.rule == rule for signal in judged.signals)


def text_lines(item: Item, now: datetime, zone: tzinfo) -> list[str]:
    """Tell what was written: the newest messages, then the earlier ones back to the oldest that is at hand."""
    if item.row.messages <= 1 and not item.earlier:
        return _only(item)
    newest, older = item.messages[-_NEWEST:], item.messages[:-_NEWEST]
    lines = [line for message in newest for line in _message(message, item, now, zone)]
    if older:
        lines.append("Before that, the newest first:")
    lines += [line for message in reversed(older) for line in _message(message, item, now, zone)]
    if item.earlier:
        lines.append(f"{item.earlier:,} earlier message{'s' if item.earlier > 1 else ''}: linkinbox show {item.row.id}")
    return lines


def _only(item: Item) -> list[str]:
    lines: list[str] = []
    for message in item.messages:
        lines += [*_subject(message, item), *_body(message.text)]
        if message.attachments:
            lines.append(attached(message.attachments))
    return lines or [no_text(item.row.kind)]


def _message(message: Message, item: Item, now: datetime, zone: tzinfo) -> Iterator[str]:
    local = message.at.astimezone(zone)
    who = safe_name(message.sender) if message.incoming else "you"
    first, *rest = [*_subject(message, item), *_body(message.text)] or [no_text(item.row.kind)]
    yield f"{sentence(f'{who}, {day(local, now)} {local:%H:%M}', end=':')} {first}"
    yield from rest
    if message.attachments:
        yield attached(message.attachments)


def _subject(message: Message, item: Item) -> list[str]:
    subject = message.subject.strip()
    return [safe_text(subject)] if subject and subject != item.title.strip() else []


def _body(text: str) -> list[str]:
    """Return what a stranger wrote in lines, without blank ones and without runs of blanks."""
    return [" ".join(line.split()) for line in safe_body(text).split("\n") if line.strip()]


def signal_lines(judged: Judged) -> Iterator[str]:
    """Tell what speaks for and against, each with its word in place of a mark."""
    from linkinbox.signals import SignalKind
    from linkinbox.words.signal_words import look_words, signal_said

    if judged.signals:
        yield sentence(": ".join(look_words(judged)))
    for signal in judged.told:
        if signal.kind is not SignalKind.UNKNOWN:
            yield sentence(f"{signal.kind.value}: {signal_said(signal)}")
    if judged.twins:
        others = "other" if judged.twins == 1 else "others"
        yield sentence(f"{judged.twins:,} {others} wrote nearly the same; {key_of('twins')} tells who")


def own_lines(item: Item, begun: str, now: datetime, zone: tzinfo) -> Iterator[str]:
    """Tell what is the user's own: drafts, notes, and what was decided last."""
    for draft in item.drafts:
        yield sentence(f"your draft, not sent: {' '.join(_body(draft))}")
    if len(item.entries) > _DECIDED:
        yield f"{len(item.entries) - _DECIDED:,} earlier notes and decisions."
    for entry in item.entries[-_DECIDED:]:
        local = entry.at.astimezone(zone)
        label = "your note," if entry.action is Verb.NOTE else "decided"
        words = entry_words(entry, item.row.kind, now, zone)
        yield sentence(f"{label} {day(local, now)} {local:%H:%M}: {words}")
    if begun:
        yield sentence(f"a note is begun, not written down: {quoted(begun)}")
