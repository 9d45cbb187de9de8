"""How much of strangers' judgments and news `nightdesk review --spans` finds, on tests/disclosure/gold: three hands.

Beside it in the same run: what a few patterns for capitals, figures and e-mail addresses find.

An entity counts when every word of all its mentions is marked. Precision: of the words marked, those the gold marks too.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nightdesk.disclosure.plain import plain

GOLD = Path(__file__).parents[1] / "tests" / "disclosure" / "gold"
HANDS = ("legal", "legal2", "legal3")
PARTS = ("tune", "held out")
WORD = re.compile(r"\w+")

OPENERS = re.compile(
    r"(?:(?:The|A|An|In|On|At|He|She|It|They|That|This|These|By|For|From|As|When|Where|If|But|And|Or|However|According|After"
    r"|Before|His|Her|Its|Their|Of|To|With|There|No|Not|While|Since|During|All|Any|Such|We|I|You|Although|Under)\b\s*)+"
)
CAPITALS = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:[A-ZÀ-Þ][\w'’.-]*|of|de|van|von|and(?=\s[A-Z])))*(?<!\bof)(?<!\band)"
)
SHAPES = (
    re.compile(r"\S*\d[\w./:,-]*"),
    re.compile(
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)(?:[- ]\w+)?\s+(?:years?|months?|days?|weeks?)\b"
    ),
    re.compile(r"\S+@\S+"),
)

Row = tuple[str, float, str, str]
Line = Mapping[str, Any]


def gold(part: str, hand: str = HANDS[0]) -> Iterator[Line]:
    """The texts of one part of one hand's: those with an even number were tuned on."""
    for line in (GOLD / f"{hand}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if (int(row["id"][1:]) % 2 == 0) == (part == "tune"):
            yield row


def shapes(text: str) -> Iterator[tuple[int, int]]:
    """Capitals without the words that open sentences, figures, lengths in words, addresses of mail: what anybody would try first."""
    for match in CAPITALS.finditer(text):
        first = OPENERS.match(match[0])
        if first is None or first.end() < len(match[0]):
            yield match.start() + (first.end() if first else 0), match.end()
    for pattern in SHAPES:
        yield from (match.span() for match in pattern.finditer(text))


def ours(text: str) -> Iterator[tuple[int, int]]:
    """What the filter marks."""
    return ((one.start, one.end) for one in plain(text, "en"))


def scored(
    lines: Iterable[Line], find: Callable[[str], Iterator[tuple[int, int]]] = ours
) -> dict[str, float]:
    """Shares: `direct` and `quasi` entities found, and each of their types; `precision` of words."""
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for line in lines:
        marked = bytearray(len(line["text"]))
        for start, end in find(line["text"]):
            marked[start:end] = b"\1" * (end - start)
        for (_, kind, type_), whole in entities(line, marked).items():
            for name in (kind, f"{kind} {type_}"):
                wanted[name] += 1
                found[name] += whole
        for right in words_marked(line, marked):
            wanted["precision"] += 1
            found["precision"] += right
    return {name: found[name] / total for name, total in sorted(wanted.items())}


def entities(line: Line, marked: bytearray) -> dict[tuple[str, str, str], bool]:
    """Of every entity, by its name, kind and type: whether all its mentions are marked."""
    whole: dict[tuple[str, str, str], bool] = {}
    for one in line["entities"]:
        key = (one["entity"], one["kind"], one["type"])
        ok = all(marked[at] for at in range(one["start"], one["end"]) if line["text"][at].isalnum())
        whole[key] = whole.get(key, True) and ok
    return whole


def passed_over(lines: Iterable[Line]) -> tuple[int, int]:
    """Direct entities that SHAPES alone find, and how many of those the filter misses."""
    found = missed = 0
    for line in lines:
        whole = []
        for find in (shapes, ours):
            marked = bytearray(len(line["text"]))
            for start, end in find(line["text"]):
                marked[start:end] = b"\1" * (end - start)
            whole.append(entities(line, marked))
        by_shapes = [key for key, ok in whole[0].items() if ok and key[1] == "direct"]
        found += len(by_shapes)
        missed += sum(not whole[1][key] for key in by_shapes)
    return found, missed


def words_marked(line: Line, marked: bytearray) -> Iterator[bool]:
    """Of every word that is marked, whether the gold marks it."""
    meant = bytearray(len(line["text"]))
    for one in line["entities"]:
        meant[one["start"] : one["end"]] = b"\1" * (one["end"] - one["start"])
    for match in WORD.finditer(line["text"]):
        if any(marked[match.start() : match.end()]):
            yield any(meant[match.start() : match.end()])


def bench() -> list[Row]:
    """Direct, quasi and precision of both parts, of each hand's texts; and what shapes alone find and the filter does not."""
    passed = [passed_over(gold(part, hand)) for hand in HANDS for part in PARTS]
    found, missed = (sum(counts) for counts in zip(*passed, strict=True))
    beside = ("spans: direct that shapes alone find, missed", missed / found, "share", f"{missed} of {found}")
    return [
        (
            f"spans, {hand}, {part}: {name}{by}",
            scores[name],
            "share",
            f"{sum(1 for _ in gold(part, hand))} texts",
        )
        for hand in HANDS
        for part in PARTS
        for by, find in (("", ours), (", by shapes alone", shapes))
        for scores in [scored(gold(part, hand), find)]
        for name in ("direct", "quasi", "precision")
    ] + [beside]
