"""Rules of signals: which there are and how often they were right, switching them, and overruling one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from linkinbox.cli.options import examples, id_argument, json_option
from linkinbox.cli.session import open_inbox
from linkinbox.decisions import Overrule, Scope
from linkinbox.errors import UsageError

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.signals import Rule
    from linkinbox.store.overrules import Said


@click.command(epilog=examples("rules", "rules --json", "rules off no-answer", "rules on no-answer"))
@click.argument("switch", metavar="[off|on RULE]", type=click.Choice(["off", "on"]), required=False)
@click.argument("rule", metavar="", required=False)
@json_option
def rules(*, switch: str | None, rule: str | None, as_json: bool) -> None:
    """List the rules of signals, or switch one off or on.

    Raised: on how many items it stood when you decided on them one by one, or overruled it. A rule that was overruled
    on more than 30 % of 10 or more mutes itself; one that you switched on yourself never does.
    """
    with open_inbox() as inbox:
        if switch:
            _switch(inbox, rule, on=switch == "on")
        if as_json:
            from linkinbox.cli.output import print_json

            print_json([_rule_json(rule, said) for rule, said in inbox.rules()])
        elif not switch:
            from linkinbox.cli.columns import table

            for line in table(_cells(rule, said) for rule, said in inbox.rules()):
                click.echo(line)


def _switch(inbox: Inbox, rule: str | None, *, on: bool) -> None:
    from linkinbox.cli.deciding import tell

    if rule is None:
        msg = "No rule was named"
        raise UsageError(msg, "`linkinbox rules` lists them")
    tell(inbox, inbox.apply(Overrule(rule, Scope.RULE, on=not on), []), as_json=False)


def _rule_json(rule: Rule, said: Said) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "kind": rule.kind.value,
        "says": rule.says,
        "raised": said.raised,
        "overruled": said.overruled,
        "state": _state(said),
        "by_hand": said.on is not None,
    }


def _cells(rule: Rule, said: Said) -> tuple[str, ...]:
    from linkinbox.text import safe_text

    state, counts = _state(said), f"{said.overruled:,} of {said.raised:,} overruled" if said.raised else ""
    return safe_text(rule.id), safe_text(rule.kind), "" if state == "on" else state, counts, safe_text(rule.says)


def _state(said: Said) -> str:
    match said.scope:
        case None:
            return "on"
        case Scope.MUTED:
            return "muted"
        case _:
            return "off"


@click.command(epilog=examples("overrule 12 pitch", "overrule 12 pitch --person", "overrule 12 pitch --rule"))
@id_argument
@click.argument("rule", metavar="RULE")
@click.option("--person", "scope", flag_value="person", help="For all that this person sends.")
@click.option("--rule", "scope", flag_value="rule", help="Switch the rule off as a whole.")
@click.option("--off", is_flag=True, help="Let it count again.")
@json_option
def overrule(*, ref: str, rule: str, scope: str | None, off: bool, as_json: bool) -> None:
    """Overrule a signal of an item: it no longer counts.

    What was overruled is still shown, marked so.
    """
    from linkinbox.cli.deciding import tell

    with open_inbox() as inbox:
        id_ = inbox.find(ref)
        if not off:
            _require_standing(inbox, id_, rule)
        decision = Overrule(rule, Scope(scope or "item"), on=not off)
        tell(inbox, inbox.apply(decision, [id_]), as_json=as_json)


def _require_standing(inbox: Inbox, id_: int, rule: str) -> None:
    standing = [signal.rule for signal in inbox.judged([id_])[id_].overrulable]
    if rule not in standing and rule in {known.id for known, _ in inbox.rules()}:
        msg = f"{rule} does not count on item {id_}"
        raise UsageError(msg, f"These do: {', '.join(standing)}" if standing else "No rule does")


def signal_lines(inbox: Inbox, id_: int) -> Iterator[str]:
    """What speaks for and against an item, a line each, with the words; what is not known is told elsewhere."""
    from linkinbox.signals import SignalKind, look_of, said_against
    from linkinbox.text import safe_text

    if (judged := inbox.judged([id_]).get(id_)) is None:
        return
    yield safe_text(f"{look_of(judged.signals)}: {said_against(judged.signals)}")
    marks = {SignalKind.FLAG: "⚑", SignalKind.REASON: "+", SignalKind.CLOSER: "·"}
    for signal in judged.told:
        if mark := marks.get(signal.kind):
            words = " ".join(f"“{word}”" for word in signal.words if word not in signal.why)
            overruled = f" (overruled: {signal.overruled})" if signal.overruled else ""
            yield safe_text(f"{mark} {signal.rule}: {signal.why} {words}".rstrip() + overruled)
