"""The record's filters, asked in the database, choose what the engine's rule chooses."""

from datetime import date
from itertools import product

import pytest
from django.http import QueryDict

from nightdesk.desk.incidents import table
from nightdesk.desk.incidents.models import Act
from nightdesk.incidents import model
from nightdesk.incidents.record import filter_acts

DAYS = (None, date(2021, 12, 30), date(2022, 6, 1), date(2023, 1, 2))
PLACES = ("", "hoeryong", "north-hamgyong", "pyongyang")


@pytest.fixture
def acts(db):
    bounds = [(first, last) for first, last in product(DAYS, DAYS) if not (first and last and last < first)]
    kinds = product(bounds, PLACES, ("extortion", "raid"), ("open", "accepted"))
    return Act.objects.bulk_create(
        Act(claim_token=str(n), public_id=f"{n:05d}", act=act, status=status, place=place, earliest=first, latest=last,
            coded_at="2023-12-18T09:00Z")
        for n, ((first, last), place, act, status) in enumerate(kinds)
    )  # fmt: skip


def plain(act: Act) -> model.Act:
    return model.Act(
        act.public_id, act.act, act.status, act.place, act.earliest, act.latest, "", "", "", None, None, None
    )


@pytest.mark.parametrize("year", [None, 2020, 2021, 2022, 2023, 0, 99999])
@pytest.mark.parametrize("place", ["", *PLACES, "nowhere"])
@pytest.mark.parametrize(("act", "status"), [("", ""), ("raid", ""), ("", "open"), ("raid", "nonsense")])
def test_both_ways_choose_the_same_acts(acts, alice, year, place, act, status):
    asked = QueryDict(mutable=True)
    asked.update({"act": act, "status": status, "place": place, "year": "" if year is None else str(year)})
    by_rule = filter_acts(
        [plain(one) for one in acts], place=place or None, act=act or None, status=status or None, year=year
    )
    assert {one.public_id for one in table.chosen(alice, asked)} == {one.token for one in by_rule}
