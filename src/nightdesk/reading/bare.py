"""Sums whose currency stands elsewhere or nowhere: rice is 5,400; 8천 달러, 작년엔 5천; 工资两千五，到手三百.

Belongs here: numbers that nothing explained yet, which a price told before them in their sentence, the name of a good, a word
of paying or a currency told for a whole list makes sums. Does not belong here: the words (data/money.toml), sums that say
their currency (sums.py), and English and Chinese numbers that a sum behind them explains (lent.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nightdesk.reading import plainly
from nightdesk.reading.find import Find
from nightdesk.reading.lent import alike
from nightdesk.reading.match import Setting, Value, plain
from nightdesk.reading.numerals import number
from nightdesk.reading.plainly import Words
from nightdesk.reading.sums import currency_of, same_scale
from nightdesk.reading.tables import simplified
from nightdesk.reading.tally import Number

NEAR = 110  # letters: so far before a number the words that explain it may stand
BEHIND = 40  # letters: the same behind it
FEW = 3  # of a currency told for a whole list in its own sentence, where the words of price stand no more
LIST = 400  # letters: so long is a list under one heading at most
LAST = 4  # sums: of so many told before it, it has the currency of the nearest that is no more unlike it
HOME = {"KP": "KPW", "KR": "KRW", "CN": "CNY"}
_MASKS = {"money": "¤", "date": "§", "time": "§", "duration": "§", "recurrence": "§", "quantity": "#"}


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that nothing explained."""

    start: int
    end: int
    value: Number


def sums(setting: Setting, tongue: str, finds: Sequence[Find], taken: bytearray) -> list[Find]:
    """The finds in order, and the sums among the numbers that none of them explains; marks those as taken."""
    words = plainly.words_of(tongue)
    places = words.seeds(setting.text, taken)
    if not places:
        return list(finds)
    text, money = _as_looked_at(setting.text, tongue), [find for find in finds if find.kind == "money"]
    numbers = list(_unexplained(text, places, words, taken))
    numbers = numbers if money else _worth_a_look(numbers, text, words, taken)
    if not numbers:
        return list(finds)
    found = list(_Page(words, setting, text, finds, money).sums(numbers))
    for find in found:
        taken[find.start : find.end] = b"\1" * (find.end - find.start)
    return sorted((*finds, *found), key=lambda f: (f.start, -f.end)) if found else list(finds)


def _worth_a_look(numbers: Sequence[_Number], text: str, words: Words, taken: bytearray) -> list[_Number]:
    """Where no sum stands to lead them: those behind which stands what may stand behind a sum.

    What was read near it may say so too, once it is a mark: a sum said later on the page must not be what decides.
    """
    after = words.said("after")
    return [
        one for one in numbers if taken.find(1, one.end, one.end + BEHIND) >= 0 or after.match(text, one.end)
    ]


def _as_looked_at(text: str, tongue: str) -> str:
    """In small or simplified letters, where no offset moves by it."""
    seen = simplified(text) if tongue == "zh" else text.lower()
    return seen if len(seen) == len(text) else text


def _unexplained(text: str, places: Sequence[int], words: Words, taken: bytearray) -> Iterator[_Number]:
    """The numbers outside what is taken, in order: looked for only where a figure or a large unit stands free."""
    end = 0
    for at in places:
        if at < end:
            continue
        found = words.number_at(text, max(at - 40, end), at, taken)
        if found is None:
            end = at + 1  # no number begins so far: 千千千 was tried anew from each of its letters
            continue
        end = found.end()
        value = _value(found, words)
        if value is not None and value.low >= 1 and taken.find(1, found.start(), end) < 0:
            yield _Number(found.start(), end, value)


def _value(found: re.Match[str], words: Words) -> Number | None:
    """The number, or both ends of a range; None for a year and what is a number in its letters alone."""
    said, tongue = found[0].rstrip("块钱"), words.tongue
    if words.said("never").fullmatch(said):
        return None
    if tongue != "en" or found["high"] is None:
        return number(said, tongue)
    low, high = number(found["low"], tongue), number(found["high"], tongue)
    if low is None or high is None or low.high or high.high:
        return None
    small = same_scale(said, low.low, high.low)
    return Number(small, high.low) if small < high.low else None


