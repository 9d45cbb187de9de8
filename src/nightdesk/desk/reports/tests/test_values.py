"""A value is said in one line, in the language of the page."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from nightdesk.desk.reports.reading import marks_of
from nightdesk.desk.reports.templatetags.report_words import basis_label
from nightdesk.desk.reports.values import value_words, why_words
from nightdesk.reading import read

BRANCH = {
    "unit": "Hoeryong branch, Ministry of State Security",
    "office": "state-security",
    "place": "hoeryong",
}
SAID = [
    ("money", {"amount": "20000", "currency": "CNY"}, "CNY 20,000", "CNY 20,000"),
    ("money", {"amount": "2000", "amount_high": "3000", "currency": "CNY"}, "CNY 2,000 – 3,000", "CNY 2,000 – 3,000"),
    ("money", {"amount": "5800", "currency": "KPW", "per": "kg", "good": "rice"}, "KPW 5,800 / kg · rice", "KPW 5,800 / kg · 입쌀"),
    ("date", {"earliest": "2023-12-04", "latest": None}, "from 2023-12-04", "2023-12-04부터"),
    ("date", {"earliest": None, "latest": "2014-12-31"}, "until 2014-12-31", "2014-12-31까지"),
    ("time", {"from": "23:00", "to": None}, "from 23:00", "23:00부터"),
    ("date", {"earliest": "2023-12-08", "latest": "2023-12-13"}, "8–13 December 2023", "2023년 12월 8~13일"),
    ("duration", {"iso8601": "PT24H", "iso": "PT24H"}, "24 hours", "24시간"),
    ("duration", {"iso8601": "P1Y2M"}, "1 year 2 months", "1년 2개월"),
    ("recurrence", {"every": "P1W", "weekday": 5}, "every week, Friday", "매주, 금요일"),
    ("recurrence", {"every": "P1Y", "in": "year end", "from": "--12-01", "to": "--12-31"}, "every year, 12-01 – 12-31", "해마다, 12-01 – 12-31"),
    ("time", {"part": "dawn", "from": "00:00", "to": "06:00"}, "00:00 – 06:00", "00:00 – 06:00"),
    ("place", {"name": "Hoeryong", "key": "hoeryong", "iso3166_2": "KP-09"}, "Hoeryong (KP-09)", "회령 (KP-09)"),
    ("person", {"name": "김철수"}, "김철수", "김철수"),
    ("person", {"role": "trader"}, "trader", ""),
    ("person", {"kin": "husband"}, "husband", ""),
    ("organisation", BRANCH, "Hoeryong branch, Ministry of State Security", "국가보위성 (회령)"),
    ("organisation", {"unit": "2nd Battalion, 25th Brigade", "office": "formation"}, "2nd Battalion, 25th Brigade", "25여단 2대대"),
    ("quantity", {"count": 2, "count_high": 3, "of": "보위원"}, "2 – 3 (보위원)", "2 – 3 (보위원)"),
    ("quantity", {"amount": "1", "unit": "kg", "of": "maize"}, "1 kg maize", "1 kg 강냉이"),
    ("contact", {"contact": "call"}, "call", "통화"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "english", "korean"), SAID, ids=lambda part: str(part)[:24])
def test_a_value_is_said_in_the_language_of_the_page(kind, value, english, korean):
    with override("en"):
        assert value_words(kind, value) == english
    with override("ko"):
        assert value_words(kind, value) == korean


@pytest.mark.parametrize(
    ("basis", "korean"),
    [("eyewitness", "목격"), ("resident", "현지 주민"), ("read it on a wall", "read it on a wall")],
)
def test_how_the_teller_knows_is_said_in_korean_where_the_desk_has_a_word(basis, korean):
    with override("ko"):
        assert basis_label(basis) == korean


def test_why_words_stayed_unread_is_said_in_korean_with_its_number():
    with override("ko"):
        assert why_words("there is no day 2023-02-31") == "없는 날짜입니다: 2023-02-31"
        assert why_words("a reason of a later version") == "a reason of a later version"


def test_every_fixed_reason_of_the_reader_has_its_korean():
    import re
    from pathlib import Path

    from nightdesk import reading

    source = "\n".join(p.read_text("utf-8") for p in Path(reading.__path__[0]).glob("*.py"))
    reasons = re.findall(r'Impossible\(f?"([^"]+)"\)|return "(a [^"]+)"|\{\}, "(a [^"]+)"\)', source)
    said = {re.sub(r"\{[^}]+\}", "7", next(filter(None, found))) for found in reasons}
    data = Path(reading.__path__[0], "data", "unread.toml").read_text("utf-8")
    said |= set(re.findall(r'^why = "([^"]+)"', data, re.MULTILINE))
    assert len(said) > 10
    with override("ko"):
        assert [why for why in said if why_words(why) == why] == []


def test_a_place_says_why_it_was_chosen_and_a_quotation_who_speaks():
    because = {
        "name": "강안동",
        "level": "district",
        "parent": "hoeryong",
        "because": "the town named before it",
    }
    assert value_words("place", because) == "강안동 · the town named before it"
    with override("ko"):
        assert value_words("place", because) == "회령 강안동 · 앞에 나온 고장으로 보았습니다"
        chosen = {"name": "Gwangju", "key": "gwangju", "because": "the report is of KR"}
        assert value_words("place", chosen).endswith(" · KR 제보라서 골랐습니다")
    assert value_words("quotation", {"words": "없다", "speaker": "한 주민"}) == "한 주민: 없다"


def test_words_of_which_no_value_is_known_are_said_as_a_quotation() -> None:
    found = read("장사꾼이 왔다.", "ko", None, None)
    for lang, note in (("en", "trader"), ("ko", "“장사꾼”")):
        with override(lang):
            assert [mark.note for mark in marks_of(found)] == [note]
