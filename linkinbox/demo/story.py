"""Four months of one account, told in order: who wrote when, and what its owner decided on it when."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from linkinbox.decisions import Accept, Call, Decision, Done, Gold, Hold, Junk, Note, Outcome
from linkinbox.demo import cast, crowd
from linkinbox.demo.export import OWNER, Account, Connection, Invitation, Message
from linkinbox.model import CallOutcome

EXPORTS = (116, 88, 60, 32, 2)  # days ago; each holds all that happened until then
_FIRST_ARRIVAL = 210  # days ago
_A_SWEEP = 13  # decisions


class Step(NamedTuple):
    """A decision on the items of some people, as one act."""

    at: datetime
    decision: Decision
    names: tuple[str, ...]


class Story:
    """The account and the decisions, built up part by part; the same for the same ``now``."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.account = Account()
        self.steps: list[Step] = []
        self._rng = Random(11)  # noqa: S311 - for variety, not for secrets
        taken = _hand_written_names()
        self._names = (name for name in crowd.names(self._rng) if name not in taken)
        self._old_acquaintances()
        for gold in cast.GOLDS:
            self._path(gold)
        self._no_show()
        self._last_sweep()
        self._waiting()
        self._fresh()
        self.steps.sort(key=lambda step: step.at)

    # ── when ──

    def _ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def _arrival(self, days: float) -> datetime:
        """Some time before the export that was the newest ``days`` ago, and after the one before it."""
        newest = next(export for export in reversed(EXPORTS) if export >= days)
        before = next((export for export in reversed(EXPORTS) if export > newest), _FIRST_ARRIVAL)
        return self._ago(self._rng.uniform(newest + 0.1, before - 0.1))

    def _morning(self, days: float) -> datetime:
        at = self._ago(days).astimezone(UTC)
        return at.replace(hour=self._rng.randint(6, 8), minute=self._rng.randint(0, 59))

    # ── what happens ──

    def _invited(self, at: datetime, name: str, note: str = "") -> None:
        self.account.invitations.append(Invitation(at, name, note))

    def _connected(self, at: datetime, name: str, work: tuple[str, str] | None = None) -> None:
        self.account.connections.append(Connection(at, name, work or self._rng.choice(crowd.WORK)))

    def _wrote(self, at: datetime, name: str, *lines: str, subject: str = "") -> None:
        """A thread with one person; its first line then, the others an hour apart."""
        times = [at + timedelta(hours=number) for number in range(len(lines))]
        self._talk(cast.Thread(0, (name,), lines, subject=subject), times)

    def _talk(self, thread: cast.Thread, times: Iterable[datetime]) -> None:
        id_, turn = _thread_id(thread), 0
        for at, line in zip(times, thread.lines, strict=True):
            mine = line.startswith("> ")
            sender = OWNER if mine else thread.names[turn % len(thread.names)]
            turn += not mine
            to = tuple(name for name in (*thread.names, OWNER) if name != sender)
            text = crowd.campaign(thread.advertiser, line) if thread.advertiser else line.removeprefix("> ")
            self.account.messages.append(Message(at, id_, sender, to, text, thread.title, thread.subject))

    def _recent(self, thread: cast.Thread) -> None:
        """A thread of the hand-written ones; its newest message came when it says."""
        newest = self._ago(thread.days)
        self._talk(thread, [newest - timedelta(hours=1.3 * n) for n in reversed(range(len(thread.lines)))])

    def _decided(self, at: datetime, decision: Decision, *names: str) -> None:
        self.steps.append(Step(at, decision, names))

    def _sweep(self, decisions: Sequence[tuple[str, Decision]], begin: float, end: float) -> datetime:
        """Decide one by one, a dozen a morning from ``begin`` to ``end`` days ago; returns when the last was decided.

        Who was accepted is mostly found connected by a later export.
        """
        mornings = -(-len(decisions) // _A_SWEEP)
        at = self.now
        for number, (name, decision) in enumerate(decisions):
            sweep, begins = divmod(number, _A_SWEEP)
            if begins == 0:
                at = self._morning(end + (begin - end) * (mornings - 1 - sweep) / max(mornings - 1, 1))
            at += timedelta(seconds=self._rng.randint(4, 40))
            self._decided(at, decision, name)
            if isinstance(decision, Accept) and self._rng.random() < 0.93:
                self._connected(at + timedelta(days=self._rng.uniform(0.1, 1.5)), name)
        return at

    # ── the parts ──

    def _old_acquaintances(self) -> None:
        """Connected, answered or thanked before anything was imported: filed without asking."""
        for number in range(70):
            name, at = next(self._names), self._arrival(EXPORTS[0])
            self._connected(at + timedelta(hours=7), name)
            if number < 50:
                self._invited(at, name, self._rng.choice(crowd.HELLOS))
            if number % 4 == 0:
                said, answered = self._rng.choice(crowd.THANKS)
                self._wrote(at + timedelta(hours=8), name, said, f"> {answered}")
        for _ in range(9):
            self.account.invitations.append(Invitation(self._arrival(60), next(self._names), outgoing=True))

    def _path(self, gold: cast.Gold) -> None:
        """What was handled on the way to a valuable contact, then the contact, then what came of it."""
        begin, end = gold.days
        if gold.bulk:
            self._decided(self._morning(begin), Junk(), *self._twins(begin, gold.bulk))
        singles = self._mix(begin, gold.junk, gold.accepted - 1, gold.done)
        at = self._sweep(singles, begin, end) + timedelta(seconds=50)
        self._invited(self._arrival(begin), gold.name, gold.note)
        self._decided(at, Accept(gold.reason, gold.why), gold.name)
        self._connected(at + timedelta(hours=1), gold.name, gold.work)
        talk = [f"> {line}" if number % 2 else line for number, line in enumerate(gold.talk)]
        self._wrote(at + timedelta(hours=1), gold.name, *filter(None, [gold.note]), *talk)
        if gold.call:
            self._decided(at + timedelta(hours=20), Call(at + timedelta(days=2), 40), gold.name)
            self._decided(at + timedelta(days=2, minutes=45), Outcome(CallOutcome.HELD), gold.name)
        else:
            self._decided(at + timedelta(days=3), Gold(), gold.name)
        for number, note in enumerate(gold.learned):
            self._decided(at + timedelta(days=2, hours=1 + 7 * number), Note(note), gold.name)

    def _mix(self, days: float, junk: int, accepted: int, done: int) -> list[tuple[str, Decision]]:
        mixed = [
            *(self._junk(days) for _ in range(junk)),
            *(self._worthy(days) for _ in range(accepted)),
            *(self._thanked(days) for _ in range(done)),
        ]
        self._rng.shuffle(mixed)
        return mixed

    def _junk(self, days: float) -> tuple[str, Decision]:
        name, at, kind = next(self._names), self._arrival(days), self._rng.random()
        if kind < 0.12:
            text = crowd.written(self._rng.choice(crowd.RECRUITERS), name, self._rng)
            self._wrote(at, name, text, subject="Exciting opportunity")
        else:
            texts = crowd.TWINS if kind < 0.6 else crowd.PITCHES
            self._invited(at, name, crowd.written(self._rng.choice(texts), name, self._rng))
        return name, Junk(self._rng.choice(crowd.JUNKED_BECAUSE) if self._rng.random() < 0.04 else "")

    def _twins(self, days: float, count: int) -> Iterator[str]:
        """Many senders of one text."""
        text = self._rng.choice(crowd.TWINS)
        for _ in range(count):
            name = next(self._names)
            self._invited(self._arrival(days), name, crowd.written(text, name, self._rng))
            yield name

    def _worthy(self, days: float) -> tuple[str, Decision]:
        name = next(self._names)
        at, hello = self._arrival(days), self._rng.choice(crowd.HELLOS)
        self._invited(at, name, hello)
        note = self._rng.choice(crowd.ACCEPTED_BECAUSE) if self._rng.random() < 0.2 else ""
        return name, Accept(note, crowd.REASON_OF.get(hello, ""))

    def _thanked(self, days: float) -> tuple[str, Decision]:
        name, at = next(self._names), self._arrival(days)
        self._connected(at, name)
        self._wrote(at, name, self._rng.choice(crowd.THANKS)[0])
        return name, Done()

    def _no_show(self) -> None:
        guest = cast.NO_SHOW
        self._invited(self._ago(guest.days), guest.name, guest.note)
        self._decided(self._ago(58.2), Call(self._ago(57), note=guest.reason), guest.name)
        self._decided(self._ago(56.9), Outcome(CallOutcome.NO_SHOW), guest.name)

    def _last_sweep(self) -> None:
        """Yesterday's, from the newest export: what has been handled since the last valuable contact."""
        mixed = self._mix(EXPORTS[-1], junk=19, accepted=6, done=1)
        for campaign in cast.CAMPAIGNS:
            self.account.advertisers.add(campaign.advertiser)
            self._recent(campaign)
            mixed.append((campaign.advertiser, Junk()))
        self._sweep(mixed, 1, 1)

    def _waiting(self) -> None:
        """What waits for a time, a call or an answer."""
        at = self._ago(0.9)
        for guest, days in cast.HELD:
            self._invited(self._ago(guest.days), guest.name, guest.note)
            self._decided(at, Note(guest.reason), guest.name)
            self._decided(at, Hold(_half_hour(self._ago(-days))), guest.name)
        for guest, days in cast.CALLED:
            self._invited(self._ago(guest.days), guest.name, guest.note)
            self._decided(at, Call(_half_hour(self._ago(-days)), note=guest.reason), guest.name)
        for guest in cast.OWED:
            self._connected(self._ago(guest.days + 3), guest.name)
            self._wrote(self._ago(guest.days), guest.name, guest.note)
            self._decided(at, Accept(guest.reason), guest.name)

    def _fresh(self) -> None:
        """What is left to sweep."""
        for guest in cast.FRESH:
            self._invited(self._ago(guest.days), guest.name, guest.note)
        for thread in cast.FRESH_THREADS:
            self._recent(thread)
        begun = cast.Thread(0, (cast.OWED[0].name,), ())
        self.account.messages.append(
            Message(self._ago(3), _thread_id(begun), OWNER, begun.names, "Hi Anke, it was the one with", draft=True)
        )


def _hand_written_names() -> set[str]:
    guests = [*cast.FRESH, *cast.OWED, cast.NO_SHOW, *(guest for guest, _ in (*cast.HELD, *cast.CALLED))]
    in_threads = {name for thread in cast.FRESH_THREADS for name in thread.names}
    return {gold.name for gold in cast.GOLDS} | {guest.name for guest in guests} | in_threads


def _thread_id(thread: cast.Thread) -> str:
    """As LinkedIn makes them: the base64 of a uuid and three digits."""
    uuid = uuid5(NAMESPACE_URL, "\n".join((*thread.names, thread.title, thread.subject)))
    return "2-" + b64encode(f"{uuid}_000".encode()).decode()


def _half_hour(at: datetime) -> datetime:
    return at.replace(minute=30 if at.minute >= 30 else 0, second=0, microsecond=0)
