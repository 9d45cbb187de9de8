"""The identity card in the desk: sealed to cleared members, opened by their own keys and by nothing else."""

from __future__ import annotations

import itertools
import re

import pytest
from django.apps import apps
from django.db import connection

from nightdesk.desk import clock
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.custody.reading import broken_chain
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.review.tests import making
from nightdesk.desk.sources import actions, cards, keeping, sealing
from nightdesk.desk.sources.models import Card, CardKey, Source
from nightdesk.desk.sources.tests.keyed import client_of, give_key

pytestmark = pytest.mark.django_db
CANARY = "canary-in-the-card"
FILLED = sealing.Card(
    name=f"{CANARY}-name", phones=f"{CANARY}-phones", family=f"{CANARY}-family", places=f"{CANARY}-places",
    reach=f"{CANARY}-reach", danger_words=f"{CANARY}-danger", other=f"{CANARY}-other",
)  # fmt: skip


@pytest.fixture
def keys(alice, erin, bob, dana, charlie):
    return {member.pk: give_key(member) for member in (alice, erin, bob, dana, charlie)}


@pytest.fixture
def crane(bob):
    source = Source.objects.create(pseudonym="crane", made_on=clock.today())
    source.cleared.add(bob)
    return source


def people(source, *members):
    return {one.pk: sealing.fingerprint(bytes(one.public_key)) for one in members}


def write(source, keys, writer, *holders, card=FILLED):
    row = cards.row_of(source)
    cards.write(
        writer, keys[writer.pk], source, card, row.version if row else 0, people(source, writer, *holders)
    )
    return cards.row_of(source)


@pytest.fixture
def sealed(crane, keys, bob):
    return write(crane, keys, bob)


def verbs(source):
    return [*CustodyEntry.objects.filter(subject=f"source:{source.pk}").values_list("verb", flat=True)]


def every_byte():
    """Every value of every table, as the plain database holds it."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def test_a_cleared_member_writes_a_card_and_reads_it_again(bob, crane, keys, sealed):
    assert cards.open_card(bob, keys[bob.pk], crane).card == FILLED
    assert verbs(crane) == ["write card", "open card"]
    assert broken_chain(f"source:{crane.pk}") is None


def test_the_words_of_a_card_stand_in_no_column_of_any_table(bob, dana, crane, keys, sealed):
    cards.open_card(bob, keys[bob.pk], crane)
    crane.cleared.add(dana)
    cards.give(bob, keys[bob.pk], crane, dana)
    cards.need_two(bob, keys[bob.pk], crane)
    assert any(b"crane" in value for value in every_byte())  # the looking itself works
    assert not [value for value in every_byte() if CANARY.encode() in value]
    assert keys[bob.pk].seed not in b"".join(every_byte())


def test_the_rows_and_every_key_the_server_holds_open_nothing(settings, bob, crane, keys, sealed):
    """No member signed in: what is left are the rows, and the desk's own keys."""
    from nightdesk.desk import keys as desk_keys

    making.newsroom()
    making.hold_keys()
    at_hand = {settings.SECRET_KEY.encode()}
    ring = desk_keys.held()
    fields = [getattr(ring, name, None) for name in dir(ring) if not name.startswith("__")]
    at_hand |= {value for value in fields if isinstance(value, bytes)}
    stored = [bytes(value) for value in every_byte() if value]
    at_hand |= {row[at : at + 32] for row in stored for at in (0, 12, max(len(row) - 32, 0))}
    tried = 0
    for secret in at_hand:
        seed = secret[:32].ljust(32, b"\x00")
        tried += 1
        with pytest.raises(sealing.Closed):
            sealing.open_alone(cards.thing_of(crane), keeping.sealed_of(sealed), bob.pk, seed)
        with pytest.raises(sealing.Closed):
            sealing._open(cards.thing_of(crane), keeping.sealed_of(sealed), seed)
    assert tried > 20


def test_another_reporters_key_does_not_open_it(bob, dana, crane, keys, sealed):
    crane.cleared.add(dana)
    with pytest.raises(DeskError, match="does not open"):
        cards.open_card(dana, keys[dana.pk], crane)
    with pytest.raises(DeskError, match="does not hold your key"):
        cards.open_card(bob, keys[dana.pk], crane)
    with pytest.raises(sealing.Closed):
        sealing.open_alone(cards.thing_of(crane), keeping.sealed_of(sealed), bob.pk, keys[dana.pk].seed)


def test_an_editors_role_does_not_open_a_card(alice, crane, keys, sealed):
    client = client_of(alice, keys[alice.pk])
    page = client.post(f"/sources/{crane.pk}/card/")
    assert page.status_code == 403
    assert CANARY not in page.text
    assert client.post(f"/sources/{crane.pk}/card/write/", {"name": "x"}).status_code == 403


