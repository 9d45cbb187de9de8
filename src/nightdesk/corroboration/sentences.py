"""The engine's sentences in each of the desk's languages, filled from values. Pure.

What stands in data/sentences.toml decides the words; the name of a value decides how it is said. Does
not belong here: choosing what to say (relation.py, origins.py and the rules).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.model import Sentence, Value
from nightdesk.corroboration.when import bounds
from nightdesk.values.house import house_date, house_money
from nightdesk.values.korean import either
from nightdesk.values.money import Money
from nightdesk.values.places import gazetteer, label

Naming = Callable[[str], str]

ACCOUNTS = frozenset({"account", "accounts", "first", "to"})
SECTIONS = {"field": "fields", "others": "places", "other_days": "days"}


def said(key: str, **values: Value) -> Sentence:
    """A sentence of data/sentences.toml with its values."""
    return Sentence(key, values)


def sentence(x: Sentence, lang: str, account: Naming = str) -> str:
    """`x` in `lang` (en, ko); `account` turns the engine's name of an account into what may be shown.

    KeyError when no table has the sentence.
    """
    template = str(table("sentences")["sentence"][x.key][lang])
    return either(template.format_map({k: _say(k, v, lang, account) for k, v in x.values.items()}))


def told(parts: Iterable[Sentence], lang: str, joint: str = " ") -> str:
    """Several sentences as one text."""
    return joint.join(sentence(part, lang) for part in parts)


def hidden(lang: str) -> str:
    """What an account is called before a member who may not see it."""
    return term("accounts", "hidden", lang)


def term(section: str, name: str, lang: str) -> str:
    """A word of the engine (an act, a kind of party, a field) in `lang`; unknown words as they are."""
    return str(table("sentences")[section].get(name, {}).get(lang, name))


def plain(x: Sentence) -> dict[str, Any]:
    """The sentence as JSON can keep it."""
    values = {k: plain(v) if isinstance(v, Sentence) else v for k, v in x.values.items()}
    return {"key": x.key, "values": {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}}


def from_plain(kept: Mapping[str, Any]) -> Sentence:
    """The sentence that `plain` kept."""
    return Sentence(kept["key"], {k: _from_plain(v) for k, v in kept["values"].items()})


def _from_plain(value: Any) -> Value:
    if isinstance(value, Mapping):
        return from_plain(value)
    return tuple(str(one) for one in value) if isinstance(value, list) else value


# -- one value ---------------------------------------------------------------------------------------


def _say(name: str, value: Value, lang: str, account: Naming) -> str:
    if isinstance(value, Sentence):
        return sentence(value, lang, account)
    if isinstance(value, tuple):
        # Two accounts a member may not see are one "another account" to him, not a count of them.
        return ", ".join(dict.fromkeys(_say(name, one, lang, account) for one in value))
    if name in ACCOUNTS:
        return account(str(value))
    section = SECTIONS.get(name, name)
    if section in SAYERS:
        return SAYERS[section](str(value), lang)
    return term(section, str(value), lang) if section in table("sentences") else str(value)


def _sum(value: str, lang: str) -> str:
    currency, _, amount = value.partition(" ")
    if currency == "kg":
        return f"{amount} kg"
    try:
        return house_money(Money(Decimal(amount), currency), None, lang)
    except (ValueError, InvalidOperation):
        return value  # a currency the house has no way to write stays in its code


def _day(value: str, lang: str) -> str:
    when = bounds({"edtf": value})
    if when is None:
        return value
    about = {"en": "around {}", "ko": "{} 무렵"}[lang] if value.endswith("~") else "{}"
    return about.format(house_date(when, lang))


def _place(value: str, lang: str) -> str:
    return label(value, lang) if value in gazetteer() else value


def _counted(value: str, lang: str) -> str:
    number, _, thing = value.partition(" ")
    known = term("counts", thing, lang)
    return known.format(n=number) if "{n}" in known else f"{number} × {_thing(thing, lang)}"


def _thing(name: str, lang: str) -> str:
    """A thing of data/concepts.toml by its first word; a detail of the older table by its own."""
    row = table("concepts").get(name)
    return str(row[lang][0]) if row else term("details", name, lang)


SAYERS: Mapping[str, Callable[[str, str], str]] = {
    "sum": _sum, "days": _day, "places": _place, "counts": _counted, "details": _thing,
}  # fmt: skip
