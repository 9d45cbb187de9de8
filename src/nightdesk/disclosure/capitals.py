"""Names in English text by their capitals: people, places, organisations, whoever they are.

Belongs here: runs of capitals, sentence starts, and the same name said again. Does not belong here:
numbers, dates and sums (figures), and any list of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import category

from nightdesk.disclosure.model import FindingClass
from nightdesk.disclosure.words import table

# Letters of Latin, Greek and Cyrillic scripts; a word may hold apostrophes, hyphens, dots of initials.
UPPER = "A-Z∆" + "".join(
    chr(code)
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00))
    if category(chr(code)) == "Lu"
)
SHORT = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|St|Lt|Col|Gen|Maj|Sgt|Cpl|Capt|Rev|Fr|Wm|Hon|Messrs|Mt|Ft|Smt|Shri|Sri|Hj|Sr|Sra|Eng)\.|Sig\.r?a?|M/[sS]\.?)"
CAP = (
    rf"(?:\d{{1,3}}(?:st|nd|rd|th) )?{SHORT}(?= ?[{UPPER}])|(?:\d{{1,3}}(?:st|nd|rd|th) )?"
    rf"(?:(?:(?:al|el|d|l|de|ad|an|ar|ash|as|ul|ben|bat|bin|ibn|abu|aït|ait)[-'’]|['’]s-|(?:d[aeiu]|l[ae]|v[ao]n)(?=[{UPPER}])))?[ʿʾʻ]?[{UPPER}](?:(?:\.(?:-?[{UPPER}]\.)*)|\w*"
    # Accents that stand as signs of their own, as Yoruba writes them: Ìjẹ̀bú.
    rf"(?:[\u0300-\u036f]\w*)*(?:[-'’‘ʿʾʻ&/](?!s\b)\w+(?:[\u0300-\u036f]\w*)*)*)(?:['’]s?(?=\s+[{UPPER}]))?"
)
CAP = f"(?:{CAP})"
INSIDE: list[str] = table("spans")["inside"]
# By their first letters: at most places none of them stands, and one look tells.
SMALL = "|".join(
    f"{first}(?:{'|'.join(re.escape(word[1:]) for word in INSIDE if word[0] == first)})"
    for first in sorted({word[0] for word in INSIDE})
)
SMALL = rf"(?:{SMALL}|[sdwrSDWR]/o(?: late)?)"
RUN = re.compile(
    # Ljubo of Ljubomir “Ljubo” Đurđević stands between his names.
    rf"(?<![\w@]){CAP}(?:[ \n](?:{SMALL} |[“\"‘][\w'’-]{{1,16}}(?: [\w'’-]{{1,16}})?[”\"’] )?{CAP})*(?: (?:[Nn]o\. ?)?\d[\w/-]*(?: [{UPPER}])?\b)?"
    r"(?: (?:plc|ltd|llc|gmbh|shpk|oü|a\.s\.|s\.r\.o\.|d\.o\.o\.)(?!\w))?"
)
WORD = re.compile(r"[^\s,]+")
ROMAN = re.compile(r"[IVX]+")
NOT_NAMES = re.compile(r".{5,}(?:ing|ly|tion|tions|ment|ments|ness|ous|ists|ers|ors|ives|ents|ants|ies)$")
ENDED = re.compile(r"(?:^|[.!?:;…][\"'”’)\]»]*|\n|[-–—•*]|[“\"«(]|^\W*\d+\.)\s*$")
ABBREVIATION = re.compile(
    rf"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|nos?|v|vs|Lt|Col|Gen|Sgt|Capt|Rev|Jr|Sr|Art|art|p|pp|cf|e\.g|i\.e|Inc|Ltd)|\b[{UPPER}])\.\s*$"
)
SAYS = re.compile(
    r" (?:said|says|told|was|is|had|has|who|did|denied|died|claimed|replied|refused|lived|worked|and)\b|, (?:who|an?)\b|['’]s\b"
)
AT = re.compile(r"\b(?:in|at|near|from|to|outside|around|towards?|through|via|of)\s+(?:the\s+)?$")


@dataclass(frozen=True, slots=True)
class Run:
    """Words with capitals that belong together."""

    start: int
    end: int
    words: str
    opens: bool  # begins a sentence


@cache
def words_of(name: str, file: str = "spans") -> frozenset[str]:
    """A set of words of data/spans.toml, or of another table's."""
    return frozenset(str(table(file)[name]).split())


