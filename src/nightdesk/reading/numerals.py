"""Numbers in words: 2만, 1만5천, 스물다섯, 一万五千, 两百, twenty thousand, 20k.

`pattern(lang)` is a regular expression for a number of that language and `number(words, lang)` its
value. Every word stands in data/numerals.toml. Belongs here: counting. Does not belong here: of what.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from nightdesk.reading.spread import spread, spread_korean

# Bounded everywhere: an unbounded run would let a long line cost its length squared.
FIGURES = (
    r"(?:(?=\d{1,3}[,. '’\u00a0\u202f\u2009]\d)(?:"
    r"\d{1,3}(?:,\d{3}){1,12}(?:\.\d{1,12})?(?![\d]|,\d{3})"
    r"|\d{1,2}(?:,\d{2}){1,6},\d{3}(?:\.\d{1,12})?(?!\d)"  # 12,34,567 as India writes
    r"|\d{1,3}(?:\.\d{3}){1,12},\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,12}(?![\d]|\.\d)"  # 1.234,56 as Europe does
    r"|\d{1,3}(?:[\u00a0\u202f\u2009'’]\d{3}){1,12}(?:\.\d{1,12})?(?!\d)"
    r"|[1-9]\d{0,2}(?: \d{3}){2,4}(?!\d))"
    r"|\d{1,30}(?:\.\d{1,12})?(?!\d))"
)
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})|\d{1,3}(?:\.\d{3}){2,}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a range when `high` is given (두세, 两三)."""

    low: Decimal
    high: Decimal | None = None


@cache
def words(lang: str) -> dict[str, Any]:
    """The language's number words. KeyError when there are none."""
    raw = tomllib.loads((files("nightdesk.reading") / "data" / "numerals.toml").read_text("utf-8"))
    found = raw[lang]
    assert isinstance(found, dict)
    return found


def any_of(options: Any) -> str:
    """A group of literal alternatives, the longest first where one begins another; shared beginnings once."""
    return _tree(sorted(set(options), reverse=True), 0)


def _tree(options: list[str], at: int) -> str:
    """The rest of these words from `at` on: each letter branches once, and an end comes last."""
    ends = any(len(word) == at for word in options)
    heads: dict[str, list[str]] = {}
    for word in options:
        if len(word) > at:
            heads.setdefault(word[at], []).append(word)
    branches = [re.escape(head) + _tree(words, at + 1) for head, words in heads.items()]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0] if at else f"(?:{branches[0]})"
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")


@cache
def pattern(lang: str) -> str:
    """A regular expression, without groups that have names, for a number of `lang`."""
    return {"ko": _korean, "zh": _chinese, "en": _english}[lang]()


@cache
def sino(lang: str) -> str:
    """Like `pattern`, without the numbers that never stand in a calendar (두, 스물; 三万)."""
    return {"ko": _korean_sino, "zh": _chinese_short}.get(lang, lambda: pattern(lang))()


def _chinese_short() -> str:
    """Figures and letters of the calendar; 仨月 is three months and not March."""
    return r"(?:\d{1,4}(?!\d)|[零〇○一二两兩三四五六七八九十廿卅百千]{1,6})"


@cache
def native(lang: str) -> str:
    """Like `pattern`, with the numbers that count hours, days and people: figures, and 두, 스물, 서너."""
    return f"(?:{FIGURES}|{_korean_native()})" if lang == "ko" else pattern(lang)


def _korean() -> str:
    return f"(?:{_korean_sino()}|{_korean_native()})"


def _korean_native() -> str:
    table = words("ko")
    tens, ones, between = (any_of(table[name]) for name in ("native_tens", "native_ones", "between"))
    # 스무 stands before what it counts and joins no other: 스무 세대 are twenty.
    return f"(?:{between}(?: ?[백천만억]{{1,2}})?|(?!스무){tens} ?(?:{between}|{ones})|{tens}|{ones})"


# 수백, 몇천, 십수만. 수만 10명 counts nothing: there 수 is a number of people and 만 means only.
_KO_FEW = r"(?:몇 ?|(?<![가-힣])수|(?<=[십백천만억])수)(?=[십백천억]|만(?! ?\d))"


def _korean_sino() -> str:
    unit = "[십백천만억조]"
    letter = f"(?:[일이삼사오육륙칠팔구영공십백천만억조]|{_KO_FEW})"
    tail = f"(?:{letter}|(?<={unit}){FIGURES}|(?<=[십백천\\d])여(?=[백천만억조])){{0,40}}"
    group = f"(?:{FIGURES}(?:여?{unit}{tail})?|{letter}{tail})"  # 8일 is a day: no figure follows figures
    point = "(?:[점쩜][일이삼사오육륙칠팔구영공]{1,12})?"
    # After 만 and above the next group may stand apart (1만 5천); four groups reach 조.
    return f"(?:{group}(?:(?<={unit}) ?(?:{FIGURES}|(?<=[만억조] ){letter}){letter}{{0,24}}){{0,4}}{point})"


