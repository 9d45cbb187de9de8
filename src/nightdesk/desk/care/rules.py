"""The rules of care, on plain values: is a check-in late, is a release frozen, what does a consent allow,
until when is something kept.

Belongs here: judging. No clock and no rows: `today` is an argument. Does not belong here: what a page says
of it (showing.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Met:
    """One contact: its day, and the next one agreed on in it."""

    on: date
    next_on: date | None = None
    next_window: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The contact that is agreed on and has not happened."""

    on: date
    window: str = ""

    def days_late(self, today: date) -> int:
        """Whole days since it should have been; 0 on its own day, negative before."""
        return (today - self.on).days

    def overdue(self, today: date) -> bool:
        """Whether its day is over. On its own day the window may still be open."""
        return self.days_late(today) > 0


def next_check_in(contacts: Iterable[Met]) -> CheckIn | None:
    """What was last agreed on, unless a contact on that day or later happened.

    `contacts` in the order they happened. A contact before the agreed day that agrees on nothing new
    leaves the day standing: silence moves no check-in.
    """
    agreed: CheckIn | None = None
    for met in sorted(contacts, key=lambda met: met.on):
        if agreed is not None and met.on >= agreed.on:
            agreed = None
        if met.next_on is not None:
            agreed = CheckIn(met.next_on, met.next_window)
    return agreed


def is_frozen(kind: str, touched: bool) -> bool:
    """Whether the next version may not leave. A withdrawal always may: it is the way out."""
    return touched and kind != "withdrawal"


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as a source gave it, or took it back."""

    purposes: frozenset[str]
    limits: str = ""
    withdrawn: bool = False
    worst_case: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a consent says to a use. `key`: given, limited, missing or withdrawn."""

    key: str
    lacking: tuple[str, ...] = ()  # uses nobody agreed to
    worst_case: bool = True

    @property
    def stops(self) -> bool:
        """Withdrawn means stop. The others are said, and a person decides."""
        return self.key == "withdrawn"


def allows(consent: Given | None, uses: Collection[str]) -> Allowed:
    """What `consent` allows of `uses` (purposes). Unknown is said as missing, never taken as yes."""
    if consent is None:
        return Allowed("missing", tuple(uses), worst_case=False)
    if consent.withdrawn:
        return Allowed("withdrawn", tuple(uses), worst_case=consent.worst_case)
    lacking = tuple(use for use in uses if use not in consent.purposes)
    limited = bool(lacking or consent.limits.strip())
    return Allowed("limited" if limited else "given", lacking, consent.worst_case)


def keep_until(chosen: date | None, since: date, keep_days: int) -> date:
    """The last day something is kept: the one chosen, else so many days after `since`."""
    return chosen if chosen is not None else since + timedelta(days=keep_days)


def is_due(until: date, today: date, ahead: int = -1) -> bool:
    """Whether its last day is over, or comes within `ahead` days (0: is today)."""
    return days_left(until, today) <= ahead


def days_left(until: date, today: date) -> int:
    """Whole days it is still kept; negative when its day is over."""
    return (until - today).days
