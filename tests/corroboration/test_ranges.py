"""A sum or a count told with two ends is none of its ends: it can be whatever lies between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nightdesk.corroboration import Account, Desk
from nightdesk.corroboration.facts import Sum
from nightdesk.corroboration.record import pack, sketch, unpack
from nightdesk.corroboration.tell import tell


def account(id: str, text: str, lang: str = "ko") -> Account:
    return Account(id, text, lang, date(2023, 12, 10), source=f"s-{id}")


SEARCHED = "12월 3일 회령시 보위부가 브로커 집을 수색하고 {} 가져갔다."


def relation(first: str, second: str) -> tuple[str, str | None]:
    desk = Desk()
    desk.add(account("a", SEARCHED.format(first)))
    (link,) = desk.add(account("b", SEARCHED.format(second).replace("수색하고", "뒤져서"))).links
    return link.relation, link.field


@pytest.mark.parametrize(("first", "second"), [
    ("수백 달러를", "400달러를"), ("400달러를", "수백 달러를"), ("2만~3만 위안을", "2만5천 위안을"), ("2천3천 위안을", "3천 위안을"),
])  # fmt: skip
def test_a_sum_between_the_ends_is_no_dispute(first, second) -> None:
    assert relation(first, second)[1] != "amount"


@pytest.mark.parametrize(
    ("first", "second"), [("수백 달러를", "5천 달러를"), ("2만~3만 위안을", "4만 위안을")]
)
def test_a_sum_beyond_the_ends_is_one(first, second) -> None:
    assert relation(first, second) == ("disputes", "amount")


def test_both_ends_are_kept_and_said() -> None:
    told = tell(account("a", SEARCHED.format("2만~3만 위안을")))
    (kept,) = unpack(pack(told), sketch(told)).facts.sums
    assert (kept.amount, kept.high) == (Decimal(20_000), Decimal(30_000))
    assert str(kept) == "CNY 20000–30000"


def test_a_sum_told_exactly_is_kept_as_before() -> None:
    told = tell(account("a", SEARCHED.format("2만 위안을")))
    (kept,) = unpack(pack(told), sketch(told)).facts.sums
    assert (kept.amount, kept.high, str(kept)) == (Decimal(20_000), None, "CNY 20000")


def test_ends_meet_or_do_not() -> None:
    wide, exact, beyond = (
        Sum(Decimal(2), "USD", high=Decimal(9)),
        Sum(Decimal(9), "CNY"),
        Sum(Decimal(10), "USD"),
    )
    assert wide.overlaps(exact) and exact.overlaps(wide)
    assert not wide.overlaps(beyond) and not beyond.overlaps(exact)


@pytest.mark.parametrize(
    ("said", "counts"), [("대여섯 명이", {5, 6}), ("다섯 명이", {5}), ("수백 명이", set())]
)
def test_a_count_is_compared_where_it_is_narrow(said, counts) -> None:
    facts = tell(account("a", f"12월 3일 회령에서 {said} 보위부에 체포되었다.")).facts
    assert {number for _, number in facts.counts} == counts
