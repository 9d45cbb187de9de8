"""A currency named alone, in a field of its own, by the words that sums are read by."""

from __future__ import annotations

import pytest

from nightdesk.reading import read
from nightdesk.reading.purse import codes_of
from nightdesk.reading.tables import lookup


@pytest.mark.parametrize(("said", "codes"), [
    ("위안", ("CNY",)), (" 중국  돈 ", ("CNY",)), ("人民幣", ("CNY",)), ("Chinese  Yuan", ("CNY",)), ("US$", ("USD",)),
    ("usd", ("USD",)), ("원", ("KRW", "KPW")), ("WON", ("KRW", "KPW")), ("cents", ()), ("전", ()), ("", ()), ("위안부", ()),
])  # fmt: skip
def test_a_word_alone_gives_every_currency_it_may_be(said: str, codes: tuple[str, ...]) -> None:
    assert codes_of(said) == codes


def test_the_country_says_whose_won_it_is() -> None:
    assert [codes_of("원", country) for country in ("KP", "KR")] == [("KPW",), ("KRW",)]


def test_a_word_alone_is_what_it_is_behind_a_number() -> None:
    """One table: whatever the rules know as a word for money in Korean, the field knows, and as the same."""
    words = set(lookup("ko", "cur")) - {"오만리알"}  # behind a number it is fifty thousand of another rial
    sums = {word: read(f"5만 {word}을 냈다", "ko", None, "KP").spans for word in words}
    read_as = {
        word: spans[0].value["currency"] for word, spans in sums.items() if spans and spans[0].kind == "money"
    }
    assert {word: codes_of(word, "KP")[0] for word in read_as} == read_as
    assert len(read_as) > 50
