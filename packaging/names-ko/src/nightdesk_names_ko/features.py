"""What the model sees of each piece of a text: its own letters, its neighbours, word lists, the rules' readings.

Pure: pieces in, names of features out; training and reading share every line of it. Belongs here: which
facts may decide. Does not belong here: the parts they are made of (parts.py), how much each weighs (data/weights.tsv).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from nightdesk_names_ko import parts
from nightdesk_names_ko.parts import NOUN, Part
from nightdesk_names_ko.words import ending, lists, name_form, shape, whole_words

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
        words = "".join(p.words for p in pieces[at : last + 1])
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
    seen = _Seen(pieces, read, like)
    return [seen.noun(i) if piece.tag in NOUN or read[i] else seen.other(i) for i, piece in enumerate(pieces)]


class _Seen:
    """One text with what is asked again and again: the nouns around, marks, what it is about."""

    def __init__(self, pieces: Sequence[Piece], read: Sequence[str], like: Likeness) -> None:
        self.around = [_EDGE, _EDGE, *pieces, _EDGE, _EDGE, _EDGE, _EDGE]
        self.pieces, self.read, self.like = pieces, ["", *read, "", ""], like
        self.groups, self.marks = chunks(pieces), enclosed(pieces)
        self.before, self.after, self.verb = _neighbours(pieces)
        said = {p.words for p in pieces}
        self.topics = [topic for topic in TOPICS if not said.isdisjoint(lists()["about_" + topic])]
        self.twice = Counter(p.words for p in pieces)

    def other(self, i: int) -> list[Part]:
        """What is no noun is hardly ever a name: a few facts are enough."""
        b, p, c = self.around[i + 1 : i + 4]
        return [
            parts.plain(p.words, p.tag), parts.beside("b", b.words, b.tag), parts.beside("c", c.words, c.tag),
            parts.tags(b.tag, p.spaced, p.tag, c.tag, c.spaced), parts.pairs(b.words, p.spaced, p.words, c.spaced, c.words),
            parts.marks(self.marks[i], self.read[i], self.read[i + 2]),
        ]  # fmt: skip

    def noun(self, i: int) -> list[Part]:
        """Everything that may make it a name."""
        a, b, p, c, d, e = self.around[i : i + 6]
        group = self.groups[i]
        after, after2 = self.around[group.last + 3], self.around[group.last + 4]
        before = self.around[group.first + 1]
        place = (
            "1" if group.first == group.last else "B" if i == group.first else "E" if i == group.last else "M"
        )
        like = self.like
        return [
            parts.own(p.words, p.tag), parts.beside("b", b.words, b.tag), parts.beside("c", c.words, c.tag), parts.beside("a", a.words, a.tag),
            parts.beside("d", d.words, d.tag), ("e=" + e.words,), parts.tags(b.tag, p.spaced, p.tag, c.tag, c.spaced),
            parts.pairs(b.words, p.spaced, p.words, c.spaced, c.words), parts.around(a.tag, b.tag, p.tag, c.tag, d.tag),
            parts.spaces(p.spaced, c.spaced), parts.marks(self.marks[i], self.read[i], self.read[i + 2]),
            parts.whole(group.words, place, p.words, p.tag in NOUN),
            parts.ends(self.pieces[group.first].words, self.pieces[group.last].words),
            parts.behind(after.words, after.spaced, after2.words), ("gb=" + before.words,),
            parts.known("b", b.words), parts.known("c", c.words), parts.known("A", after.words), parts.known("B", before.words),
            *self._joined(b, p, c, d), *self._further(p, group, place, after),
            parts.alike("b", like(b.code)), parts.alike("c", like(c.code)), parts.alike("A", like(after.code)), parts.alike("B", like(before.code)),
            *self._rules(i, p, group, place),
        ]  # fmt: skip

    def _joined(self, b: Piece, p: Piece, c: Piece, d: Piece) -> list[Part]:
        """The word made one with its neighbours, where no space parts them."""
        out = []
        if c.tag in NOUN and not c.spaced:
            out.append(parts.known("wc", p.words + c.words))
        if b.tag in NOUN and not p.spaced:
            out.append(parts.known("bw", b.words + p.words))
        if p.tag in NOUN and name_form(p.words) == "s":
            out.append(
                (f"ns={name_form(p.words + c.words)}{name_form(p.words + c.words + d.words)}{c.spaced}",)
            )
        return out

    def _further(self, p: Piece, group: Chunk, place: str, after: Piece) -> list[Part]:
        """The nouns before and behind, the verb that follows, what the sentence is about."""
        before, behind = self.before[group.first], self.after[min(group.last + 1, len(self.pieces))]
        verb, like = self.verb[min(group.last + 1, len(self.pieces))], self.like
        near = like(behind.code)
        out = [
            parts.noun_near("pn", before.words, like(before.code)),
            parts.noun_near("nn", behind.words, near),
            ("nv=" + verb,),
        ]
        kinds = whole_words().get(p.words, "")
        out += [(f"T{topic}{kinds}{p.tag}",) for topic in self.topics]
        if "C" in kinds:
            out.append(("Cga=" + after.words, "Cnv=" + verb, "Cgs=" + place, "Clnn=" + near))
        if p.tag in NOUN:
            out.append(parts.nouns_like(like(p.code), like(self.pieces[group.last].code)))
        return out

    def _rules(self, i: int, p: Piece, group: Chunk, place: str) -> list[Part]:
        read = self.read[i + 1]
        out: list[Part] = [parts.readings(read, self.read[group.last + 2])]
        if read:
            out.append(("rt=" + read + p.tag, "rw=" + read + p.words))
        if p.code < 0:
            out.append(("oov", "oov" + p.tag + shape(p.words), f"oov{place}{min(len(p.words), 5)}"))
        if self.twice[p.words] > 1 and p.tag in NOUN:
            out.append(("twice",))
        return out


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
