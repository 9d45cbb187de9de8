"""People in Chinese: names behind or before a title, surnames of families, kin, roles and ages.

Belongs here: what makes words a person in Chinese; the words themselves stand in data/people.toml. Does not
belong here: what the words found are worth (person.py), and who somebody is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nightdesk.reading import person
from nightdesk.reading.forms import Form, Gated
from nightdesk.reading.tally import any_of


@cache
def chinese() -> Gated:
    """Every form of Chinese."""
    return Gated("people-zh", _forms())


def _forms() -> tuple[Form, ...]:
    row = person.row("zh")
    surname, compound = f"[{row['surnames']}]", any_of(row["compound"])
    sure = "[" + "".join(s for s in row["surnames"] if s not in row["words_too"]) + "]"
    follow = f"(?=[{row['follow']}]|$)"
    before, after = any_of(row["before"]), any_of(row["after"])
    kin, roles, adults = person.words("zh", "kin"), person.words("zh", "roles"), person.words("zh", "adults")
    day, clan = f"(?=[{row['day_follow']}])", any_of(row["family"])
    age = r"(?:(?P<age>[一二三四五六七八九])十(?:多|几|來|来)岁|(?P<decade>[1-9]0)(?:多|几|来)岁|(?P<years>\d{1,3})[岁歲])"
    return (
        Form(rf"(?P<role>{before})(?P<who>(?:{compound}|{surname})[一-鿿]{{1,2}}?){follow}", _named),
        Form(rf"(?P<who>(?:{compound}|{sure})[一-鿿]{{0,2}}?)(?P<role>{after})(?!们)", _titled),
        Form(rf"{person.starting(kin)}{any_of(kin)}(?P<who>{sure}[一-鿿]{{1,2}}?){follow}", _named),
        # An age makes a name of it: 王建国（42岁）, 王建国，42岁，, 42岁的王建国.
        Form(
            rf"(?P<who>(?:{compound}|{surname})[一-鿿]{{1,2}})(?=[（(]\d{{1,3}}[岁歲]?[）)]|[，,]\d{{1,3}}[岁歲][，,])",
            _named,
        ),
        Form(rf"(?<=\d[岁歲]的)(?P<who>(?:{compound}|{surname})[一-鿿]{{1,2}}?){follow}", _named),
        Form(rf"(?P<who>[老小]{surname}){follow}", _named),
        Form(rf"(?P<who>[老小]{sure}){day}", _named),
        Form(rf"(?<![{row['not_family_before']}])(?P<who>{sure})(?=家{clan})", _named),
        Form(rf"(?<=姓)(?P<who>{surname})(?=的|男|女)", _named),
        Form(rf"{person.starting(kin)}(?P<who>{any_of(kin)})", person.kin("zh")),
        Form(rf"{person.starting(roles)}(?P<who>(?P<role>{any_of(roles)}))", person.role("zh")),
        Form(
            rf"(?=[一二三四五六七八九\d])(?P<who>{age}(?:左右)?的?(?P<adult>{any_of(adults)}))",
            _aged,
            around=True,
        ),
    )


def _named(found: re.Match[str]) -> dict[str, Any] | None:
    return None if found["who"] in person.not_names("zh") else person.named("zh", found)


def _titled(found: re.Match[str]) -> dict[str, Any] | None:
    """王科长; a courtesy (先生) is no role."""
    name = found["who"]
    if name in person.not_names("zh") or any(c in "的了在和是到把被向说了这那个名两" for c in name[1:]):
        return None
    value = person.named("zh", found)
    if found["role"] in person.row("zh")["plain"]:
        value.pop("role", None)
    return value


def _aged(found: re.Match[str]) -> dict[str, Any]:
    low = person.age(found["age"] or found["decade"], found["years"])
    who = person.words("zh", "adults")[found["adult"]]
    return low | ({"sex": {"woman": "female", "man": "male"}[who]} if who in ("woman", "man") else {})
