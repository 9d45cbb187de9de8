"""The signing key ends after 90 days: it is said in time, renewed with the stick, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner

from nightdesk.cli.desk import command
from nightdesk.desk import clock, keyfiles, keys, serve, slots
from nightdesk.desk.alone import alone
from nightdesk.desk.intake import daykeys, drop
from nightdesk.desk.intake.models import DayKey
from nightdesk.desk.staff.models import Member
from nightdesk.seal.keyring import close_identity, new_identity, open_keyring
from nightdesk.seal.signing import SignatureError, verify
from nightdesk.seal.slots import keyring_words

pytestmark = pytest.mark.django_db
WORDS, STICK, NEW = (
    "five words that nobody guesses",
    "the words on the stick itself",
    "six other words nobody guesses",
)


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch):
    monkeypatch.setattr("nightdesk.seal.keyring.MEMORY_KIB", 1024)


@pytest.fixture
def desk(tmp_path, settings):
    """A desk whose identity has a passphrase of its own and lies on a stick."""
    settings.NIGHTDESK_DIR = folder = tmp_path / "desk"
    serve.create(folder, {"en": "Post", "ko": "포스트"}, WORDS, STICK)
    (tmp_path / "stick").mkdir()
    (folder / "keys" / keyfiles.IDENTITY).rename(tmp_path / "stick" / keyfiles.IDENTITY)
    yield folder
    keys.hold(None)


def run(desk, name, *args, typed):
    return CliRunner().invoke(command, [name, "--dir", str(desk), *args], input=typed)


def renew(desk, identity=None, typed=f"{WORDS}\n{STICK}\n"):
    identity = identity or desk.parent / "stick" / keyfiles.IDENTITY
    return run(desk, "renew", "--identity", str(identity), typed=typed)


def keyring_of(desk, passphrase=WORDS):
    secret = slots.open_slot(slots.DESK, passphrase).secret
    return open_keyring((desk / "keys" / keyfiles.KEYRING).read_bytes(), keyring_words(secret))


def later(monkeypatch, days):
    moment = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_renewed_key_signs_for_90_days_more_and_opens_the_same_day_keys(desk, monkeypatch):
    old = keyring_of(desk)
    later(monkeypatch, 85)
    result = renew(desk)
    assert result.exit_code == 0, result.output
    new, today = keyring_of(desk), clock.today()
    assert new.certificate.not_after == today + timedelta(days=90)
    assert new.signing_seed != old.signing_seed and new.identity_public == old.identity_public
    verify(b"x", new.sign("release", b"x"), old.identity_public, "release", today)
    keys.hold(new)
    assert len(daykeys.private_keys()) == DayKey.objects.count() == 15


def test_what_the_old_key_signed_in_its_days_stays_good(desk, monkeypatch):
    old, signed_on = keyring_of(desk), clock.today()
    signature = old.sign("release", b"x")
    later(monkeypatch, 89)
    assert renew(desk).exit_code == 0
    verify(b"x", signature, old.identity_public, "release", signed_on)
    with pytest.raises(SignatureError):
        verify(b"x", signature, old.identity_public, "release", signed_on + timedelta(days=91))


def test_on_day_91_the_desk_says_what_to_do_instead_of_signing(desk, monkeypatch, settings):
    settings.NIGHTDESK_DROP_URL = "http://127.0.0.1:1"
    keyfiles.unlock(desk, WORDS)
    later(monkeypatch, 91)
    for act in (drop.publish_keys, lambda: drop.pull([]), lambda: keys.to_sign(clock.today())):
        with pytest.raises(keys.Ended, match="today is") as ended:
            act()
        assert "nightdesk desk renew" in str(ended.value.remedy)


@pytest.mark.parametrize(
    ("days", "said"), [(10, ""), (75, "ends in 15 days"), (89, "ends in 1 day."), (95, "has ended")]
)
def test_the_first_screen_reminds_editors_in_time(desk, monkeypatch, client, days, said):
    keyfiles.unlock(desk, WORDS)
    client.force_login(Member.objects.create_member("Alice", WORDS, role="editor"))
    later(monkeypatch, days)
    page = client.get("/").content.decode()
    assert ("nightdesk desk renew" in page) == bool(said) and said in page


def test_anothers_identity_a_wrong_passphrase_and_a_missing_stick_change_nothing(desk, tmp_path):
    before = (desk / "keys" / keyfiles.KEYRING).read_bytes()
    other = tmp_path / "other.json"
    other.write_bytes(close_identity(new_identity(b"o" * 32), STICK, b"s" * 16, b"n" * 12, 1024))
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(other.read_bytes()[:-9])
    for refused, words in (
        (renew(desk, other), "another newsroom's identity"),
        (renew(desk, damaged), "cannot be used"),
        (renew(desk, tmp_path / "gone.json"), "Put in the stick"),
        (renew(desk, typed=f"{WORDS}\nwrong\n"), "does not open the identity"),
        (renew(desk, typed=f"wrong\n{STICK}\n"), "does not open this desk"),
    ):
        assert refused.exit_code == 1 and words in refused.output, refused.output
    assert (desk / "keys" / keyfiles.KEYRING).read_bytes() == before


def test_a_running_desk_is_not_renewed_under_its_feet(desk):
    with alone(desk / serve.LOCK):
        refused = renew(desk)
    assert refused.exit_code == 1 and "Stop it, renew" in refused.output


def test_the_desks_passphrase_is_changed(desk):
    changed = run(desk, "passphrase", typed=f"{WORDS}\n{NEW}\n{NEW}\n")
    assert changed.exit_code == 0, changed.output
    assert keyring_of(desk, NEW)
    assert run(desk, "passphrase", typed=f"{WORDS}\n{NEW}\n{NEW}\n").exit_code == 1
    short = run(desk, "passphrase", typed=f"{NEW}\nshort\nshort\n")
    assert short.exit_code == 1 and "12 characters" in short.output
