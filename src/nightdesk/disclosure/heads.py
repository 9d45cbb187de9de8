"""What somebody is, has or belongs to in English text: phrases by their last word, "night operations manager".

Belongs here: work and office, illness and injury, kin, faith and schooling, by the tables of data/heads.toml. Does not
belong here: names (capitals), numbers and days (figures), what the desk's review finds (describing).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal

from nightdesk.disclosure.capitals import words_of
from nightdesk.disclosure.model import FindingClass
from nightdesk.disclosure.words import table

Head = Literal[
    "role",
    "role with of",
    "illness with body",
    "thing",
    "institution",
    "illness",
    "kin",
    "kin with more",
    "belonging",
]
Found = tuple[int, int, FindingClass]

CLASSES: dict[Head, FindingClass] = {
    "role": "occupation", "role with of": "occupation", "illness with body": "small group", "thing": "small group", "institution": "unit or rank", "illness": "small group", "kin": "kinship", "kin with more": "kinship", "belonging": "small group",
}  # fmt: skip
# Words of data/heads.toml that are heads only beside others.
NARROWED: dict[str, Head] = {
    "roles_with_of": "role with of", "illness_with_body": "illness with body", "things": "thing", "institutions": "institution",
}  # fmt: skip
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}(?:[-'’][A-Za-zÀ-ÿ]+)*")
BEFORE = re.compile(r"(?:^|[^\w'’-])([\w'’-]+)([ -])$")
REACH = 40  # characters looked back for one word
MOST = 3  # words a phrase has before its head
ARTICLE = re.compile(r"\b[Aa]n? $")
# "of the village council", "in hyperbaric medicine", "to the nape", "in both legs".
GOES_ON = re.compile(
    r" (?:of|in|to|for|on|with|by)(?: (?:the|an?|his|her|their|its|both|one|each))?((?: (?:[a-z][a-z-]+|\0+)){1,3})"
)
LETTER = re.compile(r" (?:type )?(?:[A-E]|I{1,3}|IV)\b")
BETWEEN = re.compile(
    r"(?:,|,? and| or| but| with| of| in| who (?:is|was)| consistent with(?: type)?| as)? ?(?:(?:otherwise|the|an?|one|his|her) )*"
)


def listed(name: str) -> frozenset[str]:
    """A set of words of data/heads.toml."""
    return words_of(name, "heads")


@cache
def endings(name: str) -> tuple[str, ...]:
    """Endings of data/heads.toml, as str.endswith takes them."""
    return tuple(listed(name))


@lru_cache(maxsize=32768)
def head(word: str) -> Head | None:
    """What a word is the head of; None for most words."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    if low in listed("kin"):
        return "kin with more" if low in listed("kin_with_more") else "kin"
    if low in listed("illness") or (len(low) > 6 and low.endswith(endings("illness_endings"))):
        return "illness"
    if low in listed("belonging"):
        return "belonging"
    for name, kind in NARROWED.items():
        if low in listed(name):
            return kind
    last = low.rpartition("-")[2]
    if low in listed("roles") or last in listed("roles") or low in words_of("roles"):
        return "role"
    ends = len(last) > 4 and last.endswith(endings("role_endings"))
    return "role" if ends and last not in listed("not_roles") and low not in listed("not_roles") else None


@cache
def behind() -> re.Pattern[str]:
    """What a head may be followed by as it stands."""
    return re.compile(f" (?:{'|'.join(map(re.escape, table('heads')['behind']))})\\b")


def heads(text: str) -> list[Found]:
    """Every phrase of `text`, those joined that stand together. What other rules took stands as NUL."""
    return list(joined(text, phrases(text)))


def phrases(text: str) -> Iterator[Found]:
    """Every phrase by itself, in order."""
    reached = 0
    for match in WORD.finditer(text):
        if (kind := head(match[0])) is None or match.start() < reached:
            continue
        if (
            kind == "role"
            and match[0][0].isupper()
            and not is_listed(match[0])
            and not opens(text, match.start())
        ):
            continue
        start = leftwards(text, match.start(), kind)
        end = rightwards(text, match.end() - 2 * match[0].endswith(("'s", "’s")), kind)
        if not stands(text, kind, match.span(), (start, end)):
            continue
        if kind.startswith("illness") or (kind == "role" and end > match.end()):
            start -= 2 * bool(article := ARTICLE.search(text, max(0, start - 4), start)) + bool(
                article and len(article[0]) == 3
            )
        reached = end
        yield start, end, CLASSES[kind]


def stands(text: str, kind: Head, word: tuple[int, int], phrase: tuple[int, int]) -> bool:
    """Whether a head that needs words beside it has them."""
    if kind == "role with of":
        return phrase[0] < word[0] or text.startswith(" of ", word[1])
    if kind == "illness with body":
        before = BEFORE.search(text[max(0, word[0] - REACH) : word[0]])
        return before is not None and before[1].lower() in listed("bodies")
    if kind in ("thing", "institution"):
        return phrase[0] < word[0]
    return kind != "kin with more" or phrase != word


def is_listed(word: str) -> bool:
    """Whether a role is one of the tables: with a capital its ending alone tells of names, Miller and Bulgarian."""
    low = word.lower().rpartition("-")[2]
    return low in listed("roles") or low in words_of("roles") or low.removesuffix("s") in words_of("roles")


def opens(text: str, start: int) -> bool:
    """Whether a line or a sentence begins here."""
    return text[max(0, start - 2) : start].strip(' “"(') in ("", ".", "\n")


def leftwards(text: str, start: int, kind: Head = "role") -> int:
    """Where the words before a head begin that belong to it."""
    at = start
    for _ in range(MOST):
        before = BEFORE.search(text[max(0, start - REACH) : start])
        if before is None or not belongs(before[1], kind):
            break
        start -= len(before[1]) + 1
        if before[1][:1].isupper() and text[at : at + 1].islower():
            break
    return start


def belongs(word: str, kind: Head) -> bool:
    """Whether a word before a head is part of what somebody is."""
    if not word[:1].isalpha():
        return False
    if word.endswith(("'s", "’s")):
        return kind == "illness" and word[:1].isupper()
    if word in listed("stops"):
        return kind.startswith("kin") and word in listed("kin_before")
    return word.lower() not in listed("stops") and (
        kind in ("illness", "belonging") or not word.endswith("ly")
    )


def rightwards(text: str, end: int, kind: Head) -> int:
    """Where the words behind a head end that say more of it."""
    if more := behind().match(text, end) or (kind == "illness" and LETTER.match(text, end)):
        return more.end()
    if kind != "thing" and (more := GOES_ON.match(text, end)):
        kept = until_stop(more[1])
        return more.start(1) + len(kept) if kept else end
    return end


def until_stop(words: str) -> str:
    """The first of these words, as far as they belong to one phrase."""
    kept = ""
    for word in words.split():
        if word in listed("stops"):
            break
        kept += f" {word}"
    return kept


def joined(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Phrases that only "and", a comma or "who is" parts are one: "widow, the son and the sister"."""
    return together(found, lambda last, one: bool(BETWEEN.fullmatch(text, last[1], max(one[0], last[1]))))


def together(found: Iterable[Found], are_one: Callable[[Found, Found], bool]) -> Iterator[Found]:
    """Findings in order of their beginnings, those that are one with the last put into it; the first says the class."""
    last: Found | None = None
    for one in found:
        if last and are_one(last, one):
            last = (min(last[0], one[0]), max(last[1], one[1]), last[2])
            continue
        if last:
            yield last
        last = one
    if last:
        yield last
