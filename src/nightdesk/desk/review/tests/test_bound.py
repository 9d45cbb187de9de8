"""What a clearance and a decision are bound to besides the words: facts, names, and what the review finds now."""

import json

import pytest
from django.conf import settings as desk

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.releases import actions as releases
from nightdesk.desk.releases.models import Release
from nightdesk.desk.review import actions
from nightdesk.desk.review.models import GroupTable, Review
from nightdesk.desk.review.standing import blockers, standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.staff.models import Member

FEW = {"knowers_low": 1, "knowers_high": 1}


@pytest.fixture
def cleared(story, alice, erin):
    making.cleared(alice, erin, story)
    assert standing_of(story).cleared_today
    return story


@pytest.mark.parametrize(
    "facts", [FEW, {"status": "conflict"}, {"basis": "rumour"}, {"knowers": "household"}], ids=str
)
def test_a_fact_under_a_claim_that_changes_after_clearing_reopens_the_text(cleared, facts):
    making.Claim.objects.filter(amount=20000).update(**facts)
    one = standing_of(cleared)
    assert not one.clearance_holds and not one.cleared_today


def test_a_teller_confirmed_after_clearing_reopens_the_text(cleared):
    making.Report.objects.update(teller_confirmed_at=clock.now())
    assert not standing_of(cleared).clearance_holds


def test_a_changed_byline_or_standing_note_reopens_the_text(cleared, tariq):
    Member.objects.filter(pk=tariq.pk).update(byline="Another name")
    assert not standing_of(cleared).clearance_holds
    Member.objects.filter(pk=tariq.pk).update(byline="Tariq")
    assert standing_of(cleared).clearance_holds
    noted = {**making.NEWSROOM, "standing_note": {"en": "Crane is our source.", "ko": "다른 말"}}
    desk.NIGHTDESK_NEWSROOM.write_text(json.dumps(noted), "utf-8")
    assert not standing_of(cleared).clearance_holds


def test_a_changed_byline_of_who_cleared_it_reopens_the_text(cleared, alice):
    Member.objects.filter(pk=alice.pk).update(byline="")
    assert not standing_of(cleared).cleared_today


def test_what_readers_have_stays_released_when_a_fact_behind_it_changes(cleared, alice):
    making.hold_keys()
    releases.release(alice, cleared)
    making.Claim.objects.filter(amount=20000).update(**FEW)
    assert standing_of(cleared).is_released


@pytest.mark.parametrize("status", ["open", "conflict"])
def test_a_claim_nobody_accepted_stands_in_the_way_and_is_named(story, alice, erin, status):
    making.Claim.objects.filter(amount=20000).update(status=status)
    making.decide_everything(alice, erin, story)
    [words] = blockers(standing_of(story))
    assert making.Claim.objects.get(amount=20000).statement in words
    with pytest.raises(DeskError):
        making.clear(alice, story)


def test_a_decision_made_on_other_facts_decides_nothing(story, alice, erin, signed_in):
    making.decide_everything(alice, erin, story)
    key = next(
        j for j in standing_of(story).judged if j.finding.kind == "exact sum" and j.decision
    ).finding.key
    making.Claim.objects.update(**FEW)
    actions.review(alice, story)
    judged = next(j for j in standing_of(story).judged if j.finding.key == key)
    assert judged.standing == "open" and judged.outdated is not None
    page = signed_in(alice).get(f"/review/{story.pk}/?finding={key}").content.decode()
    assert "The facts behind this changed since Alice decided" in page


def test_a_second_person_does_not_agree_to_other_facts(story, alice, erin):
    found = actions.review(alice, story).findings.filter(kind="exact sum", severity="red").first()
    decision = actions.keep(alice, story, found.key, "A third source repeats this very sum.")
    making.Claim.objects.update(**FEW)
    actions.review(alice, story)
    with pytest.raises(Stale):
        actions.second(erin, decision, "I have read both editions and agree.")


def _table_changes():
    GroupTable.objects.create(
        group="remittance brokers", place="Hoeryong", low=1, high=2, basis="desk", as_of="2023-12",
        expires="2024-06",
    )  # fmt: skip


def test_reviewing_again_after_a_table_changed_takes_the_clearance_back(cleared, alice):
    _table_changes()
    actions.review(alice, cleared)
    one = standing_of(cleared)
    assert one.clearance_holds and one.open and not one.cleared_today


def test_a_release_looks_again_and_is_refused_when_a_table_changed(cleared, alice):
    making.hold_keys()
    _table_changes()
    before = Review.objects.count()
    with pytest.raises(DeskError):
        releases.release(alice, cleared)
    assert not Release.objects.exists()
    assert Review.objects.count() == before + 1 and standing_of(cleared).open


def test_a_rate_that_changes_after_clearing_reopens_the_text_though_it_rounds_to_the_same_words(
    story, alice, erin
):
    from datetime import date

    from nightdesk.desk.stories.models import MarketRate

    making.Claim.objects.filter(amount=20000).update(currency="KPW")
    rate = MarketRate.objects.create(currency="KPW", per_usd=8400, on=date(2023, 12, 1), basis="a trader")
    making.cleared(alice, erin, story)
    before = standing_of(story)
    assert before.cleared_today
    rate.per_usd = 8401
    rate.save()
    after = standing_of(story)
    assert [p.text for row in after.laid.draft.editions.values() for p in row] == [
        p.text for row in before.laid.draft.editions.values() for p in row
    ]
    assert not after.clearance_holds
