"""Invented accounts for the benches, made by rule from a seed: as many as wanted, in order of arrival.

Each tells of a deed in a town on a day, with sums, names and about 120 words of which few are common and most
are rare, as in real reports (Zipf). Every fourth retells an earlier one in part.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from nightdesk.corroboration import Account

TOWNS = (
    "Hoeryong",
    "Musan",
    "Onsong",
    "Hyesan",
    "Chongjin",
    "Hamhung",
    "Wonsan",
    "Sinuiju",
    "Pyongsong",
    "Haeju",
)
PARTIES = (
    "broker",
    "trader",
    "driver",
    "student",
    "teacher",
    "miner",
    "soldier",
    "farmer",
    "nurse",
    "fisherman",
)
DEEDS = ("demanded {} yuan from", "raided the house of and seized {} yuan from", "arrested and fined {} yuan")
SYLLABLES = tuple(a + b for a in "bcdfghjklmnprstv" for b in "aeio")
VOCABULARY, A_DAY, RETOLD = 60_000, 200, 4


def _word(n: int) -> str:
    made = ""
    while n or not made:
        made += SYLLABLES[n % len(SYLLABLES)]
        n //= len(SYLLABLES)
    return made


WORDS = tuple(_word(n + 300) for n in range(VOCABULARY))
ODDS = tuple(accumulate(1 / (n + 20) for n in range(VOCABULARY)))


def accounts(count: int, length: int = 120, seed: int = 7, a_day: int = A_DAY) -> Iterator[Account]:
    """`count` accounts of about `length` words, `a_day` of them told every day."""
    draw = random.Random(seed)
    recent: list[tuple[str, list[str]]] = []
    for n in range(count):
        on = date(2015, 1, 1) + timedelta(days=n // a_day)
        if n % RETOLD == 0 and recent:
            fact, old = draw.choice(recent)
            told = draw.sample(old, len(old) // 3)
        else:
            fact, told = _fact(draw, on), []
        told = told + draw.choices(WORDS, cum_weights=ODDS, k=length - len(told) - len(fact.split()))
        recent = [*recent[-500:], (fact, told)]
        yield Account(
            f"a{n}", f"{fact} {' '.join(told)}.", "en", on, f"teller {n % 4001}", None, "eyewitness"
        )


def _fact(draw: random.Random, on: date) -> str:
    day = on - timedelta(days=draw.randrange(2, 8))
    deed = draw.choice(DEEDS).format(f"{draw.randrange(10, 600) * 100:,}")
    return f"On {day:%B} {day.day} police in {draw.choice(TOWNS)} {deed} a {draw.choice(PARTIES)}."
