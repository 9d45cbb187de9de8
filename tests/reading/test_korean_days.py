"""How Koreans say days, north and south: one line a way of saying it, and laws of the contact's day."""

from datetime import date, timedelta

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
    ("text", "edtf"),
    [
        # days counted from the contact
        ("열흘쯤 전에 왔다", "2023-12-05"),
        ("사흘 정도 뒤에 온다", "2023-12-18"),
        ("래일 보낸다고 했다", "2023-12-16"),
        ("낼모레 떠난다", "2023-12-17"),
        ("그끄저께 만났다", "2023-12-12"),
        ("엊그저께 왔다", "2023-12-13"),
        ("그글피까지", "2023-12-19"),
        ("아까 통화했다", "2023-12-15"),
        ("열흘 뒤에", "2023-12-25"),
        ("보름 전", "2023-11-30"),
        ("두 주일 전에", "2023-12-01"),
        ("사나흘 전에", "2023-12-11/2023-12-12"),
        ("이삼일 전에", "2023-12-12/2023-12-13"),
        ("2~3일 전", "2023-12-12/2023-12-13"),
        ("2∼3주 전", "2023-11-24/2023-12-01"),
        ("두어 달 전", "2023-08-15/2023-11-15"),
        ("2~3년 전", "2020-01-01/2021-12-31"),
        ("10여 년 전", "2008-01-01/2013-12-31"),
        ("한 달포 전", "2023-10-31/2023-11-15"),
        ("몇 시간 전", "2023-12-14/2023-12-15"),
        # weeks
        ("전번 주 목요일", "2023-12-07"),
        ("지난번 주 금요일 저녁", "2023-12-08"),
        ("요번 주 수요일", "2023-12-13"),
        ("다다음 주 월요일", "2023-12-25"),
        ("오는 금요일", "2023-12-22"),
        ("돌아오는 토요일", "2023-12-16"),
        ("지지난 주말", "2023-12-02/2023-12-03"),
        # months and their parts
        ("저번 달 초", "2023-11-01/2023-11-10"),
        ("래달 중순", "2024-01-11/2024-01-20"),
        ("지난 9월 말", "2023-09-21/2023-09-30"),
        ("3월초에", "2023-03-01/2023-03-10"),
        ("유월 중순", "2023-06-11/2023-06-20"),
        ("시월 초", "2023-10-01/2023-10-10"),
        ("3~4월에", "2023-03-01/2023-04-30"),
        ("삼사월에", "2023-03-01/2023-04-30"),
        ("작년 11~1월", "2022-11-01/2023-01-31"),
        ("11월 말일", "2023-11-30"),
        ("지난달 마지막 날", "2023-11-30"),
        ("12월 초하루", "2023-12-01"),
        ("초하루에", "2023-12-01"),
        ("그믐날에", "2023-11-30"),
        # days of a month
        ("이달 10∼11일", "2023-12-10/2023-12-11"),
        ("지난 27~28일", "2023-11-27/2023-11-28"),
        ("12월 3일~5일", "2023-12-03/2023-12-05"),
        ("8, 9일에", "2023-12-08/2023-12-09"),
        ("12월 18일 월요일", "2023-12-18"),
        ("19일 화요일", "2023-12-19"),
        ("5일(화)", "2023-12-05"),
        ("12월 28일부터 1월 3일까지", "2023-12-28/2024-01-03"),
        ("'23.12.5", "2023-12-05"),
        ("23.12.05", "2023-12-05"),
        ("81/11/24", "1981-11-24"),
        ("2013. 2. 12.", "2013-02-12"),
        ("이천이십삼년 삼월 오일", "2023-03-05"),
        # quarters, halves, years and more
        ("올 1분기", "2023-01-01/2023-03-31"),
        ("작년 삼분기", "2022-07-01/2022-09-30"),
        ("2/4분기", "2023-04-01/2023-06-30"),
        ("지난 분기", "2023-07-01/2023-09-30"),
        ("다음 분기", "2024-01-01/2024-03-31"),
        ("래년 상반년", "2024-01-01/2024-06-30"),
        ("재재작년", "2020"),
        ("98년에", "1998"),
        ("'98년에", "1998"),
        ("03년도에", "2003"),
        ("2005∼2015년", "2005-01-01/2015-12-31"),
        ("90년대 말", "1997-01-01/1999-12-31"),
        ("21세기", "2001-01-01/2100-12-31"),
        ("주체112년 12월 5일", "2023-12-05"),
        ("주체 112(2023)년 2월", "2023-02"),
        ("단기 4356년", "2023"),
        ("10월 첫째 주 금요일", "2023-10-06"),
        ("12월의 마지막 날", "2023-12-31"),
        ("작년 마지막 날", "2022-12-31"),
        ("2/12(일)", "2023-02-12"),
        ("지난 반년간", "2023-06-01/2023-11-30"),
        ("며칠 뒤에", "2023-12-17/2023-12-22"),
        ("수일 내로", "2023-12-15/2023-12-22"),
        ("한 달 반 전", "2023-09-15/2023-12-15"),
        ("얼마 전", "2023-11-15/2023-12-15"),
        ("2023년 3월 초순부터 4월 중순까지", "2023-03-01/2023-04-20"),
        ("고난의 행군 때", "1995-01-01/1999-12-31"),
        ("동계훈련이 시작됐다", "2023-12-01/2024-02-29"),
        # seasons and feasts
        ("지난 추석", "2023-09-29"),
        ("다음 설", "2024-02-10"),
        ("이번 크리스마스", "2023-12-25"),
        ("래년 봄에", "2024-03-01/2024-05-31"),
        ("올여름", "2023-06-01/2023-08-31"),
        ("지난 초여름", "2023-06"),
        ("겨울에", "2023-12-01/2024-02-29"),
        ("장마철에", "2023-06-20/2023-07-31"),
        ("국가명절 2.16을 맞아", "2023-02-16"),
        ("구구절", "2023-09-09"),
        ("로동당창건일", "2023-10-10"),
        ("음력 8월 15일", "2023-09-29"),
        ("음력 8월 보름", "2023-09-29"),
        ("음력 팔월 열닷새", "2023-09-29"),
        # as the old count days, and shares of a week
        ("지난주 초에", "2023-12-04/2023-12-06"),
        ("지난주 말에 봤소", "2023-12-08/2023-12-10"),
        ("지난주말에 봤소", "2023-12-09/2023-12-10"),
        ("이번 주 중반", "2023-12-12/2023-12-14"),
        ("지난주 초소에서", "2023-12-04/2023-12-10"),
        ("지난달 스무사흘에", "2023-11-23"),
        ("시월 열하룻날", "2023-10-11"),
        ("유월 초닷새", "2023-06-05"),
        ("초이렛날", "2023-12-07"),
        ("정초에 들었소", "2023-01-01/2023-01-10"),
    ],
)
def test_a_day_is_read_however_it_is_said(text: str, edtf: str) -> None:
    assert only(text, "date").value["edtf"] == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("20일에 보낼 예정이다", "2023-12-20"),
        ("월요일에 다시 오겠다고 했다", "2023-12-18"),
        ("1월 5일 회의를 열기로 했다", "2024-01-05"),
        ("10일에 잡혔는데 곧 나오겠다고 한다", "2023-12-10"),
        ("10일에 와서 꼭 갚겠다고 했다", "2023-12-10"),
        ("20일에 보냈다", "2023-11-20"),
    ],
)
def test_a_day_of_a_plan_is_the_next_one_and_any_other_the_last(text: str, edtf: str) -> None:
    assert only(text, "date").value["edtf"] == edtf


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("사흘 안에 내라", "2023-12-18"),
        ("열흘 이내", "2023-12-25"),
        ("2주 내로", "2023-12-29"),
        ("48시간 안에", "2023-12-17"),
        ("석 달 안에", "2024-03-15"),
        ("3년 안에", "2026-12-15"),
    ],
)
def test_a_time_limit_runs_from_the_contact_to_its_last_day(text: str, latest: str) -> None:
    value = only(text, "date").value
    assert (value["edtf"], value["latest"]) == (f"2023-12-15/{latest}", latest)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12월 5일에 잡혔다. 이날 보위원이 왔다.", ["2023-12-05", "2023-12-05"]),
        ("12월 5일에 잡혔고 다음날 풀려났다.", ["2023-12-05", "2023-12-06"]),
        ("어제 왔다. 전날 밤 전화했다. 이튿날 아침", ["2023-12-14", "2023-12-13", "2023-12-14"]),
    ],
)
def test_a_day_that_points_back_is_the_last_day_told(text: str, days: list[str]) -> None:
    assert [s.value["edtf"] for s in spans(text, "date")] == days


