"""Several tables for one description: the gravest is said, and any two that cannot both be right are named."""

from __future__ import annotations

import pytest

NURSE = "A nurse in Hyesan was questioned."


def row(place: str = "Hyesan", low: int = 20, high: int = 60, **more) -> dict:
    months = {"basis": "desk", "as_of": "2023-01", "expires": "2024-06"}
    return {"group": "nurses", "place": place, "low": low, "high": high} | months | more


@pytest.fixture
def said(look, story):
    """What is said of groups, as (severity, sentence, high end), under these tables."""

    def of(*tables: dict) -> list[tuple[str, str, int]]:
        found = look(story(en=NURSE) | {"groups": list(tables)})[1].findings
        return [(f.severity, f.why_key, f.values.get("high", 0)) for f in found if f.class_ == "small group"]

    return of


def test_a_wider_table_in_force_does_not_hide_a_small_one_that_expired(said) -> None:
    small = row(low=1, high=5, expires="2023-11")
    assert said(row(place="North Korea", low=1000, high=5000), small) == [("red", "group_expired", 5)]


def test_a_table_made_anew_takes_the_place_of_the_one_that_expired(said) -> None:
    assert said(row(low=1000, high=5000), row(low=1, high=5, expires="2023-11")) == []


def test_of_two_tables_in_force_the_graver_is_said(said) -> None:
    assert said(row(low=300, high=350), row("Ryanggang", low=150, high=400)) == [
        ("amber", "group_small", 400)
    ]


@pytest.mark.parametrize(
    "tables",
    [
        (row(low=150, high=900), row(low=150, high=300), row(low=600, high=900)),
        (row(low=150, high=300, when="2023-10"), row(low=600, high=900, when="2023-10-01/2023-10-31")),
    ],
)
def test_any_two_tables_that_share_no_number_are_a_red_finding(said, tables) -> None:
    assert ("red", "group_disagree", 900) in said(*tables)
    assert "group_disagree" in [key for _, key, _ in said(*reversed(tables))]


def test_tables_that_all_share_a_number_agree(said) -> None:
    tables = row(low=150, high=900), row(low=150, high=300), row(low=300, high=900)
    assert "group_disagree" not in [key for _, key, _ in said(*tables)]
