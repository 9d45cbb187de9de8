"""What the words of a person are worth: a name with its role and age, kin, a role, an age.

Belongs here: values, and the words of data/people.toml. Does not belong here: where such words stand in a text
(people_korean.py, people_chinese.py, people_english.py), and who somebody is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nightdesk.reading.forms import Say
from nightdesk.reading.tables import lookup, table


def row(lang: str) -> Any:
    """What data/people.toml says of a language."""
    return table("people")[lang]


@cache
def words(lang: str, name: str) -> dict[str, str]:
    """Each word of a table of kin, roles or adults, by the English word it stands for."""
    return {key(lang, word): meant for meant, said in row(lang)[name].items() for word in said}


def starting(said: Any) -> str:
    """A look ahead at the first letters: cheaper than trying every word everywhere."""
    return "(?=[" + "".join(sorted({re.escape(w[0]) for w in said})) + "])"


@cache
def not_names(lang: str) -> frozenset[str]:
    """What only looks like a name."""
    return frozenset(row(lang)["not_names"])


def named(lang: str, found: re.Match[str]) -> dict[str, Any]:
    """The name as written, with the role and the age beside it."""
    parts = found.groupdict()
    value: dict[str, Any] = {"name": " ".join(found["who"].split())}
    role = parts.get("role")
    if role:
        value["role"] = words(lang, "roles").get(role, role)
    if parts.get("age"):
        value["age"] = int(parts["age"])
    return value


def kin(lang: str) -> Say:
    """Says which relative it is."""
    return lambda found: {"kin": words(lang, "kin")[key(lang, found["who"])]}


def role(lang: str) -> Say:
    """Says which role it is."""
    return lambda found: {"role": words(lang, "roles")[key(lang, found["role"])]}


def aged(lang: str) -> Say:
    """Says how old somebody is, and whether woman or man where the word tells."""

    def say(found: re.Match[str]) -> dict[str, Any]:
        parts = found.groupdict()
        tens = lookup("en", "nineties")[parts["tens"]] if parts.get("tens") else None
        value = age(str(tens) if tens else parts.get("age"), parts.get("years"))
        adult = parts.get("adult")
        who = words(lang, "adults")[key(lang, adult)] if adult else "person"
        return value | ({"sex": {"woman": "female", "man": "male"}[who]} if who in ("woman", "man") else {})

    return say


def age(decade: str | None, years: str | None) -> dict[str, Any]:
    """30대 is 30 to 39, 45살 is 45."""
    if decade is None:
        return {"age": int(years or 0)}
    low = int(decade) if decade.isdigit() else "一二三四五六七八九".index(decade) * 10 + 10
    return {"age": low, "age_high": low + 9}


def key(lang: str, said: str) -> str:
    """How a word is looked up: neither spaces nor, in English, capitals matter."""
    return " ".join(said.lower().split()) if lang == "en" else said
