"""The help: the keys of the screen it was asked on, by the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content

from linkinbox.actions import Action, Group, keys_label
from linkinbox.text import SafeText
from linkinbox.tui.screens.page import PageScreen

_KEYS = 16  # cells
_SENTENCE = 58  # cells: beside the keys in 80 columns

_ABOUT = (
    "A number before a key repeats it or counts: 5j, 3x, 40G. Keys like gi are typed one after the other.\n"
    "What is decided is written at once and can be taken back, also tomorrow. Nothing is ever sent to LinkedIn:\n"
    "“to accept” means that you open it there (o) and accept it yourself; the next import shows it done."
)


class HelpScreen(PageScreen):
    """What can be done on a screen."""

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__(SafeText("Keys"), help_text(actions))

    def action_help(self) -> None:
        """Close the help, as the key that opened it does."""
        self.dismiss()


def help_text(actions: Sequence[Action]) -> Content:
    """The actions in their groups: keys, and one sentence each."""
    parts: list[Content | tuple[str, str] | str] = []
    for group in Group:
        in_it = [action for action in actions if action.group is group]
        if in_it:
            parts.append((f"{group.value}\n", "$accent"))
        for action in in_it:
            parts.append((keys_label(action).ljust(_KEYS), "bold"))
            parts.append(f"\n{' ' * _KEYS}".join(wrap(action.help, _SENTENCE)) + "\n")
        parts.append("\n" if in_it else "")
    return Content.assemble(*parts, (_ABOUT, "$muted"))
