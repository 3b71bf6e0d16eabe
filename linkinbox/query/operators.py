"""Every operator of a query: what it asks, an example, and its values. One table for parser, help and README."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from linkinbox.model import View

STATES = {
    "new": "not decided",
    "held": "held until a time",
    "to-accept": "accepted, to be carried out on LinkedIn",
    "accepted": "accepted, carried out or not",
    "to-reply": "an answer that you found worth giving",
    "junk": "not wanted",
    "done": "nothing is needed",
    "filed": "filed by itself: connected or answered",
    "owed": "an answer is owed",
    "call": "a call is booked",
}
IS = {
    **STATES,
    "gold": "of a valuable contact",
    "connected": "of somebody you are connected with",
    "invitation": "an invitation",
    "message": "a conversation",
    "sponsored": "paid to reach you",
}
HAS = {
    "note": "an invitation with a note, or a note of yours",
    "question": "they ask something",
    "link": "they sent a link",
    "flag": "something speaks against it",
    "reason": "something speaks for it, or you gave a reason",
}
_VIEWS = {
    "sweep": "what is swept",
    "new": "not decided",
    "invitations": "new invitations",
    "messages": "new conversations",
    "expiring": "new invitations, soonest first",
    "held": "held, soonest first",
    "calls": "booked calls",
    "to-accept": "to carry out on LinkedIn",
    "to-reply": "answers owed",
    "junk": "not wanted",
    "gold": "valuable contacts",
    "connected": "connected",
    "all": "everything",
}
VIEWS = {view.value: _VIEWS[view.value] for view in View}
_AGES = {
    ">30d": "older than 30 days",
    "<2w": "of the last two weeks",
    ">3mo": "older than three months",
    ">1y": "older than a year",
}
_DATES = {
    "yesterday": "",
    '"last monday"': "",
    "30d": "30 days ago",
    "2026-03-01": "a day",
    "2026-03": "a month",
    '"1 mar"': "the last first of March",
}


class Operator(NamedTuple):
    """A word before a colon.

    Args:
        name: the word.
        example: one that can be typed.
        says: what it asks, in a few words.
        told: values with their meaning.
        is_closed: it takes no others.
        rules: the kind of rules whose names are values too.
    """

    name: str
    example: str
    says: str
    told: Mapping[str, str] = {}
    is_closed: bool = False
    rules: str = ""

    def values(self) -> Mapping[str, str]:
        """The values that are known without a store, with their meaning."""
        if not self.rules:
            return self.told
        from linkinbox.signals import RULES  # some 10 ms, which only these need

        return {rule.id: rule.says for rule in RULES if rule.kind == self.rules}

    def meaning(self) -> str:
        """What it asks, with the values it takes."""
        return f"{self.says}: {', '.join(self.values())}" if self.is_closed else self.says


OPERATORS: Mapping[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("from", "from:ana", "who wrote"),
        Operator("company", "company:acme", "where they work"),
        Operator("role", "role:founder", "what they are there"),
        Operator("note", 'note:"book a call"', "in an invitation's note, or a note of yours"),
        Operator("tag", "tag:follow-up", "your tags"),
        Operator("is", "is:junk", "where it stands", IS, is_closed=True),
        Operator("has", "has:link", "what is in it", HAS, is_closed=True),
        Operator("flag", "flag:pitch", "a rule that speaks against it", is_closed=True, rules="flag"),
        Operator("reason", "reason:logistics", "why you accepted it, or a rule that speaks for it", rules="reason"),
        Operator("age", "age:>30d", "older or younger: h, d, w, mo, y", _AGES),
        Operator("before", "before:2026-03-01", "it came before a day", _DATES),
        Operator("after", 'after:"last monday"', "it came on a day or since", _DATES),
        Operator("left", "left:<14d", "believed days left of an invitation", {"<14d": "in two weeks"}),
        Operator("twins", "twins:>3", "how many others wrote nearly the same", {">3": "more than three"}),
        Operator("person", "person:ana-ruiz", "the name in a profile's address"),
        Operator("view", "view:held", "what a view holds", VIEWS, is_closed=True),
    )
}
SIGNS: Mapping[str, str] = {
    "cold cha": "all words, as beginnings, in one text",
    '"cold chain"': "words that follow each other",
    "-pitch": "not; also: not pitch",
    "audit OR review": "one of them",
    "(a OR b) c": "together",
}


def search_table() -> str:
    """The operators for the README."""
    rows = [(f"`{example}`", says) for example, says in SIGNS.items()]
    rows += [(f"`{each.example}`", each.meaning()) for each in OPERATORS.values()]
    return "\n".join(["| search | finds |", "|---|---|", *(f"| {example} | {says} |" for example, says in rows)])


def nearest(typed: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """The known name that was probably meant; "" where none is near."""
    near = get_close_matches(typed.lower(), known, n=1, cutoff=0.5)
    return near[0] if near else ""
