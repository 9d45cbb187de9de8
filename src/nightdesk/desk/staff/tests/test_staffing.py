"""Members are added, shut out and let in from a screen, and the desk says what it would lose."""

from __future__ import annotations

import pytest

from nightdesk.desk.custody.models import AuditWeek, CustodyEntry
from nightdesk.desk.errors import NotAllowed, Stale
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff import slotting, staffing
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.rules import Remaining, lost_without, may_give
from nightdesk.desk.staff.tests.conftest import PASSPHRASE, is_in, says

pytestmark = pytest.mark.django_db
NEW = "seven geese over a quiet river"


def verbs(member):
    return list(
        CustodyEntry.objects.filter(subject=f"member:{member.pk}").values_list("verb", "member__username")
    )


@pytest.fixture
def crane(bob):
    source = Source.objects.create(pseudonym="crane", made_on="2023-12-01")
    source.cleared.add(bob)
    return source


def test_an_editor_adds_a_member_who_then_signs_in(alice, browser):
    client = browser()
    says(client, "Alice")
    said = {"name": "Noor", "byline": "Noor Haddad", "role": "reporter", "new": NEW, "again": NEW}
    assert client.post("/members/new/", said)["Location"] == "/members/"
    assert says(browser(), "Noor", NEW)["Location"] == "/sign-in/passphrase/"
    noor = Member.objects.get(username="Noor")
    assert verbs(noor) == [("add member", "Alice")] and not noor.keyholder


def test_a_refused_form_keeps_the_name_and_not_the_passphrase(alice, browser):
    client = browser()
    says(client, "Alice")
    page = client.post(
        "/members/new/", {"name": "Noor", "role": "reporter", "new": NEW, "again": "else"}
    ).content.decode()
    assert 'value="Noor"' in page and NEW not in page


def test_no_form_makes_a_keyholder_an_administrator_or_an_unknown_role(alice, browser):
    client = browser()
    says(client, "Alice")
    said = {
        "name": "Noor",
        "role": "reporter",
        "new": NEW,
        "again": NEW,
        "keyholder": "on",
        "is_active": "",
        "pk": "1",
    }
    client.post("/members/new/", said)
    assert not Member.objects.get(username="Noor").keyholder
    assert client.post("/members/new/", {**said, "name": "Zed", "role": "keyholder"}).status_code == 400
    assert client.post("/members/new/", {**said, "name": "ALICE"}).status_code == 400


def test_nobody_gives_a_role_that_can_do_more_than_his_own(bob):
    Member.objects.filter(pk=bob.pk).update(keyholder=True)
    bob.refresh_from_db()
    assert {role.name for role in staffing.roles_to_give(bob)} == {"reporter"}
    with pytest.raises(NotAllowed):
        staffing.add(bob, "Eve", "editor", "", NEW, NEW)
    assert may_give({"a", "b"}, {"a"}) and not may_give({"a"}, {"a", "b"})


def test_shutting_out_ends_sessions_clearances_and_the_slot_at_once(
    alice, erin, bob, crane, browser, monkeypatch
):
    crane.cleared.add(alice)
    dropped = []
    monkeypatch.setattr(slotting, "drop", lambda member: dropped.append(member.username))
    his, hers = browser(), browser("hers")
    says(his, "Bob"), says(hers, "Alice")
    assert "1 session ends" in hers.get(f"/members/{bob.pk}/shut-out/").content.decode()
    assert is_in(his), "the first step only says what it means"
    hers.post(f"/members/{bob.pk}/shut-out/")
    assert not is_in(his) and says(browser(), "Bob").status_code == 401
    assert list(crane.cleared.all()) == [alice] and dropped == ["Bob"]
    assert verbs(bob) == [("shut out", "Alice")]
    assert CustodyEntry.objects.filter(subject=f"source:{crane.pk}", verb="unclear").count() == 1


def test_what_the_desk_would_lose_has_to_be_ticked(alice, erin, bob, crane, browser):
    client = browser()
    says(client, "Alice")
    page = client.get(f"/members/{erin.pk}/shut-out/").content.decode()
    assert "One editor is left" in page and "Fewer than two keyholders" in page
    assert client.post(f"/members/{erin.pk}/shut-out/", {"one_editor": "on"}).status_code == 400
    assert Member.objects.get(pk=erin.pk).is_active
    client.post(f"/members/{erin.pk}/shut-out/", {"one_editor": "on", "no_recovery": "on"})
    gone = Member.objects.get(pk=erin.pk)
    assert not gone.is_active and not gone.keyholder


def test_the_last_editor_is_not_shut_out_by_a_keyholder_without_a_word(alice, bob):
    Member.objects.filter(pk=bob.pk).update(keyholder=True)
    bob.refresh_from_db()
    with pytest.raises(Stale):
        staffing.shut_out(bob, alice, [])
    assert staffing.lost_without(alice) == ["no editor", "no recovery"]


@pytest.mark.parametrize(("edits", "holds", "left", "lost"), [
    (True, False, Remaining(2, 2), []), (True, False, Remaining(1, 2), ["one editor"]),
    (False, True, Remaining(0, 1), ["no recovery"]), (False, False, Remaining(0, 0), []),
])  # fmt: skip
def test_the_rule_says_what_is_lost_with_whom(edits, holds, left, lost):
    assert lost_without(edits, holds, left) == lost


def test_nobody_shuts_himself_out_and_no_reporter_anybody(alice, bob, charlie, browser):
    client, his = browser(), browser()
    says(client, "Alice"), says(his, "Charlie")
    assert client.post(f"/members/{alice.pk}/shut-out/").status_code == 404
    assert his.post(f"/members/{bob.pk}/shut-out/").status_code == 403
    assert Member.objects.filter(is_active=True).count() == 3


def test_letting_in_again_gives_a_new_passphrase_and_nothing_else_back(
    alice, erin, bob, crane, phone_of, browser
):
    phone_of(bob)
    staffing.shut_out(alice, bob, [])
    client = browser()
    says(client, "Alice")
    assert "shut out" in client.get("/members/").content.decode()
    client.post(f"/members/{bob.pk}/let-in/", {"new": NEW, "again": NEW})
    assert says(browser(), "Bob").status_code == 401
    assert says(browser(), "Bob", NEW)["Location"] == "/sign-in/passphrase/"
    assert not crane.cleared.exists() and not bob.factors.exists()
    assert [verb for verb, _who in verbs(bob)] == ["enrol factor", "shut out", "let in"]


def test_the_audit_holds_no_name(alice, erin, bob):
    staffing.shut_out(alice, bob, [])
    assert set(AuditWeek.objects.values_list("verb", flat=True)) == {"shut out"}


def test_a_passphrase_of_a_member_shut_out_is_worth_nothing(alice, bob, browser):
    staffing.shut_out(alice, bob, [])
    assert says(browser(), "Bob", PASSPHRASE).status_code == 401
