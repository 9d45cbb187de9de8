"""Which earlier accounts are worth comparing with a new one, and how alike their words are.

Every account is found by its rare words and by a few facts (keys.py). Postings are capped, so the cost
of one account stays the same however many there are: of a key only the newest accounts are at hand, and
a word that fills its postings within WINDOW is too common to lead anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.keys import fact_keys
from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.postings import Growing, Ints, Postings, entries
from nightdesk.corroboration.words import CONCEPT, NAME

CANDIDATES = 8  # accounts compared in full for each new one
SEARCHED = 160  # words of one account that are looked up, the weightiest
WINDOW = 30  # days in which a word that fills its postings is common
NEWEST = 10_000  # accounts among which those of the same weeks are counted
COMMON = 600  # without a day: the same in accounts, a word in one of ten
BEFORE = 300  # accounts imagined before the first, in which words stood as data/background.toml says
UNKNOWN = 0.002  # in which share of those a word stood that the table does not have
KINDS = ("word", "name", "number", "concept", "pair", "fact")
SIGNS = ("name", "number", "concept")  # kinds that travel between languages and outlets
IS_SIGN = np.array([kind in SIGNS for kind in KINDS])
NUMBERS = (0.3, 0.15, 0.02, 0.005)  # in which share of texts a number stands, by its digits
OF_KIND = {"#hour": 0.03, "#age": 0.01}  # the same for one hour of the day, one age
NAMED = 1.5  # how much more a name, a number or a thing says than a word as rare
NAMED_WRITTEN = 2.5  # the same in a written report, whose words are many and whose people are few
CLASS = np.array([0, 0, 1, 2, 2, 3], np.int32)  # of how often a word stands in a text, five and more alike
STRENGTH = np.array([1.0, 1.7, 2.3, 2.9], np.float32)  # by class: once, twice, three or four times, more
NOWHERE = -1  # an account that is none; its scores are the last of their array, which no account has
GONE = -1  # the norm of an account that was forgotten
WORDS_VOTE = 14.0  # what like words say for comparing, beside the votes of facts

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Searched:
    """A new account's words as the index knows them."""

    ids: Ints  # of tokens, in their order
    times: Ints  # classes of how often
    weights: Floats  # of each token here: rarity times how often; 0 for common ones
    signs: NDArray[np.bool_]
    norm: float
    sign_norm: float
    facts: Ints
    votes: Floats
    standing: Ints  # of each token: how the postings stood


@cache
def background() -> Mapping[str, float]:
    """In which share of texts a word stands, as the table says; of all languages, which share no word."""
    rows = table("background")
    return {
        token: share / 1000 for lang in ("en", "ko", "zh", "things") for token, share in rows[lang].items()
    }


