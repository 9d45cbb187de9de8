"""`nightdesk desk check`: is everything still as the desk left it?

Belongs here: looking. Does not belong here: mending, printing (cli/desk.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from nightdesk.desk import keyfiles


@dataclass(frozen=True)
class Checked:
    """What was found: how much was looked at, and a sentence for each fault."""

    chains: int
    keys: int
    found: int
    faults: list[str] = field(default_factory=list)


def check(directory: Path) -> Checked:
    """Looks at every custody chain, at every key file that should be there, and at the search index."""
    from nightdesk.desk.backup import keys
    from nightdesk.desk.care.purging import unfinished
    from nightdesk.desk.custody import reading
    from nightdesk.desk.custody.models import CustodyEntry
    from nightdesk.desk.intake.daykeys import path_of
    from nightdesk.desk.intake.models import DayKey
    from nightdesk.desk.search import keeping

    subjects = list(CustodyEntry.objects.order_by("subject").values_list("subject", flat=True).distinct())
    faults = [
        f"The custody log of {subject} was changed." for subject in subjects if reading.broken_chain(subject)
    ]
    faults += [f"The custody log of {subject} lacks its newest entries." for subject in reading.cut_logs()]
    days = list(DayKey.objects.filter(erased_at=None).values_list("day", flat=True))
    faults += [f"The key of {day} is missing: {path_of(day)}." for day in days if not path_of(day).exists()]
    if not (directory / "keys" / keyfiles.KEYRING).exists():
        faults.append(f"The keyring is missing: {directory / 'keys' / keyfiles.KEYRING}.")
    faults += keys.faults(directory, keys.desk_secret())
    faults += keeping.faults()
    faults += [
        f"A purge ({row.token[:8]}) waits for its files to be erased: start the desk." for row in unfinished()
    ]
    return Checked(len(subjects), len(days), keeping.total(), faults)
