"""Deciding, taking back and doing again: each an act in the journal, on the disk before its method returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from linkinbox.decisions import Decision, Overrule
from linkinbox.model import Change, Verb
from linkinbox.reader import Reader
from linkinbox.store import begun

if TYPE_CHECKING:
    from linkinbox.store.journal import Act

PATHS_SHOWN = 5  # paths in full beside the list, and in a Change
UNASKED = 25  # items that nobody has looked at, or named, one by one: of more it is asked
LARGE = 1_000  # items; on more an act takes long enough to be watched, and goes a chunk at a time
SCREENFUL = 64  # rows that a Change carries; the rest of a larger act is read when it comes into sight


class Decider(Reader):
    """Decides on what a store holds; `linkinbox.inbox.Inbox` is made of it.

    Attributes:
        decided: something was decided, undone or done again through it.
    """

    _calls_folder: FilePath
    decided = False

    def apply(
        self,
        decision: Decision,
        ids: Sequence[int],
        *,
        raised: Sequence[str] | None = None,
        progress: Callable[[int, int], object] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Change:
        """Decide on items, as one act with one undo; on more than a thousand a chunk at a time.

        Args:
            decision: what is decided.
            ids: the items; none where a rule as a whole is overruled.
            raised: the rules of the signals that stood before the user's eyes: counted if it is one item. None: those
                that stand on it now.
            progress: called with how many of how many are done, after each chunk.
            stop: asked between chunks; what is done by then stays, and `Change.left` says how many are left.

        Raises:
            NoSuchItemError: an id is no item.
            UsageError: the decision makes no sense there.
            StoreError: it could not be written; nothing changed. (Behind the first chunk it is a warning.)
        """
        from linkinbox.store import bulk, decide

        if raised is None:
            raised = self._raised_on(ids) if type(decision) in decide.JUDGES else ()
        raised = raised if len(ids) == 1 else ()
        muted = self._muted() if raised or isinstance(decision, Overrule) else None
        acted = bulk.decide_all(self._store, decision, ids, self._clock(), raised=raised, progress=progress, stop=stop)
        change = self._change(acted.act)
        if acted.left:
            change = change._replace(left=acted.left, warnings=(*change.warnings, *filter(None, [acted.why])))
        if muted is None:
            return change
        news = [words for rule, words in self._muted().items() if rule not in muted]
        return change._replace(warnings=(*change.warnings, *news))

    def _raised_on(self, ids: Sequence[int]) -> list[str]:
        """The rules that stand on the only item; nobody looked at each of several."""
        judged = self.judged(ids) if len(ids) == 1 else {}
        return [signal.rule for one in judged.values() for signal in one.overrulable]

    def _muted(self) -> dict[str, str]:
        from linkinbox.store.overrules import muted

        return muted(self._store.conn)

    def keep_note_begun(self, id_: int, text: str) -> None:
        """Keep a note that is begun on an item until it is written down; without words there is none any more.

        Raises:
            StoreError: it could not be written; nothing changed.
        """
        with self._store.write() as conn:
            begun.keep_begun(conn, id_, text)

    def undo(self, *, progress: Callable[[int, int], object] | None = None) -> Change | None:
        """Take back the newest act, also one of an earlier run; None when there is none.

        Taken back it is at once; the items of a large act follow a chunk at a time, and if that is cut off, with
        the next start.
        """
        from linkinbox.store import bulk

        act = bulk.turn(self._store, Verb.UNDO, self._clock(), progress=progress)
        return self._change(act, undone=True) if act else None

    def redo(self, *, progress: Callable[[int, int], object] | None = None) -> Change | None:
        """Do again what was undone last; None when there is nothing, or something was decided since."""
        from linkinbox.store import bulk

        act = bulk.turn(self._store, Verb.REDO, self._clock(), progress=progress)
        return self._change(act) if act else None

    def _change(self, act: Act, *, undone: bool = False) -> Change:
        from linkinbox.store import journal, overrules
        from linkinbox.store.booked import sync_calls
        from linkinbox.store.reasons import reason_in
        from linkinbox.store.tags import tagged_in

        self.decided = True
        conn = self._store.conn
        ids = journal.remembered(conn, act.ids)
        file, warnings = sync_calls(conn, act, self._calls_folder, self._clock())
        return Change(
            verb=act.action, ids=ids, rows=tuple(self.rows(ids[:SCREENFUL])), batch=act.batch, counts=self.counts(),
            path=self.figures(PATHS_SHOWN), undone=undone, note=file, warnings=warnings,
            overruled=overrules.words_of(conn, act.batch) if act.action is Verb.OVERRULE else "",
            reason=reason_in(conn, act.batch) if act.action is Verb.ACCEPT else "",
            tagged=tagged_in(conn, act.batch) if act.action is Verb.TAG else "",
        )  # fmt: skip

    def ask_no_more(self, id_: int) -> None:
        """Never ask again what became of an item's call; unless it is moved, or the item has another one."""
        from linkinbox.store import today

        with self._store.write() as conn:
            today.ask_no_more(conn, id_)
