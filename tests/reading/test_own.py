"""A desk's own words win over every rule, say what no value is, and are cases to run again."""

from datetime import date

import pytest

from nightdesk.reading import Kind, ReadingError, Term, own, read

ON = date(2023, 12, 15)


def kinds(text: str, *terms: Term, lang: str = "ko") -> list[tuple[str, str]]:
    return [(span.words, span.kind) for span in read(text, lang, ON, "KP", terms).spans]


def test_words_that_are_no_value_are_neither_read_nor_unread() -> None:
    term = Term("77431 부대", None, {})
    reading = read("77431 부대에서 왔다", "ko", ON, "KP", [term])
    assert (reading.spans, reading.unread) == ((), ())


def test_a_unit_that_is_none_takes_the_place_inside_it_away() -> None:
    assert ("회령시", "place") in kinds("회령시 보위부 앞에서")
    assert kinds("회령시 보위부 앞에서", Term("회령시 보위부", None, {})) == []


def test_own_words_win_over_longer_rules() -> None:
    assert kinds("seen on December 5", lang="en") == [("December 5", "date")]
    name = Term("December", "person", {"name": "December"})
    assert kinds("seen on December 5", name, lang="en") == [("December", "person")]


@pytest.mark.parametrize(
    ("lang", "words", "text"),
    [
        ("en", "300", "he paid 300 yuan, 1,300 people left, it was 300 won, 300 km away"),
        ("en", "7", "on 7 December at 7 pm 7 traders and 7.5 kg"),
        ("ko", "5천", "벌금 5천 위안, 주민 5천 명, 2만 5천 명"),
        ("zh", "两千", "罚了两千元，两千人，三万两千人"),
    ],
)
def test_a_bare_number_of_ones_own_leaves_what_a_rule_reads_around_it(
    lang: str, words: str, text: str
) -> None:
    """Said of one report, it would else make the desk and its review blind to every sum and count with that number."""
    alone = kinds(text, lang=lang)
    assert len(alone) >= 3
    assert kinds(text, Term(words, None, {}), lang=lang) == alone
    assert kinds(text, Term(words, "money", {"amount": "1", "currency": "CNY"}), lang=lang) == alone


def test_a_bare_number_of_ones_own_is_read_where_no_rule_explains_more() -> None:
    fee = Term("300", "money", {"amount": "300", "currency": "CNY"})
    assert kinds("they took 300 off him", fee, lang="en") == [("300", "money")]
    assert kinds("he is 36", Term("36", None, {}), lang="en") == []


def test_many_figures_before_a_letter_are_told_from_a_bare_number_at_once() -> None:
    words = "1" * 79 + "x"
    assert kinds(f"the {words} came", Term(words, "person", {"name": words}), lang="en") == [
        (words, "person")
    ]


def test_own_words_are_not_cut_out_of_longer_ones() -> None:
    market = Term("수남", "place", {"name": "Sunam"})
    assert kinds("강수남이 말했다, 수남에서", market) == [("수남", "place")]
    assert kinds(
        "the RMBs and an RMB", Term("RMB", "money", {"amount": "1", "currency": "CNY"}), lang="en"
    ) == [("RMB", "money")]


def test_a_quantity_of_ones_own_counts_after_a_date_too() -> None:
    term = Term("14 inspectors", "quantity", {"count": 14, "of": "inspectors"})
    assert ("14 inspectors", "quantity") in kinds("on May 14 inspectors came", term, lang="en")


@pytest.mark.parametrize("words", ["", " ", "\u200b"])
def test_words_that_are_nothing_change_nothing(words: str) -> None:
    assert kinds("2만 위안", Term(words, "place", {"name": "x"})) == [("2만 위안", "money")]


def test_what_words_mean_is_said_in_words_the_reader_knows() -> None:
    assert own.own_term("큰 거 한 장", "money", " 100위안 ", "ko", ON, "KP").value["amount"] == "100"
    end = own.own_term("김장 끝물", "date", "지난달 말", "ko", ON, "KP").value
    later = own.own_term("김장 끝물", "date", "지난달 말", "ko", date(2024, 1, 15), "KP").value
    assert (end["earliest"][:7], later["earliest"][:7]) == ("2023-11", "2023-12")


def test_a_name_nobody_has_listed_may_be_given_as_it_is() -> None:
    assert own.own_term("메뚜기장", "place", "메뚜기시장", "ko", ON, "KP").value == {"name": "메뚜기시장"}
    assert own.own_term("그 삼촌", "person", "리철", "ko", ON, "KP").value == {"name": "리철"}
    assert own.own_term("회령", "place", "회령시", "ko", ON, "KP").value["iso3166_2"] == "KP-09"


@pytest.mark.parametrize(("kind", "means"), [("money", "많은 돈"), ("date", ""), ("quantity", "2만 위안")])
def test_a_meaning_that_says_no_such_value_is_refused(kind: Kind, means: str) -> None:
    with pytest.raises(ReadingError):
        own.own_term("그것", kind, means, "ko", ON, "KP")


@pytest.mark.parametrize(("start", "end", "whole"), [(0, 3, True), (1, 3, False), (6, 7, True), (6, 9, True)])
def test_only_whole_words_can_be_taught(start: int, end: int, whole: bool) -> None:
    assert own.stands("장마당에서 큰 거", start, end) is whole


TEXT = "장마당에서 큰 거 한 장을 냈고 77431 부대 사람이 왔다"


def case(words: str, kind: Kind | None, value: dict[str, str]) -> own.Case:
    start = TEXT.index(words)
    return own.Case(TEXT, "ko", ON, "KP", start, start + len(words), kind, value)


def test_a_case_holds_with_its_term_and_is_lost_without() -> None:
    sum_ = {"amount": "100", "currency": "CNY"}
    term = Term("큰 거 한 장", "money", sum_)
    assert own.run(case("큰 거 한 장", "money", sum_), [term]).held == "holds"
    assert own.run(case("큰 거 한 장", "money", sum_), []).held == "lost"
    assert own.run(case("77431 부대", None, {}), [Term("77431 부대", None, {})]).held == "holds"
    assert own.run(case("77431 부대", None, {}), []).held == "lost"


def test_a_case_says_what_changed_and_when_it_is_needed_no_more() -> None:
    other = Term("큰 거 한 장", "money", {"amount": "1000", "currency": "CNY"})
    found = own.run(case("큰 거 한 장", "money", {"amount": "100", "currency": "CNY"}), [other])
    assert found.held == "changed"
    assert found.now is not None
    assert found.now.value["amount"] == "1000"
    assert own.run(case("사람이", None, {}), []).needless
