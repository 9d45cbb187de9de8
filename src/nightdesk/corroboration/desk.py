"""The online desk of corroboration: one account in, one verdict out, in order of arrival.

The state is a value: the accounts in order, with the corrections. Replaying them gives the same
verdicts, in one batch or a thousand. Nothing here is sorted by day: what arrives late is late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nightdesk.corroboration.compare import compare, compare_facts, with_wording
from nightdesk.corroboration.corrections import Corrections
from nightdesk.corroboration.decide import could_join, score
from nightdesk.corroboration.evidence import Comparison, Told
from nightdesk.corroboration.gather import gather
from nightdesk.corroboration.index import Index
from nightdesk.corroboration.lexicon import weights
from nightdesk.corroboration.model import Account, Correction, CorroborationError, Link, Verdict
from nightdesk.corroboration.relation import link
from nightdesk.corroboration.sentences import said
from nightdesk.corroboration.sentences import told as text
from nightdesk.corroboration.words import Rarity
from nightdesk.reading import read
from nightdesk.reading.model import Reading, ReadingError
from nightdesk.values.languages import language

Reader = Callable[[Account], Reading]

READ_AT_MOST = 20_000  # characters: a longer text is compared by its beginning
LINKED_AT_MOST = 24  # links of one verdict: the event's first accounts and the likest
COPY = 0.8  # share of shingles from which a copy is found through its original
NO_EVENT = frozenset({"pattern", "survey", "spam", "nothing"})  # kinds; their sentences bear the same names


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier account compared with the new one."""

    number: int
    seen: Comparison
    score: float


