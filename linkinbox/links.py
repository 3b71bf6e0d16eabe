"""Which addresses may be opened, and opening them: LinkedIn's own pages for reading, and nothing else.

Addresses come from strangers. An accept link in a mail acts by itself, so pages are listed, not excluded.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from urllib.parse import parse_qsl, quote, unquote, urlencode

from linkinbox.errors import LinkinboxError

INVITATION_MANAGER = "https://www.linkedin.com/mynetwork/invitation-manager/"

_LONGEST = 2_000  # characters; a profile's address has under 200
_ADDRESS = re.compile(
    r"https?://(?P<host>(?:[a-z]{2,3}\.)?linkedin\.com)(?P<path>/[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.IGNORECASE | re.ASCII,
)
_PAGE = re.compile(
    r"/(?:(?:comm/)?in|company|school|pub)(?:/[^/]+)+/?"
    r"|/messaging(?:/thread/[^/]+|/compose)?/?"
    r"|/mynetwork/invitation-manager(?:/(?:received|sent))?/?"
    r"|/mypreferences/d/download-my-data/?"
)
_COMPOSE = re.compile(r"/messaging/compose/?")
_MACOS, _OTHERS = ("open",), ("xdg-open", "wslview", "x-www-browser")


def openable(url: str | None) -> str | None:
    """Return the https address of a LinkedIn page that may be opened, or None.

    Non-ASCII is percent-encoded; the fragment and every query (they track) but a message's recipient are
    dropped. The hosts and pages allowed are those of formats.md §3.2 and reliability.md §1.6.
    """
    if not url or len(url) > _LONGEST or not _is_clean(url):
        return None
    address = _ADDRESS.fullmatch(url)
    path = _encoded(address["path"]) if address else None
    if address is None or path is None or not _PAGE.fullmatch(path):
        return None
    query = _recipient(address["query"] or "") if _COMPOSE.fullmatch(path) else ""
    return f"https://{address['host'].lower()}{path}{query}"


def open_in_browser(url: str) -> None:
    """Open a LinkedIn page in the user's browser ($BROWSER first), without a shell and without its output.

    Raises:
        LinkinboxError: the address may not be opened, or there is no browser to start.
    """
    page = openable(url)
    if page is None:
        raise LinkinboxError("This address is none of LinkedIn's pages", "Only linkedin.com is ever opened")
    command = [part.replace("%s", page) for part in _browser()]
    if page not in command:
        command.append(page)
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # ctrl+c here must not close the browser
        )
    except OSError as error:
        raise LinkinboxError(f"The browser {command[0]} did not start", f"Open {page} yourself") from error
    threading.Thread(target=process.wait, daemon=True).start()  # or it stays behind as a zombie


def _is_clean(url: str) -> bool:
    return url.isprintable() and not re.search(r"[\s\\]", url)


def _encoded(path: str) -> str | None:
    """Percent-encode a path segment by segment; None for one that a browser or server may read otherwise."""
    segments = path.split("/")
    try:
        plain = [unquote(segment, errors="strict") for segment in segments]
    except UnicodeDecodeError:
        return None
    if any(name in (".", "..") or re.search(r"[/%?#;]", name) or not _is_clean(name) for name in plain):
        return None
    return "/".join(quote(name, safe="=:") for name in plain)


def _recipient(query: str) -> str:
    values = [value for name, value in parse_qsl(query) if name == "recipient" and _is_clean(value)]
    return f"?{urlencode({'recipient': values[0]})}" if len(values) == 1 else ""


def _browser() -> list[str]:
    """Return the command that opens a page: the first of $BROWSER that is there, or the system's opener."""
    for configured in os.environ.get("BROWSER", "").split(os.pathsep):
        command = _split(configured)
        if command and shutil.which(command[0]):
            return command
    for opener in _MACOS if sys.platform == "darwin" else _OTHERS:
        if shutil.which(opener):
            return [opener]
    raise LinkinboxError("No browser was found", "Set BROWSER to its command, or copy the link with y")


def _split(configured: str) -> list[str]:
    try:
        return shlex.split(configured)
    except ValueError:  # an open quote
        return []