def test_an_editor_who_clears_herself_still_opens_no_card(alice, crane, keys, sealed):
    client = client_of(alice, keys[alice.pk])
    answer = client.post(f"/sources/{crane.pk}/clear/", {"member": alice.pk}, follow=True)
    assert "a member who opens it gives it" in answer.text
    assert "the card is not sealed to you" in answer.text
    page = client.post(f"/sources/{crane.pk}/card/")
    assert page.status_code == 400
    assert CANARY not in page.text


def test_who_opens_the_card_lets_another_cleared_member_open_it(bob, dana, crane, keys, sealed):
    crane.cleared.add(dana)
    client_of(bob, keys[bob.pk]).post(f"/sources/{crane.pk}/card/give/", {"member": dana.pk})
    assert cards.open_card(dana, keys[dana.pk], crane).card == FILLED
    assert "clear for card" in verbs(crane)


def test_an_editor_who_opens_the_card_clears_for_both(alice, dana, crane, keys, sealed, bob):
    crane.cleared.add(alice)
    cards.give(bob, keys[bob.pk], crane, alice)
    assert actions.clear_for(alice, crane, dana, keys[alice.pk])
    assert cards.open_card(dana, keys[dana.pk], crane).card == FILLED


def test_nobody_is_let_in_who_is_not_cleared_or_has_no_key(bob, dana, charlie, crane, keys, sealed):
    with pytest.raises(DeskError, match="cannot open a card yet"):
        cards.give(bob, keys[bob.pk], crane, dana)  # not cleared
    crane.cleared.add(charlie)
    type(charlie).objects.filter(pk=charlie.pk).update(public_key=b"")
    with pytest.raises(DeskError) as refused:
        cards.give(bob, keys[bob.pk], crane, charlie)
    assert "sign in once" in str(refused.value.remedy)


def test_taking_away_removes_the_wrap_and_makes_a_new_key(alice, bob, dana, crane, keys, sealed):
    crane.cleared.add(alice, dana)
    for other in (alice, dana):
        cards.give(bob, keys[bob.pk], crane, other)
    before = keeping.sealed_of(cards.row_of(crane))
    actions.unclear_for(alice, crane, dana, keys[alice.pk])
    after = keeping.sealed_of(cards.row_of(crane))
    assert {one.member for one in after.wraps} == {alice.pk, bob.pk}
    old = next(one for one in before.wraps if one.member == dana.pk)
    thing = cards.thing_of(crane)
    for version in (before.version, after.version):
        with pytest.raises(sealing.Closed):
            sealing.open_alone(
                thing, sealing.Sealed(version, after.body, (old,)), dana.pk, keys[dana.pk].seed
            )
    assert sealing.open_alone(
        thing, before, dana.pk, keys[dana.pk].seed
    ).said  # an older copy: said on the screen
    assert cards.open_card(bob, keys[bob.pk], crane).card == FILLED
    assert "rotate card" in verbs(crane)


def test_who_cannot_open_it_takes_away_and_the_next_opening_makes_the_new_key(
    alice, bob, dana, crane, keys, sealed
):
    crane.cleared.add(dana)
    cards.give(bob, keys[bob.pk], crane, dana)
    actions.unclear_for(alice, crane, dana, keys[alice.pk])
    row = cards.row_of(crane)
    assert row.to_rotate
    assert row.holders() == {bob.pk}
    client, body = client_of(bob, keys[bob.pk]), bytes(row.body)
    assert "waits for a new key" in client.get(crane.get_absolute_url()).text
    assert "sealed anew just now" in client.post(f"/sources/{crane.pk}/card/").text
    row = cards.row_of(crane)
    assert not row.to_rotate
    assert bytes(row.body) != body


def test_a_member_who_left_falls_out_at_the_next_opening(bob, dana, crane, keys, sealed):
    crane.cleared.add(dana)
    cards.give(bob, keys[bob.pk], crane, dana)
    type(dana).objects.filter(pk=dana.pk).update(is_active=False)
    assert cards.open_card(bob, keys[bob.pk], crane).rotated
    assert cards.row_of(crane).holders() == {bob.pk}


def test_a_key_put_into_the_table_of_members_gets_nothing(bob, dana, charlie, crane, keys, sealed):
    crane.cleared.add(dana)
    cards.give(bob, keys[bob.pk], crane, dana)
    type(dana).objects.filter(pk=dana.pk).update(public_key=keys[charlie.pk].public)
    assert cards.open_card(bob, keys[bob.pk], crane).rotated
    assert cards.row_of(crane).holders() == {bob.pk}


def test_the_last_who_opens_it_is_taken_away_only_when_the_loss_is_said(alice, bob, crane, keys, sealed):
    client = client_of(alice, keys[alice.pk])
    refused = client.post(f"/sources/{crane.pk}/unclear/", {"member": bob.pk})
    assert refused.status_code == 400
    assert crane.clears(bob)
    client.post(f"/sources/{crane.pk}/unclear/", {"member": bob.pk, "lose": "1"})
    assert not crane.clears(bob)
    assert not Card.objects.exists()
    assert "lose card" in verbs(crane)


