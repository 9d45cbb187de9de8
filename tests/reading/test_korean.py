"""How Koreans say hours, lengths, counts and sums, north and south; one line a way of saying it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.reading import Span, read

ON = date(2023, 12, 15)  # a Friday


def spans(text: str, kind: str, on: date | None = ON) -> list[Span]:
    return [s for s in read(text, "ko", on, "KP").spans if s.kind == kind]


def only(text: str, kind: str) -> Span:
    (span,) = spans(text, kind)
    return span


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("세 시 반에", "15:30", "15:30"),
        ("새벽 세 시", "03:00", "03:00"),
        ("03:00", "03:00", "03:00"),
        ("1시 5분 전", "12:55", "12:55"),
        ("네시 십오분전", "15:45", "15:45"),
        ("15시30분", "15:30", "15:30"),
        ("오후 서너 시쯤", "15:00", "16:00"),
        ("오후 2∼3시", "14:00", "15:00"),
        ("9시부터 3시까지", "09:00", "15:00"),
        ("밤 11시부터 새벽 2시", "23:00", "02:00"),
        ("오전 10시∼오후 1시 50분", "10:00", "13:50"),
        ("오전 12시", "00:00", "00:00"),
        ("낮 12시 10분", "12:10", "12:10"),
        ("영시 이십분", "00:20", "00:20"),
        ("오후 두 시 이후", "14:00", None),
        ("아침 7시 전에", None, "07:00"),
        ("점심 이후", "14:00", None),
        ("새벽녘에", "00:00", "06:00"),
        ("해질 무렵", "18:00", "21:00"),
        ("초저녁에", "18:00", "21:00"),
        ("정오쯤", "12:00", "12:00"),
    ],
)
def test_an_hour_is_read_however_it_is_said(text: str, begin: str | None, end: str | None) -> None:
    value = only(text, "time").value
    assert (value["from"], value["to"]) == (begin, end)


def test_last_night_is_a_day_and_a_part_of_it() -> None:
    found = [(s.kind, s.words) for s in read("어젯밤 10시", "ko", ON).spans]
    assert found == [("date", "어젯"), ("time", "밤 10시")]
    assert only("엊저녁에 왔다", "date").value["edtf"] == "2023-12-14"


@pytest.mark.parametrize(
    ("text", "iso", "longest"),
    [
        ("일주일째 전화가 없다", "P1W", None),
        ("석 달째 배급이 없다", "P3M", None),
        ("나흘 만에 풀려났다", "P4D", None),
        ("열이틀 동안", "P12D", None),
        ("20여 분 동안", "PT20M", None),
        ("1시간 20분 걸렸다", "PT1H20M", None),
        ("40분 뒤에 왔다", "PT40M", None),
        ("2년 6개월", "P2Y6M", None),
        ("1∼2시간", "PT1H", "PT2H"),
        ("2~3개월간", "P2M", "P3M"),
        ("두세 달 동안", "P2M", "P3M"),
        ("대엿새 걸렸다", "P5D", "P6D"),
        ("며칠간", "P2D", "P7D"),
        ("수년간", "P2Y", "P8Y"),
        ("몇 달째", "P2M", "P8M"),
        ("40주년", "P40Y", None),
    ],
)
def test_a_length_is_read_however_it_is_said(text: str, iso: str, longest: str | None) -> None:
    value = only(text, "duration").value
    assert (value["iso8601"], value.get("longest")) == (iso, longest)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("하루걸러 전화한다", {"every": "P2D"}),
        ("격주로", {"every": "P2W"}),
        ("하루에 한 번", {"every": "P1D", "times": 1}),
        ("한 달에 두 번씩", {"every": "P1M", "times": 2}),
        ("사흘에 한 번꼴로", {"every": "P3D", "times": 1}),
        ("매달 15일에", {"every": "P1M", "day": 15}),
        ("주말마다", {"every": "P1W", "in": "weekend"}),
        ("다달이", {"every": "P1M"}),
        ("매월 첫째 주 월요일", {"every": "P1M", "weekday": 1, "nth": 1}),
        ("해마다 봄이면", {"every": "P1Y", "in": "spring", "from": "--03-01", "to": "--05-31"}),
    ],
)
def test_what_comes_again_is_read_however_it_is_said(text: str, value: dict) -> None:
    assert dict(only(text, "recurrence").value) == value


@pytest.mark.parametrize(
    ("text", "count", "high", "of"),
    [
        ("군인 서른 명", 30, None, "군인"),
        ("스물두 명이", 22, None, "사람"),
        ("스물서너 명", 23, 24, "사람"),
        ("이삼십 명", 20, 30, "사람"),
        ("천이백 명", 1200, None, "사람"),
        ("2천여 명", 2000, None, "사람"),
        ("열댓 명", 14, 16, "사람"),
        ("20~30명", 20, 30, "사람"),
        ("3,4명", 3, 4, "사람"),
        ("예순다섯 살", 65, None, "살"),
        ("신발 두 켤레", 2, None, "신발"),
        ("돼지 세 마리", 3, None, "돼지"),
        ("강냉이 다섯 포대", 5, None, "강냉이"),
        ("담배 세 보루", 3, None, "담배"),
        ("쌀 두 가마", 2, None, "쌀"),
        ("두 번째로", 2, None, "번째"),
        ("첫 번째", 1, None, "번째"),
        ("제2차", 2, None, "차"),
        ("3학년", 3, None, "학년"),
        ("두 회사가", 2, None, "회사"),
        ("3박자", 3, None, "박자"),
        ("두 딸을", 2, None, "딸"),
        ("3분의 1", "1/3", None, "전체"),
        ("박모(33)씨", 33, None, "살"),
        ("만 45세 여성", 45, None, "살"),
        ("만 18~20세", 18, 20, "살"),
    ],
)
def test_a_count_is_read_with_its_counter(text: str, count: int | str, high: int | None, of: str) -> None:
    value = only(text, "quantity").value
    assert (value["count"], value.get("count_high"), value["of"]) == (count, high, of)


def test_a_number_that_stands_for_people_counts_them() -> None:
    assert [dict(s.value) for s in spans("하나는 죽고 둘은 잡혔다", "quantity")] == [
        {"count": 1}, {"count": 2},
    ]  # fmt: skip
    assert dict(only("서넛이 왔다", "quantity").value) == {"count": 3, "count_high": 4}


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("쌀 500그람", "500", "g"),
        ("쌀 한 말", "1", "mal"),
        ("300정보", "300", "jeongbo"),
        ("십 리", "10", "ri"),
        ("80프로", "80", "%"),
        ("영하 20도", "-20", "degree"),
        ("-15℃", "-15", "degree Celsius"),
        ("1,500㎡", "1500", "m2"),
    ],
)
def test_a_measure_is_read(text: str, amount: str, unit: str) -> None:
    value = only(text, "quantity").value
    assert (value["amount"], value["unit"]) == (amount, unit)


@pytest.mark.parametrize(
    ("text", "amount", "high", "currency"),
    [
        ("만 2천 원어치", "12000", None, "KPW"),
        ("3만5천여원", "35000", None, "KPW"),
        ("1억6천400여만원", "164000000", None, "KPW"),
        ("삼사백 원", "300", "400", "KPW"),
        ("이백삼백 원", "200", "300", "KPW"),
        ("200∼300위안", "200", "300", "CNY"),
        ("5천 위안에서 1만 위안", "5000", "10000", "CNY"),
        ("중국 돈 500원", "500", None, "CNY"),
        ("인민폐 오백", "500", None, "CNY"),
        ("북한 돈 8천 원", "8000", None, "KPW"),
        ("오백 불", "500", None, "USD"),
        ("1만5천 딸라", "15000", None, "USD"),
    ],
)
def test_a_sum_is_read_however_it_is_said(text: str, amount: str, high: str | None, currency: str) -> None:
    value = only(text, "money").value
    assert (value["amount"], value.get("amount_high"), value["currency"]) == (amount, high, currency)


@pytest.mark.parametrize(
    "text",
    [
        "공시했다고 전해졌다", "이 시대의 사람들", "세일러복을 만날 사람", "전달했다고 한다", "천장이 무너졌다",
        "열차가 멈췄다", "열정을 다해", "이 프로그램을", "나이가 어리다는 이유로", "한 병원에서 진료를",
        "세월이 흘렀다", "세계에서", "두려워했다", "구조 작업", "한 병영에서", "일시불로", "세분화했다", "봄이 아니라 본 것",
        "간통 혐의로", "전남 목포에서", "후진타오와", "아침이슬을 불렀다", "낮은 자세", "천리마를 탄 기수",
    ],
)  # fmt: skip
def test_words_that_only_look_like_values_are_none(text: str) -> None:
    counted = {"date", "time", "duration", "quantity", "money", "recurrence"}
    assert [(s.kind, s.words) for s in read(text, "ko", ON).spans if s.kind in counted] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("16일 간통 혐의로", ["16일"]),
        ("4일 전남 목포에서", ["4일"]),
        ("2008년 후진타오는", ["2008년"]),
        ("2003년 1천15달러를", ["2003년", "1천15달러"]),
        ("15일 밤 보위원이", ["15일", "밤"]),
    ],
)
def test_a_value_ends_where_the_next_word_begins(text: str, words: list[str]) -> None:
    kept = [s.words for s in read(text, "ko", ON, "KP").spans if s.kind not in ("place", "person")]
    assert kept == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("몇 위안을", ["몇"]),
        ("수백수천 명이", ["수백"]),
        ("2.16사단이", ["2", "16사단"]),
        ("25시에", ["25"]),
        ("109상무에", ["109"]),
        ("2월 31일에", ["2월 31일"]),
        ("쉰둘 난 아바이", ["쉰둘"]),
    ],
)
def test_what_cannot_be_counted_is_flagged(text: str, words: list[str]) -> None:
    assert [u.words for u in read(text, "ko", ON).unread] == words


NATIVE = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"]


@given(st.integers(1, 12), st.integers(1, 59))
def test_hours_and_minutes_round_trip(hour: int, minute: int) -> None:
    for half, add in (("오전", 0), ("오후", 12)):
        value = only(f"{half} {NATIVE[hour]} 시 {minute}분", "time").value
        assert value["at"] == f"{hour % 12 + add:02d}:{minute:02d}"


@pytest.mark.parametrize(
    ("country", "code", "also"),
    [("KP", "KPW", None), ("KR", "KRW", None), ("CN", "CNY", ["KRW", "KPW"]), ("JP", "KRW", ["KPW"])],
)
def test_koreans_in_china_call_the_yuan_won_too(country, code, also):
    (found,) = (
        s for s in read("방값이 650원이었다", "ko", date(2024, 3, 12), country).spans if s.kind == "money"
    )
    assert (found.value["currency"], found.value.get("also")) == (code, also)
    (found,) = (
        s for s in read("a room was 650 won", "en", date(2024, 3, 12), "CN").spans if s.kind == "money"
    )
    assert found.value["currency"] == "KRW"
