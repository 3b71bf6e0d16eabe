"""A stranger's text made safe for a terminal, a page or a file, and shown so that nothing in it hides.

Text is kept as it came and passes through here at each exit. Whatever acts on a terminal (controls), reorders
(bidi) or cannot be seen (zero width, blank letters) gets a visible stand-in. The screen measures cells.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import NewType

SafeText = NewType("SafeText", str)

NAME_LIMIT = 200
LINE_LIMIT = 500
BODY_LIMIT = 20_000
BODY_LINES = 2_000
NO_NAME = SafeText("(no name)")

_REPLACED = "\ufffd"
_BREAKS = "\n\v\f\r\x85\u2028\u2029"
_LINE_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"  # text or emoji look of the character before
_UNSEEN_LETTERS = "\u115f\u1160\u3164\uffa0"  # the Hangul fillers
_UNSEEN = (  # printable by Unicode, yet nothing is seen: blank names are made of them
    frozenset(_UNSEEN_LETTERS + "\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\U00016fe4\U0001d159")
    | frozenset(map(chr, range(0xFE00, 0xFE10)))
    | frozenset(map(chr, range(0xE0100, 0xE01F0)))
)
_EMOJI_BASES = "\u203c\u2049\u3030\u303d"  # emoji that are punctuation by category
_KEYCAPS = frozenset("0123456789#*")
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "MATHEMATICAL", "FULLWIDTH"})
_MARKS_KEPT = 3  # Thai, Hindi and Vietnamese need no more on one letter
# Letters, digits, common signs and emoji are shown as they are; only what remains is looked at one by one.
_SIGNS = "\x20-\x7e\xa1-\xac\xae-\xbf\u2010-\u2027\u20a0-\u20bf\U0001f300-\U0001f64f\U0001f900-\U0001f9ff"
_ODD = re.compile(rf"[^\w\n{_SIGNS}]|[{_UNSEEN_LETTERS}]")
_ODD_RUN = re.compile(f"(?:{_ODD.pattern})+")


def safe_text(text: str, *, limit: int = LINE_LIMIT) -> SafeText:
    """Return ``text`` as one line of at most ``limit`` characters, a cut marked with an ellipsis."""
    if len(text) <= limit and text.isascii() and text.isprintable():
        return SafeText(text)
    return _visible(_LINE_BREAK.sub(" ", _shortened(text, limit)))


def safe_body(text: str) -> SafeText:
    """Return ``text`` with every line break a line feed, at most 2,000 lines and 20,000 characters."""
    lines = _LINE_BREAK.sub("\n", _shortened(text, BODY_LIMIT)).split("\n")
    if len(lines) > BODY_LINES:
        lines = [*lines[: BODY_LINES - 1], "…"]
    return _visible("\n".join(lines))


def safe_name(text: str) -> SafeText:
    """Return a name as one line, or "(no name)" when nothing of it can be seen."""
    name = safe_text(text.strip(), limit=NAME_LIMIT)
    return name if name.strip(f"{_REPLACED} ") else NO_NAME


def excerpt(text: str, limit: int = 200) -> SafeText:
    """Return the first words of ``text`` on one line, each run of white space a single blank."""
    return safe_text(" ".join(text.split(maxsplit=limit)), limit=limit)


def suspicious(text: str) -> bool:
    """Tell whether ``text`` holds a control, bidi or invisible character: an ordinary writer types none."""
    return any(
        _is_hidden(text, odd.start()) and unicodedata.category(odd[0]) not in ("Cn", "Co")  # a font's, or new
        for odd in _ODD.finditer(text[:BODY_LIMIT])
        if odd[0] not in _BREAKS
    )


def looks_alike(text: str) -> bool:
    """Tell whether a word mixes alphabets whose letters look alike, or is of letters made to look like Latin ones."""
    return not text.isascii() and any(
        len(_alphabets(word)) > 1 for word in re.findall(r"[^\W\d_]{2,}", text[:LINE_LIMIT])
    )


def age_days(then: datetime, now: datetime) -> int:
    """Return how many days of UTC lie between two times, as one counts them on a calendar; no less than none."""
    return max(0, (now.astimezone(UTC).date() - then.astimezone(UTC).date()).days)


def age(then: datetime, now: datetime) -> str:
    """Return how long ago ``then`` was, in its largest unit: "now" (under an hour), "2 h", "12 d", "3 w"."""
    passed = max(now - then, timedelta())
    days = age_days(then, now) if passed.days else 0
    if days >= 365:
        return f"{days // 365} y"
    if days > 30:
        return f"{days * 12 // 365} mo"
    if days >= 14:
        return f"{days // 7} w"
    if days:
        return f"{days} d"
    hours = passed.seconds // 3600
    return f"{hours} h" if hours else "now"


def _alphabets(word: str) -> set[str]:
    """The alphabets of a word among those that are taken for one another; dressed-up Latin counts as another."""
    named = (unicodedata.name(char, "").split(" ", 1)[0] for char in word)
    return {name for name in named if name in _ALIKE} | ({"LATIN"} if any(map(_is_dressed_up, word)) else set())


def _is_dressed_up(char: str) -> bool:
    return char > "\u00ff" and unicodedata.normalize("NFKC", char)[:1].isascii()


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _visible(text: str) -> SafeText:
    return SafeText(_ODD_RUN.sub(_stand_ins, text))


def _stand_ins(run: re.Match[str]) -> str:
    """Return what is shown for a run of odd characters; how they are judged depends on their neighbours."""
    text = run.string
    shown: list[str] = []
    marks = 0
    for at in range(*run.span()):
        char = text[at]
        category = unicodedata.category(char)
        if char == "\t" or category == "Zs":
            char, marks = " ", 0
        elif _is_hidden(text, at):
            char, marks = _picture(char), 0
        elif category in ("Mn", "Me"):
            marks += 1
        elif category != "Mc":  # a spacing mark takes its own cell, but does not begin a new letter
            marks = 0
        if marks <= _MARKS_KEPT:
            shown.append(char)
    return "".join(shown)


def _picture(char: str) -> str:
    if char < " ":
        return chr(0x2400 + ord(char))
    return "\u2421" if char == "\x7f" else _REPLACED


def _is_hidden(text: str, at: int) -> bool:
    """Tell whether the character at ``at`` acts, reorders or is unseen where it stands."""
    char = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char in _JOINERS:  # emoji families, Persian and Indic spelling
        return not (_can_join(before, "LSM") and _can_join(after, "LS"))
    if char in _SELECTORS:
        return not (_is_emoji(before) or (before in _KEYCAPS and after == "\u20e3"))
    if char in _UNSEEN:
        return True
    if unicodedata.category(char).startswith("M"):
        return before in ("", "\n")  # a mark on nothing would sit on whatever is left of the field
    return char != "\t" and not char.isprintable() and unicodedata.category(char) != "Zs"


def _can_join(char: str, categories: str) -> bool:
    return char > "\x7f" and unicodedata.category(char)[0] in categories


def _is_emoji(char: str) -> bool:
    return char > "\x7f" and (unicodedata.category(char) in ("So", "Sm", "Sk") or char in _EMOJI_BASES)
