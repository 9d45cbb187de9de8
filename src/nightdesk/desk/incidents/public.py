"""The public form of a claim: what readers of the record may see of it, and never more than the story says.

Built field by field. A sum goes out only where its chip stands in every edition; a day only where
the text names it, otherwise the bounds are widened to whole months; a place no finer than the text.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from nightdesk.desk.stories import chips
from nightdesk.disclosure.facts import said
from nightdesk.disclosure.model import ParagraphText
from nightdesk.values.dates import span
from nightdesk.values.places import gazetteer

if TYPE_CHECKING:
    from nightdesk.desk.claims.models import Claim
    from nightdesk.desk.review.models import ForTheRecord
    from nightdesk.desk.stories.models import Paragraph, Story


class Spot(Protocol):
    """What is read of a paragraph as readers see it (review.draft.Spot)."""

    @property
    def lang(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def claims(self) -> tuple[str, ...]: ...
    @property
    def paragraph(self) -> Paragraph | None: ...


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One act as the public record will say it. `id` is random and leads nowhere."""

    id: str
    act: str
    status: str
    place: str
    place_code: str
    earliest: date | None
    latest: date | None
    edtf: str
    actor: dict[str, str]  # language -> words; empty: not said
    party: dict[str, str]
    amount: Decimal | None
    currency: str | None
    sum_role: str | None


def public_rows(story: Story, spots: Mapping[str, Sequence[Spot]], on: date) -> tuple[PublicRow, ...]:
    """The ticked claims that still stand in the story's paragraphs, in the order they were ticked."""
    claims = claims_in(story)
    rows = (_row(tick, claims.get(tick.claim_token), spots, on) for tick in story.for_the_record.all())
    return tuple(row for row in rows if row is not None)


def _row(
    tick: ForTheRecord, claim: Claim | None, spots: Mapping[str, Sequence[Spot]], on: date
) -> PublicRow | None:
    """Of a claim that was purged, what readers already had; of one taken out of the story nothing."""
    if claim is not None:
        return public_row(tick, claim, spots, on)
    return as_released(tick) if tick.released else None


def as_released(tick: ForTheRecord) -> PublicRow:
    """The row as the last release said it: the claim behind it is gone."""
    said = dict(tick.released)
    for name in ("earliest", "latest"):
        said[name] = date.fromisoformat(said[name]) if said[name] else None
    said["amount"] = Decimal(said["amount"]) if said["amount"] is not None else None
    return PublicRow(id=tick.public_id, actor=dict(tick.actor), party=dict(tick.party), **said)


def claims_in(story: Story) -> dict[str, Claim]:
    """The claims the story's paragraphs rest on, by token, in order of first mention."""
    paragraphs = [p for edition in story.editions.all() for p in edition.paragraphs.all()]
    return {claim.token: claim for p in paragraphs for claim in chips.claims_of(p)}


def public_row(tick: ForTheRecord, claim: Claim, spots: Mapping[str, Sequence[Spot]], on: date) -> PublicRow:
    """One claim in public words."""
    about = {lang: [s for s in row if s.paragraph and claim.token in s.claims] for lang, row in spots.items()}
    with_sum = claim.amount is not None and all(_has_chip(row, claim) for row in about.values())
    earliest, latest = _bounds(claim, about.values(), on, claim.account.report.country)
    place = _place(claim.place, spots)
    return PublicRow(
        id=tick.public_id, act=claim.act, status=claim.status, place=place, place_code=place_code(place),
        earliest=earliest, latest=latest, edtf=span(earliest, latest).edtf if earliest or latest else "",
        actor=dict(tick.actor), party=dict(tick.party),
        amount=claim.amount if with_sum else None, currency=claim.currency if with_sum else None,
        sum_role=(claim.sum_role or None) if with_sum else None,
    )  # fmt: skip


def _has_chip(row: Iterable[Spot], claim: Claim) -> bool:
    name = f"c{claim.pk}"
    return any(name in chips.chips_in(spot.paragraph.text) for spot in row if spot.paragraph)


def _bounds(
    claim: Claim, editions: Iterable[Iterable[Spot]], on: date, country: str
) -> tuple[date | None, date | None]:
    """The claim's own bounds where every edition names them, else the whole months around them."""
    wanted = (claim.earliest, claim.latest)
    if None not in wanted and all(wanted in _said(row, on, country) for row in editions):
        return wanted
    first = claim.earliest.replace(day=1) if claim.earliest else None
    last = claim.latest
    return first, last.replace(day=calendar.monthrange(last.year, last.month)[1]) if last else None


def _said(row: Iterable[Spot], on: date, country: str) -> set[tuple[date | None, date | None]]:
    """Bounds of every date that stands in these paragraphs."""
    return {bounds for spot in row for bounds in _dates_in(spot.lang, spot.text, on, country)}


@lru_cache(maxsize=1024)  # asked on every screen that shows where a story stands
def _dates_in(lang: str, text: str, on: date, country: str) -> frozenset[tuple[date | None, date | None]]:
    """Bounds of the dates in one paragraph, as a reader on the day of release takes them."""
    facts = said(lang, ParagraphText("p", text), on, country).of("date")
    return frozenset((fact.data.get("first"), fact.data.get("last")) for fact in facts)


def _place(key: str, spots: Mapping[str, Sequence[Spot]]) -> str:
    """The place, or the nearest wider one that the text names; the province is always wide enough."""
    places = gazetteer()
    while key in places and places[key].level not in ("province", "country") and not _named(key, spots):
        key = places[key].parent
    return key if key in places else ""


def _named(key: str, spots: Mapping[str, Sequence[Spot]]) -> bool:
    """Whether every edition names the place."""
    names = gazetteer()[key].names
    return all(
        any(name in spot.text for spot in row for name in names.get(lang, ())) for lang, row in spots.items()
    )


def place_code(key: str) -> str:
    """ISO 3166-2 of the place or of the nearest wider one that has it; '' when none does."""
    places = gazetteer()
    while key in places:
        if code := places[key].codes.get("iso3166_2"):
            return str(code)
        key = places[key].parent
    return ""
