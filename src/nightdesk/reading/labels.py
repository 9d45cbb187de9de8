"""Names that a model tells: how its labels join what the rules read.

`read(…, names=…)` takes any pure function from the text and the rules' finds to labels; this room holds
none. A label fills what the rules left silent, or replaces shorter finds inside a longer name; a value a
rule computed is never lost to a label. Belongs here: the joining. Does not belong here: the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from nightdesk.reading.find import Find
from nightdesk.reading.model import Kind
from nightdesk.reading.spots import FIRST, listed, names, value
from nightdesk.reading.tables import context

HANGUL = re.compile("[가-힣]{2,}")
# Kinds that carry a computed value: a label never takes their place.
COMPUTED = ("money", "date", "time", "duration", "recurrence", "contact")
NAMED = ("person", "place", "organisation")
UNLISTED = "a name nobody has listed"
UNCOUNTED: dict[Kind | None, str] = {
    None: UNLISTED,
    "date": "a day that no rule counts",
    "time": "a time that no rule counts",
    "quantity": "a quantity that no rule counts",
}


class Label(NamedTuple):
    """A stretch of the text and its kind; None: a proper noun that is nothing of these."""

    start: int
    end: int
    kind: Kind | None


Names = Callable[[str, Sequence[Find]], Sequence[Label]]


def unexplained(text: str, taken: bytearray) -> bool:
    """Whether Korean words are left that no rule explains: only then is anybody asked."""
    return any(taken.find(0, *found.span()) >= 0 for found in HANGUL.finditer(text))


def labelled(text: str, finds: Sequence[Find], labels: Iterable[Label], taken: bytearray) -> list[Find]:
    """The rules' finds and the labels as one list, the stretches of new ones marked taken."""
    kept = list(finds)
    for label in labels:
        over = [f for f in kept if f.start < label.end and label.start < f.end and f.kind != "quotation"]
        if not over and (town := _town(text, label)) is not None:
            kept.append(town)
            _take(taken, label)
        elif label.kind == "place" and (finest := _address(label, over)) is not None:
            kept = [f for f in kept if f not in over]
            kept.append(replace(finest, start=label.start, end=label.end))
        elif _stands(text, label, over):
            kept = [f for f in kept if f not in over or _may_stay(f, label)]
            kept.extend(_found(text, label, kept))
            _take(taken, label)
    return kept


def _town(text: str, label: Label) -> Find | None:
    """덕천처럼은: what is a town's name is the town, also where the model takes it for somebody's. Not 은정, a name too."""
    words = text[label.start : label.end]
    keys = names("ko").keys.get(words, ()) if label.kind in ("person", "place") and len(words) > 1 else ()
    if not keys or words in listed("ko", "strict"):
        return None
    return Find(label.start, label.end, "place", value(keys[0], keys, FIRST if len(keys) > 1 else ""))


# Countries whose tree of places the tables hold down to the county: their addresses stay level by level.
TREES = ("KP",)


def _address(label: Label, over: Sequence[Find]) -> Find | None:
    """경기 김포: places of one address are one, with the value of the finest. None for anything else."""
    if not over or any(f.start < label.start or label.end < f.end for f in over):
        return None
    if any(f.kind != "place" or "key" not in f.value or f.value.get("country") in TREES for f in over):
        return None
    finest = max(over, key=lambda f: f.end)
    return None if (finest.start, finest.end) == (label.start, label.end) else finest


def _stands(text: str, label: Label, over: Sequence[Find]) -> bool:
    """Whether the label may stand over what the rules read there."""
    if not over:
        return True
    if label.kind not in NAMED:
        return False
    if any(f.start < label.start or label.end < f.end for f in over):
        return False
    if label.kind != "organisation" and any(f.kind in ("place", "organisation") for f in over):
        return False  # 회령 강안동: each has a value of its own
    whole = [f for f in over if (f.start, f.end) == (label.start, label.end)]
    if whole and (whole[0].kind != "place" or _at().match(text, label.end)):
        return False  # 북한은 may act; 길주군에 is where
    return not any(f.kind in COMPUTED for f in over)


@cache
def _at() -> re.Pattern[str]:
    return re.compile(str(context("ko")["locative"]))


def _may_stay(find: Find, label: Label) -> bool:
    """A place stays inside the organisation that is named for it, and a quotation around anything."""
    return find.kind == "quotation" or (find.kind == "place" and label.kind == "organisation")


def _found(text: str, label: Label, kept: Sequence[Find]) -> list[Find]:
    """A name with a value; of what a rule would have to compute, that nobody did."""
    words, kind = text[label.start : label.end], label.kind
    if kind not in NAMED:
        missed = Find(label.start, label.end, None, {}, UNCOUNTED[kind])
        counted = replace(missed, kind=kind, value={"by": "model", "words": words}, why="")
        return [counted, missed] if kind == "quantity" else [missed]
    value: dict[str, Any] = {"by": "model"}
    if kind == "organisation":
        value["unit"] = words
        place = next(
            (f for f in kept if f.kind == "place" and label.start <= f.start and f.end <= label.end), None
        )
        if place is not None and "key" in place.value:
            value["place"] = place.value["key"]
    else:
        value["name"] = words
    return [Find(label.start, label.end, kind, value)]


def _take(taken: bytearray, label: Label) -> None:
    taken[label.start : label.end] = b"\1" * (label.end - label.start)
