"""How right reading is on the gold of tests/reading/gold: one row a kind, tuned on and held out.

`value right`: gold spans over which lies a span of the kind with the right value. `exact`: start and
end equal but for quotation marks and small words (at, from, 동안), as F1. `explained`: what must be read or flagged that is. Optional gold counts neither way.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from nightdesk.reading import Span, read

GOLD = Path(__file__).parents[1] / "tests" / "reading" / "gold"
LANGS = ("ko", "zh", "en")
PARTS = ("tune", "held out")
KINDS = (
    "money", "date", "time", "duration", "recurrence", "place", "organisation", "quantity", "person",
    "quotation", "contact",
)  # fmt: skip

Row = tuple[str, float, str, str]
Line = Mapping[str, Any]
Value = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """Of one kind: gold spans, right, exactly found, and the spans the tool gave."""

    wanted: int = 0
    right: int = 0
    exact: int = 0
    given: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def value_right(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        total = self.wanted + self.given
        return 2 * self.exact / total if total else 1.0


def gold(langs: Iterable[str] = LANGS, part: str | None = None) -> Iterator[Line]:
    """The gold lines of these languages, of one part or of both."""
    for lang in langs:
        for line in (GOLD / f"{lang}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if part in (None, row["part"]):
                yield row


def scores(lines: Iterable[Line]) -> tuple[dict[str, Score], Score]:
    """A score a kind, and of what must be read or flagged."""
    found, explained = {kind: Score() for kind in KINDS}, Score()
    for line in lines:
        reading = read(line["text"], line["lang"], date.fromisoformat(line["on"]), line["country"])
        for kind in KINDS:
            _of_kind(found[kind], kind, line, [s for s in reading.spans if s.kind == kind])
        _explained(explained, line, [*(s for s in reading.spans if s.kind != "quotation"), *reading.unread])
    return found, explained


def _of_kind(score: Score, kind: str, line: Line, spans: list[Span]) -> None:
    golden = [g for g in line["spans"] if g["kind"] == kind]
    wanted = [g for g in golden if not g.get("optional")]
    score.wanted += len(wanted)
    edges = {_edges(line["text"], s.start, s.end): s for s in spans}
    for one in wanted:
        over = [s for s in spans if s.start < one["end"] and one["start"] < s.end]
        values = (one["value"], *one.get("also", ()))
        right = any(same(kind, s.value, v) or _opened(kind, s, v) for s in over for v in values)
        score.right += right
        score.exact += _edges(line["text"], one["start"], one["end"]) in edges
        if not right:
            got = "; ".join(f"{s.words} {dict(s.value)}" for s in over) or "nothing"
            score.errors.append(f"{line['id']} wants {one['words']!r} {one['value']}, got {got}")
    allowed = [*(g for g in golden if g.get("optional")), *line.get("unread", ())]
    if kind == "place":
        allowed += [g for g in line["spans"] if g["kind"] == "organisation"]
    asked = {_edges(line["text"], g["start"], g["end"]) for g in wanted}
    for edges_, span in edges.items():
        free = any(span.start < g["end"] and g["start"] < span.end for g in allowed)
        score.given += edges_ in asked or not free
        if edges_ not in asked and not free:
            score.errors.append(
                f"{line['id']} gives {span.words!r} {dict(span.value)} in: {line['text'][:80]}"
            )


def _explained(score: Score, line: Line, spans: Iterable[Any]) -> None:
    covered = {i for s in spans for i in range(s.start, s.end)}
    digits = [(i, i + 1, c) for i, c in enumerate(line["text"]) if c.isdecimal()]
    for start, end, words in (*((u["start"], u["end"], u["words"]) for u in line.get("unread", ())), *digits):
        ok = covered.issuperset(i for i in range(start, end) if line["text"][i].isalnum())
        score.wanted, score.right = score.wanted + 1, score.right + ok
        if not ok:
            score.errors.append(f"{line['id']} neither reads nor flags {words!r}")


# Whether these belong to a span nobody has laid down: at eight, 从晚上七点, 이틀 동안.
_LOOSE = re.compile(
    r"^(?:(?:at|on|in|from|around|about|for|the|before|after|since|until|till|by|n(?:o|ot) later than) "
    r"|[从自在\"“‘'])+|(?: ?동안|째| ?까지| ?이후| ?부터|之前|以前|之后|以后|[\"”’'])+$",
    re.IGNORECASE,
)
# A span that takes such a word along is an interval open on one side; one that leaves it is the day itself.
_OPENS = re.compile(
    r"^(?:before|after|since|until|till|by|from|n(?:o|ot) later than) |(?:까지|이후|이전|부터|전|前|后|起)$",
    re.IGNORECASE,
)


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Quotation marks and small words at either end do not matter."""
    while (found := _LOOSE.search(text[start:end])) is not None and found.end() - found.start() < end - start:
        start, end = (start + found.end(), end) if found.start() == 0 else (start, start + found.start())
    return start, end