class Desk:
    """Holds every account so far. `read_account` is how a text is read; the default reads it here."""

    def __init__(self, corrections: Iterable[Correction] = (), read_account: Reader | None = None) -> None:
        self._read = read_account or read_beginning
        self._corrections = Corrections(corrections)
        self._index = Index()
        self._number: dict[str, int] = {}
        self._into: dict[str, str] = {}
        self.accounts: list[Account] = []
        self.tolds: list[Told] = []
        self.verdicts: list[Verdict] = []
        self.merges: list[tuple[str, str]] = []
        self.members: dict[str, list[int]] = {}

    def add(self, account: Account) -> Verdict:
        """The verdict on `account`, given all before it.

        Raises CorroborationError, and takes nothing in, when the id was used before or the language
        or text cannot be read.
        """
        told = self._told(account)
        number = len(self.accounts)
        self.accounts.append(account)
        self.tolds.append(told)
        self._number[account.id] = number
        verdict = self._judge(account, told, number)
        self.verdicts.append(verdict)
        return verdict

    def event_of(self, id: str) -> str | None:
        """The event an account belongs to now, after all merges. KeyError when it never arrived."""
        event = self.verdicts[self._number[id]].event
        return self._final(event) if event else None

    def matches(self, id: str) -> list[Match]:
        """The accounts an account was or would be compared with, all but itself; for explaining."""
        number = self._number[id]
        return [m for m in self._compare(self.tolds[number], extra=()) if m.number < number]

    def _told(self, account: Account) -> Told:
        if account.id in self._number:
            raise CorroborationError(f"two accounts have the id {account.id!r}; give each its own")
        try:
            language(account.lang)
            facts = gather(_beginning(account), self._read(account))
        except (ReadingError, ValueError) as error:
            raise CorroborationError(f"account {account.id!r} cannot be compared: {error}") from error
        return Told(account.id, account.lang, account.on, account.source, facts)

    def _judge(self, account: Account, told: Told, number: int) -> Verdict:
        forced, banned = self._corrected(account.id)
        if told.facts.kind in NO_EVENT and not forced:
            return _verdict(account.id, None, (), told.facts.kind, told.facts.kind)
        matches = self._compare(told, forced)
        event = self._choose(matches, forced, banned) or self._new_event()
        links = self._links(account, told, matches, event)
        self.members.setdefault(event, [])
        self.members[event].append(number)
        if not any(m.seen.features.get("verbatim", 0) >= COPY for m in matches):
            self._index.add(number, told)
        kind = told.facts.kind if told.facts.kind not in NO_EVENT else "act"
        return _verdict(account.id, event, links, kind, "" if links else "alone")

    # -- choosing an event -------------------------------------------------------------------------

    def _compare(self, told: Told, extra: Sequence[str]) -> list[Match]:
        numbers = self._index.candidates(told)
        numbers += [n for event in extra for n in self.members[event][:4] if n not in numbers]
        rarity = self._index.rarity()
        return [self._match(told, n, rarity) for n in numbers]

    def _match(self, told: Told, number: int, rarity: Rarity) -> Match:
        other = self.tolds[number]
        seen = compare_facts(told, other)
        if could_join(seen):
            seen = with_wording(seen, told, other, rarity)
        return Match(number, seen, score(seen))

    def _choose(self, matches: list[Match], forced: list[str], banned: set[str]) -> str | None:
        if forced:
            for other in forced[1:]:
                self._merge(other, forced[0])
            return forced[0]
        scores = {e: s for e, s in self._event_scores(matches).items() if e not in banned}
        fitting = [e for e in scores if scores[e] >= weights()["join"]]
        if not fitting:
            return None
        best = max(fitting, key=lambda e: (scores[e], -_age(e)))
        strong = [e for e in fitting if e != best and scores[e] >= weights()["merge"]]
        if scores[best] >= weights()["merge"]:
            for other in strong:
                best = self._merge_if_alike(best, other)
        return best

    def _event_scores(self, matches: list[Match]) -> dict[str, float]:
        """Of each event met: the mean of its likest account and of all that were compared."""
        by_event: dict[str, list[float]] = {}
        for m in matches:
            event = self.event_of(self.accounts[m.number].id)
            if event:
                by_event.setdefault(event, []).append(m.score)
        return {e: 0.6 * max(s) + 0.4 * sum(s) / len(s) for e, s in by_event.items()}

    def _merge_if_alike(self, one: str, other: str) -> str:
        first, second = sorted((one, other), key=_age)
        a, b = self.tolds[self.members[first][0]], self.tolds[self.members[second][0]]
        apart = self._corrections.apart(self._ids(first), self._ids(second))
        if apart or score(compare(b, a, self._index.rarity())) < weights()["join"] / 2:
            return one
        self._merge(second, first)
        return first

    def _merge(self, goes: str, stays: str) -> None:
        if goes == stays:
            return
        self.members[stays] = sorted(self.members[stays] + self.members.pop(goes))
        self._into[goes] = stays
        self.merges.append((goes, stays))

    def _new_event(self) -> str:
        # Every event ever opened is either still there or was merged away.
        return f"e{len(self.members) + len(self.merges) + 1}"

    def _final(self, event: str) -> str:
        while event in self._into:
            event = self._into[event]
        return event

    def _ids(self, event: str) -> list[str]:
        return [self.accounts[n].id for n in self.members[event]]

    def _corrected(self, id: str) -> tuple[list[str], set[str]]:
        """Events an editor joined this account to (oldest first), and events it must stay out of."""
        return (
            sorted(self._events(self._corrections.joined(id)), key=_age),
            self._events(self._corrections.split(id)),
        )

    def _events(self, ids: Iterable[str]) -> set[str]:
        return {event for id in ids if id in self._number and (event := self.event_of(id))}

    # -- links -------------------------------------------------------------------------------------

    def _links(self, account: Account, told: Told, matches: list[Match], event: str) -> tuple[Link, ...]:
        members = self.members.get(event, [])
        near = {m.number: m for m in matches if m.number in set(members)}
        rarity = self._index.rarity()
        for number in [n for n in (*members[:4], *members[-8:]) if n not in near]:
            seen = compare(told, self.tolds[number], rarity)
            near[number] = Match(number, seen, score(seen))
        kept = sorted(near.values(), key=lambda m: (m.number not in members[:4], -m.score, m.number))
        links = [
            link(account, told, self.accounts[m.number], self.tolds[m.number], m.seen, m.score)
            for m in kept[:LINKED_AT_MOST]
        ]
        return tuple(sorted(links, key=lambda one: self._number[one.to]))


def _verdict(id: str, event: str | None, links: tuple[Link, ...], kind: str, why: str) -> Verdict:
    parts = (said(why),) if why else ()
    return Verdict(id, event, links, kind, text(parts, "en"), parts)


def read_beginning(account: Account) -> Reading:
    """The reading of an account's first READ_AT_MOST characters. Raises ReadingError as `read` does."""
    return read(account.text[:READ_AT_MOST], account.lang, account.on, account.country)


def _beginning(account: Account) -> Account:
    if len(account.text) <= READ_AT_MOST:
        return account
    a = account
    return Account(a.id, a.text[:READ_AT_MOST], a.lang, a.on, a.source, a.via, a.basis, a.country)


def _age(event: str) -> int:
    return int(event.removeprefix("e"))
