"""Which characters a pattern can start with, so that a rule is tried only where it could begin.

Reads the standard library's own parse of a pattern. Where that shows something unforeseen the answer
is "any character", and the table that holds such a rule is refused when it is loaded.
"""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]  # not public; tested against every rule
from collections.abc import Iterable
from typing import Any

Chars = frozenset[str] | None  # None: any character
_DIGITS = frozenset("0123456789")
_SKIPPED = ("ASSERT", "ASSERT_NOT", "AT")


def edges(pattern: str, ignore_case: bool) -> tuple[Chars, Chars]:
    """What a match can start with, and characters of which it has at least one; None for any."""
    parsed = parser.parse(pattern)
    chars, empty = _sequence(parsed)
    wish = _best(_needs(parsed))
    wish = None if wish is None or len(wish) > FEW else wish
    return None if empty else _cases(chars, ignore_case), _cases(wish, ignore_case)


def _cases(chars: Chars, ignore_case: bool) -> Chars:
    if chars is None or not ignore_case:
        return chars
    return frozenset(c for x in chars for c in (x.lower(), x.upper()))


def _sequence(items: Iterable[Any]) -> tuple[Chars, bool]:
    """The first characters of items one after another, and whether they may match nothing."""
    found: frozenset[str] = frozenset()
    for item in items:
        chars, empty = _one(item)
        if chars is None:
            return None, True
        found |= chars
        if not empty:
            return found, False
    return found, True


def _one(item: Any) -> tuple[Chars, bool]:
    name, value = str(item[0]), item[1]
    if name in _SKIPPED:
        return frozenset(), True
    if name == "LITERAL":
        return frozenset(chr(value)), False
    if name == "IN":
        return _set(value), False
    if name == "SUBPATTERN":
        return _sequence(value[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        chars, empty = _sequence(value[2])
        return chars, empty or value[0] == 0
    if name == "BRANCH":
        return _branch(value[1])
    return None, True


def _branch(options: Iterable[Any]) -> tuple[Chars, bool]:
    found: frozenset[str] = frozenset()
    may_be_empty = False
    for option in options:
        chars, empty = _sequence(option)
        if chars is None:
            return None, True
        found, may_be_empty = found | chars, may_be_empty or empty
    return found, may_be_empty


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
