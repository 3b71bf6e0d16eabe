"""The question for what to search: what is understood of it while it is typed, and what can be typed next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linkinbox.looking import is_enough
from linkinbox.query import OPERATORS, Completion, Completions, QueryError, completions
from linkinbox.words.questions import Heard

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox

_OPERATORS = tuple(Completion(f"{operator.name}:", operator.says) for operator in OPERATORS.values())


class SearchQuestion(NamedTuple):
    """Words to look for, found as they are typed.

    Args:
        inbox: understands a query, and knows what may follow an operator.
        label: what stands before the words.
        example: what stands in their place.
    """

    inbox: Inbox
    label: str
    example: str

    def hear(self, typed: str) -> Heard[str]:
        """Say what is wrong with it; an unfinished end is not, until Enter asks for an answer."""
        words = typed.strip()
        if error := self._error(typed, typing=True):
            return Heard(str(error), wrong=True, wrong_at=(error.start, error.end))
        return Heard("Enter keeps it, Esc goes back" if is_enough(words) else "from two letters on", words)

    def judge(self, typed: str) -> Heard[str]:
        """What Enter makes of it; nothing is an answer too: it ends the search."""
        if error := self._error(typed, typing=False):
            return Heard(str(error), wrong=True, wrong_at=(error.start, error.end))
        return Heard("", typed.strip())

    def _error(self, typed: str, *, typing: bool) -> QueryError | None:
        try:
            self.inbox.query(typed, typing=typing)
        except QueryError as error:
            return error
        return None

    def complete(self, typed: str, cursor: int) -> Completions:
        """What can be typed at the cursor: operators at the beginning of a word, values behind an operator."""
        if cursor == 0 or typed[cursor - 1].isspace():
            return Completions(cursor, cursor, _OPERATORS)
        offered = completions(typed, cursor, known={})
        if offered.operator and (known := self.inbox.known_values(offered.operator, offered.beginning)):
            offered = completions(typed, cursor, known={offered.operator: known})
        typed_already = typed[offered.start : offered.end]
        return offered if [each.text for each in offered.candidates] != [typed_already] else Completions(cursor, cursor)
