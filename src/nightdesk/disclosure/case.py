"""The draft laid out for the rules: paragraphs of all editions side by side, with what lies behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from nightdesk.disclosure.archive import Past, archived
from nightdesk.disclosure.bare import with_bare_names
from nightdesk.disclosure.facts import Fact, Said, said
from nightdesk.disclosure.grammar import sentences
from nightdesk.disclosure.lookup import Lookup, looked_up
from nightdesk.disclosure.model import (
    ClaimEvidence,
    Draft,
    Earlier,
    Evidence,
    GroupTable,
    Interval,
    Knowers,
    ParagraphText,
    SealedReport,
)
from nightdesk.disclosure.traits import Who
from nightdesk.disclosure.whereabouts import folded
from nightdesk.disclosure.words import phrases

FEW = 30  # at most so many knowers, or a party or a household, and a fact points at them
CLOSE = ("party", "household")
HEADINGS = ("title", "address")  # name a story and tell nothing by themselves: no claim is asked for


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph in every edition that has it, its claims and the reports behind them."""

    said: Mapping[str, Said]
    claims: tuple[ClaimEvidence, ...]
    reports: tuple[SealedReport, ...]
    headline: bool

    @property
    def knowers(self) -> Knowers | None:
        """The smallest circle that could know something told here; None when nobody said."""
        circles = [claim.knowers for claim in self.claims if claim.knowers]
        return min(circles, key=lambda circle: (circle.high, circle.low), default=None)

    @property
    def few(self) -> bool:
        """Whether what is told here points at a handful of people."""
        return self.knowers is not None and (self.knowers.high <= FEW or self.knowers.kind in CLOSE)

    def facts(self, *kinds: str) -> tuple[Fact, ...]:
        """Facts of these kinds in every edition."""
        return tuple(fact for one in self.said.values() for fact in one.of(*kinds))


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a rule may look at."""

    draft: Draft
    evidence: Evidence
    archive: Past  # everything released before
    lookup: Lookup  # the newsroom's group tables
    on: date
    passages: tuple[Passage, ...]
    said_in: Mapping[tuple[str, str], tuple[Fact, ...]]  # (edition, kind of fact): all of it
    places: frozenset[str]  # every place the draft names, by key, `folded`
    # The table of each group, and of whom of it, once looked up.
    chosen: dict[tuple[str, Who], GroupTable | None] = field(default_factory=dict)
    wider: dict[tuple[str, Who], Interval | None] = field(default_factory=dict)  # the same of a wider word


def lay_out(
    draft: Draft,
    evidence: Evidence,
    history: Sequence[Earlier] | Past,
    tables: Sequence[GroupTable],
    on: date,
) -> Case:
    """The case of a draft that has passed `check`."""
    claims = {claim.id: claim for claim in evidence.claims}
    reports = {report.id: report for report in evidence.reports}
    rows = [
        {lang: said(lang, one, draft.release_on, draft.country) for lang, one in row.items()}
        for row in aligned(draft)
    ]
    named = with_bare_names((one for row in rows for one in row.values()), evidence.claims)
    passages = []
    for row in rows:
        ids = dict.fromkeys(claim for one in row.values() for claim in one.paragraph.claims)
        behind = tuple(claims[each] for each in ids)
        told = tuple(reports[each] for each in dict.fromkeys(claim.report for claim in behind))
        read = {lang: named.get(one, one) for lang, one in row.items()}
        passages.append(
            Passage(read, behind, told, any(one.paragraph.id in HEADINGS for one in row.values()))
        )
    everything = [fact for passage in passages for one in passage.said.values() for fact in one.facts]
    gathered: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in everything:
        gathered[fact.span.edition, fact.kind].append(fact)
    said_in = {where: tuple(facts) for where, facts in gathered.items()}
    places = frozenset(folded(str(fact.value)) for fact in everything if fact.kind == "place")
    archive = archived(history, draft.country)
    return Case(draft, evidence, archive, looked_up(tuple(tables)), on, tuple(passages), said_in, places)


def aligned(draft: Draft) -> list[dict[str, ParagraphText]]:
    """Paragraphs side by side: in order when the editions are equally long, otherwise by claims."""
    bodies = {lang: [p for p in edition if p.id != "title"] for lang, edition in draft.editions.items()}
    heads = {lang: p for lang, edition in draft.editions.items() for p in edition if p.id == "title"}
    rows = by_order(bodies) if len({len(body) for body in bodies.values()}) == 1 else by_claims(bodies)
    return ([heads] if heads else []) + rows


def by_order(bodies: Mapping[str, list[ParagraphText]]) -> list[dict[str, ParagraphText]]:
    """The first with the first, and so on."""
    rows = zip_longest(*bodies.values())
    return [dict(zip(bodies, row, strict=True)) for row in rows]


def by_claims(bodies: Mapping[str, list[ParagraphText]]) -> list[dict[str, ParagraphText]]:
    """The longest edition leads; another's paragraph joins the first unpaired one that shares a claim."""
    lead = max(bodies, key=lambda lang: len(bodies[lang]))
    rows = [{lead: paragraph} for paragraph in bodies[lead]]
    alone = []
    for lang, body in bodies.items():
        for paragraph in body if lang != lead else ():
            row = next((r for r in rows if lang not in r and shares(r[lead], paragraph)), None)
            if row is None:
                alone.append({lang: paragraph})
            else:
                row[lang] = paragraph
    return rows + alone


def shares(one: ParagraphText, other: ParagraphText) -> bool:
    """Whether two paragraphs stand on a common claim."""
    return bool(set(one.claims) & set(other.claims))


def attributions(one: Said) -> tuple[tuple[int, int], ...]:
    """Sentences that say where the news comes from."""
    return attributed(one.paragraph.text, one.edition)


@lru_cache(maxsize=1024)
def attributed(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """The same of plain words; kept, because every day and place of a paragraph asks."""
    marks, lower = phrases("attribution", lang), text.lower()
    return tuple((a, b) for a, b in sentences(text) if any(mark in lower[a:b] for mark in marks))
