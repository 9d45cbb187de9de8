"""Names of features that hang on few words, each part made once: a text says the same words again and again.

Pure; the bounds keep a process that reads for days small. Belongs here: what one word, or two beside one another,
give. Does not belong here: which parts a piece has (features.py).
"""

from __future__ import annotations

from functools import lru_cache

from nightdesk_names_ko.words import ending, foreign_form, lists, name_form, shape, whole_words

Part = tuple[str, ...]
# The tags of what may be a name or stand in one.
NOUN = {"NNP", "NNG", "SL", "SN", "SH", "XR", "NR", "XSN", "XPN", "NNB", "SW", "W_SERIAL", "UN", "MAG", "IC"}

_often, _seldom = lru_cache(maxsize=30_000), lru_cache(maxsize=100_000)


@_often
def plain(w: str, tag: str) -> Part:
    return "1", "w=" + w, "t=" + tag, f"n={len(w)}{tag}"


@_often
def own(w: str, tag: str) -> Part:
    """What hangs on the word alone."""
    f = [
        *plain(w, tag), "wt=" + w + tag, "c0=" + w[0], "c9=" + w[-1], "c2=" + w[-2:], "p2=" + w[:2], "s=" + shape(w),
        *known("w", w),
    ]  # fmt: skip
    if len(w) >= 3:
        f += ["c3=" + w[-3:], "p3=" + w[:3]]
    if tag in NOUN:
        f += ["nf=" + name_form(w) + tag, "ff=" + foreign_form(w)]
    return tuple(f)


@_often
def beside(name: str, w: str, tag: str) -> Part:
    return f"{name}={w}", f"{name}t={tag}"


@_often
def known(name: str, said: str) -> Part:
    """The lists a word stands in."""
    return tuple(f"k{name}{letter}" for letter in whole_words().get(said, ""))


@_often
def tags(before: str, spaced: bool, tag: str, behind: str, behind_spaced: bool) -> Part:
    return f"bt-t={before}{spaced}-{tag}", f"t-ct={tag}-{behind}{behind_spaced}"


@_seldom
def pairs(before: str, spaced: bool, w: str, behind_spaced: bool, behind: str) -> Part:
    return f"bw={before}{'_' if spaced else ''}{w}", f"wc={w}{'_' if behind_spaced else ''}{behind}"


@_often
def around(a: str, b: str, tag: str, c: str, d: str) -> Part:
    return f"bct={b}-{tag}-{c}", f"abt={a}-{b}-{tag}", f"cdt={tag}-{c}-{d}"


@_often
def spaces(before: bool, behind: bool) -> Part:
    return (f"sp={before}{behind}",)


@_often
def marks(mark: str, before: str, behind: str) -> Part:
    """In which marks it stands, and what the rules read on either side."""
    return "m=" + mark, "rb=" + before, "rc=" + behind


@_seldom
def whole(said: str, place: str, w: str, noun: bool) -> Part:
    """The nouns of one word together, and where in them this one stands."""
    f = [f"g={place}{min(len(said), 8)}", "ge2=" + said[-2:], "ge1=" + said[-1:], f"gs={shape(said)}{place}"]
    if w != said:
        f.append("gw=" + said)
    f += known("g", said)
    for name in ("place_end", "org_end", "title_after"):
        if end := ending(said, name):
            f += [f"e{name}", f"e{name}{place}", f"e{name}={end}"]
    f += [f"i{name}{place}" for name in ("place_end", "org_end") if w in lists()[name]]
    if noun:
        f += ["fg=" + name_form(said) + place, "ffg=" + foreign_form(said) + place]
    return tuple(f)


@_often
def ends(first: str, last: str) -> Part:
    return "gl=" + last, "gf=" + first


@_seldom
def behind(after: str, spaced: bool, after2: str) -> Part:
    return f"ga={after}{'_' if spaced else ''}", "ga2=" + after + "+" + after2


@_often
def alike(name: str, near: str) -> Part:
    return (f"l{name}={near}",)


@_often
def noun_near(name: str, w: str, near: str) -> Part:
    return f"{name}={w}", f"l{name}={near}"


@_often
def nouns_like(own: str, last: str) -> Part:
    return "like=" + own, "likeg=" + last


@_often
def readings(here: str, behind: str) -> Part:
    return "r=" + here, "rA=" + behind
