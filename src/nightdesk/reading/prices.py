"""Prices: a sum that follows its measure (쌀 1kg은 5,800원) or its coin (1위안은 1,260원)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nightdesk.reading.counts import good_after, good_before, one
from nightdesk.reading.find import Find
from nightdesk.reading.match import Value

_BETWEEN = re.compile(
    r"[ \t]{0,2}(?:은|는|이|가|에|당|값은|값이|=|:|：|(?:的)?(?:大米|价格|价钱|卖|要|是|换|兑)?|is|was|are|for|costs?|sells for|sold for|at)?[ \t]{0,2}$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"[ \t]{0,2}(?:(?:per|an?|/|every|each|每|一)[ \t]{0,2}(?P<unit>kg|kilo(?:gram)?|公斤|斤|litre|liter|升|吨|ton)"
    r"|(?:per|an?|/|every|each)[ \t]{0,2}(?P<time>hour|day|night|week|month|year))(?![a-z])(?![ ](?:ago|later|earlier|before|after|and a half))",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(
    r"(?:每|一)(?P<unit>公斤|斤|升|吨)[ \t]{0,2}$|(?P<ko>kg|키로|킬로|리터|톤)당[ \t]{0,2}$"
)
# A kilo of rice cost 6,200 won: no number stands before the measure. Half a kilo is a number and none of these.
_A_MEASURE = re.compile(
    r"(?<![a-z])(?<!half )an?[ ](?P<unit>kg|kilo(?:gram)?|litre|liter|ton)(?:[ ]of[ ][a-z]{2,12})?"
    r"(?:[ ](?:now|still|already))?[ ](?:is|was|costs?|sells for|sold for|goes for|went for)[ ]$",
    re.IGNORECASE,
)
_UNITS = {
    "kg": "kg", "kilo": "kg", "kilogram": "kg", "公斤": "kg", "斤": "jin", "litre": "l", "liter": "l", "升": "l",
    "吨": "t", "ton": "t", "키로": "kg", "킬로": "kg", "리터": "l", "톤": "t",
}  # fmt: skip


def priced(text: str, finds: Sequence[Find]) -> Iterator[Find]:
    """The same finds; sums that are prices say per what, and of which good."""
    before: Find | None = None
    for find in finds:
        if before is not None and before.kind == "money" and _time_of(text, before, find):
            continue  # a month, of three dollars a month
        if find.kind == "money":
            yield replace(find, value={**find.value, **_per(text, before, find)})
        else:
            yield find
        # What is flagged explains nothing: 1 kg COSTS 5,000 won.
        before = before if find.inside or find.why else find


def _time_of(text: str, sum_: Find, find: Find) -> bool:
    """Whether a length is what a sum is paid for."""
    after = _PER.match(text, sum_.end) if find.kind in ("duration", "recurrence") else None
    return after is not None and after["time"] is not None and find.end == after.end()


def _per(text: str, before: Find | None, sum_: Find) -> Value:
    if before is not None and _BETWEEN.fullmatch(text[before.end : sum_.start]):
        if before.kind == "money" and one(before.value["amount"]) and "은는=:".find(text[before.end]) >= 0:
            return {"per": {"amount": before.value["amount"], "currency": before.value["currency"]}}
        if before.kind == "quantity" and "unit" in before.value and before.value["unit"] != "%":
            return _measure(before.value)
    return _each(text, sum_)


def _measure(quantity: Value) -> Value:
    unit, amount, of = quantity["unit"], quantity["amount"], quantity.get("of")
    per = unit if one(amount) else {"amount": amount, "unit": unit}
    return {"per": per, **({"good": of} if of else {})}


def _each(text: str, sum_: Find) -> Value:
    """5,800 won a kilo of rice; 每公斤5800元."""
    if (after := _PER.match(text, sum_.end)) is not None:
        if after["time"]:
            return {"per": after["time"].lower()}
        good = good_after(text, after.end()) or good_before(text, sum_.start, "en")
        return {"per": _UNITS[after["unit"].lower()], **({"good": good} if good else {})}
    start = max(0, sum_.start - 12)
    if (ahead := _EACH_BEFORE.search(text[start : sum_.start])) is not None:
        good = good_before(text, start + ahead.start(), "zh")
        return {"per": _UNITS[(ahead["unit"] or ahead["ko"]).lower()], **({"good": good} if good else {})}
    return _a_measure(text, sum_.start)


def _a_measure(text: str, end: int) -> Value:
    start = max(0, end - 50)
    if (said := _A_MEASURE.search(text[start:end])) is None:
        return {}
    good = good_after(text, start + said.end("unit"))
    return {"per": _UNITS[said["unit"].lower()], **({"good": good} if good else {})}
