"""Money chips: `{money:c12}` in a paragraph stands for the sum of the claim with key 12.

Pure but for `sums_for`, which reads the sums of paragraphs. Offsets are code points. Does not belong
here: which rate holds on a day (rates.py), how a currency is written (values.house).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from nightdesk.release.model import Run, Sum, Text
from nightdesk.values.house import house_money, scheme
from nightdesk.values.money import Money, Rate, convert

if TYPE_CHECKING:
    from nightdesk.desk.claims.models import Claim
    from nightdesk.desk.stories.models import MarketRate, Paragraph, Story

CHIP = re.compile(r"\{money:([^{}\s]*)\}")


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip stands for. `rate` is None where the sum is shown unconverted; `missing` says why."""

    money: Money
    rate: Rate | None = None
    missing: str = ""  # the currency without a rate, for the sentence on the screen


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of raw text and where it stands rendered; `chip` is its name ('c12') or empty."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    chip: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paragraph as readers see it. `map` covers both texts without a gap."""

    text: str
    runs: tuple[Run, ...]
    map: tuple[Piece, ...]
    unknown: tuple[str, ...]  # chips no claim stands behind: left in the text as typed


def token(claim_pk: int) -> str:
    """What a member types, or a button inserts, for the sum of this claim."""
    return f"{{money:c{claim_pk}}}"


def chips_in(text: str) -> tuple[str, ...]:
    """Names of the chips in raw text, in order: ('c12', 'c3')."""
    return tuple(found[1] for found in CHIP.finditer(text))


def render(text: str, sums: Mapping[str, Chip], lang: str) -> Rendered:
    """`text` with its chips in the house's style of `lang` (ko, en)."""
    runs: list[Run] = []
    pieces: list[Piece] = []
    said = ""

    def add(run: Run, raw_start: int, raw_end: int, chip: str = "") -> None:
        nonlocal said
        runs.append(run)
        pieces.append(Piece(raw_start, raw_end, len(said), len(said) + len(run.words), chip))
        said += run.words

    at, unknown = 0, []
    for found in CHIP.finditer(text):
        chip = sums.get(found[1])
        if chip is None:
            unknown.append(found[1])
            continue
        if found.start() > at:
            add(Text(text[at : found.start()]), at, found.start())
        add(_sum(chip, lang), found.start(), found.end(), found[1])
        at = found.end()
    if at < len(text):
        add(Text(text[at:]), at, len(text))
    return Rendered(said, tuple(runs), tuple(pieces), tuple(unknown))


def _sum(chip: Chip, lang: str) -> Sum:
    money, rate = chip.money, chip.rate
    if rate is None:
        return Sum(house_money(money, None, lang), money.amount, money.currency)
    words = house_money(money, convert(money, rate), lang)
    return Sum(words, money.amount, money.currency, rate.value, rate.to, rate.on, rate.source)


def written_out(text: str, sums: Mapping[str, Chip], lang: str) -> str:
    """`text` with the chips of `sums` as plain words, others left: for when the claim behind a chip goes."""
    return CHIP.sub(lambda found: _sum(sums[found[1]], lang).words if found[1] in sums else found[0], text)


def replace(raw: str, rendered: Rendered, start: int, end: int, new: str) -> str:
    """`raw` with the RENDERED code points [start, end) replaced by `new`.

    A range that reaches into a chip takes the whole chip: half a sum is no sum. ValueError when the
    range lies outside the rendered text.
    """
    if not 0 <= start <= end <= len(rendered.text):
        raise ValueError(f"{start}-{end} lies outside the paragraph's {len(rendered.text)} characters")
    first = _raw(rendered, start, after=True)
    last = _raw(rendered, end, after=False) if end > start else first
    return raw[: first[0]] + new + raw[last[1] :]


def _raw(rendered: Rendered, at: int, *, after: bool) -> tuple[int, int]:
    """Where rendered offset `at` lies in the raw text; a whole chip when it lies inside one.

    Between two pieces it is the start of the later one (`after`) or the end of the earlier.
    """
    for piece in rendered.map:
        if at < piece.end or (at == piece.end and not after):
            if piece.chip:
                edge = piece.raw_start if at == piece.start else piece.raw_end
                return (edge, edge) if at in (piece.start, piece.end) else (piece.raw_start, piece.raw_end)
            return (piece.raw_start + at - piece.start,) * 2
    end = rendered.map[-1].raw_end if rendered.map else 0
    return end, end


