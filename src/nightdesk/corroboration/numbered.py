"""Tokens on their way from one process to another, as numbers: a word goes over once, not once an account.

Belongs here: numbering on the one side, names on the other. Does not belong here: what a number is in the index
(postings.py), and the processes (the command's).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from nightdesk.corroboration.words import Words

MOST = 200_000  # tokens of one book; then a new one is begun, and the old one is forgotten

Numbers = NDArray[np.int32]


class Book:
    """The tokens one sender has numbered so far, as the receiver knows them, and the ids an index has given them."""

    __slots__ = ("_given", "_ids", "names")

    def __init__(self) -> None:
        self.names: list[str] = []
        self._given: object = None
        self._ids: Numbers = np.zeros(0, np.int32)

    def ids(self, given: object) -> Numbers:
        """Of each number the id it has by `given`, to be filled in; -1 where none was, and everywhere for another `given`."""
        if self._given is not given:
            self._given, self._ids = given, np.zeros(0, np.int32)
        if len(self._ids) < len(self.names):
            grown = np.full(len(self.names) * 3 // 2, -1, np.int32)
            grown[: len(self._ids)] = self._ids
            self._ids = grown
        return self._ids


class Numbered(Sequence[str]):
    """Tokens of one text by their numbers in a book; a sequence of strings to whoever does not ask for these."""

    __slots__ = ("book", "numbers")

    def __init__(self, book: Book, numbers: Numbers) -> None:
        self.book, self.numbers = book, numbers

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        names = self.book.names
        if isinstance(at, slice):
            return tuple([names[number] for number in self.numbers[at].tolist()])
        return names[self.numbers.item(at)]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        return map(self.book.names.__getitem__, self.numbers.tolist())


class Sender(dict[str, int]):
    """Numbers tokens in the order they are met. Use one a process: `reduce` is for its pickler."""

    def __init__(self) -> None:
        super().__init__()
        self._book, self._new = 0, list[str]()

    def __missing__(self, token: str) -> int:
        self._new.append(token)
        number = self[token] = len(self)
        return number

    def reduce(self, words: Words) -> tuple[Callable[..., Words], tuple[Any, ...]]:
        """`words` for a pickler that is read where `arrived` is; in the order it is asked, each answer once."""
        if len(self) >= MOST:
            self.clear()
            self._book += 1
        numbers = np.fromiter(map(self.__getitem__, words.tokens), np.int32, len(words.tokens))
        new, self._new = self._new, []
        return arrived, (os.getpid(), self._book, tuple(new), numbers.tobytes(), words.times)


_books: dict[int, tuple[int, Book]] = {}  # of each process that sends the number of its book, and the book


def arrived(sender: int, number: int, new: tuple[str, ...], numbers: bytes, times: bytes) -> Words:
    """Words as `Sender.reduce` sent them."""
    known, book = _books.get(sender, (-1, None))
    if book is None or known != number:
        book = Book()
        _books[sender] = number, book
    book.names += new
    return Words(Numbered(book, np.frombuffer(numbers, np.int32)), times)


def over_pipes() -> None:
    """From here on words go as numbers from each process that is forked to this one."""
    # Late: few inputs are long enough for other processes.
    from multiprocessing.reduction import ForkingPickler

    _books.clear()  # of processes that have ended: the system gives their numbers out again
    ForkingPickler.register(Words, Sender().reduce)
