"""Everything ever released, as an index: what a draft says is looked up, never searched for.

A story is read once, when it is released (`remember`); afterwards only its sums, days, towns, numbered
lines and circle of knowers are kept, by value, and its words as hashes in tables of a fixed size (wording).
What is held grows with the values that were ever said, not with the stories that said them: of each value the
count of stories, and the latest one. Pure: the same entries in any order make the same index. Belongs here:
keeping and finding. Does not belong here: what a find means (rules.history, rules.voice).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from nightdesk.disclosure.exactness import exact
from nightdesk.disclosure.facts import said
from nightdesk.disclosure.grammar import language_of
from nightdesk.disclosure.model import Earlier, Knowers, ParagraphText
from nightdesk.disclosure.whereabouts import COARSE, wider
from nightdesk.disclosure.wording import Printed, Spoken, Wording, wording

NUMBER = re.compile(r"\d+(?:,\d{3})*")
LINE = 300  # characters: a row of a table, or a sentence as short as one
COLUMNS = re.compile(r"[\t|;,·:]|\s-\s")  # what stands between the cells of a row
WAITS = 8  # stories of a source whose wait is kept: a habit shows in fewer
Days = tuple[date | None, date | None]
Wait = tuple[date, str, int]  # the day of release, the story, days from the contact


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is kept of one released story, or of one part of it that one source told."""

    id: str
    released_on: date
    source: str | None = None
    withdrawn: bool = False
    knowers: Knowers | None = None
    sums: tuple[Hashable, ...] = ()  # (amount, currency)
    days: tuple[Days, ...] = ()  # exact ones alone
    towns: tuple[str, ...] = ()  # keys of the gazetteer, or the words of a finer place
    lines: tuple[tuple[str, tuple[int, ...]], ...] = ()  # a row without its numbers, and the numbers
    contact: date | None = None  # the last contact with the source before it
    via: str | None = None
    wording: Wording | None = None  # None: its words were not kept, so it does not count as read for voice

    @property
    def order(self) -> tuple[date, str, str]:
        """The latest last; entries of one day by name, so that the order they come in changes nothing."""
        return self.released_on, self.id, self.source or ""


@dataclass(frozen=True, slots=True)
class Hits:
    """How many stories said it, and the latest of them."""

    count: int
    latest: Remembered


def remember(earlier: Earlier, country: str) -> Remembered:
    """One released story, read on its own day."""
    sums, days, towns, lines, said_so = read_once(earlier.text, earlier.released_on, country)
    return Remembered(earlier.id, earlier.released_on, earlier.source, earlier.withdrawn, earlier.knowers,
                      sums, days, towns, lines, earlier.contact, earlier.via, said_so)  # fmt: skip


Lines = tuple[tuple[str, tuple[int, ...]], ...]


@lru_cache(maxsize=32_768)
def read_once(
    text: str, on: date, country: str
) -> tuple[tuple[Hashable, ...], tuple[Days, ...], tuple[str, ...], Lines, Wording]:
    """Sums, exact days, towns and numbered rows of a text; kept, because the past does not change while one types."""
    one = said.__wrapped__(language_of(text), ParagraphText("earlier", text), on, country)
    return (
        tuple(dict.fromkeys(fact.value for fact in one.of("sum"))),
        tuple(dict.fromkeys((f.data["first"], f.data["last"]) for f in one.of("date") if exact(f))),
        tuple(dict.fromkeys(str(f.value) for f in one.of("place") if f.data["level"] not in COARSE)),
        tuple(rows_in(text)),
        wording(text),
    )


