"""Campaign messages: how they are told from people's, and their HTML as text.

Only LinkedIn's campaign editor leaves HTML in an export. What a person typed is never touched: ``<angle
brackets>`` in it are theirs.
"""

from __future__ import annotations

import re
from html import unescape

_SPIN = "spinmail-quill-editor__spin-break"
_TITLE = "Sponsored Conversation"
# The editor's HTML is flat and tidy. html.parser takes ten times as long for it, is quadratic on hostile
# input and raises on a malformed "<![": this is linear and cannot fail.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*|!)([^<>]*)>")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.IGNORECASE)
_BREAKS = frozenset({"br", "/p", "/li", "/ul", "/ol", "/div"})
_UNSEEN = frozenset({"script", "style"})
_BLANK_LINES = re.compile(r"\n{3,}")


def is_spinmail(content: str) -> bool:
    """Whether a message was made in the campaign editor."""
    return _SPIN in content


def is_sponsored(title: str, sender: str, url: str) -> bool:
    """Whether a message without the editor's marks is a campaign's (the title is English in every language)."""
    return title == _TITLE and sender == "LinkedIn Member" and not url


def spinmail_text(html: str) -> str:
    """A campaign's HTML as lines of text, each link followed by its target where the two differ."""
    pieces = iter(_TAG.split(html.replace("\n", " ")))
    parts = [next(pieces)]
    target = unseen = ""
    link_at = 0
    # split() gives a text, then for each tag its slash, name, attributes and the text after it.
    for slash, name, attributes, text in zip(pieces, pieces, pieces, pieces, strict=True):
        tag = slash + name.lower()
        if unseen:
            unseen = "" if tag == f"/{unseen}" else unseen
        elif tag in _BREAKS:
            parts.append("\n")
        elif tag == "a":
            found = _HREF.search(attributes)
            target, link_at = (found[1] or found[2] or found[3] or "") if found else "", len(parts)
        elif tag == "/a":
            parts.append(_shown_target(target, "".join(parts[link_at:])))
            target = ""
        elif tag in _UNSEEN:
            unseen = tag
        if not unseen:
            parts.append(text)
    lines = unescape("".join(parts)).split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(map(str.strip, lines))).strip()


def _shown_target(target: str, said: str) -> str:
    said = said.strip()
    if said == target:
        return ""
    return f" ({target})" if said and target else target