def test_the_rows_of_one_source_moved_to_another_do_not_open_there(bob, crane, keys, sealed):
    heron = Source.objects.create(pseudonym="heron", made_on=clock.today())
    heron.cleared.add(bob)
    write(heron, keys, bob, card=sealing.Card(name="another"))
    there = cards.row_of(heron)
    wrap = sealed.keys.get().sealed
    CardKey.objects.filter(row=there).update(sealed=wrap)
    with pytest.raises(DeskError, match="does not open"):
        cards.open_card(bob, keys[bob.pk], heron)
    Card.objects.filter(pk=there.pk).update(body=bytes(sealed.body), version=sealed.version)
    with pytest.raises(DeskError, match="does not open"):
        cards.open_card(bob, keys[bob.pk], heron)


def test_writing_again_overwrites_the_old_ciphertext(bob, crane, keys, sealed):
    body, wrap = bytes(sealed.body), bytes(sealed.keys.get().sealed)
    write(crane, keys, bob, card=sealing.Card(name="changed"))
    whole = b"".join(every_byte())
    assert body not in whole
    assert wrap not in whole
    assert cards.open_card(bob, keys[bob.pk], crane).card == sealing.Card(name="changed")


def test_two_who_write_at_once_lose_no_words(bob, crane, keys, sealed):
    client = client_of(bob, keys[bob.pk])
    typed = {"name": "mine", "version": 1, "holder": "1:x"}
    write(crane, keys, bob, card=sealing.Card(name="theirs"))
    page = client.post(f"/sources/{crane.pk}/card/write/", typed)
    assert page.status_code == 409
    assert 'value="mine"' in page.text
    with pytest.raises(Stale):
        cards.write(bob, keys[bob.pk], crane, FILLED, 1, {})


def test_the_card_is_shown_in_the_answer_to_a_button_alone(bob, crane, keys, sealed):
    client = client_of(bob, keys[bob.pk])
    assert CANARY not in client.get(crane.get_absolute_url()).text
    assert client.get(f"/sources/{crane.pk}/card/").status_code == 405
    page = client.post(f"/sources/{crane.pk}/card/")
    assert page.text.count(CANARY) == 7
    assert page["Cache-Control"] == "no-store"


def test_a_first_card_is_written_from_the_page(bob, dana, crane, keys):
    crane.cleared.add(dana)
    client = client_of(bob, keys[bob.pk])
    page = client.post(f"/sources/{crane.pk}/card/")
    holders = re.findall(r'name="holder" value="([^"]+)"', page.text)
    assert len(holders) == 2
    fields = {"version": 0, "name": "N", "danger_words": "a\r\nb", "holder": holders}
    assert client.post(f"/sources/{crane.pk}/card/write/", fields).status_code == 302
    assert cards.open_card(dana, keys[dana.pk], crane).card == sealing.Card(name="N", danger_words="a\nb")


def test_who_writes_a_first_card_must_be_able_to_open_it(bob, dana, crane, keys):
    crane.cleared.add(dana)
    with pytest.raises(DeskError, match="could not open what you write"):
        cards.write(bob, keys[bob.pk], crane, FILLED, 0, people(crane, dana))


def test_a_session_without_the_members_key_is_told_what_to_do(bob, crane, keys, sealed):
    client = client_of(bob, None)
    assert "Sign out and sign in again" in client.get(crane.get_absolute_url()).text
    assert client.post(f"/sources/{crane.pk}/card/").status_code == 400


def test_a_card_from_before_sealing_is_sealed_and_blanked_at_its_first_opening(bob, dana, crane, keys):
    crane.cleared.add(dana)
    Source.objects.filter(pk=crane.pk).update(old_card=CANARY)
    page = client_of(bob, keys[bob.pk]).post(f"/sources/{crane.pk}/card/")
    assert CANARY in page.text
    assert "in plain words" in page.text
    assert not [value for value in every_byte() if CANARY.encode() in value]
    assert cards.open_card(dana, keys[dana.pk], Source.objects.get()).card == sealing.Card(other=CANARY)
    with pytest.raises(NotAllowed):
        cards.open_card(type(bob).objects.get(username="Charlie"), None, crane)


def test_an_old_card_cannot_be_written_over_before_it_was_sealed(bob, crane, keys):
    Source.objects.filter(pk=crane.pk).update(old_card=CANARY)
    crane.refresh_from_db()
    with pytest.raises(Stale):
        write(crane, keys, bob)


def test_every_subset_of_holders_opens_and_nobody_else(alice, bob, dana, crane, keys):
    crane.cleared.add(alice, dana)
    everybody = (alice, bob, dana)
    for size, writer in ((1, bob), (2, bob), (3, bob)):
        for holders in itertools.combinations(everybody, size):
            if writer not in holders:
                continue
            Card.objects.all().delete()
            write(crane, keys, writer, *holders)
            for one in everybody:
                if one in holders:
                    assert cards.open_card(one, keys[one.pk], crane).card == FILLED
                else:
                    with pytest.raises(DeskError):
                        cards.open_card(one, keys[one.pk], crane)
