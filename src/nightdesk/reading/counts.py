"""Quantities: how many of what, and weights and measures."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from nightdesk.reading.match import Match, Value, plain
from nightdesk.reading.numerals import number, said_once
from nightdesk.reading.tables import context, lookup, table
from nightdesk.reading.tally import Number
from nightdesk.reading.tally import words as number_words


def _count(n: Number) -> int | str:
    """A whole number as one, anything else as a decimal in words."""
    return int(n.low) if n.low == int(n.low) else plain(n.low)


def _high(n: Number) -> dict[str, int]:
    return {"count_high": int(n.high)} if n.high is not None else {}


def counted(m: Match) -> Value | None:
    """두 명, 7세대, 两名: with the noun beside it, or the counter's own."""
    n = _number(m)
    if n is None:
        return None
    if m.rule.lang == "ko" and _no_count(m):
        return None
    if (
        m.rule.lang == "ko"
        and n.low != int(n.low)
        and m.get("counter") not in context("ko")["broken_counters"]
    ):
        return None  # 2.16사단 has a day in its name
    if m.rule.lang == "ko" and m.get("counter") == "살":
        n = _completed(m.words, n)
    if "piece" in m.slots:
        return {"count": _count(n), **_high(n), "of": m.get("thing")}
    of = _noun_before(m) if m.rule.lang == "ko" else _noun_after(m)
    return {"count": _count(n), **_high(n), "of": of or m.get("counter")}


def _completed(words: str, n: Number) -> Number:
    """만 45세 is 45 completed years and no ten thousand and 45: nobody has lived so long."""
    return Number(n.low - 10_000) if words.startswith("만") and n.low > 10_000 and n.high is None else n


def _unit_number(m: Match) -> bool:
    """77431 부대 is a unit of the army; 두 부대 are sacks, and so are 20 부대."""
    n = _number(m)
    large = n is not None and n.low >= 100 and m.words[0].isdecimal()
    return large and m.get("counter") in context("ko")["named_by_number"]


def _no_count(m: Match) -> bool:
    """이번 and 이 사람 count nothing, and 세대 is no three."""
    row = context("ko")
    return (
        m.words in row["never_counted"]
        or m.words.endswith(tuple(row["no_count_ends"]))
        or _unit_number(m)
        or (m.words[0] in row["bare_figures"] and m.words[1:2] not in tuple("십백천만억점") and not _both(m))
        or _grown_together(m, row)
    )


def _both(m: Match) -> bool:
    """이삼십 명: two neighbours."""
    n = _number(m)
    return n is not None and n.high is not None


def _one_letter(m: Match) -> bool:
    """만기가 and 영리: a number of one letter right before a measure is another word."""
    return (
        m.get("minus") is None
        and m.words[0] in "일이삼사오육칠팔구영공만천백십억"
        and m.words[1:2] not in tuple(" 십백천만억조점")
    )


def _grown_together(m: Match, row: Value) -> bool:
    """열차 and 천장 count nothing: a number of one letter stands right before few counters."""
    number_word = m.words[0]
    if m.words[1:2] == " " or not m.words[1:] or number_word.isdigit():
        return False
    rest = m.words[1:]
    if all(rest != word for word in lookup("ko", "counter")):
        return False  # the number is longer than one letter
    allowed = next((words for letters, words in row["glued"].items() if number_word in letters), None)
    return allowed is not None and rest not in allowed


def another_word(m: Match) -> bool:
    """오리 is a duck and 이주 a move, not five ri and not two weeks."""
    return m.rule.lang == "ko" and m.words in context("ko")["never_long"]


@cache
def _before() -> re.Pattern[str]:
    row = context("ko")
    return re.compile(rf"(?:^|[^가-힣])(?P<noun>[가-힣]{{1,12}}?)(?:{row['strip']})?[ \t]{{0,2}}$")


@cache
def _not_noun() -> re.Pattern[str]:
    return re.compile(rf"(?:{context('ko')['not_noun']})$")


def _noun_before(m: Match) -> str | None:
    """보위원 두 명: the noun before the number, unless the counter names the thing itself (7세대)."""
    words = m.rule.regex.match(m.setting.text, m.start)
    counter = words["counter"] if words else ""
    if m.get("counter") == counter:
        itself = counter not in context("ko")["counters_of"]
        if itself:
            return None
    text = m.setting.text[max(0, m.start - 16) : m.start]
    found = _before().search(text)
    if found is None or not text.strip():
        return _noun_after_of(m)
    whole = text.split()[-1] if text.split() else ""
    if whole in context("ko")["noun_ok"]:
        return whole
    if _not_noun().search(whole) and (len(whole) > 1 or whole in "중총약각"):
        return _noun_after_of(m)
    return found["noun"]


