"""Sums of money: amounts as decimals, currencies by code, and whose won it is."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from nightdesk.reading.counts import good_after
from nightdesk.reading.match import Match, Value, plain
from nightdesk.reading.numerals import said_once
from nightdesk.reading.tables import context, currencies, lookup, shared_codes
from nightdesk.reading.tally import Number, any_of, words

NEAR = 60  # letters: so far behind a sum in North Korean won one without a currency is in won too
_WON_BEFORE = re.compile(r"(?:朝[币幣元]|朝[鲜鮮][币幣元])(?:美元|[^元块塊角毛])*\Z")


def currency(m: Match, said: str) -> dict[str, Any]:
    """The code of what a slot says, with the other ones it may be when the country does not tell."""
    return currency_of(said, m.setting.country_at(m.end))


def currency_of(said: str, country: str | None) -> dict[str, Any]:
    """The same of a code, or of the name of a word that several countries share."""
    shared = currencies()["shared"].get(said)
    if shared is None:
        scheme = currencies()[said]["scheme"]
        return {"currency": said} | ({} if scheme == "ISO 4217" else {"scheme": scheme})
    code, *also = shared_codes(shared, country)
    return {"currency": code, "also": also} if also else {"currency": code}


def _too_careless(m: Match, number: str, word: str) -> bool:
    """사원 is an employee and 两块 two pieces: such a word wants figures or a unit in its number."""
    start = m.words.find(word)
    careful = m.rule.lang in ("ko", "zh") and word in context(m.rule.lang)["careful_money"]
    return careful and not any(
        c.isdigit() or c in "십백천만억점쩜百千万萬亿億十拾佰仟點点" for c in number[: max(start, 0)]
    )


def money_sum(m: Match) -> Value | None:
    """2만 위안, $20, a dollar."""
    code = m.get("cur") or m.get("sign") or m.get("sign_after") or "grand"
    amount = m.get("a")
    if not isinstance(amount, Number):
        amount = Number(Decimal(1))
    if "cur" in m.slots and (_careless(m) or _weight(m)):
        return None
    scale = m.get("scale") or 1
    return {"amount": plain(amount.low * scale), **_high(amount.high), **currency(m, code)}


def money_bare(m: Match) -> Value | None:
    """罚了三千, 两万五: no currency is said, so it is the one said of before, or that Chinese speakers mean, and may be the country's."""
    amount, near = m.get("a"), m.setting.text[max(0, m.start - NEAR) : m.start]
    row = context(m.rule.lang)
    if re.search(row["numbered"], near) or re.match(row["numbered_after"], m.setting.text[m.end : m.end + 6]):
        return None
    other = {"KP": "KPW", "KR": "KRW"}.get(m.setting.country_at(m.end) or "")
    told = _WON_BEFORE.search(near) or re.match(row["won_for_all"], m.setting.text[m.end : m.end + NEAR])
    won = told and not re.search(row["sent_from_china"], near)
    code = "KPW" if won else "CNY"
    return {
        "amount": plain(amount.low),
        **_high(amount.high),
        "currency": code,
        **({"also": ["CNY" if code == other else other]} if other else {}),
    }


def _weight(m: Match) -> bool:
    """Five pounds of rice are no sum."""
    return m.words.lower().endswith(("pound", "pounds")) and good_after(m.setting.text, m.end) is not None


def _careless(m: Match) -> bool:
    words, paid = context(m.rule.lang).get("careful_money", ()), _paid(m.rule.lang)
    if paid and (
        m.words == m.setting.text.strip() or paid.search(m.setting.text[max(0, m.start - 12) : m.start])
    ):
        return False  # 罚了五块: after such a word it is a sum
    return any(m.words.endswith(word) and _too_careless(m, m.words, word) for word in words)


@cache
def _paid(lang: str) -> re.Pattern[str] | None:
    """The words before a sum that leave no doubt, where the language has a table of them."""
    said = context(lang).get("money_verbs")
    return re.compile(f"{said}$") if said else None


def _high(high: Decimal | None) -> dict[str, str]:
    return {"amount_high": plain(high)} if high is not None else {}


def _bare_ends(m: Match, small: Decimal, large: Decimal) -> bool:
    """공원에서 구원: two bare figures before a word that wants more."""
    careful = context(m.rule.lang).get("careful_money", ())
    bare = min(small, large) < 10 and not any(c.isdigit() for c in m.words)
    return bare and any(m.words.endswith(word) for word in careful)


