"""What the model sees of each piece of a text: its own letters, its neighbours, word lists, the rules' readings.

Pure: pieces in, names of features out; training and reading share every line of it. Belongs here: which
facts may decide. Does not belong here: how much each weighs (data/weights.tsv).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

Likeness = Callable[[int], str]


class Piece(NamedTuple):
    """A morpheme, or the part of one between two places where a name may end."""

    start: int
    end: int
    words: str
    tag: str
    code: int  # Kiwi's number of the morpheme, 0 for a part of one
    spaced: bool  # whether a space, or the start of the text, stands before it


LISTS = (
    "countries", "regions", "world", "place_end", "place_after", "organisations", "org_end", "org_after", "leagues",
    "surnames", "surnames_rare", "foreign_first", "title_after", "title_before", "particles",
)  # fmt: skip


@cache
def lists() -> dict[str, frozenset[str]]:
    """Every list of data/words.toml, and the towns of data/towns.txt."""
    folder = files("nightdesk_names_ko") / "data"
    made = {
        name: frozenset(said.split())
        for name, said in tomllib.loads((folder / "words.toml").read_text("utf-8")).items()
    }
    made["towns"] = frozenset((folder / "towns.txt").read_text("utf-8").split()) - {"팔월", "살로"}
    return made


@cache
def whole_words() -> dict[str, str]:
    """Each word of the lists of whole names, with the letters of the lists it stands in."""
    found: dict[str, str] = {}
    for letter, name in (
        ("C", "countries"),
        ("R", "regions"),
        ("W", "world"),
        ("T", "towns"),
        ("O", "organisations"),
        ("L", "leagues"),
        ("F", "foreign_first"),
        ("t", "title_after"),
        ("b", "title_before"),
    ):
        for word in lists()[name]:
            found[word] = found.get(word, "") + letter
    return found


@cache
def _end(name: str) -> tuple[frozenset[str], int]:
    words = lists()[name]
    return words, max(map(len, words))


@cache
def ending(said: str, name: str) -> str:
    """The longest ending of `said` that stands in the list and leaves something before it."""
    words, longest = _end(name)
    for length in range(min(longest, len(said) - 1), 0, -1):
        if said[-length:] in words:
            return said[-length:]
    return ""


@cache
def shape(said: str) -> str:
    """Letters by script, runs of the same made one."""
    out = ""
    for char in said[:12]:
        kind = (
            "9" if char.isdigit() else "A" if "A" <= char <= "Z" else "a" if "a" <= char <= "z"
            else "가" if "가" <= char <= "힣" else "漢" if "一" <= char <= "鿿" else char
        )  # fmt: skip
        if not out.endswith(kind):
            out += kind
    return out


@cache
def name_form(said: str) -> str:
    """Whether it may be a Korean name: a surname and one or two syllables that given names have."""
    known = lists()
    if not 2 <= len(said) <= 4:
        return "s" if said in known["surnames"] else ""
    for length in (2, 1):
        surname, given = said[:length], said[length:]
        if surname in known["surnames"] and 1 <= len(given) <= 2:
            fits = sum(syllable in known["given_syllables"] for syllable in given)
            return f"{length}{len(given)}{fits}"
    if said[0] in known["surnames_rare"] and len(said) == 3:
        return "r" + str(sum(syllable in known["given_syllables"] for syllable in said[1:]))
    return ""


@cache
def foreign_form(said: str) -> str:
    """How much it looks like a name from elsewhere: Japanese endings, Chinese syllables."""
    known = lists()
    out = (
        "j"
        if len(said) >= 3 and (said[-1] in known["japanese_end"] or said[-2:] in known["japanese_end"])
        else ""
    )
    return out + ("z" if 2 <= len(said) <= 4 and all(s in known["chinese_syllables"] for s in said) else "")


_NOUN = {"NNP", "NNG", "SL", "SN", "SH", "XR", "NR", "XSN", "XPN", "NNB", "SW", "W_SERIAL", "UN", "MAG", "IC"}


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
        if pieces[at].tag in _NOUN:
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
    if piece.tag in _NOUN:
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


def facts(pieces: Sequence[Piece], read: Sequence[str], like: Likeness) -> list[list[str]]:
    """The features of every piece. `read`: what the rules read there (B-date, I-date, or nothing)."""
    seen = _Seen(pieces, read, like)
    return [
        seen.noun(i) if piece.tag in _NOUN or read[i] else seen.other(i) for i, piece in enumerate(pieces)
    ]


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

    def other(self, i: int) -> list[str]:
        """What is no noun is hardly ever a name: a few facts are enough."""
        b, p, c = self.around[i + 1 : i + 4]
        return [
            "1", "w=" + p.words, "t=" + p.tag, "b=" + b.words, "bt=" + b.tag, "c=" + c.words, "ct=" + c.tag,
            "m=" + self.marks[i], f"bt-t={b.tag}{p.spaced}-{p.tag}", f"t-ct={p.tag}-{c.tag}{c.spaced}",
            f"bw={b.words}{'_' if p.spaced else ''}{p.words}", f"wc={p.words}{'_' if c.spaced else ''}{c.words}",
            "rb=" + self.read[i], "rc=" + self.read[i + 2], f"n={len(p.words)}{p.tag}",
        ]  # fmt: skip

    def noun(self, i: int) -> list[str]:
        """Everything that may make it a name."""
        a, b, p, c, d, e = self.around[i : i + 6]
        group = self.groups[i]
        after, after2 = self.around[group.last + 3], self.around[group.last + 4]
        before = self.around[group.first + 1]
        place = (
            "1" if group.first == group.last else "B" if i == group.first else "E" if i == group.last else "M"
        )
        return [
            *self._words(i, a, b, p, c, d, e), *self._group(p, group, place, before, after, after2),
            *self._lists(b, p, c, d, group, place, before, after), *self._further(p, group, place, after),
            *self._likeness(b, p, c, group, before, after), *self._rules(i, p, group, place),
        ]  # fmt: skip

    def _words(self, i: int, a: Piece, b: Piece, p: Piece, c: Piece, d: Piece, e: Piece) -> list[str]:
        w, tag = p.words, p.tag
        f = [
            "1", "w=" + w, "t=" + tag, "wt=" + w + tag, "c0=" + w[0], "c9=" + w[-1], "c2=" + w[-2:], "p2=" + w[:2],
            f"n={len(w)}{tag}", "s=" + shape(w), f"sp={p.spaced}{c.spaced}",
            "b=" + b.words, "bt=" + b.tag, "c=" + c.words, "ct=" + c.tag, "a=" + a.words, "at=" + a.tag,
            "d=" + d.words, "dt=" + d.tag, "e=" + e.words,
            f"bt-t={b.tag}{p.spaced}-{tag}", f"t-ct={tag}-{c.tag}{c.spaced}",
            f"bw={b.words}{'_' if p.spaced else ''}{w}", f"wc={w}{'_' if c.spaced else ''}{c.words}",
            f"bct={b.tag}-{tag}-{c.tag}", f"abt={a.tag}-{b.tag}-{tag}", f"cdt={tag}-{c.tag}-{d.tag}",
            "m=" + self.marks[i],
        ]  # fmt: skip
        if len(w) >= 3:
            f += ["c3=" + w[-3:], "p3=" + w[:3]]
        return f

    def _group(
        self, p: Piece, group: Chunk, place: str, before: Piece, after: Piece, after2: Piece
    ) -> list[str]:
        said = group.words
        f = [
            f"g={place}{min(len(said), 8)}", "gl=" + self.pieces[group.last].words,
            "gf=" + self.pieces[group.first].words, f"ga={after.words}{'_' if after.spaced else ''}",
            "ga2=" + after.words + "+" + after2.words, "gb=" + before.words, "ge2=" + said[-2:], "ge1=" + said[-1:],
            f"gs={shape(said)}{place}",
        ]  # fmt: skip
        return f if p.words == said else [*f, "gw=" + said]

    def _lists(
        self, b: Piece, p: Piece, c: Piece, d: Piece, group: Chunk, place: str, before: Piece, after: Piece
    ) -> list[str]:
        known, w = whole_words(), p.words
        f = [
            f"k{name}{letter}"
            for name, said in (("w", w), ("g", group.words), ("b", b.words), ("c", c.words), ("A", after.words), ("B", before.words))
            for letter in known.get(said, "")
        ]  # fmt: skip
        if c.tag in _NOUN and not c.spaced:
            f += [f"kwc{letter}" for letter in known.get(w + c.words, "")]
        if b.tag in _NOUN and not p.spaced:
            f += [f"kbw{letter}" for letter in known.get(b.words + w, "")]
        for name in ("place_end", "org_end", "title_after"):
            if said := ending(group.words, name):
                f += [f"e{name}", f"e{name}{place}", f"e{name}={said}"]
        f += [f"i{name}{place}" for name in ("place_end", "org_end") if w in lists()[name]]
        if p.tag in _NOUN:
            form = name_form(w)
            f += ["nf=" + form + p.tag, "fg=" + name_form(group.words) + place, "ff=" + foreign_form(w),
                  "ffg=" + foreign_form(group.words) + place]  # fmt: skip
            if form == "s":
                f.append(f"ns={name_form(w + c.words)}{name_form(w + c.words + d.words)}{c.spaced}")
        return f

    def _further(self, p: Piece, group: Chunk, place: str, after: Piece) -> list[str]:
        """The nouns before and behind, the verb that follows, what the sentence is about."""
        before, behind = self.before[group.first], self.after[min(group.last + 1, len(self.pieces))]
        verb, like = self.verb[min(group.last + 1, len(self.pieces))], self.like
        f = [
            "pn=" + before.words,
            "nn=" + behind.words,
            "lpn=" + like(before.code),
            "lnn=" + like(behind.code),
            "nv=" + verb,
        ]
        kinds = whole_words().get(p.words, "")
        f += [f"T{topic}{kinds}{p.tag}" for topic in self.topics]
        if "C" in kinds:
            f += ["Cga=" + after.words, "Cnv=" + verb, "Cgs=" + place, "Clnn=" + like(behind.code)]
        return f

    def _likeness(self, b: Piece, p: Piece, c: Piece, group: Chunk, before: Piece, after: Piece) -> list[str]:
        like = self.like
        f = ["lb=" + like(b.code), "lc=" + like(c.code), "lA=" + like(after.code), "lB=" + like(before.code)]
        if p.tag in _NOUN:
            f += ["like=" + like(p.code), "likeg=" + like(self.pieces[group.last].code)]
        return f

    def _rules(self, i: int, p: Piece, group: Chunk, place: str) -> list[str]:
        read = self.read[i + 1]
        f = ["r=" + read, "rb=" + self.read[i], "rc=" + self.read[i + 2], "rA=" + self.read[group.last + 2]]
        if read:
            f += ["rt=" + read + p.tag, "rw=" + read + p.words]
        if p.code < 0:
            f += ["oov", "oov" + p.tag + shape(p.words), f"oov{place}{min(len(p.words), 5)}"]
        if self.twice[p.words] > 1 and p.tag in _NOUN:
            f.append("twice")
        return f


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
    if tag not in _NOUN or len(said) < 2:
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
