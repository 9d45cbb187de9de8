"""What a courier fetched becomes arrivals: each once, in order, whatever came twice and whenever the power went."""

from __future__ import annotations

import hashlib

import pytest

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import actions, hold
from nightdesk.desk.intake.models import Arrival
from nightdesk.seal.wire import Collected

pytestmark = pytest.mark.django_db


@pytest.fixture
def lay(settings, tmp_path):
    """lay(envelope) -> its file in the hold, as the courier writes it."""
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "courier")
    (tmp_path / "courier" / "hold").mkdir(parents=True)

    def laid(data, day=None, name=None):
        digest = name or hashlib.sha256(data).hexdigest()
        path = tmp_path / "courier" / "hold" / f"{day or clock.today()}.{digest}.envelope"
        path.write_bytes(data)
        return path

    return laid


def digests():
    return list(Arrival.objects.order_by("pk").values_list("digest", flat=True))


def test_what_is_held_is_taken_in_the_order_of_days_and_the_hold_is_empty(bob, the_drop, envelope, lay):
    late = lay(envelope("셋."), "2023-12-17")
    early = [lay(envelope(text), "2023-12-15") for text in ("하나.", "둘.")]
    expected = [path.name.split(".")[1] for path in (*sorted(early), late)]
    assert actions.collect(bob) == 3
    assert digests() == expected
    assert hold.count() == 0
    assert [str(row.arrived_on) for row in Arrival.objects.order_by("pk")] == [
        "2023-12-15", "2023-12-15", "2023-12-17",
    ]  # fmt: skip


def test_the_drop_is_told_to_forget_what_came_by_the_courier(bob, the_drop, envelope, lay):
    sealed = envelope()
    the_drop.post(sealed)
    lay(sealed)
    assert actions.collect(bob) == 1
    assert the_drop.held == {} and Arrival.objects.get().confirmed_at is not None


def test_an_envelope_from_the_drop_that_a_courier_brings_too_is_one_arrival(bob, the_drop, envelope, lay):
    sealed = envelope()
    the_drop.post(sealed)
    actions.collect(bob)
    lay(sealed)
    assert actions.collect(bob) == 0
    assert Arrival.objects.count() == 1 and hold.count() == 0


def test_a_power_cut_between_the_row_and_the_file_neither_loses_nor_doubles(
    bob, the_drop, envelope, lay, monkeypatch
):
    lay(envelope())
    monkeypatch.setattr(hold, "erase", lambda path: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        actions.take_hold()
    assert Arrival.objects.count() == 1 and hold.count() == 1
    monkeypatch.undo()
    assert actions.take_hold() == 0
    assert Arrival.objects.count() == 1 and hold.count() == 0


def test_a_power_cut_before_the_commit_leaves_the_file(bob, the_drop, envelope, lay, monkeypatch):
    lay(envelope())
    monkeypatch.setattr(actions, "record", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        actions.take_hold()
    assert Arrival.objects.count() == 0 and hold.count() == 1


def test_a_damaged_file_is_left_and_named_and_the_rest_is_taken(alice, the_drop, envelope, lay, signed_in):
    good, bad = envelope("하나."), envelope("둘.")
    lay(good)
    path = lay(bad[:-1] + bytes([bad[-1] ^ 1]), name=hashlib.sha256(bad).hexdigest())
    assert actions.collect(alice) == 1
    assert hold.damaged() == [path.name] and path.exists()
    assert path.name[:20] in signed_in(alice).get("/courier/").content.decode()


def test_a_half_written_file_is_not_looked_at(bob, the_drop, lay, envelope):
    path = lay(envelope())
    path.rename(path.with_name(f".{path.name}.half"))
    assert actions.take_hold() == 0


def test_a_hold_that_cannot_be_read_stops_nothing_from_the_drop(bob, the_drop, envelope, lay, monkeypatch):
    the_drop.post(envelope())
    lay(envelope("둘."))
    monkeypatch.setattr(
        hold, "_read", lambda *a: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    with pytest.raises(DeskError, match="cannot be read"):
        actions.collect(bob)
    assert Arrival.objects.count() == 1


def test_a_desk_without_a_drop_still_takes_what_was_carried_to_it(bob, keyring, envelope, lay, settings):
    settings.NIGHTDESK_DROP_URL = ""
    lay(envelope())
    assert actions.collect(bob) == 1


def test_more_than_one_transaction_holds_comes_whole(the_drop, lay, monkeypatch):
    monkeypatch.setattr(hold, "AT_ONCE", 4)
    sent = [bytes([number]) * 4096 for number in range(11)]
    for data in sent:
        lay(data)
    assert actions.take_hold() == 11
    assert digests() == sorted(
        Collected(hashlib.sha256(d).digest(), clock.today(), d).hash.hex() for d in sent
    )
