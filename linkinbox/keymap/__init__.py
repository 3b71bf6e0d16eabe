"""Which keys do what: those of the table of actions, of a profile, or of one's own configuration.

Pure and small: the profiles and what checks them (`linkinbox.keymap.profiles`) are read only where keys are configured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from linkinbox.actions import Action
from linkinbox.keymap.names import key_label

# In a question they mean the same whatever is configured, so they mean nothing else in the list.
FIXED = {"escape": "back", "enter": "enter", "tab": "focus-next", "shift+tab": "focus-previous", "ctrl+q": "quit"}


@dataclass(frozen=True)
class Keymap:
    """The keys of every action; no key belongs to two of them, nor begins another's.

    Args:
        profile: its name, or the path of its file.
        chosen: action id → keys, as Textual names them, where they are not those of the table.
        own: the ids of those that the person set beyond the profile.
    """

    profile: str = "default"
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, the one that is shown first; () when it has none."""
        return self.chosen.get(action.id, action.keys)

    def label(self, action: Action) -> str:
        """All keys of an action as people write them, the first first; "" when it has none."""
        return " ".join(key_label(keys) for keys in self.keys_of(action))

    def differs(self, action: Action) -> bool:
        """Whether an action has other keys than in the table."""
        return self.keys_of(action) != action.keys


DEFAULT = Keymap()
