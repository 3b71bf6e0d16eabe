"""What is known of an item, and what the export does not tell, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from linkinbox.model import BookedCall, Item, Kind, Person
from linkinbox.text import SafeText, safe_name, safe_text, suspicious
from linkinbox.words.times import distance, moment

SPONSORED = "a sponsored message: somebody paid LinkedIn to send it"
UNSEEN = "holds characters that cannot be seen, shown as \ufffd"
ALIKE = "the name mixes alphabets, or letters made to look like others"
VALUABLE = "a valuable contact"
_NAMED = 5  # others in a thread


def kind_words(kind: Kind) -> str:
    """Return what an item is."""
    return "invitation" if kind is Kind.INVITATION else "message"


def place_words(person: Person) -> SafeText:
    """Return where somebody works, and as what."""
    return safe_text(", ".join(part for part in (person.position, person.company) if part))


def others_words(others: tuple[str, ...]) -> SafeText:
    """Name who else is in a thread."""
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return SafeText(f"with {', '.join(safe_name(name) for name in others[:_NAMED])}{more}")


def title_words(item: Item) -> SafeText:
    """Return the title of a thread; "" if it is only the name."""
    title = item.title.strip()
    return safe_text("" if title == item.row.person.name.strip() else title)


def connected_words(person: Person) -> SafeText:
    """Return that somebody is connected, and since when."""
    since = f" since {person.connected_on.day} {person.connected_on:%b %Y}" if person.connected_on else ""
    return SafeText(f"connected{since}")


def back_words(held_until: datetime, now: datetime, zone: tzinfo) -> SafeText:
    """Return that a hold is over."""
    return SafeText(f"back from a hold since {moment(held_until, now, zone)}")


def call_words(call: BookedCall, now: datetime, zone: tzinfo) -> SafeText:
    """Return when a call is, or what became of it."""
    at = moment(call.at, now, zone)
    if call.outcome is not None:
        return SafeText(f"call {call.outcome}, {at}")
    if call.at > now:
        return SafeText(f"{at}, {distance(call.at, now, zone)}, {call.minutes} min")
    return SafeText(f"{at}, {distance(call.at, now, zone)}: what became of it? c records it")


def has_unseen(item: Item) -> bool:
    """Tell whether anything that others wrote, or chose to be called, holds what a filter cannot take away."""
    return any(map(suspicious, _written(item)))


def _written(item: Item) -> Iterator[str]:
    person = item.row.person
    yield from (person.name, person.position or "", person.company or "", item.title, *item.others)
    for message in item.messages:
        yield from (message.text, message.subject, message.sender)


def unknown_words(item: Item, zone: tzinfo) -> Iterator[str]:
    """Return what the export did not tell; never a reason against anybody (product.md §1.3)."""
    person = item.row.person
    missing = ["headline", *(["company"] if person.company is None else [])]
    of = ""
    if item.as_of is not None:
        local = item.as_of.astimezone(zone)
        of = f" of {local.day} {local:%b %Y}"
    yield f"{', '.join(missing)}: not in the export{of}"
    if person.connected is None:
        yield "connected or not: the export does not tell"
    if item.namesake is not None:
        since = f"{item.namesake.day} {item.namesake:%b %Y}"
        yield f"a connection of this name since {since}: no profile link tells if it is the same person"


def no_text(kind: Kind) -> SafeText:
    """Say that nothing was written."""
    return SafeText("(no note)" if kind is Kind.INVITATION else "(no text)")


def attached(count: int) -> SafeText:
    """Return how many attachments a message has: exports name them but do not hold them."""
    return SafeText(f"({count} attachments, not in the export)" if count > 1 else "(an attachment, not in the export)")
