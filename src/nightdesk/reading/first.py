"""Which characters a pattern can start with, so that a rule is tried only where it could begin.

Reads the standard library's own parse of a pattern. Where that shows something unforeseen the answer
is "any character", and the table that holds such a rule is refused when it is loaded.
"""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]  # not public; tested against every rule
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Chars = frozenset[str] | None  # None: any character
Seconds = dict[str, set[str] | None]  # first character -> what may follow it
_DIGITS = frozenset("0123456789")
_SKIPPED = ("ASSERT", "ASSERT_NOT", "AT")


def edges(pattern: str, ignore_case: bool) -> tuple[Mapping[str, Chars] | None, Chars]:
    """What a match can start with, each with what may follow it, and characters of which it has at least one."""
    parsed = parser.parse(pattern)
    starting = _sequence(parsed)
    wish = _best(_needs(parsed))
    wish = None if wish is None or len(wish) > FEW else wish
    if starting is None or starting.empty:
        return None, wish
    seconds = {
        c: None if c in starting.open or s is None else frozenset(s) for c, s in starting.pairs.items()
    }
    if ignore_case:
        seconds = {
            each: _cases(found, True) for c, found in seconds.items() for each in (c.lower(), c.upper())
        }
    return seconds, _cases(wish, ignore_case)


@dataclass(slots=True)
class _Starting:
    """How a part of a pattern can begin: pairs of characters, and those after which it can already end."""

    pairs: Seconds = field(default_factory=dict)
    empty: bool = True
    open: set[str] = field(default_factory=set)

    def take(self, other: _Starting) -> None:
        """Begin as `other` does, too."""
        for char, found in other.pairs.items():
            self.follow(char, found)
        self.open |= other.open

    def follow(self, char: str, found: Iterable[str] | None) -> None:
        """`found` may stand after `char`."""
        if found is None or self.pairs.get(char, ()) is None:
            self.pairs[char] = None
        else:
            known = self.pairs.setdefault(char, set())
            assert known is not None  # asked above
            known.update(found)


def _cases(chars: Chars, ignore_case: bool) -> Chars:
    if chars is None or not ignore_case:
        return chars
    return frozenset(c for x in chars for c in (x.lower(), x.upper()))


def _sequence(items: Iterable[Any]) -> _Starting | None:
    """How items one after another begin; None for any way."""
    found = _Starting()
    for item in items:
        one = _one(item)
        if one is None and found.empty:
            return None
        for char in found.open:
            found.follow(char, None if one is None else one.pairs)
        if one is None:
            found.open = set()
            break
        if not one.empty:
            found.open = set()
        if found.empty:
            found.take(one)
        found.empty = found.empty and one.empty
        if not found.empty and not found.open:
            break
    return found


def _one(item: Any) -> _Starting | None:
    name, value = str(item[0]), item[1]
    if name in _SKIPPED:
        return _Starting()
    if name == "LITERAL":
        return _letters(frozenset(chr(value)))
    if name == "IN":
        chars = _set(value)
        return None if chars is None else _letters(chars)
    if name == "SUBPATTERN":
        return _sequence(value[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(value[0], value[1], value[2])
    if name == "BRANCH":
        return _branch(value[1])
    return None


def _letters(chars: frozenset[str]) -> _Starting:
    return _Starting({c: set() for c in chars}, False, set(chars))


def _repeated(least: int, most: int, items: Iterable[Any]) -> _Starting | None:
    found = _sequence(items)
    if found is None:
        return None
    if most > 1:
        again = tuple(found.pairs)
        for char in found.open:
            found.follow(char, again)
    found.empty = found.empty or least == 0
    return found


def _branch(options: Iterable[Any]) -> _Starting | None:
    found = _Starting(empty=False)
    for option in options:
        one = _sequence(option)
        if one is None:
            return None
        found.take(one)
        found.empty = found.empty or one.empty
    return found


FEW = 60  # more characters than this stand in nearly every line
_COMMON = _DIGITS | frozenset(" ")


def _best(sets: Iterable[frozenset[str]]) -> Chars:
    """The smallest of the sets that hold nothing common; the order of a pattern decides between equals."""
    kept = [s for s in sets if s and not s & _COMMON]
    return min(kept, key=len, default=None)


def _needs(items: Iterable[Any]) -> list[frozenset[str]]:
    """For each part that cannot be left out, characters one of which it has."""
    found: list[frozenset[str]] = []
    for item in items:
        name, value = str(item[0]), item[1]
        if name == "LITERAL":
            found.append(frozenset(chr(value)))
        elif name == "IN" and (chars := _set(value)) is not None:
            found.append(chars)
        elif name == "SUBPATTERN":
            found += _needs(value[3])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
            found += _needs(value[2])
        elif name == "BRANCH" and None not in (each := [_best(_needs(option)) for option in value[1]]):
            found.append(frozenset(c for chars in each for c in chars or ()))
    return found


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
    """One pattern for every place where some rule could begin."""
    inside = "".join(re.escape(c) for c in sorted(chars))
    return re.compile(f"{left}[{inside}]")
