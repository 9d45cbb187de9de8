"""Preparing: everything signed, nothing secret, few days; and who may."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from nightdesk.desk import clock, keys
from nightdesk.desk.courier import actions, parcels
from nightdesk.desk.courier.models import Parcel
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.review.tests import making
from nightdesk.seal.parcel import MANIFEST, verify_parcel
from nightdesk.seal.signing import unpack, verify_collect, verify_key_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def keyring(settings, tmp_path):
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "courier")
    return making.hold_keys()


def manifest(keyring):
    payload, signature = unpack((parcels.folder() / MANIFEST).read_bytes())
    return verify_parcel(payload, signature, keyring.identity_public, clock.today())


def test_a_parcel_holds_a_key_list_and_requests_for_each_day(alice, keyring):
    row = actions.prepare(alice, 3)
    found = manifest(keyring)
    assert row.last_day == found.last_day == date(2023, 12, 21)
    assert sorted(item.kind for item in found.items) == ["board"] * 4 + ["collect"] * 4 + ["keys"]
    (keys_item,) = (item for item in found.items if item.kind == "keys")
    packed = (parcels.folder() / keys_item.file).read_bytes()
    listed = verify_key_list(*unpack(packed), keyring.identity_public, clock.today())
    assert listed.issued_on == clock.today() and max(listed.days) >= row.last_day + timedelta(days=14)
    for item in found.items:
        if item.kind == "collect":
            lines = (parcels.folder() / item.file).read_bytes().splitlines()
            asked = [verify_collect(*unpack(line), keyring.identity_public, item.at.date()) for line in lines]
            assert [each.number for each in asked] == [*range(1, parcels.A_DAY + 1)]
    assert [entry.verb for entry in CustodyEntry.objects.all()] == ["prepare"]


def test_the_manifest_is_what_its_schema_says(alice, keyring):
    from jsonschema import Draft202012Validator

    schema = json.loads((Path(__file__).parents[5] / "docs/formats/courier.schema.json").read_text("utf-8"))
    actions.prepare(alice, 1)
    payload, _signature = unpack((parcels.folder() / MANIFEST).read_bytes())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(payload))


def test_no_file_of_a_parcel_holds_a_secret_of_the_keyring(alice, keyring):
    actions.prepare(alice, 2)
    written = b"".join(path.read_bytes() for path in parcels.folder().iterdir())
    for secret in (keyring.signing_seed, keyring.desk_key, b"i" * 32):
        assert secret not in written and secret.hex().encode() not in written


def test_every_file_is_its_owners_alone(alice, keyring):
    actions.prepare(alice, 1)
    assert {path.stat().st_mode & 0o777 for path in parcels.folder().iterdir()} == {0o600}


def test_preparing_again_leaves_no_file_of_the_parcel_before(alice, keyring):
    actions.prepare(alice, 5)
    actions.prepare(alice, 1)
    assert {path.name for path in parcels.folder().iterdir()} == {
        MANIFEST,
        *(item.file for item in manifest(keyring).items),
    }
    assert len(manifest(keyring).items) == 5


@pytest.mark.parametrize("days", [0, 15, 400])
def test_more_than_a_fortnight_is_refused(alice, keyring, days):
    with pytest.raises(DeskError):
        actions.prepare(alice, days)
    assert not Parcel.objects.exists()


def test_a_parcel_ends_with_the_certificate(alice, keyring, settings):
    settings.NIGHTDESK_CLOCK = f"{__name__}.near_the_end"
    assert actions.prepare(alice, 14).last_day == date(2024, 2, 28)


def near_the_end():
    return datetime.fromisoformat("2024-02-25T10:00:00+00:00")


def test_without_a_folder_or_keys_it_says_what_to_do(alice, keyring, settings):
    settings.NIGHTDESK_COURIER_DIR = ""
    with pytest.raises(DeskError, match="no folder"):
        actions.prepare(alice, 1)
    settings.NIGHTDESK_COURIER_DIR = "somewhere"
    keys.hold(None)
    with pytest.raises(keys.Locked):
        actions.prepare(alice, 1)


def test_a_folder_that_cannot_be_written_leaves_no_row(alice, keyring, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "file")
    with pytest.raises(DeskError, match="cannot be written"):
        actions.prepare(alice, 1)
    assert not Parcel.objects.exists()


def test_a_reporter_prepares_nothing(bob, keyring, signed_in):
    with pytest.raises(NotAllowed):
        actions.prepare(bob, 1)
    assert signed_in(bob).get(reverse("courier:courier")).status_code == 403


def test_the_screen_prepares_and_says_until_when(alice, keyring, signed_in):
    client = signed_in(alice)
    assert "Nothing was prepared yet" in client.get(reverse("courier:courier")).content.decode()
    page = client.post(reverse("courier:prepare"), {"days": "7"}, follow=True).content.decode()
    assert "good until 25 December 2023" in page or "good until Dec. 25, 2023" in page
    assert keyring.identity_public.hex() in page
    assert client.post(reverse("courier:prepare"), {"days": "x"}).status_code == 400
