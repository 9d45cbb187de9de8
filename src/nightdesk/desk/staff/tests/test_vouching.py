"""One editor is one person: whom she brought in counts as her, at every rule of two, until another vouches."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from nightdesk.desk.care import danger, purging
from nightdesk.desk.care.waiting import waiting
from nightdesk.desk.clock import today
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.review import actions as review
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.review.waiting import waiting as to_review
from nightdesk.desk.sources import cards, reveal, sealing
from nightdesk.desk.sources.models import Source
from nightdesk.desk.sources.tests.keyed import give_key
from nightdesk.desk.staff import passphrases, recovering, staffing, two, vouching
from nightdesk.desk.staff.models import Member, Recovery
from nightdesk.desk.staff.tests.conftest import PASSPHRASE, is_in, says

pytestmark = pytest.mark.django_db
LENT = "seven geese over a quiet river"
OWN = "nine lamps along a dark canal"


@pytest.fixture
def crane(bob):
    source = Source.objects.create(pseudonym="crane", made_on="2023-12-01")
    source.cleared.add(bob)
    return source


def takes_own(member):
    """The first sign-in: words of the member's own, if they are."""
    passphrases.take_own(member, OWN, OWN)
    return Member.objects.get(pk=member.pk)


@pytest.fixture
def puppet(alice):
    """An editor whom Alice added, and as whom she signed in herself."""
    return takes_own(staffing.add(alice, "Puppet", "editor", "", LENT, LENT))


def taken_over(alice, erin):
    """Erin, shut out and let in again by Alice with words of Alice's."""
    staffing.shut_out(alice, erin, list(staffing.losses(alice, erin)))
    erin.refresh_from_db()
    staffing.let_in(alice, erin, LENT, LENT)
    return takes_own(Member.objects.get(pk=erin.pk))


def verbs(member):
    log = CustodyEntry.objects.filter(subject=f"member:{member.pk}").order_by("pk")
    return list(log.values_list("verb", "member__username"))


# --- every rule of two, with a second who was brought in by the first -------------------------------------


def test_a_new_editor_made_by_one_on_the_screens_confirms_no_purge_of_his(alice, crane, browser):
    hers, other = browser(), browser()
    says(hers, "Alice")
    made = {"name": "Puppet", "byline": "P", "role": "editor", "new": LENT, "again": LENT}
    assert hers.post("/members/new/", made)["Location"] == "/members/"
    says(other, "Puppet", LENT)
    other.post("/sign-in/passphrase/", {"new": OWN, "again": OWN})
    assert is_in(other)
    asked = purging.ask(alice, crane, [], "no reason at all")
    page = other.get(f"/care/source/{crane.pk}/purge/").content.decode()
    assert "You were brought in by Alice" in page and 'value="confirm"' not in page
    refused = other.post("/care/purge/answer/", {"purge": asked.pk, "answer": "confirm"})
    assert refused.status_code == 403 and "--vouch" in refused.content.decode()
    assert Source.objects.filter(pk=crane.pk).exists()


def test_an_editor_taken_over_by_one_agrees_to_no_lifting_of_his(alice, erin, crane, browser):
    again = taken_over(alice, erin)
    danger.mark(alice, crane, "they came for her brother")
    lifting = danger.propose(alice, crane, "I say it is over")
    with pytest.raises(NotAllowed, match="brought in by Alice"):
        danger.agree(again, crane, "she says so too", lifting.pk)
    hers = browser()
    says(hers, "Erin", OWN)
    page = hers.get(f"/care/source/{crane.pk}/danger/").content.decode()
    assert "You were brought in by Alice" in page and 'value="agree"' not in page
    assert "asks a second person" not in str(waiting(again, today()))
    assert danger.current(crane) is not None


def test_nor_the_other_way_round_and_the_refusal_says_what_to_do(alice, puppet, crane):
    danger.mark(alice, crane, "they came for her brother")
    lifting = danger.propose(puppet, crane, "I say it is over")
    with pytest.raises(NotAllowed) as said:
        danger.agree(alice, crane, "so do I", lifting.pk)
    assert str(said.value.remedy).endswith("Nothing was changed.")
    assert said.value.what.startswith("Puppet was brought in by you and nobody else has vouched")
    assert "vouch for Puppet on the members' screen" in said.value.remedy
    danger.keep_frozen(alice, crane, "a no needs no second person", lifting.pk)