@cache
def ordinary() -> frozenset[str]:
    """Words that are no name with a capital, in small letters."""
    return (
        words_of("ordinary") | words_of("goods") | {w.lower() for w in words_of("months") | words_of("days")}
    )


def capitals(text: str) -> Iterator[tuple[int, int, FindingClass]]:
    """Every name of `text`. Characters another rule took stand as NUL."""
    runs = list(all_runs(text))
    known, plain = said_inside(runs), small_words(text)
    for run in runs:
        says = run.opens and SAYS.match(text, run.end)
        kept = trimmed(run, known | {run.words} - ordinary_as_said(run.words) if says else known, plain)
        if kept:
            start, end = kept
            yield start, end, kind(text, start, end)


def ordinary_as_said(words: str) -> frozenset[str]:
    """The words themselves when they are ordinary: no verb behind them makes a name of them."""
    return frozenset({words}) if words.lower() in ordinary() else frozenset()


def all_runs(text: str) -> Iterator[Run]:
    """Runs as they stand, with whether they open a sentence."""
    for match in RUN.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        opens = bool(ENDED.search(before)) and not ABBREVIATION.search(before)
        yield Run(match.start(), match.end(), match.group(), opens or not before.strip())


def said_inside(runs: list[Run]) -> frozenset[str]:
    """Words that stand with a capital where no sentence begins: names wherever they stand."""
    found = set()
    for run in runs:
        words = run.words.split()
        for word in words[1:] if run.opens else words:
            found.add(word.strip(".,"))
    titled = {run.words.split()[-1] for run in runs if run.words.split(" ")[0].rstrip(".") in HONORIFICS}
    titled |= {run.words.split()[-1] for run in runs if is_surname(run.words.split())}
    titled |= {run.words for run in runs if not run.opens and run.words in words_of("alone")}
    return frozenset(w for w in found if w.lower() not in ordinary() and not w.isdigit()) | titled


def is_surname(words: list[str]) -> bool:
    """Whether the last word is an ordinary one that a title or a first name makes a surname: "Sergeant Young"."""
    return (
        len(words) > 1
        and words[-1] in words_of("surnames")
        and (words[-2].rstrip(".") in words_of("titles") or words[-2].lower() not in ordinary())
        and words[-2].lower() not in SMALL_WORDS
    )


def small_words(text: str) -> frozenset[str]:
    """Words the text also writes small."""
    return frozenset(re.findall(r"\b[a-z]{3,}\b", text))


def trimmed(run: Run, known: frozenset[str], small: frozenset[str]) -> tuple[int, int] | None:
    """Where the name in the run begins and ends; None when the run is ordinary words alone."""
    words = [(run.start + m.start(), run.start + m.end(), m.group()) for m in WORD.finditer(run.words)]
    names = sum(
        map(_is_name, words)
    )  # counted down as words go: asked of all the rest each time, it is quadratic
    while words and is_plain(words[0][2], run.opens and words[0][0] == run.start, known, small):
        if stays(words, names) or proper_court(words, names):
            break
        names -= _is_name(words[0])
        del words[0]
        # DE LA FUENTE: what a name begins with goes only in small letters.
        while words and (words[0][2] if words[0][2].lower() in PARTICLES else words[0][2].lower()) in JOINING:
            names -= _is_name(words[0])
            del words[0]
    if words and run.words.isupper() and " " in run.words and heading(words):
        return None
    while words and (words[-1][2].lower() in SMALL_WORDS):
        words.pop()
    return (words[0][0], words[-1][1]) if words else None


