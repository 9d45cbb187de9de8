"""A source in danger: everything that rests on it freezes until two people lift it; a withdrawal never does."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nightdesk.desk import clock
from nightdesk.desk.care import danger, showing
from nightdesk.desk.care.freezing import touched
from nightdesk.desk.care.models import Danger, Ground, Lifting
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.releases import actions, files
from nightdesk.desk.releases.models import Release
from nightdesk.desk.review import keeping
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.state import state_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories.models import Edition, Paragraph, Story

pytestmark = pytest.mark.django_db
WHY = "Her neighbour was taken away."
NOTES = {"ko": "날짜를 바로잡았다.", "en": "A date was corrected."}
REASONS = {"ko": "내용을 더는 확인할 수 없다.", "en": "It can no longer be confirmed."}


def verbs(source):
    return list(CustodyEntry.objects.filter(subject=f"source:{source.pk}").values_list("verb", flat=True))


def lift(alice, erin, source):
    proposed = danger.propose(alice, source, "She is home again.")
    return danger.agree(erin, source, "I spoke with her myself.", proposed.pk)


def test_a_cleared_text_is_frozen_the_moment_a_source_is_in_danger(story, crane, alice, erin, bob, keyring):
    making.cleared(alice, erin, story)
    assert state_of(story).key == "cleared"
    danger.mark(bob, crane, WHY)
    assert state_of(story).key == "frozen"
    with pytest.raises(DeskError, match="in danger") as refusal:
        actions.release(alice, story)
    assert "withdrawal" in str(refusal.value.remedy)
    assert "crane" not in f"{refusal.value.what} {refusal.value.remedy}"
    assert not Release.objects.exists()
    assert verbs(crane) == ["mark in danger"]


def test_the_release_asks_inside_its_transaction_and_not_only_on_the_screen(
    story, crane, alice, erin, bob, keyring, monkeypatch
):
    making.cleared(alice, erin, story)
    looked = actions.look_again

    def meanwhile(member, row):
        looked(member, row)
        danger.mark(bob, crane, WHY)

    monkeypatch.setattr(actions, "look_again", meanwhile)
    with pytest.raises(DeskError, match="in danger"):
        actions.release(alice, story)
    assert not Release.objects.exists()


def test_a_frozen_text_is_not_cleared(story, crane, alice, erin, bob):
    making.decide_everything(alice, erin, story)
    danger.mark(bob, crane, WHY)
    with pytest.raises(DeskError, match="in danger"):
        making.clear(alice, story)


def test_taking_the_claims_out_after_the_mark_thaws_nothing(story, crane, bob):
    danger.mark(bob, crane, WHY)
    for row in Paragraph.objects.filter(edition__story=story):
        row.claims.clear()
    assert standing_of(story).frozen


def test_a_claim_put_under_a_story_after_the_mark_freezes_it_too(story, crane, bob, alice):
    rows = list(Paragraph.objects.filter(claims__account__report__source=crane))
    for row in rows:
        row.claims.clear()
    danger.mark(bob, crane, WHY)
    assert not standing_of(story).frozen
    rows[0].claims.add(crane.reports.get().accounts.get().claims.get())
    assert standing_of(story).frozen


def test_a_row_for_the_public_record_freezes_its_story(story, crane, alice, bob):
    claim = crane.reports.get().accounts.get().claims.get()
    keeping.let_into_record(
        alice, story, claim.token, {"ko": "당국", "en": "officials"}, {"ko": "주민", "en": "people"}
    )
    for row in Paragraph.objects.filter(edition__story=story):
        row.claims.remove(claim)
    assert touched([story.pk]) == set()
    danger.mark(bob, crane, WHY)
    Danger.objects.get().stories.clear()
    assert touched([story.pk]) == {story.pk}


def test_what_stood_under_a_released_version_freezes_the_correction_that_drops_it(
    released, crane, alice, erin, bob
):
    assert Ground.objects.filter(claim__account__report__source=crane).exists()
    for row in Paragraph.objects.filter(claims__account__report__source=crane):
        row.delete()
    actions.correct(alice, released, NOTES)
    released.refresh_from_db()
    danger.mark(bob, crane, WHY)
    Danger.objects.get().stories.clear()
    with pytest.raises(DeskError, match="in danger"):
        making.clear(alice, released)


def test_a_correction_freezes_and_a_withdrawal_does_not(released, crane, alice, erin, bob):
    danger.mark(bob, crane, WHY)
    actions.correct(alice, released, NOTES)
    released.refresh_from_db()
    making.decide_everything(alice, erin, released)
    with pytest.raises(DeskError, match="in danger"):
        making.clear(alice, released)
    actions.withdraw(alice, released, REASONS)
    released.refresh_from_db()
    making.cleared(alice, erin, released)
    assert actions.release(alice, released).kind == "withdrawal"


def test_a_release_signed_but_not_written_waits_and_its_withdrawal_does_not(
    story, crane, alice, erin, bob, keyring, monkeypatch
):
    making.cleared(alice, erin, story)
    with monkeypatch.context() as full:
        full.setattr(actions, "write_waiting", lambda: (_ for _ in ()).throw(OSError("disk is full")))
        actions.release(alice, story)
    danger.mark(bob, crane, WHY)
    assert files.write_waiting() == 0
    assert not list(files.releases_dir().glob("*.json"))
    story.refresh_from_db()
    actions.withdraw(alice, story, REASONS)
    story.refresh_from_db()
    making.cleared(alice, erin, story)
    actions.release(alice, story)
    assert len(list(files.releases_dir().glob("*.json"))) == 2
    assert files.press().ok
    site = "".join(p.read_text("utf-8") for p in files.site_dir().rglob("*.html"))
    assert making.TITLES["en"] not in site


def test_two_different_people_lift_a_danger_and_each_says_why(story, crane, alice, erin, bob, keyring):
    making.cleared(alice, erin, story)
    danger.mark(bob, crane, WHY)
    proposed = danger.propose(alice, crane, "She is home again.")
    with pytest.raises(NotAllowed):
        danger.agree(alice, crane, "I agree with myself.", proposed.pk)
    with pytest.raises(DeskError, match="reason"):
        danger.agree(erin, crane, "ok", proposed.pk)
    assert standing_of(story).frozen
    danger.agree(erin, crane, "I spoke with her myself.", proposed.pk)
    assert not standing_of(story).frozen
    assert verbs(crane) == ["mark in danger", "propose lifting", "lift"]
    assert actions.release(alice, story).version == 1


def test_the_database_itself_refuses_one_person_as_both(crane, alice):
    row = danger.mark(alice, crane, WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lifting.objects.create(
            danger=row, first=alice, first_reason="x", first_at=clock.now(), second=alice, agreed=True
        )


def test_nobody_agrees_to_a_proposal_that_is_gone(crane, alice, erin):
    danger.mark(alice, crane, WHY)
    proposed = danger.propose(alice, crane, "She is home again.")
    danger.keep_frozen(alice, crane, "I was too quick.", proposed.pk)
    with pytest.raises(Stale):
        danger.agree(erin, crane, "I spoke with her myself.", proposed.pk)
    assert danger.current(crane) is not None
    assert danger.propose(erin, crane, "She called again today.").pk != proposed.pk


def test_a_reporter_marks_and_does_not_lift(crane, bob):
    danger.mark(bob, crane, WHY)
    with pytest.raises(NotAllowed):
        danger.propose(bob, crane, "She is home again.")


def test_a_danger_lifted_may_come_again_and_stays_in_the_history(crane, alice, erin, bob, signed_in):
    danger.mark(bob, crane, WHY)
    lift(alice, erin, crane)
    danger.mark(bob, crane, "The phone is silent.")
    page = signed_in(alice).get(reverse("care:danger", args=[crane.pk])).text
    assert WHY in page and "The phone is silent." in page and "I spoke with her myself." in page


def test_a_member_who_may_not_see_the_source_neither_marks_nor_reads_it(crane, charlie, dana, signed_in):
    with pytest.raises(NotAllowed):
        danger.mark(charlie, crane, WHY)
    assert signed_in(dana).post(reverse("care:danger", args=[crane.pk]), {"reason": WHY}).status_code == 404


def test_a_reporter_of_another_source_behind_the_story_reads_no_pseudonym(story, crane, bob, dana, signed_in):
    Source.objects.get(pseudonym="heron").cleared.add(dana)
    danger.mark(bob, crane, WHY)
    page = signed_in(dana).get(story.get_absolute_url()).text
    assert "a source behind this story is in danger" in page
    assert reverse("care:danger", args=[crane.pk]) not in page
    assert WHY not in page
    assert reverse("care:danger", args=[crane.pk]) in signed_in(bob).get(story.get_absolute_url()).text


@pytest.mark.parametrize("door", ["review:story", "releases:story"])
def test_review_and_release_say_it_and_lead_to_the_source(story, crane, alice, bob, keyring, signed_in, door):
    danger.mark(bob, crane, WHY)
    page = signed_in(alice).get(reverse(door, args=[story.pk])).text
    assert "a source behind this story is in danger" in page
    assert reverse("care:danger", args=[crane.pk]) in page


def test_the_source_shows_what_readers_have_with_the_way_to_withdraw_it(
    released, crane, alice, bob, signed_in
):
    url = reverse("releases:story", args=[released.pk]) + "#withdraw"
    for page in (crane.get_absolute_url(), reverse("care:danger", args=[crane.pk])):
        assert url in signed_in(alice).get(page).text
        assert url not in signed_in(bob).get(page).text
        assert "An editor can withdraw it." in signed_in(bob).get(page).text


def test_a_reason_that_is_too_short_comes_back_with_what_was_typed(crane, bob, signed_in):
    answer = signed_in(bob).post(reverse("care:danger", args=[crane.pk]), {"reason": "hm"})
    assert answer.status_code == 400
    assert ">\nhm</textarea>" in answer.text
    assert not Danger.objects.exists()


def test_two_editors_lift_it_on_the_screen(crane, alice, erin, bob, signed_in):
    signed_in(bob).post(reverse("care:danger", args=[crane.pk]), {"reason": WHY})
    signed_in(alice).post(reverse("care:propose", args=[crane.pk]), {"reason": "She is home again."})
    said = {"reason": "I spoke with her myself.", "lifting": Lifting.objects.get().pk, "answer": "agree"}
    url = reverse("care:answer", args=[crane.pk])
    assert signed_in(alice).post(url, said).status_code == 403
    assert signed_in(erin).post(url, said).status_code == 302
    assert Danger.objects.get().lifted_at is not None


def test_a_source_many_stories_rest_on_shows_the_first_and_leads_to_all(
    bob, story, crane, released, tariq, signed_in, monkeypatch
):
    monkeypatch.setattr(showing, "STORIES_SHOWN", 1)
    claim = Claim.objects.filter(account__report__source=crane).first()
    other = Story.objects.create(slug="other", public_id="pub-other", begun_by=bob, begun_at=clock.now())
    Edition.objects.create(story=other, lang="ko", title="둘째").paragraphs.create(
        text="말", position=1
    ).claims.add(claim)
    found = showing.resting(bob, crane, 1)
    assert ([row.released for row in found["stories"]], found["more"], found["others"]) == ([True], 1, False)
    assert [row.released for row in showing.resting(bob, crane)["stories"]] == [True, False]
    page = signed_in(bob).get(crane.get_absolute_url()).text
    assert "1 more story is not shown." in page and "둘째" not in page
    assert "둘째" in signed_in(bob).get(reverse("care:danger", args=[crane.pk])).text
