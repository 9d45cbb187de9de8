"""People by rules: names beside a title or an age, kinship, roles. Never linked to any list of people.

Belongs here: from what a form found (people_korean.py and its siblings) to finds, and whose relative somebody is.
Does not belong here: the forms, the words (data/people.toml), who somebody is, and names that only a model can tell
(labels.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from nightdesk.reading import person
from nightdesk.reading.find import Find
from nightdesk.reading.forms import Form, Gated, Worded
from nightdesk.reading.normal import folded_text
from nightdesk.reading.people_chinese import chinese
from nightdesk.reading.people_english import english
from nightdesk.reading.people_korean import korean
from nightdesk.reading.tally import any_of

FORMS: Mapping[str, Callable[[], Gated | Worded]] = {"ko": korean, "zh": chinese, "en": english}
LONGEST_OWNER = 24


def finds(text: str, lang: str) -> Iterator[Find]:
    """Persons in one language, and the ages of those who have one beside the name.

    A person whose age is a quantity too lies around it: 45살 남자.
    """
    text = folded_text(text, lang)
    found = [find for form, match in FORMS[lang]().found(text) for find in _said(lang, form, match, text)]
    names = [f for f in found if "name" in f.value]
    for find in found:
        if "name" in find.value or find.inside or not any(_idle(text, find, name) for name in names):
            yield find


def _said(lang: str, form: Form, found: re.Match[str], text: str) -> Iterator[Find]:
    value = form.say(found)
    if value is None:
        return
    start, end = found.span("who")
    if "kin" in value and (owner := _owner(lang).search(text, max(0, start - LONGEST_OWNER), start)):
        whose = person.words(lang, "roles").get(person.key(lang, owner["of"]), owner["of"])
        start, value = owner.start(), {**value, "of": whose}
    if "name" in value:
        end = min(end, start + len(value["name"]))  # Bertha Moll Inc: the name ends before Inc
    yield Find(start, end, "person", value, inside=form.around)
    if "age" in value and "name" in value:
        at = next(found.span(slot) for slot in ("age", "aged", "in") if found.groupdict().get(slot))
        yield Find(*at, "quantity", _years(lang, value["age"]))


def _years(lang: str, age: int) -> dict[str, Any]:
    """An age as the counts of the language give it."""
    if lang == "en":
        return {"amount": str(age), "unit": "year", "of": "age"}
    return {"count": age, "of": "살" if lang == "ko" else "岁"}


def _idle(text: str, find: Find, name: Find) -> bool:
    """The title before a name and the address behind it say nothing that the name's value lacks.

    Kin before a name does: my cousin Kim Chol.
    """
    first, last = sorted((find, name), key=lambda f: f.start)
    if "kin" in find.value and first is find and last.start >= first.end:
        return False
    return last.start - first.end <= 1 and text[first.end : last.start] in ("", " ", "\u00a0")


@cache
def _owner(lang: str) -> re.Pattern[str]:
    """Whose relative it is: what stands right before the word of kin."""
    roles = any_of(person.words(lang, "roles"))
    return re.compile(
        {
            "ko": rf"(?<![가-힣])(?P<of>{roles}|[가-힣]{{1,3}}(?:원|장)|그|그녀|그 사람|사망자|피해자)의 $",
            "zh": rf"(?P<of>{roles}|[他她我你]|邻居|鄰居|朋友|军人|軍人)的?$",
            "en": rf"(?<![A-Za-z])(?:(?i:the|an?) )?(?P<of>(?i:{roles})|[A-Za-z]{{3,15}})['’]s $",
        }[lang]
    )
