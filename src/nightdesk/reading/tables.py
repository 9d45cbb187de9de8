"""Reads the tables of data/*.toml and turns their rules into regular expressions.

A rule says which words make which kind; the resolver it names (`as`) computes the value. Belongs
here: how a table becomes a pattern. Does not belong here: any word of any language, any value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

from nightdesk.reading.first import Slots, first_chars, parsed, starts
from nightdesk.reading.gate import Gate, Graph
from nightdesk.reading.hours import hours
from nightdesk.reading.kept import ROOM, kept
from nightdesk.reading.model import Kind
from nightdesk.reading.numerals import FIGURES, native, pattern, sino, tens
from nightdesk.reading.tally import any_of, words
from nightdesk.reading.years import spoken

_SHAPE = re.compile(r"@([a-z]+)")  # a piece of a rule that has a name, from [shapes]
_PIECE = re.compile(r"\[[^\]]*\]|\\.|\{(?P<slot>[a-z][a-z_0-9]*)(?::(?P<name>[a-z][a-z_0-9]*))?\}| \??|_")
_FIXED = {
    "figures": FIGURES,
    "cal": r"(?:\d{1,4}(?!\d)|[일이삼사오육륙칠팔구십백천공영]{1,9})",  # a Korean number as calendars need it
    "int2": r"\d{1,2}(?!\d)",
    "two": r"\d{1,2}",
    "both": r"\d{2}",
    "four": r"(?:1[4-9]|20|21)\d{2}(?!\d)",
    "yy": r"(?:(?:1[4-9]|20|21)\d{2}|\d{2})",
    "clock": r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?",
    "figures4": r"(?:[01]?\d|2[0-4])[0-5]\d(?!\d)",
    "year": r"(?:(?:1[4-9]|20|21)\d{2}|'\d{2})(?!\d)",
}
_ZH_NUMBER = "\\d零〇一二两兩三四五六七八九十百千万萬亿億几廿"
_ZH_WEEK = "[周期拜]"
LEFT = {
    # 오늘밤, 내일저녁: these days grow together with what follows them.
    # 몇 백 명 is no hundred.
    "ko": r"(?<!\d)(?<!\d[.,:/])(?<!몇 )(?:(?<!제)|(?<=[어그]제))(?:(?![가-힣])|(?<![가-힣])|(?<=엊)|(?<=오늘|내일|래일|어제|그제|모레"
    r"|어젯|요일|\d일|매일|이날|그날|전날|음날|튿날))",
    # 周三三点: a weekday may stand before a number; 第二天 and 周三 count nothing.
    "zh": rf"(?:(?![{_ZH_NUMBER}])|(?<![第{_ZH_NUMBER}])(?!(?<={_ZH_WEEK})[一二三四五六](?![名户戶台辆輛次件]|人(?!民)))"
    rf"|(?<={_ZH_WEEK}[一二三四五六])|(?<=[{_ZH_NUMBER}每]{_ZH_WEEK}))(?<!\d[.,:/])(?!(?<=[A-Za-z])\d)",
    "en": r"(?<![A-Za-z0-9])(?<!\d[.,:/])",
    "shared": r"(?:(?![A-Za-z0-9])|(?<![A-Za-z0-9]))(?<!\d[.,:/])",
}
# A number or a Latin word is never cut short.
RIGHT = r"(?:(?<!\d)|(?!\d|[.,]\d))(?:(?<![A-Za-z])|(?![A-Za-z]))"
LANGS = ("ko", "zh", "en", "shared")
# Beginnings that most texts have: behind them stand the largest slots, of numbers, units and months.
_OFTEN: Mapping[str, Sequence[str]] = {
    "ko": ("20", "3만", "5천", "2,000", "12월", "두 ", "한 "),
    "zh": ("20", "三", "两", "12月", "2,000"),
    "en": ("20", "20k", "2,000", "two ", "one ", "a ", "the ", "in ", "on ", "last ", "december "),
}
_PRIVATE = 0xE000  # letters nobody writes stand for the slots of a rule while its beginning is looked at


@dataclass(frozen=True, eq=False)
class Rule:
    """One way of saying something of `kind`; `slots` maps each group to the table it comes from."""

    kind: Kind
    resolver: str
    lang: str
    say: str
    slots: Mapping[str, str]

    @property
    def regex(self) -> re.Pattern[str]:
        """The whole rule without its left edge, which Start makes sure of. Made when first wanted."""
        return compile_say(self.lang, self.say)

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Tries the rule at a place of a text."""
        return self.regex.match


@dataclass(frozen=True, slots=True)
class Start:
    """Where rules of a language can begin, and which ones may match there."""

    places: re.Pattern[str]
    gate: Gate