_AFTER_OF = re.compile(
    r"의 ?([가-힣]{2,8}?)(?:에게|들이|들을|들은|을|를|은|는|이|가|에|의|도|과|와)?(?![가-힣])"
)


def _noun_after_of(m: Match) -> str | None:
    """두 명의 보위원."""
    found = _AFTER_OF.match(m.setting.text, m.end)
    return found[1] if found else None


def _noun_after(m: Match) -> str | None:
    """两名人员: what follows, up to a word that is no noun."""
    if m.get("counter") == "人":
        tail = m.setting.text[m.end : m.end + 6]
        found = re.match(rf"(?:(?!{context('zh')['noun_stop']})[\u4e00-\u9fff]){{1,6}}", tail)
        return found[0] if found and m.words[-1] in "名位" else None
    thing = _thing().match(m.setting.text, m.end)
    return thing[0] if thing else None


@cache
def _thing() -> re.Pattern[str]:
    """Things that Chinese counters count, the longest first."""
    return re.compile("|".join(re.escape(w) for w in sorted(context("zh")["things"], key=len, reverse=True)))


_SIGN_BEFORE = re.compile(r"(?:[$€£¥₩]|RMB|CNY|KPW|KRW|USD|EUR|Rs\.?)[ \t]{0,2}$", re.IGNORECASE)


def _is_other(noun: str) -> bool:
    """Whether the first of these words makes it a sum, a length of time or a measure instead."""
    first = noun.split()[0].lower() if noun else ""
    return any(
        first in lookup("en", name) for name in ("cur", "sign", "unit", "measure", "month", "half_of_day")
    )


def _is_scale(said: str) -> bool:
    """Whether the words begin with million and the like, which count what stands before them."""
    return said.split()[0].lower() in {*number_words("en")["big"], *number_words("en")["times"]}


def counted_noun(m: Match) -> Value | None:
    """Two State Security agents: the words up to the noun in the plural."""
    n, noun = m.get("n"), str(m.get("noun")).strip()
    before = m.setting.text[max(0, m.start - 4) : m.start]
    if _SIGN_BEFORE.search(before) or _is_other(noun) or (before[-2:-1].isdigit() and _is_scale(m.words)):
        return None  # "$ 150 million notes": the million belongs to the figures before it
    if not isinstance(n, Number) or re.search(context("en")["noun_stop"], noun, re.IGNORECASE):
        return None
    high = m.get("high")
    if isinstance(high, Number):
        return _ends_of(m, n, high, noun)
    first = noun.split()[0]
    if first not in lookup("en", "singular") and number(first, "en") is not None:
        return None  # "November 5 three students": the figure belongs to the day before it
    return {"count": _count(n), **_high(n), "of": noun}


def _ends_of(m: Match, low: Number, high: Number, noun: str) -> Value | None:
    """Two or three people; "five and six" are two numbers where no "between" stands before them."""
    two_numbers = " and " in m.words and not m.words.lower().startswith("between ")
    if two_numbers or low.high or high.high or not low.low < high.low:
        return None
    return {"count": int(low.low), "count_high": int(high.low), "of": noun}


def aged(m: Match) -> Value | None:
    """45 years old, a 10-year-old, aged 45."""
    n = m.get("n")
    if not isinstance(n, Number) or n.low > 150:
        return None
    high = {"amount_high": plain(n.high)} if n.high is not None else {}
    return {"amount": plain(n.low), "unit": "month" if m.get("months") else "year", "of": "age"} | high


def measured(m: Match) -> Value | None:
    """10kg, 두 톤, 30%: amount and unit, with the good beside it."""
    n = Number(Decimal("0.5")) if m.get("half") else m.get("n")
    if not isinstance(n, Number) or another_word(m) or (m.rule.lang == "ko" and _one_letter(m)):
        return None
    good = good_before(m.setting.text, m.start, m.rule.lang) or good_after(m.setting.text, m.end)
    amount, unit = n.low * (m.get("minus") or 1), m.get("measure") or m.get("measure2")
    value = {"amount": plain(amount), "unit": unit, **({"of": good} if good else {})}
    return value | ({"amount_high": plain(n.high)} if n.high is not None else {})


@cache
def _goods() -> dict[str, str]:
    return {word: name for name, row in table("goods").items() for lang in row for word in row[lang]}


@cache
def _good_pattern() -> str:
    return "|".join(re.escape(word) for word in sorted(_goods(), key=len, reverse=True))


@cache
def _good_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[^가-힣A-Za-z])(?P<good>{_good_pattern()})(?:은|는|이|가|을|를|값은|값이|每)?[ \t]{{0,2}}$",
        re.IGNORECASE,
    )


