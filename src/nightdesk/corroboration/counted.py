"""Numbers that reading leaves alone and corroboration compares: ages in written reports, people without a word for them.

Belongs here: finding them by the words beside them, which stand in data/acts.toml and data/counting.toml. Does not belong here: quantities,
which the reading finds (counting.py takes them).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nightdesk.corroboration.lexicon import table

_NUMBER = re.compile(r"\d+")
ABOUT = "(?:(?:about|around|some|nearly|maybe|perhaps|at least|over|only|just|another|up to) )?"
# Behind a number that names what it counts in no further word.
ENDS = r"[.,;:!?)]|$| (?:himself|herself|themselves|of (?:us|them|ours|our|my)|and|but|or so|in all|altogether|alive|dead|in one|out)\b"


@cache
def _told_of_age() -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    raw = table()["ages"]
    return tuple(raw["before"]), tuple(raw["behind"]), tuple((left, right) for left, right in raw["around"])


def ages(text: str) -> frozenset[int]:
    """Ages of people that an English text tells, in years."""
    before, behind, around = _told_of_age()
    found = set()
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if end - start > 2:
            continue
        beside = text.startswith(behind, end) or text.endswith(before, 0, start)
        if beside or any(text.endswith(x, 0, start) and text.startswith(y, end) for x, y in around):
            found.add(int(match[0]))
    return frozenset(found)


class Counted(NamedTuple):
    """How many of a thing a text tells, and where: [start, end) in code points."""

    start: int
    end: int
    thing: str
    number: int


@cache
def _bare(lang: str) -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """For each thing the words behind the number, of which one must stand there, and a pattern; its group is the number's word."""
    rows = table("counting")["bare"]
    words = "|".join(sorted(rows["numbers"].get(lang, {}), key=len, reverse=True))
    between = f"(?: (?:{'|'.join(rows['between'][lang])}))*" if lang in rows["between"] else ""
    return tuple(
        (
            thing,
            tuple(behind[lang]),
            re.compile(
                rf"(?<![\w-])(?<!ty )(?<!hundred )(?<!hundred and )({words}){between}(?:{'|'.join(map(re.escape, behind[lang]))})"
            ),
        )
        for thing, behind in rows.items()
        if thing not in ("numbers", "between", "before") and lang in behind
    )


@cache
def _words_before(lang: str) -> re.Pattern[str] | None:
    """The words before a number that say that people are counted; its group is the number's word."""
    rows = table("counting")["bare"]
    if lang not in rows["before"]:
        return None
    words = "|".join(map(re.escape, sorted(rows["before"][lang], key=len, reverse=True)))
    numbers = "|".join(sorted(rows["numbers"][lang], key=len, reverse=True))
    return re.compile(rf"\b(?:{words}) {ABOUT}({numbers})(?={ENDS})")


def _after_words(text: str, lang: str) -> list[Counted]:
    """The same where what stands before the number says that people are counted, and nothing is named behind it."""
    numbers, pattern = table("counting")["bare"]["numbers"].get(lang, {}), _words_before(lang)
    return [
        Counted(match.start(1), match.end(1), "people", numbers[match[1]])
        for match in (pattern.finditer(text) if pattern else ())
    ]


def bare_counts(text: str, lang: str) -> list[Counted]:
    """People counted without a word for them, in `text` (lower case); none of them where that is told."""
    numbers = table("counting")["bare"]["numbers"].get(lang, {})
    none = [
        Counted(at, at + len(words), thing, 0)
        for thing, rows in table("counting")["none"].items()
        for words in rows[lang]
        if (at := text.find(words)) >= 0
    ]
    behind = [
        Counted(match.start(), match.end(1), thing, numbers[match[1]])
        for thing, words, pattern in _bare(lang)
        if any(word in text for word in words)
        for match in pattern.finditer(text)
    ]
    return [*none, *_after_words(text, lang), *behind]
