"""A stage for one widget, and invented people to show on it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from textual.app import App
from textual.widget import Widget

from linkinbox.model import Entry, Item, Kind, Message, Person, Row, State, Stretch, Verb
from linkinbox.tui import themes
from linkinbox.tui.safe_text import SafetyNet

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)


class Stage(App[None]):
    """Shows one widget, and records what it posts."""

    AUTO_FOCUS = None

    def __init__(
        self, widget: Widget, begin: Callable[[], object] = lambda: None, *, theme: str = "linkinbox-dark"
    ) -> None:
        super().__init__()
        self.widget = widget
        self.begin = begin
        self.posted: list[object] = []
        self.net = SafetyNet()
        for known in themes.THEMES:
            self.register_theme(known)
        self.theme = theme

    def get_theme_variable_defaults(self):
        return themes.variable_defaults(dark=True)

    def get_line_filters(self):
        return [*super().get_line_filters(), self.net]

    def compose(self):
        yield self.widget

    def on_mount(self):
        self.begin()

    def lines(self) -> list[str]:
        """What stands on the screen, line by line, as the widget painted it."""
        return ["".join(text for text, _, _ in line) for line in self.screen._compositor.render_strips()]

    async def posts(self, pilot, kind: type) -> list:
        """The messages of ``kind`` that the widget posted so far."""
        await pilot.pause()
        return [message for message in self.posted if isinstance(message, kind)]

    def run_test(self, **options):
        return super().run_test(message_hook=self.posted.append, **options)


def person(name="Ana Ruiz", **known) -> Person:
    return Person(1, "in:ana", name, **known)


def row(
    number=1, name="Ana Ruiz", text="Enjoyed your talk", *, state=State.NEW, kind=Kind.INVITATION, who=None, **known
) -> Row:
    facts = {"at": NOW - timedelta(hours=2), "filed_because": None, "sponsored": False, "gold": False} | known
    return Row(number, f"uid-{number}", kind, who or person(name), state=state, text=text, **facts)


def message(text, *, days=1, incoming=True, **more) -> Message:
    sender = "Ana Ruiz" if incoming else "Me Myself"
    return Message(NOW - timedelta(days=days), sender, incoming, text, **more)


def item(shown: Row | None = None, messages=(), **known) -> Item:
    shown = shown or row()
    facts = {
        "earlier": 0, "entries": (), "notes": (), "call": None, "title": "", "url": None, "drafts": (), "others": (),
        "namesake": None, "as_of": NOW - timedelta(days=12),
    } | known  # fmt: skip
    return Item(shown, messages or (Message(shown.at, shown.person.name, True, shown.text),), **facts)


def entry(action: Verb, payload=None, *, days=1) -> Entry:
    return Entry("e", NOW.astimezone(UTC) - timedelta(days=days), action, "uid-1", None, payload or {}, "b", False)


def gold(name, junk, *, bulk=0, days=30, outcome="call held") -> Stretch:
    decided = NOW - timedelta(days=days)
    return Stretch(junk, bulk, 5, 1, decided - timedelta(days=9), person(name), "uid", 1, decided, outcome, decided)
