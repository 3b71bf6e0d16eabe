"""An invented inbox, to try linkinbox with: made by the product's own import and decisions, in a store of its own."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from linkinbox.demo.export import write_export
from linkinbox.demo.story import EXPORTS, Story
from linkinbox.inbox import Inbox
from linkinbox.model import View

_DOWNLOADED_AFTER = timedelta(hours=1)  # an export is imported this long after it was compiled

# What its owner, an auditor of cold stores, would write into the configuration.
INTERESTS = {
    "areas": {"cold chain": ["reefer*", "cold store*", "cold-chain", "Kühlkette"], "audits": ["audit*"]},
    "cities": ["Rotterdam", "Gdynia", "Algeciras"],
    "serves": ["student*"],
}


def make_demo(folder: Path, *, now: datetime) -> Path:
    """Make the demo's store, exports and calendar files in ``folder``, and return the store's path.

    All people and texts are invented. The same ``now`` makes the same inbox, but for the random ids of the journal.

    Args:
        folder: an empty one that the caller made and deletes; never that of the real store.
        now: aware; the data is two days older, the decisions lie in the four months before.
    """
    story = Story(now)
    clock = _Clock(now)
    path = folder / "demo.db"
    with closing(Inbox.open(path, clock=clock)) as inbox:
        inbox.do_without_sync()  # some four hundred decisions: on a busy disk it would take seconds
        compiled = [now - timedelta(days=days) for days in EXPORTS]
        ids: dict[str, int] = {}
        for as_of, until in pairwise([*compiled, now]):
            clock.now = as_of + _DOWNLOADED_AFTER
            inbox.import_from(write_export(story.account, folder, as_of))
            ids = _new_items(inbox) | ids
            for step in story.steps:
                if as_of <= step.at < until:
                    clock.now = step.at
                    inbox.apply(step.decision, [ids[name] for name in step.names])
    return path


def _new_items(inbox: Inbox) -> dict[str, int]:
    """What there is to decide on, by the name of the sender."""
    return {row.person.name: row.id for row in inbox.rows(inbox.ids(View.NEW)[:])}


class _Clock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now
