"""Opening: every arrival becomes a report or a refusal with a reason; never an exception, never lost."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date

import pytest
from django.utils.translation import override

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Account
from nightdesk.desk.intake import actions, daykeys
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.intake.words import known
from nightdesk.desk.reports.actions import confirm
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Contact, Source
from nightdesk.seal.keyring import new_keyring

pytestmark = pytest.mark.django_db


def arrives(data: bytes) -> Arrival:
    return Arrival.objects.create(
        digest=hashlib.sha256(data).hexdigest(), envelope=data, arrived_on=clock.today(),
        collected_at=clock.now(), confirmed_at=clock.now(),
    )  # fmt: skip


def refusal_of(member, data: bytes) -> str:
    row = arrives(data)
    actions.open_waiting(member)
    row.refresh_from_db()
    assert row.opened_at is None
    assert bytes(row.envelope) == data, "what was refused is kept"
    assert row.refusal
    with override("ko"):
        assert not row.detail or row.refused == "not a report" or re.search("[가-힣]", known(row.detail)), (
            row.detail
        )
    return row.refused


def test_an_envelope_becomes_a_report_with_contact_relay_and_one_account(alice, envelope):
    Source.objects.create(pseudonym="heron", made_on=clock.today())
    row = arrives(envelope(source="Heron", via="relay-yanji", contact_on=date(2023, 12, 14), channel="relay"))
    assert actions.open_waiting(alice) == actions.Opened(1, 0, 0)
    row.refresh_from_db()
    report = Report.objects.get()
    assert (report.source.pseudonym, report.relay.name, report.contact_on) == (
        "heron",
        "relay-yanji",
        date(2023, 12, 14),
    )
    assert bytes(row.envelope) == b""
    assert report.teller_confirmed_at is None
    assert not Contact.objects.exists(), "an envelope alone is no contact"
    confirm(alice, Report.objects.get())
    assert Contact.objects.get().on == date(2023, 12, 14)
    assert [(a.start, a.end) for a in Account.objects.all()] == [(0, len(report.text))]


def test_a_drop_report_without_a_day_is_of_the_day_it_arrived(alice, envelope):
    arrives(envelope())
    actions.open_waiting(alice)
    assert Report.objects.get().contact_on == date(2023, 12, 18)


def test_a_name_nobody_has_becomes_an_unknown_that_nobody_is_cleared_for(alice, bob, envelope):
    arrives(envelope("하나.", source="nobody-we-know"))
    arrives(envelope("둘."))
    actions.open_waiting(alice)
    assert sorted(s.pseudonym for s in Source.objects.all()) == ["unknown-1", "unknown-2"]
    assert Report.objects.visible_to(bob).count() == 0
    assert sorted(row.claimed_name for row in Report.objects.all()) == ["", "nobody-we-know"]


def test_two_members_opening_at_once_write_one_report(alice, bob, envelope):
    row = arrives(envelope())
    private = daykeys.private_keys()
    assert actions.open_arrival(alice, row.pk, private) is not None
    assert actions.open_arrival(bob, row.pk, private) is None
    assert Report.objects.count() == 1


def test_the_power_going_while_opening_leaves_it_waiting(alice, envelope, monkeypatch):
    row = arrives(envelope())
    monkeypatch.setattr(actions, "write_report", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        actions.open_arrival(alice, row.pk, daykeys.private_keys())
    row.refresh_from_db()
    assert row.opened_at is None
    assert len(row.envelope) == 4096


def test_the_same_words_sealed_a_second_time_are_a_copy(alice, envelope):
    arrives(envelope("같은 말."))
    actions.open_waiting(alice)
    assert refusal_of(alice, envelope("같은 말.")) == "replayed"
    assert Report.objects.count() == 1


def test_an_envelope_of_another_newsroom_is_refused(alice, envelope, keyring):
    from nightdesk.desk import keys

    sealed = envelope()
    keys.hold(new_keyring(b"o" * 32, b"s" * 32, keyring.desk_key, date(2023, 12, 1), date(2024, 2, 1)))
    assert refusal_of(alice, sealed) == "another newsroom"


def test_a_damaged_envelope_is_refused(alice, envelope):
    sealed = bytearray(envelope())
    sealed[2000] ^= 1
    assert refusal_of(alice, bytes(sealed)) == "damaged"


@pytest.mark.parametrize("change", [lambda e: e[:-1], lambda e: e + b"\0", lambda e: b"", lambda e: e * 300])
def test_a_truncated_or_oversized_envelope_is_refused(alice, envelope, change):
    assert refusal_of(alice, change(envelope())) == "wrong size"


def test_bytes_that_are_no_envelope_are_refused(alice, keyring):
    assert refusal_of(alice, b"\xff" * 4096) == "not an envelope"


def test_an_envelope_whose_key_was_erased_is_refused(alice, envelope):
    sealed = envelope()
    daykeys.path_of(clock.today()).unlink()
    assert refusal_of(alice, sealed) == "no key"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"version": 1, "text": "Привет, мир.", "channel": "drop"}, "language"),
        ({"version": 1, "text": "Hallo.", "lang": "de", "channel": "drop"}, "language"),
        ({"version": 1, "text": " \n", "lang": "ko", "channel": "drop"}, "empty"),
        (
            {"version": 1, "text": "내일.", "lang": "ko", "contact_on": "2023-12-25", "channel": "drop"},
            "future",
        ),
        ({"version": 1, "text": "내일.", "lang": "ko", "surprise": 1, "channel": "drop"}, "not a report"),
        ([], "not a report"),
    ],
)
def test_what_is_inside_can_be_refused_too(alice, raw_envelope, said, reason):
    assert refusal_of(alice, raw_envelope(json.dumps(said).encode())) == reason


def test_invalid_utf8_inside_is_refused(alice, raw_envelope):
    assert refusal_of(alice, raw_envelope(b'{"version":1,"text":"\xff\xfe"}')) == "not a report"


@pytest.mark.parametrize(("text", "lang"), [("회령", "ko"), ("会宁市", "zh"), ("Two agents came.", "en")])
def test_a_report_that_names_no_language_is_read_by_its_letters(alice, envelope, text, lang):
    arrives(envelope(text, lang=None))
    actions.open_waiting(alice)
    assert Report.objects.get().lang == lang


def test_one_bad_arrival_does_not_hold_up_the_others(alice, envelope):
    arrives(b"junk")
    arrives(envelope())
    assert actions.open_waiting(alice) == actions.Opened(1, 1, 0)


def test_a_refused_arrival_is_set_aside_and_taken_back(bob, signed_in, keyring):
    row = arrives(b"junk")
    client = signed_in(bob)
    client.post("/arrivals/open/")
    assert "Its size is not that of an envelope." in client.get("/arrivals/").text
    client.post(f"/arrivals/{row.pk}/set-aside/")
    row.refresh_from_db()
    assert row.set_aside_at
    client.post(f"/arrivals/{row.pk}/take-back/")
    row.refresh_from_db()
    assert row.set_aside_at is None


def test_a_refused_arrival_opens_once_its_reason_is_gone(alice, signed_in, envelope):
    sealed = envelope()
    path = daykeys.path_of(clock.today())
    key = path.read_bytes()
    path.unlink()
    row = arrives(sealed)
    actions.open_waiting(alice)
    path.write_bytes(key)
    signed_in(alice).post(f"/arrivals/{row.pk}/try-again/")
    row.refresh_from_db()
    assert row.opened_at and not row.refused


def test_opening_many_goes_on_where_it_stopped(alice, envelope, signed_in, monkeypatch):
    for number in range(5):
        arrives(envelope(f"{number}번 통화."))
    monkeypatch.setattr(actions, "PATIENCE", -1.0)
    client = signed_in(alice)
    page = client.post("/arrivals/open/", headers={"HX-Request": "true"})
    assert "<progress" in page.text
    assert Arrival.objects.filter(opened_at=None).count() == 4
    for _ in range(4):
        last = client.post("/arrivals/open/", {"opened": "1", "refused": "0"}, headers={"HX-Request": "true"})
    assert last["HX-Redirect"] == "/arrivals/"
    assert Report.objects.count() == 5


def test_a_button_pressed_twice_says_once_what_was_opened(alice, envelope, signed_in):
    arrives(envelope())
    client = signed_in(alice)
    client.post("/arrivals/open/")
    client.post("/arrivals/open/")
    page = client.get("/arrivals/").text
    assert "1 arrival was opened." in page and "Nothing waited to be opened." not in page
    client.post("/arrivals/open/")
    assert "Nothing waited to be opened." in client.get("/arrivals/").text


def test_a_member_without_sources_sees_that_something_came_and_nothing_of_it(
    charlie, alice, envelope, signed_in
):
    Source.objects.create(pseudonym="heron", made_on=clock.today())
    arrives(envelope(source="heron", via="relay-yanji"))
    actions.open_waiting(alice)
    page = signed_in(charlie).get("/arrivals/").text
    assert "heron" not in page and "relay-yanji" not in page and "/reports/1" not in page
    assert "heron" not in signed_in(charlie).get("/arrivals/log/").text


@pytest.mark.parametrize("door", ["", "log/"])
def test_a_translator_is_refused_at_the_arrivals(tariq, signed_in, door):
    assert signed_in(tariq).get(f"/arrivals/{door}").status_code == 403


@pytest.mark.parametrize("door", ["collect/", "open/", "1/set-aside/", "1/take-back/", "1/try-again/"])
def test_a_translator_can_do_nothing_there(tariq, signed_in, door):
    assert signed_in(tariq).post(f"/arrivals/{door}").status_code == 403


def test_the_first_screen_counts_sealed_envelopes_in_one_line(alice, signed_in):
    for number in range(9):
        Arrival.objects.create(
            digest=f"{number:064x}", envelope=b"x", arrived_on=clock.today(), collected_at=clock.now(),
        )  # fmt: skip
    page = signed_in(alice).get("/").content.decode()
    assert page.count("9 sealed envelopes") == 1 and "and 8 more" not in page and "and 9 more" not in page


def test_a_single_envelope_on_the_first_screen_is_not_spoken_of_as_many(alice, signed_in):
    Arrival.objects.create(digest="0" * 64, envelope=b"x", arrived_on=clock.today(), collected_at=clock.now())
    page = signed_in(alice).get("/").content.decode()
    assert "1 sealed envelope" in page and "Waits to be opened." in page and "all at once" not in page


# --- who asks for a reply ---------------------------------------------------------------------------------


def test_the_same_twelve_words_without_a_name_are_the_same_source(alice, envelope):
    arrives(envelope("하나.", source="heron", reply="5a" * 32))
    arrives(envelope("둘.", reply="5a" * 32))
    arrives(envelope("셋.", reply="77" * 32))
    actions.open_waiting(alice)
    filed = {row.text: str(row.source) for row in Report.objects.select_related("source")}
    assert filed["하나."] == filed["둘."] == "unknown-1"
    assert filed["셋."] == "unknown-2"
    assert not Report.objects.exclude(teller_confirmed_at=None).exists()


def test_a_name_wins_over_the_words(alice, envelope):
    Source.objects.create(pseudonym="heron", made_on=date(2023, 12, 1))
    arrives(envelope("하나.", reply="5a" * 32))
    arrives(envelope("둘.", source="heron", reply="5a" * 32))
    actions.open_waiting(alice)
    assert sorted(str(row.source) for row in Report.objects.select_related("source")) == [
        "heron",
        "unknown-1",
    ]


def test_words_stay_with_the_source_they_came_from_first_until_a_member_confirms_another(alice, envelope):
    """A thief of the words writes another source's name and a later day: what the source sends next stays his own."""
    Source.objects.create(pseudonym="heron", made_on=date(2023, 12, 1))
    arrives(envelope("하나.", reply="5a" * 32, contact_on=date(2023, 12, 10)))
    arrives(envelope("둘.", source="heron", reply="5a" * 32, contact_on=date(2023, 12, 14)))
    arrives(envelope("셋.", reply="5a" * 32))
    actions.open_waiting(alice)
    filed = {row.text: row for row in Report.objects.select_related("source")}
    assert str(filed["셋."].source) == str(filed["하나."].source) == "unknown-1"
    confirm(alice, filed["둘."])
    arrives(envelope("넷.", reply="5a" * 32))
    actions.open_waiting(alice)
    assert str(Report.objects.get(pk=max(Report.objects.values_list("pk", flat=True))).source) == "heron"


def test_a_wish_for_a_reply_makes_the_same_words_no_copy(alice, envelope):
    arrives(envelope("같은 말."))
    arrives(envelope("같은 말.", reply="5a" * 32))
    actions.open_waiting(alice)
    assert sorted(row.reply_secret for row in Report.objects.all()) == ["", "5a" * 32]
    assert refusal_of(alice, envelope("같은 말.", reply="5a" * 32)) == "replayed"
