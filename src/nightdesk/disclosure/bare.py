"""Bare Korean names of somebody whom the draft writes out elsewhere: 리철수 beside Ri Chol-su, 김영희 after 김영희 씨.

No rule reads a Korean name that stands alone, for too many words look like one; where the draft or a claim under it has
the name in full, its sound is enough. The claims count, for a name mended in English alone would hide the Korean one.
Belongs here: where such a name stands. Does not belong here: whether it is a danger (rules.names), what sounds alike
(values.sounds).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from nightdesk.disclosure.facts import KO_WORD_END, Fact, Said, fact
from nightdesk.disclosure.model import ClaimEvidence
from nightdesk.disclosure.publicly import full, public
from nightdesk.disclosure.words import KEPT
from nightdesk.reading import read
from nightdesk.reading.tables import table
from nightdesk.reading.tally import any_of
from nightdesk.values.sounds import sound_of, vowels_of

WORD = re.compile(r"[가-힣]{2,}")
LENGTHS = (4, 3, 2)  # syllables of a name, longest first: 한지은 is no 한지 with a particle
# Endings of people besides those of places: 리철수네 집, 리철수부터.
OF_PEOPLE = ("네", "부터", "까지", "께", "더러", "보고")
LEAST = 3  # consonants: of fewer, everyday words sound like a name


def with_bare_names(everything: Iterable[Said], claims: Iterable[ClaimEvidence]) -> dict[Said, Said]:
    """Those Korean paragraphs that hold a bare name of the draft or its claims, each with the name in it."""
    everything = list(everything)
    known = {heard for one in everything for heard in written_out(one)}
    known |= {heard for claim in claims for heard in claimed(claim.statement)}
    found = ((one, tuple(bare(one, known))) for one in everything if known and one.edition == "ko")
    return {one: holding(one, names) for one, names in found if names}


def written_out(one: Said) -> Iterator[tuple[str, str]]:
    """The sound and the vowels of each full name of a private person."""
    for name in one.of("person"):
        yield from private(one.paragraph.text, one.edition, name.span.start, name.span.end)


@lru_cache(maxsize=KEPT)
def claimed(statement: str) -> tuple[tuple[str, str], ...]:
    """The same of what a claim says, in whichever language; kept, because every keystroke reviews."""
    told = read(statement, None, None, flagged=False)
    names = (span for span in told.spans if span.kind == "person" and "name" in span.value)
    return tuple(heard for span in names for heard in private(statement, told.lang, span.start, span.end))


def private(text: str, lang: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """How the name at [start, end) sounds; nothing when it is no full name, or one of who holds a public office."""
    if full(text[start:end], lang) and not public(text, lang, start, end):
        yield sounded(text[start:end])


def sounded(name: str) -> tuple[str, str]:
    """What two spellings of one name have in common, and 이상현 and 이상한 have not."""
    said = "김" + name[1:] if name.startswith("金") else name  # 금 in every other word
    return sound_of(said), vowels_of(said)


@cache
def behind() -> re.Pattern[str]:
    """What may stand behind a name: a particle, an ending of talk, a mark or nothing."""
    told = table("names")["ko"]
    spoken, ended = any_of((*told["spoken"], *OF_PEOPLE)), any_of(told["ended"])
    return re.compile(rf"(?![가-힣])|{KO_WORD_END}|{spoken}(?![가-힣])|{ended}")


def bare(one: Said, known: set[tuple[str, str]]) -> Iterator[Fact]:
    """Words of a Korean paragraph that sound like a name of `known` and stand where nothing is read as a person."""
    taken = [(each.span.start, each.span.end) for each in one.of("person", "place")]
    for found in WORD.finditer(one.paragraph.text):
        start, name = found.start(), known_in(found, known)
        end = start + len(name)
        if name and all(end <= a or b <= start for a, b in taken):
            yield fact("person", one.edition, one.paragraph, start, end, name)


def known_in(word: re.Match[str], known: set[tuple[str, str]]) -> str:
    """The name of `known` that the word begins with, whatever its last syllable is; '' for none."""
    names = (word[0][:size] for size in LENGTHS if size <= len(word[0]))
    fitting = (name for name in names if behind().match(word.string, word.start() + len(name)))
    heard = ((name, sounded(name)) for name in fitting)
    return next((name for name, said in heard if len(said[0]) >= LEAST and said in known), "")


def holding(one: Said, names: tuple[Fact, ...]) -> Said:
    """The paragraph with these names among its facts."""
    facts = sorted((*one.facts, *names), key=lambda each: (each.span.start, each.kind))
    spans = [each.span for each in names]
    unread = tuple(
        each for each in one.unread if all(each.end <= s.start or s.end <= each.start for s in spans)
    )
    return replace(one, facts=tuple(facts), unread=unread)
