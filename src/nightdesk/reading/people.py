"""People by rules: names beside a title or an age, kinship, roles. Never linked to any list of people.

Belongs here: what makes words a person in three languages; the words themselves stand in
data/people.toml. Does not belong here: who somebody is, and names that only a model can tell
(labels.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from nightdesk.reading.find import Find
from nightdesk.reading.tables import lookup, table
from nightdesk.reading.tally import any_of

_TITLE_GAP = "[ \t\u00a0]{0,2}"
Say = Callable[[re.Match[str]], dict[str, Any] | None]


def finds(text: str, lang: str) -> Iterator[Find]:
    """Persons in one language, and the ages of those who have one beside the name.

    A person whose age is a quantity too lies around it: 45살 남자.
    """
    found = [
        find for pattern, say, around in _patterns(lang) for find in _said(lang, pattern, say, around, text)
    ]
    names = [f for f in found if "name" in f.value]
    for find in found:
        if "name" in find.value or find.inside or not any(_idle(text, find, name) for name in names):
            yield find


def _said(lang: str, pattern: re.Pattern[str], say: Say, around: bool, text: str) -> Iterator[Find]:
    for found in pattern.finditer(text):
        value = say(found)
        if value is None:
            continue
        start, end = found.span("who")
        if "kin" in value and (owner := _owners()[lang].search(text, max(0, start - LONGEST_OWNER), start)):
            start, value = (
                owner.start(),
                {**value, "of": _words(lang, "roles").get(_key(lang, owner["of"]), owner["of"])},
            )
        if "name" in value:
            end = min(end, start + len(value["name"]))  # Bertha Moll Inc: the name ends before Inc
        yield Find(start, end, "person", value, inside=around)
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
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], Say, bool], ...]:
    return {"ko": _korean, "zh": _chinese, "en": _english}[lang]()


def _row(lang: str) -> Any:
    return table("people")[lang]


@cache
def _words(lang: str, name: str) -> dict[str, str]:
    """Each word of a table of kin, roles or adults, by the English word it stands for."""
    return {word: key for key, words in _row(lang)[name].items() for word in words}


def _starting(words: Any) -> str:
    """A look ahead at the first letters: cheaper than trying every word everywhere."""
    return "(?=[" + "".join(sorted({re.escape(w[0]) for w in words})) + "])"


# Korean -------------------------------------------------------------------------------------------


def _korean() -> tuple[tuple[re.Pattern[str], Say, bool], ...]:
    row = _row("ko")
    sure = "".join(s for s in row["surnames"] if s not in row["words_too"])
    any_surname, given = f"[{row['surnames']}]", f"[{row['given']}]"
    full = f"(?:{any_of(row['compound'])}{given}{{1,2}}|{any_surname}{given}{{2}})"
    short = f"(?:{any_of(row['compound'])}|{any_surname}){given}{{1,2}}"
    end = f"(?=들?(?:{any_of(row['particles'])})?(?:[^가-힣]|$))"
    before, after, address = (any_of(row[name]) for name in ("before", "after", "address"))
    left = "(?<![가-힣])"
    age = r" ?\((?:[가-힣]{1,3}[·, ] ?)?(?P<age>\d{1,3})(?:살|세)?(?:[·, ] ?[남여])?\)"
    named = [
        rf"{left}(?P<role>{before})(?:인|이던|이었던)? (?P<who>{full})(?:{age})?{end}",
        rf"{left}(?P<who>{full})(?:{age})?{_TITLE_GAP}(?P<role>{after}){end}",
        rf"{left}(?P<who>{short})(?:{age})?{_TITLE_GAP}(?:{any_of(row['plain'])}){end}",
        rf"{left}(?P<who>{full})(?:{age})?{_TITLE_GAP}(?:{address}){end}",
        rf"{left}(?P<who>{full}) (?:{any_of(row['spaced'])}){end}",
        rf"{left}(?P<who>{full}){age}",
    ]
    # A surname alone: 박씨, 김 부장, 김모(33)씨, 보위원 리 모.
    bare = [
        rf"{left}(?P<who>{any_surname})씨(?:네)?{end}",
        rf"(?<=\()(?P<who>{any_surname})가(?=\))",
        rf"{left}(?P<role>{before}) (?P<who>[{sure}])가{end}",
        rf"{left}(?P<who>[{sure}]) (?:씨|(?P<role>{after})){end}",
        rf"{left}(?P<who>[{sure}])(?P<role>부장|과장|국장|반장|소장|대장|지배인|지도원|비서|노인|영감|선생){end}",
        rf"{left}(?P<who>{any_surname}) ?모(?:(?:{age}) ?(?:씨|군|양)?| ?(?:씨|군|양){end})",
        rf"{left}(?P<role>{before}) (?P<who>{any_surname}) ?모{end}",
    ]
    kin, roles, adults = _words("ko", "kin"), _words("ko", "roles"), _words("ko", "adults")
    decade = r"(?P<age>[1-9]0)대(?: ?(?:초반|중반|후반))?|(?P<years>\d{1,3})(?:살|세)(?: ?(?:된|난|의))?"
    return (
        *((re.compile(p), _korean_name, False) for p in named),
        *((re.compile(p), _korean_bare, False) for p in bare),
        (
            re.compile(rf"{left}{_starting(kin)}(?P<who>{any_of(kin)})(?!라[는를가도로와만 ]){end}(?! ?\()"),
            _kin("ko"),
            False,
        ),
        (re.compile(rf"{left}{_starting(roles)}(?P<who>(?P<role>{any_of(roles)})){end}"), _role("ko"), False),
        (
            re.compile(rf"(?=\d)(?<!\d)(?P<who>(?:{decade}) ?(?P<adult>{any_of(adults)}))들?{end}"),
            _aged("ko"),
            True,
        ),
    )


def _korean_name(found: re.Match[str]) -> dict[str, Any] | None:
    name = found["who"]
    if (
        name in _not_names("ko")
        or name[:-1] in _not_names("ko")
        or (len(name) == 2 and name[1] == "모")
        or name[-1] in "씨님"
        or name[-2:] in ("동무", "동지", "선생")
    ):
        return None
    return _name("ko", found)


def _korean_bare(found: re.Match[str]) -> dict[str, Any] | None:
    return None if found[0] in _not_names("ko") else _name("ko", found)


@cache
def _not_names(lang: str) -> frozenset[str]:
    return frozenset(_row(lang)["not_names"])


def _name(lang: str, found: re.Match[str]) -> dict[str, Any]:
    """The name as written, with the role and the age beside it."""
    parts = found.groupdict()
    value: dict[str, Any] = {"name": " ".join(found["who"].split())}
    role = parts.get("role")
    if role:
        value["role"] = _words(lang, "roles").get(role, role)
    if parts.get("age"):
        value["age"] = int(parts["age"])
    return value


def _kin(lang: str) -> Say:
    return lambda found: {"kin": _words(lang, "kin")[_key(lang, found["who"])]}


LONGEST_OWNER = 24


@cache
def _owners() -> dict[str, re.Pattern[str]]:
    """Whose relative it is: what stands right before the word of kin."""
    ko, zh, en = (any_of(_words(lang, "roles")) for lang in ("ko", "zh", "en"))
    return {
        "ko": re.compile(
            rf"(?<![가-힣])(?P<of>{ko}|[가-힣]{{1,3}}(?:원|장)|그|그녀|그 사람|사망자|피해자)의 $"
        ),
        "zh": re.compile(rf"(?P<of>{zh}|[他她我你]|邻居|鄰居|朋友|军人|軍人)的?$"),
        "en": re.compile(rf"(?<![A-Za-z])(?:(?i:the|an?) )?(?P<of>(?i:{en})|[A-Za-z]{{3,15}})['’]s $"),
    }


def _role(lang: str) -> Say:
    return lambda found: {"role": _words(lang, "roles")[_key(lang, found["role"])]}


def _aged(lang: str) -> Say:
    def say(found: re.Match[str]) -> dict[str, Any]:
        parts = found.groupdict()
        tens = lookup("en", "nineties")[parts["tens"]] if parts.get("tens") else None
        value = _age(str(tens) if tens else parts.get("age"), parts.get("years"))
        adult = parts.get("adult")
        who = _words(lang, "adults")[_key(lang, adult)] if adult else "person"
        return value | ({"sex": {"woman": "female", "man": "male"}[who]} if who in ("woman", "man") else {})

    return say


def _age(decade: str | None, years: str | None) -> dict[str, Any]:
    """30대 is 30 to 39, 45살 is 45."""
    if decade is None:
        return {"age": int(years or 0)}
    low = int(decade) if decade.isdigit() else "一二三四五六七八九".index(decade) * 10 + 10
    return {"age": low, "age_high": low + 9}


def _key(lang: str, said: str) -> str:
    return " ".join(said.lower().split()) if lang == "en" else said


# Chinese ------------------------------------------------------------------------------------------


def _chinese() -> tuple[tuple[re.Pattern[str], Say, bool], ...]:
    row = _row("zh")
    surname, compound = f"[{row['surnames']}]", any_of(row["compound"])
    sure = "[" + "".join(s for s in row["surnames"] if s not in row["words_too"]) + "]"
    follow = f"(?=[{row['follow']}]|$)"
    before, after = any_of(row["before"]), any_of(row["after"])
    kin, roles, adults = _words("zh", "kin"), _words("zh", "roles"), _words("zh", "adults")
    day, clan = f"(?=[{row['day_follow']}])", any_of(row["family"])
    age = r"(?:(?P<age>[一二三四五六七八九])十(?:多|几|來|来)岁|(?P<decade>[1-9]0)(?:多|几|来)岁|(?P<years>\d{1,3})[岁歲])"
    return (
        (
            re.compile(rf"(?P<role>{before})(?P<who>(?:{compound}|{surname})[一-鿿]{{1,2}}?){follow}"),
            _chinese_name,
            False,
        ),
        (
            re.compile(rf"(?P<who>(?:{compound}|{sure})[一-鿿]{{0,2}}?)(?P<role>{after})(?!们)"),
            _chinese_titled,
            False,
        ),
        (
            re.compile(rf"{_starting(kin)}{any_of(kin)}(?P<who>{sure}[一-鿿]{{1,2}}?){follow}"),
            _chinese_name,
            False,
        ),
        (re.compile(rf"(?P<who>[老小]{surname}){follow}"), _chinese_name, False),
        (re.compile(rf"(?P<who>[老小]{sure}){day}"), _chinese_name, False),
        (re.compile(rf"(?<![{row['not_family_before']}])(?P<who>{sure})(?=家{clan})"), _chinese_name, False),
        (re.compile(rf"(?<=姓)(?P<who>{surname})(?=的|男|女)"), _chinese_name, False),
        (re.compile(rf"{_starting(kin)}(?P<who>{any_of(kin)})"), _kin("zh"), False),
        (re.compile(rf"{_starting(roles)}(?P<who>(?P<role>{any_of(roles)}))"), _role("zh"), False),
        (
            re.compile(rf"(?=[一二三四五六七八九\d])(?P<who>{age}(?:左右)?的?(?P<adult>{any_of(adults)}))"),
            _chinese_aged,
            True,
        ),
    )


def _chinese_name(found: re.Match[str]) -> dict[str, Any] | None:
    return None if found["who"] in _not_names("zh") else _name("zh", found)


def _chinese_titled(found: re.Match[str]) -> dict[str, Any] | None:
    """王科长; a courtesy (先生) is no role."""
    name = found["who"]
    if name in _not_names("zh") or any(c in "的了在和是到把被向说了这那个名两" for c in name[1:]):
        return None
    value = _name("zh", found)
    if found["role"] in _row("zh")["plain"]:
        value.pop("role", None)
    return value


def _chinese_aged(found: re.Match[str]) -> dict[str, Any]:
    low = _age(found["age"] or found["decade"], found["years"])
    who = _words("zh", "adults")[found["adult"]]
    return low | ({"sex": {"woman": "female", "man": "male"}[who]} if who in ("woman", "man") else {})


# English ------------------------------------------------------------------------------------------

# One syllable of Romanised Korean or of pinyin.
_SYLLABLE = (
    r"(?:ch'?|kk|tt|pp|ss|jj|zh|sh|[bcdfghjklmnpqrstwxyz])?(?:y|w|i|u)?(?:ae|eo|eu|oe|ui|ai|ei|ao|ou|ia|ie|ua|uo|ue|oo|ee|[aeiou])"
    r"(?:ng|[kngmlptbr])?"
)


def _english() -> tuple[tuple[re.Pattern[str], Say, bool], ...]:
    row = _row("en")
    first = r"[A-Z](?=[a-z])"
    syllable = rf"(?=[A-Z]){_cased(_SYLLABLE)}(?![a-z'])"
    hyphened = rf"{first}[a-z]{{1,5}}-[A-Za-z][a-z]{{0,5}}(?![a-z])"
    surname = any_of(row["surnames"])
    sure = any_of([s for s in row["surnames"] if s not in row["words_too"]])
    two = rf"(?:{hyphened}|{syllable}(?: {syllable})?|(?=[A-Z]){_cased(_SYLLABLE)}{_SYLLABLE}(?![a-z'-]))"
    edge, end = "(?<![A-Za-z'-])", "(?![A-Za-z])"
    age = r"(?:, (?:aged? )?(?P<age>\d{1,3})(?=[,.;)]|$)|,? aged (?P<aged>\d{1,3})(?!\d)|,? \((?P<in>\d{1,3})\))?"
    title = any_of(row["before"])
    capital = r"[A-ZÀ-Þ][a-zà-ɏ]{1,15}(?:-[A-Za-z][a-z]{1,10})?(?![a-zà-ɏ])"
    kin, roles, adults = _words("en", "kin"), _words("en", "roles"), _words("en", "adults")
    own = rf"(?:{any_of(row['owners'])}) (?:[a-z]{{2,8}} )??"
    the, bare, called = any_of(row["with_the"]), any_of(row["bare_kin"]), any_of(row["called"])
    many = r"(?P<years>\d{1,3})[- ]years?[- ]old"
    part, tens = "(?:(?:early|mid|late)[- ])?", any_of(lookup("en", "nineties"))
    return (
        (
            re.compile(
                rf"{edge}(?:{any_of(row['courtesy'])})\.? (?P<who>{capital}(?: {capital}){{0,2}}){age}"
            ),
            _english_name,
            False,
        ),
        (
            re.compile(rf"{edge}(?P<role>{title})\.? (?P<who>{capital}(?: {capital}){{0,2}}){age}"),
            _english_name,
            False,
        ),
        (re.compile(rf"{edge}(?P<who>(?:{sure}) {two}){end}{age}"), _english_name, False),
        (re.compile(rf"{edge}(?P<who>(?:{surname}) {hyphened}){end}{age}"), _english_name, False),
        (re.compile(rf"{edge}(?P<who>{hyphened} (?:{surname})){end}{age}"), _english_name, False),
        (re.compile(rf"(?<=['’]s )(?P<who>(?i:{any_of(kin)})){end}"), _kin("en"), False),
        (re.compile(rf"(?<![A-Za-z])(?i:{own})(?P<who>(?i:{any_of(kin)})){end}"), _kin("en"), False),
        (re.compile(rf"(?<![A-Za-z])(?i:the) (?P<who>{the}){end}(?! [A-Z])"), _kin("en"), False),
        (re.compile(rf"(?<![A-Za-z'’-])(?P<who>(?i:{bare})){end}"), _kin("en"), False),
        (
            re.compile(rf"(?<![A-Za-z])(?:{called}) (?P<who>{capital}(?: {capital}){{0,2}}){age}"),
            _english_name,
            False,
        ),
        (
            re.compile(
                rf"(?<![A-Za-z])(?i:the) (?P<who>{surname})(?= (?:family|household|brothers|sisters)(?![A-Za-z]))"
            ),
            _english_clan,
            False,
        ),
        (
            re.compile(
                rf"(?<![A-Za-z-])(?P<who>(?i:(?P<role>{any_of(roles)})))s?{end}(?!'s (?:{any_of(kin)}))"
            ),
            _role("en"),
            False,
        ),
        (re.compile(rf"(?<![A-Za-z])(?P<who>{many} (?P<adult>{any_of(adults)})){end}"), _aged("en"), True),
        (
            re.compile(
                rf"(?<![A-Za-z])(?P<who>(?P<adult>{any_of(adults)}),? (?:aged|age) (?P<years>\d{{1,3}}))(?!\d)"
            ),
            _aged("en"),
            False,
        ),
        (
            re.compile(
                rf"(?<![A-Za-z])(?P<who>(?P<adult>{any_of(adults)}) in (?:his|her|their) {part}(?:(?P<age>[1-9]0)s|(?P<tens>{tens})))(?!\w)"
            ),
            _aged("en"),
            False,
        ),
    )


def _cased(pattern: str) -> str:
    """The pattern with its first letter large or small."""
    return f"(?i:{pattern})"


def _english_clan(found: re.Match[str]) -> dict[str, Any]:
    """The Choe family: the surname, without anybody's age or title."""
    return {"name": found["who"]}


def _english_name(found: re.Match[str]) -> dict[str, Any] | None:
    words = found["who"].split(" ")
    other = (n for n, word in enumerate(words) if not _not_names("en").isdisjoint(word.split("-")))
    words = words[: next(other, len(words))]
    if not words or (len(words) == 1 and " " in found["who"] and found.start() == found.start("who")):
        return None  # Kim Security: a surname alone needs its title
    value = _name("en", found) | {"name": " ".join(words)}
    if said := found["age"] or found["aged"] or found["in"]:
        value["age"] = int(said)
    return value
