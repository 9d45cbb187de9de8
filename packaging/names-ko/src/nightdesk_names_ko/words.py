"""What is known of a word by itself: the lists it stands in, what it ends in, whether it may be a name.

Pure. Belongs here: the lists of data/words.toml and data/towns.txt, and the shapes of words. Does not belong here: what
stands beside a word (features.py), and how much any of it weighs (data/weights.tsv).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

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
