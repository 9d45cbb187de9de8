"""What the translation's screen shows: pairs of paragraphs, and nothing that lies behind them.

No claim's statement, no pseudonym and no report reaches these values: only words of editions, sums as
readers see them, and the glossary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nightdesk.desk import clock
from nightdesk.desk.stories import chips
from nightdesk.desk.stories.boxes import Box, drafts_by_paragraph, look
from nightdesk.desk.stories.chips import Chip
from nightdesk.desk.stories.diffs import Change, diff
from nightdesk.desk.stories.models import Edition, Paragraph
from nightdesk.desk.translation.glossary import Stretch, Word, find, marked
from nightdesk.desk.translation.models import Term

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True)
class Pair:
    """A source paragraph and its rendering."""

    source: Paragraph
    stretches: list[Stretch]  # the source as readers see it, cut at the glossary's terms
    terms: list[Word]
    sums: list[tuple[str, str]]  # token a button inserts, and the sum in the target's style
    changes: list[Change]  # what changed in the source since it was rendered; empty: nothing
    box: Box


def pairs_of(member: Member, source: Edition, target: Edition) -> list[Pair]:
    """Every pair with words to render, in order. The number of queries does not grow with them."""
    rows = list(target.paragraphs.select_related("translates", "edition__story"))
    sums = chips.at_kept_rates(chips.sums_for(rows, source.story.rates_day(clock.today())), source.story)
    drafts, terms = drafts_by_paragraph(member, target), list(Term.objects.all())
    told = [row for row in rows if row.translates is not None and (row.translates.text or row.text)]
    return [
        _pair(row, look(row, target.lang, sums, drafts.get(row.pk)), sums, terms, source.lang) for row in told
    ]


def _pair(row: Paragraph, box: Box, sums: Mapping[str, Chip], terms: Iterable[Term], lang: str) -> Pair:
    source = row.translates
    assert source is not None  # the caller kept only pairs
    allowed = chips.sums_of(row, sums)
    rendered = chips.render(source.text, allowed, lang)
    said = rendered.text
    sums_at = [piece for piece in rendered.map if piece.chip]
    found = [
        one for one in find(said, terms, lang)
        if not any(one.start < at.end and at.start < one.end for at in sums_at)
    ]  # fmt: skip
    changes = diff(chips.render(row.translated_text, allowed, lang).text, said, lang)
    return Pair(
        source=source, stretches=list(marked(said, found)), terms=_once(one.term for one in found),
        sums=_sums(source, allowed, box.lang),
        changes=changes if row.stale and row.translated_text else [], box=box,
    )  # fmt: skip


def _once(terms: Iterable[Word]) -> list[Word]:
    return list({term.pk: term for term in terms}.values())


def _sums(source: Paragraph, sums: Mapping[str, Chip], lang: str) -> list[tuple[str, str]]:
    names = [name for name in dict.fromkeys(chips.chips_in(source.text)) if name in sums]
    tokens = [f"{{money:{name}}}" for name in names]
    return [(token, chips.render(token, sums, lang).text) for token in tokens]
