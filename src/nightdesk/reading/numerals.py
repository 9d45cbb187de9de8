"""Numbers in words: 2만, 1만5천, 스물다섯, 一万五千, 两百, twenty thousand, 20k.

`pattern(lang)` is a regular expression for a number of that language and `number(words, lang)` its
value. Every word stands in data/numerals.toml. Belongs here: counting. Does not belong here: of what.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from nightdesk.reading.spread import spread, spread_korean
from nightdesk.reading.tally import Number, any_of, roles_of, tokens_of, value_of, words

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
    # No number has more than sixteen figures with a unit each: a line of nothing else is none.
    none = rf"(?!(?:[\d일이삼사오육륙칠팔구]{unit}){{17}})"
    # 8일 is a day: no figure follows figures.
    group = f"{none}(?:{FIGURES}(?:여?{unit}{tail})?|{letter}{tail})"
    point = "(?:[점쩜][일이삼사오육륙칠팔구영공]{1,12})?"
    # After 만 and above the next group may stand apart (1만 5천); four groups reach 조. Only a space begins one: what
    # follows without it is the group before, and text that could be either was gone through in every division of it.
    behind = f"(?:{letter}|(?<={unit}){FIGURES}){{0,24}}"
    return f"(?:{group}(?:(?<={unit}) (?:{FIGURES}|(?<=[만억조] ){letter}){behind}){{0,4}}{point})"


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
        low, high = (value_of(tokens_of(end, lang) or [], lang) for end in ends)
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
    tokens = tokens_of(said.lower(), lang)
    return None if tokens is None else value_of(tokens, lang) or _said_on(tokens, lang)


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
    if lang == "en" or not tokens or roles_of(lang).get(tokens[-1], ("",))[0] not in ("times", "big"):
        return None
    for at in range(1, len(tokens) - 1):
        if tokens[at - 1] == tokens[-1]:
            low, high = value_of(tokens[:at], lang), value_of(tokens[at:], lang)
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
