"""A newsroom's released past in any size, for the bench of the disclosure review: invented, without words.

Belongs here: entries as the index keeps them. Does not belong here: measuring (bench.disclosure).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from nightdesk.disclosure import Knowers, Remembered
from nightdesk.disclosure.wording import Wording, packed
from nightdesk.values.places import gazetteer

CLAIMS_A_STORY = 50
SOURCES = 3000
KINDS = ("household", "neighbours", "workplace", "market", "public")
FIRST = date(2010, 1, 1)
WORDS = 500  # of a story, in both languages together


def released(claims: int, seed: int = 1) -> Iterator[Remembered]:
    """`claims` entries, fifty a story: one sum in three, an exact day in two, a town each, five thousand days."""
    rng = Random(seed)
    towns = [key for key, place in gazetteer().items() if place.level in ("city", "county")]
    for number in range(claims):
        story = number // CLAIMS_A_STORY
        on = FIRST + timedelta(days=story * 5000 // max(1, claims // CLAIMS_A_STORY))
        day = on - timedelta(days=rng.randrange(1, 20))
        amount = Decimal(rng.choice((1, 2, 3, 5, 7, 8, 12, 15, 25)) * 10 ** rng.randrange(2, 5)).normalize()
        yield Remembered(
            f"S{story}", on, f"source{rng.randrange(SOURCES)}", False,
            Knowers(rng.choice(KINDS), rng.randrange(2, 30), rng.randrange(30, 5000)),
            ((amount, "CNY"),) if rng.random() < 0.33 else (), ((day, day),) if rng.random() < 0.5 else (),
            (rng.choice(towns),), ((f"{rng.choice(towns)} | row {rng.randrange(5000)} | #", (rng.randrange(200),)),)
            if rng.random() < 0.1 else (), wording=worded(rng) if number % CLAIMS_A_STORY == 0 else None,
        )  # fmt: skip


def worded(rng: Random) -> Wording:
    """Words of a vocabulary of 200,000, the first ones far oftener, two in three pairs of them never said before."""
    words = [str(int(200_000 ** rng.random())) for _ in range(WORDS)]
    pairs = (f"{one} {two}" for one, two in pairwise(words))
    return Wording(packed(words), packed(pairs), ("ko", "en"))
