"""One by one is all at once is after a restart is another process; and what a transaction takes back is forgotten."""

from __future__ import annotations

import random

import pytest
from django.db import transaction

from nightdesk.desk.claims import actions, background, online
from nightdesk.desk.claims.corroborating import catch_up, compare_again
from nightdesk.desk.claims.models import Account, AccountFacts, Compared, Corroboration, Event
from nightdesk.desk.claims.tests.conftest import BROKER, COUSIN
from nightdesk.desk.reports import eyesonly

pytestmark = pytest.mark.django_db

OTHERS = [
    ("혜산시에서도 이달 8일부터 보위부가 중국 손전화 단속을 하고 있다.", "ko", "eyewitness"),
    ("무산군 보위부가 12월 10일 한 세대를 수색해 손전화 1대를 회수했다.", "ko", "eyewitness"),
    ("On 10 December agents searched a house in Musan and took one phone.", "en", "second-hand"),
    (
        "会宁市保卫部的两名人员上周找到一名汇款中间人，说他的名字在手机用户名单上，要他20日之前交一万元人民币。",
        "zh",
        "second-hand",
    ),
    (BROKER, "ko", "rumour"),
    (COUSIN, "en", "relative of the person concerned"),
    (BROKER, "ko", "told by the person concerned"),
    ("쌀 1kg 5천 원, 강냉이 1kg 2천 원이다.", "ko", "eyewitness"),
]


@pytest.fixture
def crowd(bob, told):
    """Fourteen accounts in an order drawn by lot."""

    def make(seed):
        draw = random.Random(seed)
        for _n in range(14):
            text, lang, basis = draw.choice(OTHERS)
            yield told(f"teller-{draw.randrange(6)}", bob, text=text, lang=lang, basis=basis)

    return make


def said():
    """Events as the accounts they hold, with their counts and sentences, and all links."""
    events = {
        tuple(event.accounts.order_by("pk").values_list("pk", flat=True)):
        (event.independent_origins, event.at_least, event.kind, event.why, event.ask)
        for event in Event.objects.filter(accounts__isnull=False).distinct()
    }  # fmt: skip
    links = sorted(Corroboration.objects.values_list("account", "other", "relation", "score", "why", "why_parts"), key=lambda row: row[:2])  # fmt: skip
    return events, links


def restart():
    online.held().forget()


@pytest.mark.parametrize("seed", range(4))
def test_one_by_one_is_all_at_once_is_with_a_restart_after_each(alice, crowd, seed):
    list(crowd(seed))
    Account.objects.update(compared=True)
    for pk in Account.objects.order_by("pk").values_list("pk", flat=True):
        Account.objects.filter(pk=pk).update(compared=False)
        actions.compare(alice)
    one_by_one = said()
    actions.corroborate(alice)
    assert said() == one_by_one
    Event.objects.all().delete(), AccountFacts.objects.all().delete(), Corroboration.objects.all().delete()
    Account.objects.update(compared=True)
    for pk in Account.objects.order_by("pk").values_list("pk", flat=True):
        Account.objects.filter(pk=pk).update(compared=False)
        restart()
        actions.compare(alice)
    assert said() == one_by_one


def test_a_verdict_writes_only_the_rows_it_touches(alice, crowd, told, bob, django_assert_max_num_queries):
    list(crowd(1))
    actions.compare(alice)
    before = {row.pk: row.__dict__ | {"_state": 0} for row in AccountFacts.objects.all()}
    stamps = dict(Event.objects.values_list("pk", "why"))
    told("stranger", bob, text="On 3 March a ferry sank off Wonsan and nine people drowned.", lang="en", basis="eyewitness")  # fmt: skip
    with django_assert_max_num_queries(30):
        actions.compare(alice)
    assert {pk: before[pk] for pk in before} == {
        row.pk: row.__dict__ | {"_state": 0} for row in AccountFacts.objects.filter(pk__in=before)
    }
    assert stamps.items() <= dict(Event.objects.values_list("pk", "why")).items()


def test_what_a_transaction_took_back_is_forgotten(alice, bob, told):
    told("millet", bob)
    actions.compare(alice)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        told("harbour", bob, text=COUSIN, lang="en")
        actions.compare(alice)
        assert len(online.held().tokens) == 2
        raise ZeroDivisionError
    told("heron", bob, text=COUSIN, lang="en", basis="rumour")
    actions.compare(alice)
    assert Event.objects.get().accounts.count() == 2
    assert sorted(online.held().tokens) == sorted(Account.objects.values_list("pk", flat=True))


def test_another_process_is_followed(alice, bob, told):
    first = told("millet", bob)
    actions.compare(alice)
    ours, other = online._held, online.Held()
    online._held = other
    try:
        told("harbour", bob, text=COUSIN, lang="en")
        actions.compare(alice)
    finally:
        online._held = ours
    third = told("crane", bob, basis="rumour")
    actions.compare(alice)
    first.refresh_from_db(), third.refresh_from_db()
    assert first.event == third.event and first.event.accounts.count() == 3
    assert len(ours.tokens) == 3


def test_a_report_marked_eyes_only_leaves_the_engine_and_its_facts(alice, bob, told, monkeypatch):
    first, second = told("millet", bob), told("harbour", bob, text=COUSIN, lang="en")
    actions.compare(alice)
    first.report.eyes_only = True
    first.report.save()
    eyesonly._leave_the_accounts(alice, first.report)
    second.refresh_from_db()
    assert not AccountFacts.objects.filter(account=first).exists()
    assert first.pk not in online.held().tokens
    assert (second.event.independent_origins, Corroboration.objects.count()) == (1, 0)
    assert "A1 " not in second.event.why


def test_facts_lie_sealed_and_go_with_their_source(alice, bob, told):
    account = told("millet", bob)
    actions.compare(alice)
    raw = bytes(AccountFacts.objects.values_list("kept", flat=True).get())
    assert "회령".encode() not in raw and b"millet" not in raw
    assert "millet" in AccountFacts.objects.get().kept
    account.report.delete()
    assert not AccountFacts.objects.exists()


def test_words_that_cannot_be_compared_keep_nobody_waiting(alice, bob, told):
    odd, fine = told("millet", bob, lang="xx"), told("harbour", bob)
    assert actions.compare(alice)
    odd.refresh_from_db(), fine.refresh_from_db()
    assert odd.compared and odd.event is None and fine.event is not None
    restart()
    told("crane", bob)
    assert actions.compare(alice)


def test_far_behind_the_accounts_wait_and_nobody_else_does(alice, bob, told, monkeypatch):
    first = told("millet", bob)
    second = told("harbour", bob, text=COUSIN, lang="en")
    actions.compare(alice)
    restart()
    monkeypatch.setattr(background, "AT_ONCE", 1)
    late = told("crane", bob, basis="rumour")
    assert not actions.compare(alice)
    assert background.behind() == 3  # two to be taken in, and the one that waits
    compare_again(alice, [first.pk])
    first.refresh_from_db()
    assert first.event.why == "" and not Corroboration.objects.exists() and background.behind() == 3
    monkeypatch.setattr(background, "AT_ONCE", 2000)
    while catch_up(None, 1):
        pass
    for account in (first, second, late):
        account.refresh_from_db()
    assert first.event == second.event == late.event and "A" in first.event.why
    assert Compared.objects.count() == 1
