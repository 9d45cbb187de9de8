"""Numbers, dates, sums, addresses and identifiers in English text, by their shape; roles and kin by table.

Belongs here: patterns that need no meaning. Does not belong here: names (capitals), values (reading).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nightdesk.disclosure.capitals import UPPER, words_of
from nightdesk.disclosure.model import FindingClass
from nightdesk.disclosure.words import table

# A name in its own letters in an English text: Hebrew, Arabic, Indian, Thai, Georgian, Armenian, Chinese, Japanese, Korean.
OTHER_SCRIPTS = (
    r"[\u0531-\u058f\u05d0-\u06ff\u0900-\u0eff\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
    r"(?:[ ·・]?[\u0531-\u058f\u05b0-\u06ff\u0900-\u0eff\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])*"
)


def any_of(*names: str, file: str = "spans", either_case: bool = False) -> str:
    """An alternation of word sets of data/<file>.toml, longest first; with a capital or without where that is asked.

    By their first letters: at most places no word begins, and a few looks tell instead of one a word.
    """
    words = frozenset().union(*(words_of(name, file) for name in names))
    begun: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        first = word[0].lower() if either_case else word[0]
        begun.setdefault(first, []).append(re.escape(word[1:]).replace(r"\-", "[- ]"))
    return "|".join(f"{written_as(first, either_case)}(?:{'|'.join(rest)})" for first, rest in begun.items())


def written_as(first: str, either_case: bool) -> str:
    """A first letter in a pattern. A set for both cases: `re` looks at one at once, and at (?i:) letter by letter."""
    other = first.upper()
    return f"[{first}{other}]" if either_case and first != other else re.escape(first)


@cache
def patterns() -> tuple[tuple[re.Pattern[str], FindingClass], ...]:
    """Every pattern, the ones that take more first: what one takes, the next no longer sees."""
    return tuple((re.compile(one), class_) for one, class_ in written())


def written() -> Iterator[tuple[str, FindingClass]]:
    """The patterns as text."""
    months, days = any_of("months"), any_of("days")
    numbers, any_number = any_of("number_words"), any_of("number_words", either_case=True)
    count = rf"(?:\d[\d.,’' ]{{0,24}}\d|\d|\b(?:{any_number})(?:[- ](?:and )?(?:{numbers})){{0,6}})"
    many = rf"(?:{count}(?:[- ](?:hundred|thousand|million|billion|mn|bn|m|k))?)"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    clock = r"\d{1,2}(?:[.:]\d{2}){1,2}(?: ?(?:[ap]\.?m\b\.?|hours|hrs))?|\d{1,2} ?[ap]\.?m\b\.?|\d{1,2} o['’]clock"
    cap = rf"[{UPPER}][\w'’.-]{{0,40}}"
    yield r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", "small group"
    yield (
        r"(?:https?://|www\.)[^\s<>\"”]*[^\s<>\"”.,;:)]|\b(?:[\w-]{1,63}\.){1,6}(?:com|org|net|edu|gov|info|biz|io|example|co\.uk)\b(?:/\S*\w)?",
        "small group",
    )
    yield r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", "small group"
    yield OTHER_SCRIPTS, "small group"
    yield r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}\b", "small group"
    # dates
    yield (
        rf"\b{day}(?:(?:,| and| to| or|[-–]) ?{day}){{0,6}}(?: of)? (?:{months})\b\.?(?:,? \d{{4}}\b)?",
        "exact date",
    )
    yield rf"\b(?:{months})\.? {day}(?:(?:,| and| to|[-–]) ?{day}){{0,6}}\b(?:,? \d{{4}}\b)?", "exact date"
    yield (
        rf"\b(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[- ])?(?:{months})(?:(?: and| to|[-–/]) ?(?:{months}))?,? (?:of )?\d{{4}}\b",
        "exact date",
    )
    yield (
        r"\b\d{4}-\d{2}-\d{2}(?:T[\d:]+Z?)?\b|(?<![\w/-])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b(?![/-]\d)",
        "exact date",
    )
    # identifiers of three parts or more: 871-A/96, 20/12-3-IP-871, Φ.420/79/81983/Σ.2417
    yield (
        rf"(?<![\w/.§-])(?:[{UPPER}]\.)?\d{{1,6}}(?:[-/](?=\w)(?:[{UPPER}]{{1,4}}\.?)?\d{{0,6}}[{UPPER}]{{0,3}}){{2,5}}(?![\w%])",
        "small group",
    )
    yield from numbered_houses()
    # identifiers that a word announces
    yield from case_numbers()
    yield (
        r"[A-Z0-9](?:(?<=[Nn]o\. .)|(?<=[Nn]os\. .)|(?<=[Nn]o\..)|(?<=number .)|(?<=numbers .)|(?<=MRN .)|(?<=ID .)|(?<=account .)|(?<=licence .)|(?<=license .)|(?<=plate .)|(?<=passport .)|(?<=#.))(?!\d{0,2} (?:to|of) the)[\w/.:–-]*(?:(?: (?:and|to|or) |, | )[A-Z]{0,4}\d[\w/.:–-]*|(?: [A-Z]{1,5}\b)(?= ?\d|[.,;])){0,40}(?<![.:])",
        "small group",
    )
    yield r"\b(?:no|nos|No|Nos)\.? [A-Z]{1,4}[ -]?[A-Z]?[ -]?\d[\w/-]*", "small group"
    yield (
        r"\b\d{2,7}/\d{2,4}(?:/\d+)*\b|\b[A-Z]{1,4}[-‑][A-Z0-9]*[-‑]?\d[\w/-]*|\b[A-Z]{2}\d{2} ?[A-Z]{3}\b|\b\d{1,2} [A-Z]{1,3} \d{2,4}\b|\b[A-Z]{3,}[ ]\d{5,}(?: [A-Z]\w+)?|\b[A-Z]{1,3}\d{5,}[A-Z]?\b(?:/\d+)?|\b[A-Z]{2} \d{3,4}\b(?:[- ]\d{2,4}\b)?",
        "small group",
    )
    yield (
        r"\d(?<!\w.)\d{2}-\d{2}-\d{4}\b|[+(\d](?<![\w-].)[(\d]?\d{0,4}\)?(?:[ .x/-]{1,2}\(?\d{2,5}\)?){2,5}(?:x\d+)?(?![\w-])|\d(?<!\w.)\d\d[- .]\d{4}\b|\+\d[\d ]{6,24}\d|\d(?<!\w.)\d{6,18}\b|\d(?<!\w.)\d{2}\)[ -]?\d{3}[- ]\d{4}",
        "small group",
    )
    yield r"(?<=ZIP: )\d+|(?<=ZIP )\d+|\b\d{2}(?:-\d{2}){3,6}\b|\(\d{2,4}\) ?\d{3}[- ]\d{3,4}", "small group"
    # sums
    money = rf"(?:{any_of('codes')}|US\$|(?:Rs|K?[Ss]hs?|Ksh|Tshs?|Ushs?|Frs?|Bs|Lm|Kč|Ft|zł|Nu|Afs|Tk|Dh|DM|Lit)\.?|[A-Z]{{0,2}}[$€£¥₩₽₺₹₴])"
    yield (
        rf"(?<!\w){money} ?\d[\d.,’' ]{{0,24}}(?:\b|(?<=\d))(?:[- ](?:hundred|thousand|million|billion|mn|bn)|[mkMK]n?\b|/[-=])?(?: (?:{any_of('currencies')})\b)?",
        "exact sum",
    )
    yield (
        rf"(?<![\w.,]){many} ?(?:[A-Z][a-z]+ )?(?:{any_of('currencies')}|{any_of('codes')}|[€£$₽])(?!\w)(?: ?\((?:{any_of('codes')})\))?",
        "exact sum",
    )
    # ages
    yield r"\b\d{1,3}(?= y/?o\b)|(?<=turned )\d{1,3}\b|(?<=turn )\d{1,3}\b|\(\d{1,2}\)", "age"
    yield (
        rf"\b(?:\d{{1,3}}|{numbers})(?:-|[ ])(?:year|month|week|day)s?(?:-|[ ])olds?\b|(?<=aged )(?:\d{{1,3}}|{numbers})\b|(?<=age of )\d{{1,3}}\b|\b\d{{1,3}} years of age\b|(?<=\D, )\d{{1,3}}(?=,(?!\d)|\.(?!\d)| and\b)|\b(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
        "age",
    )
    yield (
        r"\b(?:(?:eld|young|old)est|only|one|last|first|second|third|fourth|fifth|sixth|seventh) of (?:\w+ )?(?:children|sons|daughters|brothers|sisters|siblings)\b",
        "kinship",
    )
    small = any_of("smaller_numbers", file="heads")
    yield (
        rf"(?<=was )(?:{small})(?=[.,;]| when| at| and)|(?<=at )(?:{small})(?=[.,;])|\b(?:early|mid|late)[- ](?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
        "age",
    )
    yield from told()
    # times of day, days of the week and the year
    yield (
        rf"(?<![\w.:§])(?:{clock})(?!\w| ?(?:per cent|percent|%|°|km|kg|cm|mm|m|g|ml|ha|metres|kilometres|litres|tonnes|hectares|miles)\b)",
        "exact date",
    )
    yield (
        rf"\b(?:(?:last|next|this|early|late|on the night of) )?(?:{days})(?: (?:morning|afternoon|evening|night))?\b",
        "exact date",
    )
    yield (
        r"\b(?:(?:the )?(?:[Ee]arly|[Mm]id|[Ll]ate|[Tt]he (?:end|beginning|start) of)[- ])?(?:(?:the )?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?: of)? )?(?:1[5-9]|20)\d\d(?:s\b|(?:(?: to |[-–/])(?:1[5-9]|20)?\d\d)?\b)(?![\d,]*(?: ?%))",
        "exact date",
    )
    yield (
        rf"\b[Tt]he (?:{months}) [a-z]+\b|(?<=[Ii]n )(?:(?:early|mid|late|the)[- ])*(?:{months})\b|(?<=[BbUSs]y )(?:{months})\b|(?<=[Ss]ince )(?:{months})\b|(?<=until )(?:{months})\b|\b(?:early|mid|late|last|next|this)[- ](?:{months})\b",
        "exact date",
    )
    yield (
        r"\b(?:(?:[Ll]ast|[Tt]his|[Nn]ext) (?:week|month|year|spring|summer|autumn|winter|night)|[Yy]esterday|[Tt]he (?:next|previous|same|following) (?:day|week|morning|evening)|Christmas(?: Day| Eve)?|Boxing Day|Good Friday|Whit Sunday|Eid(?: al-\w+)?|Ramadan|Passover|Diwali|Easter(?: Sunday| Monday)?|Ash Wednesday|New Year's (?:Eve|Day))\b",
        "exact date",
    )
    yield (
        r"\b(?:the )?(?:(?:following|previous|same|next|early|late) )?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|dawn|dusk|sunrise|sunset|daybreak|nightfall|noon|midnight|midday|lunchtime)\b(?: prayers?\b)?"
        r"|\b(?:the )?[\w-]{2,20} anniversary\b(?: of (?:the |an? |his |her |their )?\w+)?",
        "exact date",
    )
    # addresses
    yield (
        rf"\b(?:{any_of('numbered')}|no\.) \d+[A-Za-z]?, \d+[A-Za-z]? {cap}(?: {cap}){{0,3}}(?:, {cap})?(?: [A-Z]{{1,2}}\d[\w]? \d[A-Z]{{2}})?",
        "place too fine",
    )
    yield (
        rf"(?<![\w§.-])\d{{1,5}}[A-Za-z]?(?:[-/]\d+)? (?:{cap} (?:(?:cel|de|del|di|do|da|dos|du|la|le|von|van|der|al) )?){{1,4}}(?:{any_of('places')}|St|Rd|Ave|Blvd|Ln|Dr|Pl)\b\.?(?:,? (?:Apt|Suite|Flat)\.? ?\w+)?",
        "place too fine",
    )
    yield (
        rf"(?<![\w§.-])\d{{1,5}}[A-Za-z]?(?: \d{{1,4}})? {cap}(?: {cap}){{0,3}}(?: \d{{1,4}}[A-Za-z]?\b)?(?:[,\s]+(?:Apt|Suite|Flat)\.? ?\d\w*)?(?=\s*[,\n])",
        "place too fine",
    )
    yield from streets()
    yield r"\b(?:Apt|Suite|P\.?O\.? ?Box|Postbox)\.? ?\d+", "place too fine"
    yield rf"\b{cap}(?: {cap}){{1,3}} \d{{1,4}}[A-Za-z]?(?:, \d+º ?[A-Z])?(?![\w/.-])", "place too fine"
    yield (
        r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\b\d{5}(?:-\d{4})?\b",
        "place too fine",
    )
    # quantities
    unit = rf"(?:sq\.? ?m\b|sq\. (?:metres|km)|square (?:metres|kilometres|meters|feet)|(?:(?:flying|working|consecutive|calendar|full|whole|further|more|additional|successive|clear) )?(?:{any_of('measures')})\b|%|per ?cent\b|°[CF]?)['’]?"
    yield (
        rf"(?<![\w.,§/-])(?:\b[Aa]n? (?=week|month|day|year|hour|decade|term|season)|(?:{count} (?:to|or) )?{many} ?-?){unit}(?: and {many} {unit})?(?: (?:per|an?) [a-z]+)?(?: (?:later|earlier|before|ago)\b)?",
        "exact sum",
    )


def numbered_houses() -> Iterator[tuple[str, FindingClass]]:
    """Addresses that begin with "No.", of which a case number would take the first part: "No. 17/2, 4th Cross"."""
    cap = rf"[{UPPER}][\w'’.-]{{0,40}}"
    named = rf"{cap}(?: {cap}){{0,3}}"
    yield (
        rf"\b[Nn]o\.? ?\d+[A-Za-z]?(?:[/-]\w{{1,5}}){{0,3}}, (?:\d{{1,2}}(?:st|nd|rd|th) [A-Z][a-z]+|{cap}(?: {cap}){{0,2}} (?:{any_of('places')}))(?:, {named}){{0,3}}",
        "place too fine",
    )


def case_numbers() -> Iterator[tuple[str, FindingClass]]:
    """Numbers of cases and files as courts and the police write them; a letter that stands for a person."""
    yield (
        r"\[(?:19|20)\d\d\] (?:\d+ )?[A-Z][A-Za-z]{1,6}(?: [A-Z][A-Za-z]{1,6})? \d+(?: \([A-Z][a-z]+\))?"
        r"|\bECLI:[\w:.]+\w|\b[A-Z]?\d{1,6} of (?:19|20)\d\d\b"
        r"|\b\d[A-Z\d]{0,7}(?:[-/:][A-Za-z0-9]{1,8}){1,5}[-/:]\d{2,}(?:-[A-Z]{1,4}){0,3}\b"
        r"|\b\d[\d/]{0,12}, [Ss]heet/[Pp]lan [\w/]*\w|\b[XVI]{2,}/\d+"
        r"|\b[A-Z]{1,6}\d{0,6}(?:[/.-][A-Z0-9]{1,8}){0,5}[/.-]\d[\w/.-]*\w|\b[A-Z]{1,4}\d{3,}[A-Z0-9]*\b(?:/\d{1,3}\b)?|\b\d{2,}[A-Z]{1,4}\d*\b|\b[PDC]\.W\. ?\d{1,3}\b",
        "small group",
    )
    yield (
        rf"\b(?:{any_of('lettered', file='heads', either_case=True)}) (?:[A-Z]{{1,3}}\d?|(?:[Nn]o\. ?)?\d{{1,3}})\b(?![\w.,/’'-]\w| [a-z]+s\b)",
        "small group",
    )
    yield (
        r"(?<=known as )[a-z]\w+(?: [a-z]\w+)?|\b(?:nicknamed|alias|codenamed|code-named|a\.k\.a\.|aka) \w+(?: \w+)?",
        "small group",
    )


def told() -> Iterator[tuple[str, FindingClass]]:
    """What a verb tells of somebody: a living, a wound; an hour in words, a share."""
    works = "|".join(map(re.escape, table("heads")["works"]))
    stops = any_of("stops", file="heads")
    phrase = rf"(?: (?:the|an?|his|her|their|for|at|in))*(?: (?!(?:{stops})\b)[a-z][a-z-]+){{1,3}}"
    yield rf"\b(?:{works}){phrase}", "occupation"
    hit, lost, parts, harmed = (
        any_of(f"wounds_{row}", file="heads") for row in ("hit", "lost", "parts", "harmed")
    )
    yield (
        rf"\b(?:{hit}) (?:in|on|to|above|across|behind|through|over) (?:the|his|her|their|both|one|each)(?: (?:left|right|upper|lower|back of the))? [a-z]+"
        rf"|\b(?:{lost})(?: of)? (?:the )?(?:(?:an?|one|two|three|four|his|her|both|sight|most|of|in|left|right) ){{0,4}}(?:{parts})\b"
        rf"|\b(?:{harmed}) (?:himself|herself|themselves)\b",
        "small group",
    )
    small = any_of("smaller_numbers", "larger_numbers", file="heads")
    yield (
        rf"\b(?:[Hh]alf|(?:[Aa] )?[Qq]uarter|{small}) (?:past|to) (?:{small}|noon|midnight)\b(?! (?:years?|months?|weeks?|days?|hours?|minutes?)\b)"
        r"|\b(?:the )?(?:early|small) hours(?: of(?: the)?(?: (?:morning|night))?)?\b|\b(?:the )?(?:end|beginning|middle|start|eve|turn|night|morning|evening|afternoon|better part|first half|second half) of (?:the|that|this|last|an?|their|his|her) [a-z]+"
        r"|\b(?:[Tt]hat|[Tt]he|[Oo]ne|[Ee]arly|[Ll]ate|[Ee]very|[Nn]ext|[Tt]his) (?:(?:same|next|following|previous|very|early|late) )?(?:day|morning|afternoon|evening|night|weekend|fortnight|lunchtime)\b|\b(?:[Aa] few|[Aa] couple of|[Ss]ome|[Mm]any|[Hh]alf an?) (?:minutes?|hours?|days?|weeks?|months?|years?|decades?|century)\b(?: (?:later|earlier|ago|before))?|\b[Aa] fortnight\b|\bovernight\b",
        "exact date",
    )
    yield (
        r"\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]even|[Nn]ine|[Aa])[ -](?:thirds?|quarters?|fifths?|sixths?|eighths?|tenths?|half|halves)\b|\b(?:one|two|three|four|five|nine|seven) (?:in|out of) (?:every )?(?:\d+|[a-z]+)\b|\b[a-z]{3,6}fold\b|\b[Hh]alf (?:of )?(?:the|his|her|its|their) [a-z]+",
        "exact sum",
    )


def streets() -> Iterator[tuple[str, FindingClass]]:
    """Addresses abroad: the number before or behind the street, and rooms by their number."""
    cap = rf"[{UPPER}][\w'’.-]{{0,40}}"
    before, behind = any_of("streets_before", file="heads"), any_of("streets_behind", file="heads")
    yield (
        rf"(?:\b[Nn]o\. ?\d+[A-Za-z]?,? |\b\d+[A-Za-z]?(?:bis)?,? )?(?<![\w.])(?:{before}) (?:(?:de|du|des|la|le|del|della|do|da|dos|di|van|lui) ?){{0,2}}{cap}(?: {cap}){{0,3}}"
        rf"(?:,? (?:[Nn]o\. ?|n\. ?|nr\.? ?)?\d+[A-Za-z]?(?:/\d+[A-Za-z]?)?\b(?:, \d{{1,2}}[ºª°](?: ?(?:izq|dcha|izda|dta|esq|dto)\b\.?)?)?)?|\b{cap}(?: {cap})? (?:{behind}) \d+[A-Za-z]?\b|\b[Nn]o\. ?\d+[A-Za-z]? {cap}(?: {cap})+",
        "place too fine",
    )


def figures(text: str) -> tuple[str, list[tuple[int, int, FindingClass]]]:
    """(the text with what was found blanked by NUL, the findings)."""
    found: list[tuple[int, int, FindingClass]] = []
    for pattern, class_ in patterns():
        here = [match.span() for match in pattern.finditer(text) if match.end() > match.start()]
        for start, end in here:
            end = start + len(text[start:end].rstrip(" ,"))
            found.append((start, end, class_))
        text = blanked(text, here)
    return text, found


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans as NUL characters, as long as before."""
    if not spans:
        return text
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], "\0" * (end - start)]
        at = end
    return "".join([*parts, text[at:]])
