"""Going through items line by line: telling one after the other, and looking around. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from linkinbox.looking import Outer, is_enough
from linkinbox.model import Row, View
from linkinbox.opening import link_of, no_link, open_link
from linkinbox.plain.course import Course
from linkinbox.plain.day_lines import passed_line, today_lines, twin_lines
from linkinbox.plain.item_words import about_lines, own_lines, signal_lines, text_lines, who_words
from linkinbox.plain.prompt import Prompt
from linkinbox.plain.sentences import pages, sentence
from linkinbox.sitting import Sitting
from linkinbox.splits import Split
from linkinbox.text import safe_name
from linkinbox.twins import TwinGroup
from linkinbox.words.key_words import key_of
from linkinbox.words.said import TITLES, empty, no_split, place_words
from linkinbox.words.signal_words import counts_words, look_words, signal_said
from linkinbox.words.twin_words import no_twins


class Walk:
    """Tells the items of a sitting.

    Args:
        sitting: what is shown, and decided by.
    """

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.course = Course(sitting)
        self.prompt = Prompt(self.say)
        self.count: int | None = None  # typed before the key
        self.row: Row | None = None  # the item that is asked about, as it was told
        self.twins: TwinGroup | None = None  # those a decision is for
        self._pages: list[list[str]] = []  # of its text, not told so far
        self._first = sitting.shown.outer  # of words that the sweep began with: nothing lies behind them
        self._outer: Outer | None = None  # where the search was begun
        self._said: list[str] = []

    def say(self, words: str) -> None:
        """Tell a line."""
        self._said.append(words)

    def take(self) -> list[str]:
        """What was said since this was last asked."""
        said, self._said = self._said, []
        return said

    # ── the item ──

    def show_next(self) -> None:
        """Tell the item here or the first behind it that waits; those that others decided are passed with a word."""
        self.sitting.look_outside()
        if passed := self.course.pass_decided():
            self.say(passed_line(passed))
        self.show()

    def show(self) -> None:
        """Tell the item here; at the end, that it is the end."""
        self.row, self.twins, self._pages = self.course.row, None, []
        if self.row is None:
            self.show_end()
            return
        sitting, now, zone = self.sitting, self.sitting.now(), self.sitting.zone
        item, judged = sitting.inbox.item(self.row.id), sitting.judge([self.row.id])[self.row.id]
        self.row = item.row
        self.say(who_words(item, f"{self.course.at + 1:,} of {len(self.course):,}: "))
        for line in about_lines(item, judged, now, zone):
            self.say(line)
        if item.row.id in sitting.marked:
            self.say("Marked.")
        self.tell(text_lines(item, now, zone))
        for line in (*signal_lines(judged), *own_lines(item, sitting.note_begun(item.row.id), now, zone)):
            self.say(line)

    def tell(self, lines: list[str]) -> None:
        """Tell the first page of a long text; the next ones are asked for."""
        self._pages = pages(lines)
        self.read_on()

    def read_on(self) -> None:
        """Tell the next page."""
        for line in self._pages.pop(0) if self._pages else ():
            self.say(line)
        if self._pages:
            left = len(self._pages)
            self.say(f"More of it: Enter. {left:,} page{'s' if left > 1 else ''} left.")

    @property
    def is_searching(self) -> bool:
        """Whether what is told was looked for."""
        return self._outer is not None

    @property
    def has_more(self) -> bool:
        """Whether there is more to read of the text."""
        return bool(self._pages)

    def show_end(self) -> None:
        """Say that there is no item here."""
        if not len(self.course):
            self.say(empty(self.sitting.shown))

    # ── moves ──

    def action_down(self) -> None:
        """Leave this item for now, and tell the next that waits."""
        self.course.move(self.course.at + (self.count or 1))
        self.show_next()

    def action_up(self) -> None:
        """Tell the item before, decided or not."""
        self._go(self.course.at - (self.count or 1), "This is the first.")

    def action_first(self) -> None:
        """Tell the first."""
        self._go(0, "This is the first.")

    def action_last(self) -> None:
        """Tell the last, or the one of a number."""
        self._go((self.count or len(self.course)) - 1, "This is the one.")

    def _go(self, to: int, there: str) -> None:
        if self.course.move(min(to, max(0, len(self.course) - 1))):
            self.show()
        else:
            self.say(there)

    # ── views and search ──

    def open_place(self, place: View | Split) -> None:
        """Tell how much a view, or a saved search, holds, and its first item."""
        self._outer = None
        self.sitting.open_place(place)
        self.course.begin()
        title = TITLES[place] if isinstance(place, View) else place.name
        self.say(sentence(f"{title}: {len(self.course):,}"))
        self.show()

    def action_split(self) -> None:
        """Open the saved search of a number."""
        splits, number = self.sitting.day.splits, self.count or 1
        if number <= len(splits):
            self.open_place(splits[number - 1])
        else:
            self.say(no_split(number))

    def action_search(self) -> None:
        """Ask for words to look for everywhere."""
        self._ask_for_words("search", partial(self.search, narrowed=False))

    def action_narrow(self) -> None:
        """Ask for words to look for among what is shown."""
        self._ask_for_words("narrow", partial(self.search, narrowed=True))

    def _ask_for_words(self, label: str, then: Callable[[str], None]) -> None:
        from linkinbox.words.questions import LineQuestion

        self.prompt.ask(LineQuestion(label, "names, texts and notes", ""), then)

    def search(self, words: str, *, narrowed: bool) -> None:
        """Look for words everywhere, or among what is shown, and tell the first item that has them."""
        here = Outer(self.sitting.shown, cursor=self.course.at, narrowed=narrowed)
        outer = here if narrowed or not self._outer else self._outer._replace(narrowed=False)
        if not is_enough(words) or not self.sitting.search(words, outer):
            self.say("From two letters on.")
            return
        self._outer = outer
        self.course.begin()
        where = place_words(outer.shown) if narrowed else TITLES[View.ALL]
        newest = "the newest " if self.sitting.ids.may_be_more else ""
        self.say(sentence(f"{newest}{len(self.course):,} in {where} with “{words}”; {key_of('back')} ends the search"))
        self.show()

    def action_back(self) -> None:
        """Leave the twins, or the search: where it was begun, with the item it was at."""
        if self.twins:
            self.show()
        elif outer := self._outer:
            self._outer = outer.shown.outer if outer.narrowed and outer.shown.outer is not self._first else None
            self.sitting.show_again(outer.shown)
            self.course.move(outer.cursor)
            self.say("The search is over.")
            self.show()
        else:
            self.say("There is nothing to leave here.")

    def action_today(self) -> None:
        """Tell what waits today."""
        self.sitting.wake()
        for line in today_lines(self.sitting.today(), self.sitting.now()):
            self.say(line)

    def action_selectivity(self) -> None:
        """Tell how much is accepted of what is decided, unless that was switched off."""
        from linkinbox.selectivity import LIMITS, OFF

        if not self.sitting.day.selectivity:
            self.say(sentence(OFF))
            return
        figures = self.sitting.inbox.selectivity()
        for words in filter(None, (figures.share, figures.size, figures.words, LIMITS)):
            self.say(sentence(words))

    # ── more of the item ──

    def here(self) -> Row | None:
        """The item that is asked about; says so where there is none."""
        if self.row is None:
            self.say("There is no item here.")
        return self.row

    def action_enter(self) -> None:
        """Tell the item again, from its beginning."""
        if self.here():
            self.show()

    def action_why(self) -> None:
        """Tell every signal, with how often its rule was raised and overruled."""
        if (row := self.here()) is None:
            return
        judged = self.sitting.judge([row.id])[row.id]
        if not judged.signals:
            self.say("Nothing is known for or against.")
            return
        said = {rule.id: said for rule, said in self.sitting.inbox.rules()}
        self.say(sentence(": ".join(look_words(judged))))
        for signal in judged.told:
            counted = f"; {counts_words(signal.rule, said[signal.rule])}" if signal.rule in said else ""
            self.say(sentence(f"{signal.kind.value}: {signal_said(signal)}{counted}"))

    def action_twins(self) -> None:
        """Tell who wrote nearly the same; the next decision is for all of them that are new."""
        if (row := self.here()) is None:
            return
        self.twins = self.sitting.inbox.twins_of(row.id)
        if self.twins is None:
            self.say(sentence(no_twins(row)))
            return
        for line in twin_lines(row, self.twins):
            self.say(line)

    def action_open(self) -> None:
        """Open the profile, or the thread, in the browser."""
        if link := self._link():
            self.say(sentence(open_link(link)))

    def action_copy(self) -> None:
        """Tell name and link: a line can be copied, and the clipboard takes no line."""
        if (link := self._link()) and self.row:
            self.say(f"{safe_name(self.row.person.name)} {link}")

    def _link(self) -> str | None:
        if (row := self.here()) is None:
            return None
        link = link_of(self.sitting.inbox, row)
        if link is None:
            self.say(sentence(no_link(row)))
        return link
