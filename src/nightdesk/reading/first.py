"""How a pattern can begin, so that a rule is tried only where its first letters stand.

Reads the standard library's own parse of a pattern and lists what a match can start with: a few
characters, lower case, any blank as a space. Where that shows something unforeseen the answer is "any",
and the table that holds such a rule is refused when it is loaded.
"""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]  # not public; tested against every rule
from collections.abc import Iterable, Mapping
from typing import Any

LENGTH = 7  # characters looked at
MANY = 1200  # more beginnings than this: a look at one letter is enough
# After these words it is the next one that tells; a beginning ends at any other blank.
_LEADING = frozenset({"the", "a", "an", "in", "on", "at", "of", "from", "last", "this", "next"})

# A beginning, and whether a match may end with exactly it (so that what follows goes on from there).
Beginning = tuple[str, bool]
Beginnings = frozenset[Beginning]
ANY: Beginnings = frozenset({("", False)})
NOTHING: Beginnings = frozenset({("", True)})
_SKIPPED = ("ASSERT", "ASSERT_NOT", "AT")
_FOLD = {**{c: c + 32 for c in range(65, 91)}, 9: 32, 0xA0: 32, **dict.fromkeys(range(49, 58), 48)}
_FIGURES = re.compile(r"0+(?:[.,]0+)*")  # however long a number, it begins the same
_FAR = 24  # characters in which a number and what follows it are looked for


def folded(text: str) -> str:
    """The text as beginnings are written: letters small, blanks spaces, every figure 0, no place moved."""
    return text.translate(_FOLD)


def look(letters: str, at: int) -> str:
    """How the folded text begins at a place, numbers shrunk to one figure."""
    near = letters[at : at + _FAR]
    return _FIGURES.sub("0", near)[:LENGTH] if "0" in near else near[:LENGTH]


def beginnings(pattern: str, groups: Mapping[str, Beginnings] | None = None) -> Beginnings:
    """What a match of `pattern` can begin with; `groups` says it of groups known already, by name."""
    parsed = parser.parse(pattern)
    known = {parsed.state.groupdict[name]: found for name, found in (groups or {}).items()}
    return _sequence(parsed, known)


def _sequence(items: Iterable[Any], known: Mapping[int, Beginnings]) -> Beginnings:
    found = NOTHING
    for item in items:
        if not any(closed for _, closed in found):
            return found
        found = _then(found, _one(item, known))
    return found


def _then(before: Beginnings, after: Beginnings) -> Beginnings:
    """One after the other, as far as it is looked."""
    if after == NOTHING:
        return before
    told = {(said, False) for said, closed in before if not closed or _told(said)}
    going = {said for said, closed in before if closed and not _told(said)}
    if len(going) * len(after) > MANY:
        after = _shorter(after)
    whole = {(said + more, ends) for said in going for more, ends in after}
    whole = {(_FIGURES.sub("0", said) if "0" in said else said, ends) for said, ends in whole}
    return frozenset(told | {(said[:LENGTH], ends and len(said) <= LENGTH) for said, ends in whole})


def _shorter(found: Beginnings) -> Beginnings:
    """The same with one letter each, which leaves open how they go on."""
    return frozenset((said[:1], ends and not said) for said, ends in found)


def _told(said: str) -> bool:
    """Whether the beginning tells enough: a whole word, one letter of Hangul or Chinese."""
    if not said.isascii():
        return True
    word = said.lstrip(" ").split(" ")[0]
    return bool(word) and said[-1:] == " " and word not in _LEADING


def _one(item: Any, known: Mapping[int, Beginnings]) -> Beginnings:
    name, value = str(item[0]), item[1]
    if name in _SKIPPED:
        return NOTHING
    if name == "LITERAL":
        return frozenset({(folded(chr(value)), True)})
    if name == "IN":
        return _set(value)
    if name == "SUBPATTERN":
        return known[value[0]] if value[0] in known else _sequence(value[3], known)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(value, known)
    if name == "BRANCH":
        return frozenset().union(*(_sequence(option, known) for option in value[1]))
    return ANY


def _repeated(value: Any, known: Mapping[int, Beginnings]) -> Beginnings:
    least, most, inside = value[0], value[1], _sequence(value[2], known)
    found, times = (NOTHING if least == 0 else frozenset()), NOTHING
    for time in range(1, min(int(most), LENGTH) + 1):
        times = _then(times, inside)
        if time >= least:
            found |= times
        if len(found) > MANY:
            times = _shorter(times)
        if not any(closed for _, closed in times):
            break
    return found | times


def _set(members: Iterable[Any]) -> Beginnings:
    """A character class; ranges as wide as a script count as any character."""
    found: set[str] = set()
    for member in members:
        name, value = str(member[0]), member[1]
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < 300:
            found.update(chr(c) for c in range(value[0], value[1] + 1))
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found.add("0")
        else:
            return ANY
    return frozenset((folded(c), True) for c in found)


def starts(left: str, chars: frozenset[str]) -> re.Pattern[str]:
    """One pattern for every place where some rule could begin."""
    inside = "".join(re.escape(c) for c in sorted({*chars, *(c.upper() for c in chars if c.isascii())}))
    return re.compile(f"{left}[{inside}]")
