"""Invented local-news reports for the benches, made by rule from a seed: headline, names, some 2,000 characters.

Words of few letters that every text has, rarer ones by Zipf from an invented vocabulary, and people, streets
and numbers of one event that four reports share in part.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from bench._accounts import ODDS, WORDS

COMMON = ["the", "of", "and", "to", "in", "a", "that", "was", "for", "on", "said", "with", "at", "by", "from", "it", "his", "her", "they", "were", "had", "not", "an", "after", "who", "been", "two", "one", "as", "police", "city", "county", "school", "road", "people", "man", "woman", "officials", "court", "year", "years", "week", "home", "fire", "state", "three", "over", "were", "when"]  # fmt: skip
TITLES = ("Mayor", "Chief", "Judge", "Dr.", "Sheriff", "Coach", "Officer", "Rev.")
LENGTH, TOLD_BY, A_DAY = 2_000, 4, 150


def reports(count: int, seed: int = 5) -> Iterator[dict[str, str]]:
    """Lines for `nightdesk corroborate`, in order of arrival; every event is told about four times."""
    draw = random.Random(seed)
    events = [_Event(draw) for _ in range(40)]
    for n in range(count):
        at = draw.randrange(len(events))
        event = events[at]
        if draw.random() < 1 / TOLD_BY:
            events[at] = _Event(draw)
        on = date(2020, 1, 1) + timedelta(days=n // A_DAY)
        yield {
            "id": f"w{n}",
            "lang": "en",
            "on": on.isoformat(),
            "title": event.headline(draw),
            "text": event.text(draw),
        }


class _Event:
    def __init__(self, draw: random.Random) -> None:
        self.words = draw.choices(WORDS, cum_weights=ODDS, k=60)
        self.names = [f"{_name(draw)} {_name(draw)}" for _ in range(4)]
        self.places = [f"{_name(draw)} Street", f"{_name(draw)} Avenue", _name(draw)]
        self.numbers = [str(draw.randrange(2, 9_000)) for _ in range(5)]

    def headline(self, draw: random.Random) -> str:
        return f"{' '.join(draw.sample(self.words, 5)).capitalize()} in {self.places[2]}"

    def text(self, draw: random.Random) -> str:
        sentences: list[str] = []
        length = 0
        while length < LENGTH:
            sentences.append(self._sentence(draw))
            length += len(sentences[-1]) + 1
        return " ".join(sentences)

    def _sentence(self, draw: random.Random) -> str:
        said = [
            draw.choice(COMMON) if draw.random() < 0.55 else self._word(draw)
            for _ in range(draw.randrange(9, 24))
        ]
        if draw.random() < 0.7:
            told = (
                f"{draw.choice(TITLES)} {draw.choice(self.names)}"
                if draw.random() < 0.5
                else draw.choice(self.places)
            )
            said.insert(draw.randrange(1, len(said)), told)
        if draw.random() < 0.4:
            said.insert(draw.randrange(1, len(said)), draw.choice(self.numbers))
        return f"{said[0].capitalize()} {' '.join(said[1:])}."

    def _word(self, draw: random.Random) -> str:
        own = draw.random() < 0.3
        return draw.choice(self.words) if own else draw.choices(WORDS, cum_weights=ODDS)[0]


def _name(draw: random.Random) -> str:
    return str(draw.choice(WORDS)).capitalize()