def same(kind: str, got: Value, want: Value | None) -> bool:
    """Whether a value is the gold's; None accepts any."""
    return want is None or SAME[kind](got, want)


def _opened(kind: str, span: Span, want: Value | None) -> bool:
    """Before July, since 2020: the side that is closed lies at the day, or on the next one."""
    if kind not in ("date", "time") or want is None or not _OPENS.search(span.words):
        return False
    low, high = ("earliest", "latest") if kind == "date" else ("from", "to")
    ends = [span.value[side] for side in (low, high) if span.value.get(side) is not None]
    if len(ends) != 1:
        return False
    if kind == "time":
        return bool(ends[0] in (want[low], want[high]))
    (end,) = (date.fromisoformat(day) for day in ends)
    return any(abs((end - date.fromisoformat(want[side])).days) <= 1 for side in (low, high))


def _money(got: Value, want: Value) -> bool:
    currencies = {got["currency"], *got.get("also", ())}
    sums = all(got.get(k) == want.get(k) for k in ("amount", "amount_high"))
    return sums and want["currency"] in currencies


def _seconds(iso: str) -> float:
    units = dict(zip("YMWDhms", (31536000, 2592000, 604800, 86400, 3600, 60, 1), strict=True))
    day, _, clock = iso[1:].partition("T")
    return sum(float(n) * units[u] for n, u in re.findall(r"([\d.]+)([A-Za-z])", day + clock.lower()))


def _plain(name: str) -> str:
    return re.sub(r"(county|city|province|prefecture|[^a-z])", "", name.lower())


def _place(got: Value, want: Value) -> bool:
    if any(got.get(code) != want.get(code) for code in ("country", "iso3166_2") if code in want):
        return False
    return "within" in want or _plain(got["name"]) == _plain(want["name"])


def _office(got: Value, want: Value) -> bool:
    unit = got["unit"].lower().replace("s' ", "'s ")
    return want["office"].lower() in unit and want.get("place", "").lower() in unit


def _keys(*keys: str) -> Callable[[Value, Value], bool]:
    return lambda got, want: all(str(got.get(k)) == str(want.get(k)) for k in keys)


SAME: dict[str, Callable[[Value, Value], bool]] = {
    "money": _money,
    "date": _keys("earliest", "latest"),
    "time": _keys("from", "to"),
    "duration": lambda got, want: _seconds(got["iso8601"]) == _seconds(want["iso8601"]),
    "recurrence": _keys("every", "weekday", "day"),
    "place": _place,
    "organisation": _office,
    "quantity": _keys("count", "count_high", "amount", "unit"),
    "person": lambda got, want: True,
    "quotation": lambda got, want: (
        _plain_words(got["words"]) == _plain_words(want["words"])
        and want.get("speaker", "") in got.get("speaker", "")
    ),
    "contact": _keys("contact"),
}


def _plain_words(said: str) -> str:
    return said.strip("\"'“”‘’ ,，")


def bench() -> Iterator[Row]:
    """Rows of (name, value, unit, note)."""
    for part in PARTS:
        for lang in LANGS:
            kinds, explained = scores(gold((lang,), part))
            for kind, score in kinds.items():
                if score.wanted:
                    note = f"exact spans F1 {score.f1:.2f}, of {score.wanted}"
                    yield f"gold {part}, {lang}, {kind}", 100 * score.value_right, "% right", note
            yield (
                f"gold {part}, {lang}, explained",
                100 * explained.value_right,
                "%",
                f"of {explained.wanted}",
            )


def errors(part: str = "tune", langs: Iterable[str] = LANGS) -> Iterator[str]:
    """What is wrong, a line each, with how often a kind is."""
    kinds, explained = scores(gold(langs, part))
    for kind, score in (*kinds.items(), ("unread", explained)):
        yield from (f"{kind}: {one}" for one in score.errors)
    yield str(Counter({kind: len(s.errors) for kind, s in kinds.items()}))
