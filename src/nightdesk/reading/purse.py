"""Which currency a word alone means: 위안, 元, dollars, RMB, won; by the tables that sums in a text are read by.

Belongs here: the codes of a word in a field of its own. Does not belong here: sums in a text (sums.py), and the
words themselves (values/data/currencies.toml and the languages' tables).
"""

from __future__ import annotations

from nightdesk.reading.tables import currencies, key, lookup, shared_codes, simplified

TONGUES = ("ko", "zh", "en")


def codes_of(words: str, country: str | None = None) -> tuple[str, ...]:
    """Every code the word may stand for, the likeliest first; () for no currency, nor for a small coin alone.

    Several only where currencies share a word, as won, and the country (ISO 3166-1, two letters) does not tell.
    """
    found = [code for lang in TONGUES for code in _said_in(lang, words)]
    return tuple(dict.fromkeys(code for name in found for code in _those_of(name, country)))


def _said_in(lang: str, words: str) -> list[str]:
    said = key(simplified(words) if lang == "zh" else words, lang)
    return [
        name
        for table in ("cur", "sign", "code", *(("purse",) if lang == "ko" else ()))
        if (name := lookup(lang, table).get(said))
    ]


def _those_of(name: str, country: str | None) -> tuple[str, ...]:
    shared = currencies()["shared"].get(name)
    if shared is None:
        return (name,)
    return shared_codes(shared, country)
