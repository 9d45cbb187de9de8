"""Days with bounds. The bounds are authoritative; the EDTF label is what people see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateSpan:
    """First and last day something may have been, inclusive; None is an open side."""

    earliest: date | None
    latest: date | None
    edtf: str

    def overlaps(self, other: DateSpan) -> bool:
        """Whether one day could be in both spans."""
        starts_late = self.earliest and other.latest and self.earliest > other.latest
        ends_early = self.latest and other.earliest and self.latest < other.earliest
        return not (starts_late or ends_early)


def span(earliest: date | None, latest: date | None) -> DateSpan:
    """A DateSpan labelled in EDTF (ISO 8601-2:2019) from its bounds alone."""
    if earliest == latest and earliest is not None:
        return DateSpan(earliest, latest, earliest.isoformat())
    left = earliest.isoformat() if earliest else ".."
    right = latest.isoformat() if latest else ".."
    return DateSpan(earliest, latest, f"{left}/{right}")
