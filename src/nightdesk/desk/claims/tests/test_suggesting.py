"""The queue of what people should look at: newest first, only what the member may see, and never dried up."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nightdesk.corroboration.sentences import plain
from nightdesk.corroboration.sentences import said as sentence
from nightdesk.desk import clock
from nightdesk.desk.claims import actions, suggesting
from nightdesk.desk.claims.models import Account, AccountFacts, Corroboration, Event, Judgement
from nightdesk.desk.claims.suggesting import counted, suggestions

pytestmark = pytest.mark.django_db
ELSEWHERE = "무산군 보위부가 12월 10일 한 세대를 수색해 손전화 1대를 회수했다."
DIFFERS = {"field": "amount", "says": "RMB 7,777", "against": "RMB 20,000"}


def disputed(account, other, **more):
    """The link a dispute leaves."""
    return Corroboration.objects.create(
        account=account, other=other, relation="disputes", score=0.5, doubted=True, why="They differ.",
        why_parts=[plain(sentence("differs", **DIFFERS, **more))],
    )  # fmt: skip


def decided(member, account, other):
    """The row of a judgement, with nothing compared anew."""
    made = {"by": member, "at": clock.now(), "why": "One told the other."}
    return Judgement.objects.create(kind="one origin", account=account, other=other, **made)


def pairs(member):
    return [(one.kind, one.account.pk, one.other.pk) for one in suggestions(member)]


@pytest.fixture
def row(bob, told):
    """Five accounts of Bob's, none compared."""
    return [told(f"teller-{n}", bob) for n in range(5)]


def test_nothing_to_look_at_is_nothing(alice, row):
    assert pairs(alice) == [] and counted(alice) == 0


def test_the_newest_stands_first_and_what_was_decided_is_gone_until_it_is_taken_back(alice, row):
    disputed(row[1], row[0]), disputed(row[3], row[2])
    older, newer = ("dispute", row[1].pk, row[0].pk), ("dispute", row[3].pk, row[2].pk)
    assert pairs(alice) == [newer, older] and counted(alice) == 2
    made = decided(alice, row[2], row[3])
    assert pairs(alice) == [older] and counted(alice) == 1
    Judgement.objects.filter(pk=made.pk).update(taken_back_at=clock.now())
    assert pairs(alice) == [newer, older] and counted(alice) == 2


def test_what_was_decided_takes_nobodys_place(alice, row, monkeypatch):
    """The queue looks at a bounded number of rows: those that can be shown, whatever stands before them."""
    monkeypatch.setattr(suggesting, "AT_MOST", 2)
    disputed(row[1], row[0])
    for one, other in ((row[3], row[2]), (row[4], row[2]), (row[4], row[3])):
        disputed(one, other)
        decided(alice, one, other)
    assert pairs(alice) == [("dispute", row[1].pk, row[0].pk)] and counted(alice) == 1


def test_what_others_handle_takes_nobodys_place(bob, dana, told, row, monkeypatch):
    monkeypatch.setattr(suggesting, "AT_MOST", 2)
    disputed(row[1], row[0])
    hidden = [told(f"hers-{n}", dana) for n in range(4)]
    for one, other in zip(hidden[1:], hidden, strict=False):
        disputed(one, other)
    assert pairs(bob) == [("dispute", row[1].pk, row[0].pk)] and counted(bob) == 1
    assert len(pairs(dana)) == 2


def test_an_account_that_may_tell_of_another_event_is_offered_with_the_first_of_it(alice, bob, dana, told):
    first, second = told("millet", bob), told("larch", bob, text=ELSEWHERE)
    actions.compare(alice)
    second.refresh_from_db()
    AccountFacts.objects.filter(account=first).update(also=[second.event_id], several=True)
    assert pairs(bob) == [("also", first.pk, second.pk)] and counted(bob) == 1
    assert pairs(dana) == [] and counted(dana) == 0


@pytest.mark.parametrize("lot", [1, 2, 3, 400])
def test_however_many_are_looked_at_together_the_same_is_offered(alice, row, monkeypatch, lot):
    monkeypatch.setattr(suggesting, "LOT", lot)
    for one in row:
        one.event = Event.objects.create(engine_id=f"e{one.pk}")
        one.save()
    for one, other in pairwise(row):
        facts = {"also": [other.event_id, one.event_id], "several": True}
        AccountFacts.objects.update_or_create(account=one, defaults=facts)
    assert len(pairs(alice)) == 4 and all(kind == "also" for kind, *_rest in pairs(alice))
    monkeypatch.setattr(suggesting, "LOOKED_AT", 2)  # the newest two
    assert len(pairs(alice)) == 2


def test_a_third_accounts_value_is_shown_to_who_may_see_that_account_alone(alice, bob, dana, told):
    hers = told("quarry", dana)
    one, two = told("millet", bob), told("crane", bob)
    Account.objects.update(compared=True)
    disputed(two, one, of=f"A{hers.pk}")
    (seen,), (hidden,) = suggestions(alice), suggestions(bob)
    assert "RMB 7,777" in str(seen.tie.differs) and "RMB 20,000" in str(seen.tie.differs)
    assert "RMB 7,777" not in str(hidden.tie) and "RMB 20,000" in str(hidden.tie)


def test_the_page_of_the_report_hides_it_too(alice, bob, dana, told, signed_in):
    hers = told("quarry", dana)
    one, two = told("millet", bob), told("crane", bob)
    actions.compare(alice)
    Corroboration.objects.all().delete()
    disputed(two, one, of=f"A{hers.pk}")
    for report in (one.report, two.report):
        assert "7,777" in signed_in(alice).get(report.get_absolute_url()).text
        assert "7,777" not in signed_in(bob).get(report.get_absolute_url()).text


def test_the_number_of_queries_stays(alice, bob, told, row, django_assert_max_num_queries):
    Account.objects.update(compared=True)
    for one in row[1:]:
        disputed(one, row[0])
    with django_assert_max_num_queries(8):
        assert len(suggestions(alice)) == 4


def test_another_event_is_named_by_its_first_account_that_the_member_may_see(alice, bob, dana, told, row):
    """An event that begins with somebody else's account is asked about all the same."""
    theirs, own = told("harbour", dana, text=ELSEWHERE), told("heron", bob, text=ELSEWHERE)
    actions.compare(alice)
    theirs.refresh_from_db(), own.refresh_from_db(), row[0].refresh_from_db()
    assert theirs.event_id == own.event_id != row[0].event_id
    AccountFacts.objects.filter(account=row[0]).update(also=[own.event_id], several=True)
    assert ("also", row[0].pk, own.pk) in pairs(bob)
    assert ("also", row[0].pk, theirs.pk) in pairs(alice)
