"""What changed in a text since somebody cleared it, edition by edition."""

from __future__ import annotations

from dataclasses import dataclass

from nightdesk.desk.review.draft import snapshot
from nightdesk.desk.review.standing import Standing
from nightdesk.desk.stories import diffs


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph of one edition, before and after as one text."""

    lang: str
    pieces: list[diffs.Change]


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
                found.append(Change(lang, diffs.diff(old.get(name, ""), new.get(name, ""), lang)))
    return found


def _by_id(rows: list[list[str]]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}
