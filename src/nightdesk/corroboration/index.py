"""Which earlier accounts are worth comparing: an inverted index whose postings never grow past a cap.

The cap keeps the cost of one account constant: a word that stands in more texts than that is too
common to lead anywhere, and of a town's month only the newest accounts are kept at hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from datetime import date, timedelta

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.words import Rarity

WORD_CAP = 60  # postings of one word; measured on news: skipping commoner words is faster and better
FACT_CAP = 120  # postings of one town in one month, or of one sum
CANDIDATES = 32  # accounts compared in full for each new one
WINDOW = timedelta(days=45)  # without a day of the event: how long before the contact it may lie
FACT_VOTE = {"place": 2.0, "sum": 3.0, "teller": 2.0}


class Index:
    """Accounts by what may lead to them. Numbers are the caller's, in order of arrival."""

    def __init__(self) -> None:
        self._postings: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=FACT_CAP))
        self.words: Counter[str] = Counter()
        self.size = 0

    def add(self, number: int, told: Told) -> None:
        """Make account `number` findable."""
        self.size += 1
        self.words.update(told.facts.tokens)
        for token in told.facts.tokens:
            if self.words[token] <= WORD_CAP:
                self._postings[f"word:{told.lang}:{token}"].append(number)
        for key in fact_keys(told):
            self._postings[key].append(number)

    def rarity(self) -> Rarity:
        """Weights of words as the accounts stand now."""
        return Rarity(self.words, self.size)

    def candidates(self, told: Told) -> list[int]:
        """At most CANDIDATES earlier accounts, likeliest first; ties go to the earlier one."""
        votes: dict[int, float] = defaultdict(float)
        rarity = self.rarity()
        for key in fact_keys(told):
            for number in self._postings.get(key, ()):
                votes[number] += FACT_VOTE[key.partition(":")[0]]
        for token in told.facts.tokens:
            if self.words[token] <= WORD_CAP:
                weight = rarity.weight(token)
                for number in self._postings.get(f"word:{told.lang}:{token}", ()):
                    votes[number] += weight
        return sorted(votes, key=lambda n: (-votes[n], n))[:CANDIDATES]


def fact_keys(told: Told) -> Iterator[str]:
    """What an account is found by, apart from words: towns by month, sums, its teller by month."""
    months = sorted(_months(told))
    for place in sorted(told.facts.places):
        yield from (f"place:{place}:{month}" for month in months)
    yield from sorted({f"sum:{s.currency}:{s.amount.normalize()}" for s in told.facts.sums})
    if told.source:
        yield from (f"teller:{told.source}:{month}" for month in months)


def _months(told: Told) -> set[str]:
    """YYYY-MM of every month the event may lie in, or 'unsaid' without any date at all."""
    spans = [(s.earliest, s.latest) for s in told.facts.dates]
    if told.on and (not spans or told.facts.follow_up):
        spans.append((told.on - WINDOW, told.on))
    found = {m for first, last in spans for m in _between(first or last, last or first)}
    return found or {"unsaid"}


def _between(first: date | None, last: date | None) -> Iterator[str]:
    if first is None or last is None:
        return
    year, month = first.year, first.month
    for _ in range(12):  # a span of more than a year is too vague to lead anywhere further
        if (year, month) > (last.year, last.month):
            return
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
