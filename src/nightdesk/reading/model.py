"""What a reading is: spans with values, and the words no rule could read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "money", "date", "time", "duration", "recurrence", "place",
    "organisation", "person", "quantity", "quotation", "contact",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Words with a value. Offsets count Unicode code points; `end` is exclusive."""

    start: int
    end: int
    words: str
    kind: Kind
    value: Mapping[str, Any]  # per kind: docs/formats/reading.md


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that no rule explained, with why. Silence is never green."""

    start: int
    end: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one text says in values, in order of start."""

    lang: str
    spans: tuple[Span, ...]
    unread: tuple[Unread, ...]


class ReadingError(ValueError):
    """The text cannot be read at all; the message says why and what to do."""
