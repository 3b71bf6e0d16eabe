"""Searching: everything, or within what is shown, as words are typed; and the way back to where it was begun."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from linkinbox.errors import LinkinboxError, UsageError
from linkinbox.looking import Outer, is_enough
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.screens.aside import AsideScreen
from linkinbox.words.key_words import key_of
from linkinbox.words.said import found_words, order_words, place_words

if TYPE_CHECKING:
    from textual.timer import Timer


def _stay() -> None:
    """One stays in the list."""


class SearchScreen(AsideScreen):
    """Searches. A search is a view like any other; behind it stays what was shown before, as it was."""

    _filling: Timer | None = None
    _is_typed = False  # what is searched for
    _said_found = SafeText("")

    def action_search(self, *, left: Callable[[], object] = _stay) -> None:
        """Search everything as words are typed; Esc shows exactly what was there before.

        Args:
            left: called behind that.
        """
        shown = self.sitting.shown
        if shown.outer and not shown.outer.narrowed:
            self._ask(shown.outer, shown.words, left=left)  # the search goes on in other words
        else:
            self._ask(self._here(), left=left)

    def action_narrow(self) -> None:
        """Search among what is shown."""
        self._ask(self._here()._replace(narrowed=True))

    def _here(self) -> Outer:
        return Outer(self.sitting.shown, self.list.cursor, self.list.scroll_offset.y)

    def _ask(self, outer: Outer, words: str = "", *, left: Callable[[], object] = _stay) -> None:
        from linkinbox.tui.prompts.completing import Completer, Earlier
        from linkinbox.tui.prompts.searching import SearchQuestion

        label = key_of("narrow" if outer.narrowed else "search")
        example = f"in {place_words(outer.shown)}" if outer.narrowed else "names, texts and notes"
        question, before = SearchQuestion(self.sitting.inbox, label, example), self._here()
        self._is_typed = True
        self.prompt.ask(
            question,
            lambda words: self._keep(words, outer),
            text=words,
            typed=lambda words: self._find(words.strip(), outer),
            left=lambda _words: self._come_back(before, left),
            judge=question.judge,
            completer=Completer(question.complete),
            earlier=Earlier(self.sitting.searches),
        )

    def _find(self, words: str, outer: Outer, *, typing: bool = True) -> None:
        """Show what is found; as long as the words are wrong, what was found last stays."""
        ids = self.sitting.ids
        try:
            found = is_enough(words) and self.sitting.search(words, outer, typing=typing)
        except UsageError:
            return  # the prompt says why
        except LinkinboxError as error:
            self.say_error(error)
            return
        if not found:
            self._show_again(outer)
        elif self.sitting.ids is not ids:
            self.show_rows(top=0)
            self.show_card_soon()
        self.fill()

    def _keep(self, words: str, outer: Outer) -> None:
        self._is_typed = False
        self._find(words, outer, typing=False)
        if self.sitting.shown.outer is outer:
            self.sitting.remember(words)
        self.show_card()
        self.show_found()

    def _show_again(self, outer: Outer) -> None:
        if self.sitting.shown is not outer.shown:
            self.sitting.show_again(outer.shown)
            self.show_list(cursor=outer.cursor, top=outer.top)

    def _come_back(self, outer: Outer, then: Callable[[], object] = _stay) -> None:
        """Show exactly what was there, and say where that is."""
        self._is_typed = False
        self._show_again(outer)
        self.fill()
        self.show_found()
        then()

    def action_back(self) -> None:
        """Go back to the list, then out of the search."""
        if self.pane != "list":
            self.show_pane("list")
        elif outer := self.sitting.shown.outer:
            self._come_back(outer)
            if not outer.shown.words:
                self.status.say(SafeText("The search is over"))
        elif self.sitting.is_in_batch:
            self.go_on_with_backlog()

    # ── what comes in ──

    def fill(self) -> None:
        """Load more of the ids in small bites, so that no key waits long; of what was left nothing comes in."""
        if self._filling:
            self._filling.stop()
        before = len(self.sitting.ids)
        if self.sitting.ids.fill():
            self._filling = self.set_timer(0.02, self.fill)
        if len(self.sitting.ids) != before or self.sitting.words:
            self.list.grow()
            self.show_found(anew=False)

    def show_found(self, *, anew: bool = True) -> None:
        """Say how many were found, in the prompt while words are typed, then in the status line."""
        shown = self.sitting.shown
        if not shown.words:
            return
        self.show_tabs()
        found, order = found_words(shown), order_words(shown)
        if self._is_typed and not self.prompt.is_wrong:
            self.prompt.say(f"{found}{order} · Enter keeps")
        elif not self._is_typed:
            words = f"{found} with “{shown.words}”{order} — {key_of('back')} {self.back_does()}"
            self._say_found(safe_text(words), anew=anew)

    def back_does(self) -> str:
        """What going back does next."""
        return "goes back" if self.pane == "list" else "shows the list"

    def _say_found(self, found: SafeText, *, anew: bool) -> None:
        """Say it; what was said since of something else is not replaced because more came in."""
        if anew or self.status.said == self._said_found:
            self._said_found = found
            self.status.say(found)
