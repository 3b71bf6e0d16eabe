"""ONE table of what can be set in ``config.toml``: reading, warnings, ``config --example`` and the README follow it.

A new setting is one line here, and the line of `linkinbox.config` that takes its value.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from linkinbox.config.forms import COMMAND, COUNT, DAYS, PATH, PHRASES, SWITCH, TABLE, TEXT, ZONE, Form
from linkinbox.importers.limits import Limits
from linkinbox.lifetime import BELIEVED_DAYS

_MB = 1_000_000


class Setting(NamedTuple):
    """One thing that can be set.

    Args:
        name: its table and its key, ``clock.believed_days``; ``split[].name``: of each ``[[split]]``.
        form: what its values are.
        help: one sentence; a default that is no value stands in it.
        default: what holds where nothing was set.
        example: a value in TOML, where the default is none to show; of a table of its own, the lines in it.
    """

    name: str
    form: Form
    help: str
    default: Any = None
    example: str = ""


SETTINGS: tuple[Setting, ...] = (
    Setting("db", PATH, "The store; without it, where `linkinbox paths` says.", example='"~/notes/inbox.db"'),
    Setting("calls_folder", PATH, "Where calendar files go; without it, beside the store.", example='"~/calls"'),
    Setting("zone", ZONE, "The zone of times you type and see; without it, the machine's.", example='"Europe/Madrid"'),
    Setting("selectivity", SWITCH, "Whether the screen tells how much you accept.", default=True),
    Setting("theme", TEXT, "The theme; without it, the one chosen last, or what fits the terminal.", example='"light"'),
    Setting("mouse", SWITCH, "Clicks and the wheel are the screen's.", default=True),
    Setting("keys", TABLE, "A profile of keys, and keys of your own.", example='profile = "gmail"\njunk = "x"'),
    Setting("clock.believed_days", COUNT, "How many days an invitation is believed to last.", BELIEVED_DAYS),
    Setting("interests.areas", PHRASES, "Fields; a name gathers its words.", example='{freight = ["reefer*"]}'),
    Setting("interests.industries", PHRASES, "Industries.", example='["shipping", "food*"]'),
    Setting("interests.serves", PHRASES, "Whom you serve.", example='["founder*", "student*"]'),
    Setting("interests.cities", PHRASES, "Places.", example='["Rotterdam", "Porto"]'),
    Setting("interests.words", PHRASES, "Anything else.", example='["open source", "sailing"]'),
    Setting("today.at_start", SWITCH, "Begin with the page of today; false: with the list.", default=True),
    Setting("nudges.days", DAYS, "How long silence lasts before somebody is named after a sweep; 0: nobody is.", 30),
    Setting("split[].name", TEXT, "What it is called.", example='"Reefers"'),
    Setting("split[].query", TEXT, "What it finds.", example='"view:new reefer"'),
    Setting("split[].sort", TEXT, '"newest" or "oldest" first; without it, as its view.', example='"newest"'),
    Setting("pipe[].name", TEXT, "What it is called; without it, as its program.", example='"Read"'),
    Setting("pipe[].command", COMMAND, "The program and its arguments; no shell sees them.", example='["less", "-R"]'),
    Setting("pipe[].form", TEXT, 'What it reads: "text"; "json" as by `show`, of many one a line.', example='"text"'),
    Setting("pipe[].output", TEXT, '"terminal": the screen is its own; "show": on a page.', example='"terminal"'),
    Setting("import.members", COUNT, "How many files an export may hold.", Limits().members),
    Setting("import.member_mb", COUNT, "How many MB one of them may hold.", Limits().member_bytes // _MB),
    Setting("import.total_mb", COUNT, "How many MB all of them may hold.", Limits().total_bytes // _MB),
    Setting("import.ratio", COUNT, "How many times smaller they may be packed.", Limits().ratio),
)  # fmt: skip

TABLES = {
    "clock": "The clock of invitations that wait.",
    "interests": "What speaks for a person, and is offered as a reason: words, with * for any ending.",
    "today": "How a day begins.",
    "nudges": "Who is named at the end of a sweep.",
    "split": "A saved search, which is a view of its own; as many as you like.",
    "pipe": "A command that reads the item under the cursor; as many as you like.",
    "import": "Limits against hostile archives, far above any real export.",
}
"""What each table is about, in one sentence."""

BY_NAME = {setting.name: setting for setting in SETTINGS}