def test_a_day_that_points_at_nothing_told_stays_open_up_to_the_contact() -> None:
    value = only("이날 보위원 두 명이 왔다", "date").value
    assert dict(value) == {"edtf": "../2023-12-15", "earliest": None, "latest": "2023-12-15"}
    assert not spans("이날 보위원 두 명이 왔다", "date", on=None)


SHIFTED = [
    "그끄저께", "래일", "낼모레", "사나흘 전", "이삼일 전", "2~3일 전", "열흘 뒤", "보름 전", "한 달포 전", "사흘 안에",
    "2주 이내", "두 주일 전", "엊그저께", "며칠 전", "아까",
]  # fmt: skip


@given(st.sampled_from(SHIFTED), st.integers(-3000, 3000))
def test_shifting_the_day_of_the_contact_shifts_what_is_counted_from_it(said: str, days: int) -> None:
    (here,), (there,) = (spans(said, "date", on) for on in (ON, ON + timedelta(days=days)))
    for bound in ("earliest", "latest"):
        moved = date.fromisoformat(there.value[bound]) - date.fromisoformat(here.value[bound])
        assert moved == timedelta(days=days)


@given(
    st.sampled_from(["전번 주 목요일", "다다음 주", "지지난 주말", "이번 주 수요일"]), st.integers(-400, 400)
)
def test_days_of_a_week_shift_by_whole_weeks(said: str, weeks: int) -> None:
    (here,), (there,) = (spans(said, "date", on) for on in (ON, ON + timedelta(weeks=weeks)))
    moved = date.fromisoformat(there.value["earliest"]) - date.fromisoformat(here.value["earliest"])
    assert moved == timedelta(weeks=weeks)


