"""How the findings of `--spans` are scored: entities found whole and everywhere, tokens that were rightly marked."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nightdesk.disclosure.plain import plain

GOLD = Path(__file__).with_name("spans_gold.jsonl")
TOKEN = re.compile(r"\w+")


def gold(split: str) -> list[dict[str, Any]]:
    """The paragraphs of one half of the gold."""
    lines = map(json.loads, GOLD.read_text("utf-8").splitlines())
    return [line for line in lines if line["split"] == split]


def scored(rows: Iterable[dict[str, Any]], show: bool = False) -> dict[str, float]:
    """Recall by entity of direct and quasi identifiers, and token precision."""
    whole: dict[str, list[bool]] = defaultdict(list)
    right = marked = 0
    for row in rows:
        text = row["text"]
        found = {i for one in plain(text, row["lang"]) for i in range(one.start, one.end)}
        entities: dict[tuple[str, str], bool] = {}
        for span in row["spans"]:
            key = (span["class"], span["entity"])
            ok = all(i in found or not text[i].isalnum() for i in range(span["start"], span["end"]))
            entities[key] = entities.get(key, True) and ok
            if show and not ok:
                print("MISS", row["id"], span["class"], repr(span["words"]))
        for (class_, _), ok in entities.items():
            whole[class_].append(ok)
        meant = {i for span in row["spans"] for i in range(span["start"], span["end"])}
        for match in TOKEN.finditer(text):
            if match.start() in found:
                marked += 1
                right += match.start() in meant
                if show and match.start() not in meant:
                    print("EXTRA", row["id"], text[max(0, match.start() - 15) : match.end() + 10])
    recall = {class_: sum(oks) / len(oks) for class_, oks in whole.items()}
    return {**recall, "precision": right / marked}


if __name__ == "__main__":
    import sys

    print(scored(gold(sys.argv[1]), show=len(sys.argv) > 2))