def claims_of(paragraph: Paragraph) -> list[Claim]:
    """The claims a paragraph rests on: its own, and those of the paragraph it translates."""
    if paragraph.gathered is not None:
        return paragraph.gathered
    own = list(paragraph.claims.all())
    if paragraph.translates is not None:
        own += [claim for claim in paragraph.translates.claims.all() if claim not in own]
    return own


def sums_for(
    paragraphs: Sequence[Paragraph], on: date, own: Sequence[MarketRate] | None = None
) -> dict[str, Chip]:
    """Every chip the claims of `paragraphs` allow, converted at the rate of `on` or the latest before.

    `on` is the story's own (Story.rates_day). Four queries at most, however many paragraphs. To render one paragraph use `sums_of` on it, so
    that a chip of another paragraph's claim shows as the mistake it is.
    """
    gather(paragraphs)
    claims = {claim.pk: claim for paragraph in paragraphs for claim in claims_of(paragraph)}
    return sums_of_claims(claims.values(), on, own)


def sums_of_claims(
    claims: Iterable[Claim], on: date, own: Sequence[MarketRate] | None = None
) -> dict[str, Chip]:
    """The chip of each claim that has a sum the house can write. `own`: the desk's rates where somebody has them."""
    from nightdesk.desk.stories import rates

    with_sum = [claim for claim in claims if claim.amount is not None and _known(claim.currency)]
    book = rates.book(on, {claim.currency for claim in with_sum}, own)
    return {f"c{claim.pk}": _chip(claim, book) for claim in with_sum}


def at_kept_rates(sums: Mapping[str, Chip], story: Story) -> dict[str, Chip]:
    """The sums of one story, each at the rate its readers have seen where there is one.

    The day of the first release is not enough: the table of the bank may not have reached it yet, and
    the desk's own rate of a day can be corrected. What was published stays comparable with itself.
    """
    kept = {
        currency: Rate(
            currency, row["to"], Decimal(row["value"]), date.fromisoformat(row["on"]), row["source"]
        )
        for currency, row in story.first_rates.items()
    }
    return {
        name: with_(chip, rate=kept[chip.money.currency], missing="") if chip.money.currency in kept else chip
        for name, chip in sums.items()
    }


def _known(currency: str) -> bool:
    """Whether the house can write the currency; a chip of another is shown as an error, not dropped."""
    try:
        return bool(currency and scheme(currency))
    except KeyError:
        return False


def gather(paragraphs: Sequence[Paragraph]) -> None:
    """Fetches the claims of all paragraphs, and of those they translate, at once; not what was gathered before."""
    wanting = [row for row in paragraphs if row.gathered is None]
    prefetch_related_objects(wanting, "claims", "translates__claims")


def _chip(claim: Claim, book: Mapping[str, Rate | None]) -> Chip:
    assert claim.amount is not None  # the caller kept only claims with a sum
    rate = book[claim.currency]
    missing = claim.currency if rate is None and claim.currency != "USD" else ""
    return Chip(Money(claim.amount, claim.currency), rate, missing)


def sums_of(paragraph: Paragraph, sums: Mapping[str, Chip]) -> dict[str, Chip]:
    """The part of `sums` this paragraph may use: the sums of its own claims."""
    names = (f"c{claim.pk}" for claim in claims_of(paragraph))
    return {name: sums[name] for name in names if name in sums}


def render_paragraph(paragraph: Paragraph, sums: Mapping[str, Chip], lang: str) -> Rendered:
    """One paragraph as readers see it; `sums` is what `sums_for` gave for the whole edition."""
    return render(paragraph.text, sums_of(paragraph, sums), lang)


def problems(paragraph: Paragraph, sums: Mapping[str, Chip], text: str | None = None) -> list[str]:
    """What is wrong with the chips of `paragraph` (or of `text` typed for it), a sentence each."""
    words = paragraph.text if text is None else text
    allowed = sums_of(paragraph, sums)
    found = [_problem(name, sums) for name in chips_in(words) if name not in allowed]
    if CHIP.sub("", words).count("{money"):
        found.append(_("A chip is not closed: it is written {money:c12}."))
    return found


def _problem(name: str, sums: Mapping[str, Chip]) -> str:
    if name in sums:
        return _(
            "{money:%(name)s} is the sum of a claim this paragraph does not rest on. Attach it, or take it out."
        ) % {"name": name}
    return _(
        "{money:%(name)s} is the sum of no claim. Take it out, or choose a sum beside the paragraph."
    ) % {"name": name}
