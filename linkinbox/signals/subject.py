"""What a rule looks at, and what it finds."""

from enum import StrEnum
from typing import NamedTuple

from linkinbox.decisions import Scope

Span = tuple[int, int]  # begin and end of quoted words in the message where they stand


class SignalKind(StrEnum):
    """Which way a signal points."""

    REASON = "reason"
    FLAG = "flag"
    UNKNOWN = "unknown"  # never for or against
    CLOSER = "closer"  # of last words only: neither for nor against, but nothing is owed


class Look(StrEnum):
    """What the signals of an item come to; never a score, and nothing is sorted by it."""

    TRUST = "trust"
    LOOK = "look"
    UNKNOWN = "unknown"


class Signal(NamedTuple):
    """A reason for, a red flag or an unknown, always with its evidence.

    Args:
        kind: which way it points.
        rule: the stable id of its rule, as in ``flag:pitch``.
        why: one plain line.
        words: the quoted texts as they stand in the text, or in what else is known of the person.
        spans: where each of them stands in its message; empty for a counted fact. A word of another message than the
            newest is told so in ``why``.
        overruled: how far the user overruled it; None: it stands.
    """

    kind: SignalKind
    rule: str
    why: str
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    overruled: Scope | None = None


class Owner(NamedTuple):
    """Whose inbox it is.

    Args:
        name: so that a greeting is not taken for evidence.
        companies: where they work or worked: a stranger who names one wrote to them.
    """

    name: str = ""
    companies: tuple[str, ...] = ()


class Earlier(NamedTuple):
    """A message that stands before the user, and after which the other wrote again.

    Args:
        text: its words.
        called: how it is told from the newest: "their message of 3 Mar".
        minutes_connected: as of a ``Subject``, when it came.
    """

    text: str
    called: str
    minutes_connected: int | None = None


class Subject(NamedTuple):
    """One item and its context. What is not known keeps its default, and no default ever raises a flag.

    Args:
        name: the sender's, as written.
        text: the note, or the newest incoming message.
        owner: whose inbox it is.
        earlier: what they wrote before that, since the user last wrote; oldest first.
        all_read: there is no more of it than this.
        first: the first message, by which twins are told, where that is not the text.
        sponsored: a campaign's message.
        answered: the user wrote to this person at some time: they are no stranger.
        you_invited: the user asked for the contact.
        unanswered_days: on how many separate days they wrote since the user last wrote to them.
        minutes_connected: at most this long after connecting the newest message came ("Connected On" is a date:
            count from its midnight UTC); None: not connected, or unknown.
        twins: how many other senders wrote nearly the same.
        twins_junked: how many of those the user junked.
        wrote_before: earlier items of the same person.
        headline, company, position: None where the export does not tell.
        connected: None where no export told.
        colleagues: names of the user's other contacts at the same company.
        mutual: names of shared contacts.
        endorsed: skills they endorsed, or "recommendation".
        endorsed_by_name: somebody of their name did; no profile was told.
    """

    name: str
    text: str = ""
    owner: Owner = Owner()
    earlier: tuple[Earlier, ...] = ()
    all_read: bool = True
    first: str = ""
    sponsored: bool = False
    answered: bool = False
    you_invited: bool = False
    unanswered_days: int = 0
    minutes_connected: int | None = None
    twins: int = 0
    twins_junked: int = 0
    wrote_before: int = 0
    headline: str | None = None
    company: str | None = None
    position: str | None = None
    connected: bool | None = None
    colleagues: tuple[str, ...] = ()
    mutual: tuple[str, ...] = ()
    endorsed: tuple[str, ...] = ()
    endorsed_by_name: bool = False

    @property
    def stranger(self) -> bool:
        """Whether nothing but their own message speaks for or against them."""
        return not (self.answered or self.you_invited)
