"""ONE table of what a person can do.

Keys, screen methods, palette, command line, journal, help and README all read it.
Nothing else lists keys; a test asserts that the six surfaces agree.
"""

from enum import StrEnum
from typing import NamedTuple

from linkinbox.model import Verb, View


class Group(StrEnum):
    """Where an action stands in the help and in the README."""

    MOVE = "Move"
    DECIDE = "Decide"
    PEOPLE = "People and calls"
    LOOK = "Look"
    VIEWS = "Views"
    APP = "The rest"


class Action(NamedTuple):
    """One thing a person can do.

    Args:
        id: stable name; the screen's method is ``action_<id>`` with underscores, the key is remapped by it.
        title: as the palette and the foot show it.
        help: one sentence for help and README.
        keys: Textual key names, () if it has none by itself; two keys separated by a blank are typed one after the
            other, # is any digit but 0.
        group: its section of the help.
        verb: what it writes to the journal, if it does.
        command: its name on the command line, if it has one.
        advances: the cursor goes on to the next item.
        foot: its rank among those in the foot line of the screen, of which the last always stays; 0: it is not there.
        view: the view it opens, if it does.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    group: Group
    verb: Verb | None = None
    command: str | None = None
    advances: bool = False
    foot: int = 0
    view: View | None = None


def _view(view: View, title: str, key: str, help_: str, *more: str) -> Action:
    return Action(f"view-{view}", title, help_, (f"g {key}", *more), Group.VIEWS, view=view)


_M, _D, _P, _L, _A = Group.MOVE, Group.DECIDE, Group.PEOPLE, Group.LOOK, Group.APP

ACTIONS: tuple[Action, ...] = (
    Action("down", "Next", "The next item; a number before it moves by as many.", ("j", "down"), _M),
    Action("up", "Previous", "The previous item.", ("k", "up"), _M),
    Action("first", "First", "The first item.", ("g g", "home"), _M),
    Action("last", "Last", "The last item; with a number before it, the one of that number.", ("G", "end"), _M),
    Action("half-down", "Half a page down", "Half a page down.", ("ctrl+d",), _M),
    Action("half-up", "Half a page up", "Half a page up.", ("ctrl+u",), _M),
    Action("page-down", "Page down", "A page down.", ("pagedown",), _M),
    Action("page-up", "Page up", "A page up.", ("pageup",), _M),
    Action("mark", "Mark", "Mark or unmark, and go on; a decision is then for all that are marked.", ("space",), _M),
    Action("range", "Range", "Begin a range that moves extend; once more marks it.", ("v",), _M),
    Action(
        "mark-all",
        "Mark all",
        "Mark all in view or found, also what is not in sight; once more: none of them.",
        ("asterisk",),
        _M,
    ),
    Action("card-down", "Scroll the card down", "Scroll the card down.", ("ctrl+f",), _M),
    Action("card-up", "Scroll the card up", "Scroll the card up.", ("ctrl+b",), _M),
    Action(
        "accept",
        "Accept",
        "Accept: an invitation is to be accepted on LinkedIn, a message to be answered.",
        ("a",),
        _D,
        Verb.ACCEPT,
        "accept",
        advances=True,
        foot=1,
    ),
    Action(
        "accept-because",
        "Accept, because",
        "Accept for a reason, one of nine by its digit or in your own words; the path shows what came of each.",
        ("A",),
        _D,
        Verb.ACCEPT,
        "accept",
        advances=True,
    ),
    Action(
        "junk",
        "Junk",
        "Junk: not wanted.",
        ("x", "exclamation_mark"),
        _D,
        Verb.JUNK,
        "junk",
        advances=True,
        foot=2,
    ),
    Action("done", "Done", "Done: nothing is needed.", ("e",), _D, Verb.DONE, "done", advances=True, foot=3),
    Action(
        "hold",
        "Hold",
        "Hold until a time, then it is back by itself.",
        ("h", "b"),
        _D,
        Verb.HOLD,
        "hold",
        advances=True,
        foot=4,
    ),
    Action(
        "repeat",
        "Repeat",
        "Do the last decision once more, with its answers.",
        ("full_stop",),
        _D,
    ),
    Action(
        "undo",
        "Undo",
        "Take back the last decision; as often as you like.",
        ("u", "z"),
        _D,
        Verb.UNDO,
        "undo",
        foot=6,
    ),
    Action(
        "overrule",
        "Overrule",
        "Overrule a flag: here, for this person, or the rule as a whole.",
        ("minus",),
        _D,
        Verb.OVERRULE,
        "overrule",
    ),
    Action(
        "second-look",
        "Second look",
        "Look again at five junked items without their decision: would you accept them now?",
        ("g l",),
        _D,
        Verb.SECOND_LOOK,
        "second-look",
    ),
    Action("redo", "Redo", "Do again what was taken back.", ("ctrl+r",), _D, Verb.REDO, "redo"),
    Action("note", "Note", "Note why, in one line.", ("n",), _P, Verb.NOTE, "note", foot=8),
    Action(
        "edit",
        "Note in the editor",
        "Write the note in $VISUAL or $EDITOR, also one that is begun in the prompt; its lines become one.",
        ("ctrl+e",),
        _P,
        Verb.NOTE,
    ),
    Action(
        "tag",
        "Tag",
        "Put tags on, or take them away: reefer -cold; Tab completes those already used.",
        ("t",),
        _P,
        Verb.TAG,
        "tag",
    ),
    Action(
        "call",
        "Call",
        "Schedule a call, or record what became of it.",
        ("c",),
        _P,
        Verb.CALL,
        "call",
        foot=9,
    ),
    Action(
        "gold",
        "Gold",
        "Mark the person as a valuable contact, or no longer.",
        ("plus",),
        _P,
        Verb.GOLD,
        "gold",
        foot=10,
    ),
    Action(
        "pipe",
        "Pipe",
        "Give the item, or all that are marked, to a program of yours: each [[pipe]] in config.toml.",
        ("vertical_line",),
        _P,
    ),
    Action("open", "Open on LinkedIn", "Open the profile or the thread in the browser.", ("o",), _P),
    Action("copy", "Copy", "Copy the name and the link.", ("y",), _P),
    Action(
        "why",
        "Why",
        "What speaks for and against, with the words and the counts of each rule.",
        ("w",),
        _L,
        command="rules",
    ),
    Action(
        "twins",
        "Twins",
        "All who wrote nearly the same, and the words that differ; then a decision is for all that are new.",
        ("equals_sign",),
        _L,
        command="twins",
    ),
    Action(
        "search",
        "Search",
        "Search names, texts, notes and reasons as you type.",
        ("slash",),
        _L,
        command="list",
        foot=5,
    ),
    Action("narrow", "Narrow", "Search among what is shown; Esc shows all of it again.", ("backslash",), _L),
    Action(
        "backlog",
        "Backlog",
        "Sweep what has piled up: the expired, then the same text from several, then batches of 25.",
        ("g b",),
        _L,
        command="backlog",
    ),
    Action(
        "selectivity",
        "Selectivity",
        "How much you accept of what you decide one by one: a band, never a grade.",
        ("S",),
        _L,
        command="selectivity",
    ),
    Action("path", "Path to gold", "The path to each valuable contact.", ("P",), _L, command="path"),
    Action("panes", "Panes", "Three panes, two or one where there is room for more; remembered.", ("g P",), _L),
    Action("focus-next", "Next pane", "The next view; in a narrow window the next pane.", ("tab",), _L),
    Action("focus-previous", "Previous pane", "The previous view or pane.", ("shift+tab",), _L),
    Action(
        "enter",
        "Open the card",
        "The card in full; on the path, that stretch of the journal.",
        ("enter",),
        _L,
    ),
    Action(
        "back", "Back", "Back to where you were; out of a search to exactly what was shown before.", ("escape",), _L
    ),
    Action("today", "Today", "What waits today; first, what became of calls.", ("g d",), Group.VIEWS),
    _view(View.SWEEP, "Sweep", "s", "The daily sweep: new ones with words, answers owed, then new ones without words."),
    _view(View.NEW, "New", "n", "All that is new."),
    _view(View.INVITATIONS, "Invitations", "i", "New invitations."),
    _view(View.MESSAGES, "Messages", "m", "New messages."),
    _view(
        View.TO_REPLY,
        "To reply",
        "r",
        "Answers owed: found worth answering, or they wrote last.",
    ),
    _view(
        View.EXPIRING,
        "Time left",
        "e",
        "New invitations by believed days left; of about as many, those with a reason first.",
    ),
    _view(View.HELD, "Held", "h", "What is held, the soonest first."),
    _view(View.CALLS, "Calls", "c", "Booked calls."),
    _view(
        View.TO_ACCEPT,
        "To accept",
        "t",
        "The carry-out list: decided here, still to be done on LinkedIn.",
        "O",
    ),
    _view(View.JUNK, "Junk", "j", "What was junked."),
    _view(View.GOLD, "Gold", "o", "Valuable contacts."),
    _view(View.CONNECTED, "Connected", "k", "People you are connected with."),
    _view(View.ALL, "All", "a", "Everything, filed items too."),
    Action("split", "Split", "A saved search of your own, by its number.", ("g #",), Group.VIEWS),
    Action("import", "Import", "Import an export.", ("ctrl+o",), _A, command="import"),
    Action("lesson", "Lesson", "Learn five keys on invented people; nothing of yours is touched.", (), _A),
    Action(
        "palette",
        "Commands",
        "Every action, view and setting, by name, by what it does, or by key.",
        ("colon", "ctrl+p"),
        _A,
        foot=7,
    ),
    Action("theme", "Theme", "Another theme: each is shown as you move through them.", ("g T",), _A),
    Action("help", "Help", "The keys of where you are.", ("question_mark",), _A, command="keys", foot=11),
    Action("quit", "Quit", "Quit; everything is already saved.", ("q", "ctrl+q"), _A),
)

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}
MARKING = frozenset({"mark", "range", "mark-all"})  # moves after which Esc unmarks
# Of several that write the same, the plain one stands first in the table.
BY_VERB: dict[Verb, Action] = {action.verb: action for action in reversed(ACTIONS) if action.verb is not None}
