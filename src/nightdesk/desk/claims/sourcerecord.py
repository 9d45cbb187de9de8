"""How often what a source told was later supported or disputed by others: counts with an interval, never a score.

Belongs here: that counting. Does not belong here: grades (people enter those), anything that decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from django.db.models import F

from nightdesk.desk.claims.models import Account, Corroboration

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

Z = 1.959964  # 95 %
SIDES = ("account", "other")


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the Wilson interval of the share in per cent."""

    of: int
    among: int

    @property
    def low(self) -> int:
        return round(100 * self._bounds[0])

    @property
    def high(self) -> int:
        return round(100 * self._bounds[1])

    @property
    def _bounds(self) -> tuple[float, float]:
        return wilson(self.of, self.among)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Of a source's accounts: how many others told of on a later day, and how those stood to them."""

    source: str
    told: int
    supported: Share
    disputed: Share


def wilson(of: int, among: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); all of 0..1 when nothing was counted."""
    if not among:
        return 0.0, 1.0
    p, z2 = of / among, Z * Z
    middle = p + z2 / (2 * among)
    spread = Z * sqrt(p * (1 - p) / among + z2 / (4 * among * among))
    whole = 1 + z2 / among
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def records_of(member: Member, sources: Iterable[int]) -> list[SourceRecord]:
    """The records of these sources, by name, as far as the member may read their accounts. Three queries."""
    told: dict[int, set[int]] = {}
    names: dict[int, str] = {}
    rows = Account.objects.visible_to(member).filter(report__source__in=set(sources))
    for pk, source, name in rows.values_list("pk", "report__source", "report__source__pseudonym"):
        told.setdefault(source, set()).add(pk)
        names[source] = name
    met: dict[int, dict[str, set[int]]] = {source: {"supports": set(), "disputes": set()} for source in told}
    for first, source, relation in firsts(told):
        if first in told.get(source, ()) and relation in met[source]:
            met[source][relation].add(first)
    found = []
    for source in sorted(told, key=lambda pk: names[pk]):
        supported, disputed = met[source]["supports"], met[source]["disputes"]
        among = len(supported | disputed)
        found.append(
            SourceRecord(
                names[source], len(told[source]), Share(len(supported), among), Share(len(disputed), among)
            )
        )
    return found


def firsts(sources: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Of each tie of these sources to another's account: which was told first, its source, and the relation.

    By the day of the contact: the desk opens what lay in the drop in no order of telling. Of one day, as it was opened.
    """
    columns = [f"{side}__report__{field}" for side in SIDES for field in ("contact_on", "source")]
    for side in SIDES:  # asked twice, for each index: one question with "or" reads every tie of the desk
        ties = Corroboration.objects.filter(**{f"{side}__report__source__in": sources}).exclude(
            account__report__source=F("other__report__source")
        )
        for on, of, other_on, other_of, one, other, relation in ties.values_list(
            *columns, *SIDES, "relation"
        ):
            _on, first, source = min((on, one, of), (other_on, other, other_of))
            yield first, source, relation