def _chinese() -> str:
    table = words("zh")
    unit = "".join(table["times"]) + "".join(table["big"])
    # 几百, 十几, 数千: 几 stands for a figure only beside a unit.
    known = "[" + "".join(table["digit"]) + "".join(table["add"]) + unit + "]"
    letter = f"(?:{known}|[几幾数數](?=[{unit}])|(?<=[十0])[几幾])"
    digit = "[" + "".join(table["digit"]) + "]"
    point = f"(?:[点點]{digit}{{1,12}}[万亿萬億]?)?"
    return (
        f"(?:(?:{FIGURES}|{letter})(?: ?(?<=[\\d ])[{unit}]|{letter}|(?<=\\d)[kKwW](?![A-Za-z])"
        f"|(?<=[{unit}]){FIGURES}){{0,24}}{point})"
    )


def _english() -> str:
    table = words("en")
    scale = any_of([*table["big"], *table["times"]])
    small = any_of([*table["digit"], *table["add"], *table["times"], *table["big"]])
    suffix = any_of(table["suffix"])
    gap = "(?: ?- ?| {1,2}and {1,2}| {1,2})"
    part = any_of(table["and_part"])
    figures = rf"{FIGURES}(?:[½¼¾]| {part}\b)?(?: ?{suffix}\b| {{0,2}}{scale}\b(?: {scale}\b)?)?"
    spoken = (
        rf"(?:half (?:an? )?|an? )?\b{small}\b(?:{gap}(?:a half {scale}|{small})\b){{0,32}}"
        rf"(?: {part}\b(?: {scale}\b)?)?"
        rf"(?: point(?: {any_of(table['digit'])}\b){{1,12}})?"
    )
    few = rf"\b(?:{any_of(table['few'])} {any_of(table['of_few'])}(?: {scale})?|{any_of(table['many'])} of)\b"
    return f"(?:{figures}|{any_of(table['part_of'])} {scale}\\b|{few}|{spoken})"


def tens() -> str:
    """An English number of two figures in words: ten, twelve, twenty-five."""
    table = words("en")
    ones = any_of([w for w, n in table["digit"].items() if n and " " not in w])
    return rf"{any_of(table['add'])}(?:[ -]{ones}\b)?"


@lru_cache(maxsize=4096)  # the same few numbers come back in every rule that reads them
def number(said: str, lang: str) -> Number | None:
    """The value of `said`, or None when the words do not make a number."""
    said = _figures(said.strip())
    table = words(lang)
    if said in table.get("between", {}):  # two neighbours said together
        low, high = table["between"][said]
        return Number(Decimal(low), Decimal(high))
    if lang == "zh" and (ends := spread(said)):
        low, high = (_value(_tokens(end, lang) or [], lang) for end in ends)
        return Number(low.low, high.low) if low and high and low.low < high.low else None
    if lang == "ko" and (some := _SOME_UNITS.fullmatch(said)) and some["some"] in table["between"]:
        of = number("1" + some["unit"], lang)
        return Number(*(end * of.low for end in map(Decimal, table["between"][some["some"]]))) if of else None
    if lang == "en" and (few := _few(said.lower())) is not None:
        return few
    if lang == "ko":
        if (ends := spread_korean(said)) is not None:
            return _ends(*ends)
        said = _ABOUT.sub("", said)
        if (both := _neighbours(said)) is not None:
            return both
    tokens = _tokens(said.lower(), lang)
    return None if tokens is None else _value(tokens, lang) or _said_on(tokens, lang)


_SOME_UNITS = re.compile("(?P<some>[가-힣]{2,4}) ?(?P<unit>[십백천만억조]+)")  # 서너 천
_ABOUT = re.compile(r"(?<=[\d십백천만])여(?=[십백천만억조])")  # 400여만: the word for "some" counts nothing
_TWICE = re.compile(r"([일이삼사오육칠팔][십백천만])([이삼사오육칠팔구][십백천만])")
_PAIR = re.compile(
    r"(?:^|(?<=[십백천만억조 ]))(일이|이삼|삼사|사오|오륙|오육|육칠|칠팔|팔구)(?=$|[십백천만억조])"
)


