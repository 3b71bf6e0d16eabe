"""The lesson: five keys, each told, waited for, and done on invented people. Pure: no screen in here."""

from __future__ import annotations

from typing import NamedTuple

from linkinbox.actions import MARKING, Action, Group
from linkinbox.model import Change, Verb
from linkinbox.text import SafeText, safe_text
from linkinbox.words.key_words import key_of

_ALWAYS = frozenset({"back", "quit", "focus-next", "focus-previous"})  # what leads elsewhere, not into trouble


class Step(NamedTuple):
    """One key.

    Args:
        action: the id of what it does.
        verb: what that writes; None: nothing.
        words: what it is for, behind the key.
    """

    action: str
    verb: Verb | None
    words: str


STEPS = (
    Step("accept", Verb.ACCEPT, "accept this one. Nobody here is real"),
    Step("junk", Verb.JUNK, "junk, if it is not wanted. Nobody is told"),
    Step("hold", Verb.HOLD, "hold until a time: type tue 9, then Enter"),
    Step("undo", Verb.UNDO, "undo what you decided last, also tomorrow"),
    Step("help", None, "help with every key here; Esc comes back"),
)


class Lesson:
    """Where somebody is in it."""

    def __init__(self) -> None:
        self._done = 0

    @property
    def step(self) -> Step | None:
        """The key that is waited for; None: the lesson is over."""
        return STEPS[self._done] if self._done < len(STEPS) else None

    def lets(self, action: Action) -> bool:
        """Whether an action may be done now: the one that is taught, and what only moves."""
        step = self.step
        moves = action.group is Group.MOVE and action.id not in MARKING  # Esc would have two meanings
        return not step or action.id == step.action or action.id in _ALWAYS or moves

    def saw(self, change: Change) -> None:
        """Go on if what was done is what was asked for."""
        step = self.step
        if step and (step.verb is Verb.UNDO if change.undone else step.verb is change.verb):
            self._done += 1

    def did(self, action: Action) -> None:
        """Go on behind an action that writes nothing."""
        if (step := self.step) and step.verb is None and step.action == action.id:
            self._done += 1

    @property
    def words(self) -> SafeText:
        """What is asked for now."""
        if (step := self.step) is None:
            return safe_text(f"That is all it takes. {key_of('palette')} has everything else by its name")
        return safe_text(f"{self._done + 1} of {len(STEPS)}   Press {key_of(step.action)}: {step.words}")