@cache
def _good_after() -> re.Pattern[str]:
    return re.compile(
        rf"[ \t]{{0,2}}(?:of[ \t]|的|의 )?(?P<good>{_good_pattern()})(?![A-Za-z])", re.IGNORECASE
    )


def good_before(text: str, start: int, lang: str) -> str | None:
    """The good named right before (쌀 1kg)."""
    found = _good_before().search(text[max(0, start - 16) : start])
    return _goods().get(found["good"].lower()) if found else None


def good_after(text: str, end: int) -> str | None:
    """The good named right after (1kg of rice, 一公斤大米)."""
    found = _good_after().match(text, end)
    return _goods().get(found["good"].lower()) if found else None


def counted_range(m: Match) -> Value | None:
    """20~30명, 8, 9살, 26~7살: from one to the other."""
    ends = _two(m)
    if ends is None:
        return None
    return {"count": int(ends[0]), "count_high": int(ends[1]), "of": m.get("counter")}


def measured_range(m: Match) -> Value | None:
    """20~30%, 3∼5톤."""
    ends = _two(m)
    if ends is None:
        return None
    return {"amount": plain(ends[0]), "amount_high": plain(ends[1]), "unit": m.get("measure")}


def _two(m: Match) -> tuple[Decimal, Decimal] | None:
    """Both ends; the second may leave out what it shares with the first (26~7). None when they run back."""
    low, high = m.get("n"), m.get("high")
    if not isinstance(low, Number) or not isinstance(high, Number) or low.high or high.high:
        return None
    first, last = low.low, high.low
    if last < first and last < 10 and m.rule.lang == "ko":
        last += first // 10 * 10
    low_end = first if m.rule.lang == "en" else said_once(m.words, m.rule.lang, first, last)
    if m.get("list") is not None and (not first or last != low_end + low_end / first):
        return None
    return (low_end, last) if low_end < last else None


@cache
def _no_things() -> tuple[tuple[str, ...], frozenset[str]]:
    """Words that make it a sum, a length or a date instead: as beginnings, and as they stand."""
    starts = [w for name in ("cur", "measure", "sign_unit") for w in lookup("ko", name)]
    same = [w for name in ("unit", "unit_native", "counter") for w in lookup("ko", name)]
    return tuple(starts), frozenset(same)


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(context("ko")["counter_tail"])


def _counter_with_tail(noun: str, same: frozenset[str]) -> bool:
    """명이라고 and 살입니다 are a counter and what follows it, and no things."""
    return any(
        noun.startswith(word) and (noun == word or _tail().match(noun, len(word))) for word in same if word
    )


def _named_by_number(m: Match, n: Number) -> bool:
    """109상무, 2014판 and 27려단 have a number for a name."""
    units = tuple(context("ko")["named_by_number"])
    if m.words[:1].isdecimal() and str(m.get("noun") or "").startswith(units):
        return True
    return n.low >= 100 and m.words.startswith(tuple("123456789")) and " " not in m.words


def counted_thing(m: Match) -> Value | None:
    """4부작, 두 회사: a number and the thing itself, where no counter is listed."""
    n, noun = _number(m), str(m.get("noun"))
    starts, same = _no_things()
    if n is None or _named_by_number(m, n) or noun.startswith(starts) or _counter_with_tail(noun, same):
        return None
    return {"count": _count(n), **_high(n), "of": noun}


def number_alone(m: Match) -> Value | None:
    """둘이, 셋을: how many, of what was said before."""
    n = _number(m)
    return {"count": _count(n), **_high(n)} if n is not None else None


def _number(m: Match) -> Number | None:
    """The number of a rule, from figures and words or from a word table."""
    n = m.get("n")
    if isinstance(n, list):
        return Number(*(Decimal(end) for end in n))
    return Number(Decimal(n)) if isinstance(n, int) else n if isinstance(n, Number) else None


def once(m: Match) -> Value:
    """한번만, 한번씩."""
    return {"count": 1, "of": "번"}


def grade(m: Match) -> Value:
    """초6, 중2: the year of a school."""
    return {"count": m.whole("n"), "of": "학년"}


def age(m: Match) -> Value | None:
    """김모(33)씨, 예순다섯 살."""
    n = m.whole("n")
    return {"count": n, "of": "살"} if n is not None and 0 < n < 120 else None


def share(m: Match) -> Value | None:
    """3분의 1: as a fraction, in words."""
    whole, part = m.whole("n"), m.whole("high")
    return {"count": f"{part}/{whole}", "of": "전체"} if whole and part else None


def one(amount: str | int) -> bool:
    """Whether an amount is one, in whatever type it is kept."""
    return Decimal(str(amount)) == 1
