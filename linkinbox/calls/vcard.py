"""Contacts with the user's notes as vCards.

Version 3.0 (RFC 2426): Google, Outlook and Apple all import it, while 4.0 is read in full by Apple alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from linkinbox.links import openable
from linkinbox.model import Person
from linkinbox.text import safe_body, safe_name, safe_text


def vcards(people: Iterable[tuple[Person, list[str]]]) -> bytes:
    """Return one vCard per person, with their notes oldest first; the same person always has the same UID."""
    return b"".join(_vcard(person, notes) for person, notes in people)


def _vcard(person: Person, notes: list[str]) -> bytes:
    from icalendar import Component
    from icalendar.prop import vN, vOrg, vText, vUri

    card = Component()
    card.name = "VCARD"  # type: ignore[misc]  # icalendar has no class for it, but folds and escapes it rightly
    name = safe_name(person.name)
    card.add("VERSION", vText("3.0"))
    card.add("UID", vText(str(uuid5(NAMESPACE_URL, f"linkinbox:{person.key}"))))
    card.add("FN", vText(name))
    card.add("N", vN(("", name, "", "", "")))  # which part is the family's, nobody can tell from the whole
    if person.company:
        card.add("ORG", vOrg((safe_text(person.company),)))
    if person.position:
        card.add("TITLE", vText(safe_text(person.position)))
    if url := openable(person.url):
        card.add("URL", vUri(url))
    if note := safe_body("\n".join(notes)).strip():
        card.add("NOTE", vText(note))
    content: bytes = card.to_ical(sorted=False)  # VERSION must come first
    return content
