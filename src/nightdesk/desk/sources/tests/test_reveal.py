"""Cards that need two: one asks with a reason, another agrees with his own key, the first sees it once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.html import escape

from nightdesk.desk import clock, conftest
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError
from nightdesk.desk.sources import cards, keeping, reveal, sealing
from nightdesk.desk.sources.models import Card, Reveal, Source
from nightdesk.desk.sources.tests.keyed import client_of, give_key

pytestmark = pytest.mark.django_db
CANARY = "canary-for-two"
WHY = "She did not answer twice."


@pytest.fixture
def keys(alice, bob, dana, charlie):
    return {member.pk: give_key(member) for member in (alice, bob, dana, charlie)}


@pytest.fixture
def crane(alice, bob, dana, keys):
    """A source whose card needs two of Alice, Bob and Dana."""
    source = Source.objects.create(pseudonym="crane", made_on=clock.today())
    source.cleared.add(alice, bob, dana)
    holders = {one.pk: sealing.fingerprint(one.public_key) for one in (alice, bob, dana)}
    cards.write(bob, keys[bob.pk], source, sealing.Card(name=CANARY), 0, holders)
    cards.need_two(bob, keys[bob.pk], source)
    return source


@pytest.fixture
def at(crane):
    return f"/sources/{crane.pk}"


def later(settings, monkeypatch, **how_long):
    monkeypatch.setattr(conftest, "DAY", conftest.DAY + timedelta(**how_long))


def verbs(source):
    rows = CustodyEntry.objects.filter(subject=f"source:{source.pk}").order_by("pk")
    return [(row.verb, row.member.username) for row in rows]


def test_one_asks_another_agrees_and_the_first_sees_it_once(alice, bob, keys, crane, at):
    asks, agrees = client_of(alice, keys[alice.pk]), client_of(bob, keys[bob.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    for page in (agrees.get("/"), agrees.get(f"{at}/")):
        assert "Alice asks" in page.text
    assert WHY in agrees.get(f"{at}/").text
    answer = agrees.post(
        f"{at}/card/answer/", {"request": Reveal.objects.get().pk, "answer": "agree"}, follow=True
    )
    assert CANARY not in answer.text
    assert "Bob agreed" in asks.get("/").text
    page = asks.post(f"{at}/card/")
    assert CANARY in page.text
    assert "You see this once" in page.text
    assert asks.post(f"{at}/card/").status_code == 400  # once
    assert verbs(crane)[-3:] == [("ask for card", "Alice"), ("agree to card", "Bob"), ("open card", "Alice")]
    note = CustodyEntry.objects.get(verb="ask for card").note
    assert WHY in note


def test_one_member_alone_cannot(alice, bob, keys, crane, at):
    client = client_of(alice, keys[alice.pk])
    assert client.post(f"{at}/card/").status_code == 400
    client.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    assert client.post(f"{at}/card/").status_code == 400
    own = {"request": Reveal.objects.get().pk, "answer": "agree"}
    assert client.post(f"{at}/card/answer/", own).status_code == 400
    with pytest.raises(sealing.Closed):
        sealed = keeping.sealed_of(Card.objects.get())
        sealing.open_alone(cards.thing_of(crane), sealed, alice.pk, keys[alice.pk].seed)
    # Not by writing "agreed" into the table either: what must be handed over only Bob's key can make.
    Reveal.objects.update(agrees=bob, handed=Card.objects.get().keys.get(member=alice, second=bob).sealed)
    assert client.post(f"{at}/card/").status_code == 400
    for door in ("two", "give"):
        assert client.post(f"{at}/card/{door}/", {"member": alice.pk}).status_code == 400


def test_whoever_agrees_sees_nothing(alice, bob, keys, crane, at):
    client_of(alice, keys[alice.pk]).post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    client = client_of(bob, keys[bob.pk])
    client.post(f"{at}/card/answer/", {"request": Reveal.objects.get().pk, "answer": "agree"})
    assert client.post(f"{at}/card/").status_code == 400


def test_a_request_ends_after_ten_minutes(settings, monkeypatch, alice, bob, keys, crane, at):
    asks, agrees = client_of(alice, keys[alice.pk]), client_of(bob, keys[bob.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    request = Reveal.objects.get().pk
    later(settings, monkeypatch, minutes=10)
    assert agrees.post(f"{at}/card/answer/", {"request": request, "answer": "agree"}).status_code == 400
    assert "asks to open" not in agrees.get(f"{at}/").text
    assert not Reveal.objects.exists()


def test_what_was_agreed_to_ends_too(settings, monkeypatch, alice, bob, keys, crane, at):
    asks = client_of(alice, keys[alice.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    reveal.answer(bob, keys[bob.pk], crane, Reveal.objects.get().pk, agreed=True)
    later(settings, monkeypatch, minutes=10)
    assert asks.post(f"{at}/card/").status_code == 400
    asks.get(f"{at}/")
    assert not Reveal.objects.exists()  # what was handed over is gone with it


def test_another_session_of_the_same_member_does_not_see_it(alice, bob, keys, crane, at):
    client_of(alice, keys[alice.pk]).post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    reveal.answer(bob, keys[bob.pk], crane, Reveal.objects.get().pk, agreed=True)
    assert client_of(alice, keys[alice.pk]).post(f"{at}/card/").status_code == 400


def test_declining_is_logged_and_opens_nothing(alice, bob, keys, crane, at):
    asks = client_of(alice, keys[alice.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    client_of(bob, keys[bob.pk]).post(
        f"{at}/card/answer/", {"request": Reveal.objects.get().pk, "answer": "decline"}
    )
    assert asks.post(f"{at}/card/").status_code == 400
    assert verbs(crane)[-1] == ("decline card", "Bob")


def test_a_request_needs_a_reason(alice, keys, crane, at):
    client = client_of(alice, keys[alice.pk])
    assert client.post(f"{at}/card/ask/", {"reason": " ", "wish": "look"}).status_code == 400
    assert client.post(f"{at}/card/ask/", {"reason": WHY, "wish": "everything"}).status_code == 400


def test_only_who_holds_the_card_asks_or_agrees(alice, charlie, keys, crane, at):
    crane.cleared.add(charlie)
    with pytest.raises(DeskError, match="not open to you"):
        reveal.ask(charlie, keys[charlie.pk], crane, "s", WHY)
    asked = reveal.ask(alice, keys[alice.pk], crane, "s", WHY)
    with pytest.raises(DeskError, match="not open to you"):
        reveal.answer(charlie, keys[charlie.pk], crane, asked.pk, agreed=True)
    assert not reveal.waiting_for(charlie)


def test_after_the_look_it_is_written_in_the_same_session_and_needs_two_still(alice, bob, keys, crane, at):
    asks = client_of(alice, keys[alice.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    reveal.answer(bob, keys[bob.pk], crane, Reveal.objects.get().pk, agreed=True)
    page = asks.post(f"{at}/card/")
    typed = _form(page.text) | {"name": "another name"}
    elsewhere = client_of(alice, keys[alice.pk]).post(f"{at}/card/write/", typed)
    assert elsewhere.status_code == 400
    assert "another name" in elsewhere.text
    assert asks.post(f"{at}/card/write/", typed).status_code == 302
    row = Card.objects.get()
    assert row.two
    assert row.keys.count() == 6
    assert seen_by_two(bob, alice, keys, crane).card == sealing.Card(name="another name")


def test_a_forged_form_takes_no_holder_out_and_puts_none_in(alice, bob, dana, charlie, keys, crane, at):
    asks = client_of(alice, keys[alice.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    reveal.answer(bob, keys[bob.pk], crane, Reveal.objects.get().pk, agreed=True)
    typed = _form(asks.post(f"{at}/card/").text) | {"name": "what was typed"}
    before = Card.objects.get()
    crane.cleared.add(charlie)
    stranger = f"{charlie.pk}:{sealing.fingerprint(keys[charlie.pk].public).replace(' ', '')}"
    other_key = f"{bob.pk}:{sealing.fingerprint(keys[charlie.pk].public).replace(' ', '')}"
    all_three = sorted(typed["holder"])
    for forged in (all_three[:2], all_three[:1], [], [*all_three, stranger], [*all_three[1:], other_key]):
        page = asks.post(f"{at}/card/write/", typed | {"holder": forged})
        assert page.status_code == 409 and "what was typed" in page.text
        assert sorted(_form(page.text)["holder"]) == all_three, "the page shows those the look found"
    row = Card.objects.get()
    assert row.version == before.version and row.holders() == {alice.pk, bob.pk, dana.pk}
    assert asks.post(f"{at}/card/write/", typed).status_code == 302


def test_after_the_time_nothing_is_written(settings, monkeypatch, alice, bob, keys, crane, at):
    asks = client_of(alice, keys[alice.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    reveal.answer(bob, keys[bob.pk], crane, Reveal.objects.get().pk, agreed=True)
    typed = _form(asks.post(f"{at}/card/").text) | {"name": "too late, but kept on the page"}
    later(settings, monkeypatch, minutes=10)
    page = asks.post(f"{at}/card/write/", typed)
    assert page.status_code == 400
    assert "too late, but kept on the page" in page.text


def test_two_let_a_third_hold_it_and_two_end_the_rule(alice, bob, charlie, keys, crane):
    crane.cleared.add(charlie)
    seen_by_two(alice, bob, keys, crane, "clear", charlie)
    assert Card.objects.get().holders() >= {charlie.pk}
    assert seen_by_two(charlie, bob, keys, crane).card.name == CANARY
    seen_by_two(bob, charlie, keys, crane, "end two")
    assert cards.open_card(alice, keys[alice.pk], crane).card.name == CANARY


def test_a_wish_is_shown_to_who_agrees(alice, bob, charlie, keys, crane, at):
    crane.cleared.add(charlie)
    reveal.ask(alice, keys[alice.pk], crane, "s", WHY, "clear", charlie)
    assert escape("Charlie would open it from then on.") in client_of(bob, keys[bob.pk]).get(f"{at}/").text


def test_taking_a_clearance_back_ends_every_request_and_the_next_look_makes_a_new_key(
    alice, bob, dana, keys, crane
):
    asked = reveal.ask(alice, keys[alice.pk], crane, "s", WHY)
    reveal.answer(dana, keys[dana.pk], crane, asked.pk, agreed=True)
    from nightdesk.desk.sources.actions import unclear_for

    unclear_for(alice, crane, dana, keys[alice.pk])
    assert not Reveal.objects.exists()
    row = Card.objects.get()
    assert row.to_rotate
    assert row.holders() == {alice.pk, bob.pk}
    assert seen_by_two(alice, bob, keys, crane).card.name == CANARY
    assert not Card.objects.get().to_rotate


def test_two_of_two_cannot_become_one_without_saying_that_it_is_lost(alice, bob, dana, keys, crane):
    from nightdesk.desk.sources.actions import unclear_for

    unclear_for(alice, crane, dana, None)
    with pytest.raises(DeskError, match="nobody could open what is sealed here"):
        unclear_for(alice, crane, bob, None)


def test_looking_makes_a_new_key_so_that_what_was_handed_over_is_used_up(alice, bob, keys, crane):
    asked = reveal.ask(alice, keys[alice.pk], crane, "s", WHY)
    reveal.answer(bob, keys[bob.pk], crane, asked.pk, agreed=True)
    kept = bytes(Reveal.objects.get().handed)
    reveal.look(alice, keys[alice.pk], crane, "s")
    with pytest.raises(sealing.Closed):
        sealing.open_agreed(
            cards.thing_of(crane), keeping.sealed_of(Card.objects.get()), alice.pk, keys[alice.pk].seed, bob.pk,
            asked.pk, kept,
        )  # fmt: skip


def seen_by_two(asks, agrees, keys, source, wish="look", whom=None):
    """The whole way; what the first sees."""
    asked = reveal.ask(asks, keys[asks.pk], source, "s", WHY, wish, whom)
    reveal.answer(agrees, keys[agrees.pk], source, asked.pk, agreed=True)
    return reveal.look(asks, keys[asks.pk], source, "s")[0]


def _form(page: str) -> dict[str, object]:
    import re

    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    return {"version": version[1], "holder": re.findall(r'name="holder" value="([^"]+)"', page)}


def test_who_asked_is_told_of_a_no_until_something_newer_is_asked(alice, bob, keys, crane, at):
    asks, says = client_of(alice, keys[alice.pk]), client_of(bob, keys[bob.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    says.post(f"{at}/card/answer/", {"request": Reveal.objects.get().pk, "answer": "decline"})
    for page in (asks.get("/"), asks.get(f"{at}/")):
        assert "Bob declined what you asked for" in page.text
    assert "declined what you asked for" not in says.get("/").text + says.get(f"{at}/").text
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    for page in (asks.get("/"), asks.get(f"{at}/")):
        assert "declined what you asked for" not in page.text


def test_a_no_is_news_for_a_day(alice, bob, keys, crane, at, settings, monkeypatch):
    asks, says = client_of(alice, keys[alice.pk]), client_of(bob, keys[bob.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    says.post(f"{at}/card/answer/", {"request": Reveal.objects.get().pk, "answer": "decline"})
    later(settings, monkeypatch, days=2)
    assert "declined what you asked for" not in asks.get("/").text


def test_who_asked_can_take_it_back_and_nobody_agrees_to_it_any_more(alice, bob, keys, crane, at):
    asks, agrees = client_of(alice, keys[alice.pk]), client_of(bob, keys[bob.pk])
    asks.post(f"{at}/card/ask/", {"reason": WHY, "wish": "look"})
    one = Reveal.objects.get().pk
    assert f"{at}/card/take-back/" in asks.get(f"{at}/").text
    assert agrees.post(f"{at}/card/take-back/").status_code == 400
    said = asks.post(f"{at}/card/take-back/", follow=True).text
    assert "Your request is taken back" in said and not Reveal.objects.exists()
    assert agrees.post(f"{at}/card/answer/", {"request": one, "answer": "agree"}).status_code == 400
    assert verbs(crane)[-2:] == [("ask for card", "Alice"), ("take back request", "Alice")]


def test_a_request_to_end_the_rule_of_two_is_said_as_what_it_is(alice, bob, keys, crane, at):
    client_of(alice, keys[alice.pk]).post(f"{at}/card/ask/", {"reason": WHY, "wish": "end two"})
    agrees = client_of(bob, keys[bob.pk])
    for page in (agrees.get("/"), agrees.get(f"{at}/")):
        assert "Alice asks to end “needs two” (asked until" in page.text
        assert "If you agree, one member alone opens the card from" in page.text
        assert "asks to open this card" not in page.text and "that the card is opened" not in page.text
