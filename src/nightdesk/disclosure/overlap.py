"""Where a text repeats another word for word: spaces, punctuation and Korean particles aside.

Belongs here: finding the stretches and counting how much of them is anybody's own wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nightdesk.disclosure.hidden import bare
from nightdesk.disclosure.words import KEPT

SYLLABLES = 8  # Hangul syllables or Han characters in a row
WORDS = 5  # words in a row in English
LONG = 12  # syllables or 7 words: no chance any more
LONG_WORDS = 7
SHARE = 3  # shorter stretches are not looked at
REPORTS = 1024  # behind one story, whose places are kept: each is laid beside every paragraph
PLACES = 32  # of three pieces that a report repeats, so many places are tried
OWN = 4  # of a long stretch, at least so much besides names, sums and days
TOKEN = re.compile(r"[가-힣]+|[一-鿿]|[A-Za-z]+(?:['’][A-Za-z]+)*|\d+")
QUOTATION_MARK = re.compile('[“”‘’"「」]')
# Particles that a light paraphrase changes. A word keeps at least two syllables.
PARTICLE = re.compile(r"(?:에게서|에게도|에서는|에서도|으로부터|이라고|까지|부터|에게|에서|으로|처럼|마저|조차|들이|들을|들은|들도|들의|들|은|는|이|가|을|를|에|의|도|와|과|로|만)$")  # fmt: skip
PREDICATE = re.compile(r"(?:다|고|며|면|서|자|니|냐|라|해|가|와|어|아|한|던|은|는|게|도록|려고|지만|느라)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A comparable piece: `form` is compared, `size` counts (syllables or words)."""

    start: int
    end: int
    form: str
    size: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """A stretch of the text that the other text also has."""

    start: int
    end: int
    size: int  # syllables or words in all
    own: int  # of them, not in a name, a sum or a day
    phrase: bool  # no verb in it: may be common speech


@lru_cache(maxsize=KEPT)
def tokens(text: str, lang: str) -> tuple[Token, ...]:
    """English words, Korean syllables, Chinese characters, in order; kept, for each report asks again."""
    found = []
    for match in TOKEN.finditer(text):
        word = match.group()
        if "가" <= word[0] <= "힣":
            found.extend(syllables(word, match.start()))
        else:
            found.append(Token(match.start(), match.end(), word.lower(), 1 if lang == "en" else len(word)))
    return tuple(found)


def syllables(word: str, at: int) -> list[Token]:
    """A Korean word's syllables; its particle counts with the last one and is not compared."""
    bare = stem(word)
    found = [Token(at + i, at + i + 1, letter, 1) for i, letter in enumerate(bare)]
    last = found[-1]
    found[-1] = Token(last.start, at + len(word), last.form, 1 + len(word) - len(bare))
    return found


@lru_cache(maxsize=4096)
def forms(text: str, lang: str) -> tuple[str, ...]:
    """What is compared of a report, however its copy is encoded; kept, for it stands behind many paragraphs."""
    return tuple(token.form for token in tokens(bare(text), lang))


@lru_cache(maxsize=4096)
def grams(text: str, lang: str) -> frozenset[tuple[str, ...]]:
    """Every three pieces in a row: two texts that share none share nothing longer."""
    return frozenset(threes(forms(text, lang)))


