"""What the desk remembers of every account and event: records, links, and which event each belongs to.

Belongs here: keeping, and following events that were merged. Does not belong here: finding (index.py)
and deciding (desk.py).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nightdesk.corroboration import record
from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.model import Link
from nightdesk.corroboration.sentences import from_plain, plain

_encode = json.JSONEncoder(ensure_ascii=False).encode  # made once: as dear as what it encodes
AT_HAND = 20_000  # accounts kept unpacked: those compared with again and again are the newest


class Ledger:
    """Accounts by number, in order of arrival; events by number, from 1 in order of first mention."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.records: list[bytes] = []
        self.sketches: list[bytes] = []
        self.links: list[bytes] = []
        self.events: list[int] = []  # of each account: the event it was put in; 0 for none
        self.into: dict[int, int] = {}  # events that were merged away
        self.members: dict[int, list[int]] = {}  # of each event that stands
        self.opened = 0  # events ever opened
        self.patterns: list[int] = []  # accounts that tell of a standing pattern
        self.towns: dict[str, dict[str, int]] = {}  # of each teller: in how many accounts each town
        self._at_hand: dict[int, Told] = {}

    def add(self, told: Told) -> int:
        """Keep the account; its number."""
        number = len(self.records)
        self.numbers[told.id] = number
        self.records.append(record.pack(told))
        self.sketches.append(record.sketch(told))
        self.links.append(b"")
        self.events.append(0)
        self._keep_at_hand(number, told)
        self._note(number, told)
        return number

    def _note(self, number: int, told: Told) -> None:
        if told.facts.kind == "pattern":
            self.patterns.append(number)
        self._count_towns(told, 1)

    def _count_towns(self, told: Told, step: int) -> None:
        if not (told.source and told.facts.places):
            return
        towns = Counter(self.towns.pop(told.source, {}))
        towns.update(dict.fromkeys(told.facts.places, step))
        if left := {town: times for town, times in towns.items() if times > 0}:
            self.towns[told.source] = left

    def towns_of(self, source: str | None) -> frozenset[str]:
        """Towns a teller has told of."""
        return frozenset(self.towns.get(source or "", ()))

    def at_home(self, told: Told) -> Told:
        """The account, with the town its teller has mostly told of where it names none: who calls again rarely says."""
        towns = self.towns.get(told.source or "", {}) if not told.facts.places else {}
        # '' again once what told of the town was forgotten.
        home = min(towns, key=lambda town: (-towns[town], town), default="")
        return told if home == told.home else replace(told, home=home)

    def told(self, number: int) -> Told:
        """The account as it is compared."""
        at_hand = self._at_hand.get(number)
        if at_hand is None:
            at_hand = record.unpack(self.records[number], self.sketches[number])
            self._keep_at_hand(number, at_hand)
        return at_hand

    def _keep_at_hand(self, number: int, told: Told) -> None:
        if len(self._at_hand) >= AT_HAND:
            self._at_hand = dict(list(self._at_hand.items())[AT_HAND // 2 :])
        self._at_hand[number] = told

    def id(self, number: int) -> str:
        """The account's id."""
        return self.told(number).id

    def ids(self) -> list[str]:
        """Ids of all accounts still kept, in order of arrival."""
        return list(self.numbers)

    # -- events ------------------------------------------------------------------------------------

    def open(self) -> int:
        """A new event."""
        self.opened += 1
        return self.opened

    def place(self, number: int, event: int) -> None:
        """Put the account into the event."""
        self.events[number] = event
        self.members.setdefault(event, []).append(number)

    def event_of(self, number: int) -> int:
        """The event the account belongs to now, after all merges; 0 for none."""
        event = self.events[number]
        while event in self.into:
            event = self.into[event]
        return event

    def merge(self, goes: int, stays: int) -> None:
        """All accounts of one event tell of the other."""
        self.members[stays] = sorted(self.members.get(stays, []) + self.members.pop(goes))
        self.into[goes] = stays

    def drop(self, number: int) -> None:
        """Forget the account: its record, its links, and its place in an event."""
        self._leave(number)
        told = self.told(number)
        self._count_towns(told, -1)
        del self.numbers[told.id]
        self.patterns = [n for n in self.patterns if n != number]
        self._at_hand.pop(number, None)
        self.records[number] = self.sketches[number] = self.links[number] = b""

    def move(self, number: int, event: int) -> None:
        """Put the account into another event; links to those it leaves are forgotten."""
        left = self.members.get(self.event_of(number), [])
        gone = {self.id(n) for n in left if n != number}
        self._leave(number)
        self.keep_links(number, [link for link in self.links_of(number) if link.to not in gone])
        self.place(number, event)
        self.members[event].sort()

    def _leave(self, number: int) -> None:
        event = self.event_of(number)
        if event:
            self.members[event].remove(number)
            if not self.members[event]:
                del self.members[event]
        self.events[number] = 0

    # -- links -------------------------------------------------------------------------------------

    def keep_links(self, number: int, links: Sequence[Link]) -> None:
        """Keep what the count of origins needs of the account's links: not their evidence."""
        kept = [
            [link.to, link.relation, [plain(p) for p in link.why_parts if p.key == "differs"]]
            for link in links
        ]
        self.links[number] = _encode(kept).encode("utf-8", "surrogatepass") if kept else b""

    def links_of(self, number: int) -> tuple[Link, ...]:
        """The account's links to earlier ones that are still kept, without scores and evidence."""
        # An id that was freed may be a later account's by now: links lead to earlier ones alone.
        return tuple(link for link in self._links(number) if self.numbers.get(link.to, number) < number)

    def _links(self, number: int) -> Iterator[Link]:
        text = self.links[number].decode("utf-8", "surrogatepass")
        for to, relation, differs in json.loads(text) if text else ():
            yield Link(to, relation, 0.0, why_parts=tuple(from_plain(part) for part in differs))
