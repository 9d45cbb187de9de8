"""Sums that leave their currency to a neighbour: rice 6,200, maize 3,400, pork 24,000 won; 五十块一斤，今天十八.

Belongs here: numbers of one sentence that a sum beside them explains. Does not belong here: sums that say their currency
(sums.py), and numbers without such a neighbour, which stay unread.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from nightdesk.reading.find import Find
from nightdesk.reading.match import plain
from nightdesk.reading.numerals import number, pattern
from nightdesk.reading.tables import context

ALIKE = 25  # times: prices of one sentence lie no further apart; a count of people mostly does
FAR = 160  # letters: so far a sum lends its currency
TONGUES = ("en", "zh")
LEAST = {"en": 2, "zh": 10}  # 是三 and 到二 are mostly no sums
WONS = ("KPW", "KRW")
_COIN = re.compile(r"\b(?:dollars?|yuan|euros?) (?:at )?\Z")
CHAIN = 2 * FAR  # so far a number may stand from a sum and lean on it by way of another
_ENDS = re.compile(r"[.!?](?=\s|$)|[\n。！？…]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TO_ITS_NEXT = re.compile(r" (?:to|and then|then) |, (?:then |and )?|,? (?:and )?(?!for )[a-z]+ (?:at )?")


def sums(text: str, tongue: str, finds: Sequence[Find], taken: bytearray) -> Iterator[Find]:
    """The finds in order, and the sums among the numbers that none of them explains; marks those as taken."""
    money = [find for find in finds if find.kind == "money" and "amount_high" not in find.value]
    if not money:
        yield from finds
        return
    # In small letters patterns need not look at every case: half the time. Where a letter grows by it (İ), as it is.
    seen = text.lower() if tongue == "en" else text
    lent = list(_lent(seen if len(seen) == len(text) else text, tongue, money, taken))
    for find in lent:
        taken[find.start : find.end] = b"\1" * (find.end - find.start)
    yield from sorted((*finds, *lent), key=lambda f: (f.start, -f.end))


def _lent(text: str, tongue: str, money: Sequence[Find], taken: bytearray) -> Iterator[Find]:
    """From the end of the text to its beginning: a number may lean on one behind it that leans on a sum."""
    known = sorted(money, key=_start)
    far = FAR + max(find.end - find.start for find in money)
    near = list(_near(money))
    for found in reversed(list(_unexplained(text, tongue, near, taken))):
        amount = _amount(found[0], tongue)
        if amount is None:
            continue
        # Only those so near: a page of prices was gone through from each of them.
        first = bisect_left(known, found.start() - far, key=_start)
        last = bisect_right(known, found.end() + FAR, key=_start)
        owner = _owner(text, tongue, found.span(), amount, known[first:last])
        if owner is not None:
            own = {key: owner.value[key] for key in ("currency", "also", "scheme") if key in owner.value}
            find = replace(
                owner, start=found.start(), end=found.end(), value={"amount": plain(amount), **own}
            )
            insort(known, find, key=_start)
            yield find


def _unexplained(
    text: str, tongue: str, near: Sequence[tuple[int, int]], taken: bytearray
) -> Iterator[re.Match[str]]:
    """The numbers of these stretches that nothing has read; most are a part of what was."""
    for first, last in near:
        for found in _numbers(tongue).finditer(text, first, last):
            if taken.find(1, found.start(), found.end()) < 0:
                yield found


def _start(find: Find) -> int:
    return find.start


def _near(money: Sequence[Find]) -> Iterator[tuple[int, int]]:
    """The stretches of the text, apart and in order, where a number may lean on one of the sums or on one that does."""
    first = last = 0
    for find in sorted(money, key=lambda f: f.start):
        begin, end = max(0, find.start - CHAIN), find.end + CHAIN
        if begin <= last and last:
            last = max(last, end)
            continue
        if last:
            yield first, last
        first, last = begin, end
    if last:
        yield first, last


@cache
def _numbers(tongue: str) -> re.Pattern[str]:
    if tongue == "zh":
        return re.compile(
            f"(?=[\\d零〇○一二两兩三四五六七八九十百千万萬亿億壹貳贰俩叁仨肆伍陸陆柒捌玖拾佰仟廿卅几幾数數半])(?<![第几.,\\d]){pattern('zh')}(?![.,]\\d)"
        )
    return re.compile(rf"(?<![\w.,$€£¥/:-])(?:{pattern('en')})(?![\w%°/:-]|[.,]\d)")


def _amount(said: str, tongue: str) -> Decimal | None:
    value = None if _YEAR.fullmatch(said) else number(said, tongue)
    return value.low if value is not None and value.high is None and value.low >= LEAST[tongue] else None


def _owner(
    text: str, tongue: str, place: tuple[int, int], amount: Decimal, known: Sequence[Find]
) -> Find | None:
    """The sum of its sentence that says which currency is meant; the one right behind it comes first."""
    start, end = place
    near = [find for find in known if _together(text, start, end, find)]
    near = [find for find in near if alike(amount, Decimal(find.value["amount"]))]
    if _COIN.search(text, max(0, start - 12), start):
        near = [find for find in near if find.value["currency"] in WONS]  # a rate: dollar 8,300
    words = context(tongue)
    behind = min((find for find in near if find.start >= end), key=_start, default=None)
    if behind is not None and _leads(text, start, end, behind, words.get("sum_done")):
        return behind
    before = text[max(0, start - 40) : start]
    if "count_before" in words and re.search(words["count_before"], before):
        return None
    if not re.search(words["sum_before"], before):
        return None
    if not re.match(words["sum_after"], text[end : end + 40]):
        return None
    told = [
        find for find in near if find.end <= start
    ]  # "it was 300" looks back: of a later sum it tells nothing
    return min(told, key=lambda f: start - f.end, default=None)


def _leads(text: str, start: int, end: int, behind: Find, done: str | None) -> bool:
    """Whether nothing but the name of what it buys stands between it and the next sum: rice 6,200, maize 3,400 won."""
    between = text[end : behind.start]
    if not _TO_ITS_NEXT.fullmatch(between) or (done and re.match(done, between)):
        return False
    return _begins(text, start, end, behind)


def _begins(text: str, start: int, end: int, behind: Find) -> bool:
    """Whether nothing is counted: in "rice 6,200, maize 3,400 won" each has a word of its own before it."""
    if text[end : behind.start].lstrip(", ").startswith(("to ", "then ", "and then ")):
        return True
    return re.search(r"(?:[a-z]+|[:,;]) (?:at )?\Z", text[max(0, start - 20) : start]) is not None


def _together(text: str, start: int, end: int, find: Find) -> bool:
    first, last = (find.end, start) if find.end <= start else (end, find.start)
    return 0 <= last - first <= FAR and not _ENDS.search(text, first, last)


def alike(one: Decimal, other: Decimal) -> bool:
    return other > 0 and one <= other * ALIKE and other <= one * ALIKE
