"""Who wrote nearly the same: the items, the text, and the words that differ."""

from typing import NamedTuple

from linkinbox.model import State


class Twin(NamedTuple):
    """An item whose text is nearly the same as those of others."""

    id: int
    person_id: int
    name: str
    state: State
    differs: tuple[str, ...] = ()  # its words that the sample has not, in its own spelling; only of the first few


class TwinGroup(NamedTuple):
    """Nearly the same text from several people; one of them may have sent it twice."""

    twins: tuple[Twin, ...]  # newest first
    sample: str  # the beginning of the text that the others are compared with
    differs: tuple[str, ...]  # words that are not the same in all of them, each once; a few of many

    @property
    def size(self) -> int:
        """How many items there are."""
        return len(self.twins)

    @property
    def ids(self) -> tuple[int, ...]:
        """The items, newest first."""
        return tuple(twin.id for twin in self.twins)

    @property
    def people(self) -> tuple[str, ...]:
        """The names of those who sent it, a name a person."""
        return tuple({twin.person_id: twin.name for twin in self.twins}.values())

    def ids_in(self, state: State) -> tuple[int, ...]:
        """The items that stand so: the new ones are open."""
        return tuple(twin.id for twin in self.twins if twin.state is state)
