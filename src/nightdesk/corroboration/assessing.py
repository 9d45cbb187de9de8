"""All accounts at once: the same verdicts as one by one, with each event's origins at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nightdesk.corroboration.desk import Desk
from nightdesk.corroboration.model import Account, Correction, Corroboration, Origins, Verdict
from nightdesk.corroboration.origins import count
from nightdesk.corroboration.patterns import place_patterns
from nightdesk.corroboration.tell import Reader


def assess(
    accounts: Sequence[Account],
    corrections: Sequence[Correction] = (),
    read_account: Reader | None = None,
) -> Corroboration:
    """Verdicts in the order given, events in order of first mention, merges as they happened.

    Raises CorroborationError on a duplicate id, an unknown language, or contradicting corrections.
    """
    desk = Desk(corrections, read_account)
    return conclude(desk, [desk.add(account) for account in accounts])


def conclude(desk: Desk, verdicts: Sequence[Verdict] = ()) -> Corroboration:
    """What a desk knows by now, with the origins of every event. It keeps no verdicts: give those it should hold."""
    return Corroboration(tuple(verdicts), tuple(origins(desk)), tuple(desk.merges))


def origins(desk: Desk, among: Sequence[str] | None = None) -> Iterator[Origins]:
    """The origins of the events of these accounts, or of all, in order of first mention."""
    ledger = desk.ledger
    wanted = set(ledger.members)
    if among is not None:
        wanted = {ledger.event_of(ledger.numbers[id]) for id in among} - {0}
    patterns = place_patterns(ledger, wanted)
    for event, numbers in sorted(((e, ledger.members[e]) for e in wanted), key=lambda item: item[1][0]):
        tellings = [(ledger.told(n), ledger.links_of(n)) for n in numbers]
        yield count(f"e{event}", tellings, desk.corrections, patterns.get(event, ()))