def threes(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every three pieces in a row, in order."""
    return zip(*(row[i:] for i in range(SHARE)), strict=False)


def stem(word: str) -> str:
    """The word without its last particle, when two syllables remain."""
    bare = PARTICLE.sub("", word)
    return bare if len(bare) >= 2 else word


def apart(text: str, lang: str, other: str) -> bool:
    """Whether the two share nothing that could be a stretch: of most texts this is all that has to be asked."""
    return grams(text, lang).isdisjoint(grams(other, lang))


@lru_cache(maxsize=16_384)
def overlaps(text: str, lang: str, other: str, entities: tuple[tuple[int, int], ...]) -> tuple[Overlap, ...]:
    """Stretches of `text` repeated from `other` that are long enough to be somebody's own words. Kept, for keystrokes."""
    if apart(text, lang, other):
        return ()
    mine, names = tokens(text, lang), list(entities)
    found = []
    for start, length in runs([token.form for token in mine], forms(other, lang), places(other, lang)):
        run = from_word_start(text, mine[start : start + length])
        if not long_enough(run, lang):
            continue
        whole = measure(text, run, names)
        parts = [
            part
            for part in (measure(text, piece, names) for piece in at_quotes(text, run))
            if enough(part, lang)
        ]
        found.extend(parts or ([whole] if enough(whole, lang) else []))
    return tuple(found)


def at_quotes(text: str, run: Sequence[Token]) -> list[list[Token]]:
    """The run in pieces, broken where quotation marks open or close."""
    pieces = [[run[0]]]
    for before, token in pairwise(run):
        if QUOTATION_MARK.search(text[before.end : token.start]):
            pieces.append([])
        pieces[-1].append(token)
    return pieces


@lru_cache(maxsize=REPORTS)
def places(text: str, lang: str) -> dict[tuple[str, ...], list[int]]:
    """Where every three pieces stand; kept, for a long report is laid beside each of many paragraphs."""
    theirs, at = forms(text, lang), dict[tuple[str, ...], list[int]]()
    for index, three in enumerate(threes(theirs)):
        found = at.setdefault(three, [])
        if len(found) < PLACES:
            found.append(index)
    return at


def runs(
    mine: list[str], theirs: Sequence[str], at: Mapping[tuple[str, ...], list[int]]
) -> list[tuple[int, int]]:
    """Longest common stretches, left to right, not overlapping: (start in mine, length)."""
    found, free = list[tuple[int, int]](), 0
    for index, three in enumerate(threes(mine)):
        if index >= free and (there := at.get(three)):
            length = max([reach(mine, theirs, index, other) for other in there])
            found.append((index, length))
            free = index + length
    return found


def from_word_start(text: str, run: Sequence[Token]) -> Sequence[Token]:
    """The run without the end of a word it begins in."""
    for index, token in enumerate(run):
        if token.start == 0 or not text[token.start - 1].isalnum():
            return run[index:]
    return ()


def reach(mine: list[str], theirs: Sequence[str], i: int, j: int) -> int:
    """How many forms agree from i and j on."""
    length, most = SHARE, min(len(mine) - i, len(theirs) - j)  # that three agree is known
    while length < most and mine[i + length] == theirs[j + length]:
        length += 1
    return length


def long_enough(run: Sequence[Token], lang: str) -> bool:
    """Whether the run could be `enough`, names or not: most are three words that anybody says."""
    return sum(token.size for token in run) >= (WORDS if lang == "en" else SYLLABLES)


def measure(text: str, run: Sequence[Token], names: list[tuple[int, int]]) -> Overlap:
    """A stretch with its sizes."""
    own = [token for token in run if not any(a < token.end and token.start < b for a, b in names)]
    words = text[run[0].start : run[-1].end].split()
    phrase = not any(PREDICATE.search(word.rstrip("”’.,")) and len(word) > 1 for word in words)
    return Overlap(run[0].start, run[-1].end, sum(t.size for t in run), sum(t.size for t in own), phrase)


def enough(stretch: Overlap, lang: str) -> bool:
    """Whether so many words in a row are hardly chance."""
    limit, long = (WORDS, LONG_WORDS) if lang == "en" else (SYLLABLES, LONG)
    return stretch.own >= limit or (stretch.size >= long and stretch.own >= OWN)


def is_long(stretch: Overlap, lang: str) -> bool:
    """Whether the own wording alone is beyond chance."""
    return stretch.own >= (LONG_WORDS if lang == "en" else LONG)
