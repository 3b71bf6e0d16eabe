"""The marks of the screen and their plain twins, for terminals and fonts that lack them."""

from typing import NamedTuple


class Marks(NamedTuple):
    """Each mark is one cell wide; ``sponsored`` and the plain twins of the directions are words."""

    cursor: str = "▌"
    twin: str = "="
    marked: str = "•"
    gold: str = "★"
    flag: str = "⚑"
    held: str = "◷"
    call: str = "☎"
    sponsored: str = "ad"
    unknown: str = "◌"
    incoming: str = "←"
    outgoing: str = "→"
    bar: str = "▇"
    tail: str = "░"
    rule: str = "─"
    dot: str = "·"
    trust: str = "✓"
    ellipsis: str = "…"
    dash: str = "—"
    up: str = "↑"
    down: str = "↓"
    more: str = "›"
    here: str = "●"
    left: str = "◄"
    right: str = "►"


UNICODE = Marks()
ASCII = Marks(
    cursor=">", marked="*", gold="*", flag="!", held="~", call="@", unknown="?", incoming="from", outgoing="by",
    bar="#", tail=":", rule="-", dot="-", trust="ok", ellipsis="~", dash="-", up="^", down="v", more=">", here="o",
    left="<", right=">",
)  # fmt: skip

_PLAIN_TERMINALS = frozenset({"linux", "vt100", "vt102", "vt220", "ansi", "cons25", "sun"})
_current = UNICODE


def marks() -> Marks:
    """Return the marks in use: what a terminal can show is the same for the whole process."""
    return _current


def use(chosen: Marks) -> None:
    """Use ``chosen`` from now on; what is painted already stays until it is repainted."""
    global _current  # noqa: PLW0603
    _current = chosen


def choose(encoding: str, term: str) -> Marks:
    """Return the marks that a terminal of type ``term``, written to in ``encoding``, is likely to show."""
    able = encoding.lower().replace("-", "").startswith("utf") and term not in _PLAIN_TERMINALS
    return UNICODE if able else ASCII
