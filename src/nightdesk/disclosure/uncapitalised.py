"""Names of an English text that it also types without capitals: "shanelle obuya", and "senga came in" where a sentence begins.

Belongs here: what is in small letters and stands with capitals elsewhere in the text. Does not belong here: finding a name
by its capitals (capitals.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from nightdesk.disclosure.capitals import ordinary, words_of
from nightdesk.disclosure.heads import Found

SHORTEST = 4  # letters of a name that one would know again
# No more than a few marks and spaces: from each line of an empty page all the rest of it was gone through.
OPENING = re.compile(r"[.!?…“\"(\n][\"”’)\s]{0,8}(?<=[\s“\"(])([a-zà-ÿ][a-zà-ÿ'’-]{3,})")

SMALL = re.compile(r"(?<![\w@./-])[a-zà-ÿ][a-zà-ÿ'’-]+(?![\w@])")


def uncapitalised(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """The findings' names in small letters: one word that opens a sentence, two of one name anywhere."""
    names = [tuple(_words(text[start:end])) for start, end, _ in found]
    alone = {word for name in names for word in name if len(word) >= SHORTEST}
    pairs = {pair for name in names for pair in pairwise(name)}
    for match in OPENING.finditer(text) if alone else ():
        if _bare(match[1]) in alone:
            yield match.start(1), match.start(1) + len(_bare(match[1])), "small group"
    # Hardly a text has any: one look at its words spares going through them.
    if not {first for first, _ in pairs}.isdisjoint(text.split(" ")):
        for first, second in pairwise(SMALL.finditer(text)):
            if text[first.end() : second.start()] == " " and (first[0], _bare(second[0])) in pairs:
                yield first.start(), second.start() + len(_bare(second[0])), "small group"


def _words(name: str) -> Iterator[str]:
    """The words of a name in small letters; none that is another word, an office or a title too."""
    for word in name.split():
        bare = _bare(word.strip(".,"))
        if word[:1].isupper() and bare and not (bare.lower() in ordinary() or bare in _OFFICES):
            yield bare.lower()


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


_OFFICES = (
    words_of("organisations")
    | words_of("places")
    | words_of("titles")
    | words_of("institutions", "heads")
    | words_of("leading")
)