@given(st.dates(date(1990, 1, 1), date(2023, 12, 15)), st.integers(0, 6))
def test_a_weekday_beside_a_day_never_moves_it_to_another_weekday(there: date, spelling: int) -> None:
    """Said with its weekday, a day of the last weeks is found even where its month is not said."""
    weekday = "월화수목금토일"[there.weekday()]
    said = [f"{there.day}일 {weekday}요일", f"{there.month}월 {there.day}일({weekday})"][spelling % 2]
    (span,) = spans(said, "date", there + timedelta(days=spelling))
    assert date.fromisoformat(span.value["earliest"]).weekday() == there.weekday()


@pytest.mark.parametrize(("said", "day"), [
    ("섣달 스무사흘", "2023-01-14"), ("동짓달 열이틀", "2022-12-05"), ("정월 초이틀", "2023-01-23"), ("음력 정월 열나흘", "2023-02-04"),
    ("정월 보름", "2023-02-05"),
])  # fmt: skip
def test_a_month_of_the_old_with_its_day_is_of_the_lunar_calendar(said: str, day: str) -> None:
    (found,) = (s for s in read(f"{said}에 왔다.", "ko", date(2023, 12, 18)).spans if s.kind == "date")
    assert (found.words, found.value["edtf"]) == (said, day)


@pytest.mark.parametrize("said", ["정월", "동짓달", "섣달"])
def test_a_month_of_the_old_alone_is_said_to_be_unread(said: str) -> None:
    assert [u.words for u in read(f"{said}에 왔다.", "ko", date(2023, 12, 18)).unread] == [said]
