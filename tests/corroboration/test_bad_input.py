"""What cannot be compared is refused aloud; what can is never lost, however odd or however much."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.corroboration import CorroborationError, Desk, assess
from nightdesk.corroboration import desk as desk_module
from nightdesk.corroboration.compare import compare
from nightdesk.corroboration.desk import LINKED_AT_MOST
from nightdesk.corroboration.index import CANDIDATES
from nightdesk.corroboration.postings import CAP
from nightdesk.corroboration.tell import READ_AT_MOST

FLOOD = "회령에서 보위원 두 명이 송금 브로커를 찾아가 2만 위안을 내라고 요구했다. 빨리 알리라 {}."


def test_a_duplicate_id_is_refused_and_the_first_is_kept(account):
    desk = Desk()
    first = desk.add(account("a"))
    with pytest.raises(CorroborationError, match="'a'"):
        desk.add(account("a", "다른 글"))
    assert desk.ledger.ids() == ["a"]
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
    assert max(len(v.links) for v in flood) <= LINKED_AT_MOST
    assert all(rows.shape[1] <= CAP for name, rows in desk.index.arrays().items() if name in ("few", "many"))
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


def test_days_out_of_order_are_taken_as_they_come(account):
    days = [date(2023, 12, 15), date(2023, 12, 11), None, date(2023, 12, 13)]
    text = "12월 9일 회령에서 보위원 두 명이 송금 브로커를 찾아가 2만 위안을 내라고 요구했다."
    result = assess([account(f"a{n}", text, on=day) for n, day in enumerate(days)])
    assert [o.reports for o in result.events] == [("a0", "a1", "a2", "a3")]


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2101, 1, 1), date.max])
def test_a_day_on_which_nobody_can_have_called_is_refused_by_name(account, day):
    desk = Desk()
    with pytest.raises(CorroborationError, match=f"'a'.*{day}"):
        desk.add(account("a", on=day))
    assert desk.ledger.ids() == [] and desk.index.size == 0


@pytest.mark.parametrize("lang", ["ko", "zh", "en"])
def test_a_megabyte_of_anything_is_compared_no_further_than_its_beginning(account, lang):
    desk = Desk()
    for n, text in enumerate(
        ("9" * 1_000_000, "A" * 1_000_000, "가" * 1_000_000, "\n" * 999_999 + "x", "1, " * 333_333)
    ):
        verdict = desk.add(account(f"m{n}", text, lang=lang))
        assert verdict.id == f"m{n}"
    assert len(desk.index.postings.keys()) < 5 * READ_AT_MOST
    assert desk.add(account("a")).event == desk.add(account("b")).event


def test_a_flood_costs_no_more_comparisons_the_longer_it_lasts(account, monkeypatch):
    """Counted, not timed: how many accounts are compared in full for each report of a flood and after it."""
    asked = []
    monkeypatch.setattr(desk_module, "compare", lambda *told: (asked.append(1), compare(*told))[1])
    desk, costs = Desk(), []
    for n in range(1000):
        desk.add(account(f"s{n}", FLOOD.format(n)))
        costs.append(len(asked))
        asked.clear()
    assert max(costs) <= CANDIDATES + 12  # candidates, and the first and last of the event
    assert sum(costs[900:]) <= 1.1 * sum(costs[100:200])
    desk.add(account("after", "무산군에서 안전원이 상인의 집을 수색해 손전화를 회수했다."))
    assert len(asked) <= CANDIDATES


def test_a_flood_leaves_the_keys_of_the_rest_alone(account):
    """What came before the flood from the same town in the same month is still found after it."""
    desk = Desk()
    before = desk.add(
        account("before", "12월 9일 회령에서 화물차 운전수가 교량 초소에서 체포되어 땅콩 자루를 빼앗겼다.")
    )
    for n in range(300):
        desk.add(account(f"s{n}", FLOOD.format(n)))
    after = desk.add(
        account(
            "after", "회령에서 12월 9일 교량 초소를 지나던 화물차 운전수가 잡혔다. 땅콩 자루도 몽땅 빼앗겼다."
        )
    )
    assert after.event == before.event


def test_a_thousand_texts_of_the_same_words_and_other_numbers_do_not_grow_the_postings(account):
    desk = Desk()
    for n in range(1000):
        desk.add(account(f"s{n}", FLOOD.format(n), source=None))
    entries = (desk.index.arrays()["few"] >= 0).sum() + (desk.index.arrays()["many"] >= 0).sum()
    assert entries < 20_000  # twenty an account would be; copies lead nowhere


def test_one_word_a_thousand_times_is_nothing_a_thousand_times(account):
    desk = Desk()
    assert {desk.add(account(f"w{n}", "돈")).event for n in range(1000)} == {None}
    assert desk.matches == []


def test_a_number_of_five_thousand_digits_is_one_odd_word(account):
    for lang in ("ko", "zh", "en"):
        text = f"{'9' * 5000} 위안 {'9' * 5000} yuan {'9' * 5000} 元"
        result = assess([account("n", text, lang=lang), account("a")])
        assert [v.id for v in result.verdicts] == ["n", "a"]


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "‮", "﷽" * 50, "e\u0301" * 400, "👩‍👩‍👧‍👦" * 30])
def test_letters_nobody_expects_get_a_verdict_and_a_state(account, tmp_path, odd):
    from nightdesk.corroboration import load, save

    desk = Desk()
    desk.add(account(f"odd {odd}", f"회령 {odd} 2만 위안 {odd}", source=odd, basis=odd, via=odd))
    save(desk, tmp_path / "s")
    assert load(tmp_path / "s").ledger.ids() == desk.ledger.ids()
