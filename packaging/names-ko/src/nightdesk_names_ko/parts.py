"""Names of features that hang on few words, each part made once: a text says the same words again and again.

Pure; `keep_few` keeps a process that reads for days small. Belongs here: what one word gives, by itself and to its
neighbours, and what two beside one another give. Does not belong here: which parts a piece has (features.py).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from nightdesk_names_ko.words import ending, foreign_form, lists, name_form, shape, whole_words

# The tags of what may be a name or stand in one.
NOUN = {"NNP", "NNG", "SL", "SN", "SH", "XR", "NR", "XSN", "XPN", "NNB", "SW", "W_SERIAL", "UN", "MAG", "IC"}

MANY = 100_000  # pairs of words: no other kind of part grows as fast


class Part(tuple[str, ...]):
    """Features made together. One object is one part: its letters are not hashed and compared each time."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class Word(NamedTuple):
    """A word's parts: for itself, and for a noun one or two places behind (b, a) or before it (c, d, e)."""

    plain: Part
    own: Part
    a: Part
    b: Part
    c: Part
    d: Part
    e: Part
    before: Part  # for what is no noun, right behind
    behind: Part  # the same, right before


@cache
def word(w: str, tag: str, near: str) -> Word:
    """`near`: the kind of word it is most like."""
    b, c = _beside("b", w, tag), _beside("c", w, tag)
    return Word(
        Part(_plain(w, tag)), Part(_own(w, tag, near)), Part(_beside("a", w, tag)),
        Part((*b, *_known("b", w), "lb=" + near)), Part((*c, *_known("c", w), "lc=" + near)),
        Part(_beside("d", w, tag)), Part(("e=" + w,)), Part(b), Part(c),
    )  # fmt: skip


def _plain(w: str, tag: str) -> list[str]:
    return ["1", "w=" + w, "t=" + tag, f"n={len(w)}{tag}"]


def _own(w: str, tag: str, near: str) -> list[str]:
    """What hangs on the word alone."""
    f = [
        *_plain(w, tag), "wt=" + w + tag, "c0=" + w[0], "c9=" + w[-1], "c2=" + w[-2:], "p2=" + w[:2], "s=" + shape(w),
        *_known("w", w),
    ]  # fmt: skip
    if len(w) >= 3:
        f += ["c3=" + w[-3:], "p3=" + w[:3]]
    if tag in NOUN:
        f += ["nf=" + name_form(w) + tag, "ff=" + foreign_form(w), "like=" + near]
    return f


def _beside(name: str, w: str, tag: str) -> list[str]:
    return [f"{name}={w}", f"{name}t={tag}"]


def _known(name: str, said: str) -> list[str]:
    """The lists a word stands in."""
    return [f"k{name}{letter}" for letter in whole_words().get(said, "")]


@cache
def known(name: str, said: str) -> Part:
    """The lists that a word, or two made one, stand in."""
    return Part(_known(name, said))


@cache
def tags(before: str, spaced: bool, tag: str, behind: str, behind_spaced: bool) -> Part:
    return Part(_tags(before, spaced, tag, behind, behind_spaced))


def _tags(before: str, spaced: bool, tag: str, behind: str, behind_spaced: bool) -> list[str]:
    return [f"bt-t={before}{spaced}-{tag}", f"t-ct={tag}-{behind}{behind_spaced}"]


@cache
def noun_tags(before: str, spaced: bool, tag: str, behind: str, behind_spaced: bool) -> Part:
    more = f"bct={before}-{tag}-{behind}", f"sp={spaced}{behind_spaced}"
    return Part((*_tags(before, spaced, tag, behind, behind_spaced), *more))


@cache
def three(name: str, first: str, second: str, third: str) -> Part:
    """Three tags in a row."""
    return Part((f"{name}={first}-{second}-{third}",))


@cache
def pair(w: str, spaced: bool, behind: str) -> tuple[Part, Part]:
    """Two words beside one another: for the second, and for the first."""
    both = f"{w}{'_' if spaced else ''}{behind}"
    return Part(("bw=" + both,)), Part(("wc=" + both,))


@cache
def marks(mark: str, before: str, behind: str) -> Part:
    """In which marks it stands, and what the rules read on either side."""
    return Part(("m=" + mark, "rb=" + before, "rc=" + behind))


@cache
def whole(said: str, place: str, w: str, noun: bool) -> Part:
    """The nouns of one word together, and where in them this one stands."""
    f = [f"g={place}{min(len(said), 8)}", "ge2=" + said[-2:], "ge1=" + said[-1:], f"gs={shape(said)}{place}"]
    if w != said:
        f.append("gw=" + said)
    f += _known("g", said)
    for name in ("place_end", "org_end", "title_after"):
        if end := ending(said, name):
            f += [f"e{name}", f"e{name}{place}", f"e{name}={end}"]
    f += [f"i{name}{place}" for name in ("place_end", "org_end") if w in lists()[name]]
    if noun:
        f += ["fg=" + name_form(said) + place, "ffg=" + foreign_form(said) + place]
    return Part(f)


@cache
def first(w: str) -> Part:
    return Part(("gf=" + w,))


@cache
def last(w: str, near: str) -> Part:
    """`near` is empty where only nouns are asked what they are like."""
    return Part(("gl=" + w, "likeg=" + near) if near else ("gl=" + w,))


@cache
def behind(after: str, spaced: bool, near: str) -> Part:
    """The word right behind the nouns of one word."""
    return Part((f"ga={after}{'_' if spaced else ''}", *_known("A", after), "lA=" + near))


@cache
def two_behind(after: str, after2: str) -> Part:
    return Part(("ga2=" + after + "+" + after2,))


@cache
def in_front(before: str, near: str) -> Part:
    """The word right before them."""
    return Part(("gb=" + before, *_known("B", before), "lB=" + near))


@cache
def noun_near(name: str, w: str, near: str) -> Part:
    return Part((f"{name}={w}", f"l{name}={near}"))


@cache
def verb(w: str) -> Part:
    return Part(("nv=" + w,))


@cache
def topic(name: str, kinds: str, tag: str) -> Part:
    return Part((f"T{name}{kinds}{tag}",))


@cache
def country(after: str, verb: str, place: str, near: str) -> Part:
    return Part(("Cga=" + after, "Cnv=" + verb, "Cgs=" + place, "Clnn=" + near))


@cache
def surname(joined: str, further: str, spaced: bool) -> Part:
    """What a surname makes with the word behind it, and with the one behind that."""
    return Part((f"ns={name_form(joined)}{name_form(further)}{spaced}",))


@cache
def readings(here: str, behind: str) -> Part:
    return Part(("r=" + here, "rA=" + behind))


@cache
def read(here: str, w: str, tag: str) -> Part:
    """What the rules read in this very word."""
    return Part(("rt=" + here + tag, "rw=" + here + w))


@cache
def unknown(w: str, tag: str, place: str) -> Part:
    """A word that Kiwi does not know."""
    return Part(("oov", "oov" + tag + shape(w), f"oov{place}{min(len(w), 5)}"))


TWICE = Part(("twice",))

_KEPT = (
    word,
    known,
    tags,
    noun_tags,
    three,
    pair,
    marks,
    whole,
    first,
    last,
    behind,
    two_behind,
    in_front,
    noun_near,
    verb,
    topic,
    country,
    surname,
    readings,
    read,
    unknown,
)


def keep_few() -> None:
    """Forgets every part once there are too many. A bound for each (lru_cache) costs more than all the rest."""
    if pair.cache_info().currsize >= MANY:
        for kept in _KEPT:
            kept.cache_clear()