@cache
def _changes(lang: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What stands before, and behind, two sums of which one became the other."""
    row = context(lang if lang != "shared" else "en")
    before, after = row.get("change_before"), row.get("change_after")
    return re.compile(before, re.I) if before else None, re.compile(after) if after else None


def became(text: str, start: int, end: int, lang: str) -> bool:
    """150딸라에서 220딸라로 뛰었다, rose from 5 to 8 yuan: two sums, no range."""
    before, after = _changes(lang)
    return bool(
        (before and before.search(text[max(0, start - 40) : start])) or (after and after.match(text, end))
    )


def money_range(m: Match) -> Value | None:
    """3천~5천 위안: 3~5만 means 30,000 to 50,000."""
    low, high = m.get("a"), m.get("b")
    code = m.get("cur2") or m.get("cur") or m.get("sign")
    if m.get("cur") and m.get("cur2") and m.get("cur") != m.get("cur2"):
        return None
    small, large = low.low, high.low
    if became(m.setting.text, m.start, m.end, m.rule.lang):
        return None
    if m.get("list") is not None and not _neighbours(m, small, large):
        return None
    if m.rule.lang in ("ko", "zh"):
        small = said_once(m.words.lstrip("¥$€£￥₩ "), m.rule.lang, small, large)
    else:
        small = same_scale(m.words, small, large)
    if _bare_ends(m, small, large):
        return None
    while (
        m.rule.lang != "en"
        and 0 < small < large
        and large >= 10000
        and small < 1000
        and "," not in m.words
        and small * 10000 <= large
    ):
        small *= 10000
    if small > large:
        return None
    return {"amount": plain(small), "amount_high": plain(large), **currency(m, code)}


def _neighbours(m: Match, small: Decimal, large: Decimal) -> bool:
    """3,4천 is three or four thousand; 3, 7천 are two sums."""
    scaled = said_once(m.words, m.rule.lang, small, large)
    return scaled > small and large == scaled + scaled / small


@cache
def _scales() -> re.Pattern[str]:
    table = words("en")
    said = any_of([*table["big"], *table["suffix"], "hundred"])
    return re.compile(rf"(?:(?<=\d)|(?<![a-z])){said}(?![a-z])", re.IGNORECASE)


def same_scale(said: str, small: Decimal, large: Decimal) -> Decimal:
    """five to eight thousand, $5-10k: a scale said once, at the end, counts for both."""
    scales = _scales().findall(said)
    table = words("en")
    times = (
        Decimal((table["big"] | table["suffix"] | {"hundred": 100}).get(scales[0].lower(), 1))
        if len(scales) == 1
        else Decimal(1)
    )
    return small * times if small < times and small * times < large else small


_FIGURES = "零一二三四五六七八九"


def _figure(said: str) -> Decimal:
    """One Chinese figure, or a number in figures; 半 of a coin is five tenths."""
    said = said.replace("两", "二").replace("半", "五")
    return Decimal(_FIGURES.index(said)) if said in _FIGURES else Decimal(said)


def _code_before(m: Match) -> bool:
    """Whether a sign or a code stands right before the sum."""
    before = m.setting.text[max(0, m.start - 6) : m.start].split()
    said = before[-1] if before else ""
    known = said.lower() in lookup("en", "sign") or said.lower() in lookup("en", "code")
    return known and (said.lower() not in context("en")["capital_codes"] or said.isupper())


def money_mixed(m: Match) -> Value | None:
    """1달러 20센트, 三块五, 两毛五: with the small coin."""
    code = (
        m.get("cur")
        or m.get("sign")
        or m.get("sign_after")
        or m.get("minor")
        or m.get("tenth")
        or ("GBP" if "pence" in m.slots else "CNY")
    )
    whole = "a" in m.slots or "a1" in m.slots
    if "cents" in m.slots and "cur" in m.slots and _code_before(m):
        return None  # rmb 10 usd 20: each code has the figures behind it
    if m.get("minor") and whole and not _same_purse(m, code):
        return None
    if _careless(m) and not whole and (m.rule.lang == "ko" or m.words != m.setting.text.strip()):
        return None  # 五分 may be five minutes: a sum only where nothing else stands
    return {"amount": plain(_total(m)), **currency(m, code)}


def _total(m: Match) -> Decimal:
    one = "a1" in m.slots or ("piece" in m.slots and "a" not in m.slots)
    total = Decimal(1) if one else Decimal("0.01") if "c1" in m.slots else Decimal(0)
    for slot, share in (("a", "1"), ("t", "0.1"), ("c", "0.01")):
        if isinstance(m.get(slot), Number):
            total += m.get(slot).low * Decimal(share)
    for slot, share in (("point", "0.1"), ("cents", "0.01"), ("last", "0.01")):
        if m.get(slot) is not None:
            total += _figure(m.get(slot)) * Decimal(share)
    return total


def _same_purse(m: Match, code: str) -> bool:
    """Whether this small coin belongs to that currency; cents are cents of many."""
    minor = str(m.get("minor"))
    return minor == code or minor in currencies()["shared"] or minor == "USD"