@cache
def table(name: str) -> Mapping[str, Any]:
    """One file of data/, by its name without the ending."""
    return kept(f"table-{name}", lambda: _parsed(ROOM / "data" / f"{name}.toml"))


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib  # only where nothing is kept

    return tomllib.loads(path.read_text("utf-8"))


@cache
def currencies() -> Mapping[str, Any]:
    """The table of currencies that values keeps."""
    return kept("table-currencies", lambda: _parsed(ROOM.parent / "values" / "data" / "currencies.toml"))


def shared_codes(shared: Mapping[str, Any], country: str | None) -> tuple[str, ...]:
    """The codes a word of several countries may stand for, of one row of [shared]: the likeliest first, alone where the country tells."""
    if country in shared["by_country"]:
        return (shared["by_country"][country],)
    ahead = shared.get("ahead", {}).get(country)
    return (*((ahead,) if ahead else ()), shared["otherwise"], *shared["also"])


def key(said: str, lang: str) -> str:
    """How a word is looked up: spaces do not matter, nor case in English."""
    said = said.strip().replace("\u00a0", " ")
    return " ".join(said.lower().split()) if lang == "en" else "".join(said.split())


@cache
def lookup(lang: str, name: str) -> Mapping[str, Any]:
    """The word table `name` of a language, by key. Currency words come from values."""
    made = _money_words(lang).get(name)
    source = made if made is not None else _words(lang, name)
    return {key(variant, lang): value for word, value in source.items() for variant in _variants(word, lang)}


@cache
def _money_words(lang: str) -> Mapping[str, Mapping[str, str]]:
    """cur, sign, minor, tenth, code: word -> currency code, or the name of a shared word."""
    cur, sign, minor, tenth, codes = {}, {}, {}, {}, {}
    for code, row in currencies().items():
        if code == "shared":
            continue
        codes[code.lower() if lang == "en" else code] = code
        cur.update(dict.fromkeys(row.get(lang, ()), code))
        sign.update({word.lower() if lang == "en" else word: code for word in row["before"]})
        # HK $ and HKD$ are written too; but "a $5 fine" names no dollar of Australia.
        dollars = [w[:-1] for w in row["before"] if w.endswith("$") and w != "$"]
        spaced = [f"{w} $" for w in dollars if w not in ("A", "S")] + (
            [f"{code}$"] if dollars or code in ("USD", "MXN") else []
        )
        sign.update({word.lower() if lang == "en" else word: code for word in spaced})
        minor.update(dict.fromkeys(row.get("minor", {}).get(lang, ()), code))
        tenth.update(dict.fromkeys(row.get("tenth", {}).get(lang, ()), code))
    for name, row in currencies()["shared"].items():
        (minor if row.get("hundredth") else cur).update(dict.fromkeys(row.get(lang, ()), name))
    made = {"cur": cur, "sign": sign, "minor": minor, "tenth": tenth, "code": codes}
    for name, said in table(lang).get("currencies", {}).items():  # what the language's own table adds
        made[name] |= said
    return made


@cache
def _slot(lang: str, slot: str) -> str:
    """The regular expression of one slot."""
    tongue = "en" if lang == "shared" else lang
    if slot in ("n", "small"):
        return pattern(tongue)
    if slot == "tens":
        return tens()
    if slot == "hours":
        return hours()
    if slot in ("any_year", "spoken_year"):
        return spoken() if slot == "spoken_year" else f"(?:{_FIXED['year']}|{spoken()})"
    if slot == "int":
        return sino(tongue)
    if slot == "native":
        return native(tongue)
    if slot == "nth_day":
        return rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_alternatives(lang, lookup(lang, 'nth_word'))})"
    if lang == "en" and slot in ("sign", "code"):
        return _signs(_spelled(lang, slot))
    return _FIXED.get(slot) or _alternatives(lang, _spelled(lang, slot))


def _signs(spelled: list[str]) -> str:
    """Signs and codes in any case, but for codes that are also words: "all 500 people" is no sum in lek."""
    careful = {word for word in spelled if word in context("en")["capital_codes"]}
    capitals = any_of([word.upper() for word in careful] or ["\0"])
    return f"(?:{_alternatives('en', [w for w in spelled if w not in careful])}|(?-i:{capitals}))"


def _spelled(lang: str, name: str) -> list[str]:
    made = _money_words(lang).get(name)
    source = made if made is not None else _words(lang, name)
    return list(dict.fromkeys(variant for word in source for variant in _variants(word, lang)))


def _words(lang: str, name: str) -> Mapping[str, Any]:
    """A word table of the language, or the one that all share. KeyError when nobody has it."""
    own = table(lang)["words"]
    # A table of a TOML file has no narrower type.
    return cast(Mapping[str, Any], own[name] if name in own else table("shared")["words"][name])


def _variants(word: str, lang: str) -> set[str]:
    """The word as the rules see it: Chinese in simplified letters."""
    return {simplified(word) if lang == "zh" else word}


