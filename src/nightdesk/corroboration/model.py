"""What corroboration speaks of: accounts, links between them, events and their origins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Union

Relation = Literal["supports", "repeats", "disputes"]
Value = Union[str, int, tuple[str, ...], "Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the engine says, before it is said in a language: a row of data/sentences.toml and its values."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Account:
    """One source's telling of one event. `id` is the caller's; `source` and `via` are pseudonyms."""

    id: str
    text: str
    lang: str
    on: date | None  # day of the contact
    source: str | None = None
    via: str | None = None  # relay
    basis: str | None = None
    country: str = "KP"
    confirmed: bool = True  # somebody knows that it was this source


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor decided about two accounts. It wins over the engine; leaving it out undoes it."""

    kind: Literal["join", "split", "not independent"]
    account: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """How an account stands to an earlier (or later) account of the same event."""

    to: str
    relation: Relation
    score: float  # 0..1: how sure the engine is that both tell of one event, never of truth
    field: str | None = None  # what is disputed: amount, date, unit, place, count
    says: str | None = None
    against: str | None = None
    why_parts: tuple[Sentence, ...] = ()  # what `why` says in English, heaviest first

    @property
    def why(self) -> str:
        """The evidence in English, said when somebody asks: most links are never read."""
        from nightdesk.corroboration.sentences import told  # sentences.py is written in this module's words

        return told(self.why_parts, "en", "; ")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One account as it arrived: its event, and its links to accounts before it."""

    id: str
    event: str | None  # None: no event, e.g. a price survey or spam
    links: tuple[Link, ...]
    kind: str = "act"  # act, campaign, pattern, survey, spam, nothing
    why: str = ""  # why it stands alone, or has no event
    why_parts: tuple[Sentence, ...] = ()
    also: tuple[str, ...] = ()  # other events the same account seems to tell of


@dataclass(frozen=True, slots=True)
class Origins:
    """One event at the end: who tells of it and how many separate routes lead to the desk."""

    event: str
    kind: Literal["act", "campaign"]
    reports: tuple[str, ...]
    independent_origins: int
    at_least: int  # mouths they may all come down to
    why: str
    ask: str  # what would raise the count, in words
    patterns: tuple[str, ...] = ()  # standing patterns that fit this campaign; not accounts of it
    why_parts: tuple[Sentence, ...] = ()  # a headline, then one an account
    ask_parts: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Corroboration:
    """All verdicts in order of arrival, all events in order of first mention."""

    verdicts: tuple[Verdict, ...]
    events: tuple[Origins, ...]
    merges: tuple[tuple[str, str], ...]  # (event that went, event that stays), in order


class CorroborationError(ValueError):
    """An account or correction that cannot be used (duplicate id, unknown language); it says which."""
