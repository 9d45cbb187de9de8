"""How many people a finding says it could be, in words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from nightdesk.desk.review.showing import basis_of


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1, 1, "1 person "),
        (3, 3, "3 people "),
        (3, 6, "3 to 6 people "),
        (1200, None, "at least 1,200 people "),
    ],
)
def test_one_number_of_people_is_said_once(low: int, high: int | None, words: str) -> None:
    bar = SimpleNamespace(low=low, high=high, x=0, width=1, basis="a name")
    assert f"<span>{words}<small>" in render_to_string("review/bar.html", {"bar": bar})


@pytest.mark.parametrize(("basis", "korean"), [("a name", "이름"), ("an address", "주소나 번호")])
def test_what_is_one_person_by_itself_is_said_in_the_language_of_the_page(basis: str, korean: str) -> None:
    with override("ko"):
        assert basis_of({"basis": basis}) == korean
