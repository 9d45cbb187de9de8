"""Day keys: made ahead, kept by their owner alone, erased when they are due and not before."""

from __future__ import annotations

import stat
from datetime import date, timedelta

import pytest

from nightdesk.desk import clock, private
from nightdesk.desk.intake import daykeys
from nightdesk.desk.intake.models import Arrival, DayKey

pytestmark = pytest.mark.django_db
TODAY = date(2023, 12, 18)


def test_keys_are_made_ahead_once(keyring):
    assert len(daykeys.make_day_keys(3)) == 4
    assert daykeys.make_day_keys(3) == []
    assert len(daykeys.private_keys()) == 4


def test_a_key_file_is_its_owners_alone(keyring):
    daykeys.make_day_keys(0)
    assert stat.S_IMODE(daykeys.path_of(TODAY).stat().st_mode) == 0o600


def test_a_power_cut_after_the_file_uses_the_same_key(keyring):
    daykeys.make_day_keys(0)
    before = bytes(DayKey.objects.get().key_id)
    DayKey.objects.all().delete()
    daykeys.make_day_keys(0)
    assert bytes(DayKey.objects.get().key_id) == before


def test_a_key_is_erased_fourteen_days_after_its_day_was_collected(keyring, monkeypatch):
    daykeys.make_day_keys(1)
    now = clock.now()
    DayKey.objects.filter(day=TODAY).update(collected_at=now)
    seen = []
    monkeypatch.setattr(daykeys, "erase", lambda path: (private.erase(path), seen.append(path)))
    assert daykeys.erase_due_keys(now + timedelta(days=13, hours=23)) == []
    assert daykeys.erase_due_keys(now + timedelta(days=14)) == [TODAY]
    assert not daykeys.path_of(TODAY).exists() and seen
    assert daykeys.path_of(TODAY + timedelta(days=1)).exists()
    assert daykeys.erase_due_keys(now + timedelta(days=15)) == []


def test_erasing_overwrites_before_it_unlinks(tmp_path):
    path, link = tmp_path / "key", tmp_path / "link"
    private.write_private(path, b"secret")
    link.hardlink_to(path)
    private.erase(path)
    assert link.read_bytes() == bytes(6)
    private.erase(path)  # a second time there is nothing to do


def test_a_key_that_a_sealed_envelope_waits_for_is_kept(keyring, envelope):
    sealed = envelope()
    now = clock.now()
    Arrival.objects.create(digest="d", envelope=sealed, arrived_on=TODAY, collected_at=now)
    DayKey.objects.update(collected_at=now)
    assert daykeys.erase_due_keys(now + timedelta(days=30)) == []
    assert daykeys.path_of(TODAY).exists()