JOINING = frozenset(["of", "the", "for", "and", "v", "v.", "on", "de", "la", "&", "am", "i", "en", "et", "@"])
PARTICLES = frozenset(["de", "la"])
VERSUS = frozenset(["v", "v.", "vs", "vs."])
# Between a title and a surname: Mrs de Noronha, Mr van 't Hof.
ONLY_SMALL = frozenset(
    [
        "de",
        "van",
        "von",
        "da",
        "do",
        "dos",
        "du",
        "des",
        "del",
        "della",
        "di",
        "la",
        "le",
        "der",
        "den",
        "ter",
        "ten",
        "al",
        "el",
        "bin",
        "ibn",
        "zu",
    ]
)
BRANCHES = frozenset(
    [
        "Administrative",
        "Criminal",
        "Civil",
        "National",
        "High",
        "International",
        "Law",
        "Village",
        "City",
        "Town",
        "County",
    ]
)
HONORIFICS = frozenset(["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Sir", "Dame"])
SMALL_WORDS = JOINING | {"i"}


def _is_name(word: tuple[int, int, str]) -> bool:
    """Whether the word has a capital and is no ordinary word."""
    return word[2][:1].isupper() and word[2].lower() not in ordinary()


def stays(words: list[tuple[int, int, str]], names: int) -> bool:
    """Whether an ordinary first word belongs to the name: 'Judge Nwosu', 'Mr Young', 'South Africa', 'First Bank'.

    `names`: how many of the words have a capital and are not ordinary.
    """
    first, second = words[0][2].rstrip("."), words[1][2] if len(words) > 1 else ""
    if second in VERSUS or (first == "The" and len(words) > 2 and words[2][2] in VERSUS):
        return True
    if first in HONORIFICS and second in ONLY_SMALL and names:
        return True
    if not second[:1].isupper():
        return False
    if words[1][2] in ("Court", "Tribunal", "Committee", "Council") and first in BRANCHES:
        return True
    if first in words_of("titles") and len(words) == 2 and words[1][2] in words_of("surnames"):
        return True
    named = names > _is_name(words[0])
    return first in HONORIFICS or (named and (first in words_of("titles") or first in words_of("leading")))


def proper_court(words: list[tuple[int, int, str]], names: int) -> bool:
    """'Court of Appeal', 'Ministry of the Interior': an office whose first word is ordinary alone. `names`: as above."""
    return " ".join(w for _, _, w in words[:3]) in (
        "Court of Appeal",
        "Court of Appeals",
        "Court of Cassation",
    ) or (
        len(words) > 2
        and words[0][2]
        in words_of("organisations") | {"Secretary", "Bishop", "Municipality", "House", "University"}
        and words[1][2] in ("of", "for", "de", "do", "da", "du", "del", "della", "di", "des")
        and names > sum(map(_is_name, words[:2]))
    )


def heading(words: list[tuple[int, int, str]]) -> bool:
    """A line of capitals is a heading when ordinary words stand in it."""
    return any(len(word) > 2 and word.strip(".,").lower() in ordinary() for _, _, word in words)


def is_plain(word: str, opens: bool, known: frozenset[str], small: frozenset[str]) -> bool:
    """Whether a word with a capital is no name here."""
    bare = re.sub(r"['’]s?$", "", word).strip(".,")
    if len(bare) == 1 and word.endswith("."):
        return False  # an initial
    if bare in known:
        return False
    if bare.lower() in ordinary() or bare.isdigit() or ROMAN.fullmatch(bare):
        return True
    if not opens:
        return False
    return bare.lower() in small or bool(NOT_NAMES.match(bare))


def kind(text: str, start: int, end: int) -> FindingClass:
    """What sort of name it is, as far as its words tell."""
    words = text[start:end].replace("\n", " ").split()
    if any(word in words_of("organisations") for word in (words[0], words[-1])):
        return "unit or rank"
    if words[-1] in words_of("places") or AT.search(text[max(0, start - 14) : start]):
        return "place too fine"
    return "small group"
