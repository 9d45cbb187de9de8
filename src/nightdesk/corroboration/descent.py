"""Who has it from whom, in one event: the nodes and edges of a picture the desk draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nightdesk.corroboration.model import Account, Corroboration, CorroborationError, Verdict


@dataclass(frozen=True, slots=True)
class Node:
    """The event, a relay or an account. `id` is unique in the picture."""

    id: str
    kind: Literal["event", "relay", "account"]
    label: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`to` has it from `from_`, as far as is known. `how`: told, repeats, same teller."""

    from_: str
    to: str
    how: Literal["told", "repeats", "same teller"]


@dataclass(frozen=True, slots=True)
class Descent:
    """A picture of one event's tellings, from the event down; edges never form a circle."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def descent(corroboration: Corroboration, accounts: Sequence[Account], event: str) -> Descent:
    """The picture of `event`. CorroborationError when there is no such event (after merges)."""
    origins = next((o for o in corroboration.events if o.event == event), None)
    if origins is None:
        raise CorroborationError(f"there is no event {event!r}, or it was merged into another")
    by_id = {a.id: a for a in accounts}
    told = [by_id[i] for i in origins.reports]
    edges = tuple(_edges(event, told, {v.id: v for v in corroboration.verdicts}))
    relays = sorted({a.via for a in told if a.via and any(e.to == _relay(a.via) for e in edges)})
    nodes = [Node(event, "event", origins.kind), *(Node(_relay(r), "relay", r) for r in relays)]
    nodes += [Node(a.id, "account", a.source or a.id) for a in told]
    return Descent(tuple(nodes), edges)


def _edges(event: str, told: Sequence[Account], verdicts: Mapping[str, Verdict]) -> Iterator[Edge]:
    drawn: set[str] = set()
    for number, account in enumerate(told):
        earlier = {a.id: a for a in told[:number]}
        teller = next((i for i, a in earlier.items() if a.source and a.source == account.source), None)
        retold = next(
            (k.to for k in verdicts[account.id].links if k.relation == "repeats" and k.to in earlier), None
        )
        if teller:
            yield Edge(teller, account.id, "same teller")
        elif retold:
            yield Edge(retold, account.id, "repeats")
        elif account.via:
            if account.via not in drawn:
                yield Edge(event, _relay(account.via), "told")
            drawn.add(account.via)
            yield Edge(_relay(account.via), account.id, "told")
        else:
            yield Edge(event, account.id, "told")


def _relay(name: str) -> str:
    return f"relay:{name}"  # a relay and an account may bear the same name
