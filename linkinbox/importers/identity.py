"""Who is who: one key for the many spellings of a profile's address (formats.md §3.3).

Connections.csv percent-encodes a slug, Invitations.csv and messages.csv write it raw: comparing addresses as
they stand loses one match in ten.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from unicodedata import normalize
from urllib.parse import quote, unquote

from linkinbox.importers.records import Who

_ADDRESS = re.compile(
    r"(?:https?:)?(?://)?(?:[a-z0-9-]+\.)*linkedin\.com/(?:comm/|mwlite/)?(in|pub|profile)(?:/|$)(.*)",
    re.IGNORECASE | re.DOTALL,
)
_USUAL = re.compile(r"https://www\.linkedin\.com/in/([a-z0-9-]+)")  # nearly all of them: nothing to undo
_MEMBER = re.compile(r"urn:li:member:([0-9]{1,20})")
_OPAQUE = re.compile(r"urn:li:[A-Za-z_]+:(AC[ow]AA[\w-]+)", re.ASCII)
_VIEWED = re.compile(r"view/?\?(?:.*&)?id=([\w-]+)", re.ASCII)


@lru_cache(maxsize=32_768)  # the same people recur
def profile_key(url: str) -> str | None:
    """The key of the person a profile's address names; None when it names nobody.

    ``in:slug`` (percent-decoded once, NFC, lower-case), ``acoa:ID`` (case kept: it matters), ``member:N``, or
    ``pub:name/a/b/c`` for the oldest form. Companies, schools, sales and recruiter pages are no persons, and
    the bare ``https://www.linkedin.com/in`` that exports of late 2023 wrote everywhere names everyone.
    """
    if found := _USUAL.fullmatch(url):
        return f"in:{found[1]}"
    url = url.strip()
    if found := _MEMBER.fullmatch(url):
        return f"member:{int(found[1])}"
    if found := _OPAQUE.fullmatch(url):
        return f"acoa:{found[1]}"
    found = _ADDRESS.fullmatch(url)
    return _address_key(found[1].lower(), found[2]) if found else None


def profile_url(key: str) -> str | None:
    """The page to open for a key; None for one that has no public address (``member:``, ``weak:``)."""
    namespace, _, name = key.partition(":")
    if namespace in ("in", "acoa"):
        return f"https://www.linkedin.com/in/{quote(name, safe='')}"
    return f"https://www.linkedin.com/pub/{name}" if namespace == "pub" else None


def weak_key(name: str, *context: str) -> str:
    """A key for a name without a profile: equal only where the same row, or thread, says the same name."""
    parts = "\x1f".join((clean_name(name), *context))
    return f"weak:{blake2b(parts.encode(errors='replace'), digest_size=8).hexdigest()}"


def clean_name(name: str) -> str:
    """A name without the doubled and trailing blanks that differ between files (NFC)."""
    return " ".join((name if name.isascii() else normalize("NFC", name)).split())


@lru_cache(maxsize=32_768)
def known_person(name: str, url: str) -> Who | None:
    """The person behind a profile's address; None when it names nobody."""
    if _USUAL.fullmatch(url):
        return Who(f"in:{url[28:]}", clean_name(name), url)
    key = profile_key(url) if url else None
    return Who(key, clean_name(name), profile_url(key)) if key else None


def _address_key(kind: str, rest: str) -> str | None:
    if kind == "profile":
        return _viewed_key(rest)
    parts = re.split(r"[?#]", rest, maxsplit=1)[0].split("/")
    if kind == "in":
        return _slug_key(unquote(parts[0]).strip())
    names = [quote(_lowered(unquote(part).strip()), safe="") for part in parts[:4]]
    return f"pub:{'/'.join(names)}" if len(names) == 4 and all(names) else None


def _slug_key(slug: str) -> str | None:
    if slug.startswith(("ACoAA", "ACwAA")):
        return f"acoa:{slug}"
    slug = _lowered(slug)
    return f"in:{slug}" if slug else None


def _viewed_key(rest: str) -> str | None:
    found = _VIEWED.match(rest)
    if not found:
        return None
    urn = "urn:li:member:" if found[1].isdigit() else "urn:li:profile:"
    return profile_key(urn + found[1])


def _lowered(text: str) -> str:
    return normalize("NFC", normalize("NFC", text).lower())
