"""Whatever stood before, failed on the way or came in another order: the engine and the rows agree afterwards."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from nightdesk.corroboration import Desk, record
from nightdesk.desk import clock
from nightdesk.desk.claims import actions, background, corroborating, online
from nightdesk.desk.claims.corroborating import catch_up, compare_again, corroborate
from nightdesk.desk.claims.judging import judge, take_back
from nightdesk.desk.claims.models import Account, AccountFacts, Corroboration, Event, Judgement
from nightdesk.desk.claims.tests.conftest import COUSIN
from nightdesk.desk.claims.tests.test_online import restart, said
from nightdesk.desk.errors import DeskError

pytestmark = pytest.mark.django_db
ELSEWHERE = "On 3 March a ferry sank off Wonsan and nine people drowned."
RUMOUR = "회령에서 보위원들이 브로커에게 2만 위안을 내라고 했다는 말을 들었다."


@pytest.fixture
def three(alice, bob, told):
    """Three tellings of one event, compared."""
    rows = (
        told("millet", bob),
        told("harbour", bob, text=COUSIN, lang="en"),
        told("crane", bob, text=RUMOUR, basis="rumour"),
    )
    assert actions.compare(alice)
    return rows


@pytest.fixture
def served(monkeypatch):
    """As where a desk is served: what would keep somebody waiting is done behind their back. Gives the nudges."""
    nudges: list[int] = []
    monkeypatch.setattr(background._filler, "serving", True)
    monkeypatch.setattr(background._filler, "begin", lambda: nudges.append(1))
    return nudges


def test_links_without_facts_are_replaced_by_what_is_said_now(alice, three):
    """A desk brought forward from before there were facts, and one restored from a backup, stand like this."""
    before = said()
    assert before[1]
    AccountFacts.objects.all().delete()
    Account.objects.update(compared=False)
    Corroboration.objects.update(why="", why_parts=[])
    restart()
    assert actions.compare(alice)
    assert said() == before


def test_a_change_that_fails_halfway_leaves_the_next_one_right(alice, bob, told, three, monkeypatch):
    told("heron", bob, basis="rumour")
    with monkeypatch.context() as patch:
        patch.setattr(corroborating, "_write_links", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            actions.compare(alice)
    assert len(online.held().desk.ledger.ids()) > AccountFacts.objects.count()
    assert actions.compare(alice)
    went_on = said()
    assert sorted(online.held().tokens) == sorted(Account.objects.values_list("pk", flat=True))
    corroborate(alice)
    assert said() == went_on


def test_a_change_that_fails_leaves_no_account_in_memory_that_no_row_knows(alice, bob, told, three):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        told("heron", bob, basis="rumour")
        actions.compare(alice)
        raise ZeroDivisionError
    catch_up(None)
    assert sorted(online.held().desk.ledger.ids()) == sorted(online.name_of(row.pk) for row in three)


@pytest.mark.parametrize("kept", ["not json", "[]", '["rules of before", "", [], [], []]'])
def test_facts_that_cannot_be_read_or_are_of_other_rules_are_made_anew(alice, three, kept):
    before = said()
    row = AccountFacts.objects.get(account=three[1])
    row.kept = kept
    row.save()
    restart()
    catch_up(None)
    assert record.unpack_whole(AccountFacts.objects.get(account=three[1]).kept)
    assert Account.objects.filter(compared=False).count() == 0
    corroborate(alice)
    assert said() == before


def test_one_account_that_fails_keeps_no_other_waiting(alice, bob, told, monkeypatch, caplog):
    odd, fine = told("millet", bob, text="x" * 30), told("harbour", bob)
    judged = Desk._judge

    def failing(desk, told, *given):
        return 1 / 0 if told.id == f"A{odd.pk}" else judged(desk, told, *given)

    monkeypatch.setattr(Desk, "_judge", failing)
    assert actions.compare(alice)
    odd.refresh_from_db(), fine.refresh_from_db()
    assert (odd.compared, odd.event, fine.event is None) == (True, None, False)
    assert f"Account {odd.pk} could not be compared" in caplog.text
    assert "x" * 30 not in caplog.text and "millet" not in caplog.text


@pytest.mark.parametrize("trouble", [MemoryError, OSError, DatabaseError])
def test_what_fails_for_the_machines_sake_waits_and_is_tried_again(alice, bob, told, monkeypatch, trouble):
    account = told("millet", bob)
    with monkeypatch.context() as patched:
        patched.setattr(Desk, "_judge", lambda *_given: (_ for _ in ()).throw(trouble))
        with pytest.raises(trouble):
            actions.compare(alice)
    account.refresh_from_db()
    assert not account.compared
    assert actions.compare(alice)
    account.refresh_from_db()
    assert account.compared and account.event is not None


def test_put_off_counts_nothing_until_it_is_compared(alice, three, monkeypatch):
    """A story must not say that three told of it independently while nobody knows."""
    assert Event.objects.get().independent_origins > 1
    restart()
    monkeypatch.setattr(background, "AT_ONCE", 1)
    compare_again(alice, [three[0].pk])
    event = Event.objects.get()
    assert (event.independent_origins, event.at_least, event.why, event.ask) == (0, 0, "", "")


def test_a_judgement_about_a_small_event_waits_for_nothing_where_a_desk_is_served(alice, three, served):
    judge(alice, "apart", three[0], three[1], "Another broker.")
    assert not served and Account.objects.filter(compared=False).count() == 0


def test_a_judgement_about_a_great_event_is_followed_behind(
    alice, three, served, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(background, "VERDICTS_AT_ONCE", 2)
    with django_capture_on_commit_callbacks(execute=True):
        judge(alice, "apart", three[0], three[1], "Another broker.")
    assert served and Account.objects.filter(compared=False).count() == 3
    assert Event.objects.filter(independent_origins__gt=0).count() == 0
    while catch_up(None, 1):
        pass
    for row in three:
        row.refresh_from_db()
    assert three[0].event != three[1].event


def test_with_many_waiting_nobody_waits_for_them_where_a_desk_is_served(
    alice, bob, told, served, monkeypatch
):
    monkeypatch.setattr(background, "VERDICTS_AT_ONCE", 1)
    told("millet", bob), told("harbour", bob, text=COUSIN, lang="en")
    assert not actions.compare(alice) and served
    assert background.behind() == 2


def test_comparing_everything_anew_is_done_behind_where_a_desk_is_served(
    alice, three, served, monkeypatch, django_capture_on_commit_callbacks
):
    before = said()
    monkeypatch.setattr(background, "VERDICTS_AT_ONCE", 2)
    with django_capture_on_commit_callbacks(execute=True):
        corroborate(alice)
    assert served and background.behind() == 3
    while catch_up(None, 2):
        pass
    assert said() == before


def test_the_thread_takes_in_the_rows_and_judges_what_waits(alice, bob, told, three, monkeypatch):
    monkeypatch.setattr(background, "AT_ONCE", 1)
    monkeypatch.setattr(background, "BREATH", 0)
    late = told("heron", bob, basis="rumour")
    restart()
    lock = online.held().lock
    background._fill_once()
    late.refresh_from_db()
    assert late.event == three[0].event or late.event == Account.objects.get(pk=three[0].pk).event
    assert online.held().lock is lock and background.behind() == 0
    monkeypatch.setattr(background, "AT_ONCE", 2000)
    went_on = said()
    corroborate(alice)
    assert said() == went_on


def test_the_thread_tries_again_after_a_failure_and_ends_aloud(monkeypatch, caplog):
    tried, slept = [], []

    def failing():
        tried.append(1)
        raise DatabaseError("locked")

    monkeypatch.setattr(background, "_fill_once", failing)
    monkeypatch.setattr(background.time, "sleep", slept.append)
    monkeypatch.setattr(background.connection, "close", lambda: None)  # the test's own
    background._fill()
    assert slept == list(background.PAUSES) and len(tried) == len(background.PAUSES) + 1
    assert "accounts wait" in caplog.text and "locked" not in caplog.text


def test_only_one_thread_fills_and_only_where_a_desk_is_served(monkeypatch):
    begun = []
    filler = background._Filler()
    monkeypatch.setattr(background, "_filler", filler)
    monkeypatch.setattr(background.threading, "Thread", lambda **_given: begun.append(_Alive()) or begun[-1])
    background.nudge()
    assert not begun
    filler.serving = True
    background.nudge(), background.nudge()
    assert len(begun) == 1
    begun[0].alive = False
    background.nudge()
    assert len(begun) == 2


class _Alive:
    alive = True

    def start(self):
        pass

    def is_alive(self):
        return self.alive


def test_the_words_of_the_newest_report_lie_nowhere_after_its_verdict(alice, three):
    desk = online.held().desk
    assert desk.newest.id == online.name_of(three[2].pk)
    assert RUMOUR[:20] not in str(vars(desk._newest[2]))


def test_a_part_that_was_decided_the_other_way_is_not_joined_and_nothing_changes(alice, bob, told):
    """One account cannot be joined with another and set apart from it."""
    whole, other = told("millet", bob, text=f"{COUSIN} {COUSIN}", lang="en"), told("larch", bob)
    actions.compare(alice)
    part = actions.split(bob, whole, len(COUSIN) + 1)
    judge(alice, "join", whole, other, "The same broker.")
    apart = judge(alice, "apart", part, other, "Another one.")
    before = said()
    with pytest.raises(DeskError, match="cannot stand about one account"), transaction.atomic():
        actions.join(bob, part)
    assert said() == before and Account.objects.count() == 3
    take_back(alice, apart)
    actions.join(bob, part)
    assert Account.objects.count() == 2


def test_joining_parts_asks_about_their_own_judgements_alone(alice, bob, told, three):
    """However many stand, and whatever is wrong with those about others."""
    for kind in ("join", "apart"):
        Judgement.objects.create(
            kind=kind, account=three[0], other=three[1], by=alice, at=clock.now(), why="By hand."
        )
    whole = told("larch", bob, text=f"{COUSIN} {COUSIN}", lang="en")
    actions.compare(alice)
    part = actions.split(bob, whole, len(COUSIN) + 1)
    actions.join(bob, part)
    assert not Account.objects.filter(pk=part.pk).exists()


def test_a_judgement_that_contradicts_older_ones_stops_nobody(alice, three, caplog):
    first, second, _third = three
    for kind in ("join", "apart"):
        Judgement.objects.create(
            kind=kind, account=first, other=second, by=alice, at=clock.now(), why="By hand."
        )
    restart()
    compare_again(alice, [first.pk])
    first.refresh_from_db(), second.refresh_from_db()
    assert first.event == second.event  # the older one is followed
    assert "contradicts older ones" in caplog.text


def test_an_event_whose_only_account_was_joined_away_counts_nothing_and_leads_on(alice, bob, told):
    whole = told("millet", bob, text=f"{COUSIN} {ELSEWHERE}", lang="en")
    actions.compare(alice)
    part = actions.split(bob, whole, len(COUSIN) + 1)
    part.refresh_from_db(), whole.refresh_from_db()
    gone = part.event
    assert gone is not None and gone != whole.event
    actions.join(bob, part)
    gone.refresh_from_db()
    assert (gone.independent_origins, gone.why, gone.merged_into) == (0, "", whole.event)


def test_while_one_account_waits_its_event_counts_nothing_and_then_all(alice, three):
    """Facts of other rules are made anew one by one: three, then one, then three would be two wrong figures."""
    before = Event.objects.get().independent_origins
    assert before > 1
    row = AccountFacts.objects.get(account=three[1])
    row.kept = "of before"
    row.save()
    restart()
    online.held().follow()
    assert Event.objects.get(accounts=three[0]).independent_origins == 0
    assert background.behind() == 1
    catch_up(None)
    assert Event.objects.get(accounts=three[0]).independent_origins == before and background.behind() == 0


def test_what_an_account_leaves_behind_is_counted_again(alice, three):
    """It waited with its event, and went to another one: the event it left must not stay uncounted."""
    row = AccountFacts.objects.get(account=three[1])
    row.kept = "of before"
    row.save()
    restart()
    online.held().follow()
    Judgement.objects.create(
        kind="apart", account=three[1], other=three[0], by=alice, at=clock.now(), why="Another one."
    )
    catch_up(None)
    three[0].refresh_from_db(), three[1].refresh_from_db()
    assert three[0].event != three[1].event
    assert min(three[0].event.independent_origins, three[1].event.independent_origins) > 0


def test_who_asks_while_the_thread_ends_is_heard(monkeypatch):
    """The thread goes round again for whoever asked meanwhile, however late."""
    filler, rounds = background._Filler(), []

    def once():
        rounds.append(1)
        if len(rounds) == 1:
            filler.asked.set()  # as nudge does, from another thread

    monkeypatch.setattr(background, "_fill", once)
    filler.asked.set()
    filler._run()
    assert len(rounds) == 2


def test_sealed_accounts_keep_nobody_waiting(alice, three, served, monkeypatch):
    monkeypatch.setattr(background, "VERDICTS_AT_ONCE", 0)
    for row in three:
        row.report.eyes_only = True
        row.report.save()
    Account.objects.update(compared=False)
    assert online.held().waiting() == 0 and actions.compare(alice)
