"""What others told of later: by the day of the contact, whatever the desk opened first."""

from __future__ import annotations

from datetime import date

from nightdesk.desk.claims.models import Corroboration
from nightdesk.desk.claims.sourcerecord import records_of


def tied(later, earlier, relation="supports"):
    Corroboration.objects.create(account=later, other=earlier, relation=relation, score=1, why="")


def record(member, *accounts):
    return {one.source: one for one in records_of(member, {each.report.source_id for each in accounts})}


def test_later_is_a_later_contact_and_not_what_was_opened_later(bob, told):
    harbour = told("harbour", bob, on=date(2023, 12, 16))
    millet = told("millet", bob, on=date(2023, 12, 15))
    tied(millet, harbour)
    found = record(bob, harbour, millet)
    assert (found["millet"].supported.of, found["millet"].supported.among) == (1, 1)
    assert found["harbour"].supported.among == 0


def test_of_one_day_what_was_opened_first_counts_as_earlier(bob, told):
    crane, heron = told("crane", bob), told("heron", bob)
    tied(heron, crane, "disputes")
    found = record(bob, crane, heron)
    assert (found["crane"].disputed.of, found["heron"].disputed.among) == (1, 0)


def test_a_source_is_not_supported_by_itself_nor_by_a_repetition(bob, told):
    first, again = told("crane", bob), told("crane", bob, on=date(2023, 12, 16))
    repeated = told("heron", bob, on=date(2023, 12, 17))
    tied(again, first)
    tied(repeated, first, "repeats")
    assert record(bob, first)["crane"].supported.among == 0


def test_an_account_that_the_member_may_not_read_is_in_no_record(bob, alice, told):
    hidden, seen = told("tally"), told("crane", bob, on=date(2023, 12, 16))
    tied(seen, hidden)
    assert "tally" not in record(bob, hidden, seen)