def test_two_brought_in_by_one_are_one_and_so_is_whom_they_bring_in(alice, puppet, crane):
    other = takes_own(staffing.add(alice, "Other", "editor", "", LENT, LENT))
    third = takes_own(staffing.add(other, "Third", "editor", "", LENT, LENT))
    danger.mark(alice, crane, "they came for her brother")
    lifting = danger.propose(puppet, crane, "I say it is over")
    for one in (other, third, alice):
        with pytest.raises(NotAllowed):
            danger.agree(one, crane, "so do I", lifting.pk)
    assert two.people([alice.pk, puppet.pk, other.pk, third.pk]) == 1


def test_a_kept_red_finding_takes_no_second_word_of_who_was_brought_in(
    alice, erin, puppet, bob, tariq, browser
):
    story = making.story(bob, tariq)
    making.tables()
    review.review(alice, story)
    red = next(one.finding for one in standing_of(story).judged if one.finding.severity == "red")
    decision = review.keep(alice, story, red.key, "Known all over the town.")
    with pytest.raises(NotAllowed, match="brought in by Alice"):
        review.second(puppet, decision, "I have read both and agree.")
    assert "second person" in str(to_review(erin)) and "second person" not in str(to_review(puppet))
    his = browser()
    says(his, "Puppet", OWN)
    page = his.get(f"/review/{story.pk}/?finding={red.key}").content.decode()
    assert "You were brought in by Alice" in page and "/second/" not in page
    review.second(erin, decision, "I have read both and agree.")


def test_a_card_that_needs_two_is_not_opened_by_one_and_whom_he_brought_in(alice, bob, dana, crane):
    keys = {one: give_key(one) for one in (bob, dana)}
    crane.cleared.add(dana)
    holders = {one.pk: sealing.fingerprint(bytes(one.public_key)) for one in (bob, dana)}
    cards.write(bob, keys[bob], crane, sealing.Card(name="invented"), 0, holders)
    cards.need_two(bob, keys[bob], crane)
    Member.objects.filter(pk=dana.pk).update(brought_in_by=bob)
    asked = reveal.ask(bob, keys[bob], crane, "s", "She did not answer.")
    assert reveal.waiting_for(dana) == []
    with pytest.raises(NotAllowed, match="brought in by Bob"):
        reveal.answer(dana, keys[dana], crane, asked.pk, agreed=True)
    Member.objects.filter(pk=dana.pk).update(brought_in_by=None)
    assert reveal.waiting_for(dana) == [asked]
    reveal.answer(dana, keys[dana], crane, asked.pk, agreed=True)


def test_a_card_is_not_made_to_need_two_who_are_one(bob, dana, crane):
    keys = {one: give_key(one) for one in (bob, dana)}
    crane.cleared.add(dana)
    holders = {one.pk: sealing.fingerprint(bytes(one.public_key)) for one in (bob, dana)}
    cards.write(bob, keys[bob], crane, sealing.Card(name="invented"), 0, holders)
    Member.objects.filter(pk=dana.pk).update(brought_in_by=bob)
    with pytest.raises(DeskError, match="count as one person"):
        cards.need_two(bob, keys[bob], crane)
    assert not cards.row_of(crane).two


def test_a_recovery_is_not_confirmed_by_a_keyholder_and_whom_she_brought_in(alice, erin, puppet, bob):
    staffing.mark_keyholder(puppet)
    recovering.propose(alice, bob, "both")
    with pytest.raises(NotAllowed, match="brought in by Alice"):
        recovering.agree(puppet, Recovery.objects.get())
    with pytest.raises(NotAllowed):
        recovering.propose(puppet, alice, "both")
    recovering.agree(erin, Recovery.objects.get())


def test_a_recovery_leaves_a_member_as_he_stood(alice, erin, puppet, bob):
    for member in (puppet, bob):
        before = Member.objects.get(pk=member.pk).brought_in_by
        recovering.propose(alice, member, "passphrase")
        recovering.agree(erin, Recovery.objects.get(member=member))
        recovering.use(Recovery.objects.get(member=member), LENT, LENT)
        assert Member.objects.get(pk=member.pk).brought_in_by == before


# --- vouching ----------------------------------------------------------------------------------------------


def test_another_editor_vouches_on_the_screen_and_they_are_two(alice, erin, puppet, crane, browser):
    hers, his = browser(), browser()
    says(hers, "Erin"), says(his, "Puppet", OWN)
    assert "brought in by Alice, nobody has vouched yet" in hers.get("/members/").content.decode()
    assert "brought in by Alice; somebody has to vouch" in hers.get("/").content.decode()
    assert "You were brought in by Alice" in his.get("/me/").content.decode()
    assert "Vouch for Puppet" in hers.get(f"/members/{puppet.pk}/").content.decode()
    assert hers.post(f"/members/{puppet.pk}/vouch/")["Location"] == f"/members/{puppet.pk}/"
    assert verbs(puppet)[-1] == ("vouch", "Erin")
    assert "nobody has vouched" not in hers.get("/members/").content.decode()
    danger.mark(alice, crane, "they came for her brother")
    lifting = danger.propose(alice, crane, "She is home again.")
    danger.agree(puppet, crane, "I spoke with her.", lifting.pk)
    assert danger.current(crane) is None


