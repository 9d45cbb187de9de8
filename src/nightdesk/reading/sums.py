"""Sums of money: amounts as decimals, currencies by code, and whose won it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nightdesk.reading.match import Match, Value, plain
from nightdesk.reading.numerals import Number
from nightdesk.reading.tables import context, currencies


def currency(m: Match, said: str) -> dict[str, Any]:
    """The code, with the other ones it may be when the country does not tell."""
    shared = currencies()["shared"].get(said)
    if shared is None:
        scheme = currencies()[said]["scheme"]
        return {"currency": said} | ({} if scheme == "ISO 4217" else {"scheme": scheme})
    country = m.setting.country_at(m.end)
    if country in shared["by_country"]:
        return {"currency": shared["by_country"][country]}
    return {"currency": shared["otherwise"], "also": list(shared["also"])}


def _too_careless(m: Match, number: str, word: str) -> bool:
    """사원 is an employee and 两块 two pieces: such a word wants figures or a unit in its number."""
    start = m.words.find(word)
    careful = m.rule.lang in ("ko", "zh") and word in context(m.rule.lang)["careful_money"]
    return careful and not any(
        c.isdigit() or c in "십백천만억百千万萬亿億十拾佰仟" for c in number[: max(start, 0)]
    )


def money_sum(m: Match) -> Value | None:
    """2만 위안, $20, a dollar."""
    code = m.get("cur") or m.get("sign") or m.get("sign_after")
    amount = m.get("a")
    if not isinstance(amount, Number):
        amount = Number(Decimal(1))
    if "cur" in m.slots and _careless(m):
        return None
    return {"amount": plain(amount.low), **_high(amount.high), **currency(m, code)}


def _careless(m: Match) -> bool:
    words = context(m.rule.lang).get("careful_money", ())
    return any(m.words.endswith(word) and _too_careless(m, m.words, word) for word in words)


def _high(high: Decimal | None) -> dict[str, str]:
    return {"amount_high": plain(high)} if high is not None else {}


def money_range(m: Match) -> Value | None:
    """3천~5천 위안: 3~5만 means 30,000 to 50,000."""
    low, high = m.get("a"), m.get("b")
    code = m.get("cur2") or m.get("cur") or m.get("sign")
    if m.get("cur") and m.get("cur2") and m.get("cur") != m.get("cur2"):
        return None
    small, large = low.low, high.low
    while small < large and large >= 10000 and small < 1000 and "," not in m.words and small * 10000 <= large:
        small *= 10000
    if small > large:
        return None
    return {"amount": plain(small), "amount_high": plain(large), **currency(m, code)}


def money_mixed(m: Match) -> Value | None:
    """1달러 20센트, 三块五, 两毛: with the small coin."""
    code = m.get("cur") or m.get("minor") or m.get("tenth") or "CNY"
    if m.get("minor") and m.get("cur") and not _same_purse(m):
        return None
    if _careless(m) and "cur" not in m.slots:
        return _small_coin(m, code)
    total = Decimal(0)
    for slot, share in (("a", Decimal(1)), ("t", Decimal("0.1")), ("c", Decimal("0.01"))):
        if isinstance(m.get(slot), Number):
            total += m.get(slot).low * share
    if (point := m.get("point")) is not None:
        total += Decimal("一二三四五六七八九".replace("二", "二").index(point.replace("两", "二")) + 1) / 10
    return {"amount": plain(total), **currency(m, code)}


def _small_coin(m: Match, code: str) -> Value | None:
    """五分 may be five minutes: only as a sum when nothing else stands in the line."""
    if m.words != m.setting.text.strip() or not isinstance(m.get("c") or m.get("t"), Number):
        return None
    n, share = (m.get("c"), "0.01") if "c" in m.slots else (m.get("t"), "0.1")
    return {"amount": plain(n.low * Decimal(share)), **currency(m, code)}


def _same_purse(m: Match) -> bool:
    """Whether cents can follow these dollars."""
    minor = currencies()["shared"].get(m.get("minor"))
    return m.get("minor") == m.get("cur") or minor is not None