@cache
def _simple_letters() -> tuple[re.Pattern[str], dict[int, str]]:
    pairs = table("zh")["traditional"]["pairs"].split()
    return re.compile("[" + "".join(pair[0] for pair in pairs) + "]"), {ord(a): b for a, b in pairs}


def simplified(text: str) -> str:
    """Chinese with each traditional letter of the table as its simplified one; no offset moves."""
    letters, table_ = _simple_letters()
    return text.translate(table_) if letters.search(text) else text


def _alternatives(lang: str, options: Any) -> str:
    return any_of(options).replace("\\ ", space(lang))


def space(lang: str) -> str:
    """What a space in a rule stands for: never a line break, so that no reading crosses lines."""
    return "[ \\t\u00a0]{1,2}" if lang == "en" else "[ \\t\u00a0]{0,2}"


def _spell(lang: str, say: str, piece: Callable[[str, str], str]) -> str:
    """One line of `say` as a pattern: `piece` gives the inside of each slot, by its name and table."""

    def one(match: re.Match[str]) -> str:
        if match["slot"]:
            name = match["name"] or match["slot"]
            return f"(?P<{name}>{piece(name, match['slot'])})"
        if match[0] == " ":
            return space(lang)
        return "[ \\t\u00a0]{0,2}" if match[0] in ("_", " ?") else match[0]

    return _PIECE.sub(one, say)


@cache
def compile_say(lang: str, say: str) -> re.Pattern[str]:
    """One line of `say` as a regular expression."""
    body = _spell(lang, say, lambda _, slot: _slot(lang, slot))
    return re.compile(f"(?:{body}){RIGHT}", re.IGNORECASE if lang == "en" else re.NOFLAG)


def _slots(lang: str, say: str) -> dict[str, str]:
    """The table that each group of a line comes from."""
    found: dict[str, str] = {}
    _spell(lang, say, lambda name, slot: found.setdefault(name, slot))
    return found


@cache
def rules(lang: str) -> tuple[Rule, ...]:
    """Every rule of a language, in the order of its table; sums first."""
    return tuple(_rules(lang))


def _rules(lang: str) -> Iterator[Rule]:
    for resolver, says in table("money").get(lang, {}).items():
        for say in says:
            shaped = _shaped(lang, say)
            yield Rule("money", f"money_{resolver}", lang, shaped, _slots(lang, shaped))
    for row in table(lang)["rules"]:
        for say in row["say"]:
            shaped = _shaped(lang, say)
            # The tables are ours, and the schema that tests hold what is read against names every kind.
            yield Rule(cast(Kind, row["kind"]), row["as"], lang, shaped, _slots(lang, shaped))


def _shaped(lang: str, say: str) -> str:
    """The rule with its named pieces written out; a piece may hold others."""
    while _SHAPE.search(say):
        say = _SHAPE.sub(lambda name: table(lang)["shapes"][name[1]], say)
    return say


@cache
def start(lang: str) -> Start:
    """Where the rules of a language can begin."""
    laid = kept(f"start-{lang}", lambda: _laid_out(lang))
    graph = Graph(Slots(laid["slots"]), laid["graph"])
    return Start(starts(LEFT[lang], frozenset(laid["chars"])), Gate(graph, rules(lang), laid["root"]))


def _laid_out(lang: str) -> dict[str, Any]:
    """The first letters of the rules, and the graph of their beginnings, in plain values."""
    letters: dict[str, str] = {}
    slots = Slots({})

    def letter(_: str, slot: str) -> str:
        if slot not in letters:
            letters[slot] = chr(_PRIVATE + len(letters))
            slots.said[letters[slot]] = _slot(lang, slot)
        return letters[slot]

    graph, chars = Graph(slots), frozenset[str]()
    for place, rule in enumerate(rules(lang)):
        items = parsed(_spell(lang, rule.say, letter))
        first = first_chars(items, slots, lang == "en")
        if first is None:
            raise ValueError(f"a rule of {lang} may begin with anything: {rule.say}")
        chars |= first
        graph.add(place, items)
    gate = Gate(graph, rules(lang))
    for said in _OFTEN.get(lang, ()):
        gate.at(
            said, 0
        )  # what nearly every text asks for is built here, not by the first text of each process
    root = gate.reached(graph.root)
    return {"chars": "".join(sorted(chars)), "slots": slots.said, "graph": graph.plain(), "root": root}


@cache
def context(lang: str) -> Mapping[str, Any]:
    """The words around a reading that change it, of one language."""
    # The same.
    return cast(Mapping[str, Any], table(lang)["context"])


__all__ = [
    "Rule",
    "compile_say",
    "context",
    "currencies",
    "key",
    "lookup",
    "rules",
    "simplified",
    "space",
    "table",
    "words",
]
