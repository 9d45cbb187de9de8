"""The contact log: written and corrected by who may see the source, late check-ins on the first screen."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.urls import reverse

from nightdesk.desk import clock
from nightdesk.desk.care import contacts, danger
from nightdesk.desk.care.contacts import Entry
from nightdesk.desk.care.models import Danger
from nightdesk.desk.care.showing import check_in_of
from nightdesk.desk.care.waiting import waiting
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import NotAllowed, Stale
from nightdesk.desk.sources.models import Contact, Source

pytestmark = pytest.mark.django_db
TODAY = date(2023, 12, 18)
TYPED = {
    "on": "2023-12-15", "channel": "voice", "window": "21:00-21:20", "danger_word": "not seen",
    "note": "Short of breath.", "next_on": "2023-12-17", "next_window": "at dusk",
}  # fmt: skip


@pytest.fixture
def crane(bob):
    source = Source.objects.create(pseudonym="crane", old_card="the word is barley", made_on=date(2023, 1, 1))
    source.cleared.add(bob)
    return source


def new(source):
    return reverse("care:contact_new", args=[source.pk])


def test_a_cleared_reporter_writes_a_contact_down(bob, crane, signed_in):
    assert signed_in(bob).post(new(crane), {**TYPED, "via": "relay-yanji"}).status_code == 302
    row = Contact.objects.get()
    assert (row.window, row.danger_word, str(row.relay), row.written_by) == (
        "21:00-21:20 UTC",
        "not seen",
        "relay-yanji",
        bob,
    )
    assert CustodyEntry.objects.get(subject=f"source:{crane.pk}").verb == "contact"
    page = signed_in(bob).get(crane.get_absolute_url()).text
    assert "Short of breath." in page and "1 day overdue" in page
    assert "barley" not in page


def test_a_mistake_comes_back_with_everything_that_was_typed(bob, crane, signed_in):
    answer = signed_in(bob).post(new(crane), {**TYPED, "next_on": "2023-12-01"})
    assert answer.status_code == 400
    assert "Short of breath." in answer.text and 'value="2023-12-01"' in answer.text
    assert "lies before this one" in answer.text
    assert signed_in(bob).post(new(crane), {**TYPED, "on": "2023-12-19"}).status_code == 400
    assert signed_in(bob).post(new(crane), {**TYPED, "next_on": ""}).status_code == 400
    assert not Contact.objects.exists()


def test_a_correction_stands_in_the_place_of_the_entry_and_keeps_it(bob, alice, crane, signed_in):
    old = contacts.write(bob, crane, Entry(TODAY, "voice", note="At seven."))
    url = reverse("care:contact", args=[old.pk])
    signed_in(bob).post(
        url, {**TYPED, "on": "2023-12-18", "next_on": "", "next_window": "", "note": "At nine."}
    )
    row = Contact.objects.standing().get()
    assert (row.note, row.replaces) == ("At nine.", old)
    assert "At seven." in signed_in(bob).get(reverse("care:contact", args=[row.pk])).text
    assert "At seven." not in signed_in(bob).get(crane.get_absolute_url()).text
    with pytest.raises(Stale):
        contacts.correct(alice, old, Entry(TODAY, "voice"))


def test_a_danger_word_that_was_seen_freezes_at_once_and_once(bob, crane, signed_in):
    page = signed_in(bob).post(new(crane), {**TYPED, "danger_word": "seen"}, follow=True).text
    assert "marked as in danger" in page
    assert "15" in Danger.objects.get().reason
    contacts.write(bob, crane, Entry(TODAY, "voice", danger_word="seen"))
    assert Danger.objects.count() == 1


def test_mending_the_note_of_an_entry_marks_nothing_again(bob, alice, erin, crane):
    row = contacts.write(bob, crane, Entry(TODAY, "voice", danger_word="seen"))
    proposed = danger.propose(alice, crane, "She is home again.")
    danger.agree(erin, crane, "I spoke with her myself.", proposed.pk)
    contacts.correct(bob, row, Entry(TODAY, "voice", danger_word="seen", note="She laughed."))
    assert danger.current(crane) is None


def test_late_check_ins_rise_on_the_first_screen_of_who_may_see_the_source(bob, alice, crane, signed_in):
    contacts.write(bob, crane, Entry(date(2023, 12, 10), "voice", next_on=date(2023, 12, 15)))
    for member in (bob, alice):
        page = signed_in(member).get("/").text
        assert "The check-in is 3 days overdue." in page
        assert f"{crane.get_absolute_url()}#contacts" in page
    contacts.write(bob, crane, Entry(TODAY, "voice"))
    assert waiting(bob, TODAY) == []


def test_the_first_screen_says_today_and_nothing_of_tomorrow(bob, crane):
    contacts.write(bob, crane, Entry(TODAY, "voice", next_on=date(2023, 12, 19), next_window="21:00"))
    assert waiting(bob, TODAY) == []
    assert [one.ask for one in waiting(bob, date(2023, 12, 19))] == ["Check-in today: 21:00"]


def test_the_query_finds_the_late_ones_the_rule_finds(bob, crane):
    """A day that was moved, a corrected entry and a met day are late for neither."""
    contacts.write(bob, crane, Entry(date(2023, 12, 1), "voice", next_on=date(2023, 12, 5)))
    contacts.write(bob, crane, Entry(date(2023, 12, 2), "voice", next_on=date(2023, 12, 30)))
    assert waiting(bob, TODAY) == []
    wrong = contacts.write(bob, crane, Entry(date(2023, 12, 3), "voice", next_on=date(2023, 12, 4)))
    assert len(waiting(bob, TODAY)) == 1
    contacts.correct(bob, wrong, Entry(date(2023, 12, 3), "voice", next_on=date(2023, 12, 31)))
    assert waiting(bob, TODAY) == []


@pytest.mark.parametrize("seed", range(4))
def test_the_query_finds_the_late_ones_the_rule_finds_in_any_log(bob, seed):
    draw = random.Random(seed)
    for number in range(12):
        source = Source.objects.create(pseudonym=f"s{number:02}", made_on=TODAY)
        source.cleared.add(bob)
        for _entry in range(draw.randrange(6)):
            on = date(2023, 12, draw.randint(1, 12))
            agreed = draw.choice((None, date(2023, 12, draw.randint(on.day, 31))))
            Contact.objects.create(source=source, on=on, channel="voice", next_on=agreed)
    due = {
        str(source)
        for source in Source.objects.filter(cleared=bob)
        if (found := check_in_of(source)) and found.days_late(TODAY) >= 0
    }
    rows = waiting(bob, TODAY)
    assert {row.title for row in rows} == due and len(rows) == len(due) > 1


def test_check_ins_that_do_not_fit_are_counted(bob):
    for number in range(14):
        source = Source.objects.create(pseudonym=f"s{number:02}", made_on=TODAY)
        source.cleared.add(bob)
        contacts.write(bob, source, Entry(date(2023, 12, 1), "voice", next_on=date(2023, 12, 2 + number)))
    rows = waiting(bob, TODAY)
    assert [row.title for row in rows[:2]] == ["s00", "s01"]
    assert (len(rows), rows[-1].ask) == (13, "2 more are not shown.")


def test_charlie_learns_nothing_on_the_first_screen_or_behind_any_door(bob, alice, charlie, crane, signed_in):
    before = signed_in(charlie).get("/").text
    row = contacts.write(bob, crane, Entry(date(2023, 12, 10), "voice", next_on=date(2023, 12, 15)))
    danger.mark(bob, crane, "Her neighbour was taken away.")
    client = signed_in(charlie)
    after = client.get("/").text
    assert after.split("<main")[1].split("</main>")[0] == before.split("<main")[1].split("</main>")[0]
    assert waiting(charlie, TODAY) == []
    for name, pk in (
        ("contact_new", crane.pk),
        ("contact", row.pk),
        ("danger", crane.pk),
        ("consent", crane.pk),
    ):
        assert client.get(reverse(f"care:{name}", args=[pk])).status_code == 404
        assert client.post(reverse(f"care:{name}", args=[pk]), TYPED).status_code == 404
    with pytest.raises(NotAllowed):
        contacts.write(charlie, crane, Entry(TODAY, "voice"))
    with pytest.raises(NotAllowed):
        contacts.correct(charlie, row, Entry(TODAY, "voice"))


def test_the_first_screen_asks_the_same_number_of_questions_of_many_sources(
    bob, crane, signed_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def late(count):
        for number in range(count):
            source = Source.objects.create(pseudonym=f"s{Source.objects.count()}-{number}", made_on=TODAY)
            source.cleared.add(bob)
            contacts.write(bob, source, Entry(date(2023, 12, 1), "voice", next_on=date(2023, 12, 4)))
            danger.mark(bob, source, "Her neighbour was taken away.")

    late(1)
    with CaptureQueriesContext(connection) as few:
        waiting(bob, clock.today())
    late(8)
    with django_assert_num_queries(len(few)):
        assert len(waiting(bob, clock.today())) == 18
