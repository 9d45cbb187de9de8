"""A find before overlaps are settled: what the rules offer the engine."""

from __future__ import annotations

from dataclasses import dataclass

from nightdesk.reading.match import Value
from nightdesk.reading.model import Kind


# Not frozen: a note has hundreds, and a frozen one takes three times as long to make. Nobody changes one.
@dataclass(slots=True)
class Find:
    """Offsets in the normal text. `kind` None: `why` it cannot be read. `inside`: may lie in another."""

    start: int
    end: int
    kind: Kind | None
    value: Value
    why: str = ""
    inside: bool = False
