"""Moving through something with the list's own keys, on every screen that has something to move through."""

from __future__ import annotations

from linkinbox.tui.screens.key_screen import KeyScreen
from linkinbox.tui.widgets.item_list import ItemList

_FAR = 10**9  # beyond the end of anything: movers stop at their ends


class MovingScreen(KeyScreen):
    """A screen whose items, choices or lines are moved through one at a time, by the page, or to an end."""

    def move_by(self, delta: int) -> None:
        """Move by ``delta``, as far as there is something."""
        raise NotImplementedError

    def move_to(self, index: int) -> None:
        """Move to ``index``, or to the nearest end."""
        self.move_by(-_FAR)
        self.move_by(index)

    @property
    def page(self) -> int:
        """How many can be seen at once: at least 1."""
        return max(1, self.size.height - 4)

    def action_down(self) -> None:
        """Go down."""
        self.move_by(self.count or 1)

    def action_up(self) -> None:
        """Go up."""
        self.move_by(-(self.count or 1))

    def action_first(self) -> None:
        """Go to the first, or the counted one."""
        self.move_to((self.count or 1) - 1)

    def action_last(self) -> None:
        """Go to the last, or the counted one."""
        self.move_to((self.count or _FAR) - 1)

    def action_half_down(self) -> None:
        """Go down by half a page."""
        self.move_by((self.count or 1) * max(1, self.page // 2))

    def action_half_up(self) -> None:
        """Go up by half a page."""
        self.move_by(-(self.count or 1) * max(1, self.page // 2))

    def action_page_down(self) -> None:
        """Go down by a page."""
        self.move_by((self.count or 1) * self.page)

    def action_page_up(self) -> None:
        """Go up by a page."""
        self.move_by(-(self.count or 1) * self.page)


class ListScreen(MovingScreen):
    """A screen that is moved through by the cursor of its list."""

    list: ItemList

    def move_by(self, delta: int) -> None:
        """Move the cursor of the list."""
        self.list.move_by(delta)

    def move_to(self, index: int) -> None:
        """Move the cursor of the list to an index."""
        self.list.move_to(index)

    @property
    def page(self) -> int:
        """A page of the list."""
        return self.list.page