def _neighbours(said: str) -> Number | None:
    """이삼백 and 스물두셋: the same number with one figure and with its neighbour. None when there are none."""
    table = words("ko")
    tens = next(
        (word for word in table["native_tens"] if len(said) > len(word) and said.startswith(word)), ""
    )
    if tens and (ends := table["between"].get(said[len(tens) :].strip())):
        return Number(*(Decimal(table["native_tens"][tens] + end) for end in ends))
    if (twice := _TWICE.fullmatch(said)) and twice[1][1] == twice[2][1]:  # 이백삼백
        return _ends(*twice.groups())
    pair = _PAIR.search(said)
    if pair is None:
        return None
    return _ends(*(said[: pair.start()] + figure + said[pair.end() :] for figure in pair[1]))


def _ends(low: str, high: str) -> Number | None:
    """Two numbers as the ends of a range; None where one is none or they run backwards."""
    first, last = number(low, "ko"), number(high, "ko")
    if first is None or last is None or last.high is not None or not first.low < last.low:
        return None
    return Number(first.low, last.low)


def _few(said: str) -> Number | None:
    """Several hundred, hundreds of: two to nine of them."""
    table = words("en")
    if said.endswith(" of") and (many := table["many"].get(said[:-3])):
        return Number(Decimal(2 * many), Decimal(9 * many))
    few = next(
        (word for word in sorted(table["few"], key=len, reverse=True) if said.startswith(word + " ")), ""
    )
    unit = few and number("one" + said[len(few) :], "en")
    return Number(2 * unit.low, 9 * unit.low) if unit else None


def _said_on(tokens: list[str], lang: str) -> Number | None:
    """Two numbers of one unit, one after the other, as a range: 2천3천, 천 이천, 两千三千. None for the same one twice."""
    if lang == "en" or not tokens or _roles(lang).get(tokens[-1], ("",))[0] not in ("times", "big"):
        return None
    for at in range(1, len(tokens) - 1):
        if tokens[at - 1] == tokens[-1]:
            low, high = _value(tokens[:at], lang), _value(tokens[at:], lang)
            if low and high and low.low < high.low <= low.low * 10:
                return Number(low.low, high.low)
    return None


_JOINT = re.compile("~|∼|-|–|—|에서|내지|부터|到|至|、|,|·")
_UNIT_AT_END = re.compile(
    r"\s?(?:\d+(?:\.\d+)?|[일이삼사오육륙칠팔구]|[一二两兩三四五六七八九])\s?(?P<unit>[십백천만억조]+|[十百千万萬亿億]+)(?![\d.일이삼사오육륙칠팔구一二两兩三四五六七八九])"
)
_ANY_UNIT = re.compile("[십백천만억조十百千万萬亿億]")


def said_once(ends: str, lang: str, low: Decimal, high: Decimal) -> Decimal:
    """The lower end of two numbers, of which the second alone has its unit: 3~4천, 两到三百, 3,4천. Else `low` itself.

    `ends` are the words from the first on. 100~2천 stays as it is said: a hundred are no hundred thousand there.
    """
    first, *behind = _JOINT.split(ends, maxsplit=1)
    unit = _UNIT_AT_END.match(behind[0]) if behind else None
    if unit is None or _ANY_UNIT.search(first):
        return low
    of = number("1" + unit["unit"], lang)
    return low * of.low if of and 0 < low < high / of.low else low


def _figures(said: str) -> str:
    """Without the marks between groups of figures: 1,234.56 and 1.234,56 are one number."""
    if (european := _EUROPEAN.match(said)) is not None:
        plain = european[0].replace(".", "").replace(",", ".")
        said = plain + said[european.end() :]
    return re.sub(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3})", "", said).replace(",", "")


@cache
def _lexer(lang: str) -> re.Pattern[str]:
    table = words(lang)
    known: list[str] = []
    for name in ("native_tens", "native_ones", "digit", "add", "times", "big", "point", "suffix", "one"):
        known.extend(table.get(name, ()))
    if lang == "en":
        known += [
            "half an",
            "half a",
            "half",
            "and",
            "point",
            "½",
            "¼",
            "¾",
            *table["and_part"],
            *table["part_of"],
        ]
    return re.compile(rf"\d+(?:\.\d+)?|{any_of(known)}")


def _tokens(said: str, lang: str) -> list[str] | None:
    """The words of a number, or None when something in between is no number word."""
    lexer, found, at = _lexer(lang), [], 0
    while at < len(said):
        if said[at] in " -\t\u00a0":
            at += 1
            continue
        match = lexer.match(said, at)
        if match is None:
            return None
        found.append(match[0])
        at = match.end()
    return found


@cache
def _roles(lang: str) -> dict[str, tuple[str, Decimal]]:
    """Each number word with what it does: digit, add, times, big."""
    table = words(lang)
    where = {"digit": "digit", "native_ones": "digit", "add": "add", "native_tens": "add"}
    where |= {"times": "times", "big": "big", "suffix": "big"}
    return {
        word: (role, Decimal(n)) for name, role in where.items() for word, n in table.get(name, {}).items()
    }


