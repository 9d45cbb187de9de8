"""People in English: names behind a title or with a Korean or Chinese surname, kin, roles and ages.

Belongs here: what makes words a person in English; the words themselves stand in data/people.toml. Does not
belong here: what the words found are worth (person.py), and who somebody is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nightdesk.reading import person
from nightdesk.reading.forms import Form, Worded, firsts
from nightdesk.reading.tables import lookup
from nightdesk.reading.tally import any_of

# "An" that opens a sentence, before a ward or village of two syllables or more: An Gil-dong is somebody.
_A_WARD = re.compile(r"An [^aeiou\W]*[aeiou]+[^aeiou\W]+[aeiou]+[a-z]*-(?:dong|ri|gu|up)", re.IGNORECASE)
_OPENING = tuple('.!?:;“”"')
THE = frozenset({"the"})
CALLED = frozenset({"named", "surnamed", "name"})
CLAN = frozenset({"family", "household", "brothers", "sisters"})
# One syllable of Romanised Korean or of pinyin.
SYLLABLE = (
    r"(?:ch'?|kk|tt|pp|ss|jj|zh|sh|[bcdfghjklmnpqrstwxyz])?(?:y|w|i|u)?(?:ae|eo|eu|oe|ui|ai|ei|ao|ou|ia|ie|ua|uo|ue|oo|ee|[aeiou])"
    r"(?:ng|[kngmlptbr])?"
)


@cache
def english() -> Worded:
    """Every form of English."""
    return Worded(_forms())


def _forms() -> tuple[Form, ...]:
    row = person.row("en")
    first = r"[A-Z](?=[a-z])"
    # Ch'oe goes on behind its apostrophe, Chol Su's does not.
    syllable = rf"(?=[A-Z]){_cased(SYLLABLE)}(?![a-z]|'(?!s\b))"
    hyphened = rf"{first}[a-z]{{1,5}}(?:'[a-z]{{1,4}})?-[A-Za-z](?:h')?[a-z]{{0,5}}(?![a-z])"
    surname = any_of(row["surnames"])
    sure = any_of([s for s in row["surnames"] if s not in row["words_too"]])
    two = rf"(?:{hyphened}|{syllable}(?: {syllable})?|(?=[A-Z]){_cased(SYLLABLE)}{SYLLABLE}(?![a-z'-]))"
    edge, end = "(?<![A-Za-z'-])", "(?![A-Za-z])"
    age = r"(?:, (?:aged? )?(?P<age>\d{1,3})(?=[,.;)]|$)|,? aged (?P<aged>\d{1,3})(?!\d)|,? \((?P<in>\d{1,3})\))?"
    title = any_of(row["before"])
    capital = r"[A-ZÀ-Þ][a-zà-ɏ]{1,15}(?:-[A-Za-z][a-z]{1,10})?(?![a-zà-ɏ])"
    kin, roles, adults = person.words("en", "kin"), person.words("en", "roles"), person.words("en", "adults")
    own = rf"(?:{any_of(row['owners'])}) (?:[a-z]{{2,8}} )??"
    the, bare, called = any_of(row["with_the"]), any_of(row["bare_kin"]), any_of(row["called"])
    many = r"(?P<years>\d{1,3})[- ]years?[- ]old"
    part, tens = "(?:(?:early|mid|late)[- ])?", any_of(lookup("en", "nineties"))
    return (
        Form(
            rf"{edge}(?:{any_of(row['courtesy'])})\.? (?P<who>{capital}(?: {capital}){{0,2}}){age}",
            _named,
            begins=firsts(row["courtesy"]),
        ),
        Form(
            rf"{edge}(?P<role>{title})\.? (?P<who>{capital}(?: {capital}){{0,2}}){age}",
            _named,
            begins=firsts(row["before"]),
        ),
        Form(rf"{edge}(?P<who>(?:{sure}) {two}){end}{age}", _named, begins=firsts(row["surnames"])),
        Form(rf"{edge}(?P<who>(?:{surname}) {hyphened}){end}{age}", _named, begins=firsts(row["surnames"])),
        Form(rf"{edge}(?P<who>{hyphened} (?:{surname})){end}{age}", _named, needs=firsts(row["surnames"])),
        Form(rf"(?<=['’]s )(?P<who>(?i:{any_of(kin)})){end}", person.kin("en"), begins=firsts(kin)),
        Form(
            rf"(?<![A-Za-z])(?i:{own})(?P<who>(?i:{any_of(kin)})){end}",
            person.kin("en"),
            begins=firsts(row["owners"]),
            needs=firsts(kin),
        ),
        Form(
            rf"(?<![A-Za-z])(?i:the) (?P<who>{the}){end}(?! [A-Z])",
            person.kin("en"),
            begins=THE,
            needs=firsts(row["with_the"]),
        ),
        Form(rf"(?<![A-Za-z'’-])(?P<who>(?i:{bare})){end}", person.kin("en"), begins=firsts(row["bare_kin"])),
        Form(
            rf"(?<![A-Za-z])(?:{called}) (?P<who>{capital}(?: {capital}){{0,2}}){age}",
            _named,
            begins=firsts(row["called"]),
            needs=CALLED,
        ),
        Form(
            rf"(?<![A-Za-z])(?i:the) (?P<who>{surname})(?= (?:family|household|brothers|sisters)(?![A-Za-z]))",
            _clan,
            begins=THE,
            needs=CLAN,
        ),
        Form(
            rf"(?<![A-Za-z-])(?P<who>(?i:(?P<role>{any_of(roles)})))s?{end}(?!'s (?:{any_of(kin)}))",
            person.role("en"),
            begins=firsts(roles) | firsts(f"{one}s" for one in roles),
        ),
        Form(
            rf"(?<![A-Za-z])(?P<who>{many} (?P<adult>{any_of(adults)})){end}",
            person.aged("en"),
            around=True,
            needs=frozenset({"old"}),
        ),
        Form(
            rf"(?<![A-Za-z])(?P<who>(?P<adult>{any_of(adults)}),? (?:aged|age) (?P<years>\d{{1,3}}))(?!\d)",
            person.aged("en"),
            begins=firsts(adults),
            needs=frozenset({"aged", "age"}),
        ),
        Form(
            rf"(?<![A-Za-z])(?P<who>(?P<adult>{any_of(adults)}) in (?:his|her|their) {part}(?:(?P<age>[1-9]0)s|(?P<tens>{tens})))(?!\w)",
            person.aged("en"),
            begins=firsts(adults),
            needs=frozenset({"his", "her", "their"}),
        ),
    )


def _cased(pattern: str) -> str:
    """The pattern with its first letter large or small."""
    return f"(?i:{pattern})"


def _clan(found: re.Match[str]) -> dict[str, Any]:
    """The Choe family: the surname, without anybody's age or title."""
    return {"name": found["who"]}


def _named(found: re.Match[str]) -> dict[str, Any] | None:
    words = found["who"].split(" ")
    before = found.string[max(0, found.start() - 2) : found.start()].strip()
    if _A_WARD.fullmatch(found["who"]) and (not before or before.endswith(_OPENING)):
        return None  # An Okjon-dong woman said
    other = (n for n, word in enumerate(words) if not person.not_names("en").isdisjoint(word.split("-")))
    words = words[: next(other, len(words))]
    if not words or (len(words) == 1 and " " in found["who"] and found.start() == found.start("who")):
        return None  # Kim Security: a surname alone needs its title
    value = person.named("en", found) | {"name": " ".join(words)}
    if said := found["age"] or found["aged"] or found["in"]:
        value["age"] = int(said)
    return value
