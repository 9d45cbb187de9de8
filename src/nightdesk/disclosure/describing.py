"""Descriptions of people in text, by the table of groups: 'a man whose phone was taken'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nightdesk.disclosure.words import KEPT, table

GAP = 6  # words that "…" may stand for
WORD = {"en": re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+"), "ko": re.compile(r"[^\s“”‘’.,()]+")}
ARTICLE = re.compile(r"\b(?:a|an|the|one|another)\s+$", re.IGNORECASE)
AT_HAND = 16  # characters before a description in which its article stands
PLURAL_HEADS = ("people", "men", "women", "those", "residents", "fishermen", "miners", "brokers")


@dataclass(frozen=True, slots=True)
class Described:
    """A group at its place in a text."""

    group: str
    start: int
    end: int
    plural: bool


@cache
def groups() -> dict[str, dict[str, object]]:
    """data/groups.toml."""
    return {key: dict(row) for key, row in table("groups").items()}


@cache
def patterns(lang: str) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """(group, pattern) with each pattern a row of alternatives; ('…',) is a gap."""
    return tuple(
        (key, tuple(tuple(part.split("/")) for part in one.split()))
        for key, row in groups().items()
        for one in as_list(row.get(lang))
    )


def as_list(value: object) -> list[str]:
    """A list of words from a table, [] when there is none."""
    return [str(one) for one in value] if isinstance(value, list) else []


@lru_cache(maxsize=KEPT)
def described(text: str, lang: str) -> tuple[Described, ...]:
    """Every description in `text`; of those that begin alike the longest, per group."""
    found: dict[tuple[str, int], Described] = {}
    for one in matches(text, lang):
        key = (one.group, one.end)
        if key not in found or found[key].start > one.start:
            found[key] = one
    return tuple(outer(found.values()))


def outer(found: Iterable[Described]) -> Iterator[Described]:
    """Those that lie within no longer one, of any group, in order; looked at once, for a long text holds thousands."""
    last = (-1, -1)
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.group)):
        if one.end > last[1] or (one.start, one.end) == last:
            yield one
            last = (one.start, one.end)


@lru_cache(maxsize=KEPT)
def matches(text: str, lang: str) -> tuple[Described, ...]:
    """Every place where a pattern fits; kept, because a paragraph is compared with each other edition's."""
    return tuple(fitting(text, lang))


def fitting(text: str, lang: str) -> Iterator[Described]:
    """The same, one after the other."""
    if lang == "zh":
        yield from chinese(text)
        return
    words = [(m.start(), m.end(), m.group()) for m in WORD[lang].finditer(text)]
    lower = text.lower()
    for key, parts in patterns(lang):
        if not all(possible(lower, part) for part in parts):
            continue
        for first in range(len(words)):
            last = fits(words, first, parts, lang)
            if last is not None:
                yield placed(text, lang, key, words, first, last, parts)


def possible(lower: str, part: tuple[str, ...]) -> bool:
    """Whether one of the alternatives stands in the text at all."""
    return part == ("…",) or any(one.rstrip("*").lower() in lower for one in part)


def chinese(text: str) -> Iterator[Described]:
    """Chinese descriptions stand as they are."""
    for key, parts in patterns("zh"):
        for match in re.finditer(re.escape(parts[0][0]), text):
            yield Described(key, match.start(), match.end(), False)


def fits(
    words: list[tuple[int, int, str]], first: int, parts: tuple[tuple[str, ...], ...], lang: str
) -> int | None:
    """The index of the last word when `parts` fit from `first` on; gaps are as short as possible."""
    if not parts:
        return first - 1
    if parts[0] == ("…",):
        tries = (fits(words, first + skip, parts[1:], lang) for skip in range(GAP + 1))
        return next((last for last in tries if last is not None), None)
    if first < len(words) and any(same(words[first][2], one, lang) for one in parts[0]):
        return fits(words, first + 1, parts[1:], lang)
    return None


def same(word: str, pattern: str, lang: str) -> bool:
    """Korean words from their beginning, English ones whole or to the star."""
    if lang == "ko":
        return word.startswith(pattern)
    if pattern.endswith("*"):
        return (
            re.fullmatch(re.escape(pattern[:-1].lower()) + r"(?:s|es|ies|y|'s|’s)?", word.lower()) is not None
        )
    return word.lower() == pattern.lower()


def placed(
    text: str, lang: str, key: str, words: list[tuple[int, int, str]], first: int, last: int,
    parts: tuple[tuple[str, ...], ...],
) -> Described:  # fmt: skip
    """The match with its article (English), without the particle of its last word (Korean)."""
    start, end = words[first][0], words[last][1]
    if lang == "en":
        article = ARTICLE.search(text, max(0, start - AT_HAND), start)
        end -= 2 if text[start:end].endswith(("'s", "’s")) else 0
        head = (
            words[first][2].lower()
            if "whose" in str(parts) or "who" in str(parts)
            else text[words[last][0] : end].lower()
        )
        return Described(key, article.start() if article else start, end, plural(head))
    stem = max((one for one in parts[-1] if words[last][2].startswith(one)), key=len)
    many = words[last][2][len(stem) :].startswith("들")
    return Described(key, start, words[last][0] + len(stem) + (1 if many else 0), many)


def plural(head: str) -> bool:
    """Whether an English noun names several people."""
    return head in PLURAL_HEADS or (head.endswith("s") and not head.endswith("ss"))
