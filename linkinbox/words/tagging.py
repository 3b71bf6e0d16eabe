"""Which tags to put on and take away: words as they are typed, completed from those already used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linkinbox.decisions import Tag
from linkinbox.errors import UsageError
from linkinbox.tags import shown, tagging, tagging_words
from linkinbox.words.questions import Heard

_OFFERED = 6  # tags that are named at once
_FIRST = "a word is a tag; a - before it takes it away"


class TagQuestion(NamedTuple):
    """Tags to put on, and with a - before them to take away.

    Args:
        used: those on any item, the most used first.
        has: those of the item, where there is only one.
    """

    used: Sequence[str]
    has: Sequence[str] = ()
    label: str = "tag"
    example: str = "reefer -cold"

    def hear(self, typed: str) -> Heard[Tag]:
        """Any words that are tags are an answer; Tab completes the last of them."""
        words = typed.split()
        if words and not words[-1].strip("-#"):
            words.pop()  # its sign is typed, and no letter so far
        try:
            return self._offer(typed, tagging(words))
        except UsageError as error:
            return Heard(str(error), wrong=True)

    def _offer(self, typed: str, tag: Tag) -> Heard[Tag]:
        """Say what Enter does, and what Tab may make of the last word."""
        candidates = self._candidates(typed)
        completed = f"{typed.rpartition(' ')[0]} {_sign(typed)}{candidates[0]} ".lstrip() if candidates else None
        offered = f"Tab: {shown(candidates[:_OFFERED])}" if candidates else ""
        if not any(tag):
            has = f"has {shown(self.has)}" if self.has else ""
            return Heard(" · ".join(filter(None, (has, offered))) or _FIRST, completed=completed)
        return Heard(" · ".join(filter(None, (f"Enter: {tagging_words(*tag)}", offered))), tag, completed=completed)

    def _candidates(self, typed: str) -> list[str]:
        """What the last word may become; after a - only what can be taken away."""
        words = typed.split()
        begun = _last(typed).lstrip("-#").lower()
        among = self.has if _sign(typed).startswith("-") and self.has else self.used
        taken = {word.lstrip("-#").lower() for word in words}
        on = {*self.has} if among is self.used else set[str]()
        return [tag for tag in among if tag.startswith(begun) and tag not in taken | on]


def _last(typed: str) -> str:
    """The word being typed; "" behind a blank."""
    return typed.rpartition(" ")[2]


def _sign(typed: str) -> str:
    return "-" if _last(typed).startswith("-") else ""
