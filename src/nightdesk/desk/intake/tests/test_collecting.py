"""Collecting: stored before forgotten, nothing lost and nothing doubled, whenever the power goes."""

from __future__ import annotations

from threading import Event

import pytest

from nightdesk.desk import clock, keys
from nightdesk.desk.errors import NotAllowed
from nightdesk.desk.intake import actions, collecting, drop
from nightdesk.desk.intake.collecting import one_round
from nightdesk.desk.intake.models import Arrival, DayKey, PullCounter

pytestmark = pytest.mark.django_db


def test_what_the_drop_holds_is_stored_and_then_forgotten(bob, the_drop, envelope):
    for text in ("하나.", "둘.", "셋."):
        the_drop.post(envelope(text))
    assert actions.collect(bob) == 3
    assert the_drop.held == {}
    assert Arrival.objects.filter(confirmed_at__isnull=False, opened_at=None).count() == 3


def test_collecting_twice_stores_nothing_twice(bob, the_drop, envelope):
    the_drop.post(envelope())
    assert [actions.collect(bob), actions.collect(bob)] == [1, 0]
    assert Arrival.objects.count() == 1


def test_a_power_cut_between_storing_and_forgetting_neither_loses_nor_doubles(
    bob, the_drop, envelope, monkeypatch
):
    the_drop.post(envelope())
    real, asked = drop.pull, []

    def cut(forget, limit=256):
        asked.append(forget)
        if len(asked) == 2:
            raise KeyboardInterrupt  # after the commit, before the drop is told
        return real(forget, limit)

    monkeypatch.setattr(drop, "pull", cut)
    with pytest.raises(KeyboardInterrupt):
        actions.collect(bob)
    assert len(the_drop.held) == 1
    assert Arrival.objects.filter(confirmed_at=None).count() == 1
    monkeypatch.setattr(drop, "pull", real)
    assert actions.collect(bob) == 0
    assert the_drop.held == {}
    assert Arrival.objects.get().confirmed_at is not None


def test_a_power_cut_before_the_commit_leaves_the_envelope_in_the_drop(bob, the_drop, envelope, monkeypatch):
    the_drop.post(envelope())
    real = actions.record
    monkeypatch.setattr(actions, "record", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        actions.collect(bob)
    assert Arrival.objects.count() == 0
    assert len(the_drop.held) == 1
    monkeypatch.setattr(actions, "record", real)
    assert actions.collect(bob) == 1


def test_an_envelope_handed_over_twice_before_it_was_forgotten_is_one_arrival(bob, the_drop, envelope):
    sealed = envelope()
    the_drop.post(sealed)
    found, _more = drop.pull([])
    actions._take_over(found, [], bob, all_collected=False)
    actions._take_over(found, [], bob, all_collected=False)
    assert Arrival.objects.count() == 1


def test_an_envelope_posted_again_after_it_was_forgotten_is_a_visible_copy(bob, the_drop, envelope):
    sealed = envelope()
    the_drop.post(sealed)
    actions.collect(bob)
    the_drop.post(sealed)
    actions.collect(bob)
    assert [row.refused for row in Arrival.objects.order_by("pk")] == ["", "replayed"]


def test_no_number_is_used_twice_and_an_overtaken_request_is_asked_again(bob, the_drop, envelope):
    the_drop.post(envelope())
    the_drop.counter = drop.next_counter() + 1  # a colleague's request was quicker
    assert actions.collect(bob) == 1
    numbers = [drop.next_counter() for _ in range(5)]
    assert numbers == sorted(set(numbers))


def test_a_desk_restored_from_an_old_backup_is_not_refused(bob, the_drop, envelope):
    the_drop.post(envelope())
    the_drop.counter = drop.next_counter()
    PullCounter.objects.update(last=3)
    assert actions.collect(bob) == 1


def test_a_drop_that_does_not_answer_is_a_sentence_and_shown(bob, the_drop, signed_in):
    the_drop.reachable = False
    page = signed_in(bob).post("/arrivals/collect/")
    assert page.status_code == 502
    assert "cannot be reached" in page.text
    assert "The drop did not answer" in signed_in(bob).get("/arrivals/").text
    the_drop.reachable = True
    signed_in(bob).post("/arrivals/collect/")
    assert "The drop did not answer" not in signed_in(bob).get("/arrivals/").text


def test_a_drop_of_another_newsroom_refuses_in_a_sentence(bob, the_drop):
    the_drop.identity = b"x" * 32
    with pytest.raises(drop.DropTrouble, match="refuses"):
        actions.collect(bob)


def test_a_locked_desk_says_how_to_unlock_it(bob, the_drop, signed_in):
    keys.hold(None)
    page = signed_in(bob).post("/arrivals/collect/")
    assert page.status_code == 400
    assert "Sign in to unlock it" in page.text


def test_a_translator_collects_nothing(tariq, the_drop, envelope):
    the_drop.post(envelope())
    with pytest.raises(NotAllowed):
        actions.collect(tariq)
    assert Arrival.objects.count() == 0


def test_the_desks_own_round_publishes_keys_and_collects(db, the_drop, envelope):
    the_drop.post(envelope())
    one_round()
    assert len(the_drop.keys.days) == 15
    assert the_drop.keys.name == "Nightdesk"
    assert (the_drop.board.day, the_drop.board.number) == (clock.today(), 1)
    assert Arrival.objects.count() == 1


def test_collecting_everything_confirms_the_days_before_today(bob, the_drop, db):
    from datetime import date

    DayKey.objects.create(day=date(2023, 12, 17), key_id=b"k" * 8, public=b"p")
    DayKey.objects.create(day=date(2023, 12, 18), key_id=b"l" * 8, public=b"p")
    actions.collect(bob)
    assert [row.collected_at is not None for row in DayKey.objects.order_by("day")] == [True, False]


def test_a_full_disk_is_shown_and_the_next_round_is_tried(bob, the_drop, signed_in, monkeypatch):
    stop, rounds = Event(), []

    def full(published_on):
        rounds.append(published_on)
        if len(rounds) == 2:
            stop.set()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(collecting, "one_round", full)
    monkeypatch.setattr(collecting.connection, "close", lambda: None)  # the test's own
    collecting.keep_collecting(stop, 0)
    assert len(rounds) == 2
    assert "No space left on device" in signed_in(bob).get("/arrivals/").text
