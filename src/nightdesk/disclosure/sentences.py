"""The sentences of the review in each of the desk's languages, filled from values. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from nightdesk.disclosure.grammar import language_of
from nightdesk.disclosure.model import Finding, Offer
from nightdesk.disclosure.whereabouts import key_of, name
from nightdesk.disclosure.words import table
from nightdesk.values.korean import either
from nightdesk.values.places import gazetteer

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def sentence(finding: Finding, lang: str) -> str:
    """Why this is a finding, in one plain sentence of `lang` (en, ko)."""
    return why(finding.why_key, finding.values, lang)


def label(offer: Offer, lang: str) -> str:
    """What the offer does, for its button. KeyError when the label is in no table."""
    return str(table("sentences")["label"][offer.label_key][lang])


def why(key: str, values: Mapping[str, Any], lang: str) -> str:
    """The sentence `key` with `values` in it. KeyError when no table has it."""
    template = str(table("sentences")["why"][key][lang])
    said = {name: NAMES.get(name, say)(value, lang) for name, value in values.items()}
    if "group" in said and (part := part_named(values, lang)):
        said["group"] += f" ({part})"
    return either(template.format_map({"further": "", **said}))


def say(value: Any, lang: str) -> str:
    """A value as words: days written out, known words translated, lists joined."""
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return ", ".join(say(one, lang) for one in value)
    return day(str(value), lang) or term(str(value), lang)


def term(name: str, lang: str) -> str:
    """A word of the room (a class, a reader, a circle of knowers) in `lang`; unknown words as they are."""
    return str(table("sentences")["term"].get(name, {}).get(lang, name))


def place_name(value: Any, lang: str) -> str:
    """A place by its house name, given as a key or in any language."""
    key = value if value in gazetteer() else key_of(str(value))
    return name(key, lang) if key in gazetteer() else str(value)


def places_named(value: Any, lang: str) -> str:
    """Several places by their house names."""
    return ", ".join(place_name(one, lang) for one in value)


def group_name(value: Any, lang: str) -> str:
    """A group by its name in `lang`, given by its key or as a table calls it."""
    for key, row in table("groups").items():
        names = [str(one) for one in row["tables"]]
        if value == key or value in names:
            fitting = [one for one in names if language_of(one) == lang]
            return str(value) if value in fitting else (fitting or names)[0]
    return str(value)


def part_named(values: Mapping[str, Any], lang: str) -> str:
    """Whom of a group a table counts: women, 40-49."""
    return ", ".join(term(str(values[name]), lang) for name in ("sex", "age") if values.get(name))


def facts_named(value: Any, lang: str) -> str:
    """Facts in the words of the edition in `lang`, otherwise of the first edition that has them."""
    words = [one.get(lang) or next(iter(one.values())) for one in value]
    return " + ".join(f"“{said}”" for said in words)


def words_named(value: Any, lang: str) -> str:
    """Words of the text, as a quotation: in an English sentence they may be Korean."""
    words = [value] if isinstance(value, str) else [str(one) for one in value]
    return ", ".join(one if one.startswith(("“", "‘", "「", '"')) else f"“{one}”" for one in words)


def further(value: Mapping[str, Any], lang: str) -> str:
    """How few are left by all that is told, where a set that suffices leaves more."""
    return FURTHER[lang].format(low=say(value["low"], lang), high=say(value["high"], lang))


def fields_named(value: Any, lang: str) -> str:
    """Kinds of what a file had said about itself; names the table does not know as they are."""
    known = table("sentences")["field"]
    return ", ".join(str(known.get(str(one), {}).get(lang, one)) for one in value)


def circles_named(value: Any, lang: str) -> str:
    """Who could know, circle by circle, with how many paragraphs each knows; last those nobody has said it of."""
    return "; ".join(circle(one, lang) for one in value)


def circle(one: Mapping[str, Any], lang: str) -> str:
    """One of them."""
    if "kind" not in one:
        return UNSAID[lang].format(**one)
    return CIRCLE[lang].format_map({name: say(said, lang) for name, said in one.items()})


CIRCLE = {"en": "{kind}, {low} to {high} ({count})", "ko": "{kind} {low}~{high}명({count})"}
FURTHER = {
    "en": " With all that is told here it is {low} to {high}.",
    "ko": " 여기에 적힌 것을 모두 합하면 {low}~{high}명입니다.",
}
UNSAID = {"en": "nobody has said ({count})", "ko": "적혀 있지 않음({count})"}
NAMES = {
    "place": place_name,
    "places": places_named,
    "group": group_name,
    "facts": facts_named,
    "circles": circles_named,
    "fields": fields_named,
    "further": further,
    "words": words_named,
}


def day(text: str, lang: str) -> str:
    """An ISO day, or two with a slash, written out; '' when it is none."""
    try:
        days = [datetime.date.fromisoformat(part) for part in text.split("/")]
    except ValueError:
        return ""
    return (" to " if lang == "en" else "~").join(one_day(one, lang) for one in days)


def one_day(on: datetime.date, lang: str) -> str:
    """15 December 2023, or 2023년 12월 15일."""
    if lang == "ko":
        return f"{on.year}년 {on.month}월 {on.day}일"
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def cannot_estimate(keys: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """What no review can judge, in `lang`."""
    return tuple(str(table("sentences")["cannot_estimate"][key][lang]) for key in keys)
