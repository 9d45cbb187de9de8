"""All accounts at once: the same verdicts as one by one, with each event's origins at the end."""

from __future__ import annotations

from collections.abc import Sequence

from nightdesk.corroboration.corrections import Corrections
from nightdesk.corroboration.desk import Desk, Reader
from nightdesk.corroboration.model import Account, Correction, Corroboration, Origins
from nightdesk.corroboration.origins import count
from nightdesk.corroboration.patterns import place_patterns


def assess(
    accounts: Sequence[Account],
    corrections: Sequence[Correction] = (),
    read_account: Reader | None = None,
) -> Corroboration:
    """Verdicts in the order given, events in order of first mention, merges as they happened.

    Raises CorroborationError on a duplicate id, an unknown language, or contradicting corrections.
    """
    desk = Desk(corrections, read_account)
    for account in accounts:
        desk.add(account)
    return conclude(desk, corrections)


def conclude(desk: Desk, corrections: Sequence[Correction] = ()) -> Corroboration:
    """What a desk knows by now, with the origins of every event."""
    return Corroboration(tuple(desk.verdicts), tuple(_origins(desk, corrections)), tuple(desk.merges))


def _origins(desk: Desk, corrections: Sequence[Correction]) -> list[Origins]:
    decided = Corrections(corrections)
    patterns = place_patterns(desk.tolds, desk.members)
    found = []
    for event, numbers in sorted(desk.members.items(), key=lambda item: item[1][0]):
        tellings = [(desk.accounts[n], desk.tolds[n], desk.verdicts[n].links) for n in numbers]
        found.append(count(event, tellings, decided, patterns.get(event, ())))
    return found