class _TwoNumbers(Exception):
    """A unit came again, or a larger one after it: 2천3천 is two numbers and not 5,000."""


class _Sum:
    """What has been counted so far: whole groups, this group, the figure just said."""

    def __init__(self) -> None:
        self.total = self.group = Decimal(0)
        self.figure: Decimal | None = None
        self.unit = Decimal(0)  # the last multiplier, for 一万五
        self.before = ""
        self._of_group = self._of_all = Decimal("Infinity")  # the smallest unit of this group, of all groups

    def digit(self, n: Decimal) -> None:
        _smaller(n, self._of_group)
        if self.figure is not None and self.before == "digit":
            self.figure = self.figure * 10 + n  # 이공이삼, 二〇二三
        else:
            self.group += self.figure or 0
            self.figure = n

    def add(self, n: Decimal) -> None:
        _smaller(n, self._of_group)
        self._of_group = min(n, Decimal(10))  # behind twenty and thirty stand one to nine
        self.group += (self.figure or 0) + n
        self.figure = None

    def times(self, n: Decimal) -> None:
        tens = n >= 100 and (self.before == "add" or 0 < self.group < 100)  # twenty-five hundred
        self._of_group = n if tens else _smaller(n, self._of_group)
        one = Decimal(1) if self.figure is None and not (self.group and self.before == "add") else Decimal(0)
        if tens:
            self.group = (self.group + (self.figure or 0)) * n
        else:
            self.group += (self.figure if self.figure is not None else one) * n
        self.figure, self.unit = None, n

    def big(self, n: Decimal) -> None:
        whole = self.group + (self.figure or 0)
        if not whole and self.figure is None:
            whole, self.total, self._of_all = (self.total or Decimal(1)), Decimal(0), n  # 만, 万亿
        else:
            self._of_all = _smaller(n, self._of_all)
        self._of_group = Decimal("Infinity")
        self.total, self.group, self.figure, self.unit = self.total + whole * n, Decimal(0), None, n


def _smaller(unit: Decimal, than: Decimal) -> Decimal:
    if unit >= than:
        raise _TwoNumbers
    return unit


def _value(tokens: list[str], lang: str) -> Number | None:
    try:
        return _counted(tokens, lang)
    except _TwoNumbers:
        return None


def _counted(tokens: list[str], lang: str) -> Number | None:
    roles, count = _roles(lang), _Sum()
    point = words(lang).get("point", ["point"])
    for place, token in enumerate(tokens):
        if token in point:
            return _with_fraction(count, tokens[place + 1 :], roles)
        if token[0].isdigit():
            if count.figure is not None:
                return None
            count.figure, role = Decimal(token), "figures"
        elif token in ("a", "an", "and"):
            role = "filler"
        elif (share := _share(token, lang)) is not None and count.before == "big":
            count.total += share * count.unit  # a million and a half
        elif share is not None:
            count.figure = (count.figure or Decimal(0)) + share
            role = "figures"
        else:
            role, n = roles[token]
            if role == "digit" and count.before == "figures":
                return None  # 12일: a figure cannot follow figures
            if role == "digit" and count.before == "digit" and lang == "en":
                return None  # two three thousand: no twenty-three thousand
            getattr(count, role)(n)
        count.before = role if role != "filler" else count.before
    return Number(count.total + count.group + _last(count, tokens, lang))


def _share(token: str, lang: str) -> Decimal | None:
    """What half, ¾ or "and a quarter" is of one."""
    if lang != "en":
        return None
    found = {"half": 0.5, "half a": 0.5, "half an": 0.5, "½": 0.5, "¼": 0.25, "¾": 0.75}
    found |= words("en")["and_part"] | words("en")["part_of"]
    return Decimal(str(found[token])) if token in found else None


def _last(count: _Sum, tokens: list[str], lang: str) -> Decimal:
    """What the last figure counts: 一万五 is 15000, 一百零五 is 105."""
    if count.figure is None:
        return Decimal(0)
    short = lang == "zh" and count.unit >= 100 and len(tokens) > 1 and 0 < count.figure < 10
    if short and tokens[-2] not in ("零", "〇", "○"):
        return count.figure * count.unit / 10
    return count.figure


def _with_fraction(count: _Sum, rest: list[str], roles: dict[str, tuple[str, Decimal]]) -> Number | None:
    """The figures after a spoken point, and the group that may follow them (三点五万)."""
    scale = Decimal(1)
    if rest and rest[-1] in roles and roles[rest[-1]][0] == "big":
        scale = roles[rest.pop()][1]
    if not rest or any(t not in roles or roles[t][0] != "digit" for t in rest):
        return None
    fraction = Decimal("0." + "".join(str(roles[t][1]) for t in rest))
    return Number((count.total + count.group + (count.figure or 0) + fraction) * scale)
