"""What cannot be compared is refused aloud; what can is never lost, however odd or however much."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.corroboration import CorroborationError, Desk, assess
from nightdesk.corroboration.index import CANDIDATES, FACT_CAP

FLOOD = "회령에서 보위원 두 명이 송금 브로커를 찾아가 2만 위안을 내라고 요구했다. 빨리 알리라 {}."


def test_a_duplicate_id_is_refused_and_the_first_is_kept(account):
    desk = Desk()
    first = desk.add(account("a"))
    with pytest.raises(CorroborationError, match="'a'"):
        desk.add(account("a", "다른 글"))
    assert desk.verdicts == [first]
    assert desk.add(account("b")).event == first.event


def test_an_unknown_language_is_refused_by_name(account):
    with pytest.raises(CorroborationError, match="'fr'"):
        assess([account("a", "Deux agents sont venus.", lang="fr")])


def test_accounts_without_a_day_are_still_compared(account):
    result = assess([account("a", on=None), account("b", on=None)])
    assert [o.reports for o in result.events] == [("a", "b")]


def test_one_word_tells_of_no_event(account):
    (verdict,) = assess([account("a", "돈")]).verdicts
    assert verdict.event is None
    assert verdict.why


def test_an_account_without_a_teller_is_its_own_teller(account):
    told = "Two State Security agents demanded 20,000 yuan of a broker in Hoeryong a few days ago."
    event = assess([account("a", source=None), account("b", told, lang="en", source=None)]).events[0]
    assert (event.reports, event.independent_origins) == (("a", "b"), 2)


def test_a_megabyte_is_compared_by_its_beginning(account):
    long = account("a").text + " 그리고 또 다른 이야기가 이어진다." * 25_000
    assert len(long.encode()) > 1_000_000
    result = assess([account("a", long), account("b")])
    assert [o.reports for o in result.events] == [("a", "b")]


def test_a_thousand_near_identical_reports_neither_slow_nor_hide_the_rest(account):
    desk = Desk()
    before = desk.add(account("before", "어제 무산군에서 안전원이 상인의 집을 수색해 손전화를 회수했다."))
    flood = [desk.add(account(f"s{n}", FLOOD.format(n))) for n in range(1000)]
    assert {v.event for v in flood} == {flood[0].event}
    assert max(len(v.links) for v in flood) <= CANDIDATES
    assert max(map(len, desk._index._postings.values())) <= FACT_CAP
    after = desk.add(
        account("after", "Police searched a trader's house in Musan yesterday and took the phone.", lang="en")
    )
    assert after.event == before.event != flood[0].event


def test_a_flood_counts_as_one_origin(account):
    result = assess([account(f"s{n}", FLOOD.format(n)) for n in range(60)])
    assert [o.independent_origins for o in result.events] == [1]


def test_spam_has_no_event_however_often_it_comes(account):
    spam = "Congratulations! You have been selected. Send 0.05 BTC today, number {}."
    result = assess([account(f"s{n}", spam.format(n), lang="en") for n in range(50)])
    assert result.events == ()
    assert {v.kind for v in result.verdicts} == {"spam"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=80), st.sampled_from(["ko", "zh", "en"])), max_size=4))
def test_any_text_in_any_language_gets_a_verdict(account, texts):
    told = [account(f"x{n}", text or " ", lang=lang) for n, (text, lang) in enumerate(texts)]
    result = assess([account("a"), *told])
    assert [v.id for v in result.verdicts] == ["a", *(a.id for a in told)]
    assert sum(len(o.reports) for o in result.events) == sum(v.event is not None for v in result.verdicts)


def test_letters_that_grow_when_lowered_keep_every_sum_in_its_place(account):
    told = "İİİİ: two agents demanded 20,000 yuan of a remittance broker in Hoeryong a few days ago."
    result = assess([account("a"), account("b", told, lang="en")])
    assert [o.reports for o in result.events] == [("a", "b")]
