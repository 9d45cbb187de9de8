"""The online desk of corroboration: one account in, one verdict out, in order of arrival.

The state is a value (saving.py): replaying the same accounts gives the same verdicts, in one batch or a
thousand. Nothing here is sorted by day: what arrives late is late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from nightdesk.corroboration.compare import Wording, compare
from nightdesk.corroboration.corrections import Corrections
from nightdesk.corroboration.decide import clash, score
from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.facts import Facts
from nightdesk.corroboration.grouping import Match, event_scores, sample
from nightdesk.corroboration.index import Index, Searched
from nightdesk.corroboration.ledger import Ledger
from nightdesk.corroboration.lexicon import weights
from nightdesk.corroboration.met import forget_words
from nightdesk.corroboration.model import Account, Correction, CorroborationError, Link, Sentence, Verdict
from nightdesk.corroboration.relation import link, turned
from nightdesk.corroboration.retelling import Candidate, settled
from nightdesk.corroboration.sentences import said
from nightdesk.corroboration.sentences import told as text
from nightdesk.corroboration.shown import Shown
from nightdesk.corroboration.tell import Reader, read_beginning, tell

LINKED_AT_MOST = 24  # links of one verdict: the event's first accounts and the likest
COPY = 0.8  # share of shingles from which a copy is found through its original
FOUND = 2  # accounts of the same words that are found by themselves: one may be forgotten
NO_EVENT = frozenset({"pattern", "survey", "spam", "nothing"})  # kinds; their sentences bear the same names
# What is compared while no account is.
NOBODY = Told("", "en", None, None, Facts(kind="nothing")), None, Shown("", "en")


class Desk:
    """Holds what it must know of every account so far. `read_account` is how a text is read; the default reads it here."""

    def __init__(self, corrections: Iterable[Correction] = (), read_account: Reader | None = None) -> None:
        self._read = read_account or read_beginning
        self.corrections = Corrections(corrections)
        self.index = Index()
        self.ledger = Ledger()
        self.merges: list[tuple[str, str]] = []
        self.matches: list[Match] = []  # what the newest account was compared with, for explaining
        self._tells = True  # the newest account of an event, or somebody joined it to one
        self._newest: tuple[Told, Searched | None, Shown] = NOBODY

    def add(self, account: Account) -> Verdict:
        """The verdict on `account`, given all before it.

        Raises CorroborationError, and takes nothing in, when the id was used before or the language
        or text cannot be read.
        """
        self.refuse_twice(account.id)
        return self.take(tell(account, self._read), account.text)

    def refuse_twice(self, id: str) -> None:
        """Raises CorroborationError when an account has the id."""
        if id in self.ledger.numbers:
            raise CorroborationError(f"two accounts have the id {id!r}; give each its own")

    def take(self, told: Told, said_in: str) -> Verdict:
        """The same for an account whose facts were gathered before (`tell`). Its text is only quoted from."""
        self.refuse_twice(told.id)
        told = self.ledger.at_home(told)
        searched = self.index.search(told)
        self._newest = told, searched, Shown(said_in, told.lang)
        with self._whole_or_not(told):
            verdict = self._judge(told, searched)
        self.ledger.keep_links(self.ledger.numbers[told.id], verdict.links)
        self._newest = told, searched, Shown("", told.lang)  # the text has been said from; none is kept
        return verdict

    @contextmanager
    def _whole_or_not(self, told: Told) -> Iterator[None]:
        """Whatever fails inside, nothing of the account is held. Events it merged or opened on the way stay."""
        try:
            yield
        except BaseException:  # also a Ctrl-C: whoever catches it goes on with this desk
            self.index.keep_pace(len(self.ledger.records))
            if told.id in self.ledger.numbers:
                self.drop(told.id)
            self.index.unlearn(told)
            raise

    @property
    def newest(self) -> Told:
        """The account of the last verdict, with its words; `restore` takes it in again."""
        return self._newest[0]

    @property
    def is_findable(self) -> bool:
        """Whether the newest account leads to others: a copy is found through its original, and what tells of no event
        by nothing. For `restore`.
        """
        return self._tells and sum(m.seen.features.get("verbatim", 0) >= COPY for m in self.matches) < FOUND

    def restore(self, told: Told, event: int, links: Sequence[Link], findable: bool) -> None:
        """Take in an account that was judged before, as it was judged. Nothing is compared."""
        told = self.ledger.at_home(told)
        searched = self.index.search(told)
        with self._whole_or_not(told):
            number = self.ledger.add(told)
            if event:
                self.ledger.place(number, event)
            self.index.add(told, searched, findable=findable)
            self.ledger.keep_links(number, links)

    def drop(self, *ids: str) -> None:
        """Forget accounts: they count no more, are found no more, and their ids are free. KeyError if unknown."""
        if not ids:
            return
        numbers = [self.ledger.numbers[id] for id in ids]
        self.index.drop(numbers)
        forget_words()
        for number in numbers:
            self.ledger.drop(number)
        self.matches = []
        self._newest = NOBODY

    def correct(self, correction: Correction) -> list[str]:
        """Keep an editor's decision, and follow it among the accounts that are here already.

        Accounts that changed their event without a merge are returned. Raises CorroborationError, and
        keeps nothing, when another decision contradicts it.
        """
        events = self._events((correction.account, correction.other))
        if correction.kind == "join" and len(events) == 2 and self._kept_apart(*events):
            raise CorroborationError(
                f"joining {correction.account!r} and {correction.other!r} would bring accounts together that were"
                " split; take that back first"
            )
        self.corrections.add(correction)
        here = [
            self.ledger.numbers[id]
            for id in (correction.account, correction.other)
            if id in self.ledger.numbers
        ]
        if len(here) < 2 or correction.kind == "not independent":
            return []
        moved = self._join(*sorted(here)) if correction.kind == "join" else self._split(*sorted(here))
        return [self.ledger.id(number) for number in moved]

    def _join(self, first: int, second: int) -> list[int]:
        events = [e for e in (self.ledger.event_of(first), self.ledger.event_of(second)) if e]
        if len(events) == 2:
            self._merge(max(events), min(events))
            return []
        event = events[0] if events else self.ledger.open()
        moved = [n for n in (first, second) if not self.ledger.event_of(n)]
        for number in moved:
            self.ledger.place(number, event)
            self.ledger.members[event].sort()
        return moved

    def _split(self, first: int, second: int) -> list[int]:
        """The later one goes to an event of its own, and with it whom editors joined to it."""
        event = self.ledger.event_of(second)
        if not event or event != self.ledger.event_of(first):
            return []
        along = self.corrections.one(self.ledger.id(second))
        moved = [n for n in self.ledger.members[event] if self.ledger.id(n) in along]
        new = self.ledger.open()
        for number in moved:
            self.ledger.move(number, new)
        return moved

    def event_of(self, id: str) -> str | None:
        """The event an account belongs to now, after all merges. KeyError when it never arrived."""
        event = self.ledger.event_of(self.ledger.numbers[id])
        return _name(event) if event else None

    def together(self, ids: Iterable[str]) -> list[str]:
        """All accounts that share an event with any of these, these included, in order of arrival."""
        numbers = {self.ledger.numbers[id] for id in ids}
        events = {self.ledger.event_of(number) for number in numbers} - {0}
        numbers.update(number for event in events for number in self.ledger.members[event])
        return [self.ledger.id(number) for number in sorted(numbers)]

    def _judge(self, told: Told, searched: Searched) -> Verdict:
        kind = told.facts.kind
        forced, banned = self._corrected(told.id)
        joined = [
            self.ledger.numbers[id] for id in self.corrections.joined(told.id) if id in self.ledger.numbers
        ]
        self._tells = kind not in NO_EVENT or bool(joined)
        if not self._tells:
            self.matches = []
            self.ledger.add(told)
            self.index.add(told, searched, findable=False)
            return _verdict(told.id, None, (), kind, kind)
        self.matches = self._compare(told, searched, forced)
        event, also = self._choose(told, forced, banned)
        # Of no event, until a person joined them to this one.
        loose = [number for number in joined if not self.ledger.event_of(number)]
        event = event or (self.ledger.open() if loose else 0)
        for number in loose:
            self.ledger.place(number, event)
            self.ledger.members[event].sort()
        links = self._links(told, event) if event else ()
        number = self.ledger.add(told)
        event = event or self.ledger.open()
        self.ledger.place(number, event)
        self.index.add(told, searched, findable=self.is_findable)
        shown = tuple(_name(one) for one in also)
        return _verdict(
            told.id,
            _name(event),
            links,
            "act" if kind in NO_EVENT else kind,
            "" if links else "alone",
            shown,
        )

    # -- choosing an event -------------------------------------------------------------------------

    def _compare(self, told: Told, searched: Searched, forced: list[int]) -> list[Match]:
        numbers = self.index.candidates(told, searched)
        numbers += [n for event in forced for n in self.ledger.members[event][:4] if n not in numbers]
        among = self.index.lately(told) if told.facts.document else 0
        found = [self._match(told, n, among) for n in numbers]
        # An event is judged by how its accounts fit in the mean, not by the one that came up.
        more = [n for event in self._likely(told, found) for n in sample(self.ledger.members[event])]
        return found + [self._match(told, n, among) for n in dict.fromkeys(more) if n not in numbers]

    def _likely(self, told: Told, found: list[Match]) -> list[int]:
        """Events a written report could join: no mean is better than the best."""
        if not told.facts.document:
            return []
        enough = weights()["join_reports"]
        return sorted({self.ledger.event_of(m.number) for m in found if m.score >= enough} - {0})

    def _match(self, told: Told, number: int, among: int = 0) -> Match:
        likeness, signs = self.index.likeness(number)
        seen = compare(
            told,
            self.ledger.at_home(self.ledger.told(number)),
            Wording(likeness, signs, partial(self._shared, number), among),
        )
        return Match(number, seen, score(seen))

    def _shared(self, number: int) -> tuple[str, ...]:
        """The rarest words the newest account shares with an earlier one."""
        told, searched, shown = self._newest
        if searched is None:
            return ()
        return shown.words(map(told.facts.words.tokens.__getitem__, self.index.shared(searched, number)))

    def _choose(self, told: Told, forced: list[int], banned: set[int]) -> tuple[int, list[int]]:
        """The event it tells of (0: a new one), and others it tells of as well."""
        found = event_scores(self.matches, self.ledger.event_of, told.facts.document)
        scores = {e: s for e, s in found.items() if e not in banned}
        enough = weights()["join_reports" if told.facts.document else "join"]
        fitting = [e for e in scores if scores[e] >= enough]
        if forced:
            return self._joined(forced, max(fitting, key=lambda e: (scores[e], -e), default=0))
        if not fitting:
            return 0, []
        best = max(fitting, key=lambda e: (scores[e], -e))
        also = []
        for other in sorted(e for e in fitting if e != best):
            strong = min(scores[best], scores[other]) >= weights()["merge"]
            merged = self._merge_if_alike(best, other) if strong else 0
            best = merged or best
            if not merged:
                also.append(other)
        return best, also

    def _joined(self, forced: list[int], fits: int) -> tuple[int, list[int]]:
        """The event an editor put the account into; the one it fits by itself becomes the same, or is one more."""
        stays, also = forced[0], []
        for other in dict.fromkeys((*forced[1:], fits)):
            if not other or other == stays:
                continue
            if self._kept_apart(stays, other):
                also.append(other)
                continue
            first, second = sorted((stays, other))
            self._merge(second, first)
            stays = first
        return stays, also

    def _merge_if_alike(self, one: int, other: int) -> int:
        """The event both are now; 0 when an editor or their facts keep them apart."""
        first, second = sorted((one, other))
        if self._kept_apart(first, second):
            return 0
        ours, theirs = (self.ledger.told(self.ledger.members[event][0]) for event in (first, second))
        seen = compare(theirs, ours, Wording())
        if clash(seen) <= weights()["clash"]:
            return 0
        self._merge(second, first)
        return first

    def _kept_apart(self, one: int, other: int) -> bool:
        """Whether an editor keeps any account of the one event out of the other's."""
        return any(self._events(pair) == {one, other} for pair in self.corrections.apart())

    def _merge(self, goes: int, stays: int) -> None:
        if goes != stays:
            self.ledger.merge(goes, stays)
            self.merges.append((_name(goes), _name(stays)))

    def _corrected(self, id: str) -> tuple[list[int], set[int]]:
        """Events an editor joined this account to (oldest first), and events it must stay out of."""
        return sorted(self._events(self.corrections.joined(id))), self._events(self.corrections.split(id))

    def _events(self, ids: Iterable[str]) -> set[int]:
        numbers = self.ledger.numbers
        return {event for id in ids if id in numbers and (event := self.ledger.event_of(numbers[id]))}

    # -- links -------------------------------------------------------------------------------------

    def _links(self, told: Told, event: int) -> tuple[Link, ...]:
        members = self.ledger.members[event]
        inside = set(members)
        near = {m.number: m for m in self.matches if m.number in inside}
        for number in dict.fromkeys((*members[:4], *members[-4:])):
            if number not in near:
                near[number] = self._match(told, number)
        first = frozenset(members[:4])
        kept = sorted(near.values(), key=lambda m: (m.number not in first, -m.score, m.number))
        found = [self._candidate(told, m) for m in sorted(kept[:LINKED_AT_MOST], key=lambda m: m.number)]
        return tuple(settled(told, found, self._repeated, self._dispute))

    def _candidate(self, told: Told, match: Match) -> Candidate:
        against = self.ledger.told(match.number)
        return Candidate(link(told, against, match.seen, match.score), against, match.seen)

    def _repeated(self, id: str) -> frozenset[str]:
        """Accounts that an earlier one repeats."""
        links = self.ledger.links_of(self.ledger.numbers[id])
        return frozenset(one.to for one in links if one.relation == "repeats")

    def _dispute(self, one: str, other: str) -> Sentence | None:
        """What two earlier accounts tell differently, from the side of the first; None when nothing is known."""
        for of, to in ((one, other), (other, one)):
            for known in self.ledger.links_of(self.ledger.numbers[of]):
                if known.to == to and known.relation == "disputes" and known.why_parts:
                    return known.why_parts[0] if of == one else turned(known.why_parts[0])
        return None


def _verdict(
    id: str, event: str | None, links: tuple[Link, ...], kind: str, why: str, also: tuple[str, ...] = ()
) -> Verdict:
    parts = (said(why),) if why else ()
    return Verdict(id, event, links, kind, text(parts, "en"), parts, also)


def _name(event: int) -> str:
    return f"e{event}"
