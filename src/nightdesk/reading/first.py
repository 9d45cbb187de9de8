"""Which characters a parsed pattern can start with, so that a rule is tried only where it could begin.

Reads the standard library's own parse of a pattern. Where that shows something unforeseen the answer
is "any character", and the table that holds such a rule is refused when it is loaded.
"""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]  # not public; tested against every rule
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Chars = frozenset[str] | None  # None: any character
_DIGITS = frozenset("0123456789")
_SKIPPED = ("ASSERT", "ASSERT_NOT", "AT")


def parsed(pattern: str) -> Sequence[Any]:
    """The standard library's parse of `pattern`."""
    return tuple(parser.parse(pattern))


class Slots(Mapping[str, Sequence[Any]]):
    """The letters that stand for slots, and the parse of each slot's pattern, made when first wanted."""

    def __init__(self, said: dict[str, str]) -> None:
        self.said = said
        self._parsed: dict[str, Sequence[Any]] = {}

    def __getitem__(self, letter: str) -> Sequence[Any]:
        if letter not in self._parsed:
            self._parsed[letter] = parsed(self.said[letter])
        return self._parsed[letter]

    def __contains__(self, letter: object) -> bool:
        return letter in self.said

    def __iter__(self) -> Iterator[str]:
        return iter(self.said)

    def __len__(self) -> int:
        return len(self.said)


def first_chars(items: Iterable[Any], slots: Mapping[str, Sequence[Any]], ignore_case: bool) -> Chars:
    """The characters a match of a parsed pattern can start with; None for any.

    A letter that is a key of `slots` stands for the parsed pattern there.
    """
    chars, empty = _sequence(items, slots)
    if chars is None or empty:
        return None
    return frozenset(c for x in chars for c in (x.lower(), x.upper())) if ignore_case else chars


def _sequence(items: Iterable[Any], slots: Mapping[str, Sequence[Any]]) -> tuple[Chars, bool]:
    """The first characters of items one after another, and whether they may match nothing."""
    found: frozenset[str] = frozenset()
    for item in items:
        chars, empty = _one(item, slots)
        if chars is None:
            return None, True
        found |= chars
        if not empty:
            return found, False
    return found, True


def _one(item: Any, slots: Mapping[str, Sequence[Any]]) -> tuple[Chars, bool]:
    name, value = str(item[0]), item[1]
    if name in _SKIPPED:
        return frozenset(), True
    if name == "LITERAL":
        letter = chr(value)
        return _sequence(slots[letter], slots) if letter in slots else (frozenset(letter), False)
    if name == "IN":
        return _set(value), False
    if name == "SUBPATTERN":
        return _sequence(value[3], slots)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        chars, empty = _sequence(value[2], slots)
        return chars, empty or value[0] == 0
    if name == "BRANCH":
        return _branch(value[1], slots)
    return None, True


def _branch(options: Iterable[Any], slots: Mapping[str, Sequence[Any]]) -> tuple[Chars, bool]:
    found: frozenset[str] = frozenset()
    may_be_empty = False
    for option in options:
        chars, empty = _sequence(option, slots)
        if chars is None:
            return None, True
        found, may_be_empty = found | chars, may_be_empty or empty
    return found, may_be_empty


def _set(members: Iterable[Any]) -> Chars:
    """A character class; ranges as wide as a script count as any character."""
    found: set[str] = set()
    for member in members:
        name, value = str(member[0]), member[1]
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < 300:
            found.update(chr(c) for c in range(value[0], value[1] + 1))
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found |= _DIGITS
        else:
            return None
    return frozenset(found)


def starts(left: str, chars: frozenset[str]) -> re.Pattern[str]:
    """One pattern for every place where some rule could begin: the letter first, then what stands before it."""
    inside = "".join(re.escape(c) for c in sorted(chars))
    return re.compile(f"[{inside}](?s:(?<={left}.))")
