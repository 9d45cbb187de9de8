"""Quantities: how many of what, and weights and measures."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from nightdesk.reading.match import Match, Value, plain
from nightdesk.reading.numerals import Number, number
from nightdesk.reading.numerals import words as number_words
from nightdesk.reading.tables import context, lookup, table


def _count(n: Number) -> int | str:
    """A whole number as one, anything else as a decimal in words."""
    return int(n.low) if n.low == int(n.low) else plain(n.low)


def _high(n: Number) -> dict[str, int]:
    return {"count_high": int(n.high)} if n.high is not None else {}


def counted(m: Match) -> Value | None:
    """두 명, 7세대, 两名: with the noun beside it, or the counter's own."""
    n = m.get("n")
    if not isinstance(n, Number):
        return None
    if m.rule.lang == "ko" and _no_count(m):
        return None
    of = _noun_before(m) if m.rule.lang == "ko" else _noun_after(m)
    return {"count": _count(n), **_high(n), "of": of or m.get("counter")}


def _no_count(m: Match) -> bool:
    """이번 and 이 사람 count nothing, and 세대 is no three."""
    row = context("ko")
    return m.words in row["never_counted"] or (
        m.words[0] in row["bare_figures"] and m.words[1:2] not in tuple("십백천만억점")
    )


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
        itself = counter not in (
            "대",
            "개",
            "마리",
            "척",
            "정",
            "장",
            "권",
            "병",
            "자루",
            "포대",
            "상자",
            "갑",
            "벌",
            "채",
            "켤레",
        )
        if itself:
            return None
    text = m.setting.text[max(0, m.start - 16) : m.start]
    found = _before().search(text)
    if found is None or not text.strip():
        return _noun_after_of(m)
    whole = text.split()[-1] if text.split() else ""
    if _not_noun().search(whole) and len(whole) > 1:
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
    return None


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
    if number(noun.split()[0], "en") is not None:
        return None  # "November 5 three students": the figure belongs to the day before it
    return {"count": _count(n), **_high(n), "of": noun}


def age(m: Match) -> Value | None:
    """45 years old, a 10-year-old, aged 45."""
    n = m.get("n")
    if not isinstance(n, Number) or n.low > 150:
        return None
    high = {"amount_high": plain(n.high)} if n.high is not None else {}
    return {"amount": plain(n.low), "unit": "month" if m.get("months") else "year", "of": "age"} | high


def measured(m: Match) -> Value | None:
    """10kg, 두 톤, 30%: amount and unit, with the good beside it."""
    n = m.get("n")
    if not isinstance(n, Number) or another_word(m):
        return None
    good = good_before(m.setting.text, m.start, m.rule.lang) or good_after(m.setting.text, m.end)
    value = {"amount": plain(n.low), "unit": m.get("measure"), **({"of": good} if good else {})}
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


def one(amount: str | int) -> bool:
    """Whether an amount is one, in whatever type it is kept."""
    return Decimal(str(amount)) == 1
