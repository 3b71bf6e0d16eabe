"""Signals: what speaks for and against an item, always with its evidence. Pure; no score, and nothing is decided.

:func:`judge` takes a :class:`Subject`, what the store knows of one item, and gives its signals; :func:`look_of` says
what they come to.
"""

from linkinbox.signals.chips import Chips, chips
from linkinbox.signals.closing import CLOSER, closer
from linkinbox.signals.interests import Interests, interests_from
from linkinbox.signals.rules import RULES, Rule, judge, look_of, mutes_itself, said_against
from linkinbox.signals.subject import Earlier, Look, Owner, Signal, SignalKind, Subject

__all__ = [
    "CLOSER",
    "RULES",
    "Chips",
    "Earlier",
    "Interests",
    "Look",
    "Owner",
    "Rule",
    "Signal",
    "SignalKind",
    "Subject",
    "chips",
    "closer",
    "interests_from",
    "judge",
    "look_of",
    "mutes_itself",
    "said_against",
]
