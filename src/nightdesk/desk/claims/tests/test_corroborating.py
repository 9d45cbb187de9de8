"""Events and links as rows: written once, kept while accounts come, split and join, hidden where they must be."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from nightdesk.desk.claims import actions, tying
from nightdesk.desk.claims.models import Account, Corroboration, Event
from nightdesk.desk.claims.tests.conftest import BROKER, COUSIN
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.reports import actions as reports

pytestmark = pytest.mark.django_db

OF_A_COUSIN = {
    "text": COUSIN, "lang": "en", "on": date(2023, 12, 16), "basis": "relative of the person concerned",
}  # fmt: skip


@pytest.fixture
def pair(bob, dana, told):
    """Bob's broker and Dana's cousin of a broker: one event."""
    return told("millet", bob), told("harbour", dana, **OF_A_COUSIN)


def rows():
    events = list(
        Event.objects.order_by("pk").values_list(
            "pk", "engine_id", "independent_origins", "why", "merged_into"
        )
    )
    links = list(
        Corroboration.objects.order_by("pk").values_list("pk", "account", "other", "relation", "why")
    )
    return events, links, list(Account.objects.order_by("pk").values_list("pk", "event"))


def test_two_tellings_of_one_event_are_one_event_with_a_link(alice, pair):
    actions.corroborate(alice)
    first, second = Account.objects.order_by("pk")
    assert first.event is not None and first.event == second.event
    assert (first.event.independent_origins, first.event.at_least) == (2, 1)
    assert Corroboration.objects.get().relation == "supports"


def test_comparing_again_changes_nothing(alice, pair):
    actions.corroborate(alice)
    before, entries = rows(), CustodyEntry.objects.count()
    actions.corroborate(alice)
    assert rows() == before
    assert CustodyEntry.objects.count() == entries


def test_an_event_keeps_its_row_when_accounts_come(alice, bob, told):
    told(
        "tally",
        bob,
        text="혜산시에서도 이달 8일부터 보위부가 중국 손전화 단속을 하고 있다.",
        basis="eyewitness",
    )
    first = told("millet", bob)
    actions.corroborate(alice)
    first.refresh_from_db()
    event = first.event
    told("sparrow", bob, basis="rumour")
    actions.corroborate(alice)
    first.refresh_from_db()
    assert first.event == event
    assert event.accounts.count() == 2


def test_a_split_makes_a_second_account_and_joining_undoes_it(alice, bob, told, claimed):
    two = "무산군 보위부가 12월 10일 한 세대를 수색해 손전화 1대를 회수했다. 혜산시에서는 이달 8일부터 손전화 단속을 하고 있다."
    account = told("larch", bob, text=two, basis="eyewitness")
    at = two.index("혜산시")
    claim = claimed(account, bob)
    late = claimed(account, bob)
    late.words_start, late.words_end = at, at + 3
    late.save()
    second = actions.split(bob, account, at - 1)
    account.refresh_from_db(), second.refresh_from_db()
    assert (account.end, second.start, second.end) == (at, at, len(two))
    assert second.event is not None and account.event != second.event
    gone = second.event
    late.refresh_from_db(), claim.refresh_from_db()
    assert (claim.account, late.account) == (account, second)
    actions.join(bob, second)
    late.refresh_from_db()
    assert late.account == account
    assert [(a.start, a.end) for a in Account.objects.all()] == [(0, len(two))]
    assert gone.accounts.count() == 0


def test_a_count_of_many_sentences_says_that_they_are_compared_as_one_and_where_to_split_them(
    alice, bob, told, claimed, signed_in
):
    short = told("harbour", bob, **OF_A_COUSIN)
    many = told("millet", bob, text=BROKER + " 쌀은 5,800원이다. 강냉이는 2,700원이다. 길이 막혔다.")
    claim = claimed(many, bob)
    actions.corroborate(alice)
    hint = "All these sentences are compared as one account"
    assert hint in signed_in(bob).get(many.report.get_absolute_url()).text
    page = signed_in(bob).get(claim.get_absolute_url()).text
    assert hint in page and f"{many.report.get_absolute_url()}#account-{many.pk}" in page
    assert hint not in signed_in(bob).get(short.report.get_absolute_url()).text


def test_an_event_whose_accounts_went_elsewhere_points_on(alice, bob, pair, signed_in):
    actions.corroborate(alice)
    first, second = pair
    stray = Event.objects.create(engine_id="stray")
    Account.objects.filter(pk=second.pk).update(event=stray)
    actions.corroborate(alice)
    stray.refresh_from_db(), first.refresh_from_db()
    assert stray.merged_into == first.event
    assert signed_in(bob).get(f"/claims/event/{stray.pk}/").url == first.event.get_absolute_url()


@pytest.mark.parametrize("at", ["0", "9999", "x", ""])
def test_a_split_outside_the_account_is_refused(bob, told, signed_in, at):
    account = told("millet", bob)
    assert signed_in(bob).post(f"/claims/account/{account.pk}/split/", {"at": at}).status_code == 400
    assert signed_in(bob).post(f"/claims/account/{account.pk}/join/").status_code == 400
    assert Account.objects.count() == 1


def test_accounts_handled_by_others_are_counted_and_nothing_more(alice, bob, pair, signed_in):
    actions.corroborate(alice)
    first, _second = pair
    first.refresh_from_db()
    for address in (first.report.get_absolute_url(), first.event.get_absolute_url()):
        page = signed_in(bob).get(address).text
        assert "handled by others" in page
        assert "2 routes to the desk" in page
        for secret in ("harbour", "cousin", "relative of the person", "days that can be the same"):
            assert secret not in page, (address, secret)
        assert "harbour" in signed_in(alice).get(address).text


def test_hidden_accounts_stand_as_one_count_for_each_way_they_stand(
    alice, bob, dana, told, signed_in, monkeypatch
):
    mine = told("millet", bob, text=COUSIN, lang="en")
    for n in range(3):
        told(f"heron {n}", dana, text=f"{COUSIN} {n}", lang="en")
    told("larch", dana, text=COUSIN.replace("20,000", "30,000"), lang="en")
    seen = told("quarry", bob, text=f"{COUSIN} And more.", lang="en")
    actions.corroborate(alice)
    page = signed_in(bob).get(mine.report.get_absolute_url()).text
    ties = page.partition('<ul class="ties">')[2].partition("</section>")[0]
    assert "1 more account, handled by others" in ties and "3 more accounts, handled by others" in ties
    assert ties.count("handled by others") == 2 and ties.count("quarry") == 1
    # No more links are counted than stood as rows: of the others nothing says whose they are.
    monkeypatch.setattr(tying, "LINKS_SHOWN", 2)
    few = tying.ties_of(bob, [mine.pk])[mine.pk]
    assert len(few.shown) + sum(count for _relation, count in few.unseen) == 2 and few.more == 3
    assert seen.pk and few.unseen[0] == ("disputes", 1)


def test_a_dispute_shows_both_values_to_who_sees_both(alice, bob, dana, told, signed_in):
    told("millet", bob)
    theirs = told("quarry", dana, lang="zh", via="relay-longjing", basis="second-hand", on=date(2023, 12, 16),
                  text="会宁市保卫部的两名人员上周找到一名汇款中间人，说他的名字在手机用户名单上，要他20日之前交一万元人民币。")  # fmt: skip
    actions.corroborate(alice)
    page = signed_in(alice).get(theirs.report.get_absolute_url()).text
    assert "RMB 10,000 ↔ RMB 20,000" in page
    hidden = signed_in(dana).get(theirs.report.get_absolute_url()).text
    assert "20,000" not in hidden and "20000" not in hidden and "millet" not in hidden


def test_the_engines_reasons_are_in_the_language_of_the_page(alice, dana, bob, pair, signed_in):
    actions.corroborate(alice)
    first, _second = pair
    korean = {"accept-language": "ko"}
    page = signed_in(alice).get(first.report.get_absolute_url(), headers=korean).text
    for words in ("따로 이어진 경로.", "당사자에게서 들음", "같은 곳(회령)", "누구에게서 들었는지"):
        assert words in page, words
    for words in ("a route of its own", "same place", "Ask each teller", "another account"):
        assert words not in page, words


def test_an_account_a_member_may_not_see_is_another_account_in_what_to_ask(alice, bob, dana, told, signed_in):
    mine = told("millet", bob)
    told("quarry", dana, basis="rumour")
    actions.corroborate(alice)
    address = mine.report.get_absolute_url()
    assert "(다른 진술)" in signed_in(bob).get(address, headers={"accept-language": "ko"}).text
    english = signed_in(bob).get(address).text
    assert "Ask from whom another account came" in english and "quarry" not in english
    assert "Ask from whom quarry" in signed_in(alice).get(address).text


def test_confirming_a_teller_adds_an_origin_and_doubting_takes_it_and_the_contact_away(
    alice, bob, dana, told
):
    told("millet", bob)
    theirs = told("harbour", dana, text=COUSIN, lang="en", on=date(2023, 12, 16), confirmed=False)
    actions.corroborate(alice)
    source = theirs.report.source

    def origins():
        return Event.objects.get(merged_into=None).independent_origins, source.contacts.count()

    assert origins() == (1, 0)
    reports.confirm(dana, theirs.report)
    assert origins() == (2, 1)
    reports.doubt(dana, theirs.report)
    assert origins() == (1, 0)


def test_of_many_links_a_page_shows_disputes_first_and_counts_the_others(
    alice, bob, dana, told, signed_in, monkeypatch
):
    """A flood of a thousand accounts leaves eight thousand links: the page took nine seconds."""
    rows = [told(f"teller {n}", bob, text=f"{COUSIN} {n}", lang="en") for n in range(5)]
    rows.append(told("larch", bob, text=COUSIN.replace("20,000", "30,000"), lang="en"))
    rows.append(told("heron", dana, text=COUSIN, lang="en"))
    actions.compare(alice)
    links, kinds = Corroboration.objects.all(), Corroboration.objects.filter(relation="disputes")
    hidden = links.filter(Q(account=rows[-1]) | Q(other=rows[-1])).count()
    disputes = kinds.exclude(account=rows[-1]).count()
    assert disputes > 1 and hidden > 1
    monkeypatch.setattr(tying, "LINKS_SHOWN", disputes)
    page = signed_in(bob).get(Event.objects.get(accounts=rows[0]).get_absolute_url()).text
    ties = page.partition("How they stand to each other")[2].partition("</section>")[0]
    assert ties.count(">disputes<") == disputes and ">supports<" not in ties and ">repeats<" not in ties
    assert f"and {links.count() - hidden - disputes} more" in ties
    assert f"{hidden} more links, to accounts handled by others" in ties


def test_a_report_shows_so_many_links_too(alice, bob, told, signed_in, monkeypatch):
    rows = [told(f"teller {n}", bob, text=f"{COUSIN} {n}", lang="en") for n in range(5)]
    rows.append(told("larch", bob, text=COUSIN.replace("20,000", "30,000"), lang="en"))
    actions.compare(alice)
    links = Corroboration.objects.filter(Q(account=rows[0]) | Q(other=rows[0])).count()
    monkeypatch.setattr(tying, "LINKS_SHOWN", 1)
    ties = signed_in(bob).get(rows[0].report.get_absolute_url()).text.partition('<ul class="ties">')[2]
    assert ">disputes<" in ties and ">supports<" not in ties and ">repeats<" not in ties
    assert links > 2 and f"and {links - 1} more" in ties
