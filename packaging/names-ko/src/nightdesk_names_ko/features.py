"""What the model sees of each piece of a text: its own letters, its neighbours, word lists, the rules' readings.

Pure: pieces in, names of features out; training and reading share every line of it. Belongs here: which
facts may decide. Does not belong here: the parts they are made of (parts.py), how much each weighs (data/weights.tsv).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nightdesk_names_ko import parts
from nightdesk_names_ko.parts import NOUN, Part
from nightdesk_names_ko.words import ending, lists, name_form, whole_words

Likeness = Callable[[int], str]


class Piece(NamedTuple):
    """A morpheme, or the part of one between two places where a name may end."""

    start: int
    end: int
    words: str
    tag: str
    code: int  # Kiwi's number of the morpheme, 0 for a part of one
    spaced: bool  # whether a space, or the start of the text, stands before it


class Chunk(NamedTuple):
    """The nouns of one word together: 서울중앙지방법원."""

    first: int
    last: int
    words: str


def chunks(pieces: Sequence[Piece]) -> list[Chunk]:
    """For each piece the run of nouns, without a space, that it stands in."""
    out: list[Chunk] = []
    at = 0
    while at < len(pieces):
        last = at
        if pieces[at].tag in NOUN:
            while last + 1 < len(pieces) and _joins(pieces, last + 1):
                last += 1
        words = pieces[at].words if last == at else "".join([p.words for p in pieces[at : last + 1]])
        out.extend([Chunk(at, last, words)] * (last - at + 1))
        at = last + 1
    return out


def _joins(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the piece goes on with the noun before it: a noun, or the Chinese letters of 신장(新疆) in brackets."""
    piece = pieces[at]
    if piece.spaced:
        return False
    if piece.tag in NOUN:
        return True
    after = pieces[at + 1].tag if at + 1 < len(pieces) else ""
    return (piece.tag == "SSO" and after == "SH") or (piece.tag == "SSC" and pieces[at - 1].tag == "SH")


_OPEN, _CLOSE = "(<[{‘“「『《〈＜", ")>]}’”」』》〉＞"


def enclosed(pieces: Sequence[Piece]) -> list[str]:
    """In which marks each piece stands: brackets, or quotation marks."""
    out, inside, quoted = [], "", ""
    for piece in pieces:
        char = piece.words[:1]
        if char in ("'", '"'):
            quoted = "" if quoted == char else char
        elif char in _OPEN:
            inside = char
        elif char in _CLOSE:
            inside = ""
        out.append(inside + quoted)
    return out


_EDGE = Piece(-1, -1, "^", "^", 0, True)


def facts(pieces: Sequence[Piece], read: Sequence[str], like: Likeness) -> list[list[Part]]:
    """The features of every piece, in parts. `read`: what the rules read there (B-date, I-date, or nothing).

    What hangs on few words is made once for them (the caches below): a text says the same words again and again.
    """
    parts.keep_few()
    seen = _Seen(pieces, read, like)
    return [seen.noun(i) if piece.tag in NOUN or read[i] else seen.other(i) for i, piece in enumerate(pieces)]