class Index:
    """Accounts by what may lead to them. Numbers are the caller's, in order of arrival."""

    def __init__(self) -> None:
        self.postings = Postings()
        self._kind = Growing(1, 0, np.uint8)  # of each key
        self._share = Growing(1, 0, np.float32)  # of each key: the share of texts it stands in by the table
        self._seen = Growing(2, 0, np.float32)  # norms of each account: of all words, of its signs
        self._days = Growing(1)  # day of each account's contact, as an ordinal; 0 unknown
        self._dots = np.zeros(64, np.float32)  # of each account with the newest, by words
        self._signs = np.zeros(64, np.float32)  # the same by signs alone
        self._votes = np.zeros(64, np.float32)
        self._touched = np.zeros(0, np.int32)
        # Of the last search: places in its tokens, and accounts there.
        self._found: list[tuple[Ints, Ints]] = []
        self._norms = (0.0, 0.0)
        self._gone = 0  # accounts that were forgotten

    @property
    def size(self) -> int:
        """Accounts ever seen, findable or not."""
        return self._seen.size

    @property
    def here(self) -> int:
        """Accounts that are held."""
        return self.size - self._gone

    def search(self, told: Told) -> Searched:
        """The account's keys with their weights as the accounts stand now."""
        words = told.facts.words
        ids = self._intern(words.tokens)
        times = np.minimum(np.array(words.times, np.int32), 5)
        classes = CLASS[times]
        facts = tuple(fact_keys(told))
        fact_ids = self._intern([key for key, _ in facts], fact=True)
        standing = self.postings.standing(ids)
        signs = IS_SIGN[self._kind.rows[ids, 0]]
        named = np.float32(NAMED_WRITTEN if told.facts.document else NAMED)
        weights = (
            self._rarity(ids, standing, told) * STRENGTH[classes] * np.where(signs, named, np.float32(1))
        )
        if len(weights) > SEARCHED:
            weights[np.argsort(-weights, kind="stable")[SEARCHED:]] = 0
        norm, sign_norm = (float(np.sqrt(some @ some)) for some in (weights, weights[signs]))
        votes = np.array([vote for _, vote in facts], np.float32)
        return Searched(ids, classes, weights, signs, norm, sign_norm, fact_ids, votes, standing)

    def _intern(self, tokens: Sequence[str], fact: bool = False) -> Ints:
        """Ids of tokens; of those met for the first time, what kind they are and how common before."""
        ids, new = self.postings.intern(tokens)
        if new:
            kinds = [KINDS.index("fact" if fact else _kind_of(token)) for token in new]
            first = self._kind.size
            for growing in (self._kind, self._share):
                growing.more(len(new))
            self._kind.rows[first : self._kind.size, 0] = kinds
            self._share.rows[first : self._share.size, 0] = [0.0 if fact else _share_of(t) for t in new]
        return ids

    def _rarity(self, ids: Ints, standing: Ints, told: Told) -> Floats:
        """log of how many accounts there are for each one that has the token; 0 for what is common lately."""
        before = BEFORE * self._share.rows[ids, 0]
        rare = np.log((self.here + BEFORE) / (standing[:, 0] + before + 1))
        oldest = self.postings.oldest(standing)
        if self.size:
            rare[(oldest >= 0) & self._is_recent(oldest, told)] = 0
        result: Floats = np.maximum(rare, 0).astype(np.float32)
        return result

    def _is_recent(self, numbers: Ints, told: Told) -> NDArray[np.bool_]:
        """Whether earlier accounts are of the same weeks; without a day, whether they are among the last COMMON."""
        if told.on:
            of_weeks: NDArray[np.bool_] = self._days.rows[numbers, 0] >= told.on.toordinal() - WINDOW
            return of_weeks
        return numbers >= self.size - COMMON

    def lately(self, told: Told) -> int:
        """How many of the newest accounts are of the same weeks; all of them where a day is not known."""
        newest = self._days.kept()[-NEWEST:, 0]
        if not told.on:
            return len(newest)
        return int(np.count_nonzero((newest == 0) | (np.abs(newest - told.on.toordinal()) <= WINDOW)))

    def candidates(self, told: Told, searched: Searched) -> list[int]:
        """At most CANDIDATES earlier accounts, likeliest first; ties go to the earlier one.

        Until the next call, `likeness` tells how alike any earlier account is.
        """
        self._forget_last()
        self._norms = (searched.norm, searched.sign_norm)
        self._touched = touched = _distinct([*self._gather(searched), *self._gather_facts(searched)])
        likeness = self._dots[touched] / np.maximum(self._seen.rows[touched, 0] * self._norms[0], 1e-6)
        return [int(n) for n in touched[_highest(self._votes[touched] + WORDS_VOTE * likeness)]]

    def _forget_last(self) -> None:
        for scores in (self._dots, self._signs, self._votes):
            scores[self._touched] = scores[NOWHERE] = 0
        self._found = []
        if len(self._dots) < self.size + 1:
            more = self.size + self.size // 2 + 64
            self._dots, self._signs, self._votes = (np.zeros(more, np.float32) for _ in range(3))

    def _gather(self, searched: Searched) -> list[Ints]:
        """Adds up the words each earlier account shares; the accounts, NOWHERE among them."""
        order = np.flatnonzero(searched.weights).astype(np.int32)
        ids, weights, signs = searched.ids[order], searched.weights[order], searched.signs[order]
        worth = weights * (weights / STRENGTH[searched.times[order]])
        found = []
        for places, rows in self.postings.lookup(ids, searched.standing[order]) if len(order) else ():
            numbers, times = entries(rows)
            shared = worth[places][:, None] * STRENGTH[times]
            np.add.at(self._dots, numbers.ravel(), shared.ravel())
            sign = signs[places]
            np.add.at(self._signs, numbers[sign].ravel(), shared[sign].ravel())
            self._found.append((order[places], numbers))
            found.append(numbers.ravel())
        return found

    def _gather_facts(self, searched: Searched) -> list[Ints]:
        found = []
        for places, rows in self.postings.lookup(searched.facts) if len(searched.facts) else ():
            numbers = entries(rows)[0].ravel()
            np.add.at(self._votes, numbers, np.repeat(searched.votes[places], rows.shape[1]))
            found.append(numbers)
        return found

    def likeness(self, number: int) -> tuple[float, float]:
        """0..1 by rare words, and by signs alone, of an account with the one last searched for."""
        if number >= len(self._dots) - 1:
            return 0.0, 0.0
        norms = self._seen.rows[number]
        by_words = float(self._dots[number]) / max(float(norms[0]) * self._norms[0], 1e-6)
        by_signs = float(self._signs[number]) / max(float(norms[1]) * self._norms[1], 1e-6)
        return min(1.0, by_words), min(1.0, by_signs)

    def shared(self, searched: Searched, number: int) -> list[int]:
        """Which tokens of the account last searched for the earlier one has, rarest first: places in its tokens."""
        # An account stands but once under a key, so that no place comes twice.
        held = [
            places[np.flatnonzero(numbers.ravel() == number) // numbers.shape[1]]
            for places, numbers in self._found
        ]
        if not held:
            return []
        places = np.sort(np.concatenate(held))
        rarest: list[int] = places[np.argsort(-searched.weights[places], kind="stable")].tolist()
        return rarest

    def add(self, told: Told, searched: Searched, findable: bool = True) -> None:
        """Take the account in as the next number; one that is not findable leads nowhere (a copy, spam)."""
        number = self.size
        for growing in (self._seen, self._days):
            growing.more(1)
        self._seen.rows[number] = searched.norm, searched.sign_norm
        self._days.rows[number, 0] = told.on.toordinal() if told.on else 0
        if findable:
            self.postings.add(searched.ids, number, searched.times, searched.standing)
            self.postings.add(searched.facts, number)
        else:
            self.unlearn(told)

    def unlearn(self, told: Told) -> None:
        """Keep no name of a word or fact that was only looked up for an account that is not found by it."""
        self.postings.unname([*told.facts.words.tokens, *(key for key, _ in fact_keys(told))])

    def drop(self, numbers: Sequence[int]) -> None:
        """Never find the accounts again, and keep nothing of them: neither their words nor their days."""
        self.postings.drop(numbers)
        self._seen.rows[list(numbers)], self._days.rows[list(numbers)] = GONE, 0
        self._gone += len(numbers)

    def keep_pace(self, count: int) -> None:
        """Has taken in so many accounts: what a failure left out is taken for forgotten, what it left over is none."""
        late = max(0, count - self.size)
        if self.size > count:
            self.postings.drop(range(count, self.size))
            self._seen.size = self._days.size = count
        for growing in (self._seen, self._days):
            growing.more(late)
        self._seen.rows[self.size - late : self.size] = GONE
        self._gone = int((self._seen.kept()[:, 0] == GONE).sum())

    # -- saving ------------------------------------------------------------------------------------

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything but the keys' names, to be kept."""
        own = {"kind": self._kind, "share": self._share, "seen": self._seen, "days": self._days}
        return {**self.postings.arrays(), **{name: growing.kept() for name, growing in own.items()}}

    @classmethod
    def restore(cls, keys: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> Index:
        """What the keys and `arrays` kept."""
        self = cls()
        self.postings = Postings.restore(keys, arrays)
        own = {"kind": self._kind, "share": self._share, "seen": self._seen, "days": self._days}
        for name, growing in own.items():
            growing.rows, growing.size = arrays[name], len(arrays[name])
        self._gone = int((self._seen.kept()[:, 0] == GONE).sum())
        return self


def _distinct(numbers: Sequence[Ints]) -> Ints:
    """Sorted, each once, NOWHERE left out (twice as fast as numpy.unique on a few thousand)."""
    if not numbers:
        return np.zeros(0, np.int32)
    found = np.concatenate(numbers)
    found.sort()
    first = found != NOWHERE
    first[1:] &= found[1:] != found[:-1]
    distinct: Ints = found[first]
    return distinct


def _highest(votes: Floats) -> NDArray[np.intp]:
    """Places of the CANDIDATES highest, highest first; of equal ones the first."""
    if len(votes) <= CANDIDATES:
        return np.argsort(-votes, kind="stable")
    enough = np.partition(votes, -CANDIDATES)[-CANDIDATES]
    places = np.flatnonzero(votes >= enough)
    return places[np.argsort(-votes[places], kind="stable")][:CANDIDATES]


def _share_of(token: str) -> float:
    if token[0].isdecimal():
        return NUMBERS[min(len(token), len(NUMBERS)) - 1]
    return background().get(token, OF_KIND.get(token.partition(" ")[0], UNKNOWN))


def _kind_of(token: str) -> str:
    if token[0] == CONCEPT:
        return "concept"
    if token[0] == NAME:
        return "name"
    if token[0].isdecimal():
        return "number"
    return "pair" if token[0] > "⺀" else "word"
