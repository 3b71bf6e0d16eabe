"""Links in a text: where each begins and ends, and what its host is known for."""

from __future__ import annotations

import re
from typing import NamedTuple

# LinkedIn's own lnkd.in is no shortener here: every long link becomes one.
SHORTENERS = frozenset((
    "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "rebrand.ly", "cutt.ly", "is.gd", "rb.gy", "shorturl.at",
    "tiny.cc", "s.id", "buff.ly", "hubs.ly", "hubs.li", "t.ly", "shorturl.asia", "v.gd", "bl.ink",
))  # fmt: skip
BOOKING = frozenset((
    "calendly.com", "cal.com", "meetings.hubspot.com", "savvycal.com", "tidycal.com", "youcanbook.me", "zcal.co",
    "calendar.app.google", "koalendar.com", "oncehub.com", "appointlet.com", "acuityscheduling.com", "setmore.com",
    "zeeg.me", "meetergo.com", "lemcal.com",
))  # fmt: skip
MESSENGERS = frozenset((
    "t.me", "telegram.me", "wa.me", "chat.whatsapp.com", "api.whatsapp.com", "wa.link", "signal.me", "line.me",
    "discord.gg", "u.wechat.com",
))  # fmt: skip
OWN = frozenset(("linkedin.com", "lnkd.in"))
# A bare "name.tld" is a link where nobody would write these letters after a full stop.
_BARE = "com|org|net|io|ai|app|dev|de|fr|es|eu|nl|biz|xyz|uk|br|pt|ly|gl|gg|ru|blog|example"
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{3,2000}"
    rf"|(?<![\w@./-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:(?:{_BARE})(?![\w@.-])(?:[/?][^\s<>\"]{{0,2000}})?|[a-z]{{2,12}}/[^\s<>\"]{{0,2000}})",
    re.IGNORECASE,
)
_MAY_BE_LINK = re.compile(r"\.\w")
_HOST = re.compile(r"(?:https?://)?([^/?#\s]*)", re.IGNORECASE)


class Link(NamedTuple):
    """A link as it stands in the text."""

    begin: int
    end: int
    host: str  # lower case, without "www." and a port
    looks_like: str = ""  # the host a reader would take it for, where that is another one

    def is_of(self, hosts: frozenset[str]) -> bool:
        """Whether the host is one of these, or directly below one."""
        return self.host in hosts or self.host.partition(".")[2] in hosts


def links_in(text: str) -> list[Link]:
    """Every link, in the order of the text."""
    if not _MAY_BE_LINK.search(text):
        return []
    found: list[Link] = []
    for link in _LINK.finditer(text):
        url = link[0].rstrip(".,;:!?)]}'’\"*_")
        host, disguise = _host(url)
        if "." in host:
            shown = found[-1] if found and _is_target_of(found[-1], link.start(), text) else None
            looks_like = disguise or (shown.host if shown and not _same_site(shown.host, host) else "")
            found.append(Link(link.start(), link.start() + len(url), host, looks_like))
    return found


def _host(url: str) -> tuple[str, str]:
    """The host, and the one it pretends to be: before an @, or as the first labels of a longer name."""
    place = _HOST.match(url)
    whole = place[1].lower() if place else ""
    pretended, _, host = whole.rpartition("@")
    host = host.partition(":")[0].removeprefix("www.").rstrip(".")
    if "." in pretended:
        return host, pretended.removeprefix("www.")
    known = next((own for own in OWN if host.startswith(f"{own}.") or f".{own}." in host), "")
    return host, known


def _is_target_of(shown: Link, at: int, text: str) -> bool:
    return text[shown.end : at].strip("* ") in ("(", "](")


def _same_site(one: str, other: str) -> bool:
    """One lies below the other, as pages.shop.example does below shop.example."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
