"""Which earlier accounts are worth comparing with a new one, and how alike their words are.

Every account is found by its rare words and by a few facts (keys.py). Postings are capped, so the cost
of one account stays the same however many there are: of a key only the newest accounts are at hand, and
a word that fills its postings within WINDOW is too common to lead anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.keys import fact_keys
from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.postings import Growing, Ints, Places, Postings, entries
from nightdesk.corroboration.words import CONCEPT, NAME

CANDIDATES = 10  # accounts compared in full for each new one
SEARCHED = 160  # words of one account that are looked up, the weightiest
WINDOW = 30  # days in which a word that fills its postings is common
NEWEST = 10_000  # accounts among which those of the same weeks are counted
COMMON = 600  # without a day: the same in accounts, a word in one of ten
BEFORE = 100  # accounts imagined before the first, in which words stood as data/background.toml says
UNKNOWN = 0.002  # in which share of those a word stood that the table does not have
KINDS = ("word", "name", "number", "concept", "pair", "fact")
SIGNS = ("name", "number", "concept")  # kinds that travel between languages and outlets
FACT = KINDS.index("fact")
IS_SIGN = np.array([kind in SIGNS for kind in KINDS])
NUMBERS = (0.3, 0.15, 0.02, 0.005)  # in which share of texts a number stands, by its digits
OF_KIND = {"#hour": 0.03, "#age": 0.01}  # the same for one hour of the day, one age
NAMED = 1.5  # how much more a name, a number or a thing says than a word as rare
NAMED_WRITTEN = 1.5  # the same in a written report, whose words are many and whose people are few
# Both as a table: what a word says beside its rarity, in a note and in a written report; a sign says more.
NAMED_OF = np.array([[1.0, NAMED], [1.0, NAMED_WRITTEN]], np.float32)
CLASS = np.array([0, 0, 1, 2, 2, 3], np.int32)  # of how often a word stands in a text, five and more alike
STRENGTH = np.array([1.0, 1.7, 2.3, 2.9], np.float32)  # by class: once, twice, three or four times, more
NOWHERE = -1  # an account that is none; its scores are the last of their array, which no account has
GONE = -1  # the norm of an account that was forgotten
WORDS_VOTE = 14.0  # what like words, or like signs, say for comparing, beside the votes of facts
AWAY_VOTE = 0.5  # what log(1 + days between the contacts) says against it

Floats = NDArray[np.float32]


class Searched(NamedTuple):
    """A new account's keys as the index knows them: its words, and behind them its facts."""

    ids: Ints
    times: Ints  # classes of how often; 0 for facts
    standing: Ints  # how the postings stood
    words: int  # how many of the keys are words
    weights: Floats  # of each word here: rarity times how often; 0 for common ones
    votes: Floats  # of each fact
    signs: NDArray[np.bool_]  # of each word
    norm: float
    sign_norm: float


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
        self._marks = np.zeros(64, np.int32)  # of each account, where it last stood among those found
        self._touched: Places = np.zeros(0, np.intp)
        # Of the last search: places in its tokens, and accounts there.
        self._found: list[tuple[Places, Places]] = []
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
        facts = tuple(fact_keys(told))
        count = len(words)
        ids = self._intern(words.tokens, [key for key, _ in facts])
        times = np.zeros(len(ids), np.int32)
        times[:count] = CLASS.take(np.frombuffer(words.times, np.uint8), mode="clip")
        standing = self.postings.standing(ids)
        signs = IS_SIGN.take(self._kind.rows.reshape(-1).take(ids[:count]))
        weights = self._weights(told, ids[:count], standing[:count], times[:count], signs)
        norm, sign_norm = _norm(weights), _norm(weights[signs])
        votes = np.array([vote for _, vote in facts], np.float32)
        return Searched(ids, times, standing, count, weights, votes, signs, norm, sign_norm)

    def _intern(self, words: Sequence[str], keys: Sequence[str]) -> Ints:
        """Ids of words, and of facts behind them; of those met for the first time, what kind they are and how common."""
        ids, new = self.postings.intern(words, keys)
        if new:
            first = self._kind.size
            facts = int(np.count_nonzero(ids[len(words) :] >= first))
            met = len(new) - facts  # words, which come first
            for growing in (self._kind, self._share):
                growing.more(len(new))
            self._kind.rows[first : self._kind.size, 0] = [*map(_kind_of, new[:met]), *[FACT] * facts]
            self._share.rows[first : self._share.size, 0] = [*map(_share_of, new[:met]), *[0.0] * facts]
        return ids

    def _weights(
        self, told: Told, ids: Ints, standing: Ints, times: Ints, signs: NDArray[np.bool_]
    ) -> Floats:
        """What each word says: how rare it is, times how often it stands here and what kind it is; of SEARCHED words."""
        named = NAMED_OF[int(told.facts.document)].take(signs)
        weights: Floats = self._rarity(ids, standing, told) * STRENGTH.take(times) * named
        if len(weights) > SEARCHED:
            weights[(-weights).argsort(kind="stable")[SEARCHED:]] = 0
        return weights

    def _rarity(self, ids: Ints, standing: Ints, told: Told) -> Floats:
        """log of how many accounts there are for each one that has the token; 0 for what is common lately."""
        before = BEFORE * self._share.rows.reshape(-1).take(ids)
        rare = np.log((self.here + BEFORE) / (standing[:, 0] + before + 1))
        full, oldest = self.postings.oldest(standing)
        if len(full):
            rare[full[(oldest >= 0) & self._is_recent(oldest, told)]] = 0
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
        # Taken for unsigned numbers, days before the window lie far behind it: one comparison for both of its ends.
        since = (newest - (told.on.toordinal() - WINDOW)).view(np.uint32)
        unknown = len(newest) - np.count_nonzero(newest)
        return int(unknown + np.count_nonzero(since <= 2 * WINDOW))

    def candidates(self, told: Told, searched: Searched) -> list[int]:
        """At most CANDIDATES earlier accounts, likeliest first; ties go to the earlier one.

        Until the next call, `likeness` tells how alike any earlier account is.
        """
        self._forget_last()
        self._norms = (searched.norm, searched.sign_norm)
        self._touched = touched = self._distinct(self._gather(searched))
        found: list[int] = _highest(touched, self._worth(touched, told.on)).tolist()
        return found

    def _worth(self, numbers: Places, on: date | None) -> Floats:
        """How much says that these accounts should be compared: facts, what is alike, and how near they were told.

        In another language only signs are alike: beside all the words of both they would be little.
        """
        # `take` is a tenth as dear as rows by number in brackets.
        seen = self._seen.rows.take(numbers, axis=0)
        words, signs = np.array(self._norms, np.float32)
        by_words = self._dots.take(numbers) / np.maximum(seen[:, 0] * words, 1e-6)
        by_signs = self._signs.take(numbers) / np.maximum(seen[:, 1] * signs, 1e-6)
        worth: Floats = self._votes.take(numbers) + WORDS_VOTE * np.maximum(by_words, by_signs)
        if on:
            # Of accounts without a day all are alike far: behind whatever has one.
            apart = np.abs(self._days.rows.reshape(-1).take(numbers) - on.toordinal())
            worth -= np.float32(AWAY_VOTE) * np.log1p(apart, dtype=np.float32)
        return worth

    def _distinct(self, numbers: Places) -> Places:
        """Each once, NOWHERE left out. By marking where each stands: cheaper than sorting a few thousand."""
        who = np.arange(len(numbers), dtype=np.int32)
        self._marks[numbers] = who
        self._marks[NOWHERE] = -1
        distinct: Places = numbers[self._marks[numbers] == who]
        return distinct

    def _forget_last(self) -> None:
        for scores in (self._dots, self._signs, self._votes):
            scores[self._touched] = scores[NOWHERE] = 0
        self._found = []
        if len(self._dots) < self.size + 1:
            more = self.size + self.size // 2 + 64
            self._marks = np.zeros(more, np.int32)
            self._dots, self._signs, self._votes = (np.zeros(more, np.float32) for _ in range(3))

    def _gather(self, searched: Searched) -> Places:
        """Adds up what each earlier account shares: words, signs, facts. The accounts, NOWHERE among them."""
        words, weights = searched.weights.nonzero()[0], searched.weights
        worth = weights * (weights / STRENGTH.take(searched.times[: searched.words]))
        keys = np.concatenate((words, np.arange(searched.words, len(searched.ids))))
        found = []
        standing = searched.standing.take(keys, axis=0)
        for places, rows in self.postings.lookup(searched.ids.take(keys), standing):
            numbers, times = entries(rows)
            count = int(places.searchsorted(len(words)))  # of words: facts stand behind them
            self._gather_words(searched.signs, worth, keys[places[:count]], numbers[:count], times[:count])
            votes = searched.votes[places[count:] - len(words)]
            np.add.at(self._votes, numbers[count:].ravel(), votes.repeat(rows.shape[1]))
            found.append(numbers.ravel())
        return np.concatenate(found)

    def _gather_words(
        self, signs: NDArray[np.bool_], worth: Floats, words: Places, numbers: Places, times: Ints
    ) -> None:
        shared = worth[words][:, None] * STRENGTH.take(times)
        np.add.at(self._dots, numbers.ravel(), shared.ravel())
        sign = signs[words].nonzero()[0]
        np.add.at(self._signs, numbers.take(sign, axis=0).ravel(), shared.take(sign, axis=0).ravel())
        self._found.append((words, numbers))

    def likeness(self, number: int) -> tuple[float, float]:
        """0..1 by rare words, and by signs alone, of an account with the one last searched for."""
        if number >= len(self._dots) - 1:
            return 0.0, 0.0
        ours, theirs = self._norms, self._seen.rows
        by_words = self._dots.item(number) / max(theirs.item(number, 0) * ours[0], 1e-6)
        by_signs = self._signs.item(number) / max(theirs.item(number, 1) * ours[1], 1e-6)
        return min(1.0, by_words), min(1.0, by_signs)

    def shared(self, searched: Searched, number: int) -> list[int]:
        """Which tokens of the account last searched for the earlier one has, rarest first: places in its tokens."""
        # An account stands but once under a key, so that no place comes twice.
        held = [
            places[(numbers.ravel() == number).nonzero()[0] // numbers.shape[1]]
            for places, numbers in self._found
        ]
        if not held:
            return []
        places = np.concatenate(held)
        places.sort()
        rarest: list[int] = places[(-searched.weights[places]).argsort(kind="stable")].tolist()
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


def _highest(numbers: Places, votes: Floats) -> Places:
    """Of accounts the CANDIDATES with the highest votes, highest first; of equal ones the earlier."""
    if len(votes) > CANDIDATES:
        enough = np.partition(votes, -CANDIDATES)[-CANDIDATES]
        places = (votes >= enough).nonzero()[0]
        numbers, votes = numbers[places], votes[places]
    return numbers[np.lexsort((numbers, -votes))[:CANDIDATES]]


def _norm(weights: Floats) -> float:
    return float(np.sqrt(weights @ weights))


def _share_of(token: str) -> float:
    if token[0].isdecimal():
        return NUMBERS[min(len(token), len(NUMBERS)) - 1]
    share = background().get(token)
    return OF_KIND.get(token.partition(" ")[0], UNKNOWN) if share is None else share


def _kind_of(token: str) -> int:
    first = token[0]
    if first == CONCEPT:
        return KINDS.index("concept")
    if first == NAME:
        return KINDS.index("name")
    if first.isdecimal():
        return KINDS.index("number")
    return KINDS.index("pair" if first > "⺀" else "word")
