"""What changed in a text since somebody cleared it, edition by edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from nightdesk.desk.review.draft import snapshot
from nightdesk.desk.review.standing import Standing

WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph before and after, as (kind, words) pieces: same, del, ins."""

    lang: str
    pieces: tuple[tuple[str, str], ...]


def since_cleared(one: Standing) -> list[Change]:
    """Paragraphs that differ from the cleared version; empty when it still holds or never was cleared."""
    if one.clearance is None or one.clearance_holds:
        return []
    before, after = one.clearance.review.text, snapshot(one.laid.spots)
    found = []
    for lang in dict.fromkeys([*before, *after]):
        old, new = _by_id(before.get(lang, [])), _by_id(after.get(lang, []))
        for name in dict.fromkeys([*old, *new]):
            if old.get(name, "") != new.get(name, ""):
                found.append(Change(lang, pieces(old.get(name, ""), new.get(name, ""))))
    return found


def _by_id(rows: list[list[str]]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


def pieces(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The two texts as one, word by word, with what went and what came."""
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        changed = (("del", "".join(old[a:b])), ("ins", "".join(new[c:d])))
        found += [(kind, words) for kind, words in changed if words]
    return tuple(found)
