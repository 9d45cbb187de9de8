"""Tables looked up by group and place: the same rows as looking at every one, whatever the places."""

from __future__ import annotations

from random import Random

from nightdesk.disclosure import GroupTable
from nightdesk.disclosure.lookup import Lookup, country_key
from nightdesk.disclosure.whereabouts import key_of, same_place

GROUPS = ("nurses", "Teachers", "교원")
PLACES = ("Hyesan", "Ryanggang", "혜산시", "Musan", "North Korea", "China", "강안동", "Nowhere")


def tables(rng: Random, count: int) -> tuple[GroupTable, ...]:
    return tuple(
        GroupTable(rng.choice(GROUPS), rng.choice(PLACES), n, n + 9, "desk", "2023-01", "2024-01")
        for n in range(count)
    )


def test_a_lookup_finds_what_looking_at_every_row_finds() -> None:
    rng = Random(7)
    for _ in range(60):
        rows = tables(rng, 30)
        names = frozenset(one.lower() for one in rng.sample(GROUPS, 2))
        places = frozenset(map(key_of, rng.sample(PLACES, rng.randrange(3))))
        country = rng.choice((country_key("KP"), ""))
        every = tuple(
            one for one in rows if one.group.lower() in names
            and (key_of(one.place) == country or any(same_place(key_of(one.place), each) for each in places))
        )  # fmt: skip
        assert Lookup(rows).near(names, places, country) == every


def test_a_country_is_found_by_its_code() -> None:
    assert country_key("KP") == key_of("North Korea") and country_key("XX") == ""