def test_nobody_vouches_who_is_one_with_the_member(alice, erin, puppet, browser):
    other = takes_own(staffing.add(alice, "Other", "editor", "", LENT, LENT))
    for one in (alice, other, puppet):
        with pytest.raises(NotAllowed):
            vouching.vouch(one, puppet)
        assert vouching.waiting_for(one) == []
    hers = browser()
    says(hers, "Alice")
    page = hers.get(f"/members/{puppet.pk}/").content.decode()
    assert "You and Puppet count as one person" in page and "Vouch for Puppet" not in page
    assert hers.post(f"/members/{puppet.pk}/vouch/").status_code == 403
    assert {one.username for one in vouching.waiting_for(erin)} == {"Puppet", "Other"}


def test_a_keyholder_of_any_role_vouches_and_a_reporter_does_not(puppet, bob, charlie):
    with pytest.raises(NotAllowed):
        vouching.vouch(charlie, puppet)
    Member.objects.filter(pk=bob.pk).update(keyholder=True)
    vouching.vouch(Member.objects.get(pk=bob.pk), puppet)
    with pytest.raises(Stale):
        vouching.vouch(Member.objects.get(pk=bob.pk), puppet)


def test_nobody_is_vouched_for_before_words_of_his_own(alice, erin):
    noor = staffing.add(alice, "Noor", "editor", "", LENT, LENT)
    with pytest.raises(DeskError, match="has not taken a passphrase"):
        vouching.vouch(erin, noor)
    with pytest.raises(DeskError):
        vouching.vouch_here(noor)
    vouching.vouch(erin, takes_own(noor))


def test_letting_in_after_a_shut_out_takes_another_s_word_again(alice, erin, puppet):
    vouching.vouch(erin, puppet)
    again = taken_over(alice, puppet)
    assert again.brought_in_by == alice
    with pytest.raises(NotAllowed):
        vouching.vouch(alice, again)


def test_two_who_let_in_each_other_are_one_until_a_third_vouches_for_both(alice, erin, dana):
    Member.objects.filter(pk=erin.pk).update(brought_in_by=alice)
    Member.objects.filter(pk=alice.pk).update(brought_in_by=erin)
    Member.objects.filter(pk=dana.pk).update(keyholder=True)
    third = Member.objects.get(pk=dana.pk)
    for by, member in ((alice, erin), (erin, alice)):
        with pytest.raises(NotAllowed):
            vouching.vouch(by, member)
    vouching.vouch(third, alice)
    assert two.why_one(alice, Member.objects.get(pk=erin.pk)) is not None
    vouching.vouch(third, erin)
    assert two.why_one(alice, Member.objects.get(pk=erin.pk)) is None


def test_who_is_made_at_the_machine_stands_under_nobody(db):
    for name, change in (("Here", False), ("Told", True)):
        made = staffing.add_here(name, "editor", "", LENT, keyholder=False, must_change=change)
        assert made.brought_in_by is None


def test_what_the_desk_loses_is_counted_in_people(alice, erin, puppet):
    assert staffing.lost_without(erin) == ["one editor", "no recovery"]
    vouching.vouch(erin, puppet)
    assert staffing.lost_without(erin) == ["no recovery"]


def test_whoever_waits_works_as_ever_otherwise(alice, puppet, bob, tariq, browser):
    his = browser()
    says(his, "Puppet", OWN)
    for page in ("/", "/me/", "/members/", "/sources/", "/stories/", "/review/"):
        assert his.get(page).status_code == 200
    story = making.story(bob, tariq)
    making.tables()
    review.review(puppet, story)
    danger.mark(puppet, Source.objects.first(), "a mark takes one person")


def test_members_of_an_older_desk_count_as_vouched_for(db):
    call_command("makemigrations", "staff", check=True, dry_run=True, verbosity=0)
    assert Member._meta.get_field("brought_in_by").null and Member().brought_in_by is None


def test_the_passphrase_a_member_was_let_in_with_still_signs_nobody_in(alice, erin, browser):
    staffing.shut_out(alice, erin, list(staffing.losses(alice, erin)))
    staffing.let_in(alice, Member.objects.get(pk=erin.pk), LENT, LENT)
    assert says(browser(), "Erin", PASSPHRASE).status_code == 401
    assert says(browser(), "Erin", LENT)["Location"] == "/sign-in/passphrase/"