class _Seen:
    """One text with what is asked again and again: the words around, marks, what it is about."""

    def __init__(self, pieces: Sequence[Piece], read: Sequence[str], like: Likeness) -> None:
        self.around = [_EDGE, _EDGE, *pieces, _EDGE, _EDGE, _EDGE, _EDGE]
        self.pieces, self.read, self.like = pieces, ["", *read, "", ""], like
        self.words = [parts.word(p.words, p.tag, like(p.code)) for p in self.around]
        self.pairs = [
            parts.pair(b.words, p.spaced, p.words) for b, p in pairwise(self.around[1 : len(pieces) + 3])
        ]
        self.groups, self.marks = chunks(pieces), enclosed(pieces)
        self.before, self.after, self.verb = _neighbours(pieces)
        said = Counter(p.words for p in pieces)
        self.topics = [topic for topic in TOPICS if not lists()["about_" + topic].isdisjoint(said)]
        self.twice = {words for words, times in said.items() if times > 1}
        self.shared: tuple[int, list[Part]] = (-1, [])

    def other(self, i: int) -> list[Part]:
        """What is no noun is hardly ever a name: a few facts are enough."""
        b, p, c = self.around[i + 1 : i + 4]
        return [
            self.words[i + 2].plain, self.words[i + 1].before, self.words[i + 3].behind,
            parts.tags(b.tag, p.spaced, p.tag, c.tag, c.spaced), self.pairs[i][0], self.pairs[i + 1][1],
            parts.marks(self.marks[i], self.read[i], self.read[i + 2]),
        ]  # fmt: skip

    def noun(self, i: int) -> list[Part]:
        """Everything that may make it a name."""
        a, b, p, c, d = self.around[i : i + 5]
        wa, wb, wp, wc, wd, we = self.words[i : i + 6]
        group = self.groups[i]
        place = (
            "1" if group.first == group.last else "B" if i == group.first else "E" if i == group.last else "M"
        )
        noun = p.tag in NOUN
        end = self.pieces[group.last]
        row = [
            wp.own, wa.a, wb.b, wc.c, wd.d, we.e,
            parts.noun_tags(b.tag, p.spaced, p.tag, c.tag, c.spaced),
            parts.three("abt", a.tag, b.tag, p.tag), parts.three("cdt", p.tag, c.tag, d.tag),
            self.pairs[i][0], self.pairs[i + 1][1],
            parts.marks(self.marks[i], self.read[i], self.read[i + 2]),
            parts.whole(group.words, place, p.words, noun),
            parts.last(end.words, self.like(end.code) if noun else ""),
            parts.readings(self.read[i + 1], self.read[group.last + 2]),
            *self._of_all(group),
        ]  # fmt: skip
        self._add_joined(row, b, p, c, d)
        self._add_kinds(row, p, group, place)
        self._add_own(row, i, p, place)
        return row

    def _of_all(self, group: Chunk) -> list[Part]:
        """What the nouns of one word have in common: the words around them, the nouns before and behind, the verb."""
        if self.shared[0] == group.first:
            return self.shared[1]
        after, after2 = self.around[group.last + 3], self.around[group.last + 4]
        before, end, like = self.around[group.first + 1], group.last + 1, self.like
        noun_before, noun_after = self.before[group.first], self.after[end]
        found = [
            parts.first(self.pieces[group.first].words),
            parts.behind(after.words, after.spaced, like(after.code)), parts.two_behind(after.words, after2.words),
            parts.in_front(before.words, like(before.code)),
            parts.noun_near("pn", noun_before.words, like(noun_before.code)),
            parts.noun_near("nn", noun_after.words, like(noun_after.code)), parts.verb(self.verb[end]),
        ]  # fmt: skip
        self.shared = group.first, found
        return found

    def _add_joined(self, row: list[Part], b: Piece, p: Piece, c: Piece, d: Piece) -> None:
        """The word made one with its neighbours, where no space parts them."""
        if c.tag in NOUN and not c.spaced and p.words + c.words in whole_words():
            row.append(parts.known("wc", p.words + c.words))
        if b.tag in NOUN and not p.spaced and b.words + p.words in whole_words():
            row.append(parts.known("bw", b.words + p.words))
        if p.tag in NOUN and name_form(p.words) == "s":
            row.append(parts.surname(p.words + c.words, p.words + c.words + d.words, c.spaced))

    def _add_kinds(self, row: list[Part], p: Piece, group: Chunk, place: str) -> None:
        """What its lists say beside what the sentence is about; of a country, where it stands."""
        kinds = whole_words().get(p.words, "")
        row += [parts.topic(topic, kinds, p.tag) for topic in self.topics]
        if "C" in kinds:
            near = self.like(self.after[group.last + 1].code)
            after = self.around[group.last + 3].words
            row.append(parts.country(after, self.verb[group.last + 1], place, near))

    def _add_own(self, row: list[Part], i: int, p: Piece, place: str) -> None:
        if read := self.read[i + 1]:
            row.append(parts.read(read, p.words, p.tag))
        if p.code < 0:
            row.append(parts.unknown(p.words, p.tag, place))
        if p.words in self.twice and p.tag in NOUN:
            row.append(parts.TWICE)


TOPICS = ("sport", "state", "crime", "film", "trade")
_NONE = Piece(-1, -1, "", "", 0, False)


def _neighbours(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece], list[str]]:
    """For each place in the text: the noun before it, the noun from it on, the verb from it on."""
    count = len(pieces)
    before, after, verb = [_NONE] * (count + 1), [_NONE] * (count + 1), [""] * (count + 1)
    for i, p in enumerate(pieces):
        before[i + 1] = p if p.tag in ("NNG", "NNP", "SL") else before[i]
    for i in range(count - 1, -1, -1):
        p = pieces[i]
        after[i] = p if p.tag in ("NNG", "NNP") else after[i + 1]
        verb[i] = verb[i + 1]
        if p.tag in ("VV", "VA", "XSV", "VX", "XSA"):
            verb[i] = pieces[i - 1].words + p.words if p.tag.startswith("X") and i else p.words
    return before, after, verb


_DIGITS = re.compile(r"\d+(?:[.,]\d+)*|[^\d\s]+")


def pieces(tokens: Sequence[tuple[int, int, str, int]], text: str) -> list[Piece]:
    """Kiwi's morphemes (start, end, tag, code) as pieces: what shares its letters with the one before is left out."""
    out: list[Piece] = []
    covered = 0
    for start, end, tag, code in tokens:
        if start < covered:
            start = covered
        if end <= start:
            continue
        covered = end
        for first, last in _cut(text[start:end], tag):
            whole = (first, last) == (0, end - start)
            spaced = start + first == 0 or text[start + first - 1].isspace()
            out.append(
                Piece(
                    start + first,
                    start + last,
                    text[start + first : start + last],
                    tag,
                    code if whole or code < 0 else 0,
                    spaced,
                )
            )
    return out


@cache
def _cut(said: str, tag: str) -> tuple[tuple[int, int], ...]:
    """Where a morpheme is cut: at spaces, around figures, and before an ending that is no part of a name."""
    if tag not in NOUN or len(said) < 2:
        return ((0, len(said)),)
    runs = [m.span() for m in _DIGITS.finditer(said)]
    out = []
    for first, last in runs:
        end = ending(said[first:last], "cut_end") if tag in ("NNP", "NNG") else ""
        if said in ("남북", "북미", "북핵", "한미", "한일", "한중", "미중", "북중", "미일", "중일", "여야"):
            out += [(first, first + 1), (first + 1, last)]
        elif end and last - first - len(end) >= (1 if end in ("씨", "님", "모", "측", "미") else 2):
            out += [(first, last - len(end)), (last - len(end), last)]
        else:
            out.append((first, last))
    return tuple(out) or ((0, len(said)),)
