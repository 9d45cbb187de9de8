"""Shutting a member out: what only he holds is said and ticked, what others hold too gets a new key."""

from __future__ import annotations

import pytest

from nightdesk.desk import clock
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import Stale
from nightdesk.desk.reports import eyesonly
from nightdesk.desk.reports.models import Report, SealedWords
from nightdesk.desk.sources import cards, reveal, sealing
from nightdesk.desk.sources.models import Card, CardKey, Reveal, Source
from nightdesk.desk.sources.tests.keyed import client_of, give_key
from nightdesk.desk.staff import staffing
from nightdesk.desk.staff.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(alice, erin, bob, dana):
    return {one.pk: give_key(one) for one in (alice, erin, bob, dana)}


@pytest.fixture
def source_of(keys):
    """source_of(name, *members): a card sealed to them; all four of the desk are cleared for it."""

    def make(name, *members, two=False):
        made = Source.objects.create(pseudonym=name, made_on=clock.today())
        made.cleared.add(*Member.objects.filter(pk__in=keys))
        first = members[0]
        holders = {one.pk: sealing.fingerprint(keys[one.pk].public) for one in members}
        cards.write(first, keys[first.pk], made, sealing.Card(name=name), 0, holders)
        if two:
            cards.need_two(first, keys[first.pk], made)
        return made

    return make


def eyes_only(source, keys, *members):
    report = Report.objects.create(
        source=source, text="invented", lang="en", contact_on=clock.today(), received_at=clock.now()
    )
    eyesonly.mark(members[0], keys[members[0].pk], report, [one.pk for one in members])
    return report


def loses(by, member):
    return {key for key in staffing.losses(by, member) if key.startswith("loses")}


def test_holders_count_and_not_who_is_cleared(alice, erin, bob, dana, keys, source_of):
    crane, heron = source_of("crane", bob), source_of("heron", bob, dana)
    assert loses(alice, bob) == {f"loses {crane.pk}"}, "four are cleared, one opens it"
    assert "crane" in staffing.losses(alice, bob)[f"loses {crane.pk}"]
    assert loses(alice, dana) == set()
    Member.objects.filter(pk=dana.pk).update(is_active=False)
    assert loses(alice, bob) == {f"loses {crane.pk}", f"loses {heron.pk}"}


def test_a_card_that_needs_two_is_lost_with_one_of_two(alice, erin, bob, dana, keys, source_of):
    crane, heron = source_of("crane", bob, dana, two=True), source_of("heron", alice, bob, dana, two=True)
    assert loses(alice, bob) == {f"loses {crane.pk}"}
    with pytest.raises(Stale):
        staffing.shut_out(alice, bob, [])
    staffing.shut_out(alice, bob, [f"loses {crane.pk}"])
    assert not Card.objects.filter(source=crane).exists()
    assert CustodyEntry.objects.filter(subject=f"source:{crane.pk}", verb="lose card").exists()
    assert cards.row_of(heron).holders() == {alice.pk, dana.pk} and cards.row_of(heron).to_rotate


def test_an_eyes_only_report_is_said_in_the_words_of_a_card(alice, erin, bob, dana, keys, source_of):
    crane = source_of("crane", bob, dana)
    eyes_only(crane, keys, bob)
    assert loses(alice, bob) == {f"loses {crane.pk}"}
    assert "report" not in staffing.losses(alice, bob)[f"loses {crane.pk}"]
    with pytest.raises(Stale):
        staffing.shut_out(alice, bob, ["alone"])
    staffing.shut_out(alice, bob, [f"loses {crane.pk}"])
    assert not SealedWords.objects.get().keys.exists()


def test_what_the_shutter_opens_gets_a_new_key_at_once_and_the_rest_at_the_next_opening(
    alice, erin, bob, dana, keys, source_of
):
    mine, others = source_of("crane", alice, bob), source_of("heron", dana, bob)
    report = eyes_only(mine, keys, alice, bob)
    before = {row.source_id: (row.version, bytes(row.body)) for row in Card.objects.all()}
    words = SealedWords.objects.get(report=report).version
    client = client_of(alice, keys[alice.pk])
    assert client.post(f"/members/{bob.pk}/shut-out/").status_code == 302
    now = Card.objects.get(source=mine)
    assert (
        now.version == before[mine.pk][0] + 1 and bytes(now.body) != before[mine.pk][1] and not now.to_rotate
    )
    assert SealedWords.objects.get(report=report).version == words + 1
    waiting = Card.objects.get(source=others)
    assert waiting.to_rotate and waiting.holders() == {dana.pk}
    assert not CardKey.objects.filter(member=bob).exists() and not bob.sources.exists()
    assert cards.open_card(dana, keys[dana.pk], others).rotated


def test_his_open_requests_are_over(alice, erin, bob, dana, keys, source_of):
    crane = source_of("crane", alice, bob, dana, two=True)
    heron = source_of("heron", alice, dana, two=True)
    reveal.ask(bob, keys[bob.pk], crane, "s", "She did not answer.")
    reveal.ask(dana, keys[dana.pk], heron, "s", "He should hold it.", "clear", bob)
    staffing.shut_out(alice, bob, [])
    assert not Reveal.objects.exists()


def test_a_wrap_left_from_a_clearance_taken_long_ago_goes_too(alice, erin, bob, dana, keys, source_of):
    crane = source_of("crane", bob, dana)
    crane.cleared.remove(bob)
    staffing.shut_out(alice, bob, [])
    assert cards.row_of(crane).holders() == {dana.pk}


def test_the_screen_names_each_source_and_wants_each_ticked(alice, erin, bob, dana, keys, source_of):
    crane, heron = source_of("crane", bob), source_of("heron", bob)
    client = client_of(alice, keys[alice.pk])
    page = client.get(f"/members/{bob.pk}/shut-out/").text
    assert "Something of crane could be opened" in page and "Something of heron could be opened" in page
    one, both = {f"loses_{crane.pk}": "on"}, {f"loses_{crane.pk}": "on", f"loses_{heron.pk}": "on"}
    assert client.post(f"/members/{bob.pk}/shut-out/", one).status_code == 400
    assert Card.objects.count() == 2 and Member.objects.get(pk=bob.pk).is_active
    assert client.post(f"/members/{bob.pk}/shut-out/", both).status_code == 302
    assert not Card.objects.exists()


def test_a_keyholder_who_does_not_see_a_source_is_told_how_many_and_no_name(
    alice, erin, bob, keys, source_of, charlie
):
    source_of("crane", bob)
    Member.objects.filter(pk=charlie.pk).update(keyholder=True)
    charlie.refresh_from_db()
    said = staffing.losses(charlie, bob)
    assert "loses hidden 1" in said and "crane" not in " ".join(said.values())