class _Page:
    """One text in which numbers are looked at from its end to its beginning, and then the other way."""

    def __init__(
        self, words: Words, setting: Setting, text: str, finds: Sequence[Find], money: Sequence[Find]
    ) -> None:
        self.words, self.setting = words, setting
        self.letters = _masked(text, finds)
        self.money = sorted(money, key=_start)
        self.told = plainly.told_for_all(words, text)

    def sums(self, numbers: Sequence[_Number]) -> Iterator[Find]:
        """First those that a sum behind them explains, then the others; each may explain those looked at later."""
        left = []
        for one in reversed(numbers):
            if (found := self._leads(one)) is None:
                left.append(one)
            else:
                yield self._keep(found)
        for one in reversed(left):
            if (found := self._alone(one)) is not None:
                yield self._keep(found)

    def _keep(self, find: Find) -> Find:
        """From here on others may lean on it."""
        insort(self.money, find, key=_start)
        self.letters[find.start : find.end] = "¤" * (find.end - find.start)
        return find

    def _alone(self, one: _Number) -> Find | None:
        """What it is by what stands before it and right behind it; nothing where that counts."""
        if not self.words.said("after").match(behind := self._said(one.end, one.end + BEHIND)):
            return None
        before = self._before(one)
        found = self._leans(one) or self._plain(one, before, behind)
        return None if found is None or self.words.said("counted").search(before) else found

    def _said(self, start: int, end: int) -> str:
        """These letters, with a mark in place of each that something explained."""
        return "".join(self.letters[max(0, start) : end])

    def _leads(self, one: _Number) -> Find | None:
        """쌀 6,200, 강냉이 3,400, 돼지고기 24,000원: the sum right behind it says the currency."""
        at = bisect_left(self.money, one.end, key=_start)
        behind = self.money[at] if at < len(self.money) else None
        if one.value.low < self.words.least or behind is None or behind.start - one.end > NEAR:
            return None
        gap = self._said(one.end, behind.start)
        if not self._fits(one, behind) or not self.words.said("lead").fullmatch(gap):
            return None
        before = self._before(one)
        leads = self.words.said("begins").search(before) and not self.words.said("counted").search(before)
        return _find(one, _purse(behind.value)) if leads else None

    def _leans(self, one: _Number) -> Find | None:
        """45위안, 작년엔 38: nothing but when, and the name of another thing, stands between it and the sum before it."""
        at = bisect_left(self.money, one.start, key=_start) - 1
        before = self.money[at] if at >= 0 else None
        if before is None or one.start - before.end > NEAR or not self._fits(one, before):
            return None
        gap = self._said(before.end, one.start)
        return _find(one, _purse(before.value)) if self.words.said("gap").fullmatch(gap) else None

    def _plain(self, one: _Number, before: str, behind: str) -> Find | None:
        """쌀은 6천: what stands beside it says that it is a price, or that it was paid."""
        told = self._told_at(one)
        if one.value.low < (FEW if told and self._is_told_in_its_sentence(one) else self.words.least):
            return None
        if told is None and not plainly.may_be_sum(self.words, before, behind):
            return None
        code = plainly.rate(self.words, before, behind, one.value.low, self.setting.country_at(one.end))
        if code is not None:
            return _find(one, {"currency": code})
        if not plainly.is_sum(self.words, before, behind, one.value.low, told is not None):
            return None
        purse = told or self._of_before(one)
        return _find(one, purse) if purse else None

    def _of_before(self, one: _Number) -> Value | None:
        """The currency of the nearest sum before it that is no more unlike it; else that of the country, and yuan."""
        here = HOME.get(self.setting.country_at(one.end) or "")
        home = (
            "CNY" if here and self.words.tongue == "zh" else here
        )  # what who speaks Chinese names no currency of
        at = bisect_left(self.money, one.start, key=_start)
        last = next((f for f in reversed(self.money[max(0, at - LAST) : at]) if self._fits(one, f)), None)
        if last is not None:
            purse = _purse(last.value)
            return purse if home in (None, purse["currency"]) else {**purse, "also": [home]}
        if home is None:
            return None
        other = here if home == "CNY" else "CNY"
        return {"currency": home} if home == other else {"currency": home, "also": [other]}

    def _fits(self, one: _Number, other: Find) -> bool:
        return alike(one.value.low, Decimal(other.value["amount"]))

    def _before(self, one: _Number) -> str:
        """What stands before it in its sentence."""
        return str(
            self.words.said("stop").split(self._said(one.start - self.words.row["before"], one.start))[-1]
        )

    def _told_at(self, one: _Number) -> Value | None:
        """The currency told for all: the last one before it, or one behind it in its sentence."""
        place = bisect_left(self.told, (one.start, ""))
        if place:
            return self._coin(self.told[place - 1][1], one)
        at, code = self.told[0] if self.told else (one.end + NEAR + 1, "")
        far = at > one.end + NEAR or self.words.said("stop").search(self._said(one.end, at)) is not None
        return None if far else self._coin(code, one)

    def _is_told_in_its_sentence(self, one: _Number) -> bool:
        """Yuan: socks 6, a padlock 14. Further on a small number is mostly a count."""
        place = bisect_left(self.told, (one.start, ""))
        at = self.told[place - 1][0] if place else one.start - LIST - 1
        return one.start - at <= LIST and self.words.said("stop").search(self._said(at, one.start)) is None

    def _coin(self, said: str, one: _Number) -> Value:
        return currency_of(said, self.setting.country_at(one.end))


def _start(find: Find) -> int:
    return find.start


def _purse(value: Value) -> dict[str, object]:
    return {key: value[key] for key in ("currency", "also", "scheme") if key in value}


def _find(one: _Number, purse: Value) -> Find:
    high = {"amount_high": plain(one.value.high)} if one.value.high is not None else {}
    return Find(one.start, one.end, "money", {"amount": plain(one.value.low), **high, **purse})


def _masked(text: str, finds: Sequence[Find]) -> list[str]:
    """The letters, with a mark for each that something explained: a day, a count, a sum, a name."""
    letters = list(text)
    for find in finds:
        if find.kind != "quotation" and not find.inside:
            letters[find.start : find.end] = _MASKS.get(str(find.kind), "@") * (find.end - find.start)
    return letters
