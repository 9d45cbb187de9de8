"""The newest accounts of every key, in flat arrays: an inverted index whose postings never grow past a cap.

A key is whatever may lead from one account to another: a word, a town's month, a sum. Most keys stand
in few accounts, so the first FEW are kept apart and only a key with more takes a row of CAP. The rows
are rings: the oldest account gives way. Belongs here: keeping and looking up. Does not belong here:
what a key means or weighs (index.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.corroboration.numbered import Numbered

CAP = 60  # accounts of one key; measured on news: skipping commoner words is faster and better
FEW = 4
STRETCH = 1 << 16  # rows gone through at once
TIMES = 4  # classes of how often a word stands in a text: 1, 2, 3-4, more

Ints = NDArray[np.int32]
Places = NDArray[np.intp]


class Growing:
    """Rows of one array that grows by half when it is full."""

    def __init__(self, width: int, fill: int = 0, dtype: Any = np.int32) -> None:
        self._fill = fill
        self.rows = np.full((64, width), fill, dtype)
        self.size = 0

    def more(self, count: int) -> None:
        """Make room for `count` rows at the end; they hold the fill."""
        self.size += count
        if self.size > len(self.rows):
            grown = np.full((self.size + self.size // 2, self.rows.shape[1]), self._fill, self.rows.dtype)
            grown[: len(self.rows)] = self.rows
            self.rows = grown

    def kept(self) -> NDArray[Any]:
        """The rows in use."""
        return self.rows[: self.size]


def _holding(growing: Growing, going: Ints) -> Places:
    """Rows in which one of the accounts stands. A stretch at a time: the arrays of a large desk are copied nowhere."""
    first, last = int(going[0]) * TIMES, int(going[-1]) * TIMES + TIMES - 1
    found, rows = [np.empty(0, np.intp)], growing.kept()
    for at in range(0, len(rows), STRETCH):
        some = rows[at : at + STRETCH]
        rough = np.flatnonzero(((some >= first) & (some <= last)).any(axis=1))
        exact = np.isin(some[rough] // TIMES, going).any(axis=1)
        found.append(rough[exact] + at)
    return np.concatenate(found)


def _put(growing: Growing, row: Ints, column: Ints, entry: Ints) -> None:
    """One entry into each of the rows. By places in the flat array: half as dear as by row and column."""
    growing.rows.reshape(-1)[row.astype(np.intp) * growing.rows.shape[1] + column] = entry


def entries(rows: Ints) -> tuple[Places, Ints]:
    """The accounts of entries (-1 stays -1), and the classes of how often."""
    return (rows >> TIMES.bit_length() - 1).astype(np.intp), rows & TIMES - 1


class _Numbered(dict[str, int]):
    """The id of each key; a key that is met for the first time gets the next one. One look-up a key, met or not."""

    def __init__(self, names: list[str]) -> None:
        super().__init__((name, id) for id, name in enumerate(names) if name)
        self._names = names

    def __missing__(self, key: str) -> int:
        self._names.append(key)  # first: a Ctrl-C in between must not leave an id to be given again
        id = self[key] = len(self._names) - 1
        return id


class Postings:
    """Accounts by key. An entry is the account's number times TIMES plus the class of how often."""

    def __init__(self) -> None:
        self._names: list[str] = []  # by id; '' once it lost its name
        self._ids = _Numbered(self._names)
        self._few = Growing(FEW, -1)
        self._many = Growing(CAP, -1)
        self._at = Growing(2)  # how many accounts stand under it; row in _many or -1
        self._given = (
            object()
        )  # stands for all ids given, for who keeps some; another once a key may have lost its name

    def intern(self, tokens: Sequence[str], keys: Sequence[str] = ()) -> tuple[Ints, list[str]]:
        """Ids of tokens and of other keys behind them, and those never seen before: they got the next ids, in their order."""
        ids = np.empty(len(tokens) + len(keys), np.int32)
        ids[: len(tokens)] = (
            self._by_number(tokens) if isinstance(tokens, Numbered) else self._by_name(tokens)
        )
        ids[len(tokens) :] = self._by_name(keys)
        new = self._names[self._at.size :]
        if new:
            first = self._at.size
            self._few.more(len(new))
            self._at.more(len(new))
            self._at.rows[first : self._at.size, 1] = -1
        return ids, new

    def _by_name(self, keys: Sequence[str]) -> Ints:
        return np.fromiter(map(self._ids.__getitem__, keys), np.int32, len(keys))

    def _by_number(self, tokens: Numbered) -> Ints:
        """The same ids, without looking up again what an account stands under already."""
        known = tokens.book.ids(self._given)
        ids = known[tokens.numbers]
        unsure = ((ids < 0) | (self._at.rows.take(ids, axis=0, mode="clip")[:, 0] == 0)).nonzero()[0]
        numbers = tokens.numbers[unsure]
        ids[unsure] = known[numbers] = self._by_name([*map(tokens.book.names.__getitem__, numbers.tolist())])
        return ids

    def standing(self, ids: Ints) -> Ints:
        """Of each id how many accounts stand under it, and its row in `_many` or -1; until something is added or dropped."""
        standing: Ints = self._at.rows.take(ids, axis=0)
        return standing

    def add(self, ids: Ints, number: int, times: Ints | None = None, standing: Ints | None = None) -> None:
        """Account `number` stands under each of the ids (distinct)."""
        entry = np.full(len(ids), number * TIMES, np.int32)
        if times is not None:
            entry += times
        count, row = (self.standing(ids) if standing is None else standing).T
        is_few = count < FEW
        few, rest = is_few.nonzero()[0], (~is_few).nonzero()[0]
        _put(self._few, ids[few], count[few], entry[few])
        if len(rest):
            self._to_rows(ids[rest], row[rest], count[rest], entry[rest])
        self._at.rows[ids, 0] = count + 1

    def _to_rows(self, ids: Ints, row: Ints, count: Ints, entry: Ints) -> None:
        moving = (row < 0).nonzero()[0]
        if new := len(moving):
            first = self._many.size
            self._many.more(new)
            going = ids[moving]
            row[moving] = self._at.rows[going, 1] = np.arange(first, first + new, dtype=np.int32)
            self._many.rows[first : first + new, :FEW] = self._few.rows[going]
            self._few.rows[going] = -1
        _put(self._many, row, count % CAP, entry)

    def unname(self, keys: Iterable[str]) -> None:
        """Keys under which no account ever stood lose their names: nothing of who was only looked up stays."""
        for key in keys:
            id = self._ids.get(key)
            if id is not None and not self._at.rows[id, 0]:
                self._forget_name(id)

    def _forget_name(self, id: int) -> None:
        del self._ids[self._names[id]]
        self._names[id] = ""

    def drop(self, numbers: Iterable[int]) -> None:
        """No key leads to these accounts any more; a key that led to them alone loses its name.

        The others close up, so that what comes and goes many times pushes nobody out.
        """
        going = np.array(sorted(numbers), np.int32)
        if not len(going):
            return
        self._given = object()
        row = self._at.kept()[:, 1]
        few = _holding(self._few, going)
        few = few[row[few] < 0]
        many = np.flatnonzero(np.isin(row, _holding(self._many, going)) & (row >= 0))
        alone = [id for id in few.tolist() if not self._close_up(self._few.rows[id], id, going)]
        alone += [id for id in many.tolist() if not self._close_up(self._many.rows[row[id]], id, going)]
        for id in alone:
            if self._names[id]:
                self._forget_name(id)

    def _close_up(self, row: Ints, id: int, going: Ints) -> int:
        """Takes the accounts out of the row of one id; how many entries are left. The row is a ring once it is full."""
        count, width = int(self._at.rows[id, 0]), len(row)
        entries = row[np.arange(max(0, count - width), count) % width]  # oldest first
        gone = np.isin(entries // TIMES, going) & (entries >= 0)
        left = entries[~gone & (entries >= 0)]
        count -= int(gone.sum())
        row[:] = -1
        row[np.arange(count - len(left), count) % width] = left
        self._at.rows[id, 0] = count
        return len(left)

    def oldest(self, standing: Ints) -> tuple[Places, Ints]:
        """Of each id that has filled its ring its place, and the oldest account still kept; -1 where one was dropped."""
        count, row = standing.T
        full = (count >= CAP).nonzero()[0]
        return full, self._many.rows[row[full], count[full] % CAP] // TIMES

    def lookup(self, ids: Ints, standing: Ints | None = None) -> tuple[tuple[Places, Ints], ...]:
        """Entries by id, -1 where there is none: (places in ids, rows) of few, and of many."""
        row = (self.standing(ids) if standing is None else standing)[:, 1]
        few, many = (row < 0).nonzero()[0], (row >= 0).nonzero()[0]
        return (few, self._few.rows.take(ids[few], axis=0)), (many, self._many.rows.take(row[many], axis=0))

    # -- saving ------------------------------------------------------------------------------------

    def keys(self) -> list[str]:
        """Every key, in the order of its id; '' for one that lost its name."""
        return list(self._names)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything but the keys' names, to be kept."""
        return {"few": self._few.kept(), "many": self._many.kept(), "at": self._at.kept()}

    @classmethod
    def restore(cls, keys: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> Postings:
        """What `keys` and `arrays` kept."""
        self = cls()
        self._names = list(keys)
        self._ids = _Numbered(self._names)
        for growing, name in ((self._few, "few"), (self._many, "many"), (self._at, "at")):
            growing.rows, growing.size = arrays[name], len(arrays[name])
        return self