def rows_in(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Lines that are rows of a table: cells, and at least one number. The words, and the numbers in their order."""
    for line in text.splitlines():
        if len(line) <= LINE and COLUMNS.search(line) and NUMBER.search(line):
            words = " ".join(NUMBER.sub("#", line).lower().split())
            yield words, tuple(int(found.replace(",", "")) for found in NUMBER.findall(line)[:12])


class Past:
    """What a review asks of everything released before: a value goes in, who said it comes out."""

    @property
    def spoken(self) -> Printed:
        """What was printed before, in words. Of an index that counts none the review says that voice is not judged."""
        return Printed()

    def find(self, key: Hashable) -> Hits | None:
        """The stories found by a key of `keys_of`, or by a row's words."""
        raise NotImplementedError

    def circle(self, source: str) -> Hits | None:
        """How often it was said who could know what this source told, and where the fewest could."""
        raise NotImplementedError

    @property
    def waited(self) -> bool:
        """Whether the day of the contact before some story was kept; where none was, no habit is looked for."""
        return False

    def lags(self, whose: str, name: str) -> tuple[int, ...]:
        """Days from contact to release of the latest stories of a "source" or by a relay ("via"), the latest last.

        Empty where an index keeps no contacts.
        """
        return ()

    def sum(self, value: Hashable) -> Hits | None:
        """Who gave this sum."""
        return self.find(("sum", value))

    def days(self, value: Hashable) -> Hits | None:
        """Who gave exactly these days."""
        return self.find(("days", value))

    def told_of(self, source: str, town: str) -> Hits | None:
        """What this source told of this town."""
        return self.find(("told", source, town))

    def told_in(self, source: str, province: str) -> Hits | None:
        """What this source told of any town of this province."""
        return self.find(("in", source, province))

    def told_during(self, source: str, month: str) -> Hits | None:
        """What this source told of single days of this month, YYYY-MM."""
        return self.find(("during", source, month))

    def row(self, words: str) -> Hits | None:
        """The latest row with these words, whatever its numbers."""
        return self.find(("row", words))


class Archive(Past):
    """The index over all that was released, held in memory."""

    def __init__(self, entries: Iterable[Remembered] = ()) -> None:
        self._by: dict[Hashable, Hits] = {}
        self._circles: dict[str, Hits] = {}
        self._stories: dict[tuple[str, date, bool], Remembered] = {}  # each by name and day alone, once
        # Of a source or a relay: its latest stories.
        self._waits: dict[tuple[str, str], tuple[Wait, ...]] = {}
        self._spoken = Spoken()
        self._worded: Hashable = (
            None  # the last story counted in `_spoken`, and the wordings of it that were:
        )
        self._wordings: set[Wording] = set()  # its other sources say the same in each of its languages
        self.count = 0
        for entry in sorted(entries, key=lambda one: one.order):
            self.add(entry)

    def __len__(self) -> int:
        """How many values are held."""
        return len(self._by) + len(self._circles)

    def add(self, entry: Remembered) -> None:
        """One more entry; given in order of release each story counts once for a value."""
        self.count += 1
        bare = Remembered(entry.id, entry.released_on, withdrawn=entry.withdrawn)
        story = self._stories.setdefault((entry.id, entry.released_on, entry.withdrawn), bare)
        self._count(entry)
        for whose in waiting(entry):
            wait = (
                entry.released_on,
                entry.id,
                (entry.released_on - (entry.contact or entry.released_on)).days,
            )
            self._waits[whose] = latest(self._waits.get(whose, ()), wait)
        for key in keys_of(entry):
            self._by[key] = joined(self._by.get(key), story)
        for line in entry.lines:
            key = ("row", line[0])
            self._by[key] = joined(self._by.get(key), replace(story, lines=(line,)))
        if entry.source is not None and entry.knowers is not None:
            known = self._circles.get(entry.source)
            self._circles[entry.source] = narrower(known, replace(story, knowers=entry.knowers))

    def _count(self, entry: Remembered) -> None:
        """The words of an entry, once a story and language however many sources it had."""
        if (entry.id, entry.released_on) != self._worded:
            self._worded, self._wordings = (entry.id, entry.released_on), set()
        if entry.wording is not None and entry.wording not in self._wordings:
            self._wordings.add(entry.wording)
            self._spoken.add(entry.wording)

    @property
    def spoken(self) -> Printed:
        """The words of the entries that brought theirs."""
        return self._spoken

    @property
    def waited(self) -> bool:
        """The same; an index of nothing misses nothing."""
        return bool(self._waits) or not self.count

    def find(self, key: Hashable) -> Hits | None:
        """From the index."""
        return self._by.get(key)

    def lags(self, whose: str, name: str) -> tuple[int, ...]:
        """From the index."""
        return tuple(lag for _, _, lag in self._waits.get((whose, name), ()))

    def circle(self, source: str) -> Hits | None:
        """From the index."""
        return self._circles.get(source)


def waiting(entry: Remembered) -> list[tuple[str, str]]:
    """Whose wait the entry shows: its source's and its relay's, where the day of the contact was kept."""
    if entry.contact is None or entry.contact > entry.released_on:
        return []
    return [
        (whose, name) for whose, name in (("source", entry.source), ("via", entry.via)) if name is not None
    ]


def latest(known: tuple[Wait, ...], wait: Wait) -> tuple[Wait, ...]:
    """The latest waits; of several contacts before one story the shortest is what a reader would find first."""
    by_story = {(on, name): lag for on, name, lag in known}
    on, name, lag = wait
    by_story[on, name] = min(lag, by_story.get((on, name), lag))
    return tuple(sorted((*story, lag) for story, lag in by_story.items()))[-WAITS:]


def keys_of(entry: Remembered) -> Iterator[Hashable]:
    """Everything the entry is found by, its rows aside."""
    yield from (("sum", value) for value in entry.sums)
    yield from (("days", value) for value in entry.days)
    if entry.source is not None:
        yield from (("told", entry.source, town) for town in entry.towns)
        yield from (("in", entry.source, up) for up in dict.fromkeys(map(wider, entry.towns)) if up)
        yield from (("during", entry.source, month) for month in dict.fromkeys(months(entry.days)))


def months(days: Iterable[Days]) -> Iterator[str]:
    """The months that single days of a story lie in."""
    return (first.isoformat()[:7] for first, last in days if first and last and first.month == last.month)


def joined(known: Hits | None, entry: Remembered) -> Hits:
    """The hits with one more; two entries of one story on one day are one story."""
    if known is None:
        return Hits(1, entry)
    same = (known.latest.id, known.latest.released_on) == (entry.id, entry.released_on)
    return Hits(known.count + (not same), max(known.latest, entry, key=lambda one: one.order))


def narrower(known: Hits | None, entry: Remembered) -> Hits:
    """The hits whose entry is the one that the fewest people could know of."""
    if known is None:
        return Hits(1, entry)
    fewest = min(
        known.latest, entry, key=lambda one: (one.knowers.high, one.order) if one.knowers else (0, one.order)
    )
    return Hits(known.count + 1, fewest)


def archived(history: Sequence[Earlier] | Past, country: str) -> Past:
    """The index itself, or one made of what was released."""
    return history if isinstance(history, Past) else made_of(tuple(history), country)


@lru_cache(maxsize=2)
def made_of(history: tuple[Earlier, ...], country: str) -> Archive:
    """The index of plain stories; kept for the next keystroke, so nobody adds to it."""
    return Archive(remember(one, country) for one in history)
